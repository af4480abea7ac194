"""Brings posts, photos, celebrities, places and corrections from the landing folder into the lake; refuses what cannot be used.

Of several posts with one id the earliest published one stands (between equal times the smaller digest), whatever the order in
which their files arrive; the others are refused. A photo that was missing is looked for again at every run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

from jobs.errors import HwaboError
from jobs.frames import spread
from jobs.job import Job, JobReport, run_job
from jobs.landing import Landing
from jobs.landing_records import (
    PLACE_SERVICES,
    composed,
    correction_problem,
    entity_problem,
    list_of,
    parsed_posts,
    post_problem,
    references_of,
    timestamp_of,
)
from jobs.settings import IngestSettings, Settings
from jobs.tables import TABLES
from udfs.fetch import MISSING, UNREADABLE, describe_files, fetch_contents

DUPLICATE = "duplicate id with different content: the earliest published record with this id is kept"
REPEATED = "duplicate id with different content: the first row in order of characters is kept"
CELEBRITY_COLUMNS = ("celebrity_id", "name", "aliases", "groups", "occupation")
PLACE_COLUMNS = ("place_id", "name", "aliases", "service", "address", "reference_photos")
DESCRIBED = "uri string, photo_id string, format string, width int, height int, bytes bigint, reason string"
PHOTOS_PER_TASK = 500


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Reads the landing folder's new files, refuses what cannot be used, and fetches the photos that the posts name."""
    landing = Landing(spark, settings.run.landing)
    with Job(spark, settings, "ingest_posts", uses=settings.ingest) as job:
        files = job.keep(_new_files(job, landing.list_posts()))
        paths = sorted(row["path"] for row in files.select("path").toLocalIterator())
        records, broken_files = landing.read_posts(paths)
        records = job.count_in(records.withColumn("problem", post_problem()))
        celebrities = _usable_entities(job, landing.read_csv("celebrities.csv", CELEBRITY_COLUMNS), "celebrity_id")
        places = _usable_entities(job, landing.read_csv("places.csv", PLACE_COLUMNS), "place_id", PLACE_SERVICES)
        _refuse_unusable_landing(job, records, landing)

        candidates = parsed_posts(records.where(F.col("problem").isNull()))
        known = job.read("posts").join(candidates.select("post_id").dropDuplicates(), "post_id", "left_semi")
        settled = job.keep(settle_duplicates(candidates, known, reread=files))
        posts = settled.where("stands").drop("stands", "record")
        references = references_of(posts)
        job.reject(_refused_records(records, settled, references, broken_files), within=files.select(F.col("path").alias("source")))
        job.reject(_displaced_records(landing, posts, known))

        changed = posts.select("post_id")
        job.upsert("posts", posts.withColumn("ingested_at", F.lit(settings.run.now)))
        job.replace("photo_references", references.where(F.col("uri").isNotNull()), within=changed)
        late = _ingest_photos(job, landing, references.select("uri"), places, settings.ingest)
        touched = job.keep(changed.union(late).dropDuplicates())
        job.replace("post_photos", _post_photos(job, touched), within=touched)
        job.replace("celebrities", _celebrities(celebrities))
        job.replace("places", _places(job, places))
        _ingest_corrections(job, landing.read_corrections())
        job.upsert("landing_files", files)
    return job.report


def settle_duplicates(candidates: DataFrame, known: DataFrame, *, reread: DataFrame) -> DataFrame:
    """Decides which record of a post id stands: the earliest published one, between equal times the one of the smaller digest.

    Args:
        candidates: columns of `posts` (without ingested_at), photos, record.
        known: rows of `posts` with the candidates' ids.
        reread: column path: files that were read anew; a known post from one of them stands only if it is still there.

    Returns:
        candidates with the boolean column stands; records that repeat one that stands to the letter are left out.
    """
    once = Window.partitionBy("post_id", "digest").orderBy("source", "record")
    first = Window.partitionBy("post_id").orderBy("published_at", "digest")
    distinct = candidates.withColumn("_number", F.row_number().over(once)).where("_number = 1")
    ranked = distinct.withColumn("_number", F.row_number().over(first))

    still_there = known.join(reread, F.col("source") == F.col("path"), "left_anti")
    rival = still_there.select("post_id", F.struct("published_at", "digest").alias("_rival"), F.col("source").alias("_rival_source"))
    own = F.struct("published_at", "digest")
    same = F.col("_rival.digest") == F.col("digest")
    wins = (F.col("_number") == 1) & (F.col("_rival").isNull() | (own <= F.col("_rival")))
    settled = (
        ranked.join(rival, "post_id", "left").withColumn("stands", wins).where("stands or not coalesce(_rival.digest = digest, false)")
    )
    first_source = F.when(same, F.least("source", "_rival_source")).otherwise(F.col("source"))
    return settled.withColumn("source", first_source).select(*candidates.columns, "stands")


