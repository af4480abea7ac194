"""The text that Spark NLP reads: column functions say the same as the plain ones that the network was trained with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from jobs.evaluate.annotators import annotate
from jobs.settings import Settings
from jobs.text_pipeline import readable_column, usual_column
from udfs.annotator_alphabet import SPELLED_SYLLABLES, readable, spelled
from udfs.post_text import UNUSUAL_LETTERS, usual_letters


def test_the_column_is_the_readable_text_spelled(spark: SparkSession) -> None:
    texts = [
        "가수 비(정지훈)가 22일 왔다.",
        "뷁 갂 쀍ㅋㅋㅠ 각",  # rare syllables, letters by themselves, conjoining ones
        "大韓民國 カフェ и \u00a0\t끝\u200b",
        f"{SPELLED_SYLLABLES[5]}\ue990 □",
        "".join(map(chr, [*range(1, 10), *range(11, 33), *range(127, 161)])),
        "",
    ]
    rows = spark.createDataFrame([(number, text) for number, text in enumerate(texts)], "number int, text string")
    found = {row.number: row.read for row in rows.select("number", readable_column(F.col("text")).alias("read")).collect()}
    assert [found[number] for number in range(len(texts))] == [spelled(readable(text)) for text in texts]


def test_unusual_blanks_and_letters_are_read_as_the_usual_ones(spark: SparkSession) -> None:
    texts = [*UNUSUAL_LETTERS, "３월\u00a0５일（목）\r\n서울", "3월 5일(목)\n서울", "", None]
    rows = spark.createDataFrame(list(enumerate(texts)), "number int, text string").select("number", usual_column("text").alias("text"))
    found = {row["number"]: row["text"] for row in rows.collect()}
    assert [found[number] for number in range(len(texts))] == [usual_letters(text or "") for text in texts]
    assert found[len(UNUSUAL_LETTERS)] == "3월 5일(목) \n서울"


def test_a_text_is_annotated_alike_whatever_is_read_beside_it(spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
    lines = (Path(__file__).parents[1] / "data" / "labelled_posts.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["body"] for line in lines[:60]]
    together = annotate(spark, make_settings(), texts)
    few, otherwise = texts[3:60:7], make_settings("text.annotator_batch=3")
    assert annotate(spark, otherwise, few) == together[3:60:7]
    assert sum(len(entities) for _, entities in together) > 100
