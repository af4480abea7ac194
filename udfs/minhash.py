"""MinHash signatures, locality-sensitive bands and the exact check, vectorised over many texts.

A text is the set of its character shingles: every window of `shingle` Unicode code points (a text shorter than that is one window). All
texts of a
batch lie behind one another in one array of code points, so that numpy works on millions of windows at once; the smallest value within each
text comes from `minimum.reduceat`.

Sources: MinHash is Broder's (1997); bands and rows, and their choice by the areas of false positives and false negatives, are those of
Leskovec, Rajaraman
and Ullman, Mining of Massive Datasets, chapter 3, as in datasketch; winnowing (the anchors of containment) is Schleimer, Wilkerson and
Aiken's
(SIGMOD 2003).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Halves = NDArray[np.uint32]
Integers = NDArray[np.int64]

BATCH_CHARACTERS = 1_000_000  # code points worked on at once: bounds the memory of a task whatever the texts' lengths
BLOCK_SHINGLES = 16_384  # shingles hashed per pass of all permutations: stays within a core's cache
_ODD = np.uint64(0x9E3779B97F4A7C15)
_LARGEST = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True)
class Banding:
    """How a signature is cut into bands.

    Attributes:
        bands: Number of bands; two texts that agree in one whole band are candidates.
        rows: Signature values of a band.
    """

    bands: int
    rows: int

    def chance(self, similarity: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
        """Probability that two texts of this Jaccard similarity become candidates."""
        return 1.0 - (1.0 - similarity**self.rows) ** self.bands


@lru_cache(maxsize=64)
def choose_banding(threshold: float, permutations: int, missed_weight: float = 0.5) -> Banding:
    """Bands and rows that lose least for a threshold.

    Minimises `(1 - missed_weight) * area of false positives + missed_weight * area of false negatives`, where the first is the integral
    of the
    candidate probability below the threshold and the second that of its complement above.

    Args:
        threshold: Jaccard similarity from which two texts are copies, in (0, 1).
        permutations: Longest signature to be used.
        missed_weight: What a missed pair weighs against a candidate to be checked in vain, in (0, 1).
    """
    below = np.linspace(0.0, threshold, 201)
    above = np.linspace(threshold, 1.0, 201)
    best, least = Banding(1, 1), np.inf
    for bands in range(1, permutations + 1):
        for rows in range(1, permutations // bands + 1):
            banding = Banding(bands, rows)
            needless = np.trapz(banding.chance(below), below)
            missed = np.trapz(1.0 - np.asarray(banding.chance(above)), above)
            loss = (1.0 - missed_weight) * needless + missed_weight * missed
            if loss < least - 1e-12:
                best, least = banding, loss
    return best


def mix(values: Words) -> Words:
    """Spreads 64-bit values over all bits (the finaliser of SplitMix64)."""
    values = values ^ (values >> np.uint64(30))
    values = values * np.uint64(0xBF58476D1CE4E5B9)
    values = values ^ (values >> np.uint64(27))
    values = values * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def shingle_hashes(texts: Sequence[str], shingle: int) -> tuple[Words, Integers]:
    """64-bit hashes of all shingles of all texts, text behind text.

    Args:
        texts: Normalised texts; an empty one counts as one shingle of padding.
        shingle: Code points in a shingle.

    Returns:
        The hashes, shape (shingles,), repeats included, and where each text's begin, shape (texts + 1,).
    """
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    if len(lengths) and lengths.min() < shingle:
        texts = [text.ljust(shingle, "\0") for text in texts]
        lengths = np.maximum(lengths, shingle)
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths - shingle + 1, out=starts[1:])
    if not len(lengths):
        return np.zeros(0, dtype=np.uint64), starts
    windows = len(codes) - shingle + 1
    hashes = codes[:windows].copy()
    for step in range(1, shingle):
        hashes *= _ODD
        hashes += codes[step : step + windows]
    inside = np.ones(windows + shingle - 1, dtype=bool)
    ends = np.cumsum(lengths)
    for step in range(1, shingle):
        inside[ends - step] = False
    return mix(hashes[inside[:windows]] * _ODD), starts


@lru_cache(maxsize=8)
def multipliers(permutations: int) -> Halves:
    """Odd factors of the permutations."""
    return np.random.default_rng(19970611).integers(0, 2**31, size=permutations, dtype=np.uint32) * np.uint32(2) + np.uint32(1)


def signatures(hashes: Words, starts: Integers, permutations: int) -> Halves:
    """MinHash signatures of sets given as hashes behind one another.

    The permutations are odd multiples modulo 2^32 of hashes that are already well spread: for one set and one multiplier each element is
    the
    smallest equally often, and the chance that two sets agree in a value is their Jaccard similarity.

    Args:
        hashes: As from `shingle_hashes`; repeats do not matter.
        starts: Where each set begins, shape (sets + 1,); no set is empty.
        permutations: Values per signature.

    Returns:
        Shape (permutations, sets).
    """
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    sets = len(starts) - 1
    result = np.empty((permutations, sets), dtype=np.uint32)
    factors = multipliers(permutations)
    begin = 0
    while begin < sets:
        end = int(np.searchsorted(starts, starts[begin] + BLOCK_SHINGLES, side="right")) - 1
        end = min(max(end, begin + 1), sets)
        block = short[starts[begin] : starts[end]]
        offsets = starts[begin:end] - starts[begin]
        product = np.empty_like(block)
        for row, multiplier in enumerate(factors):
            np.multiply(block, multiplier, out=product)
            np.minimum.reduceat(product, offsets, out=result[row, begin:end])
        begin = end
    return result


def band_hashes(signature: Halves, banding: Banding) -> Words:
    """One 64-bit hash a band, which holds the band's number too.

    Args:
        signature: Shape (permutations, sets), at least `bands * rows` permutations.
        banding: How to cut.

    Returns:
        Shape (bands, sets).
    """
    used = signature[: banding.bands * banding.rows].reshape(banding.bands, banding.rows, -1).astype(np.uint64)
    total = np.broadcast_to(np.arange(1, banding.bands + 1, dtype=np.uint64)[:, None] * _ODD, used[:, 0].shape).copy()
    for row in range(banding.rows):
        total = mix(total + used[:, row])
    return total


def batches(texts: Sequence[str], characters: int = BATCH_CHARACTERS) -> Iterator[tuple[int, int]]:
    """Ranges of texts of at most so many code points together (one text at least)."""
    begin, held = 0, 0
    for index, text in enumerate(texts):
        if index > begin and held + len(text) > characters:
            yield begin, index
            begin, held = index, 0
        held += len(text)
    if begin < len(texts):
        yield begin, len(texts)


def text_bands(texts: Sequence[str], shingle: int, banding: Banding) -> Words:
    """Band hashes of texts, shape (bands, texts)."""
    parts = [np.zeros((banding.bands, 0), dtype=np.uint64)]
    for begin, end in batches(texts):
        hashes, starts = shingle_hashes(texts[begin:end], shingle)
        parts.append(band_hashes(signatures(hashes, starts, banding.bands * banding.rows), banding))
    return np.concatenate(parts, axis=1)


def _sets(texts: Sequence[str], shingle: int) -> tuple[Words, Integers]:
    """Distinct shingle hashes of each text: `number of the text * 2^44 + 44 bits of the hash`, sorted, and the size of each set."""
    hashes, starts = shingle_hashes(texts, shingle)
    owner = np.repeat(np.arange(len(texts), dtype=np.uint64), np.diff(starts))
    keys = np.unique((owner << np.uint64(44)) | (hashes >> np.uint64(20)))
    sizes = np.bincount((keys >> np.uint64(44)).astype(np.int64), minlength=len(texts))
    return keys, sizes.astype(np.int64)


def overlaps(left: Sequence[str], right: Sequence[str], shingle: int) -> tuple[Integers, Integers, Integers]:
    """Exact sizes of the shingle sets of pairs of texts and of what they have in common.

    Args:
        left: Normalised texts.
        right: As many again: pair i is `left[i], right[i]`.
        shingle: Code points in a shingle.

    Returns:
        Common shingles, shingles left, shingles right; shape (pairs,) each. Exact but for collisions among 44-bit hashes of one pair.
    """
    common, ours, theirs = [], [], []
    for begin, end in batches([a + b for a, b in zip(left, right, strict=True)]):
        keys_left, sizes_left = _sets(left[begin:end], shingle)
        keys_right, sizes_right = _sets(right[begin:end], shingle)
        both = np.sort(np.concatenate([keys_left, keys_right]), kind="stable")
        shared = both[1:][both[1:] == both[:-1]]
        common.append(np.bincount((shared >> np.uint64(44)).astype(np.int64), minlength=end - begin))
        ours.append(sizes_left)
        theirs.append(sizes_right)
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([empty, *common]), np.concatenate([empty, *ours]), np.concatenate([empty, *theirs])


def jaccard(common: Integers, left: Integers, right: Integers) -> NDArray[np.float64]:
    """Common shingles over all shingles of both."""
    return np.asarray(common / np.maximum(left + right - common, 1), dtype=np.float64)


def containment(common: Integers, left: Integers, right: Integers) -> NDArray[np.float64]:
    """Common shingles over the shingles of the smaller text."""
    return np.asarray(common / np.maximum(np.minimum(left, right), 1), dtype=np.float64)
