"""Which pairs of posts came and which went with an increment, by the band index and the log of pairs, and whom that concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from jobs import text_checks, text_index
from jobs.frames import counted
from jobs.job import Job
from jobs.settings import CopySettings
from jobs.text_copies import TextRule
from jobs.text_index import Index

READ_MEMBERS = 64  # of a group whose posts are all read at once, should it get another keeper; of larger ones when it does


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
    needed = ends_of(to_check).union(members.where("is_keeper or not unread").select("key"))
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
    groups = copied.join(near(ends_of(moved).union(changed.select("key"))), "key", "left_semi").select("group_id")
    gone = changed.select("key", F.col("new_text").isNull().alias("gone"))
    unread = F.count(F.lit(1)).over(Window.partitionBy("group_id")) > READ_MEMBERS
    whole = copied.join(near(groups), "group_id", "left_semi").withColumn("unread", unread)
    return whole.join(near(gone), "key", "left")


def _as_it_is(rows: DataFrame) -> DataFrame:
    return rows


def ends_of(pairs: DataFrame) -> DataFrame:
    """Keys of both ends of pairs."""
    return pairs.select(F.col("left").alias("key")).union(pairs.select(F.col("right").alias("key")))
