from __future__ import annotations

import importlib
import sys
import zipfile
import zipimport
from pathlib import Path

import pandas as pd
import pytest
from pyspark.sql import SparkSession

from udfs.worker import without_archives


@pytest.fixture
def archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Spark's archive and a site's, first on the path, a package imported from each."""
    paths = []
    for name, package in (("pyspark.zip", "of_spark_alone"), ("site.zip", "of_site_alone")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(f"{package}/__init__.py", "")
            archive.writestr(f"{package}/late.py", "value = 7")
        paths.append(str(tmp_path / name))
    monkeypatch.setattr(sys, "path", [*paths, *sys.path])
    monkeypatch.setattr(sys, "path_importer_cache", dict(sys.path_importer_cache))
    for package in ("of_spark_alone", "of_site_alone"):
        monkeypatch.delitem(sys.modules, package, raising=False)
        monkeypatch.delitem(sys.modules, f"{package}.late", raising=False)
        importlib.import_module(package)
    return paths[0], paths[1]


def read_at_every_task() -> set[str]:
    return {entry for entry, importer in sys.path_importer_cache.items() if isinstance(importer, zipimport.zipimporter)}


def test_only_archives_of_spark_are_forgotten(archives: tuple[str, str]) -> None:
    of_spark, of_site = archives
    assert {of_spark, of_site} <= read_at_every_task()
    without_archives()
    assert of_spark not in sys.path
    assert of_site in sys.path
    assert of_spark not in read_at_every_task()
    assert of_site in read_at_every_task()


@pytest.mark.usefixtures("archives")
def test_a_loaded_package_still_finds_its_modules() -> None:
    without_archives()
    assert importlib.import_module("of_spark_alone.late").value == 7


def test_archives_stay_where_the_environment_has_no_pyspark(archives: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(archives))
    without_archives()
    assert sys.path == list(archives)
    assert archives[0] not in read_at_every_task()


def test_a_worker_that_ran_a_function_of_hwabo_reads_no_archive_of_spark(spark: SparkSession) -> None:
    def after(batches):  # type: ignore[no-untyped-def]  # PySpark resolves annotations by itself and must not find any here
        import udfs.decode  # as every function of a job does, one way or another

        for _ in batches:
            archives = [p for p in sys.path_importer_cache if "pyspark.zip" in p or "spark-core" in p or "py4j" in p]
            yield pd.DataFrame({"archives": [" ".join(archives)], "module": [udfs.decode.__name__]})

    found = spark.range(0, 1, 1, 1).mapInPandas(after, "archives string, module string").first()
    assert found is not None
    assert (found["archives"], found["module"]) == ("", "udfs.decode")


def test_what_modules_hold_is_not_searched_for_garbage_after_every_task(spark: SparkSession) -> None:
    def after(batches):  # type: ignore[no-untyped-def]  # as above
        import gc

        import udfs.decode

        for _ in batches:
            searched = len(gc.get_objects())
            yield pd.DataFrame({"searched": [searched], "left_alone": [gc.get_freeze_count()], "module": [udfs.decode.__name__]})

    for _ in range(3):  # the first task of a worker loads the modules, what follows it freezes them
        (found,) = spark.range(0, 1, 1, 1).mapInPandas(after, "searched long, left_alone long, module string").collect()
    assert found["left_alone"] > 10 * found["searched"]
