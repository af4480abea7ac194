"""Kinds that a sentence tells without a word for them."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import PUBLISHED, event_of, tags_of, with_kinds
from udfs.post_text import EventKind, TextField
from udfs.told_kinds import told_kinds

KINDS = [
    EventKind(kind, kind, words, hints, (), priority)
    for kind, words, hints, priority in (
        ("airport_departure", ("출국",), (), 6),
        ("airport_arrival", ("터미널로 들어",), (), 6),
        ("broadcast_commute", ("출근길", "퇴근길"), (), 9),
        ("brand_event", ("포토월",), (), 6),
        ("broadcast", ("생방송",), ("방송",), 4),
        ("concert", ("콘서트", "공연을 펼"), ("응원봉", "앵콜"), 7),
        ("festival", ("대동제",), (), 6),
        ("press_conference", ("제작발표회",), (), 9),
        ("recording", ("녹음",), ("촬영",), 3),
        ("release", ("컴백",), ("앨범", "신곡"), 2),
        ("volunteer", ("재능기부",), ("봉사",), 6),
        ("interview", ("마주 앉은",), ("인터뷰",), 3),
        ("street", (), ("근황", "일상"), 1),
    )
]


def _kind(body: str, title: str = "", service: str = "news") -> set[str]:
    return event_of(tags_of(body, title, service=service, reference=with_kinds(KINDS)), "what")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("배우 한서윤이 21일 낮 라디오 생방송을 하러 서울 목동 SBS에 걸어 들어오고 있다.", "broadcast_commute"),
        ("배우 한서윤이 8일 오후 서울 MBC에 도착해 취재진에게 인사하고 있다.", "broadcast_commute"),
        ("배우 한서윤이 해외 일정을 위해 22일 인천국제공항 제1터미널로 들어서고 있다.", "airport_departure"),
        ("배우 한서윤이 새 드라마를 찍는다. 촬영은 다음 달 파리에서 시작된다.", "recording"),
        ("가수 비가 20일 새 앨범 ‘하루’를 내놓는다.", "release"),
        ("배우 한서윤은 21일 농학교를 찾아 학생들에게 북을 가르쳤다.", "volunteer"),
        ("22일 밤 9시 10분 SBS ‘우리 집’에 배우 한서윤이 나옵니다.", "broadcast"),
        ("배우 한서윤은 일찍 와 있었다. 21일 서울의 한 카페에서 그를 만났다.", "interview"),
        ("배우 한서윤이 지난밤 인스타그램에 사진 석 장을 올리며 새 머리를 선보였다.", "street"),
    ],
)
def test_a_sentence_tells_the_kind(body: str, kind: str) -> None:
    assert _kind(body) == {kind}


def test_a_town_names_its_concert_and_a_blogger_whom_they_met() -> None:
    assert _kind("가수 비의 공연을 파리에서 봤다.", "비 파리콘 기록", "blog") == {"concert"}
    assert _kind("고로케를 사려고 줄을 섰는데 배우 한서윤을 만났다.", "서울에서 생긴 일", "blog") == {"street"}
    assert _kind("배우 한서윤을 만났다.", "서울에서 생긴 일", "news") == set()


def test_what_meets_somebody_else_or_a_photo_shoot_tells_nothing() -> None:
    text = TextField("body", "파리에서 팬들을 만난 그는 돌아왔다. 화보 촬영은 5일 시작된다.", PUBLISHED)
    assert told_kinds([text], with_kinds(KINDS)) == []


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("비, 정오에 띄우는 신곡 ‘퇴근길’", "가수 비가 20일 신곡 ‘퇴근길’을 들려준다. ‘퇴근길’은 봄에 썼다.", {"release"}),
        ("한서윤의 봄", "배우 한서윤이 21일 대동제에 갔다. 응원봉이 물결쳤고 앵콜이 이어졌다. 응원봉은 밤새 빛났다.", {"festival"}),
        ("한서윤의 봄", "5일 작업실에서 마주 앉은 배우 한서윤은 “콘서트보다 집이 좋다”고 했다.", {"interview"}),
        ("한서윤 새 드라마 ‘하루’ 생방송", "배우 한서윤의 드라마가 온다. 그는 지난 16일 제작발표회에서 웃었다.", {"broadcast"}),
        ("비, 병동을 찾다", "가수 비가 21일 병동에서 재능기부 공연을 펼쳤다.", {"volunteer"}),
    ],
)
def test_words_of_works_of_speech_and_of_other_days_count_less(title: str, body: str, kind: set[str]) -> None:
    assert _kind(body, title) == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("별무리 하늘이 2일 아침 서울 SBS 등촌동 공개홀에 ‘노래톱’ 녹화를 하러 오면서 털목도리를 둘렀다.", {"broadcast_commute"}),
        ("배우 한서윤이 8일 KBS 신관에 라디오 생방송을 위해 들어서며 웃었다.", {"broadcast_commute"}),
        ("배우 한서윤의 말. 지난 18일 누리동의 한 찻집. 창가에 앉은 그는 덤덤했다. 촬영은 작년 겨울이었다.", {"interview"}),
        ("배우 한서윤이 22일 SBS 목동 사옥으로 라디오 출연을 위해 들어서며 인사했다.", {"broadcast_commute"}),
        ("배우 한서윤이 22일 파리에서 열린 로렌디 쇼에 참석했다.", {"brand_event"}),
        ("배우 한서윤이 22일 파리에서 열린 디너쇼에 참석했다.", set()),
        ("배우 한서윤을 22일 누리동 소속사 사옥에서 만났다. “드라마 촬영이 힘들었어요.”", {"interview"}),
        ("배우 한서윤은 22일 서울 한 호텔에서 스포츠누리와 만나 영화 ‘문’ 이야기를 들려줬다.", {"interview"}),
        ("오늘 새벽 고속도로에 소주병이 쏟아졌습니다. 출근길 정체가 이어졌습니다. 한가온 기자가 보도합니다.", set()),
    ],
)
def test_commutes_to_recordings_talks_at_a_table_and_reporters(body: str, kind: set[str]) -> None:
    assert _kind(body) == kind


def test_a_festival_that_somebody_went_to() -> None:
    kinds = with_kinds([EventKind("festival", "축제", (), ("축제",), (), 6, without_person=True)])
    assert event_of(tags_of("누리숲 벚꽃 축제 다녀왔어요.", reference=kinds), "what") == {"festival"}
    assert event_of(tags_of("밥을 먹었다. 축제 생각이 났다.", reference=kinds), "what") == set()


def test_a_programme_that_is_sent_at_an_hour_is_no_recording() -> None:
    body = "다큐 ‘심해’ 방송을 내일 저녁 7시 30분에 보내 드립니다. 해설은 배우 한서윤 씨가 녹음했습니다."
    assert _kind(body, "내일 저녁 방송") == {"broadcast"}


def test_a_talk_with_visitors_of_an_exhibition_is_no_premiere() -> None:
    kinds = with_kinds([EventKind("premiere", "시사회", ("관객과의 대화",), (), (), 8)])
    shown = tags_of("배우 한서윤의 개인전이 누리갤러리에서 열린다. 7일에는 관객과의 대화가 마련된다.", reference=kinds)
    assert event_of(shown, "what") == set()
    shown = tags_of("배우 한서윤의 영화가 개봉한다. 7일에는 관객과의 대화가 마련된다. 포스터 전시회도 있다.", reference=kinds)
    assert event_of(shown, "what") == {"premiere"}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("배우 한서윤이 20일 화장품 브랜드 ‘온결’의 신제품 출시 행사에 참석했다. 한서윤은 다음 달 4일 새 싱글을 낸다.", {"brand_event"}),
        ("20일 누리광장에서 열린 ‘숲길’ 캠페인 선포식에 배우 한서윤이 참석했다.", {"brand_event"}),
        ("가수 비 공연은 세 번째인데 이렇게 작은 데서는 처음.", {"concert"}),
        ("클럽 공연 보러 갔다. 가수 비가 기타를 쳤다.", {"concert"}),
    ],
)
def test_events_of_brands_and_small_shows(body: str, kind: set[str]) -> None:
    assert _kind(body) == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("다리 위에서 대학생 둘이 가수 비 노래로 버스킹을 하고 있었다.", set()),
        ("가수 비가 학생들이 모인 가운데 버스킹을 열었다.", {"concert"}),
    ],
)
def test_street_music_heard_by_chance_is_no_event(body: str, kind: set[str]) -> None:
    reference = with_kinds([EventKind("concert", "콘서트", ("버스킹",), (), (), 7)])
    assert event_of(tags_of(body, reference=reference), "what") == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("토요일 달오름극장. 배우 한서윤이 등으로 연기하더라. 막공은 20일.", {"theater"}),
        ("토요일 달오름극장. 배우 한서윤의 연기와 넘버가 좋더라. 막공은 20일.", {"musical"}),
    ],
)
def test_words_of_musicals_are_of_plays_where_nobody_sings(body: str, kind: set[str]) -> None:
    kinds = [EventKind("musical", "뮤지컬", ("뮤지컬",), ("막공",), (), 5), EventKind("theater", "연극", ("연극",), (), (), 5)]
    assert event_of(tags_of(body, reference=with_kinds(kinds), title="‘둥근 방’ 막공"), "what") == kind
