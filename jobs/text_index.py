"""The stored band index (tables `text_bands`, `text_pairs`): built in one go, probed by what changed.

`text_bands` holds the buckets, packed by slot (see `udfs.band_index`); an increment adds rows for the hashes that came and rows for those
that went. `text_pairs` is a log of the candidate pairs: what each run added to the number of buckets that speak for a pair, and its
similarity once checked. Both carry the version of `posts` that a run worked on, and so do their commits: what a killed run left behind is
recognised and taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs import text_copies
from jobs.frames import Keep
from jobs.lake import Lake
from jobs.text_copies import PACKED_PAIRS_SCHEMA, PACKED_SCHEMA, PAIRS_SCHEMA, TextRule
from udfs import band_index, buckets
from udfs.copy_text import fold

ROWS_SCHEMA = "slot int, anchor boolean, removed boolean, entries binary"
FOUND_SCHEMA = "slot int, anchor boolean, role int, entries binary"
STATE_SCHEMA = "left long, right long, bands int, anchors int, similarity double, is_copy boolean"
STORED, ADDED, REMOVED = 0, 1, 2


@dataclass(frozen=True)
class Index:
    """The state of the index, as the commits of its tables note it.

    Attributes:
        base: Version of `posts` on which it was built.
        version: Version of `posts` that it stands at.
        runs: Increments since it was built.
        buried: Whether entries went since.
    """

    base: int
    version: int
    runs: int = 0
    buried: bool = False

    @property
    def note(self) -> dict[str, int]:
        """For the commits of its tables."""
        return {"base": self.base, "version": self.version, "runs": self.runs, "buried": int(self.buried)}


def stored_index(lake: Lake, known: int, *, most_runs: int) -> Index | None:
    """The index as it stood at the last finished run; what a killed run added is taken back.

    Args:
        lake: the tables.
        known: version of `posts` up to which the last finished run went.
        most_runs: an index of more increments is built anew.

    Returns:
        None: the index has to be built anew.
    """
    bands, pairs = lake.note("text_bands"), lake.note("text_pairs")
    if bands is None or bands["base"] > known or bands["runs"] >= most_runs:
        return None
    if lake.version("text_pairs") < 0 or (pairs is not None and pairs["base"] != bands["base"]):
        return None
    for name, note in (("text_bands", bands), ("text_pairs", pairs)):
        if note is not None and note["version"] > known:
            lake.remove(name, F.col("version") > known)
    return Index(bands["base"], known, bands["runs"], bool(bands["buried"]))


def build(lake: Lake, texts: DataFrame, rule: TextRule, *, slots: int, index: Index) -> DataFrame:
    """Writes the index of all texts anew; returns its candidate pairs (`PACKED_PAIRS_SCHEMA`, perhaps several entries a pair).

    Args:
        lake: the tables.
        texts: columns key and text.
        rule: when two texts are copies.
        slots: number of slots, a power of two of at least `rule.parts`.
        index: its state.
    """
    rows = merged_rows(text_copies.packed_hashes(texts, rule), slots=slots)
    lake.overwrite("text_bands", rows.select("*", *stamps(index)), note=index.note)

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:  # a bucket lies within one row
            rows = zip(batch.column("anchor").to_pylist(), batch.column("entries").to_pylist(), strict=True)
            yield from text_copies.stars(((anchor, buckets.unpack(iter([content]), sized=anchor)) for anchor, content in rows), rule.parts)

    return lake.read("text_bands").select("anchor", "entries").mapInArrow(work, PACKED_PAIRS_SCHEMA)


def grow(lake: Lake, changes: DataFrame, rule: TextRule, *, slots: int, stood: Index, now: Index, keep: Keep) -> DataFrame:
    """Adds changed texts to the index; tells by how much the counts of candidate pairs grow (`PAIRS_SCHEMA`, one row a pair).

    Args:
        lake: the tables.
        changes: columns key, old_text and new_text (null: none).
        rule: when two texts are copies.
        slots: number of slots, as when the index was built.
        stood: the index as it stood.
        now: as it will stand.
        keep: works a frame out once.
    """
    rows = keep(merged_rows(packed_changes(changes, rule), slots=slots))
    found = probed(lake.read("text_bands"), rows, buried=stood.buried, keep=keep)
    moved = keep(text_copies.added_up(moved_pairs(found.unionByName(rows.select("slot", "anchor", _role(), "entries")))))
    lake.append("text_bands", rows.select("*", *stamps(now)), note=now.note)
    return moved


def packed_changes(changes: DataFrame, rule: TextRule) -> DataFrame:
    """Hashes of changed texts, packed by part: the columns of `PACKED_SCHEMA`."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            for name, removed in (("old_text", True), ("new_text", False)):
                there = batch.filter(batch.column(name).is_valid())
                for anchor, entries in text_copies.hash_entries(there.column("key").to_numpy(), fold(there.column(name)), rule):
                    yield from text_copies.packed_batch(entries, rule.parts, anchor=anchor, removed=removed)

    return changes.select("key", "old_text", "new_text").mapInArrow(work, PACKED_SCHEMA)


