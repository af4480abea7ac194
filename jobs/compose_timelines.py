"""Chooses the photos that tell each event: table event_photos with a verdict and a reason for every photo, captions into photo_tags."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

import pandas as pd
import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from jobs import corrections as decided
from jobs.captions import caption_tags, event_captions
from jobs.changed_photos import READS, changed_decisions, changed_photos, settings_of_words
from jobs.event_kinds import read_event_kinds
from jobs.frames import settled
from jobs.job import Job, JobReport, run_job
from jobs.post_facts import with_place_names
from jobs.sessions import local_day
from jobs.settings import Settings, TimelineSettings
from udfs.outliers import LookPolicy
from udfs.timeline import TimelinePolicy, judge_event

_JUDGED = pa.schema(
    [(name, pa.string()) for name in ("event_id", "photo_id", "verdict", "reason")]
    + [("rank", pa.int32()), ("look", pa.int32()), ("gain", pa.float64()), ("instead", pa.string())]
)
_FEATURES = ("photo_id", "embedding", "appearance", "people", "photo_type", "error", "geometry")
_OCCASION = ("what", "where", "when", "keyphrase")  # kinds of tags that say what an event is
_OUTLETS = 12  # outlets of a photo that are told apart; more support a look no better


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Judges the photos of every event whose posts, photos or corrections changed."""
    wish = settings.timelines
    with Job(
        spark,
        settings,
        "compose_timelines",
        reads=("events", "event_posts", *READS),
        rebuild_when_changed=("celebrities",),
        uses=(wish, *settings_of_words(settings)),
    ) as job:
        if job.up_to_date:
            return job.report
        concerned = settled(_concerned(job))
        events = settled(job.read("events").join(concerned, "event_id", "left_semi"))
        decisions = decided.with_present_ids(job.read("corrections"), job.lake.read("event_traces"), job.read("events").select("event_id"))

        company = several_people(events, job.read("event_posts"), job.read("events"))
        shown = settled(
            photos_of_events(
                events,
                job.read("event_posts"),
                job.read("post_photos"),
                job.read("posts"),
                job.read("photo_copies"),
                days=wish.old_days,
                zone=settings.text.time_zone,
                file_photo_words=wish.file_photo_words,
            ).join(company, "event_id", "left")
        )
        captioned = shown.transform(
            with_captions,
            events,
            job.read("event_posts"),
            job.read("post_photos"),
            job.read("text_tags"),
            job.read("places"),
            zone=settings.text.time_zone,
        )
        wished = settled(captioned.transform(decided.with_wishes, decided.photo_wishes(decisions, of="event_id"), of="event_id"))
        pictures = settled(wished.transform(with_representative, job.read("photo_features")))
        judged = settled(pictures.transform(judge, job.read("photo_features"), settings=wish, copy=settings.copies.photo_threshold))
        verdicts = settled(pictures.transform(with_copies, judged))
        described = verdicts.transform(
            event_captions,
            events=events,
            celebrities=job.read("celebrities"),
            kinds=read_event_kinds(spark, settings.text.event_kinds),
            tags=job.lake.read("photo_tags"),
            features=job.read("photo_features"),
            zone=settings.text.time_zone,
            limit=wish.tags,
        )
        rows = settled(described)
        before = settled(job.lake.read("event_photos").join(concerned, "event_id", "left_semi").select("photo_id"))
        job.replace("event_photos", rows, within=None if job.full else concerned)
        captions, photos = caption_tags(job.lake, before.unionByName(rows.select("photo_id")))
        job.replace("photo_tags", captions, within=photos)
    return job.report


