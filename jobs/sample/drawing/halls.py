"""Backgrounds of events under a roof: airport, stage, press wall, studio, cafe, signing table.

Every function takes a generator seeded by the place and returns an RGB image of `WIDTH` x `HEIGHT`; the floor begins
at about `HORIZON` of the height, so that whole persons can stand on it.
"""

from __future__ import annotations

import math

import numpy as np

from jobs.sample.drawing.canvas import (
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
    pick,
    random_of,
    spline,
    stroke,
    syllables,
    vary,
)
from jobs.sample.drawing.figure import crowd
from jobs.sample.drawing.scenery import BRIGHT, HEIGHT, HORIZON, WIDTH, floor, letters, logo, tree


def airport(rng: Random) -> Pixels:
    """A departure hall: a wall of glass with steel, a shining floor, signs with arrows and gates, a board, trolleys, people."""
    image = gradient(HEIGHT, WIDTH, (226, 232, 238), (202, 208, 214))
    top, bottom = int(HEIGHT * rng.uniform(0.14, 0.2)), int(HEIGHT * HORIZON)
    glass = gradient(bottom - top, WIDTH, vary(rng, (170, 204, 232), 12), vary(rng, (226, 236, 244), 6))
    image[top:bottom] = glass
    apron = top + (bottom - top) * 0.72
    fill(image, box(0, apron, WIDTH, bottom), (168, 172, 172))
    plane_x, plane_y = rng.uniform(150, 800), apron - 26
    paint(
        image,
        limb([(plane_x - 170, plane_y), (plane_x, plane_y - 4), (plane_x + 170, plane_y - 2)], [14, 30, 10]),
        (242, 244, 246),
        volume=14,
    )
    fill(
        image,
        np.asarray(
            [[plane_x - 175, plane_y - 4], [plane_x - 205, plane_y - 76], [plane_x - 165, plane_y - 76], [plane_x - 120, plane_y - 12]]
        ),
        pick(rng, BRIGHT),
    )
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
    floor(image, vary(rng, (188, 186, 180), 8), (210, 210, 208), shine=0.45)
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
        fill(
            image,
            np.asarray(
                [
                    [x + width - 60, y + 33],
                    [x + width - 30, y + 12],
                    [x + width - 30, y + 26],
                    [x + width - 10, y + 26],
                    [x + width - 10, y + 40],
                    [x + width - 30, y + 40],
                    [x + width - 30, y + 54],
                ]
            ),
            ink,
        )
    board_x, board_y = rng.uniform(330, 480), 250
    fill(image, box(board_x, board_y, board_x + 190, board_y + 150), (18, 24, 34))
    for row in range(8):
        y = board_y + 10 + row * 17
        digits(
            image,
            board_x + 8,
            y,
            10,
            f"{int(rng.integers(24)):02d}:{int(rng.integers(60)):02d} {letters(rng, 2)}{int(rng.integers(100, 999))}",
            (250, 210, 80),
            0.08,
        )
        syllables(image, board_x + 132, y, 11, 4, rng, (230, 236, 240))
    for side in (0.06, 0.9):
        x, y = WIDTH * side, HEIGHT * 0.8
        for rail in range(3):
            stroke(image, [(x - 40 + rail * 40, y), (x - 40 + rail * 40, y - 90)], (70, 72, 78), 7)
        stroke(image, [(x - 40, y - 84), (x + 40, y - 84)], pick(rng, BRIGHT), 8)
    for _ in range(2):
        x, y = rng.uniform(60, 1000), HEIGHT * rng.uniform(0.8, 0.9)
        paint(image, spline([(x, y), (x + 62, y), (x + 62, y - 96), (x, y - 96)], steps=2), pick(rng, BRIGHT), volume=14)
        stroke(image, [(x + 16, y - 96), (x + 16, y - 140), (x + 46, y - 140), (x + 46, y - 96)], (90, 92, 96), 4)
    return image


