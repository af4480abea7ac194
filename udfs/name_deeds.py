"""What only people of the stage do, hold and are called to, before and behind a name; and what names that are words do as words."""

from __future__ import annotations

import re

_ACTS = frozenset(("subject", "topic", "also"))
_HELD = re.compile(
    r"(?:마이크|드레스|의상|정장|슈트|한복|교복|유니폼|꽃다발|트로피|대상|본상|신인상|공로상|시구|시타|촬영|일정|공연|무대|콘서트"
    r"|팬미팅|복무|녹화"
    r"|생방송|인터뷰|포즈|손하트|인사|고개|눈물|소감|축가|사회|진행|연출|주연|배역|역할|신곡|앨범|모자|선글라스|안경|마스크|기타"
    r"|피아노|첼로|재킷"
    r"|점퍼|코트|원피스|셔츠|니트|장화|우산|휠체어|목발|왕관|면사포|대본|사인|부케|메가폰|지휘봉|제작발표회|시상식|활동|투어)"
    r"[을를] (?:[가-힣]{1,5} ){0,2}?[가-힣]{1,6} $"
)
"""Before a name: what people hold, wear and get through, with a verb behind it (마이크를 잡은 노을은)."""
_BECAME = re.compile(
    r"(?:으로|로) (?:위촉된|발탁된|선정된|임명된|뽑힌|꼽힌|낙점된|변신한|나선|분한|합류한|데뷔한|활동한|활동하는"
    r"|활약한|불리는|알려진|출연한|초대된|초청된|"
    r"이름난|돌아온|소개된|등장한|깜짝 등장한) $"
)
"""Before a name: what somebody was made or became (홍보대사로 위촉된 봄은)."""
_IS_WHO = re.compile(
    r"(?:(?<![가-힣])(?:여주|남주|여주인공|남주인공|주인공|주연|상대역|최애|차애|본진|원픽|게스트|헤드라이너|DJ|MC|시구자|축가|사회"
    r"|센터|신랑|신부))"
    r"(?:가|이|은|는|도) $"
)
_COPULA = re.compile(r"(?:이?(?:고|라서|라니|라고|라는|예요|임|였|다|인데|네|야|래|라|더라|던데)|이에요|입니다|이었)(?![가-힣]{3})")
"""Behind a name who is one of these: 여주가 이유고 남주가 강산이라."""
_SHOWN_IN = re.compile(
    r"(?:라디오|예능|드라마|영화|티비|TV|방송|뮤지컬|연극|음방|인기가요|뮤직뱅크|음악중심|가요대전|가요대축제|대동제|축제|페스티벌"
    r"|시상식|시사회|영상|뮤비|유튜브)"
    r"(?:에|에서|에도|엔|에는) (?:[가-힣]{1,4} )?$"
)
_SHOWS_UP = re.compile(r" (?:[가-힣]{1,5} )?(?:나온|나오|나왔|나옴|나옵|출연|등장|온다|온대|왔는데|왔다|섰|선다|서는)")
"""Around a name: where people appear (라디오에 봄 나온다길래)."""
_COMES_AS = re.compile(
    r" (?:카메오|게스트|특별 ?출연|깜짝 ?손님|심사위원|MC|주연|조연|악역|상대역|DJ|멘토)"
    r"(?:으로|로) (?:[가-힣]{1,4} )?(?:나오|나와|나온|나왔|출연|등장|합류|활약|나서|나섰|서)"
)
"""Behind a name: what only people come as (정상이 카메오로 나와서)."""
_THEIR_SHOWS = re.compile(
    r" (?:소극장 (?:콘서트|공연)|전국 ?투어|월드 ?투어|라이브 (?:투어|인 |듣|보)|버스킹|디너쇼|앙코르 콘서트|단콘|막콘|첫콘|중콘|팬콘|앙콘"
    r"|콘서트 (?:후기|다녀|보고|봤|보러|본 |갔|갈|가는|[‘<'])|콘 다녀|콘 후기)"
)
"""Behind a name: what singers give and fans go to (노을 소극장 콘서트)."""
_PAIR = re.compile(r" ?(?:페어|캐슷|캐스트|회차|첫공|막공|세미막|페어막)(?![가-힣]{2})")
"""Behind a name: what visitors of musicals call by those who play (남궁현 봄 페어)."""
_SIGNED = re.compile(r" (?:[가-힣]{1,6} )?(?:전속계약|재계약)")
_BARE_LABEL = re.compile(r"(?:^|[\n/|▲△▶○●■◆·,-] ?)(?:출연|사회|진행|게스트|초대가수|특별출연) (?:[가-힣]{1,6}(?:, ?|·)){0,6}$")
_LIST_GOES_ON = re.compile(r"\s*(?:[,·/).]|$|\n| 등)")
_OTHER_BAND = re.compile(r"(?:그룹|밴드|듀오|트리오) ?[‘'“\"]$")
"""Before a name in quotation marks that is a band's which no list has: 신인 그룹 ‘여름’."""


