"""The frame of every job: what changed since it last ran, where its rows go, what is noted about the run, how errors end."""

from __future__ import annotations

import argparse
import json
import logging
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from types import TracebackType
from typing import Self

from pydantic import BaseModel
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import console
from jobs.catalog import register
from jobs.errors import HwaboError
from jobs.frames import counted
from jobs.lake import Lake, Written
from jobs.progress import Progress
from jobs.resources import conf_digest
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from jobs.staging import Staging
from jobs.tables import TABLES

logger = logging.getLogger(__name__)

VERSION = "0.2.6"  # another one: every job works everything out anew
RECORD_CHARACTERS = 2000


@dataclass
class JobReport:
    """What a run did: rows read, rows changed in each table, records refused, seconds."""

    job: str
    rows_in: int = 0
    written: dict[str, Written] = field(default_factory=dict)
    rejected: int = 0
    seconds: float = 0.0

    @property
    def rows_out(self) -> int:
        """Rows inserted, updated or deleted in all tables."""
        return sum(written.rows for written in self.written.values())


class Job:
    """One run of a job, as a context; leaving it without an error notes the run in `runs`.

    Inputs are read at the version that they had when the run began, so that a run sees one state of the lake.

    Args:
        spark: the session.
        settings: all settings.
        name: name of the job.
        reads: tables that the job reads.
        rebuild_when_changed: tables of `reads` whose change concerns every row (reference data).
        uses: sections of the settings whose change concerns every row, as does that of the files below conf/ that they name.
    """

    def __init__(
        self,
        spark: SparkSession,
        settings: Settings,
        name: str,
        *,
        reads: Sequence[str] = (),
        rebuild_when_changed: Sequence[str] = (),
        uses: BaseModel | Sequence[BaseModel] = (),
    ) -> None:
        self.spark, self.settings, self.name = spark, settings, name
        self.lake = Lake(spark, settings.run.lake)
        self.report = JobReport(name)
        used = [uses] if isinstance(uses, BaseModel) else list(uses)
        self._settings_json = json.dumps(
            {"version": VERSION, **{type(section).__name__: _in_full(section) for section in used}},
            ensure_ascii=False,
            sort_keys=True,
        )
        self.versions = {table: self.lake.version(table) for table in reads}
        self._noted = True  # unless the table of runs was seen not to hold this one
        last = None if settings.run.full else self._last_run()
        stale = last is None or any(last[table] != self.versions[table] for table in rebuild_when_changed)
        self.known: dict[str, int] | None = None if stale else last
        self._staging = Staging(spark, f"{self.lake.uri}/_staging/{name}")
        self._pinned: dict[str, int] = {}
        self._refused: list[DataFrame] = []
        self._reread: list[DataFrame] = []
        self._progress = Progress(spark, name, settings.run.step)

    @property
    def full(self) -> bool:
        """Whether everything is worked out anew: first run, --full, or a changed setting or reference table."""
        return self.known is None

    @property
    def up_to_date(self) -> bool:
        """Whether no input changed since the last successful run with the same settings."""
        return (
            bool(self.versions) and self.known is not None and all(self.known[table] == version for table, version in self.versions.items())
        )

    def read(self, table: str) -> DataFrame:
        """A table at the version that it had when the run began, or, for one not named in `reads`, when it was first read."""
        version = self.versions.get(table)
        if version is None:
            version = self._pinned.setdefault(table, self.lake.version(table))
        return self.lake.read(table, version)

    def changed(self, table: str, *columns: str) -> DataFrame:
        """Distinct keys of the rows that changed since the last run; all keys when the run is full. Counted as rows in."""
        keys = None
        if self.known is not None:
            keys = self.lake.changed_keys(table, list(columns), after=self.known[table], until=self.versions[table])
        if keys is None:
            keys = self.read(table).select(*columns).dropDuplicates()
        return self.count_in(keys)

    def changes(self, table: str) -> tuple[DataFrame, dict[str, int]] | None:
        """Rows that changed since the last run, as they were and are (see `Lake.changes`); how many (all, old: there before).

        Returns:
            None when the run is full.
        """
        if self.known is None:
            return None
        rows = self.lake.changes(table, after=self.known[table], until=self.versions[table])
        if rows is None:
            return None
        kept, seen = counted(rows, self.keep, all=F.lit(True), old=F.col("old").isNotNull())
        self.report.rows_in += seen["all"]
        return kept, seen

    def count_in(self, rows: DataFrame) -> DataFrame:
        """Keeps a frame for the rest of the run and counts its rows as read."""
        kept, seen = counted(rows, self.keep, all=F.lit(True))
        self.report.rows_in += seen["all"]
        return kept

    def keep(self, rows: DataFrame) -> DataFrame:
        """Works a frame out once, into files beside the tables that are removed when the run ends (see `Staging.keep`)."""
        return self._staging.keep(rows)

    def replace(self, table: str, rows: DataFrame, *, within: DataFrame | None = None, note: Mapping[str, int] | None = None) -> Written:
        """Makes the rows of the groups in `within` exactly `rows` (see `Lake.replace`)."""
        return self._note(table, self.lake.replace(table, rows, within=within, note=note))

    def change(self, table: str, difference: DataFrame, written: Written) -> Written:
        """Makes changes that are known by their rows (see `Lake.change`)."""
        return self._note(table, self.lake.change(table, difference, written))

    def append(self, table: str, rows: DataFrame) -> Written:
        """Adds rows whose keys are known to be new."""
        return self._note(table, self.lake.append(table, rows))

    def upsert(self, table: str, rows: DataFrame) -> Written:
        """Inserts new keys, updates rows that differ, deletes nothing."""
        return self._note(table, self.lake.upsert(table, rows))

    def reject(self, rows: DataFrame, *, within: DataFrame | None = None) -> None:
        """Notes refused records; they are written when the run ends.

        Args:
            rows: columns source, record, reason.
            within: column source: the sources that this run read anew, whose older refusals by this job no longer hold.
        """
        self._refused.append(
            rows.select(
                F.coalesce("source", F.lit("")).alias("source"),
                F.substring(F.coalesce("record", F.lit("")), 1, RECORD_CHARACTERS).alias("record"),
                F.lit(self.name).alias("stage"),
                "reason",
                F.lit(self.settings.run.now).alias("rejected_at"),
            )
        )
        if within is not None:
            self._reread.append(within.select(F.coalesce("source", F.lit("")).alias("source")))

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        self._staging.clear()  # of a run that was killed
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error is None:
                self._write_refused()
            self._staging.clear()
            self.report.seconds = round(time.monotonic() - self._started, 3)
            if error is None and not self.up_to_date:
                self._note_run()
                if self.settings.lake.registration == "catalog":
                    register(self.spark, self.settings)
        except BaseException:
            self._progress.finish(self.report, failed=True)
            raise
        self._progress.finish(self.report, failed=error is not None)

    def _note(self, table: str, written: Written) -> Written:
        before = self.report.written.get(table, Written())
        self.report.written[table] = Written(
            before.inserted + written.inserted, before.updated + written.updated, before.deleted + written.deleted
        )
        return written

    def _write_refused(self) -> None:
        if not self._refused:
            return
        refused = reduce(DataFrame.unionByName, self._refused).dropDuplicates(["source", "record", "stage", "reason"])
        refused = self.keep(refused)
        self.report.rejected = refused.count()
        empty = refused.select("source").limit(0)
        reread = reduce(DataFrame.union, self._reread, empty).dropDuplicates()
        concerned = reread.union(refused.select("source")).dropDuplicates().withColumn("stage", F.lit(self.name))
        still_hold = self.lake.read("rejects").join(concerned, ["source", "stage"], "left_semi").join(reread, "source", "left_anti")
        wanted = refused.unionByName(still_hold).dropDuplicates(["source", "record", "stage", "reason"])
        self.lake.replace("rejects", wanted, within=concerned)

    def _last_run(self) -> dict[str, int] | None:
        """Versions of the inputs in the newest run with the same settings; None when it cannot be continued from."""
        if self.lake.version("runs") < 0:
            return None
        state, order = F.struct("table_versions", "settings"), order_of_runs()
        ours = F.col("job") == self.name
        again = F.coalesce(F.max(ours & (F.col("run_id") == self.settings.run.run_id)), F.lit(False)).alias("again")
        row = self.lake.read("runs").agg(F.max_by(state, F.when(ours, order)).alias("newest"), again).first()
        assert row is not None
        self._noted, newest = bool(row["again"]), row["newest"]
        if newest is None or newest["settings"] != self._settings_json:
            return None
        versions = dict(newest["table_versions"])
        continues = set(versions) == set(self.versions) and all(versions[t] <= v for t, v in self.versions.items())
        return versions if continues else None

    def _note_run(self) -> None:
        run = self.settings.run
        row = (
            run.run_id,
            self.name,
            run.now,
            self.report.seconds,
            self.report.rows_in,
            self.report.rows_out,
            self.report.rejected,
            self.versions,
            self._settings_json,
        )
        rows = self.spark.createDataFrame([row], TABLES["runs"].schema)
        if self._noted:
            self.lake.upsert("runs", rows)
        else:
            self.lake.append("runs", rows)


