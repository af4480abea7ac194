"""The index of the gallery's search page: scripts that a page can load without a server, cut by first letter when large."""

from __future__ import annotations

import json
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs.gallery_pages import local_date, photo_path, slug
from jobs.job import Job
from jobs.settings import GallerySettings
from udfs.search_words import PARTICLES

_DOCUMENT_PAGES = 64
# First letter of a target's key: the script of the search page sorts results by it.
_LETTERS = {"celebrity": "c", "event": "e", "place": "p", "photo": "i"}


def index_files(job: Job, settings: GallerySettings, *, phrase_bonus: float, inherited: float) -> DataFrame:
    """The files below data/: columns path, template (always empty) and data.

    `data/terms-KEY.js` holds terms with their targets and weights in hundredths, `data/found-NUMBER.js` what is shown of a target,
    `data/about.js` how the rest is cut. Keys of targets are hashes, so that a new event changes only the files that hold its words.

    Args:
        job: the run.
        settings: of the gallery.
        phrase_bonus: as in `search`.
        inherited: as in `search`.
    """
    found = job.keep(documents(job, settings))
    terms = job.read("search_terms").withColumn("key", _key("target_type", "target_id")).join(found.select("key"), "key", "left_semi")
    terms = job.keep(terms.groupBy("term", "key").agg(F.round(F.max("weight") * 100).cast("int").alias("weight")))
    large = terms.count() > settings.index_page_terms
    page = F.lower(F.hex(F.encode(F.substring("term", 1, 1), "UTF-8"))) if large else F.lit("all")
    postings = terms.groupBy("term").agg(F.sort_array(F.collect_list(F.struct("key", "weight"))).alias("postings"))
    postings = postings.select(
        "term", page.alias("page"), F.transform("postings", lambda one: F.concat_ws(":", one["key"], one["weight"])).alias("postings")
    )
    entry = F.struct("term", F.concat_ws(" ", "postings").alias("postings"))
    term_files = postings.groupBy("page").agg(F.sort_array(F.collect_list(entry)).alias("entries"))
    term_files = term_files.select(_path("terms-", "page"), _script("terms", "page", F.map_from_entries("entries")))
    shelf = F.pmod(F.crc32("key"), F.lit(_DOCUMENT_PAGES)).cast("string") if large else F.lit("all")
    found_files = found.groupBy(shelf.alias("page")).agg(F.sort_array(F.collect_list(F.struct("key", "shown"))).alias("entries"))
    found_files = found_files.select(_path("found-", "page"), _script("found", "page", F.map_from_entries("entries")))
    about = {"cut": large, "shelves": _DOCUMENT_PAGES, "particles": list(PARTICLES), "phraseBonus": phrase_bonus, "inherited": inherited}
    counts = found.groupBy(F.substring("key", 1, 1).alias("kind")).agg(F.count(F.lit(1)).alias("targets"))
    counted = counts.agg(F.map_from_entries(F.sort_array(F.collect_list(F.struct("kind", "targets")))).alias("counts"))
    about_file = counted.select(
        F.lit("data/about.js").alias("path"),
        F.concat(F.lit("HWABO.about("), F.lit(json.dumps(about, ensure_ascii=False)), F.lit(","), F.to_json("counts"), F.lit(");\n")).alias(
            "data"
        ),
    )
    parts = [term_files, found_files, about_file]
    return reduce(DataFrame.unionByName, parts).select("path", F.lit("").alias("template"), "data")


