"""Measures what every photo shows: embedding, labels, clothes and hair, quality, perceptual hash, type, tags in Korean.

Each photo is decoded once, in a pandas UDF that loads its networks once a worker. A photo that cannot be measured keeps its row
with nulls and the reason; the run goes on.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import ArrayType, DoubleType, StringType, StructField, StructType

from jobs.errors import HwaboError
from jobs.frames import spread
from jobs.job import Job, JobReport, run_job
from jobs.resources import conf_file, read_yaml
from jobs.settings import PhotoSettings, Settings
from jobs.tables import TABLES
from udfs.photo_heads import PhotoHeads, from_bytes
from udfs.photo_network import NetworkError, prepare
from udfs.photo_tags import TagTableError, read_table
from udfs.photo_types import read_types
from udfs.photos import Bundle, describe_batches, digest_of

logger = logging.getLogger(__name__)

TAG = StructType([StructField("tag", StringType()), StructField("score", DoubleType())])
MEASURED = StructType([*TABLES["photo_features"].schema.fields, StructField("tags", ArrayType(TAG))])


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Measures the photos that are new or changed and replaces their features and visual tags."""
    with Job(spark, settings, "embed_photos", reads=("photos",), uses=(settings.photos, settings.ingest)) as job:
        if job.up_to_date:
            return job.report
        bundle = read_bundle(settings)
        changed = job.changed("photos", "photo_id")
        photos = job.read("photos").join(changed, "photo_id", "left_semi")
        with small_batches(spark, photos, settings.photos):
            measured = photos.transform(measure, bundle=bundle, count=job.report.rows_in, photos_per_task=settings.photos.per_task)
            measured = job.keep(measured)
            job.replace("photo_features", measured, within=changed)
        job.replace("photo_tags", measured.transform(visual_tags), within=changed.withColumn("source", F.lit("visual")))
        job.reject(photos.select("photo_id", "uri").transform(refusals, measured=measured))
    return job.report


def measure(photos: DataFrame, *, bundle: Bundle, count: int, photos_per_task: int) -> DataFrame:
    """Describes photos.

    Args:
        photos: columns photo_id, content, width, height.
        bundle: networks and tables for the workers.
        count: number of photos.
        photos_per_task: photos that one task should get.

    Returns:
        The columns of `photo_features`, and tags: array of structs (tag, score).
    """
    sent = photos.sparkSession.sparkContext.broadcast((bundle, to_arrow_schema(MEASURED), digest_of(bundle)))

    def describe(batches):  # type: ignore[no-untyped-def]  # PySpark resolves annotations by itself and must not find any here
        return describe_batches(batches, *sent.value)

    return (
        photos.select("photo_id", "content", "width", "height")
        .transform(spread, "photo_id", count=count, rows_per_task=photos_per_task)
        .mapInArrow(describe, MEASURED)
    )


def visual_tags(measured: DataFrame) -> DataFrame:
    """Rows of `photo_tags` from measured photos."""
    tags = measured.select("photo_id", F.explode("tags").alias("_tag"))
    return tags.select("photo_id", F.col("_tag.tag").alias("tag"), F.lit("visual").alias("source"), F.col("_tag.score").alias("score"))


def refusals(photos: DataFrame, *, measured: DataFrame) -> DataFrame:
    """Columns source, record, reason of the photos that could not be measured."""
    bad = measured.where(F.col("error").isNotNull()).select("photo_id", F.col("error").alias("reason"))
    return photos.join(bad, "photo_id").select(F.col("uri").alias("source"), F.col("photo_id").alias("record"), "reason")


def read_bundle(settings: Settings) -> Bundle:
    """Reads networks and tables on the driver.

    Raises:
        HwaboError: when one of them cannot be used.
    """
    photos = settings.photos
    table = read_yaml(conf_file(photos.tag_table))
    classes = conf_file(photos.network_classes).read_text(encoding="utf-8").splitlines()
    try:
        network = prepare(
            photos.network,
            sha256=photos.network_sha256,
            side=photos.network_side,
            mean=photos.network_mean,
            deviation=photos.network_deviation,
        )
        tags = read_table(table, classes)
        types = read_types(table.get("types", {}), classes)
    except NetworkError as problem:
        raise HwaboError(str(problem)) from None
    except TagTableError as problem:
        raise HwaboError(f"conf/{photos.tag_table}: {problem}") from None
    return Bundle(
        network=network,
        tags=tags,
        types=types,
        heads=read_heads(photos.heads, network.name),
        max_side=photos.max_side,
        pixel_limit=settings.ingest.max_photo_pixels,
        threads=photos.threads,
        device=photos.device,
        parts=frozenset(photos.parts),
    )


def read_heads(name: str, network: str) -> PhotoHeads | None:
    """What `train_photo_models` learned; None where nothing was learned for this network.

    Args:
        name: file below conf/, or an absolute path; empty: none.
        network: name of the photo network.

    Raises:
        HwaboError: when the file is damaged, or named and missing.
    """
    if not name:
        return None
    path = Path(name) if Path(name).is_absolute() else conf_file(name)
    try:
        heads = from_bytes(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise HwaboError(f"the photo heads {name} cannot be used ({problem}): restore the file or set photos.heads to ''.") from None
    if heads.network != network:
        logger.warning("the photo heads %s belong to %s, not to %s: fixed rules are used", name, heads.network, network)
        return None
    return heads


@contextmanager
def small_batches(spark: SparkSession, photos: DataFrame, settings: PhotoSettings) -> Iterator[None]:
    """Bounds what a worker holds: so many rows a batch that the largest photos together stay below `batch_bytes`.

    Both the JVM's reader of photo bytes and the batches sent to Python count rows, not bytes.
    """
    largest = photos.agg(F.max("bytes")).first()
    rows = max(1, min(settings.batch_rows, settings.batch_bytes // max(1, (largest and largest[0]) or 1)))
    wanted = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(rows),
        "spark.sql.parquet.columnarReaderBatchSize": str(max(8, rows)),
    }
    before = {key: spark.conf.get(key, None) for key in wanted}
    try:
        for key, value in wanted.items():
            spark.conf.set(key, value)
        yield
    finally:
        for key, old in before.items():
            spark.conf.unset(key) if old is None else spark.conf.set(key, old)


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of the job."""
    return run_job("embed_photos", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
