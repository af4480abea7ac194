"""Names in a text, and which of them mean a person.

A name in the text is a person where its surroundings allow it: it begins a word (or follows an occupation or group glued to it), what
follows is a particle that fits its last sound, an honorific, or punctuation. Names that are ordinary words (비, 하늘, 이유) need evidence:
an occupation or group before them, an honorific, an age in brackets, a person's verb; one sure mention makes the others likely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from udfs.korean_particles import GLUED_NOUNS, HONORIFICS, has_final, particle_chain, split_particle
from udfs.name_deeds import deed_evidence, is_a_reason, is_other_band, word_evidence
from udfs.name_evidence import after_evidence, before_evidence, list_evidence
from udfs.namesakes import (
    called_by_given_name,
    has_other_title,
    has_other_trade,
    is_citizen,
    is_kin,
    is_pet,
    own_ids,
    own_occupations,
    pets,
)
from udfs.post_text import Reference, TextField
from udfs.spans import touched
from udfs.strangers import is_aged_stranger, is_explained, is_told_name, reports_on_sport
from udfs.word_lists import FAN_NOUNS, OTHER_WORDS

_REST, _LETTER = re.compile(r"[가-힣A-Za-z0-9]*"), re.compile(r"[가-힣A-Za-z0-9]")
_WORD_BEFORE = re.compile(r"([가-힣A-Za-z0-9]+)[\s,·]*(?:['‘“\"(（]\s*)?$")
_NEXT_WORD = re.compile(r"^\s*([가-힣A-Za-z0-9]+)")
_SPACED_HONORIFIC = re.compile(
    r"(?:씨|님|양|군|선배|선배님|언니|오빠|누나|형님)"
    r"(?:가|는|의|를|와|도|은|이|을|과|에게|께서|랑|만|한테|께|(?:이|입)(?:다|었다|니다|에요|고|라고|며)|예요|였다)?$"
)
_BRACKET = re.compile(r"^\s?[(（](?:\d{1,2}(?:세)?[)）,]|본명|[A-Z][A-Za-z .-]+[)）]|[가-힣]{2,4}[)）,])")
_BRACKET_OPENS = re.compile(r"\s?[(（]([^()（）\n]{1,16})[)）]")
_RAINS = re.compile(
    r" (?:안 |많이 |또 )?(?:와도|와서|오는|오던|온다|온 (?!가수)|올 때|오면|오고|왔|내리|내린|맞으|맞고|맞아|맞은|그치|쏟아|뿌리|"
    r"예보|소식에)"
)
_AT_DAWN = ("출국", "입국", "귀국", "출근", "공항", "비행")
_SEEN, _ENDS_THERE = re.compile(r".*[가-힣]+(?:[을를거]|[가-힣]{2}) "), re.compile(r"\s*(?:[(.!~…ㅋㅠ🌸]|$|\n)")
_IN_SPACE = re.compile(r"[를로을]? ?(?:떠돌|떠다니|여행|유영|비행|탐사|개발|공간|먼지|쓰레기|산업|세계관)")
"""Behind 우주, which is no person then."""
_IN_ONE_COLOUR = re.compile(
    r"(?:발끝까지|온통|전부|죄다|(?:컬러|색|색깔|색상|의상|드레스|포인트|톤|배경|조명)(?:은|는|이|가|도|까지)?(?: 역시| 바로)?) [‘'“\"]?$"
)
_COLOURED = re.compile(
    r" (?:재킷|자켓|원피스|드레스|셔츠|블라우스|니트|스웨터|코트|점퍼|머리|헤어|톤|컬러|색|빛|계열|슈트|수트|넥타이|립"
    r"|스카프|모자|가방|구두|꽃|우산|풍선|조명|물결|벽|배경|리본|한복)(?![가-힣]{3})"
)
"""Around 보라 that is the colour: 머리부터 발끝까지 보라, 보라 재킷에."""
_LAST = frozenset(("봄", "여름", "가을", "겨울", "새벽", "노을"))
"""Names that are times, until which something lasts."""
_OF_SINGERS = ("콘서트", "막콘", "첫콘", "돔콘", "앙콘", "단콘", "중콘", "신곡", "신보", "컴백", "뮤비", "뮤직비디오", "타이틀곡", "수록곡")
"""What singers have, behind their names, though not behind a season's or an hour's (여름 신곡)."""
_PERSON, _ACTS = 1.5, frozenset(("subject", "topic", "also"))
"""What the words before a name say at least where they are said of people alone (같은 팀 보라가 와서)."""
_SEASONS = frozenset(("봄", "여름", "가을", "겨울"))
_SEASONAL = frozenset(("봄", "여름", "가을", "겨울", "새벽", "노을", "바다"))
"""Names before 콘서트 that tell of when or where one is held."""
TITLE_START = re.compile(r"\s*(?:[\[(<【][^\])>】]{1,20}[\])>】]\s*)*['‘“\"]?")


@dataclass
class Mention:
    """A place in the text that may name a person.

    Attributes:
        text: the field.
        begin, end: the name.
        form: the name as in the list.
        josa, role: particle behind it.
        evidence: how much speaks for a person (above 0) or against one.
        occupations: occupations named beside it.
        group: group named beside it.
        modifier: whether it is a group that stands before its member: 별무리의 하늘.
    """

    text: TextField
    begin: int
    end: int
    form: str
    josa: str
    role: str
    evidence: float
    occupations: frozenset[str]
    group: str
    modifier: bool = False


def find_mentions(fields: Sequence[TextField], reference: Reference) -> list[Mention]:
    """Names that stand where a person's name can stand, with the evidence for each."""
    named = {form for text in fields for _, _, form in text.names}
    short = given_names(named, reference)
    found = []
    strangers = {name for text in fields for name in (*pets(text.text), *called_by_given_name(text.text, named, reference))}
    whole = "\n".join(text.text for text in fields)
    others: set[str] = named if reports_on_sport(whole) else set()
    for text in fields:
        places = [*text.names, *_given_in(text, short)]
        for begin, end, form in sorted(places):
            before, after = _around(text, begin, end)
            if (
                has_other_title(after, reference)
                or is_citizen(before, after, reference)
                or is_kin(before)
                or is_pet(before, after)
                or is_told_name(before, after)
                or is_explained(after)
            ):
                strangers.add(form)
                continue
            if has_other_trade(before, after, form, reference):
                others.add(form)
                continue
            mention = _judge(text, begin, end, form, reference)
            if mention is None:
                continue
            if not (mention.occupations or mention.group) and is_aged_stranger(after, own_ids(form, reference), whole):
                strangers.add(form)
                continue
            found.append(mention)
    strangers -= {mention.form for mention in found if mention.occupations or mention.group}
    if others:
        strangers |= others - {one.form for one in found if one.group or one.occupations & own_occupations(one.form, reference)}
    return [mention for mention in found if mention.form not in strangers]


