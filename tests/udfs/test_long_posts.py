"""Long posts: the work of tagging grows with their length, not with its square, and no word is too long."""

from __future__ import annotations

import sys
from datetime import datetime
from types import FrameType

import pytest

from udfs.gazetteer import without_overlaps
from udfs.korean_particles import particle_chain
from udfs.post_text import Celebrity, EventKind, Place, Reference, Tag, TextField
from udfs.tag_post import tag_post

PUBLISHED = datetime(2026, 3, 22, 18, 30)
REFERENCE = Reference.of(
    [
        Celebrity("c1", "비", ("정가온",), (), "가수"),
        Celebrity("c2", "하늘", (), ("별무리",), "가수"),
        Celebrity("c3", "한서윤", (), (), "배우"),
        Celebrity("c4", "바다", (), ("별무리",), "가수"),
    ],
    [("인천국제공항", Place("인천국제공항", "airport")), ("서울", Place("서울", "city"))],
    [EventKind("concert", "콘서트", ("콘서트",), ("공연",), (), 7)],
    [{"id": "가수", "words": ["가수", "그룹", "멤버"]}, {"id": "기자", "other": True, "words": ["기자", "대표"]}],
    ["하늘", "바다"],
    {"weight": 1.0},
)
LENGTHS = 3_000, 24_000
MOST = 3.0
"""How many times more calls a character of the long text may take: 8 where every part is compared with every other one."""


def _tags(body: str) -> list[Tag]:
    found = [without_overlaps(lists.find(body)) for lists in (REFERENCE.names, REFERENCE.places, REFERENCE.kind_words)]
    entities = [
        (begin, begin + 2, "PSLC"[begin % 4 // 2 * 2 :][:2]) for begin in range(0, len(body) - 2, 10) if " " not in body[begin : begin + 2]
    ]
    fields = [TextField("title", "비 콘서트", PUBLISHED), TextField("body", body, PUBLISHED, None, *found, None, entities)]
    return tag_post(fields, REFERENCE, service="blog", place_id=None, photo_offsets=range(0, len(body), 500))


def _calls(body: str) -> int:
    """How many functions tagging calls: unlike time the same on every machine."""
    events = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal events
        events += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        _tags(body)
    finally:
        sys.setprofile(None)
    return events


@pytest.mark.parametrize(
    "part",
    [
        "22일 오후 3시 ", "1일", "3월 ", "3월 5일부터 7일까지 열렸다.\n", "오늘은 이날 저녁 8시에 ",
        "소속사는 13일 비가 오는 24일 서울에서 콘서트를 연다고 밝혔다. ",
        "한서윤이 웃었다. 정가온이 울었다. ", "하늘, 바다, 비, ", "별무리 ", "출연: 한서윤 ", "서윤의 무대 ",
        "‘국경의 밤’ ", "“그래 ", "마루아트홀에서 열린 ", "서울 인천국제공항에서 ", "대학 대강당 ", "사진=김기자 ", "[사진] ",
        "가·나·다·", "3일" + " " * 2_000, "가나다라마바사",
    ],
)  # fmt: skip
def test_work_grows_with_the_length(part: str) -> None:
    short, long = ((part * (length // len(part) + 1))[:length] for length in LENGTHS)
    _tags(short)
    assert _calls(long) < MOST * LENGTHS[1] / LENGTHS[0] * _calls(short)


@pytest.mark.parametrize("rest", ["은는" * 3_000, "가" * 10_000, "에서는" * 1_000])
def test_a_long_word_behind_a_name_is_no_particle(rest: str) -> None:
    assert particle_chain(rest, "비") is None
    assert [tag for tag in _tags(f"가수 비{rest}") if tag.kind == "who"] == []
