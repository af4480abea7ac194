"""Faces: how a head is held, eyes, brows, nose, mouth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobs.sample.drawing.canvas import Pixels, Points, blend, ellipse, fill, limb, mix, shifted, spline, stroke
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


def face_outline(build: Build, yaw: float) -> list[tuple[float, float]]:
    """Returns the outline of a face, in heads."""
    half, jaw, lean = build.face_width / 2, build.face_width / 2 * (0.62 + 0.4 * build.jaw), 0.06 * np.sin(yaw)
    return [
        (0.0, -0.5), (half * 0.62, -0.46), (half * 0.95, -0.28), (half, -0.05), (half * 0.96 + lean * 0.4, 0.12),
        (jaw * 0.93 + lean, 0.29), (jaw * 0.52 + lean, 0.435), (lean * 1.3, 0.5), (-jaw * 0.52 + lean, 0.435), (-jaw * 0.93 + lean, 0.29),
        (-half * 0.96 + lean * 0.4, 0.12), (-half, -0.05), (-half * 0.95, -0.28), (-half * 0.62, -0.46),
    ]  # fmt: skip


def _eye(image: Pixels, frame: HeadFrame, side: int, makeup: float) -> None:
    build, pose = frame.build, frame.pose
    size, centre_x, centre_y = build.eye_size, side * build.eye_distance, 0.005
    opening = max(0.08, (1 - pose.blink) * (1 - 0.25 * pose.smile)) * size * 0.36
    outer, inner = centre_x + side * size * 0.62, centre_x - side * size * 0.62
    upper = [
        (inner, centre_y + 0.008),
        (centre_x - side * size * 0.2, centre_y - opening),
        (centre_x + side * size * 0.25, centre_y - opening),
        (outer, centre_y - 0.006),
    ]
    lower = [
        (outer, centre_y - 0.004),
        (centre_x + side * size * 0.2, centre_y + opening * 0.75),
        (centre_x - side * size * 0.2, centre_y + opening * 0.8),
    ]
    blend(
        image,
        frame.on_face(ellipse((centre_x, centre_y - 0.02), size * 0.85, size * 0.5)),
        mix(build.skin, (110, 60, 50), 0.55),
        0.32 + 0.25 * makeup,
        pose.size * 0.02,
    )
    almond = frame.on_face(np.vstack([spline(upper, closed=False), spline([*lower, (inner, centre_y + 0.008)], closed=False)]))
    fill(image, almond, (236, 232, 228))
    if pose.size > 26 and pose.blink < 0.7:
        look = 0.15 * size * np.sin(pose.yaw)
        iris_y = centre_y - opening * 0.12
        fill(image, frame.on_face(ellipse((centre_x + look, iris_y), size * 0.31, min(size * 0.34, opening * 1.02), steps=16)), build.iris)
        fill(image, frame.on_face(ellipse((centre_x + look, iris_y), size * 0.15, min(size * 0.16, opening * 0.8), steps=12)), (10, 8, 8))
        fill(
            image,
            frame.on_face(ellipse((centre_x + look - 0.25 * size * 0.35, iris_y - opening * 0.4), size * 0.07, size * 0.07, steps=8)),
            (250, 250, 250),
        )
    lid = frame.on_face(spline(upper, closed=False))
    stroke(image, lid, (34, 22, 20), max(1, pose.size * (0.011 + 0.006 * makeup)))
    if pose.size > 60:
        stroke(image, shifted(lid, 0, -pose.size * 0.022), mix(build.skin, (90, 50, 40), 0.55), max(1, pose.size * 0.006))
        stroke(
            image,
            frame.on_face(spline([*lower, (inner, centre_y + 0.008)], closed=False)),
            mix(build.skin, (90, 50, 44), 0.6),
            max(1, pose.size * 0.005),
        )


def draw_features(image: Pixels, frame: HeadFrame, outfit: Outfit, light: tuple[float, float]) -> None:
    """Draws what a face consists of on its painted oval."""
    build, pose = frame.build, frame.pose
    shadow = mix(build.skin, (120, 62, 44), 0.6)
    size = pose.size
    if size < 24:  # somebody far away: eyes and mouth only
        for side in (-1, 1):
            fill(image, frame.on_face(ellipse((side * build.eye_distance, 0.0), 0.07, 0.045, steps=8)), (50, 36, 32))
        fill(image, frame.on_face(ellipse((0.0, 0.29), 0.11, 0.035, steps=8)), build.lips)
        return
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
    blend(
        image,
        frame.on_face(limb([(0.012 * away * -1, -0.03), (0.03 * -away, 0.1), (0.052 * -away, 0.17)], [0.014, 0.016, 0.022])),
        shadow,
        0.42,
        size * 0.012,
    )
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
    upper = spline(
        [
            (-half, y - lift),
            (-half * 0.45, y - 0.018),
            (-0.018, y - 0.024),
            (0, y - 0.018),
            (0.018, y - 0.024),
            (half * 0.45, y - 0.018),
            (half, y - lift),
        ],
        closed=False,
    )
    middle = spline([(-half, y - lift), (0, y + 0.006 - gap * 0.2), (half, y - lift)], closed=False)
    middle_low = spline([(-half, y - lift), (0, y + 0.008 + gap * 1.2), (half, y - lift)], closed=False)
    lower = spline(
        [(-half, y - lift), (-half * 0.5, y + 0.032 + gap), (0, y + 0.042 + gap), (half * 0.5, y + 0.032 + gap), (half, y - lift)],
        closed=False,
    )
    if gap > 0.004:
        fill(image, frame.on_face(np.vstack([middle, middle_low[::-1]])), (96, 34, 36))
        teeth = spline([(-half * 0.8, y - lift * 0.8), (0, y + 0.004 + gap * 0.75), (half * 0.8, y - lift * 0.8)], closed=False)
        fill(image, frame.on_face(np.vstack([middle, teeth[::-1]])), (244, 240, 234))
    fill(image, frame.on_face(np.vstack([upper, middle[::-1]])), mix(build.lips, (90, 20, 30), 0.22))
    fill(image, frame.on_face(np.vstack([middle_low, lower[::-1]])), build.lips)
    blend(image, frame.on_face(ellipse((-0.01, y + 0.026 + gap), half * 0.35, 0.008)), (255, 220, 214), 0.45, pose.size * 0.006)
    stroke(image, frame.on_face(middle_low), (110, 42, 44), max(1, pose.size * 0.006))
