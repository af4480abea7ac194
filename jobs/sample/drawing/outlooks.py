"""Views and landmarks: sky, hills, sea, castles, towers, the city at night."""

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
    vary,
)
from jobs.sample.drawing.scenery import building, sky, tree
from jobs.sample.drawing.spec import Look, Person

People = tuple[tuple[Person, Look], ...]


def zoomed(scene: Pixels, shot: Random, width: int, height: int, *, least: float = 0.62) -> Pixels:
    """Returns the camera's part of a place, from another standpoint in every shot.

    Two visitors never stand at one spot: what is near moves against what is far, verticals lean, and the light has changed.
    """
    rows, columns = scene.shape[:2]
    share = shot.uniform(least, 1.0)
    cut_height = rows * share
    cut_width = min(columns, cut_height * width / height)
    cut_height = cut_width * height / width
    left, top = shot.uniform(0, columns - cut_width), shot.uniform(0, rows - cut_height)
    corners = np.asarray([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    leaning = np.clip(shot.normal(0, 0.06, (4, 2)), -0.13, 0.13)
    seen = ((corners + leaning) * (cut_width, cut_height) + (left, top)).astype(np.float32)
    plane = cv2.getPerspectiveTransform(corners * np.asarray((width, height), np.float32), seen)
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    places = cv2.perspectiveTransform(np.stack([across.ravel(), down.ravel()], 1)[None], plane)[0].reshape(height, width, 2)
    step = shot.uniform(0.02, 0.05) * (1 if shot.random() < 0.5 else -1)
    nearness = np.sin(down / height * shot.uniform(2.2, 4.2) + shot.uniform(0, 6.28)) + 0.5 * np.sin(across / width * shot.uniform(2, 4))
    aside = (places[..., 0] + nearness * step * cut_width).astype(np.float32)
    picture = cv2.remap(scene, aside, places[..., 1].astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    slope = shot.normal(0, 0.09, 2)
    light = 1 + slope[0] * (across / width - 0.5) + slope[1] * (down / height - 0.5)
    return np.asarray(np.clip(picture * light[..., None], 0, 255), np.uint8)


def _hills(image: Pixels, rng: Random, base: float, tall: float, colour: Colour, rough: float) -> None:
    height, width = image.shape[:2]
    x = np.linspace(0, width, 60)
    waves = sum(np.sin(x / width * 2 * np.pi * k + rng.uniform(0, 6.28)) / k for k in (1, 2, 3, 5)) + rng.normal(0, rough, 60)
    y = base - tall * (0.5 + 0.3 * waves)
    paint(
        image,
        np.vstack([np.stack([x, y], 1), [[width + 10, height], [-10, height]]]),
        colour,
        volume=height * 0.02,
        depth=0.5,
        folds=0.05,
        rng=rng,
        scale=3,
    )


def view(style: Random, shot: Random, width: int, height: int, _people: People = ()) -> Pixels:
    """A wide outlook: sky, ridges fading into the distance, sea or river, trees in front."""
    rows, columns = 640, 900
    wide = np.zeros((rows, columns, 3), np.uint8)
    evening = bool(shot.random() < 0.25)
    sky(
        wide,
        shot,
        bottom=0.8,
        top_colour=(90, 90, 160) if evening else vary(shot, (92, 150, 222), 12),
        low_colour=(250, 190, 140) if evening else (226, 236, 244),
    )
    sea, season = bool(style.random() < 0.5), pick(style, ((70, 112, 66), (130, 120, 60), (90, 104, 70)))
    horizon = rows * style.uniform(0.42, 0.52)
    layout = random_of("ridges", int(style.integers(1 << 30)))
    for ridge in range(3):
        _hills(wide, layout, horizon + 30 * ridge, 150 - 34 * ridge, mix((150, 176, 206), season, 0.25 + 0.28 * ridge), 0.04)
    if sea:
        start = int(horizon + 40)
        wide[start:] = gradient(rows - start, columns, (120, 170, 196) if not evening else (236, 176, 150), (40, 96, 140))
        ripples = np.repeat(noise("fold", columns, rows - start, layout, 0.8).T[..., None], 3, 2)
        wide[start:] = np.clip(wide[start:] + ripples * 9, 0, 255).astype(np.uint8)
        for _ in range(5):
            x, y = layout.uniform(0, columns), layout.uniform(start + 10, rows * 0.8)
            fill(wide, np.asarray([[x, y - 34], [x + 22, y], [x, y]]), (246, 246, 246))
            fill(wide, np.asarray([[x - 20, y], [x + 26, y], [x + 16, y + 9], [x - 12, y + 9]]), (120, 60, 50))
    else:
        _hills(wide, layout, rows * 0.74, 90, season, 0.05)
    for _ in range(7):
        tree(
            wide,
            layout,
            layout.uniform(0, columns),
            rows * layout.uniform(0.94, 1.1),
            layout.uniform(130, 230),
            mix(season, (50, 100, 50), 0.4),
        )
    return zoomed(wide, shot, width, height, least=0.75)


def landmark(style: Random, shot: Random, width: int, height: int, _people: People = ()) -> Pixels:
    """A castle, a palace with a curved roof or a tower, the same in every photo of the place."""
    rows, columns = 700, 900
    wide = np.zeros((rows, columns, 3), np.uint8)
    sky(wide, shot, bottom=0.8, top_colour=vary(shot, (88, 146, 218), 14))
    layout = random_of("landmark", int(style.integers(1 << 30)))
    _hills(wide, layout, rows * 0.66, 120, (108, 142, 110), 0.04)
    base = rows * 0.74
    wide[int(base) :] = gradient(rows - int(base), columns, (168, 164, 140), (196, 188, 168))
    stone = vary(layout, pick(layout, ((196, 182, 154), (168, 164, 160), (214, 208, 200), (150, 110, 88))), 6)
    kind = int(layout.integers(3))
    if kind == 0:
        paint(wide, box(230, base - 190, 670, base), stone, volume=10, folds=0.03, rng=layout)
        for x, tall, half in ((230, 300, 46), (670, 300, 46), (450, 390, 60), (340, 250, 34), (560, 250, 34)):
            paint(wide, box(x - half, base - tall, x + half, base), mix(stone, (255, 255, 255), 0.08), volume=half * 0.6, depth=0.7)
            paint(
                wide,
                np.asarray([[x - half - 12, base - tall], [x, base - tall - half * 2.4], [x + half + 12, base - tall]]),
                vary(layout, pick(layout, ((70, 86, 120), (140, 60, 50), (60, 80, 76))), 6),
                volume=16,
                depth=0.8,
            )
            for row in range(3):
                fill(
                    wide,
                    spline(
                        [
                            (x - 8, base - tall + 40 + row * 64),
                            (x + 8, base - tall + 40 + row * 64),
                            (x + 8, base - tall + 74 + row * 64),
                            (x - 8, base - tall + 74 + row * 64),
                        ],
                        steps=2,
                    ),
                    (50, 54, 66),
                )
        fill(wide, spline([(420, base), (420, base - 70), (450, base - 96), (480, base - 70), (480, base)], steps=3), (70, 50, 40))
        for x in np.arange(240, 660, 22):
            fill(wide, box(x, base - 204, x + 12, base - 190), stone)
    elif kind == 1:
        for level, (half, y) in enumerate(((330, base - 130), (230, base - 270))):
            fill(wide, box(450 - half * 0.8, y, 450 + half * 0.8, y + 130), (170, 50, 44))
            for x in np.linspace(450 - half * 0.78, 450 + half * 0.78, 9 - 2 * level):
                paint(wide, box(x - 9, y, x + 9, y + 130), (126, 34, 34), volume=6)
                fill(wide, box(x + 14, y + 30, x + 44, y + 120), (60, 96, 84))
            fill(wide, box(450 - half * 0.86, y - 12, 450 + half * 0.86, y + 12), (60, 120, 104))
            roof = spline(
                [
                    (450 - half * 1.16, y - 16),
                    (450 - half * 0.75, y - 36),
                    (450 - half * 0.45, y - 96),
                    (450 + half * 0.45, y - 96),
                    (450 + half * 0.75, y - 36),
                    (450 + half * 1.16, y - 16),
                    (450 + half * 0.7, y + 2),
                    (450 - half * 0.7, y + 2),
                ]
            )
            paint(wide, roof, (74, 82, 88), volume=18, depth=0.8, folds=0.14, rng=layout, scale=0.5)
        fill(wide, box(110, base - 6, 790, base + 26), (206, 200, 188))
    else:
        paint(wide, limb([(450, base), (450, base - 300), (450, base - 430)], [46, 30, 16]), stone, volume=22, depth=0.8)
        paint(wide, ellipse((450, base - 360), 92, 30), (230, 232, 236), volume=14, depth=0.8)
        paint(wide, ellipse((450, base - 385), 66, 22), (120, 150, 176), volume=10)
        stroke(wide, [(450, base - 420), (450, base - 560)], (200, 60, 50), 6)
    for _ in range(5):
        tree(wide, layout, layout.uniform(0, columns), base + layout.uniform(10, 60), layout.uniform(110, 190), (84, 132, 76))
    return zoomed(wide, shot, width, height, least=0.8)


def night_view(style: Random, shot: Random, width: int, height: int, _people: People = ()) -> Pixels:
    """A city at night from above: lit towers, a river with reflections, the moon."""
    rows, columns = 640, 900
    wide = gradient(rows, columns, (10, 14, 36), (50, 44, 84))
    layout = random_of("skyline", int(style.integers(1 << 30)))
    base = rows * 0.62
    x = -20.0
    while x < columns:
        w = layout.uniform(40, 90)
        building(wide, layout, x, x + w, base - layout.uniform(60, 300), base, vary(layout, (26, 30, 46), 6), lit=0.5)
        x += w + layout.uniform(-6, 10)
    start = int(base)
    mirror = cv2.GaussianBlur(cv2.resize(wide[start - 220 : start][::-1], (columns, rows - start)), (0, 0), sigmaX=3, sigmaY=12)
    wide[start:] = (mirror * 0.6).astype(np.uint8)
    for lamp in np.linspace(0, columns, 26):
        blend(wide, ellipse((lamp, base + 4), 9, 9), (255, 214, 130), 0.95, 4)
    blend(wide, ellipse((columns * 0.78, rows * 0.12), 24, 24), (250, 246, 226), 1.0, 2)
    if math.cos(layout.uniform(0, 6.28)) > 0:
        for span in np.linspace(0, columns, 7):
            stroke(
                wide,
                spline([(span, base + 60), (span + columns / 12, base + 30), (span + columns / 6, base + 60)], closed=False),
                (230, 150, 90),
                4,
            )
        stroke(wide, [(0, base + 64), (columns, base + 64)], (240, 180, 110), 6)
    return zoomed(wide, shot, width, height, least=0.8)
