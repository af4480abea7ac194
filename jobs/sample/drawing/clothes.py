"""Clothes: cloth with its pattern, tops, bottoms, shoes and bags, cut to a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from jobs.sample.drawing.canvas import Colour, Pixels, Points, Random, blend, box, ellipse, fill, limb, mix, paint, shifted, spline, stroke
from jobs.sample.drawing.looks import Outfit
from jobs.sample.drawing.spec import Look

if TYPE_CHECKING:
    from jobs.sample.drawing.figure import Body


def _pattern(name: str, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float32]:
    """Returns the share of the second colour at pattern coordinates (one repeat is 1 wide)."""
    if name == "stripe":
        return np.asarray(((y + 0 * x) % 1.0) < 0.42, np.float32)
    if name == "wide_stripe":
        return np.asarray(((x * 0.7) % 1.0) < 0.5, np.float32)
    if name == "check":
        return np.asarray(0.5 * ((x % 1.0) < 0.5) + 0.5 * ((y % 1.0) < 0.5), np.float32)
    if name == "dots":
        return np.asarray(((x + 0.5 * (np.floor(y) % 2)) % 1.0 - 0.5) ** 2 + (y % 1.0 - 0.5) ** 2 < 0.075, np.float32)
    u, v = (x * 0.6 + 0.5 * (np.floor(y * 0.6) % 2)) % 1.0 - 0.5, (y * 0.6) % 1.0 - 0.5
    return np.asarray(np.hypot(u, v) < 0.26 + 0.1 * np.cos(5 * np.arctan2(v, u)), np.float32)


class Cloth:
    """The main cloth of an outfit, lit and scaled for one picture."""

    def __init__(self, outfit: Outfit, look: Look, light: tuple[float, float], rng: Random, head: float) -> None:
        self.outfit, self.look, self.light, self.rng, self.head = outfit, look, light, rng, head
        self._texture: Pixels | None = None

    def texture(self, image: Pixels, body: Body) -> Pixels | None:
        """Returns the pattern over the whole picture, hung at the neck and as large as the person, or None when plain."""
        outfit = self.outfit
        if outfit.pattern == "plain":
            return None
        if self._texture is None:
            height, width = image.shape[:2]
            texture = np.empty((height, width, 3), np.uint8)
            # Only where the person can be: strangers in a wide picture are small.
            left, right = (min(width, max(0, int(body.neck[0] + side * 3.4 * self.head))) for side in (-1, 1))
            top, bottom = max(0, int(body.neck[1] - self.head)), min(height, max(0, int(body.at(0, body.bottom_y)[1])))
            size = outfit.pattern_size * self.head
            x = (np.arange(left, right, dtype=np.float32)[None, :] - np.float32(body.neck[0])) / np.float32(size)
            y = (np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(body.neck[1])) / np.float32(size)
            share = np.asarray(_pattern(outfit.pattern, x - np.float32(body.stance.lean) * y, y) * 255, np.uint8)
            one, other = np.asarray(outfit.colour, np.float32), np.asarray(outfit.second, np.float32)
            table = (one + (other - one) * (np.arange(256, dtype=np.float32)[:, None] / 255)).astype(np.uint8)[:, None, :]
            if share.size:
                texture[top:bottom, left:right] = cv2.LUT(cv2.merge([share, share, share]), table)
            self._texture = texture
        return self._texture

    def sew(
        self,
        image: Pixels,
        body: Body,
        shapes: Points | list[Points],
        *,
        colour: Colour | None = None,
        volume: float = 0.3,
        folds: float = 0.05,
        depth: float = 0.55,
    ) -> None:
        """Paints cloth: the outfit's own with pattern, or plain cloth of `colour`."""
        texture = self.texture(image, body) if colour is None else None
        paint(
            image, shapes, colour or self.outfit.colour, volume=volume * self.head, light=self.light, depth=depth,
            texture=texture, folds=folds, rng=self.rng, scale=self.head / 60,
        )  # fmt: skip


