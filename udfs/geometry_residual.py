"""What is left over when one photo's thumbnail is laid on another's, and what that says (see `udfs.geometry_match`).

Both are made equally sharp, the grey values of one are predicted from those of the other by a tone curve, and cells that the prediction
misses are strange. A copy's strange cells lie in strips along an edge and in small stamps.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from udfs.geometry_strips import strips
from udfs.geometry_votes import LARGEST_TURN, LARGEST_ZOOM
from udfs.grey_values import correlation, predicted

Floats = NDArray[np.float32]
Booleans = NDArray[np.bool_]

CLEAR_TURN = 1.2  # degrees; less is what two hand-held shots differ by
SAME_ZOOM = 0.045  # a scale nearer to 1 is no crop
STAYED_ZOOM, STAYED_TURN = 0.1, 2.5  # degrees; what the camera moves within a burst
SAME_FORM = 0.06  # logarithm of a ratio of proportions; no camera stretches a picture by more between two frames
# Mean difference that a copy may leave, in standard deviations of its grey values: cells of a crop are never quite those of its source,
# whereas a picture that was saved again in place differs by little more than its JPEG noise, and two frames of a burst by more.
LARGEST_REST_IN_PLACE, LARGEST_REST = 0.09, 0.2
# Correlation of details (see `_agreement`): that of another picture, and that of a copy.
LEAST_AGREEMENT = (0.5, 0.85)  # of pictures of one size
LEAST_AGREEMENT_TURNED = (0.2, 0.6)  # ... where cells between cells are compared
LEAST_AGREEMENT_ZOOMED = (0.0, 0.4)  # ... where one shows details that the other is too small for
LARGEST_CHANGE = 0.2  # of the common area
COVER = (0.3, 0.4)  # of the common area: what strips may lie over, and under how much a picture is another one
COVER_DOUBTFUL = (0.1, 0.3)  # ... where the place is one that only a few features name
FEW_INLIERS = 8
DETAIL = 5  # cells; side of the windows in which details are compared
FEWEST_CELLS = 150  # that tell anything
SOFTENINGS = (0.4, 0.55, 0.7, 0.9)  # cells; by which the sharper photo is blurred to be as soft as the other
# Correlation of what stands out from its surroundings with which two photos are looked at, by how many local features speak for the place:
# the laying of a few dozen is a cell or two off before it is refined, and fewer name a place that is either right or nothing.
LEAST_LIKENESS = ((25, 0.3), (15, 0.45), (0, 0.55))
SURROUNDINGS = 13  # cells; side of the windows that it stands out from
SURE = 0.9  # similarity from which on nothing better is looked for
_ONTO_TEMPLATE = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


@dataclass(frozen=True)
class Match:
    """What two photos have in common.

    Attributes:
        inliers: Local features that agree with the transform found.
        correlation: Of the grey values where both show the same, strips and stamps left out, in [-1, 1].
        overlap: Share of the smaller view that lies on the other photo.
        changed: Share of the common area that a copy would not explain: differences that are neither an edge strip nor a small stamp.
        covered: Share of the common area under strips and stamps.
        zoom: Linear scale of the first photo's content against the second's, longest sides taken as equal.
        turn: Degrees by which the second photo is turned to lie on the first.
        mirror: One is the other's mirror image.
        similarity: All this in one number in [0, 1].
    """

    inliers: int
    correlation: float
    overlap: float
    changed: float
    covered: float
    zoom: float
    turn: float
    mirror: bool
    similarity: float


NOTHING = Match(0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, False, 0.0)


@dataclass(frozen=True)
class _Rest:
    """What one photo's grey values leave unexplained of the other's.

    Attributes:
        strange: Cells that the prediction misses.
        explained: Cells under strips along an edge.
        correlation: See `Match`.
        changed: See `Match`.
        covered: See `Match`.
        difference: Mean absolute difference, in standard deviations of the grey values.
        agreement: See `_agreement`.
    """

    strange: Booleans
    explained: Booleans
    correlation: float = 0.0
    changed: float = 1.0
    covered: float = 0.0
    difference: float = 1.0
    agreement: float = 0.0


@dataclass(frozen=True)
class _Place:
    """How one photo lies on the other, and how alike the two are if they leave some rest there.

    Attributes:
        inliers: See `Match`.
        zoom: Linear scale of the closer view in the wider one.
        turn: Degrees between them.
        overlap: See `Match`.
        same_form: Both have the same proportions.
    """

    inliers: int
    zoom: float
    turn: float
    overlap: float
    same_form: bool

    def similarity(self, rest: _Rest) -> float:
        """All that is known in one number in [0, 1]."""
        same_size = abs(self.zoom - 1) < STAYED_ZOOM
        stayed = same_size and self.same_form and abs(self.turn) < STAYED_TURN
        found = max(0.0, rest.correlation) * min(1.0, self.overlap / 0.9) * max(0.0, 1 - rest.changed / LARGEST_CHANGE)
        found *= _ramp(2 - rest.difference / (LARGEST_REST_IN_PLACE if stayed else LARGEST_REST), 0, 1)
        within = LEAST_AGREEMENT_TURNED if abs(self.turn) >= STAYED_TURN else LEAST_AGREEMENT
        found *= _ramp(rest.agreement, *(within if same_size else LEAST_AGREEMENT_ZOOMED))
        uncovered, covered = COVER_DOUBTFUL if 0 < self.inliers < FEW_INLIERS else COVER
        return found * (1 - _ramp(rest.covered, uncovered, covered))


def _ramp(value: float, low: float, high: float) -> float:
    """0 up to `low`, 1 from `high` on, in between on a line."""
    return min(1.0, max(0.0, (value - low) / (high - low)))


def residual(template: Floats, scene: Floats, warp: Floats, inliers: int, mirror: bool) -> tuple[Match, Booleans | None]:
    """What a transform leaves different, and where (None where the transform is out of the question).

    Args:
        template: Thumbnail of the closer view.
        scene: Thumbnail of the wider view.
        warp: From cells of the template to cells of the scene, 2 x 3.
        inliers: Local features that speak for it.
        mirror: One of the photos is mirrored.
    """
    zoom = float(np.sqrt(abs(np.linalg.det(warp[:, :2])) * template.size / scene.size))
    turn = float(np.degrees(np.arctan2(warp[1, 0] - warp[0, 1], warp[0, 0] + warp[1, 1])))
    # a whole picture on a whole picture; anything else must be borne out by features
    straight = inliers > 0 or (zoom > 0.8 and abs(turn) < 6)
    if not straight or not 1 / LARGEST_ZOOM < zoom < 1.15 or abs(turn) > np.degrees(LARGEST_TURN):
        return NOTHING, None
    laid = np.asarray(
        cv2.warpAffine(scene, warp, template.shape[::-1], flags=_ONTO_TEMPLATE, borderMode=cv2.BORDER_REPLICATE), dtype=np.float32
    )
    inside = _shown_by_both(template, scene, warp, turn)
    if inside.sum() < 2 * FEWEST_CELLS or min(correlation(laid, template, inside)[1:]) < 2:
        return NOTHING, None  # a plain wall lies well on every plain wall
    if _likeness(laid, template, inside) < next(least for features, least in LEAST_LIKENESS if inliers >= features):
        return NOTHING, None
    same_form = abs(np.log(template.shape[1] / template.shape[0] * scene.shape[0] / scene.shape[1])) < SAME_FORM
    place = _Place(inliers, zoom, turn, _overlap(template, scene, warp), bool(same_form))
    rest = _least_rest(laid, template, inside, place)
    found = Match(inliers, rest.correlation, place.overlap, rest.changed, rest.covered, zoom, turn, mirror, place.similarity(rest))
    return found, rest.strange


def _least_rest(laid: Floats, template: Floats, inside: Booleans, place: _Place) -> _Rest:
    """The rest that speaks most for a copy: without strips that a first look has shown, and predicted from either photo.

    Where one picture is too dark or too light to tell values apart, only that one can be predicted from the other.
    """
    best = _Rest(np.zeros_like(inside), np.zeros_like(inside))
    for _ in range(2):
        unlike = best.explained
        shown, seen = _equally_sharp(laid, template, inside & ~unlike)
        ways = [_rest(shown, seen, inside, unlike), _rest(seen, shown, inside, unlike)]
        best = max((best, *ways), key=lambda rest: (place.similarity(rest), rest.correlation))
        if place.similarity(best) >= SURE or not best.explained.any():
            break
    return best


def _shown_by_both(template: Floats, scene: Floats, warp: Floats, turn: float) -> Booleans:
    """Cells of the template that both photos show; not the corners that are filled when a photo is turned within its frame."""
    own, other = (_unfilled(photo.shape, turn) for photo in (template, scene))
    laid = cv2.warpAffine(other, warp, template.shape[::-1], flags=_ONTO_TEMPLATE)
    return np.asarray((laid > 0.98) & (own > 0.98))


def _unfilled(shape: tuple[int, ...], turn: float) -> Floats:
    """1 where a photo keeps its content when it is turned by so many degrees, either way."""
    whole = np.ones(shape, dtype=np.float32)
    if abs(turn) <= CLEAR_TURN:
        return whole
    rows, columns = shape
    for degrees in (turn, -turn):
        around = cv2.getRotationMatrix2D(((columns - 1) / 2, (rows - 1) / 2), degrees, 1.0)
        whole = whole * cv2.warpAffine(np.ones(shape, dtype=np.float32), around, (columns, rows))
    return whole


def _overlap(template: Floats, scene: Floats, warp: Floats) -> float:
    """Share of the template that lies on the scene."""
    padded = warp.copy()
    padded[:, 2] += 1  # a cell more on every side: a picture that ends where the other's frame ends lies within it
    frame = np.ones((scene.shape[0] + 2, scene.shape[1] + 2), dtype=np.float32)
    return float((cv2.warpAffine(frame, padded, template.shape[::-1], flags=_ONTO_TEMPLATE) > 0.98).mean())


def _likeness(one: Floats, other: Floats, where: Booleans) -> float:
    """Correlation of what stands out from its surroundings: whatever the light, and whatever even strips lie over one of the photos."""
    ours, theirs = (photo - cv2.blur(photo, (SURROUNDINGS, SURROUNDINGS)) for photo in (one, other))
    return float(correlation(ours, theirs, where)[0])


def _equally_sharp(one: Floats, other: Floats, where: Booleans) -> tuple[Floats, Floats]:
    """Both photos, the sharper one blurred: cells between cells, and a picture that was made smaller, are softer."""

    def sharpness(photo: Floats) -> float:
        coarse = _blurred(photo, 1.0)
        coarser = _blurred(coarse, 2.0)
        return float(np.abs(photo - coarse)[where].sum() / (np.abs(coarse - coarser)[where].sum() + 1e-6))

    of_one, of_other = sharpness(one), sharpness(other)
    sharp, least = (one, of_other) if of_one > of_other else (other, of_one)
    softened = sharp
    for sigma in SOFTENINGS:
        softer = _blurred(sharp, sigma)
        if sharpness(softer) < least:
            break
        softened = softer
    return (softened, other) if of_one > of_other else (one, softened)


def _blurred(photo: Floats, sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(photo, (0, 0), sigma), dtype=np.float32)


def _rest(shown: Floats, seen: Floats, inside: Booleans, unlike: Booleans) -> _Rest:
    """What is left of `seen` when it is predicted from `shown`, by cells that are not known to be unlike."""
    expected = predicted(shown, seen, inside & ~unlike)
    gradient = cv2.morphologyEx(seen, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    off = np.abs(seen - expected)
    strange = inside & (off > 9.0 + 0.45 * gradient)
    area = float(inside.sum())
    if strange.sum() > (COVER[1] + LARGEST_CHANGE) * area:
        return _Rest(strange, np.zeros_like(inside))
    explained = strips(strange, inside, shown, seen)
    plain = inside & ~explained
    if plain.sum() < FEWEST_CELLS:
        return _Rest(strange, explained)
    alike, spread, expected_spread = correlation(seen, expected, plain)
    if min(spread, expected_spread) < 2 or correlation(expected, shown, plain)[0] < 0.5:
        return _Rest(strange, explained)  # nothing to be seen, or a negative
    return _Rest(
        strange,
        explained,
        correlation=alike,
        changed=float((strange & ~explained).sum() / area),
        covered=float(explained.sum() / area),
        difference=float(off[plain].mean()) / spread,
        agreement=_agreement(seen, expected, plain),
    )


def _agreement(seen: Floats, expected: Floats, where: Booleans) -> float:
    """Correlation within small windows that show a detail; that of the window at the tenth percentile.

    A hand that moved or eyes that closed change a few windows altogether and the whole picture hardly.
    """
    mask = where.astype(np.float32)
    share = cv2.boxFilter(mask, -1, (DETAIL, DETAIL))

    def mean(values: Floats) -> Floats:
        return np.asarray(cv2.boxFilter(values * mask, -1, (DETAIL, DETAIL)) / (share + 1e-6), dtype=np.float32)

    mean_seen, mean_expected = mean(seen), mean(expected)
    variance_seen = np.maximum(mean(seen * seen) - mean_seen**2, 0)
    variance_expected = np.maximum(mean(expected * expected) - mean_expected**2, 0)
    detailed = where & (share > 0.6) & (np.maximum(variance_seen, variance_expected) > 9.0)
    if detailed.sum() < 20:
        return 1.0
    both = mean(seen * expected) - mean_seen * mean_expected
    agreeing = (both / (np.sqrt(variance_seen * variance_expected) + 1e-3))[detailed]
    return float(np.partition(agreeing, len(agreeing) // 10)[len(agreeing) // 10])
