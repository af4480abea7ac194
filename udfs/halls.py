"""Halls within houses: a known house's name goes as far as the hall behind it, a mountain's as far as the peak."""

from __future__ import annotations

import re

from udfs.post_text import Reference
from udfs.word_lists import NOT_VENUES, PARTS

Span = tuple[int, int, str]
_PEAK = re.compile(
    r" ([가-힣]{1,4}(?:봉|대|암|폭포|능선|대피소)|백록담|노고단)(?=(?:에서|에|을|를|까지|으로|로)(?![가-힣])|[,.!]|$|"
    r" (?:정상|일출|일몰|운해|등반|등산|산행|도전|완등|코스|후기|야간|새벽|당일|무박|단풍|상고대|설경|철쭉|정상석|인증|구간|탐방|1박))"
)
_ENDS = (
    r"(?=(?:에서|서|에|을|를|으로|로|의|은|는|이|가|과|와|도|만|입니다|이었|였|이다|이고|이며|이라|이에요|인데)?(?:[^가-힣A-Za-z0-9]|$)"
    r"|(?:이었|였|처음|은 처음|는 처음))"
)
_HALL = re.compile(
    r" (극장 ?용|프리즘타워|미디어센터|방송센터|[가-힣]{2,5}사옥|(?:LG |U\+ ?)?(?:SIGNATURE|시그니처|시그니쳐) ?홀"
    r"|U\+ ?스테이지|홀 ?[A-Z]|제?\d{1,2} ?(?:홀|관|전시장|스튜디오|경기장)"
    r"|[가-힣A-Za-z]{1,6}(?:홀|관|극장|공연장|전당|전시장|스테이지|가든|스튜디오|제작센터|마당|하우스|볼룸|룸)(?: ?\d(?!\d)(?!층))?"
    r"|[가-힣]{1,6}룸 ?\d{1,4}호|[A-Z]동|[가-힣]{2,5} ?아트리움"
    r"|[가-힣]{1,4}(?<!식)당"
    r"|(?:[가-힣]{1,4} )?(?:대|소)?강당|[가-힣\d]{0,5}(?:전시실|세미나실|회의실)(?: ?\d{1,4}호)?|\d{1,4}호실?|[가-힣]{1,6}의 방|전망대"
    r"|(?:[가-힣]{1,5}(?:문|정|각|루|탑|관|전|호|교|역) )?(?:앞|옆|내|뒤편) (?:야외 ?)?(?:특설 ?)?(?:무대|야외공연장)"
    r"|(?:중앙|야외|잔디|분수|특설|야외 특설) ?(?:광장|무대|공연장)"
    rf"|(?:오토)?캠핑장|야영장|물놀이장|눈썰매장|극장 ?\d|오디토리움|컨벤션홀|서울(?=[ ,에])){_ENDS}"
)
_FLOOR = re.compile(
    r" (?:지하 ?|B)?\d{1,2}층 ((?!팝업|특설|푸드|식품|스포츠|고객)[가-힣A-Za-z0-9]{0,7}"
    rf"(?:홀|대행사장|이벤트장|강당|센터|마당|전시실|세미나실|회의실|갤러리|스튜디오|라운지|극장|시네마"
    rf"|전시관|공연장|스테이지|살롱|룸)){_ENDS}"
)
"""A room with a name on a floor of a house: 시립도서관 3층 새만금홀. Parts that every house has belong to none (1층 광장)."""
_OF_STATIONS = re.compile(r" (?:.*(?:홀|스튜디오|제작센터|드림센터|신관|본관|별관|프리즘타워|미디어센터|방송센터|[가-힣]{2}사옥)|\d.*)$")
_MOST_PARTS = 2


def with_hall(text: str, span: Span, reference: Reference) -> Span:
    """A house together with the hall that is named behind it: 블루스퀘어 마스터카드홀, 도쿄 국제포럼 홀A, LG아트센터 서울 U+ 스테이지."""
    begin, end, form = span
    peak = _PEAK.match(text, end) if text[end - 1] == "산" else None
    if peak is not None:
        return begin, peak.end(1), form  # 북한산 백운대
    kinds = {place.kind for place in reference.places.meanings.get(form, ())}
    numbered = _NUMBERED.match(text, end) if "district" in kinds else None
    if numbered is not None:
        return begin, numbered.end(), ""  # 충무로3가
    if kinds and not kinds <= {"venue", "broadcaster"}:
        return span
    shop = _BRANCH_OF_CHAIN.match(text, end) if kinds == {"venue"} else None
    if shop is not None:
        return begin, shop.end(1), ""  # 위드뮤 AK점
    branch = _BRANCH.match(text, end) if kinds <= {"venue"} else None
    if branch is not None and reference.is_place(branch.group(1), ("district", "city")):
        return begin, branch.end(1), form  # 앤더슨씨 성수에서
    room = _FLOOR.match(text, end)
    if room is not None:
        return begin, room.end(1), form  # 아이파크몰 3층 더센터
    for _ in range(_MOST_PARTS):
        hall = _HALL.match(text, end)
        if hall is None or not _belongs(text, end, hall, kinds):
            break
        end = hall.end(1)
    return begin, end, form


_NUMBERED = re.compile(r"[1-9]가(?=[^가-힣\d]|에서|에|의|을|로|는|은|길|$)")
"""Behind a street in the middle of Seoul: one of its quarters."""
_NUMBER = re.compile(r" \d{1,4}호")
"""Of a room, behind what it is: 컨퍼런스룸 401호."""
_BRANCH_OF_CHAIN = re.compile(
    r" ([가-힣A-Za-z0-9]{1,8}(?<!상)(?<!시)(?<!장)(?<!관)(?<!초)(?<!단)점)(?=(?:에서|서|에|을|이|은|의|으로)?(?:[^가-힣A-Za-z]|$))"
)
_BRANCH = re.compile(r" ([가-힣]{2,4}?)(?=(?:에서|서|점에서|에 마련|에 문)(?![가-힣]))")


def _belongs(text: str, end: int, hall: re.Match[str], kinds: set[str]) -> bool:
    if _NUMBER.match(hall.group()) and text[end - 1] not in "룸실홀관동":
        return False
    if hall.group(1) in NOT_VENUES and hall.group(1) not in PARTS:
        return False
    if "broadcaster" in kinds and not _OF_STATIONS.match(hall.group()):
        return False
    return hall.group(1) != "서울" or text.endswith("아트센터", 0, end)


def hall_value(surface: str, form: str, house: str) -> str:
    """What a house is called together with its hall, "" for a house without one.

    Args:
        surface: the whole name as written, its city before it perhaps.
        form: the house as written.
        house: what the lists call it.

    Examples:
        >>> hall_value("서울 신라호텔 영빈관", "신라호텔", "서울신라호텔"), hall_value("벡스코", "벡스코", "벡스코")
        ('신라호텔 영빈관', '')
    """
    for name in () if surface.endswith(form) else (house, form):
        _, found, hall = surface.partition(f"{name} ")
        if found and hall:
            return f"{name} {hall}"
    return ""
