"""Where the texts of pairs meet to be compared: every text travels once to its hub, a hub once to every thousand of its members.

A place is a number; the rows of one place fall into one task. The members of a hot hub are cut into places of bounded size, so that no task
gets more because a template is common, and no text has to go to more than one place for one pair.
"""

import numpy as np
from numpy.typing import NDArray

from udfs.minhash import mix

PLACE_MEMBERS = 1_000

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def assigned(left: Integers, right: Integers) -> tuple[Integers, Integers, Integers]:
    """Who has to come where for pairs to be compared.

    Args:
        left: Members of the pairs.
        right: Hubs of the pairs; no pair twice.

    Returns:
        Keys, hubs and places: first a row for each pair in the order given (key: the member), then one for each place (key: the hub).
    """
    if not len(left):
        return left, right, left
    order = np.argsort(right, kind="stable")
    hubs = right[order]
    starts = np.flatnonzero(np.concatenate([[True], hubs[1:] != hubs[:-1]]))
    rank = np.arange(len(hubs)) - np.repeat(starts, np.diff(np.append(starts, len(hubs))))
    heads = np.flatnonzero(rank % PLACE_MEMBERS == 0)
    names = mix(mix(hubs[heads].view(np.uint64)) + left[order][heads].view(np.uint64)).view(np.int64)
    places = np.empty(len(hubs), dtype=np.int64)
    places[order] = np.repeat(names, np.diff(np.append(heads, len(hubs))))
    return np.concatenate([left, hubs[heads]]), np.concatenate([right, hubs[heads]]), np.concatenate([places, names])


def met(keys: Integers, hubs: Integers) -> tuple[Integers, Integers]:
    """Numbers of the rows of members and of the hub that each is to be compared with, for rows that came to their places.

    Members whose hub did not come are left out, as are rows that came twice.
    """
    members = np.flatnonzero(keys != hubs)
    if len(members):
        order = np.lexsort((hubs[members], keys[members]))
        ordered = members[order]
        again = (keys[ordered][1:] == keys[ordered][:-1]) & (hubs[ordered][1:] == hubs[ordered][:-1])
        members = np.sort(ordered[np.concatenate([[True], ~again])])
    own = np.flatnonzero(keys == hubs)
    if not len(own) or not len(members):
        return members[:0], members[:0]
    own = own[np.argsort(keys[own], kind="stable")]
    spot = np.minimum(np.searchsorted(keys[own], hubs[members]), len(own) - 1)
    there = keys[own][spot] == hubs[members]
    return members[there], own[spot[there]]


def settled(left: Integers, right: Integers, similarity: NDArray[np.float64], nodes: Integers, roots: Integers) -> NDArray[np.float64]:
    """Similarity of each node to its root, as far as some checked pair tells; NaN where none does, 1 for the root.

    Args:
        left: Ends of the checked pairs.
        right: Their other ends.
        similarity: Of the checked pairs.
        nodes: Ascending.
        roots: Of the nodes.
    """
    known = np.full(len(nodes), np.nan)
    if len(nodes):
        for one, other in ((left, right), (right, left)):
            spot = np.minimum(np.searchsorted(nodes, one), len(nodes) - 1)
            tells = (nodes[spot] == one) & (roots[spot] == other)
            known[spot[tells]] = similarity[tells]
        known[nodes == roots] = 1.0
    return known


def apart(left: Integers, right: Integers, nodes: Integers, roots: Integers) -> Flags:
    """Whether the ends of pairs stand in different groups, or one in none.

    Args:
        left: Ends of the pairs.
        right: Their other ends.
        nodes: Ascending.
        roots: Of the nodes.
    """
    if not len(nodes):
        return np.ones(len(left), dtype=np.bool_)
    spots = [np.minimum(np.searchsorted(nodes, ends), len(nodes) - 1) for ends in (left, right)]
    inside = (nodes[spots[0]] == left) & (nodes[spots[1]] == right)
    return np.asarray(~inside | (roots[spots[0]] != roots[spots[1]]))
