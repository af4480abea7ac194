"""Reads treebanks and entity corpora into sentences with one label a character.

Convention of the morpheme labels: every character of the text belongs to one morpheme, the first of those that it spells. A character
that fuses two (했 = 하 + 았, 갔 = 가 + 았) belongs to the first, so that morphemes are spans of the text and analysers with different
ideas of a morpheme's dictionary form can be compared. Segmentation F1 counts spans, joint F1 spans with their tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from udfs.annotator_labels import TAG_NUMBER

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Sentence:
    """A sentence of a corpus.

    Attributes:
        text: the sentence as written.
        morphemes: (begin, end, Sejong tag), gapless within eojeols; empty when the corpus has none.
        entities: (begin, end, class).
    """

    text: str
    morphemes: list[Span] = field(default_factory=list)
    entities: list[Span] = field(default_factory=list)


_KAIST_TO_SEJONG = {
    "ncn": "NNG", "ncpa": "NNG", "ncps": "NNG", "ncr": "NNG", "nq": "NNP", "nqpa": "NNP", "nqpb": "NNP", "nqpc": "NNP", "nqq": "NNP",
    "nbn": "NNB", "nbs": "NNB", "nbu": "NNB", "nnc": "NR", "nno": "NR", "npp": "NP", "npd": "NP",
    "pvg": "VV", "pvd": "VV", "paa": "VA", "pad": "VA", "px": "VX", "jp": "VCP",
    "mmd": "MM", "mma": "MM", "mag": "MAG", "mad": "MAG", "maj": "MAJ", "ii": "IC",
    "jcs": "JKS", "jco": "JKO", "jcc": "JKC", "jcm": "JKG", "jcv": "JKV", "jca": "JKB", "jcj": "JC", "jct": "JC", "jcr": "JKQ",
    "jxc": "JX", "jxf": "JX", "jxt": "JX", "ep": "EP", "ef": "EF", "ecc": "EC", "ecs": "EC", "ecx": "EC", "etn": "ETN", "etm": "ETM",
    "xp": "XPN", "xsn": "XSN", "xsnu": "XSN", "xsnca": "XSN", "xsncc": "XSN", "xsna": "XSN", "xsns": "XSN", "xsnp": "XSN", "xsnx": "XSN",
    "xsv": "XSV", "xsva": "XSV", "xsvv": "XSV", "xsvn": "XSV", "xsa": "XSA", "xsm": "XSA",
    "xsms": "XSA", "xsmn": "XSA", "xsam": "XSN", "xsas": "XSN",
    "sf": "SF", "sp": "SP", "sl": "SS", "sr": "SS", "sd": "SO", "se": "SE", "su": "SW", "sy": "SW", "f": "SL",
}  # fmt: skip


def sejong_tag(tag: str) -> str:
    """The Sejong tag of a Sejong, Kaist or Kiwi tag; `NA` when none fits.

    Examples:
        >>> [sejong_tag(tag) for tag in ("NNG", "ncpa", "VV-I", "SSO", "W_URL")]
        ['NNG', 'NNG', 'VV', 'SS', 'SL']
    """
    if tag in TAG_NUMBER:
        return tag
    if tag in _KAIST_TO_SEJONG:
        return _KAIST_TO_SEJONG[tag]
    short = tag.split("-")[0]
    if short in TAG_NUMBER:
        return short
    return {"SSO": "SS", "SSC": "SS", "SB": "SN", "MMA": "MM", "MMD": "MM", "MMN": "MM", "NNBC": "NNB", "NNC": "NNB", "XSM": "MAG"}.get(
        short, "SL" if tag.startswith("W_") else "NA"
    )


def _letters(text: str) -> list[tuple[str, int]]:
    """Sounds of a text with the index of the character each came from: 했 -> ㅎ ㅐ ㅆ. Finals and initials of one sound are equal."""
    finals = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
    sounds: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        code = ord(character) - 0xAC00
        if 0 <= code < 11172:
            sounds.append(("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[code // 588], index))
            sounds.append((chr(0x314F + code % 588 // 28), index))
            if code % 28:
                sounds.append((finals[code % 28], index))
        elif 0x11A8 <= ord(character) <= 0x11C2:  # a final consonant written alone, as some corpora write an ending
            sounds.append((finals[ord(character) - 0x11A7], index))
        else:
            sounds.append((character, index))
    return sounds


def project(surface: str, morphemes: list[tuple[str, str]]) -> list[Span]:
    """Spans of an eojeol's morphemes on its surface, by the cheapest alignment of their sounds (Levenshtein).

    Args:
        surface: the eojeol as written, e.g. 했다.
        morphemes: (form, tag) in order, e.g. 하/XSV 았/EP 다/EF.

    Returns:
        Spans (begin, end, tag) that tile the surface. A morpheme that begins no character of its own has none.

    Examples:
        >>> project("했다", [("하", "XSV"), ("았", "EP"), ("다", "EF")])
        [(0, 1, 'XSV'), (1, 2, 'EF')]
    """
    joined = "".join(form for form, _ in morphemes)
    if joined == surface:
        spans, begin = [], 0
        for form, tag in morphemes:
            if form:
                spans.append((begin, begin + len(form), tag))
                begin += len(form)
        return spans
    have = _letters(surface)
    want = [(sound, number) for number, (form, _) in enumerate(morphemes) for sound, _ in _letters(form)]
    owner = _align([sound for sound, _ in have], [sound for sound, _ in want])
    spans = []
    previous = -1
    position = 0
    last = 0
    for index in range(len(surface)):
        first = next((owner[at] for at in range(position, len(have)) if have[at][1] == index and owner[at] >= 0), None)
        while position < len(have) and have[position][1] == index:
            position += 1
        number = max(want[first][1] if first is not None else last, last)
        last = number
        if number == previous:
            spans[-1] = (spans[-1][0], index + 1, spans[-1][2])
        else:
            spans.append((index, index + 1, morphemes[number][1]))
        previous = number
    return spans


def _align(have: list[str], want: list[str]) -> list[int]:
    """For each sound of `have` the position in `want` that the cheapest edit path pairs it with, or -1."""
    rows, columns = len(have) + 1, len(want) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    for row in range(rows):
        cost[row][0] = float(row)
    for column in range(columns):
        cost[0][column] = float(column)
    for row in range(1, rows):
        for column in range(1, columns):
            same = 0.0 if have[row - 1] == want[column - 1] else 1.1
            cost[row][column] = min(cost[row - 1][column - 1] + same, cost[row - 1][column] + 1, cost[row][column - 1] + 1)
    owner = [-1] * len(have)
    row, column = rows - 1, columns - 1
    while row > 0 and column > 0:
        same = 0.0 if have[row - 1] == want[column - 1] else 1.1
        if cost[row][column] == cost[row - 1][column - 1] + same:
            owner[row - 1] = column - 1
            row, column = row - 1, column - 1
        elif cost[row][column] == cost[row][column - 1] + 1:
            column -= 1
        else:
            row -= 1
    return owner


def conllu_sentences(lines: Iterable[str]) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file: Sejong tags in XPOS with forms in LEMMA, or Kaist `form/tag+form/tag` in MISC.

    Punctuation that a treebank writes as a word of its own is put back to the word it follows, as people write it.
    """
    words: list[tuple[str, list[tuple[str, str]], bool]] = []
    text = ""
    for line in [*lines, ""]:
        line = line.rstrip("\n")
        if line.startswith("#"):
            if line.startswith("# text = "):
                text = line[9:]
            continue
        if not line.strip():
            if words:
                yield _sentence(words, text)
            words, text = [], ""
            continue
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        kaist = "/" in columns[9] and not columns[9].startswith(("SpaceAfter", "Translit"))
        morphemes = _kaist(columns[9]) if kaist else _sejong(columns[1], columns[2], columns[4])
        glued = kaist and bool(morphemes) and all(tag in ("SF", "SP", "SE") for _, tag in morphemes)
        if glued and words:
            words[-1] = (words[-1][0], words[-1][1], False)
        words.append((columns[1], morphemes, "SpaceAfter=No" not in columns[9]))


