"""Times in Korean text, resolved against the time of publishing: "22일 오후", "지난 20일", "이날 오전 10시 30분", "3월 1일부터 5일까지".

A value is ISO 8601 in local time: `2026`, `2026-03`, `2026-03-01`, `2026-03-01T14:00`, and `first/last` for ranges. Half a day (오후)
belongs to the date's precision: the value stays a date. A date without month or year is the nearest one that the words and the time
of publishing allow: the past for 지난, the future for 오는, else the day closest to publishing with a lean to the past, unless its sentence
speaks of what is to come; a day of a month that is over for more than four months is its next return, unless it tells of the past.

Here the forms are looked for, one kind after the other; what each form means is told by `udfs.korean_date_meanings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from udfs.clock_times import is_clock
from udfs.days_by_others import by_others
from udfs.days_of_months import of_months_told
from udfs.korean_date_meanings import NO_SUCH_DAY, day_mention, month_mention, span_of_days, with_clock
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
)
from udfs.labelled_times import of_days_listed
from udfs.spans import first_behind, touched
from udfs.time_mention import TimeMention, group_of
from udfs.time_ranges import in_same_evening, in_same_morning, of_days_named, that_are_over, with_ranges, within_ranges

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
    found = _clocks(text, letters, published, [mention for mention in found if mention.precision != NO_SUCH_DAY])
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
            found = _in_order(found, (span_of_days(match, published) for match in free))
    for number, pattern, sign, some in _FORMS if numbered else _FORMS_IN_WORDS:
        if some.isdisjoint(letters) or not sign.search(text):
            continue
        dated = [mention for mention in _dated(found) if not COMPARED.match(text, mention.end)] if number == SAME_DAY else []
        new: list[TimeMention] = []
        for match in pattern.finditer(text):
            if touched(found, *match.span()) or not _stands_alone(match, text, number):
                continue
            mention = day_mention(match, published, _last_before(match.start(), dated, new))
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
        if "가" <= before <= "힣" or before in "‘'“\"·" or text.endswith(("매주 ", "매달 ", "째 "), 0, match.start()):
            return False
        return _CLOSED.search(text, max(0, match.start() - 12), match.start()) is None
    if number in (3, 4, 5, 6) and "가" <= before <= "힣":
        return False
    if group_of(match, "relative") == "전날" and _HOLIDAY_BEFORE.search(text, max(0, match.start() - 9), match.start()):
        return False  # 광복절 전날: read with its holiday
    # 마을의 오늘: the present, no day; but 대망의 어제
    return not (group_of(match, "relative") and text.endswith("의 ", 0, match.start()) and not text.endswith(_GREAT_DAY, 0, match.start()))


def _months(text: str, letters: frozenset[str], published: datetime, found: list[TimeMention]) -> list[TimeMention]:
    for pattern, sign, some in zip(MONTH_PATTERNS, MONTH_SIGNS, MONTH_LETTERS, strict=True):
        if some.isdisjoint(letters) or not sign.search(text):
            continue
        free = (match for match in pattern.finditer(text) if not touched(found, *match.span()))
        found = _in_order(found, (month_mention(match, published.date()) for match in free))
    return found


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
        mention = with_clock(match, day, "clock")
        if "T" in mention.value:
            new.append(mention)
    return _in_order(known, new)
