"""Sessions by windows against DuckDB's own windows over the single rows, on random rows."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from jobs.sessions import local_day, moment_of, on_the_wall, session_ranges, wall_seconds, with_session

LABELS = """
    WITH marked AS (
        SELECT *, CASE WHEN start_at - max(end_at) OVER earlier <= gap THEN 0 ELSE 1 END AS opens
        FROM rows WINDOW earlier AS (PARTITION BY key ORDER BY start_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), numbered AS (SELECT *, sum(opens) OVER (PARTITION BY key ORDER BY start_at, id ROWS UNBOUNDED PRECEDING) AS number FROM marked)
    SELECT id, key, end_at, min(start_at) OVER (PARTITION BY key, number) AS session FROM numbered
"""
ORACLE = f"SELECT id, session FROM ({LABELS}) ORDER BY id"
RANGES = f"SELECT key, session, max(end_at) AS last, count(*) AS rows FROM ({LABELS}) GROUP BY key, session ORDER BY key, session"


def random_rows(seed: int) -> pd.DataFrame:
    """Rows whose gap differs by key; some last long."""
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


@pytest.mark.parametrize(("seed", "partitions"), [(1, 1), (1, 5), (2, 3)])
def test_sessions_are_those_of_a_window_over_single_rows(spark: SparkSession, seed: int, partitions: int) -> None:
    rows = random_rows(seed)
    expected, ranges = duckdb.sql(ORACLE).df(), duckdb.sql(RANGES).fetchall()
    frame = spark.createDataFrame(rows.sample(frac=1, random_state=partitions)).repartition(partitions)
    names = {"keys": ["key"], "start": "start_at", "end": "end_at", "gap": "gap"}
    found = with_session(frame, **names).orderBy("id").toPandas()
    assert found["session"].tolist() == expected["session"].tolist(), f"seed {seed}, {partitions} partitions"
    found_ranges = session_ranges(frame, **names).orderBy("key", "session").collect()
    assert [tuple(row) for row in found_ranges] == ranges, f"seed {seed}, {partitions} partitions"


def test_the_clock_on_the_wall(spark: SparkSession) -> None:
    moment = spark.sql("SELECT timestamp_seconds(1772323200) AS at")  # 2026-03-01T00:00:00Z
    wall = moment.select(wall_seconds(moment["at"], "Asia/Seoul").alias("wall"))
    assert wall.first()["wall"] == 1772323200 + 9 * 3600  # type: ignore[index]
    back = wall.select(moment_of(wall["wall"], "Asia/Seoul").cast("long").alias("seconds"))
    assert back.first()["seconds"] == 1772323200  # type: ignore[index]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
def test_days_are_those_of_the_events_zone_whatever_the_sessions(spark: SparkSession, zone: str) -> None:
    before = spark.conf.get("spark.sql.session.timeZone")
    spark.conf.set("spark.sql.session.timeZone", zone)
    try:
        moment = spark.sql("SELECT timestamp_seconds(1772321400) AS at")  # 2026-02-28T23:30:00Z: already March in Seoul
        at = on_the_wall(F.col("at"), "Asia/Seoul")
        row = moment.select(F.date_format(at, "yyyy-MM-dd HH:mm"), local_day(F.col("at"), "Asia/Seoul"), F.dayofweek(at)).first()
    finally:
        spark.conf.set("spark.sql.session.timeZone", str(before))
    assert tuple(row or ()) == ("2026-03-01 08:30", "2026-03-01", 1)
