"""The invented world of one sample: celebrities, groups, places, and how many posts each of them is worth.

Everything derives from the seed and the number of posts, so a part of a large sample can be made alone, by any process.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs.sample import names
from jobs.sample.dates import SEOUL

REFERENCE_TIME = datetime(2026, 4, 1, 9, 0, tzinfo=SEOUL)
"""The clock of the sample: no post is younger; events after it are upcoming."""

PERIOD = timedelta(days=150)
"""How far back the posts reach."""

EVENT_SHARE, REVIEW_SHARE = 0.62, 0.28  # of all posts; the rest are posts that no event explains
POSTS_A_STORY = 8.5  # mean number of posts about one event
MAXIMUM_STORIES_A_CAST = 15
MAXIMUM_STORIES_A_UNIT = 90  # days of the period that a unit can fill without two events of one kind on a day


@dataclass(frozen=True)
class Celebrity:
    """One row of celebrities.csv, with what only the maker of the sample knows.

    Attributes:
        celebrity_id: id, c0001 on.
        name: stage name.
        aliases: other names.
        groups: group names.
        occupation: Korean.
        gender: female or male, for the drawing.
        seed: face of the person in drawn photos.
        common_word: the name is an ordinary word too.
        shared_name: another celebrity has the same name.
    """

    celebrity_id: str
    name: str
    aliases: tuple[str, ...]
    groups: tuple[str, ...]
    occupation: str
    gender: str
    seed: int
    common_word: bool
    shared_name: bool

    @property
    def group(self) -> str:
        """The first group, or ""."""
        return self.groups[0] if self.groups else ""


@dataclass(frozen=True)
class Unit:
    """Celebrities who appear together and share one calendar: a group, one person alone, or the cast of dramas and films.

    Attributes:
        kind: group, solo or cast.
        members: the celebrities.
        group: the group's name, or "".
        stories: number of events.
        posts: number of posts about these events.
    """

    kind: str
    members: tuple[Celebrity, ...]
    group: str
    stories: int
    posts: int


@dataclass(frozen=True)
class Place:
    """One row of places.csv; `seed` is its style in drawn photos."""

    place_id: str
    name: str
    aliases: tuple[str, ...]
    service: str
    area: str
    address: str
    seed: int
    posts: int


@dataclass(frozen=True)
class World:
    """All that the parts of a sample share."""

    seed: int
    posts: int
    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    loose_posts: int

    @property
    def celebrities(self) -> tuple[Celebrity, ...]:
        """All celebrities, in order of their ids."""
        return tuple(
            sorted(
                (member for unit in self.units if unit.kind != "cast" for member in unit.members), key=lambda member: member.celebrity_id
            )
        )


def make_world(posts: int, seed: int) -> World:
    """The world for a sample of about `posts` posts.

    The number of celebrities grows with the square root of the number of posts; fame follows Zipf's law, and what a single calendar
    cannot hold makes its events larger rather than more.
    """
    rng = random.Random(f"world/{seed}")
    celebrities = _celebrities(max(12, min(4_000, round(1.25 * math.sqrt(posts)))), rng)
    units = _units(celebrities)
    event_posts = round(posts * EVENT_SHARE)
    weights = [1.0 / (rank + 2.0) ** 0.9 * math.sqrt(len(members)) for rank, (_, members, _) in enumerate(units)]
    shares = _apportion(event_posts, weights)
    filled = []
    for (kind, members, group), share in zip(units, shares, strict=True):
        limit = MAXIMUM_STORIES_A_UNIT if kind != "cast" else MAXIMUM_STORIES_A_CAST
        stories = max(1, min(limit, round(share / POSTS_A_STORY))) if share else 0
        filled.append(Unit(kind, members, group, stories, share))
    reviews = round(posts * REVIEW_SHARE)
    places = _places(max(6, min(6_000, round(reviews / (9 + math.log10(max(posts, 10)) * 2)))), reviews, rng)
    return World(seed, posts, tuple(filled), places, posts - event_posts - reviews)


def _celebrities(count: int, rng: random.Random) -> list[Celebrity]:
    known = list(names.KNOWN_PERSONS[:count])
    taken = {person.name for person in known} | set(names.GROUPS)
    while len(known) < count:
        if rng.random() < 0.4:
            gender = "female" if rng.random() < 0.5 else "male"
            group = _new_name(names.GROUP_FIRST, names.GROUP_SECOND, taken, rng)
            for _ in range(min(rng.randint(3, 5), count - len(known))):
                given = _new_name(names.GIVEN_FIRST, names.GIVEN_SECOND, taken, rng)
                known.append(names.KnownPerson(given, "가수", gender, group, (rng.choice(names.SURNAMES) + given,)))
        else:
            gender = "female" if rng.random() < 0.5 else "male"
            occupation = rng.choices(("배우", "가수", "방송인", "모델", "개그맨"), (9, 5, 3, 2, 1))[0]
            full = _new_name(names.SURNAMES, tuple(a + b for a in names.GIVEN_FIRST for b in names.GIVEN_SECOND if a != b), taken, rng)
            known.append(names.KnownPerson(full, occupation, gender))
    shared = (
        {person.name for number, person in enumerate(known) if any(other.name == person.name for other in known[:number])}
        if (count <= len(names.KNOWN_PERSONS))
        else {"이서준", "문가온"}
    )
    return [
        Celebrity(
            f"c{number:04d}",
            person.name,
            person.aliases,
            (person.group,) if person.group else (),
            person.occupation,
            person.gender,
            rng.randrange(2**31),
            person.common_word,
            person.name in shared,
        )
        for number, person in enumerate(known, start=1)
    ]


def _new_name(first: tuple[str, ...], second: tuple[str, ...], taken: set[str], rng: random.Random) -> str:
    while True:
        name = rng.choice(first) + rng.choice(second)
        if name not in taken:
            taken.add(name)
            return name


def _units(celebrities: list[Celebrity]) -> list[tuple[str, tuple[Celebrity, ...], str]]:
    """Groups and single persons by fame, with a cast after every third actor."""
    calendars: dict[str, list[Celebrity]] = {}
    for celebrity in celebrities:
        calendars.setdefault(celebrity.group or celebrity.celebrity_id, []).append(celebrity)
    units: list[tuple[str, tuple[Celebrity, ...], str]] = []
    actors: list[Celebrity] = []
    for members in calendars.values():
        units.append(("group" if members[0].group else "solo", tuple(members), members[0].group))
        if members[0].occupation == "배우" and len(members) == 1:
            actors.append(members[0])
        if len(actors) == 3:
            units.append(("cast", tuple(actors), ""))
            actors = []
    return units


def _apportion(total: int, weights: list[float]) -> list[int]:
    scale = total / sum(weights)
    shares = [int(weight * scale) for weight in weights]
    for index in range(total - sum(shares)):
        shares[index % len(shares)] += 1
    return shares


def _places(count: int, reviews: int, rng: random.Random) -> tuple[Place, ...]:
    kinds = (("restaurant", names.RESTAURANT_STEMS, 4), ("salon", names.SALON_STEMS, 3), ("attraction", names.ATTRACTION_STEMS, 3))
    shares = _apportion(reviews, [1.0 / (rank + 4.0) ** 0.7 for rank in range(count)])
    taken: set[str] = set()
    places = []
    for number in range(count):
        service, stems, _ = kinds[(0, 1, 2, 0, 1, 0, 2, 0, 1, 2)[number % 10]]
        area, name, stem = "", "", ""
        for attempt in range(10_000):
            stem, area = rng.choice(stems), rng.choice(names.PLACE_AREAS)
            if number < 30 and attempt == 0:
                stem = stems[(number // 3) % len(stems)]
            name = stem if service == "attraction" and number < 30 else f"{stem} {area.split()[-1]}점" if rng.random() < 0.5 else stem
            name += rng.choice(names.STEM_EXTRAS) if attempt > 20 else ""
            name += f" {rng.randint(2, 99)}호" if attempt > 60 else ""
            if name not in taken:
                break
        taken.add(name)
        aliases = (stem,) if name != stem and stem not in taken and number < 60 else ()
        taken.update(aliases)
        address = f"{names.PLACE_ADDRESSES[area]} {rng.randint(1, 220)}"
        places.append(Place(f"p{number + 1:04d}", name, aliases, service, area, address, rng.randrange(2**31), shares[number]))
    return tuple(places)
