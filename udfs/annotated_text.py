"""Reads the annotator's packed labels back into morphemes and entities, a batch of texts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from udfs.annotator_labels import (
    ENTITY_TYPES,
    SEJONG_TAGS,
    blank_letters,
    first_labels,
    mended_entities,
    open_entities,
    unpack,
    word_units,
)
from udfs.entity_places import whole_places
from udfs.korean_words import is_korean_name
from udfs.post_text import Match

Numbers = NDArray[np.int64]
LONGEST_EOJEOL = 200
"""Units (1 a common syllable, 2 or 3 a rare one) beyond which Spark NLP reads an eojeol as one unknown piece; it gets no labels."""


def label_spans(
    texts: Sequence[str],
    sentence_begins: Sequence[Sequence[int]],
    vector_sizes: Sequence[Sequence[int]],
    labels: Sequence[Sequence[float]],
) -> list[tuple[list[Match], list[Match]]]:
    """Morphemes and entities of some texts.

    Args:
        texts: as written.
        sentence_begins: first character of every sentence of each text.
        vector_sizes: length of the vector that Spark NLP hands on for each of these sentences.
        labels: these vectors, joined: a number for [CLS], one for every character that is not blank (if so many were read), one for [SEP].

    Returns:
        For each text (begin, end, Sejong tag) and (begin, end, entity type), sorted.
    """
    counts = np.fromiter(map(len, sentence_begins), np.int64, len(texts))
    flat = _joined(labels).astype(np.float32)
    return flat_label_spans(texts, counts, _joined(sentence_begins).astype(np.int64), _joined(vector_sizes).astype(np.int64), flat)


def flat_label_spans(
    texts: Sequence[str], counts: Numbers, sentence_begins: Numbers, sizes: Numbers, labels: NDArray[np.float32]
) -> list[tuple[list[Match], list[Match]]]:
    """`label_spans` of arrays that are joined already.

    Args:
        texts: as written.
        counts: sentences of each text.
        sentence_begins: of all texts' sentences.
        sizes: of all sentences' vectors.
        labels: all vectors.
    """
    if not len(sentence_begins):
        return [([], []) for _ in texts]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.cumsum(lengths + 1) - lengths - 1  # of the texts joined by blanks
    letters = np.frombuffer("\n".join((*texts, "")).encode("utf-32-le"), dtype=np.uint32)
    places = np.flatnonzero(~blank_letters(letters))
    follows = np.diff(places, prepend=-2) == 1  # the character before belongs to the same eojeol

    begins = sentence_begins + np.repeat(starts, counts)
    ends = np.minimum(np.append(begins[1:], len(letters)), np.repeat(starts + lengths, counts))
    first, last = np.searchsorted(places, begins), np.searchsorted(places, ends)
    vectors = np.cumsum(sizes) - sizes
    own = np.repeat(np.arange(len(begins)), last - first)
    pieces, known = _pieces(letters[places], follows)
    characters = np.arange(len(own)) + (first - (np.cumsum(last - first) - (last - first)))[own]
    piece = pieces[characters] - pieces[first[own]] + 1
    read = (piece < sizes[own] - 1) & known[characters]
    characters = characters[read]
    packed = labels[(vectors[own] + piece)[read]]

    text = np.searchsorted(starts, places[characters], side="right") - 1
    offsets = places[characters] - starts[text]
    parts = np.searchsorted(text, np.arange(len(texts) + 1))
    morphemes, entity, second, margin = unpack(packed)
    entities = _entity_sequence(entity, second, margin, parts)
    return list(
        zip(
            _morphemes(morphemes, offsets, follows[characters], parts),
            [
                whole_places(whole, joined_neighbours(whole, spans))
                for whole, spans in zip(texts, _entities(entities, offsets, parts), strict=True)
            ],
            strict=True,
        )
    )


def joined_neighbours(text: str, entities: list[Match]) -> list[Match]:
    """Entities of one type that only a blank parts are one: 클린트 이스트우드, 파키스탄 남서부 발루치스탄주.

    In KLUE's training part 1,725 entities have a blank inside, and 119 times one of the same type follows behind a blank. The network sees
    each character's label by itself and parts what it is not sure of. Only Korean names beside each other are rather two persons (39 to 8).
    """
    if len(entities) < 2 or not any(one[1] + 1 == other[0] and one[2] == other[2] for one, other in pairwise(entities)):
        return entities
    joined = entities[:1]
    for begin, end, kind in entities[1:]:
        first, last, before = joined[-1]
        neighbours = before == kind and last + 1 == begin and text[last] == " "
        if neighbours and not (kind == "PS" and is_korean_name(text[first:last].split(" ")[-1]) and is_korean_name(text[begin:end])):
            joined[-1] = (first, end, kind)
        else:
            joined.append((begin, end, kind))
    return joined


def _joined(lists: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    return np.asarray([*chain.from_iterable(lists)], dtype=np.float64)


def _pieces(letters: NDArray[np.uint32], follows: NDArray[np.bool_]) -> tuple[Numbers, NDArray[np.bool_]]:
    """Number of each character's word piece, counted through the batch, and whether it is a piece of its own."""
    heads = np.flatnonzero(~follows)
    lengths = np.diff(heads, append=len(letters))
    known = np.ones(len(letters), dtype=bool)
    for number in np.flatnonzero(lengths > LONGEST_EOJEOL // 3).tolist():
        eojeol = slice(heads[number], heads[number] + lengths[number])
        known[eojeol] = word_units(letters[eojeol]).sum() <= LONGEST_EOJEOL
    return np.cumsum(known | ~follows) - 1, known


def _entity_sequence(entity: Numbers, second: Numbers, margin: NDArray[np.float64], parts: Numbers) -> Numbers:
    """The best entity labels that fit together, text by text: most texts' best labels do."""
    best = first_labels(entity, second, margin)
    opens, needs = open_entities(best)
    some = parts[1:] > parts[:-1]
    heads, tails = parts[:-1][some], parts[1:][some] - 1
    before = np.roll(opens, 1)
    before[heads] = 0
    broken = before != needs
    broken[tails] |= opens[tails] > 0
    for number in np.unique(np.searchsorted(parts, np.flatnonzero(broken), side="right") - 1).tolist():
        part = slice(parts[number], parts[number + 1])
        best[part] = mended_entities(entity[part], second[part], margin[part], best[part], broken[part])
    return best


def _morphemes(labels: Numbers, offsets: Numbers, follows: NDArray[np.bool_], parts: Numbers) -> list[list[Match]]:
    """(begin, end, tag) text by text; an eojeol's first character always begins a morpheme."""
    heads = np.flatnonzero((labels % 2 == 0) | ~follows)
    tails = np.append(heads[1:], len(labels)) - 1
    tags = [SEJONG_TAGS[number] for number in (labels[heads] // 2).tolist()]
    return _by_text(list(zip(offsets[heads].tolist(), (offsets[tails] + 1).tolist(), tags, strict=True)), heads, parts)


def _entities(labels: Numbers, offsets: Numbers, parts: Numbers) -> list[list[Match]]:
    """(begin, end, type) text by text, of labels that fit together."""
    place = (labels - 1) % 4
    heads, tails = np.flatnonzero((labels > 0) & (place % 3 == 0)), np.flatnonzero((labels > 0) & (place >= 2))
    kinds = [ENTITY_TYPES[number] for number in ((labels[heads] - 1) // 4).tolist()]
    return _by_text(list(zip(offsets[heads].tolist(), (offsets[tails] + 1).tolist(), kinds, strict=True)), heads, parts)


def _by_text(spans: list[Any], heads: Numbers, parts: Numbers) -> list[list[Match]]:
    return [spans[one:other] for one, other in pairwise(np.searchsorted(heads, parts).tolist())]
