"""Photos drawn by code for the sample: persons, clothes, places and what the web does to pictures.

Nothing is downloaded and nobody who exists is shown: every picture follows from the seeds of its description.

    >>> from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
    >>> photo = draw_photo(PhotoSpec("airport", seed=1, people=((Person(7, "female"), Look(3)),)))
    >>> photo.size
    (480, 640)
"""

from jobs.sample.drawing.copies import degrade, encode, make_copy
from jobs.sample.drawing.looks import Outfit, outfit_of
from jobs.sample.drawing.photo import burst, draw_photo
from jobs.sample.drawing.spec import (
    COPY_KINDS,
    DEGRADE_KINDS,
    EVENT_SCENES,
    FRAMINGS,
    OUTLIER_SCENES,
    PLACE_SCENES,
    SCENES,
    Look,
    Person,
    PhotoSpec,
)

__all__ = [
    "COPY_KINDS",
    "DEGRADE_KINDS",
    "EVENT_SCENES",
    "FRAMINGS",
    "OUTLIER_SCENES",
    "PLACE_SCENES",
    "SCENES",
    "Look",
    "Outfit",
    "Person",
    "PhotoSpec",
    "burst",
    "degrade",
    "draw_photo",
    "encode",
    "make_copy",
    "outfit_of",
]
