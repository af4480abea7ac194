"""What backgrounds are made of: floors, skies, trees, houses, signs, invented marks, audiences."""

from __future__ import annotations

import math

import cv2
import numpy as np

from jobs.sample.drawing.canvas import (
    Colour,
    Pixels,
    Random,
    blend,
    box,
    digits,
    ellipse,
    fill,
    gradient,
    limb,
    mix,
    noise,
    paint,
    spline,
    stroke,
    syllables,
    vary,
)

WIDTH, HEIGHT, HORIZON = 1080, 810, 0.68
BRIGHT: tuple[Colour, ...] = (
    (214, 40, 60),
    (20, 90, 190),
    (240, 180, 30),
    (30, 140, 90),
    (120, 50, 150),
    (230, 100, 40),
    (20, 150, 170),
    (235, 80, 140),
)


def floor(image: Pixels, near: Colour, far: Colour, *, top: float = HORIZON, tiles: bool = True, shine: float = 0.0) -> None:
    """Draws a floor in perspective from `top` down, with joints and a reflection of what stands above."""
    start = int(top * HEIGHT)
    image[start:] = gradient(HEIGHT - start, WIDTH, far, near)
    if shine:
        above = image[max(0, 2 * start - HEIGHT) : start][::-1]
        mirror = cv2.GaussianBlur(cv2.resize(above, (WIDTH, HEIGHT - start)), (0, 0), sigmaX=4, sigmaY=14)
        image[start:] = cv2.addWeighted(image[start:], 1 - shine, mirror, shine, 0)
    if tiles:
        joint = mix(near, (0, 0, 0), 0.25)
        vanish = WIDTH * 0.5
        for column in np.linspace(-3.0, 4.0, 22):
            stroke(image, [(vanish + (column - 0.5) * WIDTH * 0.45, start), (vanish + (column - 0.5) * WIDTH * 1.3, HEIGHT)], joint, 1)
        for row in range(1, 9):
            y = start + (HEIGHT - start) * (row / 9) ** 1.9
            stroke(image, [(0, y), (WIDTH, y)], joint, 1)


def logo(image: Pixels, x: float, y: float, size: float, colour: Colour, rng: Random) -> None:
    """Draws an invented company's mark: a simple shape and a few syllables or letters."""
    shape = int(rng.integers(5))
    if shape == 0:
        fill(image, ellipse((x, y), size * 0.5, size * 0.5), colour)
        fill(image, ellipse((x + size * 0.15, y - size * 0.1), size * 0.28, size * 0.28), (250, 250, 250))
    elif shape == 1:
        fill(image, np.asarray([[x, y - size * 0.5], [x + size * 0.5, y + size * 0.4], [x - size * 0.5, y + size * 0.4]]), colour)
    elif shape == 2:
        for row in range(3):
            fill(
                image,
                box(x - size * 0.5, y - size * 0.45 + row * size * 0.34, x + size * (0.5 - 0.2 * row), y - size * 0.24 + row * size * 0.34),
                colour,
            )
    elif shape == 3:
        stroke(
            image,
            np.vstack([ellipse((x, y), size * 0.45, size * 0.45), ellipse((x, y), size * 0.45, size * 0.45)[:1]]),
            colour,
            size * 0.16,
        )
    else:
        fill(
            image,
            spline(
                [
                    (x, y + size * 0.5),
                    (x - size * 0.5, y - size * 0.05),
                    (x - size * 0.25, y - size * 0.45),
                    (x, y - size * 0.2),
                    (x + size * 0.25, y - size * 0.45),
                    (x + size * 0.5, y - size * 0.05),
                ]
            ),
            colour,
        )
    if rng.random() < 0.5:
        syllables(image, x + size * 0.7, y - size * 0.4, size * 0.75, int(rng.integers(2, 5)), rng, colour, 0.13)
    else:
        digits(image, x + size * 0.7, y - size * 0.35, size * 0.7, letters(rng, int(rng.integers(3, 6))), colour)


