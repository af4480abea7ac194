"""Reads photo files on the executors, by address, and never raises for a file that cannot be had."""

from __future__ import annotations

import gzip
import hashlib
import io
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pandas as pd
from pyarrow import fs

from udfs.decode import inspect

MISSING = "the photo is missing: no file at this address"
UNREADABLE = "the photo cannot be read"
# pyarrow's names for Hadoop's
_SCHEMES = {"s3a": "s3", "s3n": "s3"}


def locate(uri: str, root: str) -> tuple[str | None, str | None]:
    """The full address of a photo, or why it has none.

    Args:
        uri: absolute (with a scheme, or a path from "/"), or relative to the landing folder.
        root: full address of the landing folder.

    Returns:
        (address, None) or (None, reason).
    """
    if uri.partition(":")[0].lower() in {"http", "https"}:
        return None, "web addresses are not read: land the file and name its path"
    if uri.startswith("/") or "://" in uri or uri.startswith("file:"):
        return uri, None
    if ".." in PurePosixPath(uri).parts:
        return None, "the address leads out of the landing folder"
    return f"{root.rstrip('/')}/{uri}", None


def read_bytes(address: str, limit: int) -> tuple[bytes | None, str | None]:
    """The bytes of a file on this machine or on a file system that pyarrow knows (HDFS, S3, GCS, or any with an fsspec driver).

    Args:
        address: full address.
        limit: most bytes.

    Returns:
        (bytes, None) or (None, reason).
    """
    try:
        filesystem, path = file_system(address)
        info = filesystem.get_file_info(path)
        if info.type == fs.FileType.NotFound and not address.isascii():
            # some systems write a file's name in letters taken apart, or put together, otherwise than the post that names it
            forms = (unicodedata.normalize(form, path) for form in ("NFC", "NFD"))
            info = next((other for other in map(filesystem.get_file_info, forms) if other.type == fs.FileType.File), info)
        if info.type != fs.FileType.File:
            return None, MISSING
        if info.size > limit:
            return None, f"the photo file has {info.size:,} bytes, more than {limit:,}"
        with filesystem.open_input_stream(info.path) as stream:
            return stream.read(), None
    except FileNotFoundError:
        return None, MISSING
    except Exception as error:  # drivers raise what they like; the reason goes to `rejects` and the next run tries again
        return None, f"{UNREADABLE} ({type(error).__name__})"


def gzip_error(content: bytes | None) -> str | None:
    """Why a gzip file cannot be read to its end; None when it can. Holds no more than a megabyte of its text at a time."""
    try:
        with gzip.open(io.BytesIO(content or b"")) as stream:
            while stream.read(1 << 20):
                continue
    except (EOFError, OSError, zlib.error):
        return "the gzip file is damaged or cut off"
    return None


def describe_files(batches: Iterable[pd.DataFrame], *, root: str, byte_limit: int, pixel_limit: int) -> Iterator[pd.DataFrame]:
    """For frames of uri: what lies there.

    Returns:
        Frames of uri, photo_id (SHA-256 of the bytes), format, width, height, bytes, reason; either photo_id or reason is null.
    """
    for batch in batches:
        rows = [_describe(uri, root, byte_limit, pixel_limit) for uri in batch["uri"]]
        frame = pd.DataFrame(rows, columns=["uri", "photo_id", "format", "width", "height", "bytes", "reason"])
        yield frame.astype({"width": "Int32", "height": "Int32", "bytes": "Int64"})


def fetch_contents(batches: Iterable[pd.DataFrame], *, root: str, byte_limit: int, batch_bytes: int) -> Iterator[pd.DataFrame]:
    """Adds the bytes (column content) to frames of described photos, at most about `batch_bytes` at a time.

    A file that changed since it was described is left out: the next run describes it again.
    """
    for batch in batches:
        held: list[bytes] = []
        rows: list[int] = []
        size = 0
        for row, (uri, photo_id) in enumerate(zip(batch["uri"], batch["photo_id"], strict=True)):
            address, _ = locate(uri, root)
            content = read_bytes(address, byte_limit)[0] if address else None
            if content is None or hashlib.sha256(content).hexdigest() != photo_id:
                continue
            held.append(content)
            rows.append(row)
            size += len(content)
            if size >= batch_bytes:
                yield batch.iloc[rows].assign(content=held)
                held, rows, size = [], [], 0
        if rows:
            yield batch.iloc[rows].assign(content=held)


def _describe(uri: str, root: str, byte_limit: int, pixel_limit: int) -> tuple[object, ...]:
    address, reason = locate(uri, root)
    content = None
    if address:
        content, reason = read_bytes(address, byte_limit)
    if content is None:
        return (uri, None, None, None, None, None, reason)
    header = inspect(content, pixel_limit=pixel_limit)
    if header.error:
        return (uri, None, None, None, None, None, header.error)
    photo_id = hashlib.sha256(content).hexdigest()
    return (uri, photo_id, header.format, header.width, header.height, len(content), None)


def file_system(address: str) -> tuple[fs.FileSystem, str]:
    """The file system of a full address and the path there."""
    scheme, _, rest = address.partition(":")
    if address.startswith("/"):
        return fs.LocalFileSystem(), address
    if scheme == "file":
        path = "/" + rest.lstrip("/")
        # Hadoop writes paths as they are, others write addresses: a name that holds a % is taken as it stands where a file has it
        return fs.LocalFileSystem(), path if "%" not in path or Path(path).exists() else unquote(path)
    try:
        filesystem, path = fs.FileSystem.from_uri(f"{_SCHEMES.get(scheme, scheme)}:{rest}")
    except (ValueError, OSError):
        import fsspec

        driver, path = fsspec.core.url_to_fs(address)
        filesystem = fs.PyFileSystem(fs.FSSpecHandler(driver))
    return filesystem, str(path)
