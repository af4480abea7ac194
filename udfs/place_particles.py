"""What stands around a place's name: its particle, brackets, whether somebody is there, whether the name stands alone."""

from __future__ import annotations

import re

from udfs.korean_particles import particle_chain

REST = re.compile(r"[가-힣A-Za-z]{0,20}")
"""Letters behind a name, its particle."""
_CLOSES = ("’", "'", "”", '"', ">", "》", "」", "』")
_BRACKETS = re.compile(r" ?\([^()\n]{1,20}\)(?=[가-힣])")


def behind_brackets(text: str, end: int) -> int:
    """Where a name's particle stands: behind what is said of it in brackets, or quotation marks: 국제컨벤션센터(TICC)에서, ‘달빛국수’에."""
    if text[end : end + 1] in _CLOSES and "가" <= text[end + 1 : end + 2] <= "힣":
        return end + 1
    match = _BRACKETS.match(text, end)
    return match.end() if match is not None else end


_ACTS = re.compile(
    r"(?:에서|서|에서의|에서는|에선)(?![가-힣])|(?:을|를) (?:찾|방문)|에 (?:도착|참석|등장|나타|들어|모습|입장|다녀|들렀|들러|놀러)"
    r"|(?:으로|로) 출근| 도착| 앞(?:에서|에|,)|입니다"
)


def acts_at(text: str, end: int) -> bool:
    """Whether what ends here is told as a place at which somebody is."""
    return _ACTS.match(text, behind_brackets(text, end)) is not None


def stands_alone(whole: str, begin: int, end: int) -> bool:
    """Whether a listed name is a word of its own here, particles and 시, 앞, 인근 aside, and no part of another word."""
    before = whole[begin - 1] if begin else " "
    if "가" <= before <= "힣" or before.isalnum():
        return False
    rest = REST.match(whole, end).group(0)  # type: ignore[union-attr]
    return (
        not rest
        or particle_chain(rest, whole[end - 1]) is not None
        or (rest[0] in "시군" and particle_chain(rest[1:], rest[0]) is not None)
        or rest.startswith(
            ("행", "발", "점", "앞", "내", "시내", "현지", "인근", "일대", "측", "본점", "서", "였", "이었", "예요", "이에요")
        )
    )


_LOCAL = re.compile(
    r"(?:에서|서|에선|에는|에|로|으로)(?![가-힣])|(?:시|군)(?:청|민|의회)?(?![가-힣])"
    r"| (?:시내|출신|일대|인근|[가-힣]{1,4}(?:읍|면|동|리)(?![가-힣]))"
)
_REGION_BEFORE = re.compile(
    r"(?:강원|경기|충북|충남|전북|전남|경북|경남|제주|강원도|경기도|충청북도|충청남도|전라북도|전라남도|"
    r"경상북도|경상남도|중국|프랑스|오스트리아|서울|부산) $"
)


def surely_a_place(whole: str, begin: int, end: int) -> bool:
    """Whether a place whose name is an ordinary word (고양이, 마라톤 완주) is meant: somebody is there, or its region stands before it."""
    return _LOCAL.match(whole, end) is not None or _REGION_BEFORE.search(whole[max(0, begin - 5) : begin]) is not None


_COPULA = re.compile(r"(?:이었|였|이에|예|입니|이고|이라|인데|이구)[가-힣]{0,6}$")
"""Endings of blogs behind a noun that the particle table lacks: 올림픽홀이었는데요."""


def particle_of(rest: str, last: str) -> tuple[str, str]:
    """Particles and role of a place's name, by the letters behind it and its own last one; those behind 시, 앞, 인근 where these follow."""
    chain = particle_chain(rest, last)
    if chain is not None:
        return chain
    copula = _COPULA.match(rest)
    if copula is not None:
        return copula.group(), "copula"
    for noun in ("시", "군", "앞", "내", "인근", "일대", "점", "시내", "현지"):
        if rest.startswith(noun):
            chain = particle_chain(rest[len(noun) :], noun[-1])
            return chain if chain is not None else ("", "")
    return "", ""
