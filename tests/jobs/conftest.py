"""A small finished lake, written once and indexed, for the tests of what reads results."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from jobs import index_search
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from tests.jobs.small_lake import SmallLake, write_small_lake


@pytest.fixture(scope="session")
def small_lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> SmallLake:
    """Settings of the lake (for reading only) and the photos of its events and places."""
    folder = tmp_path_factory.mktemp("small-lake")
    run = RunSettings(lake=str(folder / "lake"), now=parse_clock("2026-03-20T09:00:00+09:00"), run_id="one")
    settings = load_settings(run, overrides=[f"gallery.out={folder / 'gallery'}"])
    photos = write_small_lake(spark, settings)
    index_search.run(spark, settings)
    return SmallLake(settings, photos)


@pytest.fixture
def copied_lake(small_lake: SmallLake, tmp_path: Path) -> Callable[..., Settings]:
    """Settings of a copy of the lake that a test may change: `copied_lake("section.key=value", full=...)`."""
    shutil.copytree(small_lake.settings.run.lake, tmp_path / "lake")

    def settings(*overrides: str, **run: object) -> Settings:
        values = {**small_lake.settings.run.model_dump(), "lake": str(tmp_path / "lake"), "run_id": "two", **run}
        return load_settings(RunSettings.model_validate(values), overrides=[f"gallery.out={tmp_path / 'gallery'}", *overrides])

    return settings
