"""Which of a post's kinds, times and places is its event's, by what labelled posts taught, beside the rules.

`udfs.what`, `udfs.when` and `udfs.where` name one kind, time and place by rules that people wrote. On posts that nobody had seen while
writing them, the words around a word for a kind, a time or a place tell more than those rules hold. So each of them has signs
(`alternatives`), each sign a weight, and the likeliest is the event's, or none is. The choice of the rules counts for `RULES` more. A place
can also be one that neither lists nor rules know (`udfs.unlisted_places`), a kind one that words only suggest (`udfs.suggested_kinds`), a
time the range of two days that a post tells apart (`udfs.told_ranges`).
A conditional logit (McFadden, "Conditional logit analysis of qualitative choice behavior", 1974) learns the weights:
`tests/benchmarks/learn_choices.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import repeat
from math import exp
from typing import NamedTuple

from udfs.post_text import Tag
from udfs.told_ranges import told_ranges
from udfs.unlisted_places import unlisted_places
from udfs.weighed_post import Alternative, Around, Post, signs_of_words

RULES = "rules"
"""The name under which a file of weights says how much the choice of the rules counts."""
UNNAMED = "unnamed"
"""The first sign of a kind that no word of a post says, and the first word of its other signs of that."""
SUGGESTED = "suggested"
"""The first sign of a kind that words only suggest, and the first word of its other signs of that."""
_NEAR_DAYS, _NEAR_WEEK = 2, 9


def settled(question: str, post: Post, weights: Mapping[str, float]) -> list[Tag]:
    """The tags of a question with `is_event` at the likeliest value; as they are where that is what the rules say.

    Args:
        question: one of `QUESTIONS`.
        post: the post with all its tags by the rules.
        weights: of the question's signs and of `RULES`, as `tests/benchmarks/learn_choices.py` writes them.
    """
    tags = post.of_kind(question)
    if not tags and not post.suggested and question != "where":
        return tags
    if question == "what" and any(tag.is_event and _learned(tag.value) not in weights for tag in tags):
        return tags  # a kind of a site's own lexicon, of which nothing was learned
    found = alternatives(question, post)
    if question == "what":  # nor is anything known of such a kind where words suggest it
        found = [one for one in found if one.added is None or _learned(one.added.value) in weights]
    scores = [likeliness(one, weights) for one in found]
    top = max(scores)
    best = found[scores.index(top)]
    if best.by_rules:
        return tags
    settled_tags = [tag._replace(is_event=tag.value == best.value) for tag in tags]
    if best.added is None:
        return settled_tags
    shares = [exp(score - top) for score in scores]
    of_best = [(one.added, share) for one, share in zip(found, shares, strict=True) if one.value == best.value]
    probability = round(sum(share for _, share in of_best) / sum(shares), 6)
    named = [tag._replace(score=probability, is_event=True) for tag, _ in of_best if tag is not None]
    if question == "when":  # a range in place of its first day
        spans = {tag.span for tag in named}
        settled_tags = [tag for tag in settled_tags if tag.span not in spans]
    return [*settled_tags, *named]


def likeliness(one: Alternative, weights: Mapping[str, float]) -> float:
    """The sum of an alternative's weights, rounded so that the order of adding does not decide."""
    return round(sum(map(weights.get, one.signs, repeat(0.0))) + one.by_rules * weights.get(RULES, 0.0), 6)


def alternatives(question: str, post: Post) -> list[Alternative]:
    """The kinds, times or places of a post, as often as it names them, then what may be one or suggests one, and at last "none".

    Args:
        question: one of `QUESTIONS`.
        post: the post with all its tags by the rules.
    """
    tags = post.of_kind(question)
    seen = _Seen.of(tags)
    own_signs = _SIGNS_OF[question]
    found = []
    for place, tag in enumerate(tags):
        around = Around.of(tag, post)
        signs = [*_signs(place, tag, seen, around, post.service), *own_signs(tag, seen, around, post)]
        found.append(Alternative(tag.value, signs, by_rules=tag.is_event is True))
    if question == "where":
        found += unlisted_places(post)
    elif question == "when":
        found += told_ranges(post)
    elif question == "what" and not post.event:
        found += [_suggested(tag, seen, post) for tag in post.suggested]
    none = ["none", f"none {post.service}", f"none of {min(len(tags), 4)}"]
    none += _signs_of_no_kind(seen, post) if question == "what" else [f"none {post.event}"]
    return [*found, Alternative(None, none, by_rules=not any(tag.is_event for tag in tags))]


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


