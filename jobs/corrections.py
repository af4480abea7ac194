"""What editors decided, read from `corrections`: of two that contradict each other the later holds."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from jobs.frames import settled
from udfs.chains import follow_chains

_CHAINED = "event_id string, into_id string"


def with_present_ids(corrections: DataFrame, traces: DataFrame, present: DataFrame) -> DataFrame:
    """Corrections of an event that became another are about that other.

    Args:
        corrections: the table.
        traces: the table `event_traces`.
        present: event_id of the events that exist by now.

    Returns:
        `corrections` with the ids of today in event_id, and in the value of a merge.
    """
    newest = Window.partitionBy("event_id").orderBy(F.col("traced_at").desc(), F.col("posts").desc(), "became_id")
    steps = (
        traces.where(F.col("how") == "merged")
        .join(present, "event_id", "left_anti")
        .withColumn("_age", F.row_number().over(newest))
        .where(F.col("_age") == 1)
        .select("event_id", "became_id")
    )
    followed = corrections.withColumn("_into", F.when(F.col("action") == "merge_events", F.col("value")))
    last = settled(_ends(steps.withColumnRenamed("became_id", "into_id")))
    for column in ("event_id", "_into"):
        step = F.broadcast(last.select(F.col("event_id").alias(column), "into_id"))
        followed = followed.join(step, column, "left").withColumn(column, F.coalesce("into_id", column)).drop("into_id")
    return settled(followed.withColumn("value", F.coalesce("_into", "value")).drop("_into"))


def rejected_celebrities(corrections: DataFrame) -> DataFrame:
    """post_id, celebrity_id of posts that are not about a celebrity after all."""
    return corrections.where(F.col("action") == "reject_celebrity").select("post_id", "celebrity_id").dropna().dropDuplicates()


def merges(corrections: DataFrame) -> DataFrame:
    """event_id, into_id; chains of merges end in the last event named."""
    into = _latest(corrections.where((F.col("action") == "merge_events") & F.col("value").isNotNull()), ["event_id"])
    return _ends(into.select("event_id", F.col("value").alias("into_id")))


def splits(corrections: DataFrame) -> DataFrame:
    """event_id, post_id, part: posts with one part leave their event together; without a value each leaves alone."""
    named = corrections.where((F.col("action") == "split_event") & F.col("post_id").isNotNull())
    return _latest(named, ["event_id", "post_id"]).select("event_id", "post_id", F.coalesce("value", "post_id").alias("part"))


def renames(corrections: DataFrame) -> DataFrame:
    """event_id, wanted_title."""
    named = corrections.where((F.col("action") == "rename_event") & F.col("value").isNotNull())
    return _latest(named, ["event_id"]).select("event_id", F.col("value").alias("wanted_title"))


def photo_wishes(corrections: DataFrame, *, of: str) -> DataFrame:
    """What editors want of single photos.

    Args:
        corrections: the table.
        of: "event_id" or "place_id"; a wish that names neither holds everywhere.

    Returns:
        photo_id, the column `of` (null: everywhere), wish ("hide" or "pin"), one row for each photo and event or place.
    """
    wishes = corrections.where(F.col("action").isin("hide_photo", "pin_photo") & F.col("photo_id").isNotNull())
    other = "place_id" if of == "event_id" else "event_id"
    here = wishes.where(F.col(of).isNotNull() | F.col(other).isNull())
    wish = F.when(F.col("action") == "hide_photo", "hide").otherwise("pin")
    return _latest(here, ["photo_id", of]).select("photo_id", of, wish.alias("wish"), "made_at")


def with_wishes(shown: DataFrame, wishes: DataFrame, *, of: str) -> DataFrame:
    """Adds what editors want of photos: a wish for the event or place before one for everywhere.

    Args:
        shown: photo_id, group_id and the column `of`.
        wishes: of `photo_wishes`.
        of: "event_id" or "place_id".

    Returns:
        shown with own_wish (of the photo itself) and wish (hide, pin or null: what is wished of a photo holds for its copies).
    """
    here = wishes.where(F.col(of).isNotNull()).select("photo_id", of, F.col("wish").alias("_here"))
    everywhere = wishes.where(F.col(of).isNull()).select("photo_id", F.col("wish").alias("_everywhere"))
    own = (
        shown.join(F.broadcast(here), ["photo_id", of], "left")
        .join(F.broadcast(everywhere), "photo_id", "left")
        .withColumn("own_wish", F.coalesce("_here", "_everywhere"))
        .drop("_here", "_everywhere")
    )
    # "hide" comes before "pin" in order: hiding one of the copies hides the picture
    return own.withColumn("wish", F.min("own_wish").over(Window.partitionBy(of, "group_id")))


def _latest(corrections: DataFrame, keys: Sequence[str]) -> DataFrame:
    newest = Window.partitionBy(*keys).orderBy(F.col("made_at").desc_nulls_last(), F.col("correction_id").desc())
    return corrections.withColumn("_age", F.row_number().over(newest)).where(F.col("_age") == 1).drop("_age")


def _ends(pairs: DataFrame) -> DataFrame:
    """event_id, into_id: where each chain of steps ends; what editors decide and what events became is little and lies in one group."""
    return pairs.select("event_id", "into_id").groupBy(F.lit(0)).applyInPandas(follow_chains, _CHAINED)
