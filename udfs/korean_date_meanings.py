"""What each form of date means: the day, the range, the month or the year that the words and the time of publishing allow.

`udfs.korean_dates` looks for the forms, in a whole text; here one form that was found is read, with no more of the text than the rest of
its sentence. What a value looks like is told there.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from udfs.clock_times import clock_of
from udfs.korean_calendar import (
    day_of_week,
    month_shift,
    months_away,
    nearest_month,
    nearest_year,
    nth_weekday,
    third_of_month,
    valid,
    weekday_of,
)
from udfs.korean_date_patterns import DAYS, HOLIDAYS, LUNAR_HOLIDAYS, WORDS
from udfs.korean_words import rest_of_sentence
from udfs.looking_ahead import looks_ahead, tells_of_the_past
from udfs.time_mention import FAR, TimeMention, group_of

SLEEP = 5
"""Until this hour people call the evening before still today's."""
NO_SUCH_DAY = "none"
"""Precision of what is written like a day and is none: 4월 31일, 2월 30일."""


def day_mention(match: re.Match[str], published: datetime, before: TimeMention | None) -> TimeMention | None:
    """What a form of date means, None where that is no time (이튿날 without a day before it).

    Args:
        match: of one of `DATE_PATTERNS`.
        published: time of publishing.
        before: the last day named before 이날 and 이튿날.

    Returns:
        The time; of a day that does not exist the precision is `NO_SUCH_DAY`.
    """
    today = published.date()
    lead = group_of(match, "lead") or "bare"
    if group_of(match, "iso_year"):
        year = match["iso_year"]
        day = valid(int(year) if len(year) == 4 else 2000 + int(year[1:]), int(match["iso_month"]), int(match["iso_day"]))
        lead = "full"
    elif group_of(match, "slash_month"):
        day = nearest_year(int(match["slash_month"]), int(match["slash_day"]), today, lead)
        lead = "full"
    elif group_of(match, "day"):
        day = _named_day(match, today)
        if day is None:
            return _no_such_day(match)
        if not any(group_of(match, name) for name in ("lead", "month", "month_word", "year")):
            behind = _behind(match)
            ahead = day < today and looks_ahead(behind, plain_present=not _OF_ANOTHER_TIME.search(behind))
            day = nearest_month(day.day, today, "오는") if ahead else day
        elif not any(group_of(match, name) for name in ("lead", "month_word", "year", "year_word")):
            day = _of_next_year(day, match, today)
        if group_of(match, "month") or group_of(match, "month_word"):
            lead = "full" if lead == "bare" else lead
    elif group_of(match, "same") or group_of(match, "next"):
        day, lead = date.fromisoformat(before.first[:10]) if before is not None else today, "same"
        if group_of(match, "next"):
            day, lead = (day + timedelta(days=1) if before is not None else None), "next"  # None: the day behind one that no word names
    elif group_of(match, "relative"):
        day, lead = today + timedelta(days=WORDS[match["relative"]]), "relative"
        if (
            published.hour < SLEEP
            and match["relative"].startswith("오늘")
            and (group_of(match, "part") or group_of(match, "part_only")) in ("오후", "저녁", "밤")
        ):
            day -= timedelta(days=1)  # written before going to bed: 오늘 저녁 is the evening that is over
        elif published.hour < SLEEP and match["relative"] == "오늘" and _clock_is_over(match, published):
            day -= timedelta(days=1)
    elif group_of(match, "holiday"):
        day, lead = nearest_year(*HOLIDAYS[match["holiday"]], today, ""), "full"
        day = day and day + timedelta(days=_beside(match))
    elif group_of(match, "lunar"):
        years = LUNAR_HOLIDAYS["설날" if match["lunar"] == "설" else match["lunar"]]
        if today.year not in years:
            return None
        day, lead = min((date(year, *solar) for year, solar in years.items()), key=lambda one: abs((one - today).days)), "full"
        day += timedelta(days={"첫날": -1, "마지막날": 1}.get(group_of(match, "lunar_day").replace(" ", ""), 0))  # three days around it
        day += timedelta(days=_beside(match))
    elif group_of(match, "month_begin"):
        day, lead = _named_day(match, today, 1), "full"
    elif group_of(match, "month_end"):
        first = _named_day(match, today, 1)
        day, lead = first and date(*months_away(first, 1), 1) - timedelta(days=1), "full"
    elif group_of(match, "nth"):
        first = date(today.year + (today.month == 12), 1, 1) if group_of(match, "new_year") else _named_day(match, today, 1)
        day, lead = first and nth_weekday(first, match["nth"], match["nth_day"] or "토"), "full"
        if day is not None and match["nth_weekend"]:
            return _mention(match, f"{day}/{day + timedelta(days=1)}", "day", lead, "")
    elif group_of(match, "week"):
        day, lead = weekday_of(match["week"], bool(group_of(match, "week_unit")), match["week_day"], today), "relative"
    elif group_of(match, "plain_day"):
        ahead = looks_ahead(_behind(match), plain_present=True)
        day, lead = day_of_week(match["plain_day"], today, ahead=ahead), "relative"
        clock = clock_of(match) if day == today and not ahead else None
        if clock is not None and clock[0] > published.hour and _PAST.search(_behind(match)):
            day -= timedelta(days=7)  # 수요일 저녁 7시에 봤다, written on a Wednesday morning
    elif group_of(match, "week_end"):
        saturday = today + timedelta(days=5 - today.weekday() + {"지난": -7, "저번": -7, "다음": 7}.get(match["week_end"], 0))
        if group_of(match, "week_end_day"):
            return with_clock(match, saturday + timedelta(days=match["week_end_day"] == "일"), "relative")
        return _mention(match, f"{saturday}/{saturday + timedelta(days=1)}", "day", "relative", "")
    elif group_of(match, "ago"):
        return _ago(match, today)
    else:
        return None
    return None if day is None else with_clock(match, day, lead)


