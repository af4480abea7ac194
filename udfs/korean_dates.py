"""Times in Korean text, resolved against the time of publishing: "22일 오후", "지난 20일", "이날 오전 10시 30분", "3월 1일부터 5일까지".

A value is ISO 8601 in local time: `2026`, `2026-03`, `2026-03-01`, `2026-03-01T14:00`, and `first/last` for ranges. Half a day (오후)
belongs to the date's precision: the value stays a date. A date without month or year is the nearest one that the words and the time
of publishing allow: the past for 지난, the future for 오는, else the day closest to publishing with a lean to the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from udfs.korean_calendar import (
    WEEKDAYS,
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
    BOTH_DAYS,
    CLOCK_PATTERN,
    CLOCK_SIGN,
    DATE_PATTERNS,
    DATE_SIGNS,
    DATE_WORD,
    DAY_PAIR,
    DAY_RANGE,
    DAYS,
    DIGIT,
    FOR_DAYS,
    HOLIDAYS,
    LUNAR_HOLIDAYS,
    MONTH_PATTERNS,
    MONTH_SIGNS,
    NATIVE_HOURS,
    NUMERIC_SIGNS,
    PAIR_LINK,
    PAIR_SIGN,
    RANGE_LINK,
    RANGE_SIGN,
    SAME_DAY,
    WORDS,
)
from udfs.korean_words import rest_of_sentence
from udfs.spans import first_behind, touched


class TimeMention(NamedTuple):
    """A time that a text names.

    Attributes:
        begin, end: characters, half-open.
        surface: the words.
        value: ISO 8601, local; `first/last` for a range.
        precision: year, month, day, hour or minute.
        lead: how the date was named: 지난, 오는, 이번, same (이날), next (이튿날), bare, full (with month), relative (어제).
        part: part of the day that was named, "" for none.
    """

    begin: int
    end: int
    surface: str
    value: str
    precision: str
    lead: str = "bare"
    part: str = ""

    @property
    def first(self) -> str:
        """Begin of a range, or the value itself."""
        return self.value.split("/")[0]


SLEEP = 5
"""Until this hour people call the evening before still today's."""
FAR = 300
"""Characters behind a date beyond which nothing tells of it."""
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
    found = _months(text, published, _dates(text, published))
    found = _clocks(text, published, [mention for mention in found if mention.precision != _NO_SUCH_DAY])
    return _within_ranges(text, _ranges(text, found), published) if found else []


_FORMS = sorted(enumerate(zip(DATE_PATTERNS, DATE_SIGNS, strict=True)), key=lambda form: form[0] == SAME_DAY)
"""이날 comes last: it is the day that any other form named before it."""


def _dates(text: str, published: datetime) -> list[TimeMention]:
    numbered = DIGIT.search(text) is not None
    if not numbered and not DATE_WORD.search(text):
        return []
    found: list[TimeMention] = []
    for pattern, sign in ((DAY_RANGE, RANGE_SIGN), (DAY_PAIR, PAIR_SIGN)):
        if numbered and sign.search(text):
            free = (match for match in pattern.finditer(text) if not touched(found, *match.span()))
            found = _in_order(found, (_span_of_days(match, published) for match in free))
    for number, (pattern, sign) in _FORMS:
        if (number in NUMERIC_SIGNS and not numbered) or not sign.search(text):
            continue
        dated = _dated(found) if number == SAME_DAY else []
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


def _stands_alone(match: re.Match[str], text: str, number: int) -> bool:
    before = text[match.start() - 1] if match.start() else " "
    if _group(match, "day") and text[max(0, match.start("day") - 4) : match.start("day")].rstrip(" ").endswith("박"):
        return False  # 1박 2일
    if _group(match, "plain_day"):
        return not ("가" <= before <= "힣" or before in "‘'“\"·") and not text.endswith(("매주 ", "매달 ", "째 "), 0, match.start())
    if number in (3, 4, 5, 6) and "가" <= before <= "힣":
        return False
    return not (_group(match, "relative") and text.endswith("의 ", 0, match.start()))  # 마을의 오늘: the present, no day


def _group(match: re.Match[str], name: str) -> str:
    return (match[name] or "") if name in match.re.groupindex else ""


