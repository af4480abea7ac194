"""Which groups of posts tell of one occasion: joins what an uncertain place, kind, hour or day of the texts tore apart.

The rules are those by which a person reads the posts about one celebrity:

- nobody is at two places at the same hour: the place that fewer posts name is a misreading or another name of the same place, and
  so it is on the same day where one of the two is named without an hour;
- posts that name no place are about the place that the others name;
- nobody does two things at the same hour and place, and of two kinds on one day at one place the one that few posts name is a
  misreading; so is a kind akin to it (a broadcast and the way to it) even where no place is named;
- nobody departs twice a day: of two hours of one day for one kind and place, the one that few posts state is a misreading;
- a neighbouring day that few posts name, without an hour, is a slip, and so is a post's own day of publishing some days later;
- two places at two stated hours are two events;
- what the place and the hour leave open, the words decide: posts about one occasion quote the same work, brand and companions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

_MINUTE, _DAY = 60, 86_400
_FEWEST_WORDS = 3  # texts with fewer words of their own are like nothing


@dataclass(frozen=True)
class Session:
    """Posts of one celebrity, kind and place that follow each other; times are seconds on the clock on the wall.

    Attributes:
        key: unique name.
        kind: kind of event.
        place: place, or "" when the posts name none.
        first: begin of the earliest post's event.
        last: end of the latest.
        hour: the hour that most of its posts state, or None when none states one.
        posts: number of posts.
        gap: longest pause within an event of this kind [seconds].
        family: what kinds that are easily taken for each other have in common; by default the kind itself.
        told: when its first post was published, or None when that is not known.
        words: what its posts speak of most, but for the celebrity's names.
    """

    key: str
    kind: str
    place: str
    first: int
    last: int
    hour: int | None
    posts: int
    gap: int
    family: str = ""
    told: int | None = None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class JoinPolicy:
    """How far two readings of one occasion may differ.

    Attributes:
        same_hour_minutes: stated hours no further apart are one hour.
        misread_share: a place or kind that at most this share of its rival's posts name is taken for a misreading.
        slip_hours: a day without an hour that so few posts name, no further from the others' day than this, is taken for a slip.
        retold_days: ... and so is a post's own day of publishing, up to so many days after the others' day.
        alike: share of the words of the smaller group that the larger one says too, from which on both tell the same.
    """

    same_hour_minutes: int = 90
    misread_share: float = 0.34
    slip_hours: int = 36
    retold_days: int = 3
    alike: float = 0.34

    @property
    def reach(self) -> int:
        """Sessions further apart than this and than their gaps are never one event [seconds]."""
        return max(self.slip_hours * 60 * _MINUTE, (self.retold_days + 1) * _DAY)


def join_sessions(sessions: Sequence[Session], policy: JoinPolicy = JoinPolicy()) -> dict[str, str]:
    """The event of every session of one celebrity.

    Sessions that name a place lead, those with more posts before those with fewer; each next one joins the leader that it fits
    best, or leads an event of its own. The order of the input plays no part.

    Returns:
        Key of every session -> key of the session that leads its event (itself for a leader).
    """
    leaders_of_day: defaultdict[int, list[Session]] = defaultdict(list)
    event_of: dict[str, str] = {}
    for session in sorted(sessions, key=lambda each: (not each.place, -each.posts, each.first, each.key)):
        reach = max(session.gap, policy.reach) // _DAY + 1
        near = {leader.key: leader for day in _days(session, reach) for leader in leaders_of_day[day]}
        fits = [leader for leader in near.values() if _fits(session, leader, policy)]
        if fits:
            event_of[session.key] = min(fits, key=lambda leader: _preference(session, leader)).key
            continue
        event_of[session.key] = session.key
        for day in _days(session, 0):
            leaders_of_day[day].append(session)
    return event_of


def likeness(words: frozenset[str], others: frozenset[str]) -> float:
    """Share of words that others say too, 0 to 1; 0 when there are too few words to tell."""
    return len(words & others) / len(words) if len(words) >= _FEWEST_WORDS else 0.0


def related_places(one: str, other: str) -> bool:
    """Whether two names may mean one place: one contains the other, spaces aside (인천국제공항 제1터미널, 인천국제공항)."""
    first, second = one.replace(" ", ""), other.replace(" ", "")
    return bool(first) and bool(second) and (first in second or second in first)


def events_of_sessions(sessions: pd.DataFrame, policy: JoinPolicy = JoinPolicy()) -> pd.DataFrame:
    """`join_sessions` over a frame of one celebrity's sessions; the body of a grouped map.

    Args:
        sessions: celebrity_id, session_key, kind, place, first, last, hour, posts, gap, family, told, words.
        policy: how far two readings of one occasion may differ.

    Returns:
        celebrity_id, session_key, event_key.
    """
    columns = ["session_key", "kind", "place", "first", "last", "hour", "posts", "gap", "family", "told", "words"]
    read = [
        Session(
            key, kind, place, int(first), int(last), _whole(hour), int(posts), int(gap), family or kind, _whole(told),
            frozenset(() if words is None else words),
        )
        for key, kind, place, first, last, hour, posts, gap, family, told, words in sessions[columns].itertuples(index=False, name=None)
    ]  # fmt: skip
    event_of = join_sessions(read, policy)
    return pd.DataFrame(
        {
            "celebrity_id": sessions["celebrity_id"],
            "session_key": sessions["session_key"],
            "event_key": sessions["session_key"].map(event_of),
        }
    )


def _whole(number: float | None) -> int | None:
    return None if number is None or pd.isna(number) else int(number)


def _days(session: Session, reach: int) -> Iterator[int]:
    """The days of a session and so many before and after."""
    yield from range(session.first // _DAY - reach, session.last // _DAY + reach + 1)


def _preference(session: Session, leader: Session) -> tuple[bool, bool, float, int, int, str]:
    apart = abs((session.hour or session.first) - (leader.hour or leader.first))
    alike = -round(likeness(session.words, leader.words), 1)
    return session.kind != leader.kind, not related_places(session.place, leader.place), alike, apart, -leader.posts, leader.key


def _fits(session: Session, leader: Session, policy: JoinPolicy) -> bool:
    if session.kind == leader.kind and _same_kind(session, leader, policy):
        return True
    if session.kind != leader.kind and _other_kind(session, leader, policy):
        return True
    return session.family == leader.family and _retold(session, leader, policy)


def _same_kind(session: Session, leader: Session, policy: JoinPolicy) -> bool:
    """Times that touch, and no other place at another hour; or a day or an hour that few posts state."""
    pause = max(0, session.first - leader.last, leader.first - session.last)
    same_place = not session.place or not leader.place or related_places(session.place, leader.place)
    if pause <= session.gap:
        if same_place:
            return True
        apart = _hours_apart(session, leader)
        return _same_day(session, leader) if apart is None else apart <= policy.same_hour_minutes * _MINUTE
    if not same_place or session.posts > policy.misread_share * leader.posts:
        return False
    return _same_day(session, leader) or (session.hour is None and pause <= policy.slip_hours * 60 * _MINUTE)


def _retold(session: Session, leader: Session, policy: JoinPolicy) -> bool:
    """Posts that put the event on their own day of publishing, some days later: no hour of their own, and the place or the words."""
    if session.told is None or session.told // _DAY != session.first // _DAY:
        return False
    own_hour = session.hour is not None and (leader.hour is None or session.hour % _DAY != leader.hour % _DAY)
    if own_hour or not 0 < session.first - leader.last <= policy.retold_days * _DAY:
        return False
    here = related_places(session.place, leader.place)
    if session.place and leader.place and not here:
        return False
    few = session.posts <= policy.misread_share * leader.posts
    if _alike(session, leader, policy):
        return few or (here and session.posts <= leader.posts)
    return few and here


def _other_kind(session: Session, leader: Session, policy: JoinPolicy) -> bool:
    """Another kind on the same day: at the same hour and place, or named by few posts and nothing speaks against it."""
    if not _same_day(session, leader):
        return False
    apart = _hours_apart(session, leader)
    if apart is not None and apart > policy.same_hour_minutes * _MINUTE:
        return False
    if session.place and leader.place and not related_places(session.place, leader.place):
        return False
    here = related_places(session.place, leader.place)
    if session.family == leader.family or (here and apart is not None):
        return True
    if here and _alike(session, leader, policy):
        return True
    sure = here or apart is not None or _alike(session, leader, policy)
    return sure and session.posts <= policy.misread_share * leader.posts


def _hours_apart(session: Session, leader: Session) -> int | None:
    """Seconds between the hours that both state; None when one states none."""
    return None if session.hour is None or leader.hour is None else abs(session.hour - leader.hour)


def _same_day(session: Session, leader: Session) -> bool:
    return session.first // _DAY <= leader.last // _DAY and leader.first // _DAY <= session.last // _DAY


def _alike(session: Session, leader: Session, policy: JoinPolicy) -> bool:
    return likeness(session.words, leader.words) >= policy.alike
