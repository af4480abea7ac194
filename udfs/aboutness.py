"""Whom a post is about and whom it only mentions, from the places of the names: title, first sentence, particle, captions, frequency."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from udfs.korean_words import rest_of_sentence
from udfs.name_mentions import NEAR, Mention
from udfs.post_text import Reference, Tag, TextField
from udfs.spans import first_behind

_MENTION_ONLY = re.compile(
    r"(선배의|선배님의|에 대한 애정|닮은|닮았|팬이라|팬으로 알려|다녀갔|다녀간|사인이|포스터|노래가 흘러|노래를 들|"
    r"출연한 바|주연작|의 남편|의 아내|소속사 선배|롤모델|언급|추천|처럼|못지않|제2의|에 이어|와 친분|절친)"
)


_GUEST_BEFORE = re.compile(r"(?:게스트|깜짝 손님|초대 손님|지원 ?사격)(?:로는|로|은|는|인|에는)? (?:[가-힣]{1,6} ){0,2}$")
_GUEST_BEHIND = re.compile(r"[이가] (?:[가-힣]{1,6} ){0,2}?(?:게스트|깜짝 (?:등장|손님|출연)|지원 ?사격)")
_ANOTHERS_SHOW = re.compile(r"콘서트|팬미팅|투어|소극장|쇼케이스|단독 공연")
_SERVES_BEFORE = re.compile(r"(?:축가|사회)(?:는|은|를 본|를 맡은|를 부른|에는) (?:[가-힣]{1,6} ){0,3}$")
_SERVES_BEHIND = re.compile(r"[이가] (?:부른 |부르는 )?(?:축가|사회)")
_ANOTHERS_WEDDING = re.compile(r"결혼|화촉|웨딩|예식|신부|신랑|백년가약")
_PRESENTS_BEFORE = re.compile(r"시상(?:자로 나선|자로 나온|자인|자로는|자는|은|에 나선) (?:[가-힣]{1,6} ){0,3}$")
"""Around who serves at another's show, wedding or prize: guests, singers and speakers at weddings, who hands a prize over."""
_SEES_OFF = re.compile(
    r"(?:이?[·,와과랑] ?[가-힣]{1,4})?(?: (?:배웅|마중|환송)(?=[.!…\n]|$)"
    r"|[이가은는] (?:[^ .!?\n“”]{1,10} ){0,5}?(?:배웅(?:했|하|을 나|에 나|길)|마중(?:했|하|을 나| 나)|환송[했하]|동행했))"
)
_ANOTHERS_SERVICE = re.compile(r"입대|입소|전역|훈련소|신병교육대")
"""Around who sees off another who becomes a soldier: 서이안·우주 배웅."""
_SINGS_ASIDE = re.compile(r"(?:[이가은는]|의)? (?:축하 ?(?:공연|무대)|오프닝 (?:공연|무대)|개막 ?축하)")
_ANOTHERS_OPENING = re.compile(r"영화제|시상식|개막식|폐막식|어워즈")
"""Around who sings at a festival of films or a prize between what it is about."""
_GOODS_BEHIND = re.compile(
    r"이?(?:의)? (?:[가-힣]{1,4} )?(?:키링|담요|풍선|초(?![가-힣])|버튼|별자리|포카|포토카드|컵|굿즈|슬로건|포스터|등신대|스티커|엽서"
    r"|인형|생일 ?초)"
)
"""Behind a name under a photo that shows goods, not the person: 이안 담요."""
_QUOTED = re.compile(r"\s*[“\"]")
_HAIR_OR_SET = re.compile(r"촬영지|단발|펌(?![가-힣])|염색|커트|[가-힣]컷|미용실|헤어|맛집|국밥|곰탕|칼국수")
"""In a blog's title: where or how somebody else was seen."""
_COMPARED_BEFORE = re.compile(r"(?:제[2-9]의|포스트|리틀|닮은꼴|롤모델은|롤모델로|닮고 싶은 [가-힣]{2,4}(?: \d위로)?)\s*['‘“\"]?$")


