"""Pictures in posts that are no photos of the event: logos, posters, charts, portraits from an archive, products."""

from __future__ import annotations

from collections.abc import Callable

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
    mix,
    paint,
    pick,
    spline,
    stroke,
    syllables,
    vary,
)
from jobs.sample.drawing.figure import draw_person, stance_of
from jobs.sample.drawing.scenery import logo as draw_mark
from jobs.sample.drawing.spec import Look, Person

_INKS: tuple[Colour, ...] = ((214, 40, 60), (20, 90, 190), (240, 160, 30), (30, 140, 90), (120, 50, 150), (24, 24, 28))


def logo(rng: Random, width: int, height: int) -> Pixels:
    """A company's or programme's mark on plain ground."""
    image = np.full((height, width, 3), pick(rng, ((255, 255, 255), (250, 248, 240), (18, 22, 40), (240, 40, 60))), np.uint8)
    ink = (255, 255, 255) if int(image[0, 0].sum()) < 420 else pick(rng, _INKS)
    draw_mark(image, width * 0.2, height * 0.48, width * 0.24, ink, rng)
    syllables(image, width * 0.22, height * 0.66, width * 0.06, 8, rng, ink, 0.1)
    return image


def poster(rng: Random, width: int, height: int) -> Pixels:
    """A poster: a graphic ground, big writing, dates and a row of partners."""
    one, two = pick(rng, _INKS), pick(rng, _INKS)
    image = gradient(height, width, one, mix(two, (255, 255, 255), 0.3))
    for _ in range(7):
        centre, size = (rng.uniform(0, width), rng.uniform(0, height * 0.7)), rng.uniform(0.06, 0.3) * width
        blend(image, ellipse(centre, size, size), mix(pick(rng, _INKS), (255, 255, 255), 0.4), 0.45)
    size = width * rng.uniform(0.13, 0.18)
    for row in range(2):
        syllables(image, width * 0.08, height * (0.12 + 0.02 * row) + row * size * 1.2, size, 4, rng, (255, 255, 255), 0.16)
    digits(
        image,
        width * 0.08,
        height * 0.58,
        width * 0.1,
        f"{int(rng.integers(1, 13))}.{int(rng.integers(1, 29))} {pick(rng, ('SAT', 'SUN', 'FRI'))}",
        (255, 240, 180),
        0.16,
    )
    for row in range(4):
        syllables(image, width * 0.08, height * (0.7 + 0.045 * row), width * 0.035, int(rng.integers(9, 18)), rng, (250, 250, 250))
    fill(image, box(0, height * 0.91, width, height), (250, 250, 250))
    for column in range(3):
        draw_mark(image, width * (0.08 + 0.31 * column), height * 0.955, width * 0.05, pick(rng, _INKS), rng)
    return image


def chart(rng: Random, width: int, height: int) -> Pixels:
    """A chart of ratings or sales: axes, bars or lines, a legend, writing."""
    image = np.full((height, width, 3), (255, 255, 255), np.uint8)
    syllables(image, width * 0.08, height * 0.05, width * 0.06, 9, rng, (30, 30, 36), 0.12)
    left, right, top, bottom = width * 0.12, width * 0.93, height * 0.2, height * 0.78
    for row in range(6):
        y = top + (bottom - top) * row / 5
        stroke(image, [(left, y), (right, y)], (220, 222, 226), 1)
        digits(image, width * 0.03, y - 6, 11, str(50 - 10 * row), (110, 112, 118), 0.08)
    count = int(rng.integers(5, 10))
    if rng.random() < 0.5:
        for column in range(count):
            x, tall = left + (right - left) * (column + 0.2) / count, (bottom - top) * rng.uniform(0.15, 0.95)
            fill(image, box(x, bottom - tall, x + (right - left) * 0.6 / count, bottom), pick(rng, _INKS))
    else:
        for ink in (_INKS[0], _INKS[1], _INKS[3])[: int(rng.integers(1, 4))]:
            line = [
                (left + (right - left) * column / (count - 1), bottom - (bottom - top) * rng.uniform(0.1, 0.95)) for column in range(count)
            ]
            stroke(image, line, ink, 3)
            for point in line:
                fill(image, ellipse(point, 5, 5, steps=12), ink)
    for column in range(count):
        digits(image, left + (right - left) * (column + 0.2) / count, bottom + 10, 11, str(column + 1), (90, 92, 98), 0.08)
    syllables(image, width * 0.12, height * 0.88, width * 0.03, 20, rng, (120, 122, 128))
    return image


def profile(rng: Random, width: int, height: int) -> Pixels:
    """An archive portrait: some person, plain bright ground, very even light, a name below."""
    image = gradient(height, width, vary(rng, (222, 228, 236), 10), (244, 246, 248))
    person = Person(int(rng.integers(1 << 30)), "female" if rng.random() < 0.5 else "male")
    head = height * rng.uniform(0.3, 0.36)
    stance = stance_of("profile", width * 0.5, height * 0.12, head, back=False, shot=rng, jitter=rng, step=0, light=(-0.3, -0.7))
    draw_person(image, person, Look(int(rng.integers(1 << 30))), stance, rng)
    fill(image, box(0, height * 0.9, width, height), (36, 44, 64))
    syllables(image, width * 0.3, height * 0.925, height * 0.045, 3, rng, (250, 250, 250), 0.12)
    syllables(image, width * 0.55, height * 0.935, height * 0.028, 5, rng, (200, 206, 216))
    return image


def product(rng: Random, width: int, height: int) -> Pixels:
    """An advertisement of a thing: bottle, tube or box on a soft ground with a price."""
    colour = vary(rng, pick(rng, ((244, 214, 214), (214, 232, 244), (244, 238, 214), (224, 240, 224))), 6)
    image = gradient(height, width, (255, 255, 255), colour)
    tint = vary(rng, pick(rng, _INKS), 10)
    blend(image, ellipse((width * 0.5, height * 0.76), width * 0.26, height * 0.03), (60, 60, 70), 0.5, 14)
    for index in range(int(rng.integers(1, 4))):
        x, w, top = width * (0.5 + 0.2 * (index - 0.6 * (index > 1)) * (-1) ** index), width * 0.1, height * rng.uniform(0.28, 0.42)
        paint(
            image,
            spline(
                [
                    (x - w, top + 30),
                    (x - w * 0.4, top),
                    (x + w * 0.4, top),
                    (x + w, top + 30),
                    (x + w, height * 0.76),
                    (x - w, height * 0.76),
                ],
                steps=4,
            ),
            tint,
            volume=w * 0.7,
            depth=0.8,
        )
        paint(image, box(x - w * 0.4, top - height * 0.07, x + w * 0.4, top + 4), (40, 40, 44), volume=8)
        fill(image, box(x - w * 0.8, height * 0.5, x + w * 0.8, height * 0.64), (250, 250, 246))
        syllables(image, x - w * 0.7, height * 0.53, w * 0.42, 3, rng, (30, 30, 36), 0.1)
    syllables(image, width * 0.12, height * 0.08, width * 0.09, 7, rng, mix(tint, (0, 0, 0), 0.3), 0.12)
    fill(image, ellipse((width * 0.82, height * 0.24), width * 0.11, width * 0.11), (226, 36, 50))
    digits(image, width * 0.745, height * 0.22, width * 0.055, f"{int(rng.integers(2, 8))}0%", (255, 255, 255), 0.14)
    return image


OUTLIER_PICTURES: dict[str, Callable[[Random, int, int], Pixels]] = {
    "logo": logo,
    "poster": poster,
    "chart": chart,
    "profile": profile,
    "product": product,
}
