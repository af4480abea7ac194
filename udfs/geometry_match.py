"""Whether two described photos are one picture, and how one was made from the other (see `udfs.geometry`).

Each way in which one photo may lie on the other (`udfs.geometry_votes`) is refined on the thumbnails and judged by what is left over
(`udfs.geometry_residual`); of the judgements, each lowered where no single shot explains it, the best counts.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from udfs.geometry import CANVAS, Description, unpack
from udfs.geometry_residual import CLEAR_TURN, NOTHING, SAME_ZOOM, SURE, Match, residual
from udfs.geometry_votes import Laying, by_features, mirror_image, sides, unmoved, whole_on_whole

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bytes = NDArray[np.uint8]

LEAST_CORRELATION = 0.7  # of grey values roughly laid on each other; less is not worth refining
DOUBTFUL = 0.3  # similarity from which on pictures of one size are laid on each other the other way round, too
SAME_LAYING = 0.004  # of the longest side between transforms that are one; places of features are stored to 1/256
SAME_PLACE = 0.008  # of the longest side: what saving again and resizing move a feature by
PART_INLIERS = 6  # local features that agree on a closer view before grey values are compared
_REFINE = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 25, 1e-4)
_FINISH = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 5, 1e-4)


def match(first: bytes, second: bytes) -> Match:
    """Finds how one photo lies on the other and what remains different.

    The pair is looked at in one order, whichever way it is given: the order of a pair changes nothing but the direction of what is found.

    Args:
        first: From `udfs.geometry.describe`.
        second: Likewise.
    """
    if second < first:
        return _reversed(_best(unpack(second), unpack(first)))
    return _best(unpack(first), unpack(second))


def parts_match(first: bytes, second: bytes) -> float:
    """Similarity of two photos of which one may be a part of the other: a crop, a collage; 0 where no local features say so.

    What lies whole on whole, and what few local features speak for, is not tried.

    Args:
        first: From `udfs.geometry.describe`.
        second: Likewise.
    """
    one, other = unpack(min(first, second)), unpack(max(first, second))
    if not any(_zooms(by_features(one, lying)) for lying in (other, mirror_image(other))):
        return 0.0
    return _best(one, other).similarity


def _zooms(laying: Laying | None) -> bool:
    """Whether many local features say that one photo is a closer view of the other's content."""
    return laying is not None and laying.inliers >= PART_INLIERS and abs(np.log(laying.size)) > SAME_ZOOM


def _reversed(found: Match) -> Match:
    """The same match seen from the other photo. A turn of mirror images is the same from both."""
    return replace(found, zoom=1 / found.zoom, turn=found.turn if found.mirror else -found.turn)


def _best(first: Description, second: Description) -> Match:
    """The most similar of all ways to lay one photo on the other, those first that most local features speak for."""
    ways = [(laying, other, mirror) for mirror, other in enumerate((second, mirror_image(second))) for laying in _layings(first, other)]
    best = NOTHING
    for laying, other, mirror in sorted(ways, key=lambda way: -way[0].inliers):
        found = _judged(first, other, laying, bool(mirror))
        if found.similarity > best.similarity:
            best = found
        if best.similarity >= SURE:
            break
    return best


def _layings(first: Description, second: Description) -> list[Laying]:
    """What the local features say, and the whole on the whole where that is something else."""
    voted, whole = by_features(first, second), whole_on_whole(first, second)
    if voted is None:
        return [whole]
    return [voted] if np.abs(voted.transform - whole.transform).max() < SAME_LAYING else [voted, whole]


def _one_shot(first: Description, second: Description, found: Match) -> Match:
    """The match at half its similarity if the photos cannot come from one shot."""
    if found.similarity == 0 or _is_one_shot(first, second, found):
        return found
    return replace(found, similarity=found.similarity / 2)


def _is_one_shot(first: Description, second: Description, found: Match) -> bool:
    """Whether the photos can come from one shot: two frames of a burst or two visits to one place lie on each other almost, not exactly.

    A whole picture that was saved again lies exactly where it lay, and a crop lies wholly inside; only a picture that was turned by hand
    loses corners.
    """
    turned = abs(found.turn) > CLEAR_TURN
    if found.overlap < (0.86 if turned else 0.95):
        return False
    if turned or abs(found.zoom - 1) >= SAME_ZOOM:
        return True
    source, target = unmoved(first, second)
    smallest = min(max(first.width, first.height), max(second.width, second.height), CANVAS)
    stretched = source * (np.array(sides(first)) / np.array(sides(second)))
    apart = np.hypot(*(stretched - target).T)
    around, common = apart < 0.12, apart < 0.05
    if common.sum() >= 5 and (apart[around] > 2.5 * SAME_PLACE * CANVAS / smallest).mean() > 0.3:
        return False  # some of the picture stayed and some of it moved
    if common.sum() < 5:
        return found.overlap > 0.98 and abs(found.zoom - 1) < 0.02
    return float(np.median(apart[common])) < SAME_PLACE * CANVAS / smallest


