"""From the bytes of a photo to its header, and to upright sRGB pixels. Neither function ever raises.

`inspect` reads the header only and is what ingestion uses to refuse a file before anything is decoded; `decode` is the
one decoding from which everything else about a photo is computed.
"""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageFile, UnidentifiedImageError

from udfs.containers import DAMAGED, TRUNCATED, incompleteness

PIXEL_LIMIT: Final = 100_000_000
"""Photos of more pixels than this (width times height) are refused unless a site sets another limit."""

# Vector, camera-raw and document formats are left out: some of Pillow's readers for them start other programs.
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "BMP", "TIFF", "JPEG2000", "ICO")

# Their outer structure does not tell whether they are whole; they are rare enough to be decoded for it.
_ONLY_DECODING_TELLS: Final = frozenset({"TIFF", "JPEG2000", "ICO"})

EMPTY: Final = "the file is empty (0 bytes)"
_TURNED_BY_ITS_READER: Final = frozenset({"TIFF", "HEIF"})
_EXIF_SWAPS_SIDES: Final = frozenset({5, 6, 7, 8})
_ERRORS_OF_BAD_FILES: Final = (
    OSError,
    ValueError,
    TypeError,
    SyntaxError,  # Pillow's own choice for broken PNG and TIFF structure
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    OverflowError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    ArithmeticError,
    struct.error,
    ImageCms.PyCMSError,
    Image.DecompressionBombError,
)

Image.init()
pillow_heif.register_heif_opener()


@dataclass(frozen=True)
class PhotoHeader:
    """What the header of a file says.

    Attributes:
        format: "JPEG", "PNG", "HEIF", ...; None when the file is no image.
        width: pixels, as shown (after EXIF rotation); None when unknown.
        height: pixels, as shown.
        error: why the file cannot be used, in words for a person; None when it can.
    """

    format: str | None
    width: int | None
    height: int | None
    error: str | None


def inspect(content: bytes | None, *, pixel_limit: int = PIXEL_LIMIT) -> PhotoHeader:
    """Reads the header of a photo and says whether the file can be used; decodes nothing but the rare TIFF, JPEG 2000 and ICO.

    Args:
        content: the bytes of the file; None counts as empty.
        pixel_limit: most pixels (width times height) that a photo may unfold to; at most 178 million, where Pillow refuses itself.

    Returns:
        The header. `error` is set for an empty file, a file that is no image, a truncated or damaged one, and one that
        would unfold to more pixels than the limit (a decompression bomb). A wrong extension does not matter: the
        signature decides.
    """
    if not content:
        return PhotoHeader(None, None, None, EMPTY)
    try:
        image = _open(content)
    except Image.DecompressionBombError:
        return PhotoHeader(None, None, None, f"a decompression bomb: more than {pixel_limit:,} pixels")
    except UnidentifiedImageError:
        return PhotoHeader(None, None, None, _why_unidentified(content))
    except _ERRORS_OF_BAD_FILES as problem:
        return PhotoHeader(None, None, None, _sentence(problem, content))
    width, height = image.size
    error = _size_error(width, height, pixel_limit) or incompleteness(content, image.format or "")
    if error is None and image.format in _ONLY_DECODING_TELLS:
        error = decode(content, 64, pixel_limit=pixel_limit)[1]
    if _orientation(image) in _EXIF_SWAPS_SIDES:
        width, height = height, width
    return PhotoHeader(image.format, width, height, error)


def decode(content: bytes | None, max_side: int, *, pixel_limit: int = PIXEL_LIMIT) -> tuple[Image.Image | None, str | None]:
    """Decodes a photo once: upright, sRGB, its longer side at most `max_side`.

    A JPEG is decoded straight to an eighth, a quarter or half of its size when that is still large enough (libjpeg's
    scaled inverse DCT). The first frame of an animation is taken, transparency is laid on white, 16-bit and CMYK photos
    are brought to 8-bit RGB, an embedded ICC profile is applied.

    Args:
        content: the bytes of the file.
        max_side: pixels; a photo larger than this is scaled down to it, a smaller one stays as it is.
        pixel_limit: photos of more pixels are refused before decoding.

    Returns:
        (image, None), or (None, the reason).
    """
    if not content:
        return None, EMPTY
    try:
        image: Image.Image = _open(content)
        error = _size_error(*image.size, pixel_limit)
        if error:
            return None, error
        orientation = _orientation(image)
        profile = image.info.get("icc_profile")
        if image.format in {"JPEG", "MPO"}:
            image.draft(None, _draft_size(image.size, max_side))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
        shrunk = _shrink(_to_srgb(image, profile), max_side)
        return _upright(shrunk, orientation), None
    except Image.DecompressionBombError:
        return None, f"a decompression bomb: more than {pixel_limit:,} pixels"
    except UnidentifiedImageError:
        return None, _why_unidentified(content)
    except _ERRORS_OF_BAD_FILES as problem:
        return None, _sentence(problem, content)


