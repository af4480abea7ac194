"""Places of events: halls, stations on the way, shops of reviews, stations that air, posts without a place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, PUBLISHED, REFERENCE, event_of, tags_of
from udfs.halls import hall_value
from udfs.post_text import EventKind, Place, Reference, TextField
from udfs.tag_post import tag_post


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("가수 비가 22일 마루아트센터 달빛관에서 콘서트를 열었다.", "마루아트센터 달빛관"),
        ("가수 비가 22일 누리호텔 영빈관에서 시상식을 열었다.", "누리호텔 영빈관"),
        ("가수 비가 올여름 서울에서 콘서트를 연다.", "서울"),
        ("가수 비의 콘서트를 봤어요. 마루아트홀이었고요, 계단이 길었어요. 새별역에서 걸어서 5분입니다.", "마루아트홀"),
        ("토요일 저녁 7시 서울 마루아트홀. 가수 비의 콘서트가 시작되자 불이 꺼졌다. 작년에는 호숫가에서 찍은 영상이 나왔다.", "마루아트홀"),
        ("배우 한서윤을 3열에서 찍은 사진이에요. 콘서트는 마루아트홀에서 봤어요.", "마루아트홀"),
        ("가수 비가 22일 별솔동 찻집에서 만난 기자에게 콘서트 이야기를 했다.", "별솔동"),
        ("별솔도청은 22일 결승에서 이겼다. 결승은 별솔컬링장에서 열린 시상식으로 끝났다.", "별솔컬링장"),
    ],
)
def test_halls_seats_stations_and_sentences_without_a_verb(text: str, place: str) -> None:
    assert event_of(tags_of(text), "where") == {place}


def test_a_hall_behind_a_house_of_another_name_keeps_what_is_written() -> None:
    assert hall_value("서울 누리호텔 영빈관", "누리호텔", "서울누리호텔") == "누리호텔 영빈관"
    assert hall_value("KBS 2TV", "KBS 2TV", "KBS") == ""


def _placed(body: str, title: str = "", *, service: str = "news", words: Sequence[tuple[str, str]] = ()) -> set[str]:
    """Where a post's event was by lists that know some stations, houses and kinds of events more."""
    places = [*REFERENCE.places.meanings]
    kinds = [
        EventKind("broadcast", "방송", ("예능", "첫 방송"), (), (), 6),
        EventKind("release", "발매", ("발매",), (), (), 6),
        EventKind("military", "입대", ("입대",), (), (), 9),
    ]
    reference = Reference.of(
        [*REFERENCE.celebrities.values()],
        [(form, REFERENCE.places.meanings[form][0]) for form in places] + [(form, Place(form, kind)) for form, kind in words],
        kinds,
        OCCUPATIONS,
        ["소리", "문구", "국수"],
    )
    return event_of(tags_of(body, title, service=service, reference=reference), "where")


def test_a_programme_is_shown_at_its_station_but_made_before_listeners_elsewhere() -> None:
    words = [("누리TV", "broadcaster")]
    body = "가수 비가 22일 밤 8시 첫 방송되는 누리TV 새 예능 ‘한 그릇 더’에서 솥을 닦는다. 비는 별솔시장에서 나물을 다듬었다."
    assert _placed(body, words=words) == {"누리TV"}
    body = "누리TV 예능 ‘노을 라디오’가 22일 별솔공원에서 공개방송을 연다. 가수 비가 노래한다."
    assert _placed(body, words=words) == {"별솔공원"}


def test_what_comes_out_or_is_forecast_for_the_country_has_no_place() -> None:
    assert _placed("가수 비가 22일 새 앨범을 발매했다. 노래는 서울에서 본 저녁 하늘에서 왔다.") == set()
    assert _placed("가수 비가 22일 앨범을 발매했다. 비는 이날 서울에서 청음회를 열었다.") == {"서울"}
    assert _placed("기상청은 22일 전국에 비가 온다고 예보했다. 비는 새벽 서울에서 시작된다.", "전국 비") == set()
    assert _placed("한빛대 연구팀의 논문이 22일 학술지에 실렸다. 고래 소리는 서울에서 분석했다.") == set()


