"""Spans of a text in order: which of them lies where, found by halving: long texts take no more time a character."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, TypeVar

Span = TypeVar("Span", bound=tuple[Any, ...])
"""A tuple whose first two values are the characters where it begins and ends, half-open."""

_begin = itemgetter(0)


def first_behind(spans: Sequence[Span], position: int) -> int:
    """Index of the first span that begins at a position or behind it; their number where none does."""
    return bisect_left(spans, position, key=_begin)


def covering(spans: Sequence[Span], begin: int, end: int) -> Span | None:
    """The one of some spans, of which none overlaps another, in which characters lie.

    Examples:
        >>> covering([(0, 2), (3, 6)], 4, 6), covering([(0, 2), (3, 6)], 1, 4)
        ((3, 6), None)
    """
    index = bisect_right(spans, begin, key=_begin) - 1
    return spans[index] if index >= 0 and end <= spans[index][1] else None


def touched(spans: Sequence[Span], begin: int, end: int) -> bool:
    """Whether one of some spans, of which none overlaps another, has one of the characters.

    Examples:
        >>> touched([(0, 2), (3, 6)], 1, 3), touched([(0, 2), (3, 6)], 2, 3)
        (True, False)
    """
    index = bisect_left(spans, end, key=_begin) - 1
    return index >= 0 and spans[index][1] > begin


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters as spans of which none overlaps another.

    Examples:
        >>> merged([(4, 6), (0, 2), (1, 3)])
        [(0, 3), (4, 6)]
    """
    whole: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((begin, end))
    return whole
