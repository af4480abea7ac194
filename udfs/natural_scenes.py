"""How natural the texture of a photo is: moments of its locally normalised lightness, and a learned number made of them.

Undamaged photos of the world have much the same distribution of lightness once its local mean is taken off and its local deviation
divided out; blur, noise, blocks and too much sharpening change it in their own ways (Ruderman 1994; Mittal, Moorthy and Bovik,
"No-reference image quality assessment in the spatial domain", 2012). Here the moments themselves are kept, of the values and of the
products of neighbours in four directions, at two scales: fitting generalised Gaussians to them, as BRISQUE does, says no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

MOMENTS: Final = 28
_KERNEL: Final = (7, 7)
_SIGMA: Final = 7.0 / 6.0
_REACH: Final = 4.0  # deviations beyond which a moment counts no further: the polynomial knows nothing there
_LEAST_SIDE: Final = 32
_LEAST, _MOST = 0.1, 0.9  # of the part: the number made of the moments says little about how natural beyond natural, or bad beyond bad


@dataclass(frozen=True)
class Local:
    """Lightness with its surroundings.

    Attributes:
        mean: Gaussian mean around each pixel, grey levels, shape (h, w).
        normalised: lightness less its local mean, over its local deviation.
    """

    mean: Floats
    normalised: Floats


def normalise(grey: Floats) -> Local:
    """Takes the local mean off and divides the local deviation out (one grey level is added to it, so that flat regions stay near 0)."""
    mean = cv2.GaussianBlur(grey, _KERNEL, _SIGMA)
    variance = cv2.subtract(cv2.GaussianBlur(cv2.multiply(grey, grey), _KERNEL, _SIGMA), cv2.multiply(mean, mean))
    deviation = cv2.sqrt(cv2.max(variance, 0.0))  # type: ignore[call-overload]
    normalised = cv2.divide(cv2.subtract(grey, mean), cv2.add(deviation, 1.0))  # type: ignore[call-overload]
    return Local(np.asarray(mean, dtype=np.float32), np.asarray(normalised, dtype=np.float32))


def moments(grey: Floats, local: Local) -> Doubles | None:
    """Logarithms and ratios of the moments at full and half size, shape (28,); None for a photo that is too small or has one colour."""
    if min(grey.shape) < _LEAST_SIDE:
        return None
    half: Floats = np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.float32)
    return np.array([*_of_scale(local.normalised), *_of_scale(normalise(half).normalised)])


def _of_scale(values: Floats) -> list[float]:
    absolute, square, _ = _sums(values)
    found = [_logarithm(absolute**2 / max(square, 1e-9)), _logarithm(square + 0.01)]
    for first, second in (
        (values[:, :-1], values[:, 1:]),
        (values[:-1], values[1:]),
        (values[:-1, :-1], values[1:, 1:]),
        (values[1:, :-1], values[:-1, 1:]),
    ):
        absolute, square, mean = _sums(cv2.multiply(first, second))
        found += [_logarithm(absolute**2 / max(square, 1e-9)), mean / max(square, 1e-9) ** 0.5, _logarithm(square + 0.01)]
    return found


def _sums(values: Any) -> tuple[float, float, float]:
    """Means of the absolute values, of the squares and of the values."""
    count = values.size
    return cv2.norm(values, cv2.NORM_L1) / count, cv2.norm(values, cv2.NORM_L2SQR) / count, float(cv2.sumElems(values)[0]) / count


def _logarithm(value: float) -> float:
    return float(np.log(max(value, 1e-9)))


@dataclass(frozen=True)
class NatureHead:
    """A quadratic function of the moments.

    Attributes:
        mean: of each moment, shape (28,).
        deviation: of each moment, shape (28,).
        weights: of the standardised moments and of their products, shape (434,).
        bias: added to the sum.
    """

    mean: Floats
    deviation: Floats
    weights: Floats
    bias: float

    def parts(self, found: Doubles) -> Doubles:
        """How natural photos are, in [0.1, 0.9], shape (n,), from moments of shape (n, 28)."""
        values = _terms((found - self.mean) / self.deviation) @ self.weights + self.bias
        return np.asarray(_LEAST + (_MOST - _LEAST) / (1.0 + np.exp(-np.clip(values, -30.0, 30.0))), dtype=np.float64)


def _terms(standard: Doubles) -> Doubles:
    """The moments and all products of two of them, shape (n, 434)."""
    clipped = np.clip(standard, -_REACH, _REACH)
    first, second = np.triu_indices(clipped.shape[1])
    return np.hstack([clipped, clipped[:, first] * clipped[:, second]])


def learn_nature(found: Doubles, reference: Doubles, *, ridge: float = 0.003) -> NatureHead:
    """Fits the quadratic function to a reference metric by ridge regression.

    Args:
        found: moments, shape (n, 28).
        reference: the metric, higher is better, shape (n,); brought to mean 0 and deviation 1.5, and cut at three deviations.
        ridge: strength of the penalty, a share of the number of rows.
    """
    mean, deviation = found.mean(0), np.maximum(found.std(0), 1e-6)
    terms = _terms((found - mean) / deviation)
    middle, spread = terms.mean(0), np.maximum(terms.std(0), 1e-6)
    inputs = (terms - middle) / spread
    targets = 1.5 * np.clip((reference - np.median(reference)) / max(float(reference.std()), 1e-9), -3.0, 3.0)
    scatter = inputs.T @ inputs + ridge * len(inputs) * np.eye(inputs.shape[1])
    weights = np.linalg.solve(scatter, inputs.T @ (targets - targets.mean())) / spread
    bias = float(targets.mean() - middle @ weights)
    return NatureHead(mean.astype(np.float32), deviation.astype(np.float32), weights.astype(np.float32), bias)
