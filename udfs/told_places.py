"""Places by the words beside their names: 호텔 or 카페 before them, 점 or a floor behind them, 인근에서, 장소:."""

from __future__ import annotations

import re

from udfs.korean_particles import split_particle
from udfs.korean_words import words_by_rule
from udfs.post_text import Reference
from udfs.word_lists import COUNTING, DETERMINERS, NOT_HELD, NOT_PART_OF_NAME

_HOTEL_FIRST = re.compile(
    r"(?<![가-힣A-Za-z0-9])((?:호텔|스튜디오|카페|갤러리|메가박스|롯데시네마|CGV|씨네큐|클럽) "
    r"(?!앱|회원|예매|공식|밖|안|앞|옆|뒤)[가-힣A-Za-z0-9]{1,8}"
    r"(?:(?<![은는]) (?:여의도|강남|서울|명동|홍대|코엑스|용산|부산|성수|월드타워|잠실|청담|제주|광화문|동대문|건대입구|속초|강릉|여수|"
    r"경주|전주|인천|송도|대구|대전|수원|판교|광교|해운대|서귀포|중문|평창|통영|거제|울산)(?:점)?)?)"
)
_BRANCH = re.compile(
    r"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z0-9]*(?:시네마|극장|메가박스|CGV|씨네큐|백화점|아울렛|몰|서점|문고|스토어) [가-힣A-Za-z0-9]{1,8}점"
    r"|(?:CGV|메가박스|롯데시네마|씨네큐)(?!에[서는선 ]|으로|에$|까지|부터)[가-힣A-Za-z]{2,8}?"
    r"(?=(?:에서|에|을|를|으로|로|의|은|는)?(?:[^가-힣A-Za-z]|$)))"
)
_OF_REGION = re.compile(
    r"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z0-9]{1,10}) ([가-힣]{2,5}?)(?:\d{1,2}호)?점"
    r"(?=(?:에서|에서는|에|은|는|이|을|의|으로|까지|이에요|입니다)?(?![가-힣A-Za-z0-9]))"
)
"""A branch that is called by its town or quarter: 소금다락 송파점."""
_NUMBERED = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?!우리|여기|이곳|저기|근처)([가-힣A-Za-z]{2,10}(?<![은는을를])) (?:\d{1,2}호점|본점|직영점|[가-힣]{2,4}본점)"
    r"(?=에서(?![가-힣])|에 (?:[가-힣]+ ){0,2}?(?:들렀|들러|갔|다녀|방문|도착|앉)|(?:을|를) (?:찾|방문))"
)
"""A shop with its number among those of its name: 송정떡갈비 1호점에 들렀다."""
_AROUND = re.compile(
    r"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z0-9]{2,10}) (?:(?:정상|입구|정문|후문) )?(?:인근|일대|일원|부근)(?: (?:해상|앞바다|도로|야산|"
    r"공터|상가|골목|주택가))?(?:에서|서|에|를|을)(?![가-힣])"
    r"|(?<![가-힣A-Za-z0-9])([가-힣]{1,4}(?:산|봉|대|고단|대피소)) 정상(?:에서|에 오|에 서|에 섰|에 닿"
    r"|에 도착|에 올|을 밟|까지|은|석|[!.]| 도착| 인증|에 (?:[가-힣\d]+ ){1,5}?(?:닿|도착|올랐|섰))"
)
_KIND_FIRST = re.compile(
    r"(?:공방|서점|책방|찻집|다방|빵집|술집|꽃집|떡집|화실|미용실|스테이|펜션) ([가-힣A-Za-z0-9]{2,8})(?=에서(?![가-힣])|에 (?:다녀|"
    r"들렀|갔)|(?:을|를) 찾)"
)
_CLIMBED = re.compile(
    r"(?<![가-힣])(?!재산|생산|예산|계산|유산|자산|결산|출산|확산|분산|하산|입산|등산)([가-힣]{1,4}(?:산|봉|오름))(?:에|을|"
    r"를) (?:[가-힣]+ )?(?:올랐|오른|오르|올라)"
)
_WALKED_SIGN = re.compile("등산|산행|등반|둘레길|종주|트레킹|하이킹|백패킹|정상|눈꽃|단풍|물놀이")
_WALKED = re.compile(
    r"(?<![가-힣])(?!부동산|등산|하산|입산|야산|뒷산|앞산|동산|재산|가을산|겨울산|여름산|봄산|명산|설산|민둥산|우산|가산|유산|생산|북산)"
    r"([가-힣]{1,4}(?:산|오름|계곡|폭포|둘레길)) (?:[가-힣]{1,4} )?"
    r"(?:등산(?!로|객|복|화)|산행|등반|둘레길|종주|트레킹|하이킹|백패킹|일출 ?산행|야간 ?산행|정상 ?(?:정복"
    r"|도전|인증)|눈꽃|단풍 ?구경|물놀이)"
)
"""A mountain before what one does there: 누리산 등산 후기."""
_QUARTER = re.compile(
    r"(?<![가-힣])([가-힣]{1,4}[시군구]) ([가-힣]{1,4}(?:읍|면|동|리))"
    r"(?=(?:에서|의|에 (?:있는|위치한|자리한))(?![가-힣])| 일대| 일원"
    r"| (?:[가-힣\d]+ ){0,3}?[가-힣]*(?:공장|창고|주택|아파트|상가|건물|빌라|오피스텔"
    r"|야산|농가|축사|도로|교차로|비닐하우스|컨테이너|해상|앞바다)(?:에서|서 ))"
)
"""A quarter behind its town: 강릉시 옥계면에서, 군산시 오식도동 판유리 공장에서."""
_WARDS = frozenset(("중구", "동구", "서구", "남구", "북구"))
"""Parts that many cities have, which only stand behind their city: 인천 동구 만석동."""
_BARE_QUARTER = re.compile(
    r"(?<![가-힣])([가-힣]{2,4}) ([가-힣]{1,4}(?:읍|면"
    r"|리))(?= (?:[가-힣]{1,6}(?<![은는이가을를]) )?[가-힣]{1,6}에서(?![가-힣])|(?:에서|의)(?![가-힣]))"
)
"""A village behind its town: 서귀포 위미리 귤밭에서."""
_FLOOR = re.compile(
    r"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z]{2,12}) (?:지하 ?|B)?\d{1,2}층(?: [가-힣]{2,6})?(?:에서|에 마련|에 문을|에 위치|에 차려)"
)
_SAID = re.compile(
    r"(?:(?:장소|위치|어디서|어디|오시는 곳|(?<![가-힣])(?:열리는 |모이는 |만나는 )?곳) ?[:：]|\[(?:장소"
    r"|위치|곳)\]|(?:^|\n)[^가-힣\n]{1,4}(?:장소|곳)|📍"
    r"|(?:^|\n)(?:장소|곳|어디서|어디|위치)(?= ))"
    r" ?([가-힣A-Za-z0-9][가-힣A-Za-z0-9&·~ ]{1,24}?)(?= ?(?:[/,(\n.]|입니다|이다|$))"
)
_IS_THE_PLACE = re.compile(
    r"(?<![가-힣])(?:장소|위치)(?:는|은) (?:[가-힣]{2,5} ){0,3}?(?!기존|종전|그대로|추후|미정|동일|비공개)"
    r"([가-힣A-Za-z0-9]{3,14}?)(?<![니이었였])(?=(?:이다"
    r"|다|입니다|이에요|예요|이고|이며|이었|였)(?:[ .,!]|어|는|다|고|습))"
)
"""A name that a sentence calls the place: 입대 장소는 경남 창원 해군교육사령부다."""
_SAID_SIGN = re.compile("장소|위치|📍|어디|곳 ?[:：\\]]|(?:^|\n)곳 |곳 ")
_BARE_FLOOR = re.compile(r" \d{1,2} ?[·,~] ?\d{1,2}$| ?(?:지하 ?|지상 ?|B)?\d{1,2}(?: ?[·~∼-] ?\d{1,2})?층(?: 전관| 전체| 일대)?$")
"""At the end of a label's line: the floor alone is no part of a name (그라운드문 2·3층)."""
_AT = re.compile(
    r"(?<![A-Za-z0-9._])@ ?([가-힣][가-힣A-Za-z0-9]{1,11}(?: (?:[가-힣]{1,4}점|본점|홀|망원|성수|홍대|강남|합정|연남))?)(?=[\s.,!)]|$)"
)
"""@마루아트홀, in blogs; accounts are written in Latin letters."""
_HOTEL_SIGN = re.compile("(?:호텔|스튜디오|카페|갤러리|메가박스|롯데시네마|CGV|씨네큐|클럽) ")
_SOLD_THERE = re.compile(
    r"(?:라떼|라테|에이드|커피|유자차|대추차|생강차|아이스크림|빙수|케이크|디저트|음료|메뉴|쿠폰|가격|커피값)$"
    r"|^(?:창가|테라스|창업|축제|투어|생방송|문|\d층|개점|행사|거리)$"
)
"""Behind 카페, 클럽 and the like what these sell, have or do, which is no name."""
_CLOSES = re.compile(
    r"[,.!?)\]~]|\s*$|\n| (?:포토존|\d층|본점|메뉴|후기|방문|사장님|창가|영업|주차"
    r"|컵홀더|디저트|라떼|커피|테라스|루프탑|마당)"
)
"""Behind a name that has no particle: 카페 모퉁이, 카페 느린파도 2층."""
_TOWNS = frozenset(("city", "district"))
_VILLAGE_SIGN = re.compile("[읍면리](?: |에서|의)")
_KIND_SIGN = re.compile("(?:공방|서점|책방|찻집|다방|빵집|술집|꽃집|떡집|화실|미용실|스테이|펜션) ")
_BRANCH_SIGN, _AROUND_SIGN = re.compile("점|CGV|메가박스|롯데시네마|씨네큐"), re.compile("인근|일[대원]|부근|정상")
"""What every match of `_HOTEL_FIRST`, `_KIND_FIRST`, `_BRANCH` and `_AROUND` holds: where it is missing they, slower to find, need not be
looked for."""


