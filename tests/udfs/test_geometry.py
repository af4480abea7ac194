"""Descriptions of photos and their matching: what an edited copy is, and what it is not."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from tests.pictures import picture
from udfs.geometry import FEATURES, describe, mirrored, unpack
from udfs.geometry_match import match, parts_match


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality)
    return Image.open(held).convert("RGB")


def _banner(image: Image.Image) -> Image.Image:
    image = image.copy()
    ImageDraw.Draw(image).rectangle((0, int(image.height * 0.85), image.width, image.height), fill=(210, 30, 30))
    return image


def _garment(seed: int) -> Image.Image:
    """One dark shape with hardly a fold on a plain ground: few local features, most of the picture nearly even."""
    generator = np.random.default_rng(seed)
    image = Image.new("RGB", (360, 480), (214, 208, 198))
    draw = ImageDraw.Draw(image)
    draw.polygon([(90, 80), (150, 60), (210, 60), (270, 80), (330, 220), (280, 240), (265, 190), (265, 430), (95, 430)], fill=(70, 74, 92))
    for _ in range(6):
        x, y = generator.integers(110, 250), generator.integers(110, 400)
        draw.line([x, y, x + generator.integers(-25, 25), y + generator.integers(20, 60)], fill=(90, 95, 116), width=5)
    return image.filter(ImageFilter.GaussianBlur(1.2))


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
    image = picture(seed)
    found = match(describe(image), describe(COPIES[kind](image)))
    assert found.similarity >= 0.65
    assert found.mirror == (kind == "mirrored")
    if kind == "crop":
        assert found.zoom < 0.9, "the copy is the closer view"
    if kind == "turned":
        assert abs(abs(found.turn) - 3) < 1


@pytest.mark.parametrize("kind", COPIES)
@pytest.mark.parametrize("seed", [4, 5])
def test_the_order_of_a_pair_changes_only_the_direction_of_what_is_found(kind: str, seed: int) -> None:
    one, other = describe(picture(seed)), describe(COPIES[kind](picture(seed)))
    found, back = match(one, other), match(other, one)
    assert found.similarity == back.similarity
    assert (found.inliers, found.mirror, found.overlap) == (back.inliers, back.mirror, back.overlap)
    assert found.zoom == pytest.approx(back.zoom if one == other else 1 / back.zoom)
    assert found.turn == pytest.approx(back.turn if found.mirror or one == other else -back.turn)
    stranger = describe(picture(seed + 100))
    assert match(one, stranger).similarity == match(stranger, one).similarity


@pytest.mark.parametrize("colour", ["white", "black", "brown"])
@pytest.mark.parametrize("share", [0.04, 0.06, 0.08, 0.12])
def test_a_border_of_any_width_leaves_a_copy(share: float, colour: str) -> None:
    for image in (picture(6), _garment(6)):
        framed = ImageOps.expand(image, int(max(image.size) * share), fill=colour)
        found = match(describe(image), describe(framed))
        assert found.similarity >= 0.75
        assert found.overlap >= 0.95, "what is inside the border lies wholly on the photo"


@pytest.mark.parametrize("seed", range(6))
def test_a_crop_with_few_features_matches(seed: int) -> None:
    image = _garment(seed)
    crop = image.crop((25, 55, 285, 400))  # 1.4 times as near
    assert len(unpack(describe(crop)).points) < FEATURES
    assert match(describe(image), describe(crop)).similarity >= 0.75
    assert match(describe(image), describe(_jpeg(ImageOps.mirror(crop), 40))).similarity >= 0.75


@pytest.mark.parametrize("colour", [(190, 185, 175), (255, 255, 255), (20, 20, 30), (120, 120, 120)])
def test_a_banner_is_explained_whatever_its_colour(colour: tuple[int, int, int]) -> None:
    image = _garment(1)
    for share in (0.1, 0.19):
        lower, upper = image.copy(), image.copy()
        ImageDraw.Draw(lower).rectangle((0, int(480 * (1 - share)), 360, 480), fill=colour)
        ImageDraw.Draw(upper).rectangle((0, 0, 360, int(480 * share)), fill=colour)
        for copy in (lower, upper):
            found = match(describe(image), describe(copy))
            assert found.similarity >= 0.75
            assert found.covered <= 0.3


@pytest.mark.parametrize("factor", [0.5, 1.2, 1.35])
def test_tones_that_were_cut_off_leave_a_copy(factor: float) -> None:
    image = picture(8)
    assert (
        match(describe(image), describe(ImageEnhance.Contrast(ImageEnhance.Brightness(image).enhance(factor)).enhance(1.4))).similarity
        >= 0.75
    )


def test_two_plain_garments_are_no_copies() -> None:
    described = [describe(_garment(seed)) for seed in range(4)]
    assert all(match(one, other).similarity < 0.75 for place, one in enumerate(described) for other in described[:place])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_part_is_found_from_either_side(seed: int) -> None:
    image = picture(seed)
    whole, strange = describe(image), describe(picture(seed + 100))
    for kind in ("crop", "border"):
        part = describe(COPIES[kind](image))
        assert parts_match(whole, part) == parts_match(part, whole) >= 0.75
    assert parts_match(whole, strange) == parts_match(strange, whole) < 0.45


@pytest.mark.parametrize("seed", range(8))
def test_different_pictures_and_moved_ones_do_not(seed: int) -> None:
    image = describe(picture(seed))
    assert match(image, describe(picture(seed + 100))).similarity < 0.45
    assert match(image, describe(picture(seed, moved=26))).similarity < 0.55


def test_a_mirrored_photo_has_the_mirrored_descriptors() -> None:
    image = picture(5)
    plain, turned = unpack(describe(image)), unpack(describe(ImageOps.mirror(image)))
    differing = np.unpackbits(plain.descriptors[:, None] ^ mirrored(turned.descriptors)[None], axis=2).sum(axis=2).min(axis=1)
    assert np.median(differing) <= 2


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "1", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (7, 900), (4000, 30), (320, 240)])
def test_any_image_is_described_in_few_kilobytes(mode: str, size: tuple[int, int]) -> None:
    image = Image.new(mode, size)
    described = describe(image)
    assert len(described) <= 6100
    assert unpack(described).width == size[0]
    assert match(described, described).similarity in (0.0, 1.0)


def test_the_same_pixels_give_the_same_bytes() -> None:
    assert describe(picture(7)) == describe(picture(7))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="not a photo description"):
        unpack(describe(picture(1))[:-3])
