"""What `hwabo show`, `hwabo sql` and the formats print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime

import pytest
from pyspark.sql import SparkSession

from jobs import formats, index_search, show, sql
from jobs.catalog import view_queries
from jobs.errors import HwaboError
from jobs.formats import plain
from jobs.settings import Settings
from jobs.tables import TABLES
from tests.jobs.small_lake import SmallLake


def test_an_event_is_shown_with_photos_reasons_and_posts(spark: SparkSession, small_lake: SmallLake) -> None:
    row = next(iter(show.event_details(spark, small_lake.settings, "e1").toLocalIterator()))
    text = "\n".join(show.lines(plain(row)))
    assert text.startswith("윤서아, 인천국제공항 출국\n")
    for line in ("who        윤서아", "what       airport_departure", "when       2026-03-12 14:00", "photos     4, 2 kept"):
        assert line in text
    assert text.index("베이지 코트를 입은") < text.index("공항에서 손을")
    assert "1       copy     같은 사진의 사본입니다" in text
    assert "한빛일보" in text
    json.dumps(plain(row))


def test_an_unknown_or_ambiguous_event_is_named(spark: SparkSession, small_lake: SmallLake) -> None:
    with pytest.raises(HwaboError, match="no single event zz"):
        show.event_details(spark, small_lake.settings, "zz")
    with pytest.raises(HwaboError, match="several begin so: e1, e2, e3, e4"):
        show.event_details(spark, small_lake.settings, "e")


def test_tables_and_views_are_registered_with_comments(spark: SparkSession, small_lake: SmallLake) -> None:
    described = sql.query(spark, small_lake.settings, "DESCRIBE event_photos;")
    comments = {row["col_name"]: row["comment"] for row in described.toLocalIterator()}
    assert comments["verdict"] == TABLES["event_photos"].schema["verdict"].metadata["comment"]
    names = set(view_queries())
    assert names == {"timeline", "photo_summary"}
    assert sql.query(spark, small_lake.settings, "SELECT * FROM timeline WHERE celebrity = '윤서아'").count() == 2
    assert sql.query(spark, small_lake.settings, "SELECT * FROM photo_summary").count() > 0


@pytest.mark.slow
def test_a_catalog_keeps_tables_and_views_with_comments(spark: SparkSession, copied_lake: Callable[..., Settings]) -> None:
    settings = copied_lake("lake.registration=catalog", "lake.catalog_schema=hwabo_kept", full=True)
    before = spark.catalog.currentDatabase()
    try:
        index_search.run(spark, settings)  # every job registers what it wrote
        described = spark.sql("DESCRIBE hwabo_kept.event_photos").collect()
        assert {row["col_name"]: row["comment"] for row in described}["reason"] == TABLES["event_photos"].schema["reason"].metadata[
            "comment"
        ]
        assert spark.sql("SELECT * FROM hwabo_kept.timeline WHERE celebrity = '윤서아'").count() == 2
    finally:
        spark.sql(f"USE {before}")
        spark.sql("DROP SCHEMA IF EXISTS hwabo_kept CASCADE")


def test_a_wrong_statement_ends_in_one_line(spark: SparkSession, small_lake: SmallLake, make_settings: Callable[..., Settings]) -> None:
    for statement, reason in (("SELEC 1", "does not work"), ("SELECT * FROM timelines", "Tables and views: .*timeline"), (" ", "is empty")):
        with pytest.raises(HwaboError, match=reason) as caught:
            sql.query(spark, small_lake.settings, statement)
        assert "\n" not in str(caught.value)
    with pytest.raises(HwaboError, match="holds no lake"):
        sql.query(spark, make_settings(), "SELECT 1")


def test_a_statement_that_fails_on_its_way_ends_in_one_line(small_lake: SmallLake, capsys: pytest.CaptureFixture[str]) -> None:
    lake = small_lake.settings.run.lake
    assert sql.main(["--lake", lake, "SELECT e.title, p.title FROM events e JOIN posts p ON true LIMIT 1", "--format", "json"]) == 0
    assert set(json.loads(capsys.readouterr().out.splitlines()[-1])) == {"title", "title_2"}
    assert sql.main(["--lake", lake, "SELECT raise_error('no such day') FROM events"]) == 2
    assert "the statement failed while it ran: " in (said := capsys.readouterr().err.splitlines()[-1])
    assert said.endswith("no such day")


ROWS = [("윤서아, 출국", 1, 0.5, ["공항", "코트"], None, datetime(2026, 3, 12, 14)), ('"따옴표"', 2, 1.0, [], {"a": 1}, None)]
COLUMNS = ["title", "n", "x", "tags", "more", "at"]


def test_csv_reads_back() -> None:
    text = "\n".join(formats.lines(ROWS, COLUMNS, "csv"))
    assert list(csv.reader(io.StringIO(text))) == [
        COLUMNS,
        ["윤서아, 출국", "1", "0.5", "공항, 코트", "", "2026-03-12 14:00"],
        ['"따옴표"', "2", "1", "", '{"a": 1}', ""],
    ]


def test_json_has_an_object_a_line() -> None:
    objects = [json.loads(line) for line in formats.lines(ROWS, COLUMNS, "json")]
    assert objects[0] == {"title": "윤서아, 출국", "n": 1, "x": 0.5, "tags": ["공항", "코트"], "more": None, "at": "2026-03-12T14:00:00"}


def test_a_table_is_aligned_for_hangul_and_says_when_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "TABLE_ROWS", 1)
    lines = "\n".join(formats.lines([row[:2] for row in ROWS], COLUMNS[:2], "table")).split("\n")
    assert lines[0] == "title         n"
    assert lines[2] == "윤서아, 출국  1"
    assert lines[-1].startswith("... (the first 1 rows")


def test_times_are_those_of_the_session(spark: SparkSession) -> None:
    rows = spark.sql("SELECT timestamp '2026-03-12 14:00:00' AS at, 1 AS n")
    assert tuple(formats.local_times(rows, "table").first()) == ("2026-03-12 14:00:00", 1)
    assert tuple(formats.local_times(rows, "json").first()) == ("2026-03-12T14:00:00+09:00", 1)
