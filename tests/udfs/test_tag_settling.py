"""What settles a doubt about a post: words beside names, what a post says besides of its event, what a time is told of."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, event_of, tags_of, with_kinds
from udfs.post_text import Celebrity, EventKind, Reference


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("가수 비 씨와 하늘 씨입니다.", {"c1", "c2"}),
        ("축가 하늘이 마이크를 잡았다.", {"c2"}),
        ("옆자리의 하늘은 모자를 썼다.", {"c2"}),
        ("봄은 20일 오후 8시 부산에서 첫 단독 콘서트를 연다.", {"c7"}),
        ("[안내] 봄 정규 3집 예약", {"c7"}),
        ("별무리 응원법을 켜면 하늘과 바다가 목소리로 인사한다.", {"c2", "c6"}),
        ("하늘이가 제 이름을 불러 줬어요.", {"c2"}),
        ("단골 미용실 봄 실장님께 머리를 맡겼다.", set()),
        ("여자배구 한밭은행 이지은(가운데)이 공을 때린다. 이지은은 웃었다.", set()),
        ("가수 하늘이 무대를 꾸민다. 비가 오면 실내로 옮긴다.", {"c2"}),
        ("가수 이지은이 좋아하는 봄 한정 메뉴", {"c3"}),
        ("옆집 강아지 하늘이가 짖었다.", set()),
    ],
)
def test_what_stands_beside_a_name_tells_a_person_from_a_word(body: str, who: set[str]) -> None:
    assert {tag.value for tag in tags_of(body) if tag.kind == "who"} == who


NEAR_KINDS = [
    EventKind("airport_departure", "출국", ("출국",), ("배웅",), (), 6),
    EventKind("airport_arrival", "입국", ("터미널로 들어",), (), (), 6),
    EventKind("premiere", "시사회", ("시사회", "관객과의 대화"), (), (), 8),
    EventKind("film_festival", "영화제", ("영화제",), (), (), 7),
    EventKind("festival", "축제", ("페스티벌",), ("축제",), (), 6, without_person=True),
    EventKind("musical", "뮤지컬", ("뮤지컬",), ("커튼콜", "막공"), (), 5),
    EventKind("theater", "연극", ("연극",), (), (), 5),
    EventKind("recording", "촬영", ("녹음",), (), (), 3),
    EventKind("broadcast", "방송", (), ("방송", "다큐멘터리"), (), 4),
    EventKind("release", "발매", ("앨범",), ("음반",), (), 2),
    EventKind("interview", "인터뷰", ("기자와 마주 앉",), (), (), 3),
    EventKind("wedding", "결혼식", ("결혼식",), ("축가",), (), 7),
]


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("한서윤, 배웅 속 뉴욕으로", "배우 한서윤이 행사 참석차 인천국제공항 제2터미널로 들어서고 있다.", {"airport_departure"}),
        ("한서윤의 저녁", "배우 한서윤이 5일 바다영화제 초청작 관객과의 대화에 나섰다.", {"film_festival"}),
        ("모래축제 개막", "어린이들이 모래축제에서 놀고 있다.", {"festival"}),
        ("한서윤 막공 후기", "연극 막공 커튼콜에서 배우 한서윤이 울었다.", {"theater"}),
        ("한서윤의 목소리", "배우 한서윤이 녹음한 다큐멘터리는 25일 밤 9시 방송된다.", {"broadcast"}),
        ("한서윤의 새 앨범", "지난 3일 작업실에서 기자와 마주 앉은 배우 한서윤은 웃었다.", {"interview"}),
        ("한서윤 생일 축가", "배우 한서윤이 생일에 축가를 들었다.", set()),
    ],
)
def test_kinds_that_share_words_are_settled_by_what_else_is_said(title: str, body: str, kind: set[str]) -> None:
    assert event_of(tags_of(body, title, reference=with_kinds(NEAR_KINDS)), "what") == kind


@pytest.mark.parametrize(
    ("title", "body", "caption", "when"),
    [
        ("", "가수 비가 팬들을 만난다.\n일시: 5월 9일(토) 저녁 7시\n신청은 4월 2일까지, 당첨자는 5일에 알린다.", "", {"2026-05-09T19:00"}),
        ("", "가수 비의 콘서트가 오는 28일 열린다. 예매는 24일 정오에 연다.", "", {"2026-03-28"}),
        ("", "가수 비가 콘서트를 4월 3일에 막을 올려 일요일까지 매일 연다.", "", {"2026-04-03/2026-04-05"}),
        ("", "가수 비의 콘서트가 다음 달 8일 서울에서 개막해 24일까지 이어진다.", "", {"2026-04-08/2026-04-24"}),
        ("비 콘서트 첫날", "가수 비의 콘서트가 20일 서울에서 막을 올렸다. 공연은 25일까지 계속된다.", "", {"2026-03-20"}),
        ("", "소속사는 22일 가수 비가 내달 4일 콘서트를 연다고 알렸다. 음반은 5월 말 나올 예정이다.", "", {"2026-04-04"}),
        ("", "지난 21일 콘서트에 다녀왔다. 가수 비는 최고! 집에 오니 새벽 1시.", "", {"2026-03-21"}),
        ("", "가수 비의 21일 콘서트 후기", "아침 7시 줄", {"2026-03-21"}),
        ("", "금요일 퇴근하고 기차를 탔다. 3월 21일 토요일 가수 비 콘서트를 봤다.", "", {"2026-03-21"}),
    ],
)  # fmt: skip
def test_what_a_time_is_told_of_tells_whether_it_is_the_events(title: str, body: str, caption: str, when: set[str]) -> None:
    assert {value[: len(min(when))] for value in event_of(tags_of(body, title, caption), "when")} == when


@pytest.mark.parametrize(
    ("body", "when"),
    [
        ("별솔박물관은 수요일과 토요일에 밤 9시까지 연다. 3월 18일 저녁 7시 반, 방에는 나뿐이었다.", {"2026-03-18T19:30"}),
        ("매달 25일 월급날에 저축한다. 20일에 통장을 봤다.", {"2026-03-20"}),
        ("전날 회식으로 속이 쓰려 아침 7시에 들어갔다. (3월 18일 수요일 방문)", {"2026-03-18T07:00"}),
        ("가수 비의 콘서트를 20일 저녁에 봤다. 자리는 5시쯤 가서 기다리시는 걸 추천해요.", {"2026-03-20"}),
        ("배우 한서윤이 20일 오후 시상식에 왔다. 시상식은 오후 7시 30분부터 온라인으로 중계된다.", {"2026-03-20"}),
        ("소속사는 22일 “지난 18일 경찰서에 유포자를 고소했다”고 밝혔다.", {"2026-03-18"}),
        ("소속사는 22일 “25일 열 예정이던 콘서트를 4월 14일로 연기한다”고 밝혔다. 가수 비가 다쳤다.", {"2026-04-14"}),
        ("16일 정상회의가 개막했다. 회의는 18일까지 이어진다.", {"2026-03-16/2026-03-18"}),
        ("오늘 포스팅은 가수 비 콘서트 후기입니다. 어제 올림픽홀로 달려갔어요.", {"2026-03-21"}),
        ("어제 가수 비 콘서트에 갔다. 오늘의 옷은 초록 재킷이었다.", {"2026-03-21"}),
        ("3/15 일요일에 본 가수 비 콘서트 후기 갑니다.", {"2026-03-15"}),
        ("가수 비는 지난 20일 오후 6시 콘서트를 열었다. 행사는 21일 새벽 2시에야 끝났다.", {"2026-03-20T18:00"}),
        ("비의 생일은 수요일인데 미리 다녀왔다. 20일 금요일 오전 11시에 갔다.", {"2026-03-20T11:00"}),
    ],
)
def test_days_that_recur_are_noted_or_only_told(body: str, when: set[str]) -> None:
    assert event_of(tags_of(body), "when") == when


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("세 마리의 이름은 하늘, 바다, 그리고 봄. 모두 강아지다.", set()),
        ("배우 한서윤은 “38km에서 하늘이 노래지더라”고 했다.", {"c5"}),
        ("가수 하늘, 비 와도 출근", {"c2"}),
        ("봄, 바다, 비 등 세대를 아우르는 가수들이 출연한다.", {"c1", "c6", "c7"}),
        ("배우 한서윤+바다 페어를 봤다.", {"c5", "c6"}),
        ("이번엔 하늘 나오는 뮤지컬을 봤다.", {"c2"}),
        ("돔 천장에 별무리가 쏟아집니다.", set()),
    ],
)
def test_rain_pets_skies_and_lists(body: str, who: set[str]) -> None:
    assert {tag.value for tag in tags_of(body) if tag.kind == "who"} == who


MORE_KINDS = [
    EventKind("recording", "촬영", ("밥차",), (), (), 3),
    EventKind("volunteer", "봉사", ("배식하는",), ("봉사", "나눔"), (), 6),
    EventKind("award_show", "시상식", ("시상식",), ("레드카펫", "신인상"), (), 8, without_person=True),
    EventKind("brand_event", "행사", ("패션쇼",), ("행사",), (), 6, without_person=True),
    EventKind("broadcast", "방송", ("생방송",), ("회차",), (), 4),
    EventKind("broadcast_commute", "출근길", ("출근길",), (), (), 9),
]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("가수 비가 22일 ‘사랑의 밥차’ 봉사에서 국을 퍼 담았다.", {"volunteer"}),
        ("가수 비가 22일 팬들이 보낸 밥차 앞에서 웃었다.", {"recording"}),
        ("가수 비가 22일 파리에서 열린 ‘노래 그랑프리’ 레드카펫 행사에 참석해 웃고 있다. 비는 신인상 후보다.", {"award_show"}),
        ("배우 한서윤의 개인전에는 패션쇼 대기실에서 찍은 얼굴 64점이 걸린다.", set()),
        ("배우 한서윤이 22일 파리 패션쇼에 참석했다.", {"brand_event"}),
        ("가수 비가 22일 생방송을 앞두고 SBS 사옥으로 헐레벌떡 뛰어가고 있다.", {"broadcast_commute"}),
        ("가수 비를 닮은 원장님. 재방문 3회차.", set()),
    ],
)
def test_food_for_others_carpets_pictures_and_runs_to_work(body: str, kind: set[str]) -> None:
    assert event_of(tags_of(body, reference=with_kinds(MORE_KINDS)), "what") == kind


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("비가 그칠 때까지 앉아 있었다. 비와 칼국수.", set()),
        ("하늘의 단독 공연, 저녁 7시 마루홀.", {"c2"}),
        ("△8월 1일(토) 19:00 = 봄, 하늘, 밴드 파란문", {"c2", "c7"}),
        ("8월 1일(토) | 하늘, 봄", {"c2", "c7"}),
        ("19:00 | 바다", set()),
    ],
)
def test_lists_behind_hours_and_rain_that_stops(body: str, who: set[str]) -> None:
    assert {tag.value for tag in tags_of(body) if tag.kind == "who"} == who


def test_a_colour_from_head_to_toe_is_no_person() -> None:
    reference = Reference.of([Celebrity("c8", "보라", (), (), "가수")], [], [], OCCUPATIONS, ["보라"])
    for body in ("머리부터 발끝까지 보라", "오늘의 컬러는 보라. 보라 재킷에 보라 가방을 들었다."):
        assert not [tag for tag in tags_of(body, reference=reference) if tag.kind == "who"]
    assert [tag for tag in tags_of("가수 보라가 노래했다.", reference=reference) if tag.kind == "who"]
