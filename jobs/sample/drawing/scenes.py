"""Backgrounds of events: one wide picture (a panorama) per place, of which every shot shows a part.

Every function takes a generator seeded by the place and returns an RGB image of `WIDTH` x `HEIGHT`; the floor begins
at about `HORIZON` of the height, so that whole persons can stand on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np

from jobs.sample.drawing.canvas import Colour, Pixels, Random, blend, box, digits, ellipse, fill, gradient, limb, mix, noise, paint, pick, random_of, spline, stroke, syllables, vary
from jobs.sample.drawing.figure import crowd

WIDTH, HEIGHT, HORIZON = 1080, 810, 0.68
_BRIGHT: tuple[Colour, ...] = ((214, 40, 60), (20, 90, 190), (240, 180, 30), (30, 140, 90), (120, 50, 150), (230, 100, 40), (20, 150, 170), (235, 80, 140))


def floor(image: Pixels, rng: Random, near: Colour, far: Colour, *, top: float = HORIZON, tiles: bool = True, shine: float = 0.0) -> None:
    """Draws a floor in perspective from `top` down, with joints and a reflection of what stands above."""
    start = int(top * HEIGHT)
    image[start:] = gradient(HEIGHT - start, WIDTH, far, near)
    if shine:
        above = image[max(0, 2 * start - HEIGHT) : start][::-1]
        above = cv2.GaussianBlur(cv2.resize(above, (WIDTH, HEIGHT - start)), (0, 0), sigmaX=4, sigmaY=14)
        image[start:] = cv2.addWeighted(image[start:], 1 - shine, above, shine, 0)
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
            fill(image, box(x - size * 0.5, y - size * 0.45 + row * size * 0.34, x + size * (0.5 - 0.2 * row), y - size * 0.24 + row * size * 0.34), colour)
    elif shape == 3:
        stroke(image, np.vstack([ellipse((x, y), size * 0.45, size * 0.45), ellipse((x, y), size * 0.45, size * 0.45)[:1]]), colour, size * 0.16)
    else:
        fill(image, spline([(x, y + size * 0.5), (x - size * 0.5, y - size * 0.05), (x - size * 0.25, y - size * 0.45), (x, y - size * 0.2), (x + size * 0.25, y - size * 0.45), (x + size * 0.5, y - size * 0.05)]), colour)
    if rng.random() < 0.5:
        syllables(image, x + size * 0.7, y - size * 0.4, size * 0.75, int(rng.integers(2, 5)), rng, colour, 0.13)
    else:
        letters = "".join(chr(65 + int(rng.integers(26))) for _ in range(int(rng.integers(3, 6))))
        digits(image, x + size * 0.7, y - size * 0.35, size * 0.7, letters, colour)


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
        paint(image, ellipse(centre, height * rng.uniform(0.08, 0.15), height * rng.uniform(0.07, 0.12)), vary(rng, colour, 14), volume=height * 0.05, depth=0.7)


def building(image: Pixels, rng: Random, left: float, right: float, top: float, base: float, colour: Colour, *, lit: float = 0.0) -> None:
    """Draws a front with rows of windows; `lit` is the share of lighted ones."""
    fill(image, box(left, top, right, base), colour)
    columns, rows = max(2, int((right - left) / rng.uniform(22, 40))), max(3, int((base - top) / rng.uniform(24, 44)))
    glass = mix((120, 150, 180), colour, 0.3)
    width, height = (right - left) / columns, (base - top) / rows
    for column in range(columns):
        for row in range(rows):
            shade = (255, 226, 150) if rng.random() < lit else vary(rng, glass, 16)
            fill(image, box(left + (column + 0.2) * width, top + (row + 0.2) * height, left + (column + 0.8) * width, top + (row + 0.78) * height), shade)
    blend(image, box(right - (right - left) * 0.08, top, right, base), (0, 0, 0), 0.25)


def sign(image: Pixels, rng: Random, left: float, top: float, width: float, height: float, colour: Colour) -> None:
    """Draws a shop's sign with writing."""
    fill(image, box(left, top, left + width, top + height), colour)
    ink = (250, 250, 245) if sum(colour) < 460 else (30, 30, 40)
    size = height * 0.62
    syllables(image, left + height * 0.3, top + height * 0.18, size, max(1, int((width - height * 0.5) / size / 1.1)), rng, ink, 0.11)


