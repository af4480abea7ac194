"""What new photos cost: an increment that keeps what was measured of pairs, beside a run over everything; tables compared row by row.

Real photos with one copy of each kind (those of bench_photo_copies). A lake with all of them but a share is marked, the share is added
and marked as an increment, twice; a second lake with all photos is marked in one go, once to warm up and once for its costs.

    python -m tests.benchmarks.bench_photo_increments --photos ../shared/data/photos/outfits ../shared/data/photos/places --limit 200
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2
from PIL import Image
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import console, photo_groups
from jobs.job import Job
from jobs.lake import Lake, conform
from jobs.mark_copies import photo_rule
from jobs.session import create_session
from jobs.settings import RunSettings, load_settings, parse_clock
from jobs.tables import TABLES
from tests.benchmarks.bench_photo_copies import KINDS
from tests.benchmarks.report import tell
from tests.benchmarks.spark_costs import Costs, beside_one_go, costs_of
from udfs.geometry import describe

Described = tuple[str, int, int, bytes]
"""photo_id, width, height, geometry."""


def described_photos(folders: Sequence[Path], limit: int, seed: int) -> list[Described]:
    """Photos and their copies, in an order that depends on the seed alone."""
    luck = random.Random(seed)
    files = sorted(path for folder in folders for path in folder.rglob("*.jpg"))
    found: list[Described] = []
    for number, path in enumerate(sorted(luck.sample(files, min(limit, len(files))))):
        original = Image.open(path).convert("RGB")
        for name, make in [("original", lambda image, _: image), *KINDS.items()]:
            image = make(original, luck)
            found.append((f"{number:05}-{name}", image.width, image.height, describe(image)))
    luck.shuffle(found)
    return found


def landed(spark: SparkSession, lake: Lake, photos: Sequence[Described]) -> None:
    """Adds photos and their features to a lake."""
    rows = spark.createDataFrame(list(photos), "photo_id string, width int, height int, geometry binary").repartition(4)
    for table in ("photos", "photo_features"):
        lake.append(table, _filled(rows, table))


def _filled(rows: DataFrame, table: str) -> DataFrame:
    columns = TABLES[table].columns
    missing = {name: F.lit(None).alias(name) for name in columns if name not in rows.columns}
    return conform(rows.select(*(missing.get(name, F.col(name)) for name in columns)), TABLES[table])


def marked(spark: SparkSession, lake: Lake, run: str) -> Costs:
    """Marks the copies of a lake's photos."""
    settings = load_settings(RunSettings(lake=lake.uri, run_id=run, now=parse_clock("2026-01-01")))
    reads = ("photos", "photo_features")
    with costs_of(spark) as costs, Job(spark, settings, "mark_copies", reads=reads, uses=settings.copies) as job:
        remeasured = job.changed("photo_features", "photo_id")
        photo_groups.mark_photos(job, remeasured, photo_rule(settings.copies), one_task_edges=settings.copies.one_task_edges)
    console.note(f"{run} {costs}")
    return costs


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and writes its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--photos", type=Path, nargs="+", required=True)
    parser.add_argument("--limit", type=int, default=200, help="photos that get copies")
    parser.add_argument("--share", type=float, default=0.01, help="of all files, what an increment adds")
    parser.add_argument("--increments", type=int, default=2)
    parser.add_argument("--seed", type=int, default=29)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    cv2.setNumThreads(1)
    photos = described_photos(options.photos, options.limit, options.seed)
    new = max(1, round(len(photos) * options.share))
    cut = len(photos) - new * options.increments
    spark = create_session("bench", master="local[2]", properties=["spark.driver.memory=2g"])
    folder = tempfile.mkdtemp()
    steps, warm, whole = (Lake(spark, f"{folder}/{name}") for name in ("steps", "warm", "whole"))
    for lake, landing in ((steps, photos[:cut]), (warm, photos), (whole, photos)):
        landed(spark, lake, landing)
    marked(spark, steps, "first")
    marked(spark, warm, "warm")
    grown = []
    for number in range(options.increments):
        begin = cut + number * new
        landed(spark, steps, photos[begin : begin + new])
        grown.append(marked(spark, steps, f"increment{number}"))
    full = marked(spark, whole, "whole")
    same = all(
        sorted(map(tuple, steps.read(table).collect())) == sorted(map(tuple, whole.read(table).collect()))
        for table in ("photo_copies", "photo_pairs")
    )
    lines = [
        f"{len(photos)} files: {options.limit} photos, one copy of each of {len(KINDS)} kinds; local[2]; an increment adds {new} files.",
        "",
        "| run | seconds | of the full run | processor seconds | of the full run | rows as in one go |",
        "| --- | --- | --- | --- | --- | --- |",
        *(f"| {row}" for row in beside_one_go(full, grown, same=same)),
    ]
    shutil.rmtree(folder)
    tell(options.out, lines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
