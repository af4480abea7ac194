"""When: the time of a post's event among the times that it names.

A time near the event's word, in the lead or under a photo is the event's; that of an announcement, of tickets, queues, other events or
of what somebody told later is not. The hour of the same day makes it precise, the last day of an event of several days a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from udfs.korean_words import rest_of_sentence
from udfs.last_days import Weighed, last_day, listed_days, programme, tour
from udfs.lazy import Lazy
from udfs.post_text import FIELD_ORDER, Tag, TextField
from udfs.precise_hours import daily_hour, more_precise, part_of_day
from udfs.time_mention import TimeMention
from udfs.time_weights import (
    ACCORDING,
    AHEAD_OF,
    ON_A_PAGE,
    ON_SALE,
    PUT_OFF,
    SHOWN,
    TELLING,
    VISITED,
    event_weight,
    event_words,
    in_other_sentence,
    without_waking,
)
from udfs.unmarked_hours import at_evening


def tag_when(fields: Sequence[TextField], what: Sequence[Tag]) -> list[Tag]:
    """Rows of kind `when`; is_event marks the time of the event: near its word or in the lead, and not one that is only mentioned."""
    if not any(text.times for text in fields):
        return []
    kind = next((tag.value for tag in what if tag.is_event), "")
    released = kind == "release"
    words = event_words(what)
    day = _titles_day(fields)
    shown = day or _bodys_day(fields)
    visited = _visited_day(fields)
    found: list[Weighed] = []
    for text in fields:
        near = words.get((text.name, text.position), [])
        for mention in _on_day(text, day if text.name == "body" else shown, visited) if text.name != "title" else text.times:
            mention = at_evening(text, without_waking(text, mention, kind), kind)
            found.append((text, mention, event_weight(text, mention, near, kind=kind)))
    times = _Times(found, released)
    announced = {id(mention) for text, mention, _ in found if kind != "street" and _announced(text, mention, times)}
    told = {mention.first[:10] for _, mention, _ in found if id(mention) in announced}
    announced |= {id(mention) for _, mention, _ in found if mention.lead == "clock" and mention.first[:10] in told}
    titled = {mention.first[:10] for text, mention, _ in found if text.name == "title" and mention.precision != "year"}
    found = [
        (
            text,
            mention,
            weight
            - _told_later(text, mention, times)
            - (TELLING if id(mention) in announced else 0.0)
            + (1.0 if (announced or times.lie_ahead) and _comes(text, mention) else 0.0)
            + (0.3 if announced and _dated_ahead(text, mention) else 0.0)
            - (1.0 if mention.precision == "month" and times.has_day and _FIRST_SHOWN.match(text.text, mention.end) else 0.0)
            + (_TITLED if text.name == "body" and not titled.isdisjoint((mention.first[:10], mention.first[:7])) else 0.0),
        )
        for text, mention, weight in found
    ]
    dated = any(mention.lead != "clock" for _, mention, _ in found)
    happens = any(tag.is_event for tag in what)
    usable = [
        item
        for item in found
        if (item[1].precision in ("day", "hour", "minute") and (dated or happens or item[1].lead != "clock"))
        or (happens and item[1].precision == "month" and "/" in item[1].value and (announced or not _is_ahead(*item[:2])))
        or (announced and item[1].precision == "month" and _is_ahead(*item[:2]) and not times.has_day)
    ]
    usable = (any(weight > 0 for _, _, weight in usable) and usable) or (
        [
            item
            for item in found
            if (happens and ("/" in item[1].value or _is_month_ahead(*item[:2])))
            or ((happens or "/" in item[1].value) and _held_in(*item[:2]))
        ]
    )
    best = max(usable, key=lambda item: (round(item[2], 6), -FIELD_ORDER[item[0].name], -item[1].begin), default=None)
    if best is not None and (announced or best[1].lead == "relative"):
        # 12월 29일부터 1월 1일까지 ... 31일 공연에서는
        best = next((item for item in usable if item[2] > 0 and _holds(item[1], best[1])), best)
    listed = ""
    if best is not None and best[2] > 0 and not released:
        title = next((text.text for text in fields if text.name == "title"), "")
        best, listed = programme(best, found, title) or tour(best, found, kind) or listed_days(best, found, day=day)
    value = best[1].value if best is not None and best[2] > 0 else ""
    if "T" in value and "/" in value and _over_days(value):
        listed = value.split("/")[1][:10]
    value = value.split("/")[0] if "T" in value else value  # 저녁 7시부터 9시까지: it is at seven
    precise = more_precise(value, usable, part=part_of_day(best), shown=any(tag.is_event and tag.value in SHOWN for tag in what))
    daily = daily_hour(found) if kind == "broadcast" and best is not None and _is_day_ahead(best[0], precise) else None
    precise = f"{precise}{daily.first[10:]}" if daily is not None else precise
    last = last_day(best, usable, what, first_only=any("첫날" in text.text for text in fields)) if best is not None and value else ""
    last = last or listed
    tags = []
    for text, mention, weight in found:
        happened = mention.value == precise
        if last and best is not None and mention is best[1]:
            mention, happened = mention._replace(value=f"{mention.first[:10]}/{last}", precision="day"), True
        elif last:
            happened = False
        elif (precise and mention.value.startswith(f"{precise}/") and "T" in precise) or (daily is not None and mention is daily):
            mention, happened = mention._replace(value=precise), True
        tags.append(
            Tag(
                text.name, text.position, "when", mention.surface, mention.value, mention.begin, mention.end, None, None,
                round(max(0.0, min(1.0, weight / 3)), 6), mention.precision, bool(precise) and happened,
            )
        )  # fmt: skip
    return tags


def _titles_day(fields: Sequence[TextField]) -> str:
    """The one day that a title names, "" where it names none or several: 11.22 콘서트 후기."""
    days = [mention.value for text in fields if text.name == "title" for mention in text.times if mention.precision == "day"]
    return days[0] if len(days) == 1 and "/" not in days[0] else ""


def _bodys_day(fields: Sequence[TextField]) -> str:
    """The first day that the body names: that of the hours under its photos (아침 7시 줄), "" where it names none."""
    days = (mention.first[:10] for text in fields if text.name == "body" for mention in text.times if len(mention.first) >= 10)
    return next(days, "")


def _visited_day(fields: Sequence[TextField]) -> str:
    """The day that a body notes as that of the visit, "" where it notes none: (3월 9일 월요일 방문)."""
    dated = (
        (text, mention)
        for text in fields
        if text.name == "body"
        for mention in text.times
        if mention.precision == "day" and mention.lead in ("full", "bare") and "/" not in mention.value
    )
    return next((mention.value for text, mention in dated if VISITED.match(text.text, mention.end)), "")


def _on_day(text: TextField, day: str, visited: str) -> Iterator[TimeMention]:
    """The times of a field with the days of its hours.

    Args:
        text: the field.
        day: that is named elsewhere: the hours before the first day of the field are of that one (저녁 7시), if any.
        visited: the day of the visit, of which all hours are where it is noted.
    """
    for mention in text.times:
        hour = mention.lead == "clock" and "/" not in mention.value
        day = (visited or day) if hour else visited
        yield mention._replace(value=f"{day}{mention.value[10:]}") if day else mention


@dataclass
class _Times:
    """What the times of a post are to one of them, each looked up once.

    Attributes:
        found: the times.
        released: whether the event is that something comes out.
    """

    found: Sequence[Weighed]
    released: bool

    @Lazy
    def earliest(self) -> str:
        """The first day that is named, but for those in sentences about something else; "" where there is none."""
        return min(
            (
                mention.first[:10]
                for text, mention, _ in self.found
                if (mention.precision != "month" or "/" in mention.value)
                and len(mention.first) >= 10
                and not in_other_sentence(text, mention)
            ),
            default="",
        )

    @Lazy
    def announced(self) -> str:
        """The last day or month at which something can happen that was announced; "" where there is none."""
        return max(
            (
                mention.first[:10]
                for text, mention, _ in self.found
                if mention.precision != "year"
                and _is_ahead(text, mention)
                and not _is_aside(text, mention, released=self.released)
                and not ON_A_PAGE.match(text.text, mention.end)
            ),
            default="",
        )

    @Lazy
    def lie_ahead(self) -> bool:
        """Whether all days that the body names lie ahead: then what comes is what the post is about."""
        days = [mention.first[:10] > text.published.date().isoformat() for text, mention, _ in self.found if len(mention.first) >= 10]
        return bool(days) and all(days)

    @Lazy
    def has_day(self) -> bool:
        """Whether a day to come is named: then a month is not all that is known."""
        return any(
            mention.precision in ("day", "hour", "minute") and mention.first[:10] > text.published.strftime("%Y-%m-%d")
            for text, mention, _ in self.found
        )


def _holds(days: TimeMention, mention: TimeMention) -> bool:
    """Whether a range of days holds another time."""
    first, _, last = days.value.partition("/")
    return days.precision == "day" and "/" not in mention.value and first <= mention.first[:10] <= last


_TITLED = 0.6
"""How much more a day is the event's that the title names, too."""
_TOLD = re.compile(r"공개했|공개한|밝혔|밝힌|전했|알렸|집계했|털어놓|털어놨|돌아봤|떠올렸|풀어놓|들려줬|사과했|해명했|올라왔|올렸")
_THERE = re.compile(r"에서|열린|열렸|진행된|개최된|펼쳐진|참석")
_THERE_OR_GONE = re.compile(rf"{_THERE.pattern}|다녀|방문|들렀|갔[다는어]|찾았|[고러] 왔[다는어습]")


