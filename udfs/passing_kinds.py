"""Kinds of event whose word stands in a post that is about something else: birthdays' cafés, ways home, sets of films, news of health."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.post_text import TextField, anywhere

_STATION_NEAR = re.compile(
    r"방송국|[KSE]BS|MBC|JTBC|tvN|엠넷|공개홀|신관|라디오|인가|뮤뱅|음중|엠카|뮤직뱅크|음악중심|인기가요|사녹|상암|등촌|드림센터|프리즘타워"
)
"""In a post whose 출근길 or 퇴근길 leads to a station, not home from the writer's office."""
_OWN_WEDDING = re.compile(
    r"스드메|드레스 ?투어|드레스샵|예랑|예신|상견례|청첩장 모임|하객룩|본식|웨딩홀 투어|결혼 ?준비|셀프 ?웨딩|(?:친구|언니|오빠|누나"
    r"|형|동생|사촌|동료|선배|후배|조카"
    r"|지인|남동생|여동생) 결혼식"
)
"""In a blogger's post about a wedding of the writer's or a friend's."""
_FAN_DAYS = re.compile(
    r"생일 ?카페|생카|생일 ?광고|지하철 ?광고|전광판 ?광고|촬영지|정주행|앨범 ?깡|덕질 ?(?:여행|투어)|성지 ?순례|컵홀더 투어"
)
"""In a title: what fans do by themselves, without anybody's event."""
_MADE_BY_FANS = re.compile(
    r"팬 ?아트|그리는 (?:과정|법|순서)|따라 그리|도안|커버 ?댄스|비공식 굿즈|굿즈 (?:만들|제작|깡|정리|나눔)|탑꾸|폴꾸|다꾸|손그림"
    r"|뜨개|필사|십자수|피규어"
)
"""In a title: what fans draw and make after pictures and clips."""
_WEDDING_SUNG = re.compile(
    r"축가[^.!?\n]{0,30}?(?:진짜|실물|가수(?:가|였|분)|등장|나왔|나오셔|나오신|불러 ?[주줬]|직접)|(?:사회|주례|축가)(?:가|를|는"
    r"|로)? (?:[가-힣]{1,5} )?"
    r"(?:씨가|배우가|가수가|개그맨|코미디언|배우님|아나운서가)"
)
"""In a post about a friend's wedding at which somebody known sang or spoke."""
_AWAITED = re.compile(
    r" ?(?:전까지|때까지|까지 (?:버|존버|기다|참)|(?:은|이|을|를|만)? ?(?:언제|기다리|기다려|하면|하기만|해 ?줘|했으면|해라|좀 해))"
)
"""Behind a kind that fans wait for: 컴백 전까지."""
_GUIDED = re.compile(r"오디오 ?가이드|음성 ?(?:안내|해설)|도슨트")
_NARRATED = frozenset(("녹음", "내레이션"))
_FED = re.compile(r"밥차|커피차|간식차")
_IN_NEED = re.compile(r"이재민|수재민|대피소|수해|산불|지진|복구|노숙|쪽방|보육원|복지관|급식|소방관|어르신들|환아|장병")
"""In a post whose 밥차 feeds no actors."""


def passing_words(fields: Sequence[TextField], words: set[str], service: str) -> set[str]:
    """Kinds that a post only names in passing, by what it is about instead.

    Args:
        fields: the post.
        words: words of kinds in it.
        service: a blogger's way home from work is nobody's commute, the blogger's wedding nobody's.
    """
    passing: set[str] = set()
    own = service in ("blog", "review")
    if own and any("출근" in word or "퇴근" in word for word in words) and not anywhere(_STATION_NEAR, fields):
        passing.add("broadcast_commute")
    if own and anywhere(_OWN_WEDDING, fields) and not anywhere(_WEDDING_SUNG, fields):
        passing.add("wedding")
    if not _NARRATED.isdisjoint(words) and anywhere(_GUIDED, fields):
        passing.add("recording")
    return passing


def feeds_the_needy(fields: Sequence[TextField]) -> bool:
    """Whether a post's 밥차 stands at a shelter, not at a set of a film: 이재민 위해 사흘째 밥차 운영."""
    return anywhere(_FED, fields) and anywhere(_IN_NEED, fields)


def is_fans_day(fields: Sequence[TextField], service: str) -> bool:
    """Whether a blog's title tells of what fans do by themselves: 생일카페 투어, 드라마 촬영지, 팬아트 그리는 과정."""
    titles = [text.text for text in fields if text.name == "title"] if service == "blog" else []
    return any(_FAN_DAYS.search(title) is not None or _MADE_BY_FANS.search(title) is not None for title in titles)


def is_awaited(text: str, end: int) -> bool:
    """Whether a kind is only waited for: 컴백 전까지 이 사진들로 버틴다."""
    return _AWAITED.match(text, end) is not None


_GONE_TO_LATER = re.compile(
    r"[^.!?\n]{0,14}?(?:하신다|한다|나온다|나오신다|오신다|온다|열린다|시작한다|선다)(?:니까|니|길래|는데|고 하|고 해|던데|더라|기에)"
    r"|[^.!?\n]{0,24}?(?:보러 가기로|보러 갈 |보러 가려|가기로 했|같이 가기로|볼 예정|갈 예정|잡을까)"
)


def is_gone_to_later(text: str, end: int) -> bool:
    """Whether somebody only means to go to what is named: 10월에 연극하신다니까 같이 보러 가기로 했어요."""
    return _GONE_TO_LATER.match(text, end) is not None
