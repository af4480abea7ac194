"""Korean text made comparable before copies are looked for.

Syndicated posts differ in what surrounds the words: composed or decomposed syllables, line breaks, the reporter's name and address, the
copyright
line, the outlet's own tags. `normalise` takes these away, so that what is compared is what the post says.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Each expression removes one kind of boilerplate; all are bounded, so that no text makes them slow.
REPORTER = r"[가-힣]{2,4}\s?(?:기자|인턴기자|객원기자|특파원|에디터|PD)(?=\s|[=(\[/,.<]|$)"
EMAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
COPYRIGHT = (
    r"(?:[<\[(]?\s?(?:저작권자|ⓒ|©|Copyright)[^\n]{0,120}?(?:무단\s?전재[^\n]{0,40}?금지|All [Rr]ights [Rr]eserved\.?)"
    r"[^\n]{0,12}?(?:[>\])]|$|\n)"
    r"|무단\s?전재\s?(?:및|·|,|-|/)?\s?(?:재배포|복제)?\s?(?:및\s?[가-힣 ]{1,12})?\s?금지)"
)
DATELINE = (
    r"^(?:\[[^\]\n]{1,30}\]|\([^)=\n]{1,20}=[^)\n]{1,20}\))\s?(?:[가-힣]{2,4}\s?기자\s?=?)?"  # [스포츠한국 홍길동 기자], (서울=연합뉴스)
)
CREDIT = r"(?:사진|영상)\s?(?:제공)?\s?[=:ㅣ|/]\s?[가-힣A-Za-z0-9 ·]{1,30}(?=$|\n|[.)\]])"
LINK = r"https?://[^\s<>\"']{1,500}"
_BOILERPLATE = re.compile("|".join(f"(?:{part})" for part in (LINK, EMAIL, COPYRIGHT, DATELINE, CREDIT, REPORTER)), re.MULTILINE)
_TRIGGERS = re.compile(
    r"기자|특파원|에디터|PD|@|전재|ights|^[\[(]|사진|영상|http", re.MULTILINE
)  # one cheap look spares most texts the expression above
_SPACE = re.compile(r"\s{2,}|[^\S ]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def normalise(text: str | None) -> str:
    """The text in composed syllables, without boilerplate, its white space single blanks.

    Args:
        text: A post's words, or None.

    Returns:
        The comparable text, empty when nothing is left. `normalise(normalise(text)) == normalise(text)` for texts without boilerplate;
        boilerplate
        is looked for once, on the text as it came.
    """
    if not text:
        return ""
    if not text.isascii():
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        text = _INVISIBLE.sub("", text)
    if _TRIGGERS.search(text):
        text = _BOILERPLATE.sub(" ", text)
    return _SPACE.sub(" ", text).strip()


def normalise_all(texts: Sequence[str | None]) -> list[str]:
    """`normalise` over many texts; one look over all their characters at once finds those that it would leave as they are."""
    words = [text or "" for text in texts]
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    ends = np.cumsum(lengths)
    if not len(words) or not ends[-1]:
        return words
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    before, kinds = _looks()
    places = np.flatnonzero(kinds[np.minimum(codes, 0xFFFF)])
    found, previous = codes[places], codes[np.maximum(places - 1, 0)]
    expected = before[np.minimum(found, 0xFFFF)]
    owner = np.searchsorted(ends, places, side="right")
    first, last = places == (ends - lengths)[owner], places == ends[owner] - 1
    space, opening = found == 0x20, (found == 0x5B) | (found == 0x28)
    telling = (kinds[np.minimum(found, 0xFFFF)] == _ALWAYS) & ~((found >= 0x1F000) & (found < 0x1FB00))
    telling |= (expected > 0) & (previous == expected) & ~first
    telling |= space & (first | last | (previous == 0x20))
    telling |= opening & first
    for number in np.unique(owner[telling]).tolist():
        words[number] = normalise(words[number])
    return words


_ALWAYS, _PERHAPS = 1, 2


@lru_cache(maxsize=1)
def _looks() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """For each character below 65,536: the character before it that makes it telling, and whether to look at it at all.

    Hangul syllables, ideographs, common punctuation and ASCII are left alone by `normalise` unless they end one of the words that it
    looks for.
    """
    kinds = np.full(0x10000, _ALWAYS, dtype=np.uint8)
    for low, high in (
        (0x20, 0x7E),
        (0xA1, 0xFF),
        (0x2010, 0x2027),
        (0x2030, 0x205E),
        (0x2190, 0x21FF),
        (0x2500, 0x27BF),
        (0x3001, 0x3029),
        (0x3041, 0x3096),
        (0x30A1, 0x30FF),
        (0x3131, 0x318E),
        (0x4E00, 0x9FFF),
        (0xAC00, 0xD7A3),
        (0xFF01, 0xFFEE),
    ):
        kinds[low : high + 1] = 0
    kinds[0xAD] = kinds[0x40] = _ALWAYS  # soft hyphen; @
    kinds[[0x20, 0x5B, 0x28]] = _PERHAPS
    before = np.zeros(0x10000, dtype=np.uint32)
    for word in ("기자", "파원", "디터", "PD", "전재", "ts", "사진", "영상", "tp"):
        kinds[ord(word[1])] = _PERHAPS
        before[ord(word[1])] = ord(word[0])
    return before, kinds
