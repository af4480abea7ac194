"""tag_texts on a small lake: what Spark NLP finds reaches the decisions at the right offsets, and only changed posts are tagged again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from pyspark.sql import DataFrame, SparkSession

from jobs import tag_texts, text_pipeline
from jobs.lake import Lake
from jobs.settings import Settings
from jobs.tables import TABLES

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores

PUBLISHED = datetime(2026, 3, 22, 9, 30, tzinfo=UTC)  # 18:30 in Seoul


def _frame(spark: SparkSession, table: str, rows: list[dict[str, object]]) -> DataFrame:
    schema = TABLES[table].schema
    return spark.createDataFrame([tuple(row.get(column) for column in schema.fieldNames()) for row in rows], schema)


def _post(post_id: str, title: str, body: str, **more: object) -> dict[str, object]:
    return {"post_id": post_id, "service": "news", "title": title, "body": body, "published_at": PUBLISHED, **more}


@pytest.fixture
def lake(spark: SparkSession, make_settings: Callable[..., Settings]) -> Lake:
    lake = Lake(spark, make_settings().run.lake)
    lake.upsert("celebrities", _frame(spark, "celebrities", [
        {"celebrity_id": "c1", "name": "비", "aliases": ["정가온"], "groups": [], "occupation": "가수"},
        {"celebrity_id": "c2", "name": "한서윤", "aliases": [], "groups": [], "occupation": "배우"},
    ]))  # fmt: skip
    lake.upsert("places", _frame(spark, "places", [
        {"place_id": "p1", "name": "담은한상", "aliases": [], "service": "restaurant", "address": "", "reference_photos": []},
    ]))  # fmt: skip
    lake.upsert("posts", _frame(spark, "posts", [
        _post("a", "😀 가수 비, 파리로 출국", "가수 비가 22일 오후 인천국제공항을 통해 파리로 출국했다. 공항에는 비가 내렸다."),
        _post("b", "봄비 소식", "전국에 비가 내리고 바람이 불겠다."),
        _post("c", "담은한상 후기", "어제 담은한상에서 비빔밥을 먹었어요.", service="review", place_id="p1"),
    ]))  # fmt: skip
    lake.upsert("post_photos", _frame(spark, "post_photos", [
        {"post_id": "a", "position": 0, "photo_id": "x", "offset": 10, "caption": "배우 한서윤이 😀 손을 흔들고 있다."},
    ]))  # fmt: skip
    return lake


def _tags(lake: Lake, *kinds: str) -> set[tuple[object, ...]]:
    rows = lake.read("text_tags").where(f"kind in ({', '.join(map(repr, kinds))})")
    columns = ("post_id", "field", "photo_position", "kind", "surface", "value", "begin", "end", "josa", "is_event")
    return {tuple(row[column] for column in columns) for row in rows.toLocalIterator()}


def test_tags_carry_offsets_of_their_own_field(spark: SparkSession, lake: Lake, make_settings: Callable[..., Settings]) -> None:
    tag_texts.run(spark, make_settings())

    assert _tags(lake, "who") == {
        ("a", "title", None, "who", "비", "c1", 5, 6, None, None),
        ("a", "body", None, "who", "비", "c1", 3, 4, "가", None),
        ("a", "caption", 0, "who", "한서윤", "c2", 3, 6, "이", None),
    }
    assert ("a", "body", None, "when", "22일 오후", "2026-03-22", 6, 12, None, True) in _tags(lake, "when")
    assert ("a", "body", None, "where", "인천국제공항", "인천국제공항", 13, 19, "을", True) in _tags(lake, "where")
    assert {row[5] for row in _tags(lake, "what") if row[-1]} == {"airport_departure"}
    assert ("c", "body", None, "where", "담은한상", "p1", 3, 7, "에서", True) in _tags(lake, "where")


def test_only_changed_posts_are_tagged_again(spark: SparkSession, lake: Lake, make_settings: Callable[..., Settings]) -> None:
    settings = make_settings()
    tag_texts.run(spark, settings)
    before = lake.version("text_tags")
    again = tag_texts.run(spark, settings)
    assert again.rows_in == 0
    assert lake.version("text_tags") == before

    lake.upsert("posts", _frame(spark, "posts", [_post("b", "가수 비 컴백", "가수 비가 신곡을 발표했다.")]))
    third = tag_texts.run(spark, settings)
    assert third.rows_in == 1
    assert {row[0] for row in _tags(lake, "who")} == {"a", "b"}


def test_beyond_what_the_annotator_reads_names_are_found_still(
    spark: SparkSession, lake: Lake, make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_pipeline, "LONGEST_READ", 30)
    tag_texts.run(spark, make_settings())
    assert ("a", "caption", 0, "who", "한서윤", "c2", 3, 6, "이", None) in _tags(lake, "who")
    assert {row[1] for row in _tags(lake, "keyphrase") if row[0] == "a"} == {"title", "body"}


def test_automaton_and_matcher_agree(spark: SparkSession, lake: Lake, make_settings: Callable[..., Settings]) -> None:
    tag_texts.run(spark, make_settings())
    by_matcher = _tags(lake, "who", "where", "what", "when", "keyphrase", "person")
    tag_texts.run(spark, make_settings("text.matcher_names=0"))
    assert _tags(lake, "who", "where", "what", "when", "keyphrase", "person") == by_matcher
