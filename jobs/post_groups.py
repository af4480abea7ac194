"""Groups of posts that copy each other, of all posts in one go; `jobs.post_increments` brings them up to date.

The groups are the components of the pairs that share a bucket and pass the check.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs import text_checks, text_copies, text_index
from jobs.job import Job
from jobs.settings import CopySettings
from jobs.text_copies import TextRule
from jobs.text_index import Index

WHOLE = (Window.unboundedPreceding, Window.unboundedFollowing)


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
