"""Names of places in a text: those of the lists, words that end like a venue, and nouns at which something was held.

Places come from the lists (places.csv, conf/places_known.tsv), from words that end like a venue (…아트홀, …스타디움, …백화점), and from
nouns before 에서 열린, 에서 진행된 ... A name of several words is joined backwards from its last one: 명동 벨르디 매장, 콘래드 서울.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from udfs.gazetteer import Gazetteer, any_of, without_overlaps
from udfs.halls import hall_value, with_hall
from udfs.korean_particles import particle_chain
from udfs.place_particles import REST, acts_at, behind_brackets, particle_of, stands_alone, surely_a_place
from udfs.post_text import Place, Reference, TextField
from udfs.reviewed_shops import QUARTER, reviewed_shop
from udfs.shop_names import named_shops, quoted_shops
from udfs.spans import first_behind, merged, touched
from udfs.stations import is_no_station
from udfs.told_places import told_as_places
from udfs.venue_names import name_begin, word_of_name
from udfs.visited_shops import one_of_many, visited_shops
from udfs.word_lists import ALSO_WORDS, BUILDINGS, NOT_HELD, NOT_PART_OF_NAME, NOT_VENUES, PARTS
from udfs.work_titles import SHOWN_BEHIND, WORK_BEFORE, works

_ENDINGS_OF_VENUES = (
    "국제공항|공항|아트홀|콘서트홀|라이브홀|컨벤션홀|컨벤션센터|아트센터|문화센터|체육관|경기장|종합운동장|운동장|스타디움|아레나|"
    "스카이돔|돔|공개홀|신관|본관|별관|신사옥|대극장|소극장|극장|씨어터|시어터|시네마|영화관|문화회관|회관|"
    "호텔|백화점|관저|청사|대통령실|회의장|천문대|컬링장|테마파크|기지|아울렛|쇼핑몰|플라자|스퀘어|타워|스튜디오|사옥|방송국|"
    "방송센터|미디어센터|프리즘타워|전당|문화원|미술관|박물관|갤러리|도서관|공원|광장|수목원|식물원|동물원|해수욕장|해변|항구|대강당|"
    "강당|국악원|큰마당|문화관|예술관|기념관|초등학교|중학교|복지관|보육원|요양원|보건소|우체국|소방서|면세점|세탁소|전망대|선착장|"
    "계곡|폭포|산성|서원|향교|부대|사단|여단|혁신도시|빙상장|스키장|수영장|야외무대|야외음악당|잔디마당|특설무대|휴양림|캠핑장|시청|"
    "구청|도청|군청|국회|법원|경찰서|경찰청|검찰청|지법|고법|지검|과학관|병원|의료원|장례식장|보신각|대학교|대학|캠퍼스|고등학교|"
    "성당|교회|사찰|리조트|펜션|라운지|레스토랑|클럽|파크몰|월드몰|웨딩홀|예식장|하우스|홀|스포츠타운|컨벤션|오디토리움|훈련소|"
    "훈련단|신병교육대|야구장|축구장|구장|골프장|촬영장|세트장|매장|플래그십스토어|스토어|전시장|전시관|박람회장|엑스포|터미널|역|"
    "거리|골목|시장|한옥마을|마을|센터|"
    "저수지|오름|목장|워터파크|뮤지엄|아쿠아리움|스카이워크|출렁다리|유원지|관광지|문학관|역사관|체험관|생태관|습지|둘레길|올레길|숲길|"
    "포구|등대|예술촌|민속촌|고택|생가|서당|온천|스케이트장|아이스링크|테니스장|승마장|볼링장|야영장|글램핑장|연수원|수련원|수련관|"
    "유치원|어린이집|소아과|소아청소년과|내과|정형외과|신경외과|성형외과|이비인후과|산부인과|비뇨기과"
    "|가정의학과|약국|안경원|사진관|요가원|서점|책방|양조장|브루어리|와이너리|농원|과수원|다방|제과점"
    "|베이커리|쉼터|보호소|휴게소|아트플랫폼|국가정원|호수|"
    "읍성|유적지|고분군|아트밸리|예술회관|공연예술센터|라이브클럽|재즈클럽|파티룸|쇼룸|팝업존|헤어살롱|헤어샵|헤어숍|미용실|풀빌라|민박|"
    "찜질방|게스트하우스|치과|한의원|피부과|안과|고가도로|지하차도|나들목|분기점|요금소|교차로|사거리|고속도로|터널|민주묘지|현충원|"
    "추모공원|묘역|위판장|공판장|방조제|해안도로|케이블카|대관람차|모노레일|레일바이크|라벤더팜"
)
_VENUE_ENDINGS = any_of(_ENDINGS_OF_VENUES.split("|"))
_VENUE = re.compile(
    rf"(?<![가-힣A-Za-z0-9&·])((?:[A-Za-z0-9가-힣&·]+)?(?:{_VENUE_ENDINGS}))(?=(?:[^가-힣A-Za-z0-9]|$)|(?:에서|에|을|를|으로|로|의|"
    rf"은|는|이|가|과|와|도|까지|부터|서|앞|내|인근|일대|측|입니다|이었|였|이에요|예요)(?![가-힣]{{3}})|(?:이었|였)는데)"
)
_ANY_VENUE = re.compile(_VENUE_ENDINGS)
"""A venue without a name of its own: in 철원의 신병교육대 the place is 철원."""
_COLLEGE = re.compile(r"(?<![가-힣])[가-힣]{1,4}대$")
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
    ending = _ANY_VENUE.search(text.text)
    if ending is not None:
        spans += [(*span, "") for span in _venues(text, ending.start(), spans, reference)]
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
    spans += _held_at(text, spans, reference)
    spans = [span for span in spans if span[2] or not _in_title(text, *span[:2], shops)]
    return [_found(text, span, reference) for span in without_overlaps([with_hall(text.text, span, reference) for span in spans])]


def _venues(text: TextField, ending: int, spans: Sequence[tuple[int, int, str]], reference: Reference) -> list[tuple[int, int]]:
    """Words that end like a venue, with the venue that they are a part of.

    Args:
        text: the field.
        ending: where the first of all venues' endings begins in it.
        spans: the places that are known already.
        reference: the lists.
    """
    whole, found = text.text, []
    venues = [*_VENUE.finditer(whole, whole.rfind(" ", 0, ending) + 1)]
    ends = {match.end(1): match.start(1) for match in venues if match.group(1) not in NOT_VENUES} | {end: begin for begin, end, _ in spans}
    for match in venues:
        surface, (first, end) = match.group(1), match.span(1)
        if _AGE_FIRST.match(surface) or _NO_VENUE.search(surface):
            continue
        if surface in PARTS and whole[first - 1 : first] == " ":
            gap = first - 1
            college = _COLLEGE.search(whole[max(0, gap - 6) : gap])
            begin = max(0, gap - 6) + college.start() if college is not None else ends.get(gap)
            if begin is not None:
                found.append((begin, end))
                continue
        begin = first - len("플래그십 ") * whole.endswith("플래그십 ", 0, first)
        if surface in _LENGTHS and _LENGTH_BEFORE.search(whole[max(0, begin - 12) : begin]):
            continue  # 스무 걸음 거리에서
        if surface in BUILDINGS and acts_at(whole, end) and word_of_name(text, begin, reference, listed=False):
            found.append((begin, end))
        elif (
            surface not in NOT_VENUES
            and len(surface) > 2
            and not (_ANY_VENUE.fullmatch(surface) and whole.endswith(("의 ", "의 한 "), 0, first))
            and not is_no_station(surface)
            and not (surface.endswith(_VERBAL_NOUN) and _DENIED.match(whole, end))
            and not _is_name(surface, reference)
        ):
            found.append((first, end))
    return found


_NO_VENUE = re.compile(r"^(?:[동서남북]해안과|아세안과|동남안과)$|[걱직]거리$")
"""Coasts and the like with a particle, and verbs, that end like a clinic and a street: 남해안과 지리산, 삐걱거리는."""
_AGE_FIRST = re.compile(r"\d+·[가-힣]")
"""With which somebody's club is told in brackets: 강산(24·옥천군청)이."""
_VERBAL_NOUN = "기지"
_DENIED = re.compile(r"(?:는|도|가|를)? ?(?:않|못|말|마[세라])")
"""Behind the end of a verb that looks like a base: 질기지 않고."""
_LENGTHS = frozenset(("거리",))
_LENGTH_BEFORE = re.compile(
    r"(?:(?<![가-힣])(?:\d+|한|두|세|네|서너|너댓|다섯|여섯|일곱|여덟|아홉|열|스무|서른|백|천|몇|몇십|반) ?"
    r"(?:걸음|발자국|발짝|뼘|블록|정거장|정류장|시간|분|미터|킬로미터|킬로|센티|보)|\d+ ?(?:m|km|㎞|㎝|cm|M|KM)|(?:손 ?닿을"
    r"|닿을|부르면 닿을|지근|걸어갈|도보) ?) ?(?:정도 |남짓 |쯤 |안팎 |정도의 |남짓한 )?$"
)
"""Before 거리 that is no street but how far something is."""


