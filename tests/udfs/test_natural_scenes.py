from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from udfs.natural_scenes import MOMENTS, learn_nature, moments, normalise

RANDOM_SEED = 5


def grey_of(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("L"), dtype=np.float32)


def test_lightness_is_normalised_by_its_surroundings() -> None:
    grey = np.random.default_rng(RANDOM_SEED).uniform(0, 255, (40, 50)).astype(np.float32)
    line = np.exp(-((np.arange(7) - 3) ** 2) / (2 * (7 / 6) ** 2))
    kernel = np.outer(line, line) / line.sum() ** 2
    padded = np.pad(grey.astype(np.float64), 3, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (7, 7))
    mean = (windows * kernel).sum((2, 3))
    deviation = np.sqrt(np.maximum((windows**2 * kernel).sum((2, 3)) - mean**2, 0))
    found = normalise(grey)
    np.testing.assert_allclose(found.mean, mean, rtol=1e-4)
    np.testing.assert_allclose(found.normalised, (grey - mean) / (deviation + 1), atol=2e-3)


def test_moments_are_those_of_the_values_and_of_products_of_neighbours() -> None:
    grey = np.random.default_rng(RANDOM_SEED).uniform(0, 255, (64, 48)).astype(np.float32)
    found = moments(grey, normalise(grey))
    assert found is not None
    assert found.shape == (MOMENTS,)
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    expected: list[float] = []
    for values in (normalise(grey).normalised.astype(np.float64), normalise(half).normalised.astype(np.float64)):
        expected += [np.log(np.abs(values).mean() ** 2 / (values**2).mean()), np.log((values**2).mean() + 0.01)]
        pairs = (
            (values[:, :-1], values[:, 1:]),
            (values[:-1], values[1:]),
            (values[:-1, :-1], values[1:, 1:]),
            (values[1:, :-1], values[:-1, 1:]),
        )
        for first, second in pairs:
            product = first * second
            square = (product**2).mean()
            expected += [np.log(np.abs(product).mean() ** 2 / square), product.mean() / square**0.5, np.log(square + 0.01)]
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("size", [(1, 1), (20, 300), (31, 31)])
def test_a_tiny_photo_has_no_moments(size: tuple[int, int]) -> None:
    grey = np.zeros((size[1], size[0]), np.float32)
    assert moments(grey, normalise(grey)) is None


def test_a_photo_of_one_colour_has_finite_moments() -> None:
    grey = np.full((60, 60), 90, np.float32)
    found = moments(grey, normalise(grey))
    assert found is not None
    assert np.isfinite(found).all()


def test_natural_texture_is_learned_from_a_reference() -> None:
    random = np.random.default_rng(RANDOM_SEED)
    rows, truth = [], []
    for seed in range(24):
        photo = draw_photo(PhotoSpec("street", seed, 0, ((Person(seed, "male"), Look(seed)),), "half", (120, 160)))
        for blur in (0.0, 1.0, 2.0, 3.0):
            grey = grey_of(photo) + random.normal(0, 2, (photo.height, photo.width)).astype(np.float32)
            grey = cv2.GaussianBlur(grey, (0, 0), blur) if blur else grey
            found = moments(grey, normalise(grey))
            assert found is not None
            rows.append(found)
            truth.append(-blur)
    learned, left = np.arange(0, 48), np.arange(48, 96)
    head = learn_nature(np.array(rows)[learned], np.array(truth)[learned])
    parts = head.parts(np.array(rows)[left])
    assert np.corrcoef(parts, np.array(truth)[left])[0, 1] > 0.85
    assert ((parts >= 0.1) & (parts <= 0.9)).all()
    assert head.parts(np.full((1, MOMENTS), 1e6)).item() <= 0.9  # far from everything that was learned
