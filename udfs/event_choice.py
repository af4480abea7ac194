"""Which of a post's kinds, times and places is its event's, by what labelled posts taught, beside the rules.

`udfs.what`, `udfs.when` and `udfs.where` name one kind, time and place by rules that people wrote. On posts that nobody had seen while
writing them, the words around a word for a kind, a time or a place tell more than those rules hold. So each of them has signs
(`alternatives`), each sign a weight, and the likeliest is the event's, or none is. The choice of the rules counts for `RULES` more. A
conditional logit (McFadden, "Conditional logit analysis of qualitative choice behavior", 1974) learns the weights:
`tests/benchmarks/learn_choices.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat
from typing import NamedTuple

from udfs.lazy import Lazy
from udfs.post_text import FIELD_ORDER, Tag, TextField

QUESTIONS = ("what", "when", "where")
"""The kinds of tags among which is chosen."""
RULES = "rules"
"""The name under which a file of weights says how much the choice of the rules counts."""
_BEFORE, _BEHIND = 30, 30  # letters that are read on either side
_CLOSES = re.compile(r"[.!?\n]")
_NEAR_DAYS, _NEAR_WEEK = 2, 9


class Alternative(NamedTuple):
    """What can be chosen.

    Attributes:
        value: the kind, time or place, None for "none of them".
        signs: what is known of it.
        by_rules: whether the rules chose it.
    """

    value: str | None
    signs: list[str]
    by_rules: bool


@dataclass
class Post:
    """A post as its kinds, times and places are weighed.

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

    @Lazy
    def title_words(self) -> list[str]:
        """The first two letters of every word of its title."""
        return [word[:2] for text in self.fields if text.name == "title" for word in text.text.split(" ")]

    def of_kind(self, kind: str) -> list[Tag]:
        """Its tags of one of `QUESTIONS`, in the order of the text."""
        return self._by_kind[kind]

    @Lazy
    def _by_kind(self) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {kind: [] for kind in QUESTIONS}
        for tag in self.tags:
            if tag.kind in found:
                found[tag.kind].append(tag)
        for tags in found.values():
            tags.sort(key=lambda tag: (FIELD_ORDER[tag.field], tag.photo_position or 0, tag.begin, tag.end))
        return found


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
    if question == "what" and any(tag.is_event and _kind(tag.value) not in weights for tag in tags):
        return tags  # a kind of a site's own lexicon, of which nothing was learned
    best = max(alternatives(question, post), key=lambda one: likeliness(one, weights))
    return tags if best.by_rules else [tag._replace(is_event=tag.value == best.value) for tag in tags]


def likeliness(one: Alternative, weights: Mapping[str, float]) -> float:
    """The sum of an alternative's weights, rounded so that the order of adding does not decide."""
    return round(sum(map(weights.get, one.signs, repeat(0.0))) + one.by_rules * weights.get(RULES, 0.0), 6)


def alternatives(question: str, post: Post) -> list[Alternative]:
    """The kinds, times or places of a post, as often as it names them, and "none".

    Args:
        question: one of `QUESTIONS`.
        post: the post with all its tags by the rules.
    """
    tags = post.of_kind(question)
    seen = _Seen.of(tags)
    own_signs = _SIGNS_OF[question]
    found = []
    for place, tag in enumerate(tags):
        around = _Around.of(tag, post)
        signs = [*_signs(place, tag, seen, around, post.service), *own_signs(tag, seen, around, post)]
        found.append(Alternative(tag.value, signs, tag.is_event is True))
    none = ["none", f"none {post.service}", f"none of {min(len(tags), 4)}"]
    none += _signs_of_no_kind(seen, post) if question == "what" else [f"none {post.event}"]
    return [*found, Alternative(None, none, not any(tag.is_event for tag in tags))]


class _Around(NamedTuple):
    """What stands around a kind's word, a time or a place.

    Attributes:
        text: its field.
        words: of its sentence.
        ending: the last letters of its sentence, its verb's.
        sentences: how many stand before its own.
        beside: the other tags of its sentence.
    """

    text: TextField
    words: list[str]
    ending: str
    sentences: int
    beside: list[Tag]

    @classmethod
    def of(cls, tag: Tag, post: Post) -> _Around:
        text = post.texts[tag.field, tag.photo_position]
        ends = [match.end() for match in _CLOSES.finditer(text.text, 0, tag.begin)]
        closes = _CLOSES.search(text.text, tag.end)
        begin, end = ends[-1] if ends else 0, closes.start() if closes else len(text.text)
        words = text.text[begin:end].split(" ")
        beside = [
            other
            for other in post.tags
            if begin <= other.begin < end and other.field == tag.field and other.photo_position == tag.photo_position
        ]
        return cls(text, words, words[-1].rstrip('”"’ )')[-3:], len(ends), beside)


