"""Key noun phrases of a post: compound nouns, weighed by where they stand, what their particle says, and how near a photo they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from udfs.korean_words import Word
from udfs.post_text import Reference, Tag, TextField

MOST = 10
_ROLE_WEIGHT = {
    "subject": 1.0, "topic": 0.95, "object": 0.95, "place": 0.95, "possessive": 0.85, "": 0.9, "direction": 0.8, "location": 0.85, "companion": 0.8,
    "copula": 0.7, "also": 0.8, "recipient": 0.7, "limit": 0.5, "each": 0.4, "compare": 0.5, "only": 0.6, "choice": 0.5, "quote": 0.5, "vocative": 0.3,
}  # fmt: skip
_STOP = frozenset(
    ("것", "수", "등", "때", "중", "후", "전", "위", "점", "곳", "분", "씨", "때문", "모습", "이날", "오늘", "어제", "내일", "오전", "오후", "지난", "사진", "기자", "제공", "현장", "시간", "정도", "이번", "우리", "저", "나", "자신", "이상", "이하", "가운데", "대해", "통해", "위해", "한편",
     "당시", "이후", "최근", "관련", "경우", "대한", "모두", "여기", "거기", "진짜", "정말", "너무", "많이", "그냥", "조금", "다들", "누구", "무엇", "이것", "그것", "생각", "느낌", "사람", "저희", "제가", "하나", "이야기", "무단전재", "재배포", "금지", "저작권자", "Copyright", "All", "rights", "reserved", "무단", "전재", "AI",
     "com", "net", "kr", "co", "www", "http", "https", "뉴스", "포토", "현장포토", "종합", "단독", "바로", "함께", "다시", "역시", "직접", "가장", "매우", "더욱", "모든", "각각", "먼저", "특히", "다만", "또한", "그리고", "하지만", "그러나", "이어", "앞서", "동안", "사이", "이유", "마음", "말", "눈길", "시선", "관심", "날", "순간", "매력", "분위기",
     "누리꾼", "네티즌", "관계자", "소식", "이용", "학습", "배포", "불펌", "카메라", "취재진", "여유", "미소", "포즈", "예정", "이하", "게시글", "댓글", "반응", "목소리", "일정", "앞", "뒤", "옆", "속", "밖", "안", "명", "개", "년", "월", "일")
)  # fmt: skip
_PREDICATIVE = frozenset(
    ("공개", "참석", "추천", "발탁", "돌입", "북적", "쾌척", "기부", "절정", "성료", "개최", "합의", "연기", "정비", "장식", "상승", "반등", "비상", "강추", "들썩", "눈길", "화제", "포착", "출격", "확정", "예고", "선정", "위촉", "축하", "방문",
     "도착", "등장", "근황", "후기", "만들기", "전액", "전격", "도전", "준비", "진행", "출연", "합류", "선언", "고백", "인증", "완료", "시작", "마무리", "급증", "눈물", "스압", "다음", "드디어", "기념", "만", "건강히", "이른", "늦은", "첫", "새")
)  # fmt: skip
"""Verbal nouns and modifiers with which headlines end or begin: a phrase of several words loses them."""
_BOILERPLATE = re.compile(r"기자|저작권|무단|재배포|ⓒ|©|Copyright|@|https?:|www\.|구독|불펌|내돈내산|협찬|이웃추가|공감")
_NUMBER = re.compile(r"^[\d.,:~/]+(?:만|억|천|여)?(?:년|월|일|시|분|명|개|원|회|세|위|호|번|층|차|거래일|주년|주|cm|mm|m|kg|km|g|kg|%)?(?:째|여)?$")


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
        if surface in reference.occupations or (surface in _PREDICATIVE and surface not in bonus):
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
        Tag(best.text.name, best.text.position, "keyphrase", surface, surface, best.begin, best.end, best.josa or None, best.role or None, round(weight / top, 6))
        for weight, surface, best in kept
    ]


def _phrases(text: TextField, known: Sequence[Tag], photo_offsets: Sequence[int]) -> list[_Phrase]:
    lines = _boilerplate(text.text)
    named = [(tag.begin, tag.end) for tag in known if tag.field == text.name and tag.photo_position == text.position and tag.kind in ("who", "where", "person")]
    times = [(mention.begin, mention.end) for mention in text.times]
    found: list[_Phrase] = []
    run: list[Word] = []
    for word in text.words:
        spoiled = any(begin <= word.begin < end for begin, end in lines) or any(word.begin < end and word.end > begin for begin, end in times)
        surface = text.text[word.begin : word.stem_end]
        usable = word.nominal and not spoiled and surface not in _STOP and word.end > word.begin and not _NUMBER.match(surface) and len(surface) > 0
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
    while len(words) > 1 and text.text[words[-1].begin : words[-1].stem_end] in _PREDICATIVE:
        words = words[:-1]
    while len(words) > 1 and text.text[words[0].begin : words[0].stem_end] in _PREDICATIVE:
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
