"""Collects the words that bring up events, places, photos and celebrities, each with a weight that can be explained.

A weight is that of the word's kind (`search.weights`) times how strongly the word belongs to the target, in [0, 1]. How rare a
word is changes with every post and is therefore worked out when somebody searches (`jobs/search.py`), from this table alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import reduce
from typing import Any

import yaml
from pydantic import BaseModel
from pyspark.sql import Column, DataFrame, SparkSession, Window, WindowSpec
from pyspark.sql import functions as F
from pyspark.sql.types import DoubleType, StringType, StructField, StructType

from jobs.job import Job, JobReport, run_job
from jobs.resources import conf_file
from jobs.settings import Settings
from udfs.search_words import LONGEST_TERM, NOT_LETTERS, PARTICLE_PATTERN

WEEKDAYS = ("일요일", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일")
SERVICE_WORDS = {
    "restaurant": ["맛집", "식당", "음식점", "카페"],
    "salon": ["미용실", "헤어샵", "헤어", "살롱"],
    "attraction": ["명소", "관광지", "여행지", "가볼 만한 곳"],
}
# How strongly a spelled-out date says when it was: (pattern of date_format, strength).
_DATES = (
    ("yyyy'년'M'월'd'일'", 1.0), ("yyyyMMdd", 1.0), ("M'월'd'일'", 0.9), ("yyyy'년'M'월'", 0.7), ("yyyyMM", 0.7), ("M'월'", 0.5),
    ("yyyy'년'", 0.3), ("yyyy", 0.3), ("d'일'", 0.3),
)  # fmt: skip
_PART_OF_PHRASE, _WITH_PARTICLE, _HINT = 0.7, 0.8, 0.4


class KindWords(BaseModel):
    """The words of every kind of event, as conf/event_kinds.yaml has them; a change of them concerns every event."""

    words: dict[str, list[str]]
    hints: dict[str, list[str]]


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Rewrites the terms of what changed.

    Args:
        spark: the session.
        settings: all settings; `search` is used.
    """
    kinds = read_kind_words()
    reads = ("events", "event_posts", "event_photos", "text_tags", "photo_tags", "place_topics", "place_photos", "celebrities", "places")
    with Job(
        spark, settings, "index_search", reads=reads, rebuild_when_changed=("celebrities", "places"), uses=(settings.search, kinds)
    ) as job:
        if job.up_to_date:
            return job.report
        events, photos, places, celebrities = (
            changed_events(job),
            changed_photos(job),
            changed_places(job),
            job.changed("celebrities", "celebrity_id"),
        )
        phrases = [
            event_phrases(job, events, spark.createDataFrame(_kind_rows(kinds), _KIND_SCHEMA)),
            photo_phrases(job, photos),
            place_phrases(job, places),
            celebrity_phrases(job.read("celebrities").join(celebrities, "celebrity_id", "left_semi")),
        ]
        terms = reduce(DataFrame.unionByName, phrases).transform(spell_out).transform(weigh, weights=settings.search.weights)
        changed = [
            frame.select(F.lit(kind).alias("target_type"), F.col(f"{kind}_id").alias("target_id"))
            for kind, frame in (("event", events), ("photo", photos), ("place", places), ("celebrity", celebrities))
        ]
        job.replace("search_terms", terms, within=None if job.full else reduce(DataFrame.unionByName, changed))
    return job.report


def changed_events(job: Job) -> DataFrame:
    """Events whose terms may differ: column event_id."""
    posts = job.changed("text_tags", "post_id")
    by_words = job.read("event_posts").join(posts, "post_id", "left_semi").select("event_id")
    own = [job.changed(table, "event_id") for table in ("events", "event_posts", "event_photos")]
    return job.keep(reduce(DataFrame.unionByName, [by_words, *own]).dropDuplicates())


def changed_photos(job: Job) -> DataFrame:
    """Photos whose terms may differ: column photo_id."""
    frames = [job.changed(table, "photo_id") for table in ("photo_tags", "event_photos", "place_photos")]
    return job.keep(reduce(DataFrame.unionByName, frames).dropDuplicates())


def changed_places(job: Job) -> DataFrame:
    """Places whose terms may differ: column place_id."""
    frames = [job.changed(table, "place_id") for table in ("places", "place_topics", "place_photos")]
    return job.keep(reduce(DataFrame.unionByName, frames).dropDuplicates())


