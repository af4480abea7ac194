"""How rows are written to the terminal: a table to look at, or csv and JSON lines for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from jobs import console

FORMATS = ("table", "csv", "json")
Format = Literal["table", "csv", "json"]
TABLE_ROWS = 1000


def lines(rows: Iterable[Sequence[Any]], columns: Sequence[str], format: Format, *, cell_columns: int = 60) -> Iterator[str]:
    """The lines of a result.

    Args:
        rows: values in the order of `columns`; read one after the other, for `table` at most 1,000 are shown.
        columns: names; one that is there twice is told apart: title, title_2.
        format: `table`, `csv` (with a header) or `json` (an object a line).
        cell_columns: widest cell of a table, in columns of the terminal.
    """
    columns = _distinct(columns)
    if format == "table":
        remaining = iter(rows)
        shown = [[_cell(value) for value in row] for row in islice(remaining, TABLE_ROWS)]
        yield console.table(columns, shown, columns=cell_columns)
        if next(remaining, None) is not None:
            yield f"... (the first {TABLE_ROWS:,} rows; --format csv or json writes all)"
        return
    if format == "csv":
        yield _csv_line(columns)
        for row in rows:
            yield _csv_line([_cell(value) for value in row])
        return
    for row in rows:
        yield json.dumps(dict(zip(columns, map(plain, row), strict=True)), ensure_ascii=False)


def local_times(rows: DataFrame, format: Format) -> DataFrame:
    """Spells times out in the session's zone (the driver's own zone, in which Python sees them, may be another).

    Args:
        rows: any frame.
        format: `table`: 2026-03-01 14:00:00; others: ISO 8601 with offset.
    """
    pattern = "yyyy-MM-dd HH:mm:ss" if format == "table" else "yyyy-MM-dd'T'HH:mm:ssXXX"
    numbered = rows.toDF(*map(str, range(len(rows.columns))))  # two columns may have one name
    spelled = [F.date_format(name, pattern) if kind == "timestamp" else F.col(name) for name, kind in numbered.dtypes]
    return numbered.select(spelled).toDF(*rows.columns)


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of which none is there twice: title, title_2."""
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return distinct


def plain(value: Any) -> Any:
    """A value as JSON has it: times in ISO 8601, bytes as their number, structs as objects."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray):
        return f"<{len(value):,} bytes>"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Row):
        return {name: plain(part) for name, part in value.asDict().items()}
    if isinstance(value, dict):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    simple = plain(value)
    return simple if isinstance(simple, str) else json.dumps(simple, ensure_ascii=False)


def _csv_line(values: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(values)
    return buffer.getvalue()
