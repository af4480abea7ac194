"""Stations and what they show: whether one is named with a programme, and where a programme is made before people."""

from __future__ import annotations

import re

_PROGRAMME = re.compile(
    r"(?:가|이|에서)?(?: \d?TV| (?:표준|음악|쿨|파워|러브|해피)? ?FM| 라디오| 라디오가)?(?: (?:새|신규|간판|장수|특집))?"
    r"(?: (?:[가-힣]{1,4}(?:예능|드라마|토크쇼|버라이어티|프로그램|다큐멘터리|다큐)"
    r"|예능|드라마|다큐|교양|시사|음악방송)(?: 프로그램)?)?(?:에서)? ?[‘'<《“]"
    r"|(?:에서|을 통해|를 통해) (?:첫 )?(?:방송|방영|전파)|(?:가|이) [^.\n]{0,30}(?:다큐|특집|예능|드라마|중계)"
)
_MADE_THERE = re.compile(r"[^.\n]{0,80}?(?:공개방송|공개 (?:생)?방송|녹화|방청|생방송)")
_BEFORE_PEOPLE = re.compile(r"방청|공개 ?(?:녹화|방송|생방송)|현장 ?녹화|관객을 모시|누구나 볼 수 있")
"""In posts about programmes to whose making people come."""
_HELD_THERE = re.compile(
    r"(?:에서|서) (?:[가-힣\d]+ ){0,2}?(?:열[리립린려]|진행|있[습을으]|개최|펼쳐|녹화|갖|가집|만나|합니다|하며)|에 (?:차려|마련|설치|꾸며)"
)


def airs(text: str, end: int) -> bool:
    """Whether a station is named with what it shows: SBS 예능 프로그램 ‘퇴근하고 한판’."""
    return _PROGRAMME.match(text, end) is not None


def made_there(text: str, begin: int, end: int) -> bool:
    """Whether a programme is made before listeners or cameras at a place at which somebody acts.

    Args:
        text: the text.
        begin: of the sentence, or not far before the place.
        end: of the place.
    """
    return _MADE_THERE.match(text, begin) is not None or (
        _HELD_THERE.match(text, end) is not None and _BEFORE_PEOPLE.search(text) is not None
    )
