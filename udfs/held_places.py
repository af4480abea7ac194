"""Nouns at which something was held, which name places that no list holds: before 에서 열린, 에서 진행된, 을 찾아."""

from __future__ import annotations

import re

from udfs.post_text import Reference, TextField
from udfs.spans import merged, touched
from udfs.visited_shops import one_of_many
from udfs.word_lists import NOT_HELD, NOT_VENUES

NO_PLACE = re.compile(
    r"(?:콘서트|마라톤|마켓|페스티벌|페스타|축제|대회|위원회|협회|재단|선수권|리그|[가-힣]컵|영화제|영화상"
    r"|시상식|어워즈|어워드|대상|산악회|동호회|동아리|동창회|향우회"
    r"|연휴|휴가|방학|주말|평일|명절|기간|시즌|성수기|비수기|막차|첫차|타이밍|연차|반차)$"
)
"""Ends of names of events, of those who hold them, of clubs and of times, which are no places: 누리컵에서, 연휴에."""
_HELD = re.compile(
    r"(?:[^.!?\n]{0,20}?)(?:열린|열리|열렸|열고|열었|열어|개최|거행|가졌|치렀|진행된|진행됐|"
    r"마셨|마시고|먹었|먹고 왔|샀[다는어]|묵었|1박|머물렀|시술|커트|진료|부딪|충돌|추락|발생|쏟아졌|난 (?:불|산불|화재|사고)|빚었|배웠|"
    r"진행하|펼쳐진|펼쳐졌|개막|막을 올|치러|촬영|베일을 벗|상영|이뤄진|찍힌|찍은|엄수|만난|녹화|했고|했어|했는데|팬사인회|팬미팅|콘서트)"
)
_VISITED_THERE = re.compile(r" ?(?:[가-힣]+ )?(?:찾|방문|다녀|들렀)")  # 상계동 희망촌을 찾아
_WENT = re.compile(r" ?(?:[가-힣]+ )?(?:다녀왔|다녀옴|다녀온|방문했|들렀|들러서)")


def held_at(text: TextField, spans: list[tuple[int, int, str]], reference: Reference) -> list[tuple[int, int, str]]:
    """Names of places that no list holds: nouns before 에서 where something was held (도쿄 제프 하네다에서 열린다).

    Args:
        text: the field.
        spans: the places that are known already.
        reference: the lists.

    Returns:
        (begin, end, "") of each: no form of the lists.
    """
    found: list[tuple[int, int, str]] = []
    visited = [word for word in text.words if word.josa in _JOSA_OF_HELD and word.nominal]
    if not visited:
        return found
    taken = merged((begin, end) for begin, end, _ in spans)
    ends, listed = {end for _, end, _ in spans}, {end for _, end, form in spans if form}
    for word in visited:
        if word.josa == "에서":
            acts = _HELD
        elif word.stem_end - word.begin > 2:
            acts = _VISITED_THERE if word.begin - 1 in listed else _WENT
        else:
            continue
        if not acts.match(text.text, word.end, word.end + 32):
            continue
        surface = text.text[word.begin : word.stem_end]
        floor = _FLOOR_BEFORE.search(text.text[max(0, word.begin - 12) : word.begin])
        if floor is not None and word.begin - len(floor.group()) in ends:
            continue  # 더현대 서울 지하 2층 아이코닉존에서
        free = not touched(taken, word.begin, word.stem_end)
        usable = len(surface) > 1 and surface not in NOT_VENUES and surface not in NOT_HELD and not NO_PLACE.search(surface)
        usable = usable and not _COUNTED.match(surface) and not one_of_many(surface)
        known = (
            surface in reference.kind_words.meanings
            or surface in reference.names.meanings
            or surface in reference.occupations
            or (surface in reference.common_words and word.begin - 1 not in ends)
        )
        if text.text.endswith(("한 ", "의 ", "모 ", "개 "), 0, word.begin):
            continue  # 제주의 한 목장에서: any farm; 1310개 시험장에서: many
        if free and usable and not known:
            found.append((word.begin, word.stem_end, ""))
    return found


_FLOOR_BEFORE = re.compile(r" (?:지하 ?|B)?\d{1,2}층 $")
_COUNTED = re.compile(r"\d+(?:열|층|번|회|차|화|위|구역|인|명|호차|호|대|월|일|년|km|㎞|m|킬로|미터|분|시간)")
"""Seats, floors and the like: 8열에서 찍은, 8km쯤에서."""
_JOSA_OF_HELD = frozenset(("에서", "에", "을", "를"))