def told_as_places(whole: str, reference: Reference) -> list[tuple[int, int]]:
    """Names that the words beside them make places: 카페 봄날, 장소: 한강, CGV 용산점, 남산 인근에서, 더현대 5층에서."""
    spans: list[tuple[int, int]] = []
    for match in _HOTEL_FIRST.finditer(whole) if _HOTEL_SIGN.search(whole) else ():
        last = match.group(1).split(" ")[-1]
        again = whole.count(match.group(1)) > 1  # 연희동 카페 고요
        if last in NOT_HELD or last in DETERMINERS or last in COUNTING or (not words_by_rule(last)[0].nominal and not again):
            continue  # 카페 들어갔다, 카페 입구
        split = split_particle(last)
        if _SOLD_THERE.search(last[: split.length]):
            continue  # 온실 카페 유자차
        whole_name = len(split.josa) == 1 and len(last) > 2 and _CLOSES.match(whole, match.end(1)) is not None
        spans.append((match.start(1), match.end(1) - (0 if whole_name else len(last) - split.length)))
    if "@" in whole:
        spans += [match.span(1) for match in _AT.finditer(whole) if not _is_other_word(match.group(1), reference)]
    if _SAID_SIGN.search(whole):
        said = (match.span(1) for match in _SAID.finditer(whole))
        spans += [(begin, _without_floor(whole, begin, end)) for begin, end in said]
        spans += [match.span(1) for match in _IS_THE_PLACE.finditer(whole) if not _is_other_word(match.group(1), reference)]
    if "점" in whole:
        spans += [match.span() for match in _NUMBERED.finditer(whole) if not _is_other_word(match.group(1), reference)]
        spans += [match.span() for match in _OF_REGION.finditer(whole) if _is_branch(match, reference)]
    if _BRANCH_SIGN.search(whole):
        spans += [match.span(1) for match in _BRANCH.finditer(whole)]
    if _AROUND_SIGN.search(whole):
        around = [match.span(match.lastindex or 1) for match in _AROUND.finditer(whole)]
        spans += [span for span in around if not _is_other_word(whole[slice(*span)], reference)]
    if _KIND_SIGN.search(whole):
        spans += [match.span(1) for match in _KIND_FIRST.finditer(whole) if not _is_other_word(match.group(1), reference)]
    for match in _QUARTER.finditer(whole) if "시 " in whole or "군 " in whole or "구 " in whole else ():
        town = match.group(1) in reference.places.meanings or (
            match.group(1) in _WARDS and reference.is_place(whole[: match.start()].rstrip().rpartition(" ")[2], _TOWNS)
        )
        spans += [match.span(2)] if town and match.group(2) not in reference.places.meanings else []
    for match in _BARE_QUARTER.finditer(whole) if _VILLAGE_SIGN.search(whole) else ():
        known = match.group(2) in reference.places.meanings or _is_other_word(match.group(2), reference)
        spans += [match.span(2)] if not known and reference.is_place(match.group(1), _TOWNS) else []
    if _WALKED_SIGN.search(whole):
        spans += [match.span(1) for match in _WALKED.finditer(whole) if not _is_other_word(match.group(1), reference)]
    if "올" in whole or "오르" in whole or "오른" in whole:
        spans += [match.span(1) for match in _CLIMBED.finditer(whole)]
    if "층" in whole:
        spans += [match.span(1) for match in _FLOOR.finditer(whole) if match.group(1) not in NOT_PART_OF_NAME]
    return spans


def _without_floor(whole: str, begin: int, end: int) -> int:
    floor = _BARE_FLOOR.search(whole, begin, end)
    return floor.start() if floor is not None and floor.start() > begin else end


def _is_branch(match: re.Match[str], reference: Reference) -> bool:
    """Whether a name stands before the region of a branch: no particle, verb or general word."""
    name, region = match.group(1), match.group(2)
    of_name = not _is_other_word(name, reference) and name not in DETERMINERS and name not in NOT_HELD
    return of_name and reference.is_place(region, _TOWNS) and not split_particle(name).josa and words_by_rule(name)[0].nominal


def _is_other_word(name: str, reference: Reference) -> bool:
    return name in NOT_PART_OF_NAME or name in reference.names.meanings or name in reference.common_words
