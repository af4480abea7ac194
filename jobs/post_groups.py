"""Groups of posts that copy each other: of all posts in one go, or as far as what changed reaches.

The groups are the components of the pairs that share a bucket and pass the check. An increment learns from the band index which pairs came
and which went. Groups that only gained are taken as they stand, each as one node; a group that lost a pair whose ends the new pairs do
not connect, or a member that changed or went, is taken apart and put together again from its pairs. Either way the rows are those that
one pass over all posts would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs import text_checks, text_copies, text_index
from jobs.components import MEMBERS_SCHEMA, connected_components, labels
from jobs.frames import counted
from jobs.job import Job
from jobs.lake import ACTION, Written
from jobs.settings import CopySettings
from jobs.tables import TABLES
from jobs.text_copies import TextRule, enough, in_batches
from jobs.text_index import Index

WHOLE = (Window.unboundedPreceding, Window.unboundedFollowing)
EDGE, LOST, STANDS, CHANGED = range(4)
READ_MEMBERS = 64  # of a group whose posts are all read at once, should it get another keeper; of larger ones when it does


def keyed(posts: DataFrame) -> DataFrame:
    """Posts as texts: columns key (long), post_id, text, published_at."""
    return posts.select(F.xxhash64("post_id").alias("key"), "post_id", post_text().alias("text"), "published_at")


def post_text(of: str = "") -> Column:
    """A post's words, from the columns title and body (of a struct, where one is named)."""
    prefix = f"{of}." if of else ""
    return F.concat_ws("\n", f"{prefix}title", f"{prefix}body")


def mark_all(job: Job, posts: DataFrame, rule: TextRule, copies: CopySettings) -> DataFrame:
    """Rows of `post_copies` of all posts; builds the band index anew.

    Args:
        job: the run.
        posts: as from `keyed`.
        rule: when two texts are copies.
        copies: all settings of copies.
    """
    index = Index(job.versions["posts"], job.versions["posts"])
    pairs = text_index.build(job.lake, posts, rule, slots=copies.text_slots, index=index)
    candidates = text_copies.candidates(pairs, keep=job.keep)
    words = text_checks.words_of(candidates, posts, keep=job.keep)
    groups = text_checks.connecting_checks(candidates, words, rule, keep=job.keep, one_task_edges=copies.one_task_edges)
    checked, members = groups.checked, groups.members.select(F.col("node").alias("key"), "root")
    log = candidates.pairs.join(checked, ["left", "right"], "left")
    job.lake.overwrite("text_pairs", text_index.logged(log, index), note=index.note)
    placed = words.select("post_id", *measured()).join(members, "key")
    ruled = job.keep(with_keepers(placed).select("key", "post_id", F.col("new_group").alias("group_id"), "keeper_key"))
    to_keeper = ruled.where(F.col("key") != F.col("keeper_key")).select(F.col("key").alias("left"), F.col("keeper_key").alias("right"))
    turned = checked.select(F.col("right").alias("left"), F.col("left").alias("right"), "similarity", "is_copy")
    known = checked.unionByName(turned).dropDuplicates(["left", "right"])  # by bands and by anchors a pair may stand either way round
    rated = known.unionByName(text_checks.check_pairs(to_keeper.join(known, ["left", "right"], "left_anti"), words, rule))
    similar = rated.select(F.col("left").alias("key"), F.col("right").alias("keeper_key"), F.round("similarity", 6).alias("similarity"))
    grouped = ruled.join(similar, ["key", "keeper_key"], "left").select(
        "post_id",
        "group_id",
        (F.col("key") == F.col("keeper_key")).alias("is_keeper"),
        F.coalesce("similarity", F.lit(1.0)).alias("similarity"),
    )
    alone = posts.join(ruled.select("key"), "key", "left_anti")
    return grouped.unionByName(
        alone.select("post_id", F.col("post_id").alias("group_id"), F.lit(True).alias("is_keeper"), F.lit(1.0).alias("similarity"))
    )


def with_keepers(members: DataFrame, *, smallest: Column | None = None, stood: Column | None = None) -> DataFrame:
    """Adds the id and the keeper of each group: the first to publish, unless a later one says clearly more.

    Args:
        members: columns root, key, post_id, length, published_at.
        smallest: the smallest value in a group names it; default: its post_ids.
        stood: one more value that is wanted of the keeper.

    Returns:
        The columns of members, new_group, keeper_key and stood.
    """
    order = [
        F.floor(F.log2(F.col("length") + 1) * 2).desc(),
        F.col("published_at").asc_nulls_last(),
        F.col("length").desc(),
        F.col("post_id"),
    ]
    group = Window.partitionBy("root").rowsBetween(*WHOLE)
    best = Window.partitionBy("root").orderBy(*order).rowsBetween(*WHOLE)
    return members.select(
        "*",
        F.min(F.col("post_id") if smallest is None else smallest).over(group).alias("new_group"),
        F.first("key").over(best).alias("keeper_key"),
        F.first(F.lit(None) if stood is None else stood).over(best).alias("stood"),
    )


