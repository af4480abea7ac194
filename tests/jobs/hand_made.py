"""Rows of tables written by hand: frames of them, times in Seoul, posts with the tags that the annotators would give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from jobs.tables import TABLES

SEOUL = timezone(timedelta(hours=9))
Row = dict[str, Any]
Story = tuple[Row, list[Row]]


def seoul(text: str) -> datetime:
    """A time on the wall of Seoul: 2026-03-02T09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def frame(spark: SparkSession, table: str, rows: Sequence[Mapping[str, Any]]) -> DataFrame:
    """Rows of a table; columns that a row does not name are null."""
    schema = TABLES[table].schema
    return spark.createDataFrame([tuple(row.get(name) for name in schema.fieldNames()) for row in rows], schema)


def tag(post_id: str, kind: str, value: str, *, score: float = 1.0, **values: Any) -> Row:
    """A row of text_tags, in the body."""
    defaults = {"field": "body", "surface": value, "begin": 0, "end": 1, "is_event": kind in ("what", "when", "where")}
    return {"post_id": post_id, "kind": kind, "value": value, "score": score, **defaults, **values}


def story(
    post_id: str,
    published: str,
    *,
    who: Sequence[str] = ("c1",),
    what: str | None = None,
    when: str | None = None,
    where: str | None = None,
    precision: str | None = None,
    title: str = "",
    words: Sequence[str] = (),
) -> Story:
    """A post and its tags."""
    tags = [tag(post_id, "who", name) for name in who] + [tag(post_id, "keyphrase", word) for word in words]
    if what:
        tags.append(tag(post_id, "what", what))
    if when:
        tags.append(tag(post_id, "when", when, precision=precision or ("hour" if "T" in when else "day")))
    if where:
        tags.append(tag(post_id, "where", where))
    return {"post_id": post_id, "service": "news", "title": title, "body": "", "published_at": seoul(published)}, tags
