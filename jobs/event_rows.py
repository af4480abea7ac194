"""From posts that belong together to the rows of `events`: hour, place and kind by the posts' votes, id, title, corrections."""

from __future__ import annotations

from datetime import datetime

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs.post_facts import TIMED
from jobs.sessions import DAY, moment_of

ID_DIGITS = 16
_FEW_VOTES = 0.25  # a first or last day named by a smaller share of the votes for the likeliest day is taken for a slip


def with_event_id(reports: DataFrame) -> DataFrame:
    """Names events by what stays when posts come late: celebrity, kind and day, and the place of a second such event of a day.

    Args:
        reports: celebrity_id, event_key, kind, place, starts, precision, published; one row a report.

    Returns:
        `reports` with event_id.
    """
    keys = ["celebrity_id", "event_key"]
    dated = reports.withColumn("_day", F.floor(F.coalesce("starts", "published") / DAY))
    votes = most_voted(votes_of(dated, keys, kind="kind", day="_day", place="place"), keys)
    said = votes.groupBy(*keys).agg(
        *(F.max(F.when(F.col("field") == field, F.col("value"))).alias(f"_{field}") for field in ("kind", "day", "place"))
    )
    events = said.join(dated.groupBy(*keys).agg(F.min("published").alias("_told")), keys, "inner")
    # the one that was told first keeps its id when the other comes
    alike = Window.partitionBy("celebrity_id", "_kind", "_day").orderBy("_told", F.coalesce("_place", F.lit("")), "event_key")
    number = F.row_number().over(alike)
    second = F.when(number > 1, F.concat_ws("|", F.coalesce("_place", F.lit("")), number.cast("string")))
    identity = F.concat_ws("|", "celebrity_id", "_kind", "_day", second)
    return reports.join(events.select(*keys, event_id_of(identity).alias("event_id")), keys, "inner")


def event_id_of(identity: Column) -> Column:
    """The id that belongs to an identity."""
    return F.concat(F.lit("e"), F.substring(F.sha2(identity, 256), 1, ID_DIGITS))


def with_merges_and_splits(reports: DataFrame, merges: DataFrame, splits: DataFrame) -> DataFrame:
    """Applies what an editor decided about which posts are one event.

    Args:
        reports: event_id, celebrity_id, post_id, and others.
        merges: event_id, into_id.
        splits: event_id, post_id, part: posts of one part leave the event together.

    Returns:
        `reports` with the event_id that the editor wants.
    """
    # an event is on one timeline: merging it with another celebrity's, or with none, is passed over
    owners = reports.select("event_id", "celebrity_id").dropDuplicates()
    into = owners.select(F.col("event_id").alias("into_id"), "celebrity_id")
    possible = merges.join(owners, "event_id", "inner").join(into, ["into_id", "celebrity_id"], "inner").select("event_id", "into_id")
    moved = reports.join(F.broadcast(possible), "event_id", "left")
    merged = moved.withColumn("event_id", F.coalesce("into_id", "event_id")).drop("into_id")
    part_id = event_id_of(F.concat_ws("|", F.lit("split"), "event_id", "part"))
    return (
        merged.join(F.broadcast(splits), ["event_id", "post_id"], "left")
        .withColumn("event_id", F.when(F.col("part").isNotNull(), part_id).otherwise(F.col("event_id")))
        .drop("part")
    )


