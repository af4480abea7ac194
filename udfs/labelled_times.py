"""Times in announcements of several lines: what label stands before one, and which days are those of one event in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from udfs.time_mention import TimeMention

_LABEL = re.compile(
    r"[^가-힣A-Za-z0-9\n]{0,6}(?P<label>(?:'?\d{2,4}년? )?[가-힣A-Za-z][가-힣A-Za-z /·&]{0,16}?)"
    r"(?: ?[\]】>〉)](?: ?[:：|-])?| ?[:：|｜=→]| -(?= ))"
)
"""Begin of a line that a label opens: ■ 일시 : , [공연 일시], 일시 | ."""
_HEADING = re.compile(r"[^가-힣A-Za-z0-9\n]{0,6}(?P<label>[가-힣A-Za-z][가-힣A-Za-z /·&]{0,16}?) ?[\]】>〉)]? ?[:：]?[ \t]*")
"""A line that is a label alone, of the items below it."""
_ITEM = re.compile(r"[ \t]*[-–•·*▪▸▹◦○●☞>✔①②③④⑤⑥⑦⑧⑨][^\n]*")
_NO_WORD = re.compile(r"[^가-힣A-Za-z0-9\n]*")
_OF_EVENT = re.compile(
    r"(?:(?:[가-힣]+ )?(?:공연|행사|방송|경기|상영|콘서트|팬미팅|축제|전시|녹화|개최|시사회|대회|진행) ?)?"
    r"(?:일시|일정|날짜|일자|기간)(?: ?(?:및|/|·|&) ?장소)?|언제|공연일|행사일|개최일|방송일|관람일|방문일|[Ww]hen|WHEN|[Dd]ate|DATE"
)
_OF_ANOTHER = re.compile(
    r"예매|티켓|오픈|접수|신청|응모|발표|당첨|모집|마감|판매|배송|입장|문의|환불|취소|집합|할인|사전|교환|수령|굿즈|(?<![A-Z])MD|주차|관람료|등록"
)
_FAR = 60
"""Characters between a label and the time that it is one of."""
LABEL_ABOVE = 300
"""Characters above a time within which the label of its list stands."""


def _line_begin(text: str, position: int) -> int:
    """Begin of the line that a character is in, -1 where it is far."""
    line = text.rfind("\n", max(0, position - _FAR), position) + 1
    return line if line or position <= _FAR else -1


def label_before(text: str, begin: int) -> str:
    """What the label of the line or list in which a time stands says of it.

    Args:
        text: the field.
        begin: of the time.

    Returns:
        "event" (일시 | 5월 23일), "other" for tickets, applications and the like (예매 : 6월 23일), "" where no label tells.
    """
    line = _line_begin(text, begin)
    if line < 0:
        return ""
    match = _LABEL.match(text, line, begin)
    label = match["label"] if match is not None else ""
    if not label and (_NO_WORD.fullmatch(text, line, begin) or _ITEM.match(text, line)):
        if _OF_ANOTHER.search(text, line, begin):
            return "other"
        label = _heading_above(text, line) if _NO_WORD.fullmatch(text, line, begin) else ""
    if not label:
        return ""
    if _OF_ANOTHER.search(label) or (match is not None and _OF_ANOTHER.search(text, match.end(), begin)):
        return "other"
    first = match is None or _NO_WORD.fullmatch(text, match.end(), begin) is not None  # 기간: 27일 – 31일 / 월요일 휴관
    return "event" if first and _OF_EVENT.fullmatch(label.strip()) else ""


def _heading_above(text: str, line: int) -> str:
    """The label that stands alone in a line above the items of a list, "" where none does."""
    above = line - LABEL_ABOVE
    while line > max(0, above):
        end = line - 1
        line = text.rfind("\n", max(0, above - LABEL_ABOVE), end) + 1
        heading = _HEADING.fullmatch(text, line, end) if end - line <= _FAR else None
        if heading is not None:
            return heading["label"]
        if not _ITEM.fullmatch(text, line, end):
            return ""
    return ""


_BESIDE = re.compile(
    r"[)）]?(?: ?[(（]?(?:[월화수목금토일](?:요일)?|[A-Za-z]{3})[)）]?)?(?: ?[\d:시분]{1,7})?[ \t]*(?:[,/·&+|]|및|와|과)[ \t]*"
)
"""Between two days of a list in one line: 8일(토) 18:00 / 9일(일) 17:00."""
_OPENS_LINE = re.compile(
    r"[^가-힣A-Za-z0-9\n]*(?:(?:DAY|Day|day|제)? ?\d ?(?:일차|회차|차)?[ :.)-]+|(?:첫|둘|셋|넷)째 ?날 ?[:：]? ?|[^:：|\n]{1,12}[:：|] ?)?"
)


_WITH_MONTH = ("full", "오는")
"""How a day is named whose month those behind it share."""


def _next_stop(last: TimeMention, mention: TimeMention) -> TimeMention:
    """A day or days by their numbers alone as the next ones behind a stop of a tour: 4월 4~5일 서울, 11~12일 부산."""
    if len(last.first) < 10 or len(mention.first) < 10:
        return mention
    before = date.fromisoformat(last.value.split("/")[-1][:10])
    values = mention.value.split("/")
    number = date.fromisoformat(values[0][:10])
    first = next((day for days in range(1, 32) if (day := before + timedelta(days=days)).day == number.day), number)
    moved = [(date.fromisoformat(value[:10]) + (first - number)).isoformat() + value[10:] for value in values]
    return mention._replace(value="/".join(moved))


def of_days_listed(text: str, found: Sequence[TimeMention]) -> list[TimeMention]:
    """Days by their number alone beside one with its month: 6월 6일(토) 오후 6시 / 7일(일) 오후 5시.

    Args:
        text: the text.
        found: its times in order.
    """
    listed: list[TimeMention] = []
    stop: TimeMention | None = None
    for mention in found:
        last = listed[-1] if listed else None
        if last is not None and last is stop and mention.lead == "bare" and _NEXT_STOP.fullmatch(text, last.end, mention.begin):
            mention = stop = _next_stop(last, mention)
        elif mention.lead in _WITH_MONTH:
            stop = mention
        if (
            last is not None
            and stop is not mention
            and mention.lead == "bare"
            and len(mention.first) >= 10
            and len(last.value) >= 10
            and "/" not in last.value
        ):
            day = date.fromisoformat(last.first[:10])
            after = (day + timedelta(days=number) for number in range(1, _ROW))
            same = next((other for other in after if other.day == int(mention.first[8:10])), None)
            if same is not None and "/" not in mention.value and _BESIDE.fullmatch(text, last.end, mention.begin):
                mention = mention._replace(value=same.isoformat() + mention.value[10:])
        listed.append(mention)
    return listed


_LONG_ITEM = 400
"""Characters that the lines of one day of a list have at most."""
_ROW = 8
"""Days from which on a day is listed for another reason."""


def days_in_lists(text: str, times: Sequence[TimeMention]) -> list[list[TimeMention]]:
    """Days in a row that a field lists: each in a line of its own or beside one another.

    Args:
        text: the field.
        times: its times in order.

    Returns:
        The lists of two days and more, in order (▶ 10월 2일 금 : 가수 누구 ▶ 10월 3일 토 : ...).
    """
    found: list[list[TimeMention]] = []
    row: list[TimeMention] = []
    last: TimeMention | None = None
    for mention in times:
        if mention.precision not in ("day", "hour", "minute") or "/" in mention.value:
            row, last = [], None
            continue
        day = mention.first[:10]
        if row and day == row[-1].first[:10]:
            last = mention
            continue
        follows = bool(row) and day == (date.fromisoformat(row[-1].first[:10]) + timedelta(days=1)).isoformat()
        if follows and last is not None and mention.lead != "clock" and _listed_with(text, row[-1], last, mention):
            row.append(mention)
            if len(row) == 2:
                found.append(row)
        elif mention.lead == "clock" and row and mention.begin - row[-1].end < _FAR and "\n" not in text[row[-1].end : mention.begin]:
            continue
        else:
            row = [mention]
        last = mention
    return found


def _listed_with(text: str, one: TimeMention, last: TimeMention, other: TimeMention) -> bool:
    """Whether a day stands in one list with another: `last` is the last time of the day before."""
    if _BESIDE.fullmatch(text, last.end, other.begin):
        return True
    lines = [_line_begin(text, mention.begin) for mention in (one, other)]
    if min(lines) < 0 or other.begin - one.end > _LONG_ITEM:
        return False
    return (
        lines[0] < lines[1]
        and "\n\n" not in text[one.end : other.begin]
        and all(_OPENS_LINE.fullmatch(text, line, mention.begin) for line, mention in zip(lines, (one, other), strict=True))
    )


_STOP = re.compile(
    r"[^가-힣A-Za-z0-9\n]*(?:(?:제|DAY|Day|day)? ?\d{1,2} ?(?:일차|회차|차|회|st|nd|rd|th)?[ :.)-]+)?"
    r"(?:[가-힣A-Za-z&· ]{1,16}[^가-힣A-Za-z0-9\n]{1,4})?(?:20\d\d[년.]? ?)?"
)
"""Begin of a line of a tour's list before its date: ▲3월 28일, [대구] 2027 1/2, 2회 12월 30일, 부산 : 6월 13일."""


