import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.errors import HwaboError
from jobs.sample.grammar import PARTICLES, Grammar, final_consonant, particle, with_particle
from jobs.sample.wording import grammar

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
WORDS = st.text(SYLLABLES, min_size=1, max_size=6)
# Every vowel and every final consonant spelled out: an account of Hangul that does not use the arithmetic of code points.
FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]


def final_by_decomposition(syllable: str) -> str:
    import unicodedata

    parts = unicodedata.normalize("NFD", syllable)
    return FINALS[ord(parts[2]) - 0x11A7] if len(parts) == 3 else ""


@settings(deadline=None)
@given(WORDS)
def test_particles_follow_the_last_consonant(word: str) -> None:
    final = final_by_decomposition(word[-1])
    assert particle(word, "이") == ("이" if final else "가")
    assert particle(word, "은") == ("은" if final else "는")
    assert particle(word, "을") == ("을" if final else "를")
    assert particle(word, "과") == ("과" if final else "와")
    assert particle(word, "으로") == ("으로" if final not in ("", "ㄹ") else "로")


@settings(deadline=None)
@given(WORDS, st.sampled_from(["’", "”", ")", "’ ", "”)"]))
def test_quotation_marks_are_passed_over(word: str, closer: str) -> None:
    assert final_consonant(word + closer) == final_consonant(word)


@pytest.mark.parametrize(
    ("word", "marker", "expected"),
    [
        ("한서윤", "이", "한서윤이"),
        ("여름", "은", "여름은"),
        ("파도", "을", "파도를"),
        ("노을", "으로", "노을로"),
        ("서울역", "으로", "서울역으로"),
        ("‘Bloom’", "을", "‘Bloom’을"),
        ("3", "이", "3이"),
        ("2", "은", "2는"),
    ],
)
def test_examples(word: str, marker: str, expected: str) -> None:
    assert with_particle(word, marker) == expected


@settings(deadline=None)
@given(st.integers(0, 10_000), WORDS)
def test_a_rule_expands_with_the_particle_of_its_slot(seed: int, name: str) -> None:
    rules = Grammar({"start": ["{name}~이 {왔다|갔다}{!|}", "{=other} ‘{name}’~을"], "other": ["{a|b|}"]})
    text = rules.expand("start", {"name": name}, random.Random(seed))
    assert text.removesuffix("!") in {
        *(f"{with_particle(name, '이')} {verb}" for verb in ("왔다", "갔다")),
        *(f"{letter} ‘{name}’{particle(name, '을')}".strip() for letter in ("a", "b", "")),
    }


def test_a_tilde_that_no_particle_follows_stays() -> None:
    assert Grammar({"start": ["안녕하세요~ 반가워요~"]}).expand("start", {}, random.Random(1)) == "안녕하세요~ 반가워요~"


@pytest.mark.parametrize("template", ["{a|b", "{=missing}", "a}{b"])
def test_broken_templates_are_refused(template: str) -> None:
    with pytest.raises(HwaboError):
        Grammar({"start": [template]})


def test_several_uses_no_template_twice() -> None:
    rules = Grammar({"start": ["a", "b", "c"]})
    assert sorted(rules.several("start", {}, random.Random(3), 9)) == ["a", "b", "c"]


def test_there_are_thousands_of_ways_to_begin_a_report() -> None:
    rules = grammar()
    leads = [name for name in rules.rules if name.startswith("lead.")]
    assert len(leads) >= 18
    assert sum(len(rules.rules[name]) for name in leads) >= 110  # sentence patterns, alternatives inside not counted
    assert sum(rules.count(name) for name in leads) >= 1_000
    assert all(marker in PARTICLES for marker in ("이", "은", "을", "으로"))
