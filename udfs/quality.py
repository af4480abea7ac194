"""How good a photo is, in named parts in [0, 1], higher is better.

Every part is a plain measurement brought to [0, 1]; the score that joins them is learned (`train_photo_models`). Sources: noise after
Immerkaer, "Fast noise variance estimation" (1996), in the flattest tiles; sharpness as the share of the finest band of a Laplacian
pyramid, as in Vu and Chandler's S3 (2012) but on the subject's tiles; JPEG damage from the quantisation tables and from steps at the
8 x 8 grid (Wang, Bovik and Evans 2000).
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from udfs.people import Face, People

Floats = NDArray[np.float32]

PARTS: Final = ("sharpness", "exposure", "contrast", "noise", "resolution", "face", "overlay")
TILES: Final = 8
_LEAST_TILE_CONTRAST: Final = 2.0  # grey levels; flatter tiles say nothing about sharpness
_BASE_TABLE_SUM: Final = 3745.0  # sum of the luminance and chrominance tables of ITU T.81 annex K


@dataclass(frozen=True)
class Quality:
    """Parts of a photo's quality, each in [0, 1]; `face` is None where no face is seen."""

    sharpness: float
    exposure: float
    contrast: float
    noise: float
    resolution: float
    face: float | None
    overlay: float


def measure(image: Image.Image, people: People, content: bytes, size: tuple[int, int]) -> Quality:
    """Measures the parts of a photo's quality.

    Args:
        image: the decoded photo, RGB.
        people: who was found in it; where somebody is, sharpness and exposure are those of the subject.
        content: the file, whose quantisation tables tell how hard a JPEG was compressed.
        size: width and height of the file in pixels.
    """
    colours = np.asarray(image)
    grey = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY).astype(np.float32)
    subject = cv2.resize(people.mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    deviation = noise_deviation(grey)
    return Quality(
        sharpness=_sharpness(grey, subject, deviation),
        exposure=_exposure(grey, subject),
        contrast=_contrast(grey),
        noise=min(math.exp(-deviation / 12.0), _compression(content, grey, image.size == size)),
        resolution=_between(math.log2(max(1, min(size))), math.log2(64), math.log2(1080)),
        face=_face(people.main_face, size),
        overlay=_overlay(colours),
    )


def noise_deviation(grey: Floats) -> float:
    """Standard deviation of the noise in grey levels, from the flattest fifth of the tiles."""
    if min(grey.shape) < 4:
        return 0.0
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = np.abs(cv2.filter2D(grey, cv2.CV_32F, mask))
    tiles = _tile_means(response)
    return float(np.quantile(tiles, 0.2)) * math.sqrt(math.pi / 2) / 6.0


def _tile_means(values: Floats) -> Floats:
    return cv2.resize(values, (TILES, TILES), interpolation=cv2.INTER_AREA) if min(values.shape) >= TILES else values


def _sharpness(grey: Floats, subject: Floats, deviation: float) -> float:
    fine = cv2.GaussianBlur(grey, (0, 0), 1.0)
    coarse = cv2.GaussianBlur(fine, (0, 0), 1.7)
    # Second differences of white noise would pass for detail: what noise of this size adds is taken off again.
    first = np.maximum(_tile_means((grey - fine) ** 2) - (0.85 * deviation) ** 2, 0.0)
    second = np.maximum(_tile_means((fine - coarse) ** 2) - (0.2 * deviation) ** 2, 0.0)
    weight = _tile_means(subject)
    telling = second > _LEAST_TILE_CONTRAST**2
    if weight.max(initial=0.0) > 0.3:
        telling_subject = telling & (weight > 0.3)
        telling = telling_subject if telling_subject.any() else telling
    if not telling.any():
        return _between(math.log2(float(first.mean()) + 1e-3), -4.0, 6.0) * 0.5
    ratio = float(np.quantile(np.sqrt(first[telling] / second[telling]), 0.75))
    return _between(math.log2(ratio + 1e-3), -2.5, 0.6)


def _exposure(grey: Floats, subject: Floats) -> float:
    weight = subject if float(subject.mean()) > 0.05 else np.ones_like(grey)
    mean = float((grey * weight).sum() / weight.sum())
    clipped = float(((grey < 6) | (grey > 250)).mean())
    return math.exp(-(((mean - 122.0) / 75.0) ** 2)) * (1.0 - min(1.0, max(0.0, clipped - 0.05)))


def _contrast(grey: Floats) -> float:
    low, high = np.quantile(grey[::2, ::2], [0.05, 0.95])
    return _between(float(high - low), 10.0, 190.0)


def _compression(content: bytes, grey: Floats, unscaled: bool) -> float:
    """1 for an uncompressed or finely compressed photo, towards 0 for a coarse one."""
    part = 1.0
    sums = _quantisation_sum(content)
    if sums is not None:
        part = _between(math.log2(sums / _BASE_TABLE_SUM + 1e-3), 3.0, -1.0)
    if unscaled and min(grey.shape) >= 24:
        part = min(part, _between(grid_steps(grey), 1.2, 0.05))
    return part


def _quantisation_sum(content: bytes) -> float | None:
    if content[:3] != b"\xff\xd8\xff":
        return None
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as header:
            tables: Mapping[int, list[int]] = getattr(header, "quantization", {})
    except (OSError, ValueError, SyntaxError):
        return None
    if not tables:
        return None
    values = list(tables.values())
    return float(sum(values[0]) + sum(values[min(1, len(values) - 1)]))


def grid_steps(grey: Floats) -> float:
    """How much larger the steps between neighbouring pixels are on the borders of 8 x 8 blocks than beside them (0: not at all)."""
    excess = []
    for values in (grey, grey.T):
        steps = np.abs(np.diff(values, axis=1)).mean(axis=0)
        borders = steps[7::8]
        beside = (steps[6 : 6 + 8 * borders.size : 8] + steps[8 : 8 + 8 * borders.size : 8][: borders.size].mean()) / 2
        count = min(borders.size, beside.size)
        excess.append(float((borders[:count] - beside[:count]).mean() / (beside[:count].mean() + 0.5)))
    return max(0.0, float(np.mean(excess)))


def _face(face: Face | None, size: tuple[int, int]) -> float | None:
    if face is None:
        return None
    right_eye, left_eye, nose = face.points[0], face.points[1], face.points[2]
    span = float(abs(left_eye[0] - right_eye[0])) + 1e-6
    frontal = 1.0 - min(1.0, abs(float(nose[0]) - float(left_eye[0] + right_eye[0]) / 2) / span)
    pixels = (face.bottom - face.top) * size[1]
    large = _between(math.log2(max(1.0, pixels)), 4.0, 7.0)
    return _between(face.score, 0.3, 0.95) * (0.4 + 0.6 * frontal) * (0.4 + 0.6 * large)


def _overlay(colours: NDArray[np.uint8]) -> float:
    """1 without an overlay; less the taller the strips of one colour with writing are that lie along the upper or lower edge."""
    small = cv2.resize(colours, (96, 96), interpolation=cv2.INTER_AREA).astype(np.float32)
    tall = max(_strip(small), _strip(small[::-1]))
    return 1.0 - min(1.0, 3.0 * tall)


def _strip(rows: Floats) -> float:
    medians = np.median(rows, axis=1)
    near = np.abs(rows - medians[:, None, :]).max(axis=2) < 14
    plain = (near.mean(axis=1) > 0.55) & (np.abs(medians - medians[0]).max(axis=1) < 14)
    end = int(np.argmin(plain)) if not plain.all() else 0
    if end < 4:
        return 0.0
    written = (~near[:end]).mean()
    edge = float(np.abs(rows[end] - rows[end - 1]).mean())
    return end / rows.shape[0] if 0.04 < written < 0.5 and edge > 20 else 0.0


def _between(value: float, worst: float, best: float) -> float:
    return min(1.0, max(0.0, (value - worst) / (best - worst)))


DEFAULT_WEIGHTS: Final[Mapping[str, float]] = {
    "sharpness": 1.0, "exposure": 0.8, "contrast": 0.5, "noise": 0.7, "resolution": 0.6, "face": 0.3, "overlay": 0.5,
}


def score(quality: Quality, weights: Mapping[str, float] = DEFAULT_WEIGHTS) -> float:
    """Joins the parts: their weighted geometric mean, over the parts that are not None."""
    parts = {name: value for name, value in asdict(quality).items() if value is not None}
    total = sum(weights[name] for name in parts)
    return math.exp(sum(weights[name] * math.log(max(0.02, value)) for name, value in parts.items()) / total)
