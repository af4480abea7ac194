"""The words around a photo in all posts that show it or a copy of it, pooled on the keeper."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

KINDS = ("who", "person", "where", "what", "when", "keyphrase")
WEIGHT_OF_TITLE = 0.6
WEIGHT_OF_FAR_BODY = 0.15


def pooled_tags(
    post_photos: DataFrame,
    text_tags: DataFrame,
    post_copies: DataFrame,
    photo_copies: DataFrame,
    names: DataFrame,
    *,
    reach: int,
    limit: int,
) -> DataFrame:
    """Words of `photo_tags` from the posts' texts.

    A word weighs what its tagger gave it times its closeness: 1 in the photo's own caption, less in the title, in the body the less the
    further away. Posts that copy each other count once (the closest mention of all of them); independent posts add up as independent
    evidence, 1 - (1 - a)(1 - b).

    Args:
        post_photos: as the table.
        text_tags: as the table.
        post_copies: as the table.
        photo_copies: as the table.
        names: columns kind (of tag), value and name: what an id is called (celebrities, places, kinds of event).
        reach: distance at which a word of the body counts half [characters].
        limit: words kept a photo.

    Returns:
        Columns photo_id (keepers only), tag, source and score.
    """
    keepers = photo_copies.where("is_keeper").select("group_id", F.col("photo_id").alias("keeper"))
    shown = post_photos.join(photo_copies.select("photo_id", "group_id"), "photo_id").join(keepers, "group_id")
    shown = shown.select("post_id", "position", "offset", "keeper")
    words = (
        text_tags.where(F.col("kind").isin(*KINDS))
        .where(_worth_keeping())
        .select("post_id", "field", "photo_position", "kind", "value", "begin", "end", "score")
    )
    spoken = F.when(F.col("kind") == "when", time_in_words(F.col("value"))).otherwise(F.coalesce("name", "value"))
    named = words.join(F.broadcast(names), ["kind", "value"], "left").withColumn("tag", F.trim(spoken))
    near = shown.join(named, "post_id").withColumn("closeness", closeness(reach)).where(F.col("closeness") > 0)
    story = post_copies.select("post_id", F.col("group_id").alias("story"))
    told = near.join(story, "post_id").groupBy("keeper", "tag", "story").agg(F.max(F.col("score") * F.col("closeness")).alias("weight"))
    doubt = F.sum(F.log1p(-F.least("weight", F.lit(0.999))))
    pooled = (
        told.groupBy("keeper", "tag").agg(F.round(1 - F.exp(doubt), 6).alias("score")).where((F.col("score") > 0) & (F.col("tag") != ""))
    )
    best = Window.partitionBy("keeper").orderBy(F.col("score").desc(), "tag").rowsBetween(Window.unboundedPreceding, Window.currentRow)
    chosen = pooled.withColumn("place", F.row_number().over(best)).where(F.col("place") <= limit)
    return chosen.select(F.col("keeper").alias("photo_id"), "tag", F.lit("text").alias("source"), "score")


def closeness(reach: int) -> Column:
    """How near a tag stands to the photo, in [0, 1]; 0 for the caption of another photo."""
    own_caption = F.when(F.col("photo_position") == F.col("position"), 1.0).otherwise(0.0)
    apart = F.greatest(F.col("begin") - F.col("offset"), F.col("offset") - F.col("end"), F.lit(0))
    body = F.coalesce(F.greatest(reach / (reach + apart), F.lit(WEIGHT_OF_FAR_BODY)), F.lit(WEIGHT_OF_FAR_BODY))
    return F.when(F.col("field") == "caption", own_caption).when(F.col("field") == "title", WEIGHT_OF_TITLE).otherwise(body)


def time_in_words(value: Column) -> Column:
    """A normalised time as people write it near a photo: 2026-03-18T14:00 is 3월 18일, 2026-03 is 2026년 3월; of a range its two days."""
    begin, end = F.substring_index(value, "/", 1), F.substring_index(value, "/", -1)
    year, month, day = (F.regexp_extract(begin, _DATE, number) for number in (1, 2, 3))
    last_month, last_day = (F.regexp_extract(end, _DATE, number) for number in (2, 3))
    first = F.when(day != "", _spoken(month, "월 ", day, "일")).when(month != "", _spoken(year, "년 ", month, "월"))
    first = first.otherwise(F.when(year != "", _spoken(year, "년")).otherwise(value))
    is_range = (day != "") & (last_day != "") & (F.substring(begin, 1, 10) != F.substring(end, 1, 10))
    last = F.when(last_month == month, _spoken(last_day, "일")).otherwise(_spoken(last_month, "월 ", last_day, "일"))
    return F.when(is_range, F.concat(first, F.lit("~"), last)).otherwise(first)


_DATE = r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?"


def _spoken(*parts: Column | str) -> Column:
    """Numbers without leading noughts and the words between them."""
    return F.concat(*(F.lit(part) if isinstance(part, str) else part.cast("int").cast("string") for part in parts))


def _worth_keeping() -> Column:
    """Times, places and kinds that are only mentioned say little about a photo."""
    return (F.col("kind") != "when") | F.coalesce("is_event", F.lit(False))
