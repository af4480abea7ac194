"""Composes the photos of each restaurant, salon and attraction by topic: tables place_topics and place_photos, captions into photo_tags."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from jobs import corrections as decided
from jobs.captions import caption_tags, place_captions
from jobs.changed_photos import READS, changed_decisions, changed_photos, settings_of_words
from jobs.errors import HwaboError
from jobs.frames import settled
from jobs.job import Job, JobReport, run_job
from jobs.resources import conf_file, read_yaml
from jobs.settings import PlaceSettings, Settings
from udfs.place_topics import OTHER, PlacePolicy, Topic, judge_place

_JUDGED = "place_id string, photo_id string, topic string, verdict string, reason string, rank int, instead string"
_PHRASES = 20  # key phrases of the words beside a photo that its caption may choose from


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Composes the places whose reviews, photos or corrections changed."""
    wish = settings.places
    uses = (wish, *settings_of_words(settings))
    with Job(spark, settings, "compose_places", reads=READS, rebuild_when_changed=("places",), uses=uses) as job:
        if job.up_to_date:
            return job.report
        topics = read_policies(wish.policies)
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
                words=words_beside(places, job.read("posts"), job.read("post_photos"), job.read("photo_copies"), job.read("text_tags")),
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


def read_policies(name: str) -> dict[str, tuple[Topic, ...]]:
    """Topics of every service.

    Args:
        name: file below conf/.

    Raises:
        HwaboError: when a topic lacks a key.
    """
    path = conf_file(name)
    services: Mapping[str, Sequence[Mapping[str, Any]]] = read_yaml(path)
    try:
        return {
            service: tuple(
                Topic(
                    rule["id"],
                    rule["title"],
                    tuple(rule["types"]),
                    tuple(rule["words"]),
                    rule["most"],
                    rule.get("reference", False),
                    tuple(rule.get("sights", ())),
                )
                for rule in rules
            )
            for service, rules in services.items()
        }
    except KeyError as error:
        raise HwaboError(f"conf/{path.name}: a topic lacks the key {error}: every topic needs id, title, types, words and most.") from None


def topic_titles(spark: SparkSession, policies: Mapping[str, Sequence[Topic]]) -> DataFrame:
    """service, topic, title, place_in_order, sights: what people read and in which order, and what the photos show."""
    rows = [
        (service, topic.topic, topic.title, number, list(topic.sights))
        for service, topics in policies.items()
        for number, topic in enumerate(topics, 1)
    ]
    rows += [(service, OTHER, "기타", len(topics) + 1, []) for service, topics in policies.items()]
    return spark.createDataFrame(rows, "service string, topic string, title string, place_in_order int, sights array<string>")


def photos_of_places(places: DataFrame, posts: DataFrame, post_photos: DataFrame, photo_copies: DataFrame) -> DataFrame:
    """Every photo of the reviews of every place, once, with the words beside it; and the place's reference photos.

    Returns:
        place_id, service, photo_id, group_id, is_keeper, is_reference, caption, near (the paragraph that the photo follows).
    """
    groups = photo_copies.select("photo_id", "group_id", "is_keeper")
    named = places.select("place_id", "service")
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
            F.nullif(_paragraph(), F.lit("")).alias("near"),
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


