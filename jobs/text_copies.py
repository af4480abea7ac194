"""Candidate pairs of texts that may copy each other: bands, buckets, star edges. `jobs.text_checks` tells which of them do.

Every step is linear in the number of texts, however hot a bucket is: the shuffle carries 14 bytes a text and band, and a bucket of n texts
gives n - 1 candidate pairs (each text with the bucket's smallest key).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.frames import Keep, counted
from udfs import bucket_kernels, buckets, minhash, pair_places, text_kernels
from udfs.copy_text import Folded, fold

PACKED_SCHEMA = "part int, anchor boolean, packed binary, removed boolean"
PACKED_PAIRS_SCHEMA = "part int, size int, pairs binary"  # pairs by a hash of their left ends, `buckets.PAIR`
PAIRS_SCHEMA = "left long, right long, bands int, anchors int"
CANDIDATES_SCHEMA = "left long, right long, bands int, anchors int, place long"
BATCH_BYTES = 2_000_000  # UTF-8 worked on at once: bounds the memory of a task whatever the texts' lengths
BATCH_ROWS = 100_000  # of numbers handed back at once


@dataclass(frozen=True)
class TextRule:
    """When two texts are copies, and how candidates are found.

    Attributes:
        threshold: Jaccard similarity of the shingle sets from which on two texts are copies.
        shingle: Characters in a shingle.
        banding: Bands and rows of the signatures.
        parts: Parts into which the band hashes are packed; at least the number of shuffle partitions.
        minimum: Shorter normalised texts are nobody's copy [characters].
        containment: Share of the shorter text's shingles found in the longer from which on it is a copy; 0: never.
        containment_share: Least size of the shorter text against the longer.
        anchor: Characters of a fingerprint for containment.
        anchor_window: Fingerprints of which one is kept.
    """

    threshold: float
    shingle: int
    banding: minhash.Banding
    parts: int
    minimum: int
    containment: float
    containment_share: float
    anchor: int
    anchor_window: int


@dataclass(frozen=True)
class Candidates:
    """Candidate pairs once each, and which of them are checked first: each text with the hub that it shares most with.

    Attributes:
        rows: Columns of `CANDIDATES_SCHEMA`. One row a pair; `place` where it is checked first, null otherwise. Rows with left = right name
            hubs that are needed: for a check at the place, or, without one, perhaps later; these may repeat.
        first: Pairs that are checked first.
        others: Other pairs that are worth checking.
    """

    rows: DataFrame
    first: int
    others: int

    @property
    def pairs(self) -> DataFrame:
        """Columns of `PAIRS_SCHEMA`, one row a pair."""
        return self.rows.where(F.col("left") != F.col("right")).select("left", "right", "bands", "anchors")


def candidates(pairs: DataFrame, *, keep: Keep) -> Candidates:
    """Adds up what pairs share, and chooses the first checks.

    Args:
        pairs: columns of `PACKED_PAIRS_SCHEMA`, perhaps with several entries a pair.
        keep: works a frame out once.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        left, right, bands, anchors = unpacked_pairs(batches)
        if not len(left):
            return
        worth, first = (bands >= 1) | (anchors >= 2), bucket_kernels.nearest(left, right, bands, anchors)
        keys, hubs, places = pair_places.assigned(left[first], right[first])
        spare = np.setdiff1d(right[worth], hubs)
        nothing = np.zeros(len(keys) - len(first) + len(spare), dtype=np.int64)
        place = np.concatenate([np.zeros(len(left), dtype=np.int64), places[len(first) :], np.zeros(len(spare), dtype=np.int64)])
        missing = np.ones(len(place), dtype=np.bool_)
        place[first], missing[first] = places[: len(first)], False
        missing[len(left) : len(place) - len(spare)] = False
        centres = np.concatenate([keys[len(first) :], spare])
        yield from in_batches(
            CANDIDATES_SCHEMA,
            np.concatenate([left, centres]),
            np.concatenate([right, centres]),
            np.concatenate([bands, nothing]).astype(np.int32),
            np.concatenate([anchors, nothing]).astype(np.int32),
            pa.array(place, mask=missing),
        )

    first, pair = F.col("place").isNotNull(), F.col("left") != F.col("right")
    rows = pairs.select("part", "pairs").repartition("part").mapInArrow(work, CANDIDATES_SCHEMA)
    kept, seen = counted(rows, keep, first=pair & first, others=pair & ~first & enough())
    return Candidates(kept, seen["first"], seen["others"])


