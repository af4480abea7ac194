"""The search index and searching: what is found, in which order, and that a small change touches few rows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable

import pytest
from pyspark.sql import Row, SparkSession
from pyspark.sql import functions as F

from jobs import index_search
from jobs.errors import HwaboError
from jobs.lake import Lake
from jobs.search import COLUMNS, search
from jobs.settings import Settings
from tests.jobs.small_lake import SmallLake, write_rows
from udfs.search_words import split_words, understand

QUERIES = {
    "윤서아 출국": ("event", "e1"),
    "윤서아가 인천공항에서": ("event", "e1"),  # particles; the place as a post writes it
    "인천공항출국": ("event", "e1"),  # a compound
    "비 출국": ("event", "e3"),
    "3월 12일": ("event", "e1"),
    "2026-03-14": ("event", "e2"),
    "루미엘 콘서트": ("event", "e2"),
    "팬 미팅": ("event", "e4"),  # written apart
    "팬미팅 예정": ("event", "e4"),
    "베이지 코트 윤서아": ("event", "e1"),
    "합정동 맛집": ("place", "p1"),
    "국밥": ("place", "p1"),
    "미용실": ("place", "p2"),
    "yoon seo-a": ("celebrity", "c1"),
    "가수": ("celebrity", "c1"),
}


@pytest.fixture(scope="module")
def terms(spark: SparkSession, small_lake: SmallLake) -> list[Row]:
    return list(Lake(spark, small_lake.settings.run.lake).read("search_terms").toLocalIterator())


def ranked(terms: list[Row], query: str) -> list[tuple[str, str, float]]:
    """The oracle: what the search should find among events, places and celebrities, worked out in plain Python."""
    wanted = understand(query, {row["term"] for row in terms})
    targets = defaultdict(set)
    for row in terms:
        targets[row["target_type"]].add(row["target_id"])
    scores: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for number, one in enumerate(wanted):
        for term, factor in one.terms:
            best: dict[tuple[str, str], float] = defaultdict(float)
            for row in terms:
                if row["term"] == term:
                    target = (row["target_type"], row["target_id"])
                    best[target] = max(best[target], row["weight"])
            for (kind, key), weight in best.items():
                rarity = math.log(1 + len(targets[kind]) / sum(other == kind for other, _ in best))
                score = weight * rarity * factor * (1.0 if one.required else 0.5)
                scores[kind, key][number] = max(scores[kind, key].get(number, 0.0), score)
    required = sum(one.required for one in wanted)
    found = []
    for (kind, key), parts in scores.items():
        answered = sum(wanted[number].required for number in parts)
        found.append((-answered, -sum(parts.values()) * (answered / required) ** 2, kind, key))
    return [(kind, key, -score) for answered, score, kind, key in sorted(found) if answered]


@pytest.mark.parametrize("query", QUERIES)
def test_words_bring_up_the_right_target_first(terms: list[Row], query: str) -> None:
    kind, target = QUERIES[query]
    assert next(key for found, key, _ in ranked(terms, query) if found == kind) == target


@pytest.mark.parametrize("query", ["비가 출국", "베이지 코트 윤서아"])
def test_the_search_finds_what_a_plain_computation_finds(spark: SparkSession, small_lake: SmallLake, terms: list[Row], query: str) -> None:
    rows = search(spark, small_lake.settings, query)
    assert rows.columns == COLUMNS
    found = list(rows.toLocalIterator())
    for kind in ("event", "place", "celebrity"):
        expected = [(key, pytest.approx(score, abs=1e-5)) for of, key, score in ranked(terms, query) if of == kind]
        assert [(row["id"], row["score"]) for row in found if row["found"] == kind] == expected
    assert [row["rank"] for row in found] == list(range(1, len(found) + 1))
    photos = [row["id"] for row in found if row["found"] == "photo"]
    if query.startswith("베이지"):
        # the best by its own words first, then what its event shows; the copy and the outlier are not found
        assert photos[:2] == [small_lake.photos["airport"][0], small_lake.photos["airport"][1]]
        assert not {small_lake.photos["airport"][2], small_lake.photos["menu"][0]} & set(photos)


def test_a_query_without_words_is_refused_and_so_is_a_lake_without_index(
    spark: SparkSession, small_lake: SmallLake, make_settings: Callable[..., Settings]
) -> None:
    with pytest.raises(HwaboError, match="holds no word"):
        search(spark, small_lake.settings, " ♥ ")
    with pytest.raises(HwaboError, match="no search index"):
        search(spark, make_settings(), "수지")


def test_words_with_marks_inside_are_terms_as_queries_write_them(spark: SparkSession) -> None:
    phrases = spark.createDataFrame(
        [("K-POP 공연", "title", "event", "e1", 1.0), ("비", "who", "event", "e1", 1.0)],
        "phrase string, kind string, target_type string, target_id string, strength double",
    )
    found = {(row["term"], row["strength"]) for row in index_search.spell_out(phrases).collect()}
    assert found == {("kpop공연", 1.0), ("kpop", 0.7), ("pop", 0.7), ("공연", 0.7), ("비", 1.0)}
    assert split_words("K-pop 공연") == ["kpop", "공연"]


def test_weights_are_kind_times_strength(terms: list[Row]) -> None:
    weights = {(row["term"], row["kind"]): row["weight"] for row in terms if row["target_id"] == "e1"}
    assert weights["윤서아", "who"] == 1.0
    assert weights["서아", "who"] == 0.9
    assert weights["출국", "what"] == 1.0
    assert weights["인천공항", "where"] == pytest.approx(0.9 * 0.9)
    assert weights["3월12일", "when"] == pytest.approx(0.8 * 0.9)
    assert weights["공항", "tag"] == pytest.approx(0.5 * (1 / 2) ** 0.5, abs=1e-4)


@pytest.mark.slow  # some runs of the job
def test_an_incremental_run_gives_what_a_full_one_gives(
    spark: SparkSession, small_lake: SmallLake, copied_lake: Callable[..., Settings]
) -> None:
    settings = copied_lake()
    lake = Lake(spark, settings.run.lake)
    before = lake.version("search_terms")
    write_rows(
        spark, settings, "photo_tags", [{"photo_id": small_lake.photos["stage"][0], "tag": "붉은 드레스", "source": "visual", "score": 0.9}]
    )
    lake.upsert("events", lake.read("events").where("event_id = 'e3'").withColumn("keywords", F.array(F.lit("가죽 재킷"))))
    report = index_search.run(spark, settings)
    changed = lake.changed_keys("search_terms", ["target_id"], after=before, until=lake.version("search_terms"))
    assert changed is not None
    assert {row["target_id"] for row in changed.toLocalIterator()} == {"e3", small_lake.photos["stage"][0]}
    assert report.rows_out == 6  # each phrase and its two words
    incremental = sorted(map(tuple, lake.read("search_terms").toLocalIterator()))
    assert index_search.run(spark, copied_lake(full=True, run_id="three")).rows_out == 0
    assert sorted(map(tuple, lake.read("search_terms").toLocalIterator())) == incremental