def airport(rng: Random) -> Pixels:
    """A departure hall: a wall of glass with steel, a shining floor, signs with arrows and gates, a board, trolleys, people."""
    image = gradient(HEIGHT, WIDTH, (226, 232, 238), (202, 208, 214))
    top, bottom = int(HEIGHT * rng.uniform(0.14, 0.2)), int(HEIGHT * HORIZON)
    glass = gradient(bottom - top, WIDTH, vary(rng, (170, 204, 232), 12), vary(rng, (226, 236, 244), 6))
    image[top:bottom] = glass
    apron = top + (bottom - top) * 0.72
    fill(image, box(0, apron, WIDTH, bottom), (168, 172, 172))
    plane_x, plane_y = rng.uniform(150, 800), apron - 26
    paint(image, limb([(plane_x - 170, plane_y), (plane_x, plane_y - 4), (plane_x + 170, plane_y - 2)], [14, 30, 10]), (242, 244, 246), volume=14)
    fill(image, np.asarray([[plane_x - 175, plane_y - 4], [plane_x - 205, plane_y - 76], [plane_x - 165, plane_y - 76], [plane_x - 120, plane_y - 12]]), pick(rng, _BRIGHT))
    for window in range(14):
        fill(image, ellipse((plane_x - 110 + window * 18, plane_y - 8), 3, 4, steps=8), (70, 90, 110))
    step = rng.uniform(95, 140)
    for column in np.arange(rng.uniform(0, step), WIDTH, step):
        paint(image, box(column - 5, top, column + 5, bottom), (150, 158, 166), volume=4)
    for row in np.linspace(top, bottom, 5)[1:-1]:
        stroke(image, [(0, row), (WIDTH, row)], (160, 168, 176), 4)
    for lamp in range(7):
        y = 8 + lamp * top / 7
        spread = 0.4 + 0.12 * lamp
        blend(image, box(WIDTH * (0.5 - spread), y, WIDTH * (0.5 + spread), y + 5), (255, 255, 255), 0.9, 2)
    floor(image, rng, vary(rng, (188, 186, 180), 8), (210, 210, 208), shine=0.45)
    crowd(image, rng, floor=bottom + 50, height=205, count=4)
    yellow = bool(rng.random() < 0.5)
    ground, ink = ((244, 196, 30), (24, 24, 26)) if yellow else ((26, 58, 110), (246, 246, 246))
    for x in (rng.uniform(20, 160), rng.uniform(560, 720)):
        y, width = rng.uniform(90, 150), rng.uniform(270, 330)
        for rod in (0.15, 0.85):
            stroke(image, [(x + width * rod, 0), (x + width * rod, y)], (120, 124, 130), 4)
        fill(image, box(x, y, x + width, y + 66), ground)
        digits(image, x + 12, y + 14, 38, f"{chr(65 + int(rng.integers(12)))}{int(rng.integers(1, 48))}", ink)
        syllables(image, x + 100, y + 12, 26, 4, rng, ink, 0.12)
        digits(image, x + 100, y + 44, 12, "Departures  Gate", ink, 0.08)
        fill(image, np.asarray([[x + width - 60, y + 33], [x + width - 30, y + 12], [x + width - 30, y + 26], [x + width - 10, y + 26], [x + width - 10, y + 40], [x + width - 30, y + 40], [x + width - 30, y + 54]]), ink)
    board_x, board_y = rng.uniform(330, 480), 250
    fill(image, box(board_x, board_y, board_x + 190, board_y + 150), (18, 24, 34))
    for row in range(8):
        y = board_y + 10 + row * 17
        digits(image, board_x + 8, y, 10, f"{int(rng.integers(24)):02d}:{int(rng.integers(60)):02d} {chr(65 + int(rng.integers(26)))}{chr(65 + int(rng.integers(26)))}{int(rng.integers(100, 999))}", (250, 210, 80), 0.08)
        syllables(image, board_x + 132, y, 11, 4, rng, (230, 236, 240))
    for side in (0.06, 0.9):
        x, y = WIDTH * side, HEIGHT * 0.8
        for rail in range(3):
            stroke(image, [(x - 40 + rail * 40, y), (x - 40 + rail * 40, y - 90)], (70, 72, 78), 7)
        stroke(image, [(x - 40, y - 84), (x + 40, y - 84)], pick(rng, _BRIGHT), 8)
    for _ in range(2):
        x, y = rng.uniform(60, 1000), HEIGHT * rng.uniform(0.8, 0.9)
        paint(image, spline([(x, y), (x + 62, y), (x + 62, y - 96), (x, y - 96)], steps=2), pick(rng, _BRIGHT), volume=14)
        stroke(image, [(x + 16, y - 96), (x + 16, y - 140), (x + 46, y - 140), (x + 46, y - 96)], (90, 92, 96), 4)
    return image


