"""The lists that posts are compared with: celebrities and places of the lake, lexicons of conf/."""

from __future__ import annotations

import csv
import json
from typing import Any

from pyspark.sql import DataFrame

from jobs.errors import HwaboError
from jobs.resources import conf_file, read_yaml
from jobs.settings import TextSettings
from udfs.post_text import Celebrity, EventKind, Place, Reference, usual_letters
from udfs.weighed_post import QUESTIONS


def read_event_kinds(name: str) -> list[EventKind]:
    """Kinds of event of a lexicon below conf/.

    Raises:
        HwaboError: when an entry lacks its id, label or words.
    """
    kinds = []
    for number, entry in enumerate(read_yaml(conf_file(name)), start=1):
        missing = [key for key in ("id", "label", "words") if not entry.get(key)]
        if missing:
            raise HwaboError(f"conf/{name}: entry {number} has no {missing[0]}: every kind of event needs id, label and words.")
        kinds.append(
            EventKind(
                str(entry["id"]), str(entry["label"]), tuple(map(str, entry["words"])), tuple(map(str, entry.get("hints", ()))),
                tuple(map(str, entry.get("except", ()))), int(entry.get("priority", 0)), bool(entry.get("without_person", False)),
                tuple(map(str, entry.get("suggestions", ()))),
            )
        )  # fmt: skip
    return kinds


def read_known_places(name: str) -> list[tuple[str, Place]]:
    """Names and aliases of the gazetteer that Hwabo ships (tab-separated: name, aliases, kind)."""
    places: list[tuple[str, Place]] = []
    for row in csv.reader(conf_file(name).read_text(encoding="utf-8").splitlines(), delimiter="\t"):
        value, aliases, kind = (*row, "", "")[:3]
        forms = (form.strip() for form in (value, *aliases.split(",")))
        places.extend((form, Place(value, kind or "venue")) for form in forms if form)
    return places


def read_words(name: str) -> list[str]:
    """Words of a list, one a line; lines that begin with # are comments."""
    lines = conf_file(name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def read_weights(name: str) -> dict[str, Any]:
    """What signs weigh, by a learned file below conf/ (JSON).

    Raises:
        HwaboError: when the file is missing or says no weights.
    """
    path = conf_file(name)
    try:
        weights = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        weights = None
    if not isinstance(weights, dict) or not weights:
        raise HwaboError(f"{path} says no weights: restore it from the repository or learn it again (tests/benchmarks/learn_*.py).")
    return weights


def read_choice_weights(name: str) -> dict[str, dict[str, float]]:
    """What the signs of kinds, times and places weigh; {} where no file is named.

    Raises:
        HwaboError: when the file is missing or lacks the weights of a question.
    """
    weights = read_weights(name) if name else {}
    missing = [question for question in QUESTIONS if name and not isinstance(weights.get(question), dict)]
    if missing:
        raise HwaboError(f"{conf_file(name)} has no weights for {missing[0]}: learn it again (tests/benchmarks/learn_choices.py).")
    return weights


def read_reference(celebrities: DataFrame, places: DataFrame, *, settings: TextSettings) -> Reference:
    """Indexes the lists on the driver.

    Args:
        celebrities: rows of `celebrities`.
        places: rows of `places`; they win over the gazetteer's.
        settings: names of the lexicons below conf/.
    """
    people = [
        Celebrity(
            row["celebrity_id"], usual_letters(row["name"]), tuple(map(usual_letters, row["aliases"] or ())),
            tuple(map(usual_letters, row["groups"] or ())), row["occupation"] or "",
        )
        for row in celebrities.orderBy("celebrity_id").toLocalIterator()
    ]  # fmt: skip
    shops = [
        (usual_letters(form), Place(row["place_id"], "shop"))
        for row in places.orderBy("place_id").toLocalIterator()
        for form in (row["name"], *(row["aliases"] or ()))
        if form
    ]
    return Reference.of(
        people,
        [*shops, *read_known_places(settings.known_places)],
        read_event_kinds(settings.event_kinds),
        read_yaml(conf_file(settings.occupations)),
        read_words(settings.common_words),
        read_weights(settings.phrase_weights),
        read_choice_weights(settings.choice_weights),
    )
