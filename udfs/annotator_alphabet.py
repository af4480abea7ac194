"""What letters the annotator network reads: a text in its alphabet, the word pieces, and what Spark NLP makes of them.

Spark NLP's BERT tokenisation splits words at punctuation and Chinese characters and forgets all but the first part, so
`readable` replaces every such character one to one by a letter of an unused script (Yi syllables). The text keeps its length and its
offsets, and one character becomes one word piece: `가` at the start of an eojeol, `##가` inside. Spark NLP takes syllables apart (NFD) and
then tries every part of a word, longest first, so that an eojeol of n units costs n squared: `spelled` writes the 2,350 syllables that
nearly all text consists of as private-use characters, which stay whole.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~·…‥“”‘’「」『』《》〈〉【】—–―~∼→←↑↓★☆♥♡※○●◇◆□■△▲▽▼°℃㎞㎏㎡%"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
_YI = 0xA000  # 1,165 letters that no Korean text uses, neither punctuation nor Chinese for any tokeniser
CHINESE_LETTER, KANA_LETTER, OTHER_LETTER, SECRET_LETTER = (chr(_YI + n) for n in range(4))
_PUNCTUATION_UNIQUE = "".join(dict.fromkeys(_PUNCTUATION))
_PUNCTUATION_LETTERS = "".join(chr(_YI + 16 + n) for n in range(len(_PUNCTUATION_UNIQUE)))
_CONJOINING = "".join(map(chr, [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))
_STANDING = (
    "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    + "".join(map(chr, range(0x314F, 0x3164)))
    + "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
)
TRANSLATE_FROM = _PUNCTUATION_UNIQUE + _SPACES + _CONJOINING
TRANSLATE_TO = _PUNCTUATION_LETTERS + " " * len(_SPACES) + _STANDING
CHINESE_PATTERN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
KANA_PATTERN = "[\u3041-\u30ff]"
KEPT_PATTERN = "[^가-힣ㄱ-ㅣA-Za-z0-9\\s" + chr(_YI) + "-" + chr(_YI + 255) + "]"
"""What is left after the translation and belongs to no letter that the network knows (emoji, Cyrillic, ...)."""

COMMON_SYLLABLES = "".join(chr(code) for code in range(0xAC00, 0xD7A4) if len(chr(code).encode("euc_kr", "ignore")) == 2)
"""The syllables of the standard KS X 1001, which euc-kr writes in two bytes."""
SPELLED_SYLLABLES = "".join(chr(0xE000 + number) for number in range(len(COMMON_SYLLABLES)))

_LETTERS = (
    [chr(code) for code in range(0xAC00, 0xD7A4)]
    + [chr(code) for code in range(0x3131, 0x3164)]
    + list("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    + [CHINESE_LETTER, KANA_LETTER, OTHER_LETTER, SECRET_LETTER]
    + list(_PUNCTUATION_LETTERS)
)
LETTERS: tuple[str, ...] = tuple(_LETTERS)
SPECIAL_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
PIECES = len(SPECIAL_PIECES) + 2 * len(LETTERS)
INSIDE = len(SPECIAL_PIECES) + len(LETTERS)
"""The first of the pieces that stand inside an eojeol; those before begin one."""
_LETTER_NUMBER = {letter: number for number, letter in enumerate(LETTERS)}
_TRANSLATION = str.maketrans(TRANSLATE_FROM, TRANSLATE_TO)
_SPELLING = str.maketrans(COMMON_SYLLABLES, SPELLED_SYLLABLES)


def readable(text: str) -> str:
    """The same text in the network's alphabet, character for character.

    Examples:
        >>> readable("비(가수)가 왔다").count(" "), len(readable("비(가수)가 왔다"))
        (1, 9)
    """
    out = []
    for character in text.translate(_TRANSLATION):
        code = ord(character)
        if character in _LETTER_NUMBER:
            out.append(character)
        elif character.isspace() or code < 32 or 127 <= code < 160:
            out.append(" ")
        elif 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF:
            out.append(CHINESE_LETTER)
        elif 0x3041 <= code <= 0x30FF:
            out.append(KANA_LETTER)
        else:
            out.append(OTHER_LETTER)
    return "".join(out)


def spelled(text: str) -> str:
    """A readable text as Spark NLP looks its pieces up, character for character: common syllables as private-use characters."""
    return text.translate(_SPELLING)


def vocabulary() -> list[str]:
    """Word pieces in the order of their ids; `vocab.txt` has them `spelled`."""
    return [*SPECIAL_PIECES, *LETTERS, *("##" + letter for letter in LETTERS)]


def blank_letters(letters: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points of a text are blank in the network's alphabet (see `readable`): they part eojeols and are no pieces."""
    blank: NDArray[np.bool_] = _BLANK[np.minimum(letters, len(_BLANK) - 1)]
    return blank


def word_units(letters: NDArray[np.uint32]) -> NDArray[np.int64]:
    """How many units Spark NLP counts for each character of a text: rarer syllables are taken apart, common ones are not (`spelled`)."""
    units: NDArray[np.int64] = _UNITS[np.minimum(letters, len(_UNITS) - 1)]
    return units


_UNITS = np.ones(0xFFFF, dtype=np.int64)
_UNITS[0xAC00:0xD7A4] = np.where(np.arange(0xD7A4 - 0xAC00) % 28 == 0, 2, 3)
_UNITS[np.frombuffer(COMMON_SYLLABLES.encode("utf-32-le"), dtype=np.uint32)] = 1
_BLANK = np.zeros(0xFFFF, dtype=bool)
_BLANK[[*range(32), *range(127, 160), *map(ord, " " + _SPACES)]] = True


def piece_ids(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids of a sentence's characters without spaces, and each one's offset in the text.

    Returns:
        ids: shape (characters,), between the special pieces' 4 and PIECES.
        offsets: shape (characters,), positions in `text`.
    """
    ids, offsets = [], []
    start = True
    for offset, letter in enumerate(readable(text)):
        if letter == " ":
            start = True
            continue
        number = _LETTER_NUMBER[letter] + len(SPECIAL_PIECES)
        ids.append(number if start else number + len(LETTERS))
        offsets.append(offset)
        start = False
    return np.asarray(ids, dtype=np.int64), np.asarray(offsets, dtype=np.int64)
