"""All tags of one post: the taggers in the order in which they need each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from udfs.keyphrases import tag_keyphrases
from udfs.korean_dates import TimeMention, is_time_of_writing
from udfs.persons import tag_occupations, tag_persons
from udfs.place_names import find_places
from udfs.post_text import Reference, Tag, TextField
from udfs.what import tag_what
from udfs.where import tag_where
from udfs.who import tag_who


def tag_post(
    fields: Sequence[TextField], reference: Reference, *, service: str, place_id: str | None, photo_offsets: Sequence[int]
) -> list[Tag]:
    """Who, when, where, what, occupation, person and key phrases of a post, sorted by field and place in it."""
    who = tag_who(fields, reference, service=service)
    places = find_places(fields, reference)
    at_airport = any(place.kind == "airport" for place in places)
    persons = tag_persons(fields, who, reference)
    people = [*who, *persons]
    what = tag_what(fields, reference, at_airport=at_airport, has_person=bool(people))
    kind = next((tag.value for tag in what if tag.is_event), "")
    when = tag_when(fields, what)
    day = next((tag.value[:10] for tag in when if tag.is_event), "")
    where = tag_where(places, kind=kind, place_id=place_id if service == "review" else None, day=day)
    occupations = tag_occupations(fields, people, reference)
    phrases = tag_keyphrases(fields, reference, [*people, *where, *what], photo_offsets=photo_offsets)
    tags = _one_a_key([*people, *when, *where, *what, *occupations, *phrases])
    return sorted(tags, key=lambda tag: (_ORDER[tag.field], tag.photo_position or 0, tag.begin, tag.end, tag.kind, tag.value))


_ORDER = {"title": 0, "body": 1, "caption": 2}


def _one_a_key(tags: Sequence[Tag]) -> list[Tag]:
    best: dict[tuple[object, ...], Tag] = {}
    for tag in tags:
        key = (tag.field, tag.photo_position, tag.kind, tag.begin, tag.end, tag.value)
        if key not in best or tag.score > best[key].score:
            best[key] = tag
    return list(best.values())


def tag_when(fields: Sequence[TextField], what: Sequence[Tag]) -> list[Tag]:
    """Rows of kind `when`; is_event marks the time of the event: near its word or in the lead, and not one that is only mentioned."""
    found: list[tuple[TextField, TimeMention, float]] = []
    for text in fields:
        found.extend((text, mention, _event_weight(text, mention, what)) for mention in text.times)
    found = [(text, mention, weight - _told_later(text, mention, found)) for text, mention, weight in found]
    dated = any(mention.lead != "clock" for _, mention, _ in found)
    happens = any(tag.is_event for tag in what)
    usable = [item for item in found if item[1].precision in ("day", "hour", "minute") and (dated or happens or item[1].lead != "clock")]
    usable = usable or ([item for item in found if "/" in item[1].value] if happens else [])
    best = max(usable, key=lambda item: (round(item[2], 6), -_ORDER[item[0].name], -item[1].begin), default=None)
    value = best[1].value if best is not None and best[2] > 0 else ""
    precise = _more_precise(value, usable)
    last = _last_day(best, usable, what) if best is not None and value else ""
    tags = []
    for text, mention, weight in found:
        happened = mention.value == precise
        if last and best is not None and mention is best[1]:
            mention, happened = replace(mention, value=f"{mention.first[:10]}/{last}", precision="day"), True
        elif last:
            happened = False
        tags.append(
            Tag(
                text.name, text.position, "when", mention.surface, mention.value, mention.begin, mention.end, None, None,
                round(max(0.0, min(1.0, weight / 3)), 6), mention.precision, bool(precise) and happened,
            )
        )  # fmt: skip
    return tags


_TOLD = re.compile(r"공개했|공개한|밝혔|밝힌|전했|털어놓|털어놨|돌아봤|떠올렸|풀어놓|들려줬|사과했|해명했")
_THERE = re.compile(r"에서|열린|열렸|참석")


def _told_later(text: TextField, mention: TimeMention, found: Sequence[tuple[TextField, TimeMention, float]]) -> float:
    """How much less a day is the event's when somebody only told of something older on it: 20일 ... 뒷이야기를 공개했다."""
    if text.name != "body" or mention.lead not in ("bare", "full", "relative") or mention.precision != "day" or "/" in mention.value:
        return 0.0
    sentence = re.split(r"[.!?\n]", text.text[mention.end : mention.end + 90])[0]
    told = _TOLD.search(sentence)
    nearest = min((other.begin for other in text.times if other.begin >= mention.end), default=10**9) - mention.end
    between = sentence[: min(told.start(), nearest)] if told else ""
    older = any(other.precision != "month" and len(other.first) >= 10 and other.first[:10] < mention.first[:10] for _, other, _ in found)
    return 2.2 if told and older and not _THERE.search(between) else 0.0


