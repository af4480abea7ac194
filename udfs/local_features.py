"""Candidates among photos by their local features, a few of which even a crop, a collage or a mirrored copy shares with its source.

Every feature is written down once for each of a few tables, its bits in the order of the table. Sorted by these bits, near equals are
neighbours in one table or another, whose order begins with none of the bits that differ (an LSH forest, Bawa et al., WWW 2005); how many
leading bits two neighbours share grows with the number of photos by itself. Of neighbours only those count that would lay one picture on
the other as a copy lies on its source: hardly turned, and most of it inside.
"""

from collections.abc import Iterator
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from udfs import buckets
from udfs.compiled import compiled
from udfs.geometry import CANVAS, DESCRIPTOR_BYTES, PATCH_RADIUS, Description, unpack
from udfs.geometry_votes import LARGEST_TURN, sides
from udfs.local_bits import differing_bits
from udfs.phash import SIDE, lowest_frequencies

# pose: x, y, width and height of the photo (1/255 of its longest side), size (1/16 octave), direction (1/256 turn)
ENTRY = np.dtype([("key", "<i8"), ("descriptor", "u1", (DESCRIPTOR_BYTES,)), ("table", "u1"), ("pose", "u1", (6,))])
TABLES = 3
PREFIX_BITS = 12  # leading bits of a descriptor that name, with its table, the part that it travels to
BEHIND_PREFIX = np.uint64(64 - PREFIX_BITS)  # bits of a descriptor's first word
LEAST_INSIDE = 0.6  # of the smaller picture on the other; a single feature's size and direction are coarse
HALF_BITS = DESCRIPTOR_BYTES * 4

Entries = NDArray[np.void]
Integers = NDArray[np.int64]
Words = NDArray[np.uint64]
Bytes = NDArray[np.uint8]


@lru_cache(maxsize=1)
def _orders() -> list[tuple[Integers, Integers]]:
    """For each table the order of the bits within a half of a descriptor, and that of the bits of the whole."""
    generator = np.random.default_rng(20040101)
    return [(generator.permutation(HALF_BITS), generator.permutation(2 * HALF_BITS)) for _ in range(TABLES)]


def feature_entries(key: int, description: bytes) -> Entries:
    """A photo's local features and the hash of the whole, each once for every table.

    A feature and its mirror image are written the same way, so that mirrored copies meet. Which of the two is written is for each table
    to decide: a bit that is read wrongly turns the feature around in some of them only.

    Args:
        key: Of the photo.
        description: From `udfs.geometry.describe`.
    """
    photo = unpack(description)
    descriptors = np.concatenate([photo.descriptors, _of_the_whole(photo)])
    halves = np.unpackbits(descriptors, axis=1).reshape(-1, 2, HALF_BITS)
    poses, mirrored_poses = _poses(photo)
    entries = np.zeros((TABLES, len(descriptors)), dtype=ENTRY)
    for table, (within_half, within_whole) in enumerate(_orders()):
        ordered = halves[:, :, within_half]
        first, second = np.packbits(ordered, axis=2).view(">u8")[:, :, 0].T
        turned = first > second  # the smaller half first
        canonical = np.where(turned[:, None, None], ordered[:, ::-1], ordered).reshape(-1, 2 * HALF_BITS)
        entries[table]["descriptor"] = np.packbits(canonical[:, within_whole], axis=1)
        entries[table]["pose"] = np.where(turned[:, None], mirrored_poses, poses)
        entries[table]["table"] = table
    entries["key"] = key
    return entries.ravel()


def _of_the_whole(photo: Description) -> Bytes:
    """The perceptual hashes of the photo and of its mirror image, written as one more feature.

    A picture that was stretched to other proportions has no local feature in common with its source, nor has one that is dark or blurred.
    """
    square = cv2.resize(photo.thumbnail, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float64)
    return np.concatenate([lowest_frequencies(square), lowest_frequencies(square[:, ::-1])])[None]


def _poses(photo: Description) -> tuple[Bytes, Bytes]:
    """Poses (see `ENTRY`) of the features and, in the middle and upright, of the whole; and those in the mirrored photo."""
    width, height = sides(photo)
    poses = np.empty((len(photo.points) + 1, 6))
    poses[:-1, :2], poses[-1, :2] = photo.points * 255, (width * 127.5, height * 127.5)
    poses[:, 2:4] = width * 255, height * 255
    poses[:-1, 4], poses[-1, 4] = np.log2(photo.sizes / (2 * PATCH_RADIUS / CANVAS)) * 16, 0
    poses[:-1, 5], poses[-1, 5] = photo.directions * (128 / np.pi), 64
    mirror = poses.copy()
    mirror[:, 0] = width * 255 - mirror[:, 0]
    mirror[:, 5] = 128 - mirror[:, 5]
    as_bytes = [(np.rint(numbers).astype(np.int64) % 256).astype(np.uint8) for numbers in (poses, mirror)]
    return as_bytes[0], as_bytes[1]


