"""How much the words before and behind a name speak for a person: what people do, what is theirs, what weather and places do."""

from __future__ import annotations

import re

from udfs.korean_particles import split_particle
from udfs.word_lists import (
    ADNOMINALS,
    ADVERBS,
    BESIDE_PEOPLE,
    DETERMINERS,
    DONE_TO_PEOPLE,
    FAN_NOUNS,
    PERSON_NOUNS,
    PERSON_VERBS,
    THING_VERBS,
    TOGETHER,
)

_ADNOMINAL = re.compile("(?<!되)(?:" + "|".join(ADNOMINALS) + ")$")
_FOUND_AGAIN = re.compile(
    r"(?:만에|다시|처음|오랜만에|드디어|마침내|이제야|비로소|우연히|혼자|혼자서|가만히|멀리서|한참|매일|겨우) "
    r"(?:바라)?(?:찾은|만난|보는|그리는|받은|부르는|선보인) $"
)
"""Before a name that is what somebody found or saw: nothing else is (2년 만에 찾은 미소, 다시 만난 바다)."""
_SEEN_THERE = re.compile(r"에서 (?:보는|본|바라보는|바라본) $")  # 전망대에서 보는 노을
_OF_ONE_TEAM = re.compile(r"같은 (?:팀|그룹|소속사)(?:의|인)? (?:멤버 )?$")


_PETS = frozenset(("강아지", "고양이", "반려견", "반려묘", "댕댕이", "냥이"))
"""Whose names these are, too: 언니네 강아지 사랑이."""
_CLOSES = tuple("’'”\"》>〉」』)")
"""Before a particle that stands behind them: 드라마 ‘눈의 숲’에서 하루랑."""
_AT_SIDE = frozenset(("옆자리의", "곁의", "옆의", "맞은편의"))
"""Where people sit: 옆자리의 지수."""


_CAME_AS = re.compile(
    r"(?:시상자|사회자|진행자|게스트|심사위원|강연자|연사|주인공|특별 ?손님|초대 ?손님|일일 ?점장|광고 ?모델|시구자|헤드라이너|DJ|MC)"
    r"(?:로|으로) (?:나온|나선|나섰던|참석한|참여한|초대된|초대받은|초청된|등장한|출연한|함께한|선|온) $"
)
"""Before a name: what only people come as (시상자로 나온 바다)."""
_ROLE_BEFORE = re.compile(
    r"(?:신인상|인기상|본상|공로상"
    r"|주연상|조연상|연기상|특별상|우수상|커플상|가수상|예능상|스타상|퍼포먼스상|작품상|감독상|신인왕|MVP|게스트|헤드라이너|시상자|사회자?|진행자?|축가"
    r"|MC|DJ|심사위원|멘토|주인공|대상|최우수상|올해의 [가-힣]{2,6}|공동 ?수상자?|수상자|내레이션|해설|상대역|후임|주연)"
    r"(?:은|는|로는|으로는|에는|로|엔)(?: [‘'“<][^’'”>\n]{1,16}[’'”>],)? $"
)
"""Before a subject: prizes and parts in a show, which people get and have (인기상은 소리가, 게스트로는 봄과)."""
_IN_LINEUP = re.compile(
    r"(?:라인업|명단|출연진|캐스팅|캐스트|출연자)에(?:는|도)? "
    r"(?:(?:[가-힣]+ )?(?:있는|있던|있었던|오른|올랐던|올린|포함된|들어간|들어 있는|합류한) )?$"
    r"|(?:^|[ ,(])\d{1,3}위(?:는|에는|로는) $"
    r"|(?:라인업|출연진|게스트|헤드라이너)(?:이|가|은|는) (?:[가-힣A-Za-z]{1,6}(?:랑|와|과|하고|,) ){0,4}$"
)
"""Before a name: lists of those who appear, and charts (라인업에 있던 노을은, 2위는 사랑의 ‘우편함’)."""
_LABEL = re.compile(
    r"(?:출연진?|출연자|게스트|라인업|캐스트|캐스팅|헤드라이너|진행|사회|초대 ?가수|초대 ?손님|축하 ?공연|축가|피처링|참석자?|참여 ?가수"
    r"|노래|보컬|작사|작곡|편곡|낭독|해설|내레이션)"
    r"(?: ?[:：=]| [-–]) ?(?:[가-힣A-Za-z0-9]+(?: [가-힣A-Za-z0-9]+){0,2} ?[,·/&+] ?){0,8}(?:[가-힣]+ )?$"
)
_LABEL_SIGN = re.compile(r"[:：=]| [-–] ")
_FEATURED = re.compile(r"(?<![A-Za-z])(?:[Ff]eat|[Ff]t|FEAT|FT|[Pp]rod|[Ww]ith)\.? ?$|(?:피처링|피쳐링) $")


