"""What: the kinds of event that a post's words name, and the one that it reports on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from udfs.gazetteer import without_overlaps
from udfs.passing_kinds import is_awaited, is_fans_day, is_gone_to_later, passing_words
from udfs.post_text import Reference, Tag, TextField
from udfs.rival_kinds import Found, settle_rivals
from udfs.told_deeds import tells_of_a_show
from udfs.told_kinds import met_on_the_way, told_kinds

_PURPOSE = re.compile(
    r"^(?:을|를|에|의)?\s*(?:및 [가-힣 ]+)?(?:일정|참석|참가|출연|홍보|관람|촬영|공연|개최|준비|스케줄|행사)?(?:을|를)?\s*"
    r"(?:차(?![가-힣])|에?는? ?(?:참여|참석|출연)하지 (?:못|않)"
    r"|위해|기념|위한|앞두|앞둔|마치|마친|성료|마무리|후(?![가-힣])|이후|때|끝내|끝낸|소식|계획|예정인)"
)
_WITHIN = {
    "showcase": (0.4, ("release", "brand_event")), "press_call": (0.5, ("musical", "theater", "brand_event")),
    "theater": (1.0, ("concert",)), "fan_meeting": (0.8, ("concert",)), "premiere": (1.0, ("brand_event",)),
    "press_conference": (0.5, ("brand_event", "broadcast", "recording")), "fan_signing": (0.5, ("release",)),
    "interview": (0.4, ("release", "recording", "broadcast", "film_festival", "musical", "theater")),
    "broadcast_commute": (0.5, ("broadcast", "recording")),
}  # fmt: skip
"""What is held for something wider, or has a wall for photos of its own, by the weight from which on it is meant: of a showcase one
says the album, too."""
_NO_EVENT = re.compile(r"부친상|모친상|빙부상|빙모상|\[부고\]|별세|브랜드평판|열애설")
"""In a title: what the post reports is no event of a kind, whatever else it names."""
_PRIVATE = re.compile(
    r"재계약|전속계약|소송|판결|선고|항소|법원|1심|2심|벌금|고소|고발|득남|득녀|[엄아][마빠] [됐된]|출산|임신|이혼|파경"
    r"|열애|교제 (?:인정|중)|결별|음주운전|적발|입건|송치|구속|논란|의혹|해명|확진|독감|골절|수술|입원|퇴원|활동 ?중단|추돌|교통사고"
    r"|악플|루머|법적 ?대응|사칭"
    r"|은퇴|빈소|발인|장례"
)
"""In a title that names no kind itself: news of contracts, courts, families and health."""
_SPOKEN = re.compile(r"[“\"][^“”\"\n]*[”\"]")
_AT_PLACES = frozenset(("concert", "festival", "musical", "theater", "fan_meeting", "brand_event", "film_festival"))
"""What is held at places that people review."""
_LEAST = {"review": 0.5, "blog": 0.3}
"""What a kind weighs at least that a post of a service reports on: less is only mentioned, or what happened another time."""
_LEAST_ELSEWHERE = 0.15
_ONLY_HINTED = 0.7
"""How much a kind counts that is only hinted at where another is named."""
_NAMED = re.compile(
    r"[가-힣]$|(?:음악|재즈|록|힙합|댄스|여름|가을|겨울|봄|먹거리|지역|대표|대학|거리|문화|예술|야간|물|빛|꽃|맥주|와인|커피|책|영화) $"
)
"""Before 축제: a festival is called by what it shows (모래축제, 음악 축제)."""
_CALLED = re.compile(r"(?:인)? ?[‘'<《「『“]")
"""Behind 축제 that has a name: 축제 ‘워터 스플래시 2026’."""
_WENT_TO = re.compile(r"(?:에|를|장에)? (?:[가-힣]+ )?(?:다녀|갔다|구경)")
"""Behind 축제 where somebody went to one: 벚꽃 축제 다녀왔어요."""
_BY_CHANCE = re.compile(
    r"(?:학생|대학생|고등학생|청년|청년들|누군가|아저씨|커플|사람들?|분들?|남자|여자|아이들)"
    r" ?(?:[가-힣]{1,3}이|[가-힣\d]+ 명이|이|가|들이|은|의)? "
    r"(?:(?!앞|위해|함께|보는|모인|몰)[^ .!?\n]{1,10} ){0,3}?버스킹"
    r"|버스킹(?:을|도)? ?(?:하는|하던|하시는) (?:학생|대학생|청년|분|사람|아저씨|누군가)|버스킹 소리"
)
"""Around street music that somebody only heard on the way: 대학생 둘이 버스킹을 하고 있었는데."""
_HEARD_BY_CHANCE = 0.05
_SHOT_AT_SHOW = re.compile(
    r"[가-힣]{0,2} ?(?:[가-힣]+ ){0,2}?[가-힣]*(?:에서|을|를) (?:[가-힣]+ ){0,2}?(?:찍은|찍어|촬영한|담은|담아|그린|기록한|포착한)"
)
"""Behind 패션쇼 of which an exhibition shows pictures: 패션쇼 대기실에서 찍은 얼굴 64점."""
_SHOWN_OF = frozenset(("패션쇼", "패션위크", "패션 위크", "런웨이"))
_VISITS_COUNTED = re.compile(
    r"(?:방문|시술|관람|예약|수강|수업|치료|클리닉|이용|펌|매직|염색|커트|네일|왁싱|마사지|필라테스|요가|PT) ?(?:\d{1,3}|N|n|[두세네]) ?$"
)
"""Before 회차 of those who come again: 재방문 3회차."""
_STEM_REST = re.compile(r"[가-힣]{0,24}")
_PAST_MENTION = re.compile(
    r"^(?:[가-힣]*\s*)?(?:으로 데뷔|로 데뷔|이후|당시|에 출연했던|에서 화제|로 이름|로 사랑받|에서 (?:시작된|입덕)|때 (?:왔|다녀|들렀))"
)
_PLANNED = re.compile(r"^(?:으로|로) (?:팬|관객|시청자|청취자|독자)들?[을를과]? ?(?:찾|만[나난날])")
"""Behind what a post says at its end that somebody will do next: 소극장 공연으로 팬들을 찾는다."""
_DAYS_AGO = re.compile(r"(?:지난|앞선) \d{1,2}일 (?:[가-힣]{2,8}에서 (?:열린|진행된) )?$")
"""Before what a post about something else tells of later on: 두 사람은 지난 16일 제작발표회에서."""
_LONG_AGO = re.compile(r"(?:작년|지난해|재작년|\d년 전|과거|이맘때|당시|(?:19|20)\d\d년[^.!?\n…]{0,12})[^.!?\n…]{0,14}$")
_NEVER_GLUED = {
    "전역": ("에", "에서", "으로"),
    "제대": ("로",),
    "방송": ("인", "국", "사", "가"),
    "연극": ("배우", "영화", "장", "하던", "했던"),
    "녹화": (),
    "출연": ("료",),
    "입대": (),
}


_AIRPORTS = frozenset(("airport_departure", "airport_arrival"))


def tag_what(
    fields: Sequence[TextField],
    reference: Reference,
    *,
    at_airport: bool,
    abroad: bool = False,
    people: Sequence[Tag] = (),
    service: str = "",
) -> list[Tag]:
    """Rows of kind `what`, the value being the kind of event; is_event marks the kind that the post reports on.

    Args:
        fields: the post.
        reference: lists.
        at_airport: whether the post names an airport, which speaks for departure or arrival.
        abroad: whether it names a place abroad; who leaves without either leaves no country.
        people: whom it names; most kinds of event are nothing without a person (출근길 시민).
        service: of the post; a review is of a place: a kind that its title does not name is only mentioned (하객이라 머리를 했어요).
    """
    found, strong = _words_of_kinds(fields, reference, has_person=names_anybody(fields, people, reference))
    for kind in passing_words(fields, {text.text[begin:end] for text, begin, end, *_ in found}, service):
        found = [one for one in found if one[3] != kind]
        strong.discard(kind)
    if service == "blog" and people and not strong and "concert" in reference.kinds:
        found += [(text, *span, "concert", _ONLY_HINTED) for text in fields if text.name == "body" and (span := tells_of_a_show(text.text))]
    if not found:
        return _met(fields, reference, people, service)
    of_a_place = service == "review"
    leaves = at_airport or abroad or any("공항" in text.text for text in fields)
    weights: dict[str, float] = defaultdict(float)
    for *_, kind, share in found:
        weights[kind] += share
    for kind in weights.keys() - strong - _AIRPORTS if strong else ():
        weights[kind] *= _ONLY_HINTED
    if at_airport:
        for kind in _AIRPORTS:
            if weights.get(kind, 0.0) >= 0.35:
                weights[kind] += 1.5
    for kind in _AIRPORTS - strong if not leaves else ():
        weights.pop(kind, None)  # 소속사를 떠난다
    settle_rivals(fields, found, weights, strong, reference)
    for kind, (enough, wider) in _WITHIN.items():
        if weights.get(kind, 0.0) >= enough:
            for other in weights.keys() & set(wider):
                weights[other] = min(0.4 * weights[other], 0.9 * weights[kind])
    best = max(sorted(weights), key=lambda kind: (round(weights[kind], 6), reference.kinds[kind].priority), default="")
    titled = any(text.name == "title" and kind == best for text, _, _, kind, _ in found)
    title = _SPOKEN.sub("", "\n".join(text.text for text in fields if text.name == "title"))
    titled |= best == "wedding" and "결혼" in title  # 10년 열애 끝 결혼
    no_event = _NO_EVENT.search(title) is not None or (
        not titled and (is_fans_day(fields, service) or (of_a_place and best not in _AT_PLACES) or _PRIVATE.search(title) is not None)
    )
    if no_event or weights.get(best, 0.0) < (_LEAST.get(service, _LEAST_ELSEWHERE) if strong else 0.6):
        best = ""
    if not best and not no_event and not strong:
        met = _met(fields, reference, people, service)
        if met:
            return met
    top = max(weights.values(), default=1.0)
    scores = defaultdict(float, {kind: round(weight / max(top, 1.0), 6) for kind, weight in weights.items()})
    return [
        Tag(text.name, text.position, "what", text.text[begin:end], kind, begin, end, None, None, scores[kind], None, kind == best)
        for text, begin, end, kind, _ in found
    ]  # fmt: skip


def _words_of_kinds(fields: Sequence[TextField], reference: Reference, *, has_person: bool) -> tuple[list[Found], set[str]]:
    """Words of kinds with what they weigh, and the kinds that a word or a sentence names, not only hints at."""
    found: list[Found] = []
    strong: set[str] = set()
    works = {work for text in fields if text.kinds for work in _works(text)}
    for text in fields:
        for begin, end, form in without_overlaps(text.kinds) if text.kinds else ():
            rest = _STEM_REST.match(text.text, end).group(0)  # type: ignore[union-attr]
            if any(rest.startswith(bad) for bad in _NEVER_GLUED.get(form, ())):
                continue
            glued = form == "축제" and (
                _NAMED.search(text.text[max(0, begin - 4) : begin]) is not None
                or _CALLED.match(text.text, end) is not None
                or _WENT_TO.match(text.text, end) is not None
            )
            if form == "회차" and _VISITS_COUNTED.search(text.text[max(0, begin - 12) : begin]):
                continue
            pictured = form in _SHOWN_OF and _SHOT_AT_SHOW.match(text.text, end) is not None
            by_chance = form == "버스킹" and _BY_CHANCE.search(text.text, max(0, begin - 40), min(len(text.text), end + 12)) is not None
            for kind, share in reference.kind_words.meanings[form]:
                aside = by_chance or pictured or is_awaited(text.text, end)
                share = 1.0 if glued else _HEARD_BY_CHANCE if aside else share
                if kind and (has_person or reference.kinds[kind].without_person):
                    titled = (bool(works) and _in_work(text, begin, end, works)) or (kind in _NO_TITLES and _in_title(text, begin, end))
                    strong |= {kind} if share == 1.0 and not titled else set()
                    found.append((text, begin, end, kind, share * _weight(text, begin, end, rest) * (_OF_A_TITLE if titled else 1.0)))
    told = told_kinds(fields, reference) if has_person else []
    return found + [(*one, _weight(one[0], one[1], one[2], "")) for one in told], strong | {kind for *_, kind in told}


def _met(fields: Sequence[TextField], reference: Reference, people: Sequence[Tag], service: str) -> list[Tag]:
    """What a blog is about that names no kind, but whom its writer met on the way."""
    met = met_on_the_way(fields, people) if service == "blog" and "street" in reference.kinds else None
    if met is None:
        return []
    text, begin, end, kind = met
    return [Tag(text.name, text.position, "what", text.text[begin:end], kind, begin, end, None, None, 1.0, None, True)]


_REPORTER = re.compile(r"(?: [가-힣]+)? ?(?:기자|특파원|인턴기자|논설위원|통신원)")


def names_anybody(fields: Sequence[TextField], people: Sequence[Tag], reference: Reference) -> bool:
    """Whether a post names anybody but its writer, be it a group that is nobody of the list itself (그룹 블루미가 팬미팅을)."""
    if any(not _reports(person, fields) for person in people):
        return True
    groups = {form for text in fields for *_, form in text.names if form in reference.groups}
    return any(not any(reference.names.meanings[form]) for form in groups)


def _reports(person: Tag, fields: Sequence[TextField]) -> bool:
    """Whether somebody only wrote the post: 이지은 기자가 보도합니다."""
    if person.kind != "person":
        return False
    text = next((text.text for text in fields if text.name == person.field and text.position == person.photo_position), "")
    return _REPORTER.match(text, person.end) is not None


_WORK = re.compile(
    r"(?:신곡|싱글|앨범|노래|곡|EP|음반|[1-9]집|드라마|단막극|영화|예능|웹툰|소설|동화|에세이|산문집|시집|책|그림책|연극|다큐멘터리)"
    r"(?: 제목은| 제목이|은|는)? ?[‘'<《]$"
)
_OF_A_TITLE = 0.05
"""How much a word counts that is only a part of a work's title."""


