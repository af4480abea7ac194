"""The posts about one event: news in several wordings, photo news, syndicated copies, blogs, announcements, notices, follow-ups."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from jobs.sample import names
from jobs.sample.event_photos import EventPhotos
from jobs.sample.posts import PlannedPhoto, Post, opaque
from jobs.sample.stories import NEVER_ANNOUNCED, Story
from jobs.sample.syndication import syndicated
from jobs.sample.texts.news_bodies import DETAIL_OF_KIND
from jobs.sample.wording import When, grammar, say_when, story_slots
from jobs.sample.world import REFERENCE_TIME

FORMS = (("news", 30), ("photo", 14), ("copy", 26), ("blog", 16), ("follow", 10), ("plan", 7), ("notice", 4))
LAST_MOMENT = REFERENCE_TIME - timedelta(hours=2)


def story_posts(story: Story, *, photos: bool) -> tuple[list[Post], list[PlannedPhoto]]:
    """All posts about one event, with the photos that they need."""
    rng = random.Random(story.seed)
    stock = EventPhotos(story, random.Random(f"photos/{story.seed}")) if photos else None
    written: list[Post] = []
    for number, form in enumerate(_forms(story, rng)):
        post_id_seed = opaque(f"{story.event_id}-{number:04d}-{story.seed}")
        if form == "copy":
            originals = [post for post in written if post.service in ("news", "blog")]
            post = syndicated(rng.choice(originals[-6:]), post_id_seed, rng, latest=LAST_MOMENT)
            if stock:
                post.photos = stock.reused(post.photos)
        else:
            post = _WRITERS[form](story, post_id_seed, rng, stock)
        written.append(post)
    return written, stock.planned if stock else []


def _forms(story: Story, rng: random.Random) -> Iterator[str]:
    """The first post is no copy; what an upcoming event gets are announcements and copies of them."""
    if story.upcoming:
        yield "plan"
        for _ in range(story.posts - 1):
            yield "plan" if rng.random() < 0.55 else "copy"
        return
    population, weights = zip(*FORMS, strict=True)
    yield "photo" if story.posts < 3 and rng.random() < 0.3 else "news"
    for form in rng.choices(population, weights, k=story.posts - 1):
        if form == "plan" and story.kind in NEVER_ANNOUNCED | {"release"}:
            form = "news"
        elif form == "notice" and story.kind not in ("broadcast", "broadcast_commute"):
            form = "photo"
        elif form == "follow" and story.starts_at > REFERENCE_TIME - timedelta(days=2):
            form = "copy"
        yield form


def _post(story: Story, seed: str, form: str, published: datetime, outlet: str, title: str, paragraphs: list[str], when: When | None, rng: random.Random) -> Post:
    """Fills in the truth; `published` is held back to the last moment of the sample."""
    service = {"blog": "blog", "notice": "broadcast"}.get(form, "news")
    published = min(published, LAST_MOMENT)
    if service == "news":
        domain = names.OUTLET_DOMAINS[outlet]
        url = f"https://{domain}/article/{published:%Y%m%d}/{seed}"
        post_id = f"{domain.split('.')[0]}-{seed}"
    elif service == "blog":
        url, post_id = f"https://blog.example/{abs(hash_of(outlet)) % 10**6}/{seed}", f"blog-{seed}"
    else:
        url, post_id = f"https://tv.example/notice/{seed}", f"tv-{seed}"
    about = tuple(member.celebrity_id for member in story.celebrities)
    return Post(
        post_id, service, url, title, [paragraph for paragraph in paragraphs if paragraph], published, outlet,
        events=(story.event_id,), about=about, time=when.value if when else None, place=story.place or None, kind=story.kind, copy_group=post_id,
    )  # fmt: skip


def hash_of(text: str) -> int:
    """A small stable number for a name."""
    value = 7
    for character in text:
        value = value * 31 + ord(character) & 0xFFFFFFFF
    return value


def _told_after(story: Story, rng: random.Random, *, slow: bool = False) -> tuple[datetime, int | None]:
    """When a report appears, and which day of a longer event it is about (None: any)."""
    if story.days > 1 and rng.random() < 0.6:
        day = rng.randrange(story.days)
        base, told = story.starts_at + timedelta(days=day, hours=1), day
    elif story.days > 1:
        base, told = story.ends_at, None
    else:
        base, told = story.starts_at, 0
    minutes = rng.randint(15, 240) if not slow else rng.randint(180, 2_400)
    published = base + timedelta(minutes=minutes)
    if published.date() != base.date() and rng.random() < 0.5 and not slow:
        published = base.replace(hour=23, minute=rng.randint(10, 58))
    if 1 <= published.hour < 6:
        published += timedelta(hours=6)
    return published, told


def _fits_range(story: Story, published: datetime) -> bool:
    return story.days == 1 or published.date() >= story.ends_at.date()


def _signed(paragraphs: list[str], slots: dict[str, str], rng: random.Random) -> list[str]:
    write = grammar().expand
    if rng.random() < 0.8:
        paragraphs.append(write("reporter", slots, rng))
    if rng.random() < 0.6:
        paragraphs.append(write("copyright", slots, rng))
    return paragraphs


def _news(story: Story, seed: str, rng: random.Random, stock: EventPhotos | None) -> Post:
    write, outlet = grammar().expand, rng.choice(names.OUTLETS)
    published, day = _told_after(story, rng)
    published = min(published, LAST_MOMENT)
    when = say_when(story, published, rng, day=0 if day is None and not _fits_range(story, published) else day)
    slots = story_slots(story, published, when, outlet, rng)
    lead = write(f"lead.{story.kind}", slots, rng)
    if rng.random() < 0.2:
        lead = f"[{outlet} {slots['reporter']} 기자] {lead}"
    detail = f"detail.{DETAIL_OF_KIND[story.kind]}"
    second = [write(detail, slots, rng)]
    value = when.value
    if not when.has_hour and "/" not in value and rng.random() < 0.35:
        second.insert(rng.randint(0, 1), write(f"clock.{story.kind}", slots, rng))
        value = f"{value}T{when.moment:%H:%M}"
    if rng.random() < 0.6:
        second.append(write(detail, slots, rng))
    paragraphs = [lead, " ".join(dict.fromkeys(second))]
    if rng.random() < 0.7:
        paragraphs.append(" ".join(dict.fromkeys([write("quote", slots, rng), write(detail, slots, rng)])))
    if rng.random() < 0.35:
        paragraphs.append(write("reaction", slots, rng))
    if rng.random() < 0.6:
        paragraphs.append(write("background", slots, rng))
    title = write(f"title.{story.kind}", slots, rng)
    post = _post(story, seed, "news", published, outlet, title, _signed(paragraphs, slots, rng), When(when.words, value, when.moment, when.has_hour), rng)
    if stock:
        post.photos = stock.taken(rng.choices((0, 1, 2, 3, 4, 5), (6, 34, 26, 18, 10, 6))[0], slots, len(post.paragraphs))
    return post


def _photo(story: Story, seed: str, rng: random.Random, stock: EventPhotos | None) -> Post:
    write, outlet = grammar().expand, rng.choice(names.OUTLETS)
    published, day = _told_after(story, rng)
    published = min(published, LAST_MOMENT)
    when = say_when(story, published, rng, day=0 if day is None and not _fits_range(story, published) else day)
    slots = story_slots(story, published, when, outlet, rng)
    paragraphs = [write(f"lead.{story.kind}", slots, rng)]
    title = write(f"title.{story.kind}", slots, rng)
    if not title.startswith("[") and rng.random() < 0.7:
        title = f"[포토] {title}"
    post = _post(story, seed, "photo", published, outlet, title, _signed(paragraphs, slots, rng), when, rng)
    if stock:
        post.photos = stock.taken(rng.choices((1, 2, 3), (6, 3, 1))[0], slots, len(post.paragraphs))
    return post


def _blog(story: Story, seed: str, rng: random.Random, stock: EventPhotos | None) -> Post:
    write, author = grammar().expand, rng.choice(names.BLOGGERS)
    published, day = _told_after(story, rng, slow=True)
    published = min(published, LAST_MOMENT)
    when = say_when(story, published, rng, chatty=True, day=0 if day is None else day)
    slots = story_slots(story, published, when, author, rng, chatty=True)
    rules = grammar()
    title_rule = f"blog_title.{story.kind}" if f"blog_title.{story.kind}" in rules else "blog_title.other"
    open_rule = f"blog.{story.kind}" if f"blog.{story.kind}" in rules else "blog.other"
    paragraphs = [write("hello", slots, rng), write(open_rule, slots, rng)]
    for _ in range(rng.randint(1, 3)):
        count = rng.randint(1, 2)
        paragraphs.append(" ".join(dict.fromkeys(write("blog_detail", slots, rng) for _ in range(count))))
    paragraphs = list(dict.fromkeys([*paragraphs, write("blog_end", slots, rng)]))
    post = _post(story, seed, "blog", published, author, write(title_rule, slots, rng), paragraphs, when, rng)
    if stock:
        post.photos = stock.taken(rng.choices((1, 2, 3, 4, 5, 6), (10, 20, 25, 20, 15, 10))[0], slots, len(post.paragraphs), amateur=True)
    return post


def _follow(story: Story, seed: str, rng: random.Random, stock: EventPhotos | None) -> Post:
    write, outlet = grammar().expand, rng.choice(names.OUTLETS)
    published = story.ends_at + timedelta(days=rng.randint(1, 5), minutes=rng.randint(-300, 300))
    published = min(published.replace(hour=max(7, published.hour)), LAST_MOMENT)
    when = say_when(story, published, rng, day=None if story.days > 1 else 0)
    slots = story_slots(story, published, when, outlet, rng)
    rule = "follow.release" if story.kind == "release" else "follow.airport" if story.kind.startswith("airport") else "follow"
    paragraphs = [write(rule, slots, rng), " ".join(dict.fromkeys([write("follow_detail", slots, rng), write("follow_detail", slots, rng)]))]
    if rng.random() < 0.5:
        paragraphs.append(write("quote", slots, rng))
    if rng.random() < 0.5:
        paragraphs.append(write("background", slots, rng))
    post = _post(story, seed, "follow", published, outlet, write("follow_title", slots, rng), _signed(paragraphs, slots, rng), when, rng)
    if stock:
        post.photos = stock.taken(rng.choices((0, 1, 2, 3), (1, 4, 3, 2))[0], slots, len(post.paragraphs))
    return post


def _plan(story: Story, seed: str, rng: random.Random, stock: EventPhotos | None) -> Post:
    write, outlet = grammar().expand, rng.choice(names.OUTLETS)
    published = story.starts_at - timedelta(days=rng.randint(2, 20), minutes=rng.randint(0, 600))
    published = published.replace(hour=max(8, min(18, published.hour)))
    if published > LAST_MOMENT:
        published = LAST_MOMENT - timedelta(minutes=rng.randint(0, 60 * 24 * 6))
    when = say_when(story, published, rng, day=None if story.days > 1 else 0)
    slots = story_slots(story, published, when, outlet, rng)
    paragraphs = [write(f"plan.{story.kind}", slots, rng), " ".join(dict.fromkeys([write("ticket", slots, rng), write("ticket", slots, rng)]))]
    if rng.random() < 0.5:
        paragraphs.append(write("background", slots, rng))
    post = _post(story, seed, "plan", published, outlet, write("plan_title", slots, rng), _signed(paragraphs, slots, rng), when, rng)
    if stock and rng.random() < 0.5:
        post.photos = stock.announced(len(post.paragraphs))
    return post


def _notice(story: Story, seed: str, rng: random.Random, stock: EventPhotos | None) -> Post:
    write = grammar().expand
    published = story.starts_at - timedelta(days=rng.randint(1, 6), minutes=rng.randint(0, 300))
    published = min(published.replace(hour=max(9, min(17, published.hour))), LAST_MOMENT)
    when = say_when(story, published, rng, day=0)
    slots = story_slots(story, published, when, "", rng)
    paragraphs = [write("notice", slots, rng), " ".join(dict.fromkeys([write("notice_detail", slots, rng), write("notice_detail", slots, rng)]))]
    post = _post(story, seed, "notice", published, slots["channel"], write("notice_title", slots, rng), paragraphs, when, rng)
    if stock and rng.random() < 0.5:
        post.photos = stock.announced(len(post.paragraphs), logo=True)
    return post


_WRITERS = {"news": _news, "photo": _photo, "blog": _blog, "follow": _follow, "plan": _plan, "notice": _notice}