def stage(rng: Random) -> Pixels:
    """A concert: dark hall, a wall of light behind, beams of two colours, haze, heads and light sticks in front."""
    one, two = pick(rng, _BRIGHT), pick(rng, _BRIGHT)
    image = gradient(HEIGHT, WIDTH, (10, 8, 20), mix((24, 16, 40), one, 0.15))
    left, right, top, bottom = WIDTH * 0.14, WIDTH * 0.86, HEIGHT * 0.12, HEIGHT * 0.62
    screen = np.asarray(gradient(int(bottom - top), int(right - left), mix(one, (0, 0, 0), 0.4), mix(two, (255, 255, 255), 0.15)))
    kind = int(rng.integers(3))
    height, width = screen.shape[:2]
    if kind == 0:
        for ring in range(9):
            circle = ellipse((width / 2, height * 0.6), 40 + ring * 60, 30 + ring * 46)
            stroke(screen, np.vstack([circle, circle[:1]]), mix(two, (255, 255, 255), 0.5), 4)
    elif kind == 1:
        for ray in np.linspace(0, 2 * math.pi, 25)[:-1]:
            fill(screen, np.asarray([[width / 2, height / 2], [width / 2 + 700 * math.cos(ray), height / 2 + 700 * math.sin(ray)], [width / 2 + 700 * math.cos(ray + 0.12), height / 2 + 700 * math.sin(ray + 0.12)]]), mix(one, (255, 255, 255), 0.35))
    else:
        for _ in range(160):
            x, y, size = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(3, 20)
            blend(screen, ellipse((x, y), size, size, steps=12), mix(two, (255, 255, 255), float(rng.uniform(0, 0.8))), 0.6)
    syllables(screen, width * 0.26, height * 0.12, height * 0.16, 5, rng, (255, 255, 255), 0.12)
    image[int(top) : int(top) + height, int(left) : int(left) + width] = screen
    for x in np.arange(left, right, 26):
        stroke(image, [(x, top), (x, bottom)], (16, 12, 24), 1)
    floor(image, rng, (28, 24, 40), (60, 52, 80), top=0.66, tiles=False, shine=0.6)
    for y in (40.0, 78.0):
        stroke(image, [(0, y), (WIDTH, y)], (70, 70, 80), 5)
    for x in np.arange(0, WIDTH, 38):
        stroke(image, [(x, 40), (x + 19, 78), (x + 38, 40)], (60, 60, 70), 2)
    beams = int(rng.integers(6, 11))
    for beam in range(beams):
        x = WIDTH * (beam + 0.5) / beams
        aim = x + rng.normal(0, 260)
        colour = mix(one if beam % 2 else two, (255, 255, 255), 0.45)
        blend(image, np.asarray([[x - 6, 60], [x + 6, 60], [aim + 70, HEIGHT * 0.8], [aim - 70, HEIGHT * 0.8]]), colour, 0.28, 8)
        blend(image, ellipse((x, 62), 16, 14), (255, 255, 255), 0.95, 5)
        blend(image, ellipse((aim, HEIGHT * 0.8), 110, 22), colour, 0.4, 12)
    haze = np.clip(noise("cloud", HEIGHT, WIDTH, rng, 1.0) * 0.5, 0, 1)[..., None] * 0.22
    image = (image + (np.asarray(mix(one, (255, 255, 255), 0.4), np.float32) - image) * haze).astype(np.uint8)
    if rng.random() < 0.6:
        for _ in range(90):
            x, y = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT * 0.8)
            fill(image, ellipse((x, y), rng.uniform(2, 5), rng.uniform(1, 3), rng.uniform(0, 3), steps=8), pick(rng, _BRIGHT))
    return image


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


