"""Pairs of texts that copy each other: bands, buckets, star edges, exact check.

Every step is linear in the number of texts, however hot a bucket is: the shuffle carries 16 bytes a text and band, a bucket of n texts
gives n - 1 candidate
pairs (each text with the bucket's smallest key), and each candidate is checked on the words themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from udfs import buckets, minhash
from udfs.copy_text import normalise_all

PACKED_SCHEMA = "part int, packed binary"
PAIRS_SCHEMA = "left long, right long, times long"
CHECKED_SCHEMA = "left long, right long, similarity double"
SURE = 1_000_000  # what a shared band counts against shared anchors


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


def copy_pairs(texts: DataFrame, rule: TextRule) -> DataFrame:
    """Checked pairs of copies.

    Args:
        texts: columns key (long, one row a key) and text (string).
        rule: when two texts are copies.

    Returns:
        Columns left, right (long) and similarity, one row a pair; enough pairs to connect the copies, not all of them.
    """
    pairs = star_pairs(packed_bands(texts, rule))
    if rule.containment > 0:
        pairs = pairs.unionByName(star_pairs(packed_anchors(texts, rule), sized=True))
    candidates = pairs.groupBy("left", "right").agg(F.sum("times").alias("times")).where(F.col("times") >= 2)
    return check_pairs(candidates.select("left", "right"), texts, rule)


def packed_bands(texts: DataFrame, rule: TextRule) -> DataFrame:
    """Band hashes of all texts, packed by part."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for keys, words in _batches(batches, rule.minimum):
            hashes = minhash.text_bands(words, rule.shingle, rule.banding)
            entries = np.empty(hashes.size, dtype=buckets.ENTRY)
            entries["hash"] = hashes.ravel()
            entries["key"] = np.tile(keys, rule.banding.bands)
            yield from _packed(entries, rule.parts)

    return texts.select("key", "text").mapInArrow(work, PACKED_SCHEMA)


def packed_anchors(texts: DataFrame, rule: TextRule) -> DataFrame:
    """Fingerprints of long passages of all texts, with the texts' lengths, packed by part."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for keys, words in _batches(batches, max(rule.minimum, rule.anchor)):
            hashes, owners = minhash.anchors(words, rule.anchor, rule.anchor_window)
            entries = np.empty(len(hashes), dtype=buckets.SIZED_ENTRY)
            entries["hash"], entries["key"] = hashes, keys[owners]
            entries["size"] = np.fromiter(map(len, words), dtype=np.int32, count=len(words))[owners]
            yield from _packed(entries, rule.parts)

    return texts.select("key", "text").mapInArrow(work, PACKED_SCHEMA)


def star_pairs(packed: DataFrame, *, sized: bool = False) -> DataFrame:
    """Candidate pairs of packed hashes: every member of a bucket with the bucket's hub.

    Args:
        packed: columns part and packed.
        sized: entries carry a size; the hub is the largest, not the smallest key.

    Returns:
        Columns left, right, times (for how many buckets the pair speaks).
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        entries = buckets.unpack((value for batch in batches for value in batch.column("packed").to_pylist()), sized=sized)
        members, hubs, times = buckets.distinct_edges(*buckets.star_edges(entries))
        for begin in range(0, len(members), 100_000):
            part = slice(begin, begin + 100_000)
            counted = times[part] if sized else np.full(len(members[part]), SURE, dtype=np.int64)
            yield pa.RecordBatch.from_arrays(
                [pa.array(members[part]), pa.array(hubs[part]), pa.array(counted)], names=["left", "right", "times"]
            )

    return packed.repartition("part").mapInArrow(work, PAIRS_SCHEMA)


def check_pairs(pairs: DataFrame, texts: DataFrame, rule: TextRule, *, keep_all: bool = False) -> DataFrame:
    """Exact similarity of pairs of texts.

    Args:
        pairs: columns left and right (long), one row a pair.
        texts: columns key and text.
        rule: when two texts are copies.
        keep_all: also those that are no copies.

    Returns:
        Columns left, right, similarity: Jaccard, or containment of the shorter one where that makes them copies.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            left, right = (normalise_all(batch.column(name).to_pylist()) for name in ("text_left", "text_right"))
            sizes = minhash.overlaps(left, right, rule.shingle)
            similarity = minhash.jaccard(*sizes)
            if rule.containment > 0:
                contained = minhash.containment(*sizes)
                comparable = np.minimum(sizes[1], sizes[2]) >= rule.containment_share * np.maximum(sizes[1], sizes[2])
                counts = (similarity < rule.threshold) & (contained >= rule.containment) & comparable
                similarity = np.where(counts, contained, similarity)
                kept = keep_all | counts | (similarity >= rule.threshold)
            else:
                kept = keep_all | (similarity >= rule.threshold)
            columns = [
                batch.column("left").filter(pa.array(kept)),
                batch.column("right").filter(pa.array(kept)),
                pa.array(similarity[kept]),
            ]
            yield pa.RecordBatch.from_arrays(columns, names=["left", "right", "similarity"])

    with_left = pairs.join(texts.select(F.col("key").alias("left"), F.col("text").alias("text_left")), "left")
    both = with_left.join(texts.select(F.col("key").alias("right"), F.col("text").alias("text_right")), "right")
    return both.select("left", "right", "text_left", "text_right").mapInArrow(work, CHECKED_SCHEMA)


def _batches(batches: Iterable[pa.RecordBatch], minimum: int) -> Iterator[tuple[NDArray[np.int64], list[str]]]:
    """Keys and normalised texts of at least `minimum` characters, joined to batches of a size worth numpy's while."""
    keys: list[NDArray[np.int64]] = []
    words: list[str] = []
    characters = 0
    for batch in batches:
        normalised = normalise_all(batch.column("text").to_pylist())
        long_enough = np.fromiter((len(text) >= minimum for text in normalised), dtype=bool, count=len(normalised))
        keys.append(batch.column("key").to_numpy()[long_enough])
        fresh = [text for text in normalised if len(text) >= minimum]
        words += fresh
        characters += sum(map(len, fresh))
        if characters >= minhash.BATCH_CHARACTERS:
            yield np.concatenate(keys), words
            keys, words, characters = [], [], 0
    if words:
        yield np.concatenate(keys), words


def _packed(entries: buckets.Entries, parts: int) -> Iterator[pa.RecordBatch]:
    rows = list(buckets.pack(entries, parts))
    if rows:
        numbers, values = zip(*rows, strict=True)
        yield pa.RecordBatch.from_arrays([pa.array(numbers, pa.int32()), pa.array(values, pa.binary())], names=["part", "packed"])
