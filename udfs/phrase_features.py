"""What tells a key phrase from the other noun phrases of a post, as named numbers, and the probability that they add up to.

The weights are those of a logistic regression over labelled posts: `tests.benchmarks.learn_phrases` learns them into
conf/models/phrase_weights.json. After Turney, "Learning Algorithms for Keyphrase Extraction" (2000), who let data weigh such features.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from udfs.post_text import Reference, TextField

MOST_WORDS, MOST_LETTERS, MOST_COMMON = 4, 9, 3
_REGIONS = frozenset(("city", "district", "country", "broadcaster"))
_DIGIT, _LATIN, _DIGIT_OR_LATIN = re.compile(r"\d"), re.compile(r"[A-Za-z]"), re.compile(r"[\dA-Za-z]")


@dataclass(slots=True)
class Phrase:
    """A noun phrase at one place of a post.

    Attributes:
        text: the field.
        begin, end: characters, half-open.
        josa, role: the particle behind it.
        weight: how much its place and particle speak for it.
    """

    text: TextField
    begin: int
    end: int
    josa: str
    role: str
    weight: float


@dataclass(slots=True)
class Candidate:
    """A noun phrase with all its places in a post.

    Attributes:
        surface: as written.
        places: where it stands.
        kinds: what else it is in the post (who, person, where, what), with ! where it is the event's.
        bonus: how much the post is about the person, place or kind of event that it names.
        quoted: whether it stands in quotation marks as the name of a work.
        count: how often its letters stand anywhere in the post.
    """

    surface: str
    places: list[Phrase]
    kinds: set[str] = field(default_factory=set)
    bonus: float = 0.0
    quoted: bool = False
    count: int = 1

    @property
    def best(self) -> Phrase:
        """Its weightiest place, the first of equals."""
        if len(self.places) == 1:
            return self.places[0]
        return min(self.places, key=lambda phrase: (-phrase.weight, phrase.text.name, phrase.begin))

    @property
    def weight(self) -> float:
        """What its places add up to."""
        weights = [phrase.weight for phrase in self.places]
        if len(weights) > 1:
            weights.sort(reverse=True)
        return (weights[0] + 0.35 * sum(weights[1:4]) + self.bonus) * (1.0 if len(self.surface) > 2 else 0.75)


def is_region(surface: str, reference: Reference) -> bool:
    """Whether a phrase is the name of a city, district, country or broadcaster."""
    places = reference.places.meanings.get(surface)
    return places is not None and any(place.kind in _REGIONS for place in places)


NUMBERS = ("weight", "log weight", "log places", "log count", "bonus")


def phrase_features(candidate: Candidate, reference: Reference, named: Collection[str]) -> dict[str, float]:
    """The numbers by which a candidate is judged: those of `NUMBERS`, and 1 for every sign.

    Args:
        candidate: the phrase.
        reference: lists.
        named: surfaces of the post's people.
    """
    numbers = dict(zip(NUMBERS, phrase_numbers(candidate), strict=True))
    return numbers | dict.fromkeys(phrase_signs(candidate, reference, named), 1.0)


def judged(candidate: Candidate, reference: Reference, named: Collection[str]) -> float:
    """`probability` of the candidate's features by the reference's weights, without a dictionary for each of a post's phrases."""
    known = reference.phrase_weights.get
    total = known("", 0.0)
    for name, number in zip(NUMBERS, phrase_numbers(candidate), strict=True):
        total += known(name, 0.0) * number
    for sign in phrase_signs(candidate, reference, named):
        total += known(sign, 0.0)
    return _logistic(total)


def phrase_numbers(candidate: Candidate) -> tuple[float, float, float, float, float]:
    """The values of `NUMBERS`."""
    weight, count = candidate.weight, candidate.count
    return (
        weight, math.log(weight + 0.1), math.log(len(candidate.places)), math.log(count) if count > 1 else 0.0, candidate.bonus,
    )  # fmt: skip


def phrase_signs(candidate: Candidate, reference: Reference, named: Collection[str]) -> list[str]:
    """What is so about a candidate, each once; for the arguments see `phrase_features`."""
    surface, places, common = candidate.surface, candidate.places, reference.common_words
    if " " in surface:
        words = surface.split(" ")
        ordinary = [word in common for word in words]
        signs = [f"words {min(len(words), MOST_WORDS)}", f"common words {min(sum(ordinary), MOST_COMMON)}"]
        if surface in common:
            signs.append("common")
        if ordinary[-1]:
            signs.append("last word common")
        if ordinary[0]:
            signs.append("first word common")
        if named and any(word in named for word in words):
            signs.append("holds a name")
    elif surface in common:
        signs = ["words 1", "common words 1", "common", "last word common"]
    else:
        signs = ["words 1", "common words 0"]
    signs.append(f"letters {min(len(surface), MOST_LETTERS)}")
    for kind in sorted(candidate.kinds):
        signs.append(f"kind {kind}")
    if len(places) == 1:
        (best,) = places
        signs += [f"in {best.text.name}", f"role {best.role}"]
        if best.text.name == "title":
            signs.append("title alone")
    else:
        best, fields = candidate.best, sorted({phrase.text.name for phrase in places})
        signs += [f"in {name}" for name in fields]
        signs += sorted({f"role {phrase.role}" for phrase in places})
        if len(fields) > 1:
            signs += [f"{name} and text" for name in ("title", "caption") if name in fields]
        elif "title" in fields:
            signs.append("title alone")
    for phrase in places:
        if phrase.text.name == "body" and phrase.begin < phrase.text.first_sentence_end:
            signs.append("in lead")
            break
    if candidate.quoted:
        signs.append("quoted")
    if _DIGIT_OR_LATIN.search(surface):
        signs += [sign for sign, letters in (("digit", _DIGIT), ("latin", _LATIN)) if letters.search(surface)]
    if is_region(surface, reference):
        signs.append("region")
    if best.text.name == "title":
        rest = best.text.text[best.end :].strip()
        if not rest:
            signs.append("title's end")
        elif not best.josa:
            signs.append("title, no particle")
        if best.begin < 2:
            signs.append("title's begin")
    return signs


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Logistic function of the weighed features; those that no weight is known of count nothing."""
    return _logistic(weights.get("", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items()))


def _logistic(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