def press_wall(rng: Random) -> Pixels:
    """A photo wall: two or three invented logos repeated in a grid, a low floor, the light of flashes."""
    ground = pick(rng, ((246, 246, 246), (22, 22, 30), (236, 230, 218), (24, 40, 96), (180, 24, 40), (246, 222, 226), (220, 236, 244)))
    image = np.full((HEIGHT, WIDTH, 3), ground, np.uint8)
    marks = [(int(rng.integers(1 << 30)), pick(rng, _BRIGHT) if sum(ground) > 500 else pick(rng, ((255, 255, 255), (240, 200, 90), (200, 220, 250)))) for _ in range(int(rng.integers(2, 4)))]
    step_x, step_y, size = rng.uniform(190, 240), rng.uniform(88, 120), rng.uniform(32, 46)
    for row, y in enumerate(np.arange(30, HEIGHT * 0.9, step_y)):
        for column, x in enumerate(np.arange(-60 + (row % 2) * step_x * 0.5, WIDTH + 60, step_x)):
            seed, colour = marks[(row + column) % len(marks)]
            logo(image, float(x), float(y), size, colour, random_of("mark", seed))
    start = 0.86
    floor(image, rng, vary(rng, (90, 90, 94), 14), (120, 120, 124), top=start, tiles=False, shine=0.2)
    spots = np.hypot((np.arange(WIDTH)[None, :] - WIDTH * rng.uniform(0.35, 0.65)) / WIDTH, (np.arange(HEIGHT)[:, None] - HEIGHT * 0.4) / HEIGHT)
    return np.asarray(np.clip(image * (1.1 - 0.5 * spots[..., None]), 0, 255), np.uint8)


