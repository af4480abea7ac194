from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.udfs import photo_files as files
from udfs.decode import decode, inspect

LIMIT = 100_000_000


def corner_colours(image: Image.Image) -> list[str]:
    """Names of the colours in the corners, clockwise from the upper left."""
    names = {"red": (200, 30, 30), "green": (30, 160, 30), "blue": (30, 30, 200), "white": (240, 240, 240)}
    width, height = image.size
    found = []
    for x, y in ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)):
        pixel = np.array(image.getpixel((int(x * width), int(y * height))), dtype=float)
        found.append(min(names, key=lambda name: float(np.abs(pixel - names[name]).sum())))
    return found


UPRIGHT = ["red", "green", "white", "blue"]


@pytest.mark.parametrize(
    ("content", "image_format", "size"),
    [
        pytest.param(files.encode(files.scene(), "JPEG", quality=95), "JPEG", (96, 64), id="jpeg"),
        pytest.param(files.encode(files.scene().convert("CMYK"), "JPEG", quality=95), "JPEG", (96, 64), id="cmyk"),
        pytest.param(files.encode(files.scene(), "PNG"), "PNG", (96, 64), id="png"),
        pytest.param(files.encode(files.scene().convert("P"), "PNG"), "PNG", (96, 64), id="palette"),
        pytest.param(files.encode(files.scene(), "WEBP", quality=95), "WEBP", (96, 64), id="webp"),
        pytest.param(files.encode(files.scene(), "AVIF", quality=95), "AVIF", (96, 64), id="avif"),
        pytest.param(files.encode(files.scene(), "HEIF", quality=95), "HEIF", (96, 64), id="heic"),
        pytest.param(files.encode(files.scene(), "TIFF"), "TIFF", (96, 64), id="tiff"),
        pytest.param(files.encode(files.scene(), "BMP"), "BMP", (96, 64), id="bmp"),
        pytest.param(files.animated(), "GIF", (96, 64), id="animated-gif"),
        pytest.param(files.animated("WEBP"), "WEBP", (96, 64), id="animated-webp"),
        pytest.param(files.encode(files.scene(), "JPEG", quality=95, icc_profile=files.lab_profile()), "JPEG", (96, 64), id="profile-lies"),
        pytest.param(files.encode(files.scene(), "JPEG", quality=95, icc_profile=b"no profile"), "JPEG", (96, 64), id="profile-broken"),
    ],
)
def test_every_mode_and_format_is_decoded_upright_and_in_colour(content: bytes, image_format: str, size: tuple[int, int]) -> None:
    header = inspect(content)
    assert (header.format, header.width, header.height, header.error) == (image_format, *size, None)
    image, error = decode(content, 64)
    assert error is None
    assert image is not None
    assert (image.mode, image.size) == ("RGB", (64, 43))
    assert corner_colours(image) == UPRIGHT


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize(
    ("orientation", "corners"),
    [
        (1, UPRIGHT),
        (2, ["green", "red", "blue", "white"]),
        (3, ["white", "blue", "red", "green"]),
        (4, ["blue", "white", "green", "red"]),
        (5, ["red", "blue", "white", "green"]),
        (6, ["blue", "red", "green", "white"]),
        (7, ["white", "green", "red", "blue"]),
        (8, ["green", "white", "blue", "red"]),
    ],
)
def test_exif_orientation_turns_the_photo_and_its_stated_size(image_format: str, orientation: int, corners: list[str]) -> None:
    content = files.with_orientation(orientation, image_format)
    header = inspect(content)
    image, error = decode(content, 96)
    assert error is None
    assert image is not None
    assert corner_colours(image) == corners
    assert (header.width, header.height) == image.size


@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_an_exif_orientation_that_lies_is_ignored(orientation: int) -> None:
    image, _ = decode(files.with_orientation(orientation), 96)
    assert image is not None
    assert corner_colours(image) == UPRIGHT


def test_sixteen_bits_are_scaled_and_not_clipped() -> None:
    image, error = decode(files.sixteen_bit(), 96)
    assert error is None
    assert image is not None
    values = np.asarray(image, dtype=float)
    assert values.max() == 255
    assert abs(values.mean() - 127.5) < 2


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_is_laid_on_white(mode: str) -> None:
    image, _ = decode(files.transparent(mode), 96)
    assert image is not None
    assert image.getpixel((5, 32)) == (255, 255, 255)
    assert image.getpixel((90, 32)) == (0, 0, 0)


