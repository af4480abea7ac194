"""Choosing the photos of 1,000 events through Spark, beside a bare loop of the same chooser in as many processes as Spark has cores.

Both read the same Parquet files (photos of events, their features) and judge every event by `udfs.timeline.judge_event`; the verdicts are
compared before anything is timed, then both take turns, in time and in processor time of all processes concerned. The bare loop is
given what Spark has to work out: its files lie event by event, half of the events a process, so that nothing is joined or
shuffled. Events have 8 to 300 photos (log-normal, median 40).

    python -m tests.benchmarks.bench_timelines --out tests/benchmarks/results/timelines.md
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs.compose_timelines import judge, timeline_policy
from jobs.session import create_session
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from tests.benchmarks import report
from tests.benchmarks.processor_time import tree_seconds
from tests.photo_rows import UNSAID
from udfs.timeline import TimelinePolicy, judge_event

EMBEDDING, APPEARANCE = 1280, 64
_VECTOR = pa.list_(pa.float32())
PARTS = ("sharpness", "exposure", "contrast", "noise", "resolution", "face", "overlay", "score")


def event_table(event: str, photos: int, random: np.random.Generator) -> pa.Table:
    """The photos of one event with their features: some scenes and looks, a few strangers."""
    scenes, looks = random.normal(size=(4, EMBEDDING)) + 1.0, random.normal(size=(2, APPEARANCE)) + 1.0
    scene, look = random.integers(0, 4, photos), (random.random(photos) < 0.2).astype(int)
    embedding = scenes[scene] + random.normal(size=(photos, EMBEDDING)) * random.uniform(0.1, 0.8, (photos, 1))
    embedding /= np.linalg.norm(embedding, axis=1, keepdims=True)
    appearance = looks[look] + random.normal(size=(photos, APPEARANCE)) * 0.3
    seen = random.random(photos) < 0.8
    quality = random.beta(5, 2, (photos, len(PARTS)))
    return pa.table(
        {
            "event_id": [event] * photos,
            "photo_id": [f"{event}-{number:04d}" for number in range(photos)],
            "relevance": np.round(random.beta(5, 2, photos), 6),
            "outlets": [[f"press{random.integers(12)}"] for _ in range(photos)],
            "embedding": pa.array(list(embedding.astype(np.float32)), _VECTOR),
            "appearance": pa.array([row if one else None for row, one in zip(appearance.astype(np.float32), seen, strict=True)], _VECTOR),
            "quality": pa.StructArray.from_arrays([pa.array(quality[:, part]) for part in range(len(PARTS))], list(PARTS)),
            "people": pa.array(seen.astype(np.int32)),
            "photo_type": ["person"] * photos,
            "error": pa.nulls(photos, pa.string()),
            "geometry": pa.nulls(photos, pa.binary()),
        }
    )


def write_events(folder: Path, *, events: int, processes: int, seed: int) -> int:
    """One file of each process's events, and the two tables of Spark, in another order. Returns the number of photos."""
    random = np.random.default_rng(seed)
    sizes = np.clip(np.exp(random.normal(np.log(40), 0.8, events)), 8, 300).astype(int)
    tables = [event_table(f"e{number:05d}", int(size), random) for number, size in enumerate(sizes)]
    for process in range(processes):
        pq.write_table(pa.concat_tables(tables[process::processes]), folder / f"bare-{process}.parquet")
    together = pa.concat_tables(tables)
    together = together.append_column("_score", together["quality"].combine_chunks().field("score"))
    shuffled = together.take(pa.array(random.permutation(len(together))))
    for name, columns in (
        ("shown", ["event_id", "photo_id", "relevance", "outlets", "_score"]),
        ("features", ["photo_id", "embedding", "appearance", "quality", "people", "photo_type", "error", "geometry"]),
    ):
        (folder / name).mkdir()
        table = shuffled.select(columns)
        step = -(-len(table) // (2 * processes))
        for part in range(2 * processes):
            pq.write_table(table.slice(part * step, step), folder / name / f"{part}.parquet")
    return len(together)


def through_spark(spark: SparkSession, folder: Path, settings: Settings) -> DataFrame:
    """Verdicts by `jobs.compose_timelines.judge`."""
    features = spark.read.parquet(str(folder / "features"))
    pictures = spark.read.parquet(str(folder / "shown")).select(
        "*",
        F.col("photo_id").alias("picture"),
        F.col("relevance").alias("group_relevance"),
        F.col("outlets").alias("group_outlets"),
        *(F.lit(None).cast("string").alias(name) for name in ("wish", "old", "group_other", "group_filed")),
        *(F.lit(False).alias(name) for name in ("several", "group_said")),
        F.lit(True).alias("_measured"),
    )
    return judge(pictures, features, settings=settings.timelines, copy=settings.copies.photo_threshold)


def bare(path: Path, policy: TimelinePolicy) -> pd.DataFrame:
    """The chooser alone over the events of a file."""
    table = pq.read_table(path)
    quality = table["quality"].combine_chunks()
    rows = table.drop(["quality"]).to_pandas().assign(quality=quality.field("score"), face=quality.field("face"), **UNSAID)
    judged = [judge_event(event, policy).assign(event_id=event_id) for event_id, event in rows.groupby("event_id", sort=True)]
    return pd.concat(judged, ignore_index=True)


def main() -> int:
    """Compares, measures, writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    settings = load_settings(RunSettings(lake="", run_id="", now=parse_clock(None)))
    policy = timeline_policy(settings.timelines, settings.copies.photo_threshold)
    folder = Path(tempfile.mkdtemp(prefix="bench-timelines-"))
    photos = write_events(folder, events=options.events, processes=options.cores, seed=options.seed)
    files = [folder / f"bare-{process}.parquet" for process in range(options.cores)]
    spark = create_session("bench timelines", master=f"local[{options.cores}]", properties=["spark.driver.memory=3g"])
    times: dict[str, list[tuple[float, float]]] = {"spark": [], "bare": []}
    with ProcessPoolExecutor(options.cores) as pool:
        expected = pd.concat(pool.map(bare, files, [policy] * len(files))).sort_values("photo_id", ignore_index=True)
        found = through_spark(spark, folder, settings).toPandas().sort_values("photo_id", ignore_index=True)
        for column in ("photo_id", "verdict", "reason", "rank", "look"):
            same = expected[column].astype(object).where(expected[column].notna(), None).tolist()
            assert same == found[column].astype(object).where(found[column].notna(), None).tolist(), f"{column} differs"
        for _ in range(options.repeats):
            started = time.perf_counter(), tree_seconds()
            through_spark(spark, folder, settings).write.format("noop").mode("overwrite").save()
            middle = time.perf_counter(), tree_seconds()
            list(pool.map(bare, files, [policy] * len(files)))
            ended = time.perf_counter(), tree_seconds()
            times["spark"].append((middle[0] - started[0], middle[1] - started[1]))
            times["bare"].append((ended[0] - middle[0], ended[1] - middle[1]))
    spark.stop()
    sys.stderr.write(f"{times}\n")
    lines = [
        "| events | photos | measured in | bare loop | through Spark | bare / Spark (median of pairs) |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for unit, label in ((0, "s"), (1, "processor s")):
        own, loop = ([pair[unit] for pair in times[name]] for name in ("spark", "bare"))
        ratio = statistics.median(b / s for s, b in zip(own, loop, strict=True))
        figures = f"{statistics.median(loop):.2f} | {statistics.median(own):.2f} | {ratio:.2f}"
        lines.append(f"| {options.events:,} | {photos:,} | {label} | {figures} |")
    sys.stdout.write("\n".join(lines) + "\n")
    report.write(
        options.out,
        "Choosing photos through Spark",
        __doc__,
        lines,
        note=f"{options.cores} cores, {options.repeats} repeats, seed {options.seed}.",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
