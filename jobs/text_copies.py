"""Pairs of texts that copy each other: bands, buckets, star edges, exact check.

Every step is linear in the number of texts, however hot a bucket is: the shuffle carries 16 bytes a text and band, a bucket of n texts
gives n - 1 candidate pairs (each text with the bucket's smallest key), and a candidate is checked on the words themselves, unless its ends
are known by then to stand in one group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.components import connected_components
from udfs import buckets, minhash, text_kernels
from udfs.copy_text import Folded, fold

PACKED_SCHEMA = "part int, anchor boolean, packed binary, removed boolean"
PAIRS_SCHEMA = "left long, right long, bands int, anchors int"
CHECKED_SCHEMA = "left long, right long, similarity double, is_copy boolean"
BATCH_BYTES = 2_000_000  # UTF-8 worked on at once: bounds the memory of a task whatever the texts' lengths

Keep = Callable[[DataFrame], DataFrame]  # works a frame out once; what comes back is cheap to read again and of known size


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


def candidate_pairs(texts: DataFrame, rule: TextRule) -> DataFrame:
    """Pairs of texts that share a bucket, by what they share.

    Args:
        texts: columns key (long, one row a key) and text (string).
        rule: when two texts are copies.

    Returns:
        Columns left, right (long), bands, anchors (int: buckets of either kind in which right is the hub of left), one row a pair.
    """
    return added_up(star_pairs(packed_hashes(texts, rule)))


def added_up(pairs: DataFrame) -> DataFrame:
    """Counts of one pair from several places added up; pairs that come to nothing are left out."""
    sums = pairs.groupBy("left", "right").agg(F.sum("bands").cast("int").alias("bands"), F.sum("anchors").cast("int").alias("anchors"))
    return sums.where((F.col("bands") != 0) | (F.col("anchors") != 0))


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
    rows = list(buckets.pack(entries, parts))
    if rows:
        numbers, values = zip(*rows, strict=True)
        arrays = [
            pa.array(numbers, pa.int32()),
            pa.array([anchor] * len(rows)),
            pa.array(values, pa.binary()),
            pa.array([removed] * len(rows)),
        ]
        yield pa.RecordBatch.from_arrays(arrays, names=["part", "anchor", "packed", "removed"])


def star_pairs(packed: DataFrame) -> DataFrame:
    """Candidate pairs of packed hashes: every member of a bucket with the bucket's hub.

    The hub is the smallest key among bands, the longest text among anchors. The columns are those of `PAIRS_SCHEMA`; a pair may come from
    several tasks.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        yield from stars(batches, "packed")

    return packed.repartition("part").mapInArrow(work, PAIRS_SCHEMA)


def stars(batches: Iterable[pa.RecordBatch], column: str) -> Iterator[pa.RecordBatch]:
    """Star edges of the buckets that lie in some batches (columns anchor and the named one), as rows of `PAIRS_SCHEMA`."""
    held: dict[bool, list[bytes]] = {False: [], True: []}
    for batch in batches:
        for anchor, content in zip(batch.column("anchor").to_pylist(), batch.column(column).to_pylist(), strict=True):
            held[anchor].append(content)
    for anchor in held:
        edges = buckets.star_edges(buckets.unpack(iter(held[anchor]), sized=anchor))
        held[anchor] = []
        yield from pair_batches(*buckets.distinct_edges(*edges), anchor=anchor)


def pair_batches(
    members: NDArray[np.int64], hubs: NDArray[np.int64], times: NDArray[np.int64], *, anchor: bool
) -> Iterator[pa.RecordBatch]:
    """Counted edges as rows of `PAIRS_SCHEMA`."""
    for begin in range(0, len(members), 100_000):
        part = slice(begin, begin + 100_000)
        counted, none = times[part].astype(np.int32), np.zeros(len(members[part]), dtype=np.int32)
        arrays = [members[part], hubs[part], none if anchor else counted, counted if anchor else none]
        yield pa.RecordBatch.from_arrays([pa.array(array) for array in arrays], names=["left", "right", "bands", "anchors"])


