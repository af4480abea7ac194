"""People who share a name with a celebrity: others' titles, trades and kin beside a name, animals that are called by it."""

from __future__ import annotations

import re

from udfs.korean_particles import split_particle
from udfs.korean_words import SURNAMES
from udfs.post_text import Reference
from udfs.word_lists import CITIZENS

_TITLE_BEHIND = re.compile(
    r"(?:\(\d{1,3}\))?\s*"
    r"(?:[가-힣]{2,8}(?:대|대학교|병원|연구소|실|당|청|협회|공단|재단|은행|증권|위원회|센터|모금회|본부) )?([가-힣A-Za-z0-9]+)"
)
_CITIZEN = re.compile(r"\(\d{1,3}\) ?씨")


_BEHIND_TRADE = re.compile(rf"(?<![가-힣])([가-힣]{{2,8}}) [{SURNAMES}]([가-힣]{{1,2}})(?=[^가-힣]|[은는이가을를의과와도]|에게|씨|$)")


def called_by_given_name(text: str, forms: set[str], reference: Reference) -> list[str]:
    """Names by which a text goes on to call people of other surnames: 소설가 임가을을 만났다. 가을은 ...

    Args:
        text: a field.
        forms: names of the list that the post seems to hold.
        reference: the lists.
    """
    found = []
    for match in _BEHIND_TRADE.finditer(text) if forms else ():
        full = match.group(0).rpartition(" ")[2]
        trade = match.group(1)
        is_trade = trade in reference.occupations or trade in reference.other_titles or _OTHER_TRADE.match(trade + " ") is not None
        given = next((form for form in (match.group(2), match.group(2)[:-1]) if form in forms), "")
        if is_trade and given and full[: len(given) + 1] not in reference.names.meanings:
            found.append(given)
    return found


_NAMED_PETS = re.compile(r"(?:마리|강아지|고양이|유기견|유기묘|반려견|반려묘|새끼|댕댕이)[가-힣 ]{0,12}?이름은 ([^.!?\n]{1,40})")


def pets(text: str) -> list[str]:
    """Names that a text gives to animals: 세 마리의 이름은 하루, 봄, 그리고 우주."""
    return [word for match in _NAMED_PETS.finditer(text) for word in re.findall(r"[가-힣]+", match.group(1))] if "이름은" in text else []


def has_other_title(after: str, reference: Reference) -> bool:
    """Whether a title of people whom no list names stands behind a name: 백도윤 교수, 이지은 연구원, 백도윤 한밭대 교수팀."""
    match = _TITLE_BEHIND.match(after)
    word = match.group(1) if match is not None else ""
    if _CITIZEN.match(after):
        return True  # 주인 정가온(44) 씨
    titles = (word[: split_particle(word).length].removesuffix("님"), word.removesuffix("팀"))
    return any(title in reference.other_titles or title.endswith(_OFFICES) for title in titles)


_OFFICES = (
    "대변인", "국회의원", "시의원", "위원장", "부장판사", "연구원장", "연구원", "연구위원", "연구관", "연구사", "학예사", "전문의",
    "센터장", "본부장", "사무국장", "조합장", "주무관", "사무관", "서기관", "사육사", "조련사", "해설사", "복지사", "상담사", "영양사",
    "조리사", "기관사",
    "승무원", "집배원", "활동가", "조합원", "구급대원", "소방대원", "봉사자", "학생", "어린이",
)  # fmt: skip
"""What titles end with that have more before: 책임연구원, 수석연구위원."""
_TITLED = re.compile(r"([가-힣]{2,8}) $")


_AT_SPORT = re.compile(
    r"(?:배구|농구|축구|야구|핸드볼|탁구|배드민턴|컬링|유도|수영|양궁|육상|펜싱|역도|태권도|쇼트트랙|테니스|하키|골프)"
    r"(?: [가-힣A-Z]{2,8})? $|(?:스킵|세터|리베로|골키퍼|미드필더|스트라이커|포워드|가드|유격수|외야수|포수) $"
)
"""Before athletes, whom the list does not have: 여자배구 현대건설 이지은(가운데)."""
_ATHLETE = re.compile(r"(?:체육회|시청|군청|구청|도청|공사|은행|가스공사|항공) $")


def is_citizen(before: str, after: str, reference: Reference) -> bool:
    """Whether a trade that no list of the news' people has stands before a name: 화가 강산 씨, 직원 최유리 씨."""
    if re.search(r"학년 $", before) and re.match(r" [양군](?![가-힣]{2})", after):
        return True
    if _ATHLETE.search(before[-6:]) and re.match(r"\(\d\d\)", after):
        return True  # 경북체육회 이지은(22)
    if _AT_SPORT.search(before[-20:]):
        return True
    match = _TITLED.search(before[-10:])
    if match is None or not re.match(r" ?씨(?![가-힣]{3})", after):
        return False
    return match.group(1) in reference.other_titles or match.group(1) in CITIZENS or match.group(1).endswith(_OFFICES)