@pytest.mark.parametrize("image_format", ["PNG", "JPEG"])
def test_a_profile_of_another_colour_space_is_applied(image_format: str) -> None:
    content = files.encode(files.scene(), image_format, icc_profile=files.swapped_primaries_profile())
    image, error = decode(content, 96)
    assert error is None
    assert image is not None
    assert corner_colours(image) == ["green", "red", "white", "blue"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "empty", id="zero-bytes"),
        pytest.param(None, "empty", id="null"),
        pytest.param(b"just some text", "not an image", id="text"),
        pytest.param(b"<!DOCTYPE html><html>404</html>", "web page", id="web-page"),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="pdf"),
        pytest.param(files.encode(files.scene(), "JPEG")[:-200], "cut off", id="jpeg-cut"),
        pytest.param(files.encode(files.scene(), "PNG")[:-40], "cut off", id="png-cut"),
        pytest.param(files.encode(files.scene(), "WEBP")[:-40], "cut off", id="webp-cut"),
        pytest.param(files.encode(files.scene(), "AVIF")[:-40], "cut off", id="avif-cut"),
        pytest.param(files.encode(files.scene(), "HEIF")[:-40], "cut off", id="heic-cut"),
        pytest.param(files.encode(files.scene(), "TIFF")[:6000], "cut off", id="tiff-cut"),
        pytest.param(files.animated()[:60], "cut off", id="gif-cut"),
        pytest.param(files.bomb(), "decompression bomb", id="bomb"),
        pytest.param(files.bomb(11_000, 11_000), "decompression bomb", id="bomb-below-pillows-own-limit"),
    ],
)
def test_files_that_cannot_be_used_are_refused_with_a_reason(content: bytes | None, words: str) -> None:
    assert words in (inspect(content, pixel_limit=LIMIT).error or "")
    image, error = decode(content, 64, pixel_limit=LIMIT)
    assert image is None
    assert words in (error or "")


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    import tracemalloc

    content = files.bomb(11_000, 11_000)
    tracemalloc.start()
    inspect(content)
    decode(content, 64)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_spoilt_pixels_of_a_png_are_found_without_decoding() -> None:
    content = files.encode(files.scene(), "PNG")
    place = content.index(b"IDAT") + 10
    assert "damaged" in (inspect(content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :]).error or "")


@pytest.mark.parametrize(("size", "shown"), [((1, 1), (1, 1)), ((20_000, 30), (64, 1)), ((30, 20_000), (1, 64))])
def test_extreme_sizes_are_decoded(size: tuple[int, int], shown: tuple[int, int]) -> None:
    content = files.encode(Image.new("RGB", size, (9, 99, 9)), "JPEG")
    assert (inspect(content).width, inspect(content).height) == size
    image, error = decode(content, 64)
    assert error is None
    assert image is not None
    assert image.size == shown


@given(width=st.integers(1, 300), height=st.integers(1, 300), side=st.integers(1, 200))
@settings(max_examples=60, deadline=None)
def test_the_longer_side_is_bounded_and_nothing_grows(width: int, height: int, side: int) -> None:
    image, error = decode(files.encode(Image.new("RGB", (width, height)), "JPEG"), side)
    assert error is None
    assert image is not None
    assert max(image.size) == min(side, max(width, height))
    assert min(image.size) >= 1


def mutated(content: bytes, kind: int, random: np.random.Generator) -> bytes:
    """A file with bytes flipped (0), cut short (1), its header swapped with random bytes (2), a piece cut out or doubled (3)."""
    data = bytearray(content)
    if kind == 0:
        for place in random.integers(0, len(data), random.integers(1, 40)):
            data[place] = int(random.integers(256))
    elif kind == 1:
        del data[int(random.integers(0, len(data))) :]
    elif kind == 2:
        length = int(random.integers(1, 64))
        data[:length] = random.bytes(length)
    else:
        start, end = sorted(int(place) for place in random.integers(0, len(data), 2))
        data[start:end] = data[start:end] * int(random.integers(0, 3))
    return bytes(data)


def mutate_many(count: int, seed: int) -> tuple[int, int]:
    """Feeds mutated files to both functions; returns (decoded, refused). Any exception fails the test."""
    random = np.random.default_rng(seed)
    picture = files.scene((160, 120))
    sources = [
        files.encode(picture, "JPEG"), files.encode(picture, "JPEG", progressive=True), files.encode(picture, "PNG"),
        files.encode(picture.convert("P"), "PNG"), files.animated(), files.encode(picture, "WEBP"), files.encode(picture, "AVIF"),
        files.encode(picture, "HEIF"), files.encode(picture, "TIFF"), files.encode(picture, "BMP"), files.with_orientation(6),
        files.sixteen_bit(), files.encode(picture.convert("CMYK"), "JPEG"), files.encode(picture, "JPEG2000"),
        files.encode(picture, "TIFF", compression="tiff_lzw"), files.encode(picture, "ICO"),
    ]  # fmt: skip
    decoded = refused = 0
    for number in range(count):
        content = mutated(sources[number % len(sources)], int(random.integers(4)), random)
        header = inspect(content)
        image, error = decode(content, 64)
        assert (image is None) == (error is not None), f"seed {seed}, file {number}"
        assert header.error is None or isinstance(header.error, str)
        decoded, refused = decoded + (image is not None), refused + (image is None)
    return decoded, refused


def test_mutated_files_never_raise() -> None:
    decoded, refused = mutate_many(300, seed=1)
    assert decoded > 20
    assert refused > 100


@pytest.mark.slow
def test_ten_thousand_mutated_files_never_raise() -> None:
    decoded, refused = mutate_many(10_000, seed=2)
    assert decoded + refused == 10_000
