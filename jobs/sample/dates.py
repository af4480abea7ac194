"""How people write dates: a day and an hour seen from the day of publishing, in Korean.

The inverse of what the annotators do: here the true time is known and is written as a person would.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta, timezone

SEOUL = timezone(timedelta(hours=9), "KST")
WEEKDAYS = ("월", "화", "수", "목", "금", "토", "일")
NATIVE_DAYS = {2: "이틀", 3: "사흘", 4: "나흘", 5: "닷새"}


def day_words(day: datetime, published: datetime, rng: random.Random, *, chatty: bool = False) -> str:
    """The day, as written on ``published``: "22일", "어제", "지난 20일", "오는 25일", "지난달 28일", "내년 1월 3일"."""
    apart = (day.date() - published.date()).days
    if abs(apart) > 1 and rng.random() < (0.3 if chatty else 0.1):
        near = _near_words(day, published, apart)
        if near:
            return near[int(rng.random() * len(near))]
    month_day = f"{day.month}월 {day.day}일"
    same_month = (day.year, day.month) == (published.year, published.month)
    months = (day.year - published.year) * 12 + day.month - published.month
    weekday = WEEKDAYS[day.weekday()]
    choices: list[str]
    if apart == 0:
        choices = (
            ["오늘", "오늘"] if chatty else [f"{day.day}일", f"{day.day}일", f"{day.day}일", "오늘", f"{day.day}일({weekday})", month_day]
        )
    elif apart == -1:
        choices = ["어제", "어제"] if chatty else ["전날", "어제", f"지난 {day.day}일", f"{day.day}일"]
        if chatty and rng.random() < 0.2:
            choices = [f"어제({month_day})"]
    elif apart == -2 and chatty:
        choices = ["그저께", f"지난 {weekday}요일" if day.isocalendar().week == published.isocalendar().week else f"{day.day}일"]
        choices = choices if same_month else ["그저께", month_day]
    elif apart == 1:
        choices = ["내일"] if chatty else [f"오는 {day.day}일", "내일", f"{day.day}일"] if same_month else [f"오는 {month_day}", "내일"]
    elif apart < 0:
        if same_month:
            choices = [f"지난 {day.day}일", f"지난 {day.day}일", f"지난 {month_day}", f"{month_day}"]
        elif months == -1:
            choices = [f"지난달 {day.day}일", f"지난 {month_day}", month_day]
        elif day.year == published.year - 1:
            choices = [f"지난해 {month_day}", f"작년 {month_day}"] if months < -3 else [f"지난해 {month_day}", f"지난 {month_day}"]
        elif day.year < published.year:
            choices = [f"{day.year}년 {month_day}"]
        else:
            choices = [f"지난 {month_day}", month_day]
    elif same_month:
        choices = [f"오는 {day.day}일", f"오는 {day.day}일", f"오는 {month_day}", f"오는 {day.day}일({weekday})"]
    elif day.year > published.year:
        choices = [f"내년 {month_day}", f"오는 {day.year}년 {month_day}"]
    elif months == 1:
        choices = [f"다음 달 {day.day}일", f"오는 {month_day}", f"내달 {day.day}일"]
    else:
        choices = [f"오는 {month_day}", f"{month_day}"]
    return choices[int(rng.random() * len(choices))]


def _near_words(day: datetime, published: datetime, apart: int) -> list[str]:
    """Words that count days or weeks: "사흘 전", "이틀 뒤", "지난주 토요일", "다음 주 금요일", "이번 주 일요일"."""
    words = []
    if abs(apart) in NATIVE_DAYS:
        words.append(f"{NATIVE_DAYS[abs(apart)]} {'전' if apart < 0 else '뒤'}")
    weeks = (_monday(day) - _monday(published)).days // 7
    named = {-1: "지난주", 1: "다음 주", 0: "이번 주"}
    if weeks in named and (weeks or apart > 0):
        words.append(f"{named[weeks]} {WEEKDAYS[day.weekday()]}요일")
    return words


def _monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())


def half_of_day(moment: datetime) -> str:
    """새벽, 오전, 오후 or 밤, as news writes the part of the day."""
    if moment.hour < 6:
        return "새벽"
    if moment.hour < 12:
        return "오전"
    return "오후" if moment.hour < 21 else "밤"


def clock_words(moment: datetime) -> str:
    """The hour in words: "오전 10시 30분", "오후 7시", "낮 12시", "밤 11시"."""
    hour = moment.hour % 12 or 12
    half = "낮" if moment.hour == 12 else half_of_day(moment)
    minutes = "" if moment.minute == 0 else " 30분" if moment.minute == 30 else f" {moment.minute}분"
    return f"{half} {hour}시{minutes}"


def range_words(first: datetime, last: datetime, published: datetime, rng: random.Random) -> str:
    """A festival's or a tour's days: "오는 1일부터 3일까지", "지난 27일부터 3월 1일까지 사흘간"."""
    begin = day_words(first, published, rng).split("(")[0]
    if not begin.endswith(f"{first.day}일"):
        begin = f"{first.month}월 {first.day}일"
    end = f"{last.day}일" if first.month == last.month else f"{last.month}월 {last.day}일"
    days = (last.date() - first.date()).days + 1
    style = rng.random()
    tail = f" {NATIVE_DAYS[days]}간" if days in NATIVE_DAYS and style < 0.35 else ""
    if days == 2 and style > 0.75:
        return f"{begin}과 {end} 양일간"
    return f"{begin}부터 {end}까지{tail}"


def iso_day(moment: datetime) -> str:
    """2026-03-22."""
    return moment.strftime("%Y-%m-%d")


def iso_minute(moment: datetime) -> str:
    """2026-03-22T14:00 in local (Seoul) time."""
    return moment.strftime("%Y-%m-%dT%H:%M")