def _is_name(surface: str, reference: Reference) -> bool:
    """Whether what ends like a venue is a person's name with its particle: 서이안과."""
    return surface[:-1] in reference.names.meanings and particle_chain(surface[-1], surface[-2]) is not None


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


_VENUE_END = re.compile(rf"(?:{_VENUE_ENDINGS})$")
_ONE_OF_MANY_THERE = re.compile(
    r"의 (?:한 |[‘'“]|(?:[가-힣]+ )?[가-힣]+(?:하우스|농장|농가|마을회관|식당|카페|가게|점포|공장|창고|주택|과수원|목장|양식장)에서)"
)
_NO_PLACE = re.compile(
    r"(?:콘서트|마라톤|마켓|페스티벌|페스타|축제|대회|위원회|협회|재단|선수권|리그|[가-힣]컵|영화제|영화상"
    r"|시상식|어워즈|어워드|대상|산악회|동호회|동아리|동창회|향우회"
    r"|연휴|휴가|방학|주말|평일|명절|기간|시즌|성수기|비수기|막차|첫차|타이밍|연차|반차)$"
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
    while len(words) > 1 and (words[0] in NOT_PART_OF_NAME or reference.is_place(words[0], _REGIONS) or QUARTER.search(words[0])):
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
    known = known or is_no_station(name) or _is_name(last, reference)  # 상대역 배우
    if known or len(name) < 2 or last in NOT_PART_OF_NAME or last in ("일대", "일원") or _NO_PLACE.search(name):
        return end
    acts = acts_at(text, end) or _ONE_OF_MANY_THERE.match(text, end) is not None
    like_a_venue = len(name) > 2 and _VENUE_END.search(name) is not None
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
_HELD = re.compile(
    r"(?:[^.!?\n]{0,20}?)(?:열린|열리|열렸|열고|열었|열어|개최|거행|가졌|치렀|진행된|진행됐|"
    r"마셨|마시고|먹었|먹고 왔|샀[다는어]|묵었|1박|머물렀|시술|커트|진료|부딪|충돌|추락|발생|쏟아졌|난 (?:불|산불|화재|사고)|빚었|배웠|"
    r"진행하|펼쳐진|펼쳐졌|개막|막을 올|치러|촬영|베일을 벗|상영|이뤄진|찍힌|찍은|엄수|만난|녹화|했고|했어|했는데|팬사인회|팬미팅|콘서트)"
)
_VISITED_THERE = re.compile(r" ?(?:[가-힣]+ )?(?:찾|방문|다녀|들렀)")  # 상계동 희망촌을 찾아
_WENT = re.compile(r" ?(?:[가-힣]+ )?(?:다녀왔|다녀옴|다녀온|방문했|들렀|들러서)")


def _held_at(text: TextField, spans: list[tuple[int, int, str]], reference: Reference) -> list[tuple[int, int, str]]:
    """Names of places that no list holds: nouns before 에서 where something was held (도쿄 제프 하네다에서 열린다)."""
    found: list[tuple[int, int, str]] = []
    visited = [word for word in text.words if word.josa in _JOSA_OF_HELD and word.nominal]
    if not visited:
        return found
    taken = merged((begin, end) for begin, end, _ in spans)
    ends, listed = {end for _, end, _ in spans}, {end for _, end, form in spans if form}
    for word in visited:
        if word.josa == "에서":
            acts = _HELD
        elif word.stem_end - word.begin > 2:
            acts = _VISITED_THERE if word.begin - 1 in listed else _WENT
        else:
            continue
        if not acts.match(text.text, word.end, word.end + 32):
            continue
        surface = text.text[word.begin : word.stem_end]
        floor = _FLOOR_BEFORE.search(text.text[max(0, word.begin - 12) : word.begin])
        if floor is not None and word.begin - len(floor.group()) in ends:
            continue  # 더현대 서울 지하 2층 아이코닉존에서
        free = not touched(taken, word.begin, word.stem_end)
        usable = len(surface) > 1 and surface not in NOT_VENUES and surface not in NOT_HELD and not _NO_PLACE.search(surface)
        usable = usable and not _COUNTED.match(surface) and not one_of_many(surface)
        known = (
            surface in reference.kind_words.meanings
            or surface in reference.names.meanings
            or surface in reference.occupations
            or (surface in reference.common_words and word.begin - 1 not in ends)
        )
        if text.text.endswith(("한 ", "의 ", "모 ", "개 "), 0, word.begin):
            continue  # 제주의 한 목장에서: any farm; 1310개 시험장에서: many
        if free and usable and not known:
            found.append((word.begin, word.stem_end, ""))
    return found


_FLOOR_BEFORE = re.compile(r" (?:지하 ?|B)?\d{1,2}층 $")
_COUNTED = re.compile(r"\d+(?:열|층|번|회|차|화|위|구역|인|명|호차|호|대|월|일|년|km|㎞|m|킬로|미터|분|시간)")
"""Seats, floors and the like: 8열에서 찍은, 8km쯤에서."""
_JOSA_OF_HELD = frozenset(("에서", "에", "을", "를"))
