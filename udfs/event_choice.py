"""Which of a post's times and places is its event's, by what labelled posts taught, beside the rules.

`udfs.when` and `udfs.where` name one time and one place by rules that people wrote. On posts that nobody had seen while writing them, the
words around a time or place tell more than those rules hold. So every time or place has signs (`alternatives`), each sign a weight, and
the likeliest is the event's, or none is. The choice of the rules counts for `RULES` more. A conditional logit (McFadden, "Conditional logit
analysis of qualitative choice behavior", 1974) learns the weights: `tests/benchmarks/learn_choices.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from udfs.lazy import Lazy
from udfs.post_text import FIELD_ORDER, Tag, TextField

QUESTIONS = ("when", "where")
"""The kinds of tags among which is chosen."""
RULES = "rules"
"""The name under which a file of weights says how much the choice of the rules counts."""
_BEFORE, _BEHIND = 30, 30  # letters that are read on either side
_CLOSES = re.compile(r"[.!?\n]")
_NEAR_DAYS, _NEAR_WEEK = 2, 9


class Alternative(NamedTuple):
    """What can be chosen.

    Attributes:
        value: the time or place, None for "none of them".
        signs: what is known of it.
        by_rules: whether the rules chose it.
    """

    value: str | None
    signs: list[str]
    by_rules: bool


@dataclass
class Post:
    """A post as its times and places are weighed.

    Attributes:
        fields: its texts.
        tags: by the rules.
        service: where it was published.
    """

    fields: Sequence[TextField]
    tags: Sequence[Tag]
    service: str

    @Lazy
    def event(self) -> str:
        """The kind of its event, "" for none."""
        return next((tag.value for tag in self.tags if tag.kind == "what" and tag.is_event), "")

    @Lazy
    def published(self) -> date:
        """The day of publishing."""
        return self.fields[0].published.date()

    @Lazy
    def texts(self) -> dict[tuple[str, int | None], TextField]:
        """Its texts by name and photo."""
        return {(text.name, text.position): text for text in self.fields}

    def of_kind(self, kind: str) -> list[Tag]:
        """Its tags of a kind, in the order of the text."""
        found = [tag for tag in self.tags if tag.kind == kind]
        return sorted(found, key=lambda tag: (FIELD_ORDER[tag.field], tag.photo_position or 0, tag.begin, tag.end))

    def has_within(self, kinds: tuple[str, ...], tag: Tag, begin: int, end: int, *, of_event: bool) -> bool:
        """Whether the words of a tag's text between two characters have a tag of some kinds (of the event, where that is asked)."""
        return any(
            other.kind in kinds
            and begin <= other.begin < end
            and other.field == tag.field
            and other.photo_position == tag.photo_position
            and (other.is_event or not of_event)
            for other in self.tags
        )


def settled(question: str, post: Post, weights: Mapping[str, float]) -> list[Tag]:
    """The tags of a question with `is_event` at the likeliest value; as they are where that is what the rules say.

    Args:
        question: one of `QUESTIONS`.
        post: the post with all its tags by the rules.
        weights: of the question's signs and of `RULES`, as `tests/benchmarks/learn_choices.py` writes them.
    """
    tags = post.of_kind(question)
    if not tags:
        return tags
    best = max(alternatives(question, post), key=lambda one: likeliness(one, weights))
    return tags if best.by_rules else [tag._replace(is_event=tag.value == best.value) for tag in tags]


def likeliness(one: Alternative, weights: Mapping[str, float]) -> float:
    """The sum of an alternative's weights, rounded so that the order of adding does not decide."""
    return round(sum([weights.get(sign, 0.0) for sign in one.signs]) + one.by_rules * weights.get(RULES, 0.0), 6)


def alternatives(question: str, post: Post) -> list[Alternative]:
    """The times or places of a post, as often as it names them, and "none".

    Args:
        question: one of `QUESTIONS`.
        post: the post with all its tags by the rules.
    """
    tags = post.of_kind(question)
    seen = _Seen.of(tags)
    own_signs = _signs_of_time if question == "when" else _signs_of_place
    found = [
        Alternative(tag.value, [*_signs(place, tag, seen, post), *own_signs(tag, seen, post)], tag.is_event is True)
        for place, tag in enumerate(tags)
    ]
    none = ["none", f"none {post.service}", f"none {post.event}", f"none of {min(len(tags), 4)}"]
    return [*found, Alternative(None, none, not any(tag.is_event for tag in tags))]


class _Seen(NamedTuple):
    """What the times or places of a post are to each other.

    Attributes:
        times: how many are named.
        values: how often each is.
        days: the days among the times, in order.
        titled, captioned: values in titles and under photos.
    """

    times: int
    values: Counter[str]
    days: list[str]
    titled: frozenset[str]
    captioned: frozenset[str]

    @classmethod
    def of(cls, tags: Sequence[Tag]) -> _Seen:
        titled, captioned = (frozenset(tag.value for tag in tags if tag.field == name) for name in ("title", "caption"))
        days = sorted({tag.value[:10] for tag in tags if len(tag.value) >= 10})
        return cls(len(tags), Counter(tag.value for tag in tags), days, titled, captioned)