def order_of_runs() -> Column:
    """The order of one job's rows in `runs`: versions of inputs only grow, so their sum tells the newest even when clocks were set back."""
    age = F.expr("aggregate(map_values(table_versions), 0L, (total, version) -> total + version)")
    return F.struct(age, "started_at", "run_id")


def _in_full(section: BaseModel) -> dict[str, object]:
    """A section's values, and the digests of the files below conf/ that they name: another lexicon or model concerns every row."""
    values: dict[str, object] = section.model_dump(mode="json")
    digests = {value: conf_digest(value) for value in values.values() if isinstance(value, str)}
    return values | {"files": {name: digest for name, digest in digests.items() if digest}}


def argument_parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """The options that every job has."""
    parser = argparse.ArgumentParser(prog=name, description=(description or "").split("\n\n")[0])
    parser.add_argument("--lake", required=True, metavar="URI", help="folder that holds the tables")
    parser.add_argument("--landing", default="", metavar="URI", help="landing folder (ingest_posts)")
    parser.add_argument("--full", action="store_true", help="rebuild everything instead of reading what changed")
    add_setting_arguments(parser)
    return parser


def add_setting_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds --settings, --set, --now, --run-id and the session's options."""
    parser.add_argument("--settings", action="append", default=[], metavar="FILE", help="YAML file laid over conf/hwabo.yaml")
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.KEY=VALUE", help="one setting")
    parser.add_argument("--now", metavar="TIME", help="clock of this run, ISO 8601 (default: the present time)")
    parser.add_argument("--run-id", metavar="ID", help="name of this run in the table runs (default: a new one)")
    parser.add_argument("--master", metavar="URL", help="Spark master when started without spark-submit (default: local[*])")
    parser.add_argument("--spark-conf", action="append", default=[], metavar="KEY=VALUE", help="one Spark property")


