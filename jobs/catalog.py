"""The names under which tables and views of a lake are known, to a session or to a catalog that keeps them."""

from __future__ import annotations

import re

from pyspark.sql import SparkSession

from jobs.errors import HwaboError
from jobs.lake import Lake
from jobs.resources import conf_file
from jobs.settings import Settings
from jobs.tables import TABLES

_CREATE = re.compile(r"^\s*CREATE\b.*?\bAS\b", re.IGNORECASE | re.DOTALL)


def register(spark: SparkSession, settings: Settings) -> None:
    """Makes every table and view of the lake known by its name, as `lake.registration` says.

    Tables that no job has written yet are known as empty ones, so that views and queries work from the first day.

    Args:
        spark: the session.
        settings: all settings; `lake` and `run.lake` are used.

    Raises:
        HwaboError: when the address holds no lake.
    """
    lake = Lake(spark, settings.run.lake)
    if not any(lake.exists(name) for name in TABLES):
        raise HwaboError(f"{settings.run.lake} holds no lake: build one with `hwabo build --landing URI --lake {settings.run.lake}`.")
    if settings.lake.registration == "none":
        return
    if settings.lake.registration == "catalog":
        _register_in_catalog(spark, lake, settings.lake.catalog_schema)
        return
    for name in TABLES:
        lake.read(name).createOrReplaceTempView(name)
    for name, (_, query) in view_queries().items():
        spark.sql(query).createOrReplaceTempView(name)


def view_queries() -> dict[str, tuple[str, str]]:
    """The views of conf/views, by name, each with its comment (the lines that start with --) and its query."""
    views = {}
    for path in sorted(conf_file("views").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        comments = [line.strip().removeprefix("--").strip() for line in text.splitlines() if line.lstrip().startswith("--")]
        query = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
        views[path.stem] = (" ".join(comments), _CREATE.sub("", query).strip().rstrip(";"))
    return views


def _register_in_catalog(spark: SparkSession, lake: Lake, schema: str) -> None:
    spark.sql(f"CREATE SCHEMA IF NOT EXISTS {_quoted(schema)}")
    for name in (*TABLES, *view_queries()):
        spark.catalog.dropTempView(name)  # a name that the session alone knows would hide what the catalog keeps
    for name in TABLES:
        lake.create(name)
        spark.sql(f"CREATE TABLE IF NOT EXISTS {_quoted(schema)}.{_quoted(name)} USING DELTA LOCATION '{_escaped(lake.path(name))}'")
    spark.sql(f"USE {_quoted(schema)}")
    for name, (comment, query_text) in view_queries().items():
        spark.sql(f"CREATE OR REPLACE VIEW {_quoted(schema)}.{_quoted(name)} COMMENT '{_escaped(comment)}' AS {query_text}")


def _quoted(name: str) -> str:
    return ".".join(f"`{part.replace('`', '``')}`" for part in name.split("."))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
