"""How good a photo is, in named parts in [0, 1], higher is better.

Every part is a plain measurement brought to [0, 1]; the score that joins them is learned (`train_photo_models`). Sources: noise after
Immerkaer, "Fast noise variance estimation" (1996), in the flattest tiles; sharpness as the share of the finest band of a Laplacian
pyramid, as in Vu and Chandler's S3 (2012) but on the subject's tiles; JPEG damage from the quantisation tables and from steps at the
8 x 8 grid (Wang, Bovik and Evans 2000); natural texture after BRISQUE (`natural_scenes`).
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from udfs.natural_scenes import NatureHead, moments, normalise
from udfs.people import Face, People

Floats = NDArray[np.float32]

PARTS: Final = ("sharpness", "exposure", "contrast", "noise", "compression", "natural", "resolution", "face", "overlay")
TILES: Final = 8
_BASE_TABLE_SUM: Final = 3745.0  # sum of the luminance and chrominance tables of ITU T.81 annex K


@dataclass(frozen=True)
class Quality:
    """Parts of a photo's quality, each in [0, 1]; `face` is None where no face is seen, `natural` where nothing was learned for it."""

    sharpness: float
    exposure: float
    contrast: float
    noise: float
    compression: float
    natural: float | None
    resolution: float
    face: float | None
    overlay: float