def photos_of_events(
    events: DataFrame,
    event_posts: DataFrame,
    post_photos: DataFrame,
    posts: DataFrame,
    photo_copies: DataFrame,
    *,
    days: int,
    zone: str,
    file_photo_words: Sequence[str],
) -> DataFrame:
    """Every photo of the posts of every event, once.

    Args:
        events: the events wanted.
        event_posts: the table.
        post_photos: the table.
        posts: the table.
        photo_copies: the table; a photo without a row stands alone.
        days: a picture that was published more than so many days before the event is of another.
        zone: zone of the days that people count.
        file_photo_words: words of a caption that call a photo one of the files.

    Returns:
        event_id, photo_id, group_id, is_keeper, relevance (in [0, 1]), outlets (names), filed (such words of a caption, or null),
        old (words, or null).
    """
    groups = photo_copies.select("photo_id", "group_id", "is_keeper")
    printed = posts.select("post_id", "press", "published_at")
    said = F.regexp_extract(F.coalesce("caption", F.lit("")), "|".join(map(re.escape, file_photo_words)) or "$^", 0)
    in_posts = post_photos.select("post_id", "position", "photo_id", F.when(said != "", said).alias("filed")).join(
        printed, "post_id", "inner"
    )
    published = (
        in_posts.join(groups, "photo_id", "left")
        .withColumn("group_id", F.coalesce("group_id", "photo_id"))
        .withColumn("is_keeper", F.coalesce("is_keeper", F.lit(True)))
    )
    first = published.groupBy("group_id").agg(F.min("published_at").alias("first_published"))
    closeness = 1.0 / (1.0 + 0.02 * F.least("position", F.lit(20)))  # the first photos of a post are nearer to what it is about
    shown = (
        events.select("event_id", "starts_at")
        .join(event_posts, "event_id", "inner")
        .join(published, "post_id", "inner")
        .groupBy("event_id", "starts_at", "photo_id", "group_id", "is_keeper")
        .agg(
            F.round(F.max(F.col("score") * closeness), 6).alias("relevance"),
            F.slice(F.array_sort(F.collect_set(F.coalesce("press", "post_id"))), 1, _OUTLETS).alias("outlets"),
            F.min("filed").alias("filed"),
        )
    )
    day, day_published = local_day(F.col("starts_at"), zone), local_day(F.col("first_published"), zone)
    earlier = F.datediff(day, day_published)
    words = F.concat(F.lit("행사보다 앞선 "), day_published, F.lit("에 이미 쓰인 사진"))
    return shown.join(first, "group_id", "inner").withColumn("old", F.when(earlier > days, words)).drop("starts_at", "first_published")


def several_people(events: DataFrame, event_posts: DataFrame, all_events: DataFrame) -> DataFrame:
    """Whether the posts of an event are about several people: columns event_id, several.

    An event stands once for each celebrity; those of other celebrities that hold half of its posts are the same occasion.
    """
    stands = event_posts.select("post_id", F.col("event_id").alias("other")).join(
        all_events.select(F.col("event_id").alias("other"), F.col("celebrity_id").alias("person")), "other"
    )
    shared = (
        events.select("event_id", "celebrity_id", "posts")
        .join(event_posts.select("event_id", "post_id"), "event_id")
        .join(stands, "post_id")
        .where(F.col("person") != F.col("celebrity_id"))
        .groupBy("event_id", "posts", "person")
        .agg(F.count_distinct("post_id").alias("shared"))
    )
    return shared.groupBy("event_id").agg(F.max(F.col("shared") * 2 >= F.col("posts")).alias("several"))


def with_captions(
    shown: DataFrame,
    events: DataFrame,
    event_posts: DataFrame,
    post_photos: DataFrame,
    text_tags: DataFrame,
    places: DataFrame,
    *,
    zone: str,
) -> DataFrame:
    """Adds what the captions of a photo in the event's posts say of it.

    Args:
        shown: event_id, photo_id and others.
        events: the events wanted.
        event_posts: the table.
        post_photos: the table.
        text_tags: the table.
        places: the table.
        zone: zone of the days that people write.

    Returns:
        `shown` with `named` (a caption names the event's celebrity), `other` (who the captions name when none names them, or null)
        and `said` (a caption says the event's kind, place, day or one of its key words).
    """
    tags = text_tags.where((F.col("field") == "caption") & F.col("kind").isin("who", "person", *_OCCASION)).select(
        "post_id", F.col("photo_position").alias("position"), F.col("kind").alias("tag"), "value", "surface"
    )
    tags = with_place_names(tags, places, column="value", where=F.col("tag") == "where")
    words = (
        events.select("event_id", "celebrity_id", "kind", "place", "keywords", local_day(F.col("starts_at"), zone).alias("day"))
        .join(event_posts.select("event_id", "post_id"), "event_id", "inner")
        .join(tags, "post_id", "inner")
        .join(post_photos.select("post_id", "position", "photo_id"), ["post_id", "position"], "inner")
    )
    tag, value = F.col("tag"), F.col("value")
    is_person, is_star = tag.isin("who", "person"), (tag == "who") & (value == F.col("celebrity_id"))
    is_occasion = (
        ((tag == "what") & (value == F.col("kind")))
        | ((tag == "where") & (value == F.col("place")))
        | ((tag == "when") & F.startswith(value, F.col("day")))
        | ((tag == "keyphrase") & F.array_contains("keywords", value))
    )
    of_photo = words.groupBy("event_id", "photo_id").agg(
        F.max(is_star).alias("_star"),
        F.min(F.when(is_person & ~is_star, F.col("surface"))).alias("_other"),
        F.max(is_occasion).alias("_said"),
    )
    return shown.join(of_photo, ["event_id", "photo_id"], "left").select(
        *shown.columns,
        F.coalesce("_star", F.lit(False)).alias("named"),
        F.when(~F.col("_star"), F.col("_other")).alias("other"),
        F.coalesce("_said", F.lit(False)).alias("said"),
    )


