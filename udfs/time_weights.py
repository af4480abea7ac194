"""How much speaks for a time of a post being its event's: where it stands, how it was named, what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.hours_aside import on_foot, told_aside
from udfs.korean_date_patterns import COMPARED
from udfs.korean_words import SENTENCE_END, rest_of_sentence
from udfs.labelled_times import LABEL_ABOVE, label_before
from udfs.looking_ahead import is_day_of_post, is_time_of_writing
from udfs.own_visits import told_of_visits
from udfs.post_text import Tag, TextField
from udfs.spans import first_behind
from udfs.time_mention import FAR, TimeMention
from udfs.word_lists import LIES_AHEAD

TELLING = 2.2
"""How much less the day of telling is the event's: more than all that speaks for a day in the lead."""
_BURIAL = re.compile(r"(?:발인|(?:전역|제대|소집해제) ?(?:예정)?일|해제일|생일)[은이]? ?$")
_MENTIONED_BEHIND = ("데뷔", "개봉 예정", "출생", "태어", "이후", "까지 ", "만에", "첫 싱글", "첫 음반", "종영")
"""Behind times that a post only mentions."""
_OWN_WORDS = {"broadcast": ("첫 방송", "첫선", "베일을 벗"), "wedding": ("결혼",), "military": ("입대", "제대")}
"""The same, but for posts about an event of that kind."""
_SALE = re.compile(r"예매|티켓|선예매|환불|취소 ?표|잔여석")
_SIGN_UP = re.compile(r"[^.!?\n,]{0,16}?(?:사전 ?예약|예매(?! 시작)|신청(?!분)|응모|접수(?![됐된되])|모집|당첨|추첨)")
_TRAVELS = re.compile(r"[^.!?\n]{0,14}?(?:KTX|SRT|기차|열차|버스|비행기|항공)")
_SIGN_UP_BEFORE = re.compile(
    r"(?:예매|티켓팅|신청|응모|접수|마감|당첨자?|모집|사전 ?예약(?:제로)?)"
    r"(?: ?(?:기간|일시|일정|시작|마감|오픈|발표))?[은는이가]?(?: ?[:：] ?|[^.!?\n,:]{0,7})$"
)
"""Around the time at which people apply for tickets or seats, not that of the event."""
_LABELLED = re.compile(r"(?:일시|날짜|일자|공연일|행사일|기간) ?[:：] ?$")
"""Before the time of an event in an announcement of several lines: 일시: 10월 9일."""
_SIGN_OF_LABEL = re.compile(r"일시|일정|날짜|일자|기간|언제|(?:공연|행사|개최|방송|관람|방문)일|(?i:when|date)|예매|신청|접수|응모|티켓")
_SALE_LATER = re.compile(r"[^.!?\n]{0,12}?(?:진행된|시작된|열린|오픈[된한])[^.!?\n]{0,24}?(?:예매|티켓)|[^.!?\n]{0,6}?티켓 오픈")
ACCORDING = re.compile(r" (?:[가-힣A-Za-z]+ ){0,2}[가-힣A-Za-z]+(?:에 따르면|[을를] 보면)")
_OTHER = re.compile(r"한편|에 앞서|^[”\" ]*앞서 ")
_QUEUE = re.compile(
    r" ?집합|[^.!?\n]{0,10}(?:줄이 ?[섰길생]|만차|꽉 [찼차])|[^.!?\n]{0,6}(?:줄[을부]|줄 ?[서섰선]|대기|웨이팅|오픈런)"
    r"|부터? (?:[‘']?오픈런|기다|대기)|(?:랑|이랑|하고|와|과) ?\d{1,2}시"
    r"| 첫차| 기상|에 (?:기상|일어나|집에서|출발|나와)|"
    r"(?: (?:서울|부산|대구|인천|대전|광주|울산|수원|집(?:에서)?|[가-힣]+(?:역|터미널|공항)(?:에서)?))? 출발(?!선)"
    r"|에 (?:이미|벌써) |에 (?:내렸|내려서)|(?: 되기)? 전에| 되[니면]|, ?\d{1,2}시"
    r"|(?:이|가)? ?(?:넘으면|넘어|지나면|이후에는?|전까지)|부터 서"
    r"| ?오픈(?:인데|이라|이고|해서)"
    r"|부터 (?:[가-힣\d]+ ){0,5}?(?:자리를 (?:지키|지켰|잡|맡)|진을 치|몰려|모여들|줄지어|장사진)"
    r"|(?:으로|로)? ?(?:하루 )?(?:두|세|네|[2-9]) ?(?:번|차례|회)(?:인데|이고|이라|이에요|예요|입니다|씩|,| (?:있|열|운영))"
    r"|(?:(?!인데|는데)[^.!?\n]){0,12}(?:막을 내렸|끝났|끝나|마무리|넘겨|다 돼|돼서야)|에 끝(?![가-힣])| ?콜(?![가-힣])"
)
"""Behind an hour that is not the event's: of waiting for it, of its end, one of several."""
_ONLY_IF = re.compile(r"(?:쯤|경|께)?(?:이)?면(?![가-힣])")
"""Behind an hour that is only a condition: 조명이 10시면 꺼지니."""
_CAME = re.compile(r"(?:쯤|경|께)?에 (?:미리 |일찍 |겨우 )?(?:도착|들어가|들어갔|입장했|입장해|갔는데)")
"""Behind the hour at which somebody came, which is that of a visit, but not that of a show or game."""
_CAME_ON_STAGE = re.compile(
    r"(?:(?:쯤|경|께|즈음)(?:에|에야)?|(?:이|가)? ?(?:넘어|넘어서|다 돼|돼서야)) ?(?:나와서|나와 |나왔|나온|등장|올라와)"
)
"""Behind the hour about which one of several came on a festival's stage."""
_KEPT_TO = re.compile(r"(?:반|분)?에? (?:딱 )?(?:맞춰|맞추어|맞춰서)")
"""Behind opening hours that somebody kept to: 개장 시간 9시에 맞춰 들어갔습니다."""
_STARTS = {"sports": re.compile(r"에? 출발"), "brand_event": re.compile(r" ?오픈(?:인데|이라|이고)"), "": re.compile(r"에 출발(?:해|하여)")}
"""Behind the hour at which a race starts, a shop for some days opens, a walk begins."""
_ENDS = re.compile(
    r"(?:까지)? (?:문을 여|문 여|영업|운영)|(?:께|쯤|경)?(?:에야?|이면|면|엔)? (?:끝난|끝날|끝났|마친다|막을 내[린렸려리]|"
    r"(?:문을 |가게 )?닫|마감|영업 ?(?:끝|종료)|라스트 ?오더|브레이크)"
)
_NEXT = re.compile(r"(?:[2-9]차전|다음 (?:경기|공연|회차|방송)|차기 대회)(?:은|는) ?$")
_CANCELLED = re.compile(r"취소")
_OVER = re.compile(
    r"(?:까지 하니|끝나니|나오니|집에? ?(?:오니|도착하니|왔더니|가니|오면)"
    r"|(?:영업|운영|이용|관람|개장|오픈|마감|점심|브레이크) ?(?:시간|타임)(?!인)(?:은|이|도)? ?:?"
    r"|라스트 ?오더(?:는|가|도)? ?:?"
    r"|매일|매주|매회|입장은|대기는|예약은|문의는|접수는|운영은|응모는)[^.!?\n]{0,8}$|\d시, ?$|\d(?:시|분| 반)(?:랑|이랑|하고|와|과) ?$"
)
AHEAD_OF = re.compile(rf"[^.!?\n]{{0,30}}?(?:{LIES_AHEAD}|준비에)")
PUT_OFF = re.compile(r"[^.!?\n]{0,20}?(?:예정됐던|예정이던|예정이었던|잡혔던|열려던|결방)")
_EVERY = re.compile(r"(?:매달|매월|매년|해마다|격주|격월) $")
_OPEN_UNTIL = re.compile(r"[^.!?\n]{0,24}?(?:시|분|반)까지 ?(?:문을 |야간 )?(?:연다|열어|열고|엽니다|여는|운영|영업|개장|개방|관람)")
_OPEN_SO_LONG = re.compile(r"까지 (?:야간 |연장 |문을 |가게를 )?(?:연장|연다|열어|열고|엽니다|여는|운영|영업|개장|개방)")
_EVE = re.compile(r"(?:에|부터)? (?:[가-힣]+ )?(?:회식|과음|야근|술|음주|밤샘|밤새|미리|예약|예매|막차|첫차|기차|버스|KTX|숙소|호텔)")
"""Behind a day before the visit that is told of."""
VISITED = re.compile(r"(?: ?[(（][월화수목금토일][)）])?(?: [월화수목금토일]요일)? ?(?:에 )?(?:방문|관람|이용|시술|투숙|체험)(?![가-힣])")
"""Behind the day of the visit, as a review notes it: (3월 9일 월요일 방문)."""
_ADVISED = re.compile(
    r"(?:쯤|경)?(?:에)? ?(?:맞춰 )?(?:가면|오면|가시면|오시면|넘어서 가면)"
    r"|(?:쯤|경|까지|전에|에)?(?: [가-힣]+){0,4}? ?(?:추천|권해|권합|좋아요|좋습니다|가세요|오세요|하세요|보세요|마세요)"
)
_SUPPOSED = re.compile(r"(?:에|부터)? ?[가-힣]{1,4}(?:다더니|라더니|댔는데|다고 했는데|기로 했는데|기로 했지만)")
"""Behind hours that somebody advises or that were not kept: 5시쯤 가서 기다리시는 걸 추천, 9시에 나온다더니."""
_BIRTHDAY = re.compile(r"생일(?:[은이]| ?당일인)? ?$")
_RAINED = re.compile(r"(?:에|까지|부터)? (?:[가-힣]+ )?(?:비|눈)[가이] (?:많이 |펑펑 |잔뜩 )?(?:와서|왔|온 |내려서|내렸|내린 )")
"""Behind the day of the weather before the one that is told of."""
_RELAYED = re.compile(r"(?:부터|에)? [^.!?\n]{0,24}?(?<![가-힣])(?:생)?중계(?:된다|될|됩니다)")
"""Behind the hour from which on something is shown elsewhere."""
_SHOWN_LATER = re.compile(r"[^.!?\n]{0,20}?(?:생방송|방송(?:[되된될]|으로|을 타)|전파|본방)")
_OFF_WORK = re.compile(r" (?:퇴근(?!길에|하고 (?:[가-힣]+ )?(?:들[러렀르]|다녀|갔|먹|봤|보고))|일 끝나|수업 끝나)")
_CAME_OUT = re.compile(r" (?:나온|발매된|발매한|데뷔한|개봉한|출시된|태어난) ")
ON_A_PAGE = re.compile(
    r" (?:공식 |자신의 |개인 )?(?:계정|SNS|인스타그램|유튜브|홈페이지|누리집|보도자료|팬카페|팬 커뮤니티|커뮤니티|팬 플랫폼|위버스)"
)
_OF_SOMETHING = re.compile(r"[가-힣] 당일$")
_CLOSES_WITH = re.compile(
    r"[^.!?\n]{0,16}?(?:을|를) 끝으로| (?:막을 내|폐막)|(?:에)? [^.!?\n,]{0,16}?(?:에서|에) (?:끝난다|막을 내린다|마무리된다)"
)
SHOWN = frozenset(("showcase", "premiere", "press_conference"))
"""Kinds at which a work is shown that comes out at an hour of its own."""
SOLD = re.compile(r"[^.!?\n]{0,8}(?:음원 사이트|공개[됐된]|발매[됐된])|에? (?:나온다|나오는|나왔)")
"""Behind that hour."""
_AND_THEN = re.compile(r"에는|엔")
"""Behind the hour of what is added to an event of the same day."""
_HAD_BEGUN = re.compile(
    r"[^.!?\n]{0,16}?(?:닻을 올린|돛을 올린|막을 올린|막이 오른|포문을 연|첫발을 뗀|시작된|시작한|출발한) "
    r"(?:이번 |월드 ?)?(?:투어|공연|콘서트|대장정|여정|전시|순회)"
)
"""Behind the day on which a tour began whose later evening is told of."""
ON_SALE = re.compile(r"(?:부터|에) [^.!?\n]{0,16}?(?:살 수|구매할 수|구입할 수|판매)")
"""Behind the day from which on something shown before can be bought."""
_SOLD_KINDS = frozenset(("release", "brand_event"))
_STARTS_WITH = re.compile(r"[^.!?\n]{0,30}?(?:을|를) 시작으로")