def draw_shoes(image: Pixels, body: Body, cloth: Cloth) -> None:
    """Draws shoes at the ankles."""
    head = body.head
    for side in (0, 1):
        x, y = body.ankles[side]
        out = 0.12 * (side * 2 - 1) * head
        if cloth.outfit.heels:
            shape = spline(
                [
                    (x - 0.12 * head, y + 0.02 * head),
                    (x + 0.12 * head, y + 0.02 * head),
                    (x + out + 0.14 * head, y + 0.3 * head),
                    (x + out, y + 0.38 * head),
                    (x + out - 0.14 * head, y + 0.3 * head),
                ]
            )
        else:
            shape = spline(
                [
                    (x - 0.17 * head, y - 0.02 * head),
                    (x + 0.17 * head, y - 0.02 * head),
                    (x + out + 0.22 * head, y + 0.25 * head),
                    (x + out, y + 0.34 * head),
                    (x + out - 0.22 * head, y + 0.25 * head),
                ]
            )
        paint(image, shape, cloth.outfit.shoes, volume=head * 0.08, light=cloth.light, depth=0.7)


def _trousers(image: Pixels, body: Body, cloth: Cloth, colour: Colour, *, wide: bool) -> None:
    head = body.head
    radius_top, radius_knee, radius_ankle = (0.46, 0.4, 0.36) if wide else (0.42, 0.27, 0.19)
    legs = [
        limb(
            [body.hips[side], body.knees[side], (body.ankles[side][0], body.ankles[side][1] + 0.05 * head)],
            [radius_top * head * body.width, radius_knee * head, radius_ankle * head],
            cut=True,
        )
        for side in (0, 1)
    ]
    hips = body.outline(
        [
            (-body.half_hip * 0.86, body.waist_y + 0.2),
            (0, body.waist_y + 0.14),
            (body.half_hip * 0.86, body.waist_y + 0.2),
            (body.half_hip * 1.08, body.hip_y),
            (0, body.hip_y + 0.35),
            (-body.half_hip * 1.08, body.hip_y),
        ]
    )
    cloth.sew(image, body, [*legs, hips], colour=colour, volume=0.26, folds=0.06)
    stroke(image, [body.at(0, body.hip_y - 0.3), body.at(0.02, body.hip_y + 0.4)], mix(colour, (0, 0, 0), 0.4), max(1, head * 0.02))


def _skirt(image: Pixels, body: Body, cloth: Cloth, colour: Colour | None, *, length: float, flare: float) -> None:
    waist, hip, hem = body.waist_y, body.hip_y, body.hip_y + length
    sway = body.stance.sway * 0.6
    points = [
        (-0.42 * body.width, waist),
        (0, waist - 0.03),
        (0.42 * body.width, waist),
        (body.half_hip * 1.12, hip),
        (body.half_hip * 1.1 + flare * 0.94 + sway, hem - 0.12),
        (body.half_hip * 1.1 + flare + sway, hem),
        (body.half_hip + flare * 0.8 + sway, hem + 0.05),
        (sway, hem + 0.08),
        (-body.half_hip - flare * 0.8 + sway, hem + 0.05),
        (-body.half_hip * 1.1 - flare + sway, hem),
        (-body.half_hip * 1.1 - flare * 0.94 + sway, hem - 0.12),
        (-body.half_hip * 1.12, hip),
    ]
    cloth.sew(image, body, body.outline(points), colour=colour, volume=0.34, folds=0.09)


def draw_bottom(image: Pixels, body: Body, cloth: Cloth) -> None:
    """Draws trousers or skirt as the cut asks for."""
    outfit = cloth.outfit
    cut = outfit.cut
    if cut == "suit":
        _trousers(image, body, cloth, outfit.colour, wide=outfit.wide_bottom)
    elif cut == "dress":
        _skirt(image, body, cloth, None, length=1.2, flare=0.3)
    elif cut == "long_dress":
        _skirt(image, body, cloth, None, length=3.3, flare=0.55)
    elif cut == "blouse_skirt":
        _skirt(image, body, cloth, outfit.bottom, length=1.6, flare=0.22)
    elif cut == "mini_skirt":
        _skirt(image, body, cloth, outfit.bottom, length=0.6, flare=0.24)
    else:
        _trousers(image, body, cloth, outfit.bottom, wide=outfit.wide_bottom)