def merged_rows(packed: DataFrame, *, slots: int) -> DataFrame:
    """Rows of the index (`ROWS_SCHEMA`) from hashes packed by part."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        held: dict[tuple[int, bool, bool], list[bytes]] = {}
        for batch in batches:
            columns = (batch.column(name).to_pylist() for name in ("part", "anchor", "removed", "packed"))
            for part, anchor, removed, content in zip(*columns, strict=True):
                held.setdefault((part, anchor, removed), []).append(content)
        for part, anchor, removed in sorted(held):
            entries = band_index.ranked(buckets.lengthened(iter(held.pop((part, anchor, removed))), sized=anchor))
            for rows in _chunks(band_index.rows_of(entries, slots), 64):
                count = len(rows)
                arrays = [
                    pa.array([slot for slot, _ in rows], pa.int32()),
                    pa.array([anchor] * count, pa.bool_()),
                    pa.array([removed] * count, pa.bool_()),
                    pa.array([content for _, content in rows], pa.binary()),
                ]
                yield pa.RecordBatch.from_arrays(arrays, names=["slot", "anchor", "removed", "entries"])

    return packed.select("part", "anchor", "removed", "packed").repartition("part").mapInArrow(work, ROWS_SCHEMA)


def probed(stored: DataFrame, rows: DataFrame, *, buried: bool, keep: Keep) -> DataFrame:
    """What of the stored rows the changes touch: `FOUND_SCHEMA`, role `STORED`; what two changes touch comes twice.

    Args:
        stored: rows of `text_bands`.
        rows: those of the increment.
        buried: whether entries went before.
        keep: works a frame out once.
    """
    around, living = rows.select("slot", "anchor", F.col("entries").alias("changes")), stored
    if buried:
        graves = stored.where("removed").groupBy("slot", "anchor")
        dead = graves.agg(F.collect_list("entries").alias("dead"), F.collect_list("version").alias("dead_at"))
        # of known size, so that where it is small it goes to the stored rows and not they to it
        around, living = keep(around.join(dead, ["slot", "anchor"], "left")), stored.where(~F.col("removed"))
    else:
        around = around.select("*", F.lit(None).cast("array<binary>").alias("dead"), F.lit(None).cast("array<long>").alias("dead_at"))

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            slots, anchors, results = [], [], []
            names = ("slot", "anchor", "version", "entries", "changes", "dead", "dead_at")
            for slot, anchor, version, content, came, dead, dead_at in zip(
                *(batch.column(name).to_pylist() for name in names), strict=True
            ):
                later = [part for part, when in zip(dead or [], dead_at or [], strict=True) if when > version]
                held, changes, gone = (buckets.unpack(iter(parts), sized=anchor) for parts in ([content], [came], later))
                entries = band_index.touched(held, changes, band_index.fingerprints(gone))
                if len(entries):
                    slots.append(slot)
                    anchors.append(anchor)
                    results.append(entries.tobytes())
            arrays = [
                pa.array(slots, pa.int32()),
                pa.array(anchors, pa.bool_()),
                pa.array([STORED] * len(slots), pa.int32()),
                pa.array(results, pa.binary()),
            ]
            yield pa.RecordBatch.from_arrays(arrays, names=["slot", "anchor", "role", "entries"])

    joined = living.select("slot", "anchor", "version", "entries").join(around, ["slot", "anchor"])
    columns = ("slot", "anchor", "version", "entries", "changes", "dead", "dead_at")
    return joined.select(*columns).mapInArrow(work, FOUND_SCHEMA)


def moved_pairs(found: DataFrame) -> DataFrame:
    """Growth of the counts of pairs (`PAIRS_SCHEMA`; a pair may come from several tasks) from stored, added and removed entries."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        held: dict[tuple[bool, int], list[bytes]] = {(anchor, role): [] for anchor in (False, True) for role in (STORED, ADDED, REMOVED)}
        for batch in batches:
            columns = (batch.column(name).to_pylist() for name in ("anchor", "role", "entries"))
            for anchor, role, content in zip(*columns, strict=True):
                held[anchor, role].append(content)
        for anchor in (False, True):
            stored, added, removed = (buckets.unpack(iter(held[anchor, role]), sized=anchor) for role in (STORED, ADDED, REMOVED))
            yield from text_copies.pair_batches(*band_index.changed_stars([stored], added, removed), anchor=anchor)

    return found.repartition("slot").mapInArrow(work, PAIRS_SCHEMA)


def state_of(log: DataFrame) -> DataFrame:
    """Pairs as they stand, from rows of `text_pairs`: `STATE_SCHEMA`, one row a pair that some bucket speaks for."""
    checked = F.max_by(F.struct("similarity", "is_copy"), F.when(F.col("is_copy").isNotNull(), F.col("version")))
    sums = [F.sum(name).cast("int").alias(name) for name in ("bands", "anchors")]
    state = log.groupBy("left", "right").agg(*sums, checked.alias("checked"))
    return state.where((F.col("bands") != 0) | (F.col("anchors") != 0)).select(
        "left", "right", "bands", "anchors", "checked.similarity", "checked.is_copy"
    )


def logged(pairs: DataFrame, index: Index) -> DataFrame:
    """Rows of `text_pairs`: what this run adds to a pair's counts, and its similarity where it was checked."""
    return pairs.select("left", "right", "bands", "anchors", "similarity", "is_copy", *stamps(index))


def stamps(index: Index) -> list[Column]:
    """Which run wrote a row."""
    return [F.lit(index.version).alias("version"), F.lit(index.base).alias("base")]


def _role() -> Column:
    return F.when(F.col("removed"), REMOVED).otherwise(ADDED).alias("role")


def _chunks(rows: Iterator[tuple[int, bytes]], size: int) -> Iterator[list[tuple[int, bytes]]]:
    held: list[tuple[int, bytes]] = []
    for row in rows:
        held.append(row)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
