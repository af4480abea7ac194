"""Descriptions of photos and their matching: what an edited copy is, and what it is not."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from udfs.geometry import describe, mirrored, unpack
from udfs.geometry_match import match, parts_match


def _picture(seed: int, *, size: tuple[int, int] = (480, 360), moved: int = 0) -> Image.Image:
    """Shapes on a shaded ground; `moved` shifts those in the middle, as a person moves between the frames of a burst."""
    generator = np.random.default_rng(seed)
    ramp = np.linspace(0, 1, size[0])[None, :, None] * generator.integers(60, 160, 3) + generator.integers(20, 90, 3)
    image = Image.fromarray(np.broadcast_to(ramp, (size[1], size[0], 3)).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(45):
        x, y, w, h = generator.integers(0, size[0]), generator.integers(0, size[1]), *generator.integers(15, 90, 2)
        colour = tuple(int(value) for value in generator.integers(0, 255, 3))
        shape = draw.rectangle if generator.random() < 0.6 else draw.ellipse
        step = moved if size[0] * 0.2 < x < size[0] * 0.8 else 0
        shape((int(x) + step, int(y), int(x + w) + step, int(y + h)), fill=colour)
    return image


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality)
    return Image.open(held).convert("RGB")


def _banner(image: Image.Image) -> Image.Image:
    image = image.copy()
    ImageDraw.Draw(image).rectangle((0, int(image.height * 0.85), image.width, image.height), fill=(210, 30, 30))
    return image


COPIES = {
    "saved again": lambda image: _jpeg(image, 20),
    "crop": lambda image: image.crop((60, 40, 430, 330)),
    "mirrored": ImageOps.mirror,
    "banner": _banner,
    "smaller": lambda image: image.resize((160, 120)),
    "other proportions": lambda image: image.resize((300, 300)),
    "turned": lambda image: image.rotate(3, fillcolor=(255, 255, 255)),
    "grey": lambda image: image.convert("L"),
    "border": lambda image: ImageOps.expand(image, 50, fill="white"),
}


@pytest.mark.parametrize("kind", COPIES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_edited_copies_match(kind: str, seed: int) -> None:
    image = _picture(seed)
    found = match(describe(image), describe(COPIES[kind](image)))
    assert found.similarity >= 0.65
    assert found.mirror == (kind == "mirrored")
    if kind == "crop":
        assert found.zoom < 0.9, "the copy is the closer view"
    if kind == "turned":
        assert abs(abs(found.turn) - 3) < 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_part_is_found_from_either_side(seed: int) -> None:
    image = _picture(seed)
    whole, strange = describe(image), describe(_picture(seed + 100))
    for kind in ("crop", "border"):
        part = describe(COPIES[kind](image))
        assert parts_match(whole, part) == parts_match(part, whole) >= 0.75
    assert parts_match(whole, strange) == parts_match(strange, whole) < 0.45


@pytest.mark.parametrize("seed", range(8))
def test_different_pictures_and_moved_ones_do_not(seed: int) -> None:
    image = describe(_picture(seed))
    assert match(image, describe(_picture(seed + 100))).similarity < 0.45
    assert match(image, describe(_picture(seed, moved=26))).similarity < 0.55


def test_a_mirrored_photo_has_the_mirrored_descriptors() -> None:
    image = _picture(5)
    plain, turned = unpack(describe(image)), unpack(describe(ImageOps.mirror(image)))
    differing = np.unpackbits(plain.descriptors[:, None] ^ mirrored(turned.descriptors)[None], axis=2).sum(axis=2).min(axis=1)
    assert np.median(differing) <= 2


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "1", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (7, 900), (4000, 30), (320, 240)])
def test_any_image_is_described_in_two_kilobytes(mode: str, size: tuple[int, int]) -> None:
    image = Image.new(mode, size)
    described = describe(image)
    assert len(described) <= 5000
    assert unpack(described).width == size[0]
    assert match(described, described).similarity in (0.0, 1.0)


def test_the_same_pixels_give_the_same_bytes() -> None:
    assert describe(_picture(7)) == describe(_picture(7))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="not a photo description"):
        unpack(describe(_picture(1))[:-3])