def _torso(body: Body, *, bottom: float, ease: float, neck: float, waist: float) -> Points:
    shoulder, s = body.half_shoulder, body.shoulder_y
    hem = (body.half_hip + ease + 0.06) if bottom > body.waist_y + 0.3 else 0.42 * body.width + ease
    return body.outline(
        [
            (-shoulder * 0.94 - ease * 0.4, s + 0.12), (-shoulder * 0.55, s - 0.1), (-neck, s - 0.24), (0, s - 0.08),
            (neck, s - 0.24), (shoulder * 0.55, s - 0.1), (shoulder * 0.94 + ease * 0.4, s + 0.12), (shoulder * 0.92 + ease, s + 0.55),
            (waist + ease, body.waist_y),
            (hem, bottom - 0.1), (hem, bottom), (hem * 0.9, bottom + 0.03), (0, bottom + 0.06), (-hem * 0.9, bottom + 0.03), (-hem, bottom),
            (-hem, bottom - 0.1), (-waist - ease, body.waist_y), (-shoulder * 0.92 - ease, s + 0.55),
        ]
    )  # fmt: skip


def _sleeves(image: Pixels, body: Body, cloth: Cloth, *, colour: Colour | None, ease: float, until: float) -> None:
    head = body.head
    thick = (0.24 if body.female else 0.29) * body.width + ease
    for side in (0, 1):
        start = (
            body.shoulders[side][0] + (1 - 2 * side) * (0.16 + ease * 0.6) * head,
            body.shoulders[side][1] + (0.29 + ease * 0.8) * head,
        )
        elbow, wrist = np.asarray(body.elbows[side]), np.asarray(body.wrists[side])
        if until <= 1:
            end = np.asarray(start) + (elbow - np.asarray(start)) * until
            sleeve = limb([start, end.tolist()], [thick * head, thick * 1.02 * head], cut=True)
        else:
            end = elbow + (wrist - elbow) * (until - 1)
            sleeve = limb([start, elbow.tolist(), end.tolist()], [thick * head, thick * 0.88 * head, thick * 0.72 * head], cut=True)
        blend(image, shifted(sleeve, 0.03 * head, 0.05 * head), (10, 8, 10), 0.3, head * 0.05)
        cloth.sew(image, body, sleeve, colour=colour, volume=0.2, folds=0.06, depth=0.6)


