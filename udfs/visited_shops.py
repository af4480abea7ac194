"""Shops that only a blog names: by what they sell and whose they are, behind a district, before words of visits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from udfs.gazetteer import any_of
from udfs.post_text import Reference, TextField
from udfs.reviewed_shops import is_listed, is_unknown, sells
from udfs.shop_names import KIND_OF_SHOP, quoted_shops

_TRADES = (
    "설농탕|교자|회센터|방앗간|정미소|밥집|식당|상회|다방|베이커리|미용실|이용원|이발관|반점|면옥|횟집|포차|제과점|제과|책방|사진관|분식|주점|찻집|빵집|떡집|국숫집|정육식당"
    "|네일|살롱|헤어|키친|다이닝|비스트로|카페|스테이|바버샵|헤어샵|헤어숍|로스터스|로스터리|브루어스|꽃집|공방|양장점|세탁소|문방구|정육점"
)
"""How shops end that have any name before."""
_DISHES = (
    "칼국수|막국수|국수|물회|국밥|곰탕|설렁탕|냉면|만두|족발|보쌈|갈비|곱창|통닭|찐빵|호떡|김밥|순대|떡볶이|아구찜|게장|빈대떡|두부|해장국"
    "|추어탕|순댓국|백반|짬뽕|우동|라멘|돈까스|돈가스|전골|찜닭|닭갈비|매운탕|쌈밥|보리밥|팥죽|비빔밥|순두부|감자탕|부대찌개|닭발|어묵|꼬치|빙수|도넛|꽈배기|호두과자"
)
_OWNERS = (
    r"[가-힣]{1,4}네|(?:[가-힣]{1,3})?(?:할매|할머니|할머님|할아버지|할배|이모|고모|엄마|어머니|아지매|삼촌|형제|자매|부부|남매)"
    r"|(?:원조|본가|명가|시골|고향|역전|중앙|제일|형제|항구|등대)"
)
"""Whose a dish is, or what only shops are called by: it is a shop's name then (항구네물회, 할매손칼국수)."""
_SHOP = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<name>(?:(?P<stem>[가-힣]{{2,6}}?)(?:{_TRADES})|(?:{_OWNERS})(?:손|왕|참|옛날)?(?:{_DISHES})))"
    r"(?P<josa>에서|에서는|에선|에는|에|은|는|이|가|을|를|의|도|으로|로)?(?![가-힣A-Za-z0-9])"
)
_WORDS_OF_SHOPS = f"{_TRADES}|{_DISHES}".split("|")
_SHOP_SIGN = re.compile(any_of(_WORDS_OF_SHOPS))
"""What every match of `_SHOP` holds."""
_ANY_OF_THEM = re.compile(
    r"(?:동네|단골|유명|인기|근처|구내|학생|직원|기사|함바|전통|중화|골목|시장|시골|회사|학교|병원|대학가|역앞|길거리|어느|작은|새벽|심야|야외"
    r"|한옥|가정식|무한리필|프랜차이즈|고급|한식|일식|중식|양식|채식|비건|혼밥|노포|백년|오래된|생선|고기|삼겹살|갈비|국밥|국수|칼국수|냉면"
    r"|젤|손|발|패디|단발|롱|웨딩|신부|뷰티|토탈|오픈|공유|클라우드|홈|템플|북|만화|보드게임|대형|애견|루프탑|오션뷰|뷰|생일|브런치|디저트|베이커리|키즈"
    r"|룸|감성|팬|공식|네이버|다음|홀덤|스터디|고양이|강아지|방탈출|사주|타로|족욕|인터넷|파인|캐주얼|프렌치|이탈리안|코리안|모던|파스타|김치|두부|백반|해산물|장어|복어|조개|떡볶이|즉석|독립|헌|중고|그림|어린이|동물|셀프|무인|즉석|스티커|인생|흑백|증명|무료)$"
)
"""Before what a shop sells: it is one of many then (단골식당, 독립책방)."""
_SIGN_BEFORE = re.compile(
    r"(?:간판(?:에는|에|엔|은|이)?|상호(?:명)?(?:는|은|가|이)|(?:가게|식당|카페|집|술집|빵집|책방|미용실) ?이름(?:은"
    r"|이))(?: [가-힣]{1,6}){0,2} ?[‘'“\"]$"
)
"""Before what a sign says: 간판에는 ‘할매손칼국수’라고 쓰여 있고."""
_SELLS = re.compile(
    r"\d ?(?:원|천 ?원|만 ?원)(?![가-힣]{3})|안주|반찬|면발|육수|양념|한 그릇|한 상|디자이너|[가-힣]쌤|줄 서|줄을 서|번호표"
    r"|영업|오픈런|웨이팅"
)
"""Besides what reviews say: prices, what one eats."""
_TRAVEL = re.compile(
    r"(?:렌터카|렌트카|숙소|호텔|항공권|기차표|비행기|버스|기차|택시|지하철|입구|주차장|공연장|행사장|매장|팝업|맛집|식당|카페|터미널|역|공항|호캉스|투어|입장권|티켓"
    r"|캠핑장|펜션|리조트|글램핑|유람선|케이블카|체험|병원|미용실|샵|숍|현장|본점|지점|시내|근처|쪽|날|휴게소|첫공|막공|공연|콘서트|온라인|현지|사전|관광|여행|스냅|식장|회의장|KTX|SRT|ktx|srt)$"
)
"""Before words of visits what is no name: 제주 렌터카 예약."""
_UNNAMED = re.compile(r"(?:한|어느|어떤|모|작은|오래된|그|이|저|딱|의|된|는|던|은|인|할|있는|없는) ?$")
_REGIONS = frozenset(("city", "district"))
_BEHIND_REGION = re.compile(
    r" (?P<name>[가-힣A-Za-z0-9]{2,10}?)(?:에|을|를)? (?:(?:아침|오전|오후|저녁|점심|주말|평일|오픈런|벌써|드디어|겨우|일찍) )?"
    r"(?P<sign>도착(?:[!.~,했하]|$)|입장(?:[!.~,했하]|$)|웨이팅|오픈런|예약(?:[!.~,했하]|하고|$))"
)
"""Behind a city or district: 성수 스테이지35 도착했는데."""
_LOCATED = re.compile(
    r"(?:안쪽|골목|근처|옆|앞|뒤|끝|층|길|시장|사거리|입구)에 (?:있는|위치한|자리한|자리 잡은|숨은"
    r"|새로 생긴) (?P<name>[가-힣A-Za-z0-9]{2,10}?)"
    r"(?=(?:에서|에|은|는|이|가|을|를|의|이에요|예요|입니다)?(?:[ .,!\n]|$))"
)
"""A name behind where a shop is: 월정리 골목에 있는 해녀할망집."""
_LIKE_A_SHOP = re.compile(rf"[가-힣](?:{_TRADES}|{_DISHES}|집|옥|회관|가든|루|각|당|정)$")
_SOLD_AT = re.compile(r" (?P<name>[가-힣A-Za-z0-9]{3,10})에서(?: |[.,]|$)")
"""Behind a district, where a text tells of what is sold: 연남동 온더그릴에서 생일 파티."""
_ANYWHERE = re.compile(
    r"(?:집|댁|네|길|앞|가|장|실|터|방|층|점|역|항|쪽|편|곳|날|때|중|후|말|밤|촌|산|강|섬|원|관|홀|숲|밭|논|바다|해변|시장|공원|골목|거리|광장|대회|축제|행사|마켓|박람회"
    r"|여행|출장|파티|모임|결혼식|미팅|스냅|촬영|투어|페어|전시|전시회|팝업|숙소|호텔|리조트|사진관|학교|회사|병원|동네|일대|근처|시내|본사|집들이|살이|캠핑|차박|라이딩|러닝)$"
)
"""Ends of words behind a district that are no shop's name, or those of places told by other rules."""
_SIGHT = re.compile(r" (?P<name>[가-힣]{3,7})(?= |$|[,.!~(])")
_AT_SIGHT = r"(?<![가-힣]){}(?:에서|에 |를 걷|을 걷|를 걸|을 걸|를 따라|을 따라|를 한 바퀴|을 한 바퀴|를 산책|을 산책|을 둘러|를 둘러)"
"""How a text speaks of where somebody walks."""
_SPOKEN_OF = r"(?<![가-힣]){}(?:(?:은|는|이|가|에서|에|의|도)(?![가-힣])| 오픈런| 웨이팅| 예약| 도착)"
_WITH_DISTRICT = re.compile(r"(?<![가-힣A-Za-z0-9])(?P<name>[가-힣]{4,8}) (?:웨이팅|오픈런|줄 서)")
"""A shop that has its district in its name, before words of queues: 명동교자 웨이팅 40분."""
_FIRST_OF_SENTENCE = re.compile(
    r"(?:^|(?<=[.!?\n])|(?<=[.!?\n] ))(?P<name>[가-힣A-Za-z]{3,8}) (?:도착[!.,했하]|웨이팅|오픈런|예약(?:하고|했|해서| 성공"
    r"| 완료)|내돈내산)"
)
"""A name with which a sentence begins, before words of visits: 누룩당 예약하고 갔어요."""
_TITLE_SHOP = re.compile(rf"[가-힣](?:{_TRADES}|{_DISHES}|옥|회관|당|정|루|각)$")
_DROPPED_IN = re.compile(
    r"(?:들른|찾은|다녀온|발견한|애정하는|찾는|추천받은|추천해 준|소문난) (?P<name>[가-힣]{3,9}?)(?=(?:은|는|이|가|에서"
    r"|이에요|예요|입니다)?(?:[.,!\n]|$))"
)
"""A shop behind who went there: 퇴근길에 들른 엄마손칼국수."""
_WAITED_FOR = re.compile(r" (?P<name>[가-힣A-Za-z0-9]{2,10}) (?:웨이팅|오픈런|예약 ?팁|내돈내산)")
"""In a title behind a district, of a shop though its name be a word: 성수 담백 웨이팅 후기."""
_NUMBER = re.compile(r"(?<=[가-힣A-Za-z]{2})\d{1,4}$")
_IN_TITLE = re.compile(r" (?P<name>[가-힣A-Za-z0-9]{2,10}?)(?:에서|에|은|는)(?= )")
_NAMED_AGAIN = (
    r"(?<![가-힣]){}(?: (?:예약|웨이팅|원장|사장|쌤|선생님|실장|디자이너|주차|메뉴|시그니처|영업)|(?:을|를)? (?:예약|추천|찾아|방문))"
)
"""How a text goes on to speak of a shop."""


