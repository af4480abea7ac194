"""Candidates among photos by their local features, a few of which even a crop, a collage or a mirrored copy shares with its source."""

import cv2
import numpy as np
from numpy.typing import NDArray

from udfs.geometry import DESCRIPTOR_BYTES, Description, mirrored, unpack
from udfs.minhash import mix
from udfs.phash import SIDE, lowest_frequencies

ENTRY = np.dtype([("hash", "<u8"), ("key", "<i8"), ("descriptor", "u1", (DESCRIPTOR_BYTES,))])
TABLES = 4
WORD_BITS = 18
_BITS = np.array([bin(value).count("1") for value in range(256)], dtype=np.uint8)

Entries = NDArray[np.void]
Integers = NDArray[np.int64]


def _selections() -> NDArray[np.int64]:
    generator = np.random.default_rng(20040101)
    return np.stack([generator.permutation(DESCRIPTOR_BYTES * 8)[:WORD_BITS] for _ in range(TABLES)])


def feature_entries(key: int, description: bytes) -> Entries:
    """A photo's local features and the hash of the whole, each in `TABLES` buckets named by some of its bits.

    A feature and its mirror image are written the same way, so that mirrored copies meet in the same buckets.

    Args:
        key: Of the photo.
        description: From `udfs.geometry.describe`.
    """
    photo = unpack(description)
    descriptors = np.concatenate([photo.descriptors, _of_the_whole(photo)])
    entries = np.zeros((TABLES, len(descriptors)), dtype=ENTRY)
    if not len(descriptors):
        return entries.ravel()
    halves = np.ascontiguousarray(descriptors).view(">u8")
    turned = halves[:, 0] > halves[:, 1]  # the smaller half first
    canonical = np.where(turned[:, None], mirrored(descriptors), descriptors)
    bits = np.unpackbits(canonical, axis=1)
    for table, selection in enumerate(_selections()):
        word = bits[:, selection].astype(np.uint64) @ (np.uint64(1) << np.arange(WORD_BITS, dtype=np.uint64))
        entries[table]["hash"] = mix(word + np.uint64((table + 1) << 32))
        entries[table]["descriptor"] = canonical
    entries["key"] = key
    return entries.ravel()


def _of_the_whole(photo: Description) -> NDArray[np.uint8]:
    """The perceptual hashes of the photo and of its mirror image, written as one more feature.

    A picture that was stretched to other proportions has no local feature in common with its source, nor has one that is dark or blurred.
    """
    square = cv2.resize(photo.thumbnail, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float64)
    return np.concatenate([lowest_frequencies(square), lowest_frequencies(square[:, ::-1])])[None]


def near_pairs(entries: Entries, *, reach: int, farthest: int) -> tuple[Integers, Integers, Integers]:
    """Pairs of photos with features that lie close to each other within a bucket.

    A bucket's entries are sorted by their bits and each is compared with the next few: linear in the bucket, and near equals stay
    neighbours.

    Args:
        entries: All entries of the buckets concerned.
        reach: Following entries that each is compared with.
        farthest: Bits of a descriptor that may differ.

    Returns:
        Larger keys, smaller keys, and how well they agree: the sum over features of `farthest + 1 -` bits that differ. Each pair once.
    """
    words = np.ascontiguousarray(entries["descriptor"]).view(">u8").reshape(len(entries), 2)
    order = np.lexsort((entries["key"], words[:, 1], words[:, 0], entries["hash"]))
    hashes, keys, descriptors = entries["hash"][order], entries["key"][order], entries["descriptor"][order]
    left, right, weights = [], [], []
    for step in range(1, reach + 1):
        together = np.flatnonzero((hashes[step:] == hashes[:-step]) & (keys[step:] != keys[:-step]))
        apart = _BITS[descriptors[together] ^ descriptors[together + step]].sum(axis=1, dtype=np.int64)
        near = apart <= farthest
        one, other = keys[together[near]], keys[together[near] + step]
        left.append(np.maximum(one, other))
        right.append(np.minimum(one, other))
        weights.append(farthest + 1 - apart[near])
    larger, smaller, weight = np.concatenate(left), np.concatenate(right), np.concatenate(weights)
    if not len(larger):
        return larger, smaller, weight
    order = np.lexsort((smaller, larger))
    larger, smaller, weight = larger[order], smaller[order], weight[order]
    starts = np.flatnonzero(np.concatenate([[True], (larger[1:] != larger[:-1]) | (smaller[1:] != smaller[:-1])]))
    return larger[starts], smaller[starts], np.add.reduceat(weight, starts)
