"""What: the kinds of event that a post's words name, and the one that it reports on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from udfs.gazetteer import without_overlaps
from udfs.passing_kinds import feeds_the_needy, is_awaited, is_fans_day, passing_words
from udfs.post_text import Reference, Tag, TextField
from udfs.time_weights import AIRED
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
_NAMED = re.compile(r"[가-힣]$")
"""Before 축제 in one word: a festival is called by what it shows (모래축제)."""
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
_CARPET_EVENT = re.compile(r"(?:레드|블루|핑크|그린) ?카펫 ?(?:및 포토월 |포토월 |겸 포토월 )?(?:행사|이벤트|포토월)")
_FOOD_FOR_OTHERS = re.compile(
    r"밥차[’'\"”]? ?(?:[가-힣]+ ){0,2}?(?:봉사|나눔|배식|급식|활동)|(?:사랑의|나눔|무료|무료급식|급식|희망) ?밥차"
)
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
    found, strong = _words_of_kinds(fields, reference, has_person=any(not _reports(person, fields) for person in people))
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
    _settle_rivals(fields, found, weights, strong, reference)
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


_Found = tuple[TextField, int, int, str, float]
"""A word of a kind: its field, where it stands, the kind, how much it weighs."""


def _words_of_kinds(fields: Sequence[TextField], reference: Reference, *, has_person: bool) -> tuple[list[_Found], set[str]]:
    """Words of kinds with what they weigh, and the kinds that a word or a sentence names, not only hints at."""
    found: list[_Found] = []
    strong: set[str] = set()
    works = {work for text in fields if text.kinds for work in _works(text)}
    for text in fields:
        for begin, end, form in without_overlaps(text.kinds) if text.kinds else ():
            rest = _STEM_REST.match(text.text, end).group(0)  # type: ignore[union-attr]
            if any(rest.startswith(bad) for bad in _NEVER_GLUED.get(form, ())):
                continue
            glued = form == "축제" and (
                _NAMED.search(text.text[max(0, begin - 2) : begin]) is not None or _WENT_TO.match(text.text, end) is not None
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


_GOES_TO = re.compile(
    r"(?:참석|출연|촬영|공연|참가|출전|홍보)차(?![가-힣])|(?:해외|일본|중국|미국|유럽|아시아)[가-힣 ]{0,12}(?:일정|공연|촬영|투어|"
    r"스케줄)[을를]? ?위해"
)
_FOR_OTHERS = re.compile(r"병동|병실|환아|재능 ?기부|보육원|복지관|요양원|(?:소방관|어르신|환자|장병)들?을 위한")
"""Who sings for these gives a part of their time."""
_SPOKEN_WITH = 0.4
"""What an interview weighs at least that also names a tour."""
_TOWN_HOSTS = re.compile(r"(?<=[가-힣])(?:시|군|구|도)(?:는|가|청은|청이)(?![가-힣])")
"""Who holds a festival, not a brand's event."""
_RECORDED = re.compile(r"공개 ?녹화|음악회[’'>]? ?(?:공개 ?)?(?:녹화|방송)|방청 ?(?:신청|안내|권)")
_BIRTHDAY = re.compile(r"생일")
_EXHIBITED = re.compile(r"개인전|사진전|기획전|회고전|초대전|전시작|전시회|展|북토크|북콘서트")
_ON_SCREEN = re.compile(r"영화|시사|상영|개봉|극장|감독|스크린")
_AIRPORTS = frozenset(("airport_departure", "airport_arrival"))