def documents(job: Job, settings: GallerySettings) -> DataFrame:
    """What the search page shows of a target.

    Returns:
        Columns key and shown: array of title, detail, date, address of the page, thumbnail, keys of the targets that show it (photos).
    """
    celebrities, events, places = job.read("celebrities"), job.read("events"), job.read("places")
    thumb = photo_path("photo_id", settings.thumbnail_side, settings.jpeg_quality)
    shown = {
        kind: job.read(f"{kind}_photos")
        .where(F.col("verdict") == "kept")
        .select(f"{kind}_id", "photo_id", "rank", "caption", thumb.alias("thumb"))
        for kind in ("event", "place")
    }
    covers = {
        kind: rows.groupBy(f"{kind}_id").agg(F.min(F.struct("rank", "photo_id", "thumb"))["thumb"].alias("thumb"))
        for kind, rows in shown.items()
    }
    person_page = F.concat(F.lit("c/"), slug("celebrity_id"), F.lit(".html"))
    place_page = F.concat(F.lit("p/"), slug("place_id"), F.lit(".html"))
    at = local_date("starts_at", job.settings.text.time_zone)
    named = events.join(celebrities.select("celebrity_id", "name"), "celebrity_id").withColumn("at", at)
    event_page = F.concat(person_page, F.lit("#e-"), F.col("event_id"))
    photo_mark = F.concat(F.lit("#p-"), F.substring("photo_id", 1, 12))
    of_events = named.select("event_id", "title", F.col("at.text").alias("date"), person_page.alias("page")).join(
        shown["event"], "event_id"
    )
    of_places = places.select("place_id", F.col("name").alias("title"), F.lit("").alias("date"), place_page.alias("page")).join(
        shown["place"], "place_id"
    )
    photos = (
        of_events.withColumn("owner", _key_of("event", "event_id"))
        .drop("event_id")
        .unionByName(of_places.withColumn("owner", _key_of("place", "place_id")).drop("place_id"))
    )
    photos = photos.groupBy("photo_id").agg(
        F.min(F.struct("rank", "owner", "title", "date", "page", "caption", "thumb")).alias("first"),
        F.sort_array(F.collect_set("owner")).alias("owners"),
    )
    with_events = celebrities.join(events.select("celebrity_id").dropDuplicates(), "celebrity_id", "left_semi")
    none, about = F.lit(""), F.concat_ws(" · ", "occupation", F.array_join("groups", ", "))
    named, places = named.join(covers["event"], "event_id", "left"), places.join(covers["place"], "place_id", "left")
    of_photo = [F.col(f"first.{name}") for name in ("caption", "title", "date")]
    parts = [
        _document(with_events, "celebrity", "celebrity_id", [F.col("name"), about, none, person_page, none]),
        _document(named, "event", "event_id", [F.col("title"), F.col("place"), F.col("at.text"), event_page, F.col("thumb")]),
        _document(places, "place", "place_id", [F.col("name"), F.col("address"), none, place_page, F.col("thumb")]),
        _document(
            photos, "photo", "photo_id", [*of_photo, F.concat("first.page", photo_mark), F.col("first.thumb"), F.concat_ws(" ", "owners")]
        ),
    ]
    # keys are short: of two targets with one key, which a very large lake has, one is found
    return reduce(DataFrame.unionByName, parts).groupBy("key").agg(F.min("shown").alias("shown"))


def _document(rows: DataFrame, kind: str, key: str, shown: list[Column]) -> DataFrame:
    fields = [F.coalesce(field, F.lit("")) for field in shown]
    return rows.select(_key_of(kind, key).alias("key"), F.array(*fields).alias("shown"))


def _key(kind: str, target: str) -> Column:
    letters = F.create_map(*(F.lit(part) for pair in _LETTERS.items() for part in pair))
    return F.concat(letters[F.col(kind)], _short(F.concat_ws(":", kind, target)))


def _key_of(kind: str, target: str) -> Column:
    return F.concat(F.lit(_LETTERS[kind]), _short(F.concat_ws(":", F.lit(kind), target)))


def _short(text: Column) -> Column:
    """48 bits of a hash: a collision among a million targets is one in 560."""
    return F.substring(F.sha2(text, 256), 1, 12)


def _path(prefix: str, page: str) -> Column:
    return F.concat(F.lit(f"data/{prefix}"), F.col(page), F.lit(".js")).alias("path")


def _script(kind: str, page: str, entries: Column) -> Column:
    return F.concat(F.lit(f'HWABO.{kind}("'), F.col(page), F.lit('",'), F.to_json(entries), F.lit(");\n")).alias("data")
