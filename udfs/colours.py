"""Names of colours in Korean, of clothes and of hair: words that nobody wrote and by which a photo is found."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from udfs.people import Bools

Bytes = NDArray[np.uint8]

_LEAST_PIXELS: Final = 60
_LEAST_SHARE: Final = 0.3
# Names with the hues (degrees) that they begin at; a hue belongs to the last name that begins at or before it.
_HUES: Final = (
    (0, "빨간색"), (16, "주황색"), (42, "노란색"), (70, "초록색"), (168, "하늘색"), (203, "파란색"), (258, "보라색"),
    (300, "분홍색"), (345, "빨간색"),
)  # fmt: skip
NAMES: Final = (
    "검은색", "흰색", "회색", "빨간색", "주황색", "노란색", "초록색", "하늘색", "파란색", "남색", "보라색", "분홍색", "갈색", "베이지색",
)  # fmt: skip


def name_pixels(pixels: Bytes) -> list[str]:
    """Names the colour of each pixel, shape (n, 3) RGB."""
    return [NAMES[number] for number in _numbers(pixels)]


def colour_of(crop: Bytes, region: Bools) -> tuple[str, float] | None:
    """The colour that most of a region has, and its share; None when the region is small or has no leading colour."""
    pixels = crop[region]
    if len(pixels) < _LEAST_PIXELS:
        return None
    shares = np.bincount(_numbers(pixels), minlength=len(NAMES)) / len(pixels)
    best = int(shares.argmax())
    share = float(shares[best])
    return (NAMES[best], round(share, 6)) if share >= _LEAST_SHARE else None


def _numbers(pixels: Bytes) -> NDArray[np.int64]:
    converted = cv2.cvtColor(pixels.reshape(-1, 1, 3), cv2.COLOR_RGB2HSV).reshape(-1, 3).astype(np.float32)
    hue, saturation, value = converted[:, 0] * 2, converted[:, 1] / 255, converted[:, 2] / 255
    begins = np.array([begin for begin, _ in _HUES])
    by_hue = np.array([NAMES.index(name) for _, name in _HUES])
    named: NDArray[np.int64] = by_hue[np.searchsorted(begins, hue, side="right") - 1]
    warm = (hue < 50) | (hue > 345)
    grey = (saturation < 0.13) | ((saturation < 0.22) & (value < 0.35))
    named = np.where((hue >= 203) & (hue < 258) & (value < 0.42), NAMES.index("남색"), named)
    named = np.where(warm & (hue > 8) & (hue < 50) & (value < 0.62) & (saturation > 0.25), NAMES.index("갈색"), named)
    named = np.where(warm & (hue > 14) & (value >= 0.62) & (saturation < 0.4), NAMES.index("베이지색"), named)
    named = np.where(((hue < 14) | (hue > 330)) & (value > 0.75) & (saturation < 0.5), NAMES.index("분홍색"), named)
    named = np.where(grey, NAMES.index("회색"), named)
    named = np.where(grey & (value > 0.82), NAMES.index("흰색"), named)
    return np.where(value < 0.2, NAMES.index("검은색"), named).astype(np.int64)
