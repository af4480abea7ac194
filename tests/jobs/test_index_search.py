"""The search index and searching: what is found, in which order, and that a small change touches few rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from jobs import index_search
from jobs.errors import HwaboError
from jobs.lake import Lake
from jobs.search import search
from jobs.settings import Settings
from tests.jobs.small_lake import write_rows, write_small_lake


@pytest.fixture(scope="module")
def indexed(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, list[str]]]:
    from jobs.settings import RunSettings, load_settings, parse_clock

    lake = str(tmp_path_factory.mktemp("search") / "lake")
    settings = load_settings(RunSettings(lake=lake, now=parse_clock("2026-03-20T09:00:00+09:00"), run_id="one"))
    ids = write_small_lake(spark, settings)
    index_search.run(spark, settings)
    return settings, ids


def found(spark: SparkSession, settings: Settings, words: str) -> list[tuple[str, str]]:
    return [(row["found"], row["id"]) for row in search(spark, settings, words).toLocalIterator()]


def first(spark: SparkSession, settings: Settings, words: str, kind: str) -> str | None:
    return next((target for found_kind, target in found(spark, settings, words) if found_kind == kind), None)


@pytest.mark.parametrize(
    ("words", "kind", "target"),
    [
        ("윤서아 출국", "event", "e1"),
        ("윤서아가 인천공항에서", "event", "e1"),  # particles; the place as a post writes it
        ("인천공항출국", "event", "e1"),  # a compound
        ("비 출국", "event", "e3"),
        ("3월 12일", "event", "e1"),
        ("2026-03-14", "event", "e2"),
        ("루미엘 콘서트", "event", "e2"),
        ("팬 미팅", "event", "e4"),  # written apart
        ("팬미팅 예정", "event", "e4"),
        ("베이지 코트 윤서아", "event", "e1"),
        ("합정동 맛집", "place", "p1"),
        ("국밥", "place", "p1"),
        ("미용실", "place", "p2"),
        ("yoon seo-a", "celebrity", "c1"),
        ("가수", "celebrity", "c1"),
    ],
)
def test_words_bring_up_the_right_target_first(
    spark: SparkSession, indexed: tuple[Settings, dict[str, list[str]]], words: str, kind: str, target: str
) -> None:
    assert first(spark, indexed[0], words, kind) == target


def test_a_photo_is_found_by_what_it_shows_and_by_its_event(spark: SparkSession, indexed: tuple[Settings, dict[str, list[str]]]) -> None:
    settings, ids = indexed
    assert first(spark, settings, "베이지 코트 윤서아", "photo") == ids["airport"][0]
    photos = [target for kind, target in found(spark, settings, "무대") if kind == "photo"]
    assert photos == [ids["stage"][0]]  # the blurred one is not shown, so it is not found


def test_targets_with_all_words_come_before_those_with_some(spark: SparkSession, indexed: tuple[Settings, dict[str, list[str]]]) -> None:
    rows = list(search(spark, indexed[0], "비 출국").where("found = 'event'").toLocalIterator())
    assert [(row["id"], row["words"]) for row in rows] == [("e3", ["비", "출국"]), ("e4", ["비"]), ("e1", ["출국"])]


def test_nothing_is_found_for_unknown_words_and_no_word_is_refused(
    spark: SparkSession, indexed: tuple[Settings, dict[str, list[str]]]
) -> None:
    assert found(spark, indexed[0], "외계인") == []
    with pytest.raises(HwaboError, match="holds no word"):
        search(spark, indexed[0], " ♥ ")


def test_weights_are_kind_times_strength(spark: SparkSession, indexed: tuple[Settings, dict[str, list[str]]]) -> None:
    settings, _ = indexed
    terms = (
        Lake(spark, settings.run.lake)
        .read("search_terms")
        .where("target_id = 'e1' and term in ('윤서아', '출국', '3월12일', '서아', '공항')")
    )
    weights = {(row["term"], row["kind"]): row["weight"] for row in terms.toLocalIterator()}
    assert weights[("윤서아", "who")] == 1.0
    assert weights[("서아", "who")] == 0.9
    assert weights[("출국", "what")] == 1.0
    assert weights[("3월12일", "when")] == pytest.approx(0.8 * 0.9)
    assert weights[("공항", "tag")] == pytest.approx(0.5 * (1 / 2) ** 0.5, abs=1e-4)


def test_an_incremental_run_gives_what_a_full_one_gives(spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
    settings = make_settings()
    ids = write_small_lake(spark, settings)
    index_search.run(spark, settings)
    assert index_search.run(spark, settings).rows_out == 0
    lake = Lake(spark, settings.run.lake)
    write_rows(spark, settings, "photo_tags", [{"photo_id": ids["stage"][0], "tag": "붉은 드레스", "source": "visual", "score": 0.9}])
    events = lake.read("events").where("event_id = 'e3'").withColumn("keywords", F.array(F.lit("가죽 재킷")))
    lake.upsert("events", events)
    report = index_search.run(spark, settings)
    assert {row["target_id"] for row in lake.changed_keys("search_terms", ["target_id"], after=1, until=9).toLocalIterator()} == {
        "e3",
        ids["stage"][0],
    }
    assert report.rows_out == 6
    step = sorted(map(tuple, lake.read("search_terms").toLocalIterator()))
    index_search.run(spark, make_settings(full=True))
    assert sorted(map(tuple, lake.read("search_terms").toLocalIterator())) == step
