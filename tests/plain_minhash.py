"""Shingles, signatures and bands as plain numpy on strings: what the kernels of `udfs.text_kernels` are held against."""

from collections.abc import Sequence

import numpy as np

from udfs.minhash import Banding, Halves, Integers, Words, mix, multipliers

_ODD = np.uint64(0x9E3779B97F4A7C15)


def shingles(text: str, size: int) -> list[str]:
    """All windows of a text, in order; a shorter one counts as one window, padded."""
    padded = text.ljust(size, "\0")
    return [padded[place : place + size] for place in range(len(padded) - size + 1)]


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


def signatures(hashes: Words, starts: Integers, permutations: int) -> Halves:
    """MinHash signatures of sets given as hashes behind one another.

    Args:
        hashes: As from `shingle_hashes`; repeats do not matter.
        starts: Where each set begins, shape (sets + 1,); no set is empty.
        permutations: Values per signature.

    Returns:
        Shape (permutations, sets).
    """
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    return np.stack([np.minimum.reduceat(short * factor, starts[:-1]) for factor in multipliers(permutations)])


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


def text_bands(texts: Sequence[str], shingle: int, banding: Banding) -> Words:
    """Band hashes of texts, shape (bands, texts)."""
    hashes, starts = shingle_hashes(texts, shingle)
    return band_hashes(signatures(hashes, starts, banding.bands * banding.rows), banding)
