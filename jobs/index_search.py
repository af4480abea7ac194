"""Collects the words that bring up events, places, photos and celebrities, each with a weight that can be explained.

A weight is that of the word's kind (`search.weights`) times how strongly the word belongs to the target, in [0, 1]. How rare a
word is changes with every post and is therefore worked out when somebody searches (`jobs/search.py`), from this table alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import reduce
from typing import Any

from pydantic import BaseModel
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from jobs.job import Job, JobReport, run_job
from jobs.post_facts import with_place_names
from jobs.resources import conf_file, read_yaml
from jobs.sessions import on_the_wall
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
    """The words of every kind of event; a change of them concerns every event."""

    words: dict[str, list[str]]
    hints: dict[str, list[str]]


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Rewrites the terms of what changed.

    Args:
        spark: the session.
        settings: all settings; `search` is used.
    """
    kinds = read_kind_words(settings.text.event_kinds)
    reads = ("events", "event_posts", "event_photos", "text_tags", "photo_tags", "place_topics", "place_photos", "celebrities", "places")
    with Job(
        spark, settings, "index_search", reads=reads, rebuild_when_changed=("celebrities", "places"), uses=(settings.search, kinds)
    ) as job:
        if job.up_to_date:
            return job.report
        events, photos, places, celebrities = changed_targets(job)
        phrases = [
            event_phrases(job, events, kinds),
            photo_phrases(job, photos),
            place_phrases(job, places),
            celebrity_phrases(job, celebrities),
        ]
        terms = job.keep(reduce(DataFrame.unionByName, phrases)).transform(spell_out).transform(weigh, weights=settings.search.weights)
        job.replace(
            "search_terms", terms, within=None if job.full else targets(event=events, photo=photos, place=places, celebrity=celebrities)
        )
    return job.report


def changed_targets(job: Job) -> tuple[DataFrame | None, DataFrame | None, DataFrame | None, DataFrame | None]:
    """Events, photos, places and celebrities whose terms may differ, each as a frame of its id; all None when the run is full."""
    if job.full:
        job.report.rows_in = sum(job.read(table).count() for table in ("events", "photo_tags", "places", "celebrities"))
        return None, None, None, None
    posts = _changed(job, ("text_tags",), "post_id")
    by_words = job.read("event_posts").join(posts, "post_id", "left_semi").select("event_id")
    events = job.keep(_changed(job, ("events", "event_posts", "event_photos"), "event_id").unionByName(by_words).dropDuplicates())
    photos = job.keep(_changed(job, ("photo_tags", "event_photos", "place_photos"), "photo_id"))
    places = job.keep(_changed(job, ("place_topics", "place_photos"), "place_id"))
    return events, photos, places, job.read("celebrities").select("celebrity_id").limit(0)


def targets(**changed: DataFrame | None) -> DataFrame:
    """Frames of ids, by type of target, as one frame of target_type and target_id."""
    frames = [
        frame.select(F.lit(kind).alias("target_type"), F.col(f"{kind}_id").alias("target_id"))
        for kind, frame in changed.items()
        if frame is not None
    ]
    return reduce(DataFrame.unionByName, frames)


def event_phrases(job: Job, changed: DataFrame | None, kinds: KindWords) -> DataFrame:
    """What an event is found by: who, what, where, when, key words, title, the place as posts write it, what its shown photos show.

    Args:
        job: the run.
        changed: column event_id; None: all.
        kinds: the words of every kind of event.

    Returns:
        Columns target_type, target_id, phrase, kind, strength.
    """
    people = job.read("celebrities").select("celebrity_id", "name", "aliases", "groups", "occupation")
    events = _only(job.read("events"), changed, "event_id").join(F.broadcast(people), "celebrity_id", "left")
    words = F.filter(_kind_words(kinds), lambda word: word["of"] == F.col("kind"))
    own = _explode(
        events, "event",
        _people_phrases(),
        F.transform(words, lambda word: _phrase(word["word"], "what", word["strength"])),
        F.array(_phrase("place", "where", 1.0), _phrase("title", "title", 1.0)),
        date_words("starts_at", "upcoming", job.settings.text.time_zone),
        F.transform("keywords", lambda word, order: _phrase(word, "keyphrase", 1 / (1 + order * 0.1))),
    )  # fmt: skip
    surfaces = (
        job.read("text_tags")
        .where((F.col("kind") == "where") & F.col("is_event"))
        .select("post_id", "surface", F.col("value").alias("place"))
        .transform(with_place_names, job.read("places"), column="place")
        .join(_only(job.read("event_posts"), changed, "event_id").select("event_id", "post_id"), "post_id")
        .join(job.read("events").select("event_id", "place"), ["event_id", "place"])
    )
    written = _explode(surfaces, "event", F.array(_phrase("surface", "where", 0.9)))
    return own.unionByName(written).unionByName(_shown_tags(job, changed, "event"))


