"""Writes the gallery: web pages that need no server, a page a celebrity and a place, and a search page.

The driver only plans. Executors render the pages and shrink the photos, write what differs and remove what is no longer shown. Photos
are written from their pixels alone, so neither the place where one was taken nor any other metadata gets out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from functools import partial, reduce
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import console
from jobs.errors import HwaboError
from jobs.frames import spread
from jobs.gallery_index import index_files
from jobs.gallery_pages import pages, photo_path, shared_texts
from jobs.job import Job, JobReport, argument_parser, guarded, settings_from
from jobs.lake import Written
from jobs.resources import conf_folder
from jobs.session import create_session
from jobs.settings import GallerySettings, Settings
from udfs.gallery_files import Folder, tidy_folders, write_pages, write_photos

READS = (
    "celebrities", "events", "event_posts", "event_photos", "posts", "photos", "places", "place_topics", "place_photos", "search_terms",
)  # fmt: skip
_ASSETS = ("style.css", "gallery.js", "search.js")
_PAGES_PER_TASK, _PHOTOS_PER_TASK = 100, 200
_STATE = "assets/state.json"


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Writes what changed in the gallery.

    Args:
        spark: the session.
        settings: all settings; `gallery` and `search` are used.

    Raises:
        HwaboError: when `gallery.out` is empty.
    """
    gallery = settings.gallery
    if not gallery.out:
        raise HwaboError("the gallery has no folder: name one by --out DIR (or --set gallery.out=DIR).")
    out = _absolute(gallery.out)
    with Job(spark, settings, "publish_gallery", reads=READS, rebuild_when_changed=READS, uses=(gallery, settings.search)) as job:
        templates, shared = read_templates(), shared_texts(settings.text.event_kinds)
        state = state_of(job.versions, templates, shared)
        folder = Folder(out)
        if job.up_to_date and folder.read(_STATE) == state:
            return job.report
        claim(folder, out)
        index = index_files(job, gallery, phrase_bonus=settings.search.phrase_bonus, inherited=settings.search.inherited)
        everything = job.count_in(pages(job, gallery).unionByName(index))
        job.report.written["pages"] = publish_pages(everything, out=out, templates=templates, shared=shared)
        job.report.written["photos"] = publish_photos(job, gallery, out=out)
        for name in _ASSETS:
            folder.write(f"assets/{name}", templates[name].encode())
        folder.write(_STATE, state)
    return job.report


def claim(folder: Folder, out: str) -> None:
    """Marks a folder as a gallery before anything is written or removed there.

    Raises:
        HwaboError: when it holds something else: what a gallery does not show is removed from its folders.
    """
    if folder.read(_STATE) is None:
        if not folder.is_empty():
            raise HwaboError(f"{out} holds files that are no gallery: name a new or empty folder by --out DIR.")
        folder.write(_STATE, b"{}")


def publish_pages(everything: DataFrame, *, out: str, templates: Mapping[str, str], shared: Mapping[str, Any]) -> Written:
    """Renders and writes pages on the executors, and removes pages of what is gone.

    Args:
        everything: columns path, template, data.
        out: folder of the gallery.
        templates: by name.
        shared: what every page shows.

    Returns:
        Pages written (as inserted) and removed.
    """
    spark = everything.sparkSession
    tasks = spread(everything, "path", count=everything.count(), rows_per_task=_PAGES_PER_TASK)
    write = partial(write_pages, out=out, templates=templates, shared=shared)
    written = tasks.mapInPandas(write, "path string, written boolean").where("written").count()
    folders = everything.select(F.split("path", "/").alias("parts")).where(F.size("parts") > 1)
    wanted = folders.select(F.col("parts")[0].alias("folder"), F.col("parts")[1].alias("name"))
    always = spark.createDataFrame([(folder,) for folder in ("c", "p", "data")], "folder string")
    removed = missing_files(wanted, always, out=out).where(F.col("removed").isNotNull()).count()
    return Written(inserted=written, deleted=removed)


