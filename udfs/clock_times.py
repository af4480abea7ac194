"""Which hour a Korean clock time means: 오후 2시, 저녁 7시 30분, 세 시 반, 6시 시작."""

from __future__ import annotations

import re

from udfs.korean_date_patterns import NATIVE_HOURS
from udfs.time_mention import group_of

_ABOUT = re.compile(r"쯤|경|께| ?(?:즈음|무렵|정각)|에 (?:딱 )?맞[춰추]")
_AROUND = re.compile(r"쯤|경|께| ?(?:즈음|무렵)|에[ ,]|, ")
_UNTIL = re.compile(r" ?(?:부터|~|∼|〜|-|–) ?\d{1,2} ?시")
_LABELLED = re.compile(r"(?:시작|입장|공연|예약|집합|출발|도착)[은이]? $")
"""Behind and before a small number that is an hour: 6시부터 10시까지, 시작 2시 30분."""
_STARTS = re.compile(
    r"(?:쯤|경|에|부터)?[ \t]*(?:시작|공연|입장|오픈|예약|회차|타임|상영|무대|콘서트|팬미팅|팬콘|시사회|막공|밤공|쇼케이스|방청|경기"
    r"|영화|연극|뮤지컬|북토크|야구|축구|걸로|거로)"
    r"|[ \t]+[가-힣]{2,8}[ \t]+(?:회차|페어|캐스트|막공|첫공|밤공|공연|콘서트|팬미팅)"
)
"""Behind an hour without a part of the day: 6시 반 시작 is in the evening."""
_SHOW = re.compile(
    r"(?:밤공|낮공|저녁공|공연) ?[(（]?$|(?:퇴근|하교)(?:하고|하자마자|해서|한 뒤|한 후|하고 나서| 후| 뒤)(?:에)? (?:[가-힣]+ )?$"
    r"|(?:일|수업|학교|회사|근무|야근) (?:끝나고|끝내고|마치고|끝나자마자)(?: 나서)? (?:[가-힣]+ )?$"
)
"""Before an hour in the evening: 밤공 7시, 퇴근하고 7시에."""
_OFF_WORK = re.compile(
    r"(?:쯤|경|반)?(?:에|에야)? ?"
    r"(?:칼퇴|(?:칼)?퇴근|(?:회사|사무실|일터|직장|학원|도서관|독서실)(?:를|을|에서|서)? ?(?:나[와왔서섰온오선설]))"
)
"""Behind an hour in the evening: 일곱 시쯤 회사를 나섰는데, 6시 칼퇴하고."""


_AT_ANY_HOUR = re.compile(r"(?:녹화|사녹|촬영)[은는이가도]? ?$")
"""What begins in the morning as well as in the evening."""
_AT_DAWN = re.compile(r"(?:새벽|아침) ?(?:\d|[한두세네다여일]\S? ?시|다섯|여섯|일곱)")


_DATES = ("day", "iso_day", "relative", "same", "ago", "week_day", "week_end_day", "nth_day", "plain_day", "slash_day", "holiday", "lunar")
"""Groups of dates behind which an hour of one to six is one of the afternoon, but for one like 05:30."""


def _recorded_in_the_morning(match: re.Match[str]) -> bool:
    """Whether a recording is at an hour of the morning, as those who tell of it came at dawn: 새벽 4시 집합 ... 녹화는 7시에 시작."""
    before = match.string[max(0, match.start() - 8) : match.start()]
    return _AT_ANY_HOUR.search(before) is not None and _AT_DAWN.search(match.string, max(0, match.start() - 200), match.start()) is not None


def clock_of(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """Hour (24), minute, whether minutes were named."""
    half_day = group_of(match, "half_day") or group_of(match, "half_day_only")
    part = half_day or group_of(match, "part") or ("밤" if group_of(match, "relative").endswith("밤") else "")
    if group_of(match, "hour"):
        hour = int(match["hour"])
        if group_of(match, "colon"):
            minute, named = int(match["colon"]), True
        elif group_of(match, "half"):
            minute, named = 30, True
        else:
            minute, named = int(group_of(match, "minute") or 0), bool(group_of(match, "minute"))
    elif group_of(match, "native"):
        hour = NATIVE_HOURS[match["native"]]
        minute = 30 if group_of(match, "native_half") else int(group_of(match, "native_minute") or 0)
        named = bool(group_of(match, "native_half") or group_of(match, "native_minute"))
    else:
        return None
    if hour > 24:
        return None
    dated = any(group_of(match, name) for name in _DATES)
    about = _ABOUT.match(match.string, match.end()) is not None and not group_of(match, "minute")
    if (dated or about) and not part and 1 <= hour <= 6 and group_of(match, "hour") and match["hour"][0] != "0":
        hour += 12  # 6월 7일 6시: early hours are told as such
    shown = _STARTS.match(match.string, match.end()) or _SHOW.search(match.string[max(0, match.start() - 16) : match.start()])
    evening = not part and 1 <= hour <= 8 and group_of(match, "hour") and shown and not _recorded_in_the_morning(match)
    if evening or (not part and 4 <= hour <= 11 and _OFF_WORK.match(match.string, match.end())):
        hour += 12
    if (part in ("오후", "저녁", "늦은", "PM", "pm") and hour < 12) or (part in ("밤", "심야", "한밤") and 5 <= hour < 12):
        hour += 12
    elif part in ("밤", "오전", "새벽", "자정", "한밤", "AM", "am") and hour == 12:
        hour = 0 if part != "밤" else 24
    elif part in ("낮", "점심") and hour < 6:
        hour += 12
    elif not part and group_of(match, "native") and 1 <= hour <= 6:
        hour += 12  # 세 시, without more, is in the afternoon
    return hour, minute, named


_OPENING_QUOTES = ("‘", "'", "<", "〈", "《", "「", "『", "[", "(")
_OF_A_PROGRAMME = re.compile(r"(?:의|에|엔|,)? ?[가-힣A-Za-z][가-힣A-Za-z0-9 ]{0,12}[’'>〉》」』\])]")
"""Behind an hour with which a title begins: ‘2시의 데이트’, ‘9시 뉴스’, ‘두시탈출’."""


def is_clock(match: re.Match[str], text: str) -> bool:
    """Whether a time of day is meant: without 오전 or 오후 a small number, or 24, is one before 쯤, 시작 and the like only."""
    if group_of(match, "colon") and match["hour"] == "0":
        return False  # 0:11, a score
    if _OF_A_PROGRAMME.match(text, match.end()) and text[match.start() - 1 : match.start()] in _OPENING_QUOTES:
        return False  # ‘두 시의 산책’
    if _is_sure(match) or _SHOW.search(text, max(0, match.start() - 16), match.start()):
        return True  # 낮공 2시
    if _LABELLED.search(text, max(0, match.start() - 6), match.start()):
        return True  # 시작 2시 30분
    return any(behind.match(text, match.end()) is not None for behind in (_OFF_WORK, _STARTS, _AROUND, _ABOUT, _UNTIL))


def _is_sure(match: re.Match[str]) -> bool:
    return any(group_of(match, name) for name in ("part", "half_day_only", "colon", "native")) or 7 <= int(match["hour"]) < 24
