"""Gazetteer: the automaton against brute force, and the regular expression against the automaton."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from udfs.gazetteer import Gazetteer, any_of, without_overlaps

WORDS = st.lists(st.text("가나다 .+", min_size=1, max_size=4).map(str.strip).filter(bool), min_size=1, max_size=12)
TEXT = st.text("가나다 .+", max_size=40)


def _brute_force(forms: set[str], text: str) -> list[tuple[int, int, str]]:
    found = []
    for begin in range(len(text)):
        fitting = [form for form in forms if text.startswith(form, begin)]
        if fitting:
            longest = max(fitting, key=len)
            found.append((begin, begin + len(longest), longest))
    return found


@given(WORDS, TEXT)
def test_longest_match_at_every_position(words: list[str], text: str) -> None:
    gazetteer = Gazetteer.of((word, word) for word in words)
    assert list(gazetteer.find(text)) == _brute_force(set(gazetteer.meanings), text)


@given(WORDS, TEXT)
def test_pattern_finds_what_the_automaton_finds(words: list[str], text: str) -> None:
    gazetteer = Gazetteer.of((word, word) for word in words)
    expected = [span[:2] for span in _leftmost(gazetteer, text)]
    assert [match.span() for match in re.finditer(gazetteer.pattern(), text)] == expected


def test_a_form_may_be_as_long_as_it_likes() -> None:
    long = "가나다 " * 1000 + "끝"
    gazetteer = Gazetteer.of((form, form) for form in (long, "가나", "가나다 가"))
    assert [match.span() for match in re.finditer(gazetteer.pattern(), f"{long} 가나다")] == [
        (0, len(long)),
        (len(long) + 1, len(long) + 3),
    ]


def _leftmost(gazetteer: Gazetteer, text: str) -> list[tuple[int, int, str]]:
    return without_overlaps(gazetteer.find(text))


def test_a_hundred_thousand_names_are_looked_up_at_once() -> None:
    names = [
        f"{first}{second}{third}"
        for first in "김이박최정강조윤장임"
        for second in map(chr, range(0xAC00, 0xAC00 + 100))
        for third in map(chr, range(0xB098, 0xB098 + 100))
    ]
    gazetteer = Gazetteer.of((name, number) for number, name in enumerate(names))
    assert len(gazetteer.meanings) == 100_000
    text = "어제 " + names[77_777] + "가 말했다."
    assert [(begin, form) for begin, _, form in gazetteer.find(text)] == [(3, names[77_777])]


def test_empty_list_finds_nothing() -> None:
    gazetteer = Gazetteer.of([])
    assert list(gazetteer.find("가나다")) == []
    assert re.search(gazetteer.pattern(), "가나다") is None


@given(WORDS, TEXT)
def test_any_of_some_words_finds_the_longest(words: list[str], text: str) -> None:
    one_by_one = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    assert [match.span() for match in re.finditer(any_of(words), text)] == [match.span() for match in re.finditer(one_by_one, text)]
