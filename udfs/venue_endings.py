"""Words that end like a venue (…아트홀, …스타디움, …백화점), which name places that no list holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.gazetteer import any_of
from udfs.place_particles import acts_at
from udfs.post_text import Reference, TextField
from udfs.stations import is_no_station
from udfs.venue_names import is_name, word_of_name
from udfs.word_lists import BUILDINGS, NOT_VENUES, PARTS

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
ANY_VENUE = re.compile(_VENUE_ENDINGS)
"""What every such word holds; as a whole word it is a venue without a name of its own: in 철원의 신병교육대 the place is 철원."""
VENUE_END = re.compile(rf"(?:{_VENUE_ENDINGS})$")
"""The end of a name that ends like a venue."""
_COLLEGE = re.compile(r"(?<![가-힣])[가-힣]{1,4}대$")


def find_venues(text: TextField, ending: int, spans: Sequence[tuple[int, int, str]], reference: Reference) -> list[tuple[int, int]]:
    """Words that end like a venue, with the venue that they are a part of.

    Args:
        text: the field.
        ending: where the first of all venues' endings (`ANY_VENUE`) begins in it.
        spans: the places that are known already.
        reference: the lists.

    Returns:
        (begin, end) of each in the field, in order.
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
            and not (ANY_VENUE.fullmatch(surface) and whole.endswith(("의 ", "의 한 "), 0, first))
            and not is_no_station(surface)
            and not (surface.endswith(_VERBAL_NOUN) and _DENIED.match(whole, end))
            and not is_name(surface, reference)
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