def _told_later(text: TextField, mention: TimeMention, times: _Times) -> float:
    """How much less a day is the event's when somebody only told of something older on it: 20일 ... 뒷이야기를 공개했다."""
    if text.name != "body" or mention.lead not in ("bare", "full", "relative") or mention.precision != "day" or "/" in mention.value:
        return 0.0
    if mention.first > text.published.date().isoformat():
        return 0.0  # 6월 14일로 연기한다고 밝혔다
    sentence = rest_of_sentence(text.text, mention.end, 90)
    told = _TOLD.search(sentence)
    if told is None or not "" < times.earliest < mention.first[:10]:
        return 0.0
    between = sentence[: min(told.start(), text.next_time(mention.end) - mention.end)]
    shows = _SHOWS_SCENES.search(sentence) and _SAYS_BEFORE.search(text.text, max(0, mention.begin - 40), mention.begin)
    return 0.0 if _THERE.search(between) and not shows else TELLING


_SHOWS_SCENES = re.compile(r"(?:현장|스틸|사진|비하인드|메이킹)(?:을|를|컷을| 영상을)? ?(?:[가-힣]+ )?(?:공개|선보|올렸)")
"""Of one who shows only what was done before: 제작진은 8일 ... 촬영 현장을 공개했다."""
_SAYS = re.compile(
    r"밝혔|밝힌|전했|알렸|알려|발표|공지|보도했|공개했|공개한|내놨|내놓|예고|확정|귀띔|올린|올렸|올라왔|올리고|공개하고|게재하고"
)
_SAYS_BEFORE = re.compile(
    r"(?:소속사|제작사|제작진|기획사|주최|관계자|조직위|사무국|매체|측)[^.!?\n]{0,20}?(?:은|는|이|가|들은|에 따르면) ?$"
)
_FIRST_SHOWN = re.compile(
    r"[^.!?\n]{0,16}?(?:첫 방송|첫선|베일을 벗|첫방송|방영|방송[된한될]|나올|나온|공개[되된될]|개봉|실린|실릴|발매)|까지"
)
_OWNS_UP = re.compile(r"(?:인정|부인|반박|사과|시인|일축|해명)했")
"""Of one who tells of nothing to come: 8일 열애를 인정했다 is what happened."""
_SAID_THEN = re.compile(r" (?:밝혔|전했|알렸|말했|발표했)")
_PRESS = re.compile(r"(?:기자회견|간담회|브리핑|보도자료|공식입장)에서")
_FORECAST = re.compile(r"[^.!?\n]{0,10}?(?:예상|전망|관측|내다)|[^.!?\n]{0,30}? 것”?(?:이라고|으로|이라며) (?:설명|전망|예상|내다|관측)")
_OF_ITS_OWN = re.compile(r"(?:발인|생일|첫 방송|개봉|방영|발매)[은이]? ?$")