def event_phrases(job: Job, changed: DataFrame, kinds: DataFrame) -> DataFrame:
    """What an event is found by: who, what, where, when, key words, title, and what its shown photos show.

    Args:
        job: the run.
        changed: column event_id.
        kinds: columns kind, word, strength.

    Returns:
        Columns phrase, kind, target_type, target_id, strength.
    """
    events = job.keep(job.read("events").join(changed, "event_id", "left_semi"))
    people = events.select("event_id", "celebrity_id").join(job.read("celebrities"), "celebrity_id")
    surfaces = (
        job.read("text_tags")
        .where((F.col("kind") == "where") & F.col("is_event"))
        .select("post_id", "surface", F.col("value").alias("place"))
        .join(job.read("event_posts").join(changed, "event_id", "left_semi"), "post_id")
        .join(events.select("event_id", "place"), ["event_id", "place"])
    )
    shown = job.read("event_photos").where(F.col("verdict") == "kept").join(changed, "event_id", "left_semi")
    tags = (
        shown.select("event_id", F.count(F.lit(1)).over(_per("event_id")).alias("shown"), F.explode("tags").alias("phrase"))
        .groupBy("event_id", "phrase")
        .agg(F.sqrt(F.count(F.lit(1)) / F.first("shown")).alias("share"))
    )
    order = F.col("order").cast("double")
    parts = [
        *(_phrases(people.withColumn("phrase", phrase), kind, "event", strength) for phrase, kind, strength in _names_of_people()),
        _phrases(events.join(F.broadcast(kinds), "kind").withColumnRenamed("word", "phrase"), "what", "event", F.col("strength")),
        _phrases(events.withColumn("phrase", F.col("place")), "where", "event", 1.0),
        _phrases(surfaces.withColumn("phrase", F.col("surface")), "where", "event", 0.9),
        _phrases(
            events.select("event_id", F.explode(date_words("starts_at", "upcoming")).alias("d")).select("event_id", "d.*"),
            "when",
            "event",
            F.col("strength"),
        ),
        _phrases(events.select("event_id", F.posexplode("keywords").alias("order", "phrase")), "keyphrase", "event", 1 / (1 + order * 0.1)),
        _phrases(events.withColumn("phrase", F.col("title")), "title", "event", 1.0),
        _phrases(tags, "tag", "event", F.col("share")),
    ]
    return reduce(DataFrame.unionByName, parts)


def photo_phrases(job: Job, changed: DataFrame) -> DataFrame:
    """What a shown photo is found by: words near it, what it shows, its caption. Columns as in `event_phrases`."""
    kept = [job.read(table).where(F.col("verdict") == "kept").select("photo_id") for table in ("event_photos", "place_photos")]
    shown = kept[0].unionByName(kept[1]).join(changed, "photo_id", "left_semi").dropDuplicates()
    tags = job.read("photo_tags").join(shown, "photo_id").withColumnRenamed("tag", "phrase")
    kinds = {"text": "text", "visual": "tag", "caption": "caption"}
    return reduce(
        DataFrame.unionByName,
        (_phrases(tags.where(F.col("source") == source), kind, "photo", F.col("score")) for source, kind in kinds.items()),
    )


def place_phrases(job: Job, changed: DataFrame) -> DataFrame:
    """What a place is found by: names, kind of place, address, topics and what its shown photos show. Columns as in `event_phrases`."""
    places = job.read("places").join(changed, "place_id", "left_semi")
    topics = job.read("place_topics").join(changed, "place_id", "left_semi")
    shown = job.read("place_photos").where(F.col("verdict") == "kept").join(changed, "place_id", "left_semi")
    tags = (
        shown.select("place_id", F.count(F.lit(1)).over(_per("place_id")).alias("shown"), F.explode("tags").alias("phrase"))
        .groupBy("place_id", "phrase")
        .agg(F.sqrt(F.count(F.lit(1)) / F.first("shown")).alias("share"))
    )
    services = F.create_map(*(part for service, words in SERVICE_WORDS.items() for part in (F.lit(service), F.array(*map(F.lit, words)))))
    parts = [
        _phrases(places.withColumn("phrase", F.col("name")), "where", "place", 1.0),
        _phrases(places.select("place_id", F.explode("aliases").alias("phrase")), "where", "place", 0.9),
        _phrases(places.select("place_id", F.explode(services[F.col("service")]).alias("phrase")), "service", "place", 1.0),
        _phrases(places.withColumn("phrase", F.col("address")), "address", "place", 1.0),
        _phrases(topics.withColumn("phrase", F.col("title")), "topic", "place", 1 / F.col("rank")),
        _phrases(
            topics.select("place_id", F.posexplode("keywords").alias("order", "phrase")),
            "keyphrase",
            "place",
            1 / (1 + F.col("order") * 0.1),
        ),
        _phrases(tags, "tag", "place", F.col("share")),
    ]
    return reduce(DataFrame.unionByName, parts)


