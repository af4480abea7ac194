"""The shop that a review is of, by its title: behind the place where it is (을지로 두레국수, ...), or as the name that the text repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from udfs.korean_words import Word
from udfs.post_text import Reference, TextField
from udfs.titled_shops import quoted_in_title, with_branch
from udfs.word_lists import DETERMINERS, NOT_HELD, NOT_PART_OF_NAME, NOT_VENUES

QUARTER = re.compile(r"^[가-힣]{1,3}(?:동|읍|면|리|구)$")
_REVIEW = re.compile(r"후기|웨이팅|내돈내산|맛집|단골|솔직|줄 설|현지인|방문기|다녀온|다녀왔|먹고 온|먹었")
_OF_A_SHOP = re.compile(
    r"주차|메뉴|사장님|원장님|직원|웨이팅|대기|재방문|예약|맛있|짰|느끼|친절|매점|가성비"
    r"|커트|펌|커피|국물|디저트|그릇|인분"
)
_WORDS_OF_A_TITLE = 20
_SPOKEN_OF = re.compile(r"(?:에|은|는|이|가|을|를|에서|의|도)?(?: |[.,!?ㅋㅎㅠㅜ~’'\"]|$)")
_CLOSES = re.compile(r"[,!?…|(\[—–·]")
_BEHIND_DASH = re.compile(r"(?: (?:—|–|-|\|) | ?@ ?)([가-힣A-Za-z0-9]+(?: [가-힣A-Za-z0-9]+)?)$")
_BESIDE = frozenset(
    (
        "골목",
        "끝",
        "끝자락",
        "안쪽",
        "근처",
        "앞",
        "뒤",
        "옆",
        "뒷골목",
        "현지인",
        "픽",
        "인근",
        "1인",
        "한옥",
        "숨은",
        "노포",
        "동네",
        "역",
        "입구",
    )
)
"""Words between where a shop is and its name: 을지로 골목 끝 두레국수."""
_DISHES = (
    "한정식|고기|국수|칼국수|냉면|파스타|김밥|디저트|커피|국밥|치킨|피자|백반|분식|초밥|곱창|족발|보쌈|삼겹살|갈비|해장국|순댓국|"
    "만두|라멘|떡볶이"
)
_KIND_BEFORE_NAME = re.compile(
    rf"^(?:(?:브런치|디저트|북|애견|동네|고양이|강아지|키즈|만화|한옥|루프탑|오션뷰|대형|감성)?카페|(?:동네)?(?:미용실"
    rf"|식당)|[가-힣]{{0,3}}맛집|(?:[가-힣]|{_DISHES})집|서점|책방|공방|"
    rf"다방|헤어샵|헤어숍|숙소|(?:독채|커플|애견)?펜션|풀빌라|(?:한옥|독채)?스테이|게스트하우스|민박|글램핑장)$"
)
_NO_NAME = re.compile(
    r"(?:여행|투어|페스타|페스티벌|페스트|영화제|음악제|마라톤|박람회|뮤지컬|연극|전시회?|시사회|팬콘"
    r"|유람선|케이블카|열기구|서핑|캠핑|글램핑|등산|산행|후기|코스|기록|산책|나들이|야간개장|개장|야경"
    r"|불꽃놀이|점등식|당일치기|먹방|일정|리뷰|체험|명소|콘서트|팬미팅|축제|방송|공연|녹화|(?:^|생일|북"
    r"|애견|"
    r"키즈|브런치|디저트)카페|생카|팝업|사진|이야기|정리|추천|스케일링|임플란트|교정|펌|커트|염색|매직|셋팅|클리닉|네일|마사지|케어|"
    r"시술|제모|필라테스|요가|\d.*)$"
)


def reviewed_shop(fields: Sequence[TextField], reference: Reference, *, of_a_place: bool) -> set[str]:
    """The shop that a review is of, at most one.

    Args:
        fields: the post's.
        reference: the lists.
        of_a_place: whether the post comes from a service for reviews of places: its title names one though the text does not repeat it.
    """
    title = next((text for text in fields if text.name == "title"), None)
    if title is None or not title.text:
        return set()
    body = next((text.text for text in fields if text.name == "body"), "")
    told = _REVIEW.search(title.text) is not None
    bracketed = _bracketed(title, body, reference)
    if bracketed:
        return {bracketed}
    quoted = quoted_in_title(title, reference, of_a_place=of_a_place)
    if quoted and (of_a_place or _OF_A_SHOP.search(body)):
        return {with_branch(quoted, body)}
    if not of_a_place and not (told and _OF_A_SHOP.search(body)):
        return set()
    branch = _BRANCHED.search(title.text) if of_a_place else None
    name = branch.group(1) if branch is not None and branch.group(1) in body else ""
    if not name and of_a_place:
        name = _branch_of_shop(title, body)
    if not name:
        name = _behind_place(title, body, reference, of_a_place=of_a_place)
    if not name and of_a_place:
        name = _behind_dash(title, body, reference)
    if not name and of_a_place:
        name = _behind_kind(title, body, reference)
    if not name and (told or of_a_place):
        name = _repeated(title, body, reference, like_a_shop=not told)
    if not name and of_a_place:
        name = next((shop for shop in _SHOP_OF_ITS_OWN.findall(body) if is_unknown(shop, reference)), "")
    return {name} if name else set()


def _branch_of_shop(title: TextField, body: str) -> str:
    """The shop with its branch that the text names, where the title has the shop alone: 결헤어 후기 ... 결헤어 동성로점."""
    named = {title.text[word.begin : word.stem_end] for word in title.words[:_WORDS_OF_A_TITLE]}
    return next((match.group(1) for match in _BRANCHED.finditer(body) if match.group(1).split(" ")[0] in named), "")


_LIKE_A_SHOP = re.compile(
    r"(?:옥|식당|회관|반점|국수|국밥|집|당|가든|루|각|네|커피|로스터스|카페|베이커리|제과|헤어|헤어샵|살롱|다방|분식|횟집|물회|포차|"
    r"책방|서점|서재"
    r"|공방|상회|상점|스테이|펜션|면가|면옥|냉면|갈비|곱창|순대|돈까스|스시|초밥|우동|라멘|피자|버거|치킨|떡볶이|만두|칼국수|키친|"
    r"테이블|다이닝|비스트로)$"
)
"""How shops are called that sell what their names say."""


_SHOP_OF_ITS_OWN = re.compile(
    r"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z0-9]{2,8}(?:식당|반점|면옥|횟집|베이커리|헤어샵|헤어살롱|다방|책방|상회|회관|키친|다이닝|"
    r"비스트로|로스터스|제과점))"
    r"(?=(?:은|는|이|가|에서|에|을|를|의|도)(?![가-힣]))"
)
"""A name in the text that nothing but a shop has."""


def _repeated(title: TextField, body: str, reference: Reference, *, like_a_shop: bool) -> str:
    """The first name in a title that no list knows and that the text goes on to speak of.

    Args:
        title: of the review.
        body: of the review.
        reference: the lists.
        like_a_shop: whether the name has to end like one.
    """
    for word in title.words[:_WORDS_OF_A_TITLE]:
        surface = title.text[word.begin : word.stem_end]
        fits = (
            word.nominal
            and len(surface) > 2
            and not _is_shown(body, surface)
            and not _OF_A_BRAND.match(title.text, word.end)
            and (not like_a_shop or _LIKE_A_SHOP.search(surface) is not None)
        )
        if fits and is_unknown(surface, reference) and not _REVIEW.search(surface) and _speaks_of(body, surface):
            return surface
    return ""


_OF_A_BRAND = re.compile(r" ?(?:팝업|콜라보|컬래버|굿즈|전시|사진전|특별전|콘서트|공연|뮤지컬|연극|팬미팅)")
"""Behind what is shown or sold at a place that has a name of its own: 몽실베이커 팝업."""
_SHOWN = re.compile(r"[’'”\"」>》〉] ?(?:공개 ?)?(?:녹화|방청|방송|본방|공연|무대|시사|상영|콘서트|뮤지컬|연극|촬영|팝업)")


def _is_shown(body: str, name: str) -> bool:
    """Whether the text calls a name that of a programme or show: ‘웃음시장’ 녹화."""
    place = body.find(name)
    return place > 0 and _SHOWN.match(body, place + len(name)) is not None


_IN_BRACKETS = re.compile(r"[(（\[]([가-힣A-Za-z0-9]{2,10}(?: [가-힣A-Za-z0-9]{1,8})?)[)）\]]\s*$")
_WENT_THERE = re.compile(r"(?:에|에서|을|를|으로|로) ?(?:[가-힣\d]+ ){0,3}?(?:갔|다녀|들렀|들러|방문|찾|도착|먹|앉|오픈런)")


def _bracketed(title: TextField, body: str, reference: Reference) -> str:
    """The name in brackets with which a title ends, where the text goes there: 들기름막국수 오픈런 (메밀방앗간)."""
    match = _IN_BRACKETS.search(title.text)
    if match is None or not is_unknown(match.group(1), reference):
        return ""
    place = body.find(match.group(1))
    return match.group(1) if place >= 0 and _WENT_THERE.match(body, place + len(match.group(1))) is not None else ""


def _behind_kind(title: TextField, body: str, reference: Reference) -> str:
    """The name in a title behind the kind of shop (한정식집 달빛정원), where the text repeats it."""
    words = title.words[:_WORDS_OF_A_TITLE]
    for kind, word in pairwise(words):
        surface = title.text[word.begin : word.stem_end]
        behind = (
            title.text[kind.end : word.begin] in (" ", ", ") and _KIND_BEFORE_NAME.search(title.text[kind.begin : kind.end]) is not None
        )
        if behind and word.nominal and len(surface) > 1 and is_unknown(surface, reference) and _speaks_of(body, surface):
            return surface
    return ""


def _behind_dash(title: TextField, body: str, reference: Reference) -> str:
    """The name with which a title ends behind a dash, where the text repeats it: 오픈런 성공기 — 마루당 본점."""
    match = _BEHIND_DASH.search(title.text)
    if match is None or not is_unknown(match.group(1), reference):
        return ""
    return match.group(1) if "@" in match.group() or _speaks_of(body, match.group(1)) else ""


def _behind_place(title: TextField, body: str, reference: Reference, *, of_a_place: bool) -> str:
    """The name behind where the shop is, with which the title begins: 속초 동명항 옥이네, 은평구 1인 미용실 가위소리."""
    closes = _CLOSES.search(title.text)
    last = closes.start() if closes is not None else len(title.text)
    words = [word for word in title.words[:_WORDS_OF_A_TITLE] if word.end <= last]
    first = next((number for number, word in enumerate(words[:2]) if _is_where(title, word, reference)), None)
    if first is None:
        return ""
    for word in words[first + 1 :]:
        surface = title.text[word.begin : word.stem_end]
        street = surface.endswith(_STREETS) and not _speaks_of(body, surface)
        if street and word.end == last:
            return ""  # 송정역 앞 떡갈비골목, 현지인 추천집
        if street or _is_where(title, word, reference) or surface in _BESIDE or _KIND_BEFORE_NAME.search(surface):
            continue
        if word.josa in _OF_FAMILIES:
            surface = title.text[word.begin : word.end]
        if not (word.nominal or surface.endswith("네")) or not is_unknown(surface, reference) or len(surface) < 2:
            return ""
        branch = _BRANCH.match(title.text, word.end) if of_a_place and word.stem_end == word.end else None
        if branch is not None:
            return surface + branch.group()
        again = len(surface) > 2 and _speaks_of(body, surface)
        at_the_end = (
            surface.endswith(title.text[word.begin : word.end])
            and len(surface) > 2
            and (word.end == last or word.end == words[-1].end or words[-1].begin == word.end + 1)
        )
        return surface if again or (of_a_place and (at_the_end or (word.josa == "에서" and len(surface) > 2))) else ""
    return ""


def _is_quarter(word: str) -> bool:
    return len(word) < 4 and QUARTER.search(word) is not None  # 가위소리 is none


_REGIONS = frozenset(("city", "district", "foreign", "country"))
_BRANCHED = re.compile(r"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z0-9]{3,10} [가-힣]{1,7}점)(?=에서|에|을|은|의|[ ,.!]|$)")
"""A shop with its branch, 누리헤어 노원점; the text names both again."""
_BRANCH = re.compile(r" [가-힣]{1,7}점(?= |$|[,.!])")
_ENDS_OF_PLACES = ("항", "역", "길", "시장", "골목", "해변", "한옥마을")
_STREETS = ("거리", "골목", "시장", "타운", "단지", "상가")
"""Ends of where many shops are: 천안 병천순대거리 충남집."""
_OF_FAMILIES = frozenset(("네", "이네"))
"""With which names of eateries end, copula or not: 명자네."""


def _is_where(title: TextField, word: Word, reference: Reference) -> bool:
    surface = title.text[word.begin : word.end]  # 을지로 is no 을지 with a particle
    if any(place.kind in _REGIONS for place in reference.places.meanings.get(surface, ())) or _is_quarter(surface):
        return True
    return surface.endswith(_ENDS_OF_PLACES) and len(surface) < 5 and word.nominal and not word.josa


def is_listed(surface: str, reference: Reference) -> bool:
    """Whether a list knows a word."""
    known = surface in reference.places.meanings or surface in reference.common_words or surface in reference.names.meanings
    return known or surface in reference.kind_words.meanings or surface in reference.occupations


def is_unknown(surface: str, reference: Reference) -> bool:
    """Whether no list knows a word, so that it can be a shop's name."""
    known = is_listed(surface, reference) or _is_quarter(surface)
    return not known and surface not in _OTHERS and _NO_NAME.search(surface) is None and _ANY_DISH.fullmatch(surface) is None