def _day_mention(match: re.Match[str], published: datetime, before: TimeMention | None) -> TimeMention | None:
    """What a form of date means; `before` is the last day named before 이날 and 이튿날."""
    today = published.date()
    lead = _group(match, "lead") or "bare"
    if _group(match, "iso_year"):
        year = match["iso_year"]
        day = valid(int(year) if len(year) == 4 else 2000 + int(year[1:]), int(match["iso_month"]), int(match["iso_day"]))
        lead = "full"
    elif _group(match, "slash_month"):
        day = nearest_year(int(match["slash_month"]), int(match["slash_day"]), today, lead)
        lead = "full"
    elif _group(match, "day"):
        day = _named_day(match, today)
        if day is None:
            return _no_such_day(match)
        if not any(_group(match, name) for name in ("lead", "month", "month_word", "year")):
            day = nearest_month(day.day, today, "오는") if day < today and looks_ahead(_behind(match)) else day
        if _group(match, "month") or _group(match, "month_word"):
            lead = "full" if lead == "bare" else lead
    elif _group(match, "same") or _group(match, "next"):
        day, lead = date.fromisoformat(before.first[:10]) if before is not None else today, "same"
        if _group(match, "next"):
            day, lead = (day + timedelta(days=1) if before is not None else None), "next"  # None: the day behind one that no word names
    elif _group(match, "relative"):
        day, lead = today + timedelta(days=WORDS[match["relative"]]), "relative"
        if (
            published.hour < SLEEP
            and match["relative"].startswith("오늘")
            and (_group(match, "part") or _group(match, "part_only")) in ("오후", "저녁", "밤")
        ):
            day -= timedelta(days=1)  # written before going to bed: 오늘 저녁 is the evening that is over
    elif _group(match, "holiday"):
        day, lead = nearest_year(*HOLIDAYS[match["holiday"]], today, ""), "full"
    elif _group(match, "lunar"):
        years = LUNAR_HOLIDAYS["설날" if match["lunar"] == "설" else match["lunar"]]
        if today.year not in years:
            return None
        day, lead = min((date(year, *solar) for year, solar in years.items()), key=lambda one: abs((one - today).days)), "full"
        day += timedelta(days={"첫날": -1, "마지막날": 1}.get(_group(match, "lunar_day").replace(" ", ""), 0))  # three days around it
    elif _group(match, "month_end"):
        first = _named_day(match, today, 1)
        day, lead = first and date(*months_away(first, 1), 1) - timedelta(days=1), "full"
    elif _group(match, "nth"):
        first = _named_day(match, today, 1)
        day, lead = first and nth_weekday(first, match["nth"], match["nth_day"]), "full"
    elif _group(match, "week"):
        day, lead = weekday_of(match["week"], bool(_group(match, "week_unit")), match["week_day"], today), "relative"
    elif _group(match, "plain_day"):
        ahead = looks_ahead(_behind(match), plain_present=True)
        day, lead = day_of_week(match["plain_day"], today, ahead=ahead), "relative"
    elif _group(match, "week_end"):
        saturday = today + timedelta(days=5 - today.weekday() + {"지난": -7, "저번": -7, "다음": 7}.get(match["week_end"], 0))
        if _group(match, "week_end_day"):
            return _with_clock(match, saturday + timedelta(days=match["week_end_day"] == "일"), "relative")
        return _mention(match, f"{saturday}/{saturday + timedelta(days=1)}", "day", "relative", "")
    elif _group(match, "ago"):
        return _ago(match, today)
    else:
        return None
    return None if day is None else _with_clock(match, day, lead)


def _behind(match: re.Match[str]) -> str:
    return rest_of_sentence(match.string, match.end(), FAR)


def _no_such_day(match: re.Match[str]) -> TimeMention:
    """Holds the place of a day that does not exist, so that no part of it is read as another one."""
    return _mention(match, "", _NO_SUCH_DAY, "", "")


_WRITING = re.compile(r"(?:은|도)[^.!?\n]{0,120}?(?:후기|포스팅|리뷰|이야기|기록|소개|정리|글을|써 보|쓰려|쓸게|들고 왔|가져왔|올려)")


def is_time_of_writing(text: str, mention: TimeMention) -> bool:
    """Whether a day is only that on which somebody writes: 오늘은 후기를 써 보려고 해요."""
    return mention.lead == "relative" and _WRITING.match(text, mention.end) is not None