_LEAVES = re.compile(
    r"(?:에|쯤|께)? ?(?:[가-힣\d]+(?:역|에서|터미널|공항)? )?(?:출발(?:하는|한|해서|하여|해)?|떠나는) ?"
    r"(?:기차|열차|막차|첫차|버스|심야버스|밤차|KTX|배|비행기|무박|,|…|\.)"
)
"""Behind the hour at which a journey begins: 31일 밤 11시 반 청량리 출발 기차."""
_WAKING = re.compile(
    r"에 (?:기상|일어나|집을 나|출발해)| 첫차|(?:에|부터)? (?:집합|인원 ?체크|(?:MD |굿즈 )?줄 ?[서섰])"
    r"|에 [^.!?\n]{0,20}? 줄(?:을)? ?[서섰]"
    r"|(?:에|부터) (?:MD|굿즈|티켓) ?(?:부스|수령|교환|사[고서러]|찾[고으아])|에 (?:전화|접수|연락)(?:해|하고|했더니|를 걸|로)"
)
_MADE_THEN = re.compile(r"[^.!?\n]{0,50}?녹화(?:에|를|가|는|현장에)? ?(?:[가-힣]+ )?(?:참여|참석|나섰|임했|마쳤|진행[됐했]|끝냈|다녀)")
_MADE_ON = re.compile(r"녹화(?:가|는|를) ?$")
"""Around the day on which what is broadcast later was recorded."""
AIRED = re.compile(
    r"[^.,!?\n]{0,12}?(?:방송[은되된될됩]|방영|전파를 타|시청자를 찾|안방을 찾|첫선|첫 방송|공개[되된됩되]|보내 ?드[려리릴립])"
)
"""Behind the hour at which something is broadcast."""