def test_who_enlists_does_so_where_they_enter() -> None:
    body = "가수 비가 22일 9사단 신병교육대로 입소하며 입대한다. 지난 14일에는 서울에서 팬들을 만났다."
    assert _placed(body) == {"9사단 신병교육대"}


def test_a_place_that_one_only_passes_is_not_where_one_goes() -> None:
    body = "노을공항에서 비행기를 타고 별솔공항에 내렸는데 가수 비가 서 있었다."
    assert _placed(body, words=[("노을공항", "airport"), ("별솔공항", "airport")]) == {"별솔공항"}


@pytest.mark.parametrize(
    ("title", "body", "place"),
    [
        ("서울 별마루옥, 더위에 줄 선 보람", "새별역에서 걸어오니 대기가 길었다. 한 그릇 비우니 살 것 같다.", "별마루옥"),
        ("서울 별솔동 1인 미용실 가위노래, 단발 성공", "골목 안쪽에 있는 ‘가위노래’는 원장님 혼자 하세요. 커트만 했어요.", "가위노래"),
        (
            "줄 서서 산 망고빵 — 달빛당 과자점",
            "아침 7시에 달빛당 과자점 도착. 대기 번호는 없었어요. 서울까지 들고 왔습니다.",
            "달빛당 과자점",
        ),
        ("서울 별무늬헤어 탈색 후기", "이름도 별무늬헤어ㅋㅋ 원장님이 친절하세요. 서울에서 두 번째예요.", "별무늬헤어"),
    ],
)
def test_a_review_is_of_the_shop_in_its_title(title: str, body: str, place: str) -> None:
    assert _placed(body, title, service="review") == {place}


def test_a_quoted_motto_is_no_shop_and_a_shelter_is_a_place() -> None:
    assert _placed("컵의 문구 ‘너의 하루’ 읽고 웃으셨대요. 가수 비를 서울에서 봤어요.") == {"서울"}
    assert _placed("‘노래해요’ 팬미 다녀온 이야기. 가수 비를 서울에서 봤어요.") == {"서울"}
    assert _placed("동물 보호소 ‘꼬리별’에 낯익은 얼굴이 나타났다. 가수 비였다.") == {"꼬리별"}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("가수 비 콘서트 안내\n▶ 일시 4월 3일 오후 8시\n▶ 장소 마루아트센터 달빛홀\n예매는 내일", "마루아트센터 달빛홀"),
        ("가수 비 콘서트 @마루아트홀 다녀온 기록. 서울은 추웠다.", "마루아트홀"),
        ("가수 비의 콘서트는 마루아트홀이었는데요, 새별역에서 가까워요.", "마루아트홀"),
        ("두 나라 정상이 22일 서울 대통령관저에서 회담했다.", "대통령관저"),
    ],
)
def test_a_place_is_said_in_a_list_behind_an_at_sign_or_by_a_copula(body: str, place: str) -> None:
    assert _placed(body) == {place}


def test_a_branch_of_a_shop_that_the_text_names_again() -> None:
    body = "누리머리방 별솔점으로 갔더니 원장님이 믿고 맡기라고 하셨어요. 서울에서 손꼽히는 곳이래요."
    assert _placed(body, "누리머리방 별솔점에서 단발 성공", service="review") == {"누리머리방 별솔점"}


def test_a_journeys_region_and_what_one_stands_before() -> None:
    words = [("별솔", "city"), ("하늬호수", "venue"), ("하늬해변", "venue")]
    body = "가수 비의 노래를 들으며 떠났다. 하늬호수 한 바퀴를 돌고 저녁을 먹었다."
    assert _placed(body, "별솔 당일치기", words=words) == {"별솔"}
    body = "가수 비가 별솔에서 보낸 방학을 공개했다. 사진에는 하늬해변을 등지고 선 비가 있다."
    assert _placed(body, words=words) == {"하늬해변"}
    assert _placed("가수 비의 콘서트였고 극장은 하늬해변. 새별역에서 길이 이어져서 편하다.", words=words) == {"하늬해변"}


