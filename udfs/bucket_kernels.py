"""The inner loops of buckets: hub of every bucket, and how often every edge comes, by open addressing instead of sorting."""

import numpy as np
from numpy.typing import NDArray

from udfs.compiled import compiled

Words = NDArray[np.uint64]
Integers = NDArray[np.int64]


@compiled
def stars(hashes: Words, keys: Integers, sizes: Integers) -> tuple[Integers, Integers]:
    """Edges from every entry to the hub of its bucket: the largest size, then the smallest key; none from a hub to itself.

    Args:
        hashes: Of the entries, well spread in their lower bits.
        keys: Of the entries.
        sizes: Of the entries, or empty: all alike.
    """
    room = 16
    while room < 2 * len(hashes):
        room *= 2
    mask, sized = np.uint64(room - 1), len(sizes) > 0
    held, hubs, places = np.empty(room, dtype=np.uint64), np.full(room, -1, dtype=np.int32), np.empty(len(hashes), dtype=np.uint32)
    for number in range(len(hashes)):
        value = hashes[number]
        at = value & mask
        while hubs[at] >= 0 and held[at] != value:
            at = (at + np.uint64(1)) & mask
        hub = hubs[at]
        if hub < 0:
            held[at], hubs[at] = value, number
        else:
            first = keys[number] < keys[hub]
            if sized and sizes[number] != sizes[hub]:
                first = sizes[number] > sizes[hub]
            if first:
                hubs[at] = number
        places[number] = at
    edges = 0
    for number in range(len(hashes)):
        edges += keys[hubs[places[number]]] != keys[number]
    members, centres = np.empty(edges, dtype=np.int64), np.empty(edges, dtype=np.int64)
    edges = 0
    for number in range(len(hashes)):
        hub = keys[hubs[places[number]]]
        if hub != keys[number]:
            members[edges], centres[edges] = keys[number], hub
            edges += 1
    return members, centres


@compiled
def counted(members: Integers, hubs: Integers) -> tuple[Integers, Integers, Integers]:
    """Every edge once, in the order of first appearance, and how often it came."""
    room = 16
    while room < 2 * len(members):
        room *= 2
    mask, table = np.uint64(room - 1), np.full(room, -1, dtype=np.int64)
    times, firsts = np.zeros(len(members), dtype=np.int64), np.empty(len(members), dtype=np.int64)
    found = 0
    for number in range(len(members)):
        mixed = np.uint64(members[number]) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(hubs[number])
        mixed = (mixed ^ (mixed >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
        at = (mixed ^ (mixed >> np.uint64(32))) & mask
        while table[at] >= 0:
            first = firsts[table[at]]
            if members[first] == members[number] and hubs[first] == hubs[number]:
                break
            at = (at + np.uint64(1)) & mask
        if table[at] < 0:
            table[at], firsts[found] = found, number
            found += 1
        times[table[at]] += 1
    firsts = firsts[:found]
    return members[firsts], hubs[firsts], times[:found].copy()
