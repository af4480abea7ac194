"""Korean text made comparable before copies are looked for.

Syndicated posts differ in what surrounds the words: composed or decomposed syllables, line breaks, the reporter's name and address, the
copyright line, the outlet's own tags. `normalise` takes these away, so that what is compared is what the post says.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from udfs import text_kernels
from udfs.text_kernels import ALWAYS, BLANK, PERHAPS, RIGHTS, TITLE
from udfs.text_kernels import CREDIT as CREDIT_WORD

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
        boilerplate is looked for once, on the text as it came.
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


@dataclass(frozen=True)
class Folded:
    """Comparable texts as code points.

    Attributes:
        codes: Code points of all texts.
        starts: Where each text begins in `codes`, shape (texts,).
        ends: Where each text ends.
    """

    codes: NDArray[np.uint32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Code points of each text."""
        return self.ends - self.starts


def fold(column: pa.Array, rows: NDArray[np.int64] | None = None) -> Folded:
    """`normalise` over a column of texts: one look at their bytes decodes them and finds the few that need more than their blanks joined.

    Args:
        column: Strings, small or large, nulls allowed (they are empty texts).
        rows: Which of them, in this order; default: all.
    """
    if not pa.types.is_large_string(column.type):
        column = column.cast(pa.string())
    _, offsets, content = column.buffers()
    count = len(column) if rows is None else len(rows)
    if not count or content is None or not content.size:
        return Folded(np.zeros(0, dtype=np.uint32), np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64))
    kind = np.dtype(np.int64 if pa.types.is_large_string(column.type) else np.int32)
    bounds = np.frombuffer(offsets, dtype=kind, count=len(column) + 1, offset=kind.itemsize * column.offset).astype(np.int64)
    begins, finishes = (bounds[:-1], bounds[1:]) if rows is None else (bounds[rows], bounds[rows + 1])
    held = np.frombuffer(content, dtype=np.uint8)
    codes = np.empty(max(1, int((finishes - begins).sum())), dtype=np.uint32)
    starts, ends, odd = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64), np.empty(count, dtype=np.bool_)
    written = text_kernels.fold(held, begins, finishes, *character_kinds(), codes, starts, ends, odd)
    numbers = np.flatnonzero(odd)
    if not len(numbers):
        return Folded(codes[:written], starts, ends)
    texts = [normalise(held[begins[number] : finishes[number]].tobytes().decode("utf-8")) for number in numbers.tolist()]
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends[numbers] = written + np.cumsum(lengths)
    starts[numbers] = ends[numbers] - lengths
    more = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    whole = written + len(more)
    if whole > len(codes):  # a character has seldom more code points in composed form than bytes in UTF-8
        return Folded(np.concatenate([codes[:written], more]), starts, ends)
    codes[written:whole] = more
    return Folded(codes[:whole], starts, ends)


def fold_texts(texts: Sequence[str | None]) -> Folded:
    """`fold` of texts in a sequence."""
    return fold(pa.array(texts, pa.string()))


@lru_cache(maxsize=1)
def character_kinds() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """For each character below 65,536: the character before it that makes it telling, and its kind for `text_kernels.fold`.

    Hangul syllables, ideographs, common punctuation and ASCII are left alone by `normalise` unless they end one of the words that it
    looks for, and then mostly by what follows: 연기자들 and 영상미 name nobody.
    """
    kinds = np.full(0x10000, ALWAYS, dtype=np.uint8)
    for low, high in (
        (0x21, 0x7E),
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
    kinds[0xAD] = kinds[0x40] = ALWAYS  # soft hyphen; @
    kinds[[*range(0x09, 0x0E), *range(0x1C, 0x21)]] = BLANK  # what \s means in ASCII
    kinds[[0x5B, 0x28]] = PERHAPS  # [ and ( are telling where a line begins
    before = np.zeros(0x10000, dtype=np.uint32)
    words = {"기자": TITLE, "파원": TITLE, "디터": TITLE, "PD": TITLE, "전재": RIGHTS, "사진": CREDIT_WORD, "영상": CREDIT_WORD}
    for word, kind in (words | {"ts": PERHAPS, "tp": PERHAPS}).items():
        kinds[ord(word[1])] = kind
        before[ord(word[1])] = ord(word[0])
    return before, kinds