def _works(text: TextField) -> list[str]:
    """What a field calls works: 신곡 ‘퇴근길’."""
    return [text.text[begin:end] for begin, end in text.quoted if _WORK.search(text.text[max(0, begin - 12) : begin])]


def _in_work(text: TextField, begin: int, end: int, works: set[str]) -> bool:
    quotation = text.quotation_of(begin, end)
    return quotation is not None and text.text[slice(*quotation)] in works


_NO_TITLES = frozenset(("broadcast_commute", "wedding", "military", "airport_departure", "airport_arrival"))
"""Kinds that are not called by a name: in quotation marks their words are parts of a work's (‘웃는 퇴근길’)."""


def _in_title(text: TextField, begin: int, end: int) -> bool:
    quotation = text.quotation_of(begin, end)
    return quotation is not None and quotation != (begin, end)


_SAID = 0.6
"""What a word weighs in what a title quotes: what somebody talks about is not always what happens (“첫 촬영 날 이미 이겼다”)."""


def _weight(text: TextField, begin: int, end: int, rest: str) -> float:
    if text.name == "title":
        weight = _SAID if text.speaks_at(begin) else 2.0
    elif text.name == "caption":
        weight = 0.8
    else:
        weight = 1.5 if begin < text.first_sentence_end else 0.4
        weight *= 0.5 if text.speaks_at(begin) else 1.0
    behind = text.text[end : end + 24]
    if _PURPOSE.match(behind):
        weight *= 0.35
    if text.name == "body" and begin >= text.first_sentence_end and _PLANNED.match(behind):
        weight *= 0.35
    if text.name == "body" and begin >= text.first_sentence_end and _DAYS_AGO.search(text.text[max(0, begin - 32) : begin]):
        weight *= 0.5
    if text.name == "body" and begin >= text.first_sentence_end and is_gone_to_later(text.text, end):
        weight *= 0.35
    if _PAST_MENTION.match(behind) or _LONG_AGO.search(text.text[max(0, begin - 32) : begin]):
        weight *= 0.3
    if text.name != "title" and (
        rest.startswith(("했", "하기", "하고", "하는", "한다", "하며", "길에", "에서", "에 참석", "을 열", "을 개최"))
        or re.match(r"(?:에|을|를|이|가)?\s*(?:참석|개최|열었|열린|열렸|열리|열고|진행|가졌)", behind[len(rest) - 1 if rest else 0 :])
    ):
        weight *= 1.4
    return weight