def _new_files(job: Job, listing: DataFrame) -> DataFrame:
    """Files that are new or were changed since they were read; all of them in a full run."""
    if job.full:
        return listing
    return listing.join(job.lake.read("landing_files"), ["path", "bytes", "modified_at"], "left_anti")


def _refuse_unusable_landing(job: Job, records: DataFrame, landing: Landing) -> None:
    if not job.full or not records.where(F.col("problem").isNull()).isEmpty():
        return
    first = records.orderBy("source", "record").first()
    why = f": the first one says {first['problem']}" if first else ""
    raise HwaboError(f"no record in {landing.root}/posts can be used{why}. The lake is as it was.")


def _refused_records(records: DataFrame, settled: DataFrame, references: DataFrame, broken_files: DataFrame) -> DataFrame:
    """Columns source, record, reason of everything that this run's files hold and that cannot be used."""
    unusable = records.where(F.col("problem").isNotNull()).select("source", "record", F.col("problem").alias("reason"))
    losers = settled.where("not stands").select("source", "record", F.lit(DUPLICATE).alias("reason"))
    nameless = references.where(F.col("uri").isNull()).select("source", "record", F.lit("the photo has no address").alias("reason"))
    return unusable.unionByName(losers).unionByName(nameless).unionByName(broken_files)


def _displaced_records(landing: Landing, posts: DataFrame, known: DataFrame) -> DataFrame:
    """Records in files read earlier that must give way to an earlier published post of the same id."""
    winners = posts.select("post_id", F.col("digest").alias("_digest"))
    displaced = known.join(winners, "post_id").where("digest != _digest").select("source", "digest")
    sources = sorted(row["source"] for row in displaced.select("source").dropDuplicates().toLocalIterator())
    records, _ = landing.read_posts([source for source in sources if landing.has(source)])
    return records.join(displaced, ["source", "digest"], "left_semi").select("source", "record", F.lit(DUPLICATE).alias("reason"))


def _ingest_photos(job: Job, landing: Landing, uris: DataFrame, places: DataFrame, limits: IngestSettings) -> DataFrame:
    """Fetches the photos that are wanted and not there yet.

    Returns:
        post_id of posts read earlier whose missing photo has arrived.
    """
    seen = job.read("landing_photos")
    missing = seen.where(F.col("reason").startswith(MISSING) | F.col("reason").startswith(UNREADABLE)).select("uri")
    reference = places.select(F.explode(list_of("reference_photos")).alias("uri"))
    named = job.read("photo_references").select("uri") if job.full else missing
    wanted = uris.union(reference).union(named).where(F.col("uri").isNotNull()).dropDuplicates()
    if not job.full:
        wanted = wanted.join(seen.where(F.col("photo_id").isNotNull()), "uri", "left_anti")
    wanted = job.keep(wanted)
    described = job.keep(_describe(wanted, landing.root, limits))

    refused = described.where(F.col("photo_id").isNull()).select(F.col("uri").alias("source"), F.col("uri").alias("record"), "reason")
    job.reject(refused, within=described.select(F.col("uri").alias("source")))
    job.upsert("landing_photos", described)
    first_found = (
        described.where(F.col("photo_id").isNotNull())
        .groupBy("photo_id")
        .agg(F.min_by(F.struct("uri", "format", "width", "height", "bytes"), "uri").alias("found"))
        .select("photo_id", "found.*")
    )
    has_photos, present = job.lake.version("photos") >= 0, job.read("photos")
    new = job.keep(first_found.join(present.select("photo_id"), "photo_id", "left_anti"))
    job.append("photos", _with_contents(new, landing.root, limits))
    if has_photos:
        _keep_first_address(job, first_found)
    arrived = described.join(missing, "uri", "left_semi").where(F.col("photo_id").isNotNull())
    return job.lake.read("photo_references").join(arrived, "uri", "left_semi").select("post_id")


