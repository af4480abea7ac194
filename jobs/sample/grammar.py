"""A small text grammar with Korean particles: many sentences from clauses that combine.

A template is ordinary text with four kinds of marks:

- ``{slot}`` is replaced by the value of that name;
- ``{a|b|}`` is one of the alternatives, which may hold marks themselves; an empty one leaves the clause out;
- ``{=rule}`` is one of the templates of that rule;
- ``~이`` is a particle (or ending) in the form that the last syllable before it asks for (한서윤이, 류세하가); a ``~`` that no
  particle follows is a tilde.

Templates are compiled once; an expansion is a walk over nested tuples, some ten microseconds a sentence.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jobs.errors import HwaboError

# marker: (after a final consonant, after a vowel); ~으로 and kin treat a final ㄹ as a vowel
PARTICLES: dict[str, tuple[str, str]] = {
    "이었": ("이었", "였"),
    "이에요": ("이에요", "예요"),
    "이다": ("이다", "다"),
    "이라": ("이라", "라"),
    "이랑": ("이랑", "랑"),
    "이나": ("이나", "나"),
    "이며": ("이며", "며"),
    "이자": ("이자", "자"),
    "으로": ("으로", "로"),
    "이": ("이", "가"),
    "은": ("은", "는"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "아": ("아", "야"),
}
_RIEUL = 8  # index of ㄹ among the 28 finals of a Hangul syllable
_DIGIT_FINALS = {"0": 21, "1": 8, "2": 0, "3": 16, "4": 0, "5": 0, "6": 1, "7": 8, "8": 8, "9": 0}
_LATIN_FINALS = {"l": 8, "m": 16, "n": 4, "r": 8}
_CLOSERS = "’”'\")]〉》』」 "


@dataclass(frozen=True, slots=True)
class Slot:
    """``{slot}``."""

    name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """``{=rule}``."""

    name: str


@dataclass(frozen=True, slots=True)
class Particle:
    """``~이``."""

    marker: str


@dataclass(frozen=True, slots=True)
class Choice:
    """``{a|b}``."""

    sequences: tuple[Sequence_, ...]


Node = str | Slot | Rule | Particle | Choice
Sequence_ = tuple[Node, ...]


@lru_cache(maxsize=65_536)
def final_consonant(text: str) -> int:
    """Index of the final consonant of the last spoken syllable of ``text``; 0 where it ends in a vowel.

    Quotation marks and brackets at the end are passed over; digits and Latin letters are read in Korean.
    """
    text = text.rstrip(_CLOSERS)
    if not text:
        return 0
    last = text[-1]
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28
    if last.isdigit():
        return _DIGIT_FINALS.get(last, 0)
    return _LATIN_FINALS.get(last.lower(), 0)


def particle(text: str, marker: str) -> str:
    """The form of the particle ``marker`` that stands after ``text``.

    >>> particle("한서윤", "이"), particle("노을", "으로"), particle("바다", "과")
    ('이', '로', '와')
    """
    after_consonant, after_vowel = PARTICLES[marker]
    final = final_consonant(text[-6:])
    if marker == "으로":
        return after_vowel if final in (0, _RIEUL) else after_consonant
    return after_consonant if final else after_vowel


def with_particle(text: str, marker: str) -> str:
    """``text`` followed by the fitting form of ``marker``."""
    return text + particle(text, marker)


class Grammar:
    """Rules compiled once and expanded many times.

    Args:
        rules: for each rule name its templates.

    Raises:
        HwaboError: a template names a rule that does not exist, or its marks are not closed.
    """

    def __init__(self, rules: Mapping[str, Sequence[str]]) -> None:
        self.rules: dict[str, tuple[Sequence_, ...]] = {}
        for name, templates in rules.items():
            self.rules[name] = tuple(_compile(template) for template in templates)
        for name, sequences in self.rules.items():
            for wanted in _rules_named_in(sequences):
                if wanted not in self.rules:
                    raise HwaboError(f"sample grammar: rule {name!r} names {wanted!r}, which does not exist")

    def __contains__(self, name: str) -> bool:
        return name in self.rules

    def expand(self, name: str, slots: Mapping[str, str], rng: random.Random) -> str:
        """One random sentence (or text) of the rule ``name``."""
        return self._text(_choose(self.rules[name], rng.random), slots, rng)

    def several(self, name: str, slots: Mapping[str, str], rng: random.Random, count: int) -> list[str]:
        """`count` sentences of the rule `name` (fewer when it has fewer templates), no template twice."""
        templates = self.rules[name]
        return [self._text(template, slots, rng) for template in rng.sample(templates, min(count, len(templates)))]

    def _text(self, template: Sequence_, slots: Mapping[str, str], rng: random.Random) -> str:
        out: list[str] = []
        self._walk(template, slots, rng.random, out)
        text = "".join(out).strip()
        while "  " in text:
            text = text.replace("  ", " ")
        return text

    def count(self, name: str) -> int:
        """How many ways the rule ``name`` can be written, slots counted once each."""
        return sum(_ways(sequence, self) for sequence in self.rules[name])

    def _walk(self, sequence: Sequence_, slots: Mapping[str, str], random_: Callable[[], float], out: list[str]) -> None:
        for node in sequence:
            if isinstance(node, str):
                out.append(node)
            elif isinstance(node, Slot):
                out.append(slots[node.name])
            elif isinstance(node, Choice):
                self._walk(_choose(node.sequences, random_), slots, random_, out)
            elif isinstance(node, Rule):
                self._walk(_choose(self.rules[node.name], random_), slots, random_, out)
            else:
                before = next((piece for piece in reversed(out) if piece.strip(_CLOSERS)), "")
                out.append(particle(before, node.marker))


def _choose(sequences: tuple[Sequence_, ...], random_: Callable[[], float]) -> Sequence_:
    count = len(sequences)
    return sequences[0] if count == 1 else sequences[int(random_() * count)]


def _compile(template: str) -> Sequence_:
    sequence, position = _parse(template, 0, top=True)
    if position != len(template):
        raise HwaboError(f"sample grammar: a mark is not closed or opened in {template!r}")
    return sequence


def _parse(template: str, position: int, *, top: bool) -> tuple[Sequence_, int]:
    nodes: list[Node] = []
    text: list[str] = []

    def flush() -> None:
        if text:
            nodes.append("".join(text))
            text.clear()

    while position < len(template):
        character = template[position]
        if character == "{":
            flush()
            node, position = _parse_mark(template, position + 1)
            nodes.append(node)
        elif character == "~":
            flush()
            marker = next((name for name in PARTICLES if template.startswith(name, position + 1)), None)
            nodes.append("~" if marker is None else Particle(marker))
            position += 1 + len(marker or "")
        elif character in "|}" and not top:
            break
        else:
            text.append(character)
            position += 1
    flush()
    return tuple(nodes), position


def _parse_mark(template: str, position: int) -> tuple[Node, int]:
    choices: list[Sequence_] = []
    while True:
        sequence, position = _parse(template, position, top=False)
        choices.append(sequence)
        if position >= len(template):
            raise HwaboError(f"sample grammar: a mark is not closed in {template!r}")
        closed = template[position] == "}"
        position += 1
        if closed:
            break
    if len(choices) > 1:
        return Choice(tuple(choices)), position
    (only,) = choices
    if len(only) != 1 or not isinstance(only[0], str):
        raise HwaboError(f"sample grammar: a mark without alternatives must be a slot or a rule in {template!r}")
    name = only[0]
    return (Rule(name[1:]) if name.startswith("=") else Slot(name)), position


def _rules_named_in(sequences: tuple[Sequence_, ...]) -> set[str]:
    found: set[str] = set()
    for sequence in sequences:
        for node in sequence:
            if isinstance(node, Rule):
                found.add(node.name)
            elif isinstance(node, Choice):
                found |= _rules_named_in(node.sequences)
    return found


def _ways(sequence: Sequence_, grammar: Grammar) -> int:
    ways = 1
    for node in sequence:
        if isinstance(node, Choice):
            ways *= sum(_ways(choice, grammar) for choice in node.sequences)
        elif isinstance(node, Rule):
            ways *= grammar.count(node.name)
    return ways
