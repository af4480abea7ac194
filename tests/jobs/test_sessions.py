"""Sessions by windows against DuckDB's own windows over the single rows, on random rows."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from pyspark.sql import SparkSession

from jobs.sessions import moment_of, nearest_session, wall_seconds, with_session

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores

ORACLE = """
    WITH marked AS (
        SELECT *, CASE WHEN start_at - max(end_at) OVER earlier <= gap THEN 0 ELSE 1 END AS opens
        FROM rows WINDOW earlier AS (PARTITION BY key ORDER BY start_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), numbered AS (SELECT *, sum(opens) OVER (PARTITION BY key ORDER BY start_at, id ROWS UNBOUNDED PRECEDING) AS number FROM marked)
    SELECT id, min(start_at) OVER (PARTITION BY key, number) AS session FROM numbered ORDER BY id
"""


def random_rows(seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    count = 400
    keys = random.zipf(1.5, count).clip(max=6)
    starts = random.integers(-50, 4000, count)
    return pd.DataFrame(
        {
            "id": np.arange(count),
            "key": keys,
            "start_at": starts,
            "end_at": starts + random.integers(0, 30, count) * (random.random(count) < 0.2),
            "gap": 5 + keys,
        }
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_sessions_are_those_of_a_window_over_single_rows(spark: SparkSession, seed: int) -> None:
    rows = random_rows(seed)
    expected = duckdb.sql(ORACLE).df()
    for partitions in (1, 5):
        frame = spark.createDataFrame(rows.sample(frac=1, random_state=partitions)).repartition(partitions)
        found = with_session(frame, keys=["key"], start="start_at", end="end_at", gap="gap").orderBy("id").toPandas()
        assert found["session"].tolist() == expected["session"].tolist(), f"seed {seed}, {partitions} partitions"


def test_the_nearest_session_before_and_after(spark: SparkSession) -> None:
    rows = spark.createDataFrame([("a", 5, "r1"), ("a", 10, "r2"), ("a", 99, "r3"), ("b", 1, "r4")], "key string, at long, id string")
    sessions = spark.createDataFrame([("a", 10, "s1"), ("a", 50, "s2")], "key string, starts long, name string")
    found = nearest_session(rows, sessions, keys=["key"], at="at", row_id="id", start="starts", session="name")
    names = {row["id"]: tuple(side and side["session"] for side in (row["before"], row["after"])) for row in found.collect()}
    assert names == {"r1": (None, "s1"), "r2": ("s1", "s2"), "r3": ("s2", None), "r4": (None, None)}


def test_the_clock_on_the_wall(spark: SparkSession) -> None:
    moment = spark.sql("SELECT timestamp_seconds(1772323200) AS at")  # 2026-03-01T00:00:00Z
    wall = moment.select(wall_seconds(moment["at"], "Asia/Seoul").alias("wall"))
    assert wall.first()["wall"] == 1772323200 + 9 * 3600  # type: ignore[index]
    back = wall.select(moment_of(wall["wall"], "Asia/Seoul").cast("long").alias("seconds"))
    assert back.first()["seconds"] == 1772323200  # type: ignore[index]
