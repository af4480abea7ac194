"""Works that are called by a place's name: 영화 ‘비자림’, ‘비자림’ 시사회. In quotation marks the name is then no place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.post_text import TextField

WORK_BEFORE = re.compile(
    r"(?:영화|드라마|연극|뮤지컬|소설|웹툰|앨범|신곡|노래|곡|예능|다큐|다큐멘터리|시리즈|작품|프로그램|싱글|[1-9]집|주연작"
    r"|출연작|장편|단편|차기작|복귀작|데뷔작|시집|에세이|산문집|그림책|오페라|발레|창극|타이틀곡|수록곡"
    r"|OST|음반|라디오|[1-9]인극|시트콤|특집극|단막극)(?:인|의|은|는)? ?[‘'“\"<《「『]$"
)
SHOWN_BEHIND = re.compile(
    r"[’'>〉》] ?(?:1회|첫 ?회|첫 ?방|막방|막화|최종회|마지막 ?회"
    r"|시즌 ?\d|\d{1,2} ?(?:회|화|부작)|[1-9]권|OST|정주행|본방|예고편|개봉|줄거리|결말)"
)
"""Behind the title of what is shown or read: ‘서울역 그 남자’ 1회."""
_PRESENTED_BEHIND = re.compile(
    r"[’'>〉》](?:의|이|가)? ?(?:언론|VIP|배급|무대 ?인사|시사회|제작발표회|제작 보고회|제작보고회|개봉"
    r"|흥행|주연|출연진|배우들|감독|촬영 ?현장|포스터|예고편|스틸|프레스콜|리메이크)"
)
"""Behind the title of a film, series or play that is presented."""


def works(fields: Sequence[TextField]) -> set[str]:
    """What a post has in quotation marks and calls a work, or presents as one.

    Args:
        fields: the post's.
    """
    return {
        text.text[begin:end]
        for text in fields
        for begin, end in text.quoted
        if WORK_BEFORE.search(text.text[max(0, begin - 10) : begin])
        or SHOWN_BEHIND.match(text.text, end)
        or _PRESENTED_BEHIND.match(text.text, end)
    }
