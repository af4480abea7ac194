"""Which day a Korean date without year or month means, seen from the day of publishing."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

WEEKDAYS = "월화수목금토일"
PAST_LEAN_DAYS = 24
"""A bare "22일" lies between this many days before publishing and a little after; farther future days belong to last month."""


def valid(year: int, month: int, day: int) -> date | None:
    """The day, None where the month has no such one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_away(today: date, months: int) -> tuple[int, int]:
    """Year and month so many months from today."""
    number = today.year * 12 + today.month - 1 + months
    return number // 12, number % 12 + 1


def month_shift(word: str) -> int:
    """Months from now of a word such as 지난달."""
    short = word.replace(" ", "")
    return {"지난달": -1, "전달": -1, "다음달": 1, "내달": 1, "새달": 1}.get(short, 0)


def nearest_year(month: int, number: int, today: date, lead: str) -> date | None:
    """The day of a month, in the year that the lead (지난, 오는) allows and that is nearest to today."""
    years = range(today.year - 1, today.year + 2) if (month, number) != (2, 29) else range(today.year - 8, today.year + 9)
    days = [day for year in years if (day := valid(year, month, number)) is not None]
    if lead == "지난":
        days = [day for day in days if day <= today] or days
        return max(days, default=None)
    if lead in ("오는", "다가오는", "돌아오는"):
        days = [day for day in days if day >= today] or days
        return min(days, default=None)
    return min(days, key=lambda day: abs((day - today).days), default=None)


def nearest_month(number: int, today: date, lead: str) -> date | None:
    """The day of that number, in the month that the lead allows; without a lead the nearest, rather a past one."""
    days = [day for months in (-2, -1, 0, 1, 2) if (day := valid(*months_away(today, months), number)) is not None]
    if lead == "지난":
        return max((day for day in days if day <= today), default=None)
    if lead in ("오는", "다가오는", "돌아오는"):
        return min((day for day in days if day >= today), default=None)
    return min(
        (day for day in days if day >= today - timedelta(days=PAST_LEAN_DAYS)), key=lambda day: (abs((day - today).days), day), default=None
    )


def weekday_of(lead: str, in_week: bool, name: str, today: date) -> date:
    """지난주 금요일 is of the calendar week before; 지난 금요일 is the newest one that is over; 오는 금요일 the next one."""
    number = WEEKDAYS.index(name)
    monday = today - timedelta(days=today.weekday())
    weeks = {"지난": -1, "저번": -1, "다음": 1, "담": 1, "다다음": 2, "지지난": -2}.get(lead, 0)
    if in_week or lead in ("이번", "다음", "다다음", "지지난"):
        return monday + timedelta(days=7 * weeks + number)
    if lead in ("지난", "저번"):
        return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return today + timedelta(days=(number - today.weekday()) % 7)


def third_of_month(value: str, third: str) -> str:
    """First and last day of the beginning, middle or end of a month `2026-03`, as a range."""
    year, month = int(value[:4]), int(value[5:7])
    last = calendar.monthrange(year, month)[1]
    first, end = {"초": (1, 10), "초순": (1, 10), "중순": (11, 20), "말": (21, last), "하순": (21, last)}.get(third, (1, last))
    return f"{value}-{first:02d}/{value}-{end:02d}"


def day_of_week(name: str, today: date, *, ahead: bool) -> date:
    """The newest such day, today among them, or the next one when the text looks ahead."""
    number = WEEKDAYS.index(name)
    days = (number - today.weekday()) % 7 if ahead else -((today.weekday() - number) % 7)
    return today + timedelta(days=days)


def nth_weekday(first: date, which: str, name: str) -> date | None:
    """A weekday of a month by its number: 10월 마지막 주 토요일.

    Args:
        first: the month's first day.
        which: 첫, 첫째, 둘째, 셋째, 넷째, 다섯째 or 마지막.
        name: the weekday's letter.

    Returns:
        None where the month has no such day.
    """
    days = [day for number in range(31) if (day := first + timedelta(days=number)).month == first.month and WEEKDAYS[day.weekday()] == name]
    index = {"마지막": len(days) - 1, "첫": 0, "첫째": 0, "둘째": 1, "셋째": 2, "넷째": 3, "다섯째": 4}[which]
    return days[index] if index < len(days) else None
