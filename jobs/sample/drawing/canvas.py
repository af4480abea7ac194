"""Drawing tools: seeded noise, smooth outlines, shaded shapes, strokes that look like Korean text.

Colours are RGB, images are `uint8` arrays of shape (height, width, 3), points are pixels (x right, y down).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
Points: TypeAlias = NDArray[np.float64]
Colour: TypeAlias = tuple[float, float, float]
Random: TypeAlias = np.random.Generator

_SHIFT = 4  # outlines are placed to 1/16 of a pixel
_TILE = 1024
_STEPS = np.arange(256, dtype=np.float32)[:, None]


def random_of(*parts: int | str) -> Random:
    """Returns a generator that depends on `parts` alone, the same on every machine."""
    return np.random.default_rng([zlib.crc32(part.encode()) if isinstance(part, str) else part for part in parts])


def pick(rng: Random, options: Sequence[Any]) -> Any:
    """Returns one of `options`."""
    return options[int(rng.integers(len(options)))]


@lru_cache(maxsize=8)
def _tile(kind: str) -> NDArray[np.float32]:
    """Returns a big seeded noise image (mean 0, standard deviation 1): `grain`, `cloud` (soft) or `fold` (long vertical waves)."""
    rng = random_of("tile", kind)
    if kind == "grain":
        return rng.standard_normal((_TILE, _TILE)).astype(np.float32)
    total = np.zeros((_TILE, _TILE), np.float32)
    cells = (
        ((4, 4, 1.0), (8, 8, 0.6), (16, 16, 0.4), (40, 40, 0.25), (128, 128, 0.12))
        if kind == "cloud"
        else ((6, 40, 1.0), (10, 90, 0.6), (24, 200, 0.3))
    )
    for rows, columns, weight in cells:
        coarse = rng.standard_normal((rows, columns)).astype(np.float32)
        total += weight * cv2.resize(coarse, (_TILE, _TILE), interpolation=cv2.INTER_CUBIC)
    return np.asarray((total - total.mean()) / total.std(), dtype=np.float32)


def noise(kind: str, height: int, width: int, rng: Random, scale: float = 1.0) -> NDArray[np.float32]:
    """Returns a cut of a noise tile, `scale` times as coarse, of shape (height, width)."""
    rows, columns = min(_TILE, max(2, int(height / scale) + 1)), min(_TILE, max(2, int(width / scale) + 1))
    top, left = int(rng.integers(_TILE - rows + 1)), int(rng.integers(_TILE - columns + 1))
    cut = _tile(kind)[top : top + rows, left : left + columns]
    return np.asarray(cv2.resize(cut, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def clip_colour(colour: Sequence[float]) -> Colour:
    """Returns `colour` with each part within 0 to 255."""
    red, green, blue = (float(min(255.0, max(0.0, part))) for part in colour)
    return red, green, blue


def mix(one: Sequence[float], other: Sequence[float], share: float) -> Colour:
    """Returns the colour `share` of the way from `one` to `other`."""
    return clip_colour([a + (b - a) * share for a, b in zip(one, other, strict=True)])


def vary(rng: Random, colour: Sequence[float], spread: float) -> Colour:
    """Returns `colour` moved by up to about `spread` of 255."""
    return clip_colour(np.asarray(colour, float) + rng.normal(0, spread, 3))


@lru_cache(maxsize=16)
def _catmull_rom(steps: int) -> Points:
    """Returns the weights of four neighbouring control points at `steps` places between the middle two, of shape (steps, 4)."""
    t = np.linspace(0, 1, steps, endpoint=False)
    weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3)
    return np.asarray(0.5 * np.stack(weights, 1))


def spline(points: Sequence[Sequence[float]], *, closed: bool = True, steps: int = 6) -> Points:
    """Returns a Catmull-Rom curve through `points` (E. Catmull and R. Rom, 1974), `steps` points a piece."""
    control = np.asarray(points, float)
    count = len(control)
    if closed:
        index = (np.arange(count)[:, None] + np.arange(-1, 3)) % count
    else:
        index = np.minimum(np.maximum(np.arange(count - 1)[:, None] + np.arange(-1, 3), 0), count - 1)
    return np.asarray((_catmull_rom(steps) @ control[index]).reshape(-1, 2))


@lru_cache(maxsize=64)
def _circle(steps: int) -> Points:
    turn = np.arange(steps) * (2 * np.pi / steps)
    return np.stack([np.cos(turn), np.sin(turn)], 1)


@lru_cache(maxsize=64)
def _along(count: int, points: int) -> Points:
    return np.linspace(0, count - 1, points)


def limb(path: Sequence[Sequence[float]], radii: Sequence[float], *, cut: bool = False) -> Points:
    """Returns the outline of a tapered tube along `path` with `radii` at its points, ends rounded; `cut`: the far end is flat."""
    ends = np.asarray(path, float)
    line = ends if len(ends) == 2 else np.vstack([spline(path, closed=False, steps=4), ends[-1:]])
    radius = np.interp(_along(len(path), len(line)), np.arange(len(path)), np.asarray(radii, float))[:, None]
    direction = np.empty_like(line)
    direction[1:-1] = line[2:] - line[:-2]
    direction[0], direction[-1] = line[1] - line[0], line[-1] - line[-2]
    direction /= np.maximum(np.sqrt((direction**2).sum(1, keepdims=True)), 1e-6)
    normal = direction[:, ::-1] * (-1.0, 1.0)
    left, right = line + normal * radius, line - normal * radius
    cosine, sine = _circle(12)[1:6, :1], _circle(12)[1:6, 1:]
    start = line[0] + radius[0] * (-normal[0] * cosine - direction[0] * sine)
    if cut:
        return np.vstack([start, left, right[::-1]])
    end = line[-1] + radius[-1] * (normal[-1] * cosine + direction[-1] * sine)
    return np.vstack([start, left, end, right[::-1]])


def ellipse(centre: Sequence[float], radius_x: float, radius_y: float, angle: float = 0.0, steps: int = 28) -> Points:
    """Returns the outline of an ellipse turned by `angle` radians."""
    outline = _circle(steps) * (radius_x, radius_y)
    if angle:
        cosine, sine = math.cos(angle), math.sin(angle)
        outline = outline @ np.asarray([[cosine, sine], [-sine, cosine]])
    return np.asarray(outline + np.asarray(centre, float))


def shifted(outline: Points, right: float, down: float) -> Points:
    """Returns an outline moved by so many pixels."""
    return np.asarray(outline + np.asarray((right, down)))


def box(left: float, top: float, right: float, bottom: float) -> Points:
    """Returns the four corners of a rectangle."""
    return np.asarray([[left, top], [right, top], [right, bottom], [left, bottom]], float)


def fill(image: Pixels, outline: Points, colour: Sequence[float]) -> None:
    """Fills an outline with one colour, edges smoothed."""
    points = np.round(outline * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(image, [points], [float(part) for part in colour], cv2.LINE_AA, _SHIFT)


def stroke(image: Pixels, path: Points | Sequence[Sequence[float]], colour: Sequence[float], thickness: float = 1.0) -> None:
    """Draws an open line through `path`."""
    points = np.round(np.asarray(path, float) * (1 << _SHIFT)).astype(np.int32)
    cv2.polylines(image, [points], False, [float(part) for part in colour], max(1, round(thickness)), cv2.LINE_AA, _SHIFT)


def gradient(height: int, width: int, top: Sequence[float], bottom: Sequence[float]) -> Pixels:
    """Returns an image that runs from `top` to `bottom`."""
    share = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    rows = np.asarray(top, np.float32) * (1 - share) + np.asarray(bottom, np.float32) * share
    return np.repeat(np.clip(rows, 0, 255).astype(np.uint8), width, axis=1)


def _window(image: Pixels, outlines: Sequence[Points], margin: float) -> tuple[int, int, int, int] | None:
    everything = np.vstack(list(outlines)) if len(outlines) > 1 else outlines[0]
    height, width = image.shape[:2]
    left, top = np.floor(everything.min(0) - margin).astype(int)
    right, bottom = np.ceil(everything.max(0) + margin).astype(int) + 1
    left, top, right, bottom = max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom))
    return (left, top, right, bottom) if right - left > 1 and bottom - top > 1 else None


def _mask(outlines: Sequence[Points], window: tuple[int, int, int, int]) -> Pixels:
    left, top, right, bottom = window
    mask = np.zeros((bottom - top, right - left), np.uint8)
    for outline in outlines:
        points = np.round((outline - (left, top)) * (1 << _SHIFT)).astype(np.int32)
        cv2.fillPoly(mask, [points], [255.0], cv2.LINE_AA, _SHIFT)
    return mask


def soften(mask: Pixels, sigma: float) -> Pixels:
    """Blurs a mask; wide blurs are made on a smaller copy, which looks the same and is much faster."""
    if sigma < 0.4:
        return mask
    shrink = max(1, int(sigma / 2.5))
    height, width = mask.shape[:2]
    if shrink == 1:
        return np.asarray(cv2.GaussianBlur(mask, (0, 0), sigma), np.uint8)
    small = cv2.resize(mask, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / shrink)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _times(part: Pixels, factor: Pixels, unit: float) -> Pixels:
    """Returns an RGB image times a one-channel factor that stands for 1 at `unit`."""
    return np.asarray(cv2.multiply(part, cv2.merge([factor, factor, factor]), scale=1.0 / unit), np.uint8)


def _ramp(colour: Sequence[float], unit: float) -> Pixels:
    """Returns a look-up table: what `colour` becomes at each of 256 brightnesses, `unit` meaning unchanged."""
    steps = _STEPS * (np.asarray(colour, np.float32) / np.float32(unit))
    return np.minimum(steps, 255.0).astype(np.uint8)[:, None, :]


def blend(image: Pixels, outlines: Points | Sequence[Points], colour: Sequence[float], opacity: float, blur: float = 0.0) -> None:
    """Lays a translucent, soft-edged colour over an image (shadow, glow, blush).

    Args:
        image: drawn upon.
        outlines: one or more outlines.
        colour: RGB.
        opacity: in [0, 1].
        blur: softness of the edge in pixels.
    """
    shapes = [outlines] if isinstance(outlines, np.ndarray) else list(outlines)
    window = _window(image, shapes, 2.5 * blur + 1)
    if window is None:
        return
    left, top, right, bottom = window
    alpha = np.asarray(cv2.convertScaleAbs(soften(_mask(shapes, window), blur), alpha=opacity), np.uint8)
    part = image[top:bottom, left:right]
    kept = _times(part, np.asarray(cv2.bitwise_not(alpha), np.uint8), 255.0)
    part[...] = cv2.add(kept, cv2.LUT(cv2.merge([alpha, alpha, alpha]), _ramp(colour, 255.0)))


def paint(
    image: Pixels,
    outlines: Points | Sequence[Points],
    colour: Sequence[float],
    *,
    volume: float,
    light: tuple[float, float] = (-0.5, -0.6),
    depth: float = 0.5,
    texture: Pixels | None = None,
    folds: float = 0.0,
    rng: Random | None = None,
    scale: float = 1.0,
) -> None:
    """Paints a rounded, lit body: the blurred mask serves as a height field, its slope towards the light as shading.

    Args:
        image: drawn upon.
        outlines: shapes that form one body.
        colour: RGB of the material.
        volume: how far the rounding reaches from the edge, in pixels.
        light: direction to the light.
        depth: strength of the shading.
        texture: picture of the material, as large as the whole image, in place of `colour`.
        folds: strength of cloth folds.
        rng: where the folds come from.
        scale: coarseness of the folds.
    """
    shapes = [outlines] if isinstance(outlines, np.ndarray) else list(outlines)
    window = _window(image, shapes, 1)
    if window is None:
        return
    left, top, right, bottom = window
    mask = _mask(shapes, window)
    height, width = mask.shape
    # The shading is smooth: it is worked out on a small copy and enlarged.
    shrink = min(8, max(1, int(volume / 3.5)))
    rounding = max(1.0, volume / shrink)
    border = int(rounding * 1.5) + 1
    small = np.asarray(cv2.resize(mask, (max(2, width // shrink), max(2, height // shrink)), interpolation=cv2.INTER_AREA), np.uint8)
    small = np.asarray(cv2.copyMakeBorder(small, border, border, border, border, cv2.BORDER_CONSTANT, value=[0.0]), np.uint8)
    _extend_cut_edges(small, border, window, image.shape)
    field = cv2.GaussianBlur(small, (0, 0), rounding * 0.6).astype(np.float32) / 255.0
    slope_x = cv2.Sobel(field, cv2.CV_32F, 1, 0, ksize=3)
    slope_y = cv2.Sobel(field, cv2.CV_32F, 0, 1, ksize=3)
    lit = -(slope_x * light[0] + slope_y * light[1]) * rounding * 0.16
    shade = 1.0 + depth * (lit + 0.5 * (np.clip(field, 0.4, 1.0) - 0.85))
    shade = shade[border:-border, border:-border]
    if folds and rng is not None:
        shade = shade * (1.0 + folds * noise("fold", shade.shape[0], shade.shape[1], rng, scale / shrink * 2))
    brightness = np.clip(shade * 128.0, 0, 255).astype(np.uint8)
    brightness = np.asarray(cv2.resize(brightness, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    part = image[top:bottom, left:right]
    if texture is not None:
        lit_colour = _times(texture[top:bottom, left:right], brightness, 128.0)
    else:
        lit_colour = np.asarray(cv2.LUT(cv2.merge([brightness, brightness, brightness]), _ramp(colour, 128.0)), np.uint8)
    for outline in shapes:  # gives the edge its smooth step; the inside is laid over it
        fill(image, outline, mix(colour, (0, 0, 0), 0.14 * depth))
    part[...] = cv2.copyTo(lit_colour, cv2.threshold(mask, 250, 255, cv2.THRESH_BINARY)[1], part)


def _extend_cut_edges(small: Pixels, border: int, window: tuple[int, int, int, int], shape: tuple[int, ...]) -> None:
    """Continues a shape beyond the picture's edge, so that being cut there does not look like a rounded end."""
    left, top, right, bottom = window
    if left <= 0:
        small[:, :border] = small[:, border : border + 1]
    if right >= shape[1]:
        small[:, -border:] = small[:, -border - 1 : -border]
    if top <= 0:
        small[:border] = small[border : border + 1]
    if bottom >= shape[0]:
        small[-border:] = small[-border - 1 : -border]


