"""Real photos, with their sizes, EXIF rotations and odd formats, from the landing folder to the lake."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from pyspark.sql import SparkSession

from jobs import embed_photos, ingest_posts
from jobs.lake import Lake
from jobs.settings import Settings

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores

MakeSettings = Callable[..., Settings]

pillow_heif.register_heif_opener()


def converted(image: Image.Image, kind: str) -> bytes:
    """One real photo as a file of an odd kind."""
    buffer = io.BytesIO()
    if kind == "rotated":
        exif = Image.Exif()
        exif[274] = 6
        image.transpose(Image.Transpose.ROTATE_90).save(buffer, "JPEG", quality=92, exif=exif)
    elif kind == "cmyk":
        image.convert("CMYK").save(buffer, "JPEG", quality=92)
    elif kind == "sixteen":
        Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257).save(buffer, "PNG")
    elif kind == "palette":
        image.convert("P", palette=Image.Palette.ADAPTIVE).save(buffer, "PNG")
    elif kind == "animated":
        image.convert("P", palette=Image.Palette.ADAPTIVE).save(buffer, "GIF", save_all=True, append_images=[Image.new("P", image.size)])
    elif kind == "alpha":
        image.convert("LA").save(buffer, "PNG")
    else:
        image.save(buffer, {"heic": "HEIF", "avif": "AVIF", "webp": "WEBP", "tiff": "TIFF"}[kind])
    return buffer.getvalue()


KINDS = ("rotated", "cmyk", "sixteen", "palette", "animated", "alpha", "heic", "avif", "webp", "tiff")
PLAIN = (
    "people/detection1.jpg", "people/family1-mom1.jpg", "people/identification1.jpg", "places/100_kitchen.jpg", "places/100_frontal.jpg",
    "copies/ukbench00120.jpg", "copies/ukbench00120_rotation.jpg",
)  # fmt: skip


def write_landing(folder: Path, photos: Path) -> None:
    """Posts about a celebrity and a place around real photos; every odd kind is the same photo, and three files are no photos."""
    source = Image.open(photos / "people/detection1.jpg").convert("RGB")
    (folder / "posts").mkdir(parents=True)
    (folder / "photos").mkdir()
    names = []
    for name in PLAIN:
        target = name.replace("/", "-")
        (folder / "photos" / target).write_bytes((photos / name).read_bytes())
        names.append(target)
    for kind in KINDS:
        (folder / "photos" / f"{kind}.jpg").write_bytes(converted(source, kind))  # the extension is wrong for most of them
        names.append(f"{kind}.jpg")
    whole = (photos / "people/detection2.jpg").read_bytes()
    for name, content in (("cut.jpg", whole[: len(whole) // 2]), ("page.jpg", b"<!doctype html><title>404</title>"), ("empty.jpg", b"")):
        (folder / "photos" / name).write_bytes(content)
        names.append(name)
    post = {
        "post_id": "real-1", "service": "news", "url": "https://news.example/real-1", "title": "한소율, 인천공항 출국",
        "body": "배우 한소율이 1일 오후 인천국제공항을 통해 출국했다.", "published_at": "2026-03-01T15:00:00+09:00", "press": "가온일보",
        "photos": [{"uri": f"photos/{name}", "caption": "출국하는 한소율", "offset": 0} for name in names],
    }  # fmt: skip
    (folder / "posts" / "posts.jsonl").write_text(json.dumps(post, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "celebrities.csv").write_text("celebrity_id,name,aliases,groups,occupation\nhan-soyul,한소율,,,배우\n", encoding="utf-8")
    (folder / "places.csv").write_text("place_id,name,aliases,service,address,reference_photos\n", encoding="utf-8")


@pytest.fixture
def ingested(spark: SparkSession, make_settings: MakeSettings, tmp_path: Path, shared_data: Path) -> tuple[Settings, Lake]:
    write_landing(tmp_path / "landing", shared_data / "photos")
    settings = make_settings()
    ingest_posts.run(spark, settings)
    return settings, Lake(spark, settings.run.lake)


def test_real_photos_of_every_kind_are_ingested_and_measured(spark: SparkSession, ingested: tuple[Settings, Lake]) -> None:
    settings, lake = ingested
    photos = {row["uri"].rsplit("/", 1)[1]: row for row in lake.read("photos").drop("content").toLocalIterator()}
    assert set(photos) == {f"{kind}.jpg" for kind in KINDS} | {name.replace("/", "-") for name in PLAIN}
    reasons = {row["source"] + row["record"]: row["reason"] for row in lake.read("rejects").toLocalIterator()}
    for name, words in (("cut.jpg", "cut off"), ("page.jpg", "web page"), ("empty.jpg", "empty")):
        assert any(name in record and words in reason for record, reason in reasons.items()), f"{name}: {reasons}"
    upright = photos["people-detection1.jpg"]
    for kind in KINDS:
        row = photos[f"{kind}.jpg"]
        assert (row["width"], row["height"]) == (upright["width"], upright["height"]), kind

    embed_photos.run(spark, settings)
    features = {row["photo_id"]: row for row in lake.read("photo_features").toLocalIterator()}
    original = features[upright["photo_id"]]
    assert original["people"] == 1
    assert original["photo_type"] == "person"
    for kind in KINDS:
        row = features[photos[f"{kind}.jpg"]["photo_id"]]
        assert row["error"] is None, kind
        # grey versions lose their colours; all others must look the same to the network
        least = 0.55 if kind in {"sixteen", "alpha"} else 0.85
        assert float(np.dot(row["embedding"], original["embedding"])) > least, kind
        assert row["people"] == 1, kind
    kitchen = features[photos["places-100_kitchen.jpg"]["photo_id"]]
    assert (kitchen["people"], kitchen["photo_type"], kitchen["appearance"]) == (0, "interior", None)
    assert features[photos["people-identification1.jpg"]["photo_id"]]["people"] >= 2
