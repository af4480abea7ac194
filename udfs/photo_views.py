"""Photos changed on purpose: strong views of one subject (for learning and testing appearance) and damage in steps (for quality).

Every function is deterministic in its random generator; nothing here is used when photos are measured.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from udfs.people import Floats

Random = np.random.Generator

DAMAGES: Final = ("blur", "dark", "jpeg", "noise", "downscale", "banner")
LEARNED_DAMAGES: Final = (*DAMAGES, "bright")  # brightening harms only what is bright already, so its steps are no yardstick
STEPS: Final = 3


def strong_view(
    image: Image.Image, mask: Floats, backgrounds: Sequence[Image.Image], random: Random, *, strength: float = 1.0
) -> Image.Image:
    """The same subject in another photo: other crop, pose of the camera, light, size and (half of the time) background.

    Args:
        image: the photo, RGB.
        mask: probability of the subject, any shape, the whole photo squeezed; when there is no subject the background stays.
        backgrounds: photos to put behind the subject.
        random: source of all choices.
        strength: how far the view may be from the photo: 0 hardly, 1 so far that a person may have to look twice.
    """
    alpha = np.asarray(Image.fromarray(mask).resize(image.size, Image.Resampling.BILINEAR))
    if random.random() < 0.5 and backgrounds:
        behind = backgrounds[int(random.integers(len(backgrounds)))]
        if float((alpha > 0.5).mean()) > 0.12:
            image = _on_background(image, alpha, behind, random, strength)
        else:  # nothing to cut out: the photo itself lies on the other one
            image = _laid_on(_crop(image, random, strength), behind, random, strength)
    else:
        image = _crop(image, random, strength)
    if random.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    turn = 12 * strength
    image = image.rotate(float(random.uniform(-turn, turn)), Image.Resampling.BILINEAR, fillcolor=_border_colour(image))
    image = _relight(image, random, strength)
    side = int(random.integers(round(300 - 190 * strength), 421))
    image = image.resize(_fit(image.size, side), Image.Resampling.BILINEAR)
    return Image.open(io.BytesIO(_jpeg(image, int(random.integers(round(75 - 40 * strength), 93))))).convert("RGB")


def _on_background(image: Image.Image, alpha: Floats, background: Image.Image, random: Random, strength: float) -> Image.Image:
    rows, columns = np.flatnonzero((alpha > 0.5).any(1)), np.flatnonzero((alpha > 0.5).any(0))
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    subject = image.crop(box)
    cover = Image.fromarray((np.clip(alpha, 0, 1) * 255).astype(np.uint8)).crop(box)
    width, height = subject.size
    share = float(random.uniform(0.85 - 0.3 * strength, 1.0 + 0.15 * strength))  # above 1 the subject leaves the frame
    canvas_size = max(48, round(width / share)), max(48, round(height / share))
    canvas = _crop(background, random, 1.0).resize(canvas_size, Image.Resampling.BILINEAR)
    room = canvas_size[0] - width, canvas_size[1] - height
    place = tuple(round(float(random.uniform(min(0, r), max(0, r)))) for r in room)
    canvas.paste(subject, (place[0], place[1]), cover)
    return canvas


def _laid_on(image: Image.Image, background: Image.Image, random: Random, strength: float) -> Image.Image:
    share = float(random.uniform(0.9 - 0.25 * strength, 0.97))
    canvas = _crop(background, random, 1.0).resize((round(image.width / share), round(image.height / share)), Image.Resampling.BILINEAR)
    room = canvas.width - image.width, canvas.height - image.height
    canvas.paste(image, (int(random.integers(0, room[0] + 1)), int(random.integers(0, room[1] + 1))))
    return canvas


def _crop(image: Image.Image, random: Random, strength: float) -> Image.Image:
    width, height = image.size
    area = float(random.uniform(1 - 0.55 * strength, 1.0)) ** 0.5
    stretch = float(random.uniform(1 - 0.15 * strength, 1 + 0.18 * strength))
    crop_width = max(16, min(width, round(width * area * stretch)))
    crop_height = max(16, min(height, round(height * area / stretch)))
    left, top = int(random.integers(0, max(1, width - crop_width + 1))), int(random.integers(0, max(1, height - crop_height + 1)))
    return image.crop((left, top, left + crop_width, top + crop_height))


def _relight(image: Image.Image, random: Random, strength: float) -> Image.Image:
    values = np.asarray(image, dtype=np.float32) / 255.0
    gains = float(random.uniform(1 - 0.45 * strength, 1 + 0.35 * strength)) * random.uniform(1 - 0.14 * strength, 1 + 0.16 * strength, 3)
    gamma = float(random.uniform(1 - 0.3 * strength, 1 + 0.45 * strength))
    ends = random.uniform(1 - 0.25 * strength, 1 + 0.25 * strength, 2)
    slope = np.linspace(float(ends[0]), float(ends[1]), values.shape[1], dtype=np.float32)
    lit = np.clip(values * gains.astype(np.float32) * slope[None, :, None], 0, 1) ** gamma
    return Image.fromarray((lit * 255).astype(np.uint8))


def _border_colour(image: Image.Image) -> tuple[int, int, int]:
    red, green, blue = np.asarray(image)[0, 0]
    return int(red), int(green), int(blue)


def _fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = side / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def damage(image: Image.Image, kind: str, step: int, random: Random) -> bytes:
    """One photo made worse, as a JPEG file.

    Args:
        image: the photo, RGB.
        kind: of `LEARNED_DAMAGES`.
        step: 0 (as it is) to `STEPS`; every step is worse than the one before.
        random: source of the noise and of the banner's place and words.

    Raises:
        ValueError: for another kind.
    """
    if kind not in LEARNED_DAMAGES:
        raise ValueError(f"unknown damage {kind!r}; known: {', '.join(LEARNED_DAMAGES)}")
    if step == 0:
        return _jpeg(image, 95)
    if kind == "jpeg":
        return _jpeg(image, (95, 45, 22, 9)[step])
    if kind == "blur":
        image = image.filter(ImageFilter.GaussianBlur((0, 1.2, 2.4, 4.5)[step] * max(image.size) / 640))
    elif kind == "dark":
        values = np.asarray(image, dtype=np.float32) / 255.0
        image = Image.fromarray((values ** (1, 1.5, 2.1, 3.0)[step] * (1, 0.75, 0.55, 0.35)[step] * 255).astype(np.uint8))
    elif kind == "bright":
        values = np.asarray(image, dtype=np.float32)
        mean = float(values.mean()) + 1.0
        aim = max(mean + (255.0 - mean) * (0, 0.4, 0.65, 0.85)[step], (0, 175, 205, 230)[step])
        image = Image.fromarray(np.clip(values * (aim / mean), 0, 255).astype(np.uint8))
    elif kind == "noise":
        values = np.asarray(image, dtype=np.float32)
        noise: NDArray[np.float32] = random.normal(0, (0, 8, 18, 36)[step], values.shape).astype(np.float32)
        image = Image.fromarray(np.clip(values + noise, 0, 255).astype(np.uint8))
    elif kind == "downscale":
        image = image.resize(_fit(image.size, round(max(image.size) / (1, 1.8, 3.2, 6)[step])), Image.Resampling.LANCZOS)
    else:
        image = _banner(image, (0, 0.08, 0.16, 0.28)[step], random)
    return _jpeg(image, 95)


def _banner(image: Image.Image, share: float, random: Random) -> Image.Image:
    """A strip of one colour with words along the lower or upper edge."""
    image = image.copy()
    width, height = image.size
    tall = max(6, round(height * share))
    top = height - tall if random.random() < 0.7 else 0
    colour = tuple(int(value) for value in random.integers(0, 256, 3))
    ink = (255, 255, 255) if sum(colour) < 384 else (0, 0, 0)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, top, width, top + tall), fill=colour)
    pen.text((width * 0.05, top + tall * 0.2), "TODAY NEWS 2026 HWABO", fill=ink, font_size=max(5, tall * 0.55))
    return image