_ITEMS = r"(?:[가-힣A-Za-z0-9]+(?: [가-힣A-Za-z0-9]+){0,2}(?: ?[(（][^()（）\n]{1,10}[)）])? ?%s ?){0,8}(?:[가-힣]+ )?$"
_FROM_LEFT = re.compile(r"(?:왼쪽|왼쪽에서|오른쪽|오른쪽에서|좌측)부터(?: 시계 ?(?:반대 ?)?방향으로)?[)）,:]? ?" + _ITEMS % "[,·/&]")
"""Before a name: 왼쪽부터 도연, 한결 감독."""
_DAYS_LINEUP = re.compile(
    r"(?:\d일|\d/\d{1,2}|일차|요일|[Dd][Aa][Yy] ?\d|번?째 ?날|[(（][월화수목금토일][)）])(?: ?[(（]?[월화수목금토일][)）]?)?"
    r"(?: ?[:：|-]| [–—]|(?<=[)）])) ?" + _ITEMS % "[/·&+]"
)
"""Before a name: those who appear on one of several days (10월 2일 금 : 단비 / 소리 / 밴드 허밍)."""
_STAGE_DAY = re.compile(r"(?:[Dd][Aa][Yy] ?\d|\d일차)(?: ?[(（][^()（）\n]{1,12}[)）])?(?: ?[:：|]| [-–—]) ?" + _ITEMS % "[,/·&+]")
"""Before a name: the same by the day's number (DAY 1 - 단비, 소리)."""
_HOURS_LINEUP = re.compile(
    r"(?:\d{1,2}[:：]\d{2}|\d시(?: ?\d{1,2}분)?|[(（][월화수목금토일][)）]|\d일|\d일차|[Dd][Aa][Yy] ?\d)(?: ?= ?| ?[|｜] ?| [:：–—-] )"
    + _ITEMS % "[,/·&+]"
)
"""Before a name: those who appear at an hour or on a day, behind a sign of equality or a line (19:00 = 노을, 소리)."""
_BESIDE_OTHERS = re.compile(r" ?(?:[(（][^()（）\n]{1,10}[)）] ?)?[/·&+]")
_BETWEEN_ITEMS = (", ", "/ ", "· ", "& ", "+ ", "·", "/", ",")
_HOURS_SIGN = re.compile(r"[=|｜]| [:：–—-] ")
_ITEM_ENDS = re.compile(r"\s*(?:[,·/&+|(（)\]\n.]|$)| (?:외|등|그리고|및|배우|가수|역|님|씨)(?![가-힣])")
"""Behind a name in a list."""