def stage(rng: Random) -> Pixels:
    """A concert: dark hall, a wall of light behind, beams of two colours, haze, heads and light sticks in front."""
    one, two = pick(rng, BRIGHT), pick(rng, BRIGHT)
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
            fill(
                screen,
                np.asarray(
                    [
                        [width / 2, height / 2],
                        [width / 2 + 700 * math.cos(ray), height / 2 + 700 * math.sin(ray)],
                        [width / 2 + 700 * math.cos(ray + 0.12), height / 2 + 700 * math.sin(ray + 0.12)],
                    ]
                ),
                mix(one, (255, 255, 255), 0.35),
            )
    else:
        for _ in range(160):
            x, y, size = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(3, 20)
            blend(screen, ellipse((x, y), size, size, steps=12), mix(two, (255, 255, 255), float(rng.uniform(0, 0.8))), 0.6)
    syllables(screen, width * 0.26, height * 0.12, height * 0.16, 5, rng, (255, 255, 255), 0.12)
    image[int(top) : int(top) + height, int(left) : int(left) + width] = screen
    for x in np.arange(left, right, 26):
        stroke(image, [(x, top), (x, bottom)], (16, 12, 24), 1)
    floor(image, (28, 24, 40), (60, 52, 80), top=0.66, tiles=False, shine=0.6)
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
            fill(image, ellipse((x, y), rng.uniform(2, 5), rng.uniform(1, 3), rng.uniform(0, 3), steps=8), pick(rng, BRIGHT))
    return image


def press_wall(rng: Random) -> Pixels:
    """A photo wall: two or three invented logos repeated in a grid, a low floor, the light of flashes."""
    ground = pick(rng, ((246, 246, 246), (22, 22, 30), (236, 230, 218), (24, 40, 96), (180, 24, 40), (246, 222, 226), (220, 236, 244)))
    image = np.full((HEIGHT, WIDTH, 3), ground, np.uint8)
    marks = [
        (
            int(rng.integers(1 << 30)),
            pick(rng, BRIGHT) if sum(ground) > 500 else pick(rng, ((255, 255, 255), (240, 200, 90), (200, 220, 250))),
        )
        for _ in range(int(rng.integers(2, 4)))
    ]
    step_x, step_y, size = rng.uniform(190, 240), rng.uniform(88, 120), rng.uniform(32, 46)
    for row, y in enumerate(np.arange(30, HEIGHT * 0.9, step_y)):
        for column, x in enumerate(np.arange(-60 + (row % 2) * step_x * 0.5, WIDTH + 60, step_x)):
            seed, colour = marks[(row + column) % len(marks)]
            logo(image, float(x), float(y), size, colour, random_of("mark", seed))
    start = 0.86
    floor(image, vary(rng, (90, 90, 94), 14), (120, 120, 124), top=start, tiles=False, shine=0.2)
    spots = np.hypot(
        (np.arange(WIDTH)[None, :] - WIDTH * rng.uniform(0.35, 0.65)) / WIDTH, (np.arange(HEIGHT)[:, None] - HEIGHT * 0.4) / HEIGHT
    )
    return np.asarray(np.clip(image * (1.1 - 0.5 * spots[..., None]), 0, 255), np.uint8)


