"""Words of a post's text: where each begins and ends, its noun, its particle, what the particle says.

With the annotator's labels a word's morphemes decide (`udfs.annotated_words`); without them the particle table and common verb endings do.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from udfs.korean_particles import split_particle

WORD = re.compile(r"[가-힣A-Za-z0-9]+(?:[&+.-][A-Za-z0-9]+)*")
_VERB_ENDINGS = re.compile(
    r"(?:다|요|죠|고|며|면서|해|한|하는|하던|할|했던|된|되는|될|던|는|은데|는데|지만|면|니|니까|려고|러|게|지|도록|듯|자|서|아서|어서|여서|여|워|와서|줘|봐|네|군|구나|까|냐|라고|라며|음|듯이|히|란|인)$"
)
_PREDICATE = re.compile(
    r"(?:했|됐|었|았|였|겠|하|되|시키|당하|이|있|없|렸|졌|났|왔|갔|섰|혔|췄|쳤|꼈|켰|녔|뒀|냈|랐|렀|웠)(?:다|고|으며|며|던|는데|지만|습니다|어요|네요|죠|더니|었다|으나|음|는|을|은|기|거나|ㄴ다)"
)
SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민진나지엄채원"
    "천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
)


SENTENCE_END = re.compile(r"[!?\n]|\.(?!\d)")
"""Where a sentence ends, roughly: a full stop inside a number (3.2㎏) ends none."""


def rest_of_sentence(text: str, position: int, most: int) -> str:
    """What a sentence goes on to say at a character, so many characters at most.

    Examples:
        >>> rest_of_sentence("22일 출국했다. 공항은 붐볐다.", 3, 90)
        ' 출국했다'
    """
    match = SENTENCE_END.search(text, position, position + most)
    return text[position : match.start() if match is not None else position + most]


def is_korean_name(word: str) -> bool:
    """Whether a word has the form of a full Korean name: a surname and one or two syllables."""
    return 2 <= len(word) <= 3 and word[0] in SURNAMES


class Word(NamedTuple):
    """A word: an eojeol or a part of one between punctuation.

    Attributes:
        begin, end: characters of the text, half-open.
        stem_end: where the particle begins (`end` when there is none).
        josa: the particle, "" for none.
        role: what it says, "" for none.
        nominal: whether the stem is a noun.
    """

    begin: int
    end: int
    stem_end: int
    josa: str
    role: str
    nominal: bool


def words_by_rule(text: str) -> list[Word]:
    """Words by the particle table alone."""
    words = []
    for match in WORD.finditer(text):
        begin, end = match.span()
        surface = match.group(0)
        split = split_particle(surface)
        nominal = bool(split.josa) or not _VERB_ENDINGS.search(surface)
        if _PREDICATE.search(surface) and split.role in ("", "copula", "quote", "topic", "direction", "choice", "only"):
            nominal = False
        if split.role in ("copula", "quote") and _VERB_ENDINGS.search(surface) and split.length < 2:
            nominal = False
        if not nominal or (split.josa == "로" and is_road(text, end)):
            words.append(Word(begin, end, end, "", "", nominal))
        else:
            words.append(Word(begin, end, begin + split.length, split.josa, split.role, nominal))
    return words


_HOUSE_NUMBER = re.compile(r" \d{1,4}(?:-\d{1,4})?(?:번길)?(?![\d가-힣])")
"""Behind the name of a road: 성수이로 176."""


def is_road(text: str, end: int) -> bool:
    """Whether a word that ends in 로 is the name of a road, for it has a house number behind it, and 로 no particle."""
    return _HOUSE_NUMBER.match(text, end) is not None