def list_evidence(before: str, after: str, rest: str) -> float:
    """What a label before a list of names says: 출연: 단비, 소리; (feat. 새벽).

    Args:
        before: the text before a name.
        after: the text behind it.
        rest: what is glued to the name.
    """
    if not rest and _ITEM_ENDS.match(after) and _LABEL_SIGN.search(before) and _LABEL.search(before):
        return 2.0
    if not rest and "부터" in before and _ITEM_ENDS.match(after) and _FROM_LEFT.search(before):
        return 2.0
    listed = not rest and (before.endswith(("/ ", "· ", "& ", "+ ")) or _BESIDE_OTHERS.match(after) is not None)
    if listed and _ITEM_ENDS.match(after) and _DAYS_LINEUP.search(before):
        return 2.0
    several = not rest and (before.endswith(_BETWEEN_ITEMS) or _BESIDE_OTHERS.match(after) is not None or after.startswith((",", " ,")))
    if several and _HOURS_SIGN.search(before) and _ITEM_ENDS.match(after) and _HOURS_LINEUP.search(before):
        return 2.0
    if not rest and ("일차" in before or "ay" in before or "AY" in before) and _ITEM_ENDS.match(after) and _STAGE_DAY.search(before):
        return 2.0
    return 2.0 if before[-1:] in "t. dDhTD" and before and not rest and _FEATURED.search(before[-8:]) else 0.0


def before_evidence(previous: str, before: str) -> float:
    """What the words before a name say: a person's deed (웃는), a relation (동기인), or what makes a thing of it (첫, 푸른).

    Args:
        previous: the word before the name.
        before: the text before it, that word at its end.
    """
    directly = before.endswith((previous + " ", "'", "‘", "“"))
    if directly and before.endswith(" ") and (_CAME_AS.search(before) or _ROLE_BEFORE.search(before) or _IN_LINEUP.search(before)):
        return 2.0
    if directly and (
        (_ADNOMINAL.search(previous) and not (_SEEN_THERE.search(before) or _FOUND_AGAIN.search(before))) or _OF_ONE_TEAM.search(before)
    ):
        return 1.5
    if directly and previous in BESIDE_PEOPLE:
        return 1.5
    if directly and (previous in DETERMINERS or previous in _PETS):
        return -3.0
    if (
        directly
        and before.endswith(" ")
        and not split_particle(previous).josa
        and len(previous) > 1
        and re.fullmatch(r"[가-힣]+", previous)
        and not previous.endswith("엔")  # 내년엔 하늘
        and before[-len(previous) - 2 : -len(previous) - 1] not in _CLOSES
    ):
        return -0.5  # 바람 소리: the second part of a compound
    if directly and re.search(r"[가-힣]+[을를] [가-힣]*(?:친|한|은|는|던|린|진|인|긴) $", before):
        return 0.25  # 일정을 마친 지수
    if directly and previous in _AT_SIDE:
        return 1.0
    if directly and before.endswith(" ") and len(previous) > 1 and previous.endswith("의"):
        return -1.5  # 시민의 미소
    if previous in ("그는", "그가", "그녀는", "나는", "저는"):
        return 0.0
    if (
        directly
        and re.search(r"(?:운|한|은|는|던|된|린|른|친|진|쁜)$", previous)
        and len(previous) > 1
        and not split_particle(previous).josa
        and not previous[-2].isascii()
    ):
        return -1.0
    return 0.0


_AND_OTHERS = re.compile(
    r" 등(?:이|은|도|과)? (?:[가-힣]+ ){0,3}?(?:함께|멤버|동료|배우|가수|선배|후배|출연|스타|연예|코미디언|방송인|개그맨|모델|아이돌)"
)


