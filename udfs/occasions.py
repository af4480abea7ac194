"""Which groups of posts tell of one occasion: joins what an uncertain place, kind or hour of the texts tore apart.

The rules are those by which a person reads the posts about one celebrity:

- nobody is at two places at the same hour: the place that fewer posts name is a misreading or another name of the same place, and
  so it is on the same day where one of the two is named without an hour;
- posts that name no place are about the place that the others name;
- nobody does two things at the same hour and place: the kind that more posts name holds;
- a neighbouring day that few posts name, without an hour, is a slip;
- two places at two stated hours are two events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

_MINUTE, _DAY = 60, 86_400


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
    """

    key: str
    kind: str
    place: str
    first: int
    last: int
    hour: int | None
    posts: int
    gap: int


@dataclass(frozen=True)
class JoinPolicy:
    """How far two readings of one occasion may differ.

    Attributes:
        same_hour_minutes: stated hours no further apart are one hour.
        misread_share: a place or kind that at most this share of its rival's posts name is taken for a misreading.
        slip_hours: a day without an hour that so few posts name, no further from the others' day than this, is taken for a slip.
    """

    same_hour_minutes: int = 90
    misread_share: float = 0.34
    slip_hours: int = 36


def join_sessions(sessions: Sequence[Session], policy: JoinPolicy = JoinPolicy()) -> dict[str, str]:
    """The event of every session of one celebrity.

    Sessions that name a place lead, those with more posts before those with fewer; each next one joins the leader that it fits
    best, or leads an event of its own. The order of the input plays no part.

    Returns:
        Key of every session -> key of the session that leads its event (itself for a leader).
    """
    leaders_of_kind: defaultdict[str, list[Session]] = defaultdict(list)
    leaders_of_hour: defaultdict[int, list[Session]] = defaultdict(list)
    width = policy.same_hour_minutes * _MINUTE
    event_of: dict[str, str] = {}
    for session in sorted(sessions, key=lambda each: (not each.place, -each.posts, each.first, each.key)):
        fits = [leader for leader in leaders_of_kind[session.kind] if _same_kind(session, leader, policy)]
        if session.hour is not None:
            near = (leader for bucket in (-1, 0, 1) for leader in leaders_of_hour[session.hour // width + bucket])
            fits += [leader for leader in near if _same_hour(session, leader, policy)]
        if fits:
            event_of[session.key] = min(fits, key=lambda leader: _preference(session, leader)).key
            continue
        event_of[session.key] = session.key
        leaders_of_kind[session.kind].append(session)
        if session.hour is not None:
            leaders_of_hour[session.hour // width].append(session)
    return event_of


def related_places(one: str, other: str) -> bool:
    """Whether two names may mean one place: one contains the other, spaces aside (인천국제공항 제1터미널, 인천국제공항)."""
    first, second = one.replace(" ", ""), other.replace(" ", "")
    return bool(first) and bool(second) and (first in second or second in first)


def events_of_sessions(sessions: pd.DataFrame) -> pd.DataFrame:
    """`join_sessions` over a frame of one celebrity's sessions; the body of a grouped map.

    Args:
        sessions: celebrity_id, session_key, kind, place, first, last, hour, posts, gap.

    Returns:
        celebrity_id, session_key, event_key.
    """
    columns = ["session_key", "kind", "place", "first", "last", "hour", "posts", "gap"]
    read = [
        Session(key, kind, place, int(first), int(last), None if pd.isna(hour) else int(hour), int(posts), int(gap))
        for key, kind, place, first, last, hour, posts, gap in sessions[columns].itertuples(index=False, name=None)
    ]
    event_of = join_sessions(read)
    return pd.DataFrame(
        {
            "celebrity_id": sessions["celebrity_id"],
            "session_key": sessions["session_key"],
            "event_key": sessions["session_key"].map(event_of),
        }
    )


def _preference(session: Session, leader: Session) -> tuple[bool, bool, int, int, str]:
    apart = abs((session.hour or session.first) - (leader.hour or leader.first))
    return session.kind != leader.kind, not related_places(session.place, leader.place), apart, -leader.posts, leader.key


def _same_kind(session: Session, leader: Session, policy: JoinPolicy) -> bool:
    """Times that touch, and no other place at another hour."""
    pause = max(0, session.first - leader.last, leader.first - session.last)
    same_place = not session.place or not leader.place or related_places(session.place, leader.place)
    if pause > session.gap:
        rare = session.hour is None and session.posts <= policy.misread_share * leader.posts
        return rare and same_place and pause <= policy.slip_hours * 60 * _MINUTE
    if same_place:
        return True
    if session.hour is not None and leader.hour is not None:
        return abs(session.hour - leader.hour) <= policy.same_hour_minutes * _MINUTE
    return session.first // _DAY == leader.first // _DAY


def _same_hour(session: Session, leader: Session, policy: JoinPolicy) -> bool:
    """Another kind at the same stated hour and place, which few posts name."""
    if session.kind == leader.kind or session.hour is None or leader.hour is None:
        return False
    if abs(session.hour - leader.hour) > policy.same_hour_minutes * _MINUTE:
        return False
    if session.place and leader.place and not related_places(session.place, leader.place):
        return False
    return session.posts <= policy.misread_share * leader.posts
