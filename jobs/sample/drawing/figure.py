"""Whole persons: skeleton, pose and the order in which body and clothes are painted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from jobs.sample.drawing.canvas import Pixels, Points, Random, blend, ellipse, limb, mix, paint, random_of, spline
from jobs.sample.drawing.clothes import Cloth, draw_bag, draw_bottom, draw_shoes, draw_top
from jobs.sample.drawing.face import HeadFrame, HeadPose
from jobs.sample.drawing.head import draw_hair_behind, draw_head
from jobs.sample.drawing.looks import build_of, is_female, outfit_of
from jobs.sample.drawing.spec import Look, Person

_POSES = {
    # upper arm and forearm angles from straight down (radians, outward positive), left then right; step of the legs; prop
    "stand": (0.10, 0.05, 0.10, 0.05, 0.06, "none"),
    "walk": (0.22, -0.30, -0.02, 0.32, 0.34, "none"),
    "wave": (0.12, 0.05, 0.9, 2.75, 0.08, "none"),
    "both_wave": (0.9, 2.6, 0.9, 2.6, 0.10, "none"),
    "hair": (0.12, 0.0, 0.95, 2.95, 0.10, "none"),
    "heart": (0.5, -2.2, 0.5, -2.2, 0.06, "none"),
    "sing": (0.35, 0.1, 0.55, -2.45, 0.22, "microphone"),
    "dance": (1.25, 1.9, 0.7, -0.4, 0.45, "none"),
    "pocket": (0.35, -0.55, 0.35, -0.55, 0.10, "none"),
    "phone": (0.15, 0.0, 0.4, -2.0, 0.12, "phone"),
    "clasp": (0.28, -0.85, 0.28, -0.85, 0.05, "none"),
}
_SCENE_POSES = {
    "airport": ("walk", "walk", "wave", "stand", "hair", "phone", "pocket"),
    "stage": ("sing", "sing", "dance", "both_wave", "wave"),
    "festival": ("sing", "dance", "both_wave", "wave", "stand"),
    "press_wall": ("stand", "wave", "heart", "clasp", "pocket", "hair"),
    "red_carpet": ("stand", "wave", "walk", "clasp", "both_wave"),
    "street": ("walk", "stand", "phone", "pocket", "wave"),
    "broadcast_building": ("walk", "wave", "heart", "stand", "phone"),
    "studio": ("stand", "hair", "pocket", "clasp", "dance"),
    "sign_table": ("clasp", "wave", "heart", "stand"),
    "cafe": ("stand", "clasp", "wave", "phone"),
}


@dataclass(frozen=True)
class Stance:
    """Where and how a person stands: `x` of the middle, `top` of the head, `head` size, all in pixels."""

    x: float
    top: float
    head: float
    pose: str
    yaw: float
    tilt: float
    lean: float
    mirrored: bool
    smile: float
    blink: float
    sway: float
    back: bool
    light: tuple[float, float]


def stance_of(
    scene: str, x: float, top: float, head: float, *, back: bool, shot: Random, jitter: Random, step: int, light: tuple[float, float]
) -> Stance:
    """Returns how somebody stands in one shot; within a burst only small things move."""
    poses = _SCENE_POSES.get(scene, ("stand", "clasp", "pocket"))
    small = 1.0 if step else 0.0
    pose = poses[int(shot.integers(len(poses)))]
    yaw, tilt, lean = shot.normal(0, 0.28), shot.normal(0, 0.05), shot.normal(0, 0.03)
    mirrored, smile, sway = bool(shot.random() < 0.5), shot.uniform(0, 1), shot.normal(0, 0.08)
    return Stance(
        x=x,
        top=top,
        head=head,
        pose=pose,
        yaw=float(np.clip(yaw + small * jitter.normal(0, 0.12), -0.6, 0.6)),
        tilt=float(tilt + small * jitter.normal(0, 0.03)),
        lean=float(lean + small * jitter.normal(0, 0.012)),
        mirrored=mirrored,
        smile=float(np.clip(smile + small * jitter.normal(0, 0.2), 0, 1)),
        blink=1.0 if small and jitter.random() < 0.08 else 0.0,
        sway=float(sway + small * jitter.normal(0, 0.09)),
        back=back,
        light=light,
    )


class Body:
    """The joints of a standing person, in pixels; lengths scale with the head."""

    def __init__(self, stance: Stance, width: float, height: float, *, female: bool) -> None:
        self.stance, self.head, self.female = stance, stance.head, female
        self.width = width
        self.stretch = height / 7.4
        neck = 1.06
        half_shoulder = (0.76 if female else 0.92) * width
        half_hip = (0.50 if female else 0.47) * width
        upper_left, lower_left, upper_right, lower_right, stride, self.prop = _POSES[stance.pose]
        sway = stance.sway
        shoulder_y, hip_y = neck + 0.34, neck + 0.34 + 2.15 * self.stretch
        self.neck = self.at(0, neck)
        self.shoulders = [self.at(side * half_shoulder, shoulder_y + side * 0.04 * stance.lean) for side in (-1, 1)]
        self.waist_y, self.hip_y, self.shoulder_y = neck + 0.34 + 1.35 * self.stretch, hip_y, shoulder_y
        self.half_shoulder, self.half_hip = half_shoulder, half_hip
        arms = [(upper_left + sway, lower_left + sway), (upper_right - sway, lower_right - sway)]
        if stance.mirrored:
            arms.reverse()
        self.elbows, self.wrists = [], []
        for side, (upper, lower) in zip((-1, 1), arms, strict=True):
            elbow = (side * (half_shoulder - 0.08 + 1.3 * np.sin(upper)), shoulder_y + 0.1 + 1.3 * np.cos(upper))
            wrist = (elbow[0] + side * 1.12 * np.sin(lower), elbow[1] + 1.12 * np.cos(lower))
            self.elbows.append(self.at(*elbow))
            self.wrists.append(self.at(*wrist))
        leg = 1.78 * self.stretch
        self.knees, self.ankles = [], []
        for side in (-1, 1):
            forward = side * (1 if stance.mirrored else -1) * stride
            knee_x = side * half_hip * 0.62 + 0.5 * stride * side * 0.5
            self.knees.append(self.at(knee_x, hip_y + leg + 0.1 - 0.05 * abs(forward)))
            self.ankles.append(
                self.at(side * half_hip * 0.55 + 0.6 * stride * side * 0.5, hip_y + 2 * leg + 0.1 - 0.35 * max(0.0, forward))
            )
        self.hips = [self.at(side * half_hip * 0.58, hip_y) for side in (-1, 1)]
        self.bottom_y = hip_y + 2 * leg + 0.3

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Returns the pixel of a body point: `x` heads from the middle, `y` heads below the crown."""
        return self.stance.x + (x + self.stance.lean * (y - 4)) * self.head, self.stance.top + y * self.head

    def outline(self, points: list[tuple[float, float]]) -> Points:
        """Returns a smooth closed pixel outline through body points."""
        return spline([self.at(x, y) for x, y in points])