_OTHERS_TOO = frozenset(("등", "등이", "등은", "등도", "등과", "등의"))
"""Behind the last of a list of names (나라, 이유, 하루 등이 이름을 올렸다)."""
_GIVES_A_SHOW = re.compile(
    r"\s*(?:오는 |지난 )?(?:\d{1,2}월 )?\d{1,2}일[^.!?\n]{0,60}?(?:콘서트|공연|투어|무대|팬미팅|앨범|싱글|신곡|음반|쇼케이스|EP)"
)
"""Behind a subject: the day on which singers do what weather never does (16일 오후 8시 ... 콘서트를 연다)."""
_WINS = re.compile(r"\s*(?:[가-힣A-Za-z]+ ){0,2}(?:대상|신인상|인기상|본상|[가-힣]{1,5}(?<![세인일상영이비정])상)[을,]")
_PLAYS = re.compile(r" (?:드라마|영화|뮤지컬|연극|예능|시트콤|전작|데뷔작)에서(?:는|도)? ")
"""Behind a subject: where only people play (가을은 드라마에서 늘 부잣집 딸이었는데)."""
_LOOKS = re.compile(r" (?:[가-힣]+ ){0,2}?(?:얼굴|키|목소리|표정|눈빛|춤|라이브|딕션|성량|춤선|비율|손)(?:이|가|도|은|는) ")
"""Behind a subject: what people have, not weather (하늘은 진짜 얼굴이 주먹만 하고)."""
_SINGS = re.compile(
    r"(?:(?! 때 |는데|지만|더니|면서)[^.!?\n,]){0,20}?(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|\d{1,2}) ?곡(?:[이을,째만]| |$)"
    r"|\s*(?:첫|두|세|네|마지막|맨 마지막|오프닝|엔딩)(?: ?번째)? (?:순서|주자|차례|타자)(?:로|였|이었|이라)"
)
"""Behind a subject: who sings songs, whose turn it is on a stage (8시쯤 나와서 다섯 곡, 마지막 순서로)."""
_THEIR_SONG = re.compile(r" 노래(?:로|를|만|도) (?:[가-힣]+ ){0,2}?(?:버스킹|커버|떼창|불러 줬|불러줬)")
"""Behind a name: songs of theirs that others sing or hear (단비 노래로 버스킹)."""
_GREETS = re.compile(r"[^.!?\n,]{0,20}?(?:품에 안[았은고]|손을 흔|고개를 숙|허리를 숙|손하트|볼하트|눈인사|엄지를 |눈을 맞)")
"""Behind a subject: what only people do with arms and eyes (하늘은 인형 하나를 받아 품에 안았다)."""
_IF_IT_COMES = re.compile(r" ?(?:안 )?(?:와도|오더라도|오면|올 경우|올 때는?|그치면|내려도) ")
"""Behind a subject: conditions of weather and seasons (비가 와도 진행합니다)."""
_OWN_SHOW = re.compile(r" (?:단독|솔로|카운트다운) (?:콘서트|공연|팬미팅|팬콘|투어)")
"""Behind a name: what singers give (새벽 카운트다운 콘서트)."""
_GOODS = ("키링", "포카", "포토카드", "아크릴", "슬로건", "컵홀더", "등신대", "포토존", "응원봉", "굿즈")
"""Behind a name: what is sold or shown of people whose group is named (하늘 키링)."""
_SHARED = re.compile(r"\s*(?:호흡|열애|결혼|듀엣|의기투합|나란히|절친|함께 (?:출연|주연|무대|부[르른]|작업|만든|녹음|연기))")
"""Behind one with whom something is done: 노을과 함께 부른 노래."""
_QUARRELS = re.compile(r"[^.!?\n]{0,20}?(?:싸[우운웠]|다[투퉜]|놀았|친해|통화|수다)")
_DURING = re.compile(
    r" 무대 ?(?:할 ?때|때|보고|보는데|하는데|나오)| 무대(?:는|를|도|까지)? (?:[가-힣]+ ){0,3}?(?:못 [보봤]|보려고|보러|봤|기다)"
    r"| 무대(?:는|도|가|까지)? (?:[가-힣]+ ){0,2}?(?:좋았|최고|미쳤|찢었|레전드|대박|압권)"
    r"| (?:솔로 |랩 |보컬 |고음 |메인 |킬링 ?|도입부 |후렴 )파트"
)
_RECORD = re.compile(
    r" (?:미니|정규) ?\d+집| (?:솔로|새|첫|디지털|스페셜) (?:앨범|싱글|EP|미니)"
    r"| (?:첫|두|세|네|다섯|\d+) ?번째 (?:미니|정규|싱글|앨범|EP|솔로)"
)
"""Behind a name in a title or list: what only singers have."""
_APPEARS = re.compile(r" (?:나오는|나온|출연하는|출연한|주연의?) (?:[가-힣]+ )?(?:뮤지컬|연극|드라마|영화|예능|공연|작품)")
_ONLY_FANS = ("팬미팅", "팬사인회", "팬싸", "팬콘", "직캠", "본인")
"""Behind a name without particle: what nothing but a person has."""
_OF_A_SEASON = (
    "한정",
    "시즌",
    "방학",
    "휴가",
    "신메뉴",
    "날씨",
    "내내",
    "맞이",
    "특선",
    "개편",
    "문턱",
    "바람",
    "햇살",
    "준비",
    "옷",
    "나들이",
)