def days_of_tour(text: str, times: Sequence[TimeMention]) -> tuple[TimeMention, str] | None:
    """The first evening of a tour and its last day, where lines one below the other tell its stops, or None.

    Args:
        text: the field.
        times: its times in order.

    Examples:
        ▲3월 14~15일 서울 ▲3월 28일 대구 ▲4월 4일 광주, each in a line of its own.
    """
    if len(times) < _STOPS:
        return None
    if text.count("\n") < _STOPS - 1:
        return _stops_in_a_sentence(text, times)
    stops: list[TimeMention] = []
    last, line_before = "", -1
    for mention in times:
        if mention.precision not in ("day", "hour", "minute") or len(mention.first) < 10 or mention.lead == "clock":
            continue
        line = text.rfind("\n", 0, mention.begin) + 1
        day = mention.value.split("/")[-1][:10]
        if stops and line == line_before:
            last = max(last, day)
            continue
        end = text.find("\n", mention.end)
        other = _OF_ANOTHER.search(text, line, end if end >= 0 else len(text)) is not None
        opens = not other and mention.begin - line <= _FAR and _STOP.fullmatch(text, line, mention.begin) is not None
        if opens and stops and mention.first[:10] > last and text.find("\n", line_before) == line - 1:
            stops.append(mention)
        elif len(stops) >= _STOPS:
            break
        else:
            stops = [mention] if opens else []
        last, line_before = (day, line) if stops else ("", -1)
    return (stops[0], last) if len(stops) >= _STOPS else _stops_in_a_sentence(text, times)