_AHEAD = re.compile(
    r"까지|예정|앞두|앞둔|열린다|열립니다|이어진다|계속된다|펼쳐진다|방송된다|찾아온다|만나요|만납니다|갑니다|갈 거|갈게|할게"
    r"|찾는다|나선다|뜬다|만난다|돌아온다|선보인다|출연한다|출격한다|막 오른다|첫 방송(?!된|했|한)|안방 찾"
    r"|진행된다|개최된다|공개된다|발매된다|시작된다|개봉한다|시작한다|입소한다|입대한다"
)


_NOTED = re.compile(r"(?:다녀옴|갔다 옴|하고 옴|보고 옴|먹음|했음|갔음|왔음|봤음)(?![가-힣])")


def _in_plain_present(sentence: str) -> bool:
    """Whether a sentence ends with a verb in the plain present: 내놓는다, 만난다."""
    verb = sentence.rstrip(' ”’"')[-2:]
    return len(verb) == 2 and verb[1] == "다" and "가" <= verb[0] <= "힣" and (ord(verb[0]) - 0xAC00) % 28 == 4


def looks_ahead(sentence: str, *, plain_present: bool = False) -> bool:
    """Whether a sentence speaks of what is to come: it has a word for that, and no verb in the past behind its date.

    Args:
        sentence: what it says behind the date.
        plain_present: whether a verb in the plain present is such a word (수요일 밤에 새 예능을 내놓는다).

    Examples:
        >>> looks_ahead("에 본 콘서트가 좋았어요"), looks_ahead(" 서울에서 열린다")
        (False, True)
    """
    past = _NOTED.search(sentence) is not None or any(
        (ord(letter) - 0xAC00) % 28 == 20 and letter not in "있겠" for letter in sentence if "가" <= letter <= "힣"
    )
    return not past and (_AHEAD.search(sentence) is not None or (plain_present and _in_plain_present(sentence)))


def _with_clock(match: re.Match[str], day: date, lead: str) -> TimeMention:
    clock = _clock_of(match)
    part = _group(match, "part") or _group(match, "part_only")
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


_ABOUT = re.compile(r"쯤|경|께")
_AROUND = re.compile(r"쯤|경|께|에[ ,]")
_STARTS = re.compile(r"(?:쯤|경|에|부터)?[ \t]*(?:시작|공연|입장|오픈|예약)")
"""Behind an hour without a part of the day: 6시 반 시작 is in the evening."""
_SHOW = re.compile(r"(?:밤공|낮공|저녁공|공연) ?[(（]?$")


