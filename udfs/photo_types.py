"""What kind of photo it is (person, group, stage, food, menu, interior, ...) and how many people are in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from udfs.people import Floats, People
from udfs.photo_heads import TypeHead
from udfs.photo_tags import classes_of

Chances = NDArray[np.float64]

OTHER: Final = "other"
_GROUP_FROM: Final = 3
_WITH_PEOPLE: Final = frozenset({"stage", "procedure", "result"})
_OF_PEOPLE: Final = frozenset({"person", "group"})
_LEAST_CHANCE: Final = 0.3
_SAY_OF_HEAD: Final = 1 / 3  # the shipped head has seen few photographs
_LEAST_PERSON_AREA: Final = 0.05
_LEAST_SURE_FACE: Final = 0.7


@dataclass(frozen=True)
class TypeTable:
    """Which classes of the photo network speak for which type: (type, numbers of classes)."""

    types: tuple[tuple[str, tuple[int, ...]], ...]


def read_types(table: Mapping[str, Sequence[str]], classes: Sequence[str]) -> TypeTable:
    """Validates the `types` of `conf/photo_tags.yaml` against the names of the network's classes.

    Raises:
        TagTableError: when a type names a class that the network does not have.
    """
    return TypeTable(classes_of("type", table, classes))


def _scores(chances: Chances, table: TypeTable) -> list[tuple[str, float]]:
    return [(kind, float(chances[list(numbers)].sum())) for kind, numbers in table.types]


def count_people(people: People, chances: Chances | None, table: TypeTable) -> int:
    """Number of people seen.

    A face counts. Where no face is seen (from behind, far away), the mask counts unless the photo as a whole is of food, a room or a view,
    which the mask's network takes for foreground too.
    """
    faces = sum(face.score >= _LEAST_SURE_FACE for face in people.faces)
    if faces:
        return max(faces, min(people.groups, faces + 1))
    scene = sum(score for _, score in _scores(chances, table)) if chances is not None else 0.0
    return people.groups if people.area >= _LEAST_PERSON_AREA and scene < _LEAST_CHANCE else 0


def photo_type(
    chances: Chances | None, people: int, table: TypeTable, *, head: TypeHead | None = None, embedding: Floats | None = None
) -> str:
    """The type of a photo.

    Args:
        chances: probabilities of the network's classes; None when it has none.
        people: number of people seen.
        table: classes that speak for a type.
        head: learned head, whose opinion counts half as much as that of the table; None: the table alone.
        embedding: of the photo, for the head.

    Returns:
        The likeliest type. Where people are seen it is that of the people (person, group) unless the photo is of a stage, a treatment or
        its result.
    """
    scores = dict(_scores(chances, table)) if chances is not None else {}
    if head is not None and embedding is not None:
        learned = dict(zip(head.types, head.chances(embedding), strict=True))
        kinds = sorted({*scores, *learned})
        scores = {kind: (1 - _SAY_OF_HEAD) * scores.get(kind, 0.0) + _SAY_OF_HEAD * float(learned.get(kind, 0.0)) for kind in kinds}
    if not people:  # whatever the picture resembles: nobody is in it
        scores = {kind: score for kind, score in scores.items() if kind not in _OF_PEOPLE}
    best, score = max(scores.items(), key=lambda entry: entry[1], default=(OTHER, 0.0))
    if people and not (best in _WITH_PEOPLE and score >= _LEAST_CHANCE):
        return "group" if people >= _GROUP_FROM else "person"
    return best if score >= _LEAST_CHANCE else OTHER
