"""The stored band index: packed buckets, and what a change of some texts does to the stars of the buckets that they touch.

The entries of a slot (the hashes that begin with the same bits) lie in few packed rows, sorted by hash and within a bucket by rank: the
hub first. An increment adds rows with the entries that came and rows with those that went. What it does to the candidate pairs is the
stars of the touched buckets as they are now, less those as they were: all other buckets are left alone, and the sum over all increments
is what one pass over everything would have given.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from udfs import bucket_kernels, buckets
from udfs.buckets import Entries
from udfs.minhash import mix

ROW_ENTRIES = 8_192  # of one row, where buckets allow: a thousand rows in one Arrow batch stay below 170 MB


def ranked(entries: Entries) -> Entries:
    """Entries by hash, the hub of each bucket first, each once."""
    hashes = np.ascontiguousarray(entries["hash"])
    order = np.argsort(hashes)
    hashes = hashes[order]
    shared = np.zeros(len(hashes), dtype=bool)
    np.equal(hashes[1:], hashes[:-1], out=shared[1:])
    shared[:-1] |= shared[1:]
    places = np.flatnonzero(shared)  # most entries are alone in their bucket
    among = entries[order[places]]
    sizes = among["size"].astype(np.int64) if "size" in (entries.dtype.names or ()) else np.zeros(len(among), dtype=np.int64)
    order[places] = order[places][np.lexsort((among["key"], -sizes, hashes[places]))]
    ordered = entries[order]
    if len(ordered) > 1:
        repeated = (ordered["hash"][1:] == ordered["hash"][:-1]) & (ordered["key"][1:] == ordered["key"][:-1])
        if repeated.any():
            ordered = ordered[np.concatenate([[True], ~repeated])]
    return ordered


def rows_of(entries: Entries, slots: int, limit: int = ROW_ENTRIES) -> Iterator[tuple[int, bytes]]:
    """Cuts ranked entries into rows of one slot each.

    Args:
        entries: Ranked.
        slots: Number of slots, a power of two.
        limit: A row ends at the next bucket once it has so many entries; no bucket is cut.

    Yields:
        Number of the slot, packed entries.
    """
    if not len(entries):
        return
    shift = np.uint64(64 - (slots.bit_length() - 1))
    hashes = np.ascontiguousarray(entries["hash"])
    slot = (hashes >> shift).astype(np.int64) if slots > 1 else np.zeros(len(hashes), dtype=np.int64)
    starts = np.append(np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])), len(hashes))  # of buckets
    ends = np.append(np.flatnonzero(slot[1:] != slot[:-1]) + 1, len(slot))  # of slots
    begin = 0
    for end in ends.tolist():
        while begin < end:
            cut = min(end, int(starts[min(int(np.searchsorted(starts, begin + limit)), len(starts) - 1)]))
            yield int(slot[begin]), entries[begin:cut].tobytes()
            begin = cut


def touched(stored: Entries, changes: Entries, dead: NDArray[np.uint64]) -> Entries:
    """What of a stored row has to be known to tell how buckets change.

    Args:
        stored: One packed row, ranked.
        changes: Entries of the slot that come or go.
        dead: Fingerprints of entries of this row that went before.

    Returns:
        Of each bucket that has a change its living entries; of one whose hub stays, since nothing that comes or goes ranks before it, the
        first alone.
    """
    if len(dead):
        stored = stored[_touched_places(stored, changes, whole=True)]
        stored = stored[~np.isin(fingerprints(stored), dead)]
    return stored[_touched_places(stored, changes, whole=False)]


def changed_stars(stored: Sequence[Entries], added: Entries, removed: Entries) -> tuple[NDArray[np.int64], ...]:
    """Stars as they are now, less those as they were.

    Args:
        stored: What `touched` gave, of all rows of some whole slots.
        added: All entries of these slots that come.
        removed: All that go.

    Returns:
        Members, hubs, and by how much each edge's count grows, shape (edges,) each; without edges that stay as they are.
    """
    before = ranked(np.concatenate([*stored, removed]))
    gone = fingerprints(removed)
    stay = before[~np.isin(fingerprints(before), gone)] if len(gone) else before
    after = ranked(np.concatenate([stay, added]))
    was, now = buckets.star_edges(before), buckets.star_edges(after)
    members, hubs = np.concatenate([now[0], was[0]]), np.concatenate([now[1], was[1]])
    signs = np.concatenate([np.ones(len(now[0]), dtype=np.int64), -np.ones(len(was[0]), dtype=np.int64)])
    if not len(members):
        return members, hubs, signs
    order = np.lexsort((hubs, members))
    members, hubs, signs = members[order], hubs[order], signs[order]
    starts = np.flatnonzero(np.concatenate([[True], (members[1:] != members[:-1]) | (hubs[1:] != hubs[:-1])]))
    grown = np.add.reduceat(signs, starts)
    kept = grown != 0
    return members[starts][kept], hubs[starts][kept], grown[kept]


def fingerprints(entries: Entries) -> NDArray[np.uint64]:
    """One number for the hash and key of each entry."""
    return mix(np.ascontiguousarray(entries["hash"]) + mix(np.ascontiguousarray(entries["key"]).view(np.uint64)))


def _touched_places(stored: Entries, changes: Entries, *, whole: bool) -> NDArray[np.int64]:
    return bucket_kernels.touched(*_columns(stored), *_columns(changes), whole)


def _columns(entries: Entries) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Hashes, keys and sizes (none: empty)."""
    sizes = entries["size"].astype(np.int64) if "size" in (entries.dtype.names or ()) else np.zeros(0, dtype=np.int64)
    return np.ascontiguousarray(entries["hash"]), np.ascontiguousarray(entries["key"]), sizes
