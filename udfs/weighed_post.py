"""A post as its kinds, times and places are weighed against each other (`udfs.event_choice`), and what stands around each of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from udfs.lazy import Lazy
from udfs.post_text import FIELD_ORDER, Tag, TextField

QUESTIONS = ("what", "when", "where")
"""The kinds of tags among which is chosen."""
_BEFORE, _BEHIND = 30, 30  # letters that are read on either side
_CLOSES = re.compile(r"[.!?\n]")
MOST_READ = 300
"""Words of each text, from its begin, that speak for or against a kind: a long text costs no more than its share."""
_SENTENCE = 1000  # letters of a sentence that are read on either side of a tag
_begin = attrgetter("begin")
_MARKS = "“”‘’\"'.,…!?()[]"


class Alternative(NamedTuple):
    """What can be chosen.

    Attributes:
        value: the kind, time or place, None for "none of them".
        signs: what is known of it.
        by_rules: whether the rules chose it.
        added: the tag of what the rules do not take for a place or a kind, None for what they found.
    """

    value: str | None
    signs: list[str]
    by_rules: bool
    added: Tag | None = None


@dataclass
class Post:
    """A post as its kinds, times and places are weighed.

    Attributes:
        fields: its texts.
        tags: by the rules.
        service: where it was published.
        suggested: kinds that a word only suggests (`udfs.suggested_kinds`).
    """

    fields: Sequence[TextField]
    tags: Sequence[Tag]
    service: str
    suggested: Sequence[Tag] = ()

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
        """The first two letters of the words of its title, each once."""
        return _beginnings(text.text for text in self.fields if text.name == "title")

    @Lazy
    def all_words(self) -> list[str]:
        """The first two letters of all its words, each once."""
        return _beginnings(text.text for text in self.fields)

    def tags_of(self, text: TextField) -> list[Tag]:
        """The tags of one of its texts, in order."""
        return self._by_text.get((text.name, text.position), [])

    @Lazy
    def _by_text(self) -> dict[tuple[str, int | None], list[Tag]]:
        found: dict[tuple[str, int | None], list[Tag]] = {}
        for tag in self.tags:
            found.setdefault((tag.field, tag.photo_position), []).append(tag)
        for tags in found.values():
            tags.sort(key=_begin)
        return found

    def sentence_ends(self, text: TextField) -> list[int]:
        """Where the sentences of one of its texts end, in order: behind their full stops."""
        return self._ends_by_text[text.name, text.position]

    @Lazy
    def _ends_by_text(self) -> dict[tuple[str, int | None], list[int]]:
        return {(text.name, text.position): [match.end() for match in _CLOSES.finditer(text.text)] for text in self.fields}

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

    def without(self, kind: str, values: Collection[str]) -> Post:
        """The post as if nothing had been found that says one of some values."""
        return Post(self.fields, [tag for tag in self.tags if tag.kind != kind or tag.value not in values], self.service, self.suggested)


def _beginnings(texts: Iterable[str]) -> list[str]:
    return sorted({word.strip(_MARKS)[:2] for text in texts for word in text.split(maxsplit=MOST_READ)[:MOST_READ]} - {""})


def words_around(text: str, begin: int, end: int) -> tuple[list[str], list[str]]:
    """The words on either side of a span.

    Returns:
        Three words before it, the last one a part of its own word or empty; what is left of its own word, and three words behind it.
    """
    return text[max(0, begin - _BEFORE) : begin].split(" ")[-3:], text[end : end + _BEHIND].split(" ")[:4]


def signs_of_words(before: Sequence[str], behind: Sequence[str], prefix: str = "") -> list[str]:
    """Which words stand on either side, by their distance and anywhere."""
    return [
        *[f"{prefix}before {distance} {word}" for distance, word in enumerate(reversed(before))],
        *[f"{prefix}before {word[-2:]}" for word in before],
        *[f"{prefix}behind {distance} {word[:3]}" for distance, word in enumerate(behind)],
        *[f"{prefix}behind {word[:2]}" for word in behind],
    ]


class Around(NamedTuple):
    """What stands around a kind's word, a time or a place.

    Attributes:
        text: its field.
        before, behind: `words_around` it.
        words: of its sentence.
        ending: the last letters of its sentence, its verb's.
        sentences: how many stand before its own.
        beside: the other tags of its sentence.
    """

    text: TextField
    before: list[str]
    behind: list[str]
    words: list[str]
    ending: str
    sentences: int
    beside: list[Tag]

    @classmethod
    def of(cls, tag: Tag, post: Post) -> Around:
        """What stands around a tag of a post."""
        text = post.texts[tag.field, tag.photo_position]
        ends = post.sentence_ends(text)
        number, closes = bisect_right(ends, tag.begin), bisect_right(ends, tag.end)
        begin, end = ends[number - 1] if number else 0, ends[closes] - 1 if closes < len(ends) else len(text.text)
        begin, end = max(begin, tag.begin - _SENTENCE), min(end, tag.end + _SENTENCE)
        words, tags = text.text[begin:end].split(" "), post.tags_of(text)
        beside = tags[bisect_left(tags, begin, key=_begin) : bisect_left(tags, end, key=_begin)]
        before, behind = words_around(text.text, tag.begin, tag.end)
        return cls(text, before, behind, words, words[-1].rstrip('”"’ )')[-3:], number, beside)