def _shops_by_trade(text: TextField, reference: Reference) -> Iterator[tuple[str, bool]]:
    """Names that nothing but a shop has, and whether the text says only there where it is: 속초 항구네물회는, 명동밥집에서."""
    whole = text.text
    for match in _SHOP.finditer(whole) if _SHOP_SIGN.search(whole) else ():
        name, stem, begin = match["name"], match["stem"], match.start()
        behind_region = any(end + 1 == begin and reference.is_place(form, _REGIONS) for _, end, form in text.places)
        if (stem and _ANY_OF_THEM.search(stem)) or is_listed(name, reference):
            continue
        if not behind_region and _UNNAMED.search(whole[max(0, begin - 4) : begin]):
            continue  # 성북동의 한 ..., 오래된 ...
        if behind_region or match["josa"] in ("에서", "에서는", "에선"):
            yield name, behind_region


def _visited(text: TextField, reference: Reference) -> Iterator[str]:
    """Unknown names behind a city or district, before words of visits: 성수 스테이지35 도착했는데."""
    for _, end, form in text.places:
        match = _BEHIND_REGION.match(text.text, end) if reference.is_place(form, _REGIONS) else None
        if match is not None and not _TRAVEL.search(match["name"]) and is_unknown(_NUMBER.sub("", match["name"]), reference):
            yield match["name"]