def photo_phrases(job: Job, changed: DataFrame | None) -> DataFrame:
    """What a shown photo is found by: words near it, what it shows, its caption. Columns as in `event_phrases`."""
    kept = [job.read(table).where(F.col("verdict") == "kept").select("photo_id") for table in ("event_photos", "place_photos")]
    tags = _only(job.read("photo_tags"), changed, "photo_id").join(kept[0].unionByName(kept[1]), "photo_id", "left_semi")
    kind = F.when(F.col("source") == "visual", "tag").otherwise(F.col("source"))
    return _explode(tags, "photo", F.array(_phrase("tag", kind, F.col("score"))))


def place_phrases(job: Job, changed: DataFrame | None) -> DataFrame:
    """What a place is found by: names, kind of place, address, topics and what its shown photos show. Columns as in `event_phrases`."""
    services = F.create_map(*(part for service, words in SERVICE_WORDS.items() for part in (F.lit(service), F.array(*map(F.lit, words)))))
    own = _explode(
        _only(job.read("places"), changed, "place_id"), "place",
        F.array(_phrase("name", "where", 1.0), _phrase("address", "address", 1.0)),
        F.transform("aliases", lambda alias: _phrase(alias, "where", 0.9)),
        F.transform(services[F.col("service")], lambda word: _phrase(word, "service", 1.0)),
    )  # fmt: skip
    topics = _explode(
        _only(job.read("place_topics"), changed, "place_id"), "place",
        F.array(_phrase("title", "topic", 1 / F.col("rank"))),
        F.transform("keywords", lambda word, order: _phrase(word, "keyphrase", 1 / (1 + order * 0.1))),
    )  # fmt: skip
    return own.unionByName(topics).unionByName(_shown_tags(job, changed, "place"))


def celebrity_phrases(job: Job, changed: DataFrame | None) -> DataFrame:
    """What a celebrity's timeline is found by. Columns as in `event_phrases`."""
    return _explode(_only(job.read("celebrities"), changed, "celebrity_id"), "celebrity", _people_phrases())


def date_words(column: str, upcoming: str, zone: str) -> Column:
    """How people write the date in a zone: array of phrases. `upcoming`: a column that is true for what is announced."""
    at = on_the_wall(F.col(column), zone)
    words = [_phrase(F.date_format(at, pattern), "when", strength) for pattern, strength in _DATES]
    weekday = F.element_at(F.array(*map(F.lit, WEEKDAYS)), F.dayofweek(at))
    words.append(_phrase(weekday, "when", 0.3))
    announced = [_phrase(F.lit(word), "when", 1.0) for word in ("예정", "예고")]
    return F.when(F.col(upcoming), F.array(*words, *announced)).otherwise(F.array(*words))


def spell_out(phrases: DataFrame) -> DataFrame:
    """Phrases as the terms that are kept: the whole without spaces, each of its words, and the words without their particles.

    Args:
        phrases: columns phrase, kind, target_type, target_id, strength.

    Returns:
        Columns term, kind, target_type, target_id, strength; one row a term, kind and target.
    """
    # as queries write them, K-pop as kpop, and by their parts
    written = F.transform(F.split(F.lower("phrase"), r"\s+"), lambda word: F.regexp_replace(word, NOT_LETTERS, ""))
    parts = F.split(F.lower("phrase"), NOT_LETTERS)
    words = F.array_distinct(F.filter(F.concat(written, parts), lambda word: F.length(word) > 0))
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