def packed(entries: Entries, parts: int) -> Iterator[tuple[int, bytes]]:
    """Splits entries by what their descriptors begin with in their tables; see `udfs.buckets.pack_numbered`."""
    beginning = entries["descriptor"][:, 0].astype(np.int64) << 8 | entries["descriptor"][:, 1]
    bucket = entries["table"].astype(np.int64) << PREFIX_BITS | beginning >> (16 - PREFIX_BITS)
    return buckets.pack_numbered(entries, buckets.parts_of(bucket, parts), parts)


def near_pairs(entries: Entries, *, reach: int, farthest: int) -> tuple[Integers, Integers, Integers]:
    """Pairs of photos with features that lie close to each other within a table and would lay one photo on the other.

    Entries of one part are sorted by their bits and each is compared with the next few: linear in the entries, and near equals stay
    neighbours. The pairs of some parts are those of each of them, however many are looked at together.

    Args:
        entries: All entries of some parts.
        reach: Following entries that each is compared with.
        farthest: Bits of a descriptor that may differ.

    Returns:
        Larger keys, smaller keys, and how well they agree: the sum over features of `farthest + 1 -` bits that differ. Each pair once.
    """
    words = np.ascontiguousarray(entries["descriptor"]).view(">u8").reshape(len(entries), 2).astype(np.uint64)
    poses = np.ascontiguousarray(entries["pose"])
    # down to the last bit, so that the order in which entries come does not tell who is whose neighbour
    rest = poses.astype(np.uint64) @ (np.uint64(256) ** np.arange(6, dtype=np.uint64)) << np.uint64(8) | words[:, 0] & np.uint64(255)
    order = np.lexsort(
        (rest, words[:, 1], entries["key"], entries["table"].astype(np.uint64) << np.uint64(56) | words[:, 0] >> np.uint64(8))
    )
    tables, keys, words, poses = entries["table"][order], entries["key"][order], words[order], poses[order]
    left, right, weights = [], [], []
    for step in range(1, reach + 1):
        weight = _agreement(tables, keys, words, poses, step, farthest)
        near = np.flatnonzero(weight)
        one, other = keys[near], keys[near + step]
        left.append(np.maximum(one, other))
        right.append(np.minimum(one, other))
        weights.append(weight[near])
    larger, smaller, weight = np.concatenate(left), np.concatenate(right), np.concatenate(weights)
    if not len(larger):
        return larger, smaller, weight
    order = np.lexsort((smaller, larger))
    larger, smaller, weight = larger[order], smaller[order], weight[order]
    starts = np.flatnonzero(np.concatenate([[True], (larger[1:] != larger[:-1]) | (smaller[1:] != smaller[:-1])]))
    return larger[starts], smaller[starts], np.add.reduceat(weight, starts)


@compiled
def _agreement(tables: Bytes, keys: Integers, words: Words, poses: Bytes, step: int, farthest: int) -> Integers:
    """For every entry `farthest + 1 -` bits in which it differs from the one `step` places on; 0 where that says nothing of a copy."""
    weight = np.zeros(max(0, len(keys) - step), dtype=np.int64)
    for place in range(len(weight)):
        other = place + step
        # only what travels to one part: which parts a task holds must not tell who is whose neighbour
        together = tables[place] == tables[other] and words[place, 0] >> BEHIND_PREFIX == words[other, 0] >> BEHIND_PREFIX
        if together and keys[place] != keys[other]:
            apart = differing_bits(words[place, 0], words[place, 1], words[other, 0], words[other, 1])
            if apart <= farthest and _lies_on(poses[place], poses[other]):
                weight[place] = farthest + 1 - apart
    return weight


@compiled
def _lies_on(one: Bytes, other: Bytes) -> bool:
    """Whether the smaller picture lies mostly on the other, hardly turned, where these features lie on each other."""
    turn = (np.int64(one[5]) - np.int64(other[5]) + 128) % 256 - 128
    if abs(turn) > LARGEST_TURN * 128 / np.pi + 1:
        return False
    zoom = 2.0 ** ((np.float64(one[4]) - np.float64(other[4])) / 16)
    inside = 1.0
    for axis in range(2):
        begin = one[axis] - zoom * other[axis]
        end = begin + zoom * other[axis + 2]
        inside *= max(0.0, min(end, np.float64(one[axis + 2])) - max(begin, 0.0))
    smaller = min(np.float64(one[2]) * one[3], zoom * zoom * other[2] * other[3])
    return bool(inside >= LEAST_INSIDE * smaller)
