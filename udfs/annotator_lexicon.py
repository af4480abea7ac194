"""What a dictionary knows of words, as a table of numbers that the annotator network looks up beside the letters.

Every run of two to six syllables inside an eojeol is looked up: a byte says of which kinds the dictionary knows it as a word (common noun,
person, place, verb, ...). The words themselves are not kept: a run's hash is its row, and a run that is no word falls on the row of one
now and then (one in fourteen). What a word is here stays the network's judgement; the table only tells what it can be.

Source: mecab-ko-dic (Apache-2.0), in the binary form of MeCab's dictionaries (Kudo 2004): a double array (Aoe 1989) of words, and for each
word its tokens with offsets into a list of features.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LENGTHS = (2, 3, 4, 5, 6)
"""Syllables of the runs that are looked up."""
FACTORS = (1, 30011, 2000003, 130000027, 1000000007, 6700417)
"""What a run's first, second, ... syllable is multiplied with in its hash."""
SYLLABLES = 11172
_BEFORE_SYLLABLES = ord("가") - 1

KINDS = ("known noun", "noun", "person", "place", "name", "verb", "adverb", "ending")
"""Bits of a table's byte. A known noun is one of which the dictionary has learned how likely it is; verbs are stems of adjectives, too;
adverbs are all other words that stand alone; endings are particles and affixes, too."""
_KIND_OF_TAG = {
    **dict.fromkeys(("VV", "VA", "VX", "XR"), "verb"),
    **dict.fromkeys(("MAG", "MAJ", "MM", "IC", "NP", "NR", "NNB", "NNBC"), "adverb"),
}
_KIND_OF_NAME = {"인명": "person", "지명": "place"}
_LIKELY_COST = 2000
"""Costs below: the others' are those that the dictionary gives to every noun that its corpus did not contain."""

_SIDE_BY_SIDE = 4096
_HEADER = struct.Struct("<10I32s")
_UNIT = np.dtype([("base", "<i4"), ("check", "<u4")])
_TOKEN = np.dtype([("left", "<u2"), ("right", "<u2"), ("tag", "<u2"), ("cost", "<i2"), ("feature", "<u4"), ("compound", "<u4")])


def dictionary_words(path: Path) -> Iterator[tuple[str, str, int]]:
    """The entries of a MeCab dictionary: word, features (tags joined by +, meaning, ... separated by commas), cost.

    Args:
        path: the file `sys.dic`.

    Raises:
        ValueError: when the file is no such dictionary in UTF-8.
    """
    content = path.read_bytes()
    if len(content) < _HEADER.size or content[40:45].upper() != b"UTF-8":
        raise ValueError(f"{path} is no MeCab dictionary in UTF-8")
    sizes = _HEADER.unpack_from(content)
    array_size, tokens_size, features_size = sizes[6:9]
    begin = _HEADER.size
    units = np.frombuffer(content, _UNIT, array_size // _UNIT.itemsize, begin)
    tokens = np.frombuffer(content, _TOKEN, tokens_size // _TOKEN.itemsize, begin + array_size)
    features = content[begin + array_size + tokens_size :][:features_size]
    offsets, costs = tokens["feature"].tolist(), tokens["cost"].tolist()
    for word, value in _spelled_words(units):
        first, count = value >> 8, value & 255
        for number in range(first, first + count):
            offset = offsets[number]
            yield word, features[offset : features.index(b"\0", offset)].decode(), costs[number]


def _spelled_words(units: NDArray[np.void]) -> Iterator[tuple[str, int]]:
    """Words and values of a double array; its branches are followed side by side, some thousands at a time."""
    base, check = units["base"].astype(np.int64), units["check"].astype(np.int64)
    waiting = [(base[:1], [b""])]
    while waiting:
        states, prefixes = waiting.pop()
        # a child stands at its parent's base, plus one and the letter that leads there, and names that base; without a letter: a word ends
        children = states[:, None] + np.arange(257)
        children[children >= len(base)] = 0
        rows, steps = np.nonzero(check[children] == states[:, None])
        found = base[children[rows, steps]]
        ends = (steps == 0) & (found < 0)
        for row, value in zip(rows[ends].tolist(), found[ends].tolist(), strict=True):
            yield prefixes[row].decode(), -value - 1
        rows, steps, found = rows[steps > 0], steps[steps > 0], found[steps > 0]
        longer = [prefixes[row] + bytes((step - 1,)) for row, step in zip(rows.tolist(), steps.tolist(), strict=True)]
        waiting += [(found[at : at + _SIDE_BY_SIDE], longer[at : at + _SIDE_BY_SIDE]) for at in range(0, len(found), _SIDE_BY_SIDE)]


def kind_of(features: str, cost: int) -> str:
    """The kind of an entry, by the first of its tags."""
    tags, meaning = features.split(",")[:2]
    tag = tags.split("+")[0]
    if tag == "NNG":
        return "known noun" if cost < _LIKELY_COST else "noun"
    if tag == "NNP":
        return _KIND_OF_NAME.get(meaning, "name")
    return _KIND_OF_TAG.get(tag, "ending")


def lexicon_table(entries: Iterable[tuple[str, str, int]], buckets: int) -> NDArray[np.uint8]:
    """The table that the network looks runs of syllables up in.

    Args:
        entries: words with features and cost, as `dictionary_words` gives them.
        buckets: rows; row 0 stays empty, for runs that cannot be words.
    """
    table = np.zeros(buckets, dtype=np.uint8)
    by_length: dict[int, list[tuple[str, int]]] = {length: [] for length in LENGTHS}
    for word, features, cost in entries:
        if len(word) in by_length and all(0 < ord(letter) - _BEFORE_SYLLABLES <= SYLLABLES for letter in word):
            by_length[len(word)].append((word, 1 << KINDS.index(kind_of(features, cost))))
    for length, words in by_length.items():
        syllables = np.array([[ord(letter) - _BEFORE_SYLLABLES for letter in word] for word, _ in words], dtype=np.int64).reshape(
            -1, length
        )
        rows = row_of(syllables @ np.array(FACTORS[:length]), buckets)
        np.bitwise_or.at(table, rows, np.array([kind for _, kind in words], dtype=np.uint8))
    return table


def row_of(total: NDArray[np.int64], buckets: int) -> NDArray[np.int64]:
    """Rows of the table for sums of syllables times factors: all but row 0."""
    rows: NDArray[np.int64] = 1 + total % (buckets - 1)
    return rows
