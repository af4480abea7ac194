from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from tests.udfs import photo_files as files
from udfs import quality
from udfs.decode import decode
from udfs.people import People
from udfs.photo_views import DAMAGES, STEPS, damage
from udfs.quality import Quality, Weights, grid_steps, noise_deviation, score

NOBODY = People(np.zeros((256, 256), np.float32), (), np.zeros((256, 256), np.bool_), None, 0)


def measured(content: bytes) -> Quality:
    image, error = decode(content, 640)
    assert image is not None, error
    return quality.measure(image, NOBODY, content, image.size)


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    return draw_photo(PhotoSpec("airport", 4, 1, ((Person(1, "female"), Look(2)),), "half", (360, 480)))


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("blur", "sharpness"),
        ("dark", "contrast"),
        ("dark", "exposure"),
        ("jpeg", "compression"),
        ("noise", "noise"),
        ("downscale", "resolution"),
        ("banner", "overlay"),
    ],
)
def test_each_damage_lowers_its_part_step_by_step(photo: Image.Image, kind: str, part: str) -> None:
    values = [getattr(measured(damage(photo, kind, step, np.random.default_rng(3))), part) for step in range(STEPS + 1)]
    assert values == sorted(values, reverse=True), f"{kind}: {values}"
    assert values[0] > values[-1] + 0.05


def test_brightening_costs_exposure(photo: Image.Image) -> None:
    values = [measured(damage(photo, "bright", step, np.random.default_rng(3))).exposure for step in range(STEPS + 1)]
    assert values[0] > values[1] > max(values[2:])


def test_a_bright_wall_is_no_fault_but_lost_lights_are() -> None:
    wall = np.full((200, 300, 3), 228, np.uint8)
    lost = wall.copy()
    lost[:, :200] = 255
    well, badly, dark = (measured(files.encode(Image.fromarray(values), "PNG")).exposure for values in (wall, lost, wall // 4))
    assert well > badly > dark


def test_a_plain_wall_with_things_before_it_is_no_banner() -> None:
    values = np.full((400, 300, 3), 240, np.uint8)
    values[120:, 40:260] = np.random.default_rng(4).integers(0, 120, (280, 220, 3))
    assert measured(files.encode(Image.fromarray(values), "PNG")).overlay == 1


@pytest.mark.parametrize("edge", ["upper", "lower"])
def test_the_height_of_a_banner_is_found(photo: Image.Image, edge: str) -> None:
    values = []
    for tall in (30, 60, 120):
        shown = photo.convert("RGB")
        pen = ImageDraw.Draw(shown)
        top = 0 if edge == "upper" else shown.height - tall
        pen.rectangle((0, top, shown.width, top + tall), fill=(20, 40, 90))
        pen.text((shown.width * 0.1, top + tall * 0.2), "SALE 2026", fill="white", font_size=tall * 0.5)
        values.append(measured(files.encode(shown, "JPEG", quality=90)).overlay)
    assert 1 > values[0] > values[1] > values[2]


def test_the_score_is_the_same_whether_a_face_is_seen_or_hidden() -> None:
    values = dict.fromkeys(quality.PARTS, 0.7)
    assert score(Quality(**values)) == score(Quality(**(values | {"face": None})))  # type: ignore[arg-type]


def test_parts_lie_between_nought_and_one_for_every_damage(photo: Image.Image) -> None:
    for kind in DAMAGES:
        for value in vars(measured(damage(photo, kind, STEPS, np.random.default_rng(5)))).values():
            assert value is None or 0 <= value <= 1


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (300, 2), (9, 9)])
def test_tiny_photos_are_measured(size: tuple[int, int]) -> None:
    result = measured(files.encode(Image.new("RGB", size, (120, 90, 60)), "JPEG"))
    assert result.resolution < 0.05


def test_the_noise_that_was_added_is_found() -> None:
    random = np.random.default_rng(11)
    flat = np.full((240, 320), 128, np.float32)
    for deviation in (2.0, 6.0, 15.0):
        assert noise_deviation(flat + random.normal(0, deviation, flat.shape).astype(np.float32)) == pytest.approx(deviation, rel=0.12)


def test_blocks_of_eight_are_found_and_smooth_photos_have_none() -> None:
    blocks = np.kron(np.random.default_rng(2).uniform(60, 200, (20, 20)), np.ones((8, 8))).astype(np.float32)
    ramp = np.tile(np.arange(160, dtype=np.float32), (160, 1))
    assert grid_steps(blocks) > 5
    assert grid_steps(ramp) < 0.01


parts = st.floats(0, 1)


@given(low=parts, high=parts, other=parts, name=st.sampled_from(sorted(set(quality.PARTS) - {"face"})))
def test_a_better_part_never_lowers_the_score(low: float, high: float, other: float, name: str) -> None:
    weights = Weights(-1.0, dict.fromkeys(quality.PARTS, 0.7), {"face": 0.4})
    values = dict.fromkeys(quality.PARTS, other) | {"face": None}
    worse = score(Quality(**(values | {name: min(low, high)})), weights)  # type: ignore[arg-type]
    better = score(Quality(**(values | {name: max(low, high)})), weights)  # type: ignore[arg-type]
    assert 0 <= worse <= better <= 1