# Strokes of consonants and vowels in a unit square; written as polylines. Not letters of any font, only their look.
_HEADS: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = (
    (((0.1, 0.1), (0.9, 0.1), (0.85, 0.9)),),
    (((0.15, 0.1), (0.15, 0.9), (0.9, 0.9)),),
    (((0.9, 0.1), (0.1, 0.1), (0.1, 0.9), (0.9, 0.9)),),
    (((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9), (0.1, 0.1)),),
    (((0.5, 0.05), (0.1, 0.9)), ((0.5, 0.25), (0.9, 0.9))),
    (((0.5, 0.05), (0.86, 0.28), (0.86, 0.72), (0.5, 0.95), (0.14, 0.72), (0.14, 0.28), (0.5, 0.05)),),
    (((0.15, 0.1), (0.15, 0.9), (0.85, 0.9), (0.85, 0.1)), ((0.15, 0.5), (0.85, 0.5))),
    (((0.1, 0.1), (0.9, 0.1), (0.9, 0.5), (0.1, 0.5), (0.1, 0.9), (0.9, 0.9)),),
    (((0.1, 0.1), (0.9, 0.1)), ((0.5, 0.1), (0.1, 0.9)), ((0.5, 0.3), (0.9, 0.9))),
)
_SIDE_VOWELS = (
    (((0.5, 0.0), (0.5, 1.0)),),
    (((0.3, 0.0), (0.3, 1.0)), ((0.3, 0.5), (0.9, 0.5))),
    (((0.6, 0.0), (0.6, 1.0)), ((0.0, 0.5), (0.6, 0.5))),
)
_LOW_VOWELS = (
    (((0.0, 0.5), (1.0, 0.5)),),
    (((0.0, 0.8), (1.0, 0.8)), ((0.5, 0.1), (0.5, 0.8))),
    (((0.0, 0.2), (1.0, 0.2)), ((0.5, 0.2), (0.5, 0.9))),
)


