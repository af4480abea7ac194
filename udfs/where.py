"""Where: the place at which a post's event was, among the places that it names.

The particle tells a place of action (에서, 을 통해) from a destination (파리로) or a mere mention; a place named with another day, or in a
sentence about something else (한편, 앞서), is another event's. How much that makes of one place is in `udfs.place_weights`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from udfs.aired_places import airs, made_there
from udfs.elsewhere import SHOWN, eats_there
from udfs.place_names import Found
from udfs.place_weights import (
    AT_AIRPORTS,
    HOUSES,
    INDOORS,
    IS_THERE_AS_OBJECT,
    LIGHTS,
    OPEN_BEHIND,
    REGIONS,
    SAYS_NO_MORE,
    beside_the_point,
    is_told,
    on_another_day,
    spoken,
    weight_of,
)
from udfs.post_text import Tag
from udfs.schedules import first_stop

_SEVERAL_DAYS = re.compile(r"(?:\d|[한두세]) ?박 ?(?:\d일)?(?![가-힣\d])|(?:한 ?달|보름|일주일|[한두세] ?주) ?살[이기]")
"""In titles of journeys whose sights the text tells day by day."""
_ELSEWHERE = 0.4
_IN_SPEECH = 0.6
_PART_OF_ADDRESS = 0.3  # the city before a venue: 대구 엑스코가


def tag_where(found: Sequence[Found], *, kind: str, place_id: str | None, day: str = "", nowhere: bool = False) -> list[Tag]:
    """Rows of kind `where`; is_event marks the one place where the event was.

    Args:
        found: the post's places (`find_places`).
        kind: the event's kind, "" when unknown: departures and arrivals happen at airports.
        place_id: the place that a review is about.
        day: the event's day (ISO 8601), "" when unknown.
        nowhere: whether what the post tells of has no place (`udfs.nowhere`).
    """
    if not found:
        return []
    weights: dict[str, float] = {}
    nearness: dict[str, float] = {}
    begins = {(id(one.text), one.begin) for one in found}
    for one in found:
        weight = weight_of(one, kind) * (_PART_OF_ADDRESS if not one.josa and (id(one.text), one.end + 1) in begins else 1)
        weight *= _IN_SPEECH if spoken(one) else 1
        weight *= _ELSEWHERE if kind in SHOWN and one.kind in HOUSES and eats_there(one.text.text, one.begin, one.end) else 1
        weight *= _ELSEWHERE if kind != "military" and beside_the_point(one) else 1  # 복무를 마치고 is the event
        weights[one.value] = weights.get(one.value, 0.0) + weight
        nearness[one.value] = nearness.get(one.value, 0.0) + weight * (_ELSEWHERE if on_another_day(one, day) else 1)
    possible = _possible(found, nearness, kind)
    together = _with_short_names(nearness, {one.value for one in found if one.text.name != "caption"})
    best = max(possible, key=lambda value: (together[value], nearness[value]), default="")
    journey = _travelled_to(found) if not kind else first_stop(found)
    if kind and journey and any(is_told(one) for one in found):
        journey = ""  # 공연 장소: 누리홀
    best = journey or _hall_within(_venue_within(best, found, nearness), found, nearness)
    if nowhere or (best and weights[best] < 0.3 and not journey):
        best = ""
    if place_id:
        best = place_id
    top = max(weights.values(), default=1.0) or 1.0
    return [
        Tag(one.text.name, one.text.position, "where", one.text.text[one.begin : one.end], one.value, one.begin, one.end,
            one.josa or None, one.role or None, round(max(0.0, min(1.0, weights[one.value] / max(top, 1.0))), 6), None, one.value == best)
        for one in found
    ]  # fmt: skip


def _possible(found: Sequence[Found], weights: Mapping[str, float], kind: str) -> list[str]:
    """The places that can be the event's: who leaves or comes back does so at an airport where one is named."""
    airports = {one.value for one in found if one.kind == "airport" and not beside_the_point(one)}
    if kind in AT_AIRPORTS and airports:
        return sorted(airports)
    if kind == "broadcast":
        stations = {one.value for one in found if one.kind == "broadcaster" and not beside_the_point(one)}
        aired = any(one.kind == "broadcaster" and airs(one.text.text, one.end) for one in found)
        if any(_made_there(one) for one in found):
            return sorted(weights.keys() - stations)
        return sorted(stations if stations and aired else weights)
    return sorted(weights)


