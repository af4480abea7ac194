"""Times in Korean text, resolved against the time of publishing: "22일 오후", "지난 20일", "이날 오전 10시 30분", "3월 1일부터 5일까지".

A value is ISO 8601 in local time: `2026`, `2026-03`, `2026-03-01`, `2026-03-01T14:00`, and `first/last` for ranges. Half a day (오후)
belongs to the date's precision: the value stays a date. A date without month or year is the nearest one that the words and the time
of publishing allow: the past for 지난, the future for 오는, else the day closest to publishing with a lean to the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from udfs.clock_times import clock_of, is_clock
from udfs.days_by_others import by_others
from udfs.days_of_months import of_months_told
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
from udfs.korean_date_patterns import (
    CLOCK_LETTERS,
    CLOCK_PATTERN,
    CLOCK_SIGN,
    COMPARED,
    DATE_LETTERS,
    DATE_PATTERNS,
    DATE_SIGNS,
    DAY_PAIR,
    DAY_RANGE,
    DAYS,
    DIGIT,
    HOLIDAYS,
    LUNAR_HOLIDAYS,
    MONTH_LETTERS,
    MONTH_PATTERNS,
    MONTH_SIGNS,
    NUMERIC_SIGNS,
    PAIR_SIGN,
    RANGE_SIGN,
    SAME_DAY,
    SLASHED_RANGE,
    SLASHED_SIGN,
    SOME_LETTERS,
    SPACE,
    WORDS,
)
from udfs.korean_words import rest_of_sentence
from udfs.labelled_times import of_days_listed
from udfs.looking_ahead import looks_ahead, tells_of_the_past
from udfs.spans import first_behind, touched
from udfs.time_mention import FAR, TimeMention, group_of
from udfs.time_ranges import in_same_evening, in_same_morning, of_days_named, that_are_over, with_ranges, within_ranges

SLEEP = 5
"""Until this hour people call the evening before still today's."""
_NO_SUCH_DAY = "none"
"""Precision of what is written like a day and is none: 4월 31일, 2월 30일."""
_DATED = frozenset(("day", "hour", "minute"))


def find_times(text: str, published: datetime) -> list[TimeMention]:
    """All times in a text, in order, none inside another.

    Args:
        text: title, body or caption.
        published: time of publishing as local wall-clock time (naive).

    Examples:
        >>> [m.value for m in find_times("22일 오후 2시 인천, 오는 3월 1일부터 5일까지", datetime(2026, 2, 22, 18))]
        ['2026-02-22T14:00', '2026-03-01/2026-03-05']
    """
    letters = frozenset(SOME_LETTERS.findall(text))
    found = by_others(text, _months(text, letters, published, _dates(text, letters, published)))
    found = _clocks(text, letters, published, [mention for mention in found if mention.precision != _NO_SUCH_DAY])
    if not found:
        return []
    found = of_months_told(text, found, published.date())
    joined = with_ranges(text, in_same_evening(text, in_same_morning(of_days_listed(text, of_days_named(text, found)))))
    return within_ranges(text, that_are_over(text, joined, published), published)


_FORMS = sorted(zip(range(len(DATE_PATTERNS)), DATE_PATTERNS, DATE_SIGNS, DATE_LETTERS, strict=True), key=lambda form: form[0] == SAME_DAY)
"""이날 comes last: it is the day that any other form named before it."""
_FORMS_IN_WORDS = [form for form in _FORMS if form[0] not in NUMERIC_SIGNS]


