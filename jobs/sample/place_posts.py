"""Reviews of one place: what is said about each topic stands beside that topic's photos."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from jobs.sample import names
from jobs.sample.dates import day_words
from jobs.sample.event_photos import COPY_KINDS, DEFECTS, SIZES
from jobs.sample.posts import People, PlannedPhoto, Post
from jobs.sample.syndication import syndicated
from jobs.sample.texts import reviews as review_texts
from jobs.sample.wording import grammar, introduce
from jobs.sample.world import PERIOD, REFERENCE_TIME, Celebrity, Place

SPOTS = {"view": 10, "landmark": 6, "night_view": 5, "interior": 4, "menu": 3, "exterior": 2}  # a place has several corners and viewpoints
OUTLIERS = ("other_place", "selfie", "logo", "chart", "product")


class PlacePosts:
    """Writes the reviews of one place and plans their photos.

    Args:
        place: the place.
        seed: seed of the sample.
        others: places whose photos may stray into these reviews.
        celebrities: some reviews mention that one of them was there.
        photos: whether photos are planned.
    """

    def __init__(self, place: Place, seed: int, others: Sequence[Place], celebrities: Sequence[Celebrity], *, photos: bool) -> None:
        self.place = place
        self.rng = random.Random(f"place/{seed}/{place.place_id}")
        self.others = [other for other in others if other.place_id != place.place_id]
        self.celebrities = celebrities
        self.with_photos = photos
        self.planned: list[PlannedPhoto] = []
        self.dishes = self.rng.sample(review_texts.DISHES, 4)
        self.procedures = self.rng.sample(review_texts.PROCEDURES, 4)
        self.sights = self.rng.sample(review_texts.SIGHTS, 4)

    def references(self) -> list[PlannedPhoto]:
        """Photos that the place itself gave: they stand in places.csv and in no review."""
        if not self.with_photos:
            return []
        scenes = {"restaurant": ("exterior", "interior", "food"), "salon": ("exterior", "interior"), "attraction": ("view", "landmark")}[
            self.place.service
        ]
        return [self._shot(scene, amateur=False) for scene in scenes]

    def write(self) -> list[Post]:
        """All reviews of the place; one in fifteen is another review posted again."""
        posts: list[Post] = []
        for number in range(self.place.posts):
            seed = f"{self.place.place_id}-{number:05d}"
            if posts and self.rng.random() < 0.07:
                posts.append(self._again(self.rng.choice(posts[-8:]), seed))
            else:
                posts.append(self._review(seed))
        return posts

    def _review(self, seed: str) -> Post:
        rng, place, write = self.rng, self.place, grammar().expand
        visited = REFERENCE_TIME - timedelta(days=rng.uniform(1, PERIOD.days))
        visited = visited.replace(hour=rng.randint(10, 20), minute=rng.randrange(60), second=0, microsecond=0)
        published = visited + timedelta(hours=rng.randint(1, 90))
        if published.hour < 7:
            published += timedelta(hours=7)
        published = min(published, REFERENCE_TIME - timedelta(hours=3))
        local = self._slots(visited, published)
        topics, weights = zip(*review_texts.TOPICS[place.service], strict=True)
        chosen = list(dict.fromkeys(rng.choices(topics, weights, k=rng.randint(2, 5))))
        paragraphs, photos = [write(f"open.{place.service}", local, rng)], []
        for topic in chosen:
            slots = local | self._subject()
            paragraphs.append(" ".join(grammar().several(topic, slots, rng, rng.choices((1, 2, 3), (5, 4, 1))[0])))
            if self.with_photos and rng.random() < 0.85:
                for _ in range(rng.choices((1, 2, 3), (6, 3, 1))[0]):
                    shot = self._shot(topic)
                    caption = write(f"caption.{topic}", slots, rng) if f"caption.{topic}" in grammar() else ""
                    photos.append((shot.stem, caption, len(paragraphs) - 1))
        mentions: tuple[str, ...] = ()
        if self.celebrities and rng.random() < 0.04:
            guest = rng.choice(self.celebrities)
            mentions = (guest.celebrity_id,)
            paragraphs.append(f"{introduce(guest, rng)}도 다녀갔다고 벽에 사인이 붙어 있더라고요.")
        paragraphs += [
            " ".join(grammar().several("service", local, rng, rng.randint(1, 3))),
            write("address", local, rng),
            write("end", local, rng),
        ]
        paragraphs = [paragraph for paragraph in paragraphs if paragraph]
        if self.with_photos and rng.random() < 0.08:
            photos.append((self._foreign().stem, "", len(paragraphs) - 1))
        author = rng.choice(names.BLOGGERS)
        return Post(
            f"review-{seed}",
            "review",
            f"https://place.example/{place.place_id}/review/{seed}",
            write(f"title.{place.service}", local, rng),
            paragraphs,
            published,
            author,
            place.place_id,
            photos,
            mentions=mentions,
            place=place.place_id,
            copy_group=f"review-{seed}",
        )

    def _again(self, original: Post, seed: str) -> Post:
        post = syndicated(original, seed, self.rng, latest=REFERENCE_TIME - timedelta(hours=2))
        post.service, post.post_id, post.url = "review", f"review-{seed}", f"https://place.example/{self.place.place_id}/review/{seed}"
        kept = []
        for stem, caption, after in post.photos:
            photo = next(planned for planned in self.planned if planned.stem == stem)
            if not photo.copy_of and self.rng.random() < 0.6:
                kinds, weights = zip(*COPY_KINDS, strict=True)
                photo = self._add(
                    PlannedPhoto(
                        self._stem("k"),
                        photo.scene,
                        photo.seed,
                        self.rng.randrange(2**31),
                        photo.people,
                        photo.framing,
                        photo.size,
                        photo.step,
                        photo.defect,
                        photo.stem,
                        self.rng.choices(kinds, weights)[0],
                        "",
                        photo.place_id,
                        photo.topic,
                        "",
                        photo.belongs,
                        photo.outlier_kind,
                    )
                )
            kept.append((photo.stem, caption, after))
        post.photos = kept
        return post

    def _slots(self, visited: datetime, published: datetime) -> dict[str, str]:
        place = self.place
        name = place.aliases[0] if place.aliases and self.rng.random() < 0.3 else place.name
        return {
            "place": name,
            "area": place.area,
            "address": place.address,
            "when": day_words(visited, published, self.rng, chatty=True),
            **self._subject(),
        }

    def _subject(self) -> dict[str, str]:
        pick = self.rng.choice
        return {"dish": pick(self.dishes), "procedure": pick(self.procedures), "sight": pick(self.sights)}

    def _stem(self, letter: str) -> str:
        return f"{self.place.place_id}-{letter}{len(self.planned):04d}"

    def _add(self, photo: PlannedPhoto) -> PlannedPhoto:
        self.planned.append(photo)
        return photo

    def _shot(self, topic: str, *, amateur: bool = True) -> PlannedPhoto:
        rng, framing = self.rng, "full"
        people: People = ()
        shot = rng.randrange(2**31)
        if topic in ("procedure", "result"):
            people, framing = (
                ((rng.randrange(2**31), rng.choice(("female", "female", "male")), rng.randrange(2**31)),),
                rng.choice(("half", "close", "back")),
            )
        defect = rng.choice(DEFECTS) if amateur and rng.random() < 0.08 else ""
        return self._add(
            PlannedPhoto(
                self._stem("p"),
                topic,
                self._spot(topic),
                shot,
                people,
                framing,
                rng.choice(SIZES),
                0,
                defect,
                place_id=self.place.place_id,
                topic=topic,
            )
        )

    def _spot(self, topic: str) -> int:
        """Seed of a corner or viewpoint of the place; its dishes and its hairdressers are everywhere the same."""
        return self.place.seed + self.rng.randrange(SPOTS.get(topic, 1))

    def _foreign(self) -> PlannedPhoto:
        rng = self.rng
        kind = rng.choice(OUTLIERS if self.others else OUTLIERS[1:])
        scene, seed = kind, rng.randrange(2**31)
        people: People = ()
        if kind == "other_place":
            other = rng.choice(self.others)
            scene, seed = rng.choice(review_texts.TOPICS[other.service])[0], other.seed
            if scene in ("procedure", "result"):
                scene = "interior"
        elif kind == "selfie":
            scene, people = "street", ((rng.randrange(2**31), rng.choice(("female", "male")), rng.randrange(2**31)),)
        return self._add(
            PlannedPhoto(
                self._stem("x"),
                scene,
                seed,
                rng.randrange(2**31),
                people,
                "close",
                rng.choice(SIZES),
                place_id=self.place.place_id,
                belongs=False,
                outlier_kind=kind,
            )
        )
