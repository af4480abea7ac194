"""Particles: which fit which word, chains of them, where a word ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.korean_particles import PARTICLES, fits, has_final, particle_chain, split_particle

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@pytest.mark.parametrize(
    ("rest", "before", "expected"),
    [
        ("가", "비", ("가", "subject")),
        ("이", "비", None),
        ("은", "을", ("은", "topic")),
        ("로", "울", ("로", "direction")),
        ("으로", "울", None),
        ("으로", "산", ("으로", "direction")),
        ("에서는", "항", ("에서는", "place")),
        ("까지도", "항", ("까지도", "also")),
        ("만으로는", "칩", ("만으로는", "only")),
        ("행기", "비", None),
        ("빔밥", "비", None),
        ("", "비", ("", "")),
    ],
)
def test_chain_behind_a_noun(rest: str, before: str, expected: tuple[str, str] | None) -> None:
    assert particle_chain(rest, before) == expected


@pytest.mark.parametrize(
    ("word", "noun", "josa"),
    [
        ("인천국제공항을", "인천국제공항", "을"),
        ("인천국제공항에서", "인천국제공항", "에서"),
        ("콘서트", "콘서트", ""),
        ("KBS에서", "KBS", "에서"),
        ("아이유가", "아이유", "가"),
        ("파리로", "파리", "로"),
    ],
)
def test_split(word: str, noun: str, josa: str) -> None:
    split = split_particle(word)
    assert (word[: split.length], split.josa) == (noun, josa)


@given(st.text(SYLLABLES, min_size=2, max_size=6), st.sampled_from(PARTICLES))
def test_a_fitting_particle_is_read_as_one(noun: str, particle) -> None:  # type: ignore[no-untyped-def]
    if fits(particle, noun[-1]):
        chain = particle_chain(particle.form, noun[-1])
        assert chain is not None
        assert chain[0] == particle.form


@given(st.text(SYLLABLES, min_size=1, max_size=10))
def test_a_split_leaves_a_noun_and_gives_the_word_back(word: str) -> None:
    split = split_particle(word)
    assert 1 <= split.length <= len(word)
    assert word[: split.length] + split.josa == word


@given(SYLLABLES)
def test_subject_particles_exclude_each_other(character: str) -> None:
    consonant, vowel = particle_chain("이", character), particle_chain("가", character)
    assert (vowel is None) == bool(has_final(character))
    assert consonant is None or has_final(character)
