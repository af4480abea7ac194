"""The inner loops of buckets and their edges, by open addressing instead of sorting.

Hub of every bucket, how often every edge comes, what edges connect.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from udfs.compiled import compiled

Words = NDArray[np.uint64]
Integers = NDArray[np.int64]
Shorts = NDArray[np.uint16]
Units = NDArray[Any]  # uint8 or uint16


@compiled
def _room(entries: int) -> int:
    """Places of a hash table of so many entries: a power of two, at most half of which are taken."""
    room = 16
    while room < 2 * entries:
        room *= 2
    return room


@compiled
def by_part(records: Units, part: NDArray[np.int32], parts: int, spared: int) -> tuple[Units, Integers]:
    """Records in the order of their parts, within a part as they came, and where each part ends.

    Args:
        records: The records in units of one or two bytes, shape (records, width).
        part: Number of each record's part.
        parts: Number of parts.
        spared: Leading units of a record that are left out.
    """
    ends = np.zeros(parts, dtype=np.int64)
    for number in range(len(part)):
        ends[part[number]] += 1
    ends = np.cumsum(ends)
    places, width = np.append(0, ends[:-1]), records.shape[1] - spared
    result = np.empty((len(part), width), dtype=records.dtype)
    for number in range(len(part)):
        place = places[part[number]]
        places[part[number]] += 1
        for unit in range(width):
            result[place, unit] = records[number, spared + unit]
    return result, ends


@compiled
def lengthened(short: Shorts, spared: int) -> Shorts:
    """Records, in units of two bytes, with so many zeros before each."""
    result = np.empty((len(short), spared + short.shape[1]), dtype=np.uint16)
    for number in range(len(short)):
        for unit in range(spared):
            result[number, unit] = 0
        for unit in range(short.shape[1]):
            result[number, spared + unit] = short[number, unit]
    return result


@compiled
def stars(hashes: Words, keys: Integers, sizes: Integers) -> tuple[Integers, Integers]:
    """Edges from every entry to the hub of its bucket: the largest size, then the smallest key; none from a hub to itself.

    Args:
        hashes: Of the entries, well spread above their lowest 16 bits.
        keys: Of the entries.
        sizes: Of the entries, or empty: all alike.
    """
    room = _room(len(hashes))
    mask, sized = np.uint64(room - 1), len(sizes) > 0
    held, hubs, places = np.empty(room, dtype=np.uint64), np.full(room, -1, dtype=np.int32), np.empty(len(hashes), dtype=np.uint32)
    for number in range(len(hashes)):
        value = hashes[number]
        at = (value >> np.uint64(16)) & mask
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
def _numbered(left: Integers, right: Integers) -> tuple[Integers, Integers]:
    """Where each pair appears first, and for every row the number of its pair."""
    room = _room(len(left))
    mask, table = np.uint64(room - 1), np.full(room, -1, dtype=np.int64)
    numbers, firsts, found = np.empty(len(left), dtype=np.int64), np.empty(len(left), dtype=np.int64), 0
    for row in range(len(left)):
        mixed = np.uint64(left[row]) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(right[row])
        mixed = (mixed ^ (mixed >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
        at = (mixed ^ (mixed >> np.uint64(32))) & mask
        while table[at] >= 0:
            first = firsts[table[at]]
            if left[first] == left[row] and right[first] == right[row]:
                break
            at = (at + np.uint64(1)) & mask
        if table[at] < 0:
            table[at], firsts[found] = found, row
            found += 1
        numbers[row] = table[at]
    return firsts[:found].copy(), numbers


@compiled
def counted(members: Integers, hubs: Integers) -> tuple[Integers, Integers, Integers]:
    """Every edge once, in the order of first appearance, and how often it came."""
    firsts, numbers = _numbered(members, hubs)
    times = np.zeros(len(firsts), dtype=np.int64)
    for number in range(len(numbers)):
        times[numbers[number]] += 1
    return members[firsts], hubs[firsts], times


@compiled
def nearest(left: Integers, right: Integers, bands: Integers, anchors: Integers) -> Integers:
    """Number of each left's best pair: the most bands, then the most anchors, then the smallest right.

    Pairs that share neither a band nor two anchors are left out.
    """
    room = _room(len(left))
    mask, table = np.uint64(room - 1), np.full(room, -1, dtype=np.int64)
    best, found = np.empty(len(left), dtype=np.int64), 0
    for number in range(len(left)):
        if bands[number] < 1 and anchors[number] < 2:
            continue
        mixed = np.uint64(left[number]) * np.uint64(0x9E3779B97F4A7C15)
        at = (mixed ^ (mixed >> np.uint64(32))) & mask
        while table[at] >= 0 and left[best[table[at]]] != left[number]:
            at = (at + np.uint64(1)) & mask
        if table[at] < 0:
            table[at], best[found] = found, number
            found += 1
            continue
        other = best[table[at]]
        better = right[number] < right[other]
        if anchors[number] != anchors[other]:
            better = anchors[number] > anchors[other]
        if bands[number] != bands[other]:
            better = bands[number] > bands[other]
        if better:
            best[table[at]] = number
    return best[:found].copy()


@compiled
def added_up(left: Integers, right: Integers, bands: Integers, anchors: Integers) -> tuple[Integers, Integers, Integers, Integers]:
    """Each pair once, in the order of first appearance, with its counts added up."""
    firsts, numbers = _numbered(left, right)
    all_bands, all_anchors = np.zeros(len(firsts), dtype=np.int64), np.zeros(len(firsts), dtype=np.int64)
    for number in range(len(left)):
        all_bands[numbers[number]] += bands[number]
        all_anchors[numbers[number]] += anchors[number]
    return left[firsts], right[firsts], all_bands, all_anchors


@compiled
def _place(key: int, nodes: Integers, table: NDArray[np.int32], mask: np.uint64) -> np.uint64:
    """Where a hash table holds the number of a node, or the empty place (below 0) where it would."""
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    at = (mixed ^ (mixed >> np.uint64(32))) & mask
    while table[at] >= 0 and nodes[table[at]] != key:
        at = (at + np.uint64(1)) & mask
    return at


@compiled
def components(left: Integers, right: Integers) -> tuple[Integers, NDArray[np.int32], NDArray[np.int32]]:
    """What edges connect: trees of nodes, each below a smaller one (union-find with paths that are halved).

    Returns:
        All nodes, in the order of first appearance; for each the number of the smallest node of its component; for each edge the number of
        its left end.
    """
    room = _room(2 * len(left))
    mask, table = np.uint64(room - 1), np.full(room, -1, dtype=np.int32)
    nodes, above, found = np.empty(2 * len(left), dtype=np.int64), np.empty(2 * len(left), dtype=np.int32), 0
    begins = np.empty(len(left), dtype=np.int32)
    for edge in range(len(left)):
        at = _place(left[edge], nodes, table, mask)
        if table[at] < 0:
            table[at], nodes[found], above[found] = found, left[edge], found
            found += 1
        one = table[at]
        begins[edge] = one
        at = _place(right[edge], nodes, table, mask)
        if table[at] < 0:
            table[at], nodes[found], above[found] = found, right[edge], found
            found += 1
        other = table[at]
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        while above[other] != other:
            above[other] = above[above[other]]
            other = above[other]
        if nodes[one] < nodes[other]:
            above[other] = one
        else:
            above[one] = other
    for number in range(found):
        root, node = np.int32(number), np.int32(number)
        while above[root] != root:
            root = above[root]
        while above[node] != root:
            higher = above[node]
            above[node] = root
            node = higher
    return nodes[:found].copy(), above[:found].copy(), begins


@compiled
def touched(
    hashes: Words, keys: Integers, sizes: Integers, came: Words, came_keys: Integers, came_sizes: Integers, whole: bool
) -> Integers:
    """Places of the entries that have to be known to tell how changes move the stars of their buckets.

    Args:
        hashes: Of stored entries, ascending, the hub of each bucket first.
        keys: Of the stored entries.
        sizes: Of the stored entries, or empty: all alike.
        came: Hashes of changed entries.
        came_keys: Of the changed entries.
        came_sizes: Of the changed entries, or empty.
        whole: All entries of buckets with a change; else the hub alone where no change ranks before it.
    """
    places, found, sized = np.empty(len(hashes), dtype=np.int64), 0, len(sizes) > 0
    order = np.argsort(came)
    begin = 0
    while begin < len(order):
        value, best = came[order[begin]], order[begin]
        end = begin + 1
        while end < len(order) and came[order[end]] == value:
            other = order[end]
            better = came_keys[other] < came_keys[best]
            if sized and came_sizes[other] != came_sizes[best]:
                better = came_sizes[other] > came_sizes[best]
            if better:
                best = other
            end += 1
        begin = end
        low, high = 0, len(hashes)
        while low < high:
            middle = (low + high) // 2
            if hashes[middle] < value:
                low = middle + 1
            else:
                high = middle
        if low == len(hashes) or hashes[low] != value:
            continue
        stays = keys[low] < came_keys[best]
        if sized and sizes[low] != came_sizes[best]:
            stays = sizes[low] > came_sizes[best]
        place = low
        while place < len(hashes) and hashes[place] == value and (whole or place == low or not stays):
            places[found] = place
            found += 1
            place += 1
    return places[:found].copy()
