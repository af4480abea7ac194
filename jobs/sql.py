"""`hwabo sql`: runs one statement on the tables and views of a lake, which are registered with their comments."""

from __future__ import annotations

from collections.abc import Sequence

from py4j.protocol import Py4JJavaError
from pyspark.errors import AnalysisException, ParseException, PySparkException
from pyspark.sql import DataFrame, SparkSession

from jobs import console
from jobs.catalog import register, view_queries
from jobs.errors import HwaboError
from jobs.formats import FORMATS, Format, lines, local_times
from jobs.job import argument_parser, guarded, settings_from
from jobs.session import create_session
from jobs.settings import Settings
from jobs.tables import TABLES


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


def _first_sentence(message: str) -> str:
    return message.split("\n")[0].split(";")[0].strip()


def _innermost_cause(message: str) -> str:
    causes = [line for line in message.split("\n") if line.startswith("Caused by: ")]
    return causes[-1].removeprefix("Caused by: ").strip() if causes else _first_sentence(message)


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
        try:
            for line in lines(local_times(result, chosen).toLocalIterator(), result.columns, chosen):
                console.say(line)
        except (PySparkException, Py4JJavaError) as error:  # what shows only in the rows: raise_error, assert_true
            raise HwaboError(f"the statement failed while it ran: {_innermost_cause(str(error))}") from None
        return 0

    return guarded(body)
