"""What Kiwi and mecab-ko say about unlabelled text: the silver labels that the annotator network learns before the gold ones.

Kiwi gives morphemes and, through its contextual n-gram model, a notion of which morphemes are alike; mecab-ko's dictionary says which
proper nouns are persons and places. Both run only while a network is trained, never while posts are tagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from udfs.annotator_alphabet import piece_ids
from udfs.annotator_corpora import sejong_tag
from udfs.annotator_labels import TAG_NUMBER

NAME_LABELS = 7
"""mecab-ko's view of a character: 0 none, then begin and inside of person, place, other proper noun."""
_NAME_CLASS = {"인명": 1, "지명": 3}


@dataclass(frozen=True)
class SilverLabels:
    """Labels of one sentence's characters (spaces left out).

    Attributes:
        morphemes: int16, morpheme labels by Kiwi.
        senses: int32, Kiwi's number of the morpheme that covers the character, -1 for none.
        names: int8, mecab-ko's view (see NAME_LABELS).
    """

    morphemes: NDArray[np.int16]
    senses: NDArray[np.int32]
    names: NDArray[np.int8]


def silver_labels(texts: Sequence[str], kiwi: Any, mecab: Any) -> Iterator[SilverLabels]:
    """Labels every text with both analysers.

    Args:
        texts: sentences.
        kiwi: a `kiwipiepy.Kiwi`.
        mecab: a `mecab.MeCab`.
    """
    for text, tokens in zip(texts, kiwi.tokenize(list(texts)), strict=True):
        _, offsets = piece_ids(text)
        morphemes = np.full(len(text) + 1, 2 * TAG_NUMBER["NA"], dtype=np.int16)
        senses = np.full(len(text) + 1, -1, dtype=np.int32)
        taken = 0
        for token in tokens:
            begin, end = max(token.start, taken), token.start + token.len
            if end > begin:
                tag = 2 * TAG_NUMBER[sejong_tag(token.tag)]
                morphemes[begin:end] = tag + 1
                morphemes[begin] = tag
                senses[begin:end] = token.id
                taken = end
        yield SilverLabels(morphemes[offsets], senses[offsets], _names(text, mecab)[offsets])


def _names(text: str, mecab: Any) -> NDArray[np.int8]:
    labels = np.zeros(len(text) + 1, dtype=np.int8)
    for morpheme in mecab.parse(text):
        if not morpheme.feature.pos.startswith("NNP"):
            continue
        label = _NAME_CLASS.get(morpheme.feature.semantic, 5)
        begin, end = morpheme.span.start, morpheme.span.end
        labels[begin:end] = label + 1
        labels[begin] = label
    return labels


def sense_vectors(kiwi: Any, senses: Iterable[int], *, anchors: Sequence[int], dimension: int) -> NDArray[np.float32]:
    """Vectors of morphemes whose products approximate Kiwi's similarities (Nyström method, Williams and Seeger 2001).

    Args:
        kiwi: a `kiwipiepy.Kiwi` with a contextual model.
        senses: numbers of the morphemes.
        anchors: numbers of the morphemes that everything is compared with, some hundreds.
        dimension: length of a vector, at most `len(anchors)`.

    Returns:
        float32 of shape (senses, dimension).
    """
    gram = np.array([[kiwi.morpheme_similarity(int(one), int(other)) for other in anchors] for one in anchors], dtype=np.float64)
    gram = np.nan_to_num(gram)  # morphemes that the model has never seen are like nothing
    values, vectors = np.linalg.eigh((gram + gram.T) / 2)
    order = np.argsort(values)[::-1][:dimension]
    basis = vectors[:, order] / np.sqrt(np.maximum(values[order], 1e-3))
    table = np.array([[kiwi.morpheme_similarity(int(one), int(other)) for other in anchors] for one in senses], dtype=np.float64)
    out: NDArray[np.float32] = (np.nan_to_num(table) @ basis).astype(np.float32)
    return out
