"""Places where a post's event is not: those not gone to, wished for, credited, where tickets are sold, where one eats afterwards."""

from __future__ import annotations

import re

_NOT_GONE_TO = re.compile(
    r"(?:이|가|은|는|에|을|를)? ?(?:대신(?! (?:해|맡|나))|말고(?!도)|아닌 (?!게|가)|아니라|아니고|못 ?(?:가(?!에)|간(?! ?건)|갔)"
    r"|안 ?(?:가(?!게|장|운|격|까|에|족|방)|간(?!판|식|이)|갔)|빼고|제외하)"
)
"""Behind a place where somebody was not: 여의도 말고 동네 하천, 문화센터 대신 거실에서."""
_WISHED_FOR = re.compile(
    r"(?:이나|나|에|에도|을|를|도|로|으로|까지)? ?(?:[가-힣]{1,5} )?(?:가야지|가 ?봐야|갈까|가 ?볼까|가고 ?싶다|가고 ?싶네|가고 ?싶어(?!서)"
    r"|가자고|노려 ?[보봐볼]|도전해 ?[보봐볼])"
)
"""Behind a place where somebody means to go another day: 내일은 물빛공원이나 가야지."""
_INTENDED = re.compile(
    r"에서 (?:[가-힣]+ )?(?:찍|하|먹|보|만나|묵|치르)기로 (?:했어|했답|했습니다|했는데|했음|해서|정했어"
    r"|결정했어|약속했어)|에서 찍기로 함"
)
"""Behind where something private is to be: 스냅은 제주에서 찍기로 했어요."""
_LIVES = re.compile(
    r"에서 (?:[가-힣]+ ){0,2}?(?:태어[난나났]|나고 자|자란|자랐|유학|복무하|복무할|복무 |군 ?생활|자취하)|(?:이|가) 고향|를 고향|을 고향"
    r"|에서 (?:온|왔다는) (?:팬|관객|관광객|여행객|분|손님)"
)
"""Behind where somebody is from, or serves as a soldier: 군악대에서 복무한다."""
_SOLD_THERE = re.compile(
    r"에서(?:만|도)? (?:(?!열|여는|공연|치|진행|개최)[가-힣\d]+ ){0,2}?"
    r"(?:예매(?:할|하[고면며]| 가능|받)|구매(?:할|하[고면며]| 가능)|판매(?:한|하|된|되|를|할|중)|풀린"
    r"|풀렸|살 수|사전 ?신청|응모(?:할|하| 가능)|신청(?:할|하| 가능|받)"
    r"|나눠 ?[드준줄줍]|배부|교환|수령|받아 ?갈)"
)
"""Behind where tickets are had: 방청권은 시청 민원실에서 나눠 드립니다."""
_TICKETS = re.compile(r"예매|티켓|입장권|방청권|관람권|초대권|좌석권|입장 팔찌|(?<![가-힣])표(?:는|를|도|만)?(?![가-힣])")
_LAST_OF_TOUR = re.compile(r"에서 (?:끝난다|끝납니다|끝나며|막을 내린다|마무리된다|마침표를 찍는다|대미를 장식한다|피날레를 장식한다)")
"""Behind the last stop of a tour: 춘천에서 출발해 제주에서 끝난다."""
_MOVED_AWAY = re.compile(
    r"에서 (?:[가-힣A-Za-z0-9]+ ?){1,4}?(?:으로|로) (?:(?:장소|공연장|무대|개최지)(?:를|가|을|이) )?(?:바뀌"
    r"|바뀐|바뀝|변경|옮[겨긴기긴깁]|이전)"
    r"|에서 (?:열릴|열|진행될|개최될|치를|가질) (?:예정|계획)이(?:던|었던) (?:(?!같은|동일|이곳)[^.!?\n]){1,60}?(?<!장소)(?<!곳)에서 (?:열"
    r"|진행|개최|치|막)"
)
"""Behind where something was to be before it was moved: 새별홀에서 온누리홀로 바뀌었다."""
_CREDIT_BEFORE = re.compile(r"(?:(?:사진|영상|자료|출처|그래픽|제공)(?: ?제공)? ?[=:ㅣ|/]|ⓒ|©) ?$")
_CREDIT_BEHIND = re.compile(r"(?:시|군|구)? ?(?:제공(?![가-힣])|캡처|캡쳐|방송 ?화면|(?:유튜브|인스타그램) ?(?:캡|화면))")
_CREDIT_SIGN = re.compile("사진|영상|자료|출처|제공|캡|화면|ⓒ|©|그래픽")
_EATS_THERE = re.compile(
    r"에서 (?:[가-힣\d]+ ){0,3}?(?:저녁|점심|아침|밥|한 그릇|뒤풀이|국밥|커피|맥주|한잔|식사|야식|해장)"
    r"(?:을|를|도|으로|로)? ?(?:[가-힣]+ )?(?:먹|마시|하고|때우|해결|하면|했|까지)"
)
"""Behind where those eat who came for something else: ‘혜화칼국수’에서 저녁 먹고 가면 딱이에요."""
_DAY = re.compile(r"\d ?일")
_PLOT = re.compile(
    r"에서 (?:벌어|펼쳐|일어|살아|길을 잃|사라[지진졌]|만나|쫓기|숨어|갇[힌히혀])[^.!?\n]{0,50}?(?:이야기"
    r"|작품|드라마|영화|스릴러|코미디|로맨스)"
)
"""Behind where a story is set: 비자림에서 길을 잃은 모녀를 그린 이 작품."""
_AFTERWARDS = re.compile(
    r"(?:끝나고|끝난 ?(?:뒤|후)|나와서|나오는 길|오는 길|돌아가는 길|마치고|보고 나서|보기 전|들어가기 전"
    r"|공연 (?:뒤|후|전))(?:에|에는|엔)?(?: [^.!?\n]{0,14})?$"
)
"""Before where those go who have seen what they came for."""
SHOWN = frozenset(
    ("concert", "musical", "theater", "festival", "fan_meeting", "fan_signing", "film_festival", "premiere", "sports", "wedding")
)
"""Kinds of events to which people come who eat somewhere else."""


