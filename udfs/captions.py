"""One Korean sentence about a photo, from what its posts say (who, when, where, what) and what is seen in it.

The sentence says nothing that neither text nor picture supports: a person is the subject only when as many people are seen as are
named, clothes are described only when somebody is seen, and a photo that shows nobody is said to belong to the news, not to show the star.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from udfs.colours import NAMES as COLOURS
from udfs.colours import SEVERAL
from udfs.titles import with_particle

_CLOTHES, _HAIR = "옷", "머리"
COLOURED: Final = f" ({_CLOTHES}|{_HAIR})$"
"""Tags that tell a colour (`udfs.colours`): 검은색 옷, 갈색 머리."""
# Tags of things of which one says that they were worn as an outfit: 정장 차림. Others (a hat, glasses) would read oddly.
_OUTFITS: Final = frozenset({
    "정장", "드레스", "치마", "미니스커트", "청바지", "가디건", "스웨터", "맨투맨", "운동복", "유니폼", "티셔츠", "코트", "트렌치코트",
    "모피", "가운", "한복", "잠옷", "수영복", "앞치마",
})  # fmt: skip
# Tags that only sum up others: left out of a sentence that names one of those.
_GENERAL: Final = {
    "음식": None, "문서": {"메뉴판", "포스터", "책"}, "포스터": {"웹 화면"}, "침실": {"침대"}, "가게": {"빵집", "서점", "제과점"},
    "건물": {"성", "궁전", "교회", "성당", "사원", "주택", "탑", "극장"}, "궁전": {"성"},
    "디저트": {"케이크", "아이스크림", "초콜릿"},
    "빵집": {"빵"}, "식당": {"식탁"}, "주택": {"마당"}, "교회": {"성당"}, "채소": {"샐러드"}, "컵": {"커피"}, "국물 요리": {"전골", "수프"},
}  # fmt: skip
MOST_THINGS: Final = 3
MOST_WORDS: Final = 2
"""Words of the text that a caption tells."""
_UNITS_OF_TIME: Final = ("년", "월", "일", "시", "분")

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}):(\d{2}))?")


def compose_caption(
    *,
    who: Sequence[str] = (),
    when: str | None = None,
    where: str | None = None,
    what: str | None = None,
    place: str | None = None,
    topic: str | None = None,
    tags: Iterable[str] = (),
    words: Sequence[str] = (),
    people: int | None = None,
    recognised: bool = True,
) -> str | None:
    """Writes the sentence.

    Args:
        who: names of the celebrities that the photo's posts are about, the most important first.
        when: time of the event: ISO 8601 year, month, day, minute, or a range "from/to".
        where: name of the event's place.
        what: label of the kind of event (출국, 콘서트, ...).
        place: name of the restaurant, salon or attraction that a review is about.
        topic: label of the topic of a place's photo (음식, 메뉴, 실내, ...).
        tags: what is seen in the photo (`photo_tags` with source visual), best first.
        words: what the words beside a place's photo name that such a photo shows (see `sights_among`).
        people: number of people seen; None when the photo could not be measured.
        recognised: the people seen are those of `who`; else, as in photos of a group, the sentence does not say who they are.

    Returns:
        A sentence, or None when nothing is known about the photo.

    Example:
        >>> compose_caption(who=["한소율"], when="2026-03-01", where="인천국제공항", what="출국", tags=["검은색 옷", "정장"], people=1)
        '2026년 3월 1일 인천국제공항 출국 현장에서 한소율이 검은색 정장 차림으로 카메라에 담겼다.'
    """
    outfit, hair, things = _seen(tags, bool(people))
    if place:
        return _place_caption(place, topic, things, words)
    occasion = " ".join(part for part in (when_in_words(when), where, what) if part)
    if people and people == len(who) and recognised:
        return _person_caption(who, occasion, what, outfit, hair if people == 1 else None, things)
    if people and who:
        return _crowd_caption(who, occasion, what, people, outfit, things)
    return _news_caption(who, occasion, people, outfit, things)


def when_in_words(when: str | None) -> str | None:
    """A time as people write it: "2026-03-01T14:30" is 2026년 3월 1일 오후 2시 30분; None for what is no time."""
    if not when:
        return None
    begin, _, end = when.partition("/")
    first = _one_time(begin, None)
    if first is None or not end:
        return first
    last = _one_time(end, begin)
    return f"{first}~{last}" if last else first


def _one_time(text: str, since: str | None) -> str | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute = match.groups()
    parts = [f"{year}년"] if since is None or since[:4] != year else []
    if month and (parts or since is None or since[5:7] != month):
        parts.append(f"{int(month)}월")
    if day:
        parts.append(f"{int(day)}일")
    if hour and (int(hour), int(minute)) != (0, 0):
        half = "오전" if int(hour) < 12 else "오후"
        parts.append(f"{half} {(int(hour) - 1) % 12 + 1}시" + (f" {int(minute)}분" if int(minute) else ""))
    return " ".join(parts) or None


def _seen(tags: Iterable[str], somebody: bool) -> tuple[str | None, str | None, list[str]]:
    """What the tags say: the outfit (검은색 정장), the hair (갈색 머리), and the other things, at most three."""
    kept = list(dict.fromkeys(tags))
    clothes = [tag.removesuffix(_CLOTHES).strip() for tag in kept if _is_coloured(tag, _CLOTHES)]
    hair = next((tag for tag in kept if _is_coloured(tag, _HAIR)), None)
    garment = next((tag for tag in kept if tag in _OUTFITS), None)
    outfit = None
    if somebody and (clothes or garment):
        # of several colours it is not known which one is the garment's: the leading one is said of it
        colour = "·".join(clothes[:1] if garment else clothes[:2])
        outfit = f"{colour} {garment or _CLOTHES}".strip()
    coloured = {tag for tag in kept if _is_coloured(tag, _CLOTHES) or _is_coloured(tag, _HAIR)}
    described = [tag for tag in kept if tag not in coloured and tag not in _OUTFITS and not (somebody and tag == "웨딩")]
    things = [tag for tag in described if not _summed_up(tag, described)]
    return outfit, hair, things[:MOST_THINGS]


def _is_coloured(tag: str, noun: str) -> bool:
    return tag.endswith(f" {noun}") and tag.removesuffix(noun).strip() in (*COLOURS, SEVERAL)


def _summed_up(tag: str, others: Sequence[str]) -> bool:
    if tag not in _GENERAL:
        return False
    special = _GENERAL[tag]
    return len(others) > 1 if special is None else any(other in special for other in others)


def listed(names: Sequence[str], particle: str) -> str:
    """Names as a list with a particle at the end: ["무대", "마이크"] with "이/가" is 무대와 마이크가."""
    if len(names) == 1:
        return with_particle(names[0], particle)
    before = ", ".join([*names[:-2], with_particle(names[-2], "과/와")])
    return f"{before} {with_particle(names[-1], particle)}"


def _at(occasion: str, what: str | None) -> str:
    if not occasion:
        return ""
    if what:
        return f"{occasion} 현장에서 "
    return f"{occasion}에 " if occasion.endswith(_UNITS_OF_TIME) else f"{occasion}에서 "


def _wearing(outfit: str | None) -> str:
    if outfit is None:
        return ""
    return f"{outfit}차림으로 " if outfit.endswith(_CLOTHES) else f"{outfit} 차림으로 "


def _dressed(outfit: str) -> str:
    return f"{outfit}차림의" if outfit.endswith(_CLOTHES) else f"{outfit} 차림의"


def _person_caption(
    who: Sequence[str], occasion: str, what: str | None, outfit: str | None, hair: str | None, things: Sequence[str]
) -> str:
    together = "함께 " if len(who) > 1 else ""
    looks = f"{hair}에 " if hair and outfit and not together else ""
    # one outfit is said of one person only: with several it is not known whose it is
    dress = looks + _wearing(outfit) if not together else ""
    sentence = f"{_at(occasion, what)}{listed(who, '이/가')} {together}{dress}카메라에 담"
    return f"{sentence}겼고 {listed(things, '이/가')} 보인다." if things else f"{sentence}겼다."


def _crowd_caption(who: Sequence[str], occasion: str, what: str | None, people: int, outfit: str | None, things: Sequence[str]) -> str:
    number = "한 사람이" if people == 1 else "두 사람이" if people == 2 else "여러 사람이"
    if people == 1 and outfit:
        number = f"{_dressed(outfit)} 한 사람이"
    scene = f"{occasion} 현장 사진" if what else f"{occasion} 사진" if occasion else "사진"
    seen = f"{number} 보이고 {listed(things, '이/가')} 함께 보인다" if things else f"{number} 보인다"
    return f"{listed(who, '을/를')} 다룬 {scene}으로, {seen}."


def _news_caption(who: Sequence[str], occasion: str, people: int | None, outfit: str | None, things: Sequence[str]) -> str | None:
    subject = " ".join(part for part in ("·".join(who) + "의" if who else "", occasion) if part)
    somebody = f"{_dressed(outfit)} 사람이 보인다" if outfit else ""
    seen = f"{listed(things, '이/가')} 보인다" if things else somebody
    if not subject:
        return f"{seen}." if seen else None
    news = f"{subject} 소식에 실린 사진"
    if not seen and people:
        seen = "사람이 보인다"
    return f"{news}으로, {seen}." if seen else f"{news}이다."


def sights_among(phrases: Iterable[str], sights: Sequence[str]) -> list[str]:
    """Of the noun phrases beside a photo, those that name what such a photo shows, as far as they do so.

    Args:
        phrases: noun phrases, best first.
        sights: ends of words for what photos of the topic show: 찌개, 간판, 산책로.

    Example:
        >>> sights_among(["재방문", "히피펌 완성", "아이들"], ["펌", "염색"])
        ['히피펌']
    """
    ends, found = tuple(sights), list[str]()
    for phrase in phrases:
        words = phrase.split()
        last = max((number for number, word in enumerate(words, start=1) if ends and word.endswith(ends)), default=0)
        sight = " ".join(words[:last])
        if sight and not any(sight in other or other in sight for other in found):
            found.append(sight)
    return found


def _place_caption(place: str, topic: str | None, things: Sequence[str], words: Sequence[str]) -> str:
    picture = f"{place}의 {topic} 사진" if topic else f"{place}의 사진"
    seen = [thing for thing in things if thing != topic]
    told = [word for word in words if word not in seen and word != topic and word not in place]
    if seen and told:
        return f"{picture}으로, {listed(seen, '이/가')} 보이고 글에는 {listed(told, '이/가')} 나온다."
    if seen:
        return f"{picture}으로, {listed(seen, '이/가')} 보인다."
    return f"{picture}으로, 글에는 {listed(told, '이/가')} 나온다." if told else f"{picture}이다."
