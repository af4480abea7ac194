"""Keeps the tables small and quick: joins small files, lays rows that are read together next to each other, removes what no version needs.

Z-ordering follows `maintenance.cluster_by`: with it a search reads the files that can hold its terms instead of all. Files that only
versions older than `maintenance.vacuum_hours` need are removed; time travel and change feeds reach back that far.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from delta.tables import DeltaTable
from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F

from jobs import console
from jobs.errors import HwaboError
from jobs.job import Job, JobReport, argument_parser, guarded, order_of_runs, settings_from
from jobs.lake import Lake, Written
from jobs.session import create_session
from jobs.settings import MaintenanceSettings, Settings
from jobs.tables import TABLES

_CHECK = "spark.databricks.delta.retentionDurationCheck.enabled"
_SHORTEST_HOURS = 168


@dataclass(frozen=True)
class Upkeep:
    """What was done to a table.

    Attributes:
        table: name.
        clustered_by: columns of the Z-order, or "".
        files_before: data files before.
        files_after: data files after.
        bytes_after: their bytes.
    """

    table: str
    clustered_by: str
    files_before: int
    files_after: int
    bytes_after: int


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Optimises and vacuums every table.

    Args:
        spark: the session.
        settings: all settings; `maintenance` is used.

    Raises:
        HwaboError: when `maintenance.cluster_by` names a table or column that does not exist.
    """
    return maintain(spark, settings)[0]


def maintain(spark: SparkSession, settings: Settings) -> tuple[JobReport, list[Upkeep]]:
    """As `run`, and tells what was done to each table."""
    _check(settings.maintenance)
    with Job(spark, settings, "maintain_lake") as job:
        if settings.maintenance.runs_days:
            job.report.written["runs"] = _forget_runs(job, settings)
        done = [_keep_up(spark, job.lake, name, settings.maintenance) for name in TABLES if job.lake.exists(name)]
        job.report.rows_in = len(done)
    return job.report, done


def _keep_up(spark: SparkSession, lake: Lake, name: str, settings: MaintenanceSettings) -> Upkeep:
    table = DeltaTable.forPath(spark, lake.path(name))
    before = _detail(table)
    columns = settings.cluster_by.get(name, [])
    optimizer = table.optimize()
    if columns:
        optimizer.executeZOrderBy(*columns)
    else:
        optimizer.executeCompaction()
    guarded_before = spark.conf.get(_CHECK, "true")
    if settings.vacuum_hours < _SHORTEST_HOURS:  # a site that asks for less than a week by its settings means it
        spark.conf.set(_CHECK, "false")
    try:
        table.vacuum(float(settings.vacuum_hours))
    finally:
        spark.conf.set(_CHECK, guarded_before or "true")
    after = _detail(table)
    return Upkeep(name, ", ".join(columns), before[0], after[0], after[1])


def _detail(table: DeltaTable) -> tuple[int, int]:
    row = table.detail().select("numFiles", "sizeInBytes").first()
    return (int(row["numFiles"] or 0), int(row["sizeInBytes"] or 0)) if row else (0, 0)


def _forget_runs(job: Job, settings: Settings) -> Written:
    """Drops old notes of runs; the newest of every job stays, for the next incremental run continues from it."""
    runs = job.lake.read("runs")
    newest = Window.partitionBy("job").orderBy(order_of_runs().desc())
    since = settings.run.now - timedelta(days=settings.maintenance.runs_days)
    kept = runs.withColumn("place", F.row_number().over(newest)).where((F.col("place") == 1) | (F.col("started_at") >= F.lit(since)))
    return job.lake.replace("runs", job.keep(kept.drop("place")))


def _check(settings: MaintenanceSettings) -> None:
    for name, columns in settings.cluster_by.items():
        if name not in TABLES:
            raise HwaboError(f"setting maintenance.cluster_by names the table {name}, which does not exist: {', '.join(TABLES)} do.")
        unknown = sorted(set(columns) - set(TABLES[name].columns))
        if unknown:
            raise HwaboError(
                f"setting maintenance.cluster_by.{name} names {', '.join(unknown)}: {name} has {', '.join(TABLES[name].columns)}."
            )


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of the job."""

    def body() -> int:
        options = argument_parser("maintain_lake", __doc__).parse_args(argv)
        settings = settings_from(options)
        spark = create_session("maintain_lake", master=options.master, properties=options.spark_conf)
        _, done = maintain(spark, settings)
        rows = [(one.table, one.clustered_by, one.files_before, one.files_after, f"{one.bytes_after:,}") for one in done]
        console.say(console.table(["table", "clustered by", "files before", "files after", "bytes"], rows))
        return 0

    return guarded(body)


if __name__ == "__main__":
    sys.exit(main())
