"""Which sessions are one event, case by case; the order of the input plays no part."""

from __future__ import annotations

import random

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from udfs.occasions import Session, events_of_sessions, join_sessions, likeness, related_places

HOUR = 3600


def session(
    key: str,
    *,
    kind: str = "concert",
    place: str = "",
    hour: float | None = None,
    day: int = 0,
    posts: int = 3,
    gap: int = 12,
    family: str = "",
    told: int | None = None,
    words: str = "",
) -> Session:
    first = int((day * 24 + (12 if hour is None else hour)) * HOUR)
    published = None if told is None else told * 24 * HOUR
    stated = None if hour is None else first
    return Session(key, kind, place, first, first, stated, posts, gap * HOUR, family or kind, published, frozenset(words.split()))


def groups(*sessions: Session) -> list[list[str]]:
    event_of = join_sessions(sessions)
    return sorted(sorted(key for key in event_of if event_of[key] == leader) for leader in set(event_of.values()))


def test_posts_without_a_place_belong_to_the_place_that_others_name() -> None:
    assert groups(session("a", place="코엑스", posts=1), session("b", posts=9)) == [["a", "b"]]


def test_a_place_that_one_post_names_is_a_misreading() -> None:
    assert groups(session("a", place="코엑스", hour=18), session("b", place="서울", hour=18, posts=1)) == [["a", "b"]]


def test_two_places_that_several_posts_name_are_two_events() -> None:
    assert groups(session("a", place="코엑스", hour=13), session("b", place="아이파크몰", hour=18)) == [["a"], ["b"]]


def test_nobody_is_at_two_places_at_one_hour_nor_on_one_day_when_no_hour_is_said() -> None:
    assert groups(session("a", place="왕십리", hour=18), session("b", place="별하극장", hour=18)) == [["a", "b"]]
    assert groups(session("a", place="대구", hour=17), session("b", place="엑스코", posts=2)) == [["a", "b"]]


def test_a_neighbouring_day_that_one_post_names_without_hour_is_a_slip() -> None:
    assert groups(session("a", place="명동", hour=16, posts=9), session("b", place="명동", day=1, posts=1)) == [["a", "b"]]
    assert groups(session("a", place="명동", hour=16, posts=9), session("b", place="명동", day=1, hour=16, posts=1)) == [["a"], ["b"]]
    assert groups(session("a", place="명동", hour=16, posts=9), session("b", place="명동", day=3, posts=1)) == [["a"], ["b"]]


def test_names_of_one_place_are_joined() -> None:
    assert groups(session("a", place="인천국제공항"), session("b", place="인천국제공항 제1터미널")) == [["a", "b"]]
    assert not related_places("", "코엑스")


def test_kinds_at_one_hour_and_place_are_one_event_when_few_posts_name_the_second() -> None:
    assert groups(session("a", kind="concert", hour=18), session("b", kind="release", hour=18, posts=1)) == [["a", "b"]]
    assert groups(session("a", kind="airport_arrival", hour=8), session("b", kind="concert", hour=18, posts=1)) == [["a"], ["b"]]


def test_two_kinds_at_one_hour_and_place_are_one_event_whatever_most_say() -> None:
    assert groups(session("a", kind="festival", place="한강", hour=13), session("b", place="한강공원", hour=14)) == [["a", "b"]]
    assert groups(session("a", kind="festival", place="한강", hour=13), session("b", place="한강공원", hour=18)) == [["a"], ["b"]]
    assert groups(session("a", kind="festival", place="한강", hour=13), session("b", place="코엑스", hour=13)) == [["a"], ["b"]]


def test_kinds_akin_on_one_day_are_one_event_unless_place_or_hour_differ() -> None:
    commute = {"kind": "broadcast_commute", "family": "broadcast"}
    show = {"kind": "broadcast", "family": "broadcast"}
    assert groups(session("a", **commute, place="여의도", hour=8), session("b", **show)) == [["a", "b"]]
    assert groups(session("a", **commute, place="여의도", hour=8), session("b", **show, place="일산")) == [["a"], ["b"]]
    assert groups(session("a", **commute, place="여의도", hour=8), session("b", **show, hour=19)) == [["a"], ["b"]]