def deed_evidence(form: str, before: str, behind: str, rest: str, role: str) -> float:
    """What speaks for a person in what somebody did, holds or is called to beside a name, 0 where nothing does.

    Args:
        form: the name.
        before: the text before it.
        behind: the text behind it and what is glued to it.
        rest: what is glued to it.
        role: what its particle says, "" for none.
    """
    acts = before.endswith(" ") and form != "이유" and role in _ACTS and _ends_adnominal(before)
    if acts and (_HELD.search(before[-40:]) or _BECAME.search(before[-24:])):
        return 1.5
    if before.endswith(" ") and _IS_WHO.search(before[-10:]) and (_COPULA.match(rest) or (role in _ACTS and "는" not in rest)):
        return 1.5
    if role in ("subject", "") and _SHOWS_UP.match(behind) and _SHOWN_IN.search(before[-16:]):
        return 1.5
    if role == "subject" and (_MADE.match(behind) or (form not in _NATURE and rest == "이" and _OURS.search(before[-4:]))):
        return 1.5
    if role == "possessive" and _PLAYED_WORK.match(behind):
        return 0.75
    if role in _ACTS:
        return 1.5 if _COMES_AS.match(behind) or _SIGNED.match(behind) else 0.0
    if not rest and form not in _SEASONS and "콘" in behind[:8] and _FANS_CONCERT.match(behind):
        return 2.0
    if not rest and form != "비" and _SERVED.match(behind):
        return 1.5
    if not rest and behind.startswith((" ", "페어")) and (form not in _SEASONS or not before or "\n" in before[-2:]):
        return 2.0 if _THEIR_SHOWS.match(behind) or _PAIR.match(behind) else 0.0
    return 1.5 if not rest and _LIST_GOES_ON.match(behind) and _BARE_LABEL.search(before[-40:]) else 0.0


def is_other_band(before: str, after: str) -> bool:
    """Whether a word in quotation marks is what a band is called: 신인 그룹 ‘여름’이 데뷔했다."""
    return after.startswith(("’", "'", "”", '"')) and _OTHER_BAND.search(before[-5:]) is not None


def _ends_adnominal(before: str) -> bool:
    """Whether a word that ends in ㄴ or 는, 던 stands before a blank: 잡은, 마친, 흔들던."""
    last = before[-2:-1]
    return "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 == 4


_MADE = re.compile(
    r" (?:[가-힣]{1,4} )?(?:쓴|만든|부른|지은|작사한|작곡한|편곡한|프로듀싱한|피처링한|참여한|선물한|커버한|작사·작곡한) "
    r"(?:[가-힣]+ ){0,2}?"
    r"(?:[‘'<《]|(?:곡|노래|가사|자작곡|편지|손편지|에세이|시나리오|음악|멜로디|타이틀곡|수록곡)(?![가-힣]{3}))"
)
"""Behind a subject: what only people write and sing (앨범에는 노을이 쓴 ‘귀갓길’도 실렸다)."""
_PLAYED_WORK = re.compile(
    r"\s*[‘'<《][^’'>》\n]{1,24}[’'>》][^.!?\n]{0,20}?(?:적었|적어|신청|틀어|틀었|듣|들었|들으|들리|들렸|부르|불렀|불러|흘러|나오"
    r"|나왔|커버|따라"
    r"|떼창|재생|LP|곡|노래|음반|BGM|배경음악|열창|선곡|연주|가사)"
)
"""Behind 의: a song of theirs that somebody asks for, hears or sings (노을의 ‘막차’를 적었더니)."""
_FANS_CONCERT = re.compile(
    r" (?!팝|아이|베이|에어|실리|리포|유니|모니|애니|치킨)[가-힣]{1,4}콘(?:에|에서|은|을|도|이|까지|때)?(?=[ .,!?~)ㅠㅋㅎ\n]|$)"
)
"""Behind a name: what fans call a concert, whose it is before it (새벽 연말콘)."""
_SERVED = re.compile(
    r" (?:만기 ?)?(?:전역|입대|제대|소집 ?해제|입소)(?:식|일)?(?:[,.!…~)\n]|$| ?(?:[dD][-+]|디데이|\d|축하|현장|신고|소감|후기|당일"
    r"|기념|날|했|하는|하던"
    r"|하고|완료|앞두|까지|포착))"
)
"""Behind a name: a soldier's days (솔 전역 D+1)."""
_OURS = re.compile(r"(?<![가-힣])(?:우리|울) $")
_SHINES = re.compile(
    r" (?![^.!?\n]{0,14}(?:그룹|가수|배우|아이돌|스타|선배|무대|사람|팀))[^.!?\n]{0,10}?(?:반짝|빛나|빛났|쏟아|흩|박힌|박혀|수놓|총총"
    r"|촘촘|내려앉|피어"
    r"|떠오르|밀려|출렁|일렁|타오르|물든)"
)
"""Behind what a view is likened to: 별무리처럼 반짝이는 다리."""


