"""Heavy rows get the tasks that were asked for, wherever they lay before."""

from __future__ import annotations

from pyspark.sql import SparkSession

from jobs.frames import spread


def test_rows_that_lie_by_the_same_columns_are_spread_all_the_same(spark: SparkSession) -> None:
    shuffles = int(spark.conf.get("spark.sql.shuffle.partitions") or 0)
    grouped = spark.range(1000).selectExpr("cast(id % 100 AS string) AS key").groupBy("key").count()
    rows = spread(grouped, "key", count=100, rows_per_task=-(-100 // shuffles))
    work = rows.mapInPandas(lambda batches: batches, rows.schema)  # whatever a task does row by row
    assert work.rdd.getNumPartitions() == max(shuffles, spark.sparkContext.defaultParallelism)
    assert sorted(row["key"] for row in rows.collect()) == sorted(map(str, range(100)))