def _announced(text: TextField, mention: TimeMention, times: _Times) -> bool:
    """Whether a day is that of an announcement of something to come: 소속사는 13일 ... 오는 24일 ... 개최한다고 밝혔다."""
    if text.name != "body" or not mention.is_one_day or mention.first[:10] > text.published.date().isoformat():
        return False
    sentence = rest_of_sentence(text.text, mention.end, 200)
    if _OWNS_UP.search(sentence):
        return False
    says = _SAYS.search(sentence)
    reported = _SAYS_BEFORE.search(text.text[max(0, mention.begin - 40) : mention.begin]) or ACCORDING.match(text.text, mention.end)
    if says is None and not reported:
        return False
    if any(_SAID_THEN.match(text.text, other.end) for other in text.times_between(mention.end, mention.end + len(sentence))):
        return False  # 18일 기부했다고 19일 밝혔다: the second is the day of telling
    closes = sentence.find("”") if text.speaks_at(mention.begin) else -1
    if says is not None and 0 <= closes < says.start():
        return False  # “지난 18일 고소했다”고 밝혔다
    behind = [other for other in text.times_between(mention.end, mention.end + len(sentence)) if other.precision != "year"]
    if says is None and behind and all(other.first < mention.first for other in behind) and not times.has_day:
        return False  # 9일 관계자에 따르면 지난 주말 보육원을 찾았다
    nearest = text.next_time(mention.end) - mention.end
    quote = min((place for place in map(sentence.find, '“"') if place >= 0), default=len(sentence))
    between = _PRESS.sub("", sentence[: min(says.start() if says else len(sentence), nearest, quote)])
    according = ACCORDING.match(text.text, mention.end) is not None and says is None
    if text.text.endswith("에서 ", 0, mention.begin) or (not according and _THERE.search(between)):
        return False
    return times.announced > mention.first[:10]


