"""All tags of one post: the taggers in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from udfs.aboutness import settled_by_event
from udfs.event_choice import settled
from udfs.keyphrases import tag_keyphrases
from udfs.nowhere import happens_nowhere
from udfs.persons import tag_occupations, tag_persons
from udfs.place_names import find_places
from udfs.post_text import FIELD_ORDER, Reference, Tag, TextField
from udfs.suggested_kinds import suggested_kinds
from udfs.weighed_post import Post
from udfs.what import tag_what
from udfs.when import tag_when
from udfs.where import tag_where
from udfs.who import tag_who


def tag_post(
    fields: Sequence[TextField], reference: Reference, *, service: str, place_id: str | None, photo_offsets: Sequence[int]
) -> list[Tag]:
    """Who, when, where, what, occupation, person and key phrases of a post, sorted by field and place in it."""
    who = tag_who(fields, reference, service=service)
    places = find_places(fields, reference, of_a_place=service == "review")
    at_airport = any(place.kind == "airport" for place in places)
    persons = tag_persons(fields, who, reference)
    people = [*who, *persons]
    abroad = any(place.kind in ("foreign", "country") for place in places)
    what = tag_what(fields, reference, at_airport=at_airport, abroad=abroad, people=people, service=service)
    kind = next((tag.value for tag in what if tag.is_event), "")
    people = [*settled_by_event(who, kind, fields, service), *persons]
    when = tag_when(fields, what)
    day = next((tag.value[:10] for tag in when if tag.is_event), "")
    nowhere = bool(places) and happens_nowhere(fields, kind)
    reviewed = place_id if service == "review" else None
    where = tag_where(places, kind=kind, place_id=reviewed, day=day, nowhere=nowhere)
    if weights := reference.choice_weights:
        suggested = [] if kind else suggested_kinds(fields, people, reference)
        by_rules = Post(fields, [*people, *what, *when, *where], service, suggested)
        what, when = (settled(question, by_rules, weights[question]) for question in ("what", "when"))
        if not reviewed:
            found = settled("where", by_rules, weights["where"])
            where = [*found[: len(where)], *(_usually_called(tag, reference) for tag in found[len(where) :])]
    occupations = tag_occupations(fields, people, reference)
    phrases = tag_keyphrases(fields, reference, [*people, *where, *what], photo_offsets=photo_offsets)
    return _in_order([*people, *when, *where, *what, *occupations, *phrases])


def _usually_called(tag: Tag, reference: Reference) -> Tag:
    """A place that the rules passed over, by its usual name where the lists know it after all."""
    places = reference.places.meanings.get(tag.surface)
    return tag._replace(value=places[0].value) if places else tag


def _in_order(tags: Sequence[Tag]) -> list[Tag]:
    """The tags in the order in which they stand; of those that say the same of the same words the likeliest."""
    best: dict[tuple[Any, ...], Tag] = {}
    for tag in tags:
        place = (FIELD_ORDER[tag.field], tag.photo_position or 0, tag.begin, tag.end, tag.kind, tag.value)
        other = best.get(place)
        if other is None or tag.score > other.score:
            best[place] = tag
    return [best[place] for place in sorted(best)]
