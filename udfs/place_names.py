"""Names of places in a text: those of the lists, words that end like a venue, and nouns at which something was held.

Places come from the lists (places.csv, conf/places_known.tsv), from words that end like a venue (`udfs.venue_endings`), and from nouns
before 에서 열린, 에서 진행된 ... (`udfs.held_places`). A name of several words is joined backwards from its last one: 명동 벨르디 매장,
콘래드 서울.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from udfs.gazetteer import Gazetteer, without_overlaps
from udfs.halls import hall_value, with_hall
from udfs.held_places import NO_PLACE, held_at
from udfs.place_particles import REST, acts_at, behind_brackets, particle_of, stands_alone, surely_a_place
from udfs.post_text import Place, Reference, TextField
from udfs.reviewed_shops import QUARTER, reviewed_shop
from udfs.shop_names import named_shops, quoted_shops
from udfs.spans import first_behind
from udfs.stations import is_no_station
from udfs.told_places import told_as_places
from udfs.venue_endings import ANY_VENUE, VENUE_END, find_venues
from udfs.venue_names import is_name, name_begin
from udfs.visited_shops import visited_shops
from udfs.word_lists import ALSO_WORDS, BUILDINGS, NOT_HELD, NOT_PART_OF_NAME, NOT_VENUES, PARTS
from udfs.work_titles import SHOWN_BEHIND, WORK_BEFORE, works

_THROUGH = re.compile(r"^\s*(?:통해|통하여|거쳐|경유)")


@dataclass(frozen=True)
class Found:
    """A place in the text."""

    text: TextField
    begin: int
    end: int
    value: str
    kind: str
    josa: str
    role: str
    through: bool

    @property
    def behind(self) -> int:
        """Where the text goes on behind the name and its particle."""
        return behind_brackets(self.text.text, self.end) + len(self.josa) if self.josa else self.end


def find_places(fields: Sequence[TextField], reference: Reference, *, of_a_place: bool = False) -> list[Found]:
    """Places of all fields: the lists' and those that end like a venue.

    Args:
        fields: the post's.
        reference: the lists.
        of_a_place: whether the post is a review of a place.
    """
    reviewed = reviewed_shop(fields, reference, of_a_place=of_a_place)
    visited, shop = visited_shops(fields, reference)
    shops = named_shops(fields, reference) | visited | reviewed
    places = [found for text in fields if text.text for found in _in_field(text, reference, shops)]
    if of_a_place and not reviewed:
        reviewed = {text.text[slice(*span)] for text in fields if text.name == "body" for span in quoted_shops(text, reference)[:1]}
    if of_a_place and not reviewed:
        reviewed = {place.value for place in places if place.text.name == "body" and _NUMBERED_SHOP.search(place.value)}
    if of_a_place and not reviewed:
        reviewed = {place.value for place in places if place.text.name == "title" and place.kind in ("venue", "shop")}
    if shop and not reviewed and not of_a_place:
        reviewed = {shop}
    shown = works(fields) if places else set()
    if shown:
        places = [place for place in places if not _names_a_work(place, shown)]
    places = _whole_again(places)
    unnamed = _unnamed(fields)
    if unnamed:
        places = [place for place in places if place.value in reference.places.meanings or f" {place.value}" not in unnamed]
    if not reviewed:
        return places
    names = tuple(f" {name}" for name in reviewed)
    return [replace(place, kind="reviewed") if f" {place.value}".endswith(names) else place for place in places]


_NUMBERED_SHOP = re.compile(r" \d{1,2}호점$")


def _names_a_work(place: Found, shown: Collection[str]) -> bool:
    quotation = place.text.quotation_of(place.begin, place.end)
    return quotation is not None and place.text.text[slice(*quotation)] in shown


def _whole_again(places: list[Found]) -> list[Found]:
    """Places whose last syllable looked like a particle, which the post names with it elsewhere: 카페 모퉁이에서 ... 카페 모퉁이 컵."""
    values = {place.value for place in places}
    cut = [place for place in places if len(place.josa) == 1 and place.value + place.josa in values]
    names = {place.value for place in cut if place.kind in ("venue", "reviewed")}
    if not names:
        return places
    return [
        replace(place, value=place.value + place.josa, end=place.end + 1, josa="", role="")
        if place in cut and place.value in names
        else place
        for place in places
    ]


_UNNAMED = re.compile(r"(?:의|[가-힣][시군구동읍면리]) 한 ((?:[가-힣]+ ){0,2}?[가-힣]+)")


def _unnamed(fields: Sequence[TextField]) -> str:
    """What the body calls only one of many (성북동의 한 목공방): the town is where it happens, whatever a caption says."""
    bodies = [text.text for text in fields if text.name == "body" and " 한 " in text.text]
    return "\n".join(f" {match.group(1)}" for body in bodies for match in _UNNAMED.finditer(body))


def _in_field(text: TextField, reference: Reference, shop_names: Collection[str]) -> list[Found]:
    listed = [
        span
        for span in text.places
        if stands_alone(text.text, *span[:2]) and (span[2] not in ALSO_WORDS or surely_a_place(text.text, *span[:2]))
    ]
    shops = {*quoted_shops(text, reference), *_named_again(text.text, shop_names)}
    spans = listed + [(*span, "") for span in (*sorted(shops), *told_as_places(text.text, reference))]
    ending = ANY_VENUE.search(text.text)
    if ending is not None:
        spans += [(*span, "") for span in find_venues(text, ending.start(), spans, reference)]
    own = [
        (start, end, "")
        for begin, end, kind in ((begin, _without_room(text.text, begin, end), kind) for begin, end, kind in text.entities if kind == "LC")
        if (start := _own_name(text.text, begin, end, reference)) < end
    ]
    if own:
        spans = [span for span in spans if not (reference.is_place(span[2], _REGIONS) and _begins_inside(span, own))] + own  # 대만 타이베이
    listed_works = {span for span in listed if text.quoted and _of_a_work(text, *span[:2])}
    spans = [span for span in spans if span not in listed_works] if listed_works else spans
    if listed:
        known = {span[:2] for span in listed}
        spans = [span for span in spans if span[2] or span[:2] not in known]
    spans += held_at(text, spans, reference)
    spans = [span for span in spans if span[2] or not _in_title(text, *span[:2], shops)]
    return [_found(text, span, reference) for span in without_overlaps([with_hall(text.text, span, reference) for span in spans])]


def _found(text: TextField, span: tuple[int, int, str], reference: Reference) -> Found:
    """A place with its whole name, its value and its particle."""
    begin, end, form = span
    places = reference.places.meanings.get(form, ())
    if not places or (places[0].kind == "city" and text.name != "title" and acts_at(text.text, end)):
        first = name_begin(text, begin, reference, surely=bool(places))
        places = places if first == begin else ()
        begin = first
    quarter = _QUARTER_OF_ROOM.search(text.text[begin:end]) if not places else None
    if quarter is not None:
        begin, end = begin + quarter.start(), begin + quarter.end()
    surface = text.text[begin:end]
    housed = places and (places[0].kind in ("venue", "broadcaster") or form.endswith("산"))
    hall = hall_value(surface, form, places[0].value) if housed else ""
    if hall:
        places = (Place(hall, "venue"),)
    quarter = QUARTER.search(surface) if not _EATEN.search(surface) else None
    place = places[0] if places else Place(surface, "district" if quarter or _NUMBERED.search(surface) else "venue")
    behind_name = behind_brackets(text.text, end)
    rest = REST.match(text.text, behind_name).group(0)  # type: ignore[union-attr]
    josa, role = particle_of(rest, text.text[end - 1])
    behind = text.text[behind_name + len(rest) : behind_name + len(rest) + 8]
    return Found(text, begin, end, place.value, place.kind, josa, role, bool(role == "object" and _THROUGH.match(behind)))


_EATEN = re.compile(r"(?:밀면|냉면|라면|쫄면|짜장면|자장면|온면|소면|국수면|요리)$")
"""Ends of noodle shops' names, which look like those of towns: 개금밀면."""
_NUMBERED = re.compile(r"[가-힣]로[1-9]가$")
_QUARTER_OF_ROOM = re.compile(
    r"(?:^|(?<= ))[가-힣]{1,5}(?:동|읍|면|리|구)(?= (?:옥탑방|찻집|카페|식당|술집|맥줏집|비닐하우스|작업실|사무실|자택|집|녹음실|연습실"
    r"|공방|서점|빵집|꽃집|주택가|골목)$)"
)
"""The quarter is the place where a room of it has no name of its own: 필동 찻집에서."""


