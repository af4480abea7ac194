"""Composes the photos of each restaurant, salon and attraction by topic: tables place_topics and place_photos, captions into photo_tags."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from jobs import corrections as decided
from jobs.captions import caption_tags, place_captions
from jobs.errors import HwaboError
from jobs.frames import settled
from jobs.job import Job, JobReport, run_job
from jobs.resources import conf_file, read_yaml
from jobs.settings import PlaceSettings, Settings
from udfs.place_topics import OTHER, PlacePolicy, Topic, judge_place

_JUDGED = "place_id string, photo_id string, topic string, verdict string, reason string, rank int, instead string"
_READS = ("posts", "post_photos", "photo_features", "photo_copies", "places", "corrections")


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Composes the places whose reviews, photos or corrections changed."""
    wish = settings.places
    with Job(spark, settings, "compose_places", reads=_READS, rebuild_when_changed=("places",), uses=wish) as job:
        if job.up_to_date:
            return job.report
        topics = read_policies()
        concerned = settled(_concerned(job))
        places = job.read("places").join(concerned, "place_id", "left_semi")
        wishes = decided.photo_wishes(job.read("corrections"), of="place_id")

        shown = settled(photos_of_places(places, job.read("posts"), job.read("post_photos"), job.read("photo_copies")))
        pictures = settled(
            shown.transform(decided.with_wishes, wishes, of="place_id").transform(
                with_representative, job.read("photo_features"), job.read("places")
            )
        )
        judged = settled(pictures.transform(judge, job.read("photo_features"), topics, settings=wish))
        rows = settled(
            pictures.transform(with_copies, judged).transform(
                place_captions,
                places=job.read("places"),
                titles=topic_titles(spark, topics),
                tags=job.lake.read("photo_tags"),
                limit=wish.tags,
            )
        )
        summaries = settled(topic_rows(rows, places, topic_titles(spark, topics), keywords=wish.keywords))
        within = None if job.full else concerned
        before = settled(job.lake.read("place_photos").join(concerned, "place_id", "left_semi").select("photo_id"))
        job.replace("place_photos", rows, within=within)
        job.replace("place_topics", summaries, within=within)
        captions, photos = caption_tags(job.lake, before.unionByName(rows.select("photo_id")))
        job.replace("photo_tags", captions, within=photos)
    return job.report


def read_policies() -> dict[str, tuple[Topic, ...]]:
    """Topics of every service, from conf/service_policies.yaml.

    Raises:
        HwaboError: when a topic lacks a key.
    """
    path = conf_file("service_policies.yaml")
    services: Mapping[str, Sequence[Mapping[str, Any]]] = read_yaml(path)
    try:
        return {
            service: tuple(
                Topic(rule["id"], rule["title"], tuple(rule["types"]), tuple(rule["words"]), rule["most"], rule.get("reference", False))
                for rule in rules
            )
            for service, rules in services.items()
        }
    except KeyError as error:
        raise HwaboError(f"conf/{path.name}: a topic lacks the key {error}: every topic needs id, title, types, words and most.") from None


def topic_titles(spark: SparkSession, policies: Mapping[str, Sequence[Topic]]) -> DataFrame:
    """service, topic, title, place_in_order: what people read and in which order."""
    rows = [(service, topic.topic, topic.title, number) for service, topics in policies.items() for number, topic in enumerate(topics, 1)]
    rows += [(service, OTHER, "기타", len(topics) + 1) for service, topics in policies.items()]
    return spark.createDataFrame(rows, "service string, topic string, title string, place_in_order int")


def photos_of_places(places: DataFrame, posts: DataFrame, post_photos: DataFrame, photo_copies: DataFrame) -> DataFrame:
    """Every photo of the reviews of every place, once, with the words beside it; and the place's reference photos.

    Returns:
        place_id, service, photo_id, group_id, is_keeper, is_reference, caption, near (the paragraph that the photo follows).
    """
    groups = photo_copies.select("photo_id", "group_id", "is_keeper")
    named = places.select("place_id", "service")
    paragraphs = F.expr("filter(split(substring(body, 1, offset), '\\n+'), part -> trim(part) <> '')")
    beside = F.try_element_at(paragraphs, F.lit(-1))
    reviewed = (
        posts.where(F.col("place_id").isNotNull())
        .drop("service")
        .join(named, "place_id", "inner")
        .join(post_photos, "post_id", "inner")
        .select(
            "place_id",
            "service",
            "photo_id",
            F.nullif(F.col("caption"), F.lit("")).alias("caption"),
            beside.alias("near"),
            F.lit(False).alias("is_reference"),
        )
    )
    referred = places.select("place_id", "service", F.explode("reference_photos").alias("photo_id")).withColumn("is_reference", F.lit(True))
    return (
        reviewed.unionByName(referred, allowMissingColumns=True)
        .groupBy("place_id", "service", "photo_id")
        .agg(F.max("is_reference").alias("is_reference"), F.min("caption").alias("caption"), F.min("near").alias("near"))
        .join(groups, "photo_id", "left")
        .withColumn("group_id", F.coalesce("group_id", "photo_id"))
        .withColumn("is_keeper", F.coalesce("is_keeper", F.lit(True)))
    )


