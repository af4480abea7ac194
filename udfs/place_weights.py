"""How much speaks for a place of a post being its event's: its particle, what stands around it, what its sentence is about."""

from __future__ import annotations

import re

from udfs.aired_places import airs
from udfs.elsewhere import in_plot, is_elsewhere, is_later_stop, moves_in
from udfs.looking_ahead import is_time_of_writing
from udfs.place_names import Found
from udfs.time_mention import FAR
from udfs.word_lists import LIES_AHEAD

OPEN_BEHIND = re.compile(r"^(?:에서|서|에서는|에선|에서의)$")
"""Particles of a place at which somebody acts."""
INDOORS = re.compile(
    r"\s*(?:(?:한|모|어느|야외|작은|대형) (?:[가-힣]+(?<![은는이가을를]) ){0,3}[가-힣]+(?:에서|서|에|을 찾|를 찾|을 방문|를 방문|[.])"
    r"|(?:[가-힣]+(?<![은는이가을를]) ){0,2}[가-힣]*(?<!콘서트)(?<!경기)(?<!행사)(?<!대회)(?<!영화)(?<!무대)(?<!방송)에서(?![가-힣])"
    r"|(?:한|모) (?:[가-힣]+(?<![은는이가을를]) ){0,2}[가-힣]+ (?:지하 ?)?\d{1,3}(?:층|호)(?:에서|서|에)"
    r"|[가-힣 ]{0,7}(?:세트장|촬영장|스튜디오|연습실|공연장|"
    r"호텔|카페|병원|신병교육대|훈련소|극장|목장|행사장|식당|학교|보육원|자택|클럽|영화관)(?:에서|서|을|를|에|로|으로))"
)
"""Behind a town, where something was at a house without a name of its own in it: 파주의 한 스튜디오에서."""
_SCENERY = re.compile(r" [가-힣 ]{1,16}(?:을|를) (?:배경으로|무대로) (?:[가-힣]+ )?(?:촬영|찍)")  # 발리의 논과 바다를 배경으로 촬영한
LIGHTS = re.compile(r" (?:[가-힣]+ )?(?:불|조명|객석|막|문|무대|열기|함성|좌석|관객석)(?:이|은|가|에|을|를) ")
"""Behind the house of which somebody sees the lights, the stage or the seats: 누리홀의 불이 꺼지고."""
_FANS_THERE = re.compile(r" (?:사녹|사전 ?녹화|공방|팬싸|팬미|막콘|첫콘|중콘|생방|본방 ?방청|방청)(?![가-힣])")
"""Behind where fans were, as they write."""
_AT_ONE_THERE = re.compile(
    r" (?:[가-힣]+(?<![은는이가을를]) )?(?:(?:댁|집|본가|외가|친정|시골집|자택) )?"
    r"[가-힣]*(?<!콘서트)(?<!경기)(?<!행사)(?<!대회)(?<!영화)(?<!무대)(?<!방송)"
    r"(?<!인터뷰)(?<!작품)(?<!앨범)(?<!시장)(?<!증시)에서(?![가-힣])"
)
_IS_THERE = re.compile(
    r"\s*(?:\d{1,2}시(?:부터|에|까지) )?(?:도착|참석|등장|모습|나타|입장|들어|자리|위치|있는|다녀|방문|모인|마련|열린"
    r"|서 있|차려|차린|설치|꾸며|올랐|오르|올라|낯익은)"
)
IS_THERE_AS_OBJECT = re.compile(r"\s*(?:찾|방문|밟|빛|거닐|걷|등지고|(?:[가-힣]+ ){0,2}?(?:걸었|둘러봤|둘러보|구경했|관람했|한 바퀴))")
"""Behind a place that somebody visits or walks: 희망촌을 찾아, 돌산공원을 거닐며."""
_JOURNEY = re.compile(r" (?:(?!근교|인근|근처|출발|외곽)[가-힣]+ )?(?:당일치기|\d박 ?\d일|여행(?!사|객|자)|나들이|먹방)")
_OF_JOURNEYS = 3.0
"""How much more a region counts that the title says a journey went to: the sights of the way are parts of it."""
_OF_STATIONS = 0.6
"""How much a station of the railway counts: it is mostly where one gets off for something else."""
_PASSES_THROUGH = re.compile(
    r" (?:[가-힣A-Za-z\d]+ ){0,3}?(?:타고|탈 |타면|타서|내려|내리면|내리자|내린|걸어|걸으면|도보|버스로|택시"
    r"|(?:\d+|한|두|세|네|다섯|여섯) ?시간(?: 반)? ?(?:(?:쯤|정도|넘게|가까이|이상) ?)?(?:거리|걸[려리렸]|달[려리렸]|이면|운전|만에 도착)"
    r"|환승|갈아타|가까|가깝|연결|멀지|출발해|출발(?:[,.!]|했|합니)|출발한 (?:버스|기차|배|비행기)|\d+ ?분)"
)
"""Behind where a journey changes: who gets on, gets off or walks on from there is there for something elsewhere."""
SAYS_NO_MORE = re.compile(r"[’'”\"]?(?: (?:지하 ?)?\d{1,2}층)?(?: (?:정문 |후문 )?앞)?[.!](?=[\s]|$)| 도착(?:[,.!]|했|해서|하니)")
"""Behind a place with which a sentence ends that has no verb."""
_SETS_OUT = re.compile(r" (?:출발|발)(?: (?:기차|열차|버스|막차|첫차|비행기|KTX)|하는|해서|해 |한 |,|[.])")
"""Behind where a journey begins: 청량리 출발 기차."""
_GOES_THERE = re.compile(
    r" (?:[가-힣]+러 |혼자 |둘이 |당일로 |또 |드디어 )?"
    r"(?:갔다|갔는데|갔어|갔습|갔던|가서|다녀[왔온옴]|가다[.!\n]?$|도착[!.]|방문(?:했|기|후기))"
)
"""Behind a place without a particle to which somebody went, as people talk: 정동진 갔다가 생긴 일."""
_NEAR_IT = re.compile(
    r"\s*(?:한 (?!바퀴|번|달|시간|잔|그릇|해|주|명|판)|모처|(?:인근|근처|부근)(?! [가-힣]{2,8}[.!])"
    r"|일대|도심|시내|근교|외곽|교외|(?:\d+|[한두세네] ?|다섯 |여러 )(?:곳|군데))"
)
_OFFICE = re.compile(r"(?:시|군|구|도|경찰|검찰|소방|교육|산림|기상|병무)청$|(?:경찰서|소방서|해경|지검|세무서)$")
"""Offices, which are teams or speakers where nobody is said to be at one."""
_TEAM = re.compile(r" [가-힣]{1,4} [가-힣]{2,4}(?:이|가|은|는|\()(?![가-힣])")
_ENLISTS = re.compile(r" (?:[가-힣]+ )?(?:입소|입대|들어)")
_LEAVES_UNIT = re.compile(
    r" (?:[가-힣]+ )?(?:위병소|정문|부대|후문|앞)(?:를|을|에서|로)? ?(?:[가-힣]+ )?(?:나서|나와|나오|나섰|나왔|걸어|전역|모습|마중|기다)"
)
"""Behind the unit that somebody leaves as a civilian: 7사단 정문을 나서며."""
_DEPARTURES = frozenset(("airport_departure",))
_OF_PROGRAMMES = frozenset(("interview", "recording", "pictorial", "street", "wedding", "military", "airport_departure", "airport_arrival"))
"""Kinds of which a programme's station, named with it, is no place."""
_WENT = re.compile(r" (?:[가-힣]+ )?(?:떠났|출발했|향했)(?:어|습|는데|지|다[.!])")
"""Behind a place to which those went who tell of the journey: 통영으로 떠났어요."""
_HEADS_FOR = re.compile(
    r"(?: ?[^ .!?\n“”]{1,8}){0,3}? ?(?:향하|향했|향한|들어|걸어|뛰어|달려|출근|이동|발걸음|발길|가고|가는|입장|도착|오고|오는|나서|나섰)"
)
"""Behind where somebody goes to work."""
_WORKPLACES = frozenset(("broadcaster", "venue"))
REGIONS = frozenset(("city", "district", "foreign", "country"))
"""Kinds of places in which there are others."""
HOUSES = frozenset(("venue", "shop", "reviewed"))
"""Kinds of places that one enters."""
AT_AIRPORTS = frozenset(("airport_departure", "airport_arrival"))
"""Kinds of events that happen at airports."""
_KIND_WEIGHT = {
    "airport": 1.0,
    "venue": 1.0,
    "shop": 1.2,
    "reviewed": 5.0,
    "broadcaster": 0.85,
    "district": 0.65,
    "city": 0.5,
    "foreign": 0.45,
    "country": 0.2,
}
_OTHER_SENTENCE = re.compile(r"[‘’'\"“”\s]*(?:한편|앞서|이에 앞서|이와 별개로|이와 별도로|이외에도|향후)[ ,]")
_OTHER_CLAUSE = re.compile(
    rf"[^.!?\n]{{0,24}}?(?:{LIES_AHEAD}|여는 (?!것|데)|열 예정(?!이던|이었던)|가질 예정|개최할 예정|마친 |마치고 |끝낸 |성료한 )"
)
_PUT_OFF = re.compile(r"에서 ?(?:열려던|열리려던|열 예정이던|열릴 예정이던|예정됐던)")
_PART_THERE = re.compile(
    r" (?:(?:지하 ?)?\d+층(?: [가-힣]{2,9})?|아트리움|로비|옥상|루프탑|주차장"
    r"|조리실|주방|급식실|휴게실|복도|입구|정문|후문|현관|뒤편|앞마당)에서| 앞에서 (?:[가-힣]+ )?(?:찍|촬영|사진을)"
)
_SPEAKS = re.compile(r"[^.!?\n]{0,16}?(?:발표|밝혔|밝힌|공개|알렸|전했|분석|조사)")
_REPORTS = re.compile(
    r"[^.!?\n]{4,70}?고 \d{1,2}일 (?:밝혔|발표|전했|알렸|공지|알려)| \d{1,2}일 [^.!?\n]{4,80}?고 (?:밝혔|발표했|전했|알렸|공지했)"
)
_DECADE = re.compile(r"\d{4}년대")
_SAID = re.compile(
    r"(?:(?:장소|극장|공연장|행사장|식장|목적지|촬영지)(?: ?[:：]|\]|(?:는|은)(?: [^.!?\n]{0,14})?)"
    r"|(?:어디서|어디|위치|오시는 곳|(?<![가-힣])(?:열리는 |모이는 |만나는 )?곳) ?[:：]|(?:^|\n)[^가-힣\n]{1,4}(?:장소"
    r"|곳)|(?:^|\n)(?:장소|곳|어디서|어디|위치) "
    r"|(?<![가-힣])(?:위치|좌석|자리|무대)(?:는|은)(?: (?:바로|서울|부산))?|📍|@) ?$"
)
_ANNOUNCER = re.compile(r"소속사|제작사|기획사|주최|제작진|구단|공단|엔터|측|\d{1,2}일|이어 $")


