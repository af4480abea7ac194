"""Food from above and from the side: stew, noodles, grilled meat, rice bowls, fried chicken, cake, coffee, side dishes."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np

from jobs.sample.drawing.canvas import Colour, Pixels, Random, blend, ellipse, limb, mix, noise, paint, pick, shifted, spline, stroke, vary

FLAT = 0.72  # plates are seen at an angle: their depth is this share of their width


def table_top(style: Random, shot: Random, width: int, height: int) -> Pixels:
    """Returns a table of wood, stone or cloth; the same for all photos of a place."""
    colour = vary(style, pick(style, ((150, 106, 70), (96, 66, 46), (196, 160, 120), (214, 212, 206), (58, 58, 62), (168, 166, 160))), 8)
    wooden = bool(style.random() < 0.6)
    grain = noise("fold", width, height, shot, 1.6).T if wooden else noise("cloud", height, width, shot, 0.3)
    lit = np.asarray(colour, np.float32) * (1 + (0.10 if wooden else 0.05) * grain[..., None])
    image = np.ascontiguousarray(np.clip(lit, 0, 255).astype(np.uint8))
    if wooden:
        for y in np.arange(shot.uniform(0, 90), height, height / 5):
            stroke(image, [(0, y), (width, y + 4)], mix(colour, (0, 0, 0), 0.35), 2)
    return image


def plate(image: Pixels, x: float, y: float, radius: float, colour: Colour, *, deep: float = 0.0) -> None:
    """Draws a plate or bowl with shadow, rim and well."""
    blend(
        image,
        ellipse((x + radius * 0.08, y + radius * 0.14 + deep * radius * 0.3), radius * 1.03, radius * FLAT * 1.06),
        (10, 8, 6),
        0.5,
        radius * 0.09,
    )
    if deep:
        wall = [
            (x - radius, y),
            (x - radius * 0.72, y + radius * (FLAT * 0.75 + deep * 0.5)),
            (x, y + radius * (FLAT * 0.95 + deep * 0.5)),
            (x + radius * 0.72, y + radius * (FLAT * 0.75 + deep * 0.5)),
            (x + radius, y),
        ]
        paint(image, spline(wall), mix(colour, (0, 0, 0), 0.12), volume=radius * 0.3)
    paint(image, ellipse((x, y), radius, radius * FLAT, steps=40), colour, volume=radius * 0.1, depth=0.7)
    paint(
        image,
        ellipse((x, y + radius * 0.02), radius * 0.84, radius * FLAT * 0.83, steps=40),
        mix(colour, (0, 0, 0), 0.07),
        volume=radius * 0.12,
        light=(0.5, 0.6),
        depth=0.6,
    )


def _scatter(rng: Random, count: int, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    angle, distance = rng.uniform(0, 2 * math.pi, count), np.sqrt(rng.uniform(0, 1, count)) * radius
    points = np.stack([x + distance * np.cos(angle), y + distance * np.sin(angle) * FLAT], 1)
    return [(float(px), float(py)) for px, py in points[np.argsort(points[:, 1])]]


def stew(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """A boiling stew in a black stone pot: red broth, tofu, meat, green onion, an egg, steam."""
    plate(image, x, y, radius, (44, 42, 44), deep=0.9)
    broth = vary(rng, pick(rng, ((176, 52, 26), (196, 78, 30), (150, 108, 60))), 8)
    paint(image, ellipse((x, y), radius * 0.86, radius * 0.86 * FLAT), broth, volume=radius * 0.2, light=(0.4, 0.5))
    for px, py in _scatter(rng, 26, x, y, radius * 0.72):
        kind = rng.random()
        if kind < 0.3:
            paint(
                image,
                spline([(px - 14, py - 8), (px + 14, py - 8), (px + 14, py + 8), (px - 14, py + 8)], steps=3),
                (244, 236, 216),
                volume=7,
            )
        elif kind < 0.55:
            paint(image, ellipse((px, py), 16, 9, rng.uniform(0, 3)), vary(rng, (122, 76, 52), 10), volume=7)
        else:
            paint(image, ellipse((px, py), 8, 5, rng.uniform(0, 3)), vary(rng, (96, 150, 60), 14), volume=4)
    paint(image, ellipse((x + radius * 0.1, y - radius * 0.05), radius * 0.2, radius * 0.15), (246, 186, 50), volume=10)
    for _ in range(40):
        blend(
            image,
            ellipse((x + rng.normal(0, radius * 0.45), y + rng.normal(0, radius * 0.3)), 3, 2, steps=8),
            mix(broth, (255, 220, 160), 0.6),
            0.8,
        )
    for _ in range(3):
        base = x + rng.uniform(-0.5, 0.5) * radius
        blend(
            image,
            limb(
                [(base, y - radius * 0.2), (base + 14, y - radius * 0.8), (base - 8, y - radius * 1.3)],
                [radius * 0.1, radius * 0.16, radius * 0.06],
            ),
            (250, 250, 250),
            0.22,
            radius * 0.09,
        )


def noodles(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """A bowl of noodles with broth, egg, leaves and meat."""
    plate(image, x, y, radius, vary(rng, pick(rng, ((240, 238, 232), (60, 70, 90), (190, 70, 50))), 6), deep=0.7)
    broth = vary(rng, pick(rng, ((214, 170, 96), (190, 70, 36), (232, 222, 196), (70, 44, 32))), 8)
    paint(image, ellipse((x, y), radius * 0.86, radius * 0.86 * FLAT), broth, volume=radius * 0.2, light=(0.4, 0.5))
    strand = vary(rng, (240, 214, 150), 10)
    for _ in range(46):
        angle = rng.uniform(0, 6.28)
        start = (
            x + radius * 0.62 * math.cos(angle) * rng.uniform(0.2, 1),
            y + radius * 0.62 * FLAT * math.sin(angle) * rng.uniform(0.2, 1),
        )
        bend = (x + rng.normal(0, radius * 0.26), y + rng.normal(0, radius * 0.2))
        end = (x + rng.normal(0, radius * 0.3), y + rng.normal(0, radius * 0.22))
        curve = spline([start, bend, end], closed=False)
        stroke(image, shifted(curve, 0, 2), mix(strand, (80, 40, 10), 0.5), radius * 0.032)
        stroke(image, curve, vary(rng, strand, 8), radius * 0.026)
    for side in (-1, 1):
        paint(image, ellipse((x + side * radius * 0.34, y - radius * 0.2), radius * 0.19, radius * 0.15), (250, 244, 232), volume=8)
        paint(image, ellipse((x + side * radius * 0.34, y - radius * 0.2), radius * 0.09, radius * 0.075), (240, 150, 40), volume=5)
    for px, py in _scatter(rng, 16, x, y + radius * 0.12, radius * 0.45):
        paint(image, ellipse((px, py), 9, 5, rng.uniform(0, 3)), vary(rng, (90, 140, 56), 14), volume=4)


def grill(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """Meat on a round grill over embers."""
    plate(image, x, y, radius, (62, 60, 60), deep=0.3)
    blend(image, ellipse((x, y), radius * 0.8, radius * 0.8 * FLAT), (240, 110, 30), 0.7, radius * 0.08)
    for line in np.linspace(-0.8, 0.8, 13):
        half = math.sqrt(max(0.0, 0.72 - line * line))
        stroke(
            image,
            [(x + line * radius, y - half * radius * FLAT), (x + line * radius, y + half * radius * FLAT)],
            (36, 34, 34),
            radius * 0.025,
        )
    for px, py in _scatter(rng, 13, x, y, radius * 0.62):
        angle, size = rng.uniform(-0.6, 0.6), radius * rng.uniform(0.16, 0.24)
        meat = vary(rng, pick(rng, ((150, 84, 56), (186, 110, 84), (120, 66, 44))), 10)
        paint(image, ellipse((px, py), size, size * 0.5, angle), meat, volume=size * 0.3, depth=0.8)
        for stripe in (-0.4, 0.0, 0.4):
            blend(image, ellipse((px + stripe * size, py), size * 0.08, size * 0.38, angle), (54, 28, 18), 0.65, 1)
        blend(image, ellipse((px, py - size * 0.2), size * 0.5, size * 0.1, angle), (255, 230, 200), 0.4, 2)
    for px, py in _scatter(rng, 5, x, y, radius * 0.7):
        paint(image, ellipse((px, py), 11, 9), (240, 226, 190), volume=5)


def rice_bowl(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """Rice with rows of coloured vegetables around an egg (bibimbap)."""
    plate(image, x, y, radius, vary(rng, pick(rng, ((180, 140, 70), (240, 240, 236), (50, 48, 50))), 6), deep=0.7)
    paint(image, ellipse((x, y), radius * 0.86, radius * 0.86 * FLAT), (244, 240, 230), volume=radius * 0.2)
    toppings = [(96, 140, 56), (230, 130, 40), (120, 78, 50), (240, 226, 190), (150, 60, 50), (70, 56, 46), (200, 214, 120)]
    turn = rng.uniform(0, 6.28)
    for index, colour in enumerate(toppings):
        angle = turn + index * 2 * math.pi / len(toppings)
        for _ in range(16):
            px, py = (
                x + math.cos(angle) * radius * 0.52 + rng.normal(0, radius * 0.1),
                y + math.sin(angle) * radius * 0.52 * FLAT + rng.normal(0, radius * 0.08),
            )
            lean = rng.uniform(0, 3.1)
            stroke(
                image,
                [(px - 12 * math.cos(lean), py - 12 * math.sin(lean)), (px + 12 * math.cos(lean), py + 12 * math.sin(lean))],
                vary(rng, colour, 16),
                4,
            )
    paint(image, ellipse((x, y), radius * 0.3, radius * 0.24), (250, 248, 240), volume=9)
    paint(image, ellipse((x, y - 3), radius * 0.14, radius * 0.12), (250, 180, 30), volume=9, depth=0.8)


def fried_chicken(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """A heap of fried or sauced chicken."""
    plate(image, x, y, radius, (244, 242, 238))
    colour = pick(rng, ((206, 140, 62), (176, 60, 30), (190, 120, 50)))
    for layer in range(3):
        for px, py in _scatter(rng, 9 - 2 * layer, x, y - layer * radius * 0.16, radius * (0.56 - 0.14 * layer)):
            size = radius * rng.uniform(0.18, 0.27)
            bumps = [
                (px + size * math.cos(a) * rng.uniform(0.75, 1.1), py + size * 0.8 * math.sin(a) * rng.uniform(0.75, 1.1))
                for a in np.linspace(0, 6.28, 10)[:-1]
            ]
            blend(image, shifted(spline(bumps), 2, 5), (60, 26, 10), 0.5, 4)
            paint(image, spline(bumps), vary(rng, colour, 14), volume=size * 0.4, depth=0.9)
            for _ in range(7):
                blend(
                    image,
                    ellipse((px + rng.normal(0, size * 0.4), py + rng.normal(0, size * 0.3)), 3, 2, steps=8),
                    mix(colour, (255, 236, 180), 0.7),
                    0.7,
                )


def cake(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """A slice of cake with cream, layers and a strawberry."""
    plate(image, x, y, radius, vary(rng, (246, 246, 244), 4))
    sponge, cream = pick(
        rng,
        (
            ((238, 204, 140), (255, 250, 240)),
            ((84, 50, 34), (120, 78, 54)),
            ((206, 120, 130), (255, 236, 240)),
            ((150, 180, 110), (240, 246, 226)),
        ),
    )
    left, right, base, tall = x - radius * 0.55, x + radius * 0.5, y + radius * 0.2, radius * 0.62
    for layer in range(5):
        top = base - tall * (layer + 1) / 5
        shape = np.asarray([[left, top + tall / 5], [right, top + tall / 5 + radius * 0.12], [right, top + radius * 0.12], [left, top]])
        paint(image, shape, cream if layer % 2 else sponge, volume=3, depth=0.3)
    top_shape = np.asarray([[left, base - tall], [right, base - tall + radius * 0.12], [x + radius * 0.3, base - tall - radius * 0.24]])
    paint(image, top_shape, cream, volume=6)
    berry = (x + radius * 0.02, base - tall - radius * 0.14)
    paint(
        image,
        spline(
            [
                (berry[0], berry[1] - radius * 0.22),
                (berry[0] + radius * 0.15, berry[1] - radius * 0.05),
                (berry[0], berry[1] + radius * 0.1),
                (berry[0] - radius * 0.15, berry[1] - radius * 0.05),
            ]
        ),
        (210, 30, 44),
        volume=9,
        depth=0.8,
    )
    stroke(image, [(x + radius * 0.62, y - radius * 0.3), (x + radius * 0.9, y + radius * 0.62)], (196, 198, 204), radius * 0.05)


def coffee(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """A cup of coffee with a leaf in the milk foam."""
    plate(image, x, y + radius * 0.12, radius * 0.95, (244, 244, 242))
    cup = vary(rng, pick(rng, ((246, 246, 244), (40, 44, 50), (120, 160, 170), (220, 180, 170))), 6)
    ring = ellipse((x + radius * 0.72, y + radius * 0.06), radius * 0.2, radius * 0.2)
    stroke(image, np.vstack([ring, ring[:1]]), cup, radius * 0.08)
    plate(image, x, y, radius * 0.64, cup, deep=0.6)
    paint(image, ellipse((x, y), radius * 0.53, radius * 0.53 * FLAT), (150, 96, 52), volume=radius * 0.1, light=(0.4, 0.5))
    for leaf in range(5):
        width = radius * (0.34 - 0.055 * leaf)
        curve = spline(
            [
                (x - width, y - radius * 0.16 + leaf * radius * 0.09),
                (x, y + radius * 0.02 + leaf * radius * 0.08),
                (x + width, y - radius * 0.16 + leaf * radius * 0.09),
            ],
            closed=False,
        )
        stroke(image, curve, (246, 230, 204), radius * 0.05)
    stroke(image, [(x, y - radius * 0.2), (x, y + radius * 0.36)], (246, 230, 204), radius * 0.03)


def pizza(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """A pizza with cheese, slices and basil."""
    plate(image, x, y, radius, (170, 130, 90))
    paint(image, ellipse((x, y), radius * 0.9, radius * 0.9 * FLAT), (206, 150, 84), volume=radius * 0.1, depth=0.8)
    paint(image, ellipse((x, y), radius * 0.78, radius * 0.78 * FLAT), (232, 186, 90), volume=radius * 0.08)
    for px, py in _scatter(rng, 50, x, y, radius * 0.72):
        blend(
            image,
            ellipse((px, py), rng.uniform(4, 14), rng.uniform(3, 8)),
            pick(rng, ((250, 230, 170), (200, 80, 40), (180, 110, 50))),
            0.7,
            2,
        )
    for px, py in _scatter(rng, 11, x, y, radius * 0.64):
        paint(image, ellipse((px, py), radius * 0.1, radius * 0.1 * FLAT), (180, 44, 36), volume=6, depth=0.7)
    for px, py in _scatter(rng, 8, x, y, radius * 0.62):
        paint(image, ellipse((px, py), radius * 0.1, radius * 0.05, rng.uniform(0, 3)), (60, 120, 50), volume=5)
    for angle in np.linspace(0.2, 0.2 + math.pi, 5)[:-1]:
        ends = [(x + s * radius * 0.9 * math.cos(angle), y + s * radius * 0.9 * FLAT * math.sin(angle)) for s in (-1, 1)]
        stroke(image, ends, (150, 96, 50), 2)


def sushi(image: Pixels, rng: Random, x: float, y: float, radius: float) -> None:
    """Two rows of sushi on a dark board."""
    board = spline(
        [
            (x - radius * 1.05, y - radius * 0.55),
            (x + radius * 1.05, y - radius * 0.55),
            (x + radius * 1.1, y + radius * 0.6),
            (x - radius * 1.1, y + radius * 0.6),
        ],
        steps=2,
    )
    blend(image, shifted(board, 6, 12), (8, 6, 6), 0.5, 10)
    paint(image, board, (50, 46, 48), volume=8)
    for row in range(2):
        for column in range(5):
            px, py = x - radius * 0.8 + column * radius * 0.4, y - radius * 0.22 + row * radius * 0.5
            paint(image, ellipse((px, py + radius * 0.06), radius * 0.14, radius * 0.16), (248, 246, 238), volume=8)
            colour = pick(rng, ((240, 130, 80), (196, 50, 50), (250, 226, 200), (236, 180, 60)))
            paint(image, ellipse((px, py - radius * 0.03), radius * 0.17, radius * 0.15), vary(rng, colour, 8), volume=7, depth=0.7)
            for stripe in (-0.5, 0.0, 0.5):
                stroke(
                    image,
                    [(px + stripe * radius * 0.16 - 4, py - radius * 0.12), (px + stripe * radius * 0.16 + 5, py + radius * 0.08)],
                    mix(colour, (255, 255, 255), 0.5),
                    2,
                )


DISHES: tuple[Callable[[Pixels, Random, float, float, float], None], ...] = (
    stew,
    noodles,
    grill,
    rice_bowl,
    fried_chicken,
    cake,
    coffee,
    pizza,
    sushi,
)


def food(style: Random, shot: Random, width: int, height: int, _people: object = ()) -> Pixels:
    """A table with a main dish, side dishes and chopsticks; the place decides table and kitchen, the shot the dish."""
    image = table_top(style, shot, width, height)
    menu = style.permutation(len(DISHES))[:4]
    main = DISHES[int(menu[int(shot.integers(4))])]
    close = bool(shot.random() < 0.4)
    radius = min(width, height) * (0.5 if close else 0.33) * shot.uniform(0.9, 1.05)
    x, y = width * shot.uniform(0.42, 0.58), height * shot.uniform(0.48, 0.6)
    if not close:
        colours = [(190, 60, 36), (110, 150, 70), (236, 220, 170), (90, 70, 60), (240, 190, 80), (230, 226, 216)]
        for _ in range(int(shot.integers(3, 7))):
            angle, distance = shot.uniform(0, 6.28), shot.uniform(1.45, 1.8) * radius
            px, py, small = x + math.cos(angle) * distance, y + math.sin(angle) * distance * 0.95, radius * shot.uniform(0.3, 0.4)
            plate(image, px, py, small, (244, 244, 240))
            colour = pick(shot, colours)
            for qx, qy in _scatter(shot, 16, px, py, small * 0.5):
                paint(image, ellipse((qx, qy), small * 0.2, small * 0.11, shot.uniform(0, 3)), vary(shot, colour, 18), volume=4)
    main(image, shot, x, y, radius)
    if shot.random() < 0.6:
        for offset in (0.0, 14.0):
            start = (width * 0.93 + offset * 0.3, height * 0.98)
            stroke(image, [start, (x + radius * 0.75 + offset, y - radius * 0.2)], (150, 152, 158), max(2, width * 0.01))
    warm = np.asarray([[[1.04, 1.0, 0.93]]], np.float32)
    if close:
        rows = np.linspace(-1, 1, height, dtype=np.float32)[:, None, None]
        soft = cv2.GaussianBlur(image, (0, 0), width / 110)
        share = np.clip(np.abs(rows - 0.1) * 1.5 - 0.6, 0, 1)
        image = (image * (1 - share) + soft * share).astype(np.uint8)
    return np.clip(image * warm, 0, 255).astype(np.uint8)
