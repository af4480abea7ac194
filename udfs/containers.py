"""Is an image file complete? Answered from its outer structure alone, without decoding a pixel.

Each check walks the parts that a format is made of (segments, chunks, blocks, boxes) and stops at the first one that
runs past the end of the file. A walk costs well under a millisecond for a photo, so it is done at ingestion for every file.

Sources: ITU T.81 annex B (JPEG), PNG specification section 5, GIF89a, RFC 9649 (WebP), ISO/IEC 14496-12 (boxes of HEIC and AVIF).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

TRUNCATED: Final = "the image file is cut off before its end"
DAMAGED: Final = "the image file is damaged"

_JPEG_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
_PNG_SIGNATURE_BYTES = 8


def incompleteness(content: bytes, image_format: str) -> str | None:
    """Says what is missing from an image file.

    Args:
        content: the bytes of the file.
        image_format: Pillow's name of the format ("JPEG", "PNG", ...), as its signature tells it.

    Returns:
        A sentence, or None when the structure is complete or the format has no structure that could tell.
    """
    check = _CHECKS.get(image_format)
    if check is None:
        return None
    try:
        return check(content)
    except (IndexError, ValueError):
        return TRUNCATED


def _jpeg(content: bytes) -> str | None:
    position = 2
    in_scan = False
    while True:
        # A scan's data escapes every 0xFF as 0xFF00, so that the next other 0xFF opens a marker.
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            return TRUNCATED
        marker = content[position + 1]
        if marker == 0xD9:
            return None if in_scan else DAMAGED
        if marker == 0xFF:
            position += 1
        elif marker == 0 or marker in _JPEG_WITHOUT_LENGTH:
            position += 2
        else:
            in_scan = in_scan or marker == 0xDA
            position += 2 + max(2, int.from_bytes(_slice(content, position + 2, 2), "big"))


def _png(content: bytes) -> str | None:
    position = _PNG_SIGNATURE_BYTES
    while True:
        length = int.from_bytes(_slice(content, position, 4), "big")
        kind_and_data = _slice(content, position + 4, 4 + length)
        kind = kind_and_data[:4]
        if kind == b"IEND":
            return None
        checksum = int.from_bytes(_slice(content, position + 8 + length, 4), "big")
        # Only the chunks that make the picture count: a spoilt comment does not spoil the photo.
        if kind in {b"IHDR", b"PLTE", b"IDAT"} and zlib.crc32(kind_and_data) != checksum:
            return DAMAGED
        position += 12 + length


def _gif(content: bytes) -> str | None:
    flags = content[10]
    position = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    while True:
        introducer = content[position]
        if introducer == 0x3B:
            return DAMAGED
        if introducer == 0x21:
            position = _after_sub_blocks(content, position + 2)
        elif introducer == 0x2C:
            flags = content[position + 9]
            data = position + 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
            _after_sub_blocks(content, data)
            return None  # the first frame is whole: later frames of an animation are not used
        else:
            return DAMAGED


def _after_sub_blocks(content: bytes, position: int) -> int:
    while content[position]:
        position += content[position] + 1
    return position + 1


def _webp(content: bytes) -> str | None:
    return TRUNCATED if len(content) < 8 + int.from_bytes(_slice(content, 4, 4), "little") else None


def _boxes(content: bytes) -> str | None:
    position = 0
    while position < len(content):
        length = int.from_bytes(_slice(content, position, 4), "big")
        if length == 1:
            length = int.from_bytes(_slice(content, position + 8, 8), "big")
        if length == 0:  # reaches to the end of the file
            return None
        if length < 8:
            return DAMAGED
        position += length
    return TRUNCATED if position > len(content) else None


def _bmp(content: bytes) -> str | None:
    stated = int.from_bytes(_slice(content, 2, 4), "little")
    return TRUNCATED if len(content) < stated else None


def _slice(content: bytes, start: int, length: int) -> bytes:
    part = content[start : start + length]
    if len(part) < length:
        raise ValueError("past the end")
    return part


_CHECKS: Final[dict[str, Callable[[bytes], str | None]]] = {
    "JPEG": _jpeg,
    "MPO": _jpeg,
    "PNG": _png,
    "GIF": _gif,
    "WEBP": _webp,
    "HEIF": _boxes,
    "AVIF": _boxes,
    "BMP": _bmp,
}
