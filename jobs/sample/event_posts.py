"""The posts about one event: news in several wordings, photo news, syndicated copies, blogs, announcements, notices, follow-ups."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from jobs.sample import names
from jobs.sample.dates import day_words
from jobs.sample.event_photos import EventPhotos, look_seed
from jobs.sample.outfits import outfit_words
from jobs.sample.posts import PlannedPhoto, Post, opaque
from jobs.sample.stories import NEVER_ANNOUNCED, Story
from jobs.sample.syndication import syndicated
from jobs.sample.texts.news_bodies import DETAIL_OF_KIND
from jobs.sample.wording import When, describe, grammar, introduce, say_when, story_slots
from jobs.sample.world import REFERENCE_TIME, Celebrity

FORMS, FORM_WEIGHTS = ("news", "photo", "copy", "blog", "follow", "plan", "notice"), (30, 14, 26, 16, 10, 7, 4)
LAST_MOMENT = REFERENCE_TIME - timedelta(hours=2)
SERVICES = {"blog": "blog", "notice": "broadcast"}


class EventPosts:
    """Writes the posts about one event and plans the photos that they need.

    Args:
        story: the event.
        others: celebrities who may be mentioned in passing.
        photos: whether photos are planned.
        archive: photos of earlier events that may be shown again.
    """

    def __init__(self, story: Story, others: Sequence[Celebrity], *, photos: bool, archive: Sequence[PlannedPhoto] = ()) -> None:
        self.story = story
        self.rng = random.Random(story.seed)
        self.stock = EventPhotos(story, random.Random(f"photos/{story.seed}"), archive) if photos else None
        self.others = [other for other in others if other not in story.unit.members]
        self.writers = {
            "news": self._news, "photo": self._photo, "blog": self._blog,
            "follow": self._follow, "plan": self._plan, "notice": self._notice,
        }  # fmt: skip

    @property
    def planned(self) -> list[PlannedPhoto]:
        """The photos that the posts written so far need."""
        return self.stock.planned if self.stock else []

    def write(self) -> list[Post]:
        """All posts, in the order in which they are thought up (not that of publishing)."""
        written: list[Post] = []
        for number, form in enumerate(self._forms()):
            seed = opaque(f"{self.story.event_id}-{number:04d}-{self.story.seed}")
            if form == "copy":
                originals = [post for post in written if post.service in ("news", "blog")]
                post = syndicated(self.rng.choice(originals[-6:]), seed, self.rng, latest=LAST_MOMENT)
                if self.stock:
                    post.photos = self.stock.reused(post.photos)
            else:
                post = self.writers[form](seed)
            written.append(post)
        return written

    def _forms(self) -> Iterator[str]:
        """The first post is no copy; what an upcoming event gets are announcements and copies of them."""
        story, rng = self.story, self.rng
        if story.upcoming:
            yield "plan"
            for _ in range(story.posts - 1):
                yield "plan" if rng.random() < 0.55 else "copy"
            return
        yield "photo" if story.posts < 3 and rng.random() < 0.3 else "news"
        for form in rng.choices(FORMS, FORM_WEIGHTS, k=story.posts - 1):
            if form == "plan" and story.kind in NEVER_ANNOUNCED | {"release"}:
                yield "news"
            elif form == "notice" and story.kind not in ("broadcast", "broadcast_commute"):
                yield "photo"
            elif form == "follow" and story.starts_at > REFERENCE_TIME - timedelta(days=2):
                yield "copy"
            else:
                yield form

    # --- the forms

    def _news(self, seed: str) -> Post:
        rng, story, outlet = self.rng, self.story, self.rng.choice(names.OUTLETS)
        published, when = self._told_after(slow=False)
        slots = story_slots(story, published, when, outlet, rng)
        lead = self._say(f"lead.{story.kind}", self._described(slots, published))
        if rng.random() < 0.2:
            lead = f"[{outlet} {slots['reporter']} 기자] {lead}"
        details = grammar().several(f"detail.{DETAIL_OF_KIND[story.kind]}", slots, rng, 4)
        second, value = [details.pop()], when.value
        if not when.has_hour and "/" not in value and rng.random() < 0.35:
            second.insert(rng.randint(0, 1), self._say(f"clock.{story.kind}", slots))
            value = f"{value}T{when.moment:%H:%M}"
        if rng.random() < 0.6:
            second.append(details.pop())
        if rng.random() < 0.35:
            second.append(self._worn(slots))
        paragraphs = [lead, _joined(second)]
        if rng.random() < 0.7:
            paragraphs.append(_joined([self._say("quote", slots), *([details.pop()] if details else [])]))
        if rng.random() < 0.35:
            paragraphs.append(self._say("reaction", slots))
        mentions: tuple[str, ...] = ()
        if rng.random() < 0.12 and self.others:
            other = rng.choice(self.others)
            mentions = (other.celebrity_id,)
            paragraphs.append(self._say("aside", {**slots, "other": introduce(other, rng)}))
        if rng.random() < 0.6:
            paragraphs.append(self._background(slots, published))
        said = When(when.words, value, when.moment, when.has_hour)
        post = self._post(seed, "news", published, outlet, self._say(f"title.{story.kind}", slots), self._signed(paragraphs, slots), said)
        post.mentions = mentions
        if self.stock:
            count = rng.choices((0, 1, 2, 3, 4, 5), (6, 34, 26, 18, 10, 6))[0]
            post.photos = self.stock.taken(count, slots, len(post.paragraphs))
        return post

    def _photo(self, seed: str) -> Post:
        rng, story, outlet = self.rng, self.story, self.rng.choice(names.OUTLETS)
        published, when = self._told_after(slow=False)
        slots = story_slots(story, published, when, outlet, rng)
        paragraphs = [self._say(f"lead.{story.kind}", self._described(slots, published))]
        if rng.random() < 0.25:
            paragraphs.append(self._worn(slots))
        title = self._say(f"title.{story.kind}", slots)
        if not title.startswith("[") and rng.random() < 0.7:
            title = f"[포토] {title}"
        post = self._post(seed, "photo", published, outlet, title, self._signed(paragraphs, slots), when)
        if self.stock:
            post.photos = self.stock.taken(rng.choices((1, 2, 3), (6, 3, 1))[0], slots, len(post.paragraphs))
        return post

    def _blog(self, seed: str) -> Post:
        rng, story, author = self.rng, self.story, self.rng.choice(names.BLOGGERS)
        published, when = self._told_after(slow=True)
        slots = story_slots(story, published, when, author, rng, chatty=True)
        title_rule, open_rule = f"blog_title.{story.kind}", f"blog.{story.kind}"
        other_rule = "blog.stage" if DETAIL_OF_KIND[story.kind] == "stage" else "blog.other"
        paragraphs = [self._say("hello", slots), self._say(open_rule if open_rule in grammar() else other_rule, slots)]
        chat = grammar().several("blog_detail", slots, rng, rng.randint(2, 5))
        cut = rng.randint(1, len(chat))
        paragraphs += [_joined(chat[:cut]), _joined(chat[cut:])]
        if rng.random() < 0.3:
            paragraphs.append(self._worn(slots, rule="worn_blog"))
        paragraphs = list(dict.fromkeys([*paragraphs, self._say("blog_end", slots)]))
        title = self._say(title_rule if title_rule in grammar() else "blog_title.other", slots)
        post = self._post(seed, "blog", published, author, title, paragraphs, when)
        if self.stock:
            count = rng.choices((1, 2, 3, 4, 5, 6), (10, 20, 25, 20, 15, 10))[0]
            post.photos = self.stock.taken(count, slots, len(post.paragraphs), amateur=True)
        return post

    def _follow(self, seed: str) -> Post:
        rng, story, outlet = self.rng, self.story, self.rng.choice(names.OUTLETS)
        published = story.ends_at + timedelta(days=rng.randint(1, 5), minutes=rng.randint(-300, 300))
        published = min(published.replace(hour=max(7, published.hour)), LAST_MOMENT)
        when = say_when(story, published, rng, day=None if story.days > 1 else 0)
        slots = story_slots(story, published, when, outlet, rng)
        rule = "follow.release" if story.kind == "release" else "follow.airport" if story.kind.startswith("airport") else "follow"
        paragraphs = [self._say(rule, slots), _joined(grammar().several("follow_detail", slots, rng, 2))]
        if rng.random() < 0.5:
            paragraphs.append(self._say("quote", slots))
        if rng.random() < 0.5:
            paragraphs.append(self._background(slots, published))
        post = self._post(seed, "follow", published, outlet, self._say("follow_title", slots), self._signed(paragraphs, slots), when)
        if self.stock:
            post.photos = self.stock.taken(rng.choices((0, 1, 2, 3), (1, 4, 3, 2))[0], slots, len(post.paragraphs))
        return post

    def _plan(self, seed: str) -> Post:
        rng, story, outlet = self.rng, self.story, self.rng.choice(names.OUTLETS)
        published = story.starts_at - timedelta(days=rng.randint(2, 20), minutes=rng.randint(0, 600))
        published = published.replace(hour=max(8, min(18, published.hour)))
        if published > LAST_MOMENT:
            published = LAST_MOMENT - timedelta(minutes=rng.randint(0, 60 * 24 * 6))
        when = say_when(story, published, rng, day=None if story.days > 1 else 0)
        slots = story_slots(story, published, when, outlet, rng)
        first = self._say(f"plan.{story.kind}", self._described(slots, published))
        paragraphs = [first, _joined(grammar().several("ticket", slots, rng, 2))]
        if rng.random() < 0.3 and not when.has_hour and "/" not in when.value:
            paragraphs.insert(1, self._say("plan_list", slots))
            when = When(when.words, f"{when.value}T{when.moment:%H:%M}", when.moment, True)
        if rng.random() < 0.5:
            paragraphs.append(self._background(slots, published))
        post = self._post(seed, "plan", published, outlet, self._say("plan_title", slots), self._signed(paragraphs, slots), when)
        if self.stock and rng.random() < 0.5:
            post.photos = self.stock.announced(len(post.paragraphs))
        return post

    def _notice(self, seed: str) -> Post:
        rng, story = self.rng, self.story
        published = story.starts_at - timedelta(days=rng.randint(1, 6), minutes=rng.randint(0, 300))
        published = min(published.replace(hour=max(9, min(17, published.hour))), LAST_MOMENT)
        when = say_when(story, published, rng, day=0)
        slots = story_slots(story, published, when, "", rng)
        paragraphs = [self._say("notice", slots), _joined(grammar().several("notice_detail", slots, rng, 3))]
        post = self._post(seed, "notice", published, slots["channel"], self._say("notice_title", slots), paragraphs, when)
        if self.stock and rng.random() < 0.5:
            post.photos = self.stock.announced(len(post.paragraphs), logo=True)
        return post

    # --- their parts

    def _say(self, rule: str, slots: dict[str, str]) -> str:
        return grammar().expand(rule, slots, self.rng)

    def _post(
        self, seed: str, form: str, published: datetime, outlet: str, title: str, paragraphs: list[str], when: When
    ) -> Post:  # fmt: skip
        """The post with the truth about it."""
        story, service = self.story, SERVICES.get(form, "news")
        if service == "news":
            domain = names.OUTLET_DOMAINS[outlet]
            url, post_id = f"https://{domain}/article/{published:%Y%m%d}/{seed}", f"{domain.split('.')[0]}-{seed}"
        elif service == "blog":
            url, post_id = f"https://blog.example/{opaque(outlet)}/{seed}", f"blog-{seed}"
        else:
            url, post_id = f"https://tv.example/notice/{seed}", f"tv-{seed}"
        about = tuple(member.celebrity_id for member in story.celebrities)
        place = story.place if any(story.place in paragraph for paragraph in (title, *paragraphs)) else ""
        return Post(
            post_id, service, url, title, [paragraph for paragraph in paragraphs if paragraph], published, outlet,
            events=(story.event_id,), about=about, time=when.value, place=place or None, kind=story.kind, copy_group=post_id,
        )  # fmt: skip

    def _told_after(self, *, slow: bool) -> tuple[datetime, When]:
        """When a report appears, and the time as it tells it: a day of a longer event, or all its days once it is over."""
        rng, story = self.rng, self.story
        day: int | None = 0
        base = story.starts_at
        if story.days > 1:
            day = rng.randrange(story.days) if rng.random() < 0.6 else None
            base = story.ends_at if day is None else story.starts_at + timedelta(days=day, hours=1)
        published = base + timedelta(minutes=rng.randint(180, 2_400) if slow else rng.randint(15, 240))
        if published.date() != base.date() and rng.random() < 0.5 and not slow:
            published = base.replace(hour=23, minute=rng.randint(10, 58))
        if 1 <= published.hour < 6:
            published += timedelta(hours=6)
        published = min(published, LAST_MOMENT)
        if published.date() < story.ends_at.date() and day is None:
            day = 0
        return published, say_when(story, published, rng, chatty=slow, day=day)

    def _signed(self, paragraphs: list[str], slots: dict[str, str]) -> list[str]:
        if self.rng.random() < 0.8:
            paragraphs.append(self._say("reporter", slots))
        if self.rng.random() < 0.6:
            paragraphs.append(self._say("copyright", slots))
        return paragraphs

    def _worn(self, slots: dict[str, str], *, rule: str = "worn") -> str:
        """What the person wears, as it is drawn; nothing of several people."""
        if len(self.story.celebrities) > 1:
            return ""
        member = self.story.celebrities[0]
        outfit = outfit_words(look_seed(self.story, member, 0), member.gender)
        return self._say(rule, {**slots, "outfit": outfit}) if outfit else ""

    def _described(self, slots: dict[str, str], published: datetime) -> dict[str, str]:
        """In one report of four, the person is introduced by something else that they did or will do."""
        if self.rng.random() < 0.75:
            return slots
        return {**slots, "who": f"{describe(slots, published, self.rng)} {slots['who']}"}

    def _background(self, slots: dict[str, str], published: datetime) -> str:
        """What else there is to say of the person, often with another date, place or kind of event than the post's own."""
        rng = self.rng
        if rng.random() < 0.5:
            return self._say("background", slots)
        soon = published + timedelta(days=rng.randint(9, 60))
        ago = published - timedelta(days=rng.randint(40, 400))
        other = {
            "later": day_words(soon, published, rng).split("(")[0], "earlier": day_words(ago, published, rng).split("(")[0],
            "drama": rng.choice(names.DRAMAS), "arena": rng.choice(names.ARENAS), "abroad": rng.choice(names.CITIES),
        }  # fmt: skip
        return self._say("background_dated", {**slots, **other})


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))
