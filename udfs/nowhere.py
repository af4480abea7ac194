"""Posts whose event has no place: releases, forecasts for the whole country, research, markets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.post_text import TextField, anywhere

PLACELESS_KINDS = frozenset(("release",))
"""What comes out comes out everywhere: a song, a book."""
_GATHERS = re.compile(r"불러 모|(?:청음회|쇼케이스|북토크|발매 기념 [가-힣]+)(?:를|을)? (?:열었|열고|겸한|진행했|가졌)|1위")
"""What is done at a place on the day that something comes out."""
_FROM_AFAR = re.compile(
    r"(?:화상|서면|전화|줌|온라인|이메일) ?인터뷰|(?:화상|서면|전화|이메일|줌)(?:으로|로) (?:[가-힣]+ ){0,3}?(?:만난|만났|연결|주고받|나눈)"
)
"""Talks of those who do not meet."""
_BROADCAST_ONLINE = re.compile(
    r"(?:온라인|비대면|화상|유튜브)(?:으로|로|에서)(?:만)? (?:[가-힣]+ )?(?:생중계|중계|진행|열린|열렸|열고|개최|공개|치러)"
)
"""Of press conferences to which nobody comes."""
_MEETS = re.compile(r"에서 (?:[가-힣]+ )?(?:회의|회견|간담회|토론회|설명회|공청회)")
_SUBJECT_SIGN = re.compile(
    "기상청|강수량|낮 기온|날씨|연구팀|학술지|논문|증시|코스피|코스닥|환율|금리|소비자물가|집값|소매가격|도매가격|수출액|나라살림|재정수지"
)
"""What every text of these subjects holds: others need not be looked at any closer."""
_FORECAST = re.compile(r"기상청|예상 강수량|낮 (?:최고)?기온|날씨였습니다|\[[^\]\n]{0,6}날씨\]")
_EVERYWHERE = re.compile(r"전국|중부|남부|충청|영남|호남|한반도|그 밖의 지역")
_COLUMN, _SEAS = re.compile(r"\[[^\]\n]{0,6}날씨\]"), re.compile(r"[동남서]해 ?먼?바다")
"""In the title and the body of the daily forecast."""
_ROMANCE = re.compile(r"열애|핑크빛|결별|교제 (?:중|인정|부인)|알아가는 (?:중|단계)")
"""In titles about couples: where somebody saw them is not what is told."""
_RESEARCH = re.compile(r"(?:연구팀|연구진|교수팀)[^\n]*?(?:학술지|논문)|(?:학술지|논문)[^\n]*?(?:연구팀|연구진|교수팀)")
_MARKET = re.compile(
    r"(?:증시|코스피|코스닥|환율|금리|소비자물가|집값|소매가격|도매가격|수출액|나라살림|재정수지)"
    r"[^\n]{0,80}?(?:올랐|올라|오르|내렸|내린|내려|떨어|하락|상승|급락|급등|밀렸|치솟|뛰었|비쌌|집계|동결|인상|인하|적자|흑자)"
)


def happens_nowhere(fields: Sequence[TextField], kind: str) -> bool:
    """Whether a post tells of nothing that happens at one place.

    Args:
        fields: the post's.
        kind: the event's kind, "" when unknown.
    """
    if kind in PLACELESS_KINDS:
        return not anywhere(_GATHERS, fields)
    if kind == "interview" and anywhere(_FROM_AFAR, fields):
        return True
    if kind == "press_conference" and any(text.name == "body" and _BROADCAST_ONLINE.search(text.text) for text in fields):
        return True
    if kind:
        return False
    title = next((text for text in fields if text.name == "title"), None)
    if title is not None and _ROMANCE.search(title.text):
        return True
    words = [text for text in fields if text.name != "caption" and _SUBJECT_SIGN.search(text.text)]
    if not words:
        return False
    for text in words:
        market = _MARKET.search(text.text)
        if _RESEARCH.search(text.text) or (market is not None and market.start() * 2 < len(text.text) and not _MEETS.search(text.text)):
            return True
        if title is not None and _COLUMN.search(title.text) and _SEAS.search(text.text):
            return True
        if _FORECAST.search(text.text) and (_EVERYWHERE.search(text.text) or _EVERYWHERE.search(title.text if title is not None else "")):
            return True
    return False