@pytest.mark.parametrize(
    ("title", "body", "place"),
    [
        ("부모님과 간 한정식집 달빛뜨락", "어버이날에 부모님과 서울 달빛뜨락에 갔습니다. 룸이 넓어요.", "달빛뜨락"),
        ("줄 서도 먹는 이유, 오복국수", "일요일 점심에 서울에서 먹었어요. 오복국수는 멸치 육수가 진해요.", "오복국수"),
        ("서울 결머리 매직 6시간", "서울에서 곱슬로 산 지 서른 해. 결머리 새별입구역점 3층이에요.", "결머리 새별입구역점"),
        ("우리 동네 점심", "화요일은 쉽니다. 별솔반점은 서울에서 손꼽혀요.", "별솔반점"),
        ("곱창 골목 탐방", "누리곱창골목 '하늬곱창'에 갔습니다. 불막창을 권해요.", "하늬곱창"),
        ("별솔옥 냉면, 세 번은 먹어야", "서울 별솔옥은 이번이 세 번째예요. 육향이 진해요.", "별솔옥"),
    ],
)
def test_a_review_is_of_the_shop_that_its_kind_ending_or_branch_tells(title: str, body: str, place: str) -> None:
    assert _placed(body, title, service="review") == {place}


def test_no_relative_and_no_treatment_is_a_shop() -> None:
    assert _placed("서울에서 부모님을 모셨다. 부모님은 좋아하셨다.", "부모님과 나들이", service="review") == {"서울"}
    assert _placed("밝은하루치과에서 스케일링을 받았어요.", "스케일링 후기", service="review") == {"밝은하루치과"}


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("생일카페를 돌았다. 서울 새별역 앞 ‘카페 낮잠’. 가수 비의 콘서트 이야기를 했다.", "카페 낮잠"),
        ("가수 비가 22일 서울 도자기 공방 흙손에서 콘서트를 열었다.", "흙손"),
        ("배우 한서윤이 22일 서울시 별솔면에서 열린 시상식에 왔다.", "별솔면"),
        ("가수 비의 콘서트 날 내 장바구니에서 대파가 떨어졌다. 서울에서 샀다.", "서울"),
        ("가수 비의 콘서트를 누리홀에서 봤다. 상대역 배우가 웃었다.", "누리홀"),
        ("배우 한서윤을 22일 서울 소속사 사옥에서 만나 시상식 이야기를 들었다.", "서울"),
        ("배우 한서윤이 22일 서울 동대구역에서 시상식 상을 자랑했다.", "동대구역"),
        ("22일 서울 별솔도 인근 해상에서 시상식 배가 멈췄다.", "별솔도"),
        ("22일 서울 별솔고속도로 하늬나들목 부근에서 시상식 차가 멈췄다.", "별솔고속도로 하늬나들목"),
        ("별솔경찰서는 22일 새벽 서울에서 시상식 상을 훔친 30대를 붙잡았다.", "서울"),
    ],
)
def test_things_police_and_partners_are_no_places_but_rooms_and_quarters_are(body: str, place: str) -> None:
    assert _placed(body) == {place}


def test_a_peak_or_hall_goes_with_what_it_is_a_part_of() -> None:
    words = [("별솔산", "city"), ("하늬회관", "venue"), ("하늬박물관", "venue")]
    body = "새벽 3시 출발. 하늬봉은 바람이 셌고 대청대 정상은 더 셌다."
    assert _placed(body, "별솔산 대청대, 정상에서 먹은 컵라면", words=words) == {"대청대"}
    body = "가수 비의 콘서트를 보러 뛰었다. 저녁 7시 30분, 하늬회관 대극장. 노래는 여전했다."
    assert _placed(body, "하늬회관에서 울다 온 이야기", words=words) == {"하늬회관 대극장"}
    body = "퇴근길에 하늬박물관에 들러 조용히 보고 왔어요."
    assert _placed(body, "하늬박물관 생각의 방, 조용히 보고 싶다면", service="review", words=words) == {"하늬박물관 생각의 방"}