_RAIN_FALLS = re.compile(
    r" (?:[가-힣]{1,5} )?(?:예보|예상|오락가락|추적추적|부슬부슬|보슬보슬|주룩주룩|억수|쏟아|퍼붓|퍼부|뿌리|뿌렸|흩뿌"
    r"|들이치|들이쳤|새는|새어"
    r"|잦아들|이어지겠|섞여|떨어지기|떨어졌|떨어지는|적시|적셨|한두 방울|세차게|촉촉|그쳐|개었)"
)
"""Behind 비 with a particle (비가 예보돼, 비는 오락가락했지만)."""
_REASON_GIVEN = re.compile(r" ?[“\"][^“”\"\n]*[”\"](?:이?다|였다|이었다|이라서|라서|이기 때문|기 때문|때문|이란다|란다)(?![가-힣]{2})")
_SAYS_SO = re.compile(r" ?[“\"][^“”\"\n]*[”\"]이?(?:라는|라고|란|며|면서|고) ")
"""Behind 이유: a reason in somebody's words (이유는 “쉬고 싶어서”다), or what one of that name says."""
_SUMMIT = re.compile(r"회담|공동 ?성명|양국|한미|한일|한중|청와대|대통령실|외교|총리")
"""In a post whose 정상 is a head of state."""
_SEASONS = frozenset(("봄", "여름", "가을", "겨울"))
"""Behind others' names when their shows are: 문기영, 가을 전국투어."""
_NATURE = frozenset(("봄", "여름", "가을", "새벽", "노을", "하늘", "바다", "비", "우주", "미소"))
_SPREADS = re.compile(
    r"(?: [^ .!?\n“”]{1,8}){0,3}? (?:물들[이였인]|물들였|(?<!계단 )내려앉|깃들|드리[우웠운]|스며|번지|번졌|번진|감싸는|감싼"
    r"|감쌌|흩날|무르익|성큼|저물"
    r"|다가왔|다가온다|일렁|출렁|깊어)"
)
"""Behind a name in the subject: what seasons, skies and smiles do to a stage (노을이 무대를 붉게 물들였다)."""


def word_evidence(form: str, role: str, behind: str, whole: str) -> float:
    """What speaks against a person where a name that is a word does what the word's thing does.

    Args:
        form: the name.
        role: what its particle says.
        behind: the text behind it and its particle.
        whole: the field.
    """
    if role == "compare" and _SHINES.match(behind):
        return -4.0
    if role not in _ACTS:
        return 0.0
    if form == "비" and _RAIN_FALLS.match(behind):
        return -4.0
    if form in _NATURE and _SPREADS.match(behind):
        return -2.5
    if form == "이유" and role == "topic" and _REASON_GIVEN.match(behind):
        return -3.0
    return -3.0 if form == "정상" and _SUMMIT.search(whole) else 0.0


def is_a_reason(form: str, role: str, behind: str) -> bool:
    """Whether 이유는 tells a reason, whoever is named before it: 그가 참석한 이유는."""
    return form == "이유" and role == "topic" and not _SAYS_SO.match(behind)
