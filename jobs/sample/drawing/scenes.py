"""Backgrounds of events: one wide picture (a panorama) per place, of which every shot shows a part.

Here are the ones in the open; `halls` has those under a roof.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

import numpy as np

from jobs.sample.drawing.canvas import (
    Pixels,
    Random,
    blend,
    box,
    digits,
    ellipse,
    fill,
    limb,
    mix,
    paint,
    pick,
    random_of,
    spline,
    stroke,
    syllables,
    vary,
)
from jobs.sample.drawing.figure import crowd
from jobs.sample.drawing.halls import airport, cafe, press_wall, sign_table, stage, studio
from jobs.sample.drawing.scenery import BRIGHT, HEIGHT, HORIZON, WIDTH, building, floor, sign, sky, tree


def red_carpet(rng: Random) -> Pixels:
    """A red carpet between ropes with photographers behind them and a theatre's lights, often in the evening."""
    night = bool(rng.random() < 0.6)
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    sky(
        image, rng, bottom=1.0, top_colour=(14, 18, 42) if night else (110, 160, 220), low_colour=(46, 44, 80) if night else (220, 232, 242)
    )
    colour = vary(rng, (150, 128, 104) if night else (214, 204, 188), 14)
    fill(image, box(0, HEIGHT * 0.1, WIDTH, HEIGHT * HORIZON), mix(colour, (0, 0, 0), 0.25 if night else 0))
    for x in np.arange(30, WIDTH, 150):
        paint(image, box(x, HEIGHT * 0.12, x + 44, HEIGHT * HORIZON), mix(colour, (255, 250, 240), 0.2), volume=14)
        blend(image, ellipse((x + 97, HEIGHT * 0.3), 30, 90), (255, 214, 140), 0.7 if night else 0.2, 26)
    sign(image, rng, WIDTH * 0.3, HEIGHT * 0.16, WIDTH * 0.42, HEIGHT * 0.11, pick(rng, ((30, 26, 40), (120, 20, 36), (200, 160, 70))))
    floor(image, (70, 70, 74), (92, 92, 98), tiles=False, shine=0.1)
    crowd(image, rng, floor=HEIGHT * HORIZON + 24, height=230, count=6, dark=night)
    start = HEIGHT * HORIZON
    carpet = np.asarray([[WIDTH * 0.3, start], [WIDTH * 0.7, start], [WIDTH * 1.06, HEIGHT], [-WIDTH * 0.06, HEIGHT]])
    fill(image, carpet, vary(rng, (176, 22, 36), 10))
    blend(
        image,
        np.asarray([[WIDTH * 0.42, start], [WIDTH * 0.58, start], [WIDTH * 0.72, HEIGHT], [WIDTH * 0.28, HEIGHT]]),
        (230, 60, 66),
        0.35,
        30,
    )
    for side in (-1, 1):
        posts = [
            (WIDTH * 0.5 + side * WIDTH * (0.2 + 0.33 * depth), start + (HEIGHT - start) * depth, 60 + 90 * depth)
            for depth in (0.0, 0.25, 0.55, 0.95)
        ]
        for (x, y, tall), (next_x, next_y, next_tall) in pairwise(posts):
            paint(image, limb([(x, y), (x, y - tall)], [tall * 0.05, tall * 0.05]), (214, 176, 84), volume=4)
            fill(image, ellipse((x, y - tall), tall * 0.09, tall * 0.09), (240, 206, 120))
            middle = ((x + next_x) / 2, (y - tall + next_y - next_tall) / 2 + tall * 0.3)
            stroke(
                image, spline([(x, y - tall * 0.95), middle, (next_x, next_y - next_tall * 0.95)], closed=False), (120, 16, 30), tall * 0.09
            )
    for _ in range(int(rng.integers(3, 9))):
        x, y = rng.uniform(0, WIDTH), rng.uniform(start - 190, start - 60)
        blend(image, ellipse((x, y), 9, 9), (255, 255, 255), 1.0, 4)
        blend(image, ellipse((x, y), 40, 40), (220, 230, 255), 0.5, 18)
    return image