_OPENS = re.compile(r"막을 올|개막|시작[을해한]|문을 연|돌입")
_GOES_ON = re.compile(r"까지\s*(?:[가-힣0-9,]+\s+){0,4}?(?:이어|계속|열리|열린|진행|공연|관객|축제|펼쳐|개최)")
_OF_DAYS = frozenset(("concert", "festival", "film_festival", "musical", "theater"))


def _last_day(
    best: tuple[TextField, TimeMention, float], found: Sequence[tuple[TextField, TimeMention, float]], what: Sequence[Tag]
) -> str:
    """The last day of an event that a post reports to have opened: 30일 막을 올렸다. 공연은 5월 3일까지 이어진다."""
    text, first, _ = best
    opened = _OPENS.search(re.split(r"[.!?\n]", text.text[first.end : first.end + 90])[0])
    if "/" in first.value or not opened or "첫날" in text.text or not any(tag.is_event and tag.value in _OF_DAYS for tag in what):
        return ""
    for other, mention, _ in found:
        later = len(mention.first) == 10 and "/" not in mention.value and mention.first > first.first[:10]
        if later and _GOES_ON.match(other.text[mention.end : mention.end + 40]):
            return mention.first
    return ""


def _more_precise(value: str, found: Sequence[tuple[TextField, TimeMention, float]]) -> str:
    """The same day with an hour, when the post names one for its event ("22일" ... "이날 오후 7시")."""
    if not value or "T" in value or "/" in value:
        return value
    finer = [item for item in found if item[1].value.startswith(value + "T") and "/" not in item[1].value and item[2] > 0]
    same = max(finer, key=lambda item: (round(item[2], 6), -item[1].begin), default=None)
    return same[1].value if same is not None else value


_MENTIONED_BEHIND = ("데뷔", "첫 방송", "개봉 예정", "종영", "결혼", "출생", "태어", "입대", "제대", "이후", "까지 ", "만에")


_SALE = re.compile(r"예매|티켓|선예매")
_QUEUE = re.compile(r"[^.!?\n]{0,6}(?:줄[을부]|줄 ?[서섰선]|대기|웨이팅)")
_AHEAD_OF = re.compile(r"[^.!?\n]{0,30}?(?:앞둔|앞두고)")


def _within_title(text: str, mention: TimeMention) -> bool:
    """Whether a time stands between single quotation marks or brackets of a title."""
    for opening, closing in ("‘’", "''", "<>", "〈〉", "《》"):
        begin = text.rfind(opening, max(0, mention.begin - 20), mention.begin)
        if begin >= 0 and closing not in text[begin + 1 : mention.begin] and closing in text[mention.end : mention.end + 20]:
            return True
    return False


def _event_weight(text: TextField, mention: TimeMention, what: Sequence[Tag]) -> float:
    if _within_title(text.text, mention):
        return -1.0  # 영화 ‘오후 네 시의 손님’
    weight = {"title": 1.0, "caption": 1.6, "body": 1.0}[text.name]
    if text.name == "body" and mention.begin < text.first_sentence_end:
        weight += 1.5
    event_words = [tag for tag in what if tag.is_event and tag.field == text.name and tag.photo_position == text.position]
    distance = min((max(tag.begin - mention.end, mention.begin - tag.end, 0) for tag in event_words), default=200)
    weight += 0.8 * max(0.0, 1 - distance / 60)
    weight += {"same": 0.3, "bare": 0.3, "relative": 0.2, "지난": 0.1, "full": 0.15, "clock": -0.2}.get(mention.lead, 0.0)
    if mention.precision in ("hour", "minute"):
        weight += 0.15
    if mention.part or mention.precision in ("hour", "minute"):
        weight += 0.25
    behind = text.text[mention.end : mention.end + 25]
    if is_time_of_writing(text.text, mention):
        weight -= 1.5
    if behind.startswith("까지") and "/" not in mention.value:
        weight -= 1.5  # 7일까지니까 얼른 가 보세요
    if any(word in behind for word in _MENTIONED_BEHIND):
        weight -= 0.8
    later = text.text[mention.end : mention.end + 40].split(".")[0]
    if mention.lead == "오는" and text.name == "body" and mention.begin >= text.first_sentence_end:
        weight -= 1.0
    if _SALE.search(behind[:8]) or _SALE.search(text.text[max(0, mention.begin - 8) : mention.begin]):
        weight -= 1.2  # the day on which tickets are sold
    if mention.lead == "clock" and _QUEUE.match(behind):
        weight -= 2.5  # 새벽 네 시에 줄을 섰다
    if _AHEAD_OF.match(behind) and not any(other.begin > mention.begin and other.begin < mention.end + 30 for other in text.times):
        weight -= 1.0  # 오는 5일 콘서트를 앞둔
    if "한편" in text.text[max(0, mention.begin - 40) : mention.begin]:
        weight -= 1.2
    if re.search(r"공개(?:했|한|됐|된|하)", later[:24]) and not any(tag.is_event and tag.value == "release" for tag in what):
        weight -= 0.9
    if "예정" in later and mention.lead != "오는":
        weight -= 0.3
    return weight
