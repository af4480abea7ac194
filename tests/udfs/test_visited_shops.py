"""Shops that only a blog names, rooms on floors of houses, villages, journeys, where people go to work, distances."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, REFERENCE, event_of, tags_of
from udfs.post_text import EventKind, Place, Reference
from udfs.visited_shops import one_of_many

WORDS = (
    ("누리동", "district"),
    ("해솔", "city"),
    ("별솔백화점", "venue"),
    ("누리TV", "broadcaster"),
)
KINDS = [
    EventKind("concert", "콘서트", ("콘서트",), ("공연",), (), 7),
    EventKind("broadcast_commute", "출근길", ("출근길",), (), (), 9),
]
LISTS = Reference.of(
    [*REFERENCE.celebrities.values()],
    [
        *((form, REFERENCE.places.meanings[form][0]) for form in REFERENCE.places.meanings),
        *((form, Place(form, kind)) for form, kind in WORDS),
    ],
    KINDS,
    OCCUPATIONS,
    ["하늘", "바다", "봄", "머리맡", "거리"],
)


def _where(body: str, title: str = "", *, service: str = "blog") -> set[str]:
    return event_of(tags_of(body, title, service=service, reference=LISTS), "where")


@pytest.mark.parametrize(
    ("title", "body", "place"),
    [
        ("비 오는 날", "해솔 보람네물회는 하루 50그릇만 판다. 사장님이 친절하다.", "보람네물회"),
        ("단발 도전", "해솔 온결7 도착했는데 웨이팅이 길었다.", "온결7"),
        ("점심", "간판에는 ‘이모손국수’라고 쓰여 있고 국물이 진했다. 누리동을 걷다 들어갔다.", "이모손국수"),
        ("점심", "가수 비가 22일 새별밥집에서 팬들과 밥을 먹었다.", "새별밥집"),
        ("동네 단골식당에서", "단골식당에서 밥을 먹었다. 메뉴는 제육.", ""),
        ("네일", "해솔 온결네일에서 했어요. 젤네일에서 5만 원. 실장님이 꼼꼼하다.", "온결네일"),
        ("산책", "누리동 보람찬결에서 생일 파티를 했다. 커피가 6천 원.", "누리동 보람찬결"),
        ("점심", "해솔 친구네에서 밥을 먹고 커피를 마셨다.", "해솔"),
        ("해솔 두결천 산책", "두결천에 벚꽃이 피었다.", "두결천"),
        ("점심", "해솔교자 웨이팅 40분. 만두가 1만 2천 원.", "해솔교자"),
        ("막걸리", "누룩당 예약하고 갔어요. 해솔 골목 안쪽. 한 잔에 9천 원.", "누룩당"),
        ("점심", "퇴근길에 들른 엄마손칼국수. 겉절이가 맛있다. 8천 원.", "엄마손칼국수"),
        ("해솔 새별당", "새별당 오픈런. 줄이 길었다. 커피가 맛있다.", "새별당"),
        ("관람 후기", "새관람 예약 완료. 커피를 마셨다. 2만 원.", ""),
        ("전복죽", "누리동 골목에 있는 보람할망집. 1만 3천 원.", "보람할망집"),
        ("누리동 머리맡 웨이팅 후기", "누리동에서 대기 12번. 머리맡은 국수가 대표 메뉴.", "누리동 머리맡"),
        ("누리동 맛집 ‘오월의 부엌’ 다녀옴", "해솔공원에서 걷다가 갔다. 커피가 맛있다.", "오월의 부엌"),
        ("해솔 예약 후기", "해솔 렌터카 예약하고 커피를 마셨다.", "해솔"),
    ],
)
def test_shops_that_only_a_blog_names(title: str, body: str, place: str) -> None:
    assert _where(body, title) == ({place} if place else set())


def test_a_shop_of_a_title_is_spoken_of_as_a_shop() -> None:
    assert _where("오늘 1시 결마루 예약, 원장님이 잘라 주셨다.", "누리동 결마루에서 단발 도전") == {"누리동 결마루"}


def test_what_a_shop_sells_is_no_name() -> None:
    assert one_of_many("단골식당")
    assert one_of_many("독립책방")
    assert not one_of_many("오월식당")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("가수 비의 콘서트가 22일 별솔백화점 지하 2층 대행사장에서 열렸다.", "별솔백화점 지하 2층 대행사장"),
        ("가수 비의 콘서트가 22일 별솔백화점 5층 구름포레스트존에서 열렸다.", "별솔백화점"),
        ("가수 비의 콘서트가 22일 별솔백화점 1층 광장에서 열렸다.", "별솔백화점"),
        ("가수 비의 콘서트\n◇ 때: 3월 25일 저녁 7시\n◇ 곳: 별솔도서관 3층 해맑은홀\n◇ 대상: 80명", "별솔도서관 3층 해맑은홀"),
        ("가수 비의 콘서트\n▲장소: 결다락 2·3층\n▲기간: 3월 25일", "결다락"),
        ("가수 비가 관객과 스무 걸음 거리에서 만난다. 22일 마루아트홀에서 콘서트를 연다.", "마루아트홀"),
        ("가수 비가 22일 출근길 누리TV로 향하고 있다.", "누리TV"),
        ("배우 한서윤은 18일 해솔 옥미리 당근밭에서 일했다.", "옥미리"),
    ],
)
def test_rooms_distances_villages_and_work(body: str, place: str) -> None:
    assert _where(body, service="news") == {place}


def test_a_journey_of_several_days_is_about_its_town() -> None:
    body = "첫날은 별솔공원. 둘째 날은 마루공원에서 사진을 찍었다."
    assert _where(body, "해솔 2박 3일 코스") == {"해솔"}
    assert _where(body, "1박 2일 해솔, 아이와 함께") == {"해솔"}
    assert _where(body, "해솔 한 달 살이 기록") == {"해솔"}
    assert _where("22일 마루아트홀에서 가수 비의 콘서트를 봤다.", "해솔 2박 3일") == {"마루아트홀"}