def unpacked_pairs(batches: Iterable[pa.RecordBatch]) -> tuple[NDArray[np.int64], ...]:
    """Left and right ends, bands and anchors of all packed pairs (column pairs), what one pair shares in several places added up."""
    pairs = buckets.unpack_pairs(content.as_py() for batch in batches for content in batch.column("pairs"))
    return bucket_kernels.added_up(*(pairs[name].astype(np.int64) for name in ("left", "right", "bands", "anchors")))


def added_up(pairs: DataFrame) -> DataFrame:
    """Counts of one pair from several places added up; pairs that come to nothing are left out."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        held = list(batches)
        if held:
            table = pa.Table.from_batches(held)
            columns = (table[name].to_numpy().astype(np.int64) for name in ("left", "right", "bands", "anchors"))
            left, right, bands, anchors = bucket_kernels.added_up(*columns)
            grown = (bands != 0) | (anchors != 0)
            yield from in_batches(PAIRS_SCHEMA, left[grown], right[grown], bands[grown].astype(np.int32), anchors[grown].astype(np.int32))

    return pairs.repartition("left").mapInArrow(work, PAIRS_SCHEMA)


def enough() -> Column:
    """Whether what a pair shares makes it worth checking: a band, or two long passages."""
    return (F.col("bands") >= 1) | (F.col("anchors") >= 2)


def packed_hashes(texts: DataFrame, rule: TextRule) -> DataFrame:
    """Band hashes of all texts and fingerprints of their long passages, packed by part: the columns of `PACKED_SCHEMA`."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for keys, words in _batches(batches):
            for anchor, entries in hash_entries(keys, words, rule):
                yield from packed_batch(entries, rule.parts, anchor=anchor, removed=False)

    return texts.select("key", "text").mapInArrow(work, PACKED_SCHEMA)


def hash_entries(keys: NDArray[np.int64], words: Folded, rule: TextRule) -> Iterator[tuple[bool, buckets.Entries]]:
    """Entries of the bands and, where contained texts are looked for, of the anchors of some texts."""
    lengths = words.lengths
    chosen = np.flatnonzero(lengths >= rule.minimum)
    if len(chosen):
        banding = rule.banding
        factors = minhash.multipliers(banding.bands * banding.rows)
        hashes = text_kernels.bands(
            words.codes, words.starts[chosen], words.ends[chosen], rule.shingle, factors, banding.bands, banding.rows
        )
        entries = np.empty(hashes.size, dtype=buckets.ENTRY)
        entries["hash"], entries["key"] = hashes.ravel(), np.repeat(keys[chosen], banding.bands)
        yield False, entries
    chosen = chosen[lengths[chosen] >= rule.anchor]
    if rule.containment > 0 and len(chosen):
        values, owners = text_kernels.anchors(words.codes, words.starts[chosen], words.ends[chosen], rule.anchor, rule.anchor_window)
        sized = np.empty(len(values), dtype=buckets.SIZED_ENTRY)
        sized["hash"], sized["key"], sized["size"] = values, keys[chosen][owners], lengths[chosen][owners]
        yield True, sized


def packed_batch(entries: buckets.Entries, parts: int, *, anchor: bool, removed: bool) -> Iterator[pa.RecordBatch]:
    """Entries as rows of `PACKED_SCHEMA`; no batch where there are none."""
    rows = list(buckets.pack(entries, parts, shorten=True))
    if rows:
        numbers, values = zip(*rows, strict=True)
        arrays = [
            pa.array(numbers, pa.int32()),
            pa.array([anchor] * len(rows)),
            pa.array(values, pa.binary()),
            pa.array([removed] * len(rows)),
        ]
        yield pa.RecordBatch.from_arrays(arrays, names=["part", "anchor", "packed", "removed"])


