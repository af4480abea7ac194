"""Photos made by code for the tests: one encoded file a kind of trouble."""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

pillow_heif.register_heif_opener()

SIZE = (96, 64)


def scene(size: tuple[int, int] = SIZE) -> Image.Image:
    """Four quarters of different colours: red, green above; blue, white below. Tells when a photo is turned or its colours are off."""
    width, height = size
    image = Image.new("RGB", size)
    for box, colour in (
        ((0, 0, width // 2, height // 2), (200, 30, 30)),
        ((width // 2, 0, width, height // 2), (30, 160, 30)),
        ((0, height // 2, width // 2, height), (30, 30, 200)),
        ((width // 2, height // 2, width, height), (240, 240, 240)),
    ):
        image.paste(colour, box)
    return image


def encode(image: Image.Image, image_format: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def with_orientation(value: int, image_format: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[274] = value
    return encode(scene(), image_format, exif=exif, quality=95)


def with_location() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (37.0, 33.0, 59.0)
    return encode(scene(), "JPEG", exif=exif)


def lab_profile() -> bytes:
    """A valid profile that does not belong to RGB pixels."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes()


def swapped_primaries_profile() -> bytes:
    """A profile of a colour space whose red is sRGB's green and whose green is sRGB's red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
    return profile.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of some 110 kB that would unfold to 900 million pixels."""
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * 1000), 9)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def sixteen_bit() -> bytes:
    ramp = np.linspace(0, 65535, SIZE[0] * SIZE[1]).reshape(SIZE[1], SIZE[0]).astype(np.uint16)
    return encode(Image.fromarray(ramp), "PNG")


def animated(image_format: str = "GIF") -> bytes:
    others = [Image.new("RGB", SIZE, "black") for _ in range(2)]
    return encode(scene(), image_format, save_all=True, append_images=others)


def transparent(mode: str = "RGBA") -> bytes:
    """A black picture that is fully transparent on its left half."""
    image = Image.new("RGBA", SIZE, (0, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, SIZE[0] // 2, SIZE[1]))
    return encode(image.convert(mode), "PNG")