def syllables(
    image: Pixels, left: float, top: float, size: float, count: int, rng: Random, colour: Sequence[float], weight: float = 0.09
) -> float:
    """Writes `count` blocks that look like Korean syllables and returns where the line ends (x)."""
    for _ in range(count):
        parts: list[tuple[tuple[tuple[tuple[float, float], ...], ...], float, float, float, float]] = []
        final = rng.random() < 0.45
        low = 0.58 if final else 0.95
        head = _HEADS[int(rng.integers(len(_HEADS)))]
        if rng.random() < 0.6:
            parts.append((head, 0.04, 0.05, 0.5, low))
            parts.append((_SIDE_VOWELS[int(rng.integers(3))], 0.58, 0.02, 0.92, low + 0.02))
        else:
            parts.append((head, 0.2, 0.04, 0.8, low * 0.55))
            parts.append((_LOW_VOWELS[int(rng.integers(3))], 0.05, low * 0.6, 0.95, low))
        if final:
            parts.append((_HEADS[int(rng.integers(len(_HEADS)))], 0.22, 0.66, 0.8, 0.97))
        for strokes, x0, y0, x1, y1 in parts:
            for line in strokes:
                path = [(left + size * (x0 + (x1 - x0) * x), top + size * (y0 + (y1 - y0) * y)) for x, y in line]
                stroke(image, path, colour, max(1.0, size * weight))
        left += size * 1.06
        if rng.random() < 0.15:
            left += size * 0.4
    return left


def digits(image: Pixels, left: float, top: float, size: float, text: str, colour: Sequence[float], weight: float = 0.1) -> None:
    """Writes Latin letters and digits with OpenCV's built-in stroke font; `size` is their height in pixels."""
    cv2.putText(
        image,
        text,
        (round(left), round(top + size)),
        cv2.FONT_HERSHEY_DUPLEX,
        size / 22.0,
        [float(part) for part in colour],
        max(1, round(size * weight)),
        cv2.LINE_AA,
    )
