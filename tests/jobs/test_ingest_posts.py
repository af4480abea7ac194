from __future__ import annotations

import hashlib
import io
import struct
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from PIL import Image
from pyspark.sql import SparkSession

from jobs import ingest_posts
from jobs.errors import HwaboError
from jobs.lake import Lake
from jobs.settings import Settings
from tests.jobs.landing_folder import jpeg, post, write_landing

MakeSettings = Callable[..., Settings]


def ingest(spark: SparkSession, settings: Settings) -> Lake:
    ingest_posts.run(spark, settings)
    return Lake(spark, settings.run.lake)


def rows(lake: Lake, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in lake.read(table).select(*columns).collect())


def apart(text: str) -> str:
    """The text with its letters taken apart, as some systems write it."""
    return unicodedata.normalize("NFD", text)


def png_bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


BAD_POSTS: dict[str, tuple[Mapping[str, object] | str, str]] = {
    "not json": ("{broken", "not a JSON object"),
    "wrong type": ('{"post_id": "x", "photos": "none"}', "not a JSON object"),
    "title not text": (post("x", title={"ko": "제목"}), "should be text"),
    "no service": (post("x", service=None), "names no service"),
    "unknown service": (post("x", service="tweet"), "unknown service tweet"),
    "no text": (post("x", title=" ", body=""), "neither title nor body"),
    "no id": (post(None, url=None), "neither post_id nor url"),
    "no date": (post("x", published_at=None), "no published_at"),
    "bad date": (post("x", published_at="2026-13-45T00:00:00+09:00"), "bad date 2026-13-45"),
    "date without offset": (post("x", published_at="2026-03-22T15:00:00"), "bad date 2026-03-22T15:00:00"),
}

BAD_PHOTOS: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "missing"),
    "empty": (b"", "empty"),
    "not an image": (b"<html>404 Not Found</html>", "not an image"),
    "truncated": (jpeg("blue", (640, 480))[:-200], "cut off"),
    "bomb": (png_bomb(), "decompression bomb"),
}


@pytest.fixture(scope="module")
def bad_lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """One landing folder with every kind of bad record, ingested once."""
    from jobs.settings import RunSettings, load_settings, parse_clock

    folder = tmp_path_factory.mktemp("bad")
    files = {f"photos/{kind}.jpg": content for kind, (content, _) in BAD_PHOTOS.items() if content is not None}
    named = [{"uri": f"photos/{kind}.jpg"} for kind in BAD_PHOTOS]
    named += [{"caption": "no address"}, {"uri": "../secret.jpg"}, {"uri": "https://photos.example/a.jpg"}, {"uri": "photos/red.jpg"}]
    records = [post("good", photos=named), *(record for record, _ in BAD_POSTS.values())]
    records += [post("twice"), post("twice", body="다른 글", published_at="2026-03-23T00:00:00+09:00"), post("twice")]
    landing = write_landing(
        folder / "landing",
        records,
        photos=files,
        celebrities="celebrity_id,name,aliases,groups,occupation\nc1,한가람,,,가수\n,이름뿐,,,배우\nc3,,,,배우\nc1,다른이,,,배우\n",
        places="place_id,name,aliases,service,address,reference_photos\np1,달빛식당,,restaurant,서울,photos/red.jpg\np2,별,,hotel,서울,\n",
        corrections=[{"action": "hide_photo", "photo_id": "x"}, {"action": "hide_photo"}, {"action": "delete"}, "{broken"],
    )
    (landing / "posts" / "readme.txt").write_text("not posts", encoding="utf-8")
    (landing / "posts" / "cut.jsonl.gz").write_bytes(bytes.fromhex("1f8b0800000000000003") + b"\x01\x02")
    (landing / "posts" / "bad.parquet").write_bytes(b"PAR1 no parquet")
    (landing / "posts" / "latin.jsonl").write_bytes(b'{"post_id": "l1", "service": "news", "title": "caf\xe9"}\n')
    run = RunSettings(lake=str(folder / "lake"), landing=str(landing), run_id="bad", now=parse_clock("2026-03-23T00:00:00Z"))
    return ingest(spark, load_settings(run))