def draw_person(image: Pixels, person: Person, look: Look, stance: Stance, rng: Random, *, hat: bool = True) -> None:
    """Draws one person with clothes, hair, face and whatever is held; `hat`: whether hats stay on."""
    build, female = build_of(person), is_female(person)
    outfit = outfit_of(look, female=female)
    if not hat:
        outfit = replace(outfit, hat="none")
    body = Body(stance, build.width, build.height, female=female)
    head = stance.head
    frame = HeadFrame(
        HeadPose(
            stance.x + stance.lean * -3.5 * head,
            stance.top + 0.52 * head,
            head,
            stance.yaw,
            stance.tilt,
            stance.smile,
            stance.blink,
            stance.back,
        ),
        build,
    )
    cloth = Cloth(outfit, look, stance.light, rng, head)
    # The contact shadow on the floor.
    feet = body.at(0, body.bottom_y - 0.05)
    blend(image, ellipse((feet[0] + 0.25 * head, feet[1]), 1.1 * head, 0.16 * head), (10, 10, 14), 0.45, head * 0.12)
    if not stance.back:
        draw_hair_behind(image, frame, outfit, stance.light, rng)
    for side in (0, 1):
        leg = limb(
            [body.hips[side], body.knees[side], (body.ankles[side][0], body.ankles[side][1] + 0.1 * head)],
            [0.36 * head, 0.23 * head, 0.13 * head],
        )
        paint(image, leg, build.skin, volume=head * 0.15, light=stance.light)
    draw_bottom(image, body, cloth)
    draw_shoes(image, body, cloth)
    neck = limb(
        [(frame.pose.x, frame.pose.y + 0.25 * head), body.neck, body.at(0, 1.5)],
        [0.185 * head * build.width, 0.2 * head * build.width, 0.42 * head],
    )
    paint(image, neck, mix(build.skin, (120, 70, 50), 0.12), volume=head * 0.15, light=stance.light)
    if not stance.back:
        blend(
            image,
            ellipse((frame.pose.x, frame.pose.y + 0.53 * head), 0.24 * head, 0.12 * head),
            mix(build.skin, (70, 30, 24), 0.75),
            0.5,
            head * 0.05,
        )
    arms_skin(image, body, build.skin, cloth)
    if stance.back:  # whatever the hands do is hidden by the body
        for side in (0, 1):
            _hand(image, body, side, build.skin, stance.light)
    draw_top(image, body, cloth)
    if not stance.back:
        for side in (0, 1):
            _hand(image, body, side, build.skin, stance.light)
    draw_bag(image, body, cloth)
    _prop(image, body)
    draw_head(image, frame, outfit, stance.light, rng)


