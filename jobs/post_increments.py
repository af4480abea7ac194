"""Groups of posts that copy each other, brought up to date as far as what changed reaches.

An increment learns from the band index which pairs came and which went (`jobs.post_moves`). Groups that only gained are taken as they
stand, each as one node; a group that lost a pair whose ends the new pairs do not connect, or a member that changed or went, is taken apart
and put together again from its pairs. The rows are those that one pass over all posts would give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs import text_checks, text_index
from jobs.components import MEMBERS_SCHEMA, connected_components, labels
from jobs.frames import counted
from jobs.job import Job
from jobs.lake import ACTION, Written
from jobs.post_groups import measured, post_text, with_keepers
from jobs.post_moves import Moves, ends_of, pair_moves
from jobs.settings import CopySettings
from jobs.tables import TABLES
from jobs.text_copies import TextRule, enough, in_batches
from jobs.text_index import Index

EDGE, LOST, STANDS, CHANGED = range(4)


def mark_changed(job: Job, posts: DataFrame, changes: DataFrame, had: int, rule: TextRule, copies: CopySettings, *, stood: Index) -> None:
    """Brings `post_copies` up to date by what changed.

    Args:
        job: the run.
        posts: all posts as from `keyed`.
        changes: columns post_id, old and new (rows of posts as structs, null: none), cheap to read again, see `Lake.changes`.
        had: how many of them were there before.
        rule: when two texts are copies.
        copies: all settings of copies.
        stood: the band index at the version that the changes begin with.
    """
    changed = changes.select(
        F.xxhash64("post_id").alias("key"),
        "post_id",
        F.when(F.col("old").isNotNull(), post_text("old")).alias("old_text"),
        F.when(F.col("new").isNotNull(), post_text("new")).alias("new_text"),
    )
    now = Index(stood.base, job.versions["posts"], stood.runs + 1, stood.buried or had > 0)
    moves = pair_moves(job, posts, changed, had, rule, copies, stood=stood, now=now)
    roots, parted = _regrouped(moves, job, copies)
    members = moves.members.where(~F.coalesce("gone", F.lit(False))).withColumn("node", F.xxhash64("group_id"))
    words, news = moves.words, moves.news
    if parted:
        apart = roots.where(F.col("root").isNull()).select("node", F.lit(True).alias("apart"))
        is_apart = F.coalesce("apart", F.lit(False))
        members, seen = counted(
            members.join(apart, "node", "left").withColumn("apart", is_apart), job.keep, unread=F.col("apart") & F.col("unread")
        )
        loose = members.where("apart").select("key")
        if seen["unread"]:
            missing = loose.join(words.select("key"), "key", "left_anti")
            words = words.unionByName(job.keep(posts.join(moves.near(missing), "key", "left_semi")))
        members = members.withColumn("node", F.when(F.col("apart"), F.col("key")).otherwise(F.col("node")))
        nodes = members.select("key", "node")
        edges = _renamed(_renamed(moves.all.where("now").select("left", "right"), nodes, "left"), nodes, "right")
        inner, checked = _inner_edges(job, loose, moves, words, rule)
        news = news.unionByName(text_index.logged(checked, now))
        graph = job.keep(edges.unionByName(inner))
        roots = connected_components(graph, one_task_edges=copies.one_task_edges)
    else:
        members = members.withColumn("apart", F.lit(False))
    job.lake.append("text_pairs", news, note=now.note)
    fresh = changed.where(F.col("new_text").isNotNull()).join(members.select("key"), "key", "left_anti")
    everyone = members.select("*", F.lit(False).alias("fresh")).unionByName(
        fresh.select("key", "post_id", F.col("key").alias("node"), F.lit(False).alias("apart"), F.lit(True).alias("fresh")),
        allowMissingColumns=True,
    )
    placed = everyone.join(roots, "node", "left").withColumn("root", F.coalesce("root", "node"))
    rows = _rows(job, placed, moves, words, posts, rule)
    gone = moves.members.where("gone").select(*TABLES["post_copies"].columns, F.lit("delete").alias(ACTION))
    kinds = {kind: F.col(ACTION) == kind for kind in ("insert", "update", "delete")}
    difference, seen = counted(rows.unionByName(gone), job.keep, **kinds)
    job.change("post_copies", difference, Written(seen["insert"], seen["update"], seen["delete"]))


def _regrouped(moves: Moves, job: Job, copies: CopySettings) -> tuple[DataFrame, int]:
    """Which groups the pairs join, each taken as one node (hash of the group's id; else the post's key).

    Returns:
        Columns node and root, the root null for groups that have to be put together again; how many these are. Without such groups every
        node that has an edge has its root.
    """
    role = F.when(F.col("now"), EDGE).when(F.col("before"), LOST).alias("role")
    pairs = moves.all.where("now or before").select("left", "right", role)
    named = F.col("gone").isNotNull()
    ends = moves.members.where(named).union(moves.members.where(~named).join(moves.near(ends_of(pairs)), "key", "left_semi"))
    placed = ends.select("key", F.xxhash64("group_id"), F.when(named, CHANGED).otherwise(STANDS))
    rows = pairs.union(placed)
    if moves.near is F.broadcast:
        return _counted_roots(rows.coalesce(1).mapInArrow(_join_groups, MEMBERS_SCHEMA), job)
    labels = job.keep(connected_components(rows.where(F.col("role") == EDGE), one_task_edges=copies.one_task_edges))
    lost = rows.where(F.col("role") == LOST)
    for end in ("left", "right"):
        lost = lost.join(labels.select(F.col("node").alias(end), F.col("root").alias(f"{end}_root")), end, "left")
    parted = ends_of(lost.where(~F.coalesce(F.col("left_root") == F.col("right_root"), F.lit(False))))
    changed = rows.where(F.col("role") == CHANGED).select(F.col("left").alias("key"))
    stands = placed.toDF("key", "node", "role").select("key", "node")
    apart = stands.join(parted.union(changed), "key", "left_semi").select("node", F.lit(None).cast("long").alias("root")).distinct()
    edges = _renamed(_renamed(rows.where(F.col("role") == EDGE), stands, "left"), stands, "right")
    roots = connected_components(job.keep(edges), one_task_edges=copies.one_task_edges)
    return _counted_roots(apart.unionByName(roots.join(apart, "node", "left_anti")), job)


def _counted_roots(roots: DataFrame, job: Job) -> tuple[DataFrame, int]:
    kept, seen = counted(roots, job.keep, parted=F.col("root").isNull())
    return kept, seen["parted"]


def _join_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """`_regrouped` in one task."""
    held = list(batches)
    if not held:
        return
    table = pa.Table.from_batches(held)
    left, right, role = (table[name].to_numpy() for name in ("left", "right", "role"))
    is_edge, lost, placed = role == EDGE, role == LOST, role >= STANDS
    keys, groups = left[placed], right[placed]
    order = np.argsort(keys)
    keys, groups = keys[order], groups[order]
    nodes, roots = labels(left[is_edge], right[is_edge])
    parted = lost & (_looked_up(left, nodes, roots) != _looked_up(right, nodes, roots))
    apart = np.intersect1d(groups, _looked_up(np.concatenate([left[parted], right[parted], left[role == CHANGED]]), keys, groups))
    nodes, roots = labels(_looked_up(left[is_edge], keys, groups), _looked_up(right[is_edge], keys, groups))
    whole = ~np.isin(nodes, apart)
    yield from in_batches(MEMBERS_SCHEMA, nodes[whole], roots[whole])
    yield from in_batches(MEMBERS_SCHEMA, apart, pa.nulls(len(apart), pa.int64()))


def _looked_up(keys: NDArray[np.int64], names: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The value of each key by names in ascending order; the key itself where it has none."""
    if not len(names):
        return keys
    places = np.minimum(np.searchsorted(names, keys), len(names) - 1)
    return np.where(names[places] == keys, values[places], keys)


