"""Which mentions of names mean a person: sure ones, and those that others of the post make likely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from udfs.korean_words import rest_of_sentence
from udfs.name_mentions import TITLE_START, Mention, is_common
from udfs.post_text import Reference


def accepted(mentions: Sequence[Mention], reference: Reference) -> list[Mention]:
    """The mentions that name a person: sure ones, and those of a name that is sure elsewhere in the post and not contradicted here."""
    sure = {mention.form for mention in mentions if not is_common(mention.form, reference) or mention.evidence >= 2}
    present = {mention.form for mention in mentions if mention.form in reference.groups or mention.form in sure}
    kept = _kept(mentions, sure, _listed_together(mentions, sure, present, reference), present, reference)
    surer = sure | {mention.form for mention in kept if mention.evidence >= 1.5}
    listed = _listed_together(mentions, surer, present, reference)
    return _kept(mentions, sure, listed, present, reference)


_IN_COMPANY = (0.0, 1.0, 1.5)
"""What speaks for a member of whose group nobody, one or more are named: the group itself, other members."""


def _kept(mentions: Sequence[Mention], sure: set[str], listed: dict[int, float], present: set[str], reference: Reference) -> list[Mention]:
    likely = {mention.form for mention in mentions if mention.evidence >= 1}
    titled = {mention.form for mention in mentions if mention.evidence >= 1 and mention.text.name == "title"}
    words = {mention.form for mention in mentions if _as_word(mention)} - sure
    company = {form: _IN_COMPANY[min(len(_mates(form, reference) & present), 2)] for form in {mention.form for mention in mentions}}
    doubted = {
        mention.form
        for mention in mentions
        if mention.evidence <= (-2.0 if mention.role == "subject" else -3.0) and mention.form in reference.groups
    }
    things = doubted - {mention.form for mention in mentions if mention.evidence > 0}  # 별무리가 내려앉은 듯
    kept: list[Mention] = []
    for mention in mentions:
        form = mention.form
        if not is_common(form, reference):
            if form in things:
                continue
            if mention.evidence > -2 or len(form) > 2 or form in likely:
                kept.append(mention)
            continue
        opens = form in sure and mention.text.name == "title" and TITLE_START.fullmatch(mention.text.text, 0, mention.begin)
        evidence = mention.evidence + listed.get(id(mention), 0.0) + (0.75 if opens else 0.0) + company[form]
        enough = 0.0 if form in sure else (0.75 if form in titled else 1.0)
        if evidence >= enough + (form in words) and evidence > -0.25:
            kept.append(mention)
    return kept


_WORN = re.compile(r"[을를] (?:짓|지으|지어|지은|띠|띄|머금)")


def _as_word(mention: Mention) -> bool:
    """Whether a name is plainly used as a word: 미소를 짓고, 이유는 ... 때문이다."""
    behind = rest_of_sentence(mention.text.text, mention.end, 40)
    return _WORN.match(behind) is not None or (mention.role == "topic" and "때문" in behind)


def _mates(form: str, reference: Reference) -> set[str]:
    """Groups of the people of a name, and the names of the other members."""
    found: set[str] = set()
    for celebrity in reference.names.meanings.get(form, ()):
        if celebrity:
            found |= set(reference.celebrities[celebrity].groups) | groupmates(celebrity, reference)
    return found - {form}


_LISTED = re.compile(
    r"(?: ?(?:감독|배우|가수|작가|PD|피디|씨|님|MC))?\s*[,·/&+-]\s*(?:(?:배우|가수|방송인|모델|래퍼|개그맨|코미디언|아역배우|감독|MC|DJ) )?"
    r"|[Xx×]| [Vv][Ss]\.? |(?:와|과|랑|이랑)\s+|[을를] 비롯(?:해|한) "
)


_ACT_TOGETHER = re.compile(
    r"(?:이|가|은|는)? (?:등이 |함께 |나란히 |차례로 |[가-힣]+ 무대에 |한 무대에 |이름을 |호흡을 |입을 )?"
    r"(?:출연|합류|참석|나온|나옵|나섰|나선|무대를 꾸|무대에 [오올]|오른다|오릅|올랐|올렸|의기투합|뭉친|뭉쳤|맞춘"
    r"|맞췄|맞춥|모았|꾸민|꾸몄|꾸밉|함께[한합했])"
)
"""Behind the last of a list of names: what only people do together (비, 소리, 노을이 출연합니다)."""


def _listed_together(mentions: Sequence[Mention], sure: set[str], present: set[str], reference: Reference) -> dict[int, float]:
    """What speaks for mentions in a list with a sure one (한서윤, 비, 하늘이), more where a title stands before it (가수 박로운과 봄)."""
    found: dict[int, float] = {}
    together: set[int] = set()  # names of a list of which the last does what only people do
    pairs = [
        (one, other)
        for one, other in pairwise(mentions)
        if one.text is other.text and _LISTED.fullmatch(one.text.text, one.end, other.begin) and not _acts_on(one, other, reference)
    ]
    for one, other in pairs:
        mates = _mates(one.form, reference)
        if other.form in mates and not mates.isdisjoint(present):
            found |= {id(one): 1.0, id(other): 1.0}  # 솔과 우주가, where their group is named
    for one, other in reversed(pairs):
        acts_too = id(other) in together or (other.role in ("subject", "topic") and _ACT_TOGETHER.match(other.text.text, other.end))
        if acts_too:
            together |= {id(one), id(other)}
    found |= dict.fromkeys(together - found.keys(), 1.0)
    for one, other in [*pairs, *reversed(pairs)]:  # there and back, so that one sure name reaches both ends of its list
        if one.form in sure or id(one) in found:
            found[id(other)] = max(found.get(id(other), 0.0), 2.0 if one.occupations else 1.0)
        if other.form in sure or id(other) in found:
            found.setdefault(id(one), 1.0)
    return found


_ACTED_ON = frozenset(("object", "location", "place", "limit", "direction"))


def _acts_on(one: Mention, other: Mention, reference: Reference) -> bool:
    """Whether a title's comma parts somebody from what is done, not from the next of a list: 오세린, 바다를 등지고."""
    return (
        one.text.name == "title"
        and other.role in _ACTED_ON
        and other.evidence < 1
        and is_common(other.form, reference)
        and TITLE_START.fullmatch(one.text.text, 0, one.begin) is not None
        and one.text.text.startswith(",", one.end)
    )


def groupmates(candidate: str, reference: Reference) -> set[str]:
    """Names and aliases of the other members of a person's groups."""
    mates = {member for group in reference.celebrities[candidate].groups for member in reference.groups.get(group, ())}
    others = [reference.celebrities[member] for member in mates if member != candidate]
    return {form for other in others for form in (other.name, *other.aliases)}
