"""Hours and days of a post that are its writer's or another thing's, and those that speak for themselves to be the event's."""

from __future__ import annotations

import re

from udfs.post_text import TextField
from udfs.time_mention import TimeMention

_BEFORE = 24
"""Characters before a time that say whose it is."""
_MAIN_EVENT = re.compile(r"(?<![가-힣])본 ?(?:시상식|행사|공연|식|경기|방송|무대|대회|콘서트|게임|예식)[은는이가] ?(?:[가-힣]+ )?$")
"""Before the hour of what follows the scene that a post tells of: 레드카펫을 밟았다. 본 시상식은 오후 6시에."""
_NOW = re.compile(r"(?<![가-힣])(?:지금|현재)(?:은|이|도)? ?(?:시각|시간)?(?:은|이)? ?[:：]? ?$")
_SINCE = re.compile(r"부터|에서|까지")
"""Around the hour at which somebody writes: 지금 새벽 세 시, 현재 시각 밤 11시."""
_WRITTEN = re.compile(
    r"(?:에|쯤|쯤에|(?:이|가)? ?넘어서?|(?:이|가)? ?다 돼서?)? ?(?:쓰는|적는|올리는|끄적이는|남기는|쓴다|적는다|씀|써 ?[봅본])"
)
"""Behind that hour: 새벽 2시에 쓰는 후기."""
_POLICE = re.compile(
    r"(?:경찰|경찰서|경찰청|소방|소방서|소방본부|소방청|소방당국|해경|검찰)(?: 등)?에 따르면,? (?:[가-힣A-Za-z]+(?:은|는|이|가) )?$"
)
"""Before the hour of an accident or a crime."""
_OPENS_AT = re.compile(
    r"(?:(?:문|문을|매장|가게) ?여는|오픈하는|개장하는|개점하는|점등(?: ?시간)?[은이]|소등(?: ?시간)?[은이]|일몰(?: ?시간)?[은이]|"
    r"해넘이(?: ?시간)?[는가]|일출(?: ?시간)?[은이]|해 ?지는 시간[은이]) ?(?:보통 |대략 |약 )?$"
)
"""Before the hour from which on something is open or lit: 입장은 백화점 문 여는 10시 30분부터, 점등은 오후 다섯 시 반."""
_OWN = re.compile(r"(?:^|[\s,.])(?:저희는?|우리는?|저는|나는|전|난) $")
"""Before the hour of the writer's own visit, told beside others: 저희는 다섯 시에 들어가서."""
_CHOSEN = re.compile(
    r" ?(?:걸로|거로|걸 |(?:타임|회차|공연|회|상영|관람)(?:으로|로|을|를)?) ?(?:[가-힣]+ )?"
    r"(?:봤|보고|보기로|골[라랐]|예매|들어갔|입장했|받았|잡았|참여했)"
)
"""Behind the one of several hours at which somebody was: 오후 1시, 3시 두 타임 중에 3시 걸로 봤어요."""
_CAME_TO_A_QUEUE = re.compile(r"(?:쯤|경|께)?(?:에)? ?도착(?:했는데|하니|했더니|했을 때|해도)[ ,]*(?:앞에|내 앞|제 앞|이미|벌써|대기|줄)")
"""Behind the hour at which somebody found others waiting: 아침 8시 반 도착했는데 앞에 이미 마흔 명."""
_ON_FOOT = re.compile(r"정상|등산|산행|등반|트레킹|둘레길|종주|완등")
"""Words of a walk that begins at the hour of departure."""
_ON_THE_WAY = re.compile(
    r"(?:통과|도착|하산|점심)(?:은|는|이|가|한 게|한 건)? ?$|(?:정상|대피소|봉|능선|고개|샘터)(?:에|에는|에서|까지) ?$"
)
"""Before the hours of such a walk's stages: 대피소 통과가 10시 10분이었어요."""
_CLEARS = re.compile(r"(?:에야|에|부터|쯤)? ?(?:[가-힣]+ ){0,2}?(?:그치|개겠|갤 |갭니|개는|맑아지|물러[가나]|잦아들)")
_CLEARS_BEFORE = re.compile(r"(?:개는|그치는|맑아지는|물러가는|풀리는) (?:건|것은|때는|시점은) $")
"""Around the hour at which a weather is over that a forecast is about: 하늘이 개는 건 모레 낮부터입니다."""
_HELD = re.compile(r"[^.!?\n\"“”]{0,30}에서 [^.!?\n\"“”]{2,40}(?:을|를|이|가) (?:열었다|열렸다|개최했다|개최됐다|진행했다|진행됐다|가졌다)")
"""Behind a day on which something was held at a place, told as done."""
_ON_WHEELS_BEFORE = re.compile(
    r"(?<![가-힣])(?:비행기|항공편|기차|열차|버스|고속버스|KTX|SRT|막차|첫차|배편|셔틀|체크인|체크아웃|퇴실|알람|인원 ?체크|콜타임)"
    r"(?:는|은|가|이|를|을|도)? ?(?:[가-힣]+ )?$"
)
_ON_WHEELS = re.compile(r" ?(?:대 )?(?:비행기|항공편|기차|열차|KTX|SRT|(?:고속|시외|셔틀|심야)?버스|배편|체크인|체크아웃|퇴실)")
"""Around the hours of a way there or back: 비행기는 저녁 7시라, 서울역 8시 KTX."""
_LEFT = re.compile(r"(?:쯤|경)?에(?:는|야)? (?:항복|퇴장|귀가|철수|후퇴|포기|집에|자리를 떴|돌아왔|돌아갔)")
"""Behind the hour at which a visit was over: 저는 8시에 항복했습니다."""
_ENTRY = re.compile(r"(?:입장|집합|대기|스탠딩|리허설|도어 ?오픈)(?:은|이)? ?$")
_ENTERED = re.compile(r"(?:에|부터)? ?입장[,.하해이]")
_BEGIN = re.compile(r"(?<!시 )(?<!시)(?<!분 )(?<!반 )(?:시작|본공연|개막식|킥오프|1부)(?:은|는|이)? ?$")
"""Around the hour of the doors, and before that of the event itself: 입장 2시 시작 2시 30분."""
_CLOCK = ("hour", "minute")
_ASIDE = -4.0