def _dates(text: str, letters: frozenset[str], published: datetime) -> list[TimeMention]:
    numbered = DIGIT.search(text) is not None
    found: list[TimeMention] = []
    for pattern, sign in ((DAY_RANGE, RANGE_SIGN), (DAY_PAIR, PAIR_SIGN), (SLASHED_RANGE, SLASHED_SIGN)):
        if numbered and sign.search(text):
            free = (match for match in pattern.finditer(text) if not touched(found, *match.span()))
            found = _in_order(found, (_span_of_days(match, published) for match in free))
    for number, pattern, sign, some in _FORMS if numbered else _FORMS_IN_WORDS:
        if some.isdisjoint(letters) or not sign.search(text):
            continue
        dated = [mention for mention in _dated(found) if not COMPARED.match(text, mention.end)] if number == SAME_DAY else []
        new: list[TimeMention] = []
        for match in pattern.finditer(text):
            if touched(found, *match.span()) or not _stands_alone(match, text, number):
                continue
            mention = _day_mention(match, published, _last_before(match.start(), dated, new))
            if mention is not None:
                new.append(mention)
        found = _in_order(found, new)
    return found


def _in_order(found: list[TimeMention], new: Iterable[TimeMention | None]) -> list[TimeMention]:
    more = [mention for mention in new if mention is not None]
    return sorted(found + more) if more else found


def _dated(found: Sequence[TimeMention]) -> list[TimeMention]:
    return [mention for mention in found if mention.precision in _DATED]


def _last_before(position: int, found: Sequence[TimeMention], new: Sequence[TimeMention]) -> TimeMention | None:
    """The last time before a character among those of other forms and the ones that this form has found so far, all before it."""
    index = first_behind(found, position) - 1
    last = found[index : index + 1] if index >= 0 else ()
    return max((*last, *new[-1:]), default=None)


_GREAT_DAY = ("대망의 ", "운명의 ", "문제의 ")


_BEGUN = re.compile(
    r"(?:(?:19|20)\d{2}|['’‘]\d{2})[.]" + SPACE + r"\d{1,2}[.]" + SPACE + r"\d{1,2}\.?(?:[(（][월화수목금토일][)）])? ?[~∼〜–-] ?$"
)
"""The first day of a range, with its year, before a month and day that only dots tell: 2026. 4. 11. ~ 4. 19."""


_CLOSED = re.compile(r"(?:휴무|휴관|쉬는 ?날)(?:일)?(?:은|는|이|가)? ?:? ?$")
"""Before the weekday on which a house is closed: 휴무는 화요일이래요."""
_HOLIDAY_BEFORE = re.compile("(?:" + "|".join((*HOLIDAYS, *LUNAR_HOLIDAYS, "설")) + ") ?$")


def _stands_alone(match: re.Match[str], text: str, number: int) -> bool:
    before = text[match.start() - 1] if match.start() else " "
    if group_of(match, "day") and text[max(0, match.start("day") - 4) : match.start("day")].rstrip(" ").endswith("박"):
        return False  # 1박 2일
    if match.re.groupindex.get("behind_range") and match["behind_range"] is not None:
        return bool(group_of(match, "weekday")) or _BEGUN.search(text[max(0, match.start() - 22) : match.start()]) is not None
    if group_of(match, "plain_day"):
        in_word = "가" <= before <= "힣" or before in "‘'“\"·"
        regular = text.endswith(("매주 ", "매달 ", "째 "), 0, match.start()) or _CLOSED.search(
            text, max(0, match.start() - 12), match.start()
        )
        return not in_word and not regular
    if number in (3, 4, 5, 6) and "가" <= before <= "힣":
        return False
    if group_of(match, "relative") == "전날" and _HOLIDAY_BEFORE.search(text, max(0, match.start() - 9), match.start()):
        return False  # 광복절 전날: read with its holiday
    # 마을의 오늘: the present, no day; but 대망의 어제
    return not (group_of(match, "relative") and text.endswith("의 ", 0, match.start()) and not text.endswith(_GREAT_DAY, 0, match.start()))


def _day_mention(match: re.Match[str], published: datetime, before: TimeMention | None) -> TimeMention | None:
    """What a form of date means; `before` is the last day named before 이날 and 이튿날."""
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
            return _with_clock(match, saturday + timedelta(days=match["week_end_day"] == "일"), "relative")
        return _mention(match, f"{saturday}/{saturday + timedelta(days=1)}", "day", "relative", "")
    elif group_of(match, "ago"):
        return _ago(match, today)
    else:
        return None
    return None if day is None else _with_clock(match, day, lead)


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
    return _mention(match, "", _NO_SUCH_DAY, "", "")


