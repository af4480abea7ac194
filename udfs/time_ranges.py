"""Times that a text joins to ranges: "3월 1일" + 부터 + "5일" + 까지, "20일" + 부터 닷새간."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from udfs.korean_calendar import WEEKDAYS, months_away, valid
from udfs.korean_date_patterns import BOTH_DAYS, DAYS, FOR_DAYS, PAIR_LINK, RANGE_LINK, UNTIL_FOR
from udfs.time_mention import FAR, TimeMention, hours_later

_SAME_MONTH = "같은 달 "


def of_days_named(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """Days of the month that stands before them: 4월 11일 ... 같은 달 13일, 12월 첫째 주 금요일인 5일."""
    if not (_SAME_MONTH in text or "인 " in text):
        return found
    named: list[TimeMention] = []
    for mention in found:
        last = named[-1] if named else None
        if last is not None and mention.lead == "bare" and len(mention.first) >= 10 and len(last.first) >= 10 and "/" not in mention.value:
            same_day = last.first[8:10] == mention.first[8:10] and text[last.end : mention.begin] == "인 "
            day = last.first[:8] + mention.first[8:10]
            if (same_day or text.endswith(_SAME_MONTH, 0, mention.begin)) and valid(*map(int, day.split("-"))):
                mention = mention._replace(value=day + mention.value[10:])
        named.append(mention)
    return named


_ON_ONE_WAY = 30
"""Characters between setting out and the day of coming home."""
_SET_OUT = re.compile(
    r"에? (?:(?:연차|반차|월차|휴가)를? (?:내고|쓰고) )?"
    r"(?:[가-힣]+(?:에서|을|를|으로|로) )?(?:체크인해서?|체크인하고|입실해서?|들어가서?"
    r"|출발해서?|출발하여|출발하고|떠나서?|내려가서?|올라가서?|가서) ?$"
)
_CAME_HOME = re.compile(
    r"(?:에|쯤|쯤에|에야)? ?(?:[가-힣]+(?:에|으로|로) )?"
    r"(?:나[왔옴온와]|체크아웃|퇴실|귀가|귀국|귀경|복귀|돌아[오온옴왔와]|집에 (?:[오왔도]|들어)|올라[오온옴왔와])"
)
"""Around the first and behind the last day of a journey or stay: 10월 9일 아침에 출발해서 11일 밤에 귀가, 3일 체크인해서 5일에 나왔다."""


def _journey(text: str, first: TimeMention, mention: TimeMention) -> TimeMention | None:
    """The days from setting out to coming home, None where two times are no such days."""
    dated = len(first.first) >= 10 and "/" not in first.value + mention.value and len(mention.first) >= 10 and mention.lead != "clock"
    if not dated or not _SET_OUT.fullmatch(text, first.end, mention.begin) or not _CAME_HOME.match(text, mention.end):
        return None
    last = moved_behind(first._replace(precision="day"), mention._replace(precision="day", value=mention.first[:10]))
    if last is None or last[:10] <= first.first[:10]:
        return None
    return first._replace(
        end=mention.end, surface=text[first.begin : mention.end], value=f"{first.first[:10]}/{last[:10]}", precision="day", part=""
    )


_MOVED = re.compile(r"(?:으)?로 (?:[가-힣]+ )?(?:미[뤄루뤘]|연기|변경|옮[기겨긴겼]|앞당[기겨긴겼]|바[꾸뀌꿔뀐꿨]|조정|늦[추춰췄])")
"""Behind the day to which something is moved from another: 28일에서 다음 달 11일로 미뤄졌다."""


def with_ranges(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """Joins "3월 1일" + 부터 + "5일" + 까지 into one range."""
    joined: list[TimeMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        between = text[last.end : min(mention.begin, last.end + FAR)] if last is not None else ""
        moved = "에서" in between and _MOVED.match(text, mention.end) is not None
        linked = (not moved and RANGE_LINK.match(between)) or (BOTH_DAYS.match(text, mention.end) and PAIR_LINK.match(between))
        if last is not None and "/" not in last.value + mention.value and linked:
            second = _same_part_of_day(last, mention, moved_behind(last, mention))
            if second is not None and last.precision == "day" and mention.lead != "clock":
                second = second[:10]  # 4.11.(토)~4.12.(일) 오후 5시
            if second is not None and len(second) == len(last.value) and second > last.value:
                end = mention.end + (2 if text.startswith("까지", mention.end) else 0)
                joined[-1] = last._replace(end=end, surface=text[last.begin : end], value=f"{last.value}/{second}")
                continue
        row = _in_a_row(text, last, mention, between) if last is not None else None
        if row is not None:
            joined[-1] = row
            continue
        journey = _journey(text, last, mention) if last is not None and mention.begin - last.end <= _ON_ONE_WAY else None
        if journey is not None:
            joined[-1] = journey
            continue
        joined.append(mention)
    return [_lasting(text, mention) for mention in joined]


_AND = re.compile(r"(?:[(（][월화수목금토일][)）])? ?(?:과|와| 및|·) ?")
_WEEKDAY_ONLY = re.compile(r"(?:[가-힣]+ ?(?:주 ?)?)?[월화수목금토일](?:요일|욜)")


def _in_a_row(text: str, first: TimeMention, second: TimeMention, between: str) -> TimeMention | None:
    """Two days in a row that one word joins, with their hours or without: 28일과 3월 1일, 19일 오후 6시와 20일 오후 5시."""
    exact = ("day", "hour", "minute")
    if first.precision not in exact or second.precision not in exact or second.lead == "clock":
        return None
    if not _AND.fullmatch(between) or not first.is_one_day or not second.is_one_day:
        return None
    if any(
        mention.lead in ("relative", "same", "next", "clock") and not _WEEKDAY_ONLY.match(mention.surface) for mention in (first, second)
    ):
        return None  # 어제와 오늘
    day = date.fromisoformat(first.first[:10])
    last = moved_behind(first._replace(precision="day", value=first.first[:10]), second._replace(precision="day", value=second.first[:10]))
    if last != (day + timedelta(days=1)).isoformat():
        return None
    return first._replace(end=second.end, surface=text[first.begin : second.end], value=f"{day}/{last}", precision="day", part="")


_WEEKDAY = re.compile(r"[월화수목금토일]요일")
_TOLD_THEN = re.compile(r" (?:밝혔|전했|알렸|말했|발표)")


_EVENING = {"저녁": 5, "밤": 6, "오후": 1}
"""Parts of a day that go on for the hours named behind them, with the first hour that is one of theirs."""
_SAME_EVENING = 80
"""Characters within which they do."""
_NEXT_MORNING = re.compile(r"다음 ?날|이튿날|익일|아침|새벽|오전|퇴실|체크아웃")


def in_same_evening(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """Hours without a part of the day behind one with it: 저녁 7시 30분하고 9시, 광복절 저녁에 ... 8시.

    Args:
        text: the text.
        found: its times in order.
    """
    named: list[TimeMention] = []
    part, since, begun = "", 0, 0
    for mention in found:
        timed = mention.precision in ("hour", "minute") and "/" not in mention.value
        hour = int(mention.value[11:13]) if timed else 0
        if mention.part:
            part, since, begun = mention.part, mention.end, hour
        elif timed:
            near = (
                mention.lead != "next" and mention.begin - since <= _SAME_EVENING and not _NEXT_MORNING.search(text, since, mention.begin)
            )
            goes_on = part in _EVENING and near and _EVENING[part] <= hour < 12 and hour + 12 >= begun
            if goes_on and not (part == "오후" and mention.lead != "clock"):
                mention = mention._replace(value=hours_later(mention.value, 12))
            since = mention.end
        named.append(mention)
    return named


_MORNING = ("새벽", "아침")
_AFTERNOON = re.compile(r".{10}T1[3-9]:\d\d$")


def in_same_morning(found: list[TimeMention]) -> list[TimeMention]:
    """Hours that a day names without a part of it, where it is named before as its morning: 토요일 이른 아침 ... 9일 6시 50분.

    Args:
        found: the times of a text in order.
    """
    mornings: set[str] = set()
    named: list[TimeMention] = []
    for mention in found:
        if mention.part in _MORNING and mention.precision == "day":
            mornings.add(mention.value)
        elif mention.value[:10] in mornings and not mention.part and mention.lead != "clock" and _AFTERNOON.match(mention.value):
            mention = mention._replace(value=hours_later(mention.value, -12))
        named.append(mention)
    return named


def within_ranges(text: str, found: list[TimeMention], published: datetime) -> list[TimeMention]:
    """A day without month, or a weekday, behind a range that holds just one such day is that one.

    Args:
        text: the text.
        found: its times in order.
        published: when it was published: a day of that one is its own.

    Returns:
        The times (12월 29일부터 1월 1일까지 ... 31일 공연에서는: 31 December).
    """
    moved: list[TimeMention] = []
    held: list[date] = []
    for mention in found:
        first, _, last = mention.value.partition("/")
        if last and mention.precision == "day":
            begin, end = date.fromisoformat(first), date.fromisoformat(last)
            held = [begin + timedelta(days=number) for number in range(min((end - begin).days, 30) + 1)]
        day = first[:10]
        named = mention.lead == "bare" and not last and mention.precision in ("day", "hour", "minute")
        weekday = bool(held) and _WEEKDAY.fullmatch(mention.surface) is not None and not last and mention.precision == "day"
        if weekday:
            same = [other for other in held if other.weekday() == WEEKDAYS.index(mention.surface[0])]
            mention = mention._replace(value=same[0].isoformat()) if len(same) == 1 else mention
        if named and day != published.date().isoformat() and not _TOLD_THEN.match(text, mention.end):
            same = [other for other in held if other.day == int(day[8:])]
            if len(same) == 1 and date.fromisoformat(day) not in held:
                mention = mention._replace(value=same[0].isoformat() + mention.value[10:])
        moved.append(mention)
    return moved


def _lasting(text: str, mention: TimeMention) -> TimeMention:
    """The range of a first day and a number of days (20일부터 닷새간)."""
    match = FOR_DAYS.match(text, mention.end) if mention.precision == "day" and "/" not in mention.value else None
    if match is None:
        return mention
    days = DAYS[match["word"]] if match["word"] else int(match["number"] or match["nights"])
    last = date.fromisoformat(mention.value) + timedelta(days=max(days, 2) - 1)
    return mention._replace(end=match.end(), surface=text[mention.begin : match.end()], value=f"{mention.value}/{last}")


def that_are_over(text: str, found: list[TimeMention], published: datetime) -> list[TimeMention]:
    """The days up to one that is over, by their number (25일까지 사흘간 41만 명이 찾은); of those to come the first is told for itself.

    Args:
        text: the text.
        found: its times in order.
        published: when it was published.
    """
    return [_over(text, mention) if mention.first[:10] <= published.date().isoformat() else mention for mention in found]


def _over(text: str, mention: TimeMention) -> TimeMention:
    match = UNTIL_FOR.match(text, mention.end) if mention.precision == "day" and "/" not in mention.value else None
    if match is None:
        return mention
    days = DAYS[match["word"]] if match["word"] else int(match["number"])
    first = date.fromisoformat(mention.value) - timedelta(days=max(days, 2) - 1)
    return mention._replace(end=match.end(), surface=text[mention.begin : match.end()], value=f"{first}/{mention.value}")


def _same_part_of_day(first: TimeMention, mention: TimeMention, second: str | None) -> str | None:
    """오후 6시부터 9시까지: the second hour is in the afternoon, too; 밤 10시부터 새벽 2시까지: it is one of the next day.

    Args:
        first: begin of a range.
        mention: its end.
        second: value of the end.
    """
    if second is None or "T" not in second or "T" not in first.value or second[:10] != first.value[:10] or second > first.value:
        return second
    if int(second[11:13]) < 12 and not mention.part and ":" not in mention.surface:
        return hours_later(second, 12)
    return (datetime.fromisoformat(second) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M") if mention.lead == "clock" else second


def moved_behind(first: TimeMention, second: TimeMention) -> str | None:
    """The second date of a range: a weekday or a day by its number alone is the next one behind the first date.

    Args:
        first: the first date.
        second: the second.

    Returns:
        None where there is no such day.
    """
    if second.lead == "relative" and first.precision == "day" and re.fullmatch(r"[월화수목금토일]요일", second.surface):
        begin = date.fromisoformat(first.first[:10])
        return (begin + timedelta(days=(WEEKDAYS.index(second.surface[0]) - begin.weekday() - 1) % 7 + 1)).isoformat()
    if second.lead != "bare" or second.precision != "day" or first.precision != "day":
        return second.value
    number = int(second.value[8:10])
    begin = date.fromisoformat(first.first[:10])
    for months in (0, 1):
        day = valid(*months_away(begin.replace(day=1), months), number)
        if day is not None and day > begin:
            return day.isoformat()
    return None