_ANY_DISH = re.compile(
    r"(?:닭|소|돼지|양념|숯불|한우|물|비빔|잔치|장|들깨|바지락|해물|멸치|손|콩|평양|함흥|순대|콩나물|선지"
    r"|뼈|우거지|황태|북어|굴|전복|오징어|한치|모둠"
    r"|가자미|김치|고기|왕|찐|군|꼬마|충무|참치|땡초|즉석|안동|막|팥|간장|양념|해산물|매운|떡|마늘|통"
    r"|옛날|파|물회|생|돌솥|전주|메밀|들기름|꼬막|멍게|성게)*"
    r"(?:칼국수|막국수|국수|물회|국밥|곰탕|설렁탕|냉면|만두|족발|보쌈|갈비|갈비탕|갈비찜|곱창|막창|통닭"
    r"|찐빵|호떡|김밥|순대|떡볶이|아구찜|게장"
    r"|빈대떡|두부|해장국|추어탕|순댓국|순대국|백반|짬뽕|우동|라멘|돈까스|돈가스|전골|찜닭|매운탕|쌈밥"
    r"|보리밥|팥죽|비빔밥|덮밥|초밥|구이|정식|찌개)"
)
"""What is eaten, whoever sells it: 닭갈비, 바지락칼국수."""
_OTHERS = frozenset((*NOT_VENUES, *NOT_HELD, *NOT_PART_OF_NAME, *DETERMINERS))


def sells(body: str) -> bool:
    """Whether a text tells of what is sold somewhere, of queues or of who works there."""
    return _OF_A_SHOP.search(body) is not None


def _speaks_of(body: str, name: str) -> bool:
    place = body.find(name)
    return place >= 0 and _SPOKEN_OF.match(body, place + len(name)) is not None
