"""A post as the taggers see it: its fields, what the gazetteers found in them, and the tags that come out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from udfs.gazetteer import Gazetteer, spellings
from udfs.korean_dates import find_times
from udfs.korean_words import Word, words_by_rule
from udfs.lazy import Lazy
from udfs.phrase_weights import PhraseWeights
from udfs.spans import covering, first_behind
from udfs.time_mention import FAR, TimeMention

Match = tuple[int, int, str]
_BLANKS = "\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
UNUSUAL_LETTERS = _BLANKS + _WIDE
USUAL_LETTERS = " " * len(_BLANKS) + "".join(map(chr, range(0x21, 0x7F)))
"""Blanks of every kind (that of web pages, \\r, those without width) and full-width letters (２２일), and what is read for them."""
UNUSUAL_PATTERN = "[\\r\\u00a0\\u1680\\u2000-\\u200b\\u202f\\u205f\\u3000\\ufeff\\uff01-\\uff5e]"
"""The unusual ones as a regular expression, in ranges: with a class of single letters Java compares every character of a text."""
_USUAL = str.maketrans(UNUSUAL_LETTERS, USUAL_LETTERS)


def usual_letters(text: str) -> str:
    """A text as the taggers read it, character for character: plain blanks, no full-width letters.

    Examples:
        >>> usual_letters("３월\u00a0５일（목）")
        '3월 5일(목)'
    """
    return text.translate(_USUAL)


FIELD_ORDER = {"title": 0, "body": 1, "caption": 2}
"""The fields of a post as they are read."""


@dataclass(frozen=True)
class Celebrity:
    """A person or group of the reference list."""

    celebrity_id: str
    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    occupation: str = ""


@dataclass(frozen=True)
class Place:
    """A place of the reference list or of the gazetteer that Hwabo ships."""

    value: str
    kind: str


@dataclass(frozen=True)
class EventKind:
    """A kind of event (see conf/event_kinds.yaml)."""

    kind: str
    label: str
    words: tuple[str, ...]
    hints: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    priority: int = 0
    without_person: bool = False
    suggestions: tuple[str, ...] = ()


@dataclass
class Reference:
    """Everything that posts are compared with; built once on the driver and sent to the workers.

    Attributes:
        celebrities: by id.
        names: name, alias -> celebrity ids.
        groups: group -> ids of its members.
        places: names and aliases of places.
        kinds: event kinds by id.
        kind_words: word -> (kind, weight); kind "" for words that mean something else.
        suggestions: word -> kinds that it only suggests (`udfs.suggested_kinds`).
        occupations: word -> occupation ids.
        other_titles: titles of people outside the list's occupations.
        common_words: ordinary words that are somebody's name, too.
        phrase_weights: what a key phrase's features count (`udfs.phrase_features`).
        choice_weights: by question what the signs of a kind, time or place count (`udfs.event_choice`); {} for the rules alone.
    """

    celebrities: dict[str, Celebrity]
    names: Gazetteer
    groups: dict[str, tuple[str, ...]]
    places: Gazetteer
    kinds: dict[str, EventKind]
    kind_words: Gazetteer
    suggestions: Gazetteer
    occupations: dict[str, frozenset[str]]
    other_titles: frozenset[str]
    common_words: frozenset[str]
    phrase_weights: PhraseWeights
    choice_weights: Mapping[str, Mapping[str, float]]

    @Lazy
    def suggestions_pattern(self) -> re.Pattern[str]:
        """Finds the words that suggest kinds, the longest at each place."""
        return re.compile(self.suggestions.pattern())

    @Lazy
    def occupation_ends(self) -> frozenset[str]:
        """The last two letters of every occupation: most words end otherwise and need not be looked up."""
        return frozenset(word[-2:] for word in self.occupations)

    def is_place(self, form: str, kinds: Collection[str]) -> bool:
        """Whether a form is the name of a listed place of one of some kinds."""
        return any(place.kind in kinds for place in self.places.meanings.get(form, ()))

    @classmethod
    def of(
        cls,
        celebrities: Sequence[Celebrity],
        places: Sequence[tuple[str, Place]],
        kinds: Sequence[EventKind],
        occupations: Sequence[Mapping[str, Any]],
        common_words: Sequence[str],
        phrase_weights: Mapping[str, float] | None = None,
        choice_weights: Mapping[str, Mapping[str, float]] | None = None,
    ) -> Reference:
        """Indexes the lists; without learned weights key phrases are judged by the weight of their places, times and places by rules."""
        celebrities = [
            replace(person, groups=tuple(dict.fromkeys(form for group in person.groups for form in spellings(group))))
            for person in celebrities
        ]
        names = [(form, person.celebrity_id) for person in celebrities for form in (person.name, *person.aliases) if form.strip()]
        groups: dict[str, list[str]] = {}
        for person in celebrities:
            for group in person.groups:
                groups.setdefault(group, []).append(person.celebrity_id)
        words: list[tuple[str, tuple[str, float]]] = []
        for kind in kinds:
            words.extend((word, (kind.kind, 1.0)) for word in kind.words)
            words.extend((word, (kind.kind, 1 / 3)) for word in kind.hints)
            words.extend((word, ("", 0.0)) for word in kind.excluded)
        titles: dict[str, set[str]] = {}
        for entry in occupations:
            for word in entry["words"]:
                for form in spellings(word):
                    titles.setdefault(form, set()).add(str(entry["id"]))
        others = {form for entry in occupations if entry.get("other") for word in entry["words"] for form in spellings(word)}
        listed = {person.occupation for person in celebrities}
        return cls(
            {person.celebrity_id: person for person in celebrities},
            Gazetteer.of([*names, *((group, "") for group in groups)]),
            {group: tuple(sorted(members)) for group, members in groups.items()},
            Gazetteer.of(places),
            {kind.kind: kind for kind in kinds},
            Gazetteer.of(words),
            Gazetteer.of((word, kind.kind) for kind in kinds for word in kind.suggestions),
            {word: frozenset(ids) for word, ids in titles.items()},
            frozenset(form for form in others if not titles[form] & listed),
            frozenset(common_words),
            PhraseWeights(phrase_weights or {"weight": 1.0}),
            choice_weights or {},
        )


_QUOTED = re.compile(r"[‘'<〈《](?<![A-Za-z0-9].)([^\s‘’'<>〈〉《》“”\"][^‘’'<>〈〉《》“”\"\n]{0,23})[’'>〉》]")


@dataclass
class TextField:
    """One field of a post.

    Attributes:
        name: title, body or caption.
        text: as written.
        position: of the photo whose caption it is.
        names, places, kinds: what the gazetteers found (begin, end, form).
        read: words by the annotator; None without one.
        entities: by the annotator (begin, end, type).
    """

    name: str
    text: str
    published: datetime
    position: int | None = None
    names: list[Match] = field(default_factory=list)
    places: list[Match] = field(default_factory=list)
    kinds: list[Match] = field(default_factory=list)
    read: list[Word] | None = None
    entities: list[Match] = field(default_factory=list)

    @Lazy
    def words(self) -> list[Word]:
        """Words of the text in order."""
        return words_by_rule(self.text) if self.read is None else self.read

    @Lazy
    def times(self) -> list[TimeMention]:
        """Times of the text in order."""
        return find_times(self.text, self.published)

    def times_between(self, begin: int, end: int) -> Sequence[TimeMention]:
        """Times that begin at one of some characters."""
        return self.times[first_behind(self.times, begin) : first_behind(self.times, end)]

    def next_time(self, position: int) -> int:
        """Where the next time begins at a character or behind it; far behind the text where there is none."""
        index = first_behind(self.times, position)
        return self.times[index].begin if index < len(self.times) else len(self.text) + FAR

    @Lazy
    def latest_time(self) -> str:
        """The last of the times that begin, "" where there is none."""
        return max((mention.first for mention in self.times), default="")

    @Lazy
    def persons(self) -> list[Match]:
        """Entities that are persons."""
        return [entity for entity in self.entities if entity[2] == "PS"]

    @Lazy
    def quoted(self) -> list[tuple[int, int]]:
        """What stands between single quotation marks or angle brackets, in order: names of works (‘국경의 밤’), a headline's own words."""
        return [match.span(1) for match in _QUOTED.finditer(self.text)]

    def quotation_of(self, begin: int, end: int) -> tuple[int, int] | None:
        """The quoted words in which a span stands."""
        return covering(self.quoted, begin, end)

    def speaks_at(self, position: int) -> bool:
        """Whether more double quotation marks open than close before a character: somebody's own words stand there."""
        return bisect_left(self._opening, position) > bisect_left(self._closing, position)

    def speech_begin(self, position: int) -> int | None:
        """The last double quotation mark that opens before a character, None when it is closed before it, too."""
        opened, closed = bisect_left(self._opening, position), bisect_left(self._closing, position)
        opens = self._opening[opened - 1] if opened else -1
        return opens if opened and not (closed and self._closing[closed - 1] > opens) else None

    @Lazy
    def _opening(self) -> list[int]:
        return [match.start() for match in re.finditer("“", self.text)]

    @Lazy
    def _closing(self) -> list[int]:
        return [match.start() for match in re.finditer("”", self.text)]

    def sentence_begin(self, position: int) -> int:
        """Where the sentence of a character begins: behind the last end of one before it."""
        index = bisect_right(self._sentences, position)
        return self._sentences[index - 1] if index else 0

    @Lazy
    def _sentences(self) -> list[int]:
        return [match.end() for match in _SENTENCE_CLOSES.finditer(self.text)]

    @Lazy
    def first_sentence_end(self) -> int:
        """Where the first sentence of the field ends."""
        return first_sentence_end(self.text)

    def word_at(self, position: int) -> int | None:
        """Index of the word that covers a character."""
        index = first_behind(self.words, position + 1) - 1
        return index if index >= 0 and position < self.words[index].end else None


def anywhere(pattern: re.Pattern[str], fields: Sequence[TextField]) -> bool:
    """Whether a pattern is found in any field of a post."""
    return any(pattern.search(text.text) is not None for text in fields)


_SENTENCE_CLOSES = re.compile(r"[.!?\n](?:(?<=\n)|(?=[\s\"”’']|\Z))")


def first_sentence_end(text: str) -> int:
    """End of the first real sentence: behind 다./요./죠. or at the first blank line that follows at least 15 characters."""
    for match in _SENTENCE_CLOSES.finditer(text, 10):
        position = match.start()
        if text[position] == "\n":
            if position >= 15:
                return position
        elif not text[position - 1].isdigit():
            return position + 1
    return len(text)


class Tag(NamedTuple):
    """One row of text_tags without its post."""

    field: str
    photo_position: int | None
    kind: str
    surface: str
    value: str
    begin: int
    end: int
    josa: str | None
    role: str | None
    score: float
    precision: str | None = None
    is_event: bool | None = None

    @property
    def span(self) -> tuple[str, int | None, int, int]:
        """Where it stands: its field, the photo of a caption, begin and end in it."""
        return self.field, self.photo_position, self.begin, self.end