def _with_clock(match: re.Match[str], day: date, lead: str) -> TimeMention:
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
        return None if unit else _with_clock(match, today + timedelta(days=sign * DAYS[amount]), "relative")
    if unit in ("일", "주", "주일"):
        days = int(amount) * (1 if unit == "일" else 7)
        return _with_clock(match, today + timedelta(days=sign * days), "relative")
    if unit in ("개월", "달"):
        year, month = months_away(today, sign * int(amount))
        return _mention(match, f"{year:04d}-{month:02d}", "month", "relative", "")
    return _mention(match, f"{today.year + sign * int(amount):04d}", "year", "relative", "") if unit else None


def _span_of_days(match: re.Match[str], published: datetime) -> TimeMention | None:
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


def _months(text: str, letters: frozenset[str], published: datetime, found: list[TimeMention]) -> list[TimeMention]:
    for pattern, sign, some in zip(MONTH_PATTERNS, MONTH_SIGNS, MONTH_LETTERS, strict=True):
        if some.isdisjoint(letters) or not sign.search(text):
            continue
        free = (match for match in pattern.finditer(text) if not touched(found, *match.span()))
        found = _in_order(found, (_month_mention(match, published.date()) for match in free))
    return found


_LAST_MONTH = "전달"
_COMPARED_MONTH = re.compile(r"(?:보다|에|의|과|엔)(?![가-힣])|에는| (?:대비|같은|초|중순|말)")
"""Behind the word for last month where it is none for handing something over: 성금 전달, 산청에 전달."""


def _month_mention(match: re.Match[str], today: date) -> TimeMention | None:
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


_SIGNED_UP = re.compile(r"(?:에|쯤|부터)? (?:[가-힣]+ )?(?:전화|예약|예매|주문|연락|문의)(?:을|를)?(?:해서|해 두|해둔|해 놓|하고|했|로)")
"""Behind the day on which somebody made an appointment: the hours that follow are not that day's (2주 전에 전화해서 저녁 6시 룸을)."""


_THROUGH_THE_NIGHT = re.compile(r"(?:에|쯤)? ?(?:[가-힣]+ )?(?:출발|떠나)")
"""Behind an hour in the evening at which a journey began: the dawn that follows is the next day's (밤 11시 반 출발 ... 새벽 네 시에)."""


_BESIDE_TODAY = re.compile("전날|내일|명일|모레|다음|이튿날")
"""Days to which no hour belongs that stands before them: 인원체크가 새벽 4시 20분이라 전날 막차를 탔다, 새벽 5시 기상 ... 내일은."""


def _clocks(text: str, letters: frozenset[str], published: datetime, known: list[TimeMention]) -> list[TimeMention]:
    """Times of day on their own ("오후 2시"): of the date named before them in the text, else behind them, else of the day of writing."""
    if CLOCK_LETTERS.isdisjoint(letters) or not CLOCK_SIGN.search(text):
        return known
    dated = [mention for mention in _dated(known) if not _SIGNED_UP.match(text, mention.end)]
    following = next((mention for mention in dated if mention.precision == "day" and not _BESIDE_TODAY.match(mention.surface)), None)
    new: list[TimeMention] = []
    for match in CLOCK_PATTERN.finditer(text):
        if touched(known, *match.span()) or not is_clock(match, text):
            continue
        nearest = _last_before(match.start(), dated, new) or following
        day = date.fromisoformat(nearest.first[:10]) if nearest is not None else published.date()
        if nearest is not None and _THROUGH_THE_NIGHT.match(text, nearest.end) and group_of(match, "part") in ("새벽", "아침"):
            day += timedelta(days=nearest.value[11:13] >= "18")
        mention = _with_clock(match, day, "clock")
        if "T" in mention.value:
            new.append(mention)
    return _in_order(known, new)
