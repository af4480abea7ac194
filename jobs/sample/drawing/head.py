"""Heads: hair from the front, at an angle and from behind, ears, glasses, hats."""

from __future__ import annotations

import numpy as np

from jobs.sample.drawing.canvas import Pixels, Random, blend, ellipse, fill, limb, mix, paint, shifted, spline, stroke
from jobs.sample.drawing.face import HeadFrame, draw_features, face_outline
from jobs.sample.drawing.looks import Outfit


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
    paint(
        image,
        outline,
        mix(outfit.hair_colour, (0, 0, 0), 0.18),
        volume=frame.pose.size * 0.16,
        light=light,
        depth=0.7,
        folds=0.14,
        rng=rng,
        scale=frame.pose.size / 200,
    )


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
        face = frame.place(spline(face_outline(build, pose.yaw)))
        paint(image, face, build.skin, volume=size * 0.2, light=light, depth=0.42)
        draw_features(image, frame, outfit, light)
    _draw_hair(image, frame, outfit, light, rng)
    if outfit.glasses and not pose.back:
        for side in (-1, 1):
            ring = frame.on_face(ellipse((side * build.eye_distance, 0.015), 0.105, 0.085))
            blend(image, ring, (210, 225, 235), 0.12)
            stroke(image, np.vstack([ring, ring[:1]]), (36, 32, 34), max(1, size * 0.012))
        stroke(
            image, frame.on_face([(-build.eye_distance + 0.1, 0.0), (build.eye_distance - 0.1, 0.0)]), (36, 32, 34), max(1, size * 0.012)
        )
    if outfit.hat != "none":
        _draw_hat(image, frame, outfit, light)


def _draw_hair(image: Pixels, frame: HeadFrame, outfit: Outfit, light: tuple[float, float], rng: Random) -> None:
    build, pose, style = frame.build, frame.pose, outfit.hair
    half, size = build.face_width / 2, pose.size
    turn = 0.12 * np.sin(pose.yaw)
    coarse = size / 260
    if pose.back:
        bottom = {"long": 0.5 + 0.5 * outfit.hair_length, "wavy": 0.5 + 0.5 * outfit.hair_length, "bob": 0.62, "medium": 0.5}.get(
            style, 0.34
        )
        side = half + (0.12 if style in ("long", "wavy", "bob") else 0.06)
        outline = spline(
            [
                (0, -0.6),
                (side * 0.75, -0.5),
                (side, -0.15),
                (side * 1.02, bottom * 0.6),
                (side * 0.75, bottom),
                (0, bottom + 0.05),
                (-side * 0.75, bottom),
                (-side * 1.02, bottom * 0.6),
                (-side, -0.15),
                (-side * 0.75, -0.5),
            ]
        )
        paint(
            image, frame.place(outline), outfit.hair_colour, volume=size * 0.22, light=light, depth=0.8, folds=0.16, rng=rng, scale=coarse
        )
        blend(image, frame.place(ellipse((-0.08, -0.25), 0.22, 0.06)), (255, 250, 240), 0.16, size * 0.05)
        if style == "ponytail":
            tail = limb(
                frame.place([(0.0, -0.2), (0.05, 0.3), (0.0, 0.5 + 0.4 * outfit.hair_length)]).tolist(),
                [size * 0.1, size * 0.15, size * 0.06],
            )
            paint(
                image,
                tail,
                mix(outfit.hair_colour, (255, 255, 255), 0.05),
                volume=size * 0.1,
                light=light,
                depth=0.8,
                folds=0.2,
                rng=rng,
                scale=coarse,
            )
        elif style == "bun":
            paint(
                image,
                frame.place(ellipse((0.0, -0.35), 0.2, 0.18)),
                mix(outfit.hair_colour, (255, 255, 255), 0.06),
                volume=size * 0.12,
                light=light,
                depth=0.8,
                folds=0.2,
                rng=rng,
                scale=coarse,
            )
        return
    part = outfit.parting * 0.5 + turn
    top = {"cropped": 0.56, "swept": 0.62, "bangs": 0.6}.get(style, 0.59)
    side = half + {"cropped": 0.02, "swept": 0.035, "short": 0.05, "bangs": 0.05}.get(style, 0.07)
    reach = {"cropped": -0.06, "swept": 0.0, "bangs": 0.02, "short": 0.12, "medium": 0.24, "ponytail": 0.05, "bun": 0.02, "bob": 0.42}.get(
        style, 0.5
    )
    fringe = -0.13 if outfit.bangs or style == "bangs" else -0.3
    inner = half * (0.82 if style in ("long", "wavy", "bob", "medium") else 0.93)
    if style == "swept":
        edge = [(inner, -0.16), (half * 0.7, -0.34), (part, -0.4), (-half * 0.6, -0.32), (-inner, -0.16)]
    elif fringe > -0.2:
        edge = [
            (inner, -0.1),
            (half * 0.72, fringe),
            (half * 0.3, fringe + 0.02),
            (part * 0.5, fringe - 0.03),
            (-half * 0.35, fringe + 0.02),
            (-half * 0.72, fringe),
            (-inner, -0.1),
        ]
    else:
        edge = [
            (inner, -0.02),
            (half * 0.8, -0.2),
            (half * 0.4 + part * 0.3, -0.34),
            (part, -0.42),
            (-half * 0.4 + part * 0.3, -0.34),
            (-half * 0.8, -0.2),
            (-inner, -0.02),
        ]
    outer = [
        (-side, reach * 0.6 - 0.05),
        (-side * 1.02, -0.2),
        (-side * 0.78, -0.47),
        (0.0, -top),
        (side * 0.78, -0.47),
        (side * 1.02, -0.2),
        (side, reach * 0.6 - 0.05),
    ]
    strands = [(side * 0.98, reach), (inner * 1.05, reach * 0.98), (inner * 1.0, reach * 0.5)]
    outline = spline([*outer, *strands, *edge, *[(-x, y) for x, y in strands[::-1]]])
    blend(image, shifted(frame.place(outline), 0, size * 0.02), (60, 30, 24), 0.35, size * 0.025)
    if style == "bun":
        paint(
            image,
            frame.place(ellipse((turn * -1, -0.62), 0.18, 0.15)),
            outfit.hair_colour,
            volume=size * 0.1,
            light=light,
            depth=0.8,
            folds=0.2,
            rng=rng,
            scale=coarse,
        )
    paint(image, frame.place(outline), outfit.hair_colour, volume=size * 0.13, light=light, depth=0.9, folds=0.17, rng=rng, scale=coarse)
    blend(
        image,
        frame.place(limb([(-side * 0.6, -0.4), (part, -0.49), (side * 0.55, -0.42)], [0.02, 0.045, 0.02])),
        (255, 248, 236),
        0.2,
        size * 0.03,
    )


