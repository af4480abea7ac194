"""Places where the texts of pairs meet, against dictionaries."""

from collections import defaultdict

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.components import labels
from udfs import bucket_kernels, pair_places

PAIRS = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), max_size=40)


def _columns(rows: list[tuple[int, ...]], width: int) -> list[np.ndarray]:
    return [np.array([row[place] for row in rows], dtype=np.int64) for place in range(width)]


@settings(print_blob=True, deadline=None)
@given(pairs=PAIRS.map(lambda rows: sorted({row for row in rows if row[0] != row[1]})), seed=st.integers(0, 9), most=st.integers(1, 4))
def test_every_member_meets_its_hub_in_a_place_of_bounded_size(pairs: list[tuple[int, int]], seed: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair_places, "PLACE_MEMBERS", most)
        keys, hubs, places = pair_places.assigned(*_columns(pairs, 2))
    assert list(zip(keys[: len(pairs)].tolist(), hubs[: len(pairs)].tolist(), strict=True)) == pairs
    there = defaultdict(list)
    for key, hub, place in zip(keys.tolist(), hubs.tolist(), places.tolist(), strict=True):
        there[place].append((key, hub))
    for rows in there.values():
        assert len({hub for _, hub in rows}) == 1, "one hub a place"
        assert sum(key == hub for key, hub in rows) == 1, "which comes once"
        assert len(rows) - 1 <= most
    order = np.random.default_rng(seed).permutation(len(keys))
    keys, hubs = np.tile(keys[order], 2), np.tile(hubs[order], 2)  # rows that come twice count once
    members, centres = pair_places.met(keys, hubs)
    assert sorted(zip(keys[members].tolist(), keys[centres].tolist(), strict=True)) == pairs


def test_members_without_their_hub_are_left_out() -> None:
    members, centres = pair_places.met(np.array([1, 2, 9, 4]), np.array([9, 8, 9, 7]))
    assert (members.tolist(), centres.tolist()) == ([0], [2])
    assert [len(part) for part in pair_places.met(np.array([1]), np.array([9]))] == [0, 0]
    assert [len(part) for part in pair_places.assigned(*_columns([], 2))] == [0, 0, 0]


ROWS = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.integers(0, 2), st.integers(0, 2)), max_size=30)


@settings(print_blob=True, deadline=None)
@given(rows=ROWS)
def test_counts_are_added_up_and_the_best_hub_is_chosen(rows: list[tuple[int, int, int, int]]) -> None:
    columns = bucket_kernels.added_up(*_columns(rows, 4))
    sums: dict[tuple[int, int], tuple[int, int]] = {}
    for left, right, bands, anchors in rows:
        before = sums.get((left, right), (0, 0))
        sums[left, right] = (before[0] + bands, before[1] + anchors)
    found = list(zip(*(column.tolist() for column in columns), strict=True))
    assert {(left, right): (bands, anchors) for left, right, bands, anchors in found} == sums
    assert len(found) == len(sums)
    best: dict[int, tuple[int, int, int]] = {}
    for (left, right), (bands, anchors) in sums.items():
        if bands >= 1 or anchors >= 2:
            best[left] = max(best.get(left, (-1, -1, 0)), (bands, anchors, -right))
    chosen = bucket_kernels.nearest(*columns)
    assert {found[number][0]: -found[number][1] for number in chosen} == {left: rank[2] for left, rank in best.items()}
    assert len(chosen) == len(best)


@settings(print_blob=True, deadline=None)
@given(pairs=PAIRS, edges=PAIRS)
def test_groups_tell_which_pairs_are_apart_and_how_like_their_root_members_are(
    pairs: list[tuple[int, int]], edges: list[tuple[int, int]]
) -> None:
    nodes, roots = labels(*_columns(edges, 2))
    graph = nx.Graph([edge for edge in edges if edge[0] != edge[1]])
    expected = {node: min(component) for component in nx.connected_components(graph) for node in component}
    assert dict(zip(nodes.tolist(), roots.tolist(), strict=True)) == expected
    apart = pair_places.apart(*_columns(pairs, 2), nodes, roots)
    assert apart.tolist() == [left not in expected or right not in expected or expected[left] != expected[right] for left, right in pairs]
    ends = _columns(edges, 2)
    similarity = np.minimum(*ends) * 100.0 + np.maximum(*ends) if edges else np.zeros(0)
    known = pair_places.settled(*ends, similarity, nodes, roots)
    both = {frozenset(edge) for edge in edges}
    for node, root, value in zip(nodes.tolist(), roots.tolist(), known.tolist(), strict=True):
        if node == root:
            assert value == 1.0
        elif frozenset((node, root)) in both:
            assert value == min(node, root) * 100.0 + max(node, root)
        else:
            assert np.isnan(value)
