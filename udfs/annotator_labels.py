"""What the annotator network says of each character: its label sets, and the packed numbers it hands to Spark NLP.

Spark NLP hands on one vector per sentence. Position `k` of that vector packs what the network found out about the sentence's
k-th character that is not blank: morpheme label, the two best entity labels and the margin between them, as one number below 2 ** 24,
which a 32-bit float holds exactly. The entities are the best sequence of labels that can follow each other, found over these
(`best_entities`). What letters the network reads is told by `udfs.annotator_alphabet`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

SEJONG_TAGS: tuple[str, ...] = (
    "NNG", "NNP", "NNB", "NP", "NR", "VV", "VA", "VX", "VCP", "VCN", "MM", "MAG", "MAJ", "IC", "JKS", "JKC", "JKG", "JKO", "JKB",
    "JKV", "JKQ", "JX", "JC", "EP", "EF", "EC", "ETN", "ETM", "XPN", "XSN", "XSV", "XSA", "XR", "SF", "SP", "SS", "SE", "SO",
    "SW", "SL", "SH", "SN", "NF", "NV", "NA",
)  # fmt: skip
"""The 45 tags of the Sejong corpus: nouns N, verbs V, adverbs M, particles J, endings E, affixes X, symbols S."""

TAG_NUMBER = {tag: number for number, tag in enumerate(SEJONG_TAGS)}
MORPHEME_LABELS = 2 * len(SEJONG_TAGS)
"""Label of a character: twice the tag's number, plus one when the character goes on with the morpheme before it."""

ENTITY_TYPES: tuple[str, ...] = ("PS", "LC", "OG", "DT", "TI", "QT")
"""Person, location, organisation, date, time, quantity (KLUE's six)."""
ENTITY_LABELS = 1 + 4 * len(ENTITY_TYPES)
"""0 is outside; 1 + 4 * type + (0 begin, 1 inside, 2 end, 3 single)."""

PACKED = (1, 128, 4096, 131072)
"""Factors of morpheme label, best and second entity label, and margin in the packed number."""

MARGIN_STEPS, MARGINS = 16, 128
"""Steps a unit of the margin, and how many there are: differences of 8 and more are as good as any."""

CLASSES: tuple[str, ...] = (
    "none", "person", "character", "occupation", "position", "relation", "building", "place", "event", "work", "company",
    "media", "team", "time", "count", "other",
)  # fmt: skip
"""Coarse groups of KoNEC's 150 classes that posts about celebrities need; one a character."""

UNSEEN = -100
"""A character without a gold label: ignored by the losses."""

_CLASS_OF_KONEC = {
    "PS_NAME": "person", "PS_CHARACTER": "character", "CV_OCCUPATION": "occupation", "CV_POSITION": "position", "CV_RELATION": "relation",
    "AF_BUILDING": "building", "AF_CULTURAL_ASSET": "building", "OGG_HOTEL": "building", "LC_OTHERS": "place", "AF_ROAD": "place",
    "OGG_ART": "team", "OGG_SPORTS": "team", "OGG_MEDIA": "media",
}  # fmt: skip


def class_of(konec: str) -> str:
    """The coarse group of one of KoNEC's classes, e.g. `EV_FESTIVAL` -> `event`."""
    if konec in _CLASS_OF_KONEC:
        return _CLASS_OF_KONEC[konec]
    for prefix, group in (
        ("LC", "place"),
        ("EV", "event"),
        ("AFA", "work"),
        ("CV_ART", "work"),
        ("OGG", "company"),
        ("DT", "time"),
        ("TI", "time"),
        ("QT", "count"),
    ):
        if konec.startswith(prefix) and not konec.startswith("TMI"):
            return group
    return "other"


def pack(
    morpheme: NDArray[np.int64], entity: NDArray[np.int64], second: NDArray[np.int64], margin: NDArray[np.floating[Any]]
) -> NDArray[np.float32]:
    """One number a character: morpheme label + 128 * entity label + 4,096 * second entity label + 131,072 * margin in steps."""
    steps = np.minimum(np.floor(margin * MARGIN_STEPS), MARGINS - 1).astype(np.int64)
    packed: NDArray[np.float32] = (morpheme + PACKED[1] * entity + PACKED[2] * second + PACKED[3] * steps).astype(np.float32)
    return packed


