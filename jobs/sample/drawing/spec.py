"""What a drawn photo is described by: persons, looks, scenes. Everything else follows from the seeds."""

from __future__ import annotations

from dataclasses import dataclass

EVENT_SCENES = (
    "airport", "stage", "press_wall", "red_carpet", "street", "broadcast_building", "studio", "cafe", "sign_table", "festival",
)  # fmt: skip
PLACE_SCENES = ("food", "menu", "interior", "exterior", "procedure", "result", "view", "landmark", "night_view")
OUTLIER_SCENES = ("logo", "poster", "chart", "profile", "product")
SCENES = EVENT_SCENES + PLACE_SCENES + OUTLIER_SCENES
FRAMINGS = ("full", "half", "close", "back")
COPY_KINDS = ("crop", "banner", "recompress", "resize", "flip", "colour", "collage", "rotate")
DEGRADE_KINDS = ("blur", "motion", "dark", "noise", "overexposed")


@dataclass(frozen=True)
class Person:
    """Somebody who is drawn: face, skin and build derive from `seed` and are the same in every photo.

    Attributes:
        seed: any non-negative integer.
        gender: `female` or `male` (also `f`, `m`).
    """

    seed: int
    gender: str


@dataclass(frozen=True)
class Look:
    """Clothes and hair of one person at one event: cut, colours, pattern, hair, accessories all derive from `seed`."""

    seed: int


@dataclass(frozen=True)
class PhotoSpec:
    """One photo.

    Attributes:
        scene: one of `SCENES`.
        seed: the place: the background of an event, the style of a restaurant.
        shot: the pose, the framing's details, the camera; for food, which dish.
        people: who is seen, from left to right, each with a look. Empty: the scene alone.
        framing: one of `FRAMINGS`.
        size: width and height in pixels.
        step: position within a burst; steps differ by small movements only.
    """

    scene: str
    seed: int
    shot: int = 0
    people: tuple[tuple[Person, Look], ...] = ()
    framing: str = "full"
    size: tuple[int, int] = (480, 640)
    step: int = 0
