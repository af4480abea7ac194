"""Small helpers on DataFrames that several jobs share."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import Column, DataFrame, Observation, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

MOST_TASKS = 20_000

Keep = Callable[[DataFrame], DataFrame]  # works a frame out once; what comes back is cheap to read again and of known size


def empty(spark: SparkSession, schema: StructType) -> DataFrame:
    """A frame without rows that Spark knows to be empty: what is joined with it or counted in it needs no task.

    That of `createDataFrame` goes through a Python worker.
    """
    rows = spark._jvm.java.util.ArrayList()  # type: ignore[union-attr]
    session = spark._jsparkSession
    return DataFrame(session.createDataFrame(rows, session.parseDataType(schema.json())), spark)


def spread(rows: DataFrame, *columns: str, count: int, rows_per_task: int) -> DataFrame:
    """Spreads rows over tasks by a hash of columns, for work that is heavy for a row that is small.

    Adaptive execution joins small partitions by their bytes; a named number of partitions it leaves alone. But where the rows already lie
    by these columns in as many partitions (behind a join, say), Spark drops the request and may join those: hence a hash of the columns.

    Args:
        rows: frame.
        columns: columns to hash.
        count: number of rows, or of whatever else tells how much work they are.
        rows_per_task: how many of these one task should get at most; there are as many tasks as keep all cores at work to the end.
    """
    cores = rows.sparkSession.sparkContext.defaultParallelism
    rounds = max(1, -(-count // (rows_per_task * cores)))
    tasks = min(MOST_TASKS, cores * rounds)
    return rows.repartition(tasks, F.xxhash64(*columns))


def settled(rows: DataFrame) -> DataFrame:
    """Works a frame out now and forgets how it came about: what is built on it several times is planned once.

    The rows lie with the executors (memory, then disk) until the frame is no longer in use.
    """
    return rows.localCheckpoint(eager=True)


def counted(rows: DataFrame, keep: Keep, **conditions: Column) -> tuple[DataFrame, dict[str, int]]:
    """Works a frame out once and counts on the way how many of its rows meet each condition."""
    return observed(rows, keep, **{name: F.count_if(condition) for name, condition in conditions.items()})


def observed(rows: DataFrame, keep: Keep, **aggregates: Column) -> tuple[DataFrame, dict[str, int]]:
    """Works a frame out once and aggregates whole numbers on the way; 0 where nothing came to an aggregate."""
    seen = Observation()
    first, *more = (aggregate.alias(name) for name, aggregate in aggregates.items())
    kept = keep(rows.observe(seen, first, *more))
    return kept, {name: int(value or 0) for name, value in seen.get.items()}
