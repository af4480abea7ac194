"""`hwabo sql`: runs one statement on the tables and views of a lake, which are registered with their comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyspark.errors import AnalysisException, ParseException
from pyspark.sql import DataFrame, SparkSession

from jobs import console
from jobs.errors import HwaboError
from jobs.formats import FORMATS, Format, lines, local_times
from jobs.job import argument_parser, guarded, settings_from
from jobs.lake import Lake
from jobs.resources import conf_file
from jobs.session import create_session
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


def query(spark: SparkSession, settings: Settings, statement: str) -> DataFrame:
    """Runs one statement on the registered tables and views.

    Raises:
        HwaboError: when the statement is empty, cannot be parsed, or names what does not exist.
    """
    if not statement.strip():
        raise HwaboError('the statement is empty: write one, such as hwabo sql --lake URI "SELECT * FROM timeline LIMIT 20".')
    register(spark, settings)
    try:
        return spark.sql(statement.strip().rstrip(";"))
    except (AnalysisException, ParseException) as error:
        known = ", ".join([*view_queries(), *TABLES])
        hint = f" Tables and views: {known}." if "TABLE_OR_VIEW_NOT_FOUND" in str(error) else ""
        raise HwaboError(f"the statement does not work: {_first_sentence(str(error))}{hint}") from None


def _register_in_catalog(spark: SparkSession, lake: Lake, schema: str) -> None:
    spark.sql(f"CREATE SCHEMA IF NOT EXISTS {_quoted(schema)}")
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


def _first_sentence(message: str) -> str:
    return message.split("\n")[0].split(";")[0].strip()


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of `hwabo sql`."""

    def body() -> int:
        parser = argument_parser("hwabo sql", __doc__)
        parser.add_argument("statement", help="one SQL statement")
        parser.add_argument("--format", choices=FORMATS, default="table", help="table (default), csv or json (an object a line)")
        options = parser.parse_args(argv)
        settings = settings_from(options)
        result = query(create_session("sql", master=options.master, properties=options.spark_conf), settings, options.statement)
        chosen: Format = options.format
        for line in lines(local_times(result, chosen).toLocalIterator(), result.columns, chosen):
            console.say(line)
        return 0

    return guarded(body)
