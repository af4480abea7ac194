"""The annotator: a character network that finds morphemes, Sejong tags and entities of a Korean sentence in one pass.

Characters are embedded by letter, by the sounds of their syllable and by hashed neighbourhoods (two, three and four letters), so that
common words are looked up rather than computed; two bidirectional LSTM layers read the sentence. Every character then has scores for
several heads. `ServedAnnotator` wraps a trained network for Spark NLP: the vector of an eojeol packs the best labels of its characters.

Sources: character BiLSTM taggers (Ma and Hovy 2016), hashed n-gram embeddings (Bojanowski et al. 2017, Svenstrup et al. 2017).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from udfs.annotator_labels import EOJEOL_LENGTH, LETTERS, SPECIAL_PIECES

SYLLABLES = 11172
INITIALS, VOWELS, FINALS = 19, 21, 28


@dataclass(frozen=True)
class NetworkShape:
    """Sizes of an annotator network.

    Attributes:
        width: hidden units of each LSTM direction.
        letter: length of a letter's vector.
        gram: length of a hashed n-gram's vector.
        pair_buckets: rows of the table of letter pairs.
        run_buckets: rows of each of the tables of three and four letters.
        side: length of extra features a teacher reads beside the text; 0 for a network that is served.
    """

    width: int = 128
    letter: int = 64
    gram: int = 32
    pair_buckets: int = 1 << 16
    run_buckets: int = 1 << 17
    side: int = 0


def _shifted(pieces: Tensor, by: int) -> Tensor:
    """Each position's neighbour `by` places on (negative: back); 0 beyond the ends."""
    if by == 0:
        return pieces
    if by > 0:
        return torch.cat([pieces[:, by:], torch.zeros_like(pieces[:, :by])], dim=1)
    return torch.cat([torch.zeros_like(pieces[:, by:]), pieces[:, :by]], dim=1)


