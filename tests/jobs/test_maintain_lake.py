"""Maintenance keeps every row, joins small files and removes what is old."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyspark.sql import SparkSession

from jobs import maintain_lake
from jobs.errors import HwaboError
from jobs.lake import Lake
from jobs.settings import Settings
from jobs.tables import TABLES
from tests.jobs.small_lake import write_rows

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores


def test_rows_stay_and_files_become_fewer(spark: SparkSession, copied_lake: Callable[..., Settings]) -> None:
    settings = copied_lake("maintenance.vacuum_hours=0", "maintenance.runs_days=1")
    lake = Lake(spark, settings.run.lake)
    for number in range(2):
        write_rows(
            spark,
            settings,
            "search_terms",
            [{"term": f"덧붙임{number}", "kind": "tag", "target_type": "event", "target_id": "e1", "weight": 0.1}],
        )
    rows = sorted(map(tuple, lake.read("search_terms").toLocalIterator()))
    report, done = maintain_lake.maintain(spark, settings)
    by_table = {one.table: one for one in done}
    assert report.rows_in == len(done) == sum(lake.exists(name) for name in TABLES)
    assert by_table["search_terms"].files_before >= 3
    assert by_table["search_terms"].files_after == 1
    assert by_table["search_terms"].clustered_by == "term"
    assert by_table["celebrities"].clustered_by == ""
    assert sorted(map(tuple, lake.read("search_terms").toLocalIterator())) == rows
    assert spark.conf.get("spark.databricks.delta.retentionDurationCheck.enabled") == "true"


def test_a_column_that_does_not_exist_is_named(spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
    for setting, reason in (("{search_terms: [word]}", "names word"), ("{terms: [term]}", "table terms")):
        with pytest.raises(HwaboError, match=reason):
            maintain_lake.run(spark, make_settings(f"maintenance.cluster_by={setting}"))