def red_carpet(rng: Random) -> Pixels:
    """A red carpet between ropes with photographers behind them and a theatre's lights, often in the evening."""
    night = bool(rng.random() < 0.6)
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    sky(image, rng, bottom=1.0, top_colour=(14, 18, 42) if night else (110, 160, 220), low_colour=(46, 44, 80) if night else (220, 232, 242))
    colour = vary(rng, (150, 128, 104) if night else (214, 204, 188), 14)
    fill(image, box(0, HEIGHT * 0.1, WIDTH, HEIGHT * HORIZON), mix(colour, (0, 0, 0), 0.25 if night else 0))
    for x in np.arange(30, WIDTH, 150):
        paint(image, box(x, HEIGHT * 0.12, x + 44, HEIGHT * HORIZON), mix(colour, (255, 250, 240), 0.2), volume=14)
        blend(image, ellipse((x + 97, HEIGHT * 0.3), 30, 90), (255, 214, 140), 0.7 if night else 0.2, 26)
    sign(image, rng, WIDTH * 0.3, HEIGHT * 0.16, WIDTH * 0.42, HEIGHT * 0.11, pick(rng, ((30, 26, 40), (120, 20, 36), (200, 160, 70))))
    floor(image, rng, (70, 70, 74), (92, 92, 98), tiles=False, shine=0.1)
    crowd(image, rng, floor=HEIGHT * HORIZON + 24, height=230, count=6, dark=night)
    start = HEIGHT * HORIZON
    carpet = np.asarray([[WIDTH * 0.3, start], [WIDTH * 0.7, start], [WIDTH * 1.06, HEIGHT], [-WIDTH * 0.06, HEIGHT]])
    fill(image, carpet, vary(rng, (176, 22, 36), 10))
    blend(image, np.asarray([[WIDTH * 0.42, start], [WIDTH * 0.58, start], [WIDTH * 0.72, HEIGHT], [WIDTH * 0.28, HEIGHT]]), (230, 60, 66), 0.35, 30)
    for side in (-1, 1):
        posts = [(WIDTH * 0.5 + side * WIDTH * (0.2 + 0.33 * depth), start + (HEIGHT - start) * depth, 60 + 90 * depth) for depth in (0.0, 0.25, 0.55, 0.95)]
        for (x, y, tall), (next_x, next_y, next_tall) in zip(posts[:-1], posts[1:], strict=True):
            paint(image, limb([(x, y), (x, y - tall)], [tall * 0.05, tall * 0.05]), (214, 176, 84), volume=4)
            fill(image, ellipse((x, y - tall), tall * 0.09, tall * 0.09), (240, 206, 120))
            middle = ((x + next_x) / 2, (y - tall + next_y - next_tall) / 2 + tall * 0.3)
            stroke(image, spline([(x, y - tall * 0.95), middle, (next_x, next_y - next_tall * 0.95)], closed=False), (120, 16, 30), tall * 0.09)
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
        sign(image, rng, x + 8, base - 150, width - 16, 38, pick(rng, _BRIGHT))
        if rng.random() < 0.6:
            side_sign = box(x + width - 34, base - 330, x + width - 4, base - 180)
            fill(image, side_sign, pick(rng, _BRIGHT))
            for row in range(4):
                syllables(image, x + width - 31, base - 324 + row * 35, 24, 1, rng, (252, 252, 250), 0.12)
        x += width + rng.uniform(0, 12)
    floor(image, rng, vary(rng, (150, 146, 140), 8), (168, 164, 158))
    for _ in range(int(rng.integers(2, 4))):
        car_x, colour = rng.uniform(0, WIDTH), vary(rng, pick(rng, ((230, 230, 232), (30, 32, 36), (150, 152, 158), *_BRIGHT)), 8)
        y = base + 22
        paint(image, spline([(car_x - 110, y), (car_x - 112, y - 36), (car_x - 60, y - 46), (car_x - 34, y - 78), (car_x + 44, y - 78), (car_x + 72, y - 44), (car_x + 114, y - 34), (car_x + 112, y)], steps=3), colour, volume=16)
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
    brand = pick(rng, _BRIGHT)
    fill(image, box(left + 150, HEIGHT * 0.1, left + 480, HEIGHT * 0.24), (246, 247, 248))
    digits(image, left + 170, HEIGHT * 0.12, 80, pick(rng, ("HBS", "KTN", "MVC", "SBN", "TVH")), brand, 0.14)
    syllables(image, left + 40, base - 146, 34, 8, rng, (50, 60, 80), 0.12)
    fill(image, box(left, base - 104, right, base), (60, 74, 86))
    for door in np.arange(left + 20, right - 60, 88):
        fill(image, box(door, base - 96, door + 74, base), (126, 156, 172))
        blend(image, box(door + 6, base - 92, door + 34, base - 6), (240, 246, 250), 0.4, 6)
    floor(image, rng, vary(rng, (158, 154, 150), 8), (178, 176, 172))
    crowd(image, rng, floor=base + 34, height=170, count=7)
    for x in np.arange(0, WIDTH, 92):
        stroke(image, [(x, base + 46), (x, base - 20), (x + 84, base - 20), (x + 84, base + 46)], (196, 198, 202), 5)
        for bar in range(1, 5):
            stroke(image, [(x + bar * 17, base - 18), (x + bar * 17, base + 30)], (190, 192, 196), 2)
    for _ in range(4):
        x, y = rng.uniform(0, WIDTH - 140), base - rng.uniform(60, 120)
        fill(image, box(x, y, x + 120, y + 44), pick(rng, ((252, 236, 240), (255, 250, 210), (230, 240, 255))))
        syllables(image, x + 8, y + 8, 26, 4, rng, pick(rng, _BRIGHT), 0.14)
    return image


