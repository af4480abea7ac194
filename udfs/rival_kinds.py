"""Kinds of event that share words, told apart by what else a post says: a festival's talks from premieres, plays from musicals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.passing_kinds import feeds_the_needy
from udfs.post_text import Reference, TextField, anywhere
from udfs.time_weights import AIRED

Found = tuple[TextField, int, int, str, float]
"""A word of a kind: its field, where it stands, the kind, how much it weighs."""
_CARPET_EVENT = re.compile(r"(?:레드|블루|핑크|그린) ?카펫 ?(?:및 포토월 |포토월 |겸 포토월 )?(?:행사|이벤트|포토월)")
_FOOD_FOR_OTHERS = re.compile(
    r"밥차[’'\"”]? ?(?:[가-힣]+ ){0,2}?(?:봉사|나눔|배식|급식|활동)|(?:사랑의|나눔|무료|무료급식|급식|희망) ?밥차"
)
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


def settle_rivals(
    fields: Sequence[TextField], found: list[Found], weights: dict[str, float], strong: set[str], reference: Reference
) -> None:
    """Mends the weights of kinds that share words, by what the post says besides.

    Args:
        fields: the post.
        found: its words of kinds, changed in place.
        weights: of the kinds, changed in place.
        strong: kinds that a word names, not only hints.
        reference: lists.
    """
    if "airport_arrival" in weights and "airport_departure" in weights and anywhere(_GOES_TO, fields):
        weights["airport_arrival"] *= 0.3  # 공연 참석차 터미널로 들어서고: who goes to something leaves
    if weights.get("film_festival", 0.0) >= 0.4 and "premiere" in weights and not _names(found, "premiere", "시사회"):
        weights["premiere"] = min(weights["premiere"], 0.9 * weights["film_festival"])  # 영화제 초청작 관객과의 대화
    if "premiere" in weights and anywhere(_EXHIBITED, fields) and not _on_screen(fields):
        weights.pop("premiere")  # 개인전에서 마련한 관객과의 대화
    if "musical" in weights and "theater" in reference.kinds and "musical" not in strong and _is_play(fields):
        weights["theater"] += weights.pop("musical")  # 자첫, 막공, 캐스팅보드: of plays, too
        found[:] = [(*one[:3], "theater" if one[3] == "musical" else one[3], one[4]) for one in found]
    if "musical" in weights and "theater" in weights and "musical" not in strong:
        weights["theater"] += weights.pop("musical")  # 낮공, 커튼콜: of plays, too
    if "broadcast" in weights and "broadcast" not in strong and weights.keys() & _THEATRE and _words(found, "broadcast") == {"회차"}:
        weights.pop("broadcast")  # 로운 회차 vs 남궁현 회차: of a musical's cast
    if "concert" in weights and "concert" not in strong and weights.keys() & _THEATRE and _words(found, "concert") == {"공연"}:
        weights["concert"] = min(weights["concert"], 0.9 * max(weights.get(kind, 0.0) for kind in _THEATRE))  # 공연, 캐스팅보드
    if (
        "sports" in weights
        and "sports" not in strong
        and weights.keys() & _SHOWS
        and all(word.endswith(_GROUNDS) for word in _words(found, "sports"))
    ):
        weights["sports"] = 0.0  # 공연 at 핸드볼경기장
    if "broadcast" in weights and any(text.name == "title" and _PROGRAMMES.search(text.text) for text in fields):
        weights["broadcast"] = max(weights.values()) + 0.1  # [편성] 연말 시상식·특집 일정
    if "wedding" in weights and "wedding" not in strong and anywhere(_BIRTHDAY, fields):
        weights["wedding"] = 0.0  # 축가 is sung at birthdays, too
    if "recording" in weights and (feeds_the_needy(fields) or anywhere(_FOOD_FOR_OTHERS, fields)):
        weights["volunteer"] = max(weights.get("volunteer", 0.0), weights["recording"]) + 0.1  # ‘사랑의 밥차’ 봉사
        weights["recording"] *= 0.3
    if "brand_event" in weights.keys() - strong and "festival" in weights and anywhere(_TOWN_HOSTS, fields):
        weights["festival"] = max(weights["festival"], weights["brand_event"] + 0.1)  # 체험 행사, 바닷길 축제
    if "brand_event" in weights.keys() - strong and anywhere(_CARPET_EVENT, fields):
        shows = max(weights.get("award_show", 0.0), weights.get("film_festival", 0.0))
        weights["brand_event"] = min(weights["brand_event"], 0.9 * shows) if shows else weights["brand_event"]
    if "interview" in strong and weights["interview"] >= _SPOKEN_WITH and "concert" in weights:
        weights["concert"] = min(weights["concert"], 0.9 * weights["interview"])  # 마주 앉은 그는 전국투어를 마쳤다
    if "volunteer" in strong and "concert" in weights and anywhere(_FOR_OTHERS, fields):
        weights["concert"] = min(weights["concert"], 0.9 * weights["volunteer"])
    if "broadcast" in weights and "concert" in weights and anywhere(_RECORDED, fields):
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


_SPOKEN_ONLY = re.compile(r"독백|대사|발성|희곡|극작가|방백|침묵 연기|번역극|창작극|[12345]인극")
"""What actors do who do not sing."""


def _is_play(fields: Sequence[TextField]) -> bool:
    """Whether words that musicals and plays share are about a play: somebody plays in it and nobody sings."""
    texts = [text.text for text in fields]
    if any(_MUSIC.search(text) for text in texts):
        return False
    return any(_PLAYED.search(text) for text in texts) and any(_PLAYHOUSE.search(text) or _SPOKEN_ONLY.search(text) for text in texts)


def _on_screen(fields: Sequence[TextField]) -> bool:
    """Whether a post tells of a film."""
    return anywhere(_ON_SCREEN, fields)


_THEATRE = frozenset(("musical", "theater"))
_SHOWS = frozenset(("concert", "festival", "fan_meeting"))
_GROUNDS = ("경기장", "야구장", "축구장")
"""Where sports are done, but shows are given, too."""
_PROGRAMMES = re.compile(r"\[편성\]|편성 ?(?:안내|변경|표|일정)|(?:특집|방송|방영) (?:편성|일정 안내|시간표)")
"""In a title over a station's programmes, whatever they show."""


def _words(found: Sequence[Found], kind: str) -> set[str]:
    return {text.text[begin:end] for text, begin, end, one, _ in found if one == kind}


def _names(found: Sequence[Found], kind: str, word: str) -> bool:
    return any(one == kind and word in text.text[begin:end] for text, begin, end, one, _ in found)


def _aired(text: TextField) -> bool:
    """Whether a field tells the hour at which something is broadcast: 12일 밤 8시 10분 방송되는."""
    return any(mention.precision in ("hour", "minute") and AIRED.match(text.text, mention.end) for mention in text.times)
