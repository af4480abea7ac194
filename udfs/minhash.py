"""MinHash in numbers: bands and rows, the permutations, and what the sizes of two shingle sets say of their likeness.

A text is the set of its character shingles: every window of so many Unicode code points (a text shorter than that is one window). The
loops over the characters are in `udfs.text_kernels`.

Sources: MinHash is Broder's (1997); bands and rows, and their choice by the areas of false positives and false negatives, are those of
Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3, as in datasketch.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Halves = NDArray[np.uint32]
Integers = NDArray[np.int64]


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
    of the candidate probability below the threshold and the second that of its complement above.

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


@lru_cache(maxsize=8)
def multipliers(permutations: int) -> Halves:
    """Odd factors: a permutation of hashes that are already well spread is their multiplication modulo 2^32.

    For one set and one factor each element is the smallest equally often, and the chance that two sets agree in the smallest is their
    Jaccard similarity.
    """
    return np.random.default_rng(19970611).integers(0, 2**31, size=permutations, dtype=np.uint32) * np.uint32(2) + np.uint32(1)


def jaccard(common: Integers, left: Integers, right: Integers) -> NDArray[np.float64]:
    """Common shingles over all shingles of both."""
    return np.asarray(common / np.maximum(left + right - common, 1), dtype=np.float64)


def containment(common: Integers, left: Integers, right: Integers) -> NDArray[np.float64]:
    """Common shingles over the shingles of the smaller text."""
    return np.asarray(common / np.maximum(np.minimum(left, right), 1), dtype=np.float64)