def with_representative(shown: DataFrame, features: DataFrame, places: DataFrame) -> DataFrame:
    """Adds `picture` (which stands for its copies), the copies' words, and `elsewhere`: another place whose reference photo it is."""
    quality = features.select("photo_id", F.col("quality.score").alias("_score"))
    group = Window.partitionBy("place_id", "group_id")
    best_first = group.orderBy(
        (F.col("own_wish") == "pin").desc_nulls_last(), F.col("is_keeper").desc(), F.col("_score").desc_nulls_last(), "photo_id"
    )
    references = places.select(
        F.col("place_id").alias("_owner"), F.col("name").alias("_name"), F.explode("reference_photos").alias("photo_id")
    )
    foreign = shown.select("place_id", "photo_id").join(references, "photo_id", "inner").where(F.col("place_id") != F.col("_owner"))
    named = foreign.groupBy("place_id", "photo_id").agg(F.min("_name").alias("elsewhere"))
    return (
        shown.join(quality, "photo_id", "left")
        .join(named, ["place_id", "photo_id"], "left")
        .withColumn("elsewhere", F.when(~F.col("is_reference"), F.col("elsewhere")))
        .withColumn("picture", F.first("photo_id").over(best_first))
        .withColumn("group_caption", F.min("caption").over(group))
        .withColumn("group_near", F.min("near").over(group))
        .withColumn("group_reference", F.max("is_reference").over(group))
        .withColumn("group_elsewhere", F.min("elsewhere").over(group))
    )


def judge(pictures: DataFrame, features: DataFrame, policies: Mapping[str, Sequence[Topic]], *, settings: PlaceSettings) -> DataFrame:
    """Topic and verdict of the pictures of every place; of places with very many, the best ones are looked at.

    Returns:
        place_id, photo_id, topic, verdict, reason, rank, instead.
    """
    best_first = Window.partitionBy("place_id").orderBy(
        (F.col("wish") == "pin").desc_nulls_last(), F.col("group_reference").desc(), F.col("_score").desc_nulls_last(), "photo_id"
    )
    numbered = pictures.where(F.col("photo_id") == F.col("picture")).withColumn("_number", F.row_number().over(best_first))
    candidates = numbered.where(F.col("_number") <= settings.candidates).select(
        "place_id",
        "service",
        "photo_id",
        F.col("group_caption").alias("caption"),
        F.col("group_near").alias("near"),
        "wish",
        F.col("group_reference").alias("is_reference"),
        F.col("group_elsewhere").alias("elsewhere"),
    )
    measured = candidates.join(
        features.select("photo_id", "embedding", F.col("quality.score").alias("quality"), "photo_type", "error"), "photo_id", "left"
    )
    topics, policy = (
        dict(policies),
        PlacePolicy(settings.least_quality, settings.burst, settings.alike, settings.neighbour, settings.graphics),
    )

    def judge_one(photos: pd.DataFrame) -> pd.DataFrame:
        first = photos.iloc[0]
        judged = judge_place(photos, topics.get(first["service"], ()), policy)
        return judged.assign(place_id=first["place_id"])[["place_id", "photo_id", "topic", "verdict", "reason", "rank", "instead"]]

    judged = measured.groupBy("place_id").applyInPandas(judge_one, _JUDGED)
    late = numbered.where(F.col("_number") > settings.candidates).select(
        "place_id",
        "photo_id",
        F.lit(OTHER).alias("topic"),
        F.lit("over_budget").alias("verdict"),
        F.lit(f"사진이 많아 화질이 앞선 {settings.candidates}장에 들지 못함").alias("reason"),
        F.lit(None).cast("int").alias("rank"),
        F.lit(None).cast("string").alias("instead"),
    )
    return judged.unionByName(late)


