"""Landed records as columns: why a record cannot be used, and what it is when it can."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.functions import pandas_udf

from udfs.composed import composed_posts

SERVICES = ("news", "blog", "review", "broadcast")
PLACE_SERVICES = ("restaurant", "salon", "attraction")
ACTIONS = ("hide_photo", "pin_photo", "rename_event", "merge_events", "split_event", "reject_celebrity")
# what an action cannot do without
ACTION_NEEDS = {
    "hide_photo": ("photo_id",),
    "pin_photo": ("photo_id",),
    "rename_event": ("event_id", "value"),
    "merge_events": ("event_id", "value"),
    "split_event": ("event_id", "post_id"),
    "reject_celebrity": ("post_id", "celebrity_id"),
}

_YEARS = (1900, 2199)
"""Years in which a post can have been published; with others (0001, 9999) programs fill in what they do not know."""
_SYLLABLE_TAKEN_APART = r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
_ISO_WITH_OFFSET = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?([Zz]|[+-]\d{2}:?\d{2})$"


def post_problem() -> Column:
    """Why a parsed post cannot be used; null when it can."""
    title, body = (F.trim(F.coalesce(name, F.lit(""))) for name in ("title", "body"))
    has_id = F.length(F.trim(F.coalesce("post_id", "url", F.lit("")))) > 0
    return (
        F.when(F.col("corrupt").isNotNull(), F.col("corrupt"))
        .when(F.col("service").isNull(), "the post names no service")
        .when(
            ~F.col("service").isin(*SERVICES),
            F.concat(F.lit("unknown service "), "service", F.lit(f": one of {', '.join(SERVICES)} is wanted")),
        )
        .when((title == "") & (body == ""), "the post has neither title nor body")
        .when(~has_id, "the post has neither post_id nor url")
        .when(F.col("published_at").isNull(), "the post has no published_at")
        .when(
            timestamp_of("published_at").isNull(),
            F.concat(F.lit("bad date "), "published_at", F.lit(": ISO 8601 with an offset is wanted, such as 2026-03-01T09:00:00+09:00")),
        )
        .when(
            ~F.year(timestamp_of("published_at")).between(*_YEARS),
            F.concat(F.lit("bad date "), "published_at", F.lit(f": a year from {_YEARS[0]} to {_YEARS[1]} is wanted")),
        )
    )


def timestamp_of(column: str) -> Column:
    """A text as a timestamp; null unless it is ISO 8601 with an offset."""
    return F.when(F.col(column).rlike(_ISO_WITH_OFFSET), F.expr(f"try_cast({column} AS timestamp)"))


def composed(text: Column) -> Column:
    """A text with whole syllables (가) where it has them taken apart into letters (가), as some file systems and editors do."""

    def part(number: int) -> Callable[[Column], Column]:
        return lambda piece: F.ascii(F.substring(piece, number, 1))

    def whole(piece: Column) -> Column:
        first, vowel, last = (part(number)(piece) for number in (1, 2, 3))
        code = ((first - 0x1100) * 21 + vowel - 0x1161) * 28 + F.when(F.length(piece) > 2, last - 0x11A7).otherwise(0) + 0xAC00
        return F.when(piece.rlike(f"^{_SYLLABLE_TAKEN_APART}$"), F.decode(F.unhex(F.hex(code)), "UTF-16BE")).otherwise(piece)

    pieces = F.regexp_extract_all(text, F.lit(rf"{_SYLLABLE_TAKEN_APART}|[^\u1100-\u1112]+|[\u1100-\u1112]"), F.lit(0))
    return F.when(text.rlike(_SYLLABLE_TAKEN_APART), F.array_join(F.transform(pieces, whole), "")).otherwise(text)


def _photos_composed() -> Column:
    """The photos with composed captions, and with offsets that count the characters of the composed body."""
    body = F.col("body")

    def composed_photo(photo: Column) -> Column:
        offset = photo["offset"]
        before = body.substr(F.lit(1), F.when(offset.rlike(r"^\d{1,9}$"), offset.cast("int")))
        moved = F.when(body.rlike(_SYLLABLE_TAKEN_APART), F.length(composed(before)).cast("string"))
        return F.struct(photo["uri"].alias("uri"), composed(photo["caption"]).alias("caption"), F.coalesce(moved, offset).alias("offset"))

    return F.transform("photos", composed_photo)


def parsed_posts(records: DataFrame) -> DataFrame:
    """Usable records as rows of `posts` (without ingested_at) with their photos, their letters composed.

    Args:
        records: usable records of `Landing.read_posts`.

    Returns:
        Columns of `posts`, photos, record; titles, bodies and captions in whole syllables (`composed`).
    """
    text = "title string, body string, press string, captions array<string>, offsets array<string>"
    compose = pandas_udf(composed_posts, text)  # type: ignore[call-overload]
    told = compose("title", "body", "press", F.col("photos.caption"), F.col("photos.offset"))
    photos = F.transform(
        "photos",
        lambda photo, number: photo.withField("caption", F.get("_told.captions", number)).withField(
            "offset", F.get("_told.offsets", number)
        ),
    )
    records = records.withColumn("_told", told).withColumns(
        {"title": F.col("_told.title"), "body": F.col("_told.body"), "press": F.col("_told.press"), "photos": photos}
    )
    own_id = F.when(F.length(F.trim("post_id")) > 0, F.trim("post_id"))
    empty_is_null = [F.when(F.length(F.trim(name)) > 0, F.col(name)).alias(name) for name in ("url", "press", "place_id")]
    url, press, place_id = empty_is_null
    return records.withColumn("photos", _photos_composed()).select(
        F.coalesce(own_id, F.sha2(F.trim("url"), 256).substr(1, 32)).alias("post_id"),
        "service",
        url,
        composed(F.coalesce("title", F.lit(""))).alias("title"),
        composed(F.coalesce("body", F.lit(""))).alias("body"),
        timestamp_of("published_at").alias("published_at"),
        press,
        place_id,
        "source",
        "digest",
        "photos",
        "record",
    )


def references_of(posts: DataFrame) -> DataFrame:
    """One row a photo that a post names.

    Args:
        posts: columns post_id, body, photos, source.

    Returns:
        Columns of `photo_references`, source, record; uri is null where the post names none.
    """
    exploded = posts.select("post_id", "body", "source", F.posexplode("photos").alias("position", "photo"))
    offset = F.expr("try_cast(photo.offset AS int)")
    inside = F.when(offset >= 0, F.least(offset, F.length("body")))
    uri = F.trim("photo.uri")
    return exploded.select(
        "post_id",
        "position",
        F.when(F.length(uri) > 0, uri).alias("uri"),
        inside.alias("offset"),
        F.col("photo.caption").alias("caption"),
        "source",
        F.to_json(F.struct("post_id", "position", "photo")).alias("record"),
    )


def list_of(column: str) -> Column:
    """A cell with several values separated by "|" as an array of distinct trimmed values; empty when there is none."""
    parts = F.transform(F.split(F.coalesce(column, F.lit("")), r"\|"), F.trim)
    return F.array_distinct(F.filter(parts, lambda part: part != ""))


def correction_problem() -> Column:
    """Why a correction cannot be used; null when it can."""
    problem = (
        F.when(F.col("corrupt").isNotNull(), F.col("corrupt"))
        .when(F.col("action").isNull() | ~F.col("action").isin(*ACTIONS), f"unknown action: one of {', '.join(ACTIONS)} is wanted")
        .when(F.col("made_at").isNotNull() & timestamp_of("made_at").isNull(), "bad date in made_at: ISO 8601 with an offset is wanted")
    )
    for action, needed in ACTION_NEEDS.items():
        lacks = F.greatest(*(F.col(name).isNull() for name in (*needed, needed[0])))
        problem = problem.when((F.col("action") == action) & lacks, f"{action} needs {' and '.join(needed)}")
    return problem


def entity_problem(identity: str, services: tuple[str, ...] | None = None) -> Column:
    """Why a row of celebrities.csv or places.csv cannot be used; null when it can."""
    problem = F.when(F.col(identity).isNull(), f"the row has no {identity}").when(F.col("name").isNull(), "the row has no name")
    if services:
        wrong = F.col("service").isNull() | ~F.col("service").isin(*services)
        problem = problem.when(wrong, f"unknown service: one of {', '.join(services)} is wanted")
    return problem