def aboutness(pairs: Sequence[tuple[Mention, str]], *, service: str) -> dict[str, float]:
    """How much a post is about each celebrity, in [0, 1]: title, first sentence, particle, frequency; reviews only mention people."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention, celebrity in pairs:
        mentions[celebrity].append(mention)
    total = sum(len(found) for found in mentions.values())
    scores: dict[str, float] = {}
    serving: set[str] = set()
    for celebrity, found in mentions.items():
        real = [mention for mention in found if not _only_mentioned(mention)]
        titled = [mention for mention in real if mention.text.name == "title"]
        lead = [mention for mention in real if mention.text.name == "body" and mention.begin < mention.text.first_sentence_end]
        acting = [mention for mention in real if mention.role in ("subject", "topic", "also")]
        captions = sum(mention.text.name == "caption" and not _GOODS_BEHIND.match(mention.text.text, mention.end) for mention in real)
        score = 0.2 * len(found) / total
        if titled:
            score += 0.5 if any(mention.role not in _ASIDE for mention in titled) else 0.3
        if any(mention.role in ("subject", "topic", "") for mention in lead):
            score += 0.35
        elif lead:
            score += 0.1 if all(mention.role in _ASIDE for mention in lead) else 0.2
        if any(_attends(mention) for mention in acting):
            score += 0.35
        if any(_in_cast(mention) for mention in real):
            score += 0.55
        if service == "blog" and any(_before_event(mention) for mention in (*titled, *lead)):
            score += 0.2
        if acting:
            score += 0.2 + min(0.2, 0.1 * (len(acting) - 1))
        score += min(0.35, 0.25 * captions)
        if not real:
            score -= 0.35
        elif not titled and not lead and not captions:
            score -= 0.05
        if service == "review":
            score -= 0.6
        if _serves_another(found, service):
            score = min(score, _SERVES)
            serving.add(celebrity)
        scores[celebrity] = score
    raised = dict(scores)
    for together in _lists_of_names(mentions):
        for celebrity in together:
            if celebrity not in serving and any(not _only_mentioned(mention) for mention in mentions[celebrity]):
                raised[celebrity] = max([scores[celebrity], *(0.95 * scores[mate] for mate in together if mate != celebrity)])
    return {celebrity: round(min(1.0, max(0.05, score)), 6) for celebrity, score in raised.items()}


_SERVES = 0.4
"""How much a post is at most about somebody who serves at another's wedding, show or prize."""


def _serves_another(found: Sequence[Mention], service: str) -> bool:
    """Whether somebody sings or speaks at another's wedding, is a guest at another's show or hands a prize over."""
    titled = any(mention.text.name == "title" for mention in found)
    for mention in found:
        text = mention.text.text
        before = text[max(0, mention.begin - 24) : mention.begin]
        wedding = _SERVES_BEFORE.search(before) or _SERVES_BEHIND.match(text, mention.end)
        if wedding and _ANOTHERS_WEDDING.search(text):
            return True
        guest = service != "broadcast" and (_GUEST_BEFORE.search(before) or _GUEST_BEHIND.match(text, mention.end))
        if guest and _ANOTHERS_SHOW.search(text):
            return True
        absent = mention.text.name == "body" and mention.begin >= mention.text.first_sentence_end and _ABSENT.match(text, mention.end)
        if absent or (_SEES_OFF.match(text, mention.end) and _ANOTHERS_SERVICE.search(text)):
            return True
        if not titled and _SINGS_ASIDE.match(text, mention.end) and _ANOTHERS_OPENING.search(text):
            return True
        if _PRESENTS_BEFORE.search(before) and not titled:
            return True
    return False


_ASIDE = frozenset(("companion", "recipient", "compare", "location", "direction"))