def _signs(place: int, tag: Tag, seen: _Seen, post: Post) -> Iterator[str]:
    """Signs that times and places have alike: where they stand, and between which words."""
    text = post.texts[tag.field, tag.photo_position].text
    begin, end, sentences = _sentence(text, tag)
    yield f"field {tag.field}"
    yield f"{tag.field} {min(sentences, 4)}"
    yield f"{post.service} {tag.field} {min(sentences, 3)}"
    yield f"service {post.service}"
    yield f"of {min(seen.times, 6)}"
    yield f"number {min(place, 5)}"
    yield f"from last {min(seen.times - 1 - place, 3)}"
    yield f"named {min(seen.values[tag.value], 3)}"
    yield f"titled {tag.value in seen.titled} {tag.field}"
    yield f"captioned {tag.value in seen.captioned} {tag.field}"
    before = text[max(0, tag.begin - _BEFORE) : tag.begin].split(" ")[-3:]
    behind = text[tag.end : tag.end + _BEHIND].split(" ")[:4]
    for distance, word in enumerate(reversed(before)):
        yield f"before {distance} {word}"
        yield f"before {word[-2:]}"
    for distance, word in enumerate(behind):
        yield f"behind {distance} {word[:3]}"
        yield f"behind {word[:2]}"
    yield f"between {before[-1][-2:]} {behind[0][:2]}"
    words = text[begin:end].split(" ")
    for word in words:
        yield f"sentence {word[:2]}"
    yield f"ends {_ending(words)}"
    yield f"ends {_ending(words)[-2:]}"
    yield f"spoken {post.texts[tag.field, tag.photo_position].speaks_at(tag.begin)}"
    yield f"event word {post.has_within(('what',), tag, begin, end, of_event=True)}"
    yield f"person {post.has_within(('who', 'person'), tag, begin, end, of_event=False)}"


def _signs_of_time(tag: Tag, seen: _Seen, post: Post) -> Iterator[str]:
    """How far a time is from the day of publishing and what the other times are to it."""
    text = post.texts[tag.field, tag.photo_position].text
    begin, end, _ = _sentence(text, tag)
    day, distance = tag.value[:10], _distance(tag.value, post.published)
    yield f"precision {tag.precision}"
    yield f"distance {distance}"
    yield f"distance {distance} {tag.precision}"
    yield f"distance {distance} {post.event}"
    yield f"distance {distance} ends {_ending(text[begin:end].split(' '))[-2:]}"
    yield f"finer {any(value != tag.value and value.startswith(day) for value in seen.values)} {tag.precision}"
    yield f"earliest {seen.days[:1] == [day]} {min(len(seen.days), 4)}"
    yield f"latest {seen.days[-1:] == [day]} {min(len(seen.days), 4)}"
    yield f"behind {text[tag.end : tag.end + 2]} {tag.precision}"


def _signs_of_place(tag: Tag, seen: _Seen, post: Post) -> Iterator[str]:
    """What a place is called, which particle it has, and whether it lies in another that is named."""
    text = post.texts[tag.field, tag.photo_position].text
    begin, end, _ = _sentence(text, tag)
    last, ending = tag.surface[-1:], _ending(text[begin:end].split(" "))[-2:]
    yield f"particle {tag.josa}"
    yield f"role {tag.role}"
    yield f"role {tag.role} {post.event}"
    yield f"role {tag.role} {post.service} {last}"
    yield f"particle {tag.josa} {last}"
    yield f"particle {tag.josa} ends {ending}"
    yield f"particle {tag.josa} {post.service} {tag.field}"
    yield f"called {last}"
    yield f"called {tag.surface[-2:]}"
    yield f"called {tag.surface[-2:]} {post.event}"
    yield f"called {tag.surface[:2]}-"
    yield f"letters {min(len(tag.surface), 10)}"
    yield f"within another {any(value != tag.value and tag.value in value for value in seen.values)}"
    yield f"holds another {any(value != tag.value and value in tag.value for value in seen.values)}"
    yield f"event time {post.has_within(('when',), tag, begin, end, of_event=True)}"


def _sentence(text: str, tag: Tag) -> tuple[int, int, int]:
    """Where a tag's sentence begins and ends, and how many stand before it."""
    ends = [match.end() for match in _CLOSES.finditer(text, 0, tag.begin)]
    behind = _CLOSES.search(text, tag.end)
    return ends[-1] if ends else 0, behind.start() if behind else len(text), len(ends)


def _ending(words: Sequence[str]) -> str:
    """The last letters of a sentence: its verb's."""
    return words[-1].rstrip('”"’ )')[-3:]


def _distance(value: str, published: date) -> str:
    """How many days a time lies ahead, roughly; "month" for what is no day."""
    try:
        days = (datetime.fromisoformat(value.split("/")[0][:10]).date() - published).days
    except ValueError:
        return "month"
    if abs(days) <= _NEAR_DAYS:
        return str(days)
    side = "ahead" if days > 0 else "ago"
    return f"days {side}" if abs(days) < _NEAR_WEEK else f"long {side}"
