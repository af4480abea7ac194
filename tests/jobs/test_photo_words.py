"""The words of photos: an increment rewrites those that a change concerns, and leaves the table as a full run would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from pyspark.sql import DataFrame, SparkSession

from jobs import mark_copies, photo_words
from jobs.lake import Lake
from jobs.settings import Settings
from jobs.tables import TABLES
from tests.pictures import picture, saved
from udfs.decode import decode
from udfs.geometry import describe

WHEN = datetime(2026, 3, 1)


@pytest.fixture
def pooled(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The photos whose words were worked out, run by run."""
    runs: list[set[str]] = []
    pool = photo_words.pooled_tags

    def noted(
        post_photos: DataFrame, text_tags: DataFrame, post_copies: DataFrame, photo_copies: DataFrame, *more: object, **options: object
    ):
        runs.append({row.photo_id for row in photo_copies.collect()})
        return pool(post_photos, text_tags, post_copies, photo_copies, *more, **options)

    monkeypatch.setattr(photo_words, "pooled_tags", noted)
    return runs


def _rows(spark: SparkSession, table: str, rows: list[dict[str, object]]) -> DataFrame:
    schema = TABLES[table].schema
    return spark.createDataFrame([tuple(row.get(name) for name in schema.names) for row in rows], schema)


def _say(spark: SparkSession, lake: Lake, post: str, photo: str, *words: str, body: str = "") -> None:
    """A post that shows a photo and says these words in its title."""
    lake.upsert("posts", _rows(spark, "posts", [{"post_id": post, "service": "news", "body": body or post, "published_at": WHEN}]))
    lake.upsert("post_photos", _rows(spark, "post_photos", [{"post_id": post, "position": 0, "photo_id": photo, "offset": 0}]))
    tag = {"post_id": post, "field": "title", "kind": "keyphrase", "end": 2, "score": 0.5}
    rows = [{**tag, "value": word, "begin": number} for number, word in enumerate(words)]
    lake.replace("text_tags", _rows(spark, "text_tags", rows), within=spark.createDataFrame([(post,)], "post_id string"))


def _show(spark: SparkSession, lake: Lake, **files: bytes) -> None:
    lake.upsert("photos", _rows(spark, "photos", [{"photo_id": name, "width": 480, "height": 360} for name in files]))
    described = [{"photo_id": name, "geometry": describe(decode(content, 640)[0])} for name, content in files.items()]
    lake.upsert("photo_features", _rows(spark, "photo_features", described))


def _killed(*_: object, **__: object) -> DataFrame:
    raise RuntimeError("killed")


def _words(lake: Lake) -> set[tuple[str, str, float]]:
    return {(row.photo_id, row.tag, row.score) for row in lake.read("photo_tags").where("source = 'text'").collect()}


def test_an_increment_pools_the_words_of_the_pictures_concerned(
    spark: SparkSession, make_settings: Callable[..., Settings], pooled: list[set[str]]
) -> None:
    settings = make_settings()
    lake = Lake(spark, settings.run.lake)
    _show(spark, lake, a=saved(picture(1)), b=saved(picture(2)), c=saved(picture(3)))
    for photo in "abc":
        _say(spark, lake, f"post-{photo}", photo, "공항", photo)
    lake.append("photo_tags", _rows(spark, "photo_tags", [{"photo_id": "a", "tag": "무대", "source": "visual", "score": 0.9}]))
    mark_copies.run(spark, settings)
    assert _words(lake) == {(photo, word, 0.3) for photo in "abc" for word in ("공항", photo)}

    _say(spark, lake, "post-b", "b", "출국")  # other words
    _show(spark, lake, d=saved(picture(3), quality=40))  # a copy of c, which another post shows
    _say(spark, lake, "post-d", "d", "팬")
    mark_copies.run(spark, settings)
    assert pooled == [set("abc"), set("bcd")], "a stays as it is"
    (keeper,) = {row.photo_id for row in lake.read("photo_copies").where("is_keeper and photo_id in ('c', 'd')").collect()}
    together = {(keeper, word, 0.3) for word in ("공항", "c", "팬")}
    assert _words(lake) == {("a", "공항", 0.3), ("a", "a", 0.3), ("b", "출국", 0.3)} | together
    assert lake.read("photo_tags").where("source = 'visual'").count() == 1, "words from elsewhere are left alone"

    found = _words(lake)
    mark_copies.run(spark, make_settings(full=True))
    assert _words(lake) == found


@pytest.mark.slow
def test_words_follow_after_a_run_that_was_killed_before_them(
    spark: SparkSession, make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, story = make_settings(), "가수 비가 오늘 오후 인천공항을 통해 화보 촬영차 출국했다. 팬들이 손을 흔들었다."
    lake = Lake(spark, settings.run.lake)
    _show(spark, lake, a=saved(picture(1)))
    _say(spark, lake, "one", "a", "공항", body=story)
    mark_copies.run(spark, settings)
    assert _words(lake) == {("a", "공항", 0.3)}

    _say(spark, lake, "two", "a", "공항", body="다른 이야기 하나가 여기에 적혀 있고 아무것도 같지 않다고 한다.")
    with monkeypatch.context() as patch:
        patch.setattr(photo_words, "pooled_tags", _killed)
        with pytest.raises(RuntimeError):
            mark_copies.run(spark, settings)
    _say(spark, lake, "three", "a", "출국", body=story)  # copies one: they count once
    mark_copies.run(spark, settings)
    assert _words(lake) == {("a", "공항", 0.51), ("a", "출국", 0.3)}
    found = _words(lake)
    mark_copies.run(spark, make_settings(full=True))
    assert _words(lake) == found
