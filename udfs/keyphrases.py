"""Key noun phrases of a post: compound nouns, judged by where they stand, what their particle says and what they name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from udfs.korean_words import Word
from udfs.phrase_features import Candidate, Phrase, is_region, judged
from udfs.post_text import Reference, Tag, TextField
from udfs.spans import covering, first_behind
from udfs.time_mention import TimeMention
from udfs.word_lists import COUNTING, NOT_ALONE, PREDICATIVE, STOP

MOST = 10
MOST_COUNTED = 30_000
"""Characters of a post in which its phrases are counted: each of them is looked for in all of these."""
_BONUS = {"who": 0.9, "where": 0.6, "what": 0.6}
_ROLE_WEIGHT = {
    "subject": 1.0, "topic": 0.95, "object": 0.95, "place": 0.95, "possessive": 0.85, "": 0.9, "direction": 0.8, "location": 0.85,
    "companion": 0.8,
    "copula": 0.7, "also": 0.8, "recipient": 0.7, "limit": 0.5, "each": 0.4, "compare": 0.5, "only": 0.6, "choice": 0.5,
    "quote": 0.5, "vocative": 0.3,
}  # fmt: skip
_BOILERPLATE = re.compile(r"기자|저작권|무단|재배포|ⓒ|©|Copyright|@|https?:|www\.|구독|불펌|내돈내산|협찬|이웃추가|공감")
_PUNCTUATION = re.compile(r"[.,?!…]")
_BYLINE = re.compile(r"\[[^\]\n]{1,24}\]|/?\s?사진\s?[=/]\s?[가-힣A-Za-z0-9]+(?: [가-힣]{2,4} 기자)?|사진 제공\s?=\s?\S+")
_NUMBER = re.compile(
    r"^[\d.,:~/]+(?:조|만|억|천|여)*(?:년|월|일|시|분|명|개|원|회|세|위|호|번|층|차|거래일|주년|주|가지|곡|장|도|선|편|석|대|평|cm|mm|m|kg|km|g|%)?"
    r"(?:째|여|간)?$|^[가-힣]{2}차$"
)
_UNUSABLE = STOP | COUNTING | {""}
_LETTER = re.compile(r"[가-힣A-Za-z]")


def tag_keyphrases(fields: Sequence[TextField], reference: Reference, known: Sequence[Tag], *, photo_offsets: Sequence[int]) -> list[Tag]:
    """Rows of kind `keyphrase`: at most ten phrases, each at its best place in the post, the likeliest first.

    Scores are probabilities as shares of the post's highest, so that every post's best phrase weighs 1 beside its people and places.

    Args:
        fields: the post.
        reference: lists.
        known: tags found already: names, places and kinds of event are phrases too.
        photo_offsets: characters of the body at which photos stand.
    """
    people = {tag.surface for tag in known if tag.kind == "who"}
    scored = []
    for candidate in candidates(fields, reference, known, photo_offsets=photo_offsets):
        score = judged(candidate, reference, people)
        scored.append((-round(score, 6), candidate.surface, score, candidate))  # no two have one surface
    scored.sort()
    kept: list[tuple[float, Candidate]] = []
    surfaces: list[str] = []
    for _, surface, score, candidate in scored:
        for other in surfaces:
            if surface in other or other in surface:
                break
        else:
            kept.append((score, candidate))
            surfaces.append(surface)
            if len(kept) == MOST:
                break
    return [
        Tag(
            best.text.name, best.text.position, "keyphrase", candidate.surface, candidate.surface, best.begin, best.end,
            best.josa or None, best.role or None, round(score / kept[0][0], 6),
        )
        for score, candidate in kept
        for best in (candidate.best,)
    ]  # fmt: skip


def candidates(fields: Sequence[TextField], reference: Reference, known: Sequence[Tag], *, photo_offsets: Sequence[int]) -> list[Candidate]:
    """All noun phrases of a post that could be key phrases; see `tag_keyphrases`."""
    photo_offsets = sorted(photo_offsets)
    phrases: list[Phrase] = []
    works: set[str] = set()
    told = "\n".join(text.text for text in fields if text.name != "title")
    whole = " ".join(text.text for text in fields)[:MOST_COUNTED]
    for text in fields:
        if not text.text:
            continue
        titles = [phrase for phrase in _quoted(text, photo_offsets) if text.name != "title" or text.text[phrase.begin : phrase.end] in told]
        works |= {text.text[phrase.begin : phrase.end] for phrase in titles}
        phrases.extend(_phrases(text, titles, reference, known, photo_offsets))
    here = {tag.surface for tag in known if tag.kind == "where" and tag.is_event}
    bonus: dict[str, float] = defaultdict(float)
    kinds: dict[str, set[str]] = defaultdict(set)
    for tag in known:
        kinds[tag.surface].add(f"{tag.kind}!" if tag.is_event else tag.kind)
        if tag.kind in _BONUS:
            bonus[tag.surface] = max(bonus[tag.surface], _BONUS[tag.kind] * tag.score)
    places: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        places[phrase.text.text[phrase.begin : phrase.end]].append(phrase)
    found, listed = [], reference.places.meanings
    for surface, where in places.items():
        if surface in reference.occupations or ((surface in PREDICATIVE or surface in NOT_ALONE) and surface not in bonus):
            continue
        region = surface in listed and surface not in here and is_region(surface, reference)
        if region and not any(phrase.text.name == "title" for phrase in where):
            continue  # the city of a venue
        count = whole.count(surface)
        found.append(Candidate(surface, where, kinds.get(surface, set()), bonus.get(surface, 0.0), surface in works, count))
    return found


def _quoted(text: TextField, photo_offsets: Sequence[int]) -> list[Phrase]:
    """Names of works in single quotation marks or angle brackets: ‘국경의 밤’. What somebody says ends in a verb.

    A headline puts its own words between such marks, too; a work's name stands in the text as well (`tag_keyphrases` looks there).
    """
    found = []
    for begin, end in text.quoted:
        inside = text.words[first_behind(text.words, begin) : first_behind(text.words, end)]
        ends_in_noun = 0 < len(inside) <= 4 and inside[-1].nominal and inside[-1].stem_end == end
        if ends_in_noun and 1 < end - begin <= 18 and not _PUNCTUATION.search(text.text[begin:end]) and text.text[begin:end] not in STOP:
            found.append(Phrase(text, begin, end, "", "", 1.15 * _near_photo(text, begin, photo_offsets)))
    return found


def _phrases(
    text: TextField, titles: Sequence[Phrase], reference: Reference, known: Sequence[Tag], photo_offsets: Sequence[int]
) -> list[Phrase]:
    lines = _boilerplate(text.text)
    lines += [(title.begin, title.end) for title in titles]
    named = [
        tag for tag in known if tag.field == text.name and tag.photo_position == text.position and tag.kind in ("who", "where", "person")
    ]
    begins, ends = frozenset(tag.begin for tag in named), frozenset(tag.end for tag in named)
    spoiled = _spoiled(text.words, lines, text.times) if lines or text.times else frozenset()
    runs: list[list[Word]] = []
    run: list[Word] = []
    whole = text.text
    for word in text.words:
        begin, end, stem_end, josa, _, nominal = word
        if not josa and whole[end - 1] == "서" and (place := _at_place(text, word, reference)) is not None:
            word, stem_end, josa, nominal = place, place.stem_end, place.josa, place.nominal
        if not nominal or begin in spoiled:
            run = []
            continue
        surface = whole[begin:stem_end]
        if surface in _UNUSABLE or ((surface[0] <= "9" or surface[-1] == "차") and _NUMBER.match(surface)):
            run = []
            continue
        if run and _joins(text, run[-1], word, begins, ends):
            run.append(word)
        else:
            run = [word]
            runs.append(run)
        if josa:
            run = []
    phrases = [_phrase(run, text, photo_offsets) for run in runs]
    return [*titles, *filter(None, phrases)]


def _spoiled(words: Sequence[Word], lines: Sequence[tuple[int, int]], times: Sequence[TimeMention]) -> frozenset[int]:
    """Begins of words in boilerplate and in times."""
    found = {word.begin for begin, end in lines for word in words[first_behind(words, begin) : first_behind(words, end)]}
    for mention in times:
        first = max(0, first_behind(words, mention.begin) - 1)
        found |= {word.begin for word in words[first : first_behind(words, mention.end)] if word.end > mention.begin}
    return frozenset(found)


def _joins(text: TextField, before: Word, word: Word, begins: frozenset[int], ends: frozenset[int]) -> bool:
    """Whether two nouns stand together as one phrase: nothing but a space between, no name (of `begins` and `ends`) parts them."""
    if text.text[before.end : word.begin] != " ":
        return False
    return before.end not in ends and before.stem_end not in ends and word.begin not in begins


def _phrase(run: list[Word], text: TextField, photo_offsets: Sequence[int]) -> Phrase | None:
    """The phrase that nouns beside each other make, None where it says too little."""
    whole = text.text
    words = run[-3:]
    while len(words) > 1 and whole[words[-1].begin : words[-1].stem_end] in PREDICATIVE:
        words = words[:-1]
    while len(words) > 1 and (whole[words[0].begin : words[0].stem_end] in PREDICATIVE or _is_district(text, words[0])):
        words = words[1:]
    begin = words[0].begin
    _, _, end, josa, role, _ = words[-1]
    if end - begin < 2 or (whole[begin] <= "9" and not _LETTER.search(whole, begin, end)):
        return None
    weight = _near_photo(text, begin, photo_offsets) * _ROLE_WEIGHT.get(role, 0.8)
    return Phrase(text, begin, end, josa, role, weight * 1.15 if len(words) > 1 else weight)


def _is_district(text: TextField, word: Word) -> bool:
    """Whether a word is a district, as it stands before a venue: 구로구 더링크호텔."""
    if text.text[word.end - 1] not in "구군":
        return False
    entity = covering(text.entities, word.begin, word.end)
    return (entity is not None and entity[2] == "LC") or covering(text.places, word.begin, word.end) is not None


def _at_place(text: TextField, word: Word, reference: Reference) -> Word | None:
    """Headlines shorten 에서 to 서: 수원서, 망원시장서; called for a word that ends in 서 and has no particle yet, None for any other."""
    if word.end - word.begin < 3:
        return None
    surface = text.text[word.begin : word.end]
    entity = covering(text.entities, word.begin, word.end - 1)
    place = surface[:-1] in reference.places.meanings or (entity is not None and entity[2] == "LC" and entity[1] <= word.end)
    return word._replace(stem_end=word.end - 1, josa="서", role="place") if place else None


def _near_photo(text: TextField, begin: int, photo_offsets: Sequence[int]) -> float:
    """Weight of a place in a post, more beside a photo (their offsets in order)."""
    if text.name != "body":
        return 1.6 if text.name == "title" else 1.2
    weight = 1.25 if begin < text.first_sentence_end else 0.7 + 0.2 * (1 - begin / len(text.text))
    if photo_offsets:
        index = bisect_left(photo_offsets, begin)
        nearest = min(abs(offset - begin) for offset in photo_offsets[max(0, index - 1) : index + 1])
        weight *= 1.0 + 0.3 * max(0.0, 1 - nearest / 120)
    return weight


def _boilerplate(text: str) -> list[tuple[int, int]]:
    spans, begin = [], 0
    for line in text.split("\n") if _BOILERPLATE.search(text) else ():
        end = begin + len(line)
        if _BOILERPLATE.search(line) and len(line) < 90:
            spans.append((begin, end))
        begin = end + 1
    return [*spans, *(match.span() for match in _BYLINE.finditer(text))] if "[" in text or "사진" in text else spans