def measured() -> list[Column]:
    """What `with_keepers` has to know of a post's words (columns key, text, published_at): their length travels instead of them."""
    return [F.col("key"), F.length("text").alias("length"), F.col("published_at")]


@dataclass(frozen=True)
class Moves:
    """What an increment does to pairs.

    Attributes:
        all: Pairs that it concerns: left, right, now and before (whether they are and were edges of the graph of copies), similarity (null:
            not known).
        members: All members of the groups that it concerns, as they stood: the columns of `post_copies`, key, gone (whether it was deleted;
            null: it did not change), unread (whether its group has more than `READ_MEMBERS`).
        words: Posts read so far (columns of `keyed`): those that came, ends of pairs, keepers, and all members that are not unread.
        near: Takes a frame to the rows that it is joined with, where it is no larger than what one task holds; for those whose size is not
            known beforehand.
        log: Rows of `text_pairs` as they stood.
        news: Rows that the run adds to them, so far.
    """

    all: DataFrame
    members: DataFrame
    words: DataFrame
    near: Callable[[DataFrame], DataFrame]
    log: DataFrame
    news: DataFrame


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


def pair_moves(
    job: Job, posts: DataFrame, changed: DataFrame, had: int, rule: TextRule, copies: CopySettings, *, stood: Index, now: Index
) -> Moves:
    """Brings the band index up to date; tells which pairs came and went, and whom that concerns."""
    rewritten = changed.where(~F.col("old_text").eqNullSafe(F.col("new_text")))
    grown = text_index.grow(job.lake, rewritten, rule, slots=copies.text_slots, stood=stood, now=now, keep=job.keep)
    log = job.lake.read("text_pairs").where(F.col("version") <= stood.version)
    pairs = grown.select("left", "right")
    if had:
        old = changed.where(F.col("old_text").isNotNull()).select("key")  # also unchanged ones: a killed run may have taken them away
        for end in ("left", "right"):
            pairs = pairs.union(log.join(old.withColumnRenamed("key", end), end, "left_semi").select("left", "right"))
        pairs = job.keep(pairs.distinct())
    state = _state(log.join(pairs, ["left", "right"], "left_semi"), grown, stood=stood, now=now)
    stale = F.lit(False)
    if had:
        for end in ("left", "right"):
            went = rewritten.where(F.col("old_text").isNotNull()).select(F.col("key").alias(end), F.lit(True).alias(f"{end}_went"))
            state = state.join(went, end, "left")
            stale = stale | F.col(f"{end}_went").isNotNull()
    known, spoken = (
        F.when(~stale, F.col("old_is_copy")),
        (F.col("old_bands") + F.col("bands") != 0) | (F.col("old_anchors") + F.col("anchors") != 0),
    )
    stands = (F.col("old_bands") + F.col("bands") >= 1) | (F.col("old_anchors") + F.col("anchors") >= 2)
    moved, seen = counted(
        state.select(
            "left",
            "right",
            "bands",
            "anchors",
            known.alias("known"),
            F.when(~stale, F.col("old_similarity")).alias("old_similarity"),
            (F.coalesce("old_is_copy", F.lit(False)) & ((F.col("old_bands") >= 1) | (F.col("old_anchors") >= 2))).alias("before"),
            stands.alias("stands"),
            # also where it does not stand: the log must not keep what a text said that was rewritten
            (known.isNull() & (stands | (F.col("old_is_copy").isNotNull() & spoken))).alias("open"),
        ),
        job.keep,
        all=F.lit(True),
    )
    near = F.broadcast if seen["all"] <= copies.one_task_edges else _as_it_is
    members = job.keep(_members(job.lake.read("post_copies"), moved, changed, near))
    to_check = moved.where("open").select("left", "right")
    needed = _ends(to_check).union(members.where("is_keeper or not unread").select("key"))
    needed = needed.union(changed.where("new_text is not null").select("key"))
    words = job.keep(posts.join(near(needed), "key", "left_semi"))
    after = job.keep(moved.join(near(text_checks.check_pairs(to_check, words, rule)), ["left", "right"], "left"))
    news = after.where((F.col("bands") != 0) | (F.col("anchors") != 0) | F.col("is_copy").isNotNull())
    edge, similarity = F.col("stands") & F.coalesce("is_copy", "known", F.lit(False)), F.coalesce("similarity", "old_similarity")
    pairs = after.select("left", "right", "before", edge.alias("now"), similarity.alias("similarity"))
    return Moves(pairs, members, words, near, log, text_index.logged(news, now))


