"""Days told apart that may be the first and the last of a post's event (27일 개장해 8월 23일까지, 12일 시작된 ... 내년 2월 28일까지).

Rules join two days by the words between them (`udfs.time_ranges`, `udfs.last_days`), but there are more ways of telling a first and a last
day than rules. So any later day near an earlier one may be the last of a range: `udfs.event_choice` weighs these beside the times.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from udfs.post_text import Tag
from udfs.weighed_post import Alternative, Around, Post, signs_of_words

TOLD_RANGE = "range"
"""The sign that all such ranges have, and the first word of their other signs."""
MOST_RANGES = 24
"""Ranges of a post that are weighed: the first ones."""
_LAST_OF = 3
"""Of so many days before a day it may be the last: the ranges grow with the days, not with their square."""
_LONGEST = 200
"""Days of a range."""
_LENGTHS = (1, 2, 3, 6, 13, 30, 60)
"""Days up to which two lengths count as alike."""
_JOINED_WITHIN = 60
"""Letters between two days, the words of which are signs."""
_DAY = len("2026-03-01")
_WITHOUT_YEAR = re.compile(r"\d{1,2}월 ?\d")


def told_ranges(post: Post) -> list[Alternative]:
    """The ranges of two days of a post that no time of it is, with their signs.

    Args:
        post: the post with all its tags by the rules.
    """
    times = post.of_kind("when")
    known = {time.value for time in times}
    event_day = next((time.value[:_DAY] for time in times if time.is_event), None)
    ranges = ((f"{first.value[:_DAY]}/{last.value[:_DAY]}", first, last, between) for first, last, between in _pairs(times))
    new = (one for one in ranges if one[0] not in known)
    return [_alternative(*one, post, event_day) for one in islice(new, MOST_RANGES)]


def _pairs(times: Sequence[Tag]) -> Iterator[tuple[Tag, Tag, int]]:
    """A day, a later one that is told behind it, and how many other days stand between them."""
    days = [time for time in times if len(time.value) >= _DAY and "/" not in time.value]
    for place, day in enumerate(days):
        for before in range(max(0, place - _LAST_OF), place):
            first = days[before]
            last = _behind(first, day)
            if 0 < _length(first, last) <= _LONGEST:
                yield first, last, place - before - 1


def _behind(first: Tag, last: Tag) -> Tag:
    """A day that is named by its month alone as the one behind the first: of 7월 8일 ... 9월 14일까지 that of the same year."""
    if last.value >= first.value[:_DAY] or not _WITHOUT_YEAR.match(last.surface) or last.value[5:_DAY] == "02-29":
        return last
    return last._replace(value=f"{int(last.value[:4]) + 1}{last.value[4:]}")


def _length(first: Tag, last: Tag) -> int:
    """Days from a day to another."""
    return (date.fromisoformat(last.value[:_DAY]) - date.fromisoformat(first.value[:_DAY])).days


def _alternative(value: str, first: Tag, last: Tag, between: int, post: Post, event_day: str | None) -> Alternative:
    """A range with its signs: which of its days the rules chose, how long it is, what stands between its days and around them.

    Args:
        value: the range.
        first: its first day.
        last: its last day.
        between: how many other days stand between them.
        post: the post.
        event_day: its event's day by the rules, None for none.
    """
    around_first, around_last = Around.of(first, post), Around.of(last, post)
    length = bisect_left(_LENGTHS, _length(first, last))
    together = around_first.text is around_last.text
    sentences = min(around_last.sentences - around_first.sentences, 3) if together else None
    published = post.published.isoformat()
    sides = f"{_side(first, published)} {_side(last, published)}"
    chosen = _chosen(first, last, event_day)
    text, behind = around_last.text.text, around_last.behind[0][:2]
    joining = text[first.end : last.begin].split(" ") if together and last.begin - first.end <= _JOINED_WITHIN else []
    signs = [
        TOLD_RANGE,
        f"range {chosen}",
        f"range {chosen} {sides}",
        f"range {chosen} {sentences}",
        f"range {chosen} {length}",
        f"range fields {first.field} {last.field}",
        f"range sentences {sentences}",
        f"range sentences {sentences} {between}",
        f"range between {between}",
        f"range length {length}",
        f"range length {length} {post.event}",
        f"range {sides}",
        f"range event {post.event}",
        f"range service {post.service}",
        f"range precision {first.precision} {last.precision}",
        f"range last then {behind}",
        f"range last then {behind} {chosen}",
        f"range last then {behind} {sentences}",
        f"range last ends {around_last.ending}",
        f"range last ends {around_last.ending[-2:]}",
        f"range first ends {around_first.ending[-2:]}",
        *[f"range joining {word[:2]}" for word in joining],
        *[f"range joined by {word[-2:]}" for word in joining[-1:]],
        *signs_of_words(around_first.before, around_first.behind, prefix="range first "),
        *signs_of_words(around_last.before, around_last.behind, prefix="range last "),
    ]
    return Alternative(value, signs, by_rules=False, added=first._replace(value=value, precision="day", is_event=False))


def _side(day: Tag, published: str) -> str:
    """Whether a day lies ahead of the day of publishing."""
    return "today" if day.value[:_DAY] == published else "ahead" if day.value > published else "ago"


def _chosen(first: Tag, last: Tag, event_day: str | None) -> str:
    """Which day of a range is the event's by the rules."""
    if event_day is None:
        return "none"
    return "first" if first.value[:_DAY] == event_day else "last" if last.value[:_DAY] == event_day else "other"
