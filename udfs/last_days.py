"""The last day of an event of several days, by what a post says of its opening or by the list of its days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from udfs.korean_date_patterns import DAYS
from udfs.korean_words import rest_of_sentence
from udfs.labelled_times import days_in_lists, days_of_tour
from udfs.own_visits import again
from udfs.post_text import Tag, TextField
from udfs.time_mention import TimeMention
from udfs.time_ranges import moved_behind

Weighed = tuple[TextField, TimeMention, float]
"""A time that a field names, and how much speaks for its being the event's."""
_OPENS = re.compile(r"막을 올|문을 열|개막식을 시작으로|개막(?!식)|시작[을해한]|문을 연|돌입")
_GOES_ON = re.compile(
    r"까지\s*(?:[가-힣0-9,]+\s+){0,4}?(?:이어|계속|열리|열린|진행|공연|관객|축제|펼쳐|개최|볼 수|만날 수|만나볼"
    r"|매일|손님|운영|달[구군]|사흘|나흘|닷새|\d+[일주]간)"
    r"|까지(?:다|이다|예요)?(?:[.]|$)"
)
_ENDS_WITH_IT = re.compile(
    r"(?:(?:에|,)? [가-힣A-Za-z0-9]+){0,5}?(?:에서|까지)? (?:끝난다|끝납니다|막을 내린다|마무리(?:된다|한다)|마친다|대미를|피날레)"
)
"""Behind the last day of a tour: 5월 9일 시카고에서 시작해 ... 5월 23일 뉴욕 UBS 아레나에서 끝난다."""
_FOR_SO_LONG = re.compile(
    r"(?:(?P<word>이틀|사흘|나흘|닷새|엿새|이레|열흘|보름)|(?P<number>[1-9]\d?)일) ?간 (?:이어|열리|진행|펼쳐|계속|개최|관객)"
)
_ONE_SENTENCE = 120
"""Characters from the first day of a tour to its last."""
_WITH_OPENING = frozenset(("festival", "film_festival"))
_OF_DAYS = frozenset(("concert", "festival", "film_festival", "musical", "theater", "brand_event"))


def last_day(best: Weighed, found: Sequence[Weighed], what: Sequence[Tag], *, first_only: bool) -> str:
    """The last day of an event that a post reports to have opened: 30일 막을 올렸다. 공연은 5월 3일까지 이어진다.

    Args:
        best: the event's time so far.
        found: times that can be the event's.
        what: kinds of event.
        first_only: whether the post is about the first day: 축제 첫날.
    """
    text, first, _ = best
    kinds = {tag.value for tag in what if tag.is_event}
    of_days = not kinds or not kinds.isdisjoint(_OF_DAYS)  # 정상회의가 16일 개막했다: of no kind
    spans = [
        mention.value.split("/")[1]
        for _, mention, weight in found
        if weight > 0 and mention.value.startswith(first.value + "/") and not mention.surface.endswith("주말")
    ]
    if of_days and len(first.value) == 10 and spans:
        return spans[0][:10]
    if not kinds and len(first.first) == 10 and "/" not in first.value:
        home = _day_of_coming_home(text, first)
        if home:
            return home
    opened = _OPENS.search(rest_of_sentence(text.text, first.end, 90))
    if "/" in first.value or not opened or first_only or not of_days:
        return ""
    if not kinds.isdisjoint(_WITH_OPENING) and any(
        mention.value.startswith(first.value[:10] + "T") and weight > 0 for _, mention, weight in found
    ):
        return ""  # the ceremony at that hour
    lasting = _FOR_SO_LONG.search(rest_of_sentence(text.text, first.end, 90))
    if lasting is not None:
        days = DAYS[lasting.group("word")] if lasting.group("word") else int(lasting.group("number"))
        return (date.fromisoformat(first.first[:10]) + timedelta(days=days - 1)).isoformat()
    ahead = first.first[:10] > text.published.date().isoformat()
    for other, mention, _ in found:
        mention = _day_behind(first, mention)
        ends = ahead and other is text and mention.begin - first.end < _ONE_SENTENCE and _ENDS_WITH_IT.match(text.text, mention.end)
        if ends and mention.first[:10] > first.first[:10] and "/" not in mention.value and not kinds.isdisjoint(_ON_TOUR):
            return mention.first[:10]
        later = len(mention.first) == 10 and "/" not in mention.value and mention.first > first.first[:10]
        if later and _GOES_ON.match(other.text[mention.end : mention.end + 40]):
            return "" if _evening_of_a_run(text, first, mention.first) else mention.first
    return ""


_HOME = re.compile(r"(?:에는|엔|에|은)? (?:[가-힣]+ ){0,3}?(?:올라왔|돌아왔|귀가|귀경|상경|집에 왔|집으로 왔)")
"""Behind the day on which those who travel came home: 일요일엔 비가 와서 바로 올라왔다."""
_LONGEST_WAY = 6
"""Days from setting out to coming home that a post tells of as one journey."""


def _day_of_coming_home(text: TextField, first: TimeMention) -> str:
    """The day on which a journey ended, or of one more visit on the next day; "" where none is told."""
    for mention in text.times:
        if mention.begin <= first.end or mention.lead == "clock":
            continue
        comes_again = again(text, mention)
        if comes_again or _HOME.match(text.text, mention.end):
            home = _day_behind(first, mention)
            if _one_later_day(first, home, most=1 if comes_again else _LONGEST_WAY):
                return home.first[:10]
    return ""


