"""Times in Korean text, resolved against the time of publishing."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.korean_date_patterns import CLOCK_LETTERS, DATE_LETTERS, DATE_SIGNS, MONTH_LETTERS, MONTH_SIGNS, WORD_SIGNS
from udfs.korean_dates import find_times

PUBLISHED = datetime(2026, 3, 22, 18, 30)  # a Sunday


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("가수 비가 22일 오후 인천공항에서", ["2026-03-22"]),
        ("22일 오후 2시 인천", ["2026-03-22T14:00"]),
        ("이날 오전 10시 30분", ["2026-03-22T10:30"]),
        ("지난 20일 열린", ["2026-03-20"]),
        ("지난 25일 열린", ["2026-02-25"]),
        ("오는 25일 열리는", ["2026-03-25"]),
        ("오는 10일", ["2026-04-10"]),
        ("어제 오후 7시", ["2026-03-21T19:00"]),
        ("내일 새벽 1시", ["2026-03-23T01:00"]),
        ("어젯밤 9시에 나갔어요", ["2026-03-21T21:00"]),
        ("2월 마지막 주 토요일에", ["2026-02-28"]),
        ("4월 둘째 주 금요일", ["2026-04-10"]),
        ("4.3(금) 낮 1시", ["2026-04-03T13:00"]),
        ("'26. 3. 27.(금) 18:30", ["2026-03-27T18:30"]),
        ("설 연휴 첫날 오전 11시", ["2026-02-16T11:00"]),
        ("일시: 4. 18.(토) 오전 10시 30분", ["2026-04-18T10:30"]),
        ("접수: 4. 6. 9시부터", ["2026-04-06T09:00"]),
        ("4. 18.(토) ~ 4. 19.(일)", ["2026-04-18/2026-04-19"]),
        ("1. 2. 3위", []),
        ("2026. 4. 4. (토) 늦은 6시", ["2026-04-04T18:00"]),
        ("마이크가 꺼진 게 오늘의 레전드", []),
        ("어제 늦은 저녁 8시", ["2026-03-21T20:00"]),
        ("어제 이른 아침 6시", ["2026-03-21T06:00"]),
        ("3월 마지막 주 목요일 2시 10분에 도착", ["2026-03-26T14:10"]),
        ("2026.04.03 05:30 출발", ["2026-04-03T05:30"]),
        ("04.04 SAT 18:00", ["2026-04-04T18:00"]),
        ("어제 낮공 2시, 드디어 봤다", ["2026-03-21", "2026-03-21T14:00"]),
        ("내일(23일) 정오 베일을 벗는다", ["2026-03-23", "2026-03-23T12:00"]),
        ("2026. 4. 11. ~ 4. 19.", ["2026-04-11/2026-04-19"]),
        ("4.11.(토)~4.12.(일) 오후 5시", ["2026-04-11/2026-04-12"]),
        ("4월 11일(토)과 12일(일) 공연", ["2026-04-11/2026-04-12"]),
        ("평점은 4.1 ~ 4.5점", []),
        ("2월의 마지막 날, 산에 갔다", ["2026-02-28"]),
        ("토욜 밤공 7시", ["2026-03-21", "2026-03-21T19:00"]),
        ("지난주 금욜 7시 회차", ["2026-03-13T19:00"]),
        ("월요일은 공연이 없습니다", []),
        ("월요일 휴관, 화요일엔 쉬어요", []),
        ("지난주 수요일 퇴근하고 7시에 갔어요", ["2026-03-11", "2026-03-11T19:00"]),
        ("수업 끝나고 8시에 갔어요", ["2026-03-22T20:00"]),
        ("6시 38분, 해가 솟는다", ["2026-03-22T06:38"]),
        ("지난달 직관은 0:11이었다", ["2026-02"]),
        ("다음 주 월요일부터 금요일까지 진행을 맡는다", ["2026-03-23/2026-03-27"]),
        ("수요일 밤에 새 예능을 내놓는다", ["2026-03-25"]),
        ("수요일 밤에 새 예능을 봤다", ["2026-03-18"]),
        ("20일 서울에 왔다. 이튿날 부산에 갔다", ["2026-03-20", "2026-03-21"]),
        ("지난달 말", ["2026-02-21/2026-02-28"]),
        ("1월 초", ["2026-01-01/2026-01-10"]),
        ("3월 1일부터 5일까지", ["2026-03-01/2026-03-05"]),
        ("2026년 3월 1~5일", ["2026-03-01/2026-03-05"]),
        ("28일부터 4월 2일까지", ["2026-03-28/2026-04-02"]),
        ("4월 3일과 4일 양일간", ["2026-04-03/2026-04-04"]),
        ("12월 31일 밤 11시 30분", ["2025-12-31T23:30"]),
        ("지난해 12월 25일", ["2025-12-25"]),
        ("내년 1월 2일", ["2027-01-02"]),
        ("다음 주 금요일 오후 세 시", ["2026-03-27T15:00"]),
        ("지난주 금요일", ["2026-03-13"]),
        ("지난 금요일", ["2026-03-20"]),
        ("이번 주말", ["2026-03-21/2026-03-22"]),
        ("20일(금) 오후 7:30", ["2026-03-20T19:30"]),
        ("3/25(수) 오후 2시 반", ["2026-03-25T14:30"]),
        ("2026.03.15. 공개", ["2026-03-15"]),
        ("사흘 전", ["2026-03-19"]),
        ("토요일에 본 공연이 좋았어요", ["2026-03-21"]),
        ("공연은 수요일까지 이어진다", ["2026-03-25"]),
        ("금요일 저녁 여섯 시에 만났다", ["2026-03-20T18:00"]),
        ("1박 2일 여행, 3일권", []),
        ("전날 인천에서 한 시구", ["2026-03-21"]),
        ("개천절에 본 바다", ["2025-10-03"]),
        ("어린이날 맞아 보육원을 찾았다", []),
        ("이틀 전 오후 4시", ["2026-03-20T16:00"]),
        ("3일 뒤 오전 11시", ["2026-03-25T11:00"]),
        ("아흐레 뒤", ["2026-03-31"]),
        ("두 달 전", []),
        ("2개월 전", ["2026-01"]),
        ("30일 오후 6시부터 9시까지", ["2026-03-30T18:00/2026-03-30T21:00"]),
        ("21일 밤 12시 20분", ["2026-03-22T00:20"]),
        ("낮 12시 40분께", ["2026-03-22T12:40"]),
        ("올해 3월", ["2026-03"]),
        ("오후 5시 대학로", ["2026-03-22T17:00"]),
        ("설 당일 오후 2시", ["2026-02-17T14:00"]),
        ("추석에 만났다", ["2025-10-06"]),
        ("4월 마지막 날 오후 4시", ["2026-04-30T16:00"]),
        ("지난 2일부터 사흘간 이어진", ["2026-03-02/2026-03-04"]),
        ("오늘(22일)부터 닷새간", ["2026-03-22", "2026-03-22/2026-03-26"]),
        ("3월 31일과 4월 1일 이틀간", ["2026-03-31/2026-04-01"]),
        ("어제 6시 반 시작이었는데", ["2026-03-21T18:30"]),
        ("토요일 밤공(7시)", ["2026-03-21", "2026-03-21T19:00"]),
        ("3월 11일은 생일 당일에", ["2026-03-11", "2026-03-11"]),
        ("시상식은 5일 오후 9시 생방송으로 진행된다", ["2026-04-05T21:00"]),
        ("새해 첫날 해돋이", ["2026-01-01"]),
        ("삼일절 창원에서 던진 공", ["2026-03-01"]),
        ("크리스마스 마켓에서", []),
        ("지난 주말 토요일 상암에서", ["2026-03-14"]),
        ("어제 2시쯤 갑자기", ["2026-03-21T14:00"]),
        ("22일 알려진 바로는 전날 봉사에 나섰다. 이날 날은 맑았다", ["2026-03-22", "2026-03-21", "2026-03-21"]),
        ("공연이 2주 뒤로 연기됐다", []),
        ("이틀 전석 매진", []),
        ("3월호 표지", []),
        ("21일 전 거래일보다", ["2026-03-21"]),
        ("22일 밤 10시부터 새벽 2시까지", ["2026-03-22T22:00/2026-03-23T02:00"]),
        ("22일 18:00~02:00", ["2026-03-22T18:00/2026-03-23T02:00"]),
        ("3월 5일 24시", ["2026-03-06T00:00"]),
        ("24시쯤 끝났다", ["2026-03-23T00:00"]),
        ("24시 국밥집에 갔다", []),
        ("2월 29일에 태어난", ["2028-02-29"]),
        ("지난 2월 29일 열린", ["2024-02-29"]),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_times(text, PUBLISHED)] == values


@pytest.mark.parametrize(
    "text",
    [
        "4월 31일 열린",
        "2025년 2월 29일",
        "지난해 2월 29일",
        "다음 달 31일 서울에서",
        "2월 28일부터 30일까지",
        "2월 30일과 31일",
        "2026.02.30",
    ],
)
def test_a_day_that_no_month_has_is_not_read_as_another_one(text: str) -> None:
    assert find_times(text, PUBLISHED) == []


def test_days_of_no_month_are_of_one_that_has_them() -> None:
    assert [mention.value for mention in find_times("28~30일 열린", datetime(2026, 2, 20))] == ["2026-01-28/2026-01-30"]


@pytest.mark.parametrize(("published", "text"), [(datetime(2005, 2, 9), "설날에 만났다"), (datetime(2045, 9, 1), "추석에 만났다")])
def test_no_day_is_made_up_for_a_holiday_of_years_that_the_table_lacks(published: datetime, text: str) -> None:
    assert find_times(text, published) == []


@pytest.mark.parametrize(
    "text",
    ["데뷔 10년 만에", "100일 동안", "30일간", "7일째", "3시간 동안", "시즌 2", "이날치 밴드와 오늘날", "오늘날의 서울", "마을의 오늘"],
)
def test_durations_and_other_words_are_no_times(text: str) -> None:
    assert find_times(text, PUBLISHED) == []


def test_this_day_is_the_day_named_before() -> None:
    found = find_times("지난 20일 개막했다. 이날 오후 3시에는 비가 왔다.", PUBLISHED)
    assert [mention.value for mention in found] == ["2026-03-20", "2026-03-20T15:00"]


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        (datetime(2026, 1, 1, 9), "31일 오후 출국", "2025-12-31"),
        (datetime(2025, 12, 30, 9), "2일 오후 콘서트", "2026-01-02"),
        (datetime(2026, 1, 2, 9), "지난달 31일 밤", "2025-12-31"),
        (datetime(2025, 12, 20, 9), "다음 달 3일", "2026-01-03"),
        (datetime(2026, 1, 3, 9), "지난 12월 28일", "2025-12-28"),
    ],
)
def test_turn_of_the_year(published: datetime, text: str, value: str) -> None:
    assert find_times(text, published)[0].value == value


def test_a_day_behind_a_range_that_holds_it_is_of_the_range() -> None:
    published = datetime(2026, 11, 10, 13)
    values = [mention.value for mention in find_times("12월 29일부터 1월 1일까지 연다. 31일 공연에서는", published)]
    assert values == ["2026-12-29/2027-01-01", "2026-12-31"]
    assert find_times("11월 14일부터 12월 12일까지 연다고 10일 밝혔다", published)[-1].value == "2026-11-10"


@given(st.dates(date(2020, 1, 1), date(2029, 12, 31)), st.integers(-9, 9))
def test_days_near_publishing_are_found_again_by_their_number(day: date, away: int) -> None:
    named = day + timedelta(days=away)
    found = find_times(f"{named.day}일 오후 서울에서", datetime(day.year, day.month, day.day, 12))
    assert [mention.value for mention in found] == [named.isoformat()]


@given(st.dates(date(2020, 1, 1), date(2029, 12, 31)), st.dates(date(2020, 1, 1), date(2029, 12, 31)))
def test_full_dates_do_not_depend_on_publishing(day: date, published: date) -> None:
    found = find_times(f"{day.year}년 {day.month}월 {day.day}일에", datetime(published.year, published.month, published.day))
    assert [mention.value for mention in found] == [day.isoformat()]


@given(st.text(max_size=60))
def test_any_text_gives_spans_of_itself(text: str) -> None:
    mentions = find_times(text, PUBLISHED)
    assert all(text[mention.begin : mention.end] == mention.surface for mention in mentions)
    assert all(one.end <= other.begin for one, other in itertools.pairwise(mentions))


def test_before_bed_the_evening_is_still_todays() -> None:
    assert [mention.value for mention in find_times("오늘 누리홀에서 콘서트를 봤다", datetime(2026, 3, 22, 1, 30))] == ["2026-03-21"]
    assert [mention.value for mention in find_times("오늘 콘서트를 보러 간다", datetime(2026, 3, 22, 1, 30))] == ["2026-03-22"]
    assert [mention.value for mention in find_times("오늘 저녁에 만났다", datetime(2026, 3, 22, 1, 30))] == ["2026-03-21"]
    assert [mention.value for mention in find_times("오늘 오전에 만났다", datetime(2026, 3, 22, 1, 30))] == ["2026-03-22"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("4월 11일 공연에 이어 같은 달 13일 오후 6시에 한 번 더", ["2026-04-11", "2026-04-13T18:00"]),
        ("4월 첫째 주 금요일인 3일에 시작한다", ["2026-04-03", "2026-04-03"]),
        ("지난 19일 나간 8회는 7%였다. 1월 3일 첫 회와 비교하면 두 배다. 이날 방송은", ["2026-03-19", "2026-01-03", "2026-03-19"]),
        ("비는 토요일 새벽 제주에서 시작되겠다", ["2026-03-28"]),
        ("삼일절이라 쉬었다", ["2026-03-01"]),
        ("다음 주 월요일인 23일부터 금요일까지", ["2026-03-23", "2026-03-23/2026-03-27"]),
        ("대망의 어제 보고 왔다", ["2026-03-21"]),
        ("어제 새벽 4시 집합이었고 녹화는 7시에 시작", ["2026-03-21T04:00", "2026-03-21T07:00"]),
    ],
)
def test_days_and_hours_that_other_words_settle(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_times(text, datetime(2026, 3, 22, 18))] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("저녁 7시 30분하고 9시, 하루 두 번 돈다", ["2026-03-22T19:30", "2026-03-22T21:00"]),
        (
            "20일 저녁에 갔다. 8시와 9시 두 번 하는데 8시 걸로 봤다",
            ["2026-03-20", "2026-03-20T20:00", "2026-03-20T21:00", "2026-03-20T20:00"],
        ),
        ("20일 밤 9시에 나온다더니 9시 40분에 나왔다", ["2026-03-20T21:00", "2026-03-20T21:40"]),
        ("20일 저녁 7시에 도착해 잤다. 다음 날 9시에 나왔다", ["2026-03-20T19:00", "2026-03-21T09:00"]),
        ("20일에 외식했다. 2주 전에 전화해서 저녁 6시 방을 잡았다", ["2026-03-20", "2026-03-08", "2026-03-20T18:00"]),
        ("16일 차전놀이가 펼쳐졌다", ["2026-03-16"]),
        ("공연 2일 차에는 비가 왔다", []),
        ("새해 첫 주 토요일에", ["2026-01-03"]),
        ("다음 주 월요일인 23일부터 금요일까지 만난다. 수요일에는 특집", ["2026-03-23", "2026-03-23/2026-03-27", "2026-03-25"]),
        ("일요일 저녁 7시에 책방에서 봤다", ["2026-03-15T19:00"]),
        ("일요일 오후 2시에 책방에서 봤다", ["2026-03-22T14:00"]),
    ],
)
def test_hours_and_weekdays_that_what_stands_before_them_settles(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_times(text, PUBLISHED)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("크리스마스 다음 날 수목원에 갔다", ["2025-12-26"]),
        ("삼일절 전날 저녁에 만났다", ["2026-02-28"]),
        ("설 다음 날 먹었다", ["2026-02-18"]),
        ("삼일절 12시 반, 번호표 47번", ["2026-03-01T12:30"]),
        ("한글날 열두 시에 만났다", ["2025-10-09T12:00"]),
        ("크리스마스 이브는 둘이 파리 누리식당에서 보냈어요", ["2025-12-24"]),
        ("크리스마스 분위기, 어린이날은 줄이 길다", []),
        ("[날씨] 4월 첫날 전국 비", ["2026-04-01"]),
        ("20일. 일곱 시쯤 회사를 나섰는데 비가 왔다", ["2026-03-20", "2026-03-20T19:00"]),
        ("어제 6시 칼퇴하고 갔다", ["2026-03-21T18:00"]),
        ("오늘 아침 7시 퇴근", ["2026-03-22T07:00"]),
        ("3월 9일 아침에 출발해서 11일 밤에 귀가", ["2026-03-09/2026-03-11"]),
        ("3월 5일에 떠나 8일에 돌아왔다", ["2026-03-05/2026-03-08"]),
        ("3월 5일 목요일 연차 내고 출발해서 8일에 돌아왔다", ["2026-03-05/2026-03-08"]),
        ("지난 5일 1박 2일로 속초에 다녀왔다", ["2026-03-05/2026-03-06"]),
        ("3월 5일부터 2박 3일간 열린", ["2026-03-05/2026-03-07"]),
        ("토요일에만 드론쇼를 한다", []),
        ("금요일에 출발해서 일요일에 돌아왔다", ["2026-03-20/2026-03-22"]),
        ("20일 밤 11시 출발해 21일 새벽 5시 도착", ["2026-03-20T23:00", "2026-03-21T05:00"]),
    ],
)
def test_days_by_holidays_work_and_journeys(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_times(text, PUBLISHED)] == values


def test_every_sign_of_a_date_holds_one_of_its_letters() -> None:
    for number, words in WORD_SIGNS.items():
        assert all(DATE_LETTERS[number] & set(word) for word in words.split("|"))


@given(st.text("0123456789./- 년월달일시:요욜말전후뒤금작내올이번지난새해설추석날휴막첫주", max_size=30))
def test_signs_are_found_only_where_their_letters_are(text: str) -> None:
    for sign, letters in zip((*DATE_SIGNS, *MONTH_SIGNS), (*DATE_LETTERS, *MONTH_LETTERS), strict=True):
        assert not sign.search(text) or letters & set(text)


def test_hours_are_found_by_their_letters() -> None:
    assert CLOCK_LETTERS & set("오후 세 시")
    assert CLOCK_LETTERS & set("19:30")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3월 첫 주말에 다녀왔다", ["2026-03-07/2026-03-08"]),
        ("2월 마지막 주말에 다녀왔다", ["2026-02-28/2026-03-01"]),
        ("4월의 둘째 주 토요일", ["2026-04-11"]),
        ("크리스마스이브라 붐볐다", ["2025-12-24"]),
        ("20일부터 3일간 열린", ["2026-03-20/2026-03-22"]),
        ("내일모레 공연", ["2026-03-24"]),
        ("13일 막을 올려 28일까지 16일간 열린다", ["2026-03-13", "2026-03-28"]),
        ("25일 막을 올려 28일까지 열린다", ["2026-03-25", "2026-03-28"]),
        ("어버이날 당일은 피하고 전날 저녁에 갔다", ["2026-05-08", "2026-05-07"]),
        ("공연은 17일이었다. 전날 인천에서 한 시구", ["2026-03-17", "2026-03-21"]),
        ("지난 3일 개막해 사흘 뒤 막을 내렸다", ["2026-03-03", "2026-03-06"]),
        ("지난 3일 확정됐고 사흘 뒤 막을 올린다", ["2026-03-03", "2026-03-25"]),
        ("2주 전 토요일에 다녀왔다", ["2026-03-08", "2026-03-07"]),
        ("어젯밤 공항에 갔는데 9시 40분쯤이었다", ["2026-03-21", "2026-03-21T21:40"]),
    ],
)
def test_days_by_other_days_of_their_sentence(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_times(text, PUBLISHED)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("20일 6시에 시작", ["2026-03-20T18:00"]),
        ("20일에 갔다. 6시에 바로 앉았다", ["2026-03-20", "2026-03-20T06:00"]),
        ("20일 상암. 입장 2시 시작 2시 30분!", ["2026-03-20", "2026-03-20T14:00", "2026-03-20T02:30"]),
        ("20일 상암에서 6시부터 10시까지 녹화했다", ["2026-03-20", "2026-03-20T06:00/2026-03-20T10:00"]),
        ("새벽 5시 기상. 내일은 공원이나 가야지", ["2026-03-22T05:00", "2026-03-23"]),
        ("저녁 7시 누리홀, 25일이다", ["2026-03-25T19:00", "2026-03-25"]),
    ],
)
def test_small_hours_and_hours_before_their_day(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_times(text, PUBLISHED)] == values
