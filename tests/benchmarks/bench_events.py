"""Sessions of 5,000,000 posts: the window of build_events beside DuckDB's windows and Spark's own `session_window`.

Two columns (celebrity, time), celebrities by Zipf's law, times in clusters as events have them; the same Parquet files for all, the same
two cores. Sessions (begin, end, number of posts) are compared by sums of their hashes before anything is timed; then all take turns, the
medians of whose times are compared, and of the processor time of all processes concerned, which other work on the machine
does not change. The same with one celebrity who has half of all posts. The second table labels every post
with its session, as build_events needs it; `session_window` cannot do that without a join.

    python -m tests.benchmarks.bench_events --out tests/benchmarks/results/events.md
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs.session import create_session
from jobs.sessions import session_ranges, with_session
from tests.benchmarks import report
from tests.benchmarks.processor_time import tree_seconds

GAP = 10 * 3600
DAYS = 2 * 365
FILES = 8
SCENARIOS = (("", "Zipf over 1,000 celebrities"), (", half", "one celebrity has half of all"))
MARKED = """
    WITH marked AS (
        SELECT celebrity, posted, CASE WHEN posted - lag(posted) OVER earlier <= {gap} THEN 0 ELSE 1 END AS opens
        FROM read_parquet('{files}') WINDOW earlier AS (PARTITION BY celebrity ORDER BY posted)
    ), numbered AS (
        SELECT celebrity, posted, sum(opens) OVER (PARTITION BY celebrity ORDER BY posted ROWS UNBOUNDED PRECEDING) AS number FROM marked
    )
"""
SESSIONS = (
    MARKED + "SELECT celebrity, min(posted) AS session, max(posted) AS last, count(*) AS rows FROM numbered GROUP BY celebrity, number"
)
LABELS = MARKED + "SELECT celebrity, posted, min(posted) OVER (PARTITION BY celebrity, number) AS session FROM numbered"


def write_posts(folder: Path, *, posts: int, half: bool, seed: int) -> None:
    """Parquet files of celebrity (string) and posted (seconds); with `half`, every other post is about one celebrity."""
    random = np.random.default_rng(seed)
    ranks = np.minimum(random.zipf(1.2, posts), 10**6) % 1_000
    if half:
        ranks = np.where(random.random(posts) < 0.5, 1_000, ranks)
    # events lie some days apart; their posts follow within hours, some within days
    event = random.integers(0, DAYS // 4, posts) * 4 * 86_400 + (ranks * 7_919) % (3 * 86_400)
    late = np.where(random.random(posts) < 0.9, random.exponential(3 * 3600, posts), random.uniform(0, 4 * 86_400, posts))
    at = 1_700_000_000 + event + late.astype(np.int64)
    names = np.array([f"c{number:05d}" for number in range(1_001)])
    folder.mkdir(parents=True)
    for number, part in enumerate(np.array_split(np.arange(posts), FILES)):
        pq.write_table(pa.table({"celebrity": names[ranks[part]], "posted": at[part]}), folder / f"{number}.parquet")


def ours(spark: SparkSession, folder: Path) -> DataFrame:
    """What build_events does to claims: slots, a window over slots, sessions."""
    return session_ranges(_rows(spark, folder), keys=["celebrity"], start="posted", end="posted", gap="gap")


def ours_labelled(spark: SparkSession, folder: Path) -> DataFrame:
    """Every post with its session."""
    return with_session(_rows(spark, folder), keys=["celebrity"], start="posted", end="posted", gap="gap").drop("gap")


def sparks(spark: SparkSession, folder: Path) -> DataFrame:
    """Spark's session_window."""
    rows = spark.read.parquet(str(folder)).withColumn("moment", F.timestamp_seconds("posted"))
    window = F.session_window("moment", f"{GAP} seconds")
    counted = rows.groupBy("celebrity", window).agg(
        F.min("posted").alias("session"), F.max("posted").alias("last"), F.count(F.lit(1)).alias("rows")
    )
    return counted.drop("session_window")


def _rows(spark: SparkSession, folder: Path) -> DataFrame:
    return spark.read.parquet(str(folder)).withColumn("gap", F.lit(GAP).cast("long"))


def run_duckdb(query: str, folder: Path, out: Path, cores: int) -> None:
    """Runs a query in a database of its own and writes the result."""
    with duckdb.connect(config={"threads": cores}) as database:
        sql = query.format(gap=GAP, files=folder / "*.parquet")
        database.sql(f"COPY ({sql}) TO '{out}' (FORMAT parquet)")


def write(frame: DataFrame, out: Path) -> None:
    """Writes a frame as Parquet."""
    frame.write.mode("overwrite").parquet(str(out))


