"""Pictures drawn for the tests of copies, and copies made of them."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw, ImageOps


def picture(seed: int, *, size: tuple[int, int] = (480, 360), moved: int = 0) -> Image.Image:
    """Shapes on a shaded ground; `moved` shifts those in the middle, as a person moves between the frames of a burst."""
    generator = np.random.default_rng(seed)
    ramp = np.linspace(0, 1, size[0])[None, :, None] * generator.integers(60, 160, 3) + generator.integers(20, 90, 3)
    image = Image.fromarray(np.broadcast_to(ramp, (size[1], size[0], 3)).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(45):
        x, y, w, h = generator.integers(0, size[0]), generator.integers(0, size[1]), *generator.integers(15, 90, 2)
        colour = tuple(int(value) for value in generator.integers(0, 255, 3))
        shape = draw.rectangle if generator.random() < 0.6 else draw.ellipse
        step = moved if size[0] * 0.2 < x < size[0] * 0.8 else 0
        shape((int(x) + step, int(y), int(x + w) + step, int(y + h)), fill=colour)
    return image


def banner(image: Image.Image) -> Image.Image:
    """A red strip along the lower edge."""
    stamped = image.copy()
    ImageDraw.Draw(stamped).rectangle((0, int(image.height * 0.87), image.width, image.height), fill=(200, 20, 20))
    return stamped


def saved(image: Image.Image, **options: object) -> bytes:
    """A JPEG file."""
    held = io.BytesIO()
    image.save(held, "JPEG", **{"quality": 92, **options})
    return held.getvalue()


def copies(image: Image.Image) -> dict[str, bytes]:
    """JPEG files of a crop, the mirror image, a banner, a smaller version and one turned by three degrees."""
    width, height = image.size
    return {
        "crop": saved(image.crop((int(0.1 * width), int(0.15 * height), int(0.9 * width), int(0.95 * height)))),
        "flip": saved(ImageOps.mirror(image)),
        "banner": saved(banner(image)),
        "small": saved(image.resize((width // 2, height // 2)), quality=40),
        "turned": saved(image.rotate(3)),
    }
