"""The annotator: a character network that finds morphemes, Sejong tags and entities of a Korean sentence in one pass.

Characters are embedded by letter, by the sounds of their syllable and by hashed neighbourhoods (two, three and four letters), so that
common words are looked up rather than computed, and by what a dictionary knows of the words that begin and end there
(`udfs.annotator_lexicon`); two bidirectional LSTM layers read the sentence. Every character then has scores for several heads. What Spark
NLP serves is written by `udfs.annotator_export`.

Sources: character BiLSTM taggers (Ma and Hovy 2016), hashed n-gram embeddings (Bojanowski et al. 2017, Svenstrup et al. 2017).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn

from udfs.annotator_alphabet import INSIDE, LETTERS, SPECIAL_PIECES
from udfs.annotator_lexicon import FACTORS, KINDS, LENGTHS, SYLLABLES

INITIALS, VOWELS, FINALS = 19, 21, 28


@dataclass(frozen=True)
class NetworkShape:
    """Sizes of an annotator network.

    Attributes:
        width: hidden units of each LSTM direction.
        letter: length of a letter's vector.
        gram: length of a hashed n-gram's vector.
        pair_buckets: rows of the table of letter pairs.
        three_buckets, four_buckets: rows of the tables of three and of four letters.
        lexicon_buckets: rows of the table of a dictionary's words.
        side: length of extra features a teacher reads beside the text; 0 for a network that is served.
    """

    width: int = 128
    letter: int = 64
    gram: int = 32
    pair_buckets: int = 1 << 16
    three_buckets: int = 1 << 17
    four_buckets: int = 1 << 17
    lexicon_buckets: int = 1 << 23
    side: int = 0


def hashed_grams(shape: NetworkShape) -> list[tuple[str, int, dict[int, int]]]:
    """The neighbourhoods that are looked up: table, its rows, and the factor of each neighbour's id in the hash."""
    return [
        ("pairs", shape.pair_buckets, {-1: 30011, 0: 7}),
        ("pairs", shape.pair_buckets, {0: 30011, 1: 7}),
        ("threes", shape.three_buckets, {-1: 2000003, 0: 30011, 1: 7}),
        ("threes", shape.three_buckets, {0: 2000003, 1: 30011, 2: 7}),
        ("fours", shape.four_buckets, {-1: 130000027, 0: 2000003, 1: 30011, 2: 7}),
    ]