_OTHER_TRADE = re.compile(
    r"(공격수|수비수|미드필더|골키퍼|수문장|투수|포수|타자|내야수|외야수|유격수|골퍼|세터|리베로|국가대표|"
    r"사진가|사진작가|화가|서양화가|한국화가|동화 ?작가|그림책 ?작가|소설가|시인|수필가|극작가|평론가|번역가|조각가|도예가|공예가|"
    r"서예가|건축가|아나운서|앵커|기상캐스터|리포터|쇼호스트|"
    r"셰프|요리사|제빵사|파티시에|바리스타|소믈리에|만화가|"
    r"학예사|발레리나|발레리노|무용수|무용가|피아니스트|바이올리니스트|첼리스트|성악가|소프라노|테너|지휘자)(?:인)? $"
)
"""Before a name: trades that are far from what the list's people do."""
_AND_TRADE = re.compile(r"(?:겸|이자) [가-힣]+ $")
"""The second of two trades: 배우 겸 화가 하늘."""


_TRADE_BEHIND = re.compile(
    r" ?(?:\(\d{1,2}\) ?)?(선수|아나운서|앵커|기상캐스터|리포터|쇼호스트|"
    r"화백|시인|소설가|셰프|요리사|제빵사|파티시에|바리스타|소믈리에|명창|명인|명장|지휘자|피아니스트|바이올리니스트|첼리스트|무용수)"
    r"(?:님|들)?(?=[은는이가의를을와과도에 ,.]|입니다|이[다에었]|예요|$)"
)


_ON_AIR = frozenset(("아나운서", "앵커", "기상캐스터", "리포터", "쇼호스트"))
"""Trades of those whom a list may call 방송인."""


def has_other_trade(before: str, after: str, form: str, reference: Reference) -> bool:
    """Whether a trade stands beside a name that none of its people has: 동화작가 이지은, 이지은 선수, for a singer of that name.

    Args:
        before: the text before the name.
        after: the text behind it.
        form: the name.
        reference: the lists.
    """
    match = _OTHER_TRADE.search(before[-12:])
    if match is not None and _AND_TRADE.search(before[-16:]):
        return False
    behind = _TRADE_BEHIND.match(after) if match is None else None
    trade = match.group(1) if match is not None else behind.group(1) if behind is not None else ""
    if not trade:
        return False
    own = own_occupations(form, reference)
    return not (reference.occupations.get(trade, frozenset((trade,))) & own or (trade in _ON_AIR and "방송인" in own))


def own_occupations(form: str, reference: Reference) -> frozenset[str]:
    """Occupations of the people of a name."""
    people = [reference.celebrities[person].occupation for person in reference.names.meanings.get(form, ()) if person]
    return frozenset().union(*(reference.occupations.get(occupation, frozenset((occupation,))) for occupation in people))


def own_ids(form: str, reference: Reference) -> frozenset[str]:
    """What the list calls the occupations of the people of a name."""
    people = (reference.celebrities[person].occupation for person in reference.names.meanings.get(form, ()) if person)
    return frozenset(occupation for occupation in people if occupation)


_KIN = re.compile(
    r"(?<![가-힣])(?:조카|큰딸|작은딸|딸|딸아이|딸내미|아들|아들내미|큰아들|작은아들|손녀|손자|손주) $"
    r"|(?<![가-힣])(?:회사|직장|학교|동네|대학|고등학교|중학교|제|내|우리|저희|[우울]리 ?집|저희 집) "
    r"(?:후배|선배|동료|친구|동생|언니|오빠|형|누나|동기|사촌|막내|첫째|둘째|셋째|반장|팀장|과장|대리|총무|짝꿍|신랑|와이프|남편|아내"
    r"|강아지|고양이) $"
    r"|(?<![가-힣])(?:우리|저희|제|내) (?:반|팀|과|부서|회사|동네|학교|동아리|모임|가게|지점|사무실|학년) "
    r"(?:반장|부반장|팀장|과장|대리|총무|회장|막내|신입|인턴|짝꿍|친구|후배|선배|동기|언니|오빠|형|누나) $"
    r"|(?<![가-힣])(?:첫째|둘째|셋째|큰애|작은애)(?:는|인|가)? $"
)


_PET = re.compile(r"(?:강아지|고양이|반려견|반려묘|댕댕이|멍멍이|냥이|햄스터|앵무새|토끼) $")
_WHOSE = re.compile(r"(?:우리|저희|울|제|내|[가-힣]네|우리 ?집) [가-힣]+ $")
_WITH_IT = re.compile(r"이?(?:랑|하고|한테|와|과)(?![가-힣])")


def is_pet(before: str, after: str) -> bool:
    """Whether an animal is called by a name: 우리 강아지 하루가, 고양이 하루랑."""
    return _PET.search(before[-6:]) is not None and (_WHOSE.search(before[-14:]) is not None or _WITH_IT.match(after) is not None)


def is_kin(before: str) -> bool:
    """Whether somebody's child or friend is called by a name: 조카 지수의 돌잔치, 회사 후배 지수가."""
    return _KIN.search(before[-14:]) is not None