def arms_skin(image: Pixels, body: Body, skin: tuple[float, float, float], cloth: Cloth) -> None:
    """Draws bare arms; sleeves come on top."""
    thick = 0.2 * body.width if body.female else 0.25 * body.width
    for side in (0, 1):
        shoulder = (body.shoulders[side][0] + (1 - 2 * side) * 0.16 * body.head, body.shoulders[side][1] + 0.27 * body.head)
        arm = limb(
            [shoulder, body.elbows[side], body.wrists[side]], [thick * body.head, thick * 0.82 * body.head, thick * 0.55 * body.head]
        )
        paint(image, arm, skin, volume=body.head * 0.12, light=cloth.light)


def _hand(image: Pixels, body: Body, side: int, skin: tuple[float, float, float], light: tuple[float, float]) -> None:
    wrist, elbow = np.asarray(body.wrists[side]), np.asarray(body.elbows[side])
    direction = (wrist - elbow) / max(1e-6, float(np.linalg.norm(wrist - elbow)))
    normal = np.asarray([-direction[1], direction[0]])
    head = body.head
    palm = wrist + direction * 0.14 * head
    shapes = [limb([wrist.tolist(), palm.tolist(), (palm + direction * 0.1 * head).tolist()], [0.1 * head, 0.135 * head, 0.12 * head])]
    for finger, spread in enumerate((-0.09, -0.03, 0.03, 0.09)):
        root = palm + direction * 0.08 * head + normal * spread * head
        tip = root + direction * (0.2 - 0.03 * abs(finger - 1.5)) * head + normal * spread * 0.35 * head
        shapes.append(limb([root.tolist(), tip.tolist()], [0.036 * head, 0.028 * head]))
    inside = 1 if side == 0 else -1
    thumb = palm - normal * inside * 0.1 * head
    shapes.append(
        limb([thumb.tolist(), (thumb + direction * 0.12 * head - normal * inside * 0.06 * head).tolist()], [0.045 * head, 0.034 * head])
    )
    paint(image, shapes, mix(skin, (210, 120, 100), 0.08), volume=head * 0.06, light=light)


def _prop(image: Pixels, body: Body) -> None:
    side = 0 if body.stance.mirrored else 1
    wrist, head = body.wrists[side], body.head
    if body.stance.back or body.prop == "none":
        return
    if body.prop == "microphone":
        hand = (wrist[0], wrist[1] - 0.1 * head)
        paint(
            image,
            limb([(hand[0], hand[1] + 0.25 * head), (hand[0], hand[1] - 0.2 * head)], [0.04 * head, 0.055 * head]),
            (40, 40, 44),
            volume=head * 0.05,
        )
        paint(image, ellipse((hand[0], hand[1] - 0.28 * head), 0.1 * head, 0.12 * head), (110, 112, 118), volume=head * 0.06)
    else:
        paint(
            image,
            spline(
                [
                    (wrist[0] - 0.13 * head, wrist[1] - 0.4 * head),
                    (wrist[0] + 0.13 * head, wrist[1] - 0.4 * head),
                    (wrist[0] + 0.13 * head, wrist[1] + 0.1 * head),
                    (wrist[0] - 0.13 * head, wrist[1] + 0.1 * head),
                ],
                steps=3,
            ),
            (28, 30, 34),
            volume=head * 0.03,
        )


def crowd(image: Pixels, rng: Random, *, floor: float, height: float, count: int, dark: bool = False) -> None:
    """Draws strangers in the background, small and plain."""
    width = image.shape[1]
    for index in range(count):
        x, head = float(rng.uniform(0, width)), height / 7.5 * float(rng.uniform(0.88, 1.08))
        stranger = Person(int(rng.integers(1 << 30)), "female" if rng.random() < 0.5 else "male")
        stance = stance_of(
            "street",
            x,
            floor - 7.45 * head + float(rng.uniform(-0.3, 0.3)) * head,
            head,
            back=bool(rng.random() < 0.4),
            shot=rng,
            jitter=rng,
            step=0,
            light=(-0.4, -0.7),
        )
        draw_person(image, stranger, Look(int(rng.integers(1 << 30))), stance, random_of("crowd", index))
    if dark:
        image[...] = (image * 0.55).astype(np.uint8)