_KINDS_FIRST = ("헤어", "네일", "카페", "살롱", "스시")
_WORDS_OF_VISITS, _WORDS_OF_QUEUES = ("도착", "웨이팅", "오픈런", "예약", "내돈내산"), ("웨이팅", "오픈런", "줄 서")
_VISIT_SIGN, _QUEUE_SIGN = re.compile(any_of(_WORDS_OF_VISITS)), re.compile(any_of(_WORDS_OF_QUEUES))


def _sold_at(text: TextField, reference: Reference) -> Iterator[str]:
    """Unknown names behind a district where something was done, and those of which the district is a part, before words of queues."""
    for _, end, form in text.places:
        match = _SOLD_AT.match(text.text, end) if reference.is_place(form, _REGIONS) else None
        name = match["name"] if match is not None else ""
        if name and not _ANYWHERE.search(name) and not one_of_many(name) and is_unknown(name, reference):
            yield name
    for match in _FIRST_OF_SENTENCE.finditer(text.text) if _VISIT_SIGN.search(text.text) else ():
        name = match["name"]
        like_one = _LIKE_A_SHOP.search(name) is not None or name.startswith(_KINDS_FIRST)
        if like_one and not _TRAVEL.search(name) and not one_of_many(name) and is_unknown(name, reference):
            yield name
    for match in _WITH_DISTRICT.finditer(text.text) if _QUEUE_SIGN.search(text.text) else ():
        name = match["name"]
        if (
            not _TRAVEL.search(name)
            and is_unknown(name, reference)
            and (reference.is_place(name[:2], _REGIONS) or reference.is_place(name[:3], _REGIONS))
        ):
            yield name


