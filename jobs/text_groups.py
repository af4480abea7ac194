"""Groups of texts found where their members meet, when the candidates are so few that one task can tell who may belong together.

What candidate pairs connect, checked or not, goes to one place, each text once; there the pairs are checked, the groups formed, named and
compared with their keepers, while the tasks that have nothing to compare pass on all other texts. That takes three Spark jobs where
`jobs.text_checks`, which has no such limit, takes ten; the groups are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.components import labels
from jobs.frames import Keep, observed
from jobs.text_checks import judged
from jobs.text_copies import TextRule, in_batches, unpacked_pairs
from udfs import bucket_kernels, buckets, pair_places, text_kernels
from udfs.copy_text import Folded, fold

MEETINGS_SCHEMA = "part int, key long, pairs binary, largest int"
MARKED_SCHEMA = "id string, group_id string, is_keeper boolean, similarity double"
MOST_MEMBERS = 200_000  # of one meeting: some 500 MB in a task where texts have 500 characters


@dataclass(frozen=True)
class Meetings:
    """Who meets where.

    Attributes:
        rows: Columns part, key (a text that comes to the part) and pairs (null; or without a key the pairs to be checked there, packed as
            `buckets.PAIR`, with one band where the pair is its left end's best).
        largest: Texts that candidate pairs connect, at most.
    """

    rows: DataFrame
    largest: int


def meetings(pairs: DataFrame, rule: TextRule, *, keep: Keep) -> Meetings:
    """Sends what candidate pairs connect to one part.

    Args:
        pairs: columns of `PACKED_PAIRS_SCHEMA`, no more than one task holds.
        rule: when two texts are copies.
        keep: works a frame out once.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        left, right, bands, anchors = unpacked_pairs(batches)
        best = np.zeros(len(left), dtype=np.int32)
        best[bucket_kernels.nearest(left, right, bands, anchors)] = 1
        worth = (bands >= 1) | (anchors >= 2)
        left, right, best = left[worth], right[worth], best[worth]
        if not len(left):
            return
        nodes, smallest, ends = bucket_kernels.components(left, right)
        part = buckets.parts_of(nodes[smallest], rule.parts)
        none = pa.nulls(len(nodes), pa.binary())
        yield from in_batches(MEETINGS_SCHEMA, part, nodes, none, pa.nulls(len(nodes), pa.int32()))
        packed = np.zeros(len(left), dtype=buckets.PAIR)
        packed["left"], packed["right"], packed["bands"] = left, right, best
        rows = list(buckets.pack_numbered(packed, part[ends], rule.parts))
        arrays = [
            pa.array([number for number, _ in rows], pa.int32()),
            pa.nulls(len(rows), pa.int64()),
            pa.array([content for _, content in rows], pa.binary()),
            pa.array([int(np.bincount(smallest).max())] * len(rows), pa.int32()),
        ]
        yield pa.RecordBatch.from_arrays(arrays, names=["part", "key", "pairs", "largest"])

    rows = pairs.select("pairs").coalesce(1).mapInArrow(work, MEETINGS_SCHEMA)
    kept, seen = observed(rows, keep, largest=F.max("largest"))
    return Meetings(kept.drop("largest"), seen["largest"])


def marked(texts: DataFrame, key: Column, met: Meetings, rule: TextRule) -> DataFrame:
    """All texts: `MARKED_SCHEMA`; a group has its smallest id as name, its smallest key is the keeper.

    Args:
        texts: columns id and text.
        key: their keys.
        met: who meets where.
        rule: when two texts are copies.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        held = list(batches)
        if not held:
            return
        table = pa.Table.from_batches(held)
        held.clear()
        here = table.filter(pc.is_valid(table["pairs"]))
        pairs: dict[int, list[bytes]] = {}
        for part, content in zip(here["part"].to_pylist(), here["pairs"].to_pylist(), strict=True):
            pairs.setdefault(part, []).append(content)
        came = pa.table({name: table[name] for name in ("part", "key", "id")}).combine_chunks()
        texts = table["text"].cast(pa.large_string()).combine_chunks()  # small strings hold 2 GB
        del here, table
        part, key = came["part"].to_numpy(), came["key"].fill_null(0).to_numpy()
        rows = np.flatnonzero(came["key"].is_valid())
        rows = rows[np.lexsort((key[rows], part[rows]))]
        ends = np.searchsorted(part[rows], np.arange(rule.parts + 1))
        for number in sorted(pairs):
            members = rows[ends[number] : ends[number + 1]]
            if len(members):
                ids = came["id"].chunk(0).take(pa.array(members))
                yield from _grouped(key[members], ids, fold(texts, members), buckets.unpack_pairs(iter(pairs[number])), rule)

    # the same filters and no computed column below both joins: Spark then broadcasts once, Delta lists the table's files once
    rows = met.rows.where("key is not null and part is not null").select("part", "key")
    placed = texts.join(F.broadcast(rows), key == F.col("key"), "left")
    nothing = [F.lit(None).cast(kind).alias(name) for name, kind in (("key", "long"), ("id", "string"), ("text", "string"))]
    members = placed.where("part is not null").select("part", "key", "id", "text", F.lit(None).cast("binary").alias("pairs"))
    packed = met.rows.where("key is null").select("part", *nothing, "pairs")
    grouped = members.unionByName(packed).repartition("part").mapInArrow(work, MARKED_SCHEMA)
    alone = placed.where("part is null").select("id", F.col("id").alias("group_id"), F.lit(True).alias("is_keeper"))
    return grouped.unionByName(alone.withColumn("similarity", F.lit(1.0)))


def _grouped(keys: NDArray[np.int64], ids: pa.Array, words: Folded, pairs: buckets.Pairs, rule: TextRule) -> Iterator[pa.RecordBatch]:
    """The texts of one part (ascending keys, each once) in groups by its candidate pairs."""
    left, right, best = np.ascontiguousarray(pairs["left"]), np.ascontiguousarray(pairs["right"]), pairs["bands"] > 0
    similarity, is_copy = np.zeros(len(left)), np.zeros(len(left), dtype=np.bool_)

    similarity[best], is_copy[best] = _checked(words, keys, left[best], right[best], rule)
    nodes, roots = labels(left[is_copy], right[is_copy])
    others = np.flatnonzero(~best)
    others = others[pair_places.apart(left[others], right[others], nodes, roots)]
    similarity[others], is_copy[others] = _checked(words, keys, left[others], right[others], rule)
    if is_copy[others].any():
        nodes, roots = labels(left[is_copy], right[is_copy])
    alone = ids.take(np.flatnonzero(~np.isin(keys, nodes)))
    yield from in_batches(MARKED_SCHEMA, alone, alone, np.ones(len(alone), dtype=np.bool_), np.ones(len(alone)))
    if not len(nodes):
        return

    checked = best.copy()
    checked[others] = True
    to_root = pair_places.settled(left[checked], right[checked], similarity[checked], nodes, roots)
    unknown = np.isnan(to_root)
    to_root[unknown], _ = _checked(words, keys, nodes[unknown], roots[unknown], rule)
    members = pa.table({"root": roots, "id": ids.take(np.searchsorted(keys, nodes)), "key": nodes, "similarity": to_root})
    ordered = members.sort_by([("root", "ascending"), ("id", "ascending")])
    owners = ordered["root"].to_numpy()
    starts = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
    names = ordered["id"].take(np.repeat(starts, np.diff(np.append(starts, len(owners)))))
    is_keeper = ordered["key"].to_numpy() == owners
    yield from in_batches(
        MARKED_SCHEMA, ordered["id"].combine_chunks(), names.combine_chunks(), is_keeper, ordered["similarity"].to_numpy()
    )


def _checked(
    words: Folded, keys: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64], rule: TextRule
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Exact similarity of pairs of texts (ascending keys), and whether it makes them copies."""
    members, centres = np.searchsorted(keys, left), np.searchsorted(keys, right)
    return judged(*text_kernels.overlaps(words.codes, words.starts, words.ends, members, centres, rule.shingle), rule)