def measure(image: Image.Image, people: People, content: bytes, size: tuple[int, int], nature: NatureHead | None = None) -> Quality:
    """Measures the parts of a photo's quality.

    Args:
        image: the decoded photo, RGB.
        people: who was found in it; where somebody is, sharpness and exposure are those of the subject.
        content: the file, whose quantisation tables tell how hard a JPEG was compressed.
        size: width and height of the file in pixels.
        nature: what tells natural texture; None: `natural` is None.
    """
    colours = np.asarray(image)
    grey: Floats = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY).astype(np.float32)
    subject: Floats = cv2.resize(people.mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    local = normalise(grey)
    found = moments(grey, local) if nature else None
    deviation = noise_deviation(grey)
    return Quality(
        sharpness=_sharpness(grey, local.mean, subject, deviation),
        exposure=_exposure(colours, grey, subject),
        contrast=_smooth(math.log2(float(grey[::2, ::2].std()) + 1.0), 4.6, 0.6),
        noise=_smooth(-math.log2(deviation + 0.5), -1.9, 0.7),
        compression=_compression(content, grey, image.size == size),
        natural=None if nature is None or found is None else float(nature.parts(found[None])[0]),
        resolution=_smooth(math.log2(max(1, min(*size, _LARGEST))), 8.6, 0.8),
        face=_face(people.main_face, size),
        overlay=_overlay(colours),
    )


_LARGEST: Final = 480  # pixels of the shorter side beyond which nothing more is looked at (a photo is decoded to 640)


def noise_deviation(grey: Floats) -> float:
    """Standard deviation of the noise in grey levels, from the flattest quarter of the tiles that are neither black nor white."""
    if min(grey.shape) < 4:
        return 0.0
    response = _tile_means(np.abs(cv2.filter2D(grey, cv2.CV_32F, _NOISE_MASK)))
    level = _tile_means(grey)
    open_tiles = (level > _BLACK) & (level < _WHITE)  # where pixels are clipped, so is the noise
    chosen = response[open_tiles] if int(open_tiles.sum()) >= _FEWEST_TILES else response
    return float(np.quantile(chosen, 0.25)) * math.sqrt(math.pi / 2) / 6.0


_NOISE_MASK: Final = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_BLACK: Final = 12.0
_WHITE: Final = 243.0


def _tile_means(values: Floats) -> Floats:
    if min(values.shape) < TILES:
        return values
    return np.asarray(cv2.resize(values, (TILES, TILES), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _sharpness(grey: Floats, fine: Floats, subject: Floats, deviation: float) -> float:
    """Share of the finest band of detail in the sharpest tiles of the subject, its noise taken off."""
    coarse = cv2.GaussianBlur(fine, (0, 0), 2.0)
    # White noise would pass for detail: what noise of this size adds to either band is taken off again.
    first = np.maximum(_tile_means((grey - fine) ** 2) - _NOISE_IN_FINE * deviation**2, 0.0)
    second = np.maximum(_tile_means((fine - coarse) ** 2) - 0.05 * deviation**2, 0.0)
    weight = np.broadcast_to(_tile_means(subject), first.shape)
    telling = second > np.quantile(second, 0.5)
    on_subject = telling & (weight > 0.3)
    chosen = on_subject if int(on_subject.sum()) >= _FEWEST_TILES else telling
    if not chosen.any():
        return _smooth(math.log2(float(first.mean()) + 0.01), 1.0, 1.0) * 0.5
    ratio = float(np.quantile(first[chosen] / (second[chosen] + 1.0), 0.7))
    return _smooth(min(math.log2(ratio + 1e-3), _SHARPEST), -3.4, 1.0)


_FEWEST_TILES: Final = 4
_NOISE_IN_FINE: Final = 0.9  # share of the noise's variance in the finest band, and what its estimate misses
_SHARPEST: Final = 0.0  # log2 of the share beyond which there is no more detail, only noise


def _exposure(colours: NDArray[np.uint8], grey: Floats, subject: Floats) -> float:
    """Low for a dark photo, and for one whose lights are lost; the subject counts more than what is around it.

    A bright photo (a white wall, a garment on white) is well exposed. Lights are lost where one channel ends and the others do not: what is
    white anyway ends in all of them, and speaks against the photo a little only.
    """
    weight = subject + np.float32(_SURROUNDINGS)
    light = float((grey * weight).sum() / weight.sum())
    some = colours[::4, ::4]
    ended, others = some.max(axis=2) > 250, some.min(axis=2)
    high = float(np.quantile(grey[::4, ::4], 0.9))
    lost, white = float((ended & (others < 236)).mean()), float((others > 250).mean())
    brightness = math.log2(0.5 * light + 0.5 * high + 1.0)
    return 1.0 / (1.0 + math.exp(-(brightness - 6.3) / 0.5) * (1.0 + 16.0 * lost + 4.0 * white))


_SURROUNDINGS: Final = 0.5


def _compression(content: bytes, grey: Floats, unscaled: bool) -> float:
    """Near 1 for an uncompressed or finely compressed photo, towards 0 for a coarse one."""
    part = 1.0
    sums = _quantisation_sum(content)
    if sums is not None:
        part = _smooth(-math.log2(sums / _BASE_TABLE_SUM + 1e-3), -0.4, 0.6)
    if unscaled and min(grey.shape) >= 24:
        part *= _smooth(-grid_steps(grey), -0.5, 0.2)
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
        count = (steps.size - 1) // 8
        borders = steps[7 : 8 * count : 8]
        beside = (steps[6 : 8 * count : 8] + steps[8 : 8 * count + 1 : 8]) / 2
        excess.append(float((borders - beside).mean() / (beside.mean() + 0.5)))
    return max(0.0, float(np.mean(excess)))


def _face(face: Face | None, size: tuple[int, int]) -> float | None:
    """How well the main face is seen: the detector's certainty, turned to the camera, large enough."""
    if face is None:
        return None
    right_eye, left_eye, nose = face.points[0], face.points[1], face.points[2]
    span = float(abs(left_eye[0] - right_eye[0])) + 1e-6
    frontal = 1.0 - min(1.0, abs(float(nose[0]) - float(left_eye[0] + right_eye[0]) / 2) / span)
    large = _smooth(math.log2(max(1.0, (face.bottom - face.top) * size[1])), 5.0, 0.7)
    return face.score * (0.5 + 0.5 * frontal) * (0.4 + 0.6 * large)


def _overlay(colours: NDArray[np.uint8]) -> float:
    """1 without an overlay; less the taller the strips of one colour with writing are that lie along the upper or lower edge."""
    small = cv2.resize(colours, (64, 128), interpolation=cv2.INTER_AREA).astype(np.float32)
    tall = max(_strip(small), _strip(small[::-1]))
    return _smooth(-tall, -0.12, 0.04) if tall > 0 else 1.0


def _strip(rows: Floats) -> float:
    """Share of the height of a strip with writing along the first rows; 0 when there is none.

    What is drawn by a program differs from a wall or the sky by being of exactly one colour, above and below its writing from side to side,
    with a straight border, and by writing that stands out.
    """
    colour = np.median(rows[:3].reshape(-1, 3), axis=0)
    off = np.abs(rows - colour).max(axis=2)
    near = off < _EXACT
    share = near.mean(axis=1)
    beside = (off[:, :2].mean(axis=1) < _EXACT) | (off[:, -2:].mean(axis=1) < _EXACT)  # words may run out of the photo on one side
    inside = beside & (share > 0.04)
    end = _border(inside)
    if end == 0:
        return 0.0
    away = off[:end][~near[:end]]
    written = away.size / (end * rows.shape[1])
    plain = share[:end] > _PLAIN
    straight = float(share[min(end + 1, len(rows) - 1)]) < 0.3 and bool(plain[-3:].any()) and float(plain.mean()) > 0.15
    legible = 0.02 < written < _MOST_WRITTEN and float(np.quantile(away, 0.8)) > _LEAST_INK
    return end / len(rows) if straight and legible else 0.0


def _border(inside: NDArray[np.bool_]) -> int:
    """The first row after nearly unbroken rows of a strip from which on nothing belongs to it; 0: there is none."""
    most = int(_TALLEST * len(inside))
    unbroken = np.cumsum(inside[:most]) / np.arange(1, most + 1) >= 0.85
    for end in range(4, most + 1):
        if unbroken[end - 1] and inside[end - 1] and not inside[end : end + 3].any():
            return end
    return 0


_TALLEST: Final = 0.45  # share of the height: what is taller is a sky
_EXACT: Final = 5.0  # grey levels by which a drawn colour strays after compression and scaling
_PLAIN: Final = 0.9  # share of a row of the strip above or below its writing that has its colour
_LEAST_INK: Final = 40.0  # grey levels between writing and strip
_MOST_WRITTEN: Final = 0.55  # share of the strip


def _smooth(value: float, middle: float, width: float) -> float:
    """A logistic curve: strictly rising, 0.5 at the middle."""
    return 1.0 / (1.0 + math.exp(min(60.0, max(-60.0, -(value - middle) / width))))


@dataclass(frozen=True)
class Weights:
    """What the score is made of: a logistic function of the weighted log-odds of the parts.

    Attributes:
        bias: added to the sum.
        parts: weight of each part, not negative.
        averages: log-odds at which a part that is None counts.
    """

    bias: float
    parts: Mapping[str, float]
    averages: Mapping[str, float]


DEFAULT_WEIGHTS: Final = Weights(
    -5.5,
    {"sharpness": 0.8, "exposure": 0.5, "contrast": 0.3, "noise": 0.4, "compression": 0.4, "resolution": 0.5, "face": 0.0, "overlay": 0.3},
    {},
)


def log_odds(value: float) -> float:
    """The logarithm of p / (1 - p), kept away from infinity."""
    return math.log((value + 0.001) / (1.001 - value))


def score(quality: Quality, weights: Weights = DEFAULT_WEIGHTS) -> float:
    """Joins the parts to one number in [0, 1]."""
    total = weights.bias
    for name, weight in weights.parts.items():
        value = getattr(quality, name)
        total += weight * (weights.averages.get(name, 0.0) if value is None else log_odds(value))
    return 1.0 / (1.0 + math.exp(-total))
