"""Kinds that deeds tell without their word, and kinds whose word stands in a post about something else."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import event_of, tags_of, with_kinds
from udfs.passing_kinds import is_awaited
from udfs.post_text import EventKind
from udfs.told_deeds import first_question, tells_of_a_show

KINDS = [
    EventKind(kind, kind, words, hints, (), priority, without_person=kind in ("festival", "brand_event", "concert"))
    for kind, words, hints, priority in (
        ("airport_arrival", ("입국",), (), 6),
        ("broadcast_commute", ("출근길", "퇴근길"), (), 9),
        ("brand_event", ("포토월",), ("행사",), 6),
        ("broadcast", ("생방송", "녹화"), ("방송",), 4),
        ("concert", ("콘서트", "전국투어"), (), 7),
        ("festival", ("해돋이 행사",), ("축제",), 6),
        ("fan_meeting", ("팬미팅",), (), 8),
        ("fan_signing", ("팬사인회",), (), 9),
        ("premiere", ("시사회",), (), 8),
        ("recording", ("녹음", "드라마 촬영을", "드라마 촬영에", "드라마 촬영 중", "밥차"), (), 3),
        ("release", ("컴백",), ("앨범",), 2),
        ("volunteer", ("재능기부",), ("봉사", "이재민"), 6),
        ("wedding", ("결혼식", "부부가 된다"), ("예식", "예비신랑"), 7),
        ("interview", ("일문일답",), ("마주 앉",), 3),
        ("military", ("입대",), (), 7),
        ("street", (), ("근황",), 1),
    )
]


def _kind(body: str, title: str = "", service: str = "news") -> set[str]:
    return event_of(tags_of(body, title, service=service, reference=with_kinds(KINDS)), "what")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("배우 한서윤이 20일 누리군의 한 보육원을 찾아 아이들과 김장 200포기를 담갔다.", "volunteer"),
        ("배우 한서윤이 20일 쪽방촌 어르신 200명에게 손수 만든 도시락을 돌렸다.", "volunteer"),
        ("배우 한서윤이 주말 유기견 쉼터에서 개들을 씻기고 산책시켰다.", "volunteer"),
        ("배우 한서윤이 노래했다. 이런 봉사는 올해로 6년째다.", "volunteer"),
        ("배우 한서윤이 산불 이재민을 위해 사흘째 밥차를 운영했다.", "volunteer"),
        ("지난 11일 누리동에서 마주 앉은 배우 한서윤은 말이 없었다. 전국투어는 3월에 끝난다.", "interview"),
        ("배우 한서윤의 작업실. 지난 19일 그곳을 찾았을 때 그는 책을 읽고 있었다.", "interview"),
        ("배우 한서윤이 20일 누리동 한 카페에서 작품과 연기에 대한 생각을 털어놨다.", "interview"),
        ("배우 한서윤이 소속사 사무실에서 기자들을 만나 웃었다.", "interview"),
        ("오늘 밤 11시 35분 EBS 1TV ‘우주의 밤’에서는 가수 비가 노래합니다.", "broadcast"),
        ("배우 한서윤이 된장찌개를 끓입니다. 오늘 밤 10시 MBC에서 만나요.", "broadcast"),
        ("가수 비의 무대입니다. 많은 시청 바랍니다.", "broadcast"),
        ("가수 비의 첫 정규 ‘숨’이 20일 오후 6시 나온다.", "release"),
        ("가수 비가 6월 3일 다섯 곡이 담긴 ‘창문’으로 돌아온다.", "release"),
        ("배우 한서윤이 쓴 그림책 ‘우산’이 20일 서점에 나왔다.", "release"),
        ("배우 한서윤의 드라마 팀이 20일 모여 대본을 맞춰 봤다.", "recording"),
        ("배우 한서윤이 영화 ‘설원’의 추격 장면을 찍고 있다.", "recording"),
        ("배우 한서윤이 20일 누리동에서 열린 위스키 브랜드 파티에 참석했다.", "brand_event"),
        ("별무리가 팬 3천 명과 데뷔 10주년을 기념하는 자리를 가졌다.", "fan_meeting"),
        ("별무리가 도쿄돔에서 이틀간 9만 관객과 만났다.", "concert"),
        ("가수 비가 두 시간 동안 20곡을 들려줬다.", "concert"),
        ("배우 한서윤이 20일 인천공항을 통해 들어왔다.", "airport_arrival"),
        ("가수 비가 20일 군 생활을 마치고 돌아왔다.", "military"),
        ("배우 한서윤이 출연료 3천만 원을 재단에 전달했다.", "volunteer"),
        ("배우 한서윤이 수험생 응원 영상을 SNS에 올렸다.", "street"),
        ("배우 한서윤이 읽는 ‘겨울 편지’. 일요일 밤 11시 EBS FM.", "broadcast"),
        ("배우 한서윤이 20일 극장을 돌며 관객들에게 인사했다.", "premiere"),
        ("배우 한서윤이 20일 가족만 모신 가운데 식을 올린다.", "wedding"),
    ],
)
def test_a_deed_tells_the_kind(body: str, kind: str) -> None:
    assert _kind(body) == {kind}


def test_questions_with_dashes_and_answers_are_an_interview() -> None:
    body = "배우 한서윤의 새 영화가 온다.\n— 왜 바다인가.\n“기다려야 한다.”\n— 다음 작품은.\n“드라마 촬영 중이다.”"
    assert _kind(body) == {"interview"}
    assert first_question("- 장소: 누리홀\n- 시간: 7시") is None


@pytest.mark.parametrize(
    ("title", "body", "service"),
    [
        ("한서윤, 3중 추돌", "배우 한서윤이 다쳤다. 한서윤 측은 “금요일 녹화는 예정대로 한다”고 했다.", "news"),
        ("한서윤, 열애 인정", "배우 한서윤이 연인을 소개했다. 한서윤은 6월 드라마 촬영에 들어간다.", "news"),
        ("비, 독감 확진", "가수 비가 독감에 걸려 이번 주 팬사인회에 나오지 않는다.", "news"),
        ("‘먹과 숨’ 전시", "오디오 가이드를 배우 한서윤이 녹음했는데 좋아요.", "blog"),
        ("하늘이 생카 투어", "별무리 하늘이 생일! 별무리 컴백 전까지 이 사진들로 버틸게요.", "blog"),
        ("별무리 하늘 생일 광고", "별무리 하늘 광고가 걸렸어요! 어제 퇴근길에 들러서 사진을 찍었어요.", "blog"),
        ("별무리 노래", "퇴근길에 별무리 노래를 들으며 걸었다.", "blog"),
        ("결혼 준비 D-100", "스드메 계약을 끝냈어요. 가수 비 노래를 예식에 틀고 싶어요.", "blog"),
        ("드라마 촬영지 카페에 앉아 봄", "배우 한서윤이 우산을 접던 카페다.", "blog"),
    ],
)
def test_what_a_post_names_in_passing_is_no_event(title: str, body: str, service: str) -> None:
    assert _kind(body, title, service) == set()


def test_a_way_to_a_station_and_a_wedding_after_years_are_events() -> None:
    assert _kind("별무리가 사녹 하러 KBS에 왔어요. 퇴근길에 손을 흔들어 줬어요.", "별무리 퇴근길", "blog") == {"broadcast_commute"}
    assert _kind("배우 한서윤이 10월에 부부가 된다.", "한서윤, 10년 열애 끝 결혼") == {"wedding"}


def test_what_towns_hold_is_a_festival() -> None:
    assert _kind("누리시는 해돋이 행사를 1월 1일 연다.", "누리시 해돋이 행사") == {"festival"}
    assert _kind("누리시는 바닷길 축제를 8월 2일부터 연다.", "체험 행사") == {"festival"}


def test_many_signs_make_a_bloggers_show_and_few_do_not() -> None:
    assert tells_of_a_show("2층 7구역. 첫 곡에서 울었다. 떼창이 터졌고 객석이 흔들렸다.") is not None
    assert tells_of_a_show("첫 곡을 들었다. 떼창") is None


def test_a_comeback_that_fans_wait_for() -> None:
    assert is_awaited("컴백 전까지 버틴다", 2)
    assert not is_awaited("컴백했다", 2)