def studio(rng: Random) -> Pixels:
    """A pictorial: a seamless paper background, soft light, now and then a stool, a lamp or flowers."""
    colour = vary(
        rng,
        pick(
            rng,
            (
                (222, 214, 206),
                (150, 158, 166),
                (232, 196, 190),
                (196, 210, 220),
                (70, 72, 80),
                (236, 226, 196),
                (176, 196, 176),
                (206, 196, 222),
            ),
        ),
        8,
    )
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    glow = np.exp(-(((x - WIDTH * rng.uniform(0.3, 0.7)) / WIDTH) ** 2 * 3 + ((y - HEIGHT * 0.4) / HEIGHT) ** 2 * 3))
    bend = 1 - 0.16 * np.exp(-(((y - HEIGHT * 0.8) / (HEIGHT * 0.05)) ** 2))
    image: Pixels = np.clip(np.asarray(colour, np.float32) * ((0.72 + 0.42 * glow) * bend)[..., None], 0, 255).astype(np.uint8)
    kind = int(rng.integers(4))
    if kind == 0:
        for side in (0.08, 0.92):
            lamp_x = WIDTH * side
            stroke(image, [(lamp_x, HEIGHT * 0.3), (lamp_x, HEIGHT * 0.9)], (40, 40, 44), 6)
            paint(
                image,
                np.asarray(
                    [[lamp_x - 70, HEIGHT * 0.12], [lamp_x + 70, HEIGHT * 0.12], [lamp_x + 56, HEIGHT * 0.34], [lamp_x - 56, HEIGHT * 0.34]]
                ),
                (244, 244, 240),
                volume=16,
            )
    elif kind == 1:
        for _ in range(26):
            centre = (rng.choice([0.1, 0.88]) * WIDTH + rng.normal(0, 60), HEIGHT * 0.72 + rng.normal(0, 60))
            paint(
                image,
                ellipse(centre, 22, 20),
                vary(rng, pick(rng, ((240, 170, 180), (250, 240, 230), (200, 60, 80), (120, 160, 100))), 10),
                volume=10,
            )
    elif kind == 2:
        fill(image, box(WIDTH * 0.05, HEIGHT * 0.08, WIDTH * 0.26, HEIGHT * 0.7), mix(colour, (255, 255, 255), 0.4))
        blend(
            image, np.asarray([[WIDTH * 0.3, HEIGHT], [WIDTH * 0.6, HEIGHT], [WIDTH * 0.5, 0], [WIDTH * 0.36, 0]]), (255, 250, 236), 0.3, 30
        )
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
            paint(
                image,
                box(x, shelf - rng.uniform(20, 52), x + 20, shelf),
                vary(rng, pick(rng, ((200, 190, 170), (90, 60, 40), (120, 150, 120), (230, 230, 226))), 8),
                volume=6,
            )
    floor(image, vary(rng, (132, 98, 70), 8), (156, 120, 90), shine=0.15)
    paint(image, box(board_x - 80, base - 70, board_x + 330, base + 60), vary(rng, (110, 80, 58), 8), volume=10)
    for x in np.arange(rng.uniform(60, 140), WIDTH, rng.uniform(150, 210)):
        stroke(image, [(x, 0), (x, 120)], (30, 28, 26), 3)
        paint(
            image,
            spline([(x - 8, 116), (x + 8, 116), (x + 40, 160), (x - 40, 160)]),
            pick(rng, ((40, 40, 40), (200, 160, 80), (230, 230, 226))),
            volume=8,
        )
        blend(image, ellipse((x, 166), 70, 54), (255, 224, 160), 0.55, 24)
    for x in (rng.uniform(60, 300), rng.uniform(600, 1000)):
        y = HEIGHT * 0.8
        stroke(image, [(x, y), (x, y + 110)], (50, 44, 40), 8)
        paint(image, ellipse((x, y), 92, 22), (176, 132, 90), volume=8)
        paint(image, box(x - 12, y - 34, x + 12, y - 4), (246, 246, 244), volume=6)
    for x in (30.0, WIDTH - 40.0):
        for leaf in np.linspace(-1.1, 1.1, 7):
            end = (x + 120 * math.sin(leaf), base - 60 - 150 * math.cos(leaf))
            paint(
                image,
                limb([(x, base + 20), ((x + end[0]) / 2, (base + end[1]) / 2 - 20), end], [6, 18, 3]),
                vary(rng, (60, 120, 66), 10),
                volume=7,
            )
    return image


def sign_table(rng: Random) -> Pixels:
    """A fan signing: a table with a white cloth, a banner with the title, flowers, album posters."""
    colour = pick(rng, BRIGHT)
    image = gradient(HEIGHT, WIDTH, mix(colour, (255, 255, 255), 0.72), mix(colour, (255, 255, 255), 0.5))
    fill(image, box(WIDTH * 0.12, 40, WIDTH * 0.88, 190), colour)
    syllables(image, WIDTH * 0.2, 66, 84, 7, rng, (255, 255, 255), 0.12)
    for column in range(5):
        x = WIDTH * (0.06 + 0.19 * column)
        fill(image, box(x, 230, x + 150, 440), vary(rng, (60, 60, 70), 20))
        blend(image, ellipse((x + 75, 320), 46, 56), mix(colour, (255, 230, 210), 0.6), 0.9, 6)
        syllables(image, x + 18, 396, 24, 4, rng, (250, 250, 250))
    floor(image, (120, 116, 112), (150, 146, 142), tiles=True)
    paint(image, box(-20, HEIGHT * 0.62, WIDTH + 20, HEIGHT * 0.8), (244, 242, 240), volume=12, folds=0.1, rng=rng, scale=1.5)
    for x in np.arange(60, WIDTH, 180):
        for _ in range(8):
            paint(
                image,
                ellipse((x + rng.normal(0, 22), HEIGHT * 0.6 + rng.normal(0, 14)), 15, 14),
                vary(rng, pick(rng, ((240, 150, 170), (250, 240, 235), (220, 60, 90), (110, 160, 90))), 8),
                volume=7,
            )
    return image
