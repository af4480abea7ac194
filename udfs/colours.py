"""Names of colours in Korean, of clothes and of hair: words that nobody wrote and by which a photo is found.

Every pixel is named, never a mean: cloth of two strong hues would come out grey.
"""

from __future__ import annotations

import itertools
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
SEVERAL: Final = "여러 색"
_LEAST_HUE: Final = 0.15  # share from which a hue counts where none leads
# The hues of names that stand for one, in the middle (degrees): what `_unmixed` takes for the ends of a mixture.
_CENTRES: Final = {
    "빨간색": 0, "주황색": 29, "노란색": 56, "초록색": 119, "하늘색": 185, "파란색": 230, "남색": 230, "보라색": 279, "분홍색": 335,
}  # fmt: skip
_HUES_APART: Final = 60  # degrees
_LEAST_PART: Final = 0.08  # share of the region that each end of a mixture has itself
_BETWEEN: Final = 0.2  # a mixture holds at least so much of either
_ASIDE: Final = 16.0  # and lies so near to the way between them [RGB levels at one brightness]
_THREADS: Final = 35  # of either there is some in a square of this side around it [pixels]
_MOSTLY: Final = 0.5  # share of the leading colour's pixels


def name_pixels(pixels: Bytes) -> list[str]:
    """Names the colour of each pixel, shape (n, 3) RGB."""
    return [NAMES[number] for number in _numbers(pixels)]


def colours_of(crop: Bytes, region: Bools) -> list[tuple[str, float]]:
    """The colours that a region has, by the shares of its pixels, most first.

    Args:
        crop: RGB, shape (h, w, 3).
        region: shape (h, w).

    Returns:
        One or two names, each of at least three tenths of the region; `SEVERAL` where none leads but several hues are there; nothing where
        the region is small or has no leading colour. The second is never beige, which bare arms and legs have, too.
    """
    pixels = crop[region]
    if len(pixels) < _LEAST_PIXELS:
        return []
    shares = _unmixed(pixels, _numbers(pixels), region)
    order = np.argsort(-shares, kind="stable")[:2]
    first, second = ((NAMES[number], round(float(shares[number]), 6)) for number in order)
    if first[1] >= _LEAST_SHARE:
        return [first, second] if second[1] >= _LEAST_SHARE and second[0] != "베이지색" else [first]
    hues = {name: float(share) for name, share in zip(NAMES, shares, strict=True) if name in _CENTRES and share >= _LEAST_HUE}
    differ = any(_are_apart(one, other) for one, other in itertools.combinations(hues, 2))
    return [(SEVERAL, round(sum(hues.values()), 6))] if differ else []


def _are_apart(one: str, other: str) -> bool:
    apart = abs(_CENTRES[one] - _CENTRES[other])
    return min(apart, 360 - apart) >= _HUES_APART


def _unmixed(pixels: Bytes, numbers: NDArray[np.int64], region: Bools) -> NDArray[np.float64]:
    """Shares of the colours, shape (names,), without the mixtures of threads.

    Where threads or small squares of two hues lie close, their mixture is no colour of the cloth: pixels of the leading colour that lie
    near two other hues, in the picture and among the colours, count half for each of these.
    """
    shares: NDArray[np.float64] = np.bincount(numbers, minlength=len(NAMES)) / len(pixels)
    leading = int(shares.argmax())
    hues = [number for number, name in enumerate(NAMES) if name in _CENTRES and number != leading and shares[number] >= _LEAST_PART]
    pairs = [pair for pair in itertools.combinations(hues, 2) if _are_apart(NAMES[pair[0]], NAMES[pair[1]])]
    if not pairs:
        return shares
    tints = pixels / np.maximum(pixels.sum(axis=1, keepdims=True), 1) * (3 * 128.0)  # folds of one cloth differ in light
    for one, other in pairs:
        begin, end = (np.median(tints[numbers == number], axis=0) for number in (one, other))
        way = end - begin
        along = (tints - begin) @ way / float(way @ way)
        aside = np.linalg.norm(tints - begin - along[:, None] * way, axis=1)
        between = (numbers == leading) & (along > _BETWEEN) & (along < 1 - _BETWEEN) & (aside < _ASIDE)
        between &= _near(numbers == one, region) & _near(numbers == other, region)
        moved = float(between.mean())
        if moved >= _MOSTLY * shares[leading]:
            shares[leading] -= moved
            shares[[one, other]] += moved / 2
            break
    return shares


def _near(members: Bools, region: Bools) -> Bools:
    """Which pixels of a region lie near one of its members; both of shape (pixels of the region,)."""
    there = np.zeros(region.shape, np.uint8)
    there[region] = members
    return cv2.dilate(there, np.ones((_THREADS, _THREADS), np.uint8))[region].astype(np.bool_)


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
    dull = (hue <= 8) | (hue > 345)  # a dull dark red is called brown
    named = np.where(dull & (value < 0.62) & (saturation < 0.5), NAMES.index("갈색"), named)
    named = np.where(warm & (hue > 14) & (value >= 0.62) & (saturation < 0.4), NAMES.index("베이지색"), named)
    named = np.where(((hue < 14) | (hue > 330)) & (value > 0.75) & (saturation < 0.5), NAMES.index("분홍색"), named)
    named = np.where(grey, NAMES.index("회색"), named)
    named = np.where(grey & (value > 0.82), NAMES.index("흰색"), named)
    return np.where(value < 0.2, NAMES.index("검은색"), named).astype(np.int64)
