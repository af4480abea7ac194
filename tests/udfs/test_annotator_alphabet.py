"""What the annotator reads: one letter a character, one word piece a letter."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from udfs.annotator_alphabet import (
    COMMON_SYLLABLES,
    LETTERS,
    OTHER_LETTER,
    SPECIAL_PIECES,
    SPELLED_SYLLABLES,
    piece_ids,
    readable,
    spelled,
    vocabulary,
)


@settings(deadline=None)  # the first call builds its tables
@given(st.text(max_size=50))
def test_readable_keeps_length_and_stays_when_read_again(text: str) -> None:
    once = readable(text)
    assert len(once) == len(text)
    assert readable(once) == once


@settings(deadline=None)  # the first call builds its tables
@given(st.text(max_size=50))
def test_readable_has_nothing_that_a_tokeniser_splits_at(text: str) -> None:
    assert all(letter == " " or unicodedata.category(letter) in ("Lo", "Lm", "Ll", "Lu", "Nd") for letter in readable(text))


def test_common_syllables_are_spelled_as_letters_that_no_normal_form_takes_apart() -> None:
    assert len(COMMON_SYLLABLES) == len(set(SPELLED_SYLLABLES)) == 2350
    assert spelled("가 갂힝a.") == f"{SPELLED_SYLLABLES[0]} 갂{SPELLED_SYLLABLES[-1]}a."
    assert unicodedata.normalize("NFD", SPELLED_SYLLABLES) == SPELLED_SYLLABLES
    assert not set(SPELLED_SYLLABLES) & set(LETTERS)
    assert set(readable(SPELLED_SYLLABLES)) == {OTHER_LETTER}  # a text that has them itself


def test_vocabulary_has_every_letter_at_the_start_and_inside_of_an_eojeol() -> None:
    words = vocabulary()
    assert len(words) == len(set(words)) == len(SPECIAL_PIECES) + 2 * len(LETTERS)
    ids, offsets = piece_ids("가 나다")
    assert [words[number] for number in ids] == ["가", "나", "##다"]
    assert offsets.tolist() == [0, 2, 3]
