"""Heavy rows get the tasks that were asked for, wherever they lay before; frames without rows cost nothing."""

from __future__ import annotations

from pyspark.sql import SparkSession

from jobs.frames import empty, spread
from jobs.tables import TABLES


def test_rows_that_lie_by_the_same_columns_are_spread_all_the_same(spark: SparkSession) -> None:
    shuffles = int(spark.conf.get("spark.sql.shuffle.partitions") or 0)
    grouped = spark.range(1000).selectExpr("cast(id % 100 AS string) AS key").groupBy("key").count()
    rows = spread(grouped, "key", count=100, rows_per_task=-(-100 // shuffles))
    work = rows.mapInPandas(lambda batches: batches, rows.schema)  # whatever a task does row by row
    assert work.rdd.getNumPartitions() == max(shuffles, spark.sparkContext.defaultParallelism)
    assert sorted(row["key"] for row in rows.collect()) == sorted(map(str, range(100)))


def test_tasks_keep_all_cores_at_work_to_the_end(spark: SparkSession) -> None:
    cores = spark.sparkContext.defaultParallelism
    for count, rounds in ((0, 1), (10 * cores, 1), (10 * cores + 1, 2), (25 * cores, 3)):
        assert spread(spark.range(5), "id", count=count, rows_per_task=10).rdd.getNumPartitions() == rounds * cores


def test_what_is_joined_with_an_empty_frame_needs_no_task(spark: SparkSession) -> None:
    photos = empty(spark, TABLES["post_photos"].schema)
    assert photos.schema == TABLES["post_photos"].schema
    assert photos.isEmpty()
    joined = spark.range(5).withColumnRenamed("id", "post_id").join(photos, "post_id")
    assert joined.rdd.getNumPartitions() == 0
    assert joined.count() == 0
