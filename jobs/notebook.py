"""What the notebooks call: one function each, from the widgets' texts to a frame to display."""

from __future__ import annotations

import uuid
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import search
from jobs.build import build
from jobs.catalog import register
from jobs.evaluate.sample import evaluate_sample
from jobs.settings import RunSettings, Settings, load_settings, parse_clock


def settings_of(lake: str, *, landing: str = "", full: bool = False) -> Settings:
    """The settings of conf/hwabo.yaml for one lake, with the present time as clock."""
    return load_settings(RunSettings(lake=lake, landing=landing, now=parse_clock(None), run_id=uuid.uuid4().hex, full=full))


def build_lake(spark: SparkSession, landing: str, lake: str, full: str = "no") -> DataFrame:
    """Runs all jobs. Returns a row a job: job, rows_in, rows_written, rejected, seconds."""
    reports = build(spark, settings_of(lake, landing=landing, full=full == "yes"))
    rows = [(report.job, report.rows_in, report.rows_out, report.rejected, report.seconds) for report in reports]
    return spark.createDataFrame(rows, "job string, rows_in long, rows_written long, rejected long, seconds double")


def timelines(spark: SparkSession, lake: str, celebrity: str = "") -> DataFrame:
    """The view `timeline`, of one celebrity or of all, newest first."""
    register(spark, settings_of(lake))
    rows = spark.table("timeline")
    wanted = rows.where(F.col("celebrity") == celebrity) if celebrity else rows
    return wanted.orderBy(F.col("starts_at").desc(), "event_id")


def places(spark: SparkSession, lake: str, place: str = "") -> DataFrame:
    """The view `photo_summary`, of one place or of all."""
    register(spark, settings_of(lake))
    rows = spark.table("photo_summary")
    return rows.where(F.col("place") == place) if place else rows


def find(spark: SparkSession, lake: str, words: str) -> DataFrame:
    """What `hwabo search` finds."""
    return search.search(spark, settings_of(lake), words)


def evaluate(spark: SparkSession, lake: str, truth: str) -> DataFrame:
    """The figures of a lake against the truth of its sample: measure, figure."""
    figures = evaluate_sample(spark, lake, Path(truth))
    return spark.createDataFrame([(name, str(figure)) for name, figure in figures.items()], "measure string, figure string")