def with_representative(shown: DataFrame, features: DataFrame) -> DataFrame:
    """Adds `picture`: the photo that stands for its copies in the event, pinned before keeper before best; and what its copies share."""
    quality = features.select("photo_id", F.col("quality.score").alias("_score"), F.lit(True).alias("_measured"))
    group = Window.partitionBy("event_id", "group_id")
    best_first = group.orderBy(
        (F.col("own_wish") == "pin").desc_nulls_last(), F.col("is_keeper").desc(), F.col("_score").desc_nulls_last(), "photo_id"
    )
    return (
        shown.join(quality, "photo_id", "left")
        .withColumn("_measured", F.coalesce("_measured", F.lit(False)))
        .withColumn("picture", F.first("photo_id").over(best_first))
        .withColumn("group_relevance", F.max("relevance").over(group))
        .withColumn("group_outlets", F.slice(F.array_sort(F.array_distinct(F.flatten(F.collect_list("outlets").over(group)))), 1, _OUTLETS))
        .withColumn("group_other", F.min("other").over(group))
        .withColumn("group_named", F.max("named").over(group))
        .withColumn("group_said", F.max("said").over(group))
        .withColumn("group_filed", F.min("filed").over(group))
    )


def judge(pictures: DataFrame, features: DataFrame, *, settings: TimelineSettings, copy: float) -> DataFrame:
    """Verdicts of the pictures of every event; of events with very many, the less promising ones are left out beforehand.

    Args:
        pictures: columns of `with_representative`.
        features: the table photo_features.
        settings: section `timelines`.
        copy: similarity from which two photos are copies.

    Returns:
        event_id, photo_id, verdict, reason, rank, look, gain, instead.
    """
    alone = pictures.where(F.col("photo_id") == F.col("picture"))
    promising = F.round(F.col("group_relevance") * F.coalesce("_score", F.lit(0.0)), 6)
    best_first = Window.partitionBy("event_id").orderBy((F.col("wish") == "pin").desc_nulls_last(), promising.desc(), "photo_id")
    light = alone.withColumn("late", F.row_number().over(best_first) > settings.candidates).select(
        "event_id",
        "photo_id",
        F.col("group_relevance").alias("relevance"),
        F.col("group_outlets").alias("outlets"),
        "wish",
        "old",
        F.col("group_other").alias("other"),
        F.col("group_said").alias("said"),
        F.when(~F.col("group_said"), F.col("group_filed")).alias("filed"),
        F.coalesce("several", F.lit(False)).alias("several"),
        "late",
        (F.col("_measured") & ~F.col("late")).alias("_weighed"),
    )
    # joined from within, so that the few photos of an increment are broadcast and the vectors move once, to their event
    measures = features.select(*_FEATURES, F.col("quality.score").alias("quality"), F.col("quality.face").alias("face"))
    heavy = light.where("_weighed").join(measures, "photo_id")
    rows = heavy.unionByName(light.where("NOT _weighed"), allowMissingColumns=True).drop("_weighed")
    policy, late = timeline_policy(settings, copy), f"행사의 사진이 많아 관련도와 화질이 앞선 {settings.candidates}장에 들지 못함"

    def judge_events(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for judged in judge_in_order((batch.to_pandas() for batch in batches), policy, late=late):
            yield pa.RecordBatch.from_pandas(judged, schema=_JUDGED, preserve_index=False)

    # every event lies in one task, its rows one after the other: one Python call a batch rather than one an event
    return rows.repartition("event_id").sortWithinPartitions("event_id", "photo_id").mapInArrow(judge_events, from_arrow_schema(_JUDGED))


def timeline_policy(settings: TimelineSettings, copy: float) -> TimelinePolicy:
    """The part of the settings that judges one event."""
    own = settings.model_dump()
    look = LookPolicy(
        settings.same_look,
        settings.surely_same_look,
        settings.surely_other_look,
        settings.look_outlets,
        settings.look_photos,
        settings.look_share,
        settings.look_fewest,
        settings.look_many,
        settings.appearance_weight,
        settings.unseen_scale,
    )
    return TimelinePolicy(look, copy=copy, **{field.name: own[field.name] for field in fields(TimelinePolicy) if field.name in own})


def judge_in_order(batches: Iterable[pd.DataFrame], policy: TimelinePolicy, *, late: str) -> Iterator[pd.DataFrame]:
    """Judges events whose rows follow each other over batches; at most one event and one batch are held.

    Args:
        batches: columns of `judge_event`, event_id, and `late` (not looked at).
        policy: how to judge.
        late: reason of the photos that are not looked at.
    """
    held = pd.DataFrame()
    for batch in batches:
        if batch.empty:
            continue
        together = pd.concat([held, batch]) if len(held) else batch
        is_last = (together["event_id"] == together["event_id"].iloc[-1]).to_numpy()
        if not is_last.all():
            yield _judge_events(together[~is_last], policy, late)
        held = together[is_last]
    if len(held):
        yield _judge_events(held, policy, late)


def _judge_events(photos: pd.DataFrame, policy: TimelinePolicy, late: str) -> pd.DataFrame:
    looked_at = photos[~photos["late"].to_numpy(dtype=bool)]
    judged = [judge_event(event, policy).assign(event_id=event_id) for event_id, event in looked_at.groupby("event_id", sort=True)]
    left_out = photos.loc[photos["late"].to_numpy(dtype=bool), ["event_id", "photo_id"]].assign(verdict="over_budget", reason=late)
    return pd.concat([*judged, left_out] if len(left_out) else judged).reindex(columns=_JUDGED.names)


def with_copies(pictures: DataFrame, judged: DataFrame) -> DataFrame:
    """Verdicts of all photos: copies of a picture that does not belong, or is hidden, share its verdict; others are copies of it.

    Returns:
        event_id, photo_id, verdict, reason, rank, relevance, quality, look, gain, copy_of, recognised (see `event_captions`).
    """
    of_picture = judged.withColumnRenamed("photo_id", "picture")
    joined = pictures.join(of_picture, ["event_id", "picture"], "inner")
    is_picture = F.col("photo_id") == F.col("picture")
    shares = F.col("verdict").isin("hidden", "outlier", "irrelevant")
    copied: Column = F.concat(F.lit("같은 사진 "), F.substring("picture", 1, 8), F.lit("의 복사본"))
    shared: Column = F.concat(F.col("reason"), F.lit(" (같은 사진의 복사본)"))
    burst: Column = F.concat(F.col("reason"), F.lit(": "), F.substring("instead", 1, 8))
    own_reason = F.when(F.col("instead").isNotNull(), burst).otherwise(F.col("reason"))
    return joined.select(
        "event_id",
        "photo_id",
        F.when(is_picture | shares, F.col("verdict")).otherwise("copy").alias("verdict"),
        F.when(is_picture, own_reason).when(shares, shared).otherwise(copied).alias("reason"),
        F.when(is_picture, F.col("rank")).alias("rank"),
        F.col("relevance"),
        F.round("_score", 6).alias("quality"),
        "look",
        F.when(is_picture, F.col("gain")).alias("gain"),
        F.when(~is_picture, F.col("picture")).when(F.col("verdict") == "copy", F.col("instead")).alias("copy_of"),
        (F.col("group_named") | ~F.coalesce("several", F.lit(False))).alias("recognised"),
    )


def _concerned(job: Job) -> DataFrame:
    """event_id of every event that is new, gone, or whose posts, photos, their words or corrections changed."""
    events = job.changed("events", "event_id")
    if job.full:
        return events
    members = job.changed("event_posts", "event_id", "post_id")
    decisions = changed_decisions(job)
    _, showing = changed_photos(job, decisions, job.changed("posts", "post_id"))
    posts = showing.unionByName(members.select("post_id")).dropDuplicates()  # these: of events of others that hold the same posts
    through_posts = job.read("event_posts").join(posts, "post_id", "left_semi").select("event_id")
    named = members.select("event_id").unionByName(decisions.select("event_id"))
    return events.unionByName(through_posts).unionByName(named).dropna().dropDuplicates()


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of this job."""
    return run_job("compose_timelines", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