def event_facts(reports: DataFrame, kinds: DataFrame) -> DataFrame:
    """What the posts of each event agree on.

    Args:
        reports: event_id, celebrity_id, kind, place, precision, starts, ends, published, work; reports that speak for copies.
        kinds: kind, duration (seconds).

    Returns:
        event_id, celebrity_id, kind, place, work, starts, ends (seconds on the wall), precision.
    """
    keys = ["event_id", "celebrity_id"]
    has_stated = F.max(F.col("starts").isNotNull()).over(Window.partitionBy("event_id"))
    voting = F.col("starts").isNotNull() | ~F.col("_has_stated")
    starts, ends = F.coalesce("starts", "published"), F.coalesce("ends", "published")
    said = (
        reports.withColumn("_has_stated", has_stated)
        .withColumn("first_day", F.when(voting, F.floor(starts / DAY)))
        .withColumn("last_day", F.when(voting, F.floor(ends / DAY)))
        .withColumn("hour", F.when(F.col("precision").isin(*TIMED), F.col("starts")))
    )
    votes = votes_of(said, keys, kind="kind", place="place", work="work", first_day="first_day", last_day="last_day", hour="hour")
    of_event, of_field = Window.partitionBy("event_id"), Window.partitionBy("event_id", "field")
    enough = F.col("votes") >= _FEW_VOTES * F.max("votes").over(of_field)
    number = F.col("value").cast("long")
    first_day = F.min(F.when((F.col("field") == "first_day") & F.col("_enough"), number)).over(of_event)
    in_time = (F.col("field") != "hour") | (F.floor(number / DAY) == F.col("_first_day"))
    agreed = most_voted(votes.withColumn("_enough", enough).withColumn("_first_day", first_day).where(in_time), keys)
    last_day = votes.withColumn("_enough", enough).where((F.col("field") == "last_day") & F.col("_enough"))
    events = (
        agreed.groupBy(*keys)
        .agg(
            *(F.max(F.when(F.col("field") == field, F.col("value"))).alias(field) for field in ("kind", "place", "work", "hour")),
            F.max("_first_day").alias("first_day"),
        )
        .join(last_day.groupBy("event_id").agg(F.max(number).alias("last_day")), "event_id", "inner")
        .join(F.broadcast(kinds.select("kind", "duration")), "kind", "left")
        .withColumn("hour", F.col("hour").cast("long"))
    )
    last = F.greatest("last_day", "first_day")
    same_time_on_last_day = F.col("hour") + (last - F.col("first_day")) * DAY
    ends = F.coalesce(same_time_on_last_day + F.col("duration"), (last + 1) * DAY - 1)
    precision = F.when(F.col("hour").isNull(), "day").when(F.col("hour") % 3600 == 0, "hour").otherwise("minute")
    return events.select(
        *keys,
        "kind",
        "place",
        "work",
        F.coalesce("hour", F.col("first_day") * DAY).alias("starts"),
        ends.alias("ends"),
        precision.alias("precision"),
    )


def event_rows(facts: DataFrame, members: DataFrame, post_photos: DataFrame, *, zone: str, now: datetime) -> DataFrame:
    """Adds what is counted and what depends on the clock.

    Args:
        facts: columns of `event_facts`, title, keywords.
        members: event_id, post_id: all posts, copies included.
        post_photos: the table.
        zone: zone of the wall clock.
        now: clock of the run.

    Returns:
        Columns of `events`.
    """
    counts = members.groupBy("event_id").agg(F.count(F.lit(1)).cast("int").alias("posts"))
    photos = (
        members.join(post_photos.select("post_id", "photo_id"), "post_id", "inner")
        .select("event_id", "photo_id")
        .dropDuplicates()
        .groupBy("event_id")
        .agg(F.count(F.lit(1)).cast("int").alias("photos"))
    )
    return (
        facts.join(counts, "event_id", "inner")
        .join(photos, "event_id", "left")
        .select(
            "event_id",
            "celebrity_id",
            "kind",
            "title",
            "place",
            moment_of(F.col("starts"), zone).alias("starts_at"),
            moment_of(F.col("ends"), zone).alias("ends_at"),
            "posts",
            F.coalesce("photos", F.lit(0)).alias("photos"),
            F.coalesce("keywords", F.array().cast("array<string>")).alias("keywords"),
            (moment_of(F.col("starts"), zone) > F.lit(now)).alias("upcoming"),
            "precision",
        )
    )


def votes_of(rows: DataFrame, keys: list[str], **fields: str) -> DataFrame:
    """Counts the values of several columns at once: keys, field, value (as text), votes; nulls do not vote."""
    cast = F.array(
        *(F.struct(F.lit(field).alias("field"), F.col(column).cast("string").alias("value")) for field, column in fields.items())
    )
    long = rows.select(*keys, F.explode(cast).alias("_said")).select(*keys, "_said.field", "_said.value").where(F.col("value").isNotNull())
    return long.groupBy(*keys, "field", "value").agg(F.count(F.lit(1)).alias("votes"))


def most_voted(votes: DataFrame, keys: list[str]) -> DataFrame:
    """The value of every field with most votes; of several, the first in order."""
    field = Window.partitionBy(*keys, "field")
    place = F.row_number().over(field.orderBy(F.col("votes").desc(), "value"))
    return votes.withColumn("_place", place).where(F.col("_place") == 1).drop("_place")
