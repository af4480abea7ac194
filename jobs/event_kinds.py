"""The kinds of event of conf/event_kinds.yaml, for the stages that put events together and name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import LongType, StringType, StructField, StructType

from jobs.errors import HwaboError
from jobs.resources import conf_file, read_yaml
from udfs.titles import work_pattern

OTHER = "other"
# an event of which the posts say when and where it was, and no kind that conf/event_kinds.yaml knows
OTHER_RULE: Mapping[str, Any] = {
    "id": OTHER,
    "label": "행사",
    "words": [],
    "session_gap_hours": 12,
    "duration_hours": 2,
    "title": "{celebrity} {place} 행사",
}

_KINDS = StructType(
    [
        StructField("kind", StringType(), False, {"comment": "id of the kind"}),
        StructField("label", StringType(), False, {"comment": "what people read"}),
        StructField("family", StringType(), False, {"comment": "what kinds that are easily taken for each other have in common"}),
        StructField("gap", LongType(), False, {"comment": "longest pause within an event, seconds"}),
        StructField("duration", LongType(), False, {"comment": "how long such an event lasts, seconds"}),
        StructField("pattern", StringType(), False, {"comment": "pattern of the title"}),
        StructField("work_pattern", StringType(), False, {"comment": "expression that finds the work quoted before the kind"}),
    ]
)


def read_event_kinds(spark: SparkSession, name: str) -> DataFrame:
    """One row a kind, and one for events of no kind with a name: kind, label, family, gap and duration (seconds), pattern, work_pattern.

    Args:
        spark: the session.
        name: file below conf/ (setting text.event_kinds).

    Raises:
        HwaboError: when a kind lacks a key.
    """
    path = conf_file(name)
    rules: list[Mapping[str, Any]] = read_yaml(path)
    try:
        rows = [
            (
                rule["id"],
                rule["label"],
                rule.get("family", rule["id"]),
                round(rule["session_gap_hours"] * 3600),
                round(rule["duration_hours"] * 3600),
                rule["title"],
                work_pattern([*rule["words"], rule["label"]]),
            )
            for rule in (*rules, OTHER_RULE)
        ]
    except KeyError as error:
        raise HwaboError(
            f"conf/{path.name}: a kind of event lacks the key {error}: every kind needs id, label, words, title and its hours."
        ) from None
    return spark.createDataFrame(rows, _KINDS)