def draw_top(image: Pixels, body: Body, cloth: Cloth) -> None:
    """Draws what is worn above the waist, and coats over everything."""
    outfit, back = cloth.outfit, body.stance.back
    cut, head, s = outfit.cut, body.head, body.shoulder_y
    if cut in ("dress", "long_dress", "mini_skirt"):
        neck = 0.34 if outfit.sleeves == "none" else 0.3
        cloth.sew(image, body, _torso(body, bottom=body.waist_y + 0.12, ease=0.0, neck=neck, waist=0.42 * body.width), folds=0.04)
        if outfit.sleeves != "none":
            _sleeves(image, body, cloth, colour=None, ease=0.0, until=1.95 if outfit.sleeves == "long" else 0.5)
        if outfit.open_front and cut != "mini_skirt":
            fill(
                image,
                body.outline(
                    [
                        (-0.42 * body.width, body.waist_y - 0.07),
                        (0.42 * body.width, body.waist_y - 0.07),
                        (0.42 * body.width, body.waist_y + 0.08),
                        (-0.42 * body.width, body.waist_y + 0.08),
                    ]
                ),
                mix(outfit.second, (0, 0, 0), 0.2),
            )
        return
    if cut in ("blouse_skirt", "knit_pants", "shirt_pants", "tee_pants"):
        loose = 0.1 if cut in ("knit_pants", "tee_pants") else 0.04
        bottom = body.waist_y + (0.15 if cut == "blouse_skirt" else 0.62)
        cloth.sew(image, body, _torso(body, bottom=bottom, ease=loose, neck=0.26, waist=0.5 * body.width), folds=0.05)
        _sleeves(image, body, cloth, colour=None, ease=loose * 0.5, until=0.55 if cut == "tee_pants" or outfit.sleeves == "short" else 1.95)
        if cut == "shirt_pants" and not back:
            _collar(image, body, mix(outfit.colour, (255, 255, 255), 0.25))
            stroke(image, [body.at(0, s - 0.05), body.at(0, bottom)], mix(outfit.colour, (0, 0, 0), 0.3), max(1, head * 0.02))
        return
    if cut == "hoodie":
        hood = body.outline(
            [(-0.55, s - 0.02), (-0.42, s - 0.4), (0, s - 0.3 if not back else s + 0.5), (0.42, s - 0.4), (0.55, s - 0.02), (0, s + 0.22)]
        )
        cloth.sew(image, body, _torso(body, bottom=body.hip_y - 0.05, ease=0.16, neck=0.3, waist=0.56 * body.width), folds=0.06)
        _sleeves(image, body, cloth, colour=None, ease=0.09, until=1.98)
        cloth.sew(image, body, hood, colour=mix(outfit.colour, (0, 0, 0), 0.1), volume=0.12)
        if not back:
            pocket = body.outline(
                [(-0.42, body.waist_y + 0.62), (-0.3, body.waist_y + 0.12), (0.3, body.waist_y + 0.12), (0.42, body.waist_y + 0.62)]
            )
            cloth.sew(image, body, pocket, colour=mix(outfit.colour, (0, 0, 0), 0.08), volume=0.08)
            for side in (-1, 1):
                stroke(
                    image,
                    [body.at(side * 0.12, s + 0.05), body.at(side * 0.15, s + 0.62)],
                    mix(outfit.colour, (255, 255, 255), 0.6),
                    max(1, head * 0.03),
                )
            fill(image, ellipse(body.at(0, s + 0.75), 0.26 * head, 0.2 * head), outfit.second)
        return
    # Suit, coat and jacket: an inner layer, then two fronts over it.
    inner = mix(outfit.inner, outfit.colour, 0.0)
    bottom = {"suit": body.hip_y + 0.12, "jacket": body.waist_y + 0.38}.get(cut, body.hip_y + 1.75)
    ease = {"suit": 0.05, "jacket": 0.12}.get(cut, 0.13)
    cloth.sew(image, body, _torso(body, bottom=body.waist_y + 0.6, ease=0.0, neck=0.22, waist=0.46 * body.width), colour=inner, folds=0.03)
    _sleeves(image, body, cloth, colour=None, ease=ease * 0.6, until=1.96)
    outer = _torso(body, bottom=bottom, ease=ease, neck=0.34, waist=0.5 * body.width)
    opening = (0.34 if cut != "suit" else 0.16) if outfit.open_front else 0.0
    if back:
        cloth.sew(image, body, outer, folds=0.05)
        stroke(image, [body.at(0, body.hip_y - 0.1), body.at(0, bottom)], mix(outfit.colour, (0, 0, 0), 0.35), max(1, head * 0.02))
        return
    shoulder = body.half_shoulder
    for side in (-1, 1):
        hem = body.half_hip + ease + (0.16 if cut == "coat" else 0.08)
        front = body.outline(
            [
                (side * 0.3, s - 0.24), (side * shoulder * 0.6, s - 0.1), (side * shoulder * 0.95, s + 0.1),
                (side * (shoulder * 0.94 + ease), s + 0.6),
                (side * (0.52 * body.width + ease), body.waist_y), (side * hem, bottom - 0.12), (side * hem, bottom),
                (side * hem * 0.92, bottom + 0.03),
                (side * (opening + 0.06), bottom + 0.05), (side * opening, bottom + 0.04), (side * opening, bottom - 0.1),
                (side * opening * 0.8, body.waist_y), (side * (0.06 + opening * 0.3), s + 0.75), (side * 0.2, s + 0.1),
            ]
        )  # fmt: skip
        blend(image, shifted(front, 0.0, 0.03 * head), (10, 8, 10), 0.3, head * 0.06)
        cloth.sew(image, body, front, folds=0.05)
    for side in (-1, 1):
        lapel = body.outline(
            [
                (side * 0.2, s - 0.26),
                (side * 0.4, s - 0.12),
                (side * 0.46, s + 0.28),
                (side * (0.06 + opening * 0.3), s + 0.85),
                (side * 0.16, s + 0.2),
            ]
        )
        blend(image, shifted(lapel, 0.0, 0.03 * head), (10, 8, 10), 0.35, head * 0.03)
        cloth.sew(
            image, body, lapel, colour=mix(outfit.colour, (255, 255, 255) if sum(outfit.colour) < 200 else (0, 0, 0), 0.1), volume=0.1
        )
    _jacket_details(image, body, cloth, bottom, opening)


