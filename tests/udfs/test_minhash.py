"""Signatures, bands and exact checks against plain sets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import plain_minhash
from udfs import minhash, text_kernels
from udfs.copy_text import Folded
from udfs.minhash import Banding

TEXTS = st.text(alphabet="가나다라마바사 abc😀", min_size=0, max_size=40)


@settings(print_blob=True, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=8), size=st.integers(1, 6))
def test_shingle_hashes_stand_for_the_windows_of_each_text(texts: list[str], size: int) -> None:
    hashes, starts = plain_minhash.shingle_hashes(texts, size)
    seen: dict[int, str] = {}
    for number, text in enumerate(texts):
        windows = plain_minhash.shingles(text, size)
        assert starts[number + 1] - starts[number] == len(windows)
        for window, value in zip(windows, hashes[starts[number] : starts[number + 1]].tolist(), strict=True):
            assert seen.setdefault(value, window) == window


def _codes(texts: list[str]) -> Folded:
    """Texts as they are, as code points."""
    ends = np.cumsum(np.array([len(text) for text in texts], dtype=np.int64))
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    return Folded(codes, ends - np.array([len(text) for text in texts], dtype=np.int64), ends)


@settings(print_blob=True, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=8), size=st.integers(1, 14), banding=st.sampled_from([Banding(1, 1), Banding(7, 3)]))
def test_compiled_bands_are_those_of_numpy(texts: list[str], size: int, banding: Banding) -> None:
    held = _codes(texts)
    found = text_kernels.bands(
        held.codes, held.starts, held.ends, size, minhash.multipliers(banding.bands * banding.rows), banding.bands, banding.rows
    )
    assert found.T.tolist() == plain_minhash.text_bands(texts, size, banding).tolist()


@settings(print_blob=True, deadline=None)
@given(pairs=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6), size=st.integers(1, 14))
def test_compiled_overlaps_are_those_of_plain_sets(pairs: list[tuple[str, str]], size: int) -> None:
    held = _codes([pair[0] for pair in pairs] + [pair[1] for pair in pairs])
    numbers = np.arange(len(pairs))
    found = text_kernels.overlaps(held.codes, held.starts, held.ends, numbers, numbers + len(pairs), size)
    for number, pair in enumerate(pairs):
        one, other = (set(plain_minhash.shingles(text, size)) for text in pair)
        assert [sizes[number] for sizes in found] == [len(one & other), len(one), len(other)]


def test_signatures_agree_as_often_as_the_sets_are_similar() -> None:
    generator = np.random.default_rng(11)
    ours, theirs, expected = [], [], []
    for _ in range(400):
        common = int(generator.integers(0, 100))
        letters = [chr(code) for code in generator.choice(np.arange(0xAC00, 0xD7A0), 300 - common, replace=False)]
        ours.append("".join(letters[:150]))
        theirs.append("".join(letters[150 - common : 300 - common]))
        expected.append(common / (300 - common))
    signed = [plain_minhash.signatures(*plain_minhash.shingle_hashes(texts, 1), 128) for texts in (ours, theirs)]
    estimate = (signed[0] == signed[1]).mean(axis=0)
    similarity = np.array(expected)
    deviation = np.sqrt(similarity * (1 - similarity) / 128) + 1e-9
    assert abs(float((estimate - similarity).mean())) < 0.005
    assert 0.85 < float(((estimate - similarity) / deviation)[similarity > 0.05].std()) < 1.15


def test_bands_meet_as_often_as_theory_says() -> None:
    generator = np.random.default_rng(5)
    banding = Banding(20, 6)
    left, right, chance = [], [], []
    for _ in range(1500):
        common = int(generator.integers(60, 100))
        letters = [chr(code) for code in generator.choice(np.arange(0xAC00, 0xD7A0), 200 - common, replace=False)]
        left.append("".join(letters[:100]))
        right.append("".join(letters[100 - common : 200 - common]))
        chance.append(banding.chance(common / (200 - common)))
    met = (plain_minhash.text_bands(left, 1, banding) == plain_minhash.text_bands(right, 1, banding)).any(axis=0)
    assert abs(met.mean() - np.mean(chance)) < 0.04


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8, 0.9])
def test_the_chosen_banding_loses_least(threshold: float) -> None:
    chosen = minhash.choose_banding(threshold, 64)
    assert chosen.bands * chosen.rows <= 64
    below, above = np.linspace(0, threshold, 2001), np.linspace(threshold, 1, 2001)

    def loss(banding: Banding) -> float:
        return float(np.trapz(banding.chance(below), below) + np.trapz(1 - np.asarray(banding.chance(above)), above))

    every = [Banding(bands, rows) for bands in range(1, 65) for rows in range(1, 64 // bands + 1)]
    assert loss(chosen) <= min(map(loss, every)) + 1e-4


def test_more_weight_on_missed_pairs_finds_more() -> None:
    careful, lean = minhash.choose_banding(0.7, 128, 0.9), minhash.choose_banding(0.7, 128, 0.1)
    assert careful.chance(0.7) > lean.chance(0.7)


@settings(print_blob=True, deadline=None)
@given(texts=st.lists(st.text(alphabet="가나다", max_size=60), min_size=1, max_size=5), length=st.integers(2, 6), window=st.integers(1, 12))
def test_anchors_are_the_smallest_of_every_window(texts: list[str], length: int, window: int) -> None:
    texts = [text for text in texts if len(text) >= length]
    held = _codes(texts)
    values, owners = text_kernels.anchors(held.codes, held.starts, held.ends, length, window)
    assert len(set(zip(values.tolist(), owners.tolist(), strict=True))) == len(values), "each once"
    for number, text in enumerate(texts):
        expected: set[int] = set()
        if len(text) >= length:
            hashes = plain_minhash.shingle_hashes([text], length)[0].tolist()
            expected = {min(hashes[place : place + window]) for place in range(max(1, len(hashes) - window + 1))}
        assert set(values[owners == number].tolist()) == expected
