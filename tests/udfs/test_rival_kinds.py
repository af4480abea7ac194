"""Kinds of event that share words or stand beside each other: what else a post says tells which is meant."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import event_of, tags_of, with_kinds
from udfs.post_text import EventKind

KINDS = [
    EventKind(kind, kind, words, hints, (), priority, without_person=kind in ("festival", "award_show", "concert", "sports"))
    for kind, words, hints, priority in (
        ("award_show", ("시상식", "연예대상"), (), 8),
        ("broadcast", ("생방송",), ("방송", "편성", "회차", "출연"), 4),
        ("broadcast_commute", ("출근길",), (), 9),
        ("concert", ("콘서트", "연말콘"), ("공연",), 7),
        ("festival", ("대동제",), ("축제",), 6),
        ("film_festival", ("국제영화제",), (), 7),
        ("interview", ("일문일답",), ("인터뷰",), 3),
        ("musical", ("뮤지컬",), ("자셋", "캐스팅보드", "총막", "낮공", "커튼콜"), 5),
        ("pictorial", ("화보",), (), 5),
        ("recording", ("첫 촬영",), ("촬영",), 3),
        ("sports", ("시구",), ("경기장",), 8),
        ("theater", ("연극",), (), 5),
        ("wedding", ("결혼식",), ("축가", "하객"), 7),
        ("street", (), ("근황",), 1),
    )
]


def _kind(body: str, title: str = "", service: str = "news") -> set[str]:
    return event_of(tags_of(body, title, service=service, reference=with_kinds(KINDS)), "what")


@pytest.mark.parametrize(
    ("title", "body", "service", "kind"),
    [
        ("", "가수 비가 여름 음악 축제 ‘물의 밤’ 마지막 순서를 맡았다.", "news", {"festival"}),
        ("", "가수 비가 20일 열린 축제 ‘물의 밤’에서 춤췄다.", "news", {"festival"}),
        ("한서윤 연말콘 다녀왔다", "5시 공연이었고 핸드볼경기장 34구역.", "blog", {"concert"}),
        (
            "‘백야’ 자셋, 한서윤 회차와 비 회차",
            "두 회차를 다 봤다. 한서윤 배우 넘버가 좋았다. 캐스팅보드를 찍었다. 총막은 21일!",
            "blog",
            {"musical"},
        ),
        ("‘의자’ 두 번 본 기록", "4일 낮공을 봤다. 한서윤 배우님이 마지막 독백에서 서 계셨다. 커튼콜에서 웃었다.", "blog", {"theater"}),
        ("[편성] 연말 시상식 일정", "▶ 연예대상: 27일 밤 9시 / MC 한서윤", "broadcast", {"broadcast"}),
        (
            "[포토] 한서윤",
            "배우 한서윤이 12일 SBS 목동 사옥에서 진행되는 생방송에 출연하기 위해 들어서며 웃고 있다.",
            "broadcast",
            {"broadcast_commute"},
        ),
        ("감독 “한서윤의 첫 촬영 날 이겼다”", "20일 누리국제영화제에서 배우 한서윤의 감독이 관객과 만났다.", "news", {"film_festival"}),
        ("소설가 임가람 “걷습니다”", "소설가 임가람을 2일 서울 통의동 책방에서 만났다. 배우 한서윤의 팬이다.", "news", {"interview"}),
        ("친구 결혼식 하객룩", "친구 결혼식에 갔는데 축가 순서에 진짜 가수가 나왔다. 가수 비였던 거 있죠.", "blog", {"wedding"}),
        ("친구 결혼식 하객룩", "친구 결혼식에 갔다. 축가는 가수 비의 노래였다.", "blog", set()),
        ("한서윤 팬아트 그리는 과정", "배우 한서윤 화보에서 입은 드레스를 그렸다.", "blog", set()),
        ("동생이 받은 조언", "동생이 배우 한서윤의 특강을 들었다. 10월에 연극하신다니까 같이 보러 가기로 했다.", "blog", set()),
    ],
)
def test_what_else_a_post_says_tells_the_kind(title: str, body: str, service: str, kind: set[str]) -> None:
    assert _kind(body, title, service) == kind