_OPENS = re.compile(r" ?(?:개장|개점|오픈)(?:인데|이라|이고|이지만|이었는데| 전)")


def _sets_out(text: TextField, mention: TimeMention, kind: str) -> bool:
    """Whether at an hour the event begins that is one of setting out, or of opening: a race, a walk up a mountain."""
    starts = _STARTS.get(kind)
    return starts is not None and starts.match(text.text, mention.end) is not None and (kind != "" or on_foot(text))


def without_waking(text: TextField, mention: TimeMention, kind: str) -> TimeMention:
    """The day alone where its hour is not the event's: 오늘 새벽 다섯 시에 일어나서, 4월 29일 10시 개장인데.

    Args:
        text: the field.
        mention: a time of it.
        kind: of the event, "" for none.
    """
    if mention.lead == "clock" or "/" in mention.value or mention.precision not in ("hour", "minute"):
        return mention
    aside = _WAKING.match(text.text, mention.end) or (kind != "brand_event" and _OPENS.match(text.text, mention.end))
    return mention._replace(value=mention.value[:10], precision="day") if aside and not _sets_out(text, mention, kind) else mention


_AND_AT = re.compile(r"(?:,|와|과| 및|·) ?(?:오후 |저녁 |밤 )?\d{1,2}시")


def _first_session(text: TextField, mention: TimeMention) -> bool:
    """Whether an hour is the first of several of a day to come: 팬미팅이 13일 열린다. 오후 2시와 7시 두 차례다."""
    return mention.first[:10] > text.published.date().isoformat() and _AND_AT.match(text.text, mention.end) is not None


