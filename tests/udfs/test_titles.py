"""Particles and titles against hand-written Korean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.titles import event_title, final_consonant, with_particle, work_pattern


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("아이유", "은/는", "아이유는"),
        ("박보검", "은/는", "박보검은"),
        ("수지", "이/가", "수지가"),
        ("비", "을/를", "비를"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("제주", "으로/로", "제주로"),
        ("KBS 신관", "과/와", "KBS 신관과"),
        ("이준호(35)", "은/는", "이준호(35)는"),
        ("‘별빛’", "이/가", "‘별빛’이"),
        ("SM", "은/는", "SM은"),
        ("TV", "을/를", "TV를"),
        ("2024", "으로/로", "2024로"),
        ("21", "으로/로", "21로"),
    ],
)
def test_particles_follow_the_final_consonant(word: str, pair: str, expected: str) -> None:
    assert with_particle(word, pair) == expected


@given(st.integers(0xAC00, 0xD7A3))
def test_final_consonant_agrees_with_decomposition(code: int) -> None:
    import unicodedata

    parts = unicodedata.normalize("NFD", chr(code))
    expected = "" if len(parts) == 2 else ("ㄹ" if parts[2] == "ᆯ" else "ㅇ")
    assert final_consonant(chr(code)) == expected


@pytest.mark.parametrize(
    ("pattern", "place", "work", "expected"),
    [
        ("{celebrity} {place} 출국", "인천국제공항", None, "아이유, 인천국제공항 출국"),
        ("{celebrity} {place} 출국", None, None, "아이유, 출국"),
        ("{celebrity} 제작발표회", None, "별빛", "아이유, ‘별빛’ 제작발표회"),
        ("{celebrity} {place} 콘서트", "고척스카이돔", "러브", "아이유, 고척스카이돔 ‘러브’ 콘서트"),
        ("{celebrity} 방송 출연", "KBS", None, "아이유, 방송 출연"),
    ],
)
def test_titles(pattern: str, place: str | None, work: str | None, expected: str) -> None:
    assert event_title("아이유", pattern, place=place, work=work) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("드라마 ‘별빛’ 제작발표회에 참석했다", "별빛"),
        ("영화 '겨울 바다'의 언론시사회가 열렸다", "겨울 바다"),
        ("“너무 행복하다” 소감을 밝힌 제작발표회", None),
        ("제작발표회에 참석했다", None),
    ],
)
def test_works_are_read_before_the_kind(text: str, expected: str | None) -> None:
    found = re.search(work_pattern(["제작발표회", "시사회", "언론시사회"]), text)
    assert (found.group(1) if found else None) == expected
