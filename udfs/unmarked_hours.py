"""Hours without a part of the day: of the evening or of the morning, by the kind of event and by the words around them."""

from __future__ import annotations

import re
from functools import lru_cache

from udfs.hours_aside import on_foot
from udfs.post_text import TextField
from udfs.spans import first_behind
from udfs.time_mention import TimeMention, hours_later

_IN_THE_EVENING = frozenset(("concert", "musical", "theater", "fan_meeting"))
"""Kinds that nobody holds in the morning: 토요일 7시 누리홀."""
_AT_ANY_HOUR = frozenset(("broadcast", "broadcast_commute", "airport_departure", "airport_arrival", "recording"))
"""Kinds that begin at six in the morning as well as in the evening."""
_HOUR = re.compile(r"\d{1,2}(?= ?시|:)|[가-힣]+(?= ?시)")
_BY_CUE = 9
"""The last hour that a word of the evening makes one of the evening."""
_BY_ITSELF = 8
"""The last hour that is one of the evening where no word tells: shops and places open later than that."""
_NEAR = 60
"""Characters behind an hour within which a word tells of the part of the day."""
_CUES = re.compile(
    r"(?P<morning>새벽|아침|오전|일출|해돋이|첫차|조식|브런치|기상|일어나|오픈|개장|문 여|출근|등교|동트|동이 트|해가 [솟뜨]|해 ?뜨|모닝"
    r"|러닝|조깅)|저녁|(?<![가-힣])밤(?=[ ,.!?에엔이은는공길]|$)|[어오]젯?밤|간밤|야경|야간|퇴근|하교|노을|석양|일몰|해넘이|해 ?[질지]"
    r"|불꽃|술집|맥주|소주|막걸리|와인|호프|포차|이자카야|디너|막차|(?:마지막|막) ?(?:타임|회차|상영|손님)|심야|회식|치맥|야식|방청|직관"
)
"""Words that tell of the morning, and words that tell of the evening."""


def at_evening(text: TextField, mention: TimeMention, kind: str) -> TimeMention:
    """An hour without a part of the day as one of the evening, where the kind of event or the words around it say so.

    Args:
        text: the field.
        mention: a time of it.
        kind: of the post's event, "" for none.
    """
    if mention.part or mention.precision not in ("hour", "minute"):
        return mention
    first, _, last = mention.value.partition("/")
    hour = int(first[11:13])
    written = _HOUR.search(mention.surface)
    if not 1 <= hour <= _BY_CUE or written is None or written.group().startswith("0"):
        return mention
    if kind in _IN_THE_EVENING:
        return mention if last else mention._replace(value=hours_later(first, 12))
    if ":" in mention.surface or not _told_of_the_evening(text, mention, kind, hour):
        return mention
    if last and not (last[:10] == first[:10] and hour < int(last[11:13]) < 12):
        return mention
    return mention._replace(value="/".join(hours_later(value, 12) for value in (first, last) if value))


@lru_cache(maxsize=4)
def _cues(text: str) -> list[re.Match[str]]:
    """The words of a text that tell of the morning or the evening, looked up once for all its hours."""
    return list(_CUES.finditer(text))


def _told_of_the_evening(text: TextField, mention: TimeMention, kind: str, hour: int) -> bool:
    """Whether the last word before an hour, or else the next one behind it, that tells of a part of the day tells of the evening."""
    cues = _cues(text.text)
    index = first_behind([cue.span() for cue in cues], mention.begin)
    behind = cues[index : index + 1]
    near = behind[0] if behind and behind[0].start() - mention.end <= _NEAR else None
    if kind in _AT_ANY_HOUR:
        return bool(cues) and all(cue["morning"] is None for cue in cues)
    if near is not None and near["morning"] and near.start() - mention.end <= _NEAR // 4:
        return False  # 9시 오픈, 6시에 일어나
    cue = cues[index - 1] if index else near
    return cue["morning"] is None if cue is not None else hour <= _BY_ITSELF and not on_foot(text)