NEAR = 80
"""Characters before and behind a name that tell whether it means a person."""


def _around(text: TextField, begin: int, end: int) -> tuple[str, str]:
    """What stands before and behind a name."""
    return text.text[max(0, begin - NEAR) : begin], text.text[end : end + NEAR]


def given_names(named: set[str], reference: Reference) -> dict[str, str]:
    """Given names by which a post may go on to call people that it names in full or by their group: 서라 -> 임서라."""
    people = {person for form in named for person in (*reference.groups.get(form, ()), *reference.names.meanings.get(form, ())) if person}
    people |= {mate for person in people for group in reference.celebrities[person].groups for mate in reference.groups.get(group, ())}
    short: dict[str, str] = {}
    for person in sorted(people):
        full = reference.celebrities[person].name
        given = full[1:]
        if len(full) != 3 or not all("가" <= letter <= "힣" for letter in full):
            continue
        if given in reference.names.meanings or given in reference.common_words or given in reference.kind_words.meanings:
            continue
        short[given] = "" if given in short else full  # two of one given name: neither is meant for sure
    return {given: full for given, full in short.items() if full}


def _given_in(text: TextField, short: dict[str, str]) -> list[tuple[int, int, str]]:
    found = []
    for given, full in short.items():
        if given in text.text:
            spans = [match.span() for match in re.finditer(rf"(?<![가-힣A-Za-z0-9]){given}", text.text)]
            found += [(*span, full) for span in spans if not touched(text.names, *span)]
    return found


