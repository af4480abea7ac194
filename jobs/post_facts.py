"""What the words of each post say about its event: who, what, when and where, one row a post and one a celebrity of a post."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs.sessions import wall_seconds

DAY = 86_400
NOON = 43_200
PRECISE = ("day", "hour", "minute")
TIMED = ("hour", "minute")


def mentions(text_tags: DataFrame, rejected: DataFrame, *, about: float) -> DataFrame:
    """Whom each post is about.

    Args:
        text_tags: the table.
        rejected: post_id, celebrity_id of pairs that an editor refused.
        about: score from which a post is about a celebrity rather than mentions one.

    Returns:
        post_id, celebrity_id, about (in [0, 1]).
    """
    return (
        text_tags.where(F.col("kind") == "who")
        .groupBy("post_id", F.col("value").alias("celebrity_id"))
        .agg(F.max("score").alias("about"))
        .where(F.col("about") >= about)
        .join(rejected, ["post_id", "celebrity_id"], "left_anti")
    )


def post_facts(posts: DataFrame, text_tags: DataFrame, *, zone: str, longest_days: int) -> DataFrame:
    """The event that each post tells of.

    Args:
        posts: the table.
        text_tags: the table; the tags with `is_event` speak of the post's own event.
        zone: zone of the times in the texts.
        longest_days: a stated span longer than this (the run of a musical) is read as its first day.

    Returns:
        post_id, published (seconds on the wall), text, kind, place (null where not said), precision (null where no time is said),
        starts and ends (seconds on the wall; for a time without hour, noon of the day).
    """
    of_event = text_tags.where(F.col("is_event") & F.col("kind").isin("what", "when", "where"))
    votes = of_event.groupBy("post_id", "kind", "value").agg(F.sum("score").alias("weight"), F.max("precision").alias("precision"))

    def best(kind: str, column: str) -> Column:
        order = F.struct(F.round("weight", 6).alias("weight"), F.col("value"))
        return F.max_by(F.col(column), F.when(F.col("kind") == kind, order))

    said = votes.groupBy("post_id").agg(
        best("what", "value").alias("kind"),
        best("where", "value").alias("place"),
        best("when", "value").alias("time"),
        best("when", "precision").alias("precision"),
    )
    first, last = F.substring_index("time", "/", 1), F.substring_index("time", "/", -1)
    starts, ends = _seconds(first), _seconds(last)
    span = F.when((ends - starts).between(0, longest_days * DAY), ends).otherwise(starts)
    return (
        posts.select(
            "post_id", wall_seconds(F.col("published_at"), zone).alias("published"), F.concat_ws("\n", "title", "body").alias("text")
        )
        .join(said, "post_id", "left")
        .withColumn("starts", F.when(F.col("precision").isin(*PRECISE), starts))
        .withColumn("ends", F.when(F.col("precision").isin(*PRECISE), span))
        .drop("time")
    )


def representatives(mentioned: DataFrame, post_copies: DataFrame) -> DataFrame:
    """Members of every group of copies, and which of them speaks for the group on a celebrity's timeline.

    Args:
        mentioned: post_id, celebrity_id, about.
        post_copies: the table; a post without a row stands alone.

    Returns:
        post_id, celebrity_id, about, group_id, speaks.
    """
    grouped = mentioned.join(post_copies.select("post_id", "group_id", "is_keeper"), "post_id", "left").withColumn(
        "group_id", F.coalesce("group_id", "post_id")
    )
    keeper_first = Window.partitionBy("celebrity_id", "group_id").orderBy(F.col("is_keeper").desc_nulls_last(), "post_id")
    return grouped.withColumn("speaks", F.row_number().over(keeper_first) == 1).drop("is_keeper")


def _seconds(time: Column) -> Column:
    """Seconds on the wall of an ISO date (its noon) or date and time, without any zone."""
    days = F.datediff(F.to_date(F.substring(time, 1, 10)), F.lit("1970-01-01").cast("date")).cast("long")
    hours, minutes = F.substring(time, 12, 2).cast("long"), F.coalesce(F.substring(time, 15, 2).cast("long"), F.lit(0))
    return days * DAY + F.coalesce(hours * 3600 + minutes * 60, F.lit(NOON))