_OF_ANOTHER_TIME = re.compile(r"따르면|\d ?[일월]|내달|(?:다음|이번|새) ?달|이달|오는|내일|모레|요일")
"""In a sentence whose verb in the present may be of another time than its first: 12일 가요계에 따르면 ... 내달 초 콘서트를 연다."""
_LONG_AGO = 122
"""Days: of a day that is over longer, and that no sentence tells to be over, its next return is meant (12월 8일 서울에서 시작해)."""


def _of_next_year(day: date, match: re.Match[str], today: date) -> date:
    """A day of a month that is over for long as that of the next time, unless its sentence tells of the past."""
    over = (today - day).days > _LONG_AGO and not tells_of_the_past(_behind(match))
    return (over and valid(day.year + 1, day.month, day.day)) or day


def _beside(match: re.Match[str]) -> int:
    """Days from a holiday to the one that is named by it: 크리스마스 다음 날, 설 전날."""
    beside = group_of(match, "beside")
    return 0 if not beside else (-1 if beside == "전날" else 1)


_PAST = re.compile(r"[았었했였왔갔봤렸졌]")


_WAS_THERE = re.compile(r"다녀왔|다녀옴|다녀온|보고 ?[왔옴온]|봤[다어음습던]|갔다 ?[왔옴온]")


def _clock_is_over(match: re.Match[str], published: datetime) -> bool:
    """Whether somebody who writes in the night tells of the day that is over: 오늘 콘서트 봤다, at one o'clock."""
    clock = clock_of(match)
    later = clock is None or clock[0] > published.hour
    return later and not group_of(match, "part_only") and _WAS_THERE.search(_behind(match)) is not None


def _behind(match: re.Match[str]) -> str:
    return rest_of_sentence(match.string, match.end(), FAR)


def _no_such_day(match: re.Match[str]) -> TimeMention:
    """Holds the place of a day that does not exist, so that no part of it is read as another one."""
    return _mention(match, "", NO_SUCH_DAY, "", "")


def with_clock(match: re.Match[str], day: date, lead: str) -> TimeMention:
    """A day with the hour, or the part of the day, that the form names with it: 22일 오후 2시, 어제 저녁.

    Args:
        match: of a form of date, or of an hour on its own.
        day: the day that the form means.
        lead: how the day was named (see `TimeMention`).
    """
    clock = clock_of(match)
    part = group_of(match, "part") or group_of(match, "part_only") or ("밤" if group_of(match, "relative").endswith("밤") else "")
    if clock is None and part in ("정오", "자정"):
        clock = (12, 0, False) if part == "정오" else (0, 0, False)
    if clock is None:
        return _mention(match, day.isoformat(), "day", lead, part)
    hour, minute, minutes_named = clock
    moment = datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)
    return _mention(match, moment.strftime("%Y-%m-%dT%H:%M"), "minute" if minutes_named else "hour", lead, part)


