from __future__ import annotations

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from jobs.pooled_tags import time_in_words


def test_times_are_tagged_in_words(spark: SparkSession) -> None:
    words = {
        "2026": "2026년", "2026-03": "2026년 3월", "2026-03-08": "3월 8일", "2026-12-31T23:05": "12월 31일",
        "2026-03-01/2026-03-05": "3월 1일~5일", "2026-03-02/2026-04-02": "3월 2일~4월 2일", "2026-03-01T10:00/2026-03-01T12:00": "3월 1일",
        "2026-03/2026-04": "2026년 3월", "언젠가": "언젠가",
    }  # fmt: skip
    found = spark.createDataFrame([(value,) for value in words], "value string").select(
        "value", time_in_words(F.col("value")).alias("words")
    )
    assert {row["value"]: row["words"] for row in found.collect()} == words
