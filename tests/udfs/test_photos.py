from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image
from pyspark.sql.pandas.types import to_arrow_schema

from jobs.embed_photos import MEASURED, read_bundle
from jobs.errors import HwaboError
from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from jobs.settings import Settings
from tests.udfs import photo_files as files
from udfs.photos import Bundle, PhotoDescriber, describe_batches

MakeSettings = Callable[..., Settings]

CONTENTS = {
    "person": files.encode(draw_photo(PhotoSpec("street", 2, 0, ((Person(4, "male"), Look(8)),), "half", (240, 320))), "JPEG", quality=92),
    "food": files.encode(draw_photo(PhotoSpec("food", 3, 0, (), "full", (200, 180))), "PNG"),
    "pixel": files.encode(Image.new("RGB", (1, 1)), "PNG"),
    "foreign": b"<!doctype html>",
}


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    from datetime import UTC, datetime

    from jobs.settings import RunSettings, load_settings

    return read_bundle(load_settings(RunSettings(lake="", now=datetime(2026, 3, 20, tzinfo=UTC), run_id="test")))


def described(bundle: Bundle, batches: list[list[str]]) -> dict[str, dict[str, object]]:
    sent = [
        pa.RecordBatch.from_pylist([{"photo_id": name, "content": CONTENTS[name], "width": 240, "height": 320} for name in names])
        for names in batches
    ]
    found = describe_batches(sent, bundle, to_arrow_schema(MEASURED))
    return {row["photo_id"]: row for batch in found for row in batch.to_pylist()}


def test_the_measurements_do_not_depend_on_batches_or_their_order(bundle: Bundle) -> None:
    together = described(bundle, [["person", "food", "pixel", "foreign"]])
    apart = described(bundle, [["foreign"], ["pixel"], ["food", "person"]])
    assert set(together) == set(apart) == set(CONTENTS)
    for name, row in together.items():
        for column, value in row.items():
            np.testing.assert_array_equal(value, apart[name][column], err_msg=f"{name} {column}")
    assert together["foreign"]["error"] == "not an image but a web page"
    assert together["foreign"]["embedding"] is None


def test_a_photo_that_breaks_a_library_keeps_its_row(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    describer = PhotoDescriber(bundle)

    def breaks(_: Image.Image) -> object:
        raise MemoryError("no room")

    monkeypatch.setattr(describer._finder, "find", breaks)
    row = describer.describe(CONTENTS["person"], (240, 320))
    assert row["error"] == "the photo could not be measured (MemoryError: no room)"
    assert row["embedding"] is None
    assert row["tags"] == []


def test_a_network_of_the_site_is_used_and_another_file_in_its_place_is_refused(make_settings: MakeSettings, tmp_path: Path) -> None:
    import torch

    class Means(torch.nn.Module):
        def forward(self, photo: torch.Tensor) -> torch.Tensor:
            return torch.nn.functional.adaptive_avg_pool2d(photo, 2).flatten(1)

    path = tmp_path / "means.pt"
    torch.jit.trace(Means(), torch.zeros(1, 3, 64, 64)).save(str(path))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    chosen = (f"photos.network={path}", "photos.network_side=64")
    settings = make_settings(*chosen, f"photos.network_sha256={digest}")
    row = PhotoDescriber(read_bundle(settings)).describe(CONTENTS["person"], (240, 320))
    assert row["error"] is None
    assert len(row["embedding"]) == 12
    assert row["labels"] is None
    assert row["model"] == f"means@{digest[:12]}"
    assert row["people"] == 1
    assert len(row["appearance"]) > 12
    with pytest.raises(HwaboError, match="another file lies there"):
        read_bundle(make_settings(*chosen, "photos.network_sha256=" + "f" * 64))
    with pytest.raises(HwaboError, match="cannot be read"):
        read_bundle(make_settings("photos.network=/nowhere/network.onnx"))
