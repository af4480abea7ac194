import random
import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.sample.dates import SEOUL, clock_words, day_words, half_of_day, range_words

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=SEOUL))


def resolve(words: str, published: datetime) -> set[tuple[int, int, int]]:
    """All days that the words may mean for a reader on the day of publishing: an oracle by search over three years of days."""
    words = words.split("(")[0]
    near = {"오늘": 0, "어제": -1, "전날": -1, "내일": 1, "그저께": -2}
    found = set()
    for apart in range(-800, 801):
        day = published + timedelta(days=apart)
        months = (day.year - published.year) * 12 + day.month - published.month
        month_day = f"{day.month}월 {day.day}일"
        forms = {word for word, days in near.items() if days == apart}
        if months == 0:
            forms |= {f"{day.day}일", f"지난 {day.day}일" if apart < 0 else f"오는 {day.day}일"}
        if months == -1:
            forms |= {f"지난달 {day.day}일"}
        if months == 1:
            forms |= {f"다음 달 {day.day}일", f"내달 {day.day}일"}
        if -11 <= months <= 0 and apart <= 0:
            forms |= {month_day, f"지난 {month_day}"}
        if 0 <= months <= 11 and apart >= 0:
            forms |= {month_day, f"오는 {month_day}"}
        if day.year == published.year - 1:
            forms |= {f"지난해 {month_day}", f"작년 {month_day}"}
        if day.year == published.year + 1:
            forms |= {f"내년 {month_day}"}
        forms |= {f"{day.year}년 {month_day}", f"오는 {day.year}년 {month_day}"}
        if -8 < apart < 0:
            forms |= {f"지난 {'월화수목금토일'[day.weekday()]}요일"}
        weeks = ((day - timedelta(days=day.weekday())).date() - (published - timedelta(days=published.weekday())).date()).days // 7
        if weeks in (-1, 0, 1):
            forms |= {f"{('이번 주', '다음 주', '지난주')[weeks]} {'월화수목금토일'[day.weekday()]}요일"}
        if 2 <= abs(apart) <= 5:
            forms |= {f"{('이틀', '사흘', '나흘', '닷새')[abs(apart) - 2]} {'뒤' if apart > 0 else '전'}"}
        if words in forms:
            found.add((day.year, day.month, day.day))
    return found


@settings(deadline=None)
@given(MOMENTS, st.integers(-120, 120), st.integers(0, 2**16), st.booleans())
def test_words_mean_the_day(published: datetime, apart: int, seed: int, chatty: bool) -> None:
    day = published + timedelta(days=apart)
    words = day_words(day, published, random.Random(seed), chatty=chatty)
    assert (day.year, day.month, day.day) in resolve(words, published), words
    assert len(resolve(words, published)) <= 2, words


@settings(deadline=None)
@given(MOMENTS)
def test_clock_words_mean_the_hour(moment: datetime) -> None:
    words = clock_words(moment)
    found = re.fullmatch(r"(새벽|오전|낮|오후|밤) (\d+)시(?: (\d+)분)?", words)
    assert found, words
    hour = int(found[2]) % 12 + (12 if found[1] in ("낮", "오후", "밤") else 0)
    assert (hour, int(found[3] or 0)) == (moment.hour, moment.minute)
    assert half_of_day(moment) in ("새벽", "오전", "오후", "밤")


@pytest.mark.parametrize(
    ("first", "last", "published", "expected"),
    [
        ("2026-03-01", "2026-03-03", "2026-03-20", "지난 3월 1일부터 3일까지|지난 1일부터 3일까지|3월 1일부터 3일까지"),
        ("2026-02-27", "2026-03-01", "2026-02-20", "오는 27일부터 3월 1일까지|(오는 )?2월 27일부터 3월 1일까지"),
        ("2026-03-07", "2026-03-08", "2026-02-20", "(다음 달|내달|오는 3월|3월) 7일(과 8일 양일간|부터 8일까지)"),
    ],
)
def test_ranges(first: str, last: str, published: str, expected: str) -> None:
    moments = [datetime.fromisoformat(day).replace(tzinfo=SEOUL) for day in (first, last, published)]
    for seed in range(40):
        words = range_words(*moments, random.Random(seed))
        assert re.fullmatch(f"({expected})( (이틀|사흘)간)?", words), (seed, words)