def studio(rng: Random) -> Pixels:
    """A pictorial: a seamless paper background, soft light, now and then a stool, a lamp or flowers."""
    colour = vary(rng, pick(rng, ((222, 214, 206), (150, 158, 166), (232, 196, 190), (196, 210, 220), (70, 72, 80), (236, 226, 196), (176, 196, 176), (206, 196, 222))), 8)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    glow = np.exp(-(((x - WIDTH * rng.uniform(0.3, 0.7)) / WIDTH) ** 2 * 3 + ((y - HEIGHT * 0.4) / HEIGHT) ** 2 * 3))
    bend = 1 - 0.16 * np.exp(-(((y - HEIGHT * 0.8) / (HEIGHT * 0.05)) ** 2))
    image = np.clip(np.asarray(colour, np.float32) * ((0.72 + 0.42 * glow) * bend)[..., None], 0, 255).astype(np.uint8)
    kind = int(rng.integers(4))
    if kind == 0:
        for side in (0.08, 0.92):
            lamp_x = WIDTH * side
            stroke(image, [(lamp_x, HEIGHT * 0.3), (lamp_x, HEIGHT * 0.9)], (40, 40, 44), 6)
            paint(image, np.asarray([[lamp_x - 70, HEIGHT * 0.12], [lamp_x + 70, HEIGHT * 0.12], [lamp_x + 56, HEIGHT * 0.34], [lamp_x - 56, HEIGHT * 0.34]]), (244, 244, 240), volume=16)
    elif kind == 1:
        for _ in range(26):
            centre = (rng.choice([0.1, 0.88]) * WIDTH + rng.normal(0, 60), HEIGHT * 0.72 + rng.normal(0, 60))
            paint(image, ellipse(centre, 22, 20), vary(rng, pick(rng, ((240, 170, 180), (250, 240, 230), (200, 60, 80), (120, 160, 100))), 10), volume=10)
    elif kind == 2:
        fill(image, box(WIDTH * 0.05, HEIGHT * 0.08, WIDTH * 0.26, HEIGHT * 0.7), mix(colour, (255, 255, 255), 0.4))
        blend(image, np.asarray([[WIDTH * 0.3, HEIGHT], [WIDTH * 0.6, HEIGHT], [WIDTH * 0.5, 0], [WIDTH * 0.36, 0]]), (255, 250, 236), 0.3, 30)
    return image


def cafe(rng: Random) -> Pixels:
    """A cafe or lounge: warm walls, a counter, hanging lamps, shelves, a menu board, tables and plants."""
    wall = vary(rng, pick(rng, ((214, 196, 170), (120, 90, 70), (230, 226, 216), (96, 112, 100), (190, 130, 100))), 8)
    image = gradient(HEIGHT, WIDTH, mix(wall, (0, 0, 0), 0.15), wall)
    base = HEIGHT * HORIZON
    if rng.random() < 0.5:
        for row, y in enumerate(np.arange(0, base, 26)):
            for x in np.arange(-40 + (row % 2) * 32, WIDTH, 64):
                fill(image, box(x + 2, y + 2, x + 62, y + 24), vary(rng, wall, 6))
    window_x = rng.uniform(40, 640)
    fill(image, box(window_x, 90, window_x + 280, 400), (220, 234, 240))
    tree(image, rng, window_x + 90, 400, 260, (110, 160, 90))
    fill(image, box(window_x, 380, window_x + 280, 400), (90, 70, 52))
    for bar in (0, 93, 186, 280):
        stroke(image, [(window_x + bar, 90), (window_x + bar, 400)], (70, 54, 42), 7)
    board_x = (window_x + 420) % 760
    fill(image, box(board_x, 110, board_x + 230, 310), (34, 38, 36))
    for row in range(6):
        syllables(image, board_x + 14, 126 + row * 29, 18, int(rng.integers(3, 6)), rng, (236, 236, 228))
        digits(image, board_x + 172, 128 + row * 29, 14, f"{int(rng.integers(30, 90)) / 10:.1f}", (240, 206, 120), 0.1)
    for shelf in (350, 430):
        fill(image, box(board_x - 30, shelf, board_x + 260, shelf + 8), (96, 68, 46))
        for item in range(9):
            x = board_x - 20 + item * 30
            paint(image, box(x, shelf - rng.uniform(20, 52), x + 20, shelf), vary(rng, pick(rng, ((200, 190, 170), (90, 60, 40), (120, 150, 120), (230, 230, 226))), 8), volume=6)
    floor(image, rng, vary(rng, (132, 98, 70), 8), (156, 120, 90), shine=0.15)
    paint(image, box(board_x - 80, base - 70, board_x + 330, base + 60), vary(rng, (110, 80, 58), 8), volume=10)
    for x in np.arange(rng.uniform(60, 140), WIDTH, rng.uniform(150, 210)):
        stroke(image, [(x, 0), (x, 120)], (30, 28, 26), 3)
        paint(image, spline([(x - 8, 116), (x + 8, 116), (x + 40, 160), (x - 40, 160)]), pick(rng, ((40, 40, 40), (200, 160, 80), (230, 230, 226))), volume=8)
        blend(image, ellipse((x, 166), 70, 54), (255, 224, 160), 0.55, 24)
    for x in (rng.uniform(60, 300), rng.uniform(600, 1000)):
        y = HEIGHT * 0.8
        stroke(image, [(x, y), (x, y + 110)], (50, 44, 40), 8)
        paint(image, ellipse((x, y), 92, 22), (176, 132, 90), volume=8)
        paint(image, box(x - 12, y - 34, x + 12, y - 4), (246, 246, 244), volume=6)
    for x in (30.0, WIDTH - 40.0):
        for leaf in np.linspace(-1.1, 1.1, 7):
            end = (x + 120 * math.sin(leaf), base - 60 - 150 * math.cos(leaf))
            paint(image, limb([(x, base + 20), ((x + end[0]) / 2, (base + end[1]) / 2 - 20), end], [6, 18, 3]), vary(rng, (60, 120, 66), 10), volume=7)
    return image