def publish_photos(job: Job, settings: GallerySettings, *, out: str) -> Written:
    """Writes the photos that are missing, each decoded once for its sizes, and removes those that no page shows.

    Args:
        job: the run.
        settings: of the gallery.
        out: folder of the gallery.

    Returns:
        Files written (as inserted) and removed.
    """
    files = job.keep(wanted_photos(job, settings))
    named = files.select(F.substring_index("path", "/", 2).alias("folder"), F.substring_index("path", "/", -1).alias("name"))
    hexadecimal = [f"photos/{first}{second}" for first in "0123456789abcdef" for second in "0123456789abcdef"]
    always = job.spark.createDataFrame([(folder,) for folder in hexadecimal], "folder string")
    found = job.keep(missing_files(named, always, out=out))
    missing = found.where(F.col("name").isNotNull()).select(F.concat_ws("/", "folder", "name").alias("path"))
    sizes = F.sort_array(F.collect_list(F.struct("path", "side"))).alias("files")
    needed = job.keep(files.join(missing, "path", "left_semi").groupBy("photo_id").agg(sizes))
    count = needed.count()
    if not count:
        return Written(deleted=found.where(F.col("removed").isNotNull()).count())
    contents = job.read("photos").select("photo_id", "content").join(needed, "photo_id")
    tasks = spread(contents.select("photo_id", "content", F.col("files.path").alias("paths"), F.col("files.side").alias("sides")),
                   "photo_id", count=count, rows_per_task=_PHOTOS_PER_TASK)  # fmt: skip
    write = partial(write_photos, out=out, quality=settings.jpeg_quality)
    written = tasks.mapInPandas(write, "written long").agg(F.sum("written")).first()
    return Written(inserted=int(written[0] or 0) if written else 0, deleted=found.where(F.col("removed").isNotNull()).count())


def wanted_photos(job: Job, settings: GallerySettings) -> DataFrame:
    """The photo files that pages show: columns path, photo_id, side (pixels). Dropped photos have a small one only."""
    frames = [job.read(table).select("photo_id", "verdict") for table in ("event_photos", "place_photos")]
    verdicts = reduce(DataFrame.unionByName, frames)
    small, large = settings.thumbnail_side, settings.photo_side
    sizes = F.when(F.col("verdict") == "kept", F.array(F.lit(small), F.lit(large))).otherwise(F.array(F.lit(small)))
    files = verdicts.select("photo_id", F.explode(sizes).alias("side")).dropDuplicates()
    path = reduce(
        lambda otherwise, side: F.when(F.col("side") == side, photo_path("photo_id", side, settings.jpeg_quality)).otherwise(otherwise),
        (small, large), F.lit(None).cast("string"),
    )  # fmt: skip
    return files.select(path.alias("path"), "photo_id", "side")


def missing_files(wanted: DataFrame, always: DataFrame, *, out: str) -> DataFrame:
    """Compares folders with what they should hold, on the executors; removes files that should not be there.

    Args:
        wanted: columns folder and name.
        always: column folder: folders to look into even when nothing is wanted there.
        out: folder of the gallery.

    Returns:
        Columns folder, name (missing) and removed.
    """
    grouped = wanted.groupBy("folder").agg(F.collect_set("name").alias("names"))
    nothing = always.join(grouped, "folder", "left_anti").withColumn("names", F.array().cast("array<string>"))
    return grouped.unionByName(nothing).mapInPandas(partial(tidy_folders, out=out), "folder string, name string, removed string")


def read_templates() -> dict[str, str]:
    """The files of conf/gallery, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((conf_folder() / "gallery").iterdir()) if path.is_file()}


def state_of(versions: Mapping[str, int], templates: Mapping[str, str], shared: Mapping[str, Any]) -> bytes:
    """What the gallery was made from - tables, templates, labels: when it is the same, nothing is to be done."""
    texts = json.dumps([templates, shared], sort_keys=True).encode()
    return json.dumps({"tables": versions, "texts": hashlib.sha256(texts).hexdigest()}, sort_keys=True).encode()


def _absolute(address: str) -> str:
    return address if "://" in address or address.startswith("file:") else str(Path(address).absolute())


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of `hwabo gallery` and of the job."""

    def body() -> int:
        parser = argument_parser("hwabo gallery", __doc__)
        parser.add_argument("--out", metavar="DIR", help="folder of the gallery (the same as --set gallery.out=DIR)")
        options: argparse.Namespace = parser.parse_args(argv)
        if options.out:
            options.set = [*options.set, f"gallery.out={json.dumps(options.out)}"]
        settings = settings_from(options)
        report = run(create_session("gallery", master=options.master, properties=options.spark_conf), settings)
        console.say(f"{report.rows_out:,} files written or removed. Open {settings.gallery.out.rstrip('/')}/index.html")
        return 0

    return guarded(body)


if __name__ == "__main__":
    sys.exit(main())