def unpack(packed: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Morpheme label, best and second entity label, margin (logarithm of how much likelier the best is), the inverse of `pack`."""
    whole = packed.astype(np.int64)
    margin = whole // PACKED[3] / MARGIN_STEPS
    return whole % PACKED[1], whole // PACKED[1] % 32, whole // PACKED[2] % 32, margin


def two_best_scores(entity: NDArray[np.int64], second: NDArray[np.int64], margin: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores of all entity labels, (characters, ENTITY_LABELS), of which only the two best are known."""
    scores = np.full((len(entity), ENTITY_LABELS), -MARGINS / MARGIN_STEPS)
    rows = np.arange(len(entity))
    scores[rows, second] = -margin
    scores[rows, entity] = 0.0
    return scores


def first_labels(entity: NDArray[np.int64], second: NDArray[np.int64], margin: NDArray[np.float64]) -> NDArray[np.int64]:
    """The best entity label of every character: of two that are equally likely the one that comes first, as `argmax` has it."""
    return np.where(margin > 0, entity, np.minimum(entity, second))


def open_entities(labels: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The type of entity (from 1; 0 for none) that each label leaves open behind its character, and that has to be open before it."""
    kinds, part = (labels + 3) // 4, (labels - 1) % 4
    opens = np.where((labels > 0) & (part < 2), kinds, 0)
    return opens, np.where((labels > 0) & ((part == 1) | (part == 2)), kinds, 0)


def best_entities(scores: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """The sequence of entity labels with the greatest sum of scores among those in which every entity is begun, goes on and ends.

    Viterbi's recurrence (1967) over seven states: no entity is open, or one of a type. Where the best labels of all characters fit
    together they are the answer.

    Args:
        scores: shape (characters, ENTITY_LABELS), logarithms of probabilities up to a constant a character.
    """
    best: NDArray[np.int64] = scores.argmax(axis=1).astype(np.int64)
    opens, needs = open_entities(best)
    if (np.append(0, opens) == np.append(needs, 0)).all():
        return best
    return _best_sequences(scores, [0, len(scores)])


SURE = 12.0
"""Two characters outside any entity by so much together part what is before them from what is behind (the most is 15.875)."""


def mended_entities(
    entity: NDArray[np.int64],
    second: NDArray[np.int64],
    margin: NDArray[np.float64],
    best: NDArray[np.int64],
    broken: NDArray[np.bool_],
    parts: NDArray[np.int64],
) -> NDArray[np.int64]:
    """`best_entities` of texts of which in some the characters' best labels do not fit together, worked out only around where they do not.

    An entity across two characters that are surely outside any costs their margins: where all that has to be mended costs less, the best
    sequence has none, and is put together from the best ones between such places. (All numbers are sixteenths, so no sum is rounded.)

    Args:
        entity: best label of every character of all texts.
        second: second label.
        margin: of the best before the second.
        best: `first_labels` of these.
        broken: where a label does not fit the one before, or the text's end.
        parts: the first character of each text, and behind them how many there are.
    """
    text = np.repeat(np.arange(len(parts) - 1), np.diff(parts))
    sure = (best[1:] == 0) & (best[:-1] == 0) & (margin[1:] + margin[:-1] >= SURE)
    cuts = np.union1d(parts, np.flatnonzero(sure) + 1)
    doubtful = np.flatnonzero((broken | (margin == 0)) & np.isin(text, text[broken]))
    pieces = np.unique(np.searchsorted(cuts, doubtful, side="right") - 1)
    mended = best.copy()
    lengths = cuts[pieces + 1] - cuts[pieces]
    bounds = np.append(0, np.cumsum(lengths))
    part = np.arange(bounds[-1]) + np.repeat(cuts[pieces] - bounds[:-1], lengths)
    mended[part] = _best_sequences(two_best_scores(entity[part], second[part], margin[part]), bounds.tolist())
    losses = np.where(mended == entity, 0.0, np.where(mended == second, margin, MARGINS / MARGIN_STEPS))
    for number in np.flatnonzero(np.bincount(text, losses) >= SURE).tolist():
        part = slice(parts[number], parts[number + 1])
        mended[part] = best_entities(two_best_scores(entity[part], second[part], margin[part]))
    return mended


def _best_sequences(scores: NDArray[np.floating[Any]], bounds: Sequence[int]) -> NDArray[np.int64]:
    """`best_entities` of sequences that stand one behind the other in `scores`, from each of `bounds` to the next."""
    parts = scores[:, 1:].reshape(len(scores), len(ENTITY_TYPES), 4).astype(np.float64)
    outside = scores[:, 0].astype(np.float64)
    singles = parts[:, :, 3].max(axis=1)
    alone = np.where(outside >= singles, 0, 4 * parts[:, :, 3].argmax(axis=1) + 4).tolist()
    likelier = (parts > outside[:, None, None]).any(axis=2).tolist()
    rows, closing = parts[:, :, :3].tolist(), np.maximum(outside, singles).tolist()
    labels: list[int] = []
    for part in starmap(slice, pairwise(bounds)):
        # a type that is nowhere likelier than outside any entity has no part in the best sequence
        kinds = [kind for kind, some in enumerate(zip(*likelier[part], strict=True)) if any(some)]
        labels += _best_sequence([[row[kind] for kind in kinds] for row in rows[part]], closing[part], alone[part], kinds)
    return np.asarray(labels, dtype=np.int64)


def _best_sequence(
    rows: Sequence[Sequence[Sequence[float]]], closing: Sequence[float], alone: Sequence[int], kinds: Sequence[int]
) -> list[int]:
    """The best sequence of one text's labels.

    Args:
        rows: for each character the scores of the labels that begin, go on with and end an entity, type by type.
        closing: for each the best score with no entity open before and behind it.
        alone: the label of that score.
        kinds: the types.
    """
    closed, opened = 0.0, [-math.inf] * len(kinds)
    ended, went_on = [-1] * len(rows), []
    for place, (row, single) in enumerate(zip(rows, closing, strict=True)):
        best_end, kind = -math.inf, -1
        goes_on = []
        for number, (begin, inside, end) in enumerate(row):
            begins, on = closed + begin, opened[number] + inside
            if opened[number] + end > best_end:
                best_end, kind = opened[number] + end, number
            goes_on.append(on > begins)
            opened[number] = max(begins, on)
        went_on.append(goes_on)
        closed += single
        if best_end > closed:
            closed, ended[place] = best_end, kind
    labels, kind = [0] * len(rows), -1
    for place in range(len(rows) - 1, -1, -1):
        if kind >= 0:
            labels[place] = 1 + 4 * kinds[kind] + int(went_on[place][kind])
            kind = kind if went_on[place][kind] else -1
        elif ended[place] >= 0:
            kind = ended[place]
            labels[place] = 3 + 4 * kinds[kind]
        else:
            labels[place] = alone[place]
    return labels


REACH = 3
"""Characters behind a morpheme's first that have a say in its tag."""


def morpheme_labels(scores: NDArray[np.floating[Any]], starts: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Morpheme labels from the network's scores of a sentence's characters, as the served graph works them out.

    A character goes on with a morpheme where all labels that say so are together likelier than all that begin one. A morpheme's tag is the
    one that its characters (up to REACH behind the first) hold likeliest together, not the first character's alone.

    Args:
        scores: shape (characters, MORPHEME_LABELS), logarithms of probabilities up to a constant a character.
        starts: which characters begin an eojeol.
    """
    begins, goes_on = scores[:, 0::2], scores[:, 1::2]
    inside = (np.logaddexp.reduce(goes_on, axis=1) > np.logaddexp.reduce(begins, axis=1)) & ~starts
    own = np.where(inside[:, None], goes_on, begins)
    next_goes_on = np.append(inside[1:], False)[:, None]
    together = own
    for _ in range(REACH):
        together = own + next_goes_on * np.concatenate([together[1:], together[:1]])
    labels: NDArray[np.int64] = 2 * together.argmax(axis=1).astype(np.int64) + inside
    return labels


def morpheme_spans(labels: NDArray[np.int64], offsets: NDArray[np.int64], starts: NDArray[np.bool_]) -> list[tuple[int, int, str]]:
    """Morphemes (begin, end, tag) from the labels of a sentence's characters; an eojeol's first character always begins one."""
    spans: list[tuple[int, int, str]] = []
    for label, offset, start in zip(labels.tolist(), offsets.tolist(), starts.tolist(), strict=True):
        tag, inside = SEJONG_TAGS[label // 2], label % 2 == 1
        if inside and not start and spans and spans[-1][1] == offset:
            spans[-1] = (spans[-1][0], offset + 1, spans[-1][2])
        else:
            spans.append((offset, offset + 1, tag))
    return spans


def entity_spans(labels: NDArray[np.int64], offsets: NDArray[np.int64]) -> list[tuple[int, int, str]]:
    """Entities (begin, end, type) from BIOES labels; a broken sequence is mended: an inside without a begin begins an entity."""
    spans: list[tuple[int, int, str]] = []
    opened: tuple[int, int, int] | None = None
    for label, offset in zip(labels.tolist(), offsets.tolist(), strict=True):
        kind, part = (label - 1) // 4, (label - 1) % 4
        goes_on = label > 0 and opened is not None and opened[2] == kind and part in (1, 2)
        if opened is not None and not goes_on:
            spans.append((opened[0], opened[1], ENTITY_TYPES[opened[2]]))
            opened = None
        if label > 0:
            opened = (opened[0] if opened is not None else offset, offset + 1, kind)
            if part in (2, 3):
                spans.append((opened[0], opened[1], ENTITY_TYPES[kind]))
                opened = None
    if opened is not None:
        spans.append((opened[0], opened[1], ENTITY_TYPES[opened[2]]))
    return spans


def bioes(spans: list[tuple[int, int, str]], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Labels of a sentence's characters from entity spans (begin, end, type) in characters of the text."""
    labels = np.zeros(len(offsets), dtype=np.int64)
    for begin, end, kind in spans:
        inside = np.flatnonzero((offsets >= begin) & (offsets < end))
        if len(inside) == 0:
            continue
        base = 1 + 4 * ENTITY_TYPES.index(kind)
        labels[inside] = base + 1
        labels[inside[0]], labels[inside[-1]] = base, base + 2
        if len(inside) == 1:
            labels[inside[0]] = base + 3
    return labels