def reasons(lake: Lake, record: str) -> list[str]:
    return [row["reason"] for row in lake.read("rejects").collect() if record in row["record"] or record in row["source"]]


@pytest.mark.parametrize("kind", BAD_POSTS)
def test_bad_post_is_refused_with_a_reason(bad_lake: Lake, kind: str) -> None:
    expected = BAD_POSTS[kind][1]
    found = [row["reason"] for row in bad_lake.read("rejects").where("source = 'posts/a.jsonl'").collect()]
    assert any(expected in reason for reason in found), found


@pytest.mark.parametrize("kind", BAD_PHOTOS)
def test_bad_photo_is_refused_with_a_reason(bad_lake: Lake, kind: str) -> None:
    assert [BAD_PHOTOS[kind][1] in reason for reason in reasons(bad_lake, f"photos/{kind}.jpg")] == [True]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("no address", "the photo has no address"),
        ("../secret.jpg", "leads out of the landing folder"),
        ("https://photos.example/a.jpg", "web addresses are not read"),
        ("다른 글", "duplicate id with different content"),
        ("이름뿐", "has no celebrity_id"),
        ('"celebrity_id":"c3"', "has no name"),
        ('"name":"한가람"', "duplicate id with different content"),
        ('"place_id":"p2"', "unknown service"),
        ("posts/readme.txt", "none of .jsonl"),
        ("posts/cut.jsonl.gz", "gzip file is damaged"),
        ("posts/bad.parquet", "Parquet file is damaged"),
        ("posts/latin.jsonl", "not UTF-8"),
        ('{"action": "hide_photo"}', "hide_photo needs photo_id"),
        ('{"action": "delete"}', "unknown action"),
    ],
)
def test_other_bad_input_is_refused_with_a_reason(bad_lake: Lake, record: str, expected: str) -> None:
    found = reasons(bad_lake, record)
    assert len(found) == 1, found
    assert expected in found[0]


def test_good_rows_beside_bad_ones_are_kept(bad_lake: Lake) -> None:
    assert rows(bad_lake, "posts", "post_id") == [("good",), ("twice",)]
    assert rows(bad_lake, "post_photos", "post_id", "position") == [("good", len(BAD_PHOTOS) + 3)]
    assert rows(bad_lake, "photos", "photo_id") == [(hashlib.sha256(jpeg("red")).hexdigest(),)]
    assert rows(bad_lake, "celebrities", "celebrity_id", "name") == [("c1", "다른이")]
    assert bad_lake.read("places").first()["reference_photos"] == [hashlib.sha256(jpeg("red")).hexdigest()]
    assert bad_lake.read("corrections").count() == 1


def test_formats_and_fields(spark: SparkSession, make_settings: MakeSettings, tmp_path: Path) -> None:
    photo = {"uri": "photos/red.jpg", "caption": "출국하는 한가람", "offset": 500}
    body = "가수 한가람이 출국했다."
    landing = write_landing(tmp_path / "landing", [post("j", body=body, photos=[photo])])
    write_landing(landing, [post(None, url="https://blog.example/7")], file="posts/하위 폴더+1/b.jsonl.gz")
    stream = io.BytesIO()
    Image.new("RGB", (10, 20)).save(stream, "PNG")
    (landing / "photos" / "small.png").write_bytes(stream.getvalue())
    frame = pd.DataFrame([post("p", photos=[{"uri": "photos/small.png"}], published_at=pd.Timestamp("2026-03-22T06:00:00Z"))])
    frame.to_parquet(landing / "posts" / "c.parquet")

    lake = ingest(spark, make_settings())

    derived = hashlib.sha256(b"https://blog.example/7").hexdigest()[:32]
    assert rows(lake, "posts", "post_id", "source") == sorted(
        [("j", "posts/a.jsonl"), (derived, "posts/하위 폴더+1/b.jsonl.gz"), ("p", "posts/c.parquet")]
    )
    clocks = {row["at"] for row in lake.read("posts").selectExpr("unix_timestamp(published_at) AS at").collect()}
    assert clocks == {int(pd.Timestamp("2026-03-22T06:00:00Z").timestamp())}
    assert rows(lake, "post_photos", "post_id", "position", "offset", "caption") == [
        ("j", 0, len(body), "출국하는 한가람"),
        ("p", 0, None, None),
    ]
    assert rows(lake, "photos", "uri", "format", "width", "height") == [
        ("photos/red.jpg", "JPEG", 64, 48),
        ("photos/small.png", "PNG", 10, 20),
    ]