def settings_from(options: argparse.Namespace, *, step: str = "") -> Settings:
    """Validated settings from parsed options.

    Raises:
        HwaboError: when a setting or option is not valid.
    """
    run = RunSettings(
        lake=options.lake,
        landing=getattr(options, "landing", ""),
        now=parse_clock(options.now),
        run_id=options.run_id or uuid.uuid4().hex,
        full=getattr(options, "full", False),
        step=step,
    )
    return load_settings(run, files=options.settings, overrides=options.set)


def run_job(
    name: str,
    description: str | None,
    run: Callable[[SparkSession, Settings], JobReport],
    argv: Sequence[str] | None = None,
) -> int:
    """Parses, opens the session, runs one job; the body of every job's `main`.

    Returns:
        Exit code: 0 done, 2 bad use or input.
    """
    from jobs.session import create_session

    def body() -> int:
        options = argument_parser(name, description).parse_args(argv)
        settings = settings_from(options)
        run(create_session(name, master=options.master, properties=options.spark_conf), settings)
        return 0

    return guarded(body)


def guarded(body: Callable[[], int]) -> int:
    """Runs a command; a user's mistake ends as one line on standard error and exit code 2."""
    try:
        return body()
    except HwaboError as error:
        console.complain(str(error))
        return 2
    except KeyboardInterrupt:
        console.complain("stopped; the next run goes on where this one left off.")
        return 130
