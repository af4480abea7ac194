from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from pyspark.sql import DataFrame, SparkSession
from pyspark.testing.utils import assertDataFrameEqual

from jobs import embed_photos
from jobs.embed_photos import measure, read_bundle, small_batches
from jobs.errors import HwaboError
from jobs.lake import Lake
from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from jobs.settings import Settings
from jobs.tables import TABLES
from tests.udfs import photo_files as files

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores

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


def test_photos_are_measured_and_bad_ones_keep_a_row_with_the_reason(
    spark: SparkSession, photos: DataFrame, make_settings: MakeSettings
) -> None:
    settings = make_settings()
    lake = Lake(spark, settings.run.lake)
    lake.append("photos", photos)
    report = embed_photos.run(spark, settings)
    assert (report.rows_in, report.rejected) == (7, 2)

    rows = {row["photo_id"]: row for row in lake.read("photo_features").toLocalIterator()}
    assert set(rows) == set(CONTENTS)
    for name in ("cut", "empty"):
        assert rows[name]["embedding"] is None
        assert rows[name]["quality"] is None
        assert rows[name]["people"] is None
    assert rows["empty"]["error"] == "the file is empty (0 bytes)"
    assert rows["cut"]["error"] == "the image file is cut off before its end"
    for name in ("airport", "airport_closer", "menu", "pixel"):
        row = rows[name]
        assert row["error"] is None
        assert np.linalg.norm(row["embedding"]) == pytest.approx(1, abs=1e-5)
        assert len(row["phash"]) == 16
        assert all(value is None or 0 <= value <= 1 for value in row["quality"])
        assert len(row["geometry"]) <= 2048
    assert (rows["airport"]["people"], rows["airport"]["photo_type"]) == (1, "person")
    assert rows["menu"]["people"] == 0
    assert rows["menu"]["appearance"] is None
    same = float(np.dot(rows["airport"]["appearance"], rows["airport_closer"]["appearance"]))
    other = float(np.dot(rows["airport"]["appearance"], rows["other_look"]["appearance"]))
    assert same > other

    rejects = {row["record"]: row["reason"] for row in lake.read("rejects").toLocalIterator()}
    assert rejects == {"cut": rows["cut"]["error"], "empty": rows["empty"]["error"]}
    tags = {row["photo_id"] for row in lake.read("photo_tags").where("source = 'visual'").toLocalIterator()}
    assert "menu" in tags


def test_a_second_run_does_nothing_and_a_new_photo_is_measured_alone(
    spark: SparkSession, photos: DataFrame, make_settings: MakeSettings
) -> None:
    settings = make_settings("photos.parts=[phash]")
    lake = Lake(spark, settings.run.lake)
    lake.append("photos", photos.where("photo_id in ('menu', 'pixel')"))
    embed_photos.run(spark, settings)
    assert embed_photos.run(spark, settings).rows_in == 0
    lake.append("photos", photos.where("photo_id = 'airport'"))
    report = embed_photos.run(spark, settings)
    assert report.rows_in == 1
    assert report.written["photo_features"].inserted == 1
    assert lake.read("photo_features").count() == 3


def test_the_measurements_do_not_depend_on_batches_or_tasks(spark: SparkSession, photos: DataFrame, make_settings: MakeSettings) -> None:
    together = make_settings()
    alone = make_settings("photos.batch_rows=1")
    results = []
    for settings, per_task in ((together, 100), (alone, 1)):
        with small_batches(spark, photos, settings.photos):
            measured = measure(photos, bundle=read_bundle(settings), count=7, photos_per_task=per_task)
            results.append(spark.createDataFrame(measured.collect(), measured.schema))
    assertDataFrameEqual(results[0], results[1], checkRowOrder=False, rtol=0, atol=0)


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


def test_a_network_of_the_site_is_used_and_another_file_in_its_place_is_refused(
    spark: SparkSession, photos: DataFrame, make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import torch

    class Means(torch.nn.Module):
        def forward(self, photo: torch.Tensor) -> torch.Tensor:
            return torch.nn.functional.adaptive_avg_pool2d(photo, 2).flatten(1)

    path = tmp_path_factory.mktemp("network") / "means.pt"
    torch.jit.trace(Means(), torch.zeros(1, 3, 64, 64)).save(str(path))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    chosen = (f"photos.network={path}", "photos.network_side=64", "photos.parts=[labels, phash]")
    settings = make_settings(*chosen, f"photos.network_sha256={digest}")
    lake = Lake(spark, settings.run.lake)
    lake.append("photos", photos.where("photo_id = 'menu'"))
    embed_photos.run(spark, settings)
    row = lake.read("photo_features").first()
    assert row is not None
    assert len(row["embedding"]) == 12
    assert row["labels"] is None
    assert row["model"] == f"means@{digest[:12]}"
    with pytest.raises(HwaboError, match="another file lies there"):
        read_bundle(make_settings(*chosen, "photos.network_sha256=" + "0" * 64))
    with pytest.raises(HwaboError, match="cannot be read"):
        read_bundle(make_settings("photos.network=/nowhere/network.onnx"))
