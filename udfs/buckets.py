"""Band hashes packed for the shuffle, and the star edges of what falls into one bucket.

A band hash with the key of its set takes 16 bytes. Millions of rows of that size cost a dataframe engine more in the row than in the
content, so one row here carries thousands of them as bytes: those of one batch whose hashes belong to one partition. There every set of
a bucket is linked to the bucket's smallest key: as many edges as members, however hot the bucket.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from udfs import bucket_kernels, minhash

ENTRY = np.dtype([("hash", "<u8"), ("key", "<i8")])
SIZED_ENTRY = np.dtype([("hash", "<u8"), ("key", "<i8"), ("size", "<i4")])
PAIR = np.dtype([("left", "<i8"), ("right", "<i8"), ("bands", "<i4"), ("anchors", "<i4")])
_UNIT = 2  # bytes of the units in which entries are moved
SPARED = 2  # bytes of a text's hash that do not travel: 48 bits bring some strangers into a bucket among billions, whom the check parts

Entries = NDArray[np.void]
Pairs = NDArray[np.void]
Integers = NDArray[np.int64]


def pack(entries: Entries, parts: int, *, shorten: bool = False) -> Iterator[tuple[int, bytes]]:
    """Splits entries by the upper bits of their hashes.

    Args:
        entries: Records that begin with their hash.
        parts: Number of parts, a power of two.
        shorten: Leaves out the lowest `SPARED` bytes of the hashes, see `lengthened`.

    Yields:
        Number of the part, its entries as bytes; empty parts are left out.
    """
    ordered, ends = bucket_kernels.by_part(_units(entries), _upper(entries["hash"], parts), parts, SPARED // _UNIT if shorten else 0)
    yield from _cut(ordered, ends)


def lengthened(packed: Iterator[bytes], *, sized: bool = False) -> Entries:
    """All entries of some parts that were packed shortened: zeros stand for what was left out."""
    kind = SIZED_ENTRY if sized else ENTRY
    short = np.frombuffer(b"".join(packed), dtype=np.uint16).reshape(-1, (kind.itemsize - SPARED) // _UNIT)
    return bucket_kernels.lengthened(short, SPARED // _UNIT).reshape(-1).view(kind)


def unpack(packed: Iterator[bytes], *, sized: bool = False) -> Entries:
    """All entries of some packed parts, behind one another."""
    return np.frombuffer(b"".join(packed), dtype=SIZED_ENTRY if sized else ENTRY)


def pack_numbered(records: Pairs | Entries, numbers: NDArray[np.int32], parts: int) -> Iterator[tuple[int, bytes]]:
    """Splits records by the numbers of their parts; parts that are empty are left out."""
    ordered, ends = bucket_kernels.by_part(_units(records), numbers, parts, 0)
    yield from _cut(ordered, ends)


def unpack_pairs(packed: Iterator[bytes]) -> Pairs:
    """All pairs of some packed parts, behind one another."""
    return np.frombuffer(b"".join(packed), dtype=PAIR)


def star_edges(entries: Entries) -> tuple[Integers, Integers]:
    """Edges from every set to the hub of each of its buckets: the smallest key, or where entries have a size the largest set.

    Args:
        entries: All entries of the buckets concerned.

    Returns:
        Members and hubs, shape (edges,) each, distinct, no loops.
    """
    hashes, keys = np.ascontiguousarray(entries["hash"]), np.ascontiguousarray(entries["key"])
    sized = "size" in (entries.dtype.names or ())
    return bucket_kernels.stars(hashes, keys, entries["size"].astype(np.int64) if sized else np.zeros(0, dtype=np.int64))


def parts_of(keys: Integers, parts: int) -> NDArray[np.int32]:
    """Which of so many parts (a power of two) each key belongs to."""
    return _upper(minhash.mix(keys.view(np.uint64)), parts)


def distinct_edges(members: Integers, hubs: Integers) -> tuple[Integers, Integers, Integers]:
    """Each edge once, with how often it came."""
    return bucket_kernels.counted(members, hubs)


def _units(records: Pairs | Entries) -> bucket_kernels.Units:
    """Records in units of two bytes, shape (records, units); of one byte where their length is odd."""
    unit = np.dtype(np.uint8 if records.itemsize % _UNIT else np.uint16)
    return np.ascontiguousarray(records).view(unit).reshape(-1, records.itemsize // unit.itemsize)


def _cut(ordered: bucket_kernels.Units, ends: Integers) -> Iterator[tuple[int, bytes]]:
    begin = 0
    for number, end in enumerate(ends.tolist()):
        if end > begin:
            yield number, ordered[begin:end].tobytes()
        begin = end


def _upper(hashes: NDArray[np.uint64], parts: int) -> NDArray[np.int32]:
    """The upper bits of hashes as numbers of so many parts."""
    shift = np.uint64(64 - (parts.bit_length() - 1))
    return (hashes >> shift).astype(np.int32) if parts > 1 else np.zeros(len(hashes), dtype=np.int32)