def check_pairs(pairs: DataFrame, texts: DataFrame, rule: TextRule) -> DataFrame:
    """Exact similarity of pairs of texts.

    Args:
        pairs: columns left and right (long), one row a pair.
        texts: columns key and text.
        rule: when two texts are copies.

    Returns:
        Columns left, right, similarity (Jaccard, or containment of the shorter one where that makes them copies) and is_copy.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            count = len(batch)
            keys = np.concatenate([batch.column(name).to_numpy() for name in ("left", "right")])
            _, first, number = np.unique(keys, return_index=True, return_inverse=True)  # a hub stands in many pairs
            both = pa.concat_arrays([batch.column(name).cast(pa.string()) for name in ("text_left", "text_right")])
            words = fold(both.take(pa.array(first)))
            sizes = text_kernels.overlaps(words.codes, words.starts, words.ends, number[:count], number[count:], rule.shingle)
            similarity, is_copy = judged(*sizes, rule)
            columns = [batch.column("left"), batch.column("right"), pa.array(similarity), pa.array(is_copy)]
            yield pa.RecordBatch.from_arrays(columns, names=["left", "right", "similarity", "is_copy"])

    with_left = pairs.select("left", "right").join(texts.select(F.col("key").alias("left"), F.col("text").alias("text_left")), "left")
    both = with_left.join(texts.select(F.col("key").alias("right"), F.col("text").alias("text_right")), "right")
    return both.select("left", "right", "text_left", "text_right").mapInArrow(work, CHECKED_SCHEMA)


def judged(
    common: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64], rule: TextRule
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Similarity of pairs by the sizes of their shingle sets, and whether it makes them copies."""
    similarity = minhash.jaccard(common, left, right)
    is_copy = similarity >= rule.threshold
    if rule.containment > 0:
        contained = minhash.containment(common, left, right)
        comparable = np.minimum(left, right) >= rule.containment_share * np.maximum(left, right)
        counts = ~is_copy & (contained >= rule.containment) & comparable
        similarity, is_copy = np.where(counts, contained, similarity), is_copy | counts
    return similarity, is_copy


def words_of(pairs: DataFrame, texts: DataFrame, *, keep: Keep) -> DataFrame:
    """The rows of `texts` (column key) that stand in some pair (columns left, right), worked out once."""
    keys = keep(pairs.select(F.col("left").alias("key")).union(pairs.select(F.col("right").alias("key"))).distinct())
    return keep(texts.join(keys, "key", "left_semi"))


def connecting_checks(
    pairs: DataFrame, words: DataFrame, rule: TextRule, *, keep: Keep, one_task_edges: int
) -> tuple[DataFrame, DataFrame]:
    """Checks as many pairs as it takes to know the groups: each text with its best hub, then what these leave apart.

    Args:
        pairs: columns left, right, bands, anchors, one row a pair.
        words: columns key and text of all ends of pairs.
        rule: when two texts are copies.
        keep: works a frame out once.
        one_task_edges: see `connected_components`.

    Returns:
        The checked pairs (`CHECKED_SCHEMA`), and the members of groups: node and root (long). A pair that was not checked has both ends in
        one group.
    """
    best = F.max(F.struct("bands", "anchors", F.bitwise_not("right").alias("hub")))
    nearest = pairs.groupBy("left").agg(best.alias("best")).select("left", F.bitwise_not("best.hub").alias("right"))
    first = keep(check_pairs(nearest, words, rule))
    members = keep(connected_components(first.where("is_copy"), one_task_edges=one_task_edges))
    left = members.select(F.col("node").alias("left"), F.col("root").alias("left_root"))
    right = members.select(F.col("node").alias("right"), F.col("root").alias("right_root"))
    unknown = pairs.join(first, ["left", "right"], "left_anti").join(left, "left", "left").join(right, "right", "left")
    apart = F.coalesce(F.col("left_root") != F.col("right_root"), F.lit(True))
    second = keep(check_pairs(unknown.where(apart), words, rule))
    checked = first.unionByName(second)
    if second.where("is_copy").take(1):
        members = keep(connected_components(checked.where("is_copy"), one_task_edges=one_task_edges))
    return checked, members


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
