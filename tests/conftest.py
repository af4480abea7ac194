"""What the tests share: one Spark session, settings for a lake in a temporary folder, the data beside the checkout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from pyspark.sql import SparkSession

from jobs.session import create_session
from jobs.settings import RunSettings, Settings, load_settings, parse_clock

# how long an example takes says nothing on a machine that does other work
hypothesis.settings.register_profile("hwabo", deadline=None, print_blob=True)
hypothesis.settings.load_profile("hwabo")

NOW = "2026-03-20T09:00:00+09:00"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The cluster's tests first: nine jobs one after the other wait for their drivers to start, and the other tests fill the time."""
    items.sort(key=lambda item: item.path.name != "test_cluster.py")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """One session for all tests of this process, small and quiet."""
    warehouse = tmp_path_factory.mktemp("warehouse")
    session = create_session(
        "tests",
        master="local[2]",
        properties=[
            "spark.driver.memory=2g",
            "spark.sql.shuffle.partitions=2",
            "spark.default.parallelism=2",
            f"spark.sql.warehouse.dir={warehouse}",
        ],
        quick=True,
    )
    yield session
    session.stop()


def settings_below(folder: Path) -> Callable[..., Settings]:
    """Makes settings for a lake below a folder: `make("section.key=value", landing=..., now=..., full=...)`."""

    def make(*overrides: str, **run: object) -> Settings:
        values = {"lake": str(folder / "lake"), "landing": str(folder / "landing"), "run_id": "test", **run}
        values["now"] = parse_clock(str(values.get("now", NOW)))
        return load_settings(RunSettings.model_validate(values), overrides=overrides)

    return make


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[..., Settings]:
    """Settings for a lake below the test's own folder, see `settings_below`."""
    return settings_below(tmp_path)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The corpora and photos beside the checkout; tests that need them are skipped where they are missing."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the data folder ../shared/data beside the checkout")
    return folder
