"""Landed records as columns: syllables that came taken apart into letters are put together, and offsets go with them."""

from __future__ import annotations

import unicodedata

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from jobs.landing_records import composed, parsed_posts, post_problem, references_of

POST = "post_id string, url string, service string, title string, body string, published_at string, press string, place_id string"
PHOTOS = "photos array<struct<uri string, caption string, offset string>>"
LANDED = f"{POST}, {PHOTOS}, source string, digest string, record string, corrupt string"


def _landed(spark: SparkSession, title: str, body: str, published_at: str, photos: list[tuple[str, str, str]]):  # type: ignore[no-untyped-def]
    row = ("p", None, "news", title, body, published_at, None, None, photos, "a.jsonl", "d", "{}", None)
    return spark.createDataFrame([row], LANDED)


def test_syllables_are_composed_as_unicode_has_it(spark: SparkSession) -> None:
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    texts = ["가수 비가 22일 😀 왔다.", "ㅋㅋ ᄏ각ᄏ, ᅡ ᆨ é", "한글", syllables, ""]
    texts += [unicodedata.normalize("NFD", text) for text in texts[:1] + texts[2:]]
    rows = spark.createDataFrame(list(enumerate(texts)), "number int, text string").select("number", composed(F.col("text")).alias("text"))
    found = {row["number"]: row["text"] for row in rows.collect()}
    assert [found[number] for number in range(len(texts))] == [unicodedata.normalize("NFC", text) for text in texts]


def test_offsets_of_photos_count_the_composed_body(spark: SparkSession) -> None:
    body = "한서윤이 😀 출국했다."
    apart = unicodedata.normalize("NFD", body)
    offset = len(unicodedata.normalize("NFD", body[:7]))
    photos = [
        ("a.jpg", unicodedata.normalize("NFD", "사진"), str(offset)),
        ("b.jpg", "", "많다"),
        ("c.jpg", "", "-3"),
        ("d.jpg", "", "9999"),
    ]
    posts = parsed_posts(_landed(spark, apart, apart, "2026-03-22T09:00:00+09:00", photos))
    assert [(row["title"], row["body"]) for row in posts.collect()] == [(body, body)]
    references = references_of(posts).orderBy("position").collect()
    assert [(row["uri"], row["caption"], row["offset"]) for row in references] == [
        ("a.jpg", "사진", 7), ("b.jpg", "", None), ("c.jpg", "", None), ("d.jpg", "", len(body)),
    ]  # fmt: skip


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1899-12-31T00:00:00Z"])
def test_a_time_that_programs_fill_in_is_refused(spark: SparkSession, time: str) -> None:
    problem = _landed(spark, "제목", "글", time, []).select(post_problem().alias("problem")).collect()[0]["problem"]
    assert problem == f"bad date {time}: a year from 1900 to 2199 is wanted"
