"""What tells a key phrase from the other noun phrases of a post, as named numbers, and the probability that they add up to.

The weights are those of a logistic regression over labelled posts: `tests.benchmarks.learn_phrases` learns them into
conf/models/phrase_weights.json. After Turney, "Learning Algorithms for Keyphrase Extraction" (2000), who let data weigh such features.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from udfs.phrase_weights import NUMBERS
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
        if len(self.places) == 1:
            total = self.places[0].weight
        else:
            weights = sorted([phrase.weight for phrase in self.places], reverse=True)
            total = weights[0] + 0.35 * sum(weights[1:4])
        return (total + self.bonus) * (1.0 if len(self.surface) > 2 else 0.75)


def is_region(surface: str, reference: Reference) -> bool:
    """Whether a phrase is the name of a city, district, country or broadcaster."""
    return surface in reference.places.meanings and reference.is_place(surface, _REGIONS)


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
    known, surface = reference.phrase_weights, candidate.surface
    begin, weight, log_weight, log_places, log_count, bonus = known.numbers
    numbers = phrase_numbers(candidate)
    total = begin + weight * numbers[0] + log_weight * numbers[1] + log_places * numbers[2] + log_count * numbers[3] + bonus * numbers[4]
    of_words, of_places = _sums_of_signs(candidate, reference, named)
    total = total + of_words + of_places
    special = candidate.kinds or candidate.quoted or surface in reference.places.meanings or candidate.best.text.name == "title"
    if special or _DIGIT_OR_LATIN.search(surface):  # most phrases have no signs of their own
        total += known.total(tuple(_own_signs(candidate, reference)))
    return _logistic(total)


def _sums_of_signs(candidate: Candidate, reference: Reference, named: Collection[str]) -> tuple[float, float]:
    """What the signs of a phrase's words and those of its places count; phrases at one place are often alike in both."""
    known, common, surface, places = reference.phrase_weights, reference.common_words, candidate.surface, candidate.places
    if len(places) > 1 or named:
        return known.total(_signs_of_words(surface, common, named)), known.total(_signs_of_places(places, len(surface)))
    (place,) = places
    ordinary = tuple([word in common for word in surface.split(" ")]) if " " in surface else None
    alike = (surface in common, ordinary, place.text.name, place.role, _in_lead(place), min(len(surface), MOST_LETTERS))
    sums = known.alike.get(alike)
    if sums is None:
        sums = known.total(_signs_of_words(surface, common, named)), known.total(_signs_of_places(places, len(surface)))
        known.alike[alike] = sums
    return sums


def phrase_numbers(candidate: Candidate) -> tuple[float, float, float, float, float]:
    """The values of `NUMBERS`."""
    weight, places, count = candidate.weight, len(candidate.places), candidate.count
    return (
        weight, math.log(weight + 0.1), math.log(places) if places > 1 else 0.0, math.log(count) if count > 1 else 0.0, candidate.bonus,
    )  # fmt: skip


def phrase_signs(candidate: Candidate, reference: Reference, named: Collection[str]) -> list[str]:
    """What is so about a candidate, each once; for the arguments see `phrase_features`."""
    words = _signs_of_words(candidate.surface, reference.common_words, named)
    return [*words, *_signs_of_places(candidate.places, len(candidate.surface)), *_own_signs(candidate, reference)]


def _signs_of_words(surface: str, common: Collection[str], named: Collection[str]) -> tuple[str, ...]:
    if " " not in surface:
        return ("words 1", "common words 1", "common", "last word common") if surface in common else ("words 1", "common words 0")
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
    return tuple(signs)


def _signs_of_places(places: Sequence[Phrase], letters: int) -> tuple[str, ...]:
    """What a phrase's length says, the fields and roles in which it stands, whether it stands in the lead."""
    if len(places) == 1:
        (place,) = places
        return _signs_of_place(place.text.name, place.role, _in_lead(place), min(letters, MOST_LETTERS))
    fields = sorted({phrase.text.name for phrase in places})
    signs = [f"letters {min(letters, MOST_LETTERS)}", *(f"in {name}" for name in fields)]
    signs += sorted({f"role {phrase.role}" for phrase in places})
    if len(fields) > 1:
        signs += [f"{name} and text" for name in ("title", "caption") if name in fields]
    elif "title" in fields:
        signs.append("title alone")
    return (*signs, "in lead") if any(map(_in_lead, places)) else tuple(signs)


@lru_cache(maxsize=4096)
def _signs_of_place(name: str, role: str, in_lead: bool, letters: int) -> tuple[str, ...]:
    alone, lead = ("title alone",) if name == "title" else (), ("in lead",) if in_lead else ()
    return (f"letters {letters}", f"in {name}", f"role {role}", *alone, *lead)


def _in_lead(phrase: Phrase) -> bool:
    return phrase.text.name == "body" and phrase.begin < phrase.text.first_sentence_end


def _own_signs(candidate: Candidate, reference: Reference) -> list[str]:
    """What is so about few phrases only: what else they are, quotation marks, digits and Latin letters, where a title has them."""
    surface = candidate.surface
    signs = [f"kind {kind}" for kind in sorted(candidate.kinds)] if candidate.kinds else []
    if candidate.quoted:
        signs.append("quoted")
    if _DIGIT_OR_LATIN.search(surface):
        signs += [sign for sign, letters in (("digit", _DIGIT), ("latin", _LATIN)) if letters.search(surface)]
    if is_region(surface, reference):
        signs.append("region")
    best = candidate.best
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