def _judged(first: Description, second: Description, laying: Laying, mirror: bool) -> Match:
    """Judges one way to lay the second photo on the first: the wider view on the closer one.

    Where neither is clearly the closer view and the result is in doubt, the other way round is looked at, too: the two blur differently.
    """
    lay = np.vstack([laying.transform, [0, 0, 1]]).astype(np.float64)
    back = np.linalg.inv(lay)
    best = NOTHING
    for second_is_closer in (laying.size < 1, laying.size >= 1):
        if second_is_closer:
            found = _laid(second, first, lay, laying.inliers, mirror)
        else:
            seen = _laid(first, second, back, laying.inliers, mirror)
            found = replace(seen, zoom=1 / seen.zoom, turn=-seen.turn)
        found = _one_shot(first, second, found)
        if found.similarity > best.similarity:
            best = found
        if not DOUBTFUL <= best.similarity < SURE or abs(np.log(laying.size)) > SAME_ZOOM:
            break
    return best


def _laid(closer: Description, wider: Description, lay: Doubles, inliers: int, mirror: bool) -> Match:
    """Lays the wider view on the closer one, cell by cell, and reads what is left over.

    Args:
        closer: The closer view.
        wider: The wider one.
        lay: From places in the closer view to places in the wider one, 3 x 3.
        inliers: Local features that speak for it.
        mirror: One of the photos is mirrored.
    """
    warp = (_to_cells(wider) @ lay @ np.linalg.inv(_to_cells(closer)))[:2].astype(np.float32)
    best, strange = residual(closer.thumbnail, wider.thumbnail, warp, inliers, mirror)
    if strange is None or best.similarity >= 0.97 or best.correlation < LEAST_CORRELATION:
        return best
    for mask in (strange, np.zeros_like(strange)):
        clear = np.where(mask, 0, 255).astype(np.uint8)  # what looks laid over must not pull the photos out of place
        try:
            refined = _refined(closer.thumbnail, wider.thumbnail, warp, _warped(clear, warp, wider))
        except cv2.error:
            continue  # the correlation did not converge
        found, _ = residual(closer.thumbnail, wider.thumbnail, refined, inliers, mirror)
        if found.similarity > best.similarity:
            best = found
        if not strange.any() or best.similarity >= 0.8:
            break
    return best


def _to_cells(photo: Description) -> Doubles:
    """Places (units of the longest side) to thumbnail cells, 3 x 3."""
    width, height = sides(photo)
    rows, columns = photo.thumbnail.shape
    return np.array([[columns / width, 0, -0.5], [0, rows / height, -0.5], [0, 0, 1.0]])


def _refined(template: Floats, scene: Floats, warp: Floats, mask: Bytes) -> Floats:
    """The affine transform of the best correlation near `warp` (ECC, Evangelidis and Psarakis 2008): found small, finished whole."""
    small = [cv2.resize(cells, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for cells in (template, scene)]
    small_mask = cv2.resize(mask, small[1].shape[::-1], interpolation=cv2.INTER_NEAREST)
    halving = [
        np.diag([part.shape[1] / whole.shape[1], part.shape[0] / whole.shape[0], 1.0])
        for part, whole in zip(small, (template, scene), strict=True)
    ]
    for halved in halving:
        halved[:2, 2] = (np.diag(halved)[:2] - 1) / 2  # cells are counted from their middles
    whole = np.vstack([warp, [0, 0, 1]])
    start = (halving[1] @ whole @ np.linalg.inv(halving[0]))[:2].astype(np.float32)
    _, found = cv2.findTransformECC(small[0], small[1], start, cv2.MOTION_AFFINE, _REFINE, small_mask, 3)
    near = (np.linalg.inv(halving[1]) @ np.vstack([found, [0, 0, 1]]) @ halving[0])[:2].astype(np.float32)
    _, finished = cv2.findTransformECC(template, scene, near, cv2.MOTION_AFFINE, _FINISH, mask, 3)
    return np.asarray(finished, dtype=np.float32)


def _warped(mask: Bytes, warp: Floats, scene: Description) -> Bytes:
    """A mask over the closer view, laid on the wider one."""
    rows, columns = scene.thumbnail.shape
    laid = cv2.warpAffine(mask, warp, (columns, rows), flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,))
    return np.asarray(laid, dtype=np.uint8)