def _signs(place: int, tag: Tag, seen: _Seen, around: Around, service: str) -> list[str]:
    """Signs that kinds, times and places have alike: where they stand, and between which words."""
    field = tag.field
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
        *signs_of_words(around.before, around.behind),
        f"between {around.before[-1][-2:]} {around.behind[0][:2]}",
        *[f"sentence {word[:2]}" for word in around.words],
        f"ends {around.ending}",
        f"ends {around.ending[-2:]}",
        f"spoken {around.text.speaks_at(tag.begin)}",
        f"event word {any(other.kind == 'what' and other.is_event for other in around.beside)}",
        f"person {any(other.kind in ('who', 'person') for other in around.beside)}",
    ]


def _suggested(tag: Tag, seen: _Seen, post: Post) -> Alternative:
    """A kind that a word only suggests."""
    kind, around = tag.value, Around.of(tag, post)
    signs = [SUGGESTED, f"suggested {kind}", f"suggested {kind} {tag.field}", f"suggested {kind} {tag.surface}"]
    return Alternative(kind, [*signs, *_signs_of_kind(tag, seen, around, post)], by_rules=False, added=tag)


def unnamed_kind(kind: str, post: Post) -> Alternative:
    """A kind that no word of a post says: never chosen, but from what else such posts say it is learned what speaks for a kind."""
    others = sorted({tag.value for tag in post.of_kind("what")})
    signs = [UNNAMED, f"unnamed {kind}", f"unnamed {kind} {post.service}", f"unnamed {kind} person {_of_person(post)}"]
    return Alternative(kind, [*signs, *[f"unnamed {kind} rival {other}" for other in others], *_signs_of_words(kind, post)], by_rules=False)


_KIND = "kind "


def _learned(kind: str) -> str:
    """The sign that a kind is one of those that were learned."""
    return _KIND + kind


def is_learned_kind(sign: str) -> bool:
    """Whether a sign says that a kind is one of those that were learned: such a weight is kept, however small."""
    return sign.startswith(_KIND)


def _signs_of_words(kind: str, post: Post) -> list[str]:
    """The words of a post, any of which can speak for a kind or for none."""
    return [*[f"{kind} word {word}" for word in post.all_words], *[f"{kind} title {word}" for word in post.title_words]]


def _signs_of_kind(tag: Tag, seen: _Seen, around: Around, post: Post) -> list[str]:
    """Which word says the kind, what stands around it, which other kinds are named, and all words of the post."""
    kind, text = tag.value, around.text.text
    beside = around.beside
    return [
        _learned(kind),
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
        *[f"{kind} rival {other}" for other in seen.values if other != kind],
        f"kinds {min(len(seen.values), 4)}",
        *_signs_of_words(kind, post),
    ]


def _signs_of_no_kind(seen: _Seen, post: Post) -> list[str]:
    """Which kinds are named though nothing happens, and what else the post says."""
    return [
        f"none of kinds {min(len(seen.values), 3)}",
        *[f"none beside {kind}" for kind in seen.values],
        f"none person {_of_person(post)}",
        f"none time {any(tag.kind == 'when' and tag.is_event for tag in post.tags)}",
        f"none place {any(tag.kind == 'where' and tag.is_event for tag in post.tags)}",
        *_signs_of_words("none", post),
    ]


def _of_person(post: Post) -> bool:
    return any(tag.kind == "who" for tag in post.tags)


def _signs_of_time(tag: Tag, seen: _Seen, around: Around, post: Post) -> list[str]:
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


def _signs_of_place(tag: Tag, seen: _Seen, around: Around, post: Post) -> list[str]:
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