def _describe(uris: DataFrame, root: str, limits: IngestSettings) -> DataFrame:
    byte_limit, pixel_limit = limits.max_photo_bytes, limits.max_photo_pixels

    def describe(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        return describe_files(batches, root=root, byte_limit=byte_limit, pixel_limit=pixel_limit)

    return spread(uris, "uri", count=uris.count(), rows_per_task=PHOTOS_PER_TASK).mapInPandas(describe, DESCRIBED)


def _with_contents(found: DataFrame, root: str, limits: IngestSettings) -> DataFrame:
    byte_limit, batch_bytes = limits.max_photo_bytes, limits.photo_fetch_bytes
    schema = TABLES["photos"].schema
    columns = schema.fieldNames()

    def fetch(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in fetch_contents(batches, root=root, byte_limit=byte_limit, batch_bytes=batch_bytes):
            yield batch[columns]

    return spread(found, "photo_id", count=found.count(), rows_per_task=PHOTOS_PER_TASK).mapInPandas(fetch, schema)


def _keep_first_address(job: Job, found: DataFrame) -> None:
    """A photo that was found again at an address that comes earlier in order of characters takes that address."""
    earlier = found.select("photo_id", F.col("uri").alias("_uri"))
    moved = job.read("photos").join(earlier, "photo_id").where("_uri < uri")
    if not job.read("photos").drop("content").join(earlier, "photo_id").where("_uri < uri").isEmpty():
        job.upsert("photos", moved.withColumn("uri", F.col("_uri")).drop("_uri"))


def _post_photos(job: Job, touched: DataFrame) -> DataFrame:
    found = job.lake.read("landing_photos").where(F.col("photo_id").isNotNull()).select("uri", "photo_id")
    return job.lake.read("photo_references").join(touched, "post_id", "left_semi").join(found, "uri")


def _usable_entities(job: Job, rows: DataFrame | None, identity: str, services: tuple[str, ...] | None = None) -> DataFrame:
    """Rows of a reference file with one row an id; the others are refused."""
    if rows is None:
        columns = CELEBRITY_COLUMNS if identity == "celebrity_id" else PLACE_COLUMNS
        return job.spark.createDataFrame([], ", ".join(f"{column} string" for column in columns))
    usable = F.col("problem").isNull()
    first = Window.partitionBy(identity, usable).orderBy("record")
    judged = rows.dropDuplicates(["record"]).withColumn("problem", entity_problem(identity, services))
    judged = job.keep(judged.withColumn("problem", F.when(usable & (F.row_number().over(first) > 1), REPEATED).otherwise(F.col("problem"))))
    refused = judged.where(F.col("problem").isNotNull()).select("source", "record", F.col("problem").alias("reason"))
    job.reject(refused, within=rows.select("source"))
    return judged.where(usable)


def _celebrities(rows: DataFrame) -> DataFrame:
    written = rows.withColumns({column: composed(F.col(column)) for column in ("name", "aliases", "groups", "occupation")})
    return written.withColumn("aliases", list_of("aliases")).withColumn("groups", list_of("groups"))


def _places(job: Job, rows: DataFrame) -> DataFrame:
    """Places with the addresses of their reference photos resolved to photo ids, in the order given."""
    found = job.lake.read("landing_photos").where(F.col("photo_id").isNotNull()).select("uri", "photo_id")
    named = rows.select("place_id", F.posexplode(list_of("reference_photos")).alias("number", "uri"))
    resolved = (
        named.join(found, "uri")
        .groupBy("place_id")
        .agg(F.transform(F.sort_array(F.collect_list(F.struct("number", "photo_id"))), lambda item: item["photo_id"]).alias("_photos"))
    )
    photos = F.coalesce(F.array_distinct("_photos"), F.array().cast("array<string>"))
    written = rows.withColumns({column: composed(F.col(column)) for column in ("name", "aliases", "address")})
    return written.join(resolved, "place_id", "left").withColumn("reference_photos", photos).withColumn("aliases", list_of("aliases"))


def _ingest_corrections(job: Job, rows: DataFrame | None) -> None:
    if rows is None:
        job.replace("corrections", job.lake.read("corrections").limit(0))
        return
    judged = job.keep(rows.withColumn("problem", correction_problem()))
    refused = judged.where(F.col("problem").isNotNull()).select("source", "record", F.col("problem").alias("reason"))
    job.reject(refused, within=rows.select("source"))
    fields = [column for column in TABLES["corrections"].columns if column not in ("correction_id", "made_at")]
    usable = judged.where(F.col("problem").isNull()).withColumn(
        "correction_id", F.sha2(F.to_json(F.struct(*fields, "made_at")), 256).substr(1, 32)
    )
    job.replace("corrections", usable.withColumn("made_at", timestamp_of("made_at")).dropDuplicates(["correction_id"]))


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of spark-submit."""
    return run_job("ingest_posts", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
