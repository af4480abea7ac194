"""Posts that no event explains: recollections, mentions, names that are words, forms, round-ups of several events."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from jobs.sample import names
from jobs.sample.dates import clock_words, day_words
from jobs.sample.posts import Post, opaque
from jobs.sample.stories import Story
from jobs.sample.texts.news_bodies import KIND_LABELS
from jobs.sample.wording import grammar, introduce, mail, reporter, say_when, story_slots
from jobs.sample.world import PERIOD, REFERENCE_TIME, Celebrity

FORMS, FORM_WEIGHTS = ("word", "recall", "mention", "form", "round"), (40, 26, 16, 10, 8)
WORDS = tuple(person.name for person in names.KNOWN_PERSONS if person.common_word)
RECALLED = ("concert", "fan_meeting", "award_show", "festival", "musical")


def loose_post(number: int, seed: int, celebrities: Sequence[Celebrity], stories: Sequence[Story]) -> Post:
    """The post of that number; `stories` are events that a round-up may tell."""
    rng = random.Random(f"loose/{seed}/{number}")
    form = rng.choices(FORMS, FORM_WEIGHTS)[0]
    published = (REFERENCE_TIME - timedelta(days=rng.uniform(1, PERIOD.days))).replace(hour=rng.randint(7, 23), second=0, microsecond=0)
    published = min(published, REFERENCE_TIME - timedelta(hours=2))
    if form == "round" and len(stories) >= 3:
        return _round_up(number, stories, rng)
    if form == "recall":
        return _recollection(number, rng.choice(celebrities[:400]), published, rng)
    if form == "mention":
        return _mention(number, rng.choice(celebrities[:400]), published, rng)
    if form == "form":
        return _form(number, published, rng)
    return _words(number, published, rng)


def _news(number: int, title: str, paragraphs: list[str], published: datetime, outlet: str, **truth: tuple[str, ...]) -> Post:
    domain = names.OUTLET_DOMAINS[outlet]
    seed = opaque(f"loose/{number}/{outlet}")
    post_id = f"{domain.split('.')[0]}-{seed}"
    url = f"https://{domain}/article/{published:%Y%m%d}/{seed}"
    return Post(post_id, "news", url, title, paragraphs, published, outlet, copy_group=post_id, **truth)  # type: ignore[arg-type]


def _signature(outlet: str, rng: random.Random) -> str:
    return grammar().expand("reporter", {"outlet": outlet, "reporter": reporter(rng), "mail": mail(outlet, rng)}, rng)


def _slots(celebrity: Celebrity, rng: random.Random) -> dict[str, str]:
    title = introduce(celebrity, rng, full=False) if celebrity.common_word else celebrity.name
    return {
        "who": introduce(celebrity, rng),
        "name": celebrity.name,
        "title_name": title.replace("의 ", " "),
        "kind_label": KIND_LABELS[rng.choice(RECALLED)],
        "stranger": reporter(rng),
        "craft": rng.choice(("가수", "배우")),
        "agency": rng.choice(names.AGENCIES),
    }


def _recollection(number: int, celebrity: Celebrity, published: datetime, rng: random.Random) -> Post:
    rules, outlet, slots = grammar(), rng.choice(names.OUTLETS), _slots(celebrity, rng)
    paragraphs = [
        rules.expand("recall", slots, rng),
        *rules.several("recall_detail", slots, rng, rng.randint(2, 4)),
        _signature(outlet, rng),
    ]
    title = rules.expand("recall_title", slots, rng)
    return _news(number, title, paragraphs, published, outlet, about=(celebrity.celebrity_id,))


def _mention(number: int, celebrity: Celebrity, published: datetime, rng: random.Random) -> Post:
    rules, outlet, slots = grammar(), rng.choice(names.OUTLETS), _slots(celebrity, rng)
    paragraphs = [
        rules.expand("mention", slots, rng),
        *rules.several("mention_detail", slots, rng, rng.randint(2, 4)),
        _signature(outlet, rng),
    ]
    title = rules.expand("mention_title", slots, rng)
    return _news(number, title, paragraphs, published, outlet, mentions=(celebrity.celebrity_id,))


def _words(number: int, published: datetime, rng: random.Random) -> Post:
    """Sentences in which the name of a celebrity is a word and nobody is meant."""
    rules, outlet = grammar(), rng.choice(names.OUTLETS)
    first, second = rng.sample(WORDS, 2)
    slots = {"topic_word": first, "area": rng.choice(names.PLACE_AREAS), "stranger": reporter(rng)}
    fillers = rules.several("filler", slots, rng, 3)
    paragraphs = [" ".join([*rules.several(f"word.{first}", slots, rng, rng.randint(1, 2)), fillers[0]])]
    paragraphs.append(" ".join([*rules.several(f"word.{second}", slots, rng, rng.randint(1, 2)), fillers[1]]))
    if rng.random() < 0.4:
        paragraphs.append(fillers[2])
    return _news(number, rules.expand("word_title", slots, rng), [*paragraphs, _signature(outlet, rng)], published, outlet)


def _form(number: int, published: datetime, rng: random.Random) -> Post:
    planned = (published + timedelta(days=rng.randint(2, 9))).replace(hour=rng.randint(0, 5), minute=0)
    channel = names.CHANNELS[0] if rng.random() < 0.8 else rng.choice(names.CHANNELS)
    slots = {"channel": channel, "when": day_words(planned, published, rng), "clock": clock_words(planned)}
    write = grammar().expand
    paragraphs = write("form", slots, rng).split("\n\n")
    seed = opaque(f"loose/{number}/{channel}")
    post_id = f"tv-{seed}"
    return Post(
        post_id,
        "broadcast",
        f"https://tv.example/notice/{seed}",
        write("form_title", slots, rng),
        paragraphs,
        published,
        channel,
        copy_group="form",
    )


def _round_up(number: int, stories: Sequence[Story], rng: random.Random) -> Post:
    """Two or three events of different celebrities within a few days, a paragraph each."""
    first = rng.choice(stories)
    near = [story for story in stories if abs((story.starts_at - first.starts_at).days) <= 4 and not story.upcoming]
    chosen: list[Story] = []
    units: set[frozenset[str]] = set()
    for story in [first, *rng.sample(near, len(near))]:
        key = frozenset(member.celebrity_id for member in story.unit.members)
        if not story.upcoming and not any(key & other for other in units):
            units.add(key)
            chosen.append(story)
        if len(chosen) == 3:
            break
    if len(chosen) < 2:
        return _words(number, min(first.starts_at, REFERENCE_TIME - timedelta(hours=3)), rng)
    published = min(max(story.ends_at for story in chosen) + timedelta(hours=rng.randint(2, 20)), REFERENCE_TIME - timedelta(hours=2))
    write, outlet, paragraphs, titles = grammar().expand, rng.choice(names.OUTLETS), [], []
    for story in chosen:
        when = say_when(story, published, rng, day=0 if story.days == 1 else None)
        slots = story_slots(story, published, when, outlet, rng)
        paragraphs.append(write(f"lead.{story.kind}", slots, rng))
        titles.append(slots["title_name"])
    title = write("round_title", {"title_name": "·".join(titles)}, rng)
    about = tuple(dict.fromkeys(member.celebrity_id for story in chosen for member in story.celebrities))
    return _news(
        number,
        title,
        [*paragraphs, _signature(outlet, rng)],
        published,
        outlet,
        about=about,
        events=tuple(story.event_id for story in chosen),
    )
