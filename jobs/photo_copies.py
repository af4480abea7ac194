"""Pairs of photos that show the same picture: candidates by neighbouring local features, exact check by geometry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from udfs import local_features
from udfs.geometry_match import match

PACKED_SCHEMA = "part int, packed binary"
PAIRS_SCHEMA = "left long, right long, weight long"
CHECKED_SCHEMA = (
    "left long, right long, similarity double, inliers int, correlation double, overlap double, "
    "covered double, zoom double, turn double, mirror boolean"
)


@dataclass(frozen=True)
class PhotoRule:
    """When two photos are copies, and how candidates are found.

    Attributes:
        threshold: Similarity of the geometric match from which on two photos are copies.
        parts: Parts into which the features are packed.
        reach: Neighbours in a table that a feature is compared with.
        farthest: Bits of 128 in which two features may differ.
        least_weight: Least agreement of a candidate pair.
        candidates: Best candidates of a photo that are checked.
    """

    threshold: float
    parts: int
    reach: int
    farthest: int
    least_weight: int
    candidates: int


def copy_pairs(photos: DataFrame, rule: PhotoRule) -> DataFrame:
    """Checked pairs of copies.

    Args:
        photos: columns key (long, one row a key) and geometry (binary).
        rule: when two photos are copies.

    Returns:
        The columns of `CHECKED_SCHEMA`, one row a pair.
    """
    return check_pairs(candidate_pairs(photos, rule), photos, rule)


def candidate_pairs(photos: DataFrame, rule: PhotoRule) -> DataFrame:
    """Pairs of photos that are worth checking (columns left, right), from the columns key and geometry."""
    return best_candidates(near_pairs(packed_features(photos, rule), rule), rule)


def packed_features(photos: DataFrame, rule: PhotoRule) -> DataFrame:
    """Local features of all photos, packed by part."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            columns = zip(batch.column("key").to_pylist(), batch.column("geometry").to_pylist(), strict=True)
            entries = [local_features.feature_entries(key, geometry) for key, geometry in columns]
            if entries:
                rows = list(local_features.packed(np.concatenate(entries), rule.parts))
                arrays = [pa.array([row[0] for row in rows], pa.int32()), pa.array([row[1] for row in rows], pa.binary())]
                yield pa.RecordBatch.from_arrays(arrays, names=["part", "packed"])

    return photos.where(F.col("geometry").isNotNull()).select("key", "geometry").mapInArrow(work, PACKED_SCHEMA)


def near_pairs(packed: DataFrame, rule: PhotoRule) -> DataFrame:
    """Pairs of photos that share features: columns left > right, weight; a pair may come from several parts."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        content = b"".join(value for batch in batches for value in batch.column("packed").to_pylist())
        found = local_features.near_pairs(np.frombuffer(content, local_features.ENTRY), reach=rule.reach, farthest=rule.farthest)
        for begin in range(0, len(found[0]), 100_000):
            arrays = [pa.array(column[begin : begin + 100_000]) for column in found]
            yield pa.RecordBatch.from_arrays(arrays, names=["left", "right", "weight"])

    return packed.repartition("part").mapInArrow(work, PAIRS_SCHEMA)


def best_candidates(pairs: DataFrame, rule: PhotoRule) -> DataFrame:
    """Each photo's best candidates by what they share: columns left, right."""
    weighed = pairs.groupBy("left", "right").agg(F.sum("weight").alias("weight")).where(F.col("weight") >= rule.least_weight)
    by_left = Window.partitionBy("left").orderBy(F.col("weight").desc(), "right").rowsBetween(Window.unboundedPreceding, Window.currentRow)
    by_right = Window.partitionBy("right").orderBy(F.col("weight").desc(), "left").rowsBetween(Window.unboundedPreceding, Window.currentRow)
    ranked = weighed.withColumn("of_left", F.row_number().over(by_left)).withColumn("of_right", F.row_number().over(by_right))
    return ranked.where(F.least("of_left", "of_right") <= rule.candidates).select("left", "right")


def check_pairs(pairs: DataFrame, photos: DataFrame, rule: PhotoRule, *, keep_all: bool = False) -> DataFrame:
    """Matches the geometry of pairs of photos.

    Args:
        pairs: columns left and right, one row a pair.
        photos: columns key and geometry.
        rule: when two photos are copies.
        keep_all: also those that are no copies.

    Returns:
        The columns of `CHECKED_SCHEMA`; zoom, turn and mirror take the right photo to the left one.
    """

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        names = [field.split()[0] for field in CHECKED_SCHEMA.split(", ")]
        types = [pa.int64(), pa.int64(), pa.float64(), pa.int32(), *[pa.float64()] * 5, pa.bool_()]
        for batch in batches:
            rows = []
            for left, right, one, other in zip(*(batch.column(name).to_pylist() for name in batch.schema.names), strict=True):
                found = match(one, other)
                if keep_all or found.similarity >= rule.threshold:
                    values = (found.similarity, found.correlation, found.overlap, found.covered, found.zoom, found.turn)
                    similarity, correlation, overlap, covered, zoom, turn = (round(value, 6) for value in values)
                    rows.append((left, right, similarity, found.inliers, correlation, overlap, covered, zoom, turn, found.mirror))
            columns = list(zip(*rows, strict=True)) or [()] * len(names)
            yield pa.RecordBatch.from_arrays([pa.array(column, kind) for column, kind in zip(columns, types, strict=True)], names=names)

    described = photos.where(F.col("geometry").isNotNull())
    with_left = pairs.join(described.select(F.col("key").alias("left"), F.col("geometry").alias("geometry_left")), "left", "inner")
    both = with_left.join(described.select(F.col("key").alias("right"), F.col("geometry").alias("geometry_right")), "right", "inner")
    # a pair is a few kB but milliseconds of work: a named number of partitions is not joined to fewer by their bytes
    tasks = 4 * photos.sparkSession.sparkContext.defaultParallelism
    return (
        both.select("left", "right", "geometry_left", "geometry_right").repartition(tasks, "left", "right").mapInArrow(work, CHECKED_SCHEMA)
    )


def reason() -> Column:
    """How a copy was made from its keeper, in words.

    Reads the columns key, keeper_key, keeper_id, pixels, keeper_pixels and those of `CHECKED_SCHEMA`; null for a keeper.
    """
    percent = F.concat(F.round(F.col("similarity") * 100).cast("int").cast("string"), F.lit(" %"))
    changes = F.concat_ws(
        ", ",
        F.when(F.col("mirror"), F.lit("mirrored")),
        F.when((F.col("zoom") > 1.06) & (F.col("inliers") > 0), F.lit("crop")),
        F.when((F.col("zoom") < 0.94) & (F.col("inliers") > 0), F.lit("inside a larger picture")),
        F.when(F.col("covered") > 0.02, F.lit("strip laid over or cut")),
        F.when(F.abs("turn") > 1, F.concat(F.lit("turned "), F.round(F.abs("turn")).cast("int").cast("string"), F.lit("°"))),
        F.when(F.col("pixels") < 0.8 * F.col("keeper_pixels"), F.lit("smaller")),
        F.when(F.col("correlation") < 0.98, F.lit("retouched")),
    )
    how = F.when(changes != "", changes).otherwise(F.lit("saved again"))
    words = F.concat(F.lit("copy of "), F.substring("keeper_id", 1, 12), F.lit(": "), how, F.lit(", "), percent)
    return F.when(F.col("key") != F.col("keeper_key"), words)
