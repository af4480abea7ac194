"""Names of shops that no list holds: in quotation marks, behind the kind of shop, by their ending, in the title of a review."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.gazetteer import without_overlaps
from udfs.korean_words import words_by_rule
from udfs.post_text import Reference, TextField
from udfs.reviewed_shops import QUARTER
from udfs.word_lists import NOT_HAIRDRESSERS, NOT_VENUES

KIND_OF_SHOP = re.compile(
    r"(?:(?:맛|빵|술|밥|고깃|국수|국숫|파스타|횟|분식|디저트|커피|꽃|피자|김밥|국밥|치킨|떡|만두|갈비|곱창|막창|라멘|초밥|냉면|족발|순대)집"
    r"|(?<![팬맘])(?<!다음 )(?<!네이버 )카페|식당"
    r"|레스토랑|브런치|비스트로|베이커리|다이닝|스테이|숙소|펜션|게스트하우스|민박|서점|책방|미용실|헤어숍|헤어샵|공방|찻집|국밥|세탁소|보호소|쉼터|다방|살롱)"
    r"(?:인|인데)? [‘'“\"]?$"
)
_VISITED = re.compile(
    r"[’'”\"](?:에|을|를|에서|으로|로)? ?(?:[가-힣\d]+ ){0,5}?(?:다녀|방문|들렀|들러|가 ?봤|갔|찾아갔|도착|먹었|먹고"
    r"|1박|\d박|재방문|가세요|후기|리뷰)"
)
_SHOP_ENDINGS = "국수|식당|키친|반점|면옥|분식|다이닝|베이커리|제과점|국밥|횟집|포차|주점|피자|김밥|순대|족발|냉면|바버샵"
_BEHIND_KIND_OF_SHOP = re.compile(
    r"(?<=집 )([가-힣A-Za-z0-9]{2,8}?)(?=[.!,\n]|에 |에서 |에요|이에요|예요|입니다|이라는|라는|이라고|라고|$)"
    rf"|(?<![가-힣A-Za-z0-9])([가-힣]{{1,6}}(?:{_SHOP_ENDINGS}))"
    r"(?=에 (?:[가-힣]+ )?(?:다녀|들렀|들러|갔|가 ?봤)|[을를] (?:[가-힣]+ )?(?:찾|방문))"
    r"|(?<=들른 곳은 |찾은 곳은 |문한 곳은 |녀온 곳은 |먹은 곳은 |향한 곳은 "
    r"|들른 집은 |찾은 집은 |문한 집은 |녀온 집은 |먹은 집은 )(?:바로 )?"
    r"([가-힣A-Za-z0-9]{3,10}?)(?=이에요|이었|예요|였|입니다|이다)"
    r"|(?<=곳이 )([가-힣A-Za-z0-9]{2,10}?)(?=이에요|이었|예요|였|입니다)"
)
_KIND_OF_SHOP_SIGN = re.compile("|".join(("집 ", "곳이 ", "[곳집]은 ", *(f"{ending}(?:에|을|를) " for ending in _SHOP_ENDINGS.split("|")))))
"""What every match of `_BEHIND_KIND_OF_SHOP` holds."""
_SHOWN_THERE = re.compile(
    r"[’'”\"] (?:[가-힣]+ )?(?:팝업|콘서트|공연|전시|촬영|커밍순|팬미|팬콘|팬싸|콘|뮤지컬|연극|영화|앨범|투어|북토크|낭독"
    r"|자첫|자둘|자셋|총막|낮공|밤공|첫공|막공|관극|관람|시사회|회전|페어|캐스팅|넘버|정주행|본방|N차|방청|녹화|공개 ?방송|생방송"
    r"|(?:\d{1,2}|첫|마지막|최종) ?[회화](?![가-힣])|첫 ?방|막방|시즌 ?\d)"
)
_LOCATED = re.compile(r"(?:안쪽|골목|근처|옆|앞|뒤|끝|층|길|동|역|시장|가|로)에 (?:있는|위치한|자리한|자리 잡은|숨은) [‘'“\"]$")
_KIND_FIRST = re.compile(r"(?:카페|식당|책방|서점|공방|펜션|갤러리|다방|살롱|게스트하우스|스테이) [가-힣A-Za-z0-9]")
"""Begin of a shop's name that says what it is: ‘카페 낮잠’."""
_DISTRICT_BEFORE = re.compile(r"([가-힣]{2,5}?)의? [‘'“\"]$")