def _judge(text: TextField, begin: int, end: int, form: str, reference: Reference) -> Mention | None:
    before, after = _around(text, begin, end)
    glued = "" if _is_crossed(_CROSS_BEFORE.search(before[-_CROSSED:]), reference) else _glued_before(before)
    occupations: frozenset[str] = frozenset()
    group = ""
    evidence = 0.0
    if glued:
        found = _title_at_end(glued, reference)
        if found is None:
            return None
        occupations, group = found
        evidence += 2
    rest = "" if _is_crossed(_CROSS_BEHIND.match(after), reference) else _REST.match(after).group(0)  # type: ignore[union-attr]
    reading = _read_rest(form, rest, reference)
    if reading is None:
        return None
    josa, role, worth = reading
    evidence += worth
    behind = after[len(rest) :]
    following = _NEXT_WORD.match(behind) if not rest or rest in HONORIFICS else None
    next_word = following.group(1) if following else ""
    addressed = False
    if next_word and not josa:
        stem = next_word[: split_particle(next_word).length].removesuffix("님")
        if stem in reference.occupations and not behind.startswith(("\n", ",")):
            occupations |= reference.occupations[stem]
            addressed = "님" in next_word  # 응원 온 미소 배우님
            evidence += 2.5 if addressed else 2.0
    called = next_word != "" and not rest and _SPACED_HONORIFIC.match(next_word) is not None
    evidence += 2 if called else 0
    if touched(text.times, begin, end):
        return None
    told = 0.0
    if not glued:
        previous = _WORD_BEFORE.search(before[-40:])
        title = _title_before(before[-60:], reference)
        if title is not None:
            occupations |= title[0]
            group = group or title[1]
            evidence += 2
        elif previous is not None:
            sure = worth >= 2 or called or addressed or next_word.startswith(FAN_NOUNS)
            told = before_evidence(previous.group(1), before)
            told = min(told, 0.0) if is_a_reason(form, role, behind) else told
            evidence += max(told, 0.0 if sure else -9.0)
    verb = after_evidence(role, rest, behind, next_word)
    evidence += (
        max(verb, -1.0) if occupations or group or (told >= _PERSON and role in _ACTS) else verb
    )  # 가수 노을이 올라와서: it rises, but it is a singer
    bracket = _BRACKET_OPENS.match(after) if not rest else None
    if bracket is not None and bracket.group(1) in reference.groups:
        group = group or bracket.group(1)
        evidence += 2  # 여름(루나틱)
    elif _BRACKET.match(after) and not rest:
        evidence += 1.5
    evidence += list_evidence(before, after, rest)
    quotation = text.quotation_of(begin, end)
    if is_common(form, reference) and quotation is not None and quotation[1] - quotation[0] > end - begin + 2:
        evidence -= 1.5  # the drama ‘여름의 끝에서’
    if form == "봄" and not rest and _SEEN.fullmatch(before[-8:]) and _ENDS_THERE.match(after):
        evidence -= 2  # 망원시장에서 백도윤 봄 (실화)
    if form == "비" and not rest and _RAINS.match(behind):
        evidence -= 3  # 별무리, 비 와도 출근
    evidence += deed_evidence(form, before, behind, rest, role)
    if is_other_band(before, after) and form not in reference.groups and is_common(form, reference):
        evidence -= 4
    if not occupations:
        evidence += word_evidence(form, role, behind, text.text)
    if form == "새벽" and next_word.startswith(_AT_DAWN):
        evidence -= 2
    if form == "보라" and not rest and (_IN_ONE_COLOUR.search(before) or _COLOURED.match(behind)):
        evidence -= 3
    if form in _LAST and rest.startswith("까지"):
        evidence -= 2  # 새벽까지 잠이 안 와
    if form == "우주" and _IN_SPACE.match(after):
        evidence -= 3
    if len(form) <= 2 and next_word.startswith(_OF_SINGERS) and form not in (_SEASONAL if "콘" in next_word else _SEASONS):
        evidence += 1.5
    if touched(text.persons, begin, end):
        evidence += 0.75
    if text.name == "title" and not rest and re.match(r"\s*[,…·‘'“\"]", after) and TITLE_START.fullmatch(text.text, 0, begin):
        evidence += 1.5
    return Mention(text, begin, end, form, josa, role, evidence, occupations, group)


