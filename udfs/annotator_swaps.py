"""Sentences with other names in them: a network that has seen a sentence with many names learns the sentence, not the name."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from udfs.annotator_corpora import Sentence, Span

SHARE = 0.8


def swap_names(sentence: Sentence, names: Mapping[str, Sequence[str]], *, seed: int) -> Sentence:
    """Puts names of a gazetteer in the place of a sentence's entities.

    A name is replaced by one that ends alike (in a consonant or in a vowel), so that the particle behind it stays right; the same name
    is replaced by the same one throughout. Names with anything but Hangul in them stay.

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
        if old in chosen or not alike or not all("가" <= letter <= "힣" for letter in old) or generator.random() > SHARE:
            continue
        fitting = next((name for name in generator.choices(alike, k=20) if _closed(name) == _closed(old) and name != old), None)
        if fitting is not None:
            chosen[old] = fitting
    if not chosen:
        return sentence
    pieces: list[str] = []
    spans: list[Span] = []
    length = position = 0
    for begin, end, kind in sorted(sentence.entities):
        old = sentence.text[begin:end]
        new = chosen.get(old, old)
        pieces += [sentence.text[position:begin], new]
        length += begin - position
        spans.append((length, length + len(new), kind))
        length += len(new)
        position = end
    return Sentence("".join([*pieces, sentence.text[position:]]), [], spans)


def _closed(name: str) -> bool:
    """Whether a name ends in a consonant: that decides 이 or 가, 은 or 는."""
    return (ord(name[-1]) - 0xAC00) % 28 > 0