def with_members(scores: dict[str, float], pairs: Sequence[tuple[Mention, str]], reference: Reference) -> dict[str, float]:
    """A post about a group is about those of its members, too, who act in it or are named under a photo."""
    raised = dict(scores)
    for group, score in scores.items():
        members = set(reference.groups.get(reference.celebrities[group].name, ()))
        if score < ABOUT or not members or any(mention.modifier for mention, celebrity in pairs if celebrity == group):
            continue
        quoted = [
            mention
            for mention, celebrity in pairs
            if celebrity in members and mention.role in ("subject", "topic", "also", "") and mention.josa
        ]
        only_speaks = len(quoted) == 1 and _QUOTED.match(quoted[0].text.text, quoted[0].end + len(quoted[0].josa)) is not None
        for mention, celebrity in pairs:
            if only_speaks and mention.text.name != "caption":
                continue  # 멤버 우주는 “준비하겠다”고 예고했다: one voice of the group's
            if mention.text.name == "caption" and _GOODS_BEHIND.match(mention.text.text, mention.end):
                continue
            acts = mention.role in ("subject", "topic", "also") or mention.text.name == "caption"
            if celebrity in members and acts and not _only_mentioned(mention):
                raised[celebrity] = max(raised[celebrity], round(0.5 + 0.1 * score, 6))
    return raised


ABOUT = 0.5
"""From this score on a post is about somebody."""


_NEAR_THE_TOP = 0.7
"""Whose score is at least so much of the best one, where a post that tells of an event is about nobody for sure."""


_OF_OTHERS = frozenset(("festival", "interview"))
"""Kinds of which a post that names one celebrity aside is about somebody else: a town's festival, another's interview."""


_SERIES = re.compile(r"라인업|시리즈|일정|프로그램|연간|시즌")
"""In the title of what a house shows, one after another."""
_FEW = 2
"""Names up to which a festival's guests are not what its announcement is about."""
_HOST = re.compile(
    r"(?<=[가-힣])(?:시|군|구|도|재단|공단|공사|아트센터|예술회관|문화회관|문화원|박물관|조직위|위원회|관광청)(?:은|는|이|가|청은"
    r"|청이)(?![가-힣])"
)
"""Who holds a town's festival or a house's series, of whose guests the post is not."""
_HOST_NEAR = 160
"""Characters of a body in which it says who holds what it announces."""


def _is_hosted(fields: Sequence[TextField], kind: str) -> bool:
    """Whether a town holds the festival, or a house the series of concerts, that a post announces."""
    if kind != "festival" and not (kind == "concert" and any(text.name == "title" and _SERIES.search(text.text) for text in fields)):
        return False
    return any(text.name == "body" and _HOST.search(text.text[:_HOST_NEAR]) is not None for text in fields)


def settled_by_event(who: Sequence[Tag], kind: str, fields: Sequence[TextField], service: str) -> list[Tag]:
    """A post that tells of an event is about those of its people who come nearest; a blog that tells of none is not by hair or sets.

    Args:
        who: rows of kind `who`.
        kind: of the event, "" for none.
        fields: the post.
        service: of the post; a review only mentions people.
    """
    best = max((tag.score for tag in who), default=0.0)
    named = {tag.value for tag in who}
    alone = service == "news" and kind in _OF_OTHERS and len(named) == 1
    hosted = service == "news" and len(named) <= _FEW and not any(tag.field == "title" for tag in who) and _is_hosted(fields, kind)
    if kind and who and best < ABOUT and service != "review" and not (alone or hosted):
        aside = _compared_in_title(who, fields)
        near = {tag.value for tag in who if tag.score >= _NEAR_THE_TOP * best} - aside
        return [tag._replace(score=round(ABOUT + 0.1 * tag.score, 6)) if tag.value in near else tag for tag in who]
    if not kind and best >= ABOUT and service == "blog" and any(text.name == "title" and _HAIR_OR_SET.search(text.text) for text in fields):
        return [tag._replace(score=min(tag.score, _SERVES)) for tag in who]
    return list(who)


def _compared_in_title(who: Sequence[Tag], fields: Sequence[TextField]) -> set[str]:
    """Celebrities whom a title only names beside somebody else: “도예린 선배가 롤모델”, ‘제2의 어진율’."""
    title = next((text.text for text in fields if text.name == "title"), "")
    return {
        tag.value
        for tag in who
        if tag.field == "title"
        and (_COMPARED_BEFORE.search(title[max(0, tag.begin - 8) : tag.begin]) or _MENTION_ONLY.search(title[tag.end : tag.end + 14]))
    }


