"""Names that may be the place of a post's event though neither lists nor rules know them (칠레 아타카마 사막을 배경으로).

Posts name more places than any list holds: shops, rooms of a house, foreign halls. What can be one is a row of nouns that has something of
a place: its particle, its end, a place before it or within it, the annotator's word for it, or that title and text of a review both have
it. Most are none. Which one is, if any, the words around it tell: `udfs.event_choice` weighs them beside the places that were found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from udfs.korean_words import Word
from udfs.post_text import Tag, TextField
from udfs.spans import merged, touched
from udfs.weighed_post import Alternative, Post, signs_of_words, words_around
from udfs.word_lists import NOT_HELD, NOT_PART_OF_NAME, NOT_VENUES, STOP

UNLISTED = "unlisted"
"""The sign that all such names have, and the first word of their other signs."""
MOST_WORDS = 3
MOST_NAMES = 60
MOST_READ = 1000
"""Names of a post, and words of each of its texts, that are looked at: the first ones, so that a long text costs no more than its share."""
_LOCAL = frozenset(("에서", "서", "에", "에는", "에서는", "에선", "로", "으로", "엔", "까지", "에서의", "에도", "에서만", "행"))
_ENDS = (
    *"시군구읍면동리점집관홀장원당루로길역항섬산강천촌궁사성지숲터탑실부대영방옥각정제처소청국단팬",
    *("랜드", "파크", "카페", "호텔", "스테이", "하우스", "스튜디오", "타워", "몰", "플라자", "가든", "시티", "빌딩", "스퀘어", "갤러리"),
    *("언덕", "둔치", "마을", "학교", "교회", "해변", "바다", "계곡", "폭포", "호수", "대교", "터널", "사막"),
    *("헤어", "살롱", "펜션", "리조트", "베이커리", "브런치", "국수", "국밥", "상회", "포차"),
)
"""Ends of many names of places, and of much else."""
_COUNTED = re.compile(r"(?:^| )\d+(?:층|열|번|호|호실|구역|석|일|월|년|시|분|명|개|원|회|차|위)?(?: |$)")
"""Floors, seats and other numbers, which are no part of a name."""
_SITES = frozenset(("LC", "OG"))
_OF_VISITS = frozenset(("review", "blog"))


class _Name(NamedTuple):
    """A row of nouns.

    Attributes:
        text: its field.
        begin, end: its letters.
        first, last: its words.
        holds: whether a place that was found is a part of it.
        after: whether a place that was found stands right before it.
        entities: types of the annotator's entities that it touches.
        whole: whether it is one of the annotator's entities.
    """

    text: TextField
    begin: int
    end: int
    first: int
    last: int
    holds: bool
    after: bool
    entities: str
    whole: bool


def unlisted_places(post: Post) -> list[Alternative]:
    """The names of a post that may be its event's place, with their signs.

    Args:
        post: the post with all its tags by the rules.
    """
    names = _names(post)
    wholes = [text.text for text in post.fields]
    return [_alternative(name, post, sum(whole.count(name.text.text[name.begin : name.end]) for whole in wholes)) for name in names]


def _names(post: Post) -> list[_Name]:
    found: list[_Name] = []
    known = {_joined(name) for tag in post.of_kind("where") for name in (tag.value, tag.surface)}
    known |= {_joined(tag.surface) for tag in post.tags if tag.kind == "who"}
    for text in post.fields:
        for name in _names_of(text, post.tags_of(text), post):
            if _joined(text.text[name.begin : name.end]) not in known:
                found.append(name)
                if len(found) == MOST_NAMES:
                    return found
    return found


def _joined(name: str) -> str:
    return name.replace(" ", "")


def _names_of(text: TextField, tags: list[Tag], post: Post) -> Iterator[_Name]:
    """Rows of nouns of one field that have something of a place."""
    places = [(tag.begin, tag.end) for tag in tags if tag.kind == "where"]
    times = merged((time.begin, time.end) for time in text.times)
    behind_places = {end + 1 for _, end in places}
    people = {tag.begin for tag in tags if tag.kind in ("who", "person")}
    visited = post.service in _OF_VISITS
    elsewhere = [other.text for other in post.fields if visited and (other.name == "title") != (text.name == "title")]
    whole, words, entities = text.text, text.words, text.entities
    for last, word in enumerate(words[:MOST_READ]):
        if not word.nominal or word.stem_end == word.begin:
            continue
        end = word.stem_end
        for first in range(last, max(-1, last - MOST_WORDS), -1):
            begin = words[first].begin
            if (first < last and not _goes_on(whole, words, first)) or touched(times, begin, end):
                break
            surface = whole[begin:end]
            touching = [entity for entity in entities if entity[0] < end and begin < entity[1]] if entities else []
            after, holds = begin in behind_places, bool(places) and any(begin <= one and other <= end for one, other in places)
            if (
                word.josa in _LOCAL
                or holds
                or after
                or any(kind in _SITES for *_, kind in touching)
                or surface.endswith(_ENDS)
                or (visited and any(surface in other for other in elsewhere))
            ) and not (
                len(surface) < 2
                or begin in people
                or (places and any(one <= begin and end <= other for one, other in places))
                or _COUNTED.search(surface)
                or _is_no_name(surface.split(" "))
            ):
                is_entity = any(entity[:2] == (begin, end) for entity in touching)
                kinds = ",".join(sorted({kind for *_, kind in touching}))
                yield _Name(text, begin, end, first, last, holds, after, kinds, is_entity)


def _is_no_name(words: list[str]) -> bool:
    """Whether words are an ordinary noun, or begin or end with one that belongs to no name (광장 앞, 철공소 사이)."""
    first, last = words[0], words[-1]
    ordinary = len(words) == 1 and (first in NOT_VENUES or first in NOT_HELD)
    return ordinary or first in NOT_PART_OF_NAME or last in NOT_PART_OF_NAME or first in STOP or last in STOP


def _goes_on(text: str, words: Sequence[Word], place: int) -> bool:
    """Whether a word is a noun without particle and the next one follows right behind it."""
    word = words[place]
    return word.nominal and word.stem_end == word.end and text[word.end : words[place + 1].begin] == " "


def _alternative(name: _Name, post: Post, mentions: int) -> Alternative:
    """A name with its signs: its own letters and particle, what stands around it, what was found beside it."""
    text, service, words = name.text, post.service, name.text.words
    surface, word = text.text[name.begin : name.end], words[name.last]
    josa, last = word.josa, text.text[word.begin : name.end]
    sentences = min(bisect_right(post.sentence_ends(text), name.begin), 3)
    goes_on = not josa and name.last + 1 < len(words) and _goes_on(text.text, words, name.last) and words[name.last + 1].nominal
    signs = [
        UNLISTED,
        f"unlisted {service} {text.name} {sentences}",
        f"unlisted {text.name} {sentences}",
        f"unlisted service {service}",
        f"unlisted event {post.event}",
        f"unlisted words {name.last - name.first + 1}",
        f"unlisted letters {min(len(surface), 12)}",
        f"unlisted named {min(mentions, 4)}",
        f"unlisted named {min(mentions, 4)} {service}",
        f"unlisted particle {josa}",
        f"unlisted particle {josa} {service}",
        f"unlisted particle {josa} {last[-1:]}",
        f"unlisted called {last[-1:]}",
        f"unlisted called {last[-2:]}",
        f"unlisted called {last[-2:]} {service}",
        f"unlisted called {last}",
        f"unlisted after {name.after} {josa}",
        f"unlisted after {name.after} {last[-1:]}",
        f"unlisted after {name.after} {service}",
        f"unlisted holds {name.holds}",
        f"unlisted entity {name.entities} {name.whole}",
        f"unlisted entity {name.entities} {service}",
        f"unlisted goes on {goes_on} {josa}",
        f"unlisted places {min(len(post.of_kind('where')), 4)}",
        *signs_of_words(*words_around(text.text, name.begin, name.end), prefix="unlisted "),
    ]
    tag = Tag(text.name, text.position, "where", surface, surface, name.begin, name.end, josa or None, word.role or None, 0.0)
    return Alternative(surface, signs, by_rules=False, added=tag)