def test_who_is_met_from_afar_meets_nowhere_and_forecasts_name_the_rest_of_the_country() -> None:
    interview = [EventKind("interview", "인터뷰", ("인터뷰로 만났",), (), (), 3)]
    reference = Reference.of([*REFERENCE.celebrities.values()], [("서울", Place("서울", "city"))], interview, OCCUPATIONS, [])
    body = "배우 한서윤을 22일 오전 화상 인터뷰로 만났다. 그는 서울에서 쉰다고 했다."
    field = TextField("body", body, PUBLISHED, None, [*reference.names.find(body)], [*reference.places.find(body)])
    field.kinds = [*reference.kind_words.find(body)]
    assert event_of(tag_post([field], reference, service="news", place_id=None, photo_offsets=[]), "where") == set()
    assert _placed("서울에서 시작되는 비. 예상 강수량은 100밀리미터, 그 밖의 지역은 20밀리미터입니다.", "내일 비") == set()


def test_a_journeys_end_is_where_one_went_and_where_one_starts_is_not() -> None:
    words = [("별솔", "city"), ("하늬안내소", "venue"), ("하늬산", "venue")]
    assert _placed("금요일에 반차를 내고 별솔로 떠났어요. 바람이 셌다.", "케이블카 총정리", words=words) == {"별솔"}
    body = "하늬산을 올랐습니다. 하늬안내소에서 아침 일찍 출발, 세 시간 만에 정상에 섰어요."
    assert _placed(body, words=words) == {"하늬산"}


def test_what_is_only_one_of_many_is_no_place_in_a_caption_either() -> None:
    tags = tags_of("가수 비를 서울의 한 목공방에서 만났다. 그는 나무를 깎았다.", caption="목공방에서 만난 가수 비")
    assert event_of(tags, "where") == {"서울"}


def test_those_whom_one_met_in_a_club_are_at_no_place() -> None:
    assert _placed("가수 비가 25일 서울에서 콘서트를 연다. 밴드는 산악회에서 만난 사이다.") == {"서울"}


@pytest.mark.parametrize(
    ("body", "title", "service", "place"),
    [
        ("가수 비가 22일 하늬극장 3관에서 시사회를 열었다.", "", "news", "하늬극장 3관"),
        ("가수 비가 22일 하늬극장 남문 앞 특설무대에서 콘서트를 열었다.", "", "news", "하늬극장 남문 앞 특설무대"),
        ("세 번째로 들른 곳은 하늬밀면입니다. 3월 20일 2시에 갔는데 줄이 길었고 육수가 맛있어요.", "별솔 밀면 투어", "review", "하늬밀면"),
        ("하늬떡갈비 1호점에 들렀다. 떡갈비는 달다.", "별솔역 앞 떡갈비골목, 현지인 추천집", "review", "하늬떡갈비 1호점"),
        ("장터 구경 갔다가 하늬네집에서 늦은 점심. 국밥이 맛있어요.", "별솔 하늬순대거리 하늬네집, 국물이 다르다", "review", "하늬네집"),
    ],
)
def test_screens_stages_before_gates_and_shops_among_others(body: str, title: str, service: str, place: str) -> None:
    words = [("하늬극장", "venue"), ("별솔", "city")]
    assert _placed(body, title, service=service, words=words) == {place}


def test_what_is_chewed_or_climbed_by_cats_is_no_place() -> None:
    assert not [tag for tag in tags_of("문어가 질기지 않고 캣타워에서 노는 고양이처럼 부드럽다.", service="blog") if tag.kind == "where"]