def street(rng: Random) -> Pixels:
    """A shopping street: house fronts with signs, trees, a pavement, parked cars, walkers."""
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    sky(image, rng, bottom=0.7)
    x = -20.0
    base = HEIGHT * HORIZON
    while x < WIDTH:
        width = rng.uniform(130, 260)
        colour = vary(rng, pick(rng, ((196, 180, 164), (168, 110, 90), (220, 216, 208), (130, 134, 142), (206, 190, 150))), 10)
        building(image, rng, x, x + width, HEIGHT * rng.uniform(0.02, 0.28), base, colour)
        fill(image, box(x, base - 150, x + width, base), mix(colour, (20, 20, 24), 0.6))
        fill(image, box(x + 12, base - 108, x + width - 12, base - 6), vary(rng, (150, 170, 180), 16))
        blend(image, box(x + 20, base - 104, x + width * 0.6, base - 10), (255, 236, 200), 0.45, 8)
        sign(image, rng, x + 8, base - 150, width - 16, 38, pick(rng, BRIGHT))
        if rng.random() < 0.6:
            side_sign = box(x + width - 34, base - 330, x + width - 4, base - 180)
            fill(image, side_sign, pick(rng, BRIGHT))
            for row in range(4):
                syllables(image, x + width - 31, base - 324 + row * 35, 24, 1, rng, (252, 252, 250), 0.12)
        x += width + rng.uniform(0, 12)
    floor(image, vary(rng, (150, 146, 140), 8), (168, 164, 158))
    for _ in range(int(rng.integers(2, 4))):
        car_x, colour = rng.uniform(0, WIDTH), vary(rng, pick(rng, ((230, 230, 232), (30, 32, 36), (150, 152, 158), *BRIGHT)), 8)
        y = base + 22
        paint(
            image,
            spline(
                [
                    (car_x - 110, y),
                    (car_x - 112, y - 36),
                    (car_x - 60, y - 46),
                    (car_x - 34, y - 78),
                    (car_x + 44, y - 78),
                    (car_x + 72, y - 44),
                    (car_x + 114, y - 34),
                    (car_x + 112, y),
                ],
                steps=3,
            ),
            colour,
            volume=16,
        )
        fill(image, spline([(car_x - 48, y - 46), (car_x - 28, y - 70), (car_x + 38, y - 70), (car_x + 58, y - 46)], steps=2), (60, 76, 92))
        for wheel in (-66, 66):
            fill(image, ellipse((car_x + wheel, y), 20, 20), (24, 24, 26))
            fill(image, ellipse((car_x + wheel, y), 10, 10), (150, 152, 156))
    crowd(image, rng, floor=base + 40, height=195, count=3)
    season = pick(rng, ((74, 128, 60), (214, 150, 50), (238, 176, 196), (96, 140, 84)))
    for tree_x in (rng.uniform(0, 250), rng.uniform(420, 640), rng.uniform(820, 1080)):
        tree(image, rng, tree_x, base + 26, rng.uniform(280, 380), season)
    return image


