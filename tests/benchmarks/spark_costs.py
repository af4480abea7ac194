"""What a piece of Spark work costs: seconds, processor seconds of all processes, bytes shuffled, bytes that tasks sent to the driver."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyspark.sql import SparkSession


@dataclass
class Costs:
    """Costs of one piece of work."""

    seconds: float = 0.0
    processor: float = 0.0
    shuffled: int = 0
    to_driver: int = 0


@contextmanager
def costs_of(spark: SparkSession) -> Iterator[Costs]:
    """Measures what happens inside the `with`."""
    costs = Costs()
    last, began, processor = _newest_stage(spark), time.perf_counter(), _processor_seconds()
    yield costs
    costs.seconds, costs.processor = time.perf_counter() - began, _processor_seconds() - processor
    for stage in _stages(spark):
        if stage.stageId() > last:
            costs.shuffled += stage.shuffleWriteBytes()
            costs.to_driver += stage.resultSize()


def _stages(spark: SparkSession) -> Iterator[object]:
    context = spark.sparkContext
    quantiles = context._gateway.new_array(context._jvm.double, 0)
    nothing = context._jvm.java.util.ArrayList()
    found = context._jsc.sc().statusStore().stageList(None, False, False, quantiles, nothing)
    return (found.apply(place) for place in range(found.size()))


def _newest_stage(spark: SparkSession) -> int:
    return max((stage.stageId() for stage in _stages(spark)), default=-1)


def _processor_seconds() -> float:
    """Of this process and all its descendants, those that have ended included."""
    parents: dict[int, tuple[int, int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    total, front = 0, {os.getpid()}
    while front:
        total += sum(parents[process][1] for process in front if process in parents)
        front = {process for process, (parent, _) in parents.items() if parent in front}
    return total / os.sysconf("SC_CLK_TCK")


def beside_one_go(full: Costs, increments: Sequence[Costs], *, same: bool) -> list[str]:
    """Rows of a table, without their first bar: run, seconds, share of the full run, processor seconds, share, rows as in one go.

    Args:
        full: of the run over everything.
        increments: of the runs over what came.
        same: whether their rows are those of the full run.
    """
    rows = [f"in one go | {full.seconds:.1f} | 1 | {full.processor:.1f} | 1 | |"]
    for number, costs in enumerate(increments, start=1):
        shares = f"{costs.seconds / full.seconds:.3f} | {costs.processor:.1f} | {costs.processor / full.processor:.3f}"
        rows.append(f"increment {number} | {costs.seconds:.1f} | {shares} | {same} |")
    return rows