def _begins_inside(span: tuple[int, int, str], others: Sequence[tuple[int, int, str]]) -> bool:
    """Whether one of some spans in order begins within a span, behind its first character."""
    index = first_behind(others, span[0] + 1)
    return index < len(others) and others[index][0] < span[1]


_ACTS_BEHIND_QUOTE = re.compile(r"[’'>〉》](?:에서|서 |을 찾|를 찾| 앞| 매장| 팝업)")


def _in_title(text: TextField, begin: int, end: int, shops: Collection[tuple[int, int]]) -> bool:
    """Whether what looks like a venue is the name of a work: 영화 ‘모래시장’. Behind a shop's name somebody acts there."""
    quotation = text.quotation_of(begin, end)
    if quotation is not None and WORK_BEFORE.search(text.text[max(0, quotation[0] - 10) : quotation[0]]):
        return True  # 영화 ‘설산’에서
    return quotation is not None and _ACTS_BEHIND_QUOTE.match(text.text, quotation[1]) is None and quotation not in shops


def _of_a_work(text: TextField, begin: int, end: int) -> bool:
    """Whether a listed place is a word of a work's title: 드라마 ‘파리의 봄’, ‘서울역 그 남자’ 1회."""
    quotation = text.quotation_of(begin, end)
    if quotation is None or quotation[1] - quotation[0] <= end - begin:
        return False
    before = text.text[max(0, quotation[0] - 10) : quotation[0]]
    return WORK_BEFORE.search(before) is not None or SHOWN_BEHIND.match(text.text, quotation[1]) is not None


