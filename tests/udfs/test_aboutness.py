"""Whom a post is about: the performers of an event, not those who serve at another's, nor goods and hair."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, tags_of, with_kinds
from udfs.post_text import Celebrity, EventKind, Reference

KINDS = [
    EventKind(kind, kind, words, (), (), priority, without_person=True)
    for kind, words, priority in (
        ("concert", ("콘서트", "투어"), 7),
        ("festival", ("축제",), 6),
        ("broadcast", ("공개 녹화",), 4),
        ("wedding", ("결혼식", "화촉"), 7),
        ("award_show", ("시상식",), 8),
        ("musical", ("뮤지컬",), 5),
        ("brand_event", ("팝업",), 6),
    )
]


def _about(body: str, title: str = "", caption: str = "", service: str = "news") -> set[str]:
    tags = tags_of(body, title, caption, service=service, reference=with_kinds(KINDS))
    return {tag.value for tag in tags if tag.kind == "who" and tag.score >= 0.5}


@pytest.mark.parametrize(
    ("title", "body", "service", "about"),
    [
        (
            "‘열린 밤’ 공개 녹화 안내",
            "공개 녹화를 진행합니다. 출연자는 가수 비, 한서윤입니다. 방청권은 민원실에서 드립니다.",
            "broadcast",
            {"c1", "c5"},
        ),
        ("뮤지컬 ‘등대’ 보고 왔어요", "대학로로 갔습니다. 좌석은 앞줄. 한서윤 배우님이 심지를 자르는데 눈물이 났어요.", "blog", {"c5"}),
        ("나래 “한서윤 선배가 롤모델”", "신인 나래가 뮤지컬에 합류한다. 앞서 한서윤과 한 작품에 나온 인연으로 알려졌다.", "news", set()),
        ("신인 나래, ‘제2의 한서윤’ 화제", "나래가 뮤지컬에 합류한다. 앞서 한서윤과 한 작품에 나온 인연으로 알려졌다.", "news", set()),
        ("누리시 축제 개막", "축제가 열린다. 가수 비와 배우 한서윤이 무대에 오른다.", "news", {"c1", "c5"}),
    ],
)
def test_a_post_that_tells_of_an_event_is_about_those_who_come_nearest(title: str, body: str, service: str, about: set[str]) -> None:
    assert _about(body, title, service=service) == about


def test_a_post_that_tells_of_none_or_of_a_towns_festival_is_about_nobody_aside() -> None:
    assert _about("국밥을 먹었다. 벽에 배우 한서윤의 사인이 있었다.", "누리동 국밥", service="blog") == set()
    assert _about("축제가 22일 열린다. 꽃이 핀다. 저녁에는 가수 비의 작은 음악회가 마련된다.", "누리시 꽃축제") == set()


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("한서윤 결혼식, 축가는 비가 불렀다", "배우 한서윤이 화촉을 밝혔다. 축가는 가수 비가 불렀다."),
        ("한서윤 결혼식, 비가 축가", "배우 한서윤이 화촉을 밝혔다. 가수 비가 축가를 불렀다."),
        ("한서윤, 두 시간의 투어", "배우 한서윤의 투어가 열렸다. 게스트로 가수 비가 나왔다."),
        ("한서윤, 시상식 대상", "배우 한서윤이 시상식에서 대상을 받았다. 시상자로 나선 가수 비는 눈물을 쏟았다."),
    ],
)
def test_who_serves_at_anothers_day_is_only_mentioned(title: str, body: str) -> None:
    assert _about(body, title, "한서윤과 비") == {"c5"}


def test_goods_and_hair_are_not_the_person() -> None:
    group = [Celebrity("g", "별무리", (), (), "가수"), Celebrity("m", "지우랑", (), ("별무리",), "가수")]
    lists = Reference.of(group, [], KINDS, OCCUPATIONS, [])

    def about(caption: str) -> set[str]:
        found = tags_of("별무리가 팝업을 열었다. 지우랑 담요는 품절이었다.", "별무리 팝업", caption, service="blog", reference=lists)
        return {tag.value for tag in found if tag.kind == "who" and tag.score >= 0.5}

    assert about("지우랑 담요") == {"g"}
    assert about("손을 흔드는 지우랑") == {"g", "m"}
    assert _about("배우 한서윤 단발로 잘랐다. 한서윤처럼 되지는 않았다.", "한서윤 단발 도전", service="blog") == set()


@pytest.mark.parametrize(
    ("title", "body", "about"),
    [
        ("한서윤 훈련소 입소, 비 배웅", "배우 한서윤이 훈련소에 들어갔다. 가수 비가 새벽에 훈련소 앞까지 동행했다.", {"c5"}),
        ("한서윤, 축제 달궜다", "축제의 밤을 배우 한서윤이 장식했다. 앞서 21일에는 밴드 저녁이, 22일에는 가수 비가 무대를 꾸몄다.", {"c5"}),
        ("한서윤, 콘서트서 “비, 고마워”", "배우 한서윤이 콘서트를 열었다. 가수 비는 일정으로 함께하지 못했다.", {"c5"}),
        ("한서윤, 시상식 사회", "배우 한서윤이 시상식 사회를 봤다. 시상식에서는 가수 비가 축하 무대를 꾸몄다.", {"c5"}),
        ("누리시, 3일 축제", "누리시는 축제를 3일 연다고 밝혔다. 꽃이 핀다. 가수 비와 배우 한서윤이 무대에 선다.", set()),
    ],
)
def test_who_is_away_aside_or_there_another_day_is_only_mentioned(title: str, body: str, about: set[str]) -> None:
    assert _about(body, title) == about


def test_a_list_goes_on_behind_an_occupation() -> None:
    assert _about("배우 한서윤이 새 얼굴을 알렸다. 공개 녹화에는 한서윤, 가수 비가 참석했다.", "한서윤의 공개 녹화") == {"c1", "c5"}
