"""One photo from its description: background, persons, light, camera."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from jobs.sample.drawing.canvas import Pixels, Random, noise, random_of, soften
from jobs.sample.drawing.figure import draw_person, stance_of
from jobs.sample.drawing.outliers import OUTLIER_PICTURES
from jobs.sample.drawing.places import PLACE_PICTURES
from jobs.sample.drawing.scenery import HEIGHT, HORIZON, WIDTH, audience
from jobs.sample.drawing.scenes import EVENT_BACKGROUNDS, panorama
from jobs.sample.drawing.spec import FRAMINGS, SCENES, PhotoSpec

_LIGHT_COLOURS = {"stage": (1.08, 0.98, 1.1), "cafe": (1.08, 1.0, 0.9), "red_carpet": (1.05, 1.0, 0.95)}


def draw_photo(spec: PhotoSpec) -> Image.Image:
    """Draws one photo; the same description always gives the same pixels.

    Args:
        spec: what is seen.

    Returns:
        An RGB image of `spec.size`.

    Raises:
        ValueError: when scene or framing is unknown.
    """
    if spec.scene not in SCENES:
        raise ValueError(f"unknown scene {spec.scene!r}; known: {', '.join(SCENES)}")
    if spec.framing not in FRAMINGS:
        raise ValueError(f"unknown framing {spec.framing!r}; known: {', '.join(FRAMINGS)}")
    width, height = spec.size
    shot = random_of("shot", spec.seed, spec.shot, spec.scene)
    jitter = random_of("step", spec.seed, spec.shot, spec.step)
    if spec.scene in EVENT_BACKGROUNDS:
        image = _event_photo(spec, shot, jitter)
    elif spec.scene in PLACE_PICTURES:
        drawn = PLACE_PICTURES[spec.scene](random_of("place", spec.scene, spec.seed), shot, width, height, spec.people)
        image = _camera(drawn, jitter, spec.step)
    else:
        image = OUTLIER_PICTURES[spec.scene](random_of("outlier", spec.scene, spec.seed, spec.shot), width, height)
        return Image.fromarray(image)
    return Image.fromarray(_develop(image, shot, jitter, spec.scene))


def burst(spec: PhotoSpec, n: int) -> list[PhotoSpec]:
    """Returns `n` shots taken in quick succession: same place and moment, slightly different pose and camera - not copies."""
    return [replace(spec, step=spec.step + step) for step in range(n)]


def _event_photo(spec: PhotoSpec, shot: Random, jitter: Random) -> Pixels:
    width, height = spec.size
    heads = max(1, len(spec.people))
    moved = jitter.normal(0, 0.012, 3) if spec.step else np.zeros(3)
    # Head size from framing; groups must also fit the width.
    back = spec.framing == "back"
    near = {"full": 0.0, "half": 0.6, "close": 1.0, "back": 0.0 if shot.random() < 0.5 else 0.6}[spec.framing]
    share = shot.uniform(0, 1)
    if near == 0.0:
        head, top = height * (0.108 + 0.012 * share), height * (0.07 + 0.05 * shot.random())
    elif near < 1.0:
        head, top = height * (0.19 + 0.05 * share), height * (0.09 + 0.06 * shot.random())
    else:
        head, top = height * (0.31 + 0.12 * share), height * (0.10 + 0.05 * shot.random())
    head = min(head, width / (heads * (2.0 if near < 1.0 else 1.5) + (0.5 if near < 1.0 else 0.1)))
    head *= 1 + float(moved[2])
    if near == 0.0:  # stand on the floor whatever the size
        top = max(height * 0.03, height * (0.955 if spec.scene != "stage" else 0.93) - 7.75 * head)
    background = _background(spec, shot, jitter, near, moved)
    side = -1 if random_of("light", spec.seed).random() < 0.5 else 1
    light = (0.5 * side, -0.6)
    middle = width * (0.5 + (shot.uniform(-0.12, 0.12) if heads == 1 else shot.uniform(-0.03, 0.03)) + float(moved[0]))
    gap = min(head * 2.15, width / heads)
    for index, (person, look) in enumerate(spec.people):
        own = random_of("pose", spec.seed, spec.shot, index)
        x = middle + (index - (heads - 1) / 2) * gap
        stance = stance_of(
            spec.scene,
            x,
            top + float(moved[1]) * height + own.uniform(-0.1, 0.25) * head * (heads > 1),
            head,
            back=back,
            shot=own,
            jitter=jitter,
            step=spec.step,
            light=light,
        )
        draw_person(background, person, look, stance, random_of("folds", look.seed, spec.shot))
    if spec.scene in ("stage", "festival") and near < 1.0 and shot.random() < 0.6:
        red, green, blue = random_of("sticks", spec.seed).uniform(80, 255, 3)
        audience(background, shot, (red, green, blue))
    return background


def _background(spec: PhotoSpec, shot: Random, jitter: Random, near: float, moved: object) -> Pixels:
    """Cuts the camera's view out of the panorama; the nearer the framing, the smaller the cut and the softer the blur."""
    width, height = spec.size
    wide = panorama(spec.scene, spec.seed)
    shift = np.asarray(moved, float)
    cut_height = HEIGHT * (1.0 - 0.42 * near * shot.uniform(0.8, 1.0)) * shot.uniform(0.9, 1.0)
    cut_width = cut_height * width / height
    if cut_width > WIDTH * 0.98:
        cut_width, cut_height = WIDTH * 0.98, WIDTH * 0.98 * height / width
    left = float(np.clip(shot.uniform(0, WIDTH - cut_width) + shift[0] * WIDTH, 0, WIDTH - cut_width))
    room = HEIGHT - cut_height
    top = room if near == 0.0 else float(np.clip(room * shot.uniform(0.05, 0.55) + shift[1] * HEIGHT, 0, min(room, HEIGHT * HORIZON)))
    scale = width / cut_width
    angle = float(jitter.normal(0, 0.004) + shot.normal(0, 0.008))
    matrix = np.asarray([[scale, -angle * scale, -left * scale], [angle * scale, scale, -top * scale]], np.float32)
    view = np.asarray(cv2.warpAffine(wide, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101), np.uint8)
    blur = width / 480 * (0.35 + 3.2 * near * shot.uniform(0.6, 1.1)) * (0.5 if spec.scene == "press_wall" else 1.0)
    return soften(view, blur) if blur > 0.5 else view


