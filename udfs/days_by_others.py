"""Days that another day of their sentence settles: 어버이날은 피하고 전날, 3일 개막해 사흘 뒤, 2주 전 토요일."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from udfs.korean_calendar import WEEKDAYS, months_away, valid
from udfs.korean_date_patterns import DAYS, WORDS
from udfs.korean_words import SENTENCE_END
from udfs.looking_ahead import looks_ahead
from udfs.time_mention import FAR, TimeMention

_DAY_BEFORE = "전날"
_LATER = re.compile(r"(?P<word>하루|이틀|사흘|나흘|닷새|엿새|이레|열흘|보름)?(?:(?P<number>\d{1,2}) ?일)? ?(?:뒤|후)")
_WEEKS_AGO = re.compile(r"\d{1,2} ?주 전|일주일 전")
_WEEKDAY = re.compile(r"[월화수목금토일](?:요일|욜)")
_UNTIL = "까지"
_THAT_DAY = "당일"
_IN_BRACKETS = ("(", "（", "인 ")


def by_others(text: str, found: Sequence[TimeMention]) -> list[TimeMention]:
    """Days with what another day of their sentence says of them.

    Args:
        text: the text.
        found: its dates in order.
    """
    if len(found) < 2:
        return list(found)
    named: list[TimeMention] = []
    for number, mention in enumerate(found):
        last = named[-1] if named else None
        if last is not None and _WEEKS_AGO.fullmatch(last.surface) and _WEEKDAY.match(mention.surface):
            mention = _of_that_week(text, last, mention)
        elif (said := _written_on(text, named, mention)) is not None:
            mention = said
        elif mention.lead == "relative" and last is not None and last.is_one_day and not SENTENCE_END.search(text, last.end, mention.begin):
            mention = _counted(text, last, mention)
        elif mention.lead == "same" and mention.surface.startswith(_THAT_DAY) and not any(other.is_one_day for other in named):
            mention = _that_day(text, mention, found[number + 1 : number + 2])
        elif mention.lead == "bare" and mention.is_one_day:
            mention = _begun(text, mention, found[number + 1 : number + 2])
        named.append(mention)
    return named


_SAYS_THERE = re.compile(
    r"(?:[(（][월화수목금토일][)）])? ?[^.!?\n“”\"]{0,30}?"
    r"(?:인스타그램|SNS|소셜미디어|트위터|엑스|페이스북|유튜브|틱톡|스레드|위버스|버블|팬 ?카페|커뮤니티"
    r"|블로그|계정|채널|라이브 ?방송|라방|글|메시지|편지|스토리)[^.!?\n“”\"]{0,20}[“\"]"
)
"""Between a day and what somebody wrote on it: 14일 인스타그램에 “어제."""
_OF_WRITING = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))


def _written_on(text: str, named: Sequence[TimeMention], mention: TimeMention) -> TimeMention | None:
    """The day that is yesterday or tomorrow for one who wrote on a day that the sentence names, None where nobody did so."""
    word = _OF_WRITING.match(mention.surface) if mention.lead == "relative" and mention.is_one_day else None
    opens = max(text.rfind("“", 0, mention.begin), text.rfind('"', 0, mention.begin)) if word is not None else -1
    if word is None or opens < 0 or "”" in text[opens : mention.begin] or mention.surface.startswith(_DAY_BEFORE):
        return None
    last = next((other for other in reversed(named) if other.end <= opens), None)
    if last is None or not last.is_one_day or last.lead == "relative" or not _SAYS_THERE.fullmatch(text, last.end, opens + 1):
        return None
    return _on(mention, date.fromisoformat(last.first[:10]) + timedelta(days=WORDS[word.group()]))


def _on(mention: TimeMention, day: date) -> TimeMention:
    return mention._replace(value=day.isoformat() + mention.value[10:])


def _of_that_week(text: str, week: TimeMention, mention: TimeMention) -> TimeMention:
    """The weekday of a week that is counted back: 2주 전 토요일."""
    if text[week.end : mention.begin].strip(" ") or len(week.first) != 10 or not mention.is_one_day:
        return mention
    some = date.fromisoformat(week.first)
    return _on(mention, some + timedelta(days=WEEKDAYS.index(mention.surface[0]) - some.weekday()))


def _counted(text: str, last: TimeMention, mention: TimeMention) -> TimeMention:
    """The day before the last one that was named, or some days behind it where something is told that is over."""
    if not mention.is_one_day:
        return mention
    day = date.fromisoformat(last.first[:10])
    if mention.surface.startswith(_DAY_BEFORE):
        return _on(mention, day - timedelta(days=1))
    later = _LATER.match(mention.surface)
    if later is None or not (later["word"] or later["number"]):
        return mention
    end = SENTENCE_END.search(text, mention.end, mention.end + FAR)
    if looks_ahead(text[mention.end : end.start() if end is not None else mention.end + FAR], plain_present=True):
        return mention
    return _on(mention, day + timedelta(days=DAYS[later["word"]] if later["word"] else int(later["number"])))


def _that_day(text: str, mention: TimeMention, behind: Sequence[TimeMention]) -> TimeMention:
    """The day that is told only behind the word for it: 공연 당일(20일) 오후 2시부터."""
    told = behind and behind[0].is_one_day and text[mention.end : behind[0].begin] in _IN_BRACKETS
    return _on(mention, date.fromisoformat(behind[0].first[:10])) if told else mention


def _begun(text: str, mention: TimeMention, behind: Sequence[TimeMention]) -> TimeMention:
    """The first day of what goes on until an earlier one than it: 13일 막을 올려 28일까지 열린다, told on the 15th."""
    if not behind or behind[0].lead != "bare" or not behind[0].is_one_day or behind[0].first[:10] >= mention.first[:10]:
        return mention
    last = behind[0]
    if not text.startswith(_UNTIL, last.end) or SENTENCE_END.search(text, mention.end, last.begin):
        return mention
    until, number = date.fromisoformat(last.first[:10]), int(mention.first[8:10])
    days = (valid(*months_away(until.replace(day=1), months), number) for months in (0, -1))
    return next((_on(mention, day) for day in days if day is not None and day <= until), mention)