def sign_table(rng: Random) -> Pixels:
    """A fan signing: a table with a white cloth, a banner with the title, flowers, album posters."""
    colour = pick(rng, _BRIGHT)
    image = gradient(HEIGHT, WIDTH, mix(colour, (255, 255, 255), 0.72), mix(colour, (255, 255, 255), 0.5))
    fill(image, box(WIDTH * 0.12, 40, WIDTH * 0.88, 190), colour)
    syllables(image, WIDTH * 0.2, 66, 84, 7, rng, (255, 255, 255), 0.12)
    for column in range(5):
        x = WIDTH * (0.06 + 0.19 * column)
        fill(image, box(x, 230, x + 150, 440), vary(rng, (60, 60, 70), 20))
        blend(image, ellipse((x + 75, 320), 46, 56), mix(colour, (255, 230, 210), 0.6), 0.9, 6)
        syllables(image, x + 18, 396, 24, 4, rng, (250, 250, 250))
    floor(image, rng, (120, 116, 112), (150, 146, 142), tiles=True)
    paint(image, box(-20, HEIGHT * 0.62, WIDTH + 20, HEIGHT * 0.8), (244, 242, 240), volume=12, folds=0.1, rng=rng, scale=1.5)
    for x in np.arange(60, WIDTH, 180):
        for _ in range(8):
            paint(image, ellipse((x + rng.normal(0, 22), HEIGHT * 0.6 + rng.normal(0, 14)), 15, 14), vary(rng, pick(rng, ((240, 150, 170), (250, 240, 235), (220, 60, 90), (110, 160, 90))), 8), volume=7)
    return image


def festival(rng: Random) -> Pixels:
    """An open-air stage: daylight sky, a truss with banners, speakers, a crowd with raised hands behind."""
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    sky(image, rng, bottom=0.75, top_colour=vary(rng, (86, 146, 222), 12))
    base = HEIGHT * HORIZON
    hills = [(x, base - 60 - 50 * math.sin(x / 170 + rng.uniform(0, 0.4))) for x in range(0, WIDTH + 60, 60)]
    fill(image, np.asarray([*hills, (WIDTH, base), (0, base)]), vary(rng, (86, 130, 84), 8))
    colour = pick(rng, _BRIGHT)
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
        fill(image, np.asarray([[x, 190], [x + 44, 196], [x + 22, 240]]), pick(rng, _BRIGHT))
    floor(image, rng, (70, 66, 64), (96, 90, 86), tiles=False, shine=0.1)
    return image


EVENT_BACKGROUNDS: dict[str, Callable[[Random], Pixels]] = {
    "airport": airport, "stage": stage, "press_wall": press_wall, "red_carpet": red_carpet, "street": street,
    "broadcast_building": broadcast_building, "studio": studio, "cafe": cafe, "sign_table": sign_table, "festival": festival,
}  # fmt: skip


@lru_cache(maxsize=24)
def panorama(scene: str, seed: int) -> Pixels:
    """Returns the wide picture of a place; the latest are kept because an event's photos come together."""
    return EVENT_BACKGROUNDS[scene](random_of("scene", scene, seed))