def _inner_edges(job: Job, loose: DataFrame, moves: Moves, words: DataFrame, rule: TextRule) -> tuple[DataFrame, DataFrame]:
    """Edges within groups that are put together again, as far as the increment leaves them as they were: left, right.

    Returns:
        The edges; pairs that were checked for them, as `text_index.logged` takes them.
    """
    of_groups = moves.log.join(loose.withColumnRenamed("key", "left"), "left", "left_semi")
    state = job.keep(text_index.state_of(of_groups.join(moves.all, ["left", "right"], "left_anti")).where(enough()))
    unchecked = state.where(F.col("is_copy").isNull()).select("left", "right")
    checked = job.keep(text_checks.check_pairs(unchecked, words, rule))
    edges = state.where("is_copy").select("left", "right").unionByName(checked.where("is_copy").select("left", "right"))
    return edges, checked.select("*", *(F.lit(0).alias(name) for name in ("bands", "anchors")))


def _rows(job: Job, placed: DataFrame, moves: Moves, words: DataFrame, posts: DataFrame, rule: TextRule) -> DataFrame:
    """Rows of `post_copies` of the placed posts that are new or other than they were, with `ACTION`."""
    alone = F.col("fresh") | F.col("apart")
    heads = with_keepers(  # of whole groups the keeper speaks for all
        placed.where(alone | F.col("is_keeper")).join(words.select(measured()), "key", "left"),
        smallest=F.when(alone, F.col("post_id")).otherwise(F.col("group_id")),
        stood=F.when(~alone, F.col("group_id")),
    )
    best = heads.where(F.col("key") == F.col("keeper_key")).select("root", "new_group", "keeper_key", "stood")
    is_keeper = F.col("key") == F.col("keeper_key")
    same = ~alone & F.coalesce(F.col("stood") == F.col("group_id"), F.lit(False))
    moved = ~same | F.col("is_keeper") | (F.col("group_id") != F.col("new_group"))
    ruled = placed.join(moves.near(best), "root").where(moved)
    pairs = moves.all.where(F.col("similarity").isNotNull())
    ends = (("left", "right"), ("right", "left"))
    turned = [
        pairs.select(F.col(one).alias("key"), F.col(other).alias("keeper_key"), F.col("similarity").alias("rated")) for one, other in ends
    ]
    known = turned[0].union(turned[1]).dropDuplicates(["key", "keeper_key"])  # by bands and by anchors a pair may stand either way round
    rated = F.when(is_keeper, F.lit(1.0)).when(same, F.col("similarity")).otherwise(F.round("rated", 6))
    ruled, seen = counted(
        ruled.join(known, ["key", "keeper_key"], "left").withColumn("rated", rated),
        job.keep,
        unrated=F.col("rated").isNull(),
        unread=F.col("rated").isNull() & F.col("unread"),
    )
    if seen["unrated"]:
        to_rate = ruled.where(F.col("rated").isNull()).select(F.col("key").alias("left"), F.col("keeper_key").alias("right"))
        if seen["unread"]:
            words = job.keep(posts.join(moves.near(ends_of(to_rate)), "key", "left_semi"))
        checked = text_checks.check_pairs(to_rate, words, rule).select(
            F.col("left").alias("key"), F.round("similarity", 6).alias("checked")
        )
        ruled = ruled.join(checked, "key", "left").withColumn("rated", F.coalesce("rated", "checked"))
    differs = (
        (F.col("group_id") != F.col("new_group")) | (F.col("is_keeper") != is_keeper) | ~F.col("similarity").eqNullSafe(F.col("rated"))
    )
    action = F.when(F.col("fresh"), "insert").when(differs, "update")
    kept = (is_keeper.alias("is_keeper"), F.col("rated").alias("similarity"))
    rows = ruled.select("post_id", F.col("new_group").alias("group_id"), *kept, action.alias(ACTION))
    return rows.where(F.col(ACTION).isNotNull())


def _renamed(edges: DataFrame, nodes: DataFrame, end: str) -> DataFrame:
    named = edges.join(nodes.select(F.col("key").alias(end), F.col("node").alias("to")), end, "left")
    return named.withColumn(end, F.coalesce("to", end)).select("left", "right")