def on_foot(text: TextField) -> bool:
    """Whether a field tells of a walk up a mountain or along a way."""
    return _ON_FOOT.search(text.text) is not None


def told_aside(text: TextField, mention: TimeMention, *, kind: str) -> float:
    """What the words around a time add to its being the event's, less than nothing where it is another thing's.

    Args:
        text: the field.
        mention: the time.
        kind: of the event, "" where the post has none.
    """
    whole, begin, end = text.text, mention.begin, mention.end
    if mention.precision in _CLOCK and "/" not in mention.value:
        before = whole[max(0, begin - _BEFORE) : begin]
        if mention.lead == "clock":
            if _MAIN_EVENT.search(before) or _OPENS_AT.search(before):
                return _ASIDE
            if _CAME_TO_A_QUEUE.match(whole, end):
                return -1.2  # yet that of the visit where no other is told
            if (_NOW.search(before) and not _SINCE.match(whole, end)) or (_WRITTEN.match(whole, end) and text.name != "caption"):
                return _ASIDE
            if _ON_THE_WAY.search(before) and not kind and on_foot(text):
                return _ASIDE
            if kind not in _ARRIVING and (_LEFT.match(whole, end) or _ON_WHEELS_BEFORE.search(before) or _ON_WHEELS.match(whole, end)):
                return _ASIDE
            if _ENTRY.search(before) or _ENTERED.match(whole, end):
                return -1.0
            if _BEGIN.search(before) or _begins_behind_doors(text, mention):
                return 1.0
            if _CHOSEN.match(whole, end):
                return 2.5
            if _OWN.search(before):
                return 1.0
        if before.endswith("에 따르면 ") and _POLICE.search(before):
            return 1.3
        return 0.0
    if text.name != "body" or mention.precision != "day" or "/" in mention.value:
        return 0.0
    if mention.first >= text.published.date().isoformat():
        clears = _CLEARS.match(whole, end) or _CLEARS_BEFORE.search(whole, max(0, begin - _BEFORE), begin)
        if clears is not None and not kind:
            return -1.0
    if mention.first <= text.published.date().isoformat() and mention.lead in ("bare", "full", "지난") and _HELD.match(whole, end):
        return 0.5  # 29일 대전 연구원에서 환송식을 열었다. 30일 오전 떠난다
    return 0.0


_ARRIVING = frozenset(("airport_departure", "airport_arrival", "broadcast_commute"))
"""Kinds of which the way itself is the event."""


def _begins_behind_doors(text: TextField, mention: TimeMention) -> bool:
    """Whether an hour stands behind the word for the begin, which itself stands behind the hour of the doors."""
    whole, begin = text.text, mention.begin
    if not whole.endswith(("시작 ", "시작은 "), 0, begin):
        return False
    before = text.times_between(max(0, begin - _BEFORE), begin)
    return len(before) > 0 and _ENTRY.search(whole, max(0, before[-1].begin - 8), before[-1].begin) is not None
