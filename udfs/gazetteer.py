"""Names to look for in text: one automaton of all names for plain Python, and one regular expression of them for Spark NLP.

A lookup costs the same however many names there are: each position of the text walks down one trie of characters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

FEW = 16
"""Branches of an alternation that are tried one after the other."""


@dataclass
class Gazetteer:
    """Surface forms with what they stand for.

    Attributes:
        meanings: surface form -> values, in the order given.
    """

    meanings: dict[str, tuple[Any, ...]]
    _trie: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, forms: Iterable[tuple[str, Any]]) -> Gazetteer:
        """A gazetteer from (surface form, value); a form with spaces is found without them, too.

        Examples:
            >>> list(Gazetteer.of([("단독 콘서트", 1), ("콘서트", 2)]).find("단독콘서트"))
            [(0, 5, '단독콘서트'), (2, 5, '콘서트')]
        """
        gathered: dict[str, list[Any]] = {}
        for form, value in forms:
            for key in spellings(form):
                if value not in gathered.setdefault(key, []):
                    gathered[key].append(value)
        gazetteer = cls({key: tuple(values) for key, values in sorted(gathered.items())})
        for key in gazetteer.meanings:
            node = gazetteer._trie
            for character in key:
                node = node.setdefault(character, {})
            node[""] = key
        return gazetteer

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The longest match (begin, end, form) at every position, overlapping ones included, in order of their begin."""
        for begin, character in enumerate(text):
            node = self._trie.get(character)
            if node is None:
                continue
            best = (begin + 1, node[""]) if "" in node else None
            for position in range(begin + 1, len(text)):
                node = node.get(text[position])
                if node is None:
                    break
                if "" in node:
                    best = (position + 1, node[""])
            if best is not None:
                yield begin, best[0], best[1]

    def pattern(self) -> str:
        """A regular expression (Java and Python) that finds the longest form at a position, its common beginnings written once."""
        return _pattern(self._trie) if self._trie else "(?!)"


def spellings(form: str) -> tuple[str, ...]:
    """A name as it is written with single blanks and, where it has any, without them; nothing for a blank one.

    Examples:
        >>> spellings("별  무리"), spellings("별무리"), spellings(" ")
        (('별 무리', '별무리'), ('별무리',), ())
    """
    written = " ".join(form.split())
    return tuple(dict.fromkeys(spelling for spelling in (written, written.replace(" ", "")) if spelling))


def any_of(words: Iterable[str]) -> str:
    """A regular expression of some words, the longest that fits first, in which common beginnings are written once.

    Where hardly any word begins as the text does it is found much sooner than with the words one after the other.

    Examples:
        >>> any_of(["공원", "공항", "돔"])
        '(?:공(?:원|항)|돔)'
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[""] = word
    # every branch begins with a letter: Python goes straight to where one of these stands
    return _one_of([re.escape(character) + _rest(node) for character, node in sorted(trie.items())])


def _pattern(node: dict[str, Any]) -> str:
    branches = [
        (re.escape(character), re.escape(character) + _rest(following)) for character, following in sorted(node.items()) if character
    ]
    if len(branches) <= FEW:
        return _one_of([branch for _, branch in branches])
    # an alternation is tried branch by branch at every position: ranges of first characters rule most of them out
    size = math.isqrt(len(branches))
    parts = [branches[first : first + size] for first in range(0, len(branches), size)]
    return _one_of([f"(?=[{part[0][0]}-{part[-1][0]}])" + _one_of([branch for _, branch in part]) for part in parts])


def _one_of(branches: list[str]) -> str:
    return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"


def _rest(node: dict[str, Any]) -> str:
    chain = []
    while len(node) == 1 and "" not in node:  # a form that no other one shares a step with: however long, without a call a letter
        ((character, node),) = node.items()
        chain.append(re.escape(character))
    children = {character: following for character, following in node.items() if character}
    if children:
        inner = _pattern(children)
        chain.append(f"(?:{inner})?" if "" in node else inner)
    return "".join(chain)


def without_overlaps(matches: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Leftmost, then longest matches, none inside another.

    Examples:
        >>> without_overlaps([(0, 2, "a"), (0, 4, "b"), (3, 5, "c")])
        [(0, 4, 'b')]
    """
    kept: list[tuple[int, int, str]] = []
    for match in sorted(matches, key=lambda match: (match[0], -match[1], match[2])):
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept
