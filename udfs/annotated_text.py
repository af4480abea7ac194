"""Reads the annotator's packed labels back into morphemes and entities, a batch of texts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from udfs.annotator_alphabet import blank_letters, word_units
from udfs.annotator_labels import ENTITY_TYPES, SEJONG_TAGS, first_labels, mended_entities, open_entities, unpack
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
        labels: these vectors, joined: a number for [CLS], one for every character that is not blank (if so many were read), zeros behind.

    Returns:
        For each text (begin, end, Sejong tag) and (begin, end, entity type), sorted.
    """
    counts = np.fromiter(map(len, sentence_begins), np.int64, len(texts))
    flat = _joined(labels).astype(np.float32)
    found = read_labels(texts, counts, _joined(sentence_begins).astype(np.int64), _joined(vector_sizes).astype(np.int64), flat)
    return list(zip(_morphemes(found), label_entities(texts, found), strict=True))


class Labels(NamedTuple):
    """What the annotator says of the characters of a batch of texts.

    Attributes:
        whole: the texts, each closed by a line break.
        starts: where each text begins in it.
        places: where the characters stand in it that were read.
        parts: which of these is the first of each text; behind them how many there are.
        opens: whether a character begins an eojeol.
        morphemes: label of each of these characters.
        entities: theirs, which fit together.
    """

    whole: str
    starts: Numbers
    places: Numbers
    parts: Numbers
    opens: NDArray[np.bool_]
    morphemes: Numbers
    entities: Numbers


def read_labels(texts: Sequence[str], counts: Numbers, sentence_begins: Numbers, sizes: Numbers, labels: NDArray[np.float32]) -> Labels:
    """Finds the characters of the annotator's vectors.

    Args:
        texts: as written.
        counts: sentences of each text.
        sentence_begins: of all texts' sentences.
        sizes: of all sentences' vectors.
        labels: all vectors.
    """
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.cumsum(lengths + 1) - lengths - 1
    whole = "\n".join((*texts, ""))
    letters = np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32)
    places = np.flatnonzero(~blank_letters(letters))
    follows = np.diff(places, prepend=-2) == 1  # the character before belongs to the same eojeol

    begins = sentence_begins + np.repeat(starts, counts)
    ends = np.minimum(np.append(begins, len(letters))[1:], np.repeat(starts + lengths, counts))
    first, last = np.searchsorted(places, begins), np.searchsorted(places, ends)
    vectors = np.cumsum(sizes) - sizes
    own = np.repeat(np.arange(len(begins)), last - first)
    pieces, known = _pieces(letters[places], follows)
    characters = np.arange(len(own)) + (first - (np.cumsum(last - first) - (last - first)))[own]
    piece = pieces[characters] - pieces[first[own]] + 1
    inside = (piece < sizes[own] - 1) & known[characters]
    characters = characters[inside]
    packed = labels[(vectors[own] + piece)[inside]]
    # a vector is as long as that of the longest sentence beside it: behind its own there are zeros, which no character has
    characters, packed = characters[packed > 0], packed[packed > 0]

    parts = np.searchsorted(places[characters], np.append(starts, len(letters)))
    morphemes, entity, second, margin = unpack(packed)
    entities = _entity_sequence(entity, second, margin, parts)
    return Labels(whole, starts, places[characters], parts, ~follows[characters], morphemes, entities)


def label_entities(texts: Sequence[str], labels: Labels) -> list[list[Match]]:
    """Entities (begin, end, type) of each text, sorted."""
    return [whole_places(text, joined_neighbours(text, spans)) for text, spans in zip(texts, _entities(labels), strict=True)]


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
    return mended_entities(entity, second, margin, best, broken, parts) if broken.any() else best


def morpheme_bounds(labels: Labels) -> tuple[Numbers, Numbers, Numbers]:
    """Begin, end and number of the tag of every morpheme; an eojeol's first character always begins one."""
    heads, tails = _morpheme_ends(labels)
    return labels.places[heads], labels.places[tails] + 1, labels.morphemes[heads] // 2


def _morpheme_ends(labels: Labels) -> tuple[Numbers, Numbers]:
    heads = np.flatnonzero((labels.morphemes % 2 == 0) | labels.opens)
    return heads, np.append(heads, len(labels.morphemes))[1:] - 1


def _morphemes(labels: Labels) -> list[list[Match]]:
    """(begin, end, tag) text by text."""
    heads, tails = _morpheme_ends(labels)
    return _by_text(labels, heads, tails, [SEJONG_TAGS[number] for number in (labels.morphemes[heads] // 2).tolist()])


def _entities(labels: Labels) -> list[list[Match]]:
    """(begin, end, type) text by text."""
    place = (labels.entities - 1) % 4
    some = labels.entities > 0
    heads, tails = np.flatnonzero(some & (place % 3 == 0)), np.flatnonzero(some & (place >= 2))
    return _by_text(labels, heads, tails, [ENTITY_TYPES[number] for number in ((labels.entities[heads] - 1) // 4).tolist()])


def _by_text(labels: Labels, heads: Numbers, tails: Numbers, names: Sequence[str]) -> list[list[Match]]:
    """Spans of characters from `heads` to `tails`, counted from the begin of their text."""
    bounds = np.searchsorted(heads, labels.parts)
    shift = np.repeat(labels.starts, np.diff(bounds))
    begins, ends = labels.places[heads] - shift, labels.places[tails] + 1 - shift
    spans = list(zip(begins.tolist(), ends.tolist(), names, strict=True))
    return [spans[one:other] for one, other in pairwise(bounds.tolist())]