_NEXT_STOP = re.compile(
    r"(?:[(（][월화수목금토일][)）])?(?: ?[\d:시분오후전저녁]{2,6}){0,2} [가-힣A-Za-z0-9 ]{2,20}(?:,|·|/|에 이어|와|과| 그리고) ?"
)
"""Between two stops of a tour in one sentence: 7월 18~19일 서울, 8월 1~2일 부산, 8월 15일 대구에서."""


def _stops_in_a_sentence(text: str, times: Sequence[TimeMention]) -> tuple[TimeMention, str] | None:
    """The first evening and the last day of stops that one sentence lists, None where none lists three."""
    row: list[TimeMention] = []
    for mention in times:
        dated = mention.precision in ("day", "hour", "minute") and len(mention.first) >= 10
        last = row[-1].value.split("/")[-1][:10] if row else ""
        follows = bool(row) and dated and mention.first[:10] > last
        if follows and mention.begin - row[-1].end <= _FAR and _NEXT_STOP.fullmatch(text, row[-1].end, mention.begin):
            row.append(mention)
        elif len(row) >= _STOPS:
            break
        else:
            row = [mention] if dated else []
    ended = row and "시작으로" in text[row[0].end : row[0].end + _FAR]  # 5월 2일 서울을 시작으로: that one is the event
    return (row[0], row[-1].value.split("/")[-1][:10]) if len(row) >= _STOPS and not ended else None


_STOPS = 3
"""Lines from which on a list of days is that of a tour."""