def _lists_of_names(mentions: dict[str, list[Mention]]) -> list[list[str]]:
    """Celebrities who are named in one list of names, or in lists that share some of them."""
    places: dict[tuple[int, int], tuple[Mention, list[str]]] = {}  # a group's name can stand for several members
    for celebrity, found in mentions.items():
        for mention in found:
            places.setdefault((id(mention.text), mention.begin), (mention, []))[1].append(celebrity)
    together = {celebrity: {celebrity} for celebrity in mentions}
    for (one, first), (other, second) in pairwise(places[place] for place in sorted(places)):
        if _beside(one, other):
            for celebrity in (*first[1:], *second):
                if together[celebrity] is not together[first[0]]:
                    together[first[0]] |= together[celebrity]
                    together |= dict.fromkeys(together[celebrity], together[first[0]])
    return [sorted(celebrities) for celebrities in {id(found): found for found in together.values()}.values() if len(celebrities) > 1]


_ATTENDS = re.compile(
    r"^.{0,25}?(?:함께했|참석했|참석해|자리했|자리를 빛|무대를 꾸|의상을 입|호흡을 맞췄|동석했|동행했|출연했다|참여했다|무대에 올랐)"
)


_CAST = re.compile(r"(?:출연진?|게스트|라인업)\s*[:：=][^.\n/]{0,60}$")


def _in_cast(mention: Mention) -> bool:
    """Whether a name stands in a list of those who appear: 출연: 단비, 한가람."""
    return _CAST.search(mention.text.text[max(0, mention.begin - NEAR) : mention.begin]) is not None


def _before_event(mention: Mention) -> bool:
    """Whether a name stands right before the word for an event: 단비 콘서트."""
    kinds = mention.text.kinds
    index = first_behind(kinds, mention.end + 1)
    return index < len(kinds) and kinds[index][0] == mention.end + 1


def _attends(mention: Mention) -> bool:
    behind = rest_of_sentence(mention.text.text, mention.end, 50)
    return mention.role in ("subject", "also", "topic") and _ATTENDS.match(behind) is not None


_PARTS_NAMES = re.compile(
    r"(?:\s*[,·/&-]\s*|(?:와|과|랑|이랑)\s+)(?:(?:배우|가수|모델|코미디언|개그맨|방송인|감독|래퍼|MC|DJ|그룹|밴드|아이돌|트로트 가수) )?"
    r"|[Xx×]| [Vv][Ss]\.? "
)


def _beside(one: Mention, other: Mention) -> bool:
    """Whether only a comma or particle parts a name from the one behind it."""
    return one.text is other.text and _PARTS_NAMES.fullmatch(one.text.text, one.end, other.begin) is not None


_ABSENT = re.compile(r"[은는이가도] [^.!?\n“”]{0,24}?(?:함께하지 못|참석하지 못|자리하지 못|오지 못|나오지 못|불참)")
"""Behind somebody who was not there: 미소는 드라마 일정으로 함께하지 못했다."""
_ANOTHER_DAY = re.compile(r"(?:^|[.!?\n”] ?)(?:이에 )?(?:앞서|하루 앞서|전날|전날 밤|지난해에는|작년에는)(?:인| 지난)? ?[^.!?\n]{0,40}$")
"""Before those of whom a post tells what they did another day: 앞서 21일에는 저녁산책이, 22일에는 루나틱이."""


def _only_mentioned(mention: Mention) -> bool:
    if mention.modifier:
        return True
    text = mention.text
    if (
        text.name == "body"
        and mention.begin >= text.first_sentence_end
        and _ANOTHER_DAY.search(text.text, max(0, mention.begin - NEAR), mention.begin)
    ):
        return True
    before = text.text[max(0, mention.begin - 8) : mention.begin]
    return bool(_COMPARED_BEFORE.search(before)) or bool(_MENTION_ONLY.search(mention.text.text[mention.end : mention.end + 14]))