def with_copies(pictures: DataFrame, judged: DataFrame) -> DataFrame:
    """Verdicts of all photos: copies of a hidden or foreign picture share its verdict, others are copies of it."""
    joined = pictures.join(judged.withColumnRenamed("photo_id", "picture"), ["place_id", "picture"], "inner")
    is_picture = F.col("photo_id") == F.col("picture")
    shares = F.col("verdict").isin("hidden", "irrelevant")
    copied = F.concat(F.lit("같은 사진 "), F.substring("picture", 1, 8), F.lit("의 복사본"))
    shared = F.concat(F.col("reason"), F.lit(" (같은 사진의 복사본)"))
    own_reason = F.when(F.col("instead").isNotNull(), F.concat(F.col("reason"), F.lit(": "), F.substring("instead", 1, 8))).otherwise(
        F.col("reason")
    )
    return joined.select(
        "place_id",
        "service",
        "photo_id",
        "topic",
        F.when(is_picture, F.col("rank")).alias("rank"),
        F.when(is_picture | shares, F.col("verdict")).otherwise("copy").alias("verdict"),
        F.when(is_picture, own_reason).when(shares, shared).otherwise(copied).alias("reason"),
        F.round("_score", 6).alias("quality"),
        F.when(~is_picture, F.col("picture")).alias("copy_of"),
    )


def topic_rows(rows: DataFrame, places: DataFrame, titles: DataFrame, *, keywords: int) -> DataFrame:
    """One row a topic that shows photos, in the order of the service, with the words that most of its photos share."""
    kept = rows.where(F.col("verdict") == "kept")
    counts = kept.groupBy("place_id", "topic").agg(F.count(F.lit(1)).cast("int").alias("photos"))
    words = (
        kept.select("place_id", "topic", F.explode("tags").alias("word"))
        .groupBy("place_id", "topic", "word")
        .agg(F.count(F.lit(1)).alias("_count"))
    )
    best = Window.partitionBy("place_id", "topic").orderBy(F.col("_count").desc(), "word")
    ranked = words.withColumn("_rank", F.row_number().over(best)).where(F.col("_rank") <= keywords)
    ordered = F.transform(F.array_sort(F.collect_list(F.struct("_rank", "word"))), lambda entry: entry["word"])  # at most `keywords`
    named = ranked.groupBy("place_id", "topic").agg(ordered.alias("keywords"))
    in_order = Window.partitionBy("place_id").orderBy("place_in_order", "topic")
    return (
        counts.join(named, ["place_id", "topic"], "left")
        .join(places.select("place_id", "service"), "place_id", "inner")
        .join(F.broadcast(titles), ["service", "topic"], "inner")
        .select(
            "place_id",
            "topic",
            F.row_number().over(in_order).alias("rank"),
            "title",
            F.coalesce("keywords", F.array().cast("array<string>")).alias("keywords"),
            "photos",
        )
    )


def _concerned(job: Job) -> DataFrame:
    """place_id of every place whose reviews, photos or corrections changed."""
    named = job.read("places").select("place_id")
    if job.full:
        return job.count_in(named)
    posts = job.changed("posts", "post_id").unionByName(job.changed("post_photos", "post_id"))
    decisions = job.read("corrections").join(job.changed("corrections", "correction_id"), "correction_id", "left_semi")
    photos = (
        job.changed("photo_features", "photo_id")
        .unionByName(job.changed("photo_copies", "photo_id"))
        .unionByName(decisions.select("photo_id"))
        .dropna()
        .dropDuplicates()
    )
    copies = job.read("photo_copies").select("photo_id", "group_id")
    groups = copies.join(photos, "photo_id", "left_semi").select("group_id").dropDuplicates()
    pictures = photos.unionByName(copies.join(groups, "group_id", "left_semi").select("photo_id")).dropDuplicates()
    showing = job.read("post_photos").join(pictures, "photo_id", "left_semi").select("post_id")
    reviews = job.read("posts").where(F.col("place_id").isNotNull())
    of_posts = reviews.join(posts.unionByName(showing).dropDuplicates(), "post_id", "left_semi").select("place_id")
    was_there = job.lake.read("place_photos").join(pictures, "photo_id", "left_semi").select("place_id")
    moved = job.changed("posts", "place_id")
    return of_posts.unionByName(was_there).unionByName(moved).unionByName(decisions.select("place_id")).dropna().dropDuplicates()


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of this job."""
    return run_job("compose_places", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