def read_kind_words(name: str) -> KindWords:
    """The words of a file of kinds below conf/."""
    rules: list[dict[str, Any]] = read_yaml(conf_file(name))
    return KindWords(
        words={rule["id"]: [rule["label"], *rule.get("words", [])] for rule in rules},
        hints={rule["id"]: list(rule.get("hints", [])) for rule in rules},
    )


def _kind_words(kinds: KindWords) -> Column:
    """Every kind's words: array of struct(of, word, strength)."""
    words = [(kind, word, 1.0 if place == 0 else 0.9) for kind, words in kinds.words.items() for place, word in enumerate(words)]
    words += [(kind, word, _HINT) for kind, hints in kinds.hints.items() for word in hints]
    return F.array(
        *(F.struct(F.lit(of).alias("of"), F.lit(word).alias("word"), F.lit(strength).alias("strength")) for of, word, strength in words)
    )


def _people_phrases() -> Column:
    return F.concat(
        F.array(_phrase("name", "who", 1.0), _phrase("occupation", "occupation", 1.0)),
        F.transform(_or_nothing("aliases"), lambda alias: _phrase(alias, "who", 0.9)),
        F.transform(_or_nothing("groups"), lambda group: _phrase(group, "group", 1.0)),
    )


def _shown_tags(job: Job, changed: DataFrame | None, kind: str) -> DataFrame:
    """Tags of the shown photos, each as strong as the root of the share of photos that have it."""
    key = f"{kind}_id"
    shown = _only(job.read(f"{kind}_photos").where(F.col("verdict") == "kept"), changed, key)
    photos = F.count(F.lit(1)).over(Window.partitionBy(key))
    counted = shown.withColumn("shown", photos)  # before the tags are exploded: in one select the window would count tags
    tags = counted.select(key, "shown", F.explode("tags").alias("tag"))
    shares = tags.groupBy(key, "tag").agg(F.sqrt(F.count(F.lit(1)) / F.first("shown")).alias("share"))
    return _explode(shares, kind, F.array(_phrase("tag", "tag", F.col("share"))))


def _changed(job: Job, tables: Sequence[str], column: str) -> DataFrame:
    """Distinct keys that changed in any of some tables; tables that did not move are not read."""
    moved = [table for table in tables if job.known is None or job.known[table] != job.versions[table]]
    frames = [job.changed(table, column) for table in moved] or [job.read(tables[0]).select(column).limit(0)]
    return reduce(DataFrame.unionByName, frames).dropDuplicates()


def _only(rows: DataFrame, changed: DataFrame | None, key: str) -> DataFrame:
    return rows if changed is None else rows.join(changed, key, "left_semi")


def _phrase(phrase: Column | str, kind: Column | str, strength: Column | float) -> Column:
    text = F.col(phrase) if isinstance(phrase, str) else phrase
    source = F.lit(kind) if isinstance(kind, str) else kind
    weight = F.lit(strength) if isinstance(strength, float) else strength
    return F.struct(text.alias("phrase"), source.alias("kind"), weight.cast("double").alias("strength"))


def _explode(rows: DataFrame, target_type: str, *phrases: Column) -> DataFrame:
    """One row a phrase: columns target_type, target_id, phrase, kind, strength."""
    nothing = F.array().cast("array<struct<phrase:string,kind:string,strength:double>>")
    one = F.explode(F.concat(*(F.coalesce(part, nothing) for part in phrases))).alias("one")
    rows = rows.select(F.lit(target_type).alias("target_type"), F.col(f"{target_type}_id").alias("target_id"), one)
    return rows.select("target_type", "target_id", "one.*").where(F.col("phrase").isNotNull())


def _or_nothing(column: str) -> Column:
    return F.coalesce(column, F.array().cast("array<string>"))


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of the job."""
    return run_job("index_search", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