def _camera(drawn: Pixels, jitter: Random, step: int) -> Pixels:
    """Moves the camera a little between the shots of a burst."""
    if not step:
        return drawn
    height, width = drawn.shape[:2]
    angle, zoom = float(jitter.normal(0, 1.2)), 1.04 + abs(float(jitter.normal(0, 0.02)))
    turn = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, zoom), np.float64)
    turn[:, 2] += jitter.normal(0, 0.012, 2) * width
    return np.asarray(cv2.warpAffine(drawn, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101), np.uint8)


def _develop(image: Pixels, shot: Random, jitter: Random, scene: str) -> Pixels:
    """Gives a drawn picture a photo's light fall-off, white balance, tone curve and grain."""
    height, width = image.shape[:2]
    gains = (
        np.asarray(_LIGHT_COLOURS.get(scene, (1.0, 1.0, 1.0)))
        * (1 + shot.normal(0, 0.025, 3))
        * (1 + shot.normal(0, 0.06))
        * (1 + jitter.normal(0, 0.012))
    )
    tone = np.linspace(0, 1, 256)
    tone = tone + 0.05 * shot.uniform(0, 1) * np.sin(2 * np.pi * (tone - 0.5)) * -1
    table = np.clip(tone[:, None] * gains[None, :] * 255, 0, 255).astype(np.uint8)[:, None, :]
    image = np.asarray(cv2.LUT(image, table), np.uint8)
    y, x = np.linspace(-1, 1, 32)[:, None], np.linspace(-1, 1, 32)[None, :]
    fall = np.clip(255 * (1 - 0.16 * shot.uniform(0.2, 1.0) * (x**2 + y**2)), 0, 255).astype(np.uint8)
    vignette = cv2.resize(fall, (width, height), interpolation=cv2.INTER_LINEAR)
    image = np.asarray(cv2.multiply(image, cv2.merge([vignette, vignette, vignette]), scale=1 / 255), np.uint8)
    strength = (4.0 if scene in ("stage", "red_carpet", "night_view") else 2.2) * shot.uniform(0.6, 1.4)
    grain = (noise("grain", height, width, jitter) * strength).astype(np.int16)
    return np.clip(image.astype(np.int16) + grain[..., None], 0, 255).astype(np.uint8)