_CROSS_BEFORE, _CROSS_BEHIND = re.compile(r"(?<![가-힣A-Za-z0-9])([가-힣]{2,6})[Xx×]$"), re.compile(r"[Xx×]([가-힣]{2,6})(?![가-힣])")
_CROSSED = 9  # characters that `_CROSS_BEFORE` looks at


def _is_crossed(cross: re.Match[str] | None, reference: Reference) -> bool:
    """Whether what is crossed with a name is one, too: 미소X남궁현."""
    return cross is not None and cross.group(1) in reference.names.meanings


def _glued_before(before: str) -> str:
    length = next((number for number, letter in enumerate(reversed(before)) if not _LETTER.match(letter)), len(before))
    return before[len(before) - length :]


def _title_at_end(glued: str, reference: Reference) -> tuple[frozenset[str], str] | None:
    if glued in reference.occupations:
        return reference.occupations[glued], ""
    if glued in reference.groups:
        return frozenset(), glued
    return None


def _title_before(before: str, reference: Reference) -> tuple[frozenset[str], str] | None:
    """Occupation or group in front of a name: 가수 비, 그룹 루미엘의 여름, 루미엘 멤버 여름, 배우 겸 가수 비."""
    stripped = before.rstrip()
    if stripped == before and before and not before.endswith(("'", "‘", "“", '"', "(")):
        return None
    stripped = stripped.rstrip("'‘“\"(")
    words = re.findall(r"[가-힣A-Za-z0-9&'-]+", stripped[-40:])
    if not words or re.search(r"[.!?,:\]\n]\s*$", stripped):
        return None
    last = words[-1]
    pair = " ".join(words[-2:])
    occupations: frozenset[str] = frozenset()
    group = ""
    for candidate in (pair, pair.replace(" ", ""), last, last.removesuffix("이자"), last.removesuffix("출신")):
        if candidate in reference.occupations and candidate not in reference.other_titles:
            occupations |= reference.occupations[candidate]
    for word in words[-3:]:
        bare = word.removesuffix("의").removesuffix("출신")
        if bare in reference.groups:
            group = bare
    if occupations or (group and words[-1].removesuffix("의").removesuffix("출신") == group):
        return occupations, group
    return None


def _read_rest(form: str, rest: str, reference: Reference) -> tuple[str, str, float] | None:
    """What is glued behind a name: (particle, role, evidence), or None when it makes another word of it."""
    called = particle_chain(rest[1:], "이") if len(form) > 1 and has_final(form[-1]) and _CALLED.fullmatch(rest) else None
    if called is not None:
        return rest, called[1], 1.5
    chain = particle_chain(rest, form[-1])
    if chain is not None:
        return None if form + rest in OTHER_WORDS or form + rest[:1] == "비니" else (chain[0], chain[1], 0.0)
    if rest.startswith("이") and has_final(form[-1]):
        chain = particle_chain(rest[1:], "이")
        if chain is not None:
            return rest, chain[1], 0.5  # 여름이한테
    for honorific in _LONGEST_FIRST:
        if rest.startswith(honorific):
            chain = particle_chain(rest[len(honorific) :], honorific[-1])
            if chain is not None:
                return chain[0], chain[1], 2.0 if honorific not in ("군", "양", "형") or len(form) > 1 else 0.5
    for noun in GLUED_NOUNS:
        if rest.startswith(noun):
            chain = particle_chain(rest[len(noun) :], noun[-1])
            if chain is not None:
                return chain[0], chain[1], -2.0 if noun == "들" and is_common(form, reference) else 0.5
    beginnings = [rest[:length] for length in range(1, len(rest) + 1)]
    if not reference.other_titles.isdisjoint(beginnings):
        return None
    for word in beginnings:
        if reference.occupations.get(word) and particle_chain(rest[len(word) :], word[-1]) is not None:
            return "", "", 1.5
    if len(form) > 1 and any(word in reference.kind_words.meanings for word in beginnings):
        return "", "", 0.5
    return None


_CALLED = re.compile(r"이(?:가|는|를|도|의|와|한테|에게|만|야)")
"""Behind a given name among friends: 하늘이가."""
_LONGEST_FIRST = sorted(HONORIFICS, key=len, reverse=True)


def is_common(form: str, reference: Reference) -> bool:
    """Whether a name is an ordinary word, too."""
    return len(form) == 1 or form in reference.common_words
