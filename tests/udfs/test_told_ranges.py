"""Ranges of days that a post tells apart, and their place among its times."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.event_choice import RULES, alternatives, settled
from udfs.post_text import Tag, TextField
from udfs.told_ranges import MOST_RANGES, told_ranges
from udfs.weighed_post import Post

PUBLISHED = datetime.fromisoformat("2026-03-22T18:00:00+09:00")


def post_of(text: str, *days: tuple[str, str], event: str = "") -> Post:
    """A post whose body names days (surface, value), one of which is its event's by the rules."""
    tags, behind = [], 0
    for surface, value in days:
        begin = text.index(surface, behind)
        behind = begin + len(surface)
        precision = "day" if len(value) == 10 or "/" in value else "hour" if "T" in value else "month"
        tags.append(Tag("body", None, "when", surface, value, begin, behind, None, None, 0.5, precision, value == event))
    return Post([TextField("body", text, PUBLISHED)], tags, "news")


def ranges(post: Post) -> list[str | None]:
    return [one.value for one in told_ranges(post)]


OPENED = ("축제가 27일 문을 연다. 8월 23일까지 볼 수 있다.", ("27일", "2026-06-27"), ("8월 23일", "2026-08-23"))


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (post_of(*OPENED), ["2026-06-27/2026-08-23"]),
        (
            post_of("26일 밤 8시 시작, 30일에 끝났다", ("26일 밤 8시", "2026-03-26T20:00"), ("30일", "2026-03-30")),
            ["2026-03-26/2026-03-30"],
        ),
        (post_of("30일 뒤 26일", ("30일", "2026-03-30"), ("26일", "2026-03-26")), []),  # not in order
        (post_of("20일 낮과 20일 밤", ("20일", "2026-03-20"), ("20일", "2026-03-20T20:00")), []),  # one day
        (post_of("3월에 시작해 30일까지", ("3월", "2026-03"), ("30일", "2026-03-30")), []),  # no day
        (post_of("1일 열려 12월 1일까지", ("1일", "2026-03-01"), ("12월 1일", "2026-12-01")), []),  # too long
        (post_of("7월 8일 열려 9월 14일까지", ("7월 8일", "2026-07-08"), ("9월 14일", "2025-09-14")), ["2026-07-08/2026-09-14"]),
        (post_of("7월 8일 열려 지난해 9월 14일", ("7월 8일", "2026-07-08"), ("지난해 9월 14일", "2025-09-14")), []),
        (
            post_of("26~28일 26일 28일", ("26~28일", "2026-03-26/2026-03-28"), ("26일", "2026-03-26"), ("28일", "2026-03-28")),
            [],  # which a time of the post is
        ),
    ],
)
def test_a_later_day_behind_a_day_may_be_the_last(post: Post, expected: list[str]) -> None:
    assert ranges(post) == expected


def test_a_range_that_its_words_speak_for_takes_its_first_days_place() -> None:
    post = post_of(*OPENED, event="2026-06-27")
    assert settled("when", post, {RULES: 1.0}) == post.tags
    first, last = post.of_kind("when")
    chosen = settled("when", post, {RULES: 1.0, "range last then 까지": 3.0})
    assert [(tag.value, tag.begin, tag.end, tag.precision, tag.is_event) for tag in chosen if tag.is_event] == [
        ("2026-06-27/2026-08-23", first.begin, first.end, "day", True)
    ]
    assert [tag for tag in chosen if not tag.is_event] == [last]


def test_signs_tell_which_day_the_rules_chose_and_what_stands_between() -> None:
    (found,) = told_ranges(post_of(*OPENED, event="2026-06-27"))
    assert {"range first", "range sentences 1", "range last then 까지", "range ahead ahead", "range fields body body"} <= set(found.signs)
    (other,) = told_ranges(post_of(*OPENED, event="2026-08-23"))
    assert "range last" in other.signs
    assert "range none" in told_ranges(post_of(*OPENED))[0].signs


@given(st.lists(st.integers(0, 60), min_size=2, max_size=30))
def test_ranges_grow_with_the_days_and_each_goes_forward(days: list[int]) -> None:
    values = [(PUBLISHED + timedelta(days=day)).date().isoformat() for day in days]
    found = ranges(post_of(" ".join(values), *((value, value) for value in values)))
    assert len(found) <= min(3 * len(days), MOST_RANGES)
    assert all(value is not None and value[:10] < value[11:] for value in found)
    assert all(value is not None and {value[:10], value[11:]} <= set(values) for value in found)


def test_ranges_stand_before_none() -> None:
    found = alternatives("when", post_of(*OPENED))
    assert [one.value for one in found] == ["2026-06-27", "2026-08-23", "2026-06-27/2026-08-23", None]
