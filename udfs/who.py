"""Who a post names: every mention of a celebrity, people of one name told apart by occupation and group."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from udfs.aboutness import aboutness, with_members
from udfs.accepted_names import accepted, groupmates
from udfs.name_mentions import Mention, find_mentions
from udfs.post_text import Reference, Tag, TextField


def resolve(mentions: Sequence[Mention], reference: Reference, whole: str) -> dict[int, str]:
    """Celebrity of each mention (by its place in the list): people of one name are told apart by what stands beside it and in the post."""
    by_form: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        by_form[mention.form].append(number)
    chosen: dict[int, str] = {}
    for form, numbers in by_form.items():
        candidates = [value for value in reference.names.meanings.get(form, ()) if value]
        if len(candidates) == 1:
            chosen.update(dict.fromkeys(numbers, candidates[0]))
            continue
        near: dict[str, float] = defaultdict(float)
        for number in numbers:
            for candidate in candidates:
                near[candidate] += _likeness(candidate, mentions[number], reference)
        for candidate in candidates:
            person = reference.celebrities[candidate]
            near[candidate] += sum(2 for group in person.groups if group in whole)
            near[candidate] += sum(3 for other in (person.name, *person.aliases) if other != form and other in by_form)
            near[candidate] += sum(1 for member in groupmates(candidate, reference) if member in by_form)
            near[candidate] += 0.25 * (person.occupation != "" and person.occupation in whole)
            near[candidate] += 0.2 * min(3, sum(whole.count(word) for word in _TRADE.get(person.occupation, ())))
        for number in numbers:
            own = {candidate: near[candidate] + 4 * _likeness(candidate, mentions[number], reference) for candidate in candidates}
            chosen[number] = max(sorted(own), key=lambda candidate: (own[candidate], reference.celebrities[candidate].name == form))
    return chosen


_TRADE = {
    "배우": ("영화", "드라마", "연기", "시사회", "극 중", "배역"),
    "가수": ("앨범", "노래", "콘서트", "음원", "신곡", "무대", "팬미팅"),
}
"""Words that speak for one trade where two people share a name."""


def _likeness(candidate: str, mention: Mention, reference: Reference) -> float:
    person = reference.celebrities[candidate]
    score = 0.0
    if mention.group and mention.group in person.groups:
        score += 2
    own = reference.occupations.get(person.occupation, frozenset((person.occupation,)))
    if mention.occupations & own:
        score += 1
    elif mention.occupations and person.occupation:
        score -= 1
    return score


def tag_who(fields: Sequence[TextField], reference: Reference, *, service: str) -> list[Tag]:
    """Rows of kind `who`: every mention of a celebrity, scored by how much the post is about that celebrity."""
    if not any(text.names for text in fields):
        return []
    mentions = accepted(find_mentions(fields, reference), reference)
    whole = " ".join(text.text for text in fields)
    persons = [mention for mention in mentions if any(reference.names.meanings.get(mention.form, ()))]
    groups = [mention for mention in mentions if mention.form in reference.groups and not any(reference.names.meanings[mention.form])]
    chosen = resolve(persons, reference, whole)
    _mark_modifiers(persons, reference)
    pairs = [(mention, chosen[number]) for number, mention in enumerate(persons)]
    named = {celebrity for _, celebrity in pairs}
    begins: dict[int, list[int]] = defaultdict(list)
    for mention in persons:
        begins[id(mention.text)].append(mention.begin)
    # a group without an id of its own stands for those of its members whom the post names, for all where it names none
    for mention in groups:
        members = reference.groups[mention.form]
        here = [member for member in members if member in named]
        if not here:
            pairs.extend((mention, member) for member in members)
        elif not _stands_before(mention, begins.get(id(mention.text), [])):
            pairs.extend((mention, member) for member in here)
    scores = with_members(aboutness(pairs, service=service), pairs, reference)
    return [
        Tag(mention.text.name, mention.text.position, "who", mention.text.text[mention.begin : mention.end], celebrity,
            mention.begin, mention.end, mention.josa or None, mention.role or None, scores[celebrity])
        for mention, celebrity in pairs
    ]  # fmt: skip


_BETWEEN = re.compile(r"(?:의|\s)?\s*(?:(?:멤버|리더|막내|보컬|래퍼|맏형|출신)\s*)?")


def _stands_before(group: Mention, persons: Sequence[int]) -> bool:
    """Whether a group only tells which person is meant: 블루미의 최아린; `persons` are the begins of names in its field, in order."""
    index = bisect_left(persons, group.end)
    return index < len(persons) and _BETWEEN.fullmatch(group.text.text, group.end, persons[index]) is not None


def _mark_modifiers(mentions: Sequence[Mention], reference: Reference) -> None:
    for one, other in pairwise(mentions):
        if one.form in reference.groups and one.text is other.text and other.form not in reference.groups:
            one.modifier = _BETWEEN.fullmatch(one.text.text, one.end, other.begin) is not None
