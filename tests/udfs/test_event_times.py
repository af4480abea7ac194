"""Which of a post's times is its event's: not those of queues, opening hours, sales, speeches, or of a tour's begin."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import event_of, tags_of, with_kinds
from udfs.post_text import EventKind


@pytest.mark.parametrize(
    ("body", "when"),
    [
        ("가수 비가 22일 오전 누리공원에서 콘서트를 열었다. 새벽 6시부터 팬 80여 명이 자리를 지켰다.", "2026-03-22"),
        (
            "응원봉이 파도를 그렸다. 가수 비가 지난 11일 파리 마루홀에서 콘서트를 마쳤다. 지난달 23일 서울에서 막을 올린 이번 투어는"
            " 길었다. 비는 “오늘 콘서트가 제일 좋았다”고 말했다.",
            "2026-03-11",
        ),
        ("밤 10시까지 연장한다길래 다녀왔습니다(3월 21일). 콘서트는 7시 30분, 8시 30분 두 번인데 둘째가 좋았어요.", "2026-03-21"),
        ("가수 비의 콘서트 영상이 3월 25일 오후 6시 나온다. 같은 날 밤 10시에는 함께 보는 시간이 있다.", "2026-03-25T18:00"),
        ("엊그제 비가 와서 졌을 줄 알았는데 콘서트가 열린 누리공원 벚꽃은 남았다. 3월 22일 오전에 놀았다.", "2026-03-22"),
        ("우리 한서윤 생일은 3월 25일! 오늘 파리에서 콘서트 광고를 보러 들렀어요.", "2026-03-22"),
        ("▶ 응모 기간: 3월 23일(월) 12:00 ~ 3월 25일(수) 23:59\n▶ 콘서트: 4월 4일(토) 15:00", "2026-04-04T15:00"),
        ("지난달 27일 밤에 콘서트를 보고 왔어요. 7시쯤 가면 노을까지 볼 수 있어요.", "2026-02-27"),
        ("화보가 나왔다. 잡지는 17일 가수 비의 표지를 내놓았다. 4월호는 20일부터 서점에서 살 수 있다.", "2026-03-17"),
    ],
)
def test_the_time_of_the_event(body: str, when: str) -> None:
    assert event_of(tags_of(body), "when") == {when}


@pytest.mark.parametrize(
    "body",
    [
        "가수 비가 예능에 나섰다. 비는 지난 3일 파리에서 진행된 ‘나들이’ 녹화에 참여했다. 방송은 다음 달 6일이다.",
        "가수 비가 새 토크쇼를 맡았다. 첫 녹화가 지난 3일 파리에서 진행됐다. 프로그램은 4월 4일 밤 11시 첫선을 보인다.",
    ],
)
def test_a_recording_that_is_told_of_is_before_its_broadcast(body: str) -> None:
    reference = with_kinds([EventKind("broadcast", "방송", ("녹화", "예능"), ("방송", "첫선"), (), 4)])
    assert event_of(tags_of(body, reference=reference), "when") == {"2026-03-03"}


@pytest.mark.parametrize(
    ("body", "when"),
    [
        ("영업시간은 11시부터 9시까지예요. 3월 20일에 다녀왔어요.", "2026-03-20"),
        ("브레이크타임 3시~5시, 라스트오더 8시. 3월 20일 저녁 6시에 방문.", "2026-03-20T18:00"),
        ("3월 20일에 갔어요. 오픈 시간인 11시 반에 맞춰 들어갔어요.", "2026-03-20T11:30"),
    ],
)
def test_opening_hours_are_no_visit(body: str, when: str) -> None:
    assert event_of(tags_of(body, "달빛식당 방문기", service="review"), "when") == {when}


def test_a_visit_in_a_third_of_a_month() -> None:
    assert event_of(tags_of("지난달 말 가족들과 물빛공원 음악분수를 보고 왔습니다."), "when") == {"2026-02-21/2026-02-28"}


@pytest.mark.parametrize(
    ("body", "when"),
    [
        (
            "가수 비의 콘서트를 안내합니다.\n\n■ 일시\n- 4월 4일(토) 오후 6시\n- 4월 5일(일) 오후 5시\n■ 예매\n- 3월 27일(금) 20시",
            "2026-04-04/2026-04-05",
        ),
        (
            "콘서트 출연진입니다.\n▶ 4월 3일 금 : 단비 / 소리\n▶ 4월 4일 토 : 하루 / 비\n▶ 4월 5일 일 : 사랑\n3일권은 3월 25일에 열립니다.",
            "2026-04-03/2026-04-05",
        ),
        ("콘서트: 2026.04.04 SAT 18:00 / 04.05 SUN 17:00 @ 누리홀", "2026-04-04/2026-04-05"),
        (
            "가수 비의 콘서트입니다.\n일시 | 2026. 4. 4. (토) 늦은 6시\n티켓 | 99,000원 / 3월 29일(일) 저녁 8시 판매 시작",
            "2026-04-04T18:00",
        ),
        ("개인전입니다.\n○ 기간: 2026. 4. 3.(금) – 4. 30.(목) / 월요일 휴관\n○ 콘서트: 4. 11.(토) 14시", "2026-04-03/2026-04-30"),
        ("[공연 일정]\n4월 4일(토) 19시\n장소: 누리홀\n콘서트 예매 3월 28일(토) 10시", "2026-04-04T19:00"),
    ],
)
def test_labels_and_lists_of_announcements(body: str, when: str) -> None:
    assert event_of(tags_of(body), "when") == {when}


@pytest.mark.parametrize(
    ("body", "when"),
    [
        ("일시 : 4월 4일(토) 오후 6시 / 5일(일) 오후 5시\n장소 : 누리홀\n가수 비의 콘서트입니다.", "2026-04-04/2026-04-05"),
        ("DATE 2026.04.04 - 04.05\nTICKET OPEN 2026.03.27\n가수 비의 콘서트입니다.", "2026-04-04/2026-04-05"),
        ("가수 비의 콘서트. 금요일 7시, 토요일 6시. 나는 토요일 공연을 봤다.", "2026-03-21T18:00"),
        ("토요일 7시 누리홀. 가수 비의 콘서트를 봤다.", "2026-03-21T19:00"),
        ("어제 2시 콘서트라 12시에 들어갔는데도 줄이 길었다. 가수 비는 웃었다.", "2026-03-21T14:00"),
        ("3월 21일 개장 시간 9시에 맞춰 들어갔습니다.", "2026-03-21T09:00"),
        ("3월 21일 점심에 칼국수를 먹었습니다. 11시 40분에 도착했는데 앞에 여섯 팀이 있었어요.", "2026-03-21T11:40"),
        ("20일 밤 11시 반 서울 출발 기차를 탔다. 새벽 네 시에 내렸는데 추웠다. 3월 21일 첫 해는 8시가 넘어서 나왔다.", "2026-03-21"),
    ],
)
def test_hours_of_visits_shows_and_journeys(body: str, when: str) -> None:
    assert event_of(tags_of(body), "when") == {when}


@pytest.mark.parametrize("body", ["호수 둘레 조명이 10시면 꺼지니 9시 전에 도착하는 걸 권합니다.", "저녁 8시면 매진이니 서두르세요."])
def test_an_hour_that_is_only_a_condition_is_no_event(body: str) -> None:
    assert event_of(tags_of(body), "when") == set()


def test_one_of_several_comes_on_a_stage_at_no_hour_of_the_festival() -> None:
    reference = with_kinds([EventKind("festival", "축제", ("대동제",), (), (), 5)])
    body = "3월 21일 누리대 대동제 기록. 가수 비가 8시쯤 나와서 다섯 곡을 불렀다."
    assert event_of(tags_of(body, reference=reference), "when") == {"2026-03-21"}
