from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import DataFrame, SparkSession

from jobs import embed_photos, train_photo_models
from jobs.embed_photos import read_bundle
from jobs.lake import Lake
from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from jobs.settings import Settings
from jobs.tables import TABLES
from jobs.train_photo_models import chosen_photos, read_columns, read_labels
from tests.udfs import photo_files as files
from udfs.photo_heads import from_bytes
from udfs.quality import PARTS

MakeSettings = Callable[..., Settings]


def test_columns_come_through_petastorm_as_they_were_written(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    vectors = random.normal(size=(7, 5)).astype(np.float32)
    addresses = []
    for number, rows in enumerate((range(4), range(4, 7))):
        table = pa.table(
            {
                "subject": [f"제{row}" for row in rows],
                "joined": pa.array([vectors[row].tolist() for row in rows], pa.list_(pa.float32())),
                "face": pa.array([None if row % 2 else row / 10 for row in rows], pa.float64()),
                "step": pa.array(list(rows), pa.int32()),
            }
        )
        path = tmp_path / f"part-{number}.parquet"
        pq.write_table(table, path)
        addresses.append(path.as_uri())
    read = read_columns(addresses, ["subject", "joined", "face", "step"])
    assert read["subject"].tolist() == [f"제{row}" for row in range(7)]
    np.testing.assert_array_equal(np.stack(list(read["joined"])), vectors)
    np.testing.assert_array_equal(read["face"], [0.0, np.nan, 0.2, np.nan, 0.4, np.nan, 0.6])
    assert read["step"].tolist() == list(range(7))


def drawn(spark: SparkSession) -> DataFrame:
    """Twelve outfits and six scenes without people."""
    pictures = {
        f"photos/look-{look}.jpg": draw_photo(PhotoSpec("street", look, 0, ((Person(look, "female"), Look(3 * look)),), "half", (160, 200)))
        for look in range(12)
    }
    for number in range(3):
        pictures[f"photos/food-{number}.jpg"] = draw_photo(PhotoSpec("food", number, 0, (), "full", (160, 120)))
        pictures[f"photos/menu-{number}.jpg"] = draw_photo(PhotoSpec("menu", number, 0, (), "full", (160, 120)))
    contents = {uri: files.encode(picture, "JPEG", quality=92) for uri, picture in pictures.items()}
    rows = [(f"{n:02d}", uri, content, "JPEG", *pictures[uri].size, len(content)) for n, (uri, content) in enumerate(contents.items())]
    return spark.createDataFrame(rows, TABLES["photos"].schema)


def write_labels(folder: Path) -> str:
    lines = ["uri,type,subject"] + [f"look-{n}.jpg,person,look-{n // 2}" for n in range(12)]
    lines += [f"{kind}-{n}.jpg,{kind}," for kind in ("food", "menu") for n in range(3)]
    (folder / "labels.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(folder / "labels.csv")


@pytest.mark.slow  # measures some hundred pictures on Spark
def test_what_is_learned_is_written_tracked_and_used(spark: SparkSession, make_settings: MakeSettings, tmp_path: Path) -> None:
    import mlflow

    labels = write_labels(tmp_path)
    heads_file = tmp_path / "heads.npz"
    wanted = (f"training.photo_labels={labels}", f"training.photo_heads={heads_file}", "training.photo_views=3", "photos.heads=")
    settings = make_settings(*wanted, "photos.parts=[phash]", run_id="first")
    lake = Lake(spark, settings.run.lake)
    lake.append("photos", drawn(spark))
    embed_photos.run(spark, settings)

    chosen = chosen_photos(lake.read("photos"), read_labels(spark, labels), most=20).drop("content")
    subjects = {row["photo_id"]: (row["type"], row["subject"]) for row in chosen.toLocalIterator()}
    assert subjects["03"] == ("person", "look-1")
    assert subjects["12"] == ("food", "12")

    report = train_photo_models.run(spark, settings)
    assert report.rows_in == 18
    heads = from_bytes(heads_file.read_bytes())
    bundle = read_bundle(make_settings(f"photos.heads={heads_file}"))
    assert bundle.heads is not None
    assert heads.network == bundle.network.name
    assert heads.appearance is not None
    assert heads.types is not None
    assert heads.types.types == ("food", "menu", "person")
    assert heads.weights is not None
    assert bundle.weights == heads.weights
    assert set(heads.weights.parts) == set(PARTS)
    assert min(heads.weights.parts.values()) >= 0

    mlflow.set_tracking_uri(f"sqlite:///{tmp_path / 'mlflow.db'}")
    noted = mlflow.search_runs(experiment_names=["train_photo_models"])
    assert len(noted) == 1
    assert noted.loc[0, "params.network"] == heads.network
    assert 0.5 < noted.loc[0, "metrics.appearance_auc"] <= 1
    assert noted.loc[0, "metrics.quality_order_kept"] > 0.8
    assert 0 <= noted.loc[0, "metrics.type_accuracy"] <= 1
    assert train_photo_models.run(spark, make_settings(*wanted, "photos.parts=[phash]", run_id="second")).rows_in == 0