def _another_behind(text: TextField, mention: TimeMention) -> bool:
    """Whether the sentence names another day or hour behind this one."""
    end = mention.end + len(rest_of_sentence(text.text, mention.end, 120))
    return any(other.precision in ("day", "hour", "minute") for other in text.times_between(mention.end, end))


def in_other_sentence(text: TextField, mention: TimeMention) -> bool:
    """Whether a time stands in a sentence about something else: behind 한편, 앞서, 입대에 앞서."""
    before = SENTENCE_END.split(text.text[max(0, mention.begin - 40) : mention.begin])[-1]
    return _OTHER.search(before) is not None


def event_words(what: Sequence[Tag]) -> dict[tuple[str, int | None], list[tuple[int, int]]]:
    """Where each field names the kind of the event, in order."""
    found: dict[tuple[str, int | None], list[tuple[int, int]]] = {}
    for tag in what:
        if tag.is_event:
            found.setdefault((tag.field, tag.photo_position), []).append((tag.begin, tag.end))
    return {field: sorted(spans) for field, spans in found.items()}


def _distance(mention: TimeMention, words: Sequence[tuple[int, int]]) -> int:
    """Characters between a time and the nearest of some words in order."""
    index = first_behind(words, mention.begin)
    return min((max(begin - mention.end, mention.begin - end, 0) for begin, end in words[max(0, index - 1) : index + 1]), default=FAR)