_TURNS_YELLOW = ("노래지", "노래졌", "노래질", "노랗")
"""What a sky does, though it begins like 노래."""


def after_evidence(role: str, rest: str, behind: str, next_word: str) -> float:
    """What the words behind a name say: what people do and have, or what weather, places and reasons do.

    Args:
        role: what the name's particle says, "" for none.
        rest: what is glued to the name.
        behind: the text behind that.
        next_word: the word that follows a name without particle, "" for none.
    """
    clause = re.split(r"[\n.!?”]", behind[:60])[0]
    first = clause.strip(" ,‘'“\"")
    near = next((word for word in first.split(" ") if word not in ADVERBS), "") if first else ""
    if role in ("subject", "topic", "also"):
        if re.match(r"\s*[“\"]", behind):
            return 1.0
        if role == "topic" and not first:
            return -1.5  # 다시 부른 이유는?
        if near.startswith(_TURNS_YELLOW) or (near.startswith(THING_VERBS) and not near.startswith(PERSON_VERBS)):
            return -3.0
        if role != "also" and _IF_IT_COMES.match(behind):
            return -3.0
        if _GREETS.match(behind):
            return 1.25
        if _PLAYS.match(behind) or _LOOKS.match(behind):
            return 1.25
        if _SINGS.match(behind):
            return 1.25
        if _GIVES_A_SHOW.match(behind) or _WINS.match(behind):
            return 1.5
        soon = " ".join(clause.split(" ")[:5])
        if re.match(r"\d+위", near):
            return 1.0
        return 1.0 if any(verb in soon for verb in PERSON_VERBS) else 0.0
    if role == "location" and near.startswith(("대한", "대해", "관한", "관해", "이어", "빠진", "열광", "푹", "반한", "반했")):
        return 0.0
    if role in ("location", "place", "limit", "direction", "compare", "each"):
        return -2.0 if role != "compare" else -0.5
    if role == "possessive":
        if re.match(r"\s*[‘'<《]", behind):
            return 0.75  # 새벽의 ‘네 시 반’
        second = [*first.split(" "), ""][1] if near in TOGETHER else ""
        return (
            1.0
            if near.rstrip(".,을를이가은는에도로와과으") in PERSON_NOUNS
            or near.startswith(tuple(PERSON_NOUNS))
            or second.startswith(tuple(PERSON_NOUNS))
            else -0.25
        )
    if role == "recipient":
        return 1.5
    if role == "object":
        return 0.5 if near.startswith(DONE_TO_PEOPLE) else -0.75
    if role == "companion":
        return 1.25 if _SHARED.match(behind) or _QUARRELS.match(behind) else 0.25
    if not rest and _AND_OTHERS.match(behind):
        return 1.5
    if not rest and next_word:
        if next_word.startswith(_ONLY_FANS):
            return 2.0
        if next_word.startswith(FAN_NOUNS):
            return 1.25
        if _DURING.match(behind) or _THEIR_SONG.match(behind):
            return 1.5
        if _OWN_SHOW.match(behind):
            return 1.5
        if next_word.startswith(_GOODS):
            return 0.75
        if _RECORD.match(behind) or _APPEARS.match(behind):
            return 2.0
        if next_word.startswith(_OF_A_SEASON):
            return -1.5
        if next_word in _OTHERS_TOO:
            return 0.0
        if behind.lstrip(" ").startswith(next_word) and next_word.startswith(tuple(PERSON_NOUNS)):
            return 0.75
        return -0.5 if behind.startswith(" ") else 0.0
    if not rest and re.match(r"\s*[,·]", behind):
        return 0.25
    return 0.0