def _named_again(text: str, names: Collection[str]) -> list[tuple[int, int]]:
    """Wherever a field names shops that the post calls shops at one place."""
    if not names:
        return []
    found = Gazetteer.of((name, name) for name in sorted(names)).find(text)
    return [(begin, end) for begin, end, _ in found if stands_alone(text, begin, end)]


_ONE_OF_MANY_THERE = re.compile(
    r"의 (?:한 |[‘'“]|(?:[가-힣]+ )?[가-힣]+(?:하우스|농장|농가|마을회관|식당|카페|가게|점포|공장|창고|주택|과수원|목장|양식장)에서)"
)
_REGIONS = frozenset(("city", "country", "foreign", "district"))


_ROOM = re.compile(
    r"(?: (?:지하 ?|B)?\d{1,2}(?:[·~,]\d{1,2})?층)?"
    r"(?: (?:조리실|주방|급식실|휴게실|복도|로비|입구|정문|후문|현관|식품관|매장|(?:[A-Z가-하]|\d{1,2})(?:열|구역)(?: \d{1,3}번)?"
    r"|\d{1,2}번 ?(?:출입문|게이트|출구)))?$"
)


def _without_room(text: str, begin: int, end: int) -> int:
    """End of a house's name without the floor, room, seat or door behind it: 누리복지관 조리실에서, 대극장 1층 12열에서."""
    match = _ROOM.search(text[begin:end])
    return begin + match.start() if match is not None and match.start() else end


def _own_name(text: str, begin: int, end: int, reference: Reference) -> int:
    """Begin of the name that is a place's own in a location that the annotator found (서울 종로구 팔판동, 대만 타이베이 아레나).

    Returns:
        `end` where nothing is left that the lists do not know, or where nobody acts there.
    """
    if text.startswith(_GATHERINGS, end):
        return end  # 목포항구축제
    words = text[begin:end].split(" ")
    region = ""
    while (
        len(words) > 1
        and words[0] not in _SOMEBODYS
        and (words[0] in NOT_PART_OF_NAME or reference.is_place(words[0], _REGIONS) or QUARTER.search(words[0]))
    ):
        region = words.pop(0)
    name, last, listed = " ".join(words), words[-1], reference.places.meanings
    if words[0] in _SOMEBODYS:
        return end  # 내 장바구니
    if _OF_MEMBERS.search(text, max(0, begin - 14), begin) or _ORGANISES.match(text, end):
        return end  # 팬 연합 ‘누리길’에서 준비한
    if last in NOT_VENUES and not (last in PARTS and len(words) > 1 and (region or acts_at(text, end))):
        with_city = len(words) == 1 and last in BUILDINGS and region and region not in NOT_PART_OF_NAME
        return end - len(f"{region} {name}") if with_city and not listed.get(last) else end
    known = listed.get(name) or listed.get(last) or (len(words) > 1 and listed.get(words[0])) or name in reference.names.meanings
    known = known or is_no_station(name) or is_name(last, reference)  # 상대역 배우
    if known or len(name) < 2 or last in NOT_PART_OF_NAME or last in ("일대", "일원") or NO_PLACE.search(name):
        return end
    acts = acts_at(text, end) or _ONE_OF_MANY_THERE.match(text, end) is not None
    like_a_venue = len(name) > 2 and VENUE_END.search(name) is not None
    return end - len(name) if like_a_venue or (acts and last not in NOT_HELD) else end


_OF_MEMBERS = re.compile(
    r"(?:연합|팬 ?클럽|팬덤|서포터즈|서포터스|동호회|동아리|모임|단체|크루|채널|계정"
    r"|팬 ?페이지|프로젝트 ?팀|커뮤니티|브랜드|레이블) ?[‘’'“\"]?$"
)
_ORGANISES = re.compile(
    r"[’'”\"]?(?:에서|에서는|에선) (?:[가-힣]+ )?(?:준비|주최|주관|제작|제공|기획|출시|모금|후원|협찬|발매|집계|발간)(?:한|하는|했|된)"
)
"""Around the name of those who do something together, wherever they are."""
_SOMEBODYS = frozenset(("내", "제", "네", "우리", "저희", "자기", "본인"))
_GATHERINGS = ("축제", "영화제", "음악제", "페스티벌", "마라톤", "대회")