class _Seen(NamedTuple):
    """What the kinds, times or places of a post are to each other.

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


def _signs(place: int, tag: Tag, seen: _Seen, around: _Around, service: str) -> list[str]:
    """Signs that kinds, times and places have alike: where they stand, and between which words."""
    text, field = around.text.text, tag.field
    before = text[max(0, tag.begin - _BEFORE) : tag.begin].split(" ")[-3:]
    behind = text[tag.end : tag.end + _BEHIND].split(" ")[:4]
    return [
        f"field {field}",
        f"{field} {min(around.sentences, 4)}",
        f"{service} {field} {min(around.sentences, 3)}",
        f"service {service}",
        f"of {min(seen.times, 6)}",
        f"number {min(place, 5)}",
        f"from last {min(seen.times - 1 - place, 3)}",
        f"named {min(seen.values[tag.value], 3)}",
        f"titled {tag.value in seen.titled} {field}",
        f"captioned {tag.value in seen.captioned} {field}",
        *[f"before {distance} {word}" for distance, word in enumerate(reversed(before))],
        *[f"before {word[-2:]}" for word in before],
        *[f"behind {distance} {word[:3]}" for distance, word in enumerate(behind)],
        *[f"behind {word[:2]}" for word in behind],
        f"between {before[-1][-2:]} {behind[0][:2]}",
        *[f"sentence {word[:2]}" for word in around.words],
        f"ends {around.ending}",
        f"ends {around.ending[-2:]}",
        f"spoken {around.text.speaks_at(tag.begin)}",
        f"event word {any(other.kind == 'what' and other.is_event for other in around.beside)}",
        f"person {any(other.kind in ('who', 'person') for other in around.beside)}",
    ]


def _kind(value: str) -> str:
    """The sign that a kind is one of those that were learned."""
    return f"kind {value}"


def _signs_of_kind(tag: Tag, seen: _Seen, around: _Around, post: Post) -> list[str]:
    """Which word says the kind, what stands around it and in the title, and which other kinds are named."""
    kind, text = _kind(tag.value), around.text.text
    beside = around.beside
    return [
        kind,
        f"{kind} {tag.field}",
        f"{kind} {post.service}",
        f"{kind} before {text[max(0, tag.begin - 2) : tag.begin]}",
        f"{kind} behind {text[tag.end : tag.end + 2]}",
        f"{kind} ends {around.ending[-2:]}",
        f"word {tag.surface}",
        f"word {tag.surface} {tag.field}",
        f"{kind} person {any(other.kind in ('who', 'person') for other in beside)}",
        f"{kind} place {any(other.kind == 'where' and other.is_event for other in beside)}",
        f"{kind} time {any(other.kind == 'when' and other.is_event for other in beside)}",
        *[f"{kind} rival {other}" for other in seen.values if other != tag.value],
        f"kinds {min(len(seen.values), 4)}",
        *[f"{kind} sentence {word[:2]}" for word in around.words],
        *[f"{kind} title {word}" for word in post.title_words],
    ]


def _signs_of_no_kind(seen: _Seen, post: Post) -> list[str]:
    """Which kinds are named though nothing happens, and what else the post names."""
    return [
        f"none of kinds {min(len(seen.values), 3)}",
        *[f"none beside {kind}" for kind in seen.values],
        *[f"none title {word}" for word in post.title_words],
        f"none person {any(tag.kind == 'who' for tag in post.tags)}",
        f"none time {any(tag.kind == 'when' and tag.is_event for tag in post.tags)}",
        f"none place {any(tag.kind == 'where' and tag.is_event for tag in post.tags)}",
    ]


def _signs_of_time(tag: Tag, seen: _Seen, around: _Around, post: Post) -> list[str]:
    """How far a time is from the day of publishing and what the other times are to it."""
    day, distance, days = tag.value[:10], _distance(tag.value, post.published), min(len(seen.days), 4)
    return [
        f"precision {tag.precision}",
        f"distance {distance}",
        f"distance {distance} {tag.precision}",
        f"distance {distance} {post.event}",
        f"distance {distance} ends {around.ending[-2:]}",
        f"finer {any(value != tag.value and value.startswith(day) for value in seen.values)} {tag.precision}",
        f"earliest {seen.days[:1] == [day]} {days}",
        f"latest {seen.days[-1:] == [day]} {days}",
        f"behind {around.text.text[tag.end : tag.end + 2]} {tag.precision}",
    ]


def _signs_of_place(tag: Tag, seen: _Seen, around: _Around, post: Post) -> list[str]:
    """What a place is called, which particle it has, and whether it lies in another that is named."""
    name, last = tag.surface, tag.surface[-1:]
    return [
        f"particle {tag.josa}",
        f"role {tag.role}",
        f"role {tag.role} {post.event}",
        f"role {tag.role} {post.service} {last}",
        f"particle {tag.josa} {last}",
        f"particle {tag.josa} ends {around.ending[-2:]}",
        f"particle {tag.josa} {post.service} {tag.field}",
        f"called {last}",
        f"called {name[-2:]}",
        f"called {name[-2:]} {post.event}",
        f"called {name[:2]}-",
        f"letters {min(len(name), 10)}",
        f"within another {any(value != tag.value and tag.value in value for value in seen.values)}",
        f"holds another {any(value != tag.value and value in tag.value for value in seen.values)}",
        f"event time {any(other.kind == 'when' and other.is_event for other in around.beside)}",
    ]


_SIGNS_OF = {"what": _signs_of_kind, "when": _signs_of_time, "where": _signs_of_place}


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