def _clock_of(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """Hour (24), minute, whether minutes were named."""
    part = _group(match, "part") or ("밤" if _group(match, "relative").endswith("밤") else "")
    if _group(match, "hour"):
        hour = int(match["hour"])
        if _group(match, "colon"):
            minute, named = int(match["colon"]), True
        elif _group(match, "half"):
            minute, named = 30, True
        else:
            minute, named = int(_group(match, "minute") or 0), bool(_group(match, "minute"))
    elif _group(match, "native"):
        hour = NATIVE_HOURS[match["native"]]
        minute = 30 if _group(match, "native_half") else int(_group(match, "native_minute") or 0)
        named = bool(_group(match, "native_half") or _group(match, "native_minute"))
    else:
        return None
    if hour > 24:
        return None
    dated = any(_group(match, name) for name in ("day", "relative", "week_day", "plain_day", "slash_day"))
    about = _ABOUT.match(match.string, match.end()) is not None and not _group(match, "minute")
    if (dated or about) and not part and 1 <= hour <= 6 and _group(match, "hour"):
        hour += 12  # 6월 7일 6시: early hours are told as such
    evening = _STARTS.match(match.string, match.end()) or _SHOW.search(match.string[max(0, match.start() - 8) : match.start()])
    if not part and 1 <= hour <= 8 and _group(match, "hour") and evening:
        hour += 12
    if (part in ("오후", "저녁") and hour < 12) or (part in ("밤", "심야", "한밤") and 5 <= hour < 12):
        hour += 12
    elif part in ("밤", "오전", "새벽", "자정", "한밤") and hour == 12:
        hour = 0 if part != "밤" else 24
    elif part in ("낮", "점심") and hour < 6:
        hour += 12
    elif not part and _group(match, "native") and 1 <= hour <= 6:
        hour += 12  # 세 시, without more, is in the afternoon
    return hour, minute, named


def _year_named(match: re.Match[str], today: date) -> int | None:
    year = _group(match, "year")
    if year:
        digits = re.sub(r"\D", "", year)
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    word = _group(match, "year_word")
    if word:
        return today.year + {"지난해": -1, "작년": -1, "재작년": -2, "내년": 1, "이듬해": 1}.get(word, 0)
    return None


def _named_day(match: re.Match[str], today: date, day_number: int | None = None) -> date | None:
    number = int(match["day"]) if day_number is None else day_number
    lead = _group(match, "lead")
    year = _year_named(match, today)
    if _group(match, "month_word"):
        whole_year, month = months_away(today, month_shift(match["month_word"]))
        return valid(year or whole_year, month, number)
    if _group(match, "month"):
        month = int(match["month"])
        return valid(year, month, number) if year else nearest_year(month, number, today, lead)
    return nearest_month(number, today, lead)


def _ago(match: re.Match[str], today: date) -> TimeMention | None:
    amount, unit = match["ago"], _group(match, "ago_unit")
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
    today, lead = published.date(), _group(match, "lead")
    first = _named_day(match, today, int(match["from"]))
    if first is None:
        return _no_such_day(match)
    number = int(match["to"])
    year, month = (first.year, first.month) if number >= int(match["from"]) else months_away(first.replace(day=1), 1)
    last = valid(year, month, number)
    if last is None and not (_group(match, "month") or _group(match, "month_word")):
        last = nearest_month(number, today, lead)  # 28~30일 in March: those of January, as February has no 30th
        first = last.replace(day=int(match["from"])) if last is not None else first
    if last is None:
        return _no_such_day(match)
    if last == first:
        return None
    return _mention(match, f"{first}/{last}", "day", lead or ("full" if _group(match, "month") else "bare"), "")


def _months(text: str, published: datetime, found: list[TimeMention]) -> list[TimeMention]:
    for pattern, sign in zip(MONTH_PATTERNS, MONTH_SIGNS, strict=True):
        if not sign.search(text):
            continue
        free = (match for match in pattern.finditer(text) if not touched(found, *match.span()))
        found = _in_order(found, (_month_mention(match, published.date()) for match in free))
    return found


def _month_mention(match: re.Match[str], today: date) -> TimeMention | None:
    year, lead = _year_named(match, today), _group(match, "lead")
    if _group(match, "month_word"):
        whole, month = months_away(today, month_shift(match["month_word"]))
        value, precision = f"{year or whole:04d}-{month:02d}", "month"
    elif _group(match, "month"):
        month = int(match["month"])
        if year is None:
            near = nearest_year(month, 15, today, lead)
            year = near.year if near else today.year
        value, precision = f"{year:04d}-{month:02d}", "month"
    elif year is not None and _group(match, "year_word") != "올":
        value, precision = f"{year:04d}", "year"
    else:
        return None
    third = _group(match, "third")
    if third and precision == "month":
        value = third_of_month(value, third)
    return _mention(match, value, precision, lead or "bare", "")


def _clocks(text: str, published: datetime, known: list[TimeMention]) -> list[TimeMention]:
    """Times of day on their own ("오후 2시"): of the date named before them in the text, else of the day of publishing."""
    if not CLOCK_SIGN.search(text):
        return known
    dated = _dated(known)
    following = next((mention for mention in dated if mention.precision == "day"), None)
    new: list[TimeMention] = []
    for match in CLOCK_PATTERN.finditer(text):
        if touched(known, *match.span()) or not _is_clock(match, text):
            continue
        nearest = _last_before(match.start(), dated, new) or following
        day = date.fromisoformat(nearest.first[:10]) if nearest is not None else published.date()
        mention = _with_clock(match, day, "clock")
        if "T" in mention.value:
            new.append(mention)
    return _in_order(known, new)


def _is_clock(match: re.Match[str], text: str) -> bool:
    """Whether a time of day is meant: without 오전 or 오후 a small number, or 24, is one before 쯤, 시작 and the like only."""
    if _group(match, "part") or _group(match, "colon") or _group(match, "native") or 7 <= int(match["hour"]) < 24:
        return True
    around = _AROUND if _group(match, "minute") else _ABOUT
    return _STARTS.match(text, match.end()) is not None or around.match(text, match.end()) is not None


def _ranges(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """Joins "3월 1일" + 부터 + "5일" + 까지 into one range."""
    joined: list[TimeMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        between = text[last.end : min(mention.begin, last.end + FAR)] if last is not None else ""
        linked = RANGE_LINK.match(between) or (BOTH_DAYS.match(text, mention.end) and PAIR_LINK.match(between))
        if last is not None and "/" not in last.value + mention.value and linked:
            second = _same_part_of_day(last, mention, _moved_behind(last, mention))
            if second is not None and len(second) == len(last.value) and second > last.value:
                end = mention.end + (2 if text.startswith("까지", mention.end) else 0)
                joined[-1] = last._replace(end=end, surface=text[last.begin : end], value=f"{last.value}/{second}")
                continue
        joined.append(mention)
    return [_lasting(text, mention) for mention in joined]


_TOLD_THEN = re.compile(r" (?:밝혔|전했|알렸|말했|발표)")


def _within_ranges(text: str, found: list[TimeMention], published: datetime) -> list[TimeMention]:
    """A day without month behind a range that holds just one such day is that: 12월 29일부터 1월 1일까지 ... 31일 공연에서는."""
    moved: list[TimeMention] = []
    held: list[date] = []
    for mention in found:
        first, _, last = mention.value.partition("/")
        if last and mention.precision == "day":
            begin, end = date.fromisoformat(first), date.fromisoformat(last)
            held = [begin + timedelta(days=number) for number in range(min((end - begin).days, 30) + 1)]
        day = first[:10]
        named = mention.lead == "bare" and not last and mention.precision in ("day", "hour", "minute")
        if named and day != published.date().isoformat() and not _TOLD_THEN.match(text, mention.end):
            same = [other for other in held if other.day == int(day[8:])]
            if len(same) == 1 and date.fromisoformat(day) not in held:
                mention = mention._replace(value=same[0].isoformat() + mention.value[10:])
        moved.append(mention)
    return moved


def _lasting(text: str, mention: TimeMention) -> TimeMention:
    """The range of a first day and a number of days: 20일부터 닷새간."""
    match = FOR_DAYS.match(text, mention.end) if mention.precision == "day" and "/" not in mention.value else None
    if match is None:
        return mention
    days = DAYS[match["word"]] if match["word"] else int(match["number"])
    last = date.fromisoformat(mention.value) + timedelta(days=max(days, 2) - 1)
    return mention._replace(end=match.end(), surface=text[mention.begin : match.end()], value=f"{mention.value}/{last}")


def _same_part_of_day(first: TimeMention, mention: TimeMention, second: str | None) -> str | None:
    """오후 6시부터 9시까지: the second hour is in the afternoon, too; 밤 10시부터 새벽 2시까지: it is one of the next day.

    Args:
        first: begin of a range.
        mention: its end.
        second: value of the end.
    """
    if second is None or "T" not in second or "T" not in first.value or second[:10] != first.value[:10] or second > first.value:
        return second
    later = f"{second[:11]}{int(second[11:13]) + 12:02d}{second[13:]}"
    if int(second[11:13]) < 12 and not mention.part and ":" not in mention.surface:
        return later
    return (datetime.fromisoformat(second) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M") if mention.lead == "clock" else second


def _moved_behind(first: TimeMention, second: TimeMention) -> str | None:
    """The second date of a range, in the month of the first or the next one when it was named by its day alone."""
    if second.lead == "relative" and first.lead == "relative" and re.fullmatch(r"[월화수목금토일]요일", second.surface):
        begin = date.fromisoformat(first.first[:10])
        return (begin + timedelta(days=(WEEKDAYS.index(second.surface[0]) - begin.weekday() - 1) % 7 + 1)).isoformat()
    if second.lead != "bare" or second.precision != "day" or first.precision != "day":
        return second.value
    number = int(second.value[8:10])
    begin = date.fromisoformat(first.value)
    for months in (0, 1):
        day = valid(*months_away(begin.replace(day=1), months), number)
        if day is not None and day > begin:
            return day.isoformat()
    return None
