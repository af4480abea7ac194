"""The hour of the day on which a post's event is: told elsewhere of the same day, or of each broadcast of a programme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.last_days import Weighed
from udfs.post_text import TextField
from udfs.time_mention import TimeMention
from udfs.time_weights import SOLD


def part_of_day(best: Weighed | None) -> str:
    """The part of the day at which an event is told to be, "" for none: 새벽부터 떨다가 is when something began."""
    return "" if best is None or best[0].text.startswith("부터", best[1].end) else best[1].part


_HOURS_OF = {
    "새벽": (0, 7),
    "아침": (5, 11),
    "오전": (0, 12),
    "낮": (10, 18),
    "점심": (11, 15),
    "오후": (12, 24),
    "저녁": (16, 24),
    "밤": (17, 24),
}
"""The hours that a part of the day can have."""


def more_precise(value: str, found: Sequence[Weighed], *, part: str, shown: bool) -> str:
    """The same day with an hour, when the post names one for its event ("22일" ... "이날 오후 7시").

    Args:
        value: the event's time so far.
        found: times.
        part: of the day at which it is told to be: 13일 밤 방송에서 ... 새벽 세 시에 is of another hour.
        shown: whether the event is one at which a work is shown that comes out at an hour of its own.
    """
    if not value or "T" in value or "/" in value:
        return value
    begin, end = _HOURS_OF.get(part, (0, 24))
    finer = [
        item
        for item in found
        if item[1].value.startswith(value + "T")
        and begin <= int(item[1].value[11:13]) < end
        and ("/" not in item[1].value or _at_labelled_hours(*item[:2]))
        and item[2] > 0
        and not (shown and SOLD.match(item[0].text, item[1].end))
    ]
    same = max(finer, key=lambda item: (round(item[2], 6), -item[1].begin), default=None)
    return same[1].first if same is not None else value


_OF_HOURS = re.compile(
    r"(?:^|\n)[^가-힣A-Za-z0-9\n]*(?:(?:공연|행사|진행|강연|상영|모임|방송) ?)?(?:시간|시각|일시|몇 시) ?[\]】:：|)]?[^가-힣A-Za-z0-9\n]*$"
)
"""Before the hours of an event in an announcement of several lines: 시간 저녁 일곱 시 반 ~ 아홉 시."""


def _at_labelled_hours(text: TextField, mention: TimeMention) -> bool:
    return _OF_HOURS.search(text.text[max(0, mention.begin - 24) : mention.begin]) is not None


_DAILY = re.compile(r"(?:매일|매주 [월화수목금토일·, ]+(?:요일)?|평일|주중) $")
_ON_AIR = re.compile(r"(?:에|부터)? ?[^.!?\n]{0,16}?(?:방송|전파|청취자|시청자)")
"""Around the hour of a programme that goes on air again and again: 매일 낮 2시부터 두 시간 동안 방송되며 첫 전파는 오는 30일 탄다."""


def daily_hour(found: Sequence[Weighed]) -> TimeMention | None:
    """The hour of all broadcasts of a programme, which is that of the first, too; None where no post tells it."""
    return next((mention for text, mention, _ in found if _is_daily(text, mention)), None)


def _is_daily(text: TextField, mention: TimeMention) -> bool:
    return (
        mention.lead == "clock"
        and _DAILY.search(text.text, max(0, mention.begin - 12), mention.begin) is not None
        and _ON_AIR.match(text.text, mention.end) is not None
    )