def _is_aside(text: TextField, mention: TimeMention, *, released: bool) -> bool:
    """Whether what happens at a time is not what was announced: a broadcast, a forecast, a funeral, what was put off to a later day."""
    whole = text.text
    if _OF_ITS_OWN.search(whole[max(0, mention.begin - 8) : mention.begin]):
        return True
    end = mention.end + 2 * ("/" in mention.value and mention.precision != "month" and whole.startswith("까지", mention.end))
    if PUT_OFF.match(whole, end):
        return text.latest_time > mention.first
    return any(pattern.match(whole, end) for pattern in (AHEAD_OF, _FORECAST, *((_FIRST_SHOWN, ON_SALE) if not released else ())))


def _is_ahead(text: TextField, mention: TimeMention) -> bool:
    """A day, or a month that has not begun."""
    return mention.precision != "month" or mention.first > text.published.date().isoformat()[: len(mention.first)]


def _is_day_ahead(text: TextField, value: str) -> bool:
    """Whether a value is one day, without an hour, that lies ahead."""
    return len(value) == 10 and value > text.published.date().isoformat()


def _is_month_ahead(text: TextField, mention: TimeMention) -> bool:
    return mention.precision == "month" and _is_ahead(text, mention)


def _held_in(text: TextField, month: TimeMention) -> bool:
    """Whether something is told to have happened in a month: 지난달 제주에서 촬영한."""
    behind = rest_of_sentence(text.text, month.end, 24 if "/" not in month.value else 30)
    return month.precision == "month" and (_THERE if "/" not in month.value else _THERE_OR_GONE).search(behind) is not None


def _comes(text: TextField, mention: TimeMention) -> bool:
    """Whether a time that lies ahead is told behind the first sentence: where something is announced, that is the event's."""
    return mention.lead == "오는" and text.name == "body" and mention.begin >= text.first_sentence_end


def _dated_ahead(text: TextField, mention: TimeMention) -> bool:
    """Whether a day is told with its month and lies ahead."""
    return mention.lead == "full" and mention.precision != "month" and mention.first > text.published.isoformat()


def _over_days(value: str) -> bool:
    """Whether hours from and to are those of several days, not of one night: 20일 오후 6시, 21일 오후 5시 양일간."""
    first, last = value.split("/")
    return first[:10] != last[:10] and last[11:13] > "08"
