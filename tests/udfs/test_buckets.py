"""Packing for the shuffle and star edges, against dictionaries."""

from collections import Counter, defaultdict

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.udfs.bucket_entries import entries_of
from udfs import bucket_kernels, buckets

ROWS = st.lists(st.tuples(st.integers(0, 6), st.integers(-4, 12), st.integers(1, 5)), max_size=40)


@settings(print_blob=True, deadline=None)
@given(rows=ROWS, parts=st.sampled_from([1, 2, 16]))
def test_packing_loses_nothing_and_keeps_buckets_together(rows: list[tuple[int, int, int]], parts: int) -> None:
    entries = entries_of(rows, sized=False)
    packed = list(buckets.pack(entries, parts))
    assert len({part for part, _ in packed}) == len(packed)
    back = [buckets.unpack(iter([content])) for _, content in packed]
    assert Counter(map(tuple, np.concatenate([entries[:0], *back]).tolist())) == Counter(map(tuple, entries.tolist()))
    where = defaultdict(set)
    for number, part in enumerate(back):
        for value in part["hash"].tolist():
            where[value].add(number)
    assert all(len(parts_of_hash) == 1 for parts_of_hash in where.values())


@settings(print_blob=True, deadline=None)
@given(rows=ROWS, parts=st.sampled_from([1, 4]), sized=st.booleans())
def test_what_is_packed_shortened_lacks_only_the_lowest_bits_of_its_hashes(
    rows: list[tuple[int, int, int]], parts: int, sized: bool
) -> None:
    entries = entries_of(rows, sized=sized)
    back = buckets.lengthened((content for _, content in buckets.pack(entries, parts, shorten=True)), sized=sized)
    entries["hash"] &= np.uint64(2**64 - 2**16)
    assert Counter(map(tuple, back.tolist())) == Counter(map(tuple, entries.tolist()))


@settings(print_blob=True, deadline=None)
@given(rows=ROWS)
def test_stars_connect_exactly_the_buckets_with_one_edge_a_member(rows: list[tuple[int, int, int]]) -> None:
    members, hubs = buckets.star_edges(entries_of(rows, sized=False))
    graph = nx.Graph(zip(members.tolist(), hubs.tolist(), strict=True))
    keys = defaultdict(list)
    for bucket, key, _ in rows:
        keys[bucket].append(key)
    expected = [(key, min(found)) for found in keys.values() for key in found if key != min(found)]
    assert Counter(zip(members.tolist(), hubs.tolist(), strict=True)) == Counter(expected)
    for found in keys.values():
        assert len(found) < 2 or len(set(found)) < 2 or nx.node_connected_component(graph, found[0]) >= set(found)


@settings(print_blob=True, deadline=None)
@given(rows=ROWS)
def test_the_largest_set_is_the_hub_where_sizes_are_known(rows: list[tuple[int, int, int]]) -> None:
    members, hubs = buckets.star_edges(entries_of(rows, sized=True))
    found = defaultdict(list)
    for bucket, key, size in rows:
        found[bucket].append((-size, key))
    expected = [(key, min(ranked)[1]) for ranked in found.values() for _, key in ranked if key != min(ranked)[1]]
    assert Counter(zip(members.tolist(), hubs.tolist(), strict=True)) == Counter(expected)


@settings(print_blob=True, deadline=None)
@given(pairs=st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), max_size=30))
def test_distinct_edges_are_counted(pairs: list[tuple[int, int]]) -> None:
    members, hubs, times = buckets.distinct_edges(
        np.array([p[0] for p in pairs], dtype=np.int64), np.array([p[1] for p in pairs], dtype=np.int64)
    )
    assert dict(zip(zip(members.tolist(), hubs.tolist(), strict=True), times.tolist(), strict=True)) == dict(Counter(pairs))


@settings(print_blob=True, deadline=None)
@given(rows=st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.integers(0, 4), st.integers(0, 4)), max_size=30))
def test_packed_pairs_lose_nothing_and_lie_by_their_left_ends(rows: list[tuple[int, int, int, int]]) -> None:
    pairs = np.array(rows, dtype=buckets.PAIR)
    packed = list(buckets.pack_numbered(pairs, buckets.parts_of(np.ascontiguousarray(pairs["left"]), 4), 4))
    assert Counter(map(tuple, buckets.unpack_pairs(content for _, content in packed).tolist())) == Counter(rows)
    where = defaultdict(set)
    for part, content in packed:
        for pair in buckets.unpack_pairs(iter([content])):
            where[int(pair["left"])].add(part)
    assert all(len(parts) == 1 for parts in where.values())


@pytest.mark.parametrize("width", [1, 4, 31, 32])
def test_records_of_any_length_are_packed(width: int) -> None:
    records = np.array([bytes([number] * width) for number in range(1, 20)], dtype=f"V{width}")
    found = dict(buckets.pack_numbered(records, np.arange(19, dtype=np.int32) % 3, 4))
    assert found == {part: b"".join(bytes([number + 1] * width) for number in range(part, 19, 3)) for part in range(3)}


@settings(print_blob=True, deadline=None)
@given(edges=st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=20))
def test_components_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    nodes, smallest, begins = bucket_kernels.components(ends[:, 0].copy(), ends[:, 1].copy())
    expected = {node: min(members) for members in nx.connected_components(nx.Graph(edges)) for node in members}
    assert dict(zip(nodes.tolist(), nodes[smallest].tolist(), strict=True)) == expected
    assert len(nodes) == len(expected)
    assert nodes[begins].tolist() == [left for left, _ in edges]
