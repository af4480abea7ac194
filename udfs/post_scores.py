"""Scores the tags of posts against what people labelled: who, when, where, what, key phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TOP = 5


@dataclass
class FoundTags:
    """What was found in one post, by kind.

    Attributes:
        who: celebrity ids.
        about: those that the post is about.
        when, where, what: of the event, None for none.
        keyphrases: best first.
    """

    who: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    when: str | None = None
    where: str | None = None
    what: str | None = None
    keyphrases: list[str] = field(default_factory=list)


def found_tags(rows: Iterable[Mapping[str, Any]], *, about: float = 0.5) -> dict[str, FoundTags]:
    """Tags by post from rows of text_tags (post_id, kind, value, score, is_event, ...)."""
    found: dict[str, FoundTags] = defaultdict(FoundTags)
    phrases: dict[str, dict[str, float]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: (row["post_id"], row["kind"], -row["score"], row["value"])):
        tags = found[row["post_id"]]
        if row["kind"] == "who":
            tags.who.add(row["value"])
            if row["score"] >= about:
                tags.about.add(row["value"])
        elif row["kind"] in ("when", "where", "what") and row["is_event"] is True and getattr(tags, row["kind"]) is None:
            setattr(tags, row["kind"], row["value"])
        elif row["kind"] == "keyphrase":
            phrases[row["post_id"]].setdefault(row["value"], row["score"])
    for post, values in phrases.items():
        found[post].keyphrases = sorted(values, key=lambda value: (-values[value], value))
    return found


def post_scores(
    posts: Sequence[Mapping[str, Any]], found: Mapping[str, FoundTags], names: Mapping[str, str], places: Mapping[str, str] | None = None
) -> dict[str, float]:
    """Figures over labelled posts.

    Args:
        posts: records with post_id and truth {who, when, where, what, keyphrases}; `who` holds ids or names, `about` is optional.
        found: tags by post.
        names: name -> celebrity id, for truths that name people.
        places: name -> place, for truths that call a place by another name of the lists (신라호텔, 서울신라호텔).

    Returns:
        who_f1 (micro), about_f1 (where labelled), time_exact, where_f1, what_accuracy, keyphrase_p5, posts.
    """
    known = {plain(form): value for form, value in (places or {}).items()}
    who, about, where = [0, 0, 0], [0, 0, 0], [0, 0, 0]
    times = kinds = 0
    precisions = []
    for post in posts:
        truth, tags = post["truth"], found.get(post["post_id"], FoundTags())
        _count(who, _people(truth.get("who"), names), tags.who)
        if "about" in truth:
            _count(about, _people(truth["about"], names), tags.about)
        times += truth.get("when") == tags.when
        kinds += truth.get("what") == tags.what
        if truth.get("where"):
            where[2] += 1
        if tags.where:
            where[1] += 1
        place = truth.get("where")
        where[0] += same_place(place, tags.where) or same_place(known.get(plain(place or "")), tags.where)
        wanted = {plain(phrase) for phrase in truth.get("keyphrases") or ()}
        best = tags.keyphrases[:TOP]
        if wanted and best:
            precisions.append(sum(plain(phrase) in wanted for phrase in best) / len(best))
        elif wanted:
            precisions.append(0.0)
    count = max(len(posts), 1)
    figures = {
        "who_f1": _f1(who), "time_exact": times / count, "where_f1": _f1(where), "what_accuracy": kinds / count,
        "keyphrase_p5": sum(precisions) / max(len(precisions), 1), "posts": float(len(posts)),
    }  # fmt: skip
    if about[1] + about[2]:
        figures["about_f1"] = _f1(about)
    return {name: round(value, 4) for name, value in figures.items()}


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two names mean one place: equal but for spaces, or one is the other with its city or district before it.

    Examples:
        >>> same_place("올림픽공원 잔디마당", "잔디마당"), same_place("서울 코엑스", "코엑스"), same_place("부산", "벡스코")
        (True, True, False)
    """
    if not one or not other:
        return False
    first, second = plain(one), plain(other)
    return first == second or one.endswith(" " + other) or other.endswith(" " + one)


def plain(text: str) -> str:
    """Letters and digits of a phrase, small: what spaces and signs it has does not tell phrases apart."""
    return "".join(character for character in text.lower() if character.isalnum())


def _people(values: Any, names: Mapping[str, str]) -> set[str]:
    return {names.get(str(value), str(value)) for value in values or ()}


def _count(counts: list[int], wanted: set[str], got: set[str]) -> None:
    counts[0] += len(wanted & got)
    counts[1] += len(got)
    counts[2] += len(wanted)


def _f1(counts: Sequence[int]) -> float:
    return 2 * counts[0] / (counts[1] + counts[2]) if counts[1] + counts[2] else 1.0
