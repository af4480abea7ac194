"""Titles and reasons in good Korean: particles that fit the word before them, titles of events from their parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28
_FINAL_RIEUL = 8
# Final consonant with which a digit or a Latin letter is read in Korean (영 일 이 삼 ...; 엘 엠 엔 알): "" for a vowel.
_READ_FINALS = {
    "0": "ㅇ", "1": "ㄹ", "2": "", "3": "ㅁ", "4": "", "5": "", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ", "9": "",
    "l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ",
}  # fmt: skip
_SPACES = re.compile(r"\s+")
_PARTICLES = {
    "은/는": ("은", "는"), "이/가": ("이", "가"), "을/를": ("을", "를"), "과/와": ("과", "와"), "으로/로": ("으로", "로"),
    "이다/다": ("이다", "다"), "이나/나": ("이나", "나"),
}  # fmt: skip
# How a work is quoted before the kind of its event: ‘별빛’ 제작발표회, 드라마 '별빛'의 제작발표회.
_QUOTED = r"[‘'“\"「『《〈<]\s*([^‘’'“”\"「」『』《》〈〉<>\n]{1,24}?)\s*[’'”\"」』》〉>]"
_BETWEEN = r"(?:의|은|는)?\s*(?:(?:언론|온라인|미디어|서울|제작|배급|VIP|기념|콘셉트|단독)\s*){0,3}"


def final_consonant(word: str) -> str:
    """The consonant that ends a word as it is read: "" after a vowel, "ㄹ" after rieul, "ㅇ" and so on for any other.

    Closing brackets and quotes are passed over; a Latin letter or digit counts as it is read in Korean (TV is 티비, 3 is 삼).
    """
    for character in reversed(unicodedata.normalize("NFC", word)):
        if _FIRST_SYLLABLE <= ord(character) <= _LAST_SYLLABLE:
            final = (ord(character) - _FIRST_SYLLABLE) % _FINALS
            return "ㄹ" if final == _FINAL_RIEUL else ("ㅇ" if final else "")
        if character.isalnum():
            return _READ_FINALS.get(character.lower(), "")
    return ""


def with_particle(word: str, pair: str) -> str:
    """The word with the particle of a pair that fits it: 수지 + 은/는 -> 수지는, 서울 + 으로/로 -> 서울로.

    Args:
        word: what the particle follows.
        pair: "은/는", "이/가", "을/를", "과/와", "으로/로", "이다/다" or "이나/나".

    Raises:
        KeyError: for another pair.
    """
    after_consonant, after_vowel = _PARTICLES[pair]
    final = final_consonant(word)
    if pair == "으로/로" and final == "ㄹ":
        return word + after_vowel
    return word + (after_consonant if final else after_vowel)


def event_title(celebrity: str, pattern: str, *, place: str | None = None, work: str | None = None) -> str:
    """The title of an event on a celebrity's timeline: 아이유, 인천공항 출국 · 박보검, ‘별빛’ 제작발표회.

    Args:
        celebrity: name.
        pattern: title of the kind of event, with {celebrity} and {place}.
        place: where, or None when nobody says.
        work: film, series, album or festival that the event is about, or None.
    """
    what = pattern.replace("{celebrity}", "").replace("{place}", place or "")
    if work and work not in what:
        named = f"‘{work}’"
        words = what.split()
        what = " ".join([*words[:-1], named, *words[-1:]]) if place and place in what else f"{named} {what}"
    return f"{celebrity}, {_SPACES.sub(' ', what).strip()}"


def work_pattern(kind_words: Iterable[str]) -> str:
    """A regular expression (Python's and Java's alike) whose first group is the work that a text quotes before a kind of event.

    Args:
        kind_words: words that name the kind of event.
    """
    words = "|".join(re.escape(word) for word in sorted(kind_words, key=lambda word: (-len(word), word)))
    return f"{_QUOTED}{_BETWEEN}(?:{words})"
