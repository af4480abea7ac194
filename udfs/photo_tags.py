"""What a photo shows, in Korean words: from the classes of the photo network through a table of `conf/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LABELS_KEPT: Final = 5


class TagTableError(ValueError):
    """The table of tags names something that does not exist; the message says what."""


@dataclass(frozen=True)
class TagTable:
    """The table of `conf/photo_tags.yaml`, its classes as numbers.

    Attributes:
        classes: names of the network's classes, in its order.
        tags: (tag, numbers of the classes that speak for it).
        least_score: probability from which on a tag is given.
        temperature: what the class scores are divided by before the softmax.
    """

    classes: tuple[str, ...]
    tags: tuple[tuple[str, tuple[int, ...]], ...]
    least_score: float
    temperature: float


def read_table(table: Mapping[str, Any], classes: Sequence[str]) -> TagTable:
    """Validates a table of tags.

    Args:
        table: the content of `conf/photo_tags.yaml`.
        classes: names of the network's classes, in its order; a name may occur twice.

    Raises:
        TagTableError: when something is missing, or a tag names a class that the network does not have.
    """
    try:
        tags = classes_of("tag", table["tags"], classes)
        return TagTable(tuple(classes), tags, float(table["least_score"]), float(table["temperature"]))
    except KeyError as error:
        raise TagTableError(f"it lacks {error}: tags, types, least_score and temperature are wanted.") from None


def classes_of(what: str, table: Mapping[str, Sequence[str]], classes: Sequence[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The names of classes in a table as numbers.

    Args:
        what: "tag" or "type": what the keys of the table are.
        table: key -> names of classes.
        classes: names of the network's classes, in its order; a name may occur twice.

    Raises:
        TagTableError: when a key names a class that the network does not have.
    """
    numbers: dict[str, list[int]] = {}
    for number, name in enumerate(classes):
        numbers.setdefault(name, []).append(number)
    found = []
    for key, names in table.items():
        unknown = [name for name in names if name not in numbers]
        if unknown:
            raise TagTableError(f"the {what} {key} names the class {unknown[0]!r}, which the network does not have.")
        found.append((str(key), tuple(sorted({number for name in names for number in numbers[name]}))))
    return tuple(found)


def probabilities(logits: NDArray[np.float32], temperature: float) -> Floats:
    """Calibrated class probabilities (softmax of the scores over the temperature; Guo et al., ICML 2017)."""
    values = logits.astype(np.float64) / temperature
    values = np.exp(values - values.max())
    chances: Floats = values / values.sum()
    return chances


def labels(chances: Floats, table: TagTable, *, kept: int = LABELS_KEPT) -> list[tuple[str, float]]:
    """The most likely classes: (name, probability), best first, equal ones in the network's order."""
    order = np.argsort(-chances, kind="stable")[:kept]
    return [(table.classes[number], round(float(chances[number]), 6)) for number in order]


def visual_tags(chances: Floats, table: TagTable) -> list[tuple[str, float]]:
    """Korean tags of a photo: (tag, score), best first, equal ones in the order of the table."""
    found = [(tag, round(min(1.0, float(chances[list(numbers)].sum())), 6)) for tag, numbers in table.tags]
    return sorted((entry for entry in found if entry[1] >= table.least_score), key=lambda entry: -entry[1])
