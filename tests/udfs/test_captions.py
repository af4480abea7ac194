from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.captions import compose_caption, listed, sights_among, when_in_words
from udfs.colours import NAMES


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"who": ["한소율"], "when": "2026-03-01", "where": "인천국제공항", "what": "출국", "tags": ["검은색 옷", "정장"], "people": 1},
            "2026년 3월 1일 인천국제공항 출국 현장에서 한소율이 검은색 정장 차림으로 카메라에 담겼다.",
        ),
        (
            {"who": ["비"], "when": "2026-03-01T14:30", "what": "콘서트", "tags": ["흰색 옷", "갈색 머리", "무대", "마이크"], "people": 1},
            "2026년 3월 1일 오후 2시 30분 콘서트 현장에서 비가 갈색 머리에 흰색 옷차림으로 카메라에 담겼고 무대와 마이크가 보인다.",
        ),
        (
            {"who": ["한소율", "비"], "when": "2026-03-01/2026-03-05", "what": "콘서트", "tags": ["흰색 옷"], "people": 2},
            "2026년 3월 1일~5일 콘서트 현장에서 한소율과 비가 함께 카메라에 담겼다.",
        ),
        (
            {"who": ["한소율", "비"], "when": "2026-03", "what": "콘서트", "tags": ["무대"], "people": 1},
            "한소율과 비를 다룬 2026년 3월 콘서트 현장 사진으로, 한 사람이 보이고 무대가 함께 보인다.",
        ),
        (
            {"who": ["하린"], "when": "2026-03-26", "what": "축제", "tags": ["빨간색 옷", "정장"], "people": 1, "recognised": False},
            "하린을 다룬 2026년 3월 26일 축제 현장 사진으로, 빨간색 정장 차림의 한 사람이 보인다.",
        ),
        (
            {"who": ["하린"], "what": "축제", "tags": ["흰색 옷", "무대"], "people": 1, "recognised": False},
            "하린을 다룬 축제 현장 사진으로, 흰색 옷차림의 한 사람이 보이고 무대가 함께 보인다.",
        ),
        (
            {"who": ["하린"], "what": "축제", "tags": ["분홍색 옷", "파란색 옷"], "people": 1},
            "축제 현장에서 하린이 분홍색·파란색 옷차림으로 카메라에 담겼다.",
        ),
        (
            {"who": ["하린"], "what": "축제", "tags": ["검은색 옷", "흰색 옷", "정장"], "people": 1},
            "축제 현장에서 하린이 검은색 정장 차림으로 카메라에 담겼다.",
        ),
        (
            {"who": ["하린"], "what": "축제", "tags": ["여러 색 옷", "무대"], "people": 1},
            "축제 현장에서 하린이 여러 색 옷차림으로 카메라에 담겼고 무대가 보인다.",
        ),
        (
            {"who": ["한소율"], "when": "2026-03-01", "where": "코엑스", "tags": ["포스터"], "people": 0},
            "한소율의 2026년 3월 1일 코엑스 소식에 실린 사진으로, 포스터가 보인다.",
        ),
        ({"who": ["한소율"], "what": "출국", "people": None}, "한소율의 출국 소식에 실린 사진이다."),
        (
            {"place": "행복식당", "topic": "음식", "tags": ["음식", "접시", "전골"], "words": ["김치찌개"], "people": 0},
            "행복식당의 음식 사진으로, 접시와 전골이 보이고 글에는 김치찌개가 나온다.",
        ),
        ({"place": "남산", "topic": "전망"}, "남산의 전망 사진이다."),
        ({"place": "남산", "topic": "야경", "words": ["야경", "불빛"]}, "남산의 야경 사진으로, 글에는 불빛이 나온다."),
        ({"place": "행복식당", "topic": "음식", "tags": ["음식"]}, "행복식당의 음식 사진이다."),
        (
            {"place": "행복식당", "topic": "메뉴", "tags": ["문서", "메뉴판"], "words": ["가격표"]},
            "행복식당의 메뉴 사진으로, 메뉴판이 보이고 글에는 가격표가 나온다.",
        ),
        ({"tags": ["무대"], "people": 0}, "무대가 보인다."),
        ({}, None),
    ],
)
def test_sentences(facts: dict[str, object], sentence: str | None) -> None:
    assert compose_caption(**facts) == sentence  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026", "2026년"),
        ("2026-12", "2026년 12월"),
        ("2026-03-01T00:00", "2026년 3월 1일"),
        ("2026-03-01T12:00", "2026년 3월 1일 오후 12시"),
        ("2026-03-01T09:05", "2026년 3월 1일 오전 9시 5분"),
        ("2025-12-31/2026-01-02", "2025년 12월 31일~2026년 1월 2일"),
        ("2026-03-30/2026-04-02", "2026년 3월 30일~4월 2일"),
        ("next week", None),
        (None, None),
    ],
)
def test_times_are_said_as_people_say_them(when: str | None, words: str | None) -> None:
    assert when_in_words(when) == words


def test_lists_end_in_the_particle_of_their_last_word() -> None:
    assert listed(["무대"], "이/가") == "무대가"
    assert listed(["무대", "조명"], "이/가") == "무대와 조명이"
    assert listed(["성", "바다", "산"], "을/를") == "성, 바다와 산을"


def test_of_the_words_beside_a_photo_only_what_it_can_show_is_told() -> None:
    dishes = ["찌개", "국수", "정식", "덮밥"]
    beside = ["성수", "아이들", "재방문 의사", "보쌈 정식", "웨이팅", "칼국수 클로즈업", "해운대", "3월 18일", "연어덮밥"]
    assert sights_among(beside, dishes) == ["보쌈 정식", "칼국수", "연어덮밥"]
    assert sights_among(["봉골레 파스타", "파스타", "피자"], ["파스타", "피자"]) == ["봉골레 파스타", "피자"]
    assert sights_among(beside, []) == []
    assert sights_among([], dishes) == []


names = st.text(alphabet="가나다라마바사아자차카타파하강난당람", min_size=2, max_size=4)
seen = st.lists(st.sampled_from(["무대", "마이크", "정장", "드레스", "검은색 옷", "갈색 머리", "음식", "성", "궁전", "건물"]), max_size=6)


@given(
    who=st.lists(names, max_size=3, unique=True), what=st.sampled_from([None, "출국", "콘서트"]), tags=seen,
    people=st.one_of(st.none(), st.integers(0, 5)),
)  # fmt: skip
def test_nothing_unsupported_is_stated(who: list[str], what: str | None, tags: list[str], people: int | None) -> None:
    sentence = compose_caption(who=who, what=what, tags=tags, people=people)
    if sentence is None:
        assert not who
        assert what is None
        return
    assert sentence.endswith("다.")
    assert "  " not in sentence
    if not people:
        assert "차림" not in sentence
        assert "카메라에 담" not in sentence
    if people != len(who):
        assert "카메라에 담" not in sentence
    for colour in NAMES:
        assert colour not in sentence or any(tag.startswith(colour) for tag in tags)
    for thing in ("무대", "마이크", "정장", "드레스", "궁전"):
        assert thing not in sentence or thing in tags
