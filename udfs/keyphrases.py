"""Key noun phrases of a post: compound nouns, weighed by where they stand, what their particle says, and how near a photo they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from udfs.korean_words import Word
from udfs.post_text import Reference, Tag, TextField
from udfs.word_lists import PREDICATIVE, STOP

MOST = 10
_ROLE_WEIGHT = {
    "subject": 1.0, "topic": 0.95, "object": 0.95, "place": 0.95, "possessive": 0.85, "": 0.9, "direction": 0.8, "location": 0.85,
    "companion": 0.8,
    "copula": 0.7, "also": 0.8, "recipient": 0.7, "limit": 0.5, "each": 0.4, "compare": 0.5, "only": 0.6, "choice": 0.5,
    "quote": 0.5, "vocative": 0.3,
}  # fmt: skip
_BOILERPLATE = re.compile(r"기자|저작권|무단|재배포|ⓒ|©|Copyright|@|https?:|www\.|구독|불펌|내돈내산|협찬|이웃추가|공감")
_NUMBER = re.compile(
    r"^[\d.,:~/]+(?:조|만|억|천|여)*(?:년|월|일|시|분|명|개|원|회|세|위|호|번|층|차|거래일|주년|주|가지|곡|장|도|선|편|석|대|평|cm|mm|m|kg|km|g|%)?"
    r"(?:째|여|간)?$|^(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|여러|양일|번째|번|회|달째|달|곡|명|년째)$|^[가-힣]{2}차$"
)


@dataclass
class _Phrase:
    text: TextField
    begin: int
    end: int
    josa: str
    role: str
    weight: float


def tag_keyphrases(fields: Sequence[TextField], reference: Reference, known: Sequence[Tag], *, photo_offsets: Sequence[int]) -> list[Tag]:
    """Rows of kind `keyphrase`: at most ten phrases, each at its best place in the post.

    Args:
        fields: the post.
        reference: lists.
        known: tags found already: names, places and kinds of event are phrases too.
        photo_offsets: characters of the body at which photos stand.
    """
    phrases: list[_Phrase] = []
    for text in fields:
        phrases.extend(_phrases(text, known, photo_offsets))
    places: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in phrases:
        places[phrase.text.text[phrase.begin : phrase.end]].append(phrase)
    bonus = {tag.surface: (0.9 if tag.kind == "who" else 0.6) * tag.score for tag in known if tag.kind in ("who", "where", "what")}
    scored = []
    for surface, found in places.items():
        if surface in reference.occupations or (surface in PREDICATIVE and surface not in bonus):
            continue
        weights = sorted((phrase.weight for phrase in found), reverse=True)
        weight = weights[0] + 0.35 * sum(weights[1:4]) + bonus.get(surface, 0.0)
        weight *= 1.0 if len(surface) > 2 else 0.75
        best = min(found, key=lambda phrase: (-phrase.weight, phrase.text.name, phrase.begin))
        scored.append((weight, surface, best))
    scored.sort(key=lambda item: (-round(item[0], 6), item[1]))
    kept: list[tuple[float, str, _Phrase]] = []
    for weight, surface, best in scored:
        part = [index for index, (_, other, _) in enumerate(kept) if surface in other or other in surface]
        if not part:
            kept.append((weight, surface, best))
        if len(kept) == MOST:
            break
    top = kept[0][0] if kept else 1.0
    return [
        Tag(
            best.text.name,
            best.text.position,
            "keyphrase",
            surface,
            surface,
            best.begin,
            best.end,
            best.josa or None,
            best.role or None,
            round(weight / top, 6),
        )
        for weight, surface, best in kept
    ]


def _phrases(text: TextField, known: Sequence[Tag], photo_offsets: Sequence[int]) -> list[_Phrase]:
    lines = _boilerplate(text.text)
    named = [
        (tag.begin, tag.end)
        for tag in known
        if tag.field == text.name and tag.photo_position == text.position and tag.kind in ("who", "where", "person")
    ]
    times = [(mention.begin, mention.end) for mention in text.times]
    found: list[_Phrase] = []
    run: list[Word] = []
    for word in text.words:
        spoiled = any(begin <= word.begin < end for begin, end in lines) or any(
            word.begin < end and word.end > begin for begin, end in times
        )
        surface = text.text[word.begin : word.stem_end]
        usable = (
            word.nominal
            and not spoiled
            and surface not in STOP
            and word.end > word.begin
            and not _NUMBER.match(surface)
            and len(surface) > 0
        )
        if not usable:
            _close(run, text, found, photo_offsets)
            run = []
            continue
        if run and not _joins(text, run[-1], word, named):
            _close(run, text, found, photo_offsets)
            run = []
        run.append(word)
        if word.josa:
            _close(run, text, found, photo_offsets)
            run = []
    _close(run, text, found, photo_offsets)
    return found


def _joins(text: TextField, before: Word, word: Word, named: Sequence[tuple[int, int]]) -> bool:
    """Whether two nouns stand together as one phrase: nothing but a space between, no name ends there."""
    if text.text[before.end : word.begin] != " ":
        return False
    return not any(end in (before.end, before.stem_end) or begin == word.begin for begin, end in named)


def _close(run: list[Word], text: TextField, found: list[_Phrase], photo_offsets: Sequence[int]) -> None:
    if not run:
        return
    words = run[-3:]
    while len(words) > 1 and text.text[words[-1].begin : words[-1].stem_end] in PREDICATIVE:
        words = words[:-1]
    while len(words) > 1 and text.text[words[0].begin : words[0].stem_end] in PREDICATIVE:
        words = words[1:]
    begin, end = words[0].begin, words[-1].stem_end
    surface = text.text[begin:end]
    if len(surface) < 2 or not re.search(r"[가-힣A-Za-z]", surface):
        return
    last = words[-1]
    weight = _place_weight(text, begin) * _ROLE_WEIGHT.get(last.role, 0.8)
    if len(words) > 1:
        weight *= 1.15
    if text.name == "body" and photo_offsets:
        nearest = min(abs(offset - begin) for offset in photo_offsets)
        weight *= 1.0 + 0.3 * max(0.0, 1 - nearest / 120)
    found.append(_Phrase(text, begin, end, last.josa, last.role, weight))


def _place_weight(text: TextField, begin: int) -> float:
    if text.name == "title":
        return 1.6
    if text.name == "caption":
        return 1.2
    if begin < text.first_sentence_end:
        return 1.25
    return 0.7 + 0.2 * max(0.0, 1 - begin / max(len(text.text), 1))


def _boilerplate(text: str) -> list[tuple[int, int]]:
    spans, begin = [], 0
    for line in text.split("\n"):
        end = begin + len(line)
        if _BOILERPLATE.search(line) and len(line) < 90:
            spans.append((begin, end))
        begin = end + 1
    return spans
