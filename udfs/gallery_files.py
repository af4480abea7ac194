"""Writes the gallery's files on the executors: pages from templates, photos without metadata; only what differs is written."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
from jinja2 import DictLoader, Environment, StrictUndefined
from PIL import Image
from pyarrow import fs

from udfs.decode import decode
from udfs.fetch import file_system

_ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2}|$)")


class Folder:
    """A folder on this machine or on a file system that pyarrow knows (HDFS, S3, GCS).

    Args:
        address: absolute path or URI.
    """

    def __init__(self, address: str) -> None:
        self._files, root = file_system(address)
        self._root = root.rstrip("/")

    def names(self, folder: str) -> set[str]:
        """The names of the files in a folder below; none when it does not exist."""
        selector = fs.FileSelector(f"{self._root}/{folder}", allow_not_found=True)
        return {info.base_name for info in self._files.get_file_info(selector) if info.type == fs.FileType.File}

    def is_empty(self) -> bool:
        """Whether nothing lies there, or there is no such folder."""
        return not self._files.get_file_info(fs.FileSelector(self._root or "/", allow_not_found=True))

    def read(self, path: str) -> bytes | None:
        """The content of a file below; None when there is none."""
        full = f"{self._root}/{path}"
        if self._files.get_file_info(full).type != fs.FileType.File:
            return None
        with self._files.open_input_stream(full) as stream:
            return bytes(stream.read())

    def delete(self, path: str) -> None:
        """Deletes a file below."""
        self._files.delete_file(f"{self._root}/{path}")

    def write(self, path: str, content: bytes) -> bool:
        """Writes a file below unless it holds just that; returns whether it was written."""
        full = f"{self._root}/{path}"
        info = self._files.get_file_info(full)
        if info.type == fs.FileType.File and info.size == len(content) and self.read(path) == content:
            return False
        self._files.create_dir(full.rpartition("/")[0], recursive=True)
        with self._files.open_output_stream(full) as stream:
            stream.write(content)
        return True


def _clean_jpeg(image: Image.Image, side: int, quality: int) -> bytes:
    small = image.convert("RGB")
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    # Pixels alone go into the new picture: no EXIF (and so no place), no comment, no colour profile, no embedded preview.
    clean = Image.frombytes("RGB", small.size, small.tobytes())
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def render(templates: Mapping[str, str], template: str, data: Mapping[str, Any]) -> str:
    """A page from its template; everything that comes from data is escaped."""
    return _environment(tuple(sorted(templates.items()))).get_template(template).render(data)


@lru_cache(maxsize=2)
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    environment = Environment(
        loader=DictLoader(dict(templates)), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["web_address"] = web_address
    environment.filters["readable"] = readable
    return environment


def web_address(address: str | None) -> str:
    """The address when it is one of the web, else "": no javascript: or data: address of a post becomes a link."""
    text = (address or "").strip()
    return text if text.lower().startswith(("http://", "https://")) else ""


def readable(tags: Sequence[str] | None) -> list[str]:
    """Tags that a person reads: without normalised dates such as 2026-01-31T14:00, which the page shows in words."""
    return [tag for tag in tags or [] if not _ISO_DATE.match(tag)]


def write_pages(
    batches: Iterable[pd.DataFrame], *, out: str, templates: Mapping[str, str], shared: Mapping[str, Any]
) -> Iterator[pd.DataFrame]:
    """Renders and writes pages.

    Args:
        batches: frames of path, template (empty: `data` is the file itself) and data (JSON of what the template shows).
        out: folder of the gallery.
        templates: by name.
        shared: what every page shows.

    Yields:
        Frames of path and written (whether the file differed).
    """
    folder = Folder(out)
    for batch in batches:
        written = []
        for path, template, data in zip(batch["path"], batch["template"], batch["data"], strict=True):
            page = render(templates, template, {**shared, **json.loads(data), "root": "../" * path.count("/")}) if template else data
            written.append(folder.write(path, page.encode()))
        yield pd.DataFrame({"path": batch["path"], "written": written})


def tidy_folders(batches: Iterable[pd.DataFrame], *, out: str) -> Iterator[pd.DataFrame]:
    """Removes files that are no longer wanted and tells which wanted ones are missing.

    Args:
        batches: frames of folder and names (array: the files that it should hold).
        out: folder of the gallery.

    Yields:
        Frames of folder, name (of a missing file; None for a removed one) and removed (its name; None for a missing one).
    """
    root = Folder(out)
    for batch in batches:
        rows: list[tuple[str, str | None, str | None]] = []
        for folder, names in zip(batch["folder"], batch["names"], strict=True):
            wanted, present = set(names), root.names(folder)
            for extra in sorted(present - wanted):
                root.delete(f"{folder}/{extra}")
                rows.append((folder, None, extra))
            rows.extend((folder, name, None) for name in sorted(wanted - present))
        yield pd.DataFrame(rows, columns=["folder", "name", "removed"])


def write_photos(batches: Iterable[pd.DataFrame], *, out: str, quality: int) -> Iterator[pd.DataFrame]:
    """Writes photos in the sizes that are missing; each is decoded once.

    Args:
        batches: frames of content, paths (array) and sides (array, pixels, in the order of paths).
        out: folder of the gallery.
        quality: of the JPEG files.

    Yields:
        Frames of written (number of files).
    """
    folder = Folder(out)
    for batch in batches:
        written = []
        for content, paths, sides in zip(batch["content"], batch["paths"], batch["sides"], strict=True):
            written.append(_write_sizes(folder, content, list(paths), [int(side) for side in sides], quality))
        yield pd.DataFrame({"written": written})


def _write_sizes(folder: Folder, content: bytes | None, paths: Sequence[str], sides: Sequence[int], quality: int) -> int:
    image, _ = decode(content, max(sides))
    if image is None:
        return 0
    return sum(folder.write(path, _clean_jpeg(image, side, quality)) for path, side in zip(paths, sides, strict=True))
