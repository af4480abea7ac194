"""Small helpers on DataFrames that several jobs share."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

MOST_TASKS = 20_000


def spread(rows: DataFrame, *columns: str, count: int, rows_per_task: int) -> DataFrame:
    """Spreads rows over tasks by a hash of columns, for work that is heavy for a row that is small.

    Adaptive execution joins small partitions by their bytes; a named number of partitions it leaves alone. But where the rows already lie
    by these columns in as many partitions (behind a join, say), Spark drops the request and may join those: hence a hash of the columns.

    Args:
        rows: frame.
        columns: columns to hash.
        count: number of rows.
        rows_per_task: rows that one task should get.
    """
    at_least = rows.sparkSession.sparkContext.defaultParallelism
    tasks = min(MOST_TASKS, max(at_least, -(-count // rows_per_task)))
    return rows.repartition(tasks, F.xxhash64(*columns))


def settled(rows: DataFrame) -> DataFrame:
    """Works a frame out now and forgets how it came about: what is built on it several times is planned once.

    The rows lie with the executors (memory, then disk) until the frame is no longer in use.
    """
    return rows.localCheckpoint(eager=True)