class AnnotatorNetwork(nn.Module):
    """Scores of several heads for every word piece.

    Input: ids and mask of shape (batch, pieces); the first piece is [CLS], the one behind the last letter [SEP].
    """

    def __init__(self, shape: NetworkShape, heads: dict[str, int], dropout: float = 0.3) -> None:
        super().__init__()
        self.shape, self.heads = shape, dict(heads)
        self.letter = nn.Embedding(len(LETTERS) + len(SPECIAL_PIECES), shape.letter)
        self.initial = nn.Embedding(INITIALS + 1, 24)
        self.vowel = nn.Embedding(VOWELS + 1, 24)
        self.final = nn.Embedding(FINALS + 1, 24)
        self.start = nn.Embedding(2, 24)
        self.pairs = nn.Embedding(shape.pair_buckets, shape.gram, sparse=True)
        self.threes = nn.Embedding(shape.run_buckets, shape.gram, sparse=True)
        self.fours = nn.Embedding(shape.run_buckets, shape.gram, sparse=True)
        for table in (self.letter, self.initial, self.vowel, self.final, self.start, self.pairs, self.threes, self.fours):
            nn.init.normal_(table.weight, std=0.05)
        read = shape.letter + 4 * 24 + 5 * shape.gram + shape.side
        self.enter = nn.Linear(read, 2 * shape.width)
        self.layers = nn.ModuleList([nn.LSTM(2 * shape.width, shape.width, batch_first=True) for _ in range(4)])
        self.scores = nn.ModuleDict({name: nn.Linear(2 * shape.width, size) for name, size in heads.items()})
        self.dropout = nn.Dropout(dropout)
        self.gram_dropout = dropout / 2

    def grams(self, ids: Tensor) -> Tensor:
        """Vectors of the hashed neighbourhoods, shape (batch, pieces, 5 * gram)."""
        before, after, second = _shifted(ids, -1), _shifted(ids, 1), _shifted(ids, 2)
        left = torch.remainder(before * 30011 + ids * 7, self.shape.pair_buckets)
        right = torch.remainder(ids * 30011 + after * 7, self.shape.pair_buckets)
        middle = torch.remainder(before * 2000003 + ids * 30011 + after * 7, self.shape.run_buckets)
        ahead = torch.remainder(ids * 2000003 + after * 30011 + second * 7, self.shape.run_buckets)
        wide = torch.remainder(before * 130000027 + ids * 2000003 + after * 30011 + second * 7, self.shape.run_buckets)
        return torch.cat([self.pairs(left), self.pairs(right), self.threes(middle), self.threes(ahead), self.fours(wide)], dim=-1)

    def encode(self, ids: Tensor, mask: Tensor, side: Tensor | None = None) -> Tensor:
        """What the network understands of every piece: (batch, pieces, 2 * width)."""
        special = len(SPECIAL_PIECES)
        begins = (ids < special + len(LETTERS)).long()
        letter = ids - len(LETTERS) * (1 - begins)
        syllable = letter - special
        hangul = ((syllable >= 0) & (syllable < SYLLABLES)).long()
        initial = hangul * (1 + torch.div(syllable, VOWELS * FINALS, rounding_mode="floor"))
        vowel = hangul * (1 + torch.div(torch.remainder(syllable, VOWELS * FINALS), FINALS, rounding_mode="floor"))
        final = hangul * (1 + torch.remainder(syllable, FINALS))
        grams = self.grams(ids)
        if self.training:
            keep = (torch.rand(ids.shape[0], ids.shape[1], 1) >= self.gram_dropout).float()
            grams = grams * keep
        parts = [self.letter(letter), self.initial(initial), self.vowel(vowel), self.final(final), self.start(begins), grams]
        if side is not None:
            parts.append(side)
        real = mask.unsqueeze(-1).float()
        x = nn.functional.gelu(self.enter(self.dropout(torch.cat(parts, dim=-1)))) * real
        backwards = self._backwards(mask)
        for layer in (0, 2):
            forward = self.layers[layer](x)[0]
            backward = self._gather(self.layers[layer + 1](self._gather(x, backwards))[0], backwards)
            y = self.dropout(torch.cat([forward, backward], dim=-1).float()) * real
            x = x + y if layer else y
        return x

    @staticmethod
    def _backwards(mask: Tensor) -> Tensor:
        """Places of a sentence's pieces read from its end; padding stays where it is, so that results do not depend on it."""
        length = mask.sum(dim=1, keepdim=True).long()
        places = torch.cumsum(torch.ones_like(mask).long(), dim=1) - 1
        return torch.where(places < length, length - 1 - places, places)

    @staticmethod
    def _gather(x: Tensor, places: Tensor) -> Tensor:
        return torch.gather(x, 1, places.unsqueeze(-1).expand(-1, -1, x.shape[-1]))

    def forward(self, ids: Tensor, mask: Tensor, side: Tensor | None = None, heads: tuple[str, ...] | None = None) -> dict[str, Tensor]:
        """Scores by head: name -> (batch, pieces, labels)."""
        understood = self.encode(ids, mask, side)
        return {name: self.scores[name](understood) for name in (heads or tuple(self.heads))}

    def description(self) -> dict[str, Any]:
        """What `from_description` needs to build the same network."""
        return {"shape": asdict(self.shape), "heads": self.heads}

    @classmethod
    def from_description(cls, description: dict[str, Any]) -> AnnotatorNetwork:
        """A network of the same sizes, untrained."""
        return cls(NetworkShape(**description["shape"]), description["heads"])


class ServedAnnotator(nn.Module):
    """A trained network as Spark NLP's BertEmbeddings wants it: (ids, mask, types) -> (batch, pieces, EOJEOL_LENGTH).

    Number `k` at a piece packs the labels of the piece `k` places on: morpheme + 128 * entity + 4096 * class.
    """

    def __init__(self, network: AnnotatorNetwork, *, morpheme: str = "gsd", entity: str = "ner", group: str = "class") -> None:
        super().__init__()
        self.network, self.heads = network, (morpheme, entity, group)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Packed labels of every piece and the ones behind it."""
        ids = torch.clamp(input_ids, max=2 * len(LETTERS) + len(SPECIAL_PIECES) - 1)  # a warm-up call sends BERT's own ids
        scores = self.network(ids, attention_mask, None, self.heads)
        morpheme, entity, group = (scores[name].argmax(dim=-1) for name in self.heads)
        packed = (morpheme + 128 * entity + 4096 * group) * attention_mask + 0 * token_type_ids
        return torch.stack([_shifted(packed, by) for by in range(EOJEOL_LENGTH)], dim=-1).float()