def quoted_shops(text: TextField, reference: Reference) -> list[tuple[int, int]]:
    """Names in quotation marks of shops that somebody visited: 망원동 ‘수련칼국수’에 다녀왔어요, 맛집 ‘오월의 부엌’."""
    found: list[tuple[int, int]] = []
    for begin, end in text.quoted:
        before, surface = text.text[max(0, begin - 16) : begin], text.text[begin:end]
        district = _DISTRICT_BEFORE.search(before)
        in_district = district is not None and (
            QUARTER.search(district.group(1)) is not None
            or any(place.kind == "district" for place in reference.places.meanings.get(district.group(1), ()))
        )
        visited = _VISITED.match(text.text, end) is not None and surface not in reference.names.meanings
        in_district = in_district and district is not None and district.group(1) not in reference.names.meanings
        in_district = in_district and district is not None and district.group(1) not in reference.common_words  # 문구 ‘...’
        shown = _SHOWN_THERE.match(text.text, end) is not None
        located = _LOCATED.search(before) is not None and surface not in reference.names.meanings
        if (
            KIND_OF_SHOP.search(before) or _KIND_FIRST.match(surface) or ((in_district or visited or located) and not shown)
        ) and not without_overlaps(reference.kind_words.find(surface)):
            found.append((begin, end))
    return found


def _shops_by_kind(text: TextField, reference: Reference) -> list[tuple[int, int]]:
    """Names of shops that no mark encloses: 파스타집 파란대문, 을지로 두레국수에 갔어요."""
    found: list[tuple[int, int]] = []
    for match in _BEHIND_KIND_OF_SHOP.finditer(text.text) if _KIND_OF_SHOP_SIGN.search(text.text) else ():
        surface, (begin, end) = match.group(), match.span()
        if surface in reference.common_words or surface in reference.names.meanings or surface in NOT_VENUES:
            continue
        behind_kind = KIND_OF_SHOP.search(text.text[max(0, begin - 16) : begin]) and words_by_rule(surface)[0].nominal
        if behind_kind if match.lastindex == 1 else end - begin > 2:
            found.append((begin, end))
    return found


_BESIDE_PLACES = re.compile(
    r"(?:출구|근처|부근|인근|뒷골목|골목|골목 안|맞은편|건너편|옆|안쪽|사거리|삼거리"
    r"|입구|초입|\d층|\d길|먹자골목|시장 안|역 앞|[로길] ?\d{1,3})"
    r"(?: (?:작은|숨은|오래된|조용한))?[ ,] ?"
    r"(?P<name>[가-힣]{1,7}(?:옥|당|정|각|루|관|집|회관|식당|국수|면옥|반점|곰탕|국밥|분식|다방|상회|제과|헤어|미용실|다실|카페))"
    r"(?=[.!](?=\s|$)|\n|$)"
)
"""A shop in a sentence that only says where it is: 을지로3가 4번 출구 뒷골목 광복옥."""
_HAIR_ENDINGS = "헤어|네일|살롱|뷰티|에스테틱|바버샵"
_HAIRDRESSER = re.compile(
    rf"(?:(?<=[가-힣] )|^)(?P<name>[가-힣A-Za-z]{{1,6}}(?:{_HAIR_ENDINGS}))"
    r"(?= (?:[가-힣]{1,4} )?(?:쌤|선생님|원장|실장|디자이너|부원장|후기|리뷰|방문|다녀|예약|추천|내돈내산))"
)
"""A hairdresser's named before those who work there: 부천 모이헤어 미소 쌤."""
_HAIR_END = re.compile(rf"(?:{_HAIR_ENDINGS})$")
_SIGN_OF_SHOP = re.compile(rf"출구|근처|부근|인근|골목|맞은편|건너편|옆|안쪽|거리|입구|초입|층|길|시장|역 앞|로 ?\d|{_HAIR_ENDINGS}")
"""What every match of `_BESIDE_PLACES` and `_HAIRDRESSER` holds."""


def _shops_by_place(text: TextField, reference: Reference) -> list[tuple[int, int]]:
    """Shops in a sentence that only says where they are, hairdressers before those who work there."""
    found = []
    for pattern in (_BESIDE_PLACES, _HAIRDRESSER) if _SIGN_OF_SHOP.search(text.text) else ():
        for match in pattern.finditer(text.text):
            surface = match["name"]
            kind = _HAIR_END.sub("", surface)
            known = surface in reference.common_words or surface in reference.names.meanings or surface in NOT_VENUES
            if len(surface) > 2 and kind and kind not in NOT_HAIRDRESSERS and not known:
                found.append(match.span("name"))
    return found


def named_shops(fields: Sequence[TextField], reference: Reference) -> set[str]:
    """Shops that a post calls shops at one place without quotation marks; it may name them again anywhere."""
    return {text.text[slice(*span)] for text in fields for span in (*_shops_by_kind(text, reference), *_shops_by_place(text, reference))}
