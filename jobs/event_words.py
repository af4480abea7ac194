"""The key words of events: the phrases of their posts, weighed by how few other events have them.

How common a phrase is, is told in powers of two and only of phrases that one event in 64 has: of these there are few however large the
lake is, they change seldom, and an event is looked at again only when one of its own phrases became more common or rarer.
"""

from __future__ import annotations

from functools import reduce

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs.post_facts import names_of, with_name_in

RAREST = 6
"""Level of phrases that less than one event in 2 ** RAREST has."""
_SPARE = 3  # times as many phrases are ordered as are wanted: some say what a better one says


def event_phrases(reports: DataFrame, text_tags: DataFrame, celebrities: DataFrame, *, most: int) -> DataFrame:
    """The phrases that the posts of events have as key phrases, without those that hold the celebrity's own name.

    Args:
        reports: event_id, celebrity_id, post_id; reports that speak for copies.
        text_tags: the table.
        celebrities: the table.
        most: phrases of an event, the heaviest.

    Returns:
        Columns of the table `event_phrases`.
    """
    tags = (
        text_tags.where(F.col("kind") == "keyphrase").groupBy("post_id", F.col("value").alias("phrase")).agg(F.max("score").alias("score"))
    )
    weights = (
        reports.join(tags, "post_id", "inner")
        .groupBy("event_id", "celebrity_id", "phrase")
        .agg(F.round(F.sum("score"), 6).alias("weight"))
        .join(F.broadcast(names_of(celebrities)), "celebrity_id", "left")
        .where(~with_name_in(F.col("phrase"), F.col("names")))
    )
    heaviest = Window.partitionBy("event_id").orderBy(F.col("weight").desc(), "phrase")
    ranked = weights.withColumn("_rank", F.row_number().over(heaviest)).where(F.col("_rank") <= most)
    return ranked.select("event_id", "phrase", "weight")


def common_phrases(phrases: DataFrame) -> DataFrame:
    """The phrases that many events have.

    Args:
        phrases: the table `event_phrases`, one row an event and phrase.

    Returns:
        Columns of the table `common_phrases`: level k for phrases that at most one event in 2 ** k has, below `RAREST`.
    """
    events = phrases.agg(F.count_distinct("event_id").alias("events"))
    counted = phrases.groupBy("phrase").agg(F.count(F.lit(1)).alias("count")).crossJoin(F.broadcast(events))
    halvings = (((F.col("count") * 2**k) <= F.col("events")).cast("int") for k in range(1, RAREST + 1))
    levels = counted.withColumn("level", reduce(Column.__add__, halvings))
    return levels.where(F.col("level") < RAREST).select("phrase", "level")


def moved_phrases(before: DataFrame, after: DataFrame) -> DataFrame:
    """Column phrase: those that became more common or rarer. Both frames as `common_phrases`."""
    was, now = before.select("phrase", F.col("level").alias("was")), after.select("phrase", F.col("level").alias("now"))
    return was.join(now, "phrase", "full_outer").where(~F.col("was").eqNullSafe(F.col("now"))).select("phrase")


def event_keywords(phrases: DataFrame, common: DataFrame, *, count: int) -> DataFrame:
    """The phrases that tell each event best: of many of its posts, and of few other events.

    Args:
        phrases: rows of the table `event_phrases`.
        common: the table `common_phrases`.
        count: words an event gets at most.

    Returns:
        event_id, keywords (best first; none holds another).
    """
    rarity = 1 + F.coalesce("level", F.lit(RAREST))
    weighed = phrases.join(F.broadcast(common), "phrase", "left").withColumn("_score", F.round(F.col("weight") * rarity, 6))
    best = Window.partitionBy("event_id").orderBy(F.col("_score").desc(), "phrase")
    ranked = weighed.withColumn("rank", F.row_number().over(best)).where(F.col("rank") <= _SPARE * count)
    in_order = F.array_sort(F.collect_list(F.struct("rank", "phrase")))  # at most `_SPARE * count` an event
    apart = F.aggregate(F.transform(in_order, lambda entry: entry["phrase"]), F.array().cast("array<string>"), _with_other)
    return ranked.groupBy("event_id").agg(F.slice(apart, 1, count).alias("keywords"))


def _with_other(kept: Column, phrase: Column) -> Column:
    """The phrases and one more, unless that says what one of them says."""
    same = F.exists(kept, lambda other: F.contains(other, phrase) | F.contains(phrase, other))
    return F.when(same, kept).otherwise(F.array_append(kept, phrase))