def fingerprint(files: str, columns: str) -> tuple[int, int, int]:
    """Rows, and two sums over the rows' hashes that only equal rows share, whatever their order."""
    hashes = f"SELECT hash({columns}) AS h FROM read_parquet('{files}')"
    (row,) = duckdb.sql(f"SELECT count(*), sum(h::hugeint), bit_xor(h) FROM ({hashes})").fetchall()
    return int(row[0]), int(row[1]), int(row[2])


def measure(tasks: dict[str, Callable[[], None]], repeats: int) -> dict[str, tuple[float, float]]:
    """Median seconds and processor seconds of each, all taking turns."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
    for _ in range(repeats):
        for name, task in tasks.items():
            started, used = time.perf_counter(), tree_seconds()
            task()
            times[name].append((time.perf_counter() - started, tree_seconds() - used))
    for name, values in times.items():
        sys.stderr.write(f"{name}: {' '.join(f'{wall:.2f} s ({processor:.2f} s of processors)' for wall, processor in values)}\n")
    return {
        name: (statistics.median(wall for wall, _ in values), statistics.median(cpu for _, cpu in values)) for name, values in times.items()
    }


def main() -> int:
    """Compares, measures, writes the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--posts", type=int, default=5_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--no-labels", action="store_true", help="leave out the second table")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    spark = create_session("bench events", master=f"local[{options.cores}]", properties=["spark.driver.memory=3g"])
    work = Path(tempfile.mkdtemp(prefix="bench-events-"))
    plain, half = work / "plain", work / "half"
    write_posts(plain, posts=options.posts, half=False, seed=options.seed)
    write_posts(half, posts=options.posts, half=True, seed=options.seed)

    sessions: dict[str, Callable[[], None]] = {}
    labels: dict[str, Callable[[], None]] = {}
    for name, folder in (("", plain), (", half", half)):
        sessions |= {
            f"DuckDB{name}": lambda folder=folder, out=work / f"duck{name}.parquet": run_duckdb(SESSIONS, folder, out, options.cores),
            f"ours{name}": lambda folder=folder, out=work / f"ours{name}.parquet": write(ours(spark, folder), out),
            f"session_window{name}": lambda folder=folder, out=work / f"spark{name}.parquet": write(sparks(spark, folder), out),
        }
        labels |= {
            f"DuckDB{name}": lambda folder=folder, out=work / f"duck-labels{name}.parquet": run_duckdb(LABELS, folder, out, options.cores),
            f"ours{name}": lambda folder=folder, out=work / f"ours-labels{name}.parquet": write(ours_labelled(spark, folder), out),
        }
    if options.no_labels:
        labels.clear()
    for task in (*sessions.values(), *labels.values()):
        task()  # also warms the JVM up
    counts = {}
    for name in ("", ", half"):
        columns = "celebrity, session, last, rows"
        found = [
            fingerprint(str(work / file), columns)
            for file in (f"duck{name}.parquet", f"ours{name}.parquet/*.parquet", f"spark{name}.parquet/*.parquet")
        ]
        assert len(set(found)) == 1, f"the sessions differ{name}: {found}"
        counts[name] = found[0][0]
        if options.no_labels:
            continue
        labelled = [
            fingerprint(str(work / file), "celebrity, posted, session")
            for file in (f"duck-labels{name}.parquet", f"ours-labels{name}.parquet/*.parquet")
        ]
        assert len(set(labelled)) == 1, f"the labels differ{name}: {labelled}"

    lines = [
        "| posts | sessions | what | DuckDB | ours | session_window | ours / DuckDB | session_window / ours |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    taken = measure(sessions, options.repeats)
    for name, what in SCENARIOS:
        for unit, label in ((0, "s"), (1, "processor s")):
            duck, own, window = (taken[f"{who}{name}"][unit] for who in ("DuckDB", "ours", "session_window"))
            figures = f"{duck:.2f} | {own:.2f} | {window:.2f} | {own / duck:.2f} | {window / own:.2f}"
            lines.append(f"| {options.posts:,} | {counts[name]:,} | {what}, {label} | {figures} |")
    wall, processor = (taken["ours, half"][unit] / taken["ours"][unit] for unit in (0, 1))
    lines += [
        "",
        f"One celebrity with half of all posts takes {wall:.2f} of the time and {processor:.2f} of the processor time of none.",
        "",
    ]
    if not options.no_labels:
        lines += ["| every post labelled with its session | DuckDB | ours | ours / DuckDB |", "| --- | --- | --- | --- |"]
        taken = measure(labels, options.repeats)
        for name, what in SCENARIOS:
            for unit, label in ((0, "s"), (1, "processor s")):
                duck, own = taken[f"DuckDB{name}"][unit], taken[f"ours{name}"][unit]
                lines.append(f"| {what}, {label} | {duck:.2f} | {own:.2f} | {own / duck:.2f} |")
    sys.stdout.write("\n".join(lines) + "\n")
    report.write(
        options.out, "Sessions of posts", __doc__, lines, note=f"{options.cores} cores, {options.repeats} repeats, seed {options.seed}."
    )
    spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
