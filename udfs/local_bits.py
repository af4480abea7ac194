"""Bits in which two binary descriptors of 128 bits differ, for compiled loops."""

import numpy as np

from udfs.compiled import compiled


@compiled
def _ones(word: np.uint64) -> np.uint64:
    """Bits set in a word (the parallel sum of Warren, Hacker's Delight, 5-1)."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (word * np.uint64(0x0101010101010101)) >> np.uint64(56)


@compiled
def differing_bits(one_high: np.uint64, one_low: np.uint64, other_high: np.uint64, other_low: np.uint64) -> np.int64:
    """Bits that differ between two descriptors, each given as two words in the same order."""
    return np.int64(_ones(one_high ^ other_high) + _ones(one_low ^ other_low))
