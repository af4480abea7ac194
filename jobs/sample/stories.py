"""What happened: the events of a unit's calendar, drawn at random from its own seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs.sample import names
from jobs.sample.world import PERIOD, REFERENCE_TIME, Celebrity, Unit, World

KINDS_BY_OCCUPATION: dict[str, tuple[tuple[str, int], ...]] = {
    "가수": (
        ("concert", 5),
        ("airport_departure", 5),
        ("airport_arrival", 3),
        ("broadcast_commute", 5),
        ("fan_meeting", 3),
        ("fan_signing", 3),
        ("festival", 3),
        ("award_show", 2),
        ("pictorial", 2),
        ("brand_event", 2),
        ("release", 2),
        ("showcase", 3),
        ("broadcast", 1),
    ),
    "배우": (
        ("airport_departure", 5),
        ("airport_arrival", 2),
        ("brand_event", 4),
        ("pictorial", 4),
        ("fan_meeting", 3),
        ("award_show", 2),
        ("musical", 2),
        ("press_call", 1),
        ("premiere", 2),
        ("recording", 1),
    ),
    "방송인": (
        ("broadcast_commute", 5),
        ("broadcast", 3),
        ("press_conference", 2),
        ("award_show", 2),
        ("brand_event", 2),
        ("airport_departure", 1),
    ),
    "모델": (("airport_departure", 4), ("airport_arrival", 2), ("brand_event", 4), ("pictorial", 5), ("award_show", 1)),
    "개그맨": (("broadcast_commute", 4), ("broadcast", 4), ("award_show", 2), ("festival", 1), ("fan_meeting", 1)),
    "아나운서": (("broadcast_commute", 5), ("broadcast", 4), ("award_show", 2), ("brand_event", 1)),
}
CAST_KINDS = (("press_conference", 6), ("premiere", 5), ("press_call", 2), ("award_show", 2), ("recording", 1))
HOURS: dict[str, tuple[int, int]] = {  # first and last full hour at which an event of the kind begins
    "airport_departure": (7, 19),
    "airport_arrival": (6, 21),
    "concert": (17, 19),
    "fan_meeting": (14, 18),
    "press_conference": (11, 14),
    "premiere": (16, 20),
    "broadcast_commute": (7, 12),
    "pictorial": (10, 15),
    "award_show": (17, 19),
    "festival": (13, 18),
    "fan_signing": (13, 19),
    "musical": (15, 20),
    "press_call": (14, 16),
    "brand_event": (11, 17),
    "recording": (9, 15),
    "broadcast": (12, 19),
    "showcase": (13, 17),
    "release": (18, 18),
}
DURATION: dict[str, float] = {
    "concert": 2.5,
    "fan_meeting": 2,
    "award_show": 4,
    "festival": 5,
    "musical": 2.5,
    "recording": 4,
    "fan_signing": 2,
}
NEVER_ANNOUNCED = frozenset({"airport_departure", "airport_arrival", "broadcast_commute", "broadcast", "pictorial", "recording"})
SAME_KIND_APART = 8  # days between two events of one kind in one calendar
CAST_DAY = 6  # casts meet on every sixth day, on which their members have nothing else to do


@dataclass(frozen=True)
class Story:
    """One true event.

    Attributes:
        event_id: id of the truth, unique in the sample.
        kind: id of the event kind.
        celebrities: who took part.
        group: the group's name where the whole group took part, or "".
        starts_at: begin, Seoul time.
        ends_at: end; on another day for festivals and series of concerts.
        place: venue as it is written, or "" (a pictorial, a release).
        work: title of the drama, film, tour, album, brand or award.
        city: destination or origin of a flight, or "".
        posts: how many posts are about it.
        unit: the calendar that it comes from.
        seed: everything else that is random about it.
    """

    event_id: str
    kind: str
    celebrities: tuple[Celebrity, ...]
    group: str
    starts_at: datetime
    ends_at: datetime
    place: str
    work: str
    city: str
    posts: int
    unit: Unit
    seed: int

    @property
    def days(self) -> int:
        """Number of calendar days that the event covers."""
        return (self.ends_at.date() - self.starts_at.date()).days + 1

    @property
    def upcoming(self) -> bool:
        """Whether it had not begun at the clock of the sample."""
        return self.starts_at > REFERENCE_TIME


def unit_stories(world: World, number: int) -> Iterator[Story]:
    """The events of one unit, in order of time; the same whoever asks."""
    unit = world.units[number]
    rng = random.Random(f"stories/{world.seed}/{number}")
    shares = _shares(unit.posts, unit.stories, rng)
    planned = sorted(_calendar(unit, rng), key=lambda slot: slot[0])
    for index, (day, kind) in enumerate(planned):
        yield _story(unit, f"e{number:04d}-{index:03d}", kind, day, shares[index], rng)


def _shares(posts: int, stories: int, rng: random.Random) -> list[int]:
    """Posts for each event: many small events, a few large ones, none without a post."""
    if not stories:
        return []
    weights = [rng.lognormvariate(0.0, 0.8) for _ in range(stories)]
    spare = max(0, posts - stories)
    shares = [1 + int(spare * weight / sum(weights)) for weight in weights]
    for index in range(max(0, posts - sum(shares))):
        shares[index % stories] += 1
    return shares


def _calendar(unit: Unit, rng: random.Random) -> list[tuple[int, str]]:
    """(day before or, negative, after the reference day; kind) of each event."""
    kinds = CAST_KINDS if unit.kind == "cast" else KINDS_BY_OCCUPATION.get(unit.members[0].occupation, KINDS_BY_OCCUPATION["배우"])
    population, weights = [kind for kind, _ in kinds], [weight for _, weight in kinds]
    days = [day for day in range(1, PERIOD.days) if (day % CAST_DAY == 0) == (unit.kind == "cast") or unit.kind == "group"]
    rng.shuffle(days)
    used: dict[str, list[int]] = {}
    planned: list[tuple[int, str]] = []
    while len(planned) < unit.stories and days:
        day = days.pop()
        upcoming = rng.random() < 0.05 and unit.stories > 2
        if upcoming:
            day = -rng.randint(2, 24)
        for kind in dict.fromkeys(rng.choices(population, weights, k=6)):
            if upcoming and kind in NEVER_ANNOUNCED | {"release"}:
                continue
            if all(abs(day - other) >= SAME_KIND_APART for other in used.get(kind, ())):
                used.setdefault(kind, []).append(day)
                planned.append((day, kind))
                if kind == "concert" and not upcoming and len(planned) < unit.stories and rng.random() < 0.3:
                    _fly_on_the_same_day(day, used, planned)
                break
    while len(planned) < unit.stories:  # a calendar so full that kinds must come closer together
        day = rng.randint(1, PERIOD.days - 1)
        kind = rng.choices(population, weights)[0]
        if (day, kind) not in planned:
            planned.append((day, kind))
    return planned


def _fly_on_the_same_day(day: int, used: dict[str, list[int]], planned: list[tuple[int, str]]) -> None:
    """An airport in the morning of a concert: two events of one person on one day."""
    if all(abs(day - other) >= SAME_KIND_APART for other in used.get("airport_arrival", ())):
        used.setdefault("airport_arrival", []).append(day)
        planned.append((day, "airport_arrival"))


def _story(unit: Unit, event_id: str, kind: str, days_ago: int, posts: int, rng: random.Random) -> Story:
    first_hour, last_hour = HOURS[kind]
    if kind == "airport_arrival":
        last_hour = 12 if rng.random() < 0.5 else last_hour
    midnight = (REFERENCE_TIME - timedelta(days=days_ago)).replace(hour=0, minute=0)
    starts_at = midnight + timedelta(hours=rng.randint(first_hour, last_hour), minutes=rng.choice((0, 0, 0, 30)))
    ends_at = starts_at + timedelta(hours=DURATION.get(kind, 1.0))
    if rng.random() < {"festival": 0.5, "concert": 0.25, "musical": 0.25}.get(kind, 0.0):
        ends_at += timedelta(days=rng.randint(1, 2))
    celebrities, group = unit.members, unit.group
    if unit.kind == "group":
        whole = 0.25 if kind in ("pictorial", "brand_event", "recording", "musical") else 0.75
        if rng.random() > whole:
            count = 1 if rng.random() < 0.8 or len(unit.members) < 4 else 2
            celebrities, group = tuple(sorted(rng.sample(unit.members, count), key=lambda member: member.celebrity_id)), ""
    elif unit.kind == "cast" and rng.random() < 0.3:
        celebrities = tuple(sorted(rng.sample(unit.members, 2), key=lambda member: member.celebrity_id))
    place, work, city = _where_and_what(kind, rng)
    return Story(event_id, kind, celebrities, group, starts_at, ends_at, place, work, city, posts, unit, rng.randrange(2**31))


def _where_and_what(kind: str, rng: random.Random) -> tuple[str, str, str]:
    pick = rng.choice
    if kind in ("airport_departure", "airport_arrival"):
        return pick(names.AIRPORTS), pick(names.BRANDS), pick(names.CITIES)
    if kind == "concert":
        return pick(names.ARENAS), pick(names.TOURS), ""
    if kind == "fan_meeting":
        return pick(names.HALLS + names.ARENAS[:2]), pick(names.TOURS), ""
    if kind == "press_conference":
        return pick(names.HOTELS + names.BROADCASTERS[:2]), pick(names.DRAMAS), ""
    if kind == "premiere":
        return pick(names.CINEMAS), pick(names.FILMS), ""
    if kind == "broadcast_commute":
        return pick(names.BROADCASTERS), pick(names.PROGRAMMES), ""
    if kind == "pictorial":
        return "", pick(names.MAGAZINES), ""
    if kind == "award_show":
        return pick(names.ARENAS[:5] + names.HOTELS), pick(names.AWARDS), ""
    if kind == "festival":
        return pick(names.GROUNDS), pick(names.FESTIVALS), ""
    if kind in ("musical", "press_call"):
        return pick(names.THEATRES), pick(names.MUSICALS), ""
    if kind == "broadcast":
        return pick(names.BROADCASTERS), pick(names.PROGRAMMES), ""
    if kind == "recording":
        return pick(names.LOCATIONS), pick(names.DRAMAS), ""
    if kind == "showcase":
        return pick(names.HALLS), pick(names.ALBUMS), ""
    if kind == "release":
        return "", pick(names.ALBUMS), ""
    if kind == "fan_signing":
        return pick(names.HALLS + names.SHOPS[-2:]), pick(names.ALBUMS), ""
    return pick(names.SHOPS), pick(names.BRANDS), ""