def star_pairs(packed: DataFrame, parts: int) -> DataFrame:
    """Candidate pairs of packed hashes: every member of a bucket with the bucket's hub.

    The hub is the smallest key among bands, the longest text among anchors. The columns are those of `PACKED_PAIRS_SCHEMA`; a pair may
    come from several tasks.

    Args:
        packed: columns of `PACKED_SCHEMA`.
        parts: into which the pairs are packed.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        held: dict[tuple[int, bool], list[bytes]] = {}
        for batch in batches:
            columns = (batch.column(name).to_pylist() for name in ("part", "anchor", "packed"))
            for part, anchor, content in zip(*columns, strict=True):
                held.setdefault((part, anchor), []).append(content)
        groups = ((anchor, buckets.lengthened(iter(held.pop((part, anchor))), sized=anchor)) for part, anchor in sorted(held))
        yield from stars(groups, parts)

    return packed.select("part", "anchor", "packed").repartition("part").mapInArrow(work, PACKED_PAIRS_SCHEMA)


def stars(groups: Iterable[tuple[bool, buckets.Entries]], parts: int) -> Iterator[pa.RecordBatch]:
    """Star edges as rows of `PACKED_PAIRS_SCHEMA`.

    Args:
        groups: whether they are anchors, and entries; no bucket in two groups.
        parts: into which the pairs are packed.
    """
    edges: dict[bool, list[tuple[NDArray[np.int64], NDArray[np.int64]]]] = {False: [], True: []}
    for anchor, entries in groups:
        edges[anchor].append(buckets.star_edges(entries))
    for anchor, found in edges.items():
        if found:
            members, hubs = (np.concatenate(ends) for ends in zip(*found, strict=True))
            members, hubs, times = buckets.distinct_edges(members, hubs)
            pairs = np.zeros(len(members), dtype=buckets.PAIR)
            pairs["left"], pairs["right"], pairs["anchors" if anchor else "bands"] = members, hubs, times
            rows = list(buckets.pack_numbered(pairs, buckets.parts_of(members, parts), parts))
            arrays = [
                pa.array([part for part, _ in rows], pa.int32()),
                pa.array([len(content) // buckets.PAIR.itemsize for _, content in rows], pa.int32()),
                pa.array([content for _, content in rows], pa.binary()),
            ]
            yield pa.RecordBatch.from_arrays(arrays, names=["part", "size", "pairs"])


def pair_batches(
    members: NDArray[np.int64], hubs: NDArray[np.int64], times: NDArray[np.int64], *, anchor: bool
) -> Iterator[pa.RecordBatch]:
    """Counted edges as rows of `PAIRS_SCHEMA`."""
    shared, none = times.astype(np.int32), np.zeros(len(members), dtype=np.int32)
    yield from in_batches(PAIRS_SCHEMA, members, hubs, none if anchor else shared, shared if anchor else none)


def in_batches(schema: str, *columns: NDArray[np.generic] | pa.Array) -> Iterator[pa.RecordBatch]:
    """Columns as batches of bounded size."""
    names = [field.split()[0] for field in schema.split(", ")]
    arrays = [column if isinstance(column, pa.Array) else pa.array(column) for column in columns]
    for begin in range(0, len(arrays[0]), BATCH_ROWS):
        yield pa.RecordBatch.from_arrays([array.slice(begin, BATCH_ROWS) for array in arrays], names=names)


def _batches(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[NDArray[np.int64], Folded]]:
    """Keys and comparable texts, joined to batches of a size worth the while."""
    held: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        held.append(batch)
        size += batch.nbytes
        if size >= BATCH_BYTES:
            yield _joined(held)
            held, size = [], 0
    if held:
        yield _joined(held)


def _joined(held: list[pa.RecordBatch]) -> tuple[NDArray[np.int64], Folded]:
    table = pa.Table.from_batches(held).combine_chunks()
    return table["key"].to_numpy(), fold(table["text"].chunk(0) if table.num_rows else pa.array([], pa.string()))