def _settle_rivals(
    fields: Sequence[TextField], found: list[_Found], weights: dict[str, float], strong: set[str], reference: Reference
) -> None:
    """Mends the weights of kinds that share words, by what the post says besides.

    Args:
        fields: the post.
        found: its words of kinds, changed in place.
        weights: of the kinds, changed in place.
        strong: kinds that a word names, not only hints.
        reference: lists.
    """
    if "airport_arrival" in weights and "airport_departure" in weights and any(_GOES_TO.search(text.text) for text in fields):
        weights["airport_arrival"] *= 0.3  # 공연 참석차 터미널로 들어서고: who goes to something leaves
    if weights.get("film_festival", 0.0) >= 0.4 and "premiere" in weights and not _names(found, "premiere", "시사회"):
        weights["premiere"] = min(weights["premiere"], 0.9 * weights["film_festival"])  # 영화제 초청작 관객과의 대화
    if "premiere" in weights and any(_EXHIBITED.search(text.text) for text in fields) and not _on_screen(fields):
        weights.pop("premiere")  # 개인전에서 마련한 관객과의 대화
    if "musical" in weights and "theater" in reference.kinds and "musical" not in strong and _is_play(fields):
        weights["theater"] += weights.pop("musical")  # 자첫, 막공, 캐스팅보드: of plays, too
        found[:] = [(*one[:3], "theater" if one[3] == "musical" else one[3], one[4]) for one in found]
    if "musical" in weights and "theater" in weights and "musical" not in strong:
        weights["theater"] += weights.pop("musical")  # 낮공, 커튼콜: of plays, too
    if "wedding" in weights and "wedding" not in strong and any(_BIRTHDAY.search(text.text) for text in fields):
        weights["wedding"] = 0.0  # 축가 is sung at birthdays, too
    if "recording" in weights and (feeds_the_needy(fields) or any(_FOOD_FOR_OTHERS.search(text.text) for text in fields)):
        weights["volunteer"] = max(weights.get("volunteer", 0.0), weights["recording"]) + 0.1  # ‘사랑의 밥차’ 봉사
        weights["recording"] *= 0.3
    if "brand_event" in weights.keys() - strong and "festival" in weights and any(_TOWN_HOSTS.search(text.text) for text in fields):
        weights["festival"] = max(weights["festival"], weights["brand_event"] + 0.1)  # 체험 행사, 바닷길 축제
    if "brand_event" in weights.keys() - strong and any(_CARPET_EVENT.search(text.text) for text in fields):
        shows = max(weights.get("award_show", 0.0), weights.get("film_festival", 0.0))
        weights["brand_event"] = min(weights["brand_event"], 0.9 * shows) if shows else weights["brand_event"]
    if "interview" in strong and weights["interview"] >= _SPOKEN_WITH and "concert" in weights:
        weights["concert"] = min(weights["concert"], 0.9 * weights["interview"])  # 마주 앉은 그는 전국투어를 마쳤다
    if "volunteer" in strong and "concert" in weights and any(_FOR_OTHERS.search(text.text) for text in fields):
        weights["concert"] = min(weights["concert"], 0.9 * weights["volunteer"])
    if "broadcast" in weights and "concert" in weights and any(_RECORDED.search(text.text) for text in fields):
        weights["concert"] = min(weights["concert"], 0.9 * weights["broadcast"])  # 열린음악회 공개녹화
    if "broadcast" in weights and any(_aired(text) for text in fields):
        weights["broadcast"] += 1.0
        if "recording" in weights:
            weights["recording"] = min(weights["recording"], 0.9 * weights["broadcast"])


_MUSIC = re.compile(r"뮤지컬|넘버|노래|음악|앙상블|고음|성량|가창|가사|오케|선율|부르|불러|불렀|듀엣|솔로|합창|노랫말|작곡|댄스|안무")
_PLAYED = re.compile(r"연기(?:하|를|가|로|력|,|는|도|에)|대사|희곡|극작|연출|배우")
_PLAYHOUSE = re.compile(
    r"달오름극장|명동예술극장|세실극장|백성희장민호극장|국립극단|소극장|예술극장|연극센터|자유소극장|씨어터쿰|스튜디오76"
)


def _is_play(fields: Sequence[TextField]) -> bool:
    """Whether words that musicals and plays share are about a play: somebody plays in it and nobody sings."""
    texts = [text.text for text in fields]
    if any(_MUSIC.search(text) for text in texts):
        return False
    return any(_PLAYED.search(text) for text in texts) and any(_PLAYHOUSE.search(text) for text in texts)


def _on_screen(fields: Sequence[TextField]) -> bool:
    """Whether a post tells of a film."""
    return any(_ON_SCREEN.search(text.text) for text in fields)


_REPORTER = re.compile(r"(?: [가-힣]+)? ?(?:기자|특파원|인턴기자|논설위원|통신원)")


def _reports(person: Tag, fields: Sequence[TextField]) -> bool:
    """Whether somebody only wrote the post: 이지은 기자가 보도합니다."""
    if person.kind != "person":
        return False
    text = next((text.text for text in fields if text.name == person.field and text.position == person.photo_position), "")
    return _REPORTER.match(text, person.end) is not None


def _names(found: Sequence[_Found], kind: str, word: str) -> bool:
    return any(one == kind and word in text.text[begin:end] for text, begin, end, one, _ in found)


def _aired(text: TextField) -> bool:
    """Whether a field tells the hour at which something is broadcast: 12일 밤 8시 10분 방송되는."""
    return any(mention.precision in ("hour", "minute") and AIRED.match(text.text, mention.end) for mention in text.times)


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


def _weight(text: TextField, begin: int, end: int, rest: str) -> float:
    if text.name == "title":
        weight = 1.0 if text.speaks_at(begin) else 2.0
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
    if _PAST_MENTION.match(behind) or _LONG_AGO.search(text.text[max(0, begin - 32) : begin]):
        weight *= 0.3
    if text.name != "title" and (
        rest.startswith(("했", "하기", "하고", "하는", "한다", "하며", "길에", "에서", "에 참석", "을 열", "을 개최"))
        or re.match(r"(?:에|을|를|이|가)?\s*(?:참석|개최|열었|열린|열렸|열리|열고|진행|가졌)", behind[len(rest) - 1 if rest else 0 :])
    ):
        weight *= 1.4
    return weight