def sky(image: Pixels, rng: Random, *, bottom: float, top_colour: Colour = (96, 150, 216), low_colour: Colour = (214, 228, 240)) -> None:
    """Draws a sky with clouds down to `bottom` (share of the height)."""
    end = int(bottom * image.shape[0])
    image[:end] = gradient(end, image.shape[1], top_colour, low_colour)
    cover = np.clip(noise("cloud", end, image.shape[1], rng, 0.9) * 0.45 + rng.uniform(-0.2, 0.2), 0, 1)[..., None]
    image[:end] = (image[:end] + (248 - image[:end].astype(np.float32)) * cover * 0.8).astype(np.uint8)


def tree(image: Pixels, rng: Random, x: float, base: float, height: float, colour: Colour) -> None:
    """Draws a tree whose crown is many lit leaves' clusters."""
    paint(image, limb([(x, base), (x, base - height * 0.5)], [height * 0.035, height * 0.02]), (92, 72, 54), volume=4)
    for _ in range(14):
        angle, radius = rng.uniform(0, 2 * math.pi), rng.uniform(0, 0.24) * height
        centre = (x + math.cos(angle) * radius, base - height * 0.68 + math.sin(angle) * radius * 1.1)
        paint(
            image,
            ellipse(centre, height * rng.uniform(0.08, 0.15), height * rng.uniform(0.07, 0.12)),
            vary(rng, colour, 14),
            volume=height * 0.05,
            depth=0.7,
        )


def building(image: Pixels, rng: Random, left: float, right: float, top: float, base: float, colour: Colour, *, lit: float = 0.0) -> None:
    """Draws a front with rows of windows; `lit` is the share of lighted ones."""
    fill(image, box(left, top, right, base), colour)
    columns, rows = max(2, int((right - left) / rng.uniform(22, 40))), max(3, int((base - top) / rng.uniform(24, 44)))
    glass = mix((120, 150, 180), colour, 0.3)
    width, height = (right - left) / columns, (base - top) / rows
    for column in range(columns):
        for row in range(rows):
            shade = (255, 226, 150) if rng.random() < lit else vary(rng, glass, 16)
            fill(
                image,
                box(left + (column + 0.2) * width, top + (row + 0.2) * height, left + (column + 0.8) * width, top + (row + 0.78) * height),
                shade,
            )
    blend(image, box(right - (right - left) * 0.08, top, right, base), (0, 0, 0), 0.25)


def sign(image: Pixels, rng: Random, left: float, top: float, width: float, height: float, colour: Colour) -> None:
    """Draws a shop's sign with writing."""
    fill(image, box(left, top, left + width, top + height), colour)
    ink = (250, 250, 245) if sum(colour) < 460 else (30, 30, 40)
    size = height * 0.62
    syllables(image, left + height * 0.3, top + height * 0.18, size, max(1, int((width - height * 0.5) / size / 1.1)), rng, ink, 0.11)


def audience(image: Pixels, rng: Random, colour: Colour) -> None:
    """Draws heads and light sticks along the lower edge of a finished picture."""
    height, width = image.shape[:2]
    size = width * 0.055
    for x in np.arange(-size, width + size, size * 1.5):
        y = height * 0.985 + rng.uniform(-0.02, 0.03) * height
        fill(image, ellipse((x, y), size * 0.62, size * 0.75), (12, 10, 16))
        if rng.random() < 0.4:
            tip = (x + rng.uniform(-0.6, 0.6) * size, y - size * rng.uniform(1.4, 2.6))
            stroke(image, [(x + size * 0.5, y), tip], (20, 18, 24), size * 0.22)
            blend(image, ellipse(tip, size * 0.2, size * 0.34), mix(colour, (255, 255, 255), 0.5), 0.95, size * 0.08)
            blend(image, ellipse(tip, size * 0.5, size * 0.6), colour, 0.4, size * 0.3)


def letters(rng: Random, count: int) -> str:
    """Returns random capital letters."""
    return "".join(chr(65 + int(rng.integers(26))) for _ in range(count))
