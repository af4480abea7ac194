"""Texts whose letters come apart."""

from __future__ import annotations

import unicodedata

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from udfs.composed import composed, composed_offset, composed_posts

TEXT = st.text(alphabet="가각한ñé e\n🎤A", max_size=20)


@given(TEXT, st.integers(0, 20))
def test_a_character_keeps_its_place(text: str, at: int) -> None:
    apart = unicodedata.normalize("NFD", text)
    whole = unicodedata.normalize("NFC", text)
    assert composed(apart) == whole
    at = min(at, len(whole))
    landed = len(unicodedata.normalize("NFD", whole[:at]))
    assert composed_offset(apart, str(landed)) == str(at)


def test_what_is_no_place_stays() -> None:
    apart = unicodedata.normalize("NFD", "한글")
    assert [composed_offset(apart, value) for value in (None, "", "drei", "-3", "inf", "nan")] == [None, "", "drei", "-3", "inf", "nan"]
    assert composed_offset(None, "3") == "3"
    assert composed_offset(apart, "99") == "2"
    assert composed_offset("한글", "99") == "99"


def test_posts_are_composed_with_the_captions_and_places_of_their_photos() -> None:
    apart = {name: unicodedata.normalize("NFD", text) for name, text in {"title": "제목", "body": "한글\n끝", "caption": "사진"}.items()}
    one = [pd.Series([apart["title"], None]), pd.Series([apart["body"], "가"]), pd.Series([None, "신문"], dtype="object")]
    photos = [pd.Series([[apart["caption"], None], None]), pd.Series([[str(len(unicodedata.normalize("NFD", "한글"))), None], None])]
    found = composed_posts(*one, *photos)
    assert found.loc[0].to_dict() == {
        "title": "제목",
        "body": "한글\n끝",
        "press": None,
        "captions": ["사진", None],
        "offsets": ["2", None],
    }
    assert found.loc[1].to_dict() == {"title": None, "body": "가", "press": "신문", "captions": None, "offsets": None}
