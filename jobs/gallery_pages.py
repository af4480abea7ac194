"""What the gallery's pages show, as one frame: path, template and data (JSON) of every page.

Everything that belongs to a page is joined and nested by Spark, so that a page is one row and any executor can write it.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from jobs.job import Job
from jobs.resources import conf_file, read_yaml
from jobs.sessions import on_the_wall
from jobs.settings import GallerySettings

WEEKDAYS = ("일", "월", "화", "수", "목", "금", "토")
VERDICTS = {
    "copy": "사본", "outlier": "다른 장면", "low_quality": "낮은 화질", "irrelevant": "관련 없음", "over_budget": "지면 부족",
    "hidden": "편집자가 숨김",
}  # fmt: skip
SERVICES = {"restaurant": "맛집", "salon": "미용실", "attraction": "명소"}
_POSTS_SHOWN = 8


def shared_texts(event_kinds: str) -> dict[str, Any]:
    """What every page may show: Korean labels. `event_kinds`: file below conf/."""
    rules = read_yaml(conf_file(event_kinds))
    return {"kinds": {rule["id"]: rule["label"] for rule in rules}, "verdicts": VERDICTS, "services": SERVICES}


def slug(column: str) -> Column:
    """An id as a file name: itself where it is plain, else a hash."""
    return F.when(F.col(column).rlike("^[A-Za-z0-9_-]{1,64}$"), F.col(column)).otherwise(F.substring(F.sha2(column, 256), 1, 16))


def photo_path(column: str, side: int, quality: int) -> Column:
    """Where a photo lies in the gallery: named by the hash of its bytes, its size and quality."""
    return F.concat(F.lit("photos/"), F.substring(column, 1, 2), F.lit("/"), F.substring(column, 1, 20), F.lit(f"-{side}-{quality}.jpg"))


def local_date(column: str, zone: str) -> Column:
    """A time as pages write it: struct of day, text, weekday and clock in a zone; null when there is none."""
    at = on_the_wall(F.col(column), zone)
    weekday = F.element_at(F.array(*map(F.lit, WEEKDAYS)), F.dayofweek(at))
    parts = {
        "day": F.date_format(at, "yyyy-MM-dd"),
        "text": F.date_format(at, "yyyy'년' M'월' d'일'"),
        "weekday": weekday,
        "clock": F.date_format(at, "HH:mm"),
    }
    return F.when(F.col(column).isNotNull(), F.struct(*(value.alias(name) for name, value in parts.items())))


def event_blocks(job: Job, settings: GallerySettings) -> DataFrame:
    """Every event with all that its block on a page shows.

    Returns:
        Columns event_id, celebrity_id, starts_at and block (struct: titles, times, posts, shown photos, dropped photos, counts).
    """
    photos = _photos(job.read("event_photos"), settings)
    shown = _nested(photos.where(F.col("verdict") == "kept"), ["event_id"], ["rank", "photo_id"], "shown")
    dropped = _dropped(photos, ["event_id"], settings.dropped)
    posts = job.read("event_posts").join(job.read("posts").select("post_id", "title", "url", "press", "published_at"), "post_id")
    first = Window.partitionBy("event_id").orderBy(F.col("score").desc(), "published_at", "post_id")
    posts = posts.withColumn("place", F.row_number().over(first)).where(F.col("place") <= _POSTS_SHOWN)
    sources = posts.groupBy("event_id").agg(
        F.sort_array(F.collect_list(F.struct("place", F.col("title"), F.col("url"), F.col("press")))).alias("sources")
    )
    zone = job.settings.text.time_zone
    events = job.read("events").withColumn("at", local_date("starts_at", zone)).withColumn("until", local_date("ends_at", zone))
    joined = reduce(lambda left, right: left.join(right, "event_id", "left"), [shown, dropped, sources], events)
    block = F.struct(
        "event_id", "kind", "title", "place", "at", "until", "precision", "keywords", "posts", "photos",
        F.coalesce("upcoming", F.lit(False)).alias("upcoming"),
        F.coalesce("shown", _empty("shown", shown)).alias("shown"), F.coalesce("dropped", _empty("dropped", dropped)).alias("dropped"),
        F.coalesce("dropped_count", F.lit(0)).alias("dropped_count"), F.coalesce("sources", _empty("sources", sources)).alias("sources"),
    )  # fmt: skip
    return joined.select("event_id", "celebrity_id", "starts_at", block.alias("block"))


def place_blocks(job: Job, settings: GallerySettings) -> DataFrame:
    """Every place with its topics in order and their photos. Columns place_id and block (struct)."""
    photos = _photos(job.read("place_photos"), settings)
    shown = _nested(photos.where(F.col("verdict") == "kept"), ["place_id", "topic"], ["rank", "photo_id"], "shown")
    dropped = _dropped(photos, ["place_id"], settings.dropped)
    topics = job.read("place_topics").join(shown, ["place_id", "topic"])
    topics = topics.groupBy("place_id").agg(
        F.sort_array(F.collect_list(F.struct("rank", "topic", "title", "keywords", "shown"))).alias("topics")
    )
    reviews = job.read("posts").groupBy("place_id").agg(F.count(F.lit(1)).alias("reviews"))
    places = job.read("places").join(topics, "place_id", "left").join(dropped, "place_id", "left").join(reviews, "place_id", "left")
    block = F.struct(
        "place_id", slug("place_id").alias("slug"), "name", "service", "address", F.coalesce("reviews", F.lit(0)).alias("reviews"),
        F.coalesce("topics", _empty("topics", topics)).alias("topics"), F.coalesce("dropped", _empty("dropped", dropped)).alias("dropped"),
        F.coalesce("dropped_count", F.lit(0)).alias("dropped_count"), F.col("topics")[0]["shown"][0]["thumb"].alias("cover"),
    )  # fmt: skip
    return places.select("place_id", block.alias("block"))


def pages(job: Job, settings: GallerySettings) -> DataFrame:
    """All pages but those of the search index: columns path, template, data."""
    spark = job.spark
    events = job.keep(event_blocks(job, settings))
    places = job.keep(place_blocks(job, settings))
    celebrities = job.keep(_celebrities(job, events))
    of_celebrity = events.groupBy("celebrity_id").agg(
        F.sort_array(F.collect_list(F.struct("starts_at", "event_id", "block")), asc=False).alias("list")
    )
    people = celebrities.join(of_celebrity, "celebrity_id").select(
        F.concat(F.lit("c/"), F.col("slug"), F.lit(".html")).alias("path"), F.lit("celebrity.html").alias("template"),
        F.struct(F.struct(*celebrities.columns).alias("celebrity"), F.col("list.block").alias("events")).alias("data"),
    )  # fmt: skip
    of_place = places.select(
        F.concat(F.lit("p/"), F.col("block.slug"), F.lit(".html")).alias("path"),
        F.lit("place.html").alias("template"),
        F.struct(F.col("block").alias("place")).alias("data"),
    )
    parts = [people, of_place, _first_page(events, places, celebrities, settings), _search_page(spark)]
    return reduce(DataFrame.unionByName, (part.withColumn("data", F.to_json("data", {"ignoreNullFields": "false"})) for part in parts))


def _celebrities(job: Job, events: DataFrame) -> DataFrame:
    """Celebrities with events: their columns, slug, cover (of the newest event that has one) and numbers of events and photos."""
    covers = F.max(F.when(F.size("block.shown") > 0, F.struct("starts_at", "event_id", F.col("block.shown")[0]["thumb"].alias("cover"))))
    sums = events.groupBy("celebrity_id").agg(
        F.count(F.lit(1)).alias("events"), F.sum(F.size("block.shown")).alias("shown"), covers["cover"].alias("cover")
    )
    return job.read("celebrities").withColumn("slug", slug("celebrity_id")).join(sums, "celebrity_id")


def _first_page(events: DataFrame, places: DataFrame, celebrities: DataFrame, settings: GallerySettings) -> DataFrame:
    names = celebrities.select("celebrity_id", F.col("name").alias("celebrity"), "slug")
    brief = events.select("celebrity_id", "starts_at", "event_id", "block.upcoming", _brief("block").alias("event")).join(
        names, "celebrity_id"
    )
    # An event of several celebrities has a block for each of them: one is enough here.
    of_cover = Window.partitionBy("event.cover").orderBy(F.col("starts_at").desc(), "event_id")
    past = brief.where(~F.col("upcoming") & F.col("event.cover").isNotNull()).withColumn("number", F.row_number().over(of_cover))
    newest = past.where(F.col("number") == 1).orderBy(F.col("starts_at").desc(), "event_id").limit(settings.newest)
    coming = brief.where("upcoming").orderBy("starts_at", "event_id").limit(settings.newest)
    lists = [
        _whole(newest, F.struct(F.negative(F.unix_seconds("starts_at")), "event_id", "event", "celebrity", "slug"), "newest"),
        _whole(coming, F.struct("starts_at", "event_id", "event", "celebrity", "slug"), "coming"),
        _whole(
            celebrities,
            F.struct(F.negative(F.col("events")), "celebrity_id", "name", "occupation", "groups", "slug", "cover", "events", "shown"),
            "celebrities",
        ),
        _whole(
            places,
            F.struct("block.service", "block.name", "place_id", "block.slug", "block.address", "block.cover", "block.reviews"),
            "places",
        ),
    ]
    joined = reduce(DataFrame.crossJoin, lists)
    return joined.select(F.lit("index.html").alias("path"), F.lit("index.html").alias("template"), F.struct(*joined.columns).alias("data"))


def _search_page(spark: SparkSession) -> DataFrame:
    return spark.range(1).select(
        F.lit("search.html").alias("path"), F.lit("search.html").alias("template"), F.struct(F.lit("").alias("nothing")).alias("data")
    )


def _brief(block: str) -> Column:
    cover = F.col(f"{block}.shown")[0]
    fields = [F.col(f"{block}.{name}") for name in ("event_id", "kind", "title", "place", "at", "precision")]
    return F.struct(*fields, cover["thumb"].alias("cover"), cover["caption"].alias("alt"), F.size(f"{block}.shown").alias("shown"))


def _photos(rows: DataFrame, settings: GallerySettings) -> DataFrame:
    thumb = photo_path("photo_id", settings.thumbnail_side, settings.jpeg_quality).alias("thumb")
    full = photo_path("photo_id", settings.photo_side, settings.jpeg_quality).alias("full")
    return rows.select("*", thumb, full, F.substring("photo_id", 1, 12).alias("mark"))


def _nested(photos: DataFrame, groups: list[str], order: list[str], name: str) -> DataFrame:
    one = F.struct(*order, "thumb", "full", "mark", "caption", "tags", "reason")
    return photos.groupBy(*groups).agg(F.sort_array(F.collect_list(one)).alias(name))


def _dropped(photos: DataFrame, groups: list[str], most: int) -> DataFrame:
    """The dropped photos of a group: the first by verdict and quality, and how many there are."""
    others = photos.where(F.col("verdict") != "kept")
    window = Window.partitionBy(*groups)
    order = window.orderBy("verdict", F.col("quality").desc(), "photo_id")
    numbered = others.withColumn("number", F.row_number().over(order)).where(F.col("number") <= most)
    one = F.struct("number", "thumb", "mark", "verdict", "reason")
    count = others.groupBy(*groups).agg(F.count(F.lit(1)).alias("dropped_count"))
    return numbered.groupBy(*groups).agg(F.sort_array(F.collect_list(one)).alias("dropped")).join(count, groups)


def _whole(rows: DataFrame, one: Column, name: str) -> DataFrame:
    return rows.agg(F.sort_array(F.collect_list(one)).alias(name))


def _empty(column: str, like: DataFrame) -> Column:
    return F.array().cast(like.schema[column].dataType)
