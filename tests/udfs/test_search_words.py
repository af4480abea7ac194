"""How queries are cut into terms."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from udfs.search_words import LONGEST_TERM, Wanted, candidates, normalise, split_words, understand, without_particle

_HANGUL = st.text(alphabet="가나다라마수지출국공항인천코트에서를이 -", max_size=14)


def test_spaces_marks_and_case_do_not_matter() -> None:
    assert normalise("K-POP 팬 미팅!") == "kpop팬미팅"
    assert split_words("  윤서아, 출국 (2026.03.12) ♥ ") == ["윤서아", "출국", "20260312"]


def test_particles_come_off_where_two_syllables_remain() -> None:
    assert [without_particle(word) for word in ("공항에서", "윤서아가", "비가", "서울로", "콘서트")] == [
        "공항",
        "윤서아",
        "비가",
        "서울",
        "콘서트",
    ]


def test_a_known_word_stays_whole_and_a_particle_comes_off_an_unknown_one() -> None:
    assert understand("윤서아가 출국", {"윤서아", "출국"}) == [
        Wanted("윤서아가", (("윤서아", 1.0),)),
        Wanted("출국", (("출국", 1.0),)),
    ]


def test_the_particle_of_a_known_word_is_only_an_alternative() -> None:
    assert understand("김하은", {"김하은", "김하"}) == [Wanted("김하은", (("김하은", 1.0), ("김하", 0.9)))]


def test_a_compound_is_cut_into_the_fewest_known_parts() -> None:
    known = {"인천", "공항", "인천공항", "출국"}
    assert [one.word for one in understand("인천공항출국", known)] == ["인천공항", "출국"]


def test_words_that_form_a_known_phrase_strengthen_and_are_not_required() -> None:
    wanted = understand("팬 미팅", {"팬", "미팅", "팬미팅"})
    assert wanted[-1] == Wanted("팬미팅", (("팬미팅", 1.0),), required=False)
    assert [one.required for one in wanted] == [True, True, False]


def test_letters_that_a_mac_writes_apart_are_the_same_word() -> None:
    assert candidates(unicodedata.normalize("NFD", "윤서아가 출국")) == candidates("윤서아가 출국")


def test_signs_of_sql_are_no_words() -> None:
    assert split_words("% _ ' \" ; -- \\ 출국%' OR 1=1") == ["출국", "or", "11"]


def test_a_query_that_never_ends_has_as_many_candidates_as_letters_times_the_longest_term() -> None:
    endless = "인천공항출국" * 500
    assert len(candidates(endless + "가나")) < LONGEST_TERM * 3100
    assert all(len(term) <= LONGEST_TERM for term in candidates(endless))
    assert [one.word for one in understand(endless, {"인천공항", "출국"})] == ["인천공항", "출국"] * 500


def test_a_word_that_nothing_answers_is_kept_without_terms() -> None:
    assert understand("외계인", {"출국"}) == [Wanted("외계인", ())]


@given(_HANGUL)
def test_whatever_is_understood_was_a_candidate(query: str) -> None:
    found = set(candidates(query))
    for one in understand(query, found):
        assert {term for term, _ in one.terms} <= found


@given(_HANGUL, st.sets(st.sampled_from(["수지", "출국", "공항", "인천", "코트"])))
def test_every_word_is_answered_or_named(query: str, known: set[str]) -> None:
    required = [one for one in understand(query, known) if one.required]
    assert len(required) >= len(split_words(query))
    assert all(term in known for one in required for term, _ in one.terms)