def test_words_decide_what_place_and_hour_leave_open() -> None:
    here = {"place": "여의도", "posts": 2}
    same = session("b", kind="brand_event", words="별빛 화보 향수 매장", **here)
    assert groups(session("a", kind="fan_signing", words="별빛 화보 향수", **here), same) == [["a", "b"]]
    assert groups(session("a", kind="fan_signing", words="앨범 팬 사인", **here), same) == [["a"], ["b"]]


def test_a_departure_in_the_morning_and_a_concert_at_night_are_two_events_even_in_the_same_words() -> None:
    departure = session("a", kind="airport_departure", place="김포국제공항", hour=9, posts=1, words="투어 팬 앨범")
    assert groups(departure, session("b", hour=19, posts=9, words="투어 팬 앨범")) == [["a"], ["b"]]
    undated = session("a", kind="airport_departure", place="김포국제공항", posts=1, words="투어 팬 앨범")
    assert groups(undated, session("b", place="고척스카이돔", posts=9, words="투어 팬 앨범")) == [["a"], ["b"]]


def test_of_two_hours_of_one_day_the_one_that_few_posts_state_is_a_misreading() -> None:
    flight = {"kind": "airport_departure", "place": "인천국제공항", "gap": 10}
    assert groups(session("a", hour=17, posts=9, **flight), session("b", hour=4, posts=1, **flight)) == [["a", "b"]]
    assert groups(session("a", hour=17, posts=4, **flight), session("b", hour=4, posts=3, **flight)) == [["a"], ["b"]]


def test_the_day_of_publishing_is_no_new_event_at_the_place_of_the_last_days() -> None:
    last = session("a", place="블루문홀", hour=17, posts=9, words="앨범 신곡 무대")
    assert groups(last, session("b", place="블루문홀", day=2, posts=1, told=2)) == [["a", "b"]]
    assert groups(last, session("b", day=2, posts=1, told=2, words="앨범 신곡 무대")) == [["a", "b"]]
    assert groups(last, session("b", day=2, posts=1, told=2)) == [["a"], ["b"]]
    assert groups(last, session("b", place="블루문홀", day=2, posts=1, told=0)) == [["a"], ["b"]]
    assert groups(last, session("b", place="블루문홀", day=6, posts=1, told=6)) == [["a"], ["b"]]


def test_likeness_is_the_share_of_the_smaller_ones_words() -> None:
    assert likeness(frozenset("가나다라"), frozenset("가나마바사아")) == 0.5
    assert likeness(frozenset("가나"), frozenset("가나다")) == 0.0  # two words tell nothing


def test_times_further_apart_than_the_gap_are_two_events() -> None:
    assert groups(session("a", day=0), session("b", day=1)) == [["a"], ["b"]]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["concert", "festival"]),
            st.sampled_from(["", "코엑스", "서울 코엑스", "잠실"]),
            st.sampled_from([None, 9, 10, 18]),
            st.integers(0, 3),
            st.integers(1, 5),
            st.sampled_from(["", "가 나 다", "나 다 라 마"]),
        ),
        max_size=12,
    ),
    st.integers(0, 100),
)
def test_order_plays_no_part(rows: list[tuple[str, str, int | None, int, int, str]], seed: int) -> None:
    sessions = [
        session(str(number), kind=kind, place=place, hour=hour, day=day, posts=posts, told=day, words=words)
        for number, (kind, place, hour, day, posts, words) in enumerate(rows)
    ]
    shuffled = random.Random(seed).sample(sessions, len(sessions))
    event_of = join_sessions(sessions)
    assert join_sessions(shuffled) == event_of
    assert all(event_of[leader] == leader for leader in event_of.values())


def test_frames_keep_every_session() -> None:
    rows = pd.DataFrame(
        {
            "celebrity_id": ["c1", "c1"],
            "session_key": ["x", "y"],
            "kind": ["concert"] * 2,
            "place": ["", "코엑스"],
            "first": [10, 20],
            "last": [10, 20],
            "hour": [None, 20.0],
            "posts": [1, 1],
            "gap": [100, 100],
            "family": ["concert"] * 2,
            "told": [10, None],
            "words": [["앨범"], None],
        }
    )
    assert events_of_sessions(rows)["event_key"].tolist() == ["y", "y"]