def celebrity_phrases(celebrities: DataFrame) -> DataFrame:
    """What a celebrity's timeline is found by. Columns as in `event_phrases`."""
    parts = [
        _phrases(celebrities.withColumn("phrase", phrase), kind, "celebrity", strength) for phrase, kind, strength in _names_of_people()
    ]
    return reduce(DataFrame.unionByName, parts)


def date_words(column: str, upcoming: str) -> Column:
    """How people write a date: array of struct(phrase, strength). `upcoming`: a column that is true for what is announced."""
    words = [F.struct(F.date_format(column, pattern).alias("phrase"), F.lit(strength).alias("strength")) for pattern, strength in _DATES]
    weekday = F.element_at(F.array(*map(F.lit, WEEKDAYS)), F.dayofweek(column))
    words.append(F.struct(weekday.alias("phrase"), F.lit(0.3).alias("strength")))
    announced = [F.struct(F.lit(word).alias("phrase"), F.lit(1.0).alias("strength")) for word in ("예정", "예고")]
    return F.when(F.col(upcoming), F.array(*words, *announced)).otherwise(F.array(*words))


def spell_out(phrases: DataFrame) -> DataFrame:
    """Phrases as the terms that are kept: the whole without spaces, each of its words, and the words without their particles.

    Args:
        phrases: columns phrase, kind, target_type, target_id, strength.

    Returns:
        Columns term, kind, target_type, target_id, strength; one row a term, kind and target.
    """
    words = F.filter(F.split(F.lower("phrase"), NOT_LETTERS), lambda word: F.length(word) > 0)
    whole = phrases.withColumn("term", F.regexp_replace(F.lower("phrase"), NOT_LETTERS, ""))
    several = phrases.withColumn("words", words).where(F.size("words") > 1).withColumn("term", F.explode("words"))
    several = several.where(F.length("term") > 1).withColumn("strength", F.col("strength") * _PART_OF_PHRASE).drop("words")
    spelled = whole.unionByName(several)
    stems = spelled.where(F.col("kind").isin("title", "text", "caption", "keyphrase"))
    stems = stems.withColumn("stem", F.regexp_replace("term", PARTICLE_PATTERN, "$1")).where(F.col("stem") != F.col("term"))
    stems = stems.withColumn("term", F.col("stem")).withColumn("strength", F.col("strength") * _WITH_PARTICLE).drop("stem")
    kept = spelled.unionByName(stems).where((F.length("term") > 0) & (F.length("term") <= LONGEST_TERM))
    return kept.groupBy("term", "kind", "target_type", "target_id").agg(F.max("strength").alias("strength"))


def weigh(terms: DataFrame, *, weights: dict[str, float]) -> DataFrame:
    """Multiplies the strength of every term by the weight of its kind: column `weight` in place of `strength`."""
    of_kind = F.create_map(*(part for kind, weight in sorted(weights.items()) for part in (F.lit(kind), F.lit(weight))))
    weight = F.round(of_kind[F.col("kind")] * F.col("strength"), 4)
    return terms.select("term", "kind", "target_type", "target_id", weight.alias("weight")).where(F.col("weight") > 0)


def read_kind_words() -> KindWords:
    """The words of conf/event_kinds.yaml."""
    rules: list[dict[str, Any]] = yaml.safe_load(conf_file("event_kinds.yaml").read_text(encoding="utf-8"))
    return KindWords(
        words={rule["id"]: [rule["label"], *rule.get("words", [])] for rule in rules},
        hints={rule["id"]: list(rule.get("hints", [])) for rule in rules},
    )


_KIND_SCHEMA = StructType([StructField("kind", StringType()), StructField("word", StringType()), StructField("strength", DoubleType())])


def _kind_rows(kinds: KindWords) -> list[tuple[str, str, float]]:
    rows = [(kind, word, 1.0 if place == 0 else 0.9) for kind, words in kinds.words.items() for place, word in enumerate(words)]
    return rows + [(kind, word, _HINT) for kind, words in kinds.hints.items() for word in words]


def _names_of_people() -> list[tuple[Column, str, float]]:
    return [
        (F.col("name"), "who", 1.0),
        (F.explode("aliases"), "who", 0.9),
        (F.explode("groups"), "group", 1.0),
        (F.col("occupation"), "occupation", 1.0),
    ]


def _phrases(rows: DataFrame, kind: str, target_type: str, strength: Column | float) -> DataFrame:
    weight = F.lit(strength) if isinstance(strength, float) else strength
    target = F.col(f"{target_type}_id").alias("target_id")
    return rows.select(
        "phrase", F.lit(kind).alias("kind"), F.lit(target_type).alias("target_type"), target, weight.cast("double").alias("strength")
    ).where(F.col("phrase").isNotNull())


def _per(column: str) -> WindowSpec:
    return Window.partitionBy(column)


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of the job."""
    return run_job("index_search", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
