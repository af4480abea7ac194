"""Times in Korean text, resolved against the time of publishing: "22일 오후", "지난 20일", "이날 오전 10시 30분", "3월 1일부터 5일까지".

A value is ISO 8601 in local time: `2026`, `2026-03`, `2026-03-01`, `2026-03-01T14:00`, and `first/last` for ranges. Half a day (오후)
belongs to the date's precision: the value stays a date. A date without month or year is the nearest one that the words and the time
of publishing allow: the past for 지난, the future for 오는, else the day closest to publishing with a lean to the past.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

_SPACE = r"[ \t]*"
_WEEKDAYS = "월화수목금토일"
_WORDS = {
    "그끄저께": -3, "그저께": -2, "그제": -2, "엊그제": -2, "어저께": -1, "어제": -1, "어젯밤": -1,
    "전날": -1, "지난밤": -1, "간밤": -1, "오늘": 0, "금일": 0, "당일": 0,
    "오늘밤": 0, "내일": 1, "명일": 1, "모레": 2, "글피": 3, "작일": -1, "익일": 1, "이튿날": 1, "다음날": 1, "다음 날": 1,
}  # fmt: skip
_NATIVE_HOURS = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "열한": 11,
    "열두": 12,
}
_PARTS_OF_DAY = "오전|오후|새벽|아침|정오|낮|점심|저녁|밤|자정|심야|한밤"

_LEAD = r"(?P<lead>지난|오는|이번|다가오는|돌아오는)"
_YEAR = r"(?:(?P<year>(?:19|20)\d{2}|'\d{2}|’\d{2})" + _SPACE + r"년|(?P<year_word>올해|금년|지난해|작년|내년|재작년|이듬해|올))"
_MONTH = (
    r"(?:(?P<month>1[0-2]|0?[1-9])"
    + _SPACE
    + r"월|(?P<month_word>이달|이번"
    + _SPACE
    + r"달|지난"
    + _SPACE
    + r"달|다음"
    + _SPACE
    + r"달|내달|전달|새달))"
)
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])" + _SPACE + r"일(?!" + _SPACE + r"(?:간(?!담)|동안|째|차(?!례)|만에))"
_WEEKDAY = r"(?:" + _SPACE + r"[(（](?P<weekday>[월화수목금토일])(?:요일)?[)）]|" + _SPACE + r"(?P<weekday_word>[월화수목금토일])요일)?"
_CLOCK = (
    r"(?:(?P<part>" + _PARTS_OF_DAY + r")?" + _SPACE
    + r"(?:(?P<hour>2[0-4]|1\d|0?\d)(?:" + _SPACE + r"시(?!" + _SPACE + r"간|즌|사회|절|상|구|대|리즈|장|작)(?:" + _SPACE
    + r"(?P<minute>[0-5]?\d)" + _SPACE + r"분|" + _SPACE + r"(?P<half>반)(?!기|장|면|드|려|복|발|응|지|찬))?|:(?P<colon>[0-5]\d)(?!\d))"
    + r"|(?P<native>열한|열두|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)" + _SPACE + r"시(?!" + _SPACE + r"(?:간|즌))(?:"
    + _SPACE + r"(?P<native_minute>[0-5]?\d)"
    + _SPACE + r"분|" + _SPACE + r"(?P<native_half>반)(?!기|장|면|드|려|복|발|응|지|찬))?))"
)  # fmt: skip
_PART_ONLY = r"(?P<part_only>" + _PARTS_OF_DAY + r")"
_RELATIVE = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))

_DATE_FORMS = (
    r"(?P<iso_year>(?:19|20)\d{2})[.\-/]" + _SPACE + r"(?P<iso_month>1[0-2]|0?[1-9])[.\-/]" + _SPACE
    + r"(?P<iso_day>3[01]|[12]\d|0?[1-9])(?!\d)\.?" + _WEEKDAY,
    r"(?:" + _LEAD + _SPACE + r")?(?:" + _YEAR + _SPACE + r")?" + _MONTH + _SPACE + _DAY + _WEEKDAY,
    r"(?:" + _LEAD + _SPACE + r")?" + _DAY + _WEEKDAY,
    r"(?P<same>이날|같은" + _SPACE + r"날|이" + _SPACE + r"날)(?!치|씨|개)",
    r"(?P<relative>" + _RELATIVE + r")(?!날|내일|같은|처럼|의 (?:집|운세|메뉴))",
    r"(?P<week>지난|이번|다음|저번|다다음|지지난|돌아오는|오는)" + _SPACE
    + r"(?P<week_unit>주" + _SPACE + r")?(?P<week_day>[월화수목금토일])요일",
    r"(?P<week_end>지난|이번|다음|저번|다가오는|오는)" + _SPACE + r"주?" + _SPACE + r"주말",
    r"(?P<ago>\d{1,3}|하루|이틀|사흘|나흘|닷새|열흘|보름)" + _SPACE + r"(?P<ago_unit>일|주일|주|개월|달|년)?" + _SPACE
    + r"(?P<ago_side>전|후|뒤)(?![가-힣]*(?:반|기|체|국|시회))",
    r"(?P<slash_month>1[0-2]|0?[1-9])/(?P<slash_day>3[01]|[12]\d|0?[1-9])(?![\d/])" + _WEEKDAY,
)  # fmt: skip
_MONTH_FORMS = (
    r"(?:" + _LEAD + _SPACE + r")?(?:" + _YEAR + _SPACE + r")?" + _MONTH + r"(?:" + _SPACE + r"(?P<third>초순|중순|하순|초|말|하반기))?(?!"
    + _SPACE + r"\d{1,2}" + _SPACE + r"일)(?!드컵|드|요일|간|세)",
    _YEAR + r"(?:" + _SPACE + r"(?P<year_third>초|말|상반기|하반기))?(?!" + _SPACE + r"(?:전|만에|간|동안|째|차|생|도|대|후|뒤))(?!한)",
)  # fmt: skip
_DATE_PATTERNS = [re.compile(r"(?<![\d.])" + form + r"(?:" + _SPACE + _CLOCK + r"|" + _SPACE + _PART_ONLY + r")?") for form in _DATE_FORMS]
_MONTH_PATTERNS = [re.compile(r"(?<![\d.가-힣])" + form) for form in _MONTH_FORMS]
_CLOCK_PATTERN = re.compile(r"(?<![\d.:가-힣])" + _CLOCK)
_PART_PATTERN = re.compile(
    r"(?<![가-힣])(?:이른" + _SPACE + r"|늦은" + _SPACE + r")?(?P<part_only>오전|오후|새벽|저녁|밤)(?:에|께)?(?![가-힣])"
)
_LINK = re.compile(
    r"^"
    + _SPACE
    + r"(?:\([월화수목금토일]\))?"
    + _SPACE
    + r"(?:부터|에서|~|∼|〜|-|–|—|과|와|,|·|및|이틀간)"
    + _SPACE
    + r"(?:오는"
    + _SPACE
    + r")?$"
)
_RANGE_LINK = re.compile(r"^" + _SPACE + r"(?:\([월화수목금토일]\))?" + _SPACE + r"(?:부터|에서|~|∼|〜|-|–|—)" + _SPACE + r"$")
_DAY_RANGE = re.compile(
    r"(?<![\d.])(?:" + _LEAD + _SPACE + r")?(?:" + _YEAR + _SPACE + r")?(?:" + _MONTH + _SPACE
    + r")?(?P<from>3[01]|[12]\d|0?[1-9])(?:" + _SPACE + r"일)?"
    + r"(?:[(（][월화수목금토일][)）])?" + _SPACE + r"(?:~|∼|〜|-|–|부터)" + _SPACE + r"(?P<to>3[01]|[12]\d|0?[1-9])" + _SPACE + r"일(?!\d)"
)  # fmt: skip
_DAY_PAIR = re.compile(
    r"(?<![\d.])(?:" + _LEAD + _SPACE + r")?(?:" + _YEAR + _SPACE + r")?(?:" + _MONTH + _SPACE
    + r")?(?P<from>3[01]|[12]\d|0?[1-9])(?:" + _SPACE + r"일)?" + _SPACE
    + r"(?:,|·|과|와|ㆍ)" + _SPACE + r"(?P<to>3[01]|[12]\d|0?[1-9])" + _SPACE + r"일"
)  # fmt: skip
_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "열흘": 10, "보름": 15}

PAST_LEAN_DAYS = 24
"""A bare "22일" lies between this many days before publishing and a little after; farther future days belong to last month."""


@dataclass(frozen=True)
class TimeMention:
    """A time that a text names.

    Attributes:
        begin, end: characters, half-open.
        surface: the words.
        value: ISO 8601, local; `first/last` for a range.
        precision: year, month, day, hour or minute.
        lead: how the date was named: 지난, 오는, 이번, same (이날), bare, full (with month), relative (어제).
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


