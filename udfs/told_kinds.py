"""Kinds of event that no word names but a sentence tells: who walks into a station goes to work there, whom a blogger met was out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.gazetteer import any_of
from udfs.post_text import Reference, Tag, TextField
from udfs.spans import touched
from udfs.told_deeds import DEEDS, first_question

Told = tuple[TextField, int, int, str]
"""A stretch of a field that tells a kind: where it begins and ends, the kind."""
_STATION = (
    r"(?:[KSE]BS|MBC|JTBC|tvN|방송국|방송센터|공개홀|신관|별관|드림센터|프리즘타워|라디오국|미디어센터|방송사)"
    r"(?: (?:목동|상암|여의도|일산|등촌동|상암동|여의도동|목동동))?(?: 사옥| 본사)?(?: \d?층)?(?:으로|"
    r"로|에|을|를|에서)?"
)
_TELL = {
    "broadcast_commute": (("고 있다", "녹화", "사녹", "방송", "리허설", "출연"), re.compile(
        rf"{_STATION} (?:[가-힣]{{1,6}} ){{0,3}}?(?:들어서|들어오|들어가|향하|도착하|나오|나서|내리|빠져나가|빠져나오|걸어가"
        rf"|걸어오|뛰어가|뛰어오|뛰어 ?들어가|달려가|달려오"
        rf"|발?걸음을 옮기|발?걸음을 재촉하|출근하|퇴근하|떠나)고 있다"
        rf"|{_STATION} [^.!?\n]{{0,30}}?(?:녹화|사녹|생방송|방송|리허설|출연)(?:을|를)? ?(?:하러|준비하러|위해|앞두고|차) "
        rf"(?:[가-힣]{{1,6}} ){{0,2}}?(?:오면서|오며|오다|오는|온|왔|들어서|들어오|들어가|도착|향하|나타나|나타났|찾은|찾았|걸어|뛰어|달려)"
        rf"|{_STATION} [^.!?\n]{{0,30}}?(?:녹화|사녹|생방송|방송|라디오|리허설)(?:에|을|를)? (?:출연|참석|참여|진행|준비)?(?:하기)? ?위해 "
        rf"(?:[가-힣]{{1,6}} ){{0,3}}?(?:들어서|들어오|들어가|도착|향하|출근하|걸어|뛰어)"
        rf"|{_STATION} (?:도착해|도착하며|들어서며|들어서다|들어가며|들어오며|걸어와|나오며|나서며|향하며) [^.!?\n]{{0,40}}고 있다"
    )),
    "airport_departure": (("공항", "터미널"), re.compile(
        r"(?:참석|출연|촬영|공연|참가|출전|홍보|활동|일정)?(?:차|을 위해|를 위해) [^.!?\n]{0,40}?(?:공항|"
        r"터미널)[가-힣\d ]{0,14}?(?:으로|로|에|을|를) "
        r"(?:들어서|들어오|들어가|향하|도착|찾|나타|나서|등장|모습)"
    )),
    "brand_event": ((" 쇼에", " 쇼를", "행사", "선포식", "발대식", "출범식", "론칭", "런칭"), re.compile(
        r"(?:브랜드|캠페인|매장|플래그십|팝업|한정판|신제품|컬렉션|컬래버|향수|앰버서더|홍보대사)[^.!?\n]{0,30}?"
        r"(?:출시|론칭|런칭|오픈|개점|캠페인|기념|공개|홍보)? ?(?:행사|이벤트|선포식|발대식|출범식|론칭쇼|런칭쇼|론칭|런칭)(?:에|에서|를) "
        r"(?:[^ .!?\n]{1,12} ){0,3}?(?:참석(?!차)|초청|초대받|초대됐|자리했|자리해|참여해|나서|등장)|"
        r"(?<=[가-힣A-Za-z’'”»] )쇼(?:에|를) (?:[가-힣]{1,8} ){0,2}?(?:참석(?!차)|초청|초대받|초대됐|자리했|관람|지켜봤|찾았|찾은)"
    )),
    "broadcast": (("출연", "나온다", "나옵니다", "찾는다", "찾아온다", "찾아옵니다"), re.compile(
        r"(?:[KSE]BS|MBC|JTBC|tvN|ENA|MBN|채널A|TV조선|CBS|YTN)(?: ?\d?TV| \d| [가-힣A-Z\d]{1,8}){0,2} ?[‘'<《][^’'>》\n]{1,24}[’'>》]"
        r"(?:에|에는|에서|에서는|을|를)? [^.!?\n]{0,40}?(?:출연합니다|출연한다|나온다|나옵니다|찾는다|찾아온다|찾아옵니다)"
    )),
    "street": (("SNS", "인스타", "스토리", "틱톡", "계정", "버블", "위버스", "팬 커뮤니티", "팬 플랫폼"), re.compile(
        r"(?:SNS|인스타그램|인스타|스토리|틱톡|계정|버블|위버스|팬 커뮤니티|팬 플랫폼)(?:에|을 통해|를 통해)? [^.!?\n]{0,40}?"
        r"(?:사진|영상|셀카|근황|일상|모습)[^.!?\n“”]{0,16}?(?:올리|올렸|올린|게재|공개|공유|게시|남겼|남기)"
    )),
    "concert": (("공연", "라이브"), re.compile(
        r"공연(?:은|이|도)? ?(?:이번이 |벌써 |어느덧 )?(?:처음|(?:두|세|네|다섯|\d|n|N) ?번째|N차)(?=[이인였예,.! ]|$)"
        r"|(?<=[가-힣] )단공(?=[에을이은 ])|(?:단독|클럽|소극장|라이브홀|내한|합동) ?공연(?:에|을|을|은|도)? (?:[가-힣]+ ){0,2}?"
        r"(?:다녀|보고|봤|보러|갔)"
    )),
    "recording": (("촬영", "찍는 걸", "찍고 있"), re.compile(
        r"(?<!화보 )(?<!화보)(?<!사진 )(?<!커버 )촬영(?:은|이|을|에)? (?:[가-힣\d]{1,12} ){0,5}?(?:시작된|시작됐|시작한|시작했|시작하|"
        r"돌입|들어갔|들어간|들어가|착수|한창|진행)"
        r"|촬영(?:이었|이라네|이래|팀이|하는 걸|하는 거|하고 있더|하고 있었)|찍는 걸 (?:봤|보)|찍고 있(?:더|길래|었어|었음)"
    )),
    "release": (("발표", "발매", "공개", "내놓", "낸다", "냈다", "내고", "선보"), re.compile(
        r"(?:신곡|앨범|음반|싱글|EP|OST|[1-9]집)(?: ?[‘'“<《][^’'”>》\n]{1,24}[’'”>》])?(?:을|를) (?:[가-힣\d]{1,12} ){0,3}?"
        r"(?:발표|발매|공개했|공개한|내놓|낸다|냈다|내고|선보였|선보인다)"
    )),
    "volunteer": (("찾아", "방문해"), re.compile(
        r"(?:학교|보육원|복지관|복지시설|요양원|양로원|병원|병동|쉼터|보호소|쪽방촌|경로당|마을회관)(?:인 [가-힣]{1,12})?(?:을|"
        r"를) (?:[가-힣]{1,12} ){0,2}?"
        r"(?:찾아|방문해) [^.!?\n]{0,60}?(?:가르쳤|가르치|씻기|씻겼|청소|말벗|나눠 줬|나눠줬|나눠 준|선물했|선물한|선물을|읽어 줬|읽어줬)"
    )),
    "interview": (("만난", "만나", "만났", "앉은"), re.compile(
        r"(?:에서|서면으로|화상으로|전화로|인터뷰로|줌으로) (?:(?!팬|관객|시청자|독자)[가-힣\d]{1,12} ){0,3}?만(?:난|나 본) "
        r"(?:그|그녀|[가-힣]{1,4} ?(?:감독|배우|작가|PD|대표|씨))(?:는|은|이|가|에게|의|를|을|도)(?![가-힣])"
        r"|에서 (?:그를|그녀를|그와|그녀와) (?:직접 |단독으로 |다시 )?만(?:나|났)"
        r"|(?:배우|가수|감독|작가|방송인|코미디언|개그맨|모델|그룹|밴드|PD|소설가|시인|화가|평론가|번역가|작곡가|작사가|안무가|연출가"
        r"|지휘자"
        r"|피아니스트|첼리스트|바이올리니스트|무용가|발레리나|사진가|건축가|교수|대표|선수|셰프|만화가|래퍼|성악가|소리꾼|명창|명인|장인) "
        r"[가-힣A-Za-z]{1,6}(?:을|를) [^.!?\n]{0,40}?에서 "
        r"(?:직접 |단독으로 |다시 )?만났다"
        r"|(?:와|과) (?:단독으로 |화상으로 )?만나 (?:[^ .!?\n]{1,12} ){0,6}?(?:뒷?이야기|소회|소감|속내|비하인드)(?:를|을) "
        r"(?:들려|나눴|나누|나눈|털어놨|털어놓|전했|풀어)"
        r"|(?:창가|맞은편|찻집|카페|소파|테이블)(?: 구석| 앞| 자리| 한쪽| 창가)?에 (?:마주 |조용히 )?앉은 (?:그|그녀)(?:는|가|에게|의)"
        r"(?![가-힣])"
    )),
}  # fmt: skip
"""Of each kind words of which every match holds one, quick to look for, and what tells it."""
_ANY_SIGN = re.compile(any_of(sign for signs, _ in _TELL.values() for sign in signs))
_TOWN_CONCERT = re.compile(r"(?<![가-힣])([가-힣]{2,4})콘(?=$|[^가-힣]|에서|에|을|를|은|는|도|때|이|후기|기록|[12]일|첫날|막날)")
_MET = re.compile(
    r"(?: ?(?:씨|님|배우님|오빠|언니|누나|형|배우))?(?:"
    r"(?:을|를|이랑|랑|와|과|하고)? ?(?:[가-힣]{1,6} ){0,2}?(?:만난|만났|만나서|만남|마주친|마주쳤|마주침|봤|본 (?:썰|날|이야기|사람|"
    r"후기)|(?<![아어여해서져봐러려써와가워] )봄(?![가-힣])|목격|영접)"
    r"|(?:이|가) (?:[가-힣]{1,6} ){0,3}?(?:앉아|서|줄 서|걸어가고|지나가고) 있"
    r"|(?:이|가) (?:[가-힣]{1,6} ){0,2}?지나가(?:서|길래|는데|셔서|시길래)"
    r"|(?:이었|였|이)(?:음|던 것|던 거|던 썰|다!|어요!)|인 거(?:임|예요|야))"
)  # fmt: skip
_TOWNS = frozenset(("city", "foreign", "district"))


def told_kinds(fields: Sequence[TextField], reference: Reference) -> list[Told]:
    """What sentences of a title or body tell of the kinds that the list has.

    Args:
        fields: the post's.
        reference: lists; a concert in one of its towns is called by it in short (성남콘).
    """
    found: list[Told] = []
    for text in fields:
        if text.name == "caption":
            continue
        whole = text.text
        for kind, (signs, pattern) in _TELL.items() if _ANY_SIGN.search(whole) else ():
            if any(sign in whole for sign in signs):
                found += [(text, *match.span(), kind) for match in pattern.finditer(whole)]
        for kind, signs, pattern in DEEDS:
            if any(sign in whole for sign in signs):
                found += [(text, *match.span(), kind) for match in pattern.finditer(whole)]
        questions = first_question(whole) if text.name == "body" else None
        found += [(text, *questions, "interview")] * 4 if questions else []  # they outweigh what the answers name
        for match in _TOWN_CONCERT.finditer(whole) if "콘" in whole else ():
            found += [(text, match.start(1), match.end(1) + 1, "concert")] if reference.is_place(match.group(1), _TOWNS) else []
    return [one for one in found if one[3] in reference.kinds]


def met_on_the_way(fields: Sequence[TextField], people: Sequence[Tag]) -> Told | None:
    """Where somebody tells to have met a person, None where nobody does.

    Args:
        fields: the post's.
        people: persons that it names.
    """
    by_field = {(text.name, text.position): text for text in fields if text.name != "caption"}
    for person in people:
        text = by_field.get((person.field, person.photo_position))
        if text is not None and not touched(text.places, person.begin, person.end) and _MET.match(text.text, person.end) is not None:
            return text, person.begin, person.end, "street"
    return None