def _sights(title: TextField, body: str, reference: Reference) -> Iterator[str]:
    """Unknown names behind a district in a title where the text is told to happen: 부산 온천천 벚꽃 ... 온천천에 벚꽃이."""
    for _, end, form in title.places:
        match = _SIGHT.match(title.text, end) if reference.is_place(form, _REGIONS) else None
        name = match["name"] if match is not None else ""
        if name and not one_of_many(name) and is_unknown(name, reference) and re.search(_AT_SIGHT.format(name), body):
            yield name


_WORDS_OF_SITES, _WORDS_OF_GUESTS = (
    ("있는", "위치한", "자리", "숨은", "새로"),
    ("들른", "찾은", "다녀온", "발견한", "애정하는", "찾는", "추천", "소문난"),
)
_LOCATED_SIGN, _DROPPED_IN_SIGN = re.compile(f"에 {any_of(_WORDS_OF_SITES)}"), re.compile(any_of(_WORDS_OF_GUESTS))


def _located(text: TextField, reference: Reference) -> Iterator[str]:
    """Names like a shop's behind where it is."""
    located = _LOCATED.finditer(text.text) if _LOCATED_SIGN.search(text.text) else ()
    dropped_in = _DROPPED_IN.finditer(text.text) if _DROPPED_IN_SIGN.search(text.text) else ()
    for match in (*located, *dropped_in):
        name = match["name"]
        if len(name) > 2 and _LIKE_A_SHOP.search(name) and not one_of_many(name) and is_unknown(name, reference):
            yield name


def _named_in_title(title: TextField, body: str, reference: Reference) -> Iterator[str]:
    """The name in a title behind a district of which the text goes on to speak as of a shop: 망원동 머리맡에서 ... 머리맡 예약."""
    for _, end, form in title.places:
        match = _IN_TITLE.match(title.text, end) if reference.is_place(form, _REGIONS) else None
        if match is not None and is_unknown(match["name"], reference) and re.search(_NAMED_AGAIN.format(match["name"]), body):
            yield match["name"]
        shop = _SIGHT.match(title.text, end) if reference.is_place(form, _REGIONS) else None
        name = shop["name"] if shop is not None and _TITLE_SHOP.search(shop["name"]) else ""
        if name and not one_of_many(name) and is_unknown(name, reference) and re.search(_SPOKEN_OF.format(name), body):
            yield name
        waited = _WAITED_FOR.match(title.text, end) if reference.is_place(form, _REGIONS) else None
        if waited is not None and not _TRAVEL.search(waited["name"]) and _is_topic(waited["name"], body, reference):
            yield waited["name"]


