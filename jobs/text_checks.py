"""Exact check of candidate pairs of texts, and the groups of those that are copies.

A candidate is checked on the words themselves, unless its ends are known by then to stand in one group. For a check the text travels to its
hub, which comes once for every thousand of its members.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.components import connected_components, labels
from jobs.frames import Keep, counted
from jobs.text_copies import BATCH_BYTES, Candidates, TextRule, enough, in_batches
from udfs import minhash, pair_places, text_kernels
from udfs.copy_text import fold

PLACES_SCHEMA = "key long, hub long, place long"
SETTLED_SCHEMA = "left long, right long, similarity double, place long"
CHECKED_SCHEMA = "left long, right long, similarity double, is_copy boolean"


def check_pairs(pairs: DataFrame, texts: DataFrame, rule: TextRule) -> DataFrame:
    """Exact similarity of pairs of texts.

    Args:
        pairs: columns left and right (long), one row a pair.
        texts: columns key and text.
        rule: when two texts are copies.

    Returns:
        Columns left, right, similarity (Jaccard, or containment of the shorter one where that makes them copies) and is_copy.
    """
    return check_places(places_of(pairs), texts, rule)


def places_of(pairs: DataFrame) -> DataFrame:
    """Who has to come where for pairs (columns left and right) to be compared: `PLACES_SCHEMA`."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            yield from in_batches(PLACES_SCHEMA, *pair_places.assigned(*(batch.column(name).to_numpy() for name in ("left", "right"))))

    return pairs.select("left", "right").mapInArrow(work, PLACES_SCHEMA)


