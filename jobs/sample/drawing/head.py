"""Heads: face, ears, hair from the front, at an angle and from behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobs.sample.drawing.canvas import Pixels, Points, Random, blend, ellipse, fill, limb, mix, noise, paint, spline, stroke
from jobs.sample.drawing.looks import Build, Outfit


@dataclass(frozen=True)
class HeadPose:
    """How a head is held.

    Attributes:
        x: centre of the head, pixels.
        y: centre of the head, pixels.
        size: height from crown to chin, pixels.
        yaw: turn to the side, radians; positive looks to the right of the picture.
        tilt: lean to the side, radians.
        smile: 0 closed mouth to 1 open smile.
        blink: 0 open to 1 closed eyes.
        back: seen from behind.
    """

    x: float
    y: float
    size: float
    yaw: float
    tilt: float
    smile: float
    blink: float
    back: bool


class HeadFrame:
    """Turns face coordinates (heads; x right, y down from the head's centre) into pixels of the picture."""

    def __init__(self, pose: HeadPose, build: Build) -> None:
        self.pose, self.build = pose, build
        self._cosine, self._sine = float(np.cos(pose.tilt)), float(np.sin(pose.tilt))

    def place(self, points: object) -> Points:
        """Returns pixel positions of flat points."""
        flat = np.atleast_2d(np.asarray(points, float)) * self.pose.size
        x = flat[:, 0] * self._cosine - flat[:, 1] * self._sine
        y = flat[:, 0] * self._sine + flat[:, 1] * self._cosine
        return np.stack([self.pose.x + x, self.pose.y + y], 1)

    def on_face(self, points: object) -> Points:
        """Returns pixel positions of points on the curved front of the face, turned by the yaw."""
        flat = np.atleast_2d(np.asarray(points, float)).copy()
        radius = self.build.face_width * 0.56
        angle = np.arcsin(np.clip(flat[:, 0] / radius, -0.98, 0.98)) + self.pose.yaw
        flat[:, 0] = radius * np.sin(angle) + 0.02 * np.sin(self.pose.yaw)
        return self.place(flat)


def _face_outline(build: Build, yaw: float) -> list[tuple[float, float]]:
    half, jaw, lean = build.face_width / 2, build.face_width / 2 * (0.62 + 0.4 * build.jaw), 0.06 * np.sin(yaw)
    return [
        (0.0, -0.5), (half * 0.62, -0.46), (half * 0.95, -0.28), (half, -0.05), (half * 0.96 + lean * 0.4, 0.12), (jaw * 0.93 + lean, 0.29),
        (jaw * 0.52 + lean, 0.435), (lean * 1.3, 0.5), (-jaw * 0.52 + lean, 0.435), (-jaw * 0.93 + lean, 0.29), (-half * 0.96 + lean * 0.4, 0.12),
        (-half, -0.05), (-half * 0.95, -0.28), (-half * 0.62, -0.46),
    ]  # fmt: skip


def draw_hair_behind(image: Pixels, frame: HeadFrame, outfit: Outfit, light: tuple[float, float], rng: Random) -> None:
    """Draws the hair that hangs behind neck and shoulders."""
    if outfit.hair not in ("long", "wavy", "bob", "ponytail", "medium"):
        return
    half = frame.build.face_width / 2
    length = {"bob": 0.62, "medium": 0.5, "ponytail": 0.25}.get(outfit.hair, 0.45 + outfit.hair_length * 0.42)
    wave = 0.05 if outfit.hair == "wavy" else 0.01
    side = half + (0.13 if outfit.hair != "ponytail" else 0.03)
    heights = np.linspace(-0.4, length, 6)
    bulge = [side * factor for factor in (0.92, 1.05, 1.08, 1.06, 1.02, 0.82)]
    right = [(b + wave * (-1) ** i, y) for i, (b, y) in enumerate(zip(bulge, heights, strict=True))]
    left = [(-b + wave * (-1) ** i, y) for i, (b, y) in enumerate(zip(bulge, heights, strict=True))]
    outline = frame.place(spline([(0.0, -0.58), *right, (0.0, length + 0.03), *left[::-1]]))
    paint(image, outline, mix(outfit.hair_colour, (0, 0, 0), 0.18), volume=frame.pose.size * 0.16, light=light, depth=0.7, folds=0.14, rng=rng, scale=frame.pose.size / 200)


def _eye(image: Pixels, frame: HeadFrame, side: int, makeup: float) -> None:
    build, pose = frame.build, frame.pose
    size, centre_x, centre_y = build.eye_size, side * build.eye_distance, 0.005
    opening = max(0.08, (1 - pose.blink) * (1 - 0.25 * pose.smile)) * size * 0.36
    outer, inner = centre_x + side * size * 0.62, centre_x - side * size * 0.62
    upper = [(inner, centre_y + 0.008), (centre_x - side * size * 0.2, centre_y - opening), (centre_x + side * size * 0.25, centre_y - opening), (outer, centre_y - 0.006)]
    lower = [(outer, centre_y - 0.004), (centre_x + side * size * 0.2, centre_y + opening * 0.75), (centre_x - side * size * 0.2, centre_y + opening * 0.8)]
    blend(image, frame.on_face(ellipse((centre_x, centre_y - 0.02), size * 0.85, size * 0.5)), mix(build.skin, (110, 60, 50), 0.55), 0.32 + 0.25 * makeup, pose.size * 0.02)
    almond = frame.on_face(np.vstack([spline(upper, closed=False), spline([*lower, (inner, centre_y + 0.008)], closed=False)]))
    fill(image, almond, (236, 232, 228))
    if pose.size > 26 and pose.blink < 0.7:
        look = 0.15 * size * np.sin(pose.yaw)
        iris_y = centre_y - opening * 0.12
        fill(image, frame.on_face(ellipse((centre_x + look, iris_y), size * 0.31, min(size * 0.34, opening * 1.02), steps=16)), build.iris)
        fill(image, frame.on_face(ellipse((centre_x + look, iris_y), size * 0.15, min(size * 0.16, opening * 0.8), steps=12)), (10, 8, 8))
        fill(image, frame.on_face(ellipse((centre_x + look - 0.25 * size * 0.35, iris_y - opening * 0.4), size * 0.07, size * 0.07, steps=8)), (250, 250, 250))
    lid = frame.on_face(spline(upper, closed=False))
    stroke(image, lid, (34, 22, 20), max(1, pose.size * (0.011 + 0.006 * makeup)))
    if pose.size > 60:
        stroke(image, lid - (0, pose.size * 0.022), mix(build.skin, (90, 50, 40), 0.55), max(1, pose.size * 0.006))
        stroke(image, frame.on_face(spline([*lower, (inner, centre_y + 0.008)], closed=False)), mix(build.skin, (90, 50, 44), 0.6), max(1, pose.size * 0.005))


def _features(image: Pixels, frame: HeadFrame, outfit: Outfit, light: tuple[float, float]) -> None:
    build, pose = frame.build, frame.pose
    shadow = mix(build.skin, (120, 62, 44), 0.6)
    size = pose.size
    # Cheeks, the sides of the forehead and the hollow below the brow: soft shadows make a flat oval a face.
    away = -1 if light[0] < 0 else 1
    for side in (-1, 1):
        strength = 0.34 if side == -away else 0.16
        blend(image, frame.on_face(ellipse((side * 0.29, 0.1), 0.085, 0.3)), shadow, strength, size * 0.05)
        blend(image, frame.on_face(ellipse((side * 0.19, 0.14), 0.07, 0.05)), (232, 120, 116), 0.10 + 0.18 * build.makeup, size * 0.035)
    blend(image, frame.on_face(ellipse((0.0, -0.22), 0.16, 0.08)), (255, 246, 236), 0.22, size * 0.05)
    for side in (-1, 1):
        _eye(image, frame, side, build.makeup)
        inner, outer = side * (build.eye_distance - 0.07), side * (build.eye_distance + 0.085)
        arch = [(inner, -0.078), ((inner + outer) / 2, -0.103), (outer, -0.08)]
        brow = limb(frame.on_face(arch).tolist(), [build.brow * size * 0.8, build.brow * size * 0.85, build.brow * size * 0.35])
        blend(image, brow, mix(outfit.hair_colour, (40, 28, 24), 0.6), 0.85, max(0.4, size * 0.004))
    # Nose: bridge light, one shaded side, tip, nostrils.
    blend(image, frame.on_face(limb([(0.012 * away * -1, -0.03), (0.03 * -away, 0.1), (0.052 * -away, 0.17)], [0.014, 0.016, 0.022])), shadow, 0.42, size * 0.012)
    blend(image, frame.on_face(limb([(0.0, -0.05), (0.0, 0.13)], [0.012, 0.017])), (255, 244, 234), 0.4, size * 0.012)
    blend(image, frame.on_face(ellipse((0.0, 0.185), build.nose, 0.022)), shadow, 0.5, size * 0.012)
    for side in (-1, 1):
        blend(image, frame.on_face(ellipse((side * build.nose * 0.55, 0.182), 0.015, 0.009)), (70, 34, 30), 0.75, max(0.4, size * 0.003))
    _mouth(image, frame)
    blend(image, frame.on_face(ellipse((0.0, 0.385), 0.09, 0.02)), shadow, 0.3, size * 0.02)
    if build.mole:
        spots = ((0.14, 0.24), (-0.16, 0.22), (0.1, 0.34), (-0.2, 0.1), (0.21, 0.08))
        blend(image, frame.on_face(ellipse(spots[build.mole - 1], 0.008, 0.008, steps=8)), (70, 40, 34), 0.8, 0.4)


def _mouth(image: Pixels, frame: HeadFrame) -> None:
    build, pose = frame.build, frame.pose
    half, y = build.mouth * (1 + 0.25 * pose.smile), 0.285
    lift, gap = 0.022 * pose.smile, 0.034 * max(0.0, pose.smile - 0.35)
    upper = spline([(-half, y - lift), (-half * 0.45, y - 0.018), (-0.018, y - 0.024), (0, y - 0.018), (0.018, y - 0.024), (half * 0.45, y - 0.018), (half, y - lift)], closed=False)
    middle = spline([(-half, y - lift), (0, y + 0.006 - gap * 0.2), (half, y - lift)], closed=False)
    middle_low = spline([(-half, y - lift), (0, y + 0.008 + gap * 1.2), (half, y - lift)], closed=False)
    lower = spline([(-half, y - lift), (-half * 0.5, y + 0.032 + gap), (0, y + 0.042 + gap), (half * 0.5, y + 0.032 + gap), (half, y - lift)], closed=False)
    if gap > 0.004:
        fill(image, frame.on_face(np.vstack([middle, middle_low[::-1]])), (96, 34, 36))
        teeth = spline([(-half * 0.8, y - lift * 0.8), (0, y + 0.004 + gap * 0.75), (half * 0.8, y - lift * 0.8)], closed=False)
        fill(image, frame.on_face(np.vstack([middle, teeth[::-1]])), (244, 240, 234))
    fill(image, frame.on_face(np.vstack([upper, middle[::-1]])), mix(build.lips, (90, 20, 30), 0.22))
    fill(image, frame.on_face(np.vstack([middle_low, lower[::-1]])), build.lips)
    blend(image, frame.on_face(ellipse((-0.01, y + 0.026 + gap), half * 0.35, 0.008)), (255, 220, 214), 0.45, pose.size * 0.006)
    stroke(image, frame.on_face(middle_low), (110, 42, 44), max(1, pose.size * 0.006))


def draw_head(image: Pixels, frame: HeadFrame, outfit: Outfit, light: tuple[float, float], rng: Random) -> None:
    """Draws face, ears, front hair, glasses and hat; from behind only hair and hat."""
    build, pose = frame.build, frame.pose
    size = pose.size
    if not pose.back:
        for side in (-1, 1):
            if side * pose.yaw < 0.35 and outfit.hair not in ("long", "wavy", "bob"):
                ear = frame.place(ellipse((side * build.face_width * 0.5 - 0.05 * np.sin(pose.yaw), 0.04), 0.045, 0.095, side * 0.15))
                paint(image, ear, mix(build.skin, (200, 110, 90), 0.2), volume=size * 0.04, light=light)
            if outfit.earrings and side * pose.yaw < 0.35:
                fill(image, frame.place(ellipse((side * build.face_width * 0.52, 0.17), 0.018, 0.03, steps=10)), (232, 214, 160))
        face = frame.place(spline(_face_outline(build, pose.yaw)))
        paint(image, face, build.skin, volume=size * 0.2, light=light, depth=0.42)
        _features(image, frame, outfit, light)
    _draw_hair(image, frame, outfit, light, rng)
    if outfit.glasses and not pose.back:
        for side in (-1, 1):
            ring = frame.on_face(ellipse((side * build.eye_distance, 0.015), 0.105, 0.085))
            blend(image, ring, (210, 225, 235), 0.12)
            stroke(image, np.vstack([ring, ring[:1]]), (36, 32, 34), max(1, size * 0.012))
        stroke(image, frame.on_face([(-build.eye_distance + 0.1, 0.0), (build.eye_distance - 0.1, 0.0)]), (36, 32, 34), max(1, size * 0.012))
    if outfit.hat != "none":
        _draw_hat(image, frame, outfit, light)


def _draw_hair(image: Pixels, frame: HeadFrame, outfit: Outfit, light: tuple[float, float], rng: Random) -> None:
    build, pose, style = frame.build, frame.pose, outfit.hair
    half, size = build.face_width / 2, pose.size
    turn = 0.12 * np.sin(pose.yaw)
    coarse = size / 260
    if pose.back:
        bottom = {"long": 0.5 + 0.5 * outfit.hair_length, "wavy": 0.5 + 0.5 * outfit.hair_length, "bob": 0.62, "medium": 0.5}.get(style, 0.34)
        side = half + (0.12 if style in ("long", "wavy", "bob") else 0.06)
        outline = spline([(0, -0.6), (side * 0.75, -0.5), (side, -0.15), (side * 1.02, bottom * 0.6), (side * 0.75, bottom), (0, bottom + 0.05), (-side * 0.75, bottom), (-side * 1.02, bottom * 0.6), (-side, -0.15), (-side * 0.75, -0.5)])
        paint(image, frame.place(outline), outfit.hair_colour, volume=size * 0.22, light=light, depth=0.8, folds=0.16, rng=rng, scale=coarse)
        blend(image, frame.place(ellipse((-0.08, -0.25), 0.22, 0.06)), (255, 250, 240), 0.16, size * 0.05)
        if style == "ponytail":
            tail = limb(frame.place([(0.0, -0.2), (0.05, 0.3), (0.0, 0.5 + 0.4 * outfit.hair_length)]).tolist(), [size * 0.1, size * 0.15, size * 0.06])
            paint(image, tail, mix(outfit.hair_colour, (255, 255, 255), 0.05), volume=size * 0.1, light=light, depth=0.8, folds=0.2, rng=rng, scale=coarse)
        elif style == "bun":
            paint(image, frame.place(ellipse((0.0, -0.35), 0.2, 0.18)), mix(outfit.hair_colour, (255, 255, 255), 0.06), volume=size * 0.12, light=light, depth=0.8, folds=0.2, rng=rng, scale=coarse)
        return
    part = outfit.parting * 0.5 + turn
    top = {"cropped": 0.56, "swept": 0.62, "bangs": 0.6}.get(style, 0.59)
    side = half + {"cropped": 0.02, "swept": 0.035, "short": 0.05, "bangs": 0.05}.get(style, 0.07)
    reach = {"cropped": -0.06, "swept": 0.0, "bangs": 0.02, "short": 0.12, "medium": 0.24, "ponytail": 0.05, "bun": 0.02, "bob": 0.42}.get(style, 0.5)
    fringe = -0.13 if outfit.bangs or style == "bangs" else -0.3
    inner = half * (0.82 if style in ("long", "wavy", "bob", "medium") else 0.93)
    if style == "swept":
        edge = [(inner, -0.16), (half * 0.7, -0.34), (part, -0.4), (-half * 0.6, -0.32), (-inner, -0.16)]
    elif fringe > -0.2:
        edge = [(inner, -0.1), (half * 0.72, fringe), (half * 0.3, fringe + 0.02), (part * 0.5, fringe - 0.03), (-half * 0.35, fringe + 0.02), (-half * 0.72, fringe), (-inner, -0.1)]
    else:
        edge = [(inner, -0.02), (half * 0.8, -0.2), (half * 0.4 + part * 0.3, -0.34), (part, -0.42), (-half * 0.4 + part * 0.3, -0.34), (-half * 0.8, -0.2), (-inner, -0.02)]
    outer = [(-side, reach * 0.6 - 0.05), (-side * 1.02, -0.2), (-side * 0.78, -0.47), (0.0, -top), (side * 0.78, -0.47), (side * 1.02, -0.2), (side, reach * 0.6 - 0.05)]
    strands = [(side * 0.98, reach), (inner * 1.05, reach * 0.98), (inner * 1.0, reach * 0.5)]
    outline = spline([*outer, *strands, *edge, *[(-x, y) for x, y in strands[::-1]]])
    blend(image, frame.place(outline) + (0, size * 0.02), (60, 30, 24), 0.35, size * 0.025)
    if style == "bun":
        paint(image, frame.place(ellipse((turn * -1, -0.62), 0.18, 0.15)), outfit.hair_colour, volume=size * 0.1, light=light, depth=0.8, folds=0.2, rng=rng, scale=coarse)
    paint(image, frame.place(outline), outfit.hair_colour, volume=size * 0.13, light=light, depth=0.9, folds=0.17, rng=rng, scale=coarse)
    blend(image, frame.place(limb([(-side * 0.6, -0.4), (part, -0.49), (side * 0.55, -0.42)], [0.02, 0.045, 0.02])), (255, 248, 236), 0.2, size * 0.03)


def _draw_hat(image: Pixels, frame: HeadFrame, outfit: Outfit, light: tuple[float, float]) -> None:
    half, size = frame.build.face_width / 2 + 0.07, frame.pose.size
    turn = 0.25 * np.sin(frame.pose.yaw)
    crown = spline([(-half, -0.22), (-half * 0.95, -0.45), (-half * 0.5, -0.64), (0, -0.68), (half * 0.5, -0.64), (half * 0.95, -0.45), (half, -0.22), (0, -0.27)])
    paint(image, frame.place(crown), outfit.hat_colour, volume=size * 0.16, light=light, depth=0.7)
    if outfit.hat == "beanie":
        paint(image, frame.place(spline([(-half * 1.04, -0.18), (-half * 1.04, -0.33), (0, -0.4), (half * 1.04, -0.33), (half * 1.04, -0.18), (0, -0.24)])), mix(outfit.hat_colour, (255, 255, 255), 0.1), volume=size * 0.05, light=light)
    elif outfit.hat == "bucket":
        brim = spline([(-half * 1.35, -0.08), (-half * 0.95, -0.3), (0, -0.36), (half * 0.95, -0.3), (half * 1.35, -0.08), (0, -0.19)])
        paint(image, frame.place(brim), mix(outfit.hat_colour, (0, 0, 0), 0.12), volume=size * 0.06, light=light)
    elif not frame.pose.back:
        brim = spline([(-half * 0.85 + turn, -0.24), (turn, -0.31), (half * 0.85 + turn, -0.24), (half * 0.7 + turn * 1.5, -0.15), (turn * 1.5, -0.12), (-half * 0.7 + turn * 1.5, -0.15)])
        blend(image, frame.place(brim) + (0, size * 0.06), (50, 28, 24), 0.4, size * 0.03)
        paint(image, frame.place(brim), mix(outfit.hat_colour, (0, 0, 0), 0.15), volume=size * 0.04, light=light)


def skin_grain(image: Pixels, rng: Random) -> None:
    """Adds the fine unevenness of a surface to a whole image."""
    height, width = image.shape[:2]
    image[...] = np.clip(image + 2.0 * noise("grain", height, width, rng)[..., None], 0, 255).astype(np.uint8)
