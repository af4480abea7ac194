"""Grey values of one photo beside those of another: how they correlate, and predicted by a tone curve (see `udfs.geometry_residual`)."""

import numpy as np
from numpy.typing import NDArray

from udfs.compiled import compiled

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Booleans = NDArray[np.bool_]

TONE_CELLS = 600  # so many tell a tone curve as well as all
TONE_KNOTS = (0.04, 0.2, 0.5, 0.8, 0.96)  # quantiles of the grey values at which a tone curve may bend


def predicted(shown: Floats, seen: Floats, inside: Booleans) -> Floats:
    """What `seen` should be by `shown`: a line with bends at `TONE_KNOTS`, fitted to the cells that agree best.

    Args:
        shown: Grey values of one photo, shape (h, w).
        seen: Those of the other.
        inside: Cells that the curve is fitted to.
    """
    ours, theirs = shown[inside], seen[inside]
    centre, scale = float(ours.mean()), float(ours.std())
    step = -(-len(ours) // TONE_CELLS)
    told, wanted = (ours[::step].astype(np.float64) - centre) / scale, theirs[::step].astype(np.float64)
    knots = np.sort(told)[(np.array(TONE_KNOTS) * len(told)).astype(np.int64)]
    curve = _fitted(_bent(told, knots), wanted)
    return _on_curve(shown, centre, scale, knots, curve, float(theirs.min()), float(theirs.max()))


@compiled
def correlation(one: Floats, other: Floats, where: Booleans) -> tuple[float, float, float]:
    """Correlation of two photos' grey values in some cells, and the standard deviation of each."""
    cells, middle, other_middle = 0, 0.0, 0.0
    for row in range(where.shape[0]):
        for column in range(where.shape[1]):
            if where[row, column]:
                cells += 1
                middle += one[row, column]
                other_middle += other[row, column]
    middle, other_middle = middle / max(cells, 1), other_middle / max(cells, 1)
    spread = other_spread = together = 0.0
    for row in range(where.shape[0]):
        for column in range(where.shape[1]):
            if where[row, column]:
                ours, theirs = one[row, column] - middle, other[row, column] - other_middle
                spread += ours * ours
                other_spread += theirs * theirs
                together += ours * theirs
    deviation, other_deviation = np.sqrt(spread / max(cells, 1)), np.sqrt(other_spread / max(cells, 1))
    return together / max(cells, 1) / (deviation * other_deviation + 1e-6), deviation, other_deviation


def _bent(values: Doubles, knots: Doubles) -> Doubles:
    """Columns of a broken line: 1, the values, and what they exceed each knot by."""
    return np.column_stack([np.ones(len(values)), values, np.maximum(values[:, None] - knots, 0)])


def _fitted(bent: Doubles, wanted: Doubles) -> Doubles:
    """Weights of the columns that come nearest to the three quarters of the cells that agree best."""
    keep = np.ones(len(wanted), dtype=bool)
    curve = np.zeros(bent.shape[1])
    for _ in range(3):
        some = bent[keep]
        curve = np.linalg.solve(some.T @ some + 1e-3 * np.eye(len(curve)), some.T @ wanted[keep])
        off = np.abs(wanted - bent @ curve)
        keep = off <= max(float(np.partition(off, 3 * len(off) // 4)[3 * len(off) // 4]), 3.0)
    return curve


@compiled
def _on_curve(values: Floats, centre: float, scale: float, knots: Doubles, curve: Doubles, lowest: float, highest: float) -> Floats:
    """Where values lie on a broken line: `curve` holds its constant, its slope, and by how much the slope changes at each knot."""
    found = np.empty(values.shape, dtype=np.float32)
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            value = (values[row, column] - centre) / scale
            height = curve[0] + curve[1] * value
            for number in range(len(knots)):
                height += curve[2 + number] * max(value - knots[number], 0.0)
            found[row, column] = min(max(height, lowest), highest)
    return found