def _draw_hat(image: Pixels, frame: HeadFrame, outfit: Outfit, light: tuple[float, float]) -> None:
    half, size = frame.build.face_width / 2 + 0.07, frame.pose.size
    turn = 0.25 * np.sin(frame.pose.yaw)
    crown = spline(
        [
            (-half, -0.22),
            (-half * 0.95, -0.45),
            (-half * 0.5, -0.64),
            (0, -0.68),
            (half * 0.5, -0.64),
            (half * 0.95, -0.45),
            (half, -0.22),
            (0, -0.27),
        ]
    )
    paint(image, frame.place(crown), outfit.hat_colour, volume=size * 0.16, light=light, depth=0.7)
    if outfit.hat == "beanie":
        paint(
            image,
            frame.place(
                spline([(-half * 1.04, -0.18), (-half * 1.04, -0.33), (0, -0.4), (half * 1.04, -0.33), (half * 1.04, -0.18), (0, -0.24)])
            ),
            mix(outfit.hat_colour, (255, 255, 255), 0.1),
            volume=size * 0.05,
            light=light,
        )
    elif outfit.hat == "bucket":
        brim = spline([(-half * 1.35, -0.08), (-half * 0.95, -0.3), (0, -0.36), (half * 0.95, -0.3), (half * 1.35, -0.08), (0, -0.19)])
        paint(image, frame.place(brim), mix(outfit.hat_colour, (0, 0, 0), 0.12), volume=size * 0.06, light=light)
    elif not frame.pose.back:
        brim = spline(
            [
                (-half * 0.85 + turn, -0.24),
                (turn, -0.31),
                (half * 0.85 + turn, -0.24),
                (half * 0.7 + turn * 1.5, -0.15),
                (turn * 1.5, -0.12),
                (-half * 0.7 + turn * 1.5, -0.15),
            ]
        )
        blend(image, shifted(frame.place(brim), 0, size * 0.06), (50, 28, 24), 0.4, size * 0.03)
        paint(image, frame.place(brim), mix(outfit.hat_colour, (0, 0, 0), 0.15), volume=size * 0.04, light=light)