def broadcast_building(rng: Random) -> Pixels:
    """In front of a broadcaster: a tower of glass with a big sign, doors, a fence with fans and their boards."""
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    sky(image, rng, bottom=0.7)
    base = HEIGHT * HORIZON
    tower = vary(rng, pick(rng, ((96, 130, 160), (150, 160, 166), (176, 160, 140), (70, 90, 120))), 8)
    left, right = rng.uniform(60, 200), rng.uniform(800, 1000)
    fill(image, box(left, HEIGHT * 0.02, right, base), tower)
    columns = int(rng.integers(12, 20))
    for column in range(columns):
        for row in range(9):
            x0, y0 = left + (right - left) * column / columns, HEIGHT * 0.02 + (base - 150) * row / 9.2
            shade = mix(tower, (230, 240, 250), float(np.clip(0.25 + 0.3 * math.sin(column * 0.5 + row) + rng.normal(0, 0.06), 0, 0.8)))
            fill(image, box(x0 + 2, y0 + 3, x0 + (right - left) / columns - 2, y0 + (base - 150) / 9.2 - 3), shade)
    fill(image, box(left - 30, base - 150, right + 30, base - 104), (232, 234, 236))
    brand = pick(rng, BRIGHT)
    fill(image, box(left + 150, HEIGHT * 0.1, left + 480, HEIGHT * 0.24), (246, 247, 248))
    digits(image, left + 170, HEIGHT * 0.12, 80, pick(rng, ("HBS", "KTN", "MVC", "SBN", "TVH")), brand, 0.14)
    syllables(image, left + 40, base - 146, 34, 8, rng, (50, 60, 80), 0.12)
    fill(image, box(left, base - 104, right, base), (60, 74, 86))
    for door in np.arange(left + 20, right - 60, 88):
        fill(image, box(door, base - 96, door + 74, base), (126, 156, 172))
        blend(image, box(door + 6, base - 92, door + 34, base - 6), (240, 246, 250), 0.4, 6)
    floor(image, vary(rng, (158, 154, 150), 8), (178, 176, 172))
    crowd(image, rng, floor=base + 34, height=170, count=7)
    for x in np.arange(0, WIDTH, 92):
        stroke(image, [(x, base + 46), (x, base - 20), (x + 84, base - 20), (x + 84, base + 46)], (196, 198, 202), 5)
        for bar in range(1, 5):
            stroke(image, [(x + bar * 17, base - 18), (x + bar * 17, base + 30)], (190, 192, 196), 2)
    for _ in range(4):
        x, y = rng.uniform(0, WIDTH - 140), base - rng.uniform(60, 120)
        fill(image, box(x, y, x + 120, y + 44), pick(rng, ((252, 236, 240), (255, 250, 210), (230, 240, 255))))
        syllables(image, x + 8, y + 8, 26, 4, rng, pick(rng, BRIGHT), 0.14)
    return image


def festival(rng: Random) -> Pixels:
    """An open-air stage: daylight sky, a truss with banners, speakers, a crowd with raised hands behind."""
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    sky(image, rng, bottom=0.75, top_colour=vary(rng, (86, 146, 222), 12))
    base = HEIGHT * HORIZON
    hills = [(x, base - 60 - 50 * math.sin(x / 170 + rng.uniform(0, 0.4))) for x in range(0, WIDTH + 60, 60)]
    fill(image, np.asarray([*hills, (WIDTH, base), (0, base)]), vary(rng, (86, 130, 84), 8))
    colour = pick(rng, BRIGHT)
    for x in (WIDTH * 0.1, WIDTH * 0.9):
        paint(image, box(x - 40, 70, x + 40, base), (60, 62, 68), volume=10)
        for row in range(5):
            fill(image, ellipse((x, 130 + row * 86), 30, 30), (26, 26, 30))
    fill(image, box(WIDTH * 0.1, 50, WIDTH * 0.9, 150), colour)
    syllables(image, WIDTH * 0.22, 66, 66, 8, rng, (255, 255, 255), 0.12)
    for x in np.arange(WIDTH * 0.1, WIDTH * 0.9, 40):
        stroke(image, [(x, 150), (x + 20, 178), (x + 40, 150)], (120, 124, 130), 3)
    for flag in range(12):
        x = WIDTH * flag / 12 + 20
        fill(image, np.asarray([[x, 190], [x + 44, 196], [x + 22, 240]]), pick(rng, BRIGHT))
    floor(image, (70, 66, 64), (96, 90, 86), tiles=False, shine=0.1)
    return image


EVENT_BACKGROUNDS: dict[str, Callable[[Random], Pixels]] = {
    "airport": airport, "stage": stage, "press_wall": press_wall, "red_carpet": red_carpet, "street": street,
    "broadcast_building": broadcast_building, "studio": studio, "cafe": cafe, "sign_table": sign_table, "festival": festival,
}  # fmt: skip


@lru_cache(maxsize=24)
def panorama(scene: str, seed: int) -> Pixels:
    """Returns the wide picture of a place; the latest are kept because an event's photos come together."""
    return EVENT_BACKGROUNDS[scene](random_of("scene", scene, seed))