def check_places(places: DataFrame, texts: DataFrame, rule: TextRule) -> DataFrame:
    """Exact similarity of texts with the hubs that they meet: `CHECKED_SCHEMA`.

    Args:
        places: columns key, hub, place (long), see `pair_places.assigned`.
        texts: columns key and text.
        rule: when two texts are copies.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        held = list(batches)
        if not held:
            return
        keys, hubs, places = (np.concatenate([batch.column(name).to_numpy() for batch in held]) for name in ("key", "hub", "place"))
        texts = pa.concat_arrays([batch.column("text").cast(pa.large_string()) for batch in held])
        held.clear()
        order = np.argsort(places, kind="stable")
        for rows in _cuts(order, places[order], pc.binary_length(texts).fill_null(0).to_numpy()[order]):
            words = fold(texts.take(pa.array(rows)))
            members, centres = pair_places.met(keys[rows], hubs[rows])
            sizes = text_kernels.overlaps(words.codes, words.starts, words.ends, members, centres, rule.shingle)
            yield from in_batches(CHECKED_SCHEMA, keys[rows][members], hubs[rows][members], *judged(*sizes, rule))

    met = texts.select("key", "text").join(places, "key")
    return met.select("key", "hub", "place", "text").repartition("place").mapInArrow(work, CHECKED_SCHEMA)


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


def words_of(candidates: Candidates, texts: DataFrame, *, keep: Keep) -> DataFrame:
    """The rows of `texts` (column key) that stand in some pair that is worth checking, worked out once."""
    needed = candidates.rows.where(F.col("place").isNotNull() | (F.col("left") == F.col("right"))).select(F.col("left").alias("key"))
    return keep(texts.join(needed, "key", "left_semi"))


@dataclass(frozen=True)
class Groups:
    """What checks have shown so far.

    Attributes:
        checked: The checked pairs (`CHECKED_SCHEMA`).
        members: The members of groups: node and root (the smallest node), long, and similarity to the root (null: not checked).
        unknown: Members whose similarity to the root is not known.
        places: What has to be checked yet (`PLACES_SCHEMA`).
        unchecked: Rows of `places`.
    """

    checked: DataFrame
    members: DataFrame
    unknown: int
    places: DataFrame
    unchecked: int


def connecting_checks(candidates: Candidates, words: DataFrame, rule: TextRule, *, keep: Keep, one_task_edges: int) -> Groups:
    """Checks as many pairs as it takes to know the groups: each text with its best hub, then what these leave apart.

    A pair that was not checked has both ends in one group.

    Args:
        candidates: the pairs.
        words: columns key and text of all ends of pairs.
        rule: when two texts are copies.
        keep: works a frame out once.
        one_task_edges: see `connected_components`.
    """
    at_once = candidates.first + candidates.others <= one_task_edges
    place = F.col("place")
    nearest = candidates.rows.where(place.isNotNull()).select(F.col("left").alias("key"), F.col("right").alias("hub"), "place")
    first = keep(check_places(nearest, words, rule))
    others = candidates.rows.where(place.isNull() & (F.col("left") != F.col("right")) & enough()).select("left", "right")
    groups = settle(first, others, keep=keep, one_task_edges=one_task_edges if at_once else 0)
    if not groups.unchecked:
        return groups
    second, seen = counted(check_places(groups.places, words, rule), keep, copies=F.col("is_copy"))
    checked = first.unionByName(second)
    if seen["copies"]:
        return settle(checked, others.limit(0), keep=keep, one_task_edges=one_task_edges if at_once else 0)
    return replace(groups, checked=checked)


def settle(checked: DataFrame, others: DataFrame, *, keep: Keep, one_task_edges: int) -> Groups:
    """Groups of checked pairs, and where the other candidates have to be checked, if their ends are apart.

    Args:
        checked: columns of `CHECKED_SCHEMA`, cheap to read again.
        others: columns left and right, cheap to read again.
        keep: works a frame out once.
        one_task_edges: not 0: one task takes all of this. 0: see `connected_components`.
    """
    here = F.col("place").isNull()
    if one_task_edges:
        nothing = [F.lit(None).cast(kind).alias(name) for name, kind in (("similarity", "double"), ("is_copy", "boolean"))]
        rows = checked.unionByName(others.select("left", "right", *nothing)).coalesce(1).mapInArrow(_settled, SETTLED_SCHEMA)
        settled, seen = counted(rows, keep, unknown=here & F.col("similarity").isNull(), unchecked=~here)
        members = settled.where(here).select(F.col("left").alias("node"), F.col("right").alias("root"), "similarity")
        places = settled.where(~here).select(F.col("left").alias("key"), F.col("right").alias("hub"), "place")
        return Groups(checked, members, seen["unknown"], places, seen["unchecked"])
    grown = keep(connected_components(checked.where("is_copy"), one_task_edges=0))
    ends = (("left", "right"), ("right", "left"))
    turned = [checked.select(F.col(one).alias("node"), F.col(other).alias("root"), "similarity") for one, other in ends]
    known = turned[0].unionByName(turned[1]).groupBy("node", "root").agg(F.max("similarity").alias("similarity"))
    similarity = F.when(F.col("node") == F.col("root"), 1.0).otherwise(F.col("similarity")).alias("similarity")
    members, seen = counted(
        grown.join(known, ["node", "root"], "left").select("node", "root", similarity), keep, unknown=F.col("similarity").isNull()
    )
    for end in ("left", "right"):
        others = others.join(grown.select(F.col("node").alias(end), F.col("root").alias(f"{end}_root")), end, "left")
    apart = others.where(~F.coalesce(F.col("left_root") == F.col("right_root"), F.lit(False)))
    places, waiting = counted(places_of(apart), keep, unchecked=F.lit(True))
    return Groups(checked, members, seen["unknown"], places, waiting["unchecked"])


def _settled(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """`settle` in one task: rows of `SETTLED_SCHEMA`, members (no place) and what comes to places."""
    held = list(batches)
    if not held:
        return
    table = pa.Table.from_batches(held)
    left, right = (table[name].to_numpy() for name in ("left", "right"))
    known, is_copy = table["is_copy"].is_valid().to_numpy(), table["is_copy"].fill_null(False).to_numpy()
    nodes, roots = labels(left[is_copy], right[is_copy])
    similarity = pair_places.settled(left[known], right[known], table["similarity"].to_numpy()[known], nodes, roots)
    none = pa.nulls(len(nodes), pa.int64())
    yield from in_batches(SETTLED_SCHEMA, nodes, roots, pa.array(similarity, from_pandas=True), none)
    open_pairs = np.flatnonzero(~known)
    open_pairs = open_pairs[pair_places.apart(left[open_pairs], right[open_pairs], nodes, roots)]
    keys, hubs, places = pair_places.assigned(left[open_pairs], right[open_pairs])
    yield from in_batches(SETTLED_SCHEMA, keys, hubs, pa.nulls(len(keys), pa.float64()), places)


def _cuts(order: NDArray[np.int64], places: NDArray[np.int64], sizes: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Rows of whole places, some `BATCH_BYTES` at a time.

    Args:
        order: numbers of the rows by place.
        places: of these rows.
        sizes: of these rows [bytes].
    """
    starts = np.flatnonzero(np.concatenate([np.ones(min(1, len(places)), dtype=bool), places[1:] != places[:-1]]))
    turns = (np.concatenate([[0], np.cumsum(sizes)])[starts]) // BATCH_BYTES
    cuts = starts[np.concatenate([np.ones(min(1, len(turns)), dtype=bool), turns[1:] != turns[:-1]])]
    for begin, end in zip(cuts.tolist(), [*cuts[1:].tolist(), len(order)], strict=True):
        yield order[begin:end]
