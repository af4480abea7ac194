"""The band index: whatever comes and goes in whatever order, the stars add up to those of one pass."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.udfs.bucket_entries import entries_of
from udfs import band_index, buckets

SLOTS = 4
STEPS = st.lists(  # each step: for some keys the buckets that their text now falls into (none: it was deleted) and its size
    st.dictionaries(st.integers(-3, 9), st.tuples(st.frozensets(st.integers(0, 4), max_size=3), st.integers(1, 3)), max_size=6), max_size=6
)


def _entries(rows: list[tuple[int, int, int]], sized: bool) -> np.ndarray:
    return band_index.ranked(entries_of(rows, sized))


class Index:
    """Rows as a table would hold them."""

    def __init__(self, sized: bool, limit: int) -> None:
        self.sized, self.limit = sized, limit
        self.kind = buckets.SIZED_ENTRY if sized else buckets.ENTRY
        self.rows: list[tuple[int, int, bool, np.ndarray]] = []  # slot, version, removed, entries

    def change(self, version: int, added: np.ndarray, removed: np.ndarray) -> Counter[tuple[int, int]]:
        """Edges by how much they grow."""
        cut = {
            name: [(slot, np.frombuffer(content, self.kind)) for slot, content in band_index.rows_of(entries, SLOTS, self.limit)]
            for name, entries in (("added", added), ("removed", removed))
        }
        grown: Counter[tuple[int, int]] = Counter()
        for slot in {slot for rows in cut.values() for slot, _ in rows}:
            empty = np.zeros(0, dtype=self.kind)
            come = band_index.ranked(np.concatenate([empty, *(rows for number, rows in cut["added"] if number == slot)]))
            go = band_index.ranked(np.concatenate([empty, *(rows for number, rows in cut["removed"] if number == slot)]))
            stored = []
            for number, row_version, row_removed, entries in self.rows:
                if number == slot and not row_removed:
                    later = [
                        band_index.fingerprints(gone)
                        for other, when, dead, gone in self.rows
                        if dead and other == slot and when > row_version
                    ]
                    dead = np.concatenate([np.zeros(0, dtype=np.uint64), *later])
                    stored += [band_index.touched(entries, changes, dead) for changes in (come, go)]
            members, hubs, counts = band_index.changed_stars([empty, *stored], come, go)
            for edge in zip(members.tolist(), hubs.tolist(), counts.tolist(), strict=True):
                grown[edge[:2]] += edge[2]
        self.rows += [(slot, version, False, entries) for slot, entries in cut["added"]]
        self.rows += [(slot, version, True, entries) for slot, entries in cut["removed"]]
        return grown


@settings(max_examples=300)
@given(steps=STEPS, sized=st.booleans(), limit=st.sampled_from([1, 2, 100]))
def test_increments_add_up_to_one_pass(steps: list[dict[int, tuple[frozenset[int], int]]], sized: bool, limit: int) -> None:
    index, state, total = Index(sized, limit), {}, Counter()
    for version, step in enumerate(steps):
        added = [(bucket, key, size) for key, (found, size) in step.items() for bucket in found]
        removed = [(bucket, key, state[key][1]) for key in step if key in state for bucket in state[key][0]]
        total.update(index.change(version, _entries(added, sized), _entries(removed, sized)))
        state |= step
        everything = [(bucket, key, size) for key, (found, size) in state.items() for bucket in found]
        edges = buckets.star_edges(_entries(everything, sized))
        assert {edge: count for edge, count in total.items() if count} == dict(
            Counter(zip(edges[0].tolist(), edges[1].tolist(), strict=True))
        )


@given(rows=st.lists(st.tuples(st.integers(0, 9), st.integers(-4, 12), st.integers(1, 5)), max_size=40), limit=st.integers(1, 9))
def test_rows_hold_whole_buckets_of_one_slot(rows: list[tuple[int, int, int]], limit: int) -> None:
    entries = _entries(rows, sized=True)
    cut = [(slot, np.frombuffer(content, buckets.SIZED_ENTRY)) for slot, content in band_index.rows_of(entries, 16, limit)]
    assert np.concatenate([entries[:0], *(part for _, part in cut)]).tolist() == entries.tolist()
    hashes = [set(part["hash"].tolist()) for _, part in cut]
    assert sum(map(len, hashes)) == len(set(entries["hash"].tolist())), "no bucket is cut"
    assert all({int(value) >> 60 for value in found} == {slot} for found, (slot, _) in zip(hashes, cut, strict=True))