def _is_mentioned(behind: str, kind: str) -> bool:
    return any(word in behind for word in _MENTIONED_BEHIND) or any(
        word in behind for other, words in _OWN_WORDS.items() if other != kind for word in words
    )


def event_weight(text: TextField, mention: TimeMention, words: Sequence[tuple[int, int]], *, kind: str) -> float:
    """How much speaks for a time to be the event's.

    Args:
        text: the field.
        mention: the time.
        words: where the field names the kind of the event.
        kind: of the event, "" where the post has none.
    """
    if text.quotation_of(mention.begin, mention.end) is not None:
        return -1.0  # 영화 ‘오후 네 시의 손님’
    weight = {"title": 1.0, "caption": 1.6, "body": 1.0}[text.name]
    if text.name == "body" and mention.begin < text.first_sentence_end:
        weight += 1.5
    elif text.name == "body" and mention.lead == "지난" and mention.begin == text.times[0].begin:
        weight += 0.3  # 응원봉이 파도를 그렸다. 별무리가 지난 11일 ... 공연을 마쳤다
    weight += 0.8 * max(0.0, 1 - _distance(mention, words) / 60)
    weight += {"same": 0.3, "bare": 0.3, "relative": 0.2, "지난": 0.1, "full": 0.15, "clock": -0.2, "next": -1.5}.get(mention.lead, 0.0)
    if mention.precision in ("hour", "minute"):
        weight += 0.15
    if mention.part or mention.precision in ("hour", "minute"):
        weight += 0.25
    behind = text.text[mention.end : mention.end + 25]
    if is_day_of_post(text.text, mention):
        weight -= 4.0
    elif is_time_of_writing(text.text, mention):
        weight -= 1.5
    if behind.startswith("까지") and "/" not in mention.value:
        weight -= 1.5  # 7일까지니까 얼른 가 보세요
    if _is_mentioned(behind.removeprefix("까지 ") if "/" in mention.value else behind, kind):
        weight -= 0.8
    later = text.text[mention.end : mention.end + 40].split(".")[0]
    if (
        mention.lead == "오는"
        and text.name == "body"
        and mention.begin >= text.first_sentence_end
        and not PUT_OFF.match(text.text, mention.end)
    ):
        weight -= 1.0
    if mention.lead == "relative" and text.name == "caption":
        weight -= 1.0  # 오늘의 티켓
    if ACCORDING.match(text.text, mention.end) and _another_behind(text, mention):
        weight -= TELLING  # 8일 소속사에 따르면 전날
    if mention.precision != "day" and _SALE_LATER.match(text.text, mention.end):
        weight -= 2 * TELLING  # 전날 오후 8시 진행된 콘서트 티켓 예매
    signs_up = _SIGN_UP_BEFORE.search(text.text[max(0, mention.begin - 20) : mention.begin]) is not None
    labelled = text.name == "body" and _SIGN_OF_LABEL.search(text.text, max(0, mention.begin - LABEL_ABOVE), mention.begin) is not None
    label = label_before(text.text, mention.begin) if labelled else ""
    signs_up = signs_up or label == "other"
    if not signs_up and (label == "event" or _LABELLED.search(text.text[max(0, mention.begin - 8) : mention.begin])):
        weight += 2.5
    if (
        re.match(r"부터 (?:순차적으로 |자동 |차례로 )*환불", behind)
        or _SALE.search(behind[:8])
        or _SALE.search(text.text[max(0, mention.begin - 8) : mention.begin])
        or (_SIGN_UP.match(behind) and not _TRAVELS.match(behind))
        or signs_up
    ):
        weight -= 1.8  # the day on which tickets are sold
    if mention.lead == "clock" and (
        (_QUEUE.match(behind) and not _sets_out(text, mention, kind) and not _first_session(text, mention))
        or (_OVER.search(text.text[max(0, mention.begin - 16) : mention.begin]) and not _KEPT_TO.match(behind))
        or _ONLY_IF.match(behind)
        or (kind and _CAME.match(behind))
        or (kind == "festival" and _CAME_ON_STAGE.match(behind))
    ):
        weight -= 4.0  # 새벽 네 시에 줄을 섰다, 밤 11시가 돼서야 끝났다, 매일 오후 4시
    if text.speaks_at(mention.begin):
        if mention.lead == "clock":
            weight -= 1.5  # “새벽 4시에 깨어 있는 사람들”
        elif mention.surface.startswith("오늘") and text.name == "body" and mention.begin >= text.first_sentence_end:
            weight -= 1.5  # “오늘 세트리스트에서 제일 좋았다”
    if _NEXT.search(text.text[max(0, mention.begin - 12) : mention.begin]):
        weight -= 2.5  # 2차전은 23일 오후 6시 30분
    if text.latest_time > mention.first and _OF_SOMETHING.search(text.text[max(0, mention.begin - 3) : mention.end]):
        weight -= 1.0  # 오는 27일 ... 입소 당일
    if mention.surface.startswith("엊그제"):
        weight -= 0.5
    if mention.precision in ("hour", "minute") and _ENDS.match(behind):
        weight -= 4.0  # 1월 1일 0시 20분께 끝난다
    later_told = text.latest_time > mention.first
    if later_told and kind != "street" and ON_A_PAGE.match(behind):
        weight -= 1.5  # 7일 오후 2시 공식 계정을 통해
    put_off = PUT_OFF.match(text.text, mention.end) is not None and not _CANCELLED.search(text.text, mention.end, mention.end + 160)
    if put_off and later_told:
        weight -= 1.5  # 15일 열릴 예정이던 ... 22일로 연기한다
    if (
        _EVERY.search(text.text[max(0, mention.begin - 6) : mention.begin])
        or _OPEN_UNTIL.match(text.text, mention.end)
        or (mention.lead == "clock" and _OPEN_SO_LONG.match(behind))
    ):
        weight -= 4.0  # 매달 25일 월급날, 수요일과 토요일에 밤 9시까지 연다
    if _EVE.match(text.text, mention.end) and mention.surface.startswith("전날"):
        weight -= 2.5
    if mention.lead in ("full", "bare") and mention.precision == "day" and VISITED.match(text.text, mention.end):
        weight += 1.5  # (3월 9일 월요일 방문)
    if mention.lead == "clock" and (_ADVISED.match(text.text, mention.end) or _SUPPOSED.match(text.text, mention.end)):
        weight -= 4.0
    if kind == "broadcast_commute" and mention.precision in ("hour", "minute") and _SHOWN_LATER.match(text.text, mention.end):
        weight -= 2.5  # 출근했다. 무대는 이날 오후 6시 생방송으로
    if _CAME_OUT.match(text.text, mention.end) or _BURIAL.search(text.text[max(0, mention.begin - 10) : mention.begin]):
        weight -= 1.5
    if _BIRTHDAY.search(text.text[max(0, mention.begin - 8) : mention.begin]):
        weight -= 2.0  # 생일은 수요일인데
    if mention.precision == "day" and _RAINED.match(text.text, mention.end):
        weight -= 1.5  # 엊그제 비가 와서 다 졌을 줄 알았는데
    if kind not in ("broadcast", "sports") and mention.lead == "clock" and _RELAYED.match(text.text, mention.end):
        weight -= 2.5
    if _CLOSES_WITH.match(text.text, mention.end):
        weight -= 1.5  # 일요일 불꽃놀이를 끝으로
    if _OFF_WORK.match(text.text, mention.end) or COMPARED.match(text.text, mention.end):
        weight -= 1.5  # 금요일 퇴근하고; 10월 26일 첫 회와 비교하면
    if kind in SHOWN and mention.precision in ("hour", "minute") and SOLD.match(text.text, mention.end):
        weight -= 2.5  # 쇼케이스를 연다. 앨범은 같은 날 오후 6시에 나온다
    leaves = not kind and mention.lead != "clock" and later_told and mention.precision != "day" and _LEAVES.match(text.text, mention.end)
    if leaves and not on_foot(text):
        weight -= TELLING
    made = _MADE_THEN.match(text.text, mention.end) or _MADE_ON.search(text.text, max(0, mention.begin - 6), mention.begin)
    if kind == "broadcast" and text.name == "body" and made:
        weight += 1.3  # 지난 3일 제작센터에서 진행된 ‘나들이’ 녹화에 참여했다. 방송은 다음 달 6일이다
    if kind == "broadcast" and mention.precision in ("hour", "minute") and AIRED.match(text.text, mention.end):
        weight += 0.6
    if mention.lead == "same" and mention.surface.startswith("같은") and _AND_THEN.match(text.text, mention.end):
        weight -= 0.6  # 10월 22일 오후 6시 공개. 같은 날 밤 10시에는 함께 듣는 시간이
    if mention.begin > text.times[0].begin and _HAD_BEGUN.match(text.text, mention.end):
        weight -= 0.8  # 지난 11일 ... 공연을 마쳤다. 지난 5월 23일 도쿄에서 닻을 올린 이번 투어는
    if kind not in _SOLD_KINDS and ON_SALE.match(text.text, mention.end):
        weight -= 1.8  # 3월호는 20일부터 서점에서 살 수 있다
    if _STARTS_WITH.match(text.text, mention.end):
        weight += 1.0  # 11월 22일 도쿄돔을 시작으로
    if abs(int(mention.first[:4]) - text.published.year) > 1:
        weight -= 2.5  # 1961년 4월 12일
    if AHEAD_OF.match(behind) and not text.times_between(mention.begin + 1, mention.end + 30):
        weight -= 1.0  # 오는 5일 콘서트를 앞둔
    if in_other_sentence(text, mention):
        weight -= 1.2
    if re.search(r"공개(?:했|한|됐|된|하)", later[:24]) and kind not in ("release", "street"):
        weight -= 0.9
    if "예정" in later and mention.lead != "오는":
        weight -= 0.3
    return weight + told_aside(text, mention, kind=kind) + told_of_visits(text, mention, kind=kind)