def _mention(match: re.Match[str], value: str, precision: str, lead: str, part: str) -> TimeMention:
    surface = match.group(0).rstrip()
    return TimeMention(match.start(), match.start() + len(surface), surface, value, precision, lead, part)


def _year_named(match: re.Match[str], today: date) -> int | None:
    year = group_of(match, "year")
    if year:
        digits = re.sub(r"\D", "", year)
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    word = group_of(match, "year_word")
    if word:
        return today.year + {"지난해": -1, "작년": -1, "재작년": -2, "내년": 1, "이듬해": 1}.get(word, 0)
    return None


def _named_day(match: re.Match[str], today: date, day_number: int | None = None) -> date | None:
    number = int(match["day"]) if day_number is None else day_number
    lead = group_of(match, "lead")
    year = _year_named(match, today)
    if group_of(match, "month_word"):
        whole_year, month = months_away(today, month_shift(match["month_word"]))
        return valid(year or whole_year, month, number)
    if group_of(match, "month"):
        month = int(match["month"])
        return valid(year, month, number) if year else nearest_year(month, number, today, lead)
    return nearest_month(number, today, lead)


def _ago(match: re.Match[str], today: date) -> TimeMention | None:
    amount, unit = match["ago"], group_of(match, "ago_unit")
    sign = -1 if match["ago_side"] == "전" else 1
    if amount in DAYS:
        return None if unit else with_clock(match, today + timedelta(days=sign * DAYS[amount]), "relative")
    if unit in ("일", "주", "주일"):
        days = int(amount) * (1 if unit == "일" else 7)
        return with_clock(match, today + timedelta(days=sign * days), "relative")
    if unit in ("개월", "달"):
        year, month = months_away(today, sign * int(amount))
        return _mention(match, f"{year:04d}-{month:02d}", "month", "relative", "")
    return _mention(match, f"{today.year + sign * int(amount):04d}", "year", "relative", "") if unit else None


def span_of_days(match: re.Match[str], published: datetime) -> TimeMention | None:
    """What two days of one form mean: the range from the first to the last (28~30일), None where both are the same.

    Args:
        match: of `DAY_RANGE`, `DAY_PAIR` or `SLASHED_RANGE`.
        published: time of publishing.

    Returns:
        The range; where one of the days does not exist the precision is `NO_SUCH_DAY`.
    """
    today, lead = published.date(), group_of(match, "lead")
    first = _named_day(match, today, int(match["from"]))
    if first is None:
        return _no_such_day(match)
    number = int(match["to"])
    year, month = (first.year, first.month) if number >= int(match["from"]) else months_away(first.replace(day=1), 1)
    last = valid(year, month, number)
    if last is None and not (group_of(match, "month") or group_of(match, "month_word")):
        last = nearest_month(number, today, lead)  # 28~30일 in March: those of January, as February has no 30th
        first = last.replace(day=int(match["from"])) if last is not None else first
    if last is None:
        return _no_such_day(match)
    if last == first:
        return None
    return _mention(match, f"{first}/{last}", "day", lead or ("full" if group_of(match, "month") else "bare"), "")


_LAST_MONTH = "전달"
_COMPARED_MONTH = re.compile(r"(?:보다|에|의|과|엔)(?![가-힣])|에는| (?:대비|같은|초|중순|말)")
"""Behind the word for last month where it is none for handing something over: 성금 전달, 산청에 전달."""


def month_mention(match: re.Match[str], today: date) -> TimeMention | None:
    """What a form of month or year means, None where its word stands for neither (성금 전달).

    Args:
        match: of one of `MONTH_PATTERNS`.
        today: day of publishing.
    """
    year, lead = _year_named(match, today), group_of(match, "lead")
    if group_of(match, "month_word"):
        if match.group() == _LAST_MONTH and not _COMPARED_MONTH.match(match.string, match.end()):
            return None
        whole, month = months_away(today, month_shift(match["month_word"]))
        value, precision = f"{year or whole:04d}-{month:02d}", "month"
    elif group_of(match, "month"):
        month = int(match["month"])
        if year is None:
            near = nearest_year(month, 15, today, lead)
            year = near.year if near else today.year
        value, precision = f"{year:04d}-{month:02d}", "month"
    elif year is not None and group_of(match, "year_word") != "올":
        value, precision = f"{year:04d}", "year"
    else:
        return None
    third = group_of(match, "third")
    if third and precision == "month":
        value = third_of_month(value, third)
    return _mention(match, value, precision, lead or "bare", "")
