"""Normalisation of Korean posts before they are compared."""

import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udfs.copy_text import fold, fold_texts, normalise

BODY = "배우 한서윤이 24일 오후 서울 세종문화회관에서 열린 제작발표회에 참석했다."


@pytest.mark.parametrize(
    "written",
    [
        f"[스포츠한국 홍길동 기자] {BODY}",
        f"(서울=연합소식) 홍길동 기자 = {BODY}",
        f"{BODY}\n\n홍길동 기자 hong@example.com",
        f"{BODY} 무단 전재 및 재배포 금지",
        f"{BODY}\n<저작권자 ⓒ 한국소식, 무단전재 및 재배포 금지>",
        f"{BODY}\n사진=한국소식",
        f"  {BODY.replace(' ', '  ')}\t\n",
        unicodedata.normalize("NFD", BODY),
        BODY.replace("배우", "배\u200b우"),
    ],
)
def test_what_surrounds_the_words_is_taken_away(written: str) -> None:
    assert normalise(written).strip(" =") == BODY


@pytest.mark.parametrize("kept", [BODY, "기자들이 몰렸다.", "사진이 공개됐다. 영상도 있다.", "(여자)아이들이 컴백한다"])
def test_words_of_the_story_stay(kept: str) -> None:
    assert normalise(kept) == kept


def _folded(texts: list[str | None]) -> list[str]:
    folded = fold_texts(texts)
    return [folded.codes[start:end].tobytes().decode("utf-32-le") for start, end in zip(folded.starts, folded.ends, strict=True)]


def test_nothing_is_nothing() -> None:
    assert _folded([None, "", "   "]) == ["", "", ""]
    assert _folded([]) == []


WORDS = ["홍길동 기자", "특파원", "에디터", "사진", "영상", "무단전재", "무단 전재", "재배포 금지"]
ALPHABET = st.one_of(
    st.sampled_from(
        [
            *list("가나기자파원디터사진영상제공전재무단금지 \t\n[](@PDhttp:/.=ⓒ<,|ㅣ"),
            *WORDS,
            "\u200b",
            "\xa0",
            "\u3000",
            "하",
            "é",
            "é",
            "😀",
            "Å",
        ]
    ),
    st.characters(),
)


@settings(print_blob=True, deadline=None, max_examples=300)
@given(
    texts=st.lists(
        st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=12) | st.lists(ALPHABET, max_size=14).map("".join), max_size=6
    )
)
def test_many_at_once_are_as_one_by_one(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    assert _folded([*texts]) == [normalise(text) for text in texts]


@settings(print_blob=True, deadline=None)
@given(
    texts=st.lists(st.lists(ALPHABET, max_size=14).map("".join), min_size=1, max_size=5),
    data=st.data(),
    kind=st.sampled_from([pa.string(), pa.large_string()]),
)
def test_chosen_rows_of_a_column_are_folded_like_texts_of_their_own(texts: list[str], data: st.DataObject, kind: pa.DataType) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=6))
    folded = fold(pa.array(["before", *texts], kind).slice(1), np.array(rows, dtype=np.int64))
    found = [folded.codes[start:end].tobytes().decode("utf-32-le") for start, end in zip(folded.starts, folded.ends, strict=True)]
    assert found == [normalise(texts[row]) for row in rows]