def _made_there(one: Found) -> bool:
    """Whether a programme was made at a place before listeners or cameras: 공원에서 공개방송을 연다, 장소: 서울숲."""
    if one.kind in ("broadcaster", "country", "foreign"):
        return False
    begin = max(one.text.sentence_begin(one.begin), one.begin - 60)
    acted = OPEN_BEHIND.match(one.josa) is not None or one.role == "location"
    return is_told(one) or (acted and made_there(one.text.text, begin if one.role != "location" else one.end, one.end))


def _with_short_names(weights: Mapping[str, float], told: set[str]) -> dict[str, float]:
    """The weights of places, those that a post also calls by the last words of their name having both (설악산 대청봉, 대청봉).

    Args:
        weights: by place.
        told: places that more than captions name.
    """
    together = dict(weights)
    for value in weights:
        short = value.partition(" ")[2]
        while short:
            if short in told:
                together[value] += weights[short]
                together[short] += weights[value]
            short = short.partition(" ")[2]
    return together


_HELD_THERE = re.compile(
    r" (?:일원|일대|인근|부근)(?: (?:해상|도로|야산))?(?:에서|서)"
    r"| (?:단독 |앙코르 |첫 |합동 )?(?:공연|콘서트|팬미팅|쇼케이스|시사회|팬사인회|공개방송|무대인사|기자간담회)"
)
_VISITED = re.compile(r" ?(?:[가-힣\d]{1,6} ){0,2}?(?:들렀|들러|들른|다녀|도착|갔|앉아)")
_IN_REGION = 0.5
"""How much of a city's weight a venue needs to be the place, though the city is named more often."""


def _travelled_to(found: Sequence[Found]) -> str:
    """Where a title says that a journey of several days went, "" for none: 여수 2박 3일 ... 둘째 날은 돌산공원에서."""
    titled = [one for one in found if one.text.name == "title"]
    if not titled or not _SEVERAL_DAYS.search(titled[0].text.text):
        return ""
    regions = {one.value for one in titled if one.kind in REGIONS and one.kind != "country"}
    return regions.pop() if len(regions) == 1 and all(one.kind in REGIONS for one in titled) else ""


def _venue_within(best: str, found: Sequence[Found], weights: Mapping[str, float]) -> str:
    """The venue at which something was, where its city is named more often: 대구서 포문 ... 대구 엑스코에서."""
    if not any(one.value == best and one.kind in ("city", "district", "foreign", "country") for one in found):
        return best
    venues = {
        one.value
        for one in found
        if one.kind in ("venue", "shop")
        and (
            OPEN_BEHIND.match(one.josa)
            or (one.kind == "shop" and one.text.name == "title")
            or _HELD_THERE.match(one.text.text, one.end)
            or (one.value.startswith(best) and one.value[-1] != "역")
            or (one.role == "object" and IS_THERE_AS_OBJECT.match(one.text.text, one.behind) is not None)
            or (one.role == "location" and _VISITED.match(one.text.text, one.behind) is not None)
        )
        and not beside_the_point(one)
    }
    venues |= {
        one.value
        for before, one in pairwise(found)
        if one.kind in ("district", "city")
        and before.value == best
        and before.text is one.text
        and before.end + 1 == one.begin
        and (OPEN_BEHIND.match(one.josa) or (one.role == "possessive" and INDOORS.match(one.text.text, one.end + 1)))
        and not beside_the_point(one)
    }  # 강릉시 옥계면에서, 제주 서귀포의 한 농장에서
    enough = [value for value in sorted(venues) if weights[value] >= _IN_REGION * weights[best]]
    return max(enough, key=lambda value: weights[value], default=best)


def _hall_within(best: str, found: Sequence[Found], weights: Mapping[str, float]) -> str:
    """The hall in which something was, where the headline names its house alone: 세종문화회관서 ... 세종문화회관 대극장에서."""
    within = [one for one in found if best and f" {best} " in f" {one.value}"]
    halls = {one.value for one in within if OPEN_BEHIND.match(one.josa) or is_told(one) or _reviewed_in_title(one) or _stands_there(one)}
    return max(sorted(halls), key=lambda value: weights[value], default=best)


def _reviewed_in_title(one: Found) -> bool:
    return one.kind == "reviewed" and one.text.name == "title"


def _stands_there(one: Found) -> bool:
    """Whether a sentence of the body has no verb behind a place, or says that it was the place: 저녁 7시, 세종문화회관 대극장."""
    if one.text.name != "body":
        return False
    if _HELD_THERE.match(one.text.text, one.end) or (one.role == "possessive" and LIGHTS.match(one.text.text, one.behind)):
        return True
    return one.role == "copula" or (not one.josa and SAYS_NO_MORE.match(one.text.text, one.end) is not None)
