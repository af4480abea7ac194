"""Band hashes packed for the shuffle, and the star edges of what falls into one bucket.

A band hash with the key of its set takes 16 bytes. Millions of rows of that size cost a dataframe engine more in the row than in the
content, so one row here carries thousands of them as bytes: those of one batch whose hashes belong to one partition. Within a partition
numpy sorts them by hash, and every set of a bucket is linked to the bucket's smallest key: as many edges as members, however hot the
bucket.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

ENTRY = np.dtype([("hash", "<u8"), ("key", "<i8")])
SIZED_ENTRY = np.dtype([("hash", "<u8"), ("key", "<i8"), ("size", "<i4")])

Entries = NDArray[np.void]
Integers = NDArray[np.int64]


def pack(entries: Entries, parts: int) -> Iterator[tuple[int, bytes]]:
    """Splits entries by the upper bits of their hashes.

    Args:
        entries: Of `ENTRY` or `SIZED_ENTRY`.
        parts: Number of parts, a power of two.

    Yields:
        Number of the part, its entries as bytes; empty parts are left out.
    """
    shift = np.uint64(64 - (parts.bit_length() - 1))
    part = (entries["hash"] >> shift).astype(np.int16) if parts > 1 else np.zeros(len(entries), dtype=np.int16)
    order = np.argsort(part, kind="stable")  # 16-bit keys: radix sort
    ends = np.cumsum(np.bincount(part, minlength=parts))
    ordered = entries[order]
    begin = 0
    for number, end in enumerate(ends.tolist()):
        if end > begin:
            yield number, ordered[begin:end].tobytes()
        begin = end


def unpack(packed: Iterator[bytes], *, sized: bool = False) -> Entries:
    """All entries of some packed parts, behind one another."""
    return np.frombuffer(b"".join(packed), dtype=SIZED_ENTRY if sized else ENTRY)


def star_edges(entries: Entries) -> tuple[Integers, Integers]:
    """Edges from every set to the hub of each of its buckets: the smallest key, or where entries have a size the largest set.

    Args:
        entries: All entries of the buckets concerned.

    Returns:
        Members and hubs, shape (edges,) each, distinct, no loops.
    """
    if not len(entries):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    hashes = np.ascontiguousarray(entries["hash"])
    order = np.argsort(hashes)
    hashes = hashes[order]
    first = np.ones(len(hashes), dtype=bool)
    np.not_equal(hashes[1:], hashes[:-1], out=first[1:])
    alone = first.copy()
    alone[:-1] &= first[1:]
    shared = ~alone
    order, first = order[shared], first[shared]
    if not len(order):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    keys = entries["key"][order]
    starts = np.flatnonzero(first)
    bucket = np.cumsum(first) - 1
    if "size" in (entries.dtype.names or ()):
        ranking = np.lexsort((keys, -entries["size"][order].astype(np.int64), bucket))
        hubs = keys[ranking][starts]
    else:
        hubs = np.minimum.reduceat(keys, starts)
    hub = hubs[bucket]
    member = keys != hub
    return keys[member], hub[member]


def distinct_edges(members: Integers, hubs: Integers) -> tuple[Integers, Integers, Integers]:
    """Each edge once, with how often it came."""
    if not len(members):
        return members, hubs, np.zeros(0, dtype=np.int64)
    order = np.lexsort((hubs, members))
    members, hubs = members[order], hubs[order]
    first = np.ones(len(members), dtype=bool)
    first[1:] = (members[1:] != members[:-1]) | (hubs[1:] != hubs[:-1])
    starts = np.flatnonzero(first)
    return members[starts], hubs[starts], np.diff(np.append(starts, len(members)))