def find_times(text: str, published: datetime) -> list[TimeMention]:
    """All times in a text, in order, none inside another.

    Args:
        text: title, body or caption.
        published: time of publishing as local wall-clock time (naive).

    Examples:
        >>> [m.value for m in find_times("22일 오후 2시 인천, 오는 3월 1일부터 5일까지", datetime(2026, 2, 22, 18))]
        ['2026-02-22T14:00', '2026-03-01/2026-03-05']
    """
    found = _dates(text, published)
    found = _months(text, published, found)
    found = _clocks(text, published, found)
    return _ranges(text, sorted(found, key=lambda mention: mention.begin))


def _dates(text: str, published: datetime) -> list[TimeMention]:
    taken: list[TimeMention] = []

    def free(begin: int, end: int) -> bool:
        return all(end <= mention.begin or begin >= mention.end for mention in taken)

    for pattern, joint in ((_DAY_RANGE, "/"), (_DAY_PAIR, "/")):
        for match in pattern.finditer(text):
            if joint == "/" and free(*match.span()):
                mention = _span_of_days(match, published)
                if mention is not None:
                    taken.append(mention)
    for number, pattern in enumerate(_DATE_PATTERNS):
        for match in pattern.finditer(text):
            if not free(*match.span()) or not _stands_alone(match, text, number):
                continue
            mention = _day_mention(match, published, taken)
            if mention is not None:
                taken.append(mention)
    return taken