def _kaist(column: str) -> list[tuple[str, str]]:
    parts = re.findall(r"(.+?)/([a-z]+)(?:\+|$)", column)
    return [(form, sejong_tag(tag)) for form, tag in parts]


def _sejong(form: str, lemma: str, xpos: str) -> list[tuple[str, str]]:
    tags = xpos.split("+")
    forms = lemma.split("+") if len(tags) > 1 else [form if not lemma or lemma == "_" else lemma]
    if len(forms) != len(tags):
        return [(form, sejong_tag(tags[0]))]
    return [(part, sejong_tag(tag)) for part, tag in zip(forms, tags, strict=True)]


def _sentence(words: list[tuple[str, list[tuple[str, str]], bool]], text: str) -> Sentence:
    """Joins words to a text (or finds them in the one given) and moves their morphemes to its offsets."""
    pieces: list[str] = []
    spans: list[Span] = []
    position = 0
    joined = "".join(word + (" " if space else "") for word, _, space in words).rstrip()
    whole = text if text.replace(" ", "") == joined.replace(" ", "") else joined
    for word, morphemes, _ in words:
        begin = whole.find(word, position)
        if begin < 0 or whole[position:begin].strip():
            return Sentence(joined)
        pieces.append(word)
        spans.extend((begin + first, begin + last, tag) for first, last, tag in project(word, morphemes or [(word, "NA")]))
        position = begin + len(word)
    return Sentence(whole, spans)


def ner_sentences(lines: Iterable[str]) -> Iterator[Sentence]:
    """Sentences of a file with one character and its BIO tag a line (KLUE, KoNEC): comments begin with `## `, a blank line ends one."""
    characters: list[str] = []
    tags: list[str] = []
    for line in [*lines, ""]:
        line = line.rstrip("\n")
        if line.startswith("## ") and "\t" not in line[3:4]:
            continue
        if not line.strip("\r") and characters:
            yield Sentence("".join(characters), [], _bio_spans(tags))
            characters, tags = [], []
        elif "\t" in line:
            character, tag = line.split("\t")[:2]
            characters.append(character or " ")
            tags.append(tag.strip())


def _bio_spans(tags: list[str]) -> list[Span]:
    spans: list[Span] = []
    for position, tag in enumerate(tags):
        kind = tag[2:]
        if tag.startswith("I-") and spans and spans[-1][1] == position and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], position + 1, kind)
        elif tag.startswith(("B-", "I-")):
            spans.append((position, position + 1, kind))
    return spans
