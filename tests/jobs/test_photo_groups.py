"""Photos that copy each other: increments give the rows that one run over all photos gives, and measure what they do not know."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image
from pyspark.sql import DataFrame, SparkSession

from jobs import mark_copies, photo_copies
from jobs.lake import Lake
from jobs.settings import Settings
from jobs.tables import TABLES
from tests.conftest import settings_below
from tests.pictures import copies, picture, saved
from udfs.decode import decode
from udfs.geometry import describe


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The pairs of photos that were measured, by their keys."""
    found: list[frozenset[str]] = []
    measure = photo_copies.check_pairs

    def noted(pairs: DataFrame, *args: object, **options: object) -> DataFrame:
        found.extend(frozenset((row.left, row.right)) for row in pairs.collect())
        return measure(pairs, *args, **options)

    monkeypatch.setattr(photo_copies, "check_pairs", noted)
    return found


def _land(spark: SparkSession, lake: Lake, files: Mapping[str, bytes]) -> None:
    """Puts photos and their features into a lake, in place of those that it has under the same ids."""

    def rows(table: str, values: list[dict[str, object]]) -> DataFrame:
        schema = TABLES[table].schema
        return spark.createDataFrame([tuple(value.get(name) for name in schema.names) for value in values], schema)

    sizes = {name: Image.open(io.BytesIO(content)).size for name, content in files.items()}
    lake.upsert("photos", rows("photos", [{"photo_id": name, "width": w, "height": h} for name, (w, h) in sizes.items()]))
    described = {name: describe(decode(content, 640)[0]) for name, content in files.items()}
    lake.upsert("photo_features", rows("photo_features", [{"photo_id": name, "geometry": bits} for name, bits in described.items()]))


def _keys(spark: SparkSession, *names: str) -> set[int]:
    return {
        row[0] for row in spark.createDataFrame([(name,) for name in names], "photo_id string").selectExpr("xxhash64(photo_id)").collect()
    }


def test_increments_give_the_rows_of_one_go_and_measure_each_pair_once(
    spark: SparkSession, tmp_path: Path, make_settings: Callable[..., Settings], checked: list[frozenset[str]]
) -> None:
    steps, whole = make_settings(), settings_below(tmp_path / "whole")()
    first, second = picture(1), picture(2)
    begin = {
        "a": saved(first),
        **{f"a-{name}": content for name, content in copies(first).items()},
        "b": saved(second),
        "c": saved(picture(3)),
    }
    later = {"b-small": copies(second)["small"], "d": saved(picture(4)), "a-again": saved(first, quality=30)}
    lake = Lake(spark, steps.run.lake)
    _land(spark, lake, begin)
    mark_copies.run(spark, steps)
    before = set(checked)
    assert before, "copies were measured"
    checked.clear()

    _land(spark, lake, later)
    mark_copies.run(spark, steps)
    new = _keys(spark, *later)
    assert not before & set(checked), "nothing is measured twice"
    assert any(pair & new for pair in checked)
    checked.clear()
    mark_copies.run(spark, make_settings(run_id="again"))
    assert checked == [], "nothing changed, nothing is measured"

    _land(spark, Lake(spark, whole.run.lake), begin | later)
    mark_copies.run(spark, whole)
    for table in ("photo_copies", "photo_pairs"):
        ours, theirs = (sorted(map(tuple, Lake(spark, one.run.lake).read(table).collect())) for one in (steps, whole))
        assert ours == theirs, table
    groups = {row.photo_id: row.group_id for row in lake.read("photo_copies").collect()}
    assert groups["b-small"] == groups["b"]
    assert groups["a-again"] == groups["a"]
    assert groups["d"] == "d"


@pytest.mark.slow
def test_a_photo_that_was_described_anew_is_measured_anew(
    spark: SparkSession, make_settings: Callable[..., Settings], checked: list[frozenset[str]]
) -> None:
    settings, image = make_settings(), picture(5)
    lake = Lake(spark, settings.run.lake)
    _land(spark, lake, {"a": saved(image), "b": saved(image, quality=40), "c": saved(picture(6))})
    mark_copies.run(spark, settings)
    assert {row.photo_id: row.group_id for row in lake.read("photo_copies").collect()} == {"a": "a", "b": "a", "c": "c"}
    checked.clear()
    _land(spark, lake, {"b": saved(picture(6), quality=40)})
    mark_copies.run(spark, settings)
    assert {row.photo_id: row.group_id for row in lake.read("photo_copies").collect()} == {"a": "a", "b": "b", "c": "b"}
    anew = _keys(spark, "b")
    assert checked, "b is another picture now"
    assert all(pair & anew for pair in checked), "what was measured of a and c holds"
    likeness = {frozenset((row.left, row.right)): row.similarity for row in lake.read("photo_pairs").collect()}
    assert likeness.get(frozenset(_keys(spark, "a", "b")), 0.0) < 0.1, "what was measured of a and the former b is forgotten"
