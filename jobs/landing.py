"""The landing folder as frames: its files, and their records parsed into columns."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import reduce

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.functions import pandas_udf
from pyspark.sql.types import ArrayType, StringType, StructField, StructType

from jobs.errors import HwaboError
from udfs.composed import composed_series

logger = logging.getLogger(__name__)

_TEXT = StringType()
_PHOTO = StructType([StructField(name, _TEXT) for name in ("uri", "caption", "offset")])
_POST_FIELDS = ("post_id", "service", "url", "title", "body", "published_at", "press", "place_id")
_POST = StructType([*(StructField(name, _TEXT) for name in _POST_FIELDS), StructField("photos", ArrayType(_PHOTO))])
_CORRUPT = "_corrupt"
# from_json turns any value into text where text is wanted: a field's name, unless it is itself inside a text, and what may not follow
_NOT_TEXT = r'(?<!\\)"(?:title|body|url|service|press|published_at|post_id)"\s*:\s*[\[{tf]'
_AS_WRITTEN = ("celebrity_id", "place_id", "reference_photos")  # ids and addresses, of reference files
_CORRECTION_FIELDS = ("action", "event_id", "photo_id", "post_id", "celebrity_id", "place_id", "value", "made_at")


class Landing:
    """One landing folder.

    Args:
        spark: the session.
        uri: any address that Hadoop reads.

    Raises:
        HwaboError: when there is no such folder.
    """

    def __init__(self, spark: SparkSession, uri: str) -> None:
        if not uri:
            raise HwaboError("no landing folder is named: give it by --landing URI.")
        self.spark = spark
        path = spark._jvm.org.apache.hadoop.fs.Path(uri)  # type: ignore[union-attr]
        self._files = path.getFileSystem(spark._jsc.hadoopConfiguration())
        qualified = self._files.makeQualified(path)
        self.root, self._root_path = str(qualified.toString()).rstrip("/"), str(qualified.toUri().getPath()).rstrip("/")
        if not self._files.exists(path):
            raise HwaboError(f"landing folder {uri} does not exist: check the path, or make a sample by `hwabo sample --out {uri}`.")

    def has(self, name: str) -> bool:
        """Whether a file or folder of that name lies in the landing folder."""
        return bool(self._files.exists(self.spark._jvm.org.apache.hadoop.fs.Path(f"{self.root}/{name}")))  # type: ignore[union-attr]

    def list_posts(self) -> DataFrame:
        """Files below posts/.

        Returns:
            Columns path (below the landing folder), bytes, modified_at.

        Raises:
            HwaboError: when there is no posts/ folder or no file in it.
        """
        listing = None
        if self.has("posts"):
            try:
                files = self.spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(f"{self.root}/posts")
                listing = files.select(
                    F.expr(f"substr(path, {len(self.root) + 2})").alias("path"),
                    F.col("length").alias("bytes"),
                    F.col("modificationTime").alias("modified_at"),
                )
            except AnalysisException:
                listing = None
        if listing is None or listing.isEmpty():
            raise HwaboError(
                f"landing folder {self.root} holds no posts: put *.jsonl, *.jsonl.gz or *.parquet files into its posts/ folder."
            )
        return listing

    def read_posts(self, paths: list[str]) -> tuple[DataFrame, DataFrame]:
        """Posts of some files.

        Args:
            paths: files below the landing folder.

        Returns:
            The records, parsed (columns of a post as strings, photos, source, record, digest, corrupt), and the files that could
            not be read at all (columns source, record, reason).
        """
        lines = [path for path in paths if path.endswith((".jsonl", ".jsonl.gz"))]
        tables = [path for path in paths if path.endswith(".parquet")]
        others = [path for path in paths if path not in set(lines) | set(tables)]
        refused = dict.fromkeys(others, "the file is none of .jsonl, .jsonl.gz and .parquet")
        refused.update(self._broken_gzips([path for path in lines if path.endswith(".gz")]))
        frames = []
        readable = [path for path in lines if path not in refused]
        if readable:
            frames.append(self._read_lines(readable))
        for path in tables:
            try:
                frames.append(self._read_table(path))
            except (PySparkException, Py4JJavaError):
                refused[path] = "the Parquet file is damaged"
        empty = self.spark.createDataFrame(
            [], StructType([*_POST.fields, *(StructField(n, _TEXT) for n in ("source", "record", "corrupt"))])
        )
        records = reduce(DataFrame.unionByName, frames, empty)
        digest = F.sha2(F.to_json(F.struct(*_POST.fieldNames())), 256)
        return records.withColumn("digest", digest), self._refusals(refused)

    def read_corrections(self) -> DataFrame | None:
        """Rows of corrections.jsonl (strings, source, record, corrupt), or None when there is no such file."""
        if not self.has("corrections.jsonl"):
            return None
        schema = StructType([StructField(name, _TEXT) for name in _CORRECTION_FIELDS])
        return self._parse(self._lines(["corrections.jsonl"]), schema)

    def read_csv(self, name: str, columns: tuple[str, ...]) -> DataFrame | None:
        """Rows of a CSV file as strings (with source and record), or None when there is no such file.

        Raises:
            HwaboError: when a column is missing from the header.
        """
        if not self.has(name):
            logger.warning("landing folder %s has no %s", self.root, name)
            return None
        options = {"header": "true", "multiLine": "true", "escape": '"', "mode": "PERMISSIVE", "enforceSchema": "false"}
        rows = self.spark.read.options(**options).csv(f"{self.root}/{name}")
        rows = rows.toDF(*(column.strip().strip("\ufeff") for column in rows.columns))
        missing = [column for column in columns if column not in rows.columns]
        if missing:
            raise HwaboError(f"{self.root}/{name} has no column {', '.join(missing)}: its header must be {','.join(columns)}.")
        compose = pandas_udf(composed_series, "string")  # type: ignore[call-overload]
        named = (F.col(column) if column in _AS_WRITTEN else compose(column) for column in columns)
        trimmed = (F.trim(column) for column in named)
        return rows.select(
            *(F.when(F.length(c) > 0, c).alias(n) for c, n in zip(trimmed, columns, strict=True)),
            F.lit(name).alias("source"),
            F.to_json(F.struct(*columns)).alias("record"),
        )

    def _lines(self, paths: list[str]) -> DataFrame:
        lines = self.spark.read.text([f"{self.root}/{path}" for path in paths])
        # file_path is percent-encoded and writes file:///a where Hadoop writes file:/a: what follows the root's own path counts
        decoded = F.url_decode(F.regexp_replace("_metadata.file_path", r"\+", "%2B"))
        below = F.substring_index(decoded, f"{self._root_path}/", -1)
        return lines.select(F.col("value").alias("record"), below.alias("source")).where(F.trim("record") != "")

    def _read_lines(self, paths: list[str]) -> DataFrame:
        return self._parse(self._lines(paths), _POST)

    def _parse(self, lines: DataFrame, schema: StructType) -> DataFrame:
        with_corrupt = StructType([*schema.fields, StructField(_CORRUPT, _TEXT)])
        parsed = F.from_json("record", with_corrupt, {"mode": "PERMISSIVE", "columnNameOfCorruptRecord": _CORRUPT})
        nothing = reduce(Column.__and__, (F.col(f"parsed.{name}").isNull() for name in schema.fieldNames()))
        return lines.withColumn("parsed", parsed).select(
            *(F.col(f"parsed.{name}").alias(name) for name in schema.fieldNames()),
            "source",
            "record",
            F.when(F.col(f"parsed.{_CORRUPT}").isNotNull() | nothing, "the line is not a JSON object with the fields of a record")
            .when(F.col("record").rlike(_NOT_TEXT), "a field that should be text holds an object, a list or a truth value")
            .when(F.col("record") != F.decode(F.col("record").cast("binary"), "UTF-8"), "the line is not UTF-8")
            .alias("corrupt"),
        )

    def _read_table(self, path: str) -> DataFrame:
        rows = self.spark.read.parquet(f"{self.root}/{path}")
        columns = []
        for field in _POST.fields:
            if field.name not in rows.columns:
                columns.append(F.lit(None).cast(field.dataType).alias(field.name))
            elif field.name == "published_at":
                columns.append(_iso_time(rows).alias(field.name))
            elif field.name == "photos":
                columns.append(_photos_of(rows).alias("photos"))
            else:
                columns.append(F.col(field.name).cast(field.dataType).alias(field.name))
        typed = rows.select(*columns, F.lit(path).alias("source"))
        return typed.withColumn("record", F.to_json(F.struct(*_POST.fieldNames()))).withColumn("corrupt", F.lit(None).cast("string"))

    def _broken_gzips(self, paths: list[str]) -> dict[str, str]:
        from udfs.fetch import gzip_error

        if not paths:
            return {}
        files = self.spark.read.format("binaryFile").load([f"{self.root}/{path}" for path in paths])
        check = F.udf(gzip_error, _TEXT)
        broken = files.select(F.expr(f"substr(path, {len(self.root) + 2})").alias("path"), check("content").alias("reason"))
        return {row["path"]: row["reason"] for row in broken.where("reason is not null").toLocalIterator()}

    def _refusals(self, refused: Mapping[str, str]) -> DataFrame:
        rows = [(path, path, reason) for path, reason in sorted(refused.items())]
        return self.spark.createDataFrame(rows, "source string, record string, reason string")


def _photos_of(rows: DataFrame) -> Column:
    """The photos column of a Parquet file as strings, whatever of its fields are there."""
    field = rows.schema["photos"].dataType
    if not isinstance(field, ArrayType) or not isinstance(field.elementType, StructType):
        return F.lit(None).cast(ArrayType(_PHOTO))
    there = field.elementType.fieldNames()

    def convert(photo: Column) -> Column:
        return F.struct(*((photo[name] if name in there else F.lit(None)).cast("string").alias(name) for name in _PHOTO.fieldNames()))

    return F.transform("photos", convert)


def _iso_time(rows: DataFrame) -> Column:
    """published_at of a Parquet file as ISO 8601; times in nanoseconds, as pandas writes them, come as numbers."""
    kind = dict(rows.dtypes)["published_at"]
    if kind == "timestamp":
        return F.date_format("published_at", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
    if kind == "bigint":
        return F.date_format(F.expr("timestamp_micros(published_at div 1000)"), "yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
    return F.col("published_at").cast("string")
