"""The photos of one event: looks that stay and change, scenes of its kind, bursts, crops, spoiled shots, and what does not belong."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jobs.sample.posts import People, PlannedPhoto
from jobs.sample.stories import Story
from jobs.sample.wording import grammar
from jobs.sample.world import Celebrity

SCENES: dict[str, tuple[tuple[str, int], ...]] = {  # scenes of a kind, each with the look (0, 1, 2) that is worn there
    "airport_departure": (("airport", 0),),
    "airport_arrival": (("airport", 0),),
    "concert": (("stage", 0), ("stage", 1), ("stage", 2)),
    "fan_meeting": (("stage", 0), ("stage", 1)),
    "showcase": (("press_wall", 0), ("stage", 1)),
    "festival": (("festival", 0),),
    "musical": (("stage", 0), ("stage", 1)),
    "award_show": (("red_carpet", 0), ("stage", 1)),
    "press_conference": (("press_wall", 0),),
    "premiere": (("press_wall", 0),),
    "press_call": (("stage", 0),),
    "broadcast_commute": (("broadcast_building", 0),),
    "broadcast": (("studio", 0),),
    "recording": (("street", 0), ("cafe", 0)),
    "pictorial": (("studio", 0), ("studio", 1)),
    "brand_event": (("press_wall", 0), ("street", 0)),
    "fan_signing": (("sign_table", 0),),
    "release": (("studio", 0), ("street", 1)),
}
SIZES = ((480, 640), (480, 640), (420, 560), (640, 480), (560, 420), (360, 480), (512, 640))
DEFECTS = ("blur", "motion", "dark", "noise", "overexposed")
COPY_KINDS = (("recompress", 5), ("resize", 5), ("crop", 5), ("banner", 5), ("colour", 2), ("flip", 2), ("collage", 1), ("rotate", 1))
OUTLIERS = (("older_event", 4), ("stock_portrait", 4), ("other_person", 3), ("logo", 2), ("poster", 2), ("chart", 1))
OUTLIER_RATE = 0.06


class EventPhotos:
    """Plans the photos of one event while its posts are written; `planned` holds them all.

    Args:
        story: the event.
        rng: decides everything.
        archive: photos of earlier events, which may be shown again as if they were of this one.
    """

    def __init__(self, story: Story, rng: random.Random, archive: Sequence[PlannedPhoto] = ()) -> None:
        self.story = story
        seeds = {member.seed for member in story.celebrities}
        self.archive = [photo for photo in archive if {person for person, _, _ in photo.people} <= seeds]
        self.rng = rng
        self.planned: list[PlannedPhoto] = []
        self._copies: dict[str, list[PlannedPhoto]] = {}
        self._by_stem: dict[str, PlannedPhoto] = {}
        self._moments = list(SCENES[story.kind])
        if story.kind == "concert" and story.posts < 8:
            self._moments = self._moments[:2]

    def taken(self, count: int, slots: Mapping[str, str], paragraphs: int, *, amateur: bool = False) -> list[tuple[str, str, int]]:
        """`count` new photos for one post, as (stem, caption, paragraph): sometimes a burst, sometimes one that does not belong."""
        rng = self.rng
        photos: list[PlannedPhoto] = []
        while len(photos) < count:
            left = count - len(photos)
            if left >= 3 and rng.random() < 0.4:
                photos += self._burst(min(left, rng.randint(2, 4)), amateur)
            else:
                photos.append(self._shot(amateur))
        uses = []
        for number, photo in enumerate(photos):
            caption = grammar().expand(f"caption.{self.story.kind}", slots, rng) if rng.random() < (0.25 if amateur else 0.8) else ""
            uses.append((photo.stem, caption, min(number + (1 if amateur else 0), max(0, paragraphs - 2))))
        if uses and rng.random() < OUTLIER_RATE * (1 + count / 2):
            uses.append((self._foreign().stem, "자료사진" if rng.random() < 0.4 else "", max(0, paragraphs - 2)))
        return uses

    def reused(self, uses: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
        """The photos of a syndicated post: the same files or edited copies of them, some left out."""
        rng, kept = self.rng, []
        for stem, caption, after in uses:
            if len(uses) > 1 and rng.random() < 0.25:
                continue
            photo = self._by_stem[stem]
            if photo.copy_of or photo.same_as or rng.random() < 0.4:
                kept.append((stem, caption, after))
                continue
            kinds, weights = zip(*COPY_KINDS, strict=True)
            kind = rng.choices(kinds, weights)[0]
            copy = PlannedPhoto(
                self._stem("k"),
                photo.scene,
                photo.seed,
                rng.randrange(2**31),
                photo.people,
                photo.framing,
                photo.size,
                photo.step,
                photo.defect,
                photo.stem,
                kind,
                photo.event,
                "",
                "",
                photo.look,
                photo.belongs,
                photo.outlier_kind,
            )
            kept.append((self._add(copy).stem, caption, after))
        return kept

    def announced(self, paragraphs: int, *, logo: bool = False) -> list[tuple[str, str, int]]:
        """The picture of an announcement: a poster, a logo, or a portrait from the agency."""
        kind = "logo" if logo and self.rng.random() < 0.5 else "poster" if self.rng.random() < 0.6 else "stock_portrait"
        return [(self._foreign(kind).stem, "사진=소속사 제공" if kind == "stock_portrait" else "", min(1, paragraphs - 1))]

    def memorable(self) -> list[PlannedPhoto]:
        """A few good photos by which the event is remembered later."""
        good = [photo for photo in self.planned if photo.belongs and not photo.defect and not photo.copy_of and len(photo.people) == 1]
        return good[:4]

    def _stem(self, letter: str) -> str:
        return f"{self.story.event_id}-{letter}{len(self.planned):04d}"

    def _add(self, photo: PlannedPhoto) -> PlannedPhoto:
        self.planned.append(photo)
        self._by_stem[photo.stem] = photo
        return photo

    def _people(self, look: int) -> People:
        rng, members = self.rng, self.story.celebrities
        if len(members) > 1 and rng.random() < 0.6:
            members = tuple(rng.sample(members, 1 if rng.random() < 0.75 else min(2, len(members))))
        return tuple((member.seed, member.gender, look_seed(self.story, member, look)) for member in members)

    def _shot(self, amateur: bool, **given: int) -> PlannedPhoto:
        rng = self.rng
        moment = given.get("moment", rng.randrange(len(self._moments)))
        scene, look = self._moments[moment]
        defect = rng.choice(DEFECTS) if rng.random() < (0.14 if amateur else 0.04) else ""
        framing = rng.choices(("full", "half", "close", "back"), (4, 4, 2, 1))[0]
        return self._add(
            PlannedPhoto(
                self._stem("p"),
                scene,
                scene_seed(self.story, scene),
                rng.randrange(2**31),
                self._people(look),
                framing,
                rng.choice(SIZES),
                0,
                defect,
                event=self.story.event_id,
                look=f"{self.story.event_id}/{look}",
            )
        )

    def _burst(self, count: int, amateur: bool) -> list[PlannedPhoto]:
        first = self._shot(amateur)
        frames = [first]
        for step in range(1, count):
            defect = self.rng.choice(("blur", "motion")) if self.rng.random() < 0.2 else ""
            frames.append(
                self._add(
                    PlannedPhoto(
                        self._stem("p"),
                        first.scene,
                        first.seed,
                        first.shot,
                        first.people,
                        first.framing,
                        first.size,
                        step,
                        defect,
                        event=first.event,
                        look=first.look,
                    )
                )
            )
        return frames

    def _foreign(self, kind: str = "") -> PlannedPhoto:
        """A photo that stands in a post about this event but does not show it."""
        rng = self.rng
        if not kind:
            kinds, weights = zip(*OUTLIERS, strict=True)
            kind = rng.choices(kinds, weights)[0]
        member = rng.choice(self.story.celebrities)
        person = (member.seed, member.gender, rng.randrange(2**31))
        scene, framing = kind, "half"
        people: People = ()
        if kind == "older_event" and self.archive and rng.random() < 0.5:
            old = rng.choice(self.archive)
            known = next((photo for photo in self.planned if photo.same_as == old.stem), None)
            here = self.story.event_id
            again = replace(old, stem=self._stem("o"), event=here, look="", belongs=False, outlier_kind=kind, same_as=old.stem)
            return known or self._add(again)
        if kind == "older_event":
            scene, people = rng.choice(("airport", "stage", "red_carpet", "street", "press_wall", "studio")), (person,)
        elif kind == "stock_portrait":
            scene, people, framing = "profile", ((member.seed, member.gender, member.seed % 2**31),), "close"
        elif kind == "other_person":
            scene, people = self._moments[0][0], ((rng.randrange(2**31), rng.choice(("female", "male")), rng.randrange(2**31)),)
        return self._add(
            PlannedPhoto(
                self._stem("x"),
                scene,
                rng.randrange(2**31),
                rng.randrange(2**31),
                people,
                framing,
                rng.choice(SIZES),
                event=self.story.event_id,
                belongs=False,
                outlier_kind=kind,
            )
        )


def look_seed(story: Story, member: Celebrity, look: int) -> int:
    """What a person wears at a moment of an event: the same in every photo of it."""
    return random.Random(f"look/{story.seed}/{member.celebrity_id}/{look}").randrange(2**31)


def scene_seed(story: Story, scene: str) -> int:
    """The background of a scene of an event."""
    return random.Random(f"scene/{story.seed}/{scene}").randrange(2**31)
