"""The 64-bit perceptual hash of a photo: the signs of its lowest frequencies."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.fft import dctn

SIDE: Final = 32
KEPT: Final = 8


def perceptual_hash(image: Image.Image) -> str:
    """Hashes what a photo looks like; similar photos differ in few bits.

    The photo is made 32 x 32 and grey, its two-dimensional cosine transform is taken, and each of the 8 x 8 lowest
    frequencies gives one bit: whether it lies above their median. Source: Zauner, "Implementation and benchmarking of
    perceptual image hash functions" (2010), as in the package ImageHash.

    Args:
        image: RGB, any size.

    Returns:
        16 hexadecimal digits.
    """
    return (
        lowest_frequencies(np.asarray(image.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS), dtype=np.float64)).tobytes().hex()
    )


def lowest_frequencies(square: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The bits of the perceptual hash of a grey picture of `SIDE` x `SIDE`: 8 bytes."""
    # Rounded, so that frequencies which are zero up to the last bits of arithmetic give the same bit everywhere.
    lowest = np.round(dctn(square, norm=None)[:KEPT, :KEPT], 3)
    return np.packbits(lowest > np.median(lowest))