def _one_later_day(first: TimeMention, mention: TimeMention, *, most: int) -> bool:
    if mention.precision not in ("day", "hour", "minute") or "/" in mention.value:
        return False
    return 0 < (date.fromisoformat(mention.first[:10]) - date.fromisoformat(first.first[:10])).days <= most


_SEEN = re.compile(r"[^.!?\n]{0,16}?(?:봤|보고|보러|다녀|갔[다는어습]|관람|관극|예매해)")
"""Behind the one of several days at which somebody was."""


def listed_days(best: Weighed, found: Sequence[Weighed], *, day: str) -> tuple[Weighed, str]:
    """The first and the last day of a list of days in a row in which the event's time stands; (best, "") where it stands in none.

    Of several days the one counts alone at which somebody is told to have been.

    Args:
        best: the event's time so far.
        found: all times.
        day: the one day that the title names, if any: a list of others is a schedule.
    """
    text, chosen, _ = best
    for row in days_in_lists(text.text, [mention for other, mention, _ in found if other is text]):
        if any(mention is chosen for mention in row) and (not day or day == row[0].first[:10]):
            days = [mention.first[:10] for mention in row]
            seen = next((item[1] for item in found if item[1] not in row and _SEEN.match(item[0].text, item[1].end)), None)
            if seen is not None and seen.first[:10] in days:  # 금요일 7시, 토요일 6시. 나는 토요일 공연을 봤다
                one = row[days.index(seen.first[:10])]
                return next((item[0], item[1], max(item[2], best[2])) for item in found if item[1] is one), ""
            first = next((item[0], item[1], max(item[2], best[2])) for item in found if item[1] is row[0])
            return first, row[-1].first[:10]
    return best, ""


_PROGRAMME = re.compile(r"편성|(?:방송|특집|주간|연말|연휴|명절|시상식|공연|행사) ?일정|스케줄|시간표|방송 ?안내|특집 ?안내")
_WITH_WEEKDAY = re.compile(r"[(（][월화수목금토일](?:요일)?[)）]|[월화수목금토일]요일")
_DAYS_OF_PROGRAMME, _DAYS_APART = 3, 7


def programme(best: Weighed, found: Sequence[Weighed], title: str) -> tuple[Weighed, str] | None:
    """The first and the last day of a programme that a title announces and a body tells day by day, None where it is none.

    Args:
        best: the event's time so far, one of these days.
        found: all times.
        title: of the post: [편성] 연말 특집 일정.
    """
    if not _PROGRAMME.search(title):
        return None
    days = [
        item
        for item in found
        if item[0].name == "body" and len(item[1].first) >= 10 and "/" not in item[1].value and _WITH_WEEKDAY.search(item[1].surface)
    ]
    dates = [date.fromisoformat(item[1].first[:10]) for item in days]
    in_order = all(0 <= (later - day).days <= _DAYS_APART for day, later in pairwise(dates))
    if len(set(dates)) < _DAYS_OF_PROGRAMME or not in_order or best[1].first[:10] not in {item[1].first[:10] for item in days}:
        return None
    return (days[0][0], days[0][1], max(days[0][2], best[2])), dates[-1].isoformat()


_ON_TOUR = frozenset(("concert", "fan_meeting", "musical", "theater"))
"""Kinds that go from place to place."""


def tour(best: Weighed, found: Sequence[Weighed], kind: str) -> tuple[Weighed, str] | None:
    """The first evening and the last day of a tour to come whose stops a body lists, None where it lists none.

    Args:
        best: the event's time so far: an evening that is over is told for itself.
        found: all times.
        kind: of the event.
    """
    if kind not in _ON_TOUR or best[1].first[:10] <= best[0].published.date().isoformat():
        return None
    for text in {id(text): text for text, _, _ in found if text.name == "body"}.values():
        stops = days_of_tour(text.text, [mention for other, mention, _ in found if other is text])
        if stops is not None and stops[0].first[:10] > text.published.date().isoformat():
            return next((other, mention, max(weight, 1.0)) for other, mention, weight in found if mention is stops[0]), stops[1]
    return None


def _day_behind(first: TimeMention, mention: TimeMention) -> TimeMention:
    """A weekday or a day by its number alone as the next one behind the first day: 5일에 막을 올려 일요일까지."""
    if mention.precision != "day" or "/" in mention.value or mention.lead not in ("bare", "relative"):
        return mention
    day = moved_behind(first._replace(value=first.first[:10], precision="day"), mention)
    return mention._replace(value=day) if day is not None else mention


_LONG_RUN = 14
"""Days from which on a run is no event: a post tells of one evening."""


def _evening_of_a_run(text: TextField, first: TimeMention, last: str) -> bool:
    """Whether a post tells of the evening on which a long run began: 1일 저녁 7시 30분 개막한 ... 공연은 다음 달 22일까지."""
    begun = first.first[:10] <= text.published.date().isoformat()
    return begun and "T" in first.value and (date.fromisoformat(last) - date.fromisoformat(first.first[:10])).days >= _LONG_RUN
