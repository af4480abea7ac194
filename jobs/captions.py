"""Captions and words of the photos of events and places, and their rows in photo_tags."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.pandas.functions import pandas_udf

from jobs.lake import Lake
from jobs.sessions import DAY, local_day, wall_seconds
from udfs.captions import COLOURED, MOST_WORDS, compose_caption, sights_among

_NO_TOPIC = "기타"
_CLOTHES = " 옷"
_SURE = 0.5  # probability from which a caption states what the picture seems to show


def event_captions(
    verdicts: DataFrame,
    *,
    events: DataFrame,
    celebrities: DataFrame,
    kinds: DataFrame,
    tags: DataFrame,
    features: DataFrame,
    zone: str,
    limit: int,
) -> DataFrame:
    """Adds caption and tags to the photos of events.

    Args:
        verdicts: event_id, photo_id, copy_of, recognised (who is seen alone is the celebrity) and others.
        events: the events concerned.
        celebrities: the table.
        kinds: see `read_event_kinds`.
        tags: the table photo_tags.
        features: the table photo_features.
        zone: zone of the times that people read.
        limit: tags of a photo at most.
    """
    wall = wall_seconds(F.col("starts_at"), zone)
    date = local_day(F.col("starts_at"), zone)
    clock = F.format_string("T%02d:%02d", F.floor(F.pmod(wall, F.lit(DAY)) / 3600), F.floor(F.pmod(wall, F.lit(3600)) / 60))
    when = F.when(F.col("precision") == "day", date).otherwise(F.concat(date, clock))
    occasions = (
        events.join(F.broadcast(celebrities.select("celebrity_id", F.col("name").alias("who"))), "celebrity_id", "left")
        .join(F.broadcast(kinds.select("kind", F.col("label").alias("what"))), "kind", "left")
        .select("event_id", "who", when.alias("when"), F.col("place").alias("where"), "what")
    )
    described = verdicts.join(F.broadcast(occasions), "event_id", "left").transform(with_tags, tags, limit=limit)
    people = features.select("photo_id", "people")
    sentence = pandas_udf(_event_sentences, "string")  # type: ignore[call-overload]
    return (
        described.join(people, "photo_id", "left")
        .withColumn("caption", sentence("who", "when", "where", "what", "seen", "people", "recognised"))
        .drop("who", "when", "where", "what", "seen", "people", "recognised")
    )


def place_captions(
    verdicts: DataFrame, *, places: DataFrame, titles: DataFrame, words: DataFrame, tags: DataFrame, limit: int
) -> DataFrame:
    """Adds caption, tags and words (what is seen or told that such a photo shows) to the photos of places.

    Args:
        verdicts: place_id, service, photo_id, group_id, topic, copy_of and others.
        places: the table.
        titles: service, topic, title, sights.
        words: place_id, group_id, phrases (that stand beside the photos of the group, best first).
        tags: the table photo_tags.
        limit: tags of a photo at most.
    """
    described = (
        verdicts.join(F.broadcast(places.select("place_id", F.col("name").alias("place"))), "place_id", "left")
        .join(F.broadcast(titles.select("service", "topic", F.col("title").alias("named"), "sights")), ["service", "topic"], "left")
        .join(words, ["place_id", "group_id"], "left")
        .transform(with_tags, tags, limit=limit)
    )
    described_in_words = pandas_udf(_place_words, "caption string, words array<string>")  # type: ignore[call-overload]
    sources = ("place", "named", "seen", "phrases", "sights")
    told = described.withColumn("_told", described_in_words(*sources)).drop(*sources, "service", "group_id")
    return told.withColumns({"caption": F.col("_told.caption"), "words": F.col("_told.words")}).drop("_told")


def with_tags(photos: DataFrame, tags: DataFrame, *, limit: int) -> DataFrame:
    """Adds `tags` (words of text and picture, best first) and `seen` (of the picture, likelier than not, or a colour's).

    A copy has its keeper's words of the text.
    """
    shown = _best(tags.where(F.col("source") == "visual"), limit)
    of_picture = shown.select("photo_id", F.col("words").alias("shown"), F.col("sure").alias("seen"))
    said = _best(tags.where(F.col("source") == "text"), limit)
    of_keeper = said.select(F.col("photo_id").alias("_of"), F.col("words").alias("said"))
    own = photos.join(of_picture, "photo_id", "left").withColumn("_of", F.coalesce("copy_of", "photo_id"))
    none = F.array().cast("array<string>")
    said_first = F.slice(F.coalesce("said", none), 1, limit - limit // 3)
    both = F.array_distinct(F.concat(said_first, F.coalesce("shown", none)))
    joined = own.join(of_keeper, "_of", "left").withColumn("tags", F.slice(both, 1, limit))
    return joined.withColumn("seen", F.coalesce("seen", none)).drop("_of", "said", "shown")


def caption_tags(lake: Lake, photos: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Rows of photo_tags for the captions of photos that are shown, in events and places alike.

    Args:
        lake: with event_photos and place_photos as they should be.
        photos: photo_id of the photos whose rows are wanted.

    Returns:
        photo_id, tag, source, score; and the groups (source, photo_id) that they replace.
    """
    wanted = photos.select("photo_id").dropDuplicates()
    shown = lake.read("event_photos").unionByName(lake.read("place_photos"), allowMissingColumns=True)
    kept = shown.where((F.col("verdict") == "kept") & F.col("caption").isNotNull()).join(wanted, "photo_id", "left_semi")
    rows = kept.select("photo_id", F.col("caption").alias("tag")).dropDuplicates()
    source = F.lit("caption").alias("source")
    return rows.select("photo_id", "tag", source, F.lit(1.0).alias("score")), wanted.select(source, "photo_id")


def _best(tags: DataFrame, limit: int) -> DataFrame:
    """photo_id, words (the best words of each photo, best first; at most `limit`), sure (those of them that a sentence states)."""
    best = Window.partitionBy("photo_id").orderBy(F.col("score").desc(), "tag")
    ranked = tags.select("photo_id", "tag", "score").withColumn("_rank", F.row_number().over(best)).where(F.col("_rank") <= limit)
    sure = (F.col("score") >= _SURE) | F.col("tag").rlike(COLOURED)  # a colour's score is its share of the cloth
    words = F.array_sort(F.collect_list(F.struct("_rank", "tag", sure.alias("sure"))))
    in_order = ranked.groupBy("photo_id").agg(words.alias("words"))
    return in_order.select(
        "photo_id",
        F.transform("words", lambda entry: entry["tag"]).alias("words"),
        F.transform(F.filter("words", lambda entry: entry["sure"]), lambda entry: entry["tag"]).alias("sure"),
    )


def _event_sentences(
    who: pd.Series, when: pd.Series, where: pd.Series, what: pd.Series, seen: pd.Series, people: pd.Series, recognised: pd.Series
) -> pd.Series:
    """One sentence for each photo."""
    sentences = [
        compose_caption(
            who=[name] if name else [],
            when=time,
            where=place,
            what=kind,
            tags=_list(tags),
            people=None if pd.isna(number) else int(number),
            recognised=bool(known),
        )
        for name, time, place, kind, tags, number, known in zip(who, when, where, what, seen, people, recognised, strict=True)
    ]
    return pd.Series(sentences, dtype="object")


def _place_words(place: pd.Series, named: pd.Series, seen: pd.Series, phrases: pd.Series, sights: pd.Series) -> pd.DataFrame:
    """One sentence for each photo, and the words for what it shows."""
    captions, words = [], []
    for name, topic, tags, said, shown in zip(place, named, seen, phrases, sights, strict=True):
        title = None if topic == _NO_TOPIC else topic
        told = sights_among(_list(said), _list(shown))
        captions.append(compose_caption(place=name, topic=title, tags=_list(tags), words=told[:MOST_WORDS]))
        of_place = [tag for tag in _list(tags) if not tag.endswith(_CLOTHES)]  # what somebody wore there says nothing of the place
        words.append([word for word in dict.fromkeys([*told, *of_place]) if word not in (title, name)])
    return pd.DataFrame({"caption": captions, "words": words})


def _list(values: Sequence[str] | None) -> list[str]:
    return [] if values is None else list(values)
