from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from pyspark.sql import DataFrame, SparkSession

from jobs import embed_photos
from jobs.embed_photos import read_bundle, small_batches
from jobs.lake import Lake, Written
from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from jobs.settings import Settings
from jobs.tables import TABLES
from tests.udfs import photo_files as files
from udfs.photos import PhotoDescriber

MakeSettings = Callable[..., Settings]

HERS = ((Person(3, "female"), Look(5)),)
CONTENTS = {
    "airport": files.encode(draw_photo(PhotoSpec("airport", 1, 0, HERS, "half", (240, 320))), "JPEG", quality=92),
    "airport_closer": files.encode(draw_photo(PhotoSpec("airport", 1, 1, HERS, "close", (240, 320))), "JPEG", quality=92),
    "other_look": files.encode(draw_photo(PhotoSpec("airport", 1, 0, ((Person(3, "female"), Look(9)),), "half", (240, 320))), "JPEG"),
    "menu": files.encode(draw_photo(PhotoSpec("menu", 1, 0, (), "full", (240, 320))), "PNG"),
    "pixel": files.encode(Image.new("RGB", (1, 1)), "PNG"),
    "cut": files.encode(files.scene(), "JPEG")[:-200],
    "empty": b"",
}


def photo_rows(contents: dict[str, bytes]) -> list[tuple[object, ...]]:
    return [(name, f"photos/{name}.jpg", content, "JPEG", 240, 320, len(content)) for name, content in contents.items()]


@pytest.fixture
def photos(spark: SparkSession) -> DataFrame:
    return spark.createDataFrame(photo_rows(CONTENTS), TABLES["photos"].schema)


def test_photos_are_measured_once_and_bad_ones_keep_a_row_with_the_reason(
    spark: SparkSession, photos: DataFrame, make_settings: MakeSettings
) -> None:
    settings = make_settings(run_id="first")
    lake = Lake(spark, settings.run.lake)
    lake.append("photos", photos.where("photo_id != 'pixel'"))
    report = embed_photos.run(spark, settings)
    assert (report.rows_in, report.rejected) == (6, 2)

    rows = {row["photo_id"]: row for row in lake.read("photo_features").toLocalIterator()}
    assert set(rows) == set(CONTENTS) - {"pixel"}
    for name in ("cut", "empty"):
        assert rows[name]["embedding"] is None
        assert rows[name]["quality"] is None
        assert rows[name]["people"] is None
    assert rows["empty"]["error"] == "the file is empty (0 bytes)"
    assert rows["cut"]["error"] == "the image file is cut off before its end"
    for name in ("airport", "airport_closer", "menu"):
        row = rows[name]
        assert row["error"] is None
        assert np.linalg.norm(row["embedding"]) == pytest.approx(1, abs=1e-5)
        assert len(row["phash"]) == 16
        assert all(value is None or 0 <= value <= 1 for value in row["quality"])
        assert len(row["geometry"]) <= 6008  # header, thumbnail, 120 features: see udfs.geometry.describe
    assert (rows["airport"]["people"], rows["airport"]["photo_type"]) == (1, "person")
    assert rows["menu"]["people"] == 0
    assert rows["menu"]["appearance"] is None
    same = float(np.dot(rows["airport"]["appearance"], rows["airport_closer"]["appearance"]))
    other = float(np.dot(rows["airport"]["appearance"], rows["other_look"]["appearance"]))
    assert same > other

    alone = PhotoDescriber(read_bundle(settings)).describe(CONTENTS["airport"], (240, 320))
    for name in ("embedding", "appearance"):  # what a task measures is what the plain function gives, bit for bit
        np.testing.assert_array_equal(np.array(rows["airport"][name], np.float32), alone[name])

    rejects = {row["record"]: row["reason"] for row in lake.read("rejects").toLocalIterator()}
    assert rejects == {"cut": rows["cut"]["error"], "empty": rows["empty"]["error"]}
    tags = {row["photo_id"] for row in lake.read("photo_tags").where("source = 'visual'").toLocalIterator()}
    assert "menu" in tags

    version = lake.version("photo_features")
    again = embed_photos.run(spark, make_settings(run_id="second"))
    assert (again.rows_in, again.rows_out) == (0, 0)
    assert lake.version("photo_features") == version

    lake.append("photos", photos.where("photo_id = 'pixel'"))
    third = embed_photos.run(spark, make_settings(run_id="third"))
    assert third.rows_in == 1
    assert third.written["photo_features"] == Written(inserted=1)
    assert lake.read("photo_features").where("error is null").count() == 5


def test_small_batches_stay_below_the_bytes_of_the_setting_and_are_taken_back(
    spark: SparkSession, photos: DataFrame, make_settings: MakeSettings
) -> None:
    key = "spark.sql.execution.arrow.maxRecordsPerBatch"
    before = spark.conf.get(key)
    largest = max(map(len, CONTENTS.values()))
    with small_batches(spark, photos, make_settings(f"photos.batch_bytes={3 * largest}").photos):
        assert spark.conf.get(key) == "3"
    with small_batches(spark, photos, make_settings("photos.batch_bytes=1").photos):
        assert spark.conf.get(key) == "1"
    assert spark.conf.get(key) == before