def _state(log: DataFrame, grown: DataFrame, *, stood: Index, now: Index) -> DataFrame:
    """Pairs as they stood (old_bands, old_anchors, old_similarity, old_is_copy), and by how much their counts grow (bands, anchors)."""
    none = (F.lit(None).cast("double").alias("similarity"), F.lit(None).cast("boolean").alias("is_copy"))
    rows = log.drop("base").unionByName(grown.select("*", *none, F.lit(now.version).cast("long").alias("version")))
    is_old = F.col("version") <= stood.version
    sums = [
        F.sum(F.when(when, F.col(name)).otherwise(0)).cast("int").alias(f"{prefix}{name}")
        for prefix, when in (("old_", is_old), ("", ~is_old))
        for name in ("bands", "anchors")
    ]
    checked = F.max_by(F.struct("similarity", "is_copy"), F.when(F.col("is_copy").isNotNull(), F.col("version"))).alias("checked")
    spoken = (F.col("old_bands") != 0) | (F.col("old_anchors") != 0)  # of what no bucket spoke for, texts may have changed unseen
    seen = (F.when(spoken, F.col(f"checked.{name}")).alias(f"old_{name}") for name in ("similarity", "is_copy"))
    return rows.groupBy("left", "right").agg(*sums, checked).select("*", *seen).drop("checked")


def _members(copied: DataFrame, moved: DataFrame, changed: DataFrame, near: Callable[[DataFrame], DataFrame]) -> DataFrame:
    """`Moves.members`."""
    copied = copied.withColumn("key", F.xxhash64("post_id"))
    groups = copied.join(near(_ends(moved).union(changed.select("key"))), "key", "left_semi").select("group_id")
    gone = changed.select("key", F.col("new_text").isNull().alias("gone"))
    unread = F.count(F.lit(1)).over(Window.partitionBy("group_id")) > READ_MEMBERS
    whole = copied.join(near(groups), "group_id", "left_semi").withColumn("unread", unread)
    return whole.join(near(gone), "key", "left")


def _regrouped(moves: Moves, job: Job, copies: CopySettings) -> tuple[DataFrame, int]:
    """Which groups the pairs join, each taken as one node (hash of the group's id; else the post's key).

    Returns:
        Columns node and root, the root null for groups that have to be put together again; how many these are. Without such groups every
        node that has an edge has its root.
    """
    role = F.when(F.col("now"), EDGE).when(F.col("before"), LOST).alias("role")
    pairs = moves.all.where("now or before").select("left", "right", role)
    named = F.col("gone").isNotNull()
    ends = moves.members.where(named).union(moves.members.where(~named).join(moves.near(_ends(pairs)), "key", "left_semi"))
    placed = ends.select("key", F.xxhash64("group_id"), F.when(named, CHANGED).otherwise(STANDS))
    rows = pairs.union(placed)
    if moves.near is F.broadcast:
        return _counted_roots(rows.coalesce(1).mapInArrow(_join_groups, MEMBERS_SCHEMA), job)
    labels = job.keep(connected_components(rows.where(F.col("role") == EDGE), one_task_edges=copies.one_task_edges))
    lost = rows.where(F.col("role") == LOST)
    for end in ("left", "right"):
        lost = lost.join(labels.select(F.col("node").alias(end), F.col("root").alias(f"{end}_root")), end, "left")
    parted = _ends(lost.where(~F.coalesce(F.col("left_root") == F.col("right_root"), F.lit(False))))
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
            words = job.keep(posts.join(moves.near(_ends(to_rate)), "key", "left_semi"))
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


def _as_it_is(rows: DataFrame) -> DataFrame:
    return rows


def _renamed(edges: DataFrame, nodes: DataFrame, end: str) -> DataFrame:
    named = edges.join(nodes.select(F.col("key").alias(end), F.col("node").alias("to")), end, "left")
    return named.withColumn(end, F.coalesce("to", end)).select("left", "right")


def _ends(pairs: DataFrame) -> DataFrame:
    return pairs.select(F.col("left").alias("key")).union(pairs.select(F.col("right").alias("key")))