def weight_of(one: Found, kind: str) -> float:
    """How much speaks for a place by what it is, its particle, the words behind it and where in the post it stands.

    Args:
        one: the place, where the post names it once.
        kind: the event's kind, "" when unknown.

    Returns:
        More than 0; 1 for a venue at which somebody acts (누리홀에서), not in the lead.
    """
    weight = _KIND_WEIGHT.get(one.kind, 1.0)
    behind = one.text.text[one.behind : one.behind + 30]
    if one.begin and _is_dateline(one):
        factor = 0.05
    elif is_elsewhere(one.text.text, one.begin, one.end, of_kind=kind, aired=one.kind == "broadcaster"):
        factor = 0.1  # 여의도 말고 동네 하천
    elif OPEN_BEHIND.match(one.josa) and re.match(r" (?:알려|안내)드", behind):
        factor = 0.1  # 창원특례시에서 알려드립니다
    elif _OFFICE.search(one.value) and (one.role in ("subject", "topic") or (not one.josa and _TEAM.match(behind))):
        factor = 0.1  # 강원도청은 결승에서, 강원도청 스킵 한서윤이
    elif one.kind == "broadcaster" and kind in _OF_PROGRAMMES and airs(one.text.text, one.end):
        factor = 0.1  # KBS ‘막내딸’에서 주연을 맡은 그를 화상으로 만났다
    elif kind not in _DEPARTURES and one.role == "place" and _PASSES_THROUGH.match(behind):
        factor = 0.3  # 을지로4가역에서 걸어서 5분
    elif OPEN_BEHIND.match(one.josa) or one.through or is_told(one):
        factor = 1.0
    elif one.role in ("subject", "topic") and _REPORTS.match(behind):
        factor = 0.1  # 한빛대학교는 ... 연다고 14일 발표했다
    elif one.role == "location":
        enlisted = kind == "military" and one.kind in HOUSES and _ENLISTS.match(behind)
        factor = 1.0 if enlisted else 0.8 if _IS_THERE.match(behind) else 0.5
    elif one.role == "direction" and kind == "military" and _ENLISTS.match(behind):
        factor = 1.0  # 신병교육대로 입소한다
    elif kind == "military" and not one.josa and one.kind in HOUSES and _LEAVES_UNIT.match(behind):
        factor = 1.5
    elif one.role == "direction" and kind == "broadcast_commute" and one.kind in _WORKPLACES and _HEADS_FOR.match(behind):
        factor = 1.0  # 상암동 MBC로 향하고 있다
    elif one.role == "direction" and moves_in(behind):
        factor = 0.9  # 새별홀에서 온누리홀로 바뀌었다
    elif one.role == "direction":
        leaves = re.search(r"출국|떠나|떠났|이동|출발|옮긴|옮겨|옮겼|이전", behind) is not None
        gone = kind == "airport_departure" or (leaves and not (not kind and _WENT.match(behind)))
        gone = gone or (one.kind not in ("venue", "shop") and re.search(r"향했|향하", behind) is not None)
        factor = 0.15 if gone else 0.5
    elif one.role in ("subject", "topic") and _SPEAKS.match(behind):
        factor = 0.1  # 한국브랜드평판센터가 13일 발표한
    elif one.role == "copula" and one.kind not in REGIONS:
        factor = 0.9  # 달려간 곳이 노을식당이에요
    elif one.role == "object" and re.match(r"\s*(?:시작으로|배경으로)", behind):
        factor = 0.9
    elif one.role == "possessive" and (INDOORS.match(behind) or _SCENERY.match(behind) or LIGHTS.match(behind)):
        factor = 1.0  # 파주의 한 스튜디오에서
    elif not one.josa and _PART_THERE.match(behind):
        factor = 1.0  # 타임스퀘어 1층 아트리움에서
    elif not one.josa and one.kind in HOUSES and one.text.name == "body" and _FANS_THERE.match(behind):
        factor = 0.8  # 31일 누리홀 사녹!
    elif not one.josa and kind not in _DEPARTURES and _SETS_OUT.match(behind):
        factor = 0.15  # 청량리 출발 기차
    elif not one.josa and _GOES_THERE.match(behind):
        factor = 0.8  # 정동진 갔다가
    elif not one.josa and _NEAR_IT.match(behind):
        factor = 0.9
    elif not one.josa and one.text.name != "title" and one.kind in ("district", "city", "foreign") and _AT_ONE_THERE.match(behind):
        factor = 0.8  # 상수동 북카페에서
    elif one.role == "object":
        factor = 0.6 if IS_THERE_AS_OBJECT.match(behind) else 0.35
    elif not one.josa and one.kind not in REGIONS and one.text.name == "body" and SAYS_NO_MORE.match(behind):
        factor = 0.8  # 토요일 저녁 누리홀. 불이 꺼지자
    elif not one.josa:
        factor = 0.45
    else:
        factor = 0.3
    if one.kind == "airport" and one.role == "direction" and kind in AT_AIRPORTS:
        factor = max(factor, 0.8)  # 인천국제공항으로 귀국했다
    if not one.josa and re.match(
        r"\s*(?:출신|대표|시장|팬(?!미팅|싸|사인|콘)|관객|여행|행|발|소속(?!사)|교수|원장|의사|전문의"
        r"|관계자|감독|박사|총장|학장|회장|이사장|소장|홍보|구단|군수|의원|변호사|수석)",
        behind,
    ):
        factor *= 0.3
    if one.kind == "airport" and kind in AT_AIRPORTS:
        weight += 0.5
    if one.kind in REGIONS and one.text.name == "title" and _JOURNEY.match(one.text.text, one.end):
        factor *= _OF_JOURNEYS  # 강릉 당일치기
    elif one.text.name != "title" and one.value.endswith("역") and one.value != "서울역":
        factor *= _OF_STATIONS
    if one.text.name == "body" and one.begin < one.text.first_sentence_end:
        factor *= 1.5
    if one.text.name == "caption":
        factor *= 1.1
    return weight * factor