def is_elsewhere(text: str, begin: int, end: int, *, of_kind: str, aired: bool) -> bool:
    """Whether the words beside a place say that the event is not there.

    Args:
        text: the text.
        begin: of the place.
        end: of the place.
        of_kind: the event's kind; without one what is to be done is the writer's own plan.
        aired: whether the place is a station, of whose programme a credited picture is.

    Examples:
        >>> is_elsewhere("여의도 말고 동네 하천에서", 0, 3, of_kind="", aired=False)
        True
    """
    after = text[end : end + 40]
    if _NOT_GONE_TO.match(after) or _WISHED_FOR.match(after):
        return True
    if after.startswith(("에서", "에선")) or "고향" in after:
        denied = _LIVES.match(after) or _sold_there(text, begin, end) or _LAST_OF_TOUR.match(after) or _MOVED_AWAY.match(text, end)
        if denied or (of_kind in ("", "wedding") and _INTENDED.match(after)):
            return True
    if aired:
        return False
    around = text[max(0, begin - 8) : end + 12]
    return _CREDIT_SIGN.search(around) is not None and _is_credit(text, begin, end)


def _sold_there(text: str, begin: int, end: int) -> bool:
    sold = _SOLD_THERE.match(text, end)
    return sold is not None and _TICKETS.search(text, max(0, begin - 50), sold.end()) is not None


def _is_credit(text: str, begin: int, end: int) -> bool:
    """Whether a name only says whose picture it is: 사진=누리TV, 누리TV 제공."""
    return _CREDIT_BEFORE.search(text[max(0, begin - 8) : begin]) is not None or _CREDIT_BEHIND.match(text, end) is not None


def is_later_stop(text: str, sentence: int, begin: int) -> bool:
    """Whether a tour goes on to a place: 서울을 시작으로 부산, 광주에서.

    Args:
        text: the text.
        sentence: where the place's sentence begins.
        begin: of the place.
    """
    first = text.find("시작으로", sentence, begin)
    return first >= 0 and _DAY.search(text, first, begin) is None


def eats_there(text: str, begin: int, end: int) -> bool:
    """Whether somebody only eats at a place, or goes there afterwards: 끝나고 별솔시장에서 떡볶이."""
    if not text.startswith("에서", end):
        return False
    return _EATS_THERE.match(text, end) is not None or _AFTERWARDS.search(text, max(0, begin - 24), begin) is not None


_MOVES_IN = re.compile(r" (?:(?:장소|공연장|무대|개최지)(?:를|가|을|이) )?(?:바뀌|바뀐|바뀝|변경|옮[겨긴기깁] ?(?:열|진행|치|개최|\d))")


def moves_in(behind: str) -> bool:
    """Whether something takes place where it was moved to: 온누리홀로 장소를 옮겨 22일 열린다."""
    return _MOVES_IN.match(behind) is not None


def in_plot(text: str, end: int) -> bool:
    """Whether a story is set where a place ends here."""
    return text.startswith("에서", end) and _PLOT.match(text, end) is not None