def _open(content: bytes) -> ImageFile.ImageFile:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a photo between Pillow's own limit and ours is fine
        return Image.open(io.BytesIO(content), formats=FORMATS)


def _size_error(width: int, height: int, pixel_limit: int) -> str | None:
    if width < 1 or height < 1:
        return DAMAGED
    if width * height > pixel_limit:
        return f"a decompression bomb: {width:,} x {height:,} pixels, more than {pixel_limit:,}"
    return None


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 (upright) when there is none or it is out of range; EXIF that cannot be read counts as none.

    Read from the EXIF block that opening found: asking Pillow itself would decode a PNG, bomb or not.
    """
    if image.format in _TURNED_BY_ITS_READER:
        return 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            block = Image.Exif()
            block.load(image.info.get("exif") or b"")
            value = block.get(ExifTags.Base.Orientation, 1)
    except _ERRORS_OF_BAD_FILES:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _draft_size(size: tuple[int, int], max_side: int) -> tuple[int, int]:
    scale = min(1.0, max_side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        image = _to_eight_bits(image)
    transparent = image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info
    if transparent:
        rgba = image.convert("RGBA")
        alpha = rgba.getchannel("A")
        image = Image.new("RGB", rgba.size, "white")
        image.paste(rgba.convert("RGB"), mask=alpha)
    elif image.mode == "P":
        image = image.convert("RGB")
    if profile and image.mode in {"RGB", "L", "CMYK"}:
        converted = _apply_profile(image, profile)
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """16-bit and floating pixels to 8-bit grey; Pillow's own conversion would clip them to white."""
    values = np.asarray(image, dtype=np.float64)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    largest = 65535.0 if image.mode.startswith("I") and values.max(initial=0.0) <= 65535 else float(values.max(initial=0.0))
    if image.mode == "F" and largest <= 1.0:
        largest = 1.0
    scaled = np.clip(values / max(largest, 1e-9) * 255.0, 0.0, 255.0)
    return Image.fromarray(scaled.round().astype(np.uint8))


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The image in sRGB, or None when its profile is broken or made for other pixels: the pixels are then taken as sRGB."""
    transform = _transform_to_srgb(profile, image.mode)
    if transform is None:
        return None
    if transform == _ALREADY_SRGB:
        return image
    try:
        return ImageCms.applyTransform(image, transform)  # type: ignore[arg-type]
    except _ERRORS_OF_BAD_FILES:
        return None


_ALREADY_SRGB: Final = "already sRGB"


@lru_cache(maxsize=64)
def _transform_to_srgb(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | str | None:
    """Building a transform takes milliseconds and photos share few profiles, so the last ones are kept."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if mode == "RGB" and "srgb" in ImageCms.getProfileDescription(source).lower():
            return _ALREADY_SRGB
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except _ERRORS_OF_BAD_FILES:
        return None


def _shrink(image: Image.Image, max_side: int) -> Image.Image:
    size = _draft_size(image.size, max_side)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _why_unidentified(content: bytes) -> str:
    start = content[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "not an image but a web page"
    if start.startswith((b"<?xml", b"<svg")):
        return "not an image of pixels but a drawing or an XML document"
    if start.startswith(b"%pdf"):
        return "not an image but a PDF document"
    image_format = _signed_as(content)
    if image_format is None:
        return "not an image"
    return incompleteness(content, image_format) or "the header of the image file is damaged"


def _signed_as(content: bytes) -> str | None:
    """The format that the first bytes claim."""
    for signature, image_format in _SIGNATURES:
        if content.startswith(signature):
            return image_format
    if content[4:8] == b"ftyp":
        return "AVIF" if content[8:12] in {b"avif", b"avis"} else "HEIF"
    return None


_SIGNATURES: Final = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG", "PNG"), (b"GIF8", "GIF"), (b"RIFF", "WEBP"), (b"BM", "BMP"))


def _sentence(problem: BaseException, content: bytes) -> str:
    if isinstance(problem, MemoryError):
        return "the image does not fit into memory"
    text = str(problem)
    cut = any(word in text.lower() for word in ("truncat", "end of file", "eof")) or isinstance(problem, EOFError)
    structural = TRUNCATED if cut else incompleteness(content, _signed_as(content) or "")
    return structural or (f"{DAMAGED} ({text[:80]})" if text else DAMAGED)