def words_beside(places: DataFrame, posts: DataFrame, post_photos: DataFrame, photo_copies: DataFrame, text_tags: DataFrame) -> DataFrame:
    """Key phrases of the captions of a place's photos and of the paragraphs that they follow; no names of people and places.

    Returns:
        place_id, group_id (of copies), phrases (those of captions first, then the better ones; at most `_PHRASES`).
    """
    wanted = places.select("place_id")
    standing = (
        posts.join(wanted, "place_id", "left_semi")
        .join(post_photos.select("post_id", "position", "photo_id", "offset"), "post_id", "inner")
        .withColumn("until", F.length(_text_before()))
        .select("place_id", "post_id", "position", "photo_id", "until", (F.col("until") - F.length(_paragraph())).alias("since"))
    )
    of_posts = text_tags.join(standing.select("post_id").dropDuplicates(), "post_id", "left_semi")
    tags = of_posts.select("post_id", "field", "photo_position", "kind", "value", "begin", "end", "score")
    names = tags.where(F.col("kind").isin("who", "where")).select("post_id", "begin", "end", "field", "photo_position")
    same = [F.col(f"phrase.{column}").eqNullSafe(F.col(f"name.{column}")) for column in names.columns]
    phrases = tags.where(F.col("kind") == "keyphrase").alias("phrase").join(names.alias("name"), same, "left_anti")
    in_caption = (F.col("field") == "caption") & (F.col("photo_position") == F.col("position"))
    in_paragraph = (F.col("field") == "body") & (F.col("begin") >= F.col("since")) & (F.col("end") <= F.col("until"))
    beside = (
        standing.join(phrases, "post_id", "inner")
        .where(in_caption | in_paragraph)
        .join(photo_copies.select("photo_id", "group_id"), "photo_id", "left")
        .groupBy("place_id", F.coalesce("group_id", "photo_id").alias("group_id"), "value")
        .agg(F.max((F.col("field") == "caption").cast("int")).alias("captioned"), F.max("score").alias("score"))
    )
    best_first = Window.partitionBy("place_id", "group_id").orderBy(F.col("captioned").desc(), F.col("score").desc(), "value")
    best = beside.withColumn("_rank", F.row_number().over(best_first)).where(F.col("_rank") <= _PHRASES)
    in_order = F.array_sort(F.collect_list(F.struct("_rank", "value")))  # at most `_PHRASES`
    return best.groupBy("place_id", "group_id").agg(F.transform(in_order, lambda entry: entry["value"]).alias("phrases"))


def _text_before() -> Column:
    """The body up to the photo, without the blank lines between."""
    return F.regexp_replace(F.expr("substring(body, 1, offset)"), r"\s+$", "")


def _paragraph() -> Column:
    """The paragraph that the photo follows: the last line before it that is not blank."""
    return F.substring_index(_text_before(), "\n", -1)


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
        "group_id",
        "topic",
        F.when(is_picture, F.col("rank")).alias("rank"),
        F.when(is_picture | shares, F.col("verdict")).otherwise("copy").alias("verdict"),
        F.when(is_picture, own_reason).when(shares, shared).otherwise(copied).alias("reason"),
        F.round("_score", 6).alias("quality"),
        F.when(~is_picture, F.col("picture")).alias("copy_of"),
    )


def topic_rows(rows: DataFrame, places: DataFrame, titles: DataFrame, *, keywords: int) -> DataFrame:
    """One row a topic that shows photos, in the order of the service, with the words for what most of them show.

    Args:
        rows: place_id, topic, verdict, words.
        places: place_id, service.
        titles: service, topic, title, place_in_order.
        keywords: words a topic gets at most.
    """
    kept = rows.where(F.col("verdict") == "kept")
    counts = kept.groupBy("place_id", "topic").agg(F.count(F.lit(1)).cast("int").alias("photos"))
    words = (
        kept.select("place_id", "topic", F.explode("words").alias("word"))
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
        .join(F.broadcast(titles.drop("sights")), ["service", "topic"], "inner")
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
    """place_id of every place whose reviews, photos, their words or corrections changed."""
    if job.full:
        return job.count_in(job.read("places").select("place_id"))
    decisions = changed_decisions(job)
    posts = job.changed("posts", "post_id", "place_id")  # the place that it was of, too
    photos, showing = changed_photos(job, decisions, posts)
    of_posts = job.read("posts").join(showing, "post_id", "left_semi").select("place_id")
    was_there = job.lake.read("place_photos").join(photos, "photo_id", "left_semi").select("place_id")
    named = posts.select("place_id").unionByName(decisions.select("place_id"))
    return of_posts.unionByName(was_there).unionByName(named).dropna().dropDuplicates()


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of this job."""
    return run_job("compose_places", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
