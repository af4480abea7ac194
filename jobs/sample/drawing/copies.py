"""What happens to photos on the way through the web: copies with small edits, defects, encodings."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

from jobs.sample.drawing.canvas import Pixels, box, digits, fill, noise, pick, random_of, syllables
from jobs.sample.drawing.spec import COPY_KINDS, DEGRADE_KINDS


def _recompress(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def make_copy(image: Image.Image, kind: str, seed: int) -> Image.Image:
    """Returns an edited copy of a photo, as other sites publish it.

    Args:
        image: the photo.
        kind: one of `COPY_KINDS`: `crop` (60 to 90 % of each side), `banner` (a strip with writing), `recompress` (JPEG
            quality 15 to 60), `resize` (40 to 85 %), `flip` (mirrored), `colour` (brightness, contrast, warmth), `collage`
            (a coloured frame, sometimes on a square page), `rotate` (up to 4 degrees).
        seed: decides the details.

    Returns:
        The copy.

    Raises:
        ValueError: when `kind` is unknown.
    """
    rng = random_of("copy", kind, seed)
    width, height = image.size
    if kind == "crop":
        share_x, share_y = rng.uniform(0.62, 0.9), rng.uniform(0.62, 0.9)
        crop_width, crop_height = int(width * share_x), int(height * share_y)
        left, top = int(rng.integers(width - crop_width + 1)), int((height - crop_height) * rng.uniform(0, 0.7))
        return image.crop((left, top, left + crop_width, top + crop_height))
    if kind == "banner":
        return Image.fromarray(_with_banner(np.asarray(image).copy(), seed))
    if kind == "recompress":
        return _recompress(image, int(rng.integers(15, 61)))
    if kind == "resize":
        share = rng.uniform(0.4, 0.85)
        return image.resize((max(16, int(width * share)), max(16, int(height * share))), Image.Resampling.LANCZOS)
    if kind == "flip":
        return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if kind == "colour":
        gains = np.asarray([1 + rng.uniform(-0.12, 0.12), 1.0, 1 + rng.uniform(-0.12, 0.12)]) * rng.uniform(0.85, 1.18)
        contrast = rng.uniform(0.82, 1.2)
        changed = (np.asarray(image, np.float32) - 128) * contrast + 128
        return Image.fromarray(np.clip(changed * gains.astype(np.float32), 0, 255).astype(np.uint8))
    if kind == "collage":
        frame = int(rng.uniform(0.03, 0.09) * width)
        paper = tuple(int(part) for part in pick(rng, ((255, 255, 255), (20, 20, 20), (244, 220, 226), (220, 236, 246))))
        page_width, page_height = width + 2 * frame, height + 2 * frame + (int(0.12 * height) if rng.random() < 0.5 else 0)
        page = Image.new("RGB", (page_width, page_height), paper)
        page.paste(image, (frame, frame))
        return page
    if kind == "rotate":
        angle = rng.uniform(1.2, 4.0) * (1 if rng.random() < 0.5 else -1)
        return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255) if rng.random() < 0.5 else (0, 0, 0))
    raise ValueError(f"unknown copy kind {kind!r}; known: {', '.join(COPY_KINDS)}")


def _with_banner(pixels: Pixels, seed: int) -> Pixels:
    rng = random_of("banner", seed)
    height, width = pixels.shape[:2]
    tall = int(height * rng.uniform(0.08, 0.17))
    top = 0 if rng.random() < 0.25 else height - tall
    colour = pick(rng, ((200, 20, 40), (16, 50, 120), (250, 250, 250), (20, 20, 22), (250, 214, 40)))
    strip = pixels[top : top + tall]
    solid = np.full_like(strip, np.asarray(colour, np.uint8))
    strip[...] = cv2.addWeighted(strip, 0.12, solid, 0.88, 0)
    ink = (250, 250, 250) if sum(colour) < 400 else (24, 24, 28)
    end = syllables(pixels, width * 0.03, top + tall * 0.24, tall * 0.5, max(3, int(width * 0.55 / (tall * 0.53))), rng, ink, 0.12)
    digits(pixels, min(end + tall * 0.4, width * 0.8), top + tall * 0.3, tall * 0.34, pick(rng, ("HOT", "LIVE", "NEWS", "PHOTO")), ink)
    if rng.random() < 0.5:
        fill(
            pixels,
            box(width * 0.8, height * 0.02 + (tall if top == 0 else 0), width * 0.97, height * 0.06 + (tall if top == 0 else 0)),
            (255, 255, 255),
        )
        syllables(pixels, width * 0.815, height * 0.025 + (tall if top == 0 else 0), height * 0.03, 3, rng, (200, 20, 40), 0.14)
    return pixels


def degrade(image: Image.Image, kind: str, seed: int) -> Image.Image:
    """Returns a failed shot of the same scene.

    Args:
        image: the photo.
        kind: one of `DEGRADE_KINDS`: `blur` (out of focus), `motion` (shaken), `dark`, `noise` (high sensitivity), `overexposed`.
        seed: decides strength and direction.

    Returns:
        The failed shot, of the same size.

    Raises:
        ValueError: when `kind` is unknown.
    """
    rng = random_of("degrade", kind, seed)
    pixels = np.asarray(image)
    height, width = pixels.shape[:2]
    if kind == "blur":
        return Image.fromarray(np.asarray(cv2.GaussianBlur(pixels, (0, 0), width / 480 * rng.uniform(4.5, 9)), np.uint8))
    if kind == "motion":
        length = max(9, int(width / 480 * rng.uniform(22, 42))) | 1
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1.0 / length
        turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), float(rng.uniform(-60, 60)), 1.0)
        kernel = np.asarray(cv2.warpAffine(kernel, turn, (length, length)), np.float32)
        return Image.fromarray(np.asarray(cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE), np.uint8))
    if kind == "dark":
        dim = pixels.astype(np.float32) * rng.uniform(0.08, 0.2) + rng.uniform(2, 5) * noise("grain", height, width, rng)[..., None]
        return Image.fromarray(np.clip(dim, 0, 255).astype(np.uint8))
    if kind == "noise":
        strength = rng.uniform(32, 55)
        layers = [noise("grain", height, width, rng) for _ in range(3)]
        return Image.fromarray(np.clip(pixels.astype(np.float32) * 0.8 + strength * np.stack(layers, 2), 0, 255).astype(np.uint8))
    if kind == "overexposed":
        bright = pixels.astype(np.float32) * rng.uniform(2.1, 3.0) + rng.uniform(30, 60)
        return Image.fromarray(np.clip(bright, 0, 255).astype(np.uint8))
    raise ValueError(f"unknown kind of defect {kind!r}; known: {', '.join(DEGRADE_KINDS)}")


def encode(image: Image.Image, seed: int) -> tuple[bytes, str]:
    """Returns the bytes of an image file and its ending; mostly JPEG of varying quality, now and then PNG or WebP."""
    rng = random_of("encode", seed)
    chance, quality = rng.random(), int(rng.integers(78, 94))
    buffer = io.BytesIO()
    if chance < 0.03:
        image.save(buffer, "PNG", compress_level=3)
        return buffer.getvalue(), "png"
    if chance < 0.08:
        image.save(buffer, "WEBP", quality=quality, method=1)
        return buffer.getvalue(), "webp"
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue(), "jpg"
