"""Addresses of photos, and their bytes from this machine's disk."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from udfs.fetch import MISSING, describe_files, fetch_contents, locate, read_bytes


def picture(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("uri", "address", "reason"),
    [
        ("photos/a.jpg", "file:/landing/photos/a.jpg", None),
        ("/else/a.jpg", "/else/a.jpg", None),
        ("s3://bucket/a.jpg", "s3://bucket/a.jpg", None),
        ("photos/../../a.jpg", None, "the address leads out of the landing folder"),
        ("HTTPS://web.example/a.jpg", None, "web addresses are not read: land the file and name its path"),
        ("https://[half/a.jpg", None, "web addresses are not read: land the file and name its path"),
        ("//[half/a.jpg", "//[half/a.jpg", None),  # what no parser of addresses takes
    ],
)
def test_where_a_photo_lies(uri: str, address: str | None, reason: str | None) -> None:
    assert locate(uri, "file:/landing/") == (address, reason)


@pytest.mark.parametrize("uri", ["//[half/a.jpg", "none.png", "a\x00b.png", "x" * 300 + ".png", "nosuch://[host/a.png", "file:///%zz"])
def test_an_address_without_a_file_has_a_reason(uri: str, tmp_path: Path) -> None:
    (row,) = next(describe_files([pd.DataFrame({"uri": [uri]})], root=str(tmp_path), byte_limit=999, pixel_limit=999)).to_dict("records")
    assert row["photo_id"] is None
    assert row["reason"].startswith("the photo ")


def test_names_with_marks_of_addresses_are_found_as_they_stand_and_as_addresses_write_them(tmp_path: Path) -> None:
    (tmp_path / "50%25 할인#1.png").write_bytes(b"literal")
    (tmp_path / "봄 꽃.png").write_bytes(b"spelled")
    assert read_bytes(f"file:{tmp_path}/50%25 할인#1.png", 99) == (b"literal", None)
    assert read_bytes(f"file://{tmp_path}/%EB%B4%84%20%EA%BD%83.png", 99) == (b"spelled", None)
    assert read_bytes(f"file://{tmp_path}/%EA%BD%83.png", 99) == (None, MISSING)


def test_a_name_is_found_in_either_form_of_its_letters(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "사진.png")).write_bytes(b"apart")
    (tmp_path / "그림.png").write_bytes(b"together")
    assert read_bytes(f"{tmp_path}/사진.png", 99) == (b"apart", None)
    assert read_bytes(f"file://{tmp_path}/{unicodedata.normalize('NFD', '그림.png')}", 99) == (b"together", None)
    assert read_bytes(f"{tmp_path}/없음.png", 99) == (None, MISSING)


def test_contents_come_in_portions_and_without_files_that_changed(tmp_path: Path) -> None:
    contents = {f"{colour}.png": picture(colour) for colour in ("red", "green", "blue", "white", "black")}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    described = pd.DataFrame([{"uri": name, "photo_id": hashlib.sha256(content).hexdigest()} for name, content in contents.items()])
    (tmp_path / "blue.png").write_bytes(picture("pink"))
    size = max(map(len, contents.values()))
    portions = list(fetch_contents([described], root=str(tmp_path), byte_limit=9999, batch_bytes=size + 1))
    assert [list(portion["uri"]) for portion in portions] == [["red.png", "green.png"], ["white.png", "black.png"]]
    assert all(contents[row.uri] == row.content for portion in portions for row in portion.itertuples())
