"""Namesakes whom a post introduces by more than a title: family and friends, animals, staff, athletes in a report on sports."""

from __future__ import annotations

import re

_FAMILY = re.compile(
    r"아들|딸|아이|아기|애기|손녀|손자|손주|조카|동생|막내|강아지|고양이|길냥이|냥이|댕댕이|반려|종이고|마리|유기견|유기묘|새끼|입양|분양"
    r"|사장님|원장님|셰프님|실장님|대표님|할머니|마술사|선생님|아버님|어머님|이모님"
)
"""Around a name that is told: whose it is, if no celebrity's."""
_CALLED_SO = re.compile(r"이?(?:라는|란|라고 하는|라는 예쁜|라는 멋진) (?:이름|애칭)")
_NAME_IS = re.compile(r"(?:이름|성함|애칭)(?:이|은|을|도)? ?[‘'“]?$")
_NAMED_AROUND = 40
"""Characters around a name that is told in which one says whose it is."""


def is_told_name(before: str, after: str) -> bool:
    """Whether a post tells that a child, an animal or the owner of a shop has a name: 이안이라는 이름은 셰프님 아들 이름이래요."""
    if not (_CALLED_SO.match(after) or _NAME_IS.search(before[-6:])):
        return False
    return _FAMILY.search(before[-_NAMED_AROUND:]) is not None or _FAMILY.search(after[:_NAMED_AROUND]) is not None


_WHOSE_IN_BRACKETS = re.compile(
    r"(?:이?(?:가|는|를|와|랑|도))? ?[(（](?:[^()（）\n]{0,12}?(?:고양이|강아지|반려견|반려묘|댕댕이|햄스터)|[^()（）\n]{0,6}가명"
    r"|(?:제|내|우리|저희|울|회사|직장|대학|고등학교|동네)[^()（）\n]{0,8}(?:친구|후배|선배|동생|동기|언니|오빠|누나|형|남편|아내|아들|딸|조카|짝꿍)"
    r")[^()（）\n]{0,8}[)）]"
)
"""Behind a name: whose it is (막내 바다는(저희 회사 후배 이름임))."""


_IS_A_FRIEND = re.compile(
    r"이? ?(?:씨)?[은는] (?:제|저희|우리|회사|직장|대학|같은 과|고등학교|동네|군대) ?"
    r"(?:동료|친구|후배|선배|동기|언니|동생|짝꿍|이웃|사수|팀장)(?:인데|이고|예요|이에요|이다|였|이었|다\.|라서|이라)"
)


def is_explained(after: str) -> bool:
    """Whether brackets or the sentence behind a name tell that it is a friend's or an animal's: 유리 씨는 회사 동료인데."""
    if _IS_A_FRIEND.match(after):
        return True
    return ("(" in after[:4] or "（" in after[:4]) and _WHOSE_IN_BRACKETS.match(after) is not None


_AGE = re.compile(r"\(\d\d(?:세)?[)·,]")
_ON_STAGE = re.compile(r"소속사|연예계|걸그룹|보이그룹|아이돌|시청자|데뷔 \d+년|열애|예능|드라마|영화|앨범")


def is_aged_stranger(after: str, own: frozenset[str], whole: str) -> bool:
    """Whether an age stands behind a name in a post that says nothing of what its people do: 이지은(24)이 우승컵을 들어 올렸다.

    Args:
        after: the text behind the name.
        own: occupations of the people of that name.
        whole: the post.
    """
    return _AGE.match(after) is not None and _ON_STAGE.search(whole) is None and not any(word in whole for word in own)


_COMPETES = re.compile(
    r"홈런|타점|이닝|삼진|완봉|선발 ?등판|타율|결승골|선제골|동점골|쐐기골|해트트릭|어시스트|리바운드|블로킹|서브 ?에이스|세트 ?스코어"
    r"|언더파|버디|이글|[1-4]라운드|KLPGA|KPGA|LPGA|PGA|KBO|K리그|V리그|WKBL|KBL|프로배구|프로농구|프로야구|프로축구|[금은동]메달|한판승"
    r"|준결승|결승전|[가-힣]급 결승|신기록|선수권|체전|체육대회|국가대표|대표팀|구단|승점|연승|연패|역전승|끝내기|\d승|\d라운드|우승컵"
    r"|올림픽|아시안게임|월드컵|예선|본선 진출|득점|수문장|골키퍼|스트라이커|미드필더|공격수|수비수|투수|타자|세터|리베로|\d강"
)
_IN_SHOWS = re.compile(
    r"배우|가수|아이돌|그룹|방송인|코미디언|개그|모델|래퍼|연예|소속사|팬미팅|콘서트|앨범|드라마|영화|예능|뮤지컬|노래|공연|자선|열애|결혼|데뷔곡"
    r"|시구|시타|시축|시투|애국가|하프타임|치어|해설위원|중계석|직관|사회자|MC|신곡|출연"
)
_ENOUGH_SPORT = 3
"""Words of competitions, not twice the same, from which on a post without anything of shows is a report on sports."""


def reports_on_sport(whole: str) -> bool:
    """Whether a post tells of a competition and of nothing that celebrities do there: its names are athletes'."""
    return len(set(_COMPETES.findall(whole))) >= _ENOUGH_SPORT and _IN_SHOWS.search(whole) is None