def _is_dateline(one: Found) -> bool:
    """Whether a place is only where the report comes from, or whose athlete somebody is: [서울=누리뉴스], 한서윤(광주시청)이."""
    text = one.text.text
    if text[one.begin - 1] not in "[(" or one.kind == "airport":
        return False
    return text.startswith("=", one.end) or (text.startswith(")", one.end) and _OFFICE.search(one.value) is not None)


def beside_the_point(one: Found) -> bool:
    """Whether a place stands in a sentence or clause about something else: behind 한편 or 앞서, before 콘서트를 앞둔."""
    text = one.text.text
    if _OTHER_SENTENCE.match(text, one.text.sentence_begin(one.begin)):
        return True
    if is_later_stop(text, one.text.sentence_begin(one.begin), one.begin):
        return True
    if in_plot(text, one.end):
        return True  # 염전 마을에서 벌어진 사건을 뒤쫓는 이야기
    return OPEN_BEHIND.match(one.josa) is not None and _OTHER_CLAUSE.match(text, one.end) is not None


def spoken(one: Found) -> bool:
    """Whether a person says the place (“마카오에 간 적이 없다”), rather than who announces the event (소속사는 2일 “... 서울에서)."""
    opens = one.text.speech_begin(one.begin)
    return opens is not None and _ANNOUNCER.search(one.text.text[max(0, opens - 40) : opens]) is None


def on_another_day(one: Found, day: str) -> bool:
    """Whether the last day that the sentence names before a place is not the event's.

    Args:
        one: the place.
        day: the event's (ISO 8601), "" when unknown.
    """
    begin, text = max(one.text.sentence_begin(one.begin), one.begin - FAR), one.text.text
    if _DECADE.search(text, begin, one.begin):
        return True
    before = reversed(one.text.times_between(begin, one.begin))
    said = next((mention for mention in before if not is_time_of_writing(text, mention)), None)
    if not day or said is None or _PUT_OFF.match(text, one.end):
        return False
    first, last = said.first[:10], said.value.split("/")[-1][:10]
    return not first <= day[: len(first)] <= last


def is_told(one: Found) -> bool:
    """Whether a label says that the place is the place: 장소: 서울숲 야외무대."""
    return _SAID.search(one.text.text[max(0, one.begin - 20) : one.begin]) is not None
