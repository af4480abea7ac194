"""Writing the gallery's files: what differs is written, what is gone is removed, photos keep nothing but pixels."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from jinja2 import UndefinedError
from PIL import Image

from udfs.gallery_files import Folder, readable, render, tidy_folders, web_address, write_pages, write_photos

TEMPLATES = {"page.html": '<a href="{{ root }}index.html">{{ title }}</a>{{ label }}'}


def photo(width: int = 300, height: int = 200) -> bytes:
    pixels = np.random.default_rng(5).integers(0, 255, (height, width, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "SECRET"
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", exif=exif, comment=b"SECRET", icc_profile=b"SECRET" * 40)
    return buffer.getvalue()


def test_a_page_is_rendered_escaped_and_written_once(tmp_path: Path) -> None:
    batch = pd.DataFrame(
        {"path": ["c/a.html", "data/b.js"], "template": ["page.html", ""], "data": [json.dumps({"title": "<비 & 바람>"}), "X(1);"]}
    )
    runs = [next(write_pages([batch], out=str(tmp_path), templates=TEMPLATES, shared={"label": "행사"})) for _ in range(2)]
    assert (tmp_path / "c" / "a.html").read_text(encoding="utf-8") == '<a href="../index.html">&lt;비 &amp; 바람&gt;</a>행사'
    assert (tmp_path / "data" / "b.js").read_text() == "X(1);"
    assert [list(run["written"]) for run in runs] == [[True, True], [False, False]]


def test_a_value_that_is_missing_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        render(TEMPLATES, "page.html", {"root": "", "title": "x"})


def test_folders_are_tidied_and_missing_files_told(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    folder.write("photos/ab/old.jpg", b"1")
    folder.write("photos/ab/kept.jpg", b"2")
    batch = pd.DataFrame({"folder": ["photos/ab", "photos/cd"], "names": [["kept.jpg", "new.jpg"], []]})
    told = next(tidy_folders([batch], out=str(tmp_path)))
    assert told.to_dict("records") == [
        {"folder": "photos/ab", "name": None, "removed": "old.jpg"},
        {"folder": "photos/ab", "name": "new.jpg", "removed": None},
    ]
    assert folder.names("photos/ab") == {"kept.jpg"}


def test_photos_are_upright_small_and_without_metadata(tmp_path: Path) -> None:
    batch = pd.DataFrame({"content": [photo(), b"no photo"], "paths": [["a-1.jpg", "a-2.jpg"], ["b.jpg"]], "sides": [[150, 600], [150]]})
    assert list(next(write_photos([batch], out=f"file://{tmp_path}", quality=80))["written"]) == [2, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-1.jpg", "a-2.jpg"]
    for name, size in (("a-1.jpg", (100, 150)), ("a-2.jpg", (200, 300))):
        content = (tmp_path / name).read_bytes()
        assert b"SECRET" not in content
        with Image.open(io.BytesIO(content)) as image:
            assert image.size == size
            assert not image.getexif()
            assert not {"icc_profile", "comment", "exif"} & set(image.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_where_a_photo_was_taken_is_never_copied(kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 27.0, 45.125), 3: "E", 4: (126.0, 26.0, 27.5), 0x1D: "2026:03:01"})
    exif[0x0110] = "SECRET CAMERA"
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><gps>37,27.752N SECRET</gps></x:xmpmeta>'
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 150)).save(buffer, kind, exif=exif, xmp=packet)
    content = buffer.getvalue()
    with Image.open(io.BytesIO(content)) as before:
        assert before.getexif().get_ifd(0x8825), "the photo that goes in must hold a place, or the test shows nothing"
    batch = pd.DataFrame({"content": [content], "paths": [["a.jpg"]], "sides": [[64]]})
    assert list(next(write_photos([batch], out=str(tmp_path), quality=80))["written"]) == [1]
    published = (tmp_path / "a.jpg").read_bytes()
    for word in (b"SECRET", b"Exif", b"GPS", b"xmp", b"37,27"):
        assert word not in published
    with Image.open(io.BytesIO(published)) as after:
        assert not after.getexif()
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_only_addresses_of_the_web_become_links() -> None:
    assert web_address(" https://news.example/1 ") == "https://news.example/1"
    assert [web_address(text) for text in ("javascript:alert(1)", "data:text/html,x", "", None, "JavaScript:x")] == [""] * 5


def test_normalised_dates_are_not_shown_as_tags() -> None:
    assert readable(["공항", "2026-01-31", "2026-01-31T14:00", "2026-01", "2026년 1월", "2026-01-31/2026-02-02"]) == ["공항", "2026년 1월"]
    assert readable(None) == []