def _jacket_details(image: Pixels, body: Body, cloth: Cloth, bottom: float, opening: float) -> None:
    outfit, head, s = cloth.outfit, body.head, body.shoulder_y
    if outfit.cut == "suit":
        _collar(image, body, mix(outfit.inner, (255, 255, 255), 0.4))
        if not body.female or outfit.bangs:
            tie = body.outline([(-0.07, s - 0.02), (0.07, s - 0.02), (0.09, s + 0.75), (0, s + 0.9), (-0.09, s + 0.75)])
            paint(image, tie, outfit.second, volume=head * 0.05, light=cloth.light)
    elif outfit.cut == "coat" and not outfit.open_front:
        belt = body.outline(
            [
                (-0.62 * body.width, body.waist_y - 0.1),
                (0.62 * body.width, body.waist_y - 0.1),
                (0.64 * body.width, body.waist_y + 0.09),
                (-0.64 * body.width, body.waist_y + 0.09),
            ]
        )
        cloth.sew(image, body, belt, colour=mix(outfit.colour, (0, 0, 0), 0.22), volume=0.06)
        fill(
            image,
            body.outline(
                [(-0.1, body.waist_y - 0.12), (0.1, body.waist_y - 0.12), (0.1, body.waist_y + 0.11), (-0.1, body.waist_y + 0.11)]
            ),
            mix(outfit.colour, (0, 0, 0), 0.5),
        )
    if outfit.cut == "jacket":
        hem = body.outline(
            [
                (-0.66 * body.width, bottom - 0.12),
                (0.66 * body.width, bottom - 0.12),
                (0.64 * body.width, bottom + 0.05),
                (-0.64 * body.width, bottom + 0.05),
            ]
        )
        cloth.sew(image, body, hem, colour=mix(outfit.colour, (0, 0, 0), 0.2), volume=0.05)
    if opening == 0.0:
        for row in range(3 if outfit.cut == "coat" else 2):
            button = ellipse(body.at(0.12, s + 1.0 + 0.4 * row), 0.045 * head, 0.045 * head, steps=12)
            fill(image, button, mix(outfit.colour, (0, 0, 0) if sum(outfit.colour) > 250 else (200, 190, 170), 0.6))
    for side in (-1, 1):
        y = body.waist_y + 0.55
        if outfit.cut != "jacket":
            stroke(
                image, [body.at(side * 0.28, y), body.at(side * 0.55, y - 0.03)], mix(outfit.colour, (0, 0, 0), 0.35), max(1, head * 0.025)
            )


def _collar(image: Pixels, body: Body, colour: Colour) -> None:
    s = body.shoulder_y
    for side in (-1, 1):
        paint(
            image,
            body.outline([(side * 0.02, s - 0.06), (side * 0.2, s - 0.34), (side * 0.28, s - 0.2), (side * 0.2, s + 0.12)]),
            colour,
            volume=body.head * 0.05,
        )


def draw_bag(image: Pixels, body: Body, cloth: Cloth) -> None:
    """Draws the bag of an outfit where it hangs."""
    outfit, head = cloth.outfit, body.head
    if outfit.bag == "none":
        return
    side = 1 if outfit.parting > 0 else -1
    strap = mix(outfit.bag_colour, (0, 0, 0), 0.25)
    if outfit.bag == "cross":
        x, y = side * (body.half_hip + 0.15), body.hip_y + 0.1
        stroke(image, [body.at(-side * 0.5, body.shoulder_y), body.at(x, y - 0.3)], strap, max(1, head * 0.06))
        width, height = 0.32, 0.3
    else:
        wrist = body.wrists[0 if side < 0 else 1]
        x, y = (wrist[0] - body.stance.x) / head, (wrist[1] - body.stance.top) / head + (0.75 if outfit.bag == "tote" else 0.6)
        stroke(
            image,
            spline([body.at(x - 0.2, y - 0.3), (wrist[0], wrist[1] + 0.05 * head), body.at(x + 0.2, y - 0.3)], closed=False),
            strap,
            max(1, head * 0.05),
        )
        width, height = (0.42, 0.5) if outfit.bag == "tote" else (0.36, 0.28)
    corners = box(x - width, y - height, x + width, y + height)
    shape = np.asarray([body.at(float(px), float(py)) for px, py in corners])
    paint(image, shape, outfit.bag_colour, volume=head * 0.1, light=cloth.light, depth=0.6)
    fill(
        image,
        np.asarray([body.at(x - 0.06, y - 0.06), body.at(x + 0.06, y - 0.06), body.at(x + 0.06, y + 0.02), body.at(x - 0.06, y + 0.02)]),
        (214, 190, 120),
    )
