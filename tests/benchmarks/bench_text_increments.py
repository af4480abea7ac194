"""What new posts cost: an increment that probes the stored band index, beside a run over everything; the tables are compared row by row.

A lake with all posts but a share is marked, the share is added and marked as an increment; a second lake with all posts is marked in one
go.

    python -m tests.benchmarks.bench_text_increments --texts ../shared/data/korean/raw/movie-reviews.parquet --column review --sizes 100000
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import console, mark_copies
from jobs.job import Job
from jobs.lake import Lake, conform
from jobs.session import create_session
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from jobs.tables import TABLES
from tests.benchmarks.bench_text_copies import corpus
from tests.benchmarks.report import tell
from tests.benchmarks.spark_costs import Costs, beside_one_go, costs_of


def settings_of(folder: str, run: str) -> Settings:
    """Default settings for a lake."""
    return load_settings(RunSettings(lake=folder, run_id=run, now=parse_clock("2026-01-01")))


def as_posts(spark: SparkSession, table: pd.DataFrame) -> DataFrame:
    """Texts as rows of `posts`."""
    rows = spark.createDataFrame(table).repartition(4)
    given = {
        "post_id": F.col("id"),
        "body": F.col("text"),
        "service": F.lit("news"),
        "published_at": F.timestamp_seconds(F.lit(1_770_000_000) + F.pmod(F.xxhash64("id"), F.lit(10_000_000))),
    }
    fields = TABLES["posts"].schema.fields
    return conform(rows.select(*(given.get(field.name, F.lit(None)).alias(field.name) for field in fields)), TABLES["posts"])


def marked(spark: SparkSession, folder: str, run: str) -> Costs:
    """Marks the copies of a lake's posts."""
    settings = settings_of(folder, run)
    with costs_of(spark) as costs, Job(spark, settings, "mark_copies", reads=("posts",), uses=settings.copies) as job:
        mark_copies.mark_posts(job, settings.copies)
    return costs


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and writes its table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, required=True, help="real texts: Parquet files or lines")
    parser.add_argument("--column", default="text")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000])
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--increments", type=int, default=2)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    spark = create_session("bench", master="local[2]", properties=["spark.driver.memory=2g"])
    lines = [
        f"Default settings (bands and anchors), texts of bench_text_copies; local[2]; an increment adds {options.share:.0%} of all posts.",
        "",
        "| posts | run | seconds | of the full run | processor seconds | of the full run | rows as in one go |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size in options.sizes:
        table = corpus(options.texts, options.column, size, characters=145, template=0.1, seed=7)
        new = round(size * options.share)
        cut = size - new * options.increments
        folder = tempfile.mkdtemp()
        steps, whole = Lake(spark, f"{folder}/steps"), Lake(spark, f"{folder}/whole")
        steps.append("posts", as_posts(spark, table[:cut]))
        first = marked(spark, steps.uri, "first")
        console.note(f"{size} first run {first}")
        grown = []
        for number in range(options.increments):
            begin = cut + number * new
            steps.append("posts", as_posts(spark, table[begin : begin + new]))
            grown.append(marked(spark, steps.uri, f"increment{number}"))
            console.note(f"{size} increment {grown[-1]}")
        whole.append("posts", as_posts(spark, table))
        full = marked(spark, whole.uri, "whole")
        console.note(f"{size} in one go {full}")
        ours, theirs = steps.read("post_copies"), whole.read("post_copies")
        same = ours.exceptAll(theirs).count() == 0 and ours.count() == theirs.count()
        lines += [f"| {size:,} | {row}" for row in beside_one_go(full, grown, same=same)]
        shutil.rmtree(folder)
    tell(options.out, lines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