def _is_topic(name: str, body: str, reference: Reference) -> bool:
    """Whether a text goes on to speak of a name that means nothing else in it."""
    other = name in reference.names.meanings or name in reference.kind_words.meanings or name in reference.places.meanings
    return not other and not one_of_many(name) and re.search(rf"(?<![가-힣]){name}(?:은|는|이|가|에서|에)(?![가-힣])", body) is not None


def _behind_kind(text: str, begin: int) -> bool:
    """Whether a quotation stands behind the kind of shop: 맛집 ‘오월의 부엌’."""
    return KIND_OF_SHOP.search(text[max(0, begin - 16) : begin]) is not None


def _on_signs(text: TextField, reference: Reference) -> Iterator[str]:
    """What a sign over a door says in quotation marks."""
    for begin, end in text.quoted if "간판" in text.text or "상호" in text.text or "이름" in text.text else ():
        if _SIGN_BEFORE.search(text.text[max(0, begin - 28) : begin]) and text.text[begin:end] not in reference.names.meanings:
            yield text.text[begin:end]


def one_of_many(name: str) -> bool:
    """Whether a word only says what kind of shop one is (단골식당), whose home (친구네), or what somebody rides in (바다열차)."""
    if _KIN_OR_RIDE.search(name):
        return True
    match = _TRADE_END.search(name)
    return match is not None and _ANY_OF_THEM.search(name[: match.start()]) is not None


_KIN_OR_RIDE = re.compile(
    r"(?:^|[가-힣])(?:친구|언니|오빠|이모|고모|삼촌|할머니|할아버지|부모님|엄마|아빠|동생|누나|형님|선배|후배|사촌|동서|시누이|처남|조카)네$"
    r"|[가-힣](?:열차|버스|기차|케이블카|유람선|여객선|비행기|택시|보트|요트|곤돌라|모노레일)$"
)
_TRADE_END = re.compile(rf"(?:{_TRADES})$")
_ANY_SIGN = re.compile(
    any_of((*_WORDS_OF_SHOPS, *_WORDS_OF_VISITS, *_WORDS_OF_QUEUES, *_WORDS_OF_GUESTS, *(f"에 {word}" for word in _WORDS_OF_SITES)))
)
"""What a text holds that names a shop and neither a place of the lists nor anything in quotation marks."""


def visited_shops(fields: Sequence[TextField], reference: Reference) -> tuple[set[str], str]:
    """Shops that no list holds, and the one that a post is about, "" where it is about none.

    Args:
        fields: the post's.
        reference: the lists.
    """
    named: set[str] = set()
    about: set[str] = set()
    sold: set[str] = set()
    body = next((text for text in fields if text.name == "body"), None)
    for text in fields:
        if text.name == "caption" or not (text.places or text.quoted or _ANY_SIGN.search(text.text)):
            continue
        for name, behind_region in _shops_by_trade(text, reference):
            named.add(name)
            about |= {name} if behind_region else set()
        about |= {*_visited(text, reference), *_on_signs(text, reference), *_located(text, reference)}
        sold |= {*_sold_at(text, reference)} if text.name == "body" else set()
        if text.name == "title" and body is not None:
            named |= {*_sights(text, body.text, reference)}
            about |= {*_named_in_title(text, body.text, reference)}
            about |= {text.text[begin:end] for begin, end in quoted_shops(text, reference) if _behind_kind(text.text, begin)}
    about = about or sold
    only = about.pop() if len(about) == 1 else ""
    if only and body is not None and (sells(body.text) or _SELLS.search(body.text)):
        return named | {only}, only
    return named, ""