def test_letters_are_composed_and_places_in_the_text_stay(spark: SparkSession, make_settings: MakeSettings, tmp_path: Path) -> None:
    title, body, caption, name = "한가람 출국", "한가람이 공항에 왔다.\n\n손을 흔들었다.", "손을 흔드는 한가람", "사진.jpg"
    photo = {"uri": f"photos/{name}", "caption": apart(caption), "offset": len(apart(body.split("\n")[0]))}
    record = post("n", title=apart(title), body=apart(body), press=apart("한밭일보"), photos=[photo, {"uri": "photos/red.jpg"}])
    celebrities = f"celebrity_id,name,aliases,groups,occupation\nc1,{apart('한가람')},{apart('가람|한별')},,가수\n"
    write_landing(tmp_path / "landing", [record], photos={apart(f"photos/{name}"): jpeg("blue")}, celebrities=celebrities)
    lake = ingest(spark, make_settings())
    assert rows(lake, "posts", "title", "body", "press") == [(title, body, "한밭일보")]
    assert rows(lake, "post_photos", "position", "offset", "caption") == [(0, len(body.split("\n")[0]), caption), (1, None, None)]
    assert rows(lake, "celebrities", "name", "aliases") == [("한가람", ["가람", "한별"])]
    assert rows(lake, "rejects", "record") == []


def test_incremental_runs_equal_one_run_and_repeat_nothing(spark: SparkSession, make_settings: MakeSettings, tmp_path: Path) -> None:
    first = [post("a", photos=[{"uri": "photos/red.jpg"}, {"uri": "photos/late.jpg"}]), post("b", published_at="2026-03-22T20:00:00+09:00")]
    second = [post("b", body="먼저 나온 글", published_at="2026-03-22T08:00:00+09:00"), post("c", photos=[{"uri": "photos/copy.jpg"}])]
    landing = write_landing(tmp_path / "landing", first)
    settings = make_settings()
    lake = ingest(spark, settings)
    assert rows(lake, "post_photos", "post_id", "position") == [("a", 0)]

    write_landing(landing, second, file="posts/0.jsonl", photos={"photos/late.jpg": jpeg("green"), "photos/copy.jpg": jpeg("red")})
    ingest(spark, settings)
    names = ("posts", "post_photos", "photos", "photo_references", "landing_photos", "celebrities", "places", "rejects", "landing_files")
    versions = {name: lake.version(name) for name in names}
    ingest(spark, settings)
    assert {name: lake.version(name) for name in names} == versions, "a run without new input must commit nothing"

    whole = ingest(spark, make_settings(lake=str(tmp_path / "whole")))
    for name in names:
        columns = [column for column in whole.read(name).columns if column not in ("ingested_at", "rejected_at")]
        assert rows(lake, name, *columns) == rows(whole, name, *columns), name
    assert rows(lake, "posts", "post_id", "body")[1] == ("b", "먼저 나온 글")
    assert rows(lake, "photos", "uri") == [("photos/copy.jpg",), ("photos/late.jpg",)]


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda _: None, "does not exist"),
        (lambda folder: folder.mkdir(), "holds no posts"),
        (lambda folder: write_landing(folder, ["{broken"]), "no record"),
        (lambda folder: write_landing(folder, [post()], celebrities="id,name\n1,비\n"), "has no column celebrity_id"),
    ],
)
def test_unusable_landing_folder_is_one_line_and_leaves_the_tables(
    spark: SparkSession, make_settings: MakeSettings, tmp_path: Path, prepare: Callable[[Path], object], message: str
) -> None:
    prepare(tmp_path / "landing")
    settings = make_settings()
    with pytest.raises(HwaboError, match=message) as raised:
        ingest_posts.run(spark, settings)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "lake" / "posts").exists()
