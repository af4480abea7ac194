"""Days by their number alone behind a month of which all is told: 7월 한 달간 매주 수요일 ... 7일 바흐, 14일 재즈."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from udfs.korean_calendar import valid
from udfs.korean_words import SENTENCE_END
from udfs.time_mention import TimeMention

_ALL_OF_IT = re.compile(
    r"(?:의|에|에는|중|,)? ?(?:한 ?달(?: ?(?:간|동안|내내))?|내내|동안|매주|매일|(?:공연|방송|편성|상영|활동|행사)?"
    r" ?(?:일정|스케줄|라인업|캘린더|시간표|프로그램|편성표))"
)
"""Behind a month whose days are told further on."""
_LISTED_WITHIN = 300
"""Characters behind such a month in which its days stand."""
_OF_TICKETS = re.compile(r"(?:예매|예약|접수|신청|티켓|모집|응모|판매|오픈|발표)[은는이가도]? ?(?:[가-힣]+ )?$")
_OF_TELLING = re.compile(r"(?:일|자로)? ?(?:[^.!?\n]{0,40})(?:밝혔|전했|알렸|발표했|공개했|예매|접수|신청)")
_LEAST_DAYS = 2


def of_months_told(text: str, found: Sequence[TimeMention], published: date) -> list[TimeMention]:
    """Times with the days of one sentence, two and more, in the month of which the text tells.

    Args:
        text: the text.
        found: its times in order.
        published: the day of publishing: a month that is over is another matter.
    """
    this_month = f"{published:%Y-%m}"
    months = [one for one in found if one.precision == "month" and one.first >= this_month and _ALL_OF_IT.match(text, one.end)]
    moved = list(found)
    for month in months:
        places = [number for number, mention in enumerate(found) if _may_be_of(text, month, mention)]
        sentences: dict[int, list[int]] = {}
        for place in places:
            end = SENTENCE_END.search(text, found[place].end)
            sentences.setdefault(end.start() if end is not None else len(text), []).append(place)
        for row in sentences.values():
            if len(row) >= _LEAST_DAYS and not _OF_TELLING.match(text, found[row[-1]].end):
                for place in row:
                    moved[place] = _in_month(month, found[place])
    return moved


def _may_be_of(text: str, month: TimeMention, mention: TimeMention) -> bool:
    """Whether a day stands behind a month by its number alone, and no tickets are sold on it."""
    near = 0 <= mention.begin - month.end <= _LISTED_WITHIN and mention.lead == "bare" and mention.is_one_day
    return near and _OF_TICKETS.search(text, max(0, mention.begin - 12), mention.begin) is None


def _in_month(month: TimeMention, mention: TimeMention) -> TimeMention:
    year, number = (int(part) for part in month.first.split("-")[:2])
    day = valid(year, number, int(mention.first[8:10]))
    return mention if day is None else mention._replace(value=day.isoformat() + mention.value[10:])
