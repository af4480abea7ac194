from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyspark.sql import DataFrame, SparkSession

from jobs.lake import Lake, Written
from jobs.tables import TABLES

Row = tuple[str, str, bool, float]


def copies(spark: SparkSession, rows: list[Row]) -> DataFrame:
    return spark.createDataFrame(rows, TABLES["post_copies"].schema)


def content(lake: Lake) -> list[Row]:
    return sorted(tuple(row) for row in lake.read("post_copies").collect())


def test_replace_commits_only_differences(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path))
    rows: list[Row] = [("a", "a", True, 1.0), ("b", "a", False, 0.9), ("c", "c", True, 1.0)]
    assert lake.replace("post_copies", copies(spark, rows)) == Written(inserted=3)
    before = lake.version("post_copies")
    assert lake.replace("post_copies", copies(spark, rows)) == Written()
    assert lake.version("post_copies") == before

    within = spark.createDataFrame([("a",)], "group_id string")
    assert lake.replace("post_copies", copies(spark, [("a", "a", True, 1.0), ("d", "a", False, 0.8)]), within=within) == Written(1, 0, 1)
    assert content(lake) == [("a", "a", True, 1.0), ("c", "c", True, 1.0), ("d", "a", False, 0.8)]
    changed = lake.changed_keys("post_copies", ["post_id"], after=before, until=lake.version("post_copies"))
    assert changed is not None
    assert sorted(row["post_id"] for row in changed.collect()) == ["b", "d"]


def test_upsert_keeps_other_rows_and_ignores_clock_columns(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path))
    schema = TABLES["rejects"].schema

    def reject(clock: str, *records: str) -> DataFrame:
        rows = [("file", record, "ingest_posts", "bad") for record in records]
        frame = spark.createDataFrame(rows, "source string, record string, stage string, reason string")
        return frame.selectExpr("*", f"timestamp '{clock}' AS rejected_at").select(schema.fieldNames())

    lake.upsert("rejects", reject("2026-01-01", "x"))
    assert lake.upsert("rejects", reject("2026-02-02", "x", "y")) == Written(inserted=1)
    months = lake.read("rejects").selectExpr("record", "month(rejected_at) AS month").collect()
    assert sorted((row["record"], row["month"]) for row in months) == [("x", 1), ("y", 2)]


def test_missing_table_reads_as_empty_with_its_columns(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path))
    assert lake.version("events") == -1
    assert lake.read("events").schema.fieldNames() == TABLES["events"].columns
    assert lake.read("events").count() == 0


def test_column_comments_reach_describe(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path))
    lake.create("events")
    described = {row["col_name"]: row["comment"] for row in spark.sql(f"DESCRIBE delta.`{lake.path('events')}`").collect()}
    assert described["celebrity_id"] == "whose timeline it is on"


@pytest.mark.slow
@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.sampled_from("xy"), st.integers(0, 2)), max_size=6), min_size=1, max_size=4
    )
)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_replacements_leaves_the_last(
    spark: SparkSession, tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, tuple[str, int]]]
) -> None:
    lake = Lake(spark, str(tmp_path_factory.mktemp("lake")))
    for state in states:
        rows: list[Row] = [(key, group, True, float(value)) for key, (group, value) in state.items()]
        lake.replace("post_copies", copies(spark, rows))
        assert content(lake) == sorted(rows)
