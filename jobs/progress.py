"""Shows what a job is doing: which step of how many, rows read, time gone and time left."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from pyspark.sql import SparkSession

from jobs import console

if TYPE_CHECKING:
    from jobs.job import JobReport

TERMINAL_SECONDS = 0.5
LOG_SECONDS = 10.0


class Progress:
    """Watches a session's Spark stages from a thread and reports to the terminal, or as a line every ten seconds to a log.

    Args:
        spark: the session.
        name: name of the job.
        step: "k/n" of a build, or "".
    """

    def __init__(self, spark: SparkSession, name: str, step: str) -> None:
        self._spark, self._title = spark, f"[{step}] {name}" if step else name
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name=f"progress of {name}", daemon=True)

    def start(self) -> None:
        """Begins to watch."""
        self._started = time.monotonic()
        if not console.is_terminal():
            console.note(f"{self._title} ...")
        self._thread.start()

    def finish(self, report: JobReport, *, failed: bool) -> None:
        """Stops watching and sums the run up in a line."""
        self._stop.set()
        self._thread.join()
        if console.is_terminal():
            console.overwrite("")
        if failed:
            console.note(f"{self._title}: stopped after {report.seconds:.1f} s; nothing half-written, a rerun goes on")
            return
        refused = f", {report.rejected:,} refused (table rejects)" if report.rejected else ""
        console.note(f"{self._title}: {report.rows_in:,} rows in, {report.rows_out:,} rows written{refused}, {report.seconds:.1f} s")

    def _watch(self) -> None:
        pause = TERMINAL_SECONDS if console.is_terminal() else LOG_SECONDS
        while not self._stop.wait(pause):
            line = f"{self._title}: {self._state()}"
            (console.overwrite if console.is_terminal() else console.note)(line)

    def _state(self) -> str:
        """Seconds gone and, of the stages at work, rows read, share done and seconds left."""
        gone = time.monotonic() - self._started
        tracker = self._spark.sparkContext.statusTracker()
        done = total = rows = 0
        began: float | None = None
        for stage_id in tracker.getActiveStageIds():
            stage = tracker.getStageInfo(stage_id)
            if stage is None:
                continue
            done, total = done + stage.numCompletedTasks, total + stage.numTasks
            records, submitted = self._stage_records(stage_id)
            rows += records
            began = submitted if began is None else min(began, submitted)
        if not total:
            return f"{gone:.0f} s"
        text = f"{gone:.0f} s, {rows:,} rows of this stage, {done}/{total} tasks"
        if done and began is not None:
            text += f", about {max(0.0, time.time() - began) * (total - done) / done:.0f} s left"
        return text

    def _stage_records(self, stage_id: int) -> tuple[int, float]:
        """Records that a stage has read so far and when it was submitted (seconds since 1970)."""
        try:
            stage = self._spark.sparkContext._jsc.sc().statusStore().lastStageAttempt(stage_id)
            records = int(stage.inputRecords()) + int(stage.shuffleReadRecords())
            submitted = stage.submissionTime()
            return records, submitted.get().getTime() / 1000 if submitted.isDefined() else time.time()
        except Exception:  # the stage ended in between, or this Spark keeps no such store: progress must never stop a job
            return 0, time.time()
