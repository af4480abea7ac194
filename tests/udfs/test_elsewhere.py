"""Places where a post's event is not, programmes made before people, tours by dates, works called by places, shops in titles, stations."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, REFERENCE, event_of, tags_of
from udfs.post_text import EventKind, Place, Reference
from udfs.stations import is_no_station

WORDS = (
    ("누리동", "district"),
    ("해솔", "city"),
    ("별솔", "city"),
    ("두결로", "district"),
    ("달빛림", "venue"),
    ("새별홀", "venue"),
    ("온누리홀", "venue"),
    ("보람상점", "venue"),
    ("누리TV", "broadcaster"),
)
KINDS = [
    EventKind("concert", "콘서트", ("콘서트", "전국투어"), ("공연",), (), 7),
    EventKind("broadcast", "방송", ("예능", "녹화", "생방송"), (), (), 6),
    EventKind("military", "입대", ("입대", "전역"), (), (), 9),
    EventKind("premiere", "시사회", ("시사회",), (), (), 8),
    EventKind("press_conference", "제작발표회", ("제작발표회",), (), (), 8),
]
LISTS = Reference.of(
    [*REFERENCE.celebrities.values()],
    [
        *((form, REFERENCE.places.meanings[form][0]) for form in REFERENCE.places.meanings),
        *((form, Place(form, kind)) for form, kind in WORDS),
    ],
    KINDS,
    OCCUPATIONS,
    ["하늘", "바다", "봄", "국수"],
)


def _where(body: str, title: str = "", *, service: str = "news") -> set[str]:
    return event_of(tags_of(body, title, service=service, reference=LISTS), "where")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("가수 비는 22일 누리동 말고 해솔공원에서 산책했다.", "해솔공원"),
        ("가수 비는 22일 별솔공원 대신 해솔공원에서 산책했다.", "해솔공원"),
        ("집에서 낮잠을 잤다. 내일은 날이 개면 별솔공원이나 가야지.", None),
        ("드레스를 골랐다. 사진은 해솔에서 찍기로 했어요.", None),
        ("가수 비가 22일 새별홀에서 콘서트를 연다. 예매는 10일 온누리홀에서 살 수 있다.", "새별홀"),
        ("가수 비의 전국투어는 해솔에서 막을 올려 별솔에서 끝난다.", "해솔"),
        ("가수 비의 전국투어 예매는 9일 인터파크에서 열린다. 첫 공연은 해솔에서 열린다.", "해솔"),
        ("가수 비의 콘서트를 새별홀에서 봤다. ‘달빛국수’에서 저녁 먹고 가면 딱이다.", "새별홀"),
        ("가수 비의 콘서트는 새별홀. 별솔역에서 KTX를 타고 올라왔다.", "새별홀"),
        ("가수 비의 전국투어가 3월 22일 해솔을 시작으로 별솔, 서울에서 열린다.", "해솔"),
        ("해솔을 시작으로 전국투어 중인 가수 비가 22일 별솔에서 콘서트를 열었다.", "별솔"),
        ("가수 비가 22일 별솔역 안 가게에서 팬들을 만났다.", "별솔역"),
        ("가수 비가 22일 별솔에서 유튜브 방송을 찍었다.", "별솔"),
        ("새 빵은 22일부터 온누리홀에서 판매한다. 가수 비가 왔다.", "온누리홀"),
        ("막차 타고 누리동으로 갔다. 31일 일요일 새별홀 사녹! 누리동 하늘이 예뻤다.", "새별홀"),
        ("가수 비의 콘서트 장소가 새별홀에서 온누리홀로 바뀌었다. 공연은 22일이다.", "온누리홀"),
        ("가수 비의 콘서트가 해솔에서 별솔로 장소를 옮겨 22일 열린다.", "별솔"),
        ("원래 새별홀에서 열릴 예정이던 가수 비의 콘서트는 22일 온누리홀에서 열린다.", "온누리홀"),
        ("새별홀에서 열 예정이던 가수 비의 콘서트를 22일 같은 장소에서 진행한다.", "새별홀"),
        ("가수 비의 콘서트에 다녀왔다. 새별홀은 자리가 좁다. 새별홀에서 두 시간을 놀았다. 끝나고 별솔시장에서 떡볶이 먹음.", "새별홀"),
        ("가수 비가 별솔에서 태어나 자랐다. 22일 새별홀에서 콘서트를 연다.", "새별홀"),
    ],
)
def test_a_place_that_is_only_named_is_not_where_it_happens(body: str, place: str | None) -> None:
    assert _where(body) == ({place} if place else set())


def test_whose_picture_it_is_says_no_place() -> None:
    assert _where("가수 비가 누리동을 걸었다. 사진=보람상점") == {"누리동"}


def test_a_press_conference_on_line_has_no_place() -> None:
    assert _where("가수 비의 누리TV 예능 제작발표회가 22일 온라인으로 생중계됐다.") == set()


def test_a_programme_is_made_where_people_come() -> None:
    body = "누리TV 예능이 방청객을 모십니다. 녹화는 22일 저녁 새별홀에서 진행하며 가수 비가 나옵니다."
    assert _where(body, service="broadcast") == {"새별홀"}
    body = "가수 비가 22일 누리TV에서 생방송되는 쇼를 맡는다. 무대는 새별홀에 차려지며 누구나 볼 수 있다."
    assert _where(body, service="broadcast") == {"새별홀"}


def test_the_first_stop_of_a_tour_is_its_event() -> None:
    lines = ["가수 비의 전국투어가 시작된다.", "▲3월 14~15일 해솔 새별홀", "▲3월 28일 별솔 온누리홀", "예매는 10일부터."]
    assert _where("\n".join(lines), "비, 3월 해솔서 전국투어") == {"새별홀"}
    lines = ["가수 비의 전국투어 일정.", "[해솔] 11/28(토) 18:00 새별홀", "[별솔] 12/12(토) 18:00 온누리홀"]
    assert _where("\n".join(lines)) == {"새별홀"}
    lines = ["별솔 공연 안내.", "■ 장소: 온누리홀", "- 3월 14일 새별홀", "- 3월 28일 온누리홀"]
    assert _where("\n".join(lines)) == {"온누리홀"}


def test_a_work_called_by_a_place_is_none() -> None:
    body = "영화 ‘달빛림’ 시사회가 22일 새별홀에서 열렸다. 달빛림에서 길을 잃은 모녀를 그린 이 작품에 가수 비가 나온다."
    assert _where(body, "비, ‘달빛림’ 시사회") == {"새별홀"}


def test_the_hall_in_which_the_lights_go_out_is_the_place() -> None:
    assert _where("22일 새별홀 대극장의 불이 꺼지고 가수 비의 콘서트가 시작됐다.", "비, 새별홀 콘서트") == {"새별홀 대극장"}
    assert _where("가수 비가 22일 새별홀 소극장2에서 콘서트를 연다.") == {"새별홀 소극장2"}


@pytest.mark.parametrize(
    ("title", "body", "place", "service"),
    [
        ("해솔불고기 ‘기와뜰’ 식사 후기", "석쇠에 구운 해솔불고기가 맛있어요. 기와뜰 마당이 예뻐요.", "기와뜰", "review"),
        ("누리동 ‘머리 만지는 날’ 가르마펌", "누리동 미용실입니다. 원장님이 친절해요.", "머리 만지는 날", "review"),
        ("누리동 미용실 ‘온결’ 후기", "온결 해솔점에 다녀왔어요.", "온결 해솔점", "review"),
        ("누리동 ‘온쉼’ 런치 코스", "예약한 레스토랑 온쉼. 디저트가 맛있어요.", "온쉼", "blog"),
        ("별솔 고양이카페 냥이네", "22일 다녀왔는데 라떼가 6천 원. 고양이가 귀여워요.", "냥이네", "review"),
        ("해솔 누리소아과 진료 후기", "아이 감기로 22일 다녀왔어요. 원장님이 친절해요.", "누리소아과", "review"),
        ("무지개산 등산 후기", "무지개산 둘레길을 걷고 왔어요. 정상에서 김밥.", "무지개산", "blog"),
        ("해솔공원 ‘빛의 밤’ 축제 후기", "해솔공원에 갔다 왔어요. 빛이 예뻐요.", "해솔공원", "review"),
        ("해솔공원 “다시 올게요” 라던 곳", "해솔공원에 갔다 왔어요.", "해솔공원", "review"),
    ],
)
def test_the_shop_that_a_title_has_in_quotation_marks(title: str, body: str, place: str, service: str) -> None:
    assert _where(body, title, service=service) == {place}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("가수 비가 22일 단오를 맞아 해솔을 찾았다.", "해솔"),
        ("가수 비가 첫 주말 해솔에서 콘서트를 열었다.", "해솔"),
        ("가수 비가 22일 콘래드 해솔에서 콘서트를 열었다.", "콘래드 해솔"),
        ("가수 비가 22일 두결로3가에서 팬들을 만났다.", "두결로3가"),
        ("가수 비가 22일 해솔 동구 단풍동의 한 공장에서 사진을 찍었다.", "단풍동"),
        ("가수 비가 22일 보람상점 누리점에서 팬들을 만났다.", "보람상점 누리점"),
        ("가수 비가 22일 육군 7사단 정문을 나서며 전역했다. 해솔에서 온 팬이 많았다.", "육군 7사단"),
        ("가수 비의 입대 장소는 경남 해솔 바다교육사령부다.", "바다교육사령부"),
        ("북토크 안내\n시간 저녁 일곱 시\n곳 책방 느린걸음 2층 다락\n인원 스무 명", "책방 느린걸음 2층 다락"),
        ("가수 비가 22일 해솔 한국별과학연구원에서 새 위성 이송 환송식을 열었다.", "한국별과학연구원"),
        ("22일 새벽 무지개산 정상에 6시 50분쯤 닿았다. 해가 떴다.", "무지개산"),
    ],
)
def test_names_of_places_begin_and_end_where_they_should(text: str, place: str) -> None:
    assert _where(text) == {place}


def test_stations_are_told_from_other_words() -> None:
    stations = [
        "논현역",
        "서현역",
        "경주역",
        "전주역",
        "해운대역",
        "교대역",
        "고려대역",
        "성수역",
        "옥수역",
        "영통역",
        "초지역",
        "동해역",
        "관악역",
        "동대구역",
        "대전역",
    ]
    others = [
        "현역",
        "육군 현역",
        "흥행 주역",
        "여주역",
        "대역",
        "스턴트대역",
        "상대역",
        "악역",
        "전역",
        "지역",
        "보호구역",
        "면역",
        "통역",
        "경제수역",
        "해역",
    ]
    assert not [name for name in stations if is_no_station(name)]
    assert not [name for name in others if not is_no_station(name)]


def test_a_market_is_what_a_post_tells_of_only_at_its_head() -> None:
    body = "정부는 22일 새별홀에서 특별회의를 연다. 여러 나라의 정상이 온다. 만찬도 열린다. 코스피 지수는 이날 소폭 올랐다."
    assert _where(body) == {"새별홀"}
    assert _where("코스피 지수는 22일 소폭 올랐다. 해솔에서 만난 주부는 한숨을 쉬었다.") == set()