@cache
def piece_syllables() -> tuple[Tensor, Tensor]:
    """Number of each piece's syllable where it begins a word, and where it goes on with one (so only inside an eojeol); 0 for none."""
    pieces = torch.arange(len(SPECIAL_PIECES) + 2 * len(LETTERS))
    begins = pieces < INSIDE
    letter = torch.where(begins, pieces - len(SPECIAL_PIECES), pieces - INSIDE)
    first = torch.where((letter >= 0) & (letter < SYLLABLES), letter + 1, 0)  # from 1: a syllable at the end makes another sum
    return first, torch.where(begins, 0, first)


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
        self.threes = nn.Embedding(shape.three_buckets, shape.gram, sparse=True)
        self.fours = nn.Embedding(shape.four_buckets, shape.gram, sparse=True)
        for table in (self.letter, self.initial, self.vowel, self.final, self.start, self.pairs, self.threes, self.fours):
            nn.init.normal_(table.weight, std=0.05)
        self.enter = nn.Linear(shape.letter + 4 * 24 + 5 * shape.gram, 2 * shape.width)
        self.lexicon: Tensor
        self.register_buffer("lexicon", torch.zeros(shape.lexicon_buckets, dtype=torch.uint8))
        self.words = nn.Linear(2 * len(LENGTHS) * len(KINDS), 2 * shape.width, bias=False)
        nn.init.zeros_(self.words.weight)  # a network that begins from one that knew no words goes on as that did
        if shape.side:
            self.beside = nn.Linear(shape.side, 2 * shape.width, bias=False)
            nn.init.zeros_(self.beside.weight)  # a teacher begins as the network that it goes on from
        self.layers = nn.ModuleList([nn.LSTM(2 * shape.width, shape.width, batch_first=True) for _ in range(4)])
        self.scores = nn.ModuleDict({name: nn.Linear(2 * shape.width, size) for name, size in heads.items()})
        self.dropout = dropout
        self.gram_dropout = dropout / 2

    def grams(self, ids: Tensor) -> Tensor:
        """Vectors of the hashed neighbourhoods, shape (batch, pieces, 5 * gram)."""
        neighbours = {by: _shifted(ids, by) for by in (-1, 0, 1, 2)}
        found = []
        for table, buckets, factors in hashed_grams(self.shape):
            place = torch.remainder(sum((neighbours[by] * factor for by, factor in factors.items()), torch.zeros_like(ids)), buckets)
            found.append(getattr(self, table)(place))
        return torch.cat(found, dim=-1)

    def piece_features(self, ids: Tensor) -> Tensor:
        """What depends on a piece alone: letter, sounds of its syllable, whether an eojeol begins; shape (..., features)."""
        special = len(SPECIAL_PIECES)
        begins = (ids < INSIDE).long()
        letter = ids - len(LETTERS) * (1 - begins)
        syllable = letter - special
        hangul = ((syllable >= 0) & (syllable < SYLLABLES)).long()
        initial = hangul * (1 + torch.div(syllable, VOWELS * FINALS, rounding_mode="floor"))
        vowel = hangul * (1 + torch.div(torch.remainder(syllable, VOWELS * FINALS), FINALS, rounding_mode="floor"))
        final = hangul * (1 + torch.remainder(syllable, FINALS))
        return torch.cat([self.letter(letter), self.initial(initial), self.vowel(vowel), self.final(final), self.start(begins)], dim=-1)

    def known_words(self, ids: Tensor) -> Tensor:
        """Kinds of the dictionary's words that begin and that end at each piece, shape (batch, pieces, 2 * lengths * kinds)."""
        first, inside = (numbers.to(ids.device)[ids] for numbers in piece_syllables())
        total, least = first, first
        begin, end = [], []
        for length, factor in zip(LENGTHS, FACTORS[1:], strict=True):
            syllable = _shifted(inside, length - 1)
            total, least = total + syllable * factor, torch.minimum(least, syllable)
            row = torch.where(least > 0, 1 + torch.remainder(total, self.shape.lexicon_buckets - 1), 0)
            begin.append(row)
            end.append(_shifted(row, 1 - length))
        kinds = self.lexicon[torch.stack(begin + end, dim=-1)].long()
        return (kinds.unsqueeze(-1) >> torch.arange(len(KINDS), device=ids.device) & 1).flatten(2).float()

    def encode(self, ids: Tensor, mask: Tensor, side: Tensor | None = None) -> Tensor:
        """What the network understands of every piece: (batch, pieces, 2 * width)."""
        grams = self.grams(ids)
        if self.training:
            keep = (torch.rand(ids.shape[0], ids.shape[1], 1, device=ids.device) >= self.gram_dropout).float()
            grams = grams * keep
        real = mask.unsqueeze(-1).float()
        entered = self.enter(self._dropped(torch.cat([self.piece_features(ids), grams], dim=-1)))
        entered = entered + self.words(self._dropped(self.known_words(ids)))
        if side is not None:
            entered = entered + self.beside(self._dropped(side))
        x = nn.functional.gelu(entered) * real
        backwards = self._backwards(mask)
        for layer in (0, 2):
            forward = self.layers[layer](x)[0]
            backward = self._gather(self.layers[layer + 1](self._gather(x, backwards))[0], backwards)
            y = self._dropped(torch.cat([forward, backward], dim=-1).float()) * real
            x = x + y if layer else y
        return x

    def _dropped(self, x: Tensor) -> Tensor:
        """Dropout that leaves out the same features at all letters of a sentence (Gal and Ghahramani 2016)."""
        if not self.training or not self.dropout:
            return x
        keep = (torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.dropout).to(x.dtype) / (1 - self.dropout)
        return x * keep

    def guesses(self, understood: Tensor) -> Tensor:
        """Scores of every letter where one is hidden; the letters' own vectors serve as output weights (Press and Wolf 2017)."""
        return torch.matmul(self.scores["letter"](understood), self.letter.weight[len(SPECIAL_PIECES) :].T)

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
