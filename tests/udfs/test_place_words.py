"""Names of places as far as they go, and places that are beside the point: datelines, verbs before names, rooms, cafés of fans."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, PUBLISHED, REFERENCE, event_of, tags_of
from udfs.nowhere import happens_nowhere
from udfs.place_names import find_places
from udfs.post_text import Place, Reference, TextField
from udfs.told_places import told_as_places

WORDS = (
    ("누리군", "district"),
    ("달뫼산", "city"),
    ("별솔하우스", "venue"),
    ("마루동", "district"),
    ("해솔", "city"),
    ("해솔읍", "district"),
)


def _lists() -> Reference:
    places = [(form, REFERENCE.places.meanings[form][0]) for form in REFERENCE.places.meanings]
    kinds = [*REFERENCE.kinds.values()]
    more = [(form, Place(form, kind)) for form, kind in WORDS]
    return Reference.of([*REFERENCE.celebrities.values()], [*places, *more], kinds, OCCUPATIONS, ["하늘", "국수"])


def _where(body: str, title: str = "", *, service: str = "news") -> set[str]:
    return event_of(tags_of(body, title, service=service, reference=_lists()), "where")


def _entity(text: str, name: str) -> list[tuple[int, int, str]]:
    begin = text.index(name)
    return [(begin, begin + len(name), "LC")]


def _named(text: str, name: str) -> list[str]:
    """Places of a text in which the annotator found a location."""
    reference = _lists()
    field = TextField("body", text, PUBLISHED, None, [], [*reference.places.find(text)], [], entities=_entity(text, name))
    return [place.value for place in find_places([field], reference)]


@pytest.mark.parametrize(
    ("text", "name", "places"),
    [
        ("소주병이 쏟아진 누리고속도로.", "누리고속도로", ["누리고속도로"]),
        ("서울 방향 별솔나들목 근처에서 사고가 났다.", "별솔나들목", ["서울", "별솔나들목"]),
        ("한서윤과 함께한 화보가 나왔다.", "한서윤과", []),
        ("누리복지관 조리실에서 만들었다.", "누리복지관 조리실", ["누리복지관"]),
        ("내 소금다락에서 꺼냈다.", "내 소금다락", []),
        ("누리극장 1층 12열에서 봤다.", "누리극장 1층 12열", ["누리극장"]),
        ("누리극장 3번 출입문에서 만났다.", "누리극장 3번 출입문", ["누리극장"]),
    ],
)
def test_a_name_goes_no_further_than_it_is(text: str, name: str, places: list[str]) -> None:
    assert _named(text, name) == places


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("가수 비의 콘서트는 22일 별솔하우스 컨퍼런스룸 401호에서 열린다.", "별솔하우스 컨퍼런스룸 401호"),
        ("가수 비가 22일 CGV 누리점 7관에서 인사했다.", "CGV 누리점 7관"),
        ("가수 비가 22일 별솔하우스 마루동에서 콘서트를 열었다.", "별솔하우스 마루동"),
        ("산악회를 따라 달뫼산에 다녀왔다.", "달뫼산"),
        ("가수 비의 콘서트 안내\n- 언제: 3월 25일\n- 어디서: 누리대학교 평화의전당\n- 팬카페 ‘보조개’ 운영진", "누리대학교 평화의전당"),
        ("가수 비가 22일 해솔 마루동의 한 농장에서 콘서트를 열었다. 해솔의 하늘은 맑았다.", "마루동"),
    ],
)
def test_halls_rooms_branches_and_labels(body: str, place: str) -> None:
    assert _where(body) == {place}


@pytest.mark.parametrize(
    ("text", "place", "is_one"),
    [
        ("마라토너 강산(24·별솔군청)이 달렸다.", "24·별솔군청", False),
        ("5·18누리광장에서 만났다.", "5·18누리광장", True),
        ("8km쯤에서 만난 사람이 있다.", "8km쯤", False),
        ("시험은 전국 1310개 시험장에서 치러진다.", "시험장", False),
        ("드라마 ‘완행열차’가 종착역에 닿았다.", "가 종착역", False),
        ("1월 11일에 묵은 호텔 물마루는 서울에서 멀다.", "호텔 물마루", True),
        ("배우가 이곳 비탈길에서 찍은 사진이다.", "이곳 비탈길", False),
    ],
)
def test_what_only_looks_like_a_name(text: str, place: str, *, is_one: bool) -> None:
    field = TextField("body", text, PUBLISHED, None, [], [*_lists().places.find(text)], [])
    assert (place in {found.value for found in find_places([field], _lists())}) == is_one


@pytest.mark.parametrize(
    ("text", "found"),
    [("18일 서울시 별솔동 유리 공장에서 불이 났다.", True), ("18일 서울시 별솔동 주민이 공장을 찾았다.", False)],
)
def test_a_quarter_is_where_a_house_behind_it_stands(text: str, *, found: bool) -> None:
    reference = Reference.of([], [("서울시", Place("서울", "city"))], [], OCCUPATIONS, [])
    assert ("별솔동" in {text[begin:end] for begin, end in told_as_places(text, reference)}) == found


def test_a_dateline_or_an_athletes_office_is_no_place() -> None:
    assert _where("[서울=누리뉴스] 배우 한서윤이 열애를 인정했다.") == set()
    assert _where("[인천국제공항=누리뉴스] 배우 한서윤이 출국하고 있다.") == {"인천국제공항"}
    assert _where("배우 한서윤(별솔시청)이 22일 파리에서 열린 시상식에 나섰다.") == {"파리"}


def test_news_of_a_couple_are_of_no_place() -> None:
    body = "배우 한서윤이 열애를 인정했다. 두 사람이 파리에서 걷는 사진이 나왔다."
    assert _where(body, "한서윤 열애 인정") == set()
    assert _where(body, "한서윤의 하루") == {"파리"}


def test_cafes_whose_names_end_like_a_particle() -> None:
    assert _where("별무리 하늘 생일이라 다녀왔어요. 첫 번째는 카페 모퉁이. 종이컵이 예뻤어요.", service="blog") == {"카페 모퉁이"}
    assert _where("주말에 다녀온 카페 고요. 커피가 진해요. 카페 고요는 2층이에요.", service="blog") == {"카페 고요"}
    body = "카페 봄날에서 쉬었다. 카페 봄날이 좋았다."
    assert _where(body, service="blog") == {"카페 봄날"}


def test_a_shop_in_brackets_at_the_end_of_a_title() -> None:
    title, body = "별솔 들기름막국수, 오픈런한 보람이 있네요 (메밀방앗간)", "오늘 서울 메밀방앗간에 갔는데 앞에 열두 팀이 있었다."
    assert _where(body, title, service="blog") == {"메밀방앗간"}


def test_a_quoted_shop_has_its_particle_behind_the_quotation_mark() -> None:
    body = "어제 해솔읍 ‘달빛국수’에 다녀왔어요. 비빔국수가 최고."
    assert _where(body, "해솔읍 달빛국수 후기", service="blog") == {"달빛국수"}
    assert _where("배우 한서윤이 22일 영화 ‘모래시장’에서 상인을 연기했다. 시상식은 파리에서 열렸다.") == {"파리"}


def test_shops_behind_their_kind() -> None:
    assert _where("해솔에 있는 라멘집 멘야하루예요. 국물이 깊어요.", "해솔 라멘 맛집", service="blog") == {"멘야하루"}
    assert _where("소소재에서 1박. 마당이 예뻐요.", "해솔 한옥스테이 소소재", service="review") == {"소소재"}


def test_a_programme_that_ends_like_a_venue_is_no_shop() -> None:
    body = "저녁 7시 ‘웃음시장’ 녹화 방청 다녀왔어요. 장소는 마루아트홀. 가수 비 콘서트 같았어요."
    assert _where(body, "‘웃음시장’ 방청 후기", service="blog") == {"마루아트홀"}


def test_the_daily_forecast_is_of_no_place() -> None:
    def fields(title: str) -> Sequence[TextField]:
        body = "7일 서울의 낮 기온은 35도까지 오르겠다. 동해 바다의 물결은 잔잔하겠다."
        return [TextField(name, text, PUBLISHED, None, [], [], []) for name, text in (("title", title), ("body", body))]

    assert happens_nowhere(fields("[내일 날씨] 파리엔 밤부터 비"), "")
    assert not happens_nowhere(fields("파리에 밤부터 비"), "")


@pytest.mark.parametrize(
    ("title", "body", "place"),
    [
        ("닭곰탕 먹은 날", "파리 4번 출구 뒷골목 광누옥. 국물이 맑다.", {"광누옥"}),
        ("국수", "파리 누리마을 근처 다올국수. 멸치 육수가 좋다.", {"다올국수"}),
        ("김치찌개", "파리 3번 출구 골목 온유식당. 김치찌개가 진하다.", {"온유식당"}),
        ("가르마펌, 해솔 결이헤어 보리 쌤한테", "퇴근하고 예약했다. 만족!", {"결이헤어"}),
        ("남자 단발헤어 후기", "만족!", set()),
        ("해솔 갔다가 생긴 일", "파리 출발 기차를 탔다. 다들 한숨도 못 잤다.", {"해솔"}),
        ("‘파리 그 남자’ 1회 리뷰", "음악이 과하다.", set()),
        ("어제의 드라마", "드라마 ‘파리의 밤’을 봤다.", set()),
    ],
)
def test_shops_beside_places_departures_and_titles_of_works(title: str, body: str, place: set[str]) -> None:
    assert _where(body, title, service="blog") == place


def test_a_cinema_without_a_branch_ends_before_its_particle() -> None:
    assert all("에서" not in place for place in _where("20일 오후 7시 파리 CGV에서 열린 시사회에 배우 한서윤이 왔다."))
