"""The values of a text's slots: how celebrities are introduced, how the time is said, who signs."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from jobs.sample import names
from jobs.sample.dates import WEEKDAYS, clock_words, day_words, half_of_day, iso_day, iso_minute, range_words
from jobs.sample.grammar import Grammar, with_particle
from jobs.sample.stories import Story
from jobs.sample.texts import blogs, loose, news_bodies, news_leads, news_titles, reviews
from jobs.sample.world import Celebrity


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """All rules of the sample, compiled once a process."""
    rules: dict[str, tuple[str, ...]] = {}
    for module in (news_leads, news_titles, news_bodies, blogs, reviews, loose):
        rules.update(module.RULES)
    return Grammar(rules)


@dataclass(frozen=True)
class When:
    """A time as the text says it.

    Attributes:
        words: "22일 오후", "오는 1일부터 3일까지".
        value: what they mean, ISO; as precise as the words are.
        moment: begin of that day of the event.
        has_hour: whether the words name the hour.
    """

    words: str
    value: str
    moment: datetime
    has_hour: bool


def say_when(story: Story, published: datetime, rng: random.Random, *, chatty: bool = False, day: int | None = None) -> When:
    """The story's time (for events of several days: one of its days, or the range) in words that fit the day of publishing."""
    if story.days > 1 and day is None and rng.random() < 0.4:
        words = range_words(story.starts_at, story.ends_at, published, rng)
        return When(words, f"{iso_day(story.starts_at)}/{iso_day(story.ends_at)}", story.starts_at, False)
    moment = story.starts_at + timedelta(days=day or 0)
    words = day_words(moment, published, rng, chatty=chatty)
    style = rng.random()
    if style < 0.5 and not (chatty and style < 0.3):
        return When(f"{words} {half_of_day(moment)}", iso_day(moment), moment, False)
    if style < 0.7:
        return When(f"{words} {clock_words(moment)}", iso_minute(moment), moment, True)
    return When(words, iso_day(moment), moment, False)


def introduce(celebrity: Celebrity, rng: random.Random, *, full: bool = True) -> str:
    """A person as a text first names them; names that are words or shared never stand alone here."""
    needs = celebrity.common_word or celebrity.shared_name
    style = rng.random()
    if celebrity.group and (celebrity.shared_name or style < 0.75):
        if style < 0.3:
            return f"그룹 {celebrity.group}의 {celebrity.name}"
        if style < 0.5:
            return f"{celebrity.group} 멤버 {celebrity.name}"
        return f"{celebrity.group} {celebrity.name}"
    if not needs and (not full or style > 0.85):
        return celebrity.name
    if full and style < 0.12 and celebrity.aliases and len(celebrity.aliases[0]) > len(celebrity.name):
        return f"{celebrity.occupation} {celebrity.name}({celebrity.aliases[0]})"
    return f"{celebrity.occupation} {celebrity.name}"


def names_of(story: Story, rng: random.Random, *, chatty: bool = False) -> dict[str, str]:
    """Slots who, name, title_name of a story's celebrities."""
    people = story.celebrities
    if story.group:
        style = rng.random()
        prefix = "그룹 " if style < 0.4 else ("걸그룹 " if people[0].gender == "female" else "보이그룹 ") if style < 0.6 else ""
        latin = names.GROUPS.get(story.group, ("", ""))[1]
        written = f"{story.group}({latin})" if latin and rng.random() < 0.1 else story.group
        return {"who": prefix + written, "name": story.group, "title_name": story.group}
    if len(people) == 1:
        person = people[0]
        title = introduce(person, rng, full=False) if person.common_word and rng.random() < 0.5 else person.name
        if person.group and rng.random() < 0.5:
            title = f"{person.group} {person.name}"
        who = introduce(person, rng)
        if person.common_word and not person.shared_name and rng.random() < 0.15:  # the name alone: only the title tells that it is one
            title, who = introduce(person, rng, full=False), person.name
        if chatty and not person.common_word and not person.shared_name and rng.random() < 0.5:
            who = person.name + rng.choice(
                (" 님", "님", " 배우님" if person.occupation == "배우" else " 언니" if person.gender == "female" else " 오빠")
            )
        return {"who": who, "name": person.name, "title_name": title.replace("의 ", " ")}
    same = len({person.occupation for person in people}) == 1 and not people[0].group
    listed = [person.name if same else introduce(person, rng) for person in people]
    prefix = f"{people[0].occupation} " if same else ""
    who = prefix + (f"{with_particle(listed[0], '과')} {listed[1]}" if len(listed) == 2 and rng.random() < 0.6 else ", ".join(listed))
    short = [person.name for person in people]
    name = f"{with_particle(short[0], '과')} {short[1]}" if len(short) == 2 else ", ".join(short)
    return {"who": who, "name": name, "title_name": "·".join(short)}


def story_slots(story: Story, published: datetime, when: When, outlet: str, rng: random.Random, *, chatty: bool = False) -> dict[str, str]:
    """Every slot that texts about a story may use."""
    local = random.Random(story.seed)
    slots = names_of(story, rng, chatty=chatty)
    departure = story.kind == "airport_departure"
    slots.update(
        when=when.words,
        clock=clock_words(when.moment),
        long_day=f"{when.moment.year}년 {when.moment.month}월 {when.moment.day}일({WEEKDAYS[when.moment.weekday()]})",
        place_or=story.place or "온라인",
        place=story.place,
        place_in=f"{story.place}에서" if story.place else "",
        work=story.work,
        city=story.city,
        outlet=outlet,
        reporter=reporter(rng),
        mail=mail(outlet, rng),
        agency=local.choice(names.AGENCIES),
        channel=local.choice(names.CHANNELS),
        kind_label=news_bodies.KIND_LABELS[story.kind],
        day_ahead=_numbered_day(when.moment, published),
        kind_past="출국한" if departure else "입국한",
        kind_past_end="출국했다" if departure else "입국했다",
    )
    return slots


def _numbered_day(day: datetime, published: datetime) -> str:
    if (day.year, day.month) == (published.year, published.month):
        return f"{day.day}일"
    return f"{day.month}월 {day.day}일"


def describe(slots: Mapping[str, str], published: datetime, rng: random.Random) -> str:
    """A clause before the name that tells something else of the person, often with a date, a place or a kind of its own."""
    soon, ago = published + timedelta(days=rng.randint(5, 70)), published - timedelta(days=rng.randint(5, 300))
    other = {
        "later": day_words(soon, published, rng).split("(")[0],
        "earlier": day_words(ago, published, rng).split("(")[0],
        "drama": rng.choice(names.DRAMAS),
        "arena": rng.choice(names.ARENAS),
        "abroad": rng.choice(names.CITIES),
        "programme": rng.choice(names.PROGRAMMES),
    }
    return grammar().expand("described", {**slots, **other}, rng)


def reporter(rng: random.Random) -> str:
    """An invented reporter's name."""
    return rng.choice(names.REPORTER_SURNAMES) + rng.choice(names.REPORTER_GIVEN)


def mail(outlet: str, rng: random.Random) -> str:
    """An invented mail address on a domain that cannot exist."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "".join(rng.choice(letters) for _ in range(rng.randint(4, 8))) + "@" + names.OUTLET_DOMAINS.get(outlet, "mail.example")
