"""Search words: how they are normalised, and how a query is cut into words that the index knows.

The index holds terms in lower case without spaces and marks (팬 미팅, 팬미팅 and 팬-미팅 are one term), words of sentences with and
without the particle. A query is cut the same way: what is known as a whole stays whole, else a particle is taken off, else a
compound is cut into the fewest known parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

LONGEST_TERM = 30
# Longest first: an expression tries them in this order, on both sides (Java's and Python's syntax alike).
PARTICLES = (
    "에서는", "에서도", "으로는", "으로도", "이라는", "에게서", "한테서", "에서", "에게", "께서", "한테", "으로", "까지", "부터",
    "처럼", "보다", "마다",
    "이나", "이랑", "하고", "에는", "에도", "라는", "은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만", "랑",
)  # fmt: skip
PARTICLE_PATTERN = "^([가-힣]{2,}?)(?:" + "|".join(PARTICLES) + ")$"
NOT_LETTERS = r"[^\p{L}\p{N}]+"  # Java's syntax, for Spark SQL
_PARTICLE = re.compile(PARTICLE_PATTERN)
_LONGEST_PHRASE = 3
_SHORTEST_PART = 2
_STRIPPED, _SPLIT = 0.9, 0.8


@dataclass(frozen=True)
class Wanted:
    """One thing that a query asks for.

    Attributes:
        word: the word as the user wrote it.
        terms: terms of the index that answer it, with a factor in (0, 1] for how literal the answer is.
        required: false for a phrase that only strengthens what its words found.
    """

    word: str
    terms: tuple[tuple[str, float], ...]
    required: bool = True


def normalise(text: str) -> str:
    """The form in which a term is kept: composed letters, lower case, only letters and digits."""
    composed = unicodedata.normalize("NFC", text).lower()
    return "".join(character for character in composed if unicodedata.category(character)[0] in "LN")


def split_words(query: str) -> list[str]:
    """The words of a query, normalised, in order; what holds no letter or digit is left out."""
    return [word for word in map(normalise, query.split()) if word]


def without_particle(word: str) -> str:
    """The word without its particle, where at least two syllables remain; else the word: 공항에서 -> 공항."""
    return _PARTICLE.sub(r"\1", word)


def candidates(query: str) -> list[str]:
    """Every string of a query that could be a term, in order of characters: what to look up in the index.

    Args:
        query: what the user typed.
    """
    words = split_words(query)
    found: set[str] = set()
    for word in words:
        found.add(word)
        found.add(without_particle(word))
        found.update(word[i:j] for i in range(len(word)) for j in range(i + _SHORTEST_PART, min(len(word), i + LONGEST_TERM) + 1))
    for phrase in _phrases(words):
        found.update((phrase, without_particle(phrase)))
    return sorted(term for term in found if len(term) <= LONGEST_TERM)


def understand(query: str, known: Collection[str]) -> list[Wanted]:
    """Cuts a query into what is asked for, given which of its candidates the index knows.

    Args:
        query: what the user typed.
        known: the terms of `candidates(query)` that the index has.

    Returns:
        One entry a wanted thing, in order; a word that nothing answers is an entry without terms.
    """
    words = split_words(query)
    wanted: list[Wanted] = []
    for word in words:
        wanted.extend(_answer(word, known))
    for phrase in _phrases(words):
        terms = tuple((term, 1.0) for term in dict.fromkeys((phrase, without_particle(phrase))) if term in known)
        if terms:
            wanted.append(Wanted(phrase, terms, required=False))
    return wanted


def _phrases(words: Sequence[str]) -> Iterable[str]:
    for size in range(2, _LONGEST_PHRASE + 1):
        for start in range(len(words) - size + 1):
            yield "".join(words[start : start + size])


def _answer(word: str, known: Collection[str]) -> list[Wanted]:
    stem = without_particle(word)
    if word in known:
        terms = [(word, 1.0)] + ([(stem, _STRIPPED)] if stem != word and stem in known else [])
        return [Wanted(word, tuple(terms))]
    if stem in known:
        return [Wanted(word, ((stem, 1.0),))]
    parts = _cut(stem, known) or _cut(word, known)
    if parts:
        return [Wanted(part, ((part, _SPLIT if len(parts) == 1 else 1.0),)) for part in parts]
    return [Wanted(word, ())]


def _cut(word: str, known: Collection[str]) -> list[str]:
    """The known parts that cover most of a word, then the fewest, then the longest first one."""
    best: list[tuple[int, int, list[str]]] = [(0, 0, [])]  # per prefix: letters left over, number of parts, the parts
    for end in range(1, len(word) + 1):
        left, count, parts = best[end - 1]
        options = [(left + 1, count, parts)]
        for start in range(end - _SHORTEST_PART, max(-1, end - LONGEST_TERM - 1), -1):
            if word[start:end] in known:
                left, count, parts = best[start]
                options.append((left, count + 1, [*parts, word[start:end]]))
        best.append(min(options, key=lambda option: (option[0], option[1], [-len(part) for part in option[2]])))
    left, _, parts = best[-1]
    return parts if parts and left <= len(word) // 3 else []
