"""Sentences with other words in them: a network that has seen a sentence with many names and nouns learns the sentence, not the words."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from udfs.annotator_corpora import Sentence, Span

SHARE = 0.8
SHARES_OF_NOUNS = {"NNG": 0.45, "NNP": 0.7}
LENGTHS_OF_NOUNS = {"NNG": (2, 2), "NNP": (2, 5)}
"""Longer common nouns are often two morphemes by another corpus's count."""
_FLATTENED = 0.35
"""Exponent of a noun's frequency: rare ones are what is to be learned."""
_SAY_OF_NAMES = 0.7
"""How often a name of a gazetteer is drawn, beside the proper nouns of the treebank."""


def swap_names(sentence: Sentence, names: Mapping[str, Sequence[str]], *, seed: int) -> Sentence:
    """Puts names of a gazetteer in the place of a sentence's entities.

    A name is replaced by one that ends alike, so that the particle behind it stays right; the same name is replaced by the same one
    throughout. Names with anything but Hangul in them stay.

    Args:
        sentence: with entities.
        names: entity type -> names.
        seed: of the choice.

    Returns:
        The sentence with other names and their spans, without morphemes; the same sentence when nothing was replaced.
    """
    generator = random.Random(seed)
    chosen: dict[str, str] = {}
    for begin, end, kind in sentence.entities:
        old = sentence.text[begin:end]
        alike = names.get(kind) or ()
        if old in chosen or not alike or not _is_hangul(old) or generator.random() > SHARE:
            continue
        fitting = next((name for name in generator.choices(alike, k=20) if _closed(name) == _closed(old) and name != old), None)
        if fitting is not None:
            chosen[old] = fitting
    if not chosen:
        return sentence
    kinds = {kind for _, _, kind in sentence.entities}
    text, spans = _replaced(sentence.text, sorted(sentence.entities), {(old, kind): new for old, new in chosen.items() for kind in kinds})
    return Sentence(text, [], spans)


@dataclass(frozen=True)
class Nouns:
    """Nouns to draw from: (tag, sound at the end) -> nouns and their weights, added up."""

    drawn: Mapping[tuple[str, int], tuple[list[str], list[float]]]

    @classmethod
    def of(cls, sentences: Iterable[Sentence], names: Iterable[str]) -> Nouns:
        """The nouns of a treebank, and names that count as proper nouns."""
        counts: Counter[tuple[str, str]] = Counter()
        for sentence in sentences:
            counts.update((tag, sentence.text[begin:end]) for begin, end, tag in sentence.morphemes if tag in SHARES_OF_NOUNS)
        weights: dict[tuple[str, int], dict[str, float]] = {}
        for (tag, noun), count in sorted(counts.items()):
            if _can_be_swapped(tag, noun):
                weights.setdefault((tag, _ending(noun)), {})[noun] = count**_FLATTENED
        listed: dict[int, list[str]] = {}
        for name in sorted(set(names)):
            if _can_be_swapped("NNP", name):
                listed.setdefault(_ending(name), []).append(name)
        for ending, some in listed.items():
            known = weights.setdefault(("NNP", ending), {})
            each = _SAY_OF_NAMES * (sum(known.values()) or 1.0) / len(some)
            for name in some:
                known[name] = known.get(name, 0.0) + each
        return cls({place: (list(some), list(accumulate(some.values()))) for place, some in weights.items()})


def swap_nouns(sentence: Sentence, nouns: Nouns, *, seed: int) -> Sentence:
    """Puts other nouns in the place of a sentence's common and proper nouns, as `swap_names` does with entities.

    Args:
        sentence: with morphemes.
        nouns: to draw from.
        seed: of the choice.

    Returns:
        The sentence with other nouns and its morphemes, without entities; the same sentence when nothing was replaced.
    """
    generator = random.Random(seed)
    chosen: dict[tuple[str, str], str] = {}
    for begin, end, tag in sentence.morphemes:
        old = sentence.text[begin:end]
        if tag not in SHARES_OF_NOUNS or (old, tag) in chosen or not _can_be_swapped(tag, old):
            continue
        some, weights = nouns.drawn.get((tag, _ending(old)), ([], []))
        if some and generator.random() < SHARES_OF_NOUNS[tag]:
            chosen[old, tag] = generator.choices(some, cum_weights=weights)[0]
    if not chosen:
        return sentence
    text, spans = _replaced(sentence.text, sentence.morphemes, chosen)
    return Sentence(text, spans)


def _replaced(text: str, spans: Sequence[Span], chosen: Mapping[tuple[str, str], str]) -> tuple[str, list[Span]]:
    """The text with other words for (word, kind) of some spans, and where the spans are in it."""
    pieces: list[str] = []
    moved: list[Span] = []
    length = position = 0
    for begin, end, kind in spans:
        old = text[begin:end]
        new = chosen.get((old, kind), old)
        pieces += [text[position:begin], new]
        length += begin - position
        moved.append((length, length + len(new), kind))
        length += len(new)
        position = end
    return "".join([*pieces, text[position:]]), moved


def _can_be_swapped(tag: str, noun: str) -> bool:
    shortest, longest = LENGTHS_OF_NOUNS[tag]
    return shortest <= len(noun) <= longest and _is_hangul(noun)


def _is_hangul(word: str) -> bool:
    return all("가" <= letter <= "힣" for letter in word)


def _closed(name: str) -> bool:
    """Whether a name ends in a consonant: that decides 이 or 가, 은 or 는."""
    return (ord(name[-1]) - 0xAC00) % 28 > 0


def _ending(noun: str) -> int:
    """0 for a vowel at the end, 1 for a consonant, 2 for ㄹ: that decides 로 or 으로, too."""
    final = (ord(noun[-1]) - 0xAC00) % 28
    return 2 if final == 8 else int(final > 0)
