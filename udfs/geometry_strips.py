"""Strips along the edges of a picture that was laid on its source: a banner, a caption, a cut (see `udfs.geometry_residual`)."""

import numpy as np
from numpy.typing import NDArray

from udfs.compiled import compiled

Floats = NDArray[np.float32]
Booleans = NDArray[np.bool_]

EDGES = 4
DEEPEST = 3  # a strip covers at most one in so many rows
STRIP_SHARE = 0.45  # of a row is strange where a strip lies over it
STRIP_SHARE_UNLIKE = 0.06  # ... where the row has nothing in common in both photos
ROW_DETAIL = 5.0  # standard deviation of a row's grey values from which on it shows something
ROW_LIKENESS = 0.5  # correlation of a row in both photos below which nothing in it is the same


def strips(strange: Booleans, inside: Booleans, one: Floats, other: Floats) -> Booleans:
    """Cells under strips that run along a whole edge.

    A strip over rows spoils the ends of every column, and the reverse: the strip with the largest share of strange cells is taken first,
    and the others are sought in what is left.

    Args:
        strange: Cells in which the photos differ, shape (h, w).
        inside: Cells that both photos show.
        one: Grey values of one photo.
        other: Grey values of the other.
    """
    explained = np.zeros(inside.shape, dtype=np.bool_)
    strange_across = np.ascontiguousarray(strange.T)
    one_across, other_across = np.ascontiguousarray(one.T), np.ascontiguousarray(other.T)
    for _ in range(EDGES):
        left = inside & ~explained
        rows = _strip(strange, left, one, other)
        columns = _strip(strange_across, np.ascontiguousarray(left.T), one_across, other_across)
        begin, end, share = max(rows, columns, key=lambda strip: strip[2])
        if share < 0:
            break
        where = np.s_[begin:end] if share == rows[2] else np.s_[:, begin:end]
        explained[where] |= left[where]
    return explained


@compiled
def _strip(strange: Booleans, inside: Booleans, one: Floats, other: Floats) -> tuple[int, int, float]:
    """The strip over the first or the last rows, whichever is stranger: begin, end, share of strange cells; a share of -1 where none is."""
    rows = len(inside)
    laid_over = np.zeros(rows, dtype=np.bool_)
    for row in range(rows):
        laid_over[row] = _laid_over(strange[row], inside[row], one[row], other[row])
    best = (0, 0, -1.0)
    for at_the_end in (False, True):
        depth = _depth(laid_over[::-1] if at_the_end else laid_over)
        begin, end = (rows - depth, rows) if at_the_end else (0, depth)
        cells = strange_cells = 0
        for row in range(begin, end):
            shown, off = _counts(strange[row], inside[row])
            cells += shown
            strange_cells += off
        if cells and strange_cells / cells > best[2]:
            best = (begin, end, strange_cells / cells)
    return best


@compiled
def _counts(strange: Booleans, inside: Booleans) -> tuple[int, int]:
    """Cells of a row that both photos show, and strange ones among them."""
    shown = off = 0
    for place in range(len(inside)):
        shown += inside[place]
        off += inside[place] and strange[place]
    return shown, off


@compiled
def _depth(laid_over: Booleans) -> int:
    """How many rows from the first on are laid over; a single row between two that are may not be."""
    rows, depth = len(laid_over), 0
    while depth < rows // DEEPEST and (laid_over[depth] or laid_over[min(depth + 1, rows - 1)]):
        depth += 1
    return depth


@compiled
def _laid_over(strange: Booleans, inside: Booleans, one: Floats, other: Floats) -> bool:
    """Whether a row is mostly strange, or partly and unlike, or not shown by both.

    A strip of the background's own colour hides only what stood out from it, so that few of its cells are strange.
    """
    shown, off = _counts(strange, inside)
    share = off / max(shown, 1)
    return shown == 0 or share > STRIP_SHARE or (share > STRIP_SHARE_UNLIKE and _unlike(inside, one, other, shown))


@compiled
def _unlike(inside: Booleans, one: Floats, other: Floats, shown: int) -> bool:
    """Whether one photo shows something in a row and the two have nothing in common there, whatever the tones."""
    middle = other_middle = spread = other_spread = together = 0.0
    for place in range(len(inside)):
        if inside[place]:
            middle += one[place] / shown
            other_middle += other[place] / shown
    for place in range(len(inside)):
        if inside[place]:
            ours, theirs = one[place] - middle, other[place] - other_middle
            spread += ours * ours
            other_spread += theirs * theirs
            together += ours * theirs
    deviation, other_deviation = np.sqrt(spread / shown), np.sqrt(other_spread / shown)
    likeness = together / shown / (deviation * other_deviation + 1e-3)
    return bool(max(deviation, other_deviation) > ROW_DETAIL and likeness < ROW_LIKENESS)