def _stands_alone(match: re.Match[str], text: str, number: int) -> bool:
    before = text[match.start() - 1] if match.start() else " "
    if number in (3, 4, 5, 6) and "가" <= before <= "힣":
        return False
    if match.groupdict().get("relative"):
        if text[: match.start()].endswith("의 "):
            return False  # 마을의 오늘: the present, no day
        rest = text[match.end() :][:2]
        return match.group("relative") != "당일" or not rest.startswith(("치기", "배송"))
    return True


def _group(match: re.Match[str], name: str) -> str:
    return match.groupdict().get(name) or ""


def _day_mention(match: re.Match[str], published: datetime, known: list[TimeMention]) -> TimeMention | None:
    today = published.date()
    lead = _group(match, "lead") or "bare"
    if _group(match, "iso_year"):
        day = _valid(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
        lead = "full"
    elif _group(match, "slash_month"):
        day = _nearest_year(int(match["slash_month"]), int(match["slash_day"]), today, lead)
        lead = "full"
    elif _group(match, "day"):
        day = _named_day(match, today)
        if day is not None and (_group(match, "month") or _group(match, "month_word")):
            lead = "full" if lead == "bare" else lead
    elif _group(match, "same"):
        earlier = [mention for mention in known if mention.end <= match.start() and mention.precision in ("day", "hour", "minute")]
        day = date.fromisoformat(max(earlier, key=lambda mention: mention.end).first[:10]) if earlier else today
        lead = "same"
    elif _group(match, "relative"):
        day, lead = today + timedelta(days=_WORDS[match["relative"]]), "relative"
    elif _group(match, "week"):
        day, lead = _weekday_of(match["week"], bool(_group(match, "week_unit")), match["week_day"], today), "relative"
    elif _group(match, "week_end"):
        saturday = today + timedelta(days=5 - today.weekday() + {"지난": -7, "저번": -7, "다음": 7}.get(match["week_end"], 0))
        return _mention(match, f"{saturday}/{saturday + timedelta(days=1)}", "day", "relative", "")
    elif _group(match, "ago"):
        return _ago(match, today)
    else:
        return None
    return None if day is None else _with_clock(match, day, lead)


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


def _clock_of(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """Hour (24), minute, whether minutes were named."""
    part = _group(match, "part")
    if _group(match, "hour"):
        hour = int(match["hour"])
        if _group(match, "colon"):
            minute, named = int(match["colon"]), True
        elif _group(match, "half"):
            minute, named = 30, True
        else:
            minute, named = int(_group(match, "minute") or 0), bool(_group(match, "minute"))
    elif _group(match, "native"):
        hour = _NATIVE_HOURS[match["native"]]
        minute = 30 if _group(match, "native_half") else int(_group(match, "native_minute") or 0)
        named = bool(_group(match, "native_half") or _group(match, "native_minute"))
    else:
        return None
    if hour > 24:
        return None
    if (part in ("오후", "저녁") and hour < 12) or (part in ("밤", "심야", "한밤") and 5 <= hour < 12):
        hour += 12
    elif part in ("밤", "오전", "새벽", "자정", "한밤") and hour == 12:
        hour = 0 if part != "밤" else 24
    elif part in ("낮", "점심") and hour < 6:
        hour += 12
    elif not part and _group(match, "native") and 1 <= hour <= 6:
        hour += 12  # 세 시, without more, is in the afternoon
    return hour, minute, named


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_named(match: re.Match[str], today: date) -> int | None:
    year = _group(match, "year")
    if year:
        digits = re.sub(r"\D", "", year)
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    word = _group(match, "year_word")
    if word:
        return today.year + {"지난해": -1, "작년": -1, "재작년": -2, "내년": 1, "이듬해": 1}.get(word, 0)
    return None


def _months_away(today: date, months: int) -> tuple[int, int]:
    number = today.year * 12 + today.month - 1 + months
    return number // 12, number % 12 + 1


def _month_shift(word: str) -> int:
    short = word.replace(" ", "")
    return {"지난달": -1, "전달": -1, "다음달": 1, "내달": 1, "새달": 1}.get(short, 0)


def _named_day(match: re.Match[str], today: date, day_number: int | None = None) -> date | None:
    number = int(match["day"]) if day_number is None else day_number
    lead = _group(match, "lead")
    year = _year_named(match, today)
    if _group(match, "month_word"):
        whole_year, month = _months_away(today, _month_shift(match["month_word"]))
        return _valid(year or whole_year, month, number)
    if _group(match, "month"):
        month = int(match["month"])
        return _valid(year, month, number) if year else _nearest_year(month, number, today, lead)
    return _nearest_month(number, today, lead)


def _nearest_year(month: int, number: int, today: date, lead: str) -> date | None:
    days = [day for year in (today.year - 1, today.year, today.year + 1) if (day := _valid(year, month, number)) is not None]
    if lead == "지난":
        days = [day for day in days if day <= today] or days
        return max(days, default=None)
    if lead in ("오는", "다가오는", "돌아오는"):
        days = [day for day in days if day >= today] or days
        return min(days, default=None)
    return min(days, key=lambda day: abs((day - today).days), default=None)


def _nearest_month(number: int, today: date, lead: str) -> date | None:
    days = [day for months in (-2, -1, 0, 1, 2) if (day := _valid(*_months_away(today, months), number)) is not None]
    if lead == "지난":
        return max((day for day in days if day <= today), default=None)
    if lead in ("오는", "다가오는", "돌아오는"):
        return min((day for day in days if day >= today), default=None)
    return min(
        (day for day in days if day >= today - timedelta(days=PAST_LEAN_DAYS)), key=lambda day: (abs((day - today).days), day), default=None
    )


def _weekday_of(lead: str, in_week: bool, name: str, today: date) -> date:
    """지난주 금요일 is of the calendar week before; 지난 금요일 is the newest one that is over; 오는 금요일 the next one."""
    number = _WEEKDAYS.index(name)
    monday = today - timedelta(days=today.weekday())
    weeks = {"지난": -1, "저번": -1, "다음": 1, "다다음": 2, "지지난": -2}.get(lead, 0)
    if in_week or lead in ("이번", "다음", "다다음", "지지난"):
        return monday + timedelta(days=7 * weeks + number)
    if lead in ("지난", "저번"):
        return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return today + timedelta(days=(number - today.weekday()) % 7)


def _ago(match: re.Match[str], today: date) -> TimeMention | None:
    amount, unit = match["ago"], _group(match, "ago_unit")
    sign = -1 if match["ago_side"] == "전" else 1
    if amount in _DAYS:
        return None if unit else _mention(match, (today + timedelta(days=sign * _DAYS[amount])).isoformat(), "day", "relative", "")
    if not unit:
        return None
    count = int(amount)
    if unit == "일":
        return _mention(match, (today + timedelta(days=sign * count)).isoformat(), "day", "relative", "")
    if unit in ("주", "주일"):
        return _mention(match, (today + timedelta(days=sign * 7 * count)).isoformat(), "day", "relative", "")
    if unit in ("개월", "달"):
        year, month = _months_away(today, sign * count)
        return _mention(match, f"{year:04d}-{month:02d}", "month", "relative", "")
    return _mention(match, f"{today.year + sign * count:04d}", "year", "relative", "")


def _span_of_days(match: re.Match[str], published: datetime) -> TimeMention | None:
    today = published.date()
    first = _named_day(match, today, int(match["from"]))
    if first is None:
        return None
    number = int(match["to"])
    year, month = (first.year, first.month) if number >= int(match["from"]) else _months_away(first.replace(day=1), 1)
    last = _valid(year, month, number)
    if last is None or last == first:
        return None
    lead = _group(match, "lead") or ("full" if _group(match, "month") else "bare")
    return _mention(match, f"{first}/{last}", "day", lead, "")


def _months(text: str, published: datetime, known: list[TimeMention]) -> list[TimeMention]:
    found = list(known)
    today = published.date()
    for pattern in _MONTH_PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < mention.end and match.end() > mention.begin for mention in found):
                continue
            year = _year_named(match, today)
            if _group(match, "month_word"):
                whole, month = _months_away(today, _month_shift(match["month_word"]))
                value, precision = f"{year or whole:04d}-{month:02d}", "month"
            elif _group(match, "month"):
                month = int(match["month"])
                if year is None:
                    near = _nearest_year(month, 15, today, _group(match, "lead"))
                    year = near.year if near else today.year
                value, precision = f"{year:04d}-{month:02d}", "month"
            elif year is not None and _group(match, "year_word") != "올":
                value, precision = f"{year:04d}", "year"
            else:
                continue
            third = _group(match, "third")
            if third and precision == "month":
                value = _third_of_month(value, third)
            found.append(_mention(match, value, precision, _group(match, "lead") or "bare", ""))
    return found


def _third_of_month(value: str, third: str) -> str:
    year, month = int(value[:4]), int(value[5:7])
    last = calendar.monthrange(year, month)[1]
    first, end = {"초": (1, 10), "초순": (1, 10), "중순": (11, 20), "말": (21, last), "하순": (21, last)}.get(third, (1, last))
    return f"{value}-{first:02d}/{value}-{end:02d}"


def _clocks(text: str, published: datetime, known: list[TimeMention]) -> list[TimeMention]:
    """Times of day on their own ("오후 2시"): of the date named before them in the text, else of the day of publishing."""
    found = list(known)
    for pattern in (_CLOCK_PATTERN, _PART_PATTERN):
        for match in pattern.finditer(text):
            if any(match.start() < mention.end and match.end() > mention.begin for mention in found):
                continue
            if (
                pattern is _CLOCK_PATTERN
                and not _group(match, "part")
                and _group(match, "colon") == ""
                and not _group(match, "native")
                and int(match["hour"]) < 7
            ):
                continue
            days = [mention for mention in found if mention.precision in ("day", "hour", "minute") and mention.begin < match.start()]
            nearest = max(days, key=lambda mention: mention.begin, default=None)
            following = [mention for mention in known if mention.precision == "day" and mention.begin > match.start()]
            if nearest is None and following:
                nearest = min(following, key=lambda mention: mention.begin)
            day = date.fromisoformat(nearest.first[:10]) if nearest is not None else published.date()
            mention = _with_clock(match, day, "clock")
            if "T" in mention.value:
                found.append(mention)
    return found


def _ranges(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """Joins "3월 1일" + 부터 + "5일" + 까지 into one range."""
    joined: list[TimeMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        between = text[last.end : mention.begin] if last is not None else ""
        if last is not None and "/" not in last.value + mention.value and _RANGE_LINK.match(between):
            second = _same_part_of_day(last, _moved_behind(last, mention))
            if second is not None and len(second) == len(last.value) and second > last.value:
                end = mention.end + (2 if text[mention.end :].startswith("까지") else 0)
                joined[-1] = replace(last, end=end, surface=text[last.begin : end], value=f"{last.value}/{second}")
                continue
        joined.append(mention)
    return joined


def _same_part_of_day(first: TimeMention, second: str | None) -> str | None:
    """오후 6시부터 9시까지: the second hour is in the afternoon, too."""
    if second is None or "T" not in second or "T" not in first.value or second[:10] != first.value[:10]:
        return second
    hour = int(second[11:13])
    return f"{second[:11]}{hour + 12:02d}{second[13:]}" if second < first.value and hour < 12 else second


def _moved_behind(first: TimeMention, second: TimeMention) -> str | None:
    """The second date of a range, in the month of the first or the next one when it was named by its day alone."""
    if second.lead != "bare" or second.precision != "day" or first.precision != "day":
        return second.value
    number = int(second.value[8:10])
    begin = date.fromisoformat(first.value)
    for months in (0, 1):
        day = _valid(*_months_away(begin.replace(day=1), months), number)
        if day is not None and day > begin:
            return day.isoformat()
    return None
