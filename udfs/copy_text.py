"""Korean text made comparable before copies are looked for.

Syndicated posts differ in what surrounds the words: composed or decomposed syllables, line breaks, the reporter's name and address, the copyright
line, the outlet's own tags. `normalise` takes these away, so that what is compared is what the post says.
"""

import re
import unicodedata
from collections.abc import Sequence

# Each expression removes one kind of boilerplate; all are bounded, so that no text makes them slow.
REPORTER = r"[가-힣]{2,4}\s?(?:기자|인턴기자|객원기자|특파원|에디터|PD)(?=\s|[=(\[/,.<]|$)"
EMAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
COPYRIGHT = (
    r"(?:[<\[(]?\s?(?:저작권자|ⓒ|©|Copyright)[^\n]{0,120}?(?:무단\s?전재[^\n]{0,40}?금지|All [Rr]ights [Rr]eserved\.?)[^\n]{0,12}?(?:[>\])]|$|\n)"
    r"|무단\s?전재\s?(?:및|·|,|-|/)?\s?(?:재배포|복제)?\s?(?:및\s?[가-힣 ]{1,12})?\s?금지)"
)
DATELINE = r"^[\[(][^\])\n]{1,30}[\])]\s?(?:[가-힣]{2,4}\s?기자\s?=?)?"  # [스포츠한국 홍길동 기자], (서울=연합뉴스)
CREDIT = r"(?:사진|영상)\s?(?:제공)?\s?[=:ㅣ|/]\s?[가-힣A-Za-z0-9 ·]{1,30}(?=$|\n|[.)\]])"
LINK = r"https?://[^\s<>\"']{1,500}"
_BOILERPLATE = re.compile("|".join(f"(?:{part})" for part in (LINK, EMAIL, COPYRIGHT, DATELINE, CREDIT, REPORTER)), re.MULTILINE)
_TRIGGERS = re.compile(r"기자|특파원|에디터|PD|@|전재|ights|^[\[(]|사진|영상|http", re.MULTILINE)  # one cheap look spares most texts the expression above
_SPACE = re.compile(r"\s{2,}|[^\S ]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def normalise(text: str | None) -> str:
    """The text in composed syllables, without boilerplate, its white space single blanks.

    Args:
        text: A post's words, or None.

    Returns:
        The comparable text, empty when nothing is left. `normalise(normalise(text)) == normalise(text)` for texts without boilerplate; boilerplate
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
    """`normalise` over many texts."""
    return [normalise(text) for text in texts]
