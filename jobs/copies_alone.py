"""Copies in any table of texts or folder of images, without a lake (see `jobs.mark_copies`)."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Sequence

import pyarrow as pa
from delta.tables import DeltaTable
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.storagelevel import StorageLevel

from jobs import photo_copies, text_checks, text_copies, text_groups
from jobs.copy_groups import grouped, to_keepers
from jobs.errors import HwaboError
from jobs.frames import Keep, observed
from jobs.job import add_setting_arguments
from jobs.photo_copies import PhotoRule
from jobs.text_copies import TextRule
from udfs.decode import decode
from udfs.geometry import CANVAS, describe

logger = logging.getLogger(__name__)

IMAGES = "*.{jpg,jpeg,png,webp,gif,bmp,tif,tiff,heic,heif,avif,JPG,JPEG,PNG,WEBP,GIF,BMP,TIF,TIFF,HEIC,HEIF,AVIF}"
DESCRIBED_SCHEMA = "id string, geometry binary, pixels long, bytes long"


def parser() -> argparse.ArgumentParser:
    """Options of the job without a lake."""
    options = argparse.ArgumentParser(prog="mark_copies", description="Marks copies in a table of texts or a folder of images.")
    source = options.add_mutually_exclusive_group(required=True)
    source.add_argument("--texts", metavar="URI", help="Delta or Parquet table with the columns id and text")
    source.add_argument("--photos", metavar="DIR", help="folder of images, with its subfolders")
    options.add_argument("--out", metavar="URI", required=True, help="Delta table to write: id, group_id, is_keeper, similarity")
    add_setting_arguments(options)
    return options


def read_texts(spark: SparkSession, uri: str) -> DataFrame:
    """Columns id and text of a Delta or Parquet table.

    Raises:
        HwaboError: there is no such table, or it lacks a column.
    """
    kind = "delta" if DeltaTable.isDeltaTable(spark, uri) else "parquet"
    try:
        table = spark.read.format(kind).load(uri)
    except AnalysisException:
        raise HwaboError(f"--texts {uri} is neither a Delta nor a Parquet table: name the folder that holds it.") from None
    missing = sorted({"id", "text"} - set(table.columns))
    if missing:
        raise HwaboError(
            f"--texts {uri} has no column {missing[0]} (it has {', '.join(table.columns)}): rename the columns to id and text."
        )
    kinds = dict(table.dtypes)
    return table.select(*(F.col(name) if kinds[name] == "string" else F.col(name).cast("string").alias(name) for name in ("id", "text")))


def mark_texts(texts: DataFrame, rule: TextRule, *, one_task_edges: int, keep: Keep) -> DataFrame:
    """Copies among texts.

    Args:
        texts: columns id and text; one row an id.
        rule: when two texts are copies.
        one_task_edges: see `connected_components`.
        keep: works a frame out once.

    Returns:
        Columns id, group_id (smallest id of the group), is_keeper, similarity (to the keeper).
    """
    key = F.xxhash64("id")
    keyed = texts.withColumn("key", key)
    stars = text_copies.star_pairs(text_copies.packed_hashes(keyed, rule), rule.parts)
    pairs, seen = observed(stars, keep, all=F.sum("size"))
    if seen["all"] <= one_task_edges:
        met = text_groups.meetings(pairs, rule, keep=keep)
        if met.largest <= text_groups.MOST_MEMBERS:
            marked = text_groups.marked(texts, key, met, rule)
            return marked.withColumn("similarity", F.round("similarity", 6))
    members = _checked_groups(keyed, pairs, rule, one_task_edges=one_task_edges, keep=keep)
    return _with_those_alone(keyed, members.withColumn("similarity", F.round("similarity", 6)))


def _checked_groups(keyed: DataFrame, pairs: DataFrame, rule: TextRule, *, one_task_edges: int, keep: Keep) -> DataFrame:
    """Members of all groups of two or more (key, group_id, is_keeper, similarity), however many candidate pairs there are."""
    candidates = text_copies.candidates(pairs, keep=keep)
    words = text_checks.words_of(candidates, keyed, keep=keep)
    groups = text_checks.connecting_checks(candidates, words, rule, keep=keep, one_task_edges=one_task_edges)
    members = groups.members.withColumnRenamed("node", "key")
    smallest = keep(words.select("key", "id").join(members.select("key", "root"), "key").groupBy("root").agg(F.min("id").alias("group_id")))
    if groups.unknown:
        unknown = members.where(F.col("similarity").isNull()).select(F.col("key").alias("left"), F.col("root").alias("right"))
        rated = keep(text_checks.check_pairs(unknown, words, rule).select(F.col("left").alias("key"), F.col("similarity").alias("rated")))
        members = members.join(rated, "key", "left").withColumn("similarity", F.coalesce("similarity", "rated"))
    is_keeper = (F.col("key") == F.col("root")).alias("is_keeper")
    return members.join(smallest, "root").select("key", "group_id", is_keeper, "similarity")


def read_photos(spark: SparkSession, folder: str, *, pixel_limit: int) -> DataFrame:
    """Describes the images below a folder.

    Args:
        spark: the session.
        folder: any address that Hadoop reads.
        pixel_limit: larger images are not decoded.

    Returns:
        Columns id (path below the folder), geometry (null where the image cannot be decoded), pixels, bytes.

    Raises:
        HwaboError: there is no such folder.
    """
    reader = spark.read.format("binaryFile").option("pathGlobFilter", IMAGES).option("recursiveFileLookup", "true")
    try:
        files = reader.load(folder)
    except AnalysisException:
        raise HwaboError(f"--photos {folder} cannot be read: name a folder of images.") from None
    root = spark.sparkContext._jvm.org.apache.hadoop.fs.Path(folder)  # type: ignore[union-attr]
    system = root.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    prefix = system.makeQualified(root).toString().rstrip("/") + "/"
    scheme = prefix.split(":", 1)[0] + ":"
    path = F.regexp_replace("path", f"^{scheme}/+", f"{scheme}/")
    start = len(scheme) + 1 + len(prefix.split(":", 1)[1].lstrip("/")) + 1

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            rows = []
            for name, content in zip(batch.column("id").to_pylist(), batch.column("content").to_pylist(), strict=True):
                image, error = decode(content, 2 * CANVAS, pixel_limit=pixel_limit)
                if image is None:
                    logger.warning("%s is left alone: %s", name, error)
                rows.append(
                    (name, describe(image), image.width * image.height, len(content)) if image else (name, None, 0, len(content or b""))
                )
            columns = zip(*rows, strict=True) if rows else ((), (), (), ())
            kinds = (pa.string(), pa.binary(), pa.int64(), pa.int64())
            arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
            yield pa.RecordBatch.from_arrays(arrays, names=["id", "geometry", "pixels", "bytes"])

    named = files.select(F.substring(path, start, 100_000).alias("id"), "content")
    return named.mapInArrow(work, DESCRIBED_SCHEMA)


def mark_photos(described: DataFrame, rule: PhotoRule, *, one_task_edges: int) -> DataFrame:
    """Copies among described photos.

    Args:
        described: columns id, geometry, pixels and bytes; one row an id.
        rule: when two photos are copies.
        one_task_edges: see `connected_components`.

    Returns:
        Columns id, group_id, is_keeper (most pixels, then largest file), similarity.
    """
    keyed = described.withColumn("key", F.xxhash64("id")).persist(StorageLevel.MEMORY_AND_DISK)
    edges = photo_copies.copy_pairs(keyed.select("key", "geometry"), rule).persist(StorageLevel.MEMORY_AND_DISK)
    order = [F.col("pixels").desc(), F.col("bytes").desc()]
    members = grouped(edges, keyed.drop("geometry"), identity="id", keeper_order=order, one_task_edges=one_task_edges).persist(
        StorageLevel.MEMORY_AND_DISK
    )
    measured = photo_copies.check_pairs(to_keepers(members), keyed, rule, keep_all=True)
    related = members.select("key", "group_id", (F.col("key") == F.col("keeper_key")).alias("is_keeper")).join(
        measured.select(F.col("left").alias("key"), "similarity"), "key", "left"
    )
    return _with_those_alone(keyed, related)


def wanted(argv: Sequence[str]) -> bool:
    """Whether the command line asks for a run without a lake."""
    return any(argument.split("=", 1)[0] in ("--texts", "--photos") for argument in argv)


def write(rows: DataFrame, uri: str) -> None:
    """Writes the result as a Delta table in place of what is there."""
    rows.write.format("delta").mode("overwrite").option("overwriteSchema", "true").save(uri)


def _with_those_alone(keyed: DataFrame, members: DataFrame) -> DataFrame:
    """id, group_id, is_keeper, similarity of all: of the members of groups (by key), and of those that are no copies."""
    return (
        keyed.select("key", "id")
        .join(members, "key", "left")
        .select(
            "id",
            F.coalesce("group_id", "id").alias("group_id"),
            F.coalesce("is_keeper", F.lit(True)).alias("is_keeper"),
            F.coalesce("similarity", F.lit(1.0)).alias("similarity"),
        )
    )
