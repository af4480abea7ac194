"""Real photos, with their sizes, EXIF rotations and odd formats, from the landing folder to timelines, summaries, search and gallery."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from pyspark.sql import SparkSession

from jobs.build import build
from jobs.lake import Lake
from jobs.search import search
from jobs.settings import RunSettings, Settings, load_settings, parse_clock

pytestmark = pytest.mark.slow  # the whole pipeline, more than a minute on two cores

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
    "people/detection1.jpg", "people/family1-mom1.jpg", "people/family1-mom2.jpg", "people/identification1.jpg",
    "copies/ukbench00120.jpg", "copies/ukbench00120_hflip.jpg", "copies/ukbench00120_resize.jpg",
)  # fmt: skip
DISHES = ("bibimbap", "beet_salad", "baklava", "beignets")
ROOMS = ("places/100_kitchen.jpg", "places/54_kitchen.jpg", "places/100_frontal.jpg")
CASTLE = tuple(f"landmarks/sceaux_castle/100_710{number}.jpg" for number in range(4))


class Landing:
    """A landing folder that is filled with real photos and posts about them."""

    def __init__(self, folder: Path, photos: Path) -> None:
        self.folder, self.photos = folder, photos
        self.posts: list[str] = []
        for name in ("posts", "photos"):
            (folder / name).mkdir(parents=True)

    def file(self, name: str, content: bytes) -> str:
        (self.folder / "photos" / name).write_bytes(content)
        return name

    def real(self, name: str) -> str:
        """One of the shared photos, byte by byte."""
        return self.file(name.replace("/", "-"), (self.photos / name).read_bytes())

    def post(
        self, service: str, title: str, body: str, names: list[str], *, day: int, caption: str = "", place_id: str | None = None
    ) -> None:
        row = {
            "post_id": f"real-{len(self.posts)}", "service": service, "url": f"https://{service}.example/real-{len(self.posts)}",
            "title": title, "body": body, "published_at": f"2026-03-{day:02d}T15:00:00+09:00", "press": "가온일보", "place_id": place_id,
            "photos": [{"uri": f"photos/{name}", "caption": caption, "offset": len(body) // 2} for name in names],
        }  # fmt: skip
        self.posts.append(json.dumps(row, ensure_ascii=False))

    def write(self) -> None:
        (self.folder / "posts" / "posts.jsonl").write_text("\n".join(self.posts) + "\n", encoding="utf-8")


def write_landing(folder: Path, photos: Path) -> None:
    """Posts about a celebrity and two places around real photos; every odd kind is the same photo, and three files are no photos."""
    landing = Landing(folder, photos)
    source = Image.open(photos / "people/detection1.jpg").convert("RGB")
    names = [landing.real(name) for name in PLAIN]
    names += [landing.file(f"{kind}.jpg", converted(source, kind)) for kind in KINDS]  # the extension is wrong for most of them
    whole = (photos / "people/detection2.jpg").read_bytes()
    broken = {"cut.jpg": whole[: len(whole) // 2], "page.jpg": b"<!doctype html><title>404</title>", "empty.jpg": b""}
    names += [landing.file(name, content) for name, content in broken.items()]
    lead = "배우 한소율이 1일 오후 인천국제공항을 통해 출국했다."
    landing.post("news", "한소율, 인천공항 출국", f"{lead} 한소율은 취재진을 향해 손을 흔들었다.", names, day=1, caption="출국하는 한소율")
    landing.post(
        "news", "[포토] 한소율, 공항패션", f"{lead} 이날 한소율은 밝은 미소를 지었다.", [landing.real("people/family1-mom1.jpg")], day=1
    )
    rooms = [landing.real(name) for name in ROOMS]
    for day, dish in enumerate(DISHES, 3):
        files = sorted((photos / "food" / dish).glob("*.jpg"))[:3]
        plates = [landing.real(str(path.relative_to(photos))) for path in files]
        body = "점심에 들렀다. 대표 메뉴를 주문했는데 양이 푸짐하고 맛있었다. 매장은 넓고 깨끗했다."
        landing.post("review", "온새미식당 후기", body, [*plates, rooms[day % 3]], day=day, place_id="onsaemi")
    for day, name in enumerate(CASTLE, 10):
        body = "주말에 다온성에 다녀왔다. 성 앞에서 사진을 찍었는데 풍경이 멋졌다."
        landing.post("review", "다온성 나들이", body, [landing.real(name)], day=day, place_id="daon")
    landing.write()
    (folder / "celebrities.csv").write_text("celebrity_id,name,aliases,groups,occupation\nhan-soyul,한소율,,,배우\n", encoding="utf-8")
    reference = landing.real("landmarks/sceaux_castle/100_7105.jpg")
    places = [
        "place_id,name,aliases,service,address,reference_photos", "onsaemi,온새미식당,,restaurant,서울 마포구,",
        f"daon,다온성,,attraction,경기 수원시,photos/{reference}",
    ]  # fmt: skip
    (folder / "places.csv").write_text("\n".join(places) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def built(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> tuple[Settings, Lake]:
    folder = tmp_path_factory.mktemp("real")
    write_landing(folder / "landing", shared_data / "photos")
    run = RunSettings(
        lake=str(folder / "lake"), landing=str(folder / "landing"), run_id="real", now=parse_clock("2026-03-20T09:00:00+09:00")
    )
    settings = load_settings(run, overrides=[f"gallery.out={folder / 'gallery'}"])
    build(spark, settings)
    return settings, Lake(spark, settings.run.lake)


def ids_by_name(lake: Lake) -> dict[str, str]:
    return {row["uri"].rsplit("/", 1)[1]: row["photo_id"] for row in lake.read("landing_photos").where("photo_id is not null").collect()}


def test_photos_of_every_kind_are_read_upright_and_broken_ones_refused(built: tuple[Settings, Lake]) -> None:
    lake = built[1]
    ids = ids_by_name(lake)
    photos = {row["photo_id"]: row for row in lake.read("photos").drop("content").collect()}
    upright = photos[ids["people-detection1.jpg"]]
    for kind in KINDS:
        row = photos[ids[f"{kind}.jpg"]]
        assert (row["width"], row["height"]) == (upright["width"], upright["height"]), kind
    reasons = {row["source"] + row["record"]: row["reason"] for row in lake.read("rejects").collect()}
    for name, words in (("cut.jpg", "cut off"), ("page.jpg", "web page"), ("empty.jpg", "empty")):
        assert any(name in record and words in reason for record, reason in reasons.items()), f"{name}: {reasons}"


def test_what_they_show_is_measured_alike_whatever_the_format(built: tuple[Settings, Lake]) -> None:
    lake = built[1]
    ids = ids_by_name(lake)
    features = {row["photo_id"]: row for row in lake.read("photo_features").collect()}
    original = features[ids["people-detection1.jpg"]]
    assert original["people"] == 1
    assert original["photo_type"] == "person"
    for kind in KINDS:
        row = features[ids[f"{kind}.jpg"]]
        assert row["error"] is None, kind
        # grey versions lose their colours; all others must look the same to the network
        least = 0.55 if kind in {"sixteen", "alpha"} else 0.85
        assert float(np.dot(row["embedding"], original["embedding"])) > least, kind
        assert row["people"] == 1, kind
    kitchen = features[ids["places-100_kitchen.jpg"]]
    assert (kitchen["people"], kitchen["photo_type"], kitchen["appearance"]) == (0, "interior", None)
    assert features[ids["people-identification1.jpg"]]["people"] >= 2


def test_conversions_are_copies_and_two_shots_of_a_castle_are_not(built: tuple[Settings, Lake]) -> None:
    lake = built[1]
    ids = ids_by_name(lake)
    groups = {row["photo_id"]: row["group_id"] for row in lake.read("photo_copies").collect()}
    group = groups[ids["people-detection1.jpg"]]
    assert {kind for kind in KINDS if groups[ids[f"{kind}.jpg"]] != group} == set()
    assert len({groups[ids[f"copies-ukbench00120{edit}.jpg"]] for edit in ("", "_hflip", "_resize")}) == 1
    castles = [groups[ids[name.replace("/", "-")]] for name in CASTLE]
    assert len(set(castles)) == len(castles)
    assert groups[ids["people-family1-mom1.jpg"]] != groups[ids["people-family1-mom2.jpg"]]


def test_the_timeline_has_the_event_and_shows_no_copy_twice(spark: SparkSession, built: tuple[Settings, Lake]) -> None:
    settings, lake = built
    event = lake.read("events").collect()
    assert [(row["celebrity_id"], row["kind"], row["posts"]) for row in event] == [("han-soyul", "airport_departure", 2)]
    assert lake.read("events").selectExpr("date_format(starts_at, 'yyyy-MM-dd')").first() == ("2026-03-01",)
    photos = lake.read("event_photos").collect()
    assert {row["photo_id"] for row in photos} == {
        ids for name, ids in ids_by_name(lake).items() if not name.startswith(("food", "places", "land"))
    }
    assert all(row["verdict"] and row["reason"] for row in photos)
    groups = {row["photo_id"]: row["group_id"] for row in lake.read("photo_copies").collect()}
    kept = [groups[row["photo_id"]] for row in photos if row["verdict"] == "kept"]
    assert len(kept) == len(set(kept))
    assert groups[ids_by_name(lake)["people-detection1.jpg"]] in kept  # the one whom most of the photos show
    found = search(spark, settings, "한소율 출국").where("found = 'event'").first()
    assert found is not None
    assert found["id"] == event[0]["event_id"]


def test_summaries_of_places_begin_with_what_their_kind_asks_for(built: tuple[Settings, Lake]) -> None:
    lake = built[1]
    names = {photo_id: name for name, photo_id in ids_by_name(lake).items()}
    rows = [row for row in lake.read("place_photos").collect() if row["place_id"] == "onsaemi"]
    plates = [row for row in rows if names[row["photo_id"]].startswith("food")]
    assert len(plates) == 3 * len(DISHES)
    assert sum(row["topic"] == "food" for row in plates) >= 0.7 * len(plates)
    first = lake.read("place_topics").where("place_id = 'onsaemi'").orderBy("rank").first()
    assert first["topic"] == "food"
    castle = lake.read("place_photos").where("place_id = 'daon' and verdict = 'kept'").count()
    assert castle >= 1


def test_the_gallery_shows_them_without_their_private_metadata(built: tuple[Settings, Lake]) -> None:
    gallery = Path(built[0].gallery.out)
    pages = list(gallery.rglob("*.html"))
    assert any("한소율" in page.read_text(encoding="utf-8") for page in pages)
    pictures = [path for path in gallery.rglob("*") if path.suffix in {".jpg", ".jpeg", ".webp", ".png"}]
    assert pictures
    assert all(not Image.open(path).getexif() for path in pictures)
