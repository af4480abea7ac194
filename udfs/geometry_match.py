"""Whether two described photos are one picture, and how one was made from the other (see `udfs.geometry`)."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from udfs.geometry import CANVAS, Description, mirrored, unpack

Floats = NDArray[np.float32]

NEAR_BITS = 30  # of 128 that may differ between a feature and its counterpart
NEAR_PLACE = 0.035  # of the longest side between a feature's place and the expected one
LARGEST_TURN = np.deg2rad(22.0)
LARGEST_ZOOM = 3.2
CLEAR_TURN = 1.2  # degrees; less is what two hand-held shots differ by
SAME_ZOOM = 0.045  # a scale nearer to 1 is no crop
STAYED_ZOOM, STAYED_TURN = 0.1, 2.5  # degrees; what the camera moves within a burst
SAME_FORM = 0.06  # logarithm of a ratio of proportions; no camera stretches a picture by more between two frames
# Mean difference that a copy may leave, in standard deviations of its grey values: cells of a crop are never quite those of its source,
# whereas a picture that was saved again in place differs by little more than its JPEG noise, and two frames of a burst by more.
LARGEST_REST_IN_PLACE, LARGEST_REST = 0.09, 0.2
LEAST_AGREEMENT = (0.5, 0.85)  # of details of a picture that stayed in place: none, and that of a copy
DETAIL = 5  # cells; side of the windows in which details are compared
SAME_PLACE = 0.008  # of the longest side: what saving again and resizing move a feature by
TONE_CELLS = 600  # so many tell a tone curve as well as all
PART_INLIERS = 6  # local features that agree on a closer view before grey values are compared
PART_LIKELY = 0.4  # similarity from one side from which the other is looked at, too
_REFINE = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 25, 1e-4)
_FINISH = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 5, 1e-4)
_BITS = np.array([bin(value).count("1") for value in range(256)], dtype=np.uint8)


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
        turn: Degrees between them.
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


def match(first: bytes, second: bytes) -> Match:
    """Finds how one photo lies on the other and what remains different.

    Args:
        first: From `udfs.geometry.describe`.
        second: Likewise.
    """
    return match_described(unpack(first), unpack(second))


def parts_match(first: bytes, second: bytes) -> float:
    """Similarity of two photos of which one may be a part of the other: a crop, a collage; 0 where no local features say so.

    Looked at from both sides, the better counts: laying the wide view on the close one and the reverse blur differently. What lies whole on
    whole, and what few local features speak for, is not tried.

    Args:
        first: From `udfs.geometry.describe`.
        second: Likewise.
    """
    one, other = unpack(first), unpack(second)
    if not any(_zooms(_hypotheses(one, lying)) for lying in (other, _mirror(other))):
        return 0.0
    found = match_described(one, other).similarity
    return max(found, match_described(other, one).similarity) if found >= PART_LIKELY else 0.0


def _zooms(hypotheses: list[tuple[int, Floats]]) -> bool:
    """Whether local features agree on a transform that makes one photo a closer view of the other's content."""
    return any(
        inliers >= PART_INLIERS and abs(np.log(abs(np.linalg.det(transform[:, :2])))) / 2 > SAME_ZOOM for inliers, transform in hypotheses
    )


def match_described(first: Description, second: Description) -> Match:
    """`match` on unpacked descriptions."""
    best = NOTHING
    for mirror in (False, True):
        other = _mirror(second) if mirror else second
        for inliers, transform in _hypotheses(first, other):
            found = _judge(first, other, transform, inliers, mirror)
            if found.similarity > best.similarity:
                best = found
        if best.similarity >= 0.9:
            break
    return (
        best
        if best.similarity == 0 or _is_one_shot(first, _mirror(second) if best.mirror else second, best)
        else replace(best, similarity=best.similarity / 2)
    )


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
    source, target = _mutual(first, second)
    smallest = min(max(first.width, first.height), max(second.width, second.height), CANVAS)
    stretched = source * (np.array(_side(first)) / np.array(_side(second)))
    apart = np.hypot(*(stretched - target).T)
    around, common = apart < 0.12, apart < 0.05
    if common.sum() >= 5 and (apart[around] > 2.5 * SAME_PLACE * CANVAS / smallest).mean() > 0.3:
        return False  # some of the picture stayed and some of it moved
    if common.sum() < 5:
        return found.overlap > 0.98 and abs(found.zoom - 1) < 0.02
    return float(np.median(apart[common])) < SAME_PLACE * CANVAS / smallest


def _mutual(first: Description, second: Description) -> tuple[Floats, Floats]:
    """Places of features that are each other's nearest by their bits: in the second photo, in the first."""
    if not len(first.points) or not len(second.points):
        return np.zeros((0, 2), dtype=np.float32), np.zeros((0, 2), dtype=np.float32)
    differing = _BITS[first.descriptors[:, None, :] ^ second.descriptors[None, :, :]].sum(axis=2, dtype=np.int64)
    nearest = differing.argmin(axis=1)
    each = np.arange(len(nearest))
    mutual = (differing[each, nearest] <= NEAR_BITS) & (differing.argmin(axis=0)[nearest] == each)
    return second.points[nearest[mutual]], first.points[each[mutual]]


def _mirror(photo: Description) -> Description:
    points = photo.points.copy()
    points[:, 0] = photo.width / max(photo.width, photo.height) - points[:, 0]
    return Description(
        photo.width,
        photo.height,
        np.ascontiguousarray(photo.thumbnail[:, ::-1]),
        points,
        photo.sizes,
        np.pi - photo.directions,
        mirrored(photo.descriptors),
    )


def _hypotheses(first: Description, second: Description) -> list[tuple[int, Floats]]:
    """Transforms (2 x 3, from places in the second photo to places in the first, units of the longest sides) with their inliers."""
    stretch = np.array(
        [[_side(first)[0] / _side(second)[0], 0, 0], [0, _side(first)[1] / _side(second)[1], 0]], dtype=np.float32
    )  # the whole picture on the whole picture, whatever the proportions
    found = [(0, stretch)]
    if not len(first.points) or not len(second.points):
        return found
    differing = _BITS[first.descriptors[:, None, :] ^ second.descriptors[None, :, :]].sum(axis=2, dtype=np.int64)
    second_best = np.partition(differing, min(1, differing.shape[1] - 1), axis=1)[:, min(1, differing.shape[1] - 1)]
    nearest = differing <= np.minimum(NEAR_BITS, second_best)[:, None]
    i, j = np.nonzero(nearest)
    if not len(i):
        return found
    zoom = first.sizes[i] / second.sizes[j]
    turn = np.angle(np.exp(1j * (first.directions[i] - second.directions[j])))
    plausible = (np.abs(turn) < LARGEST_TURN) & (np.abs(np.log(zoom)) < np.log(LARGEST_ZOOM))
    i, j, zoom, turn = i[plausible], j[plausible], zoom[plausible], turn[plausible]
    if not len(i):
        return found
    a, b = first.points[i], second.points[j]
    cosine, sine = zoom * np.cos(turn), zoom * np.sin(turn)
    moved_x = cosine[:, None] * (b[None, :, 0] - b[:, None, 0]) - sine[:, None] * (b[None, :, 1] - b[:, None, 1]) + a[:, None, 0]
    moved_y = sine[:, None] * (b[None, :, 0] - b[:, None, 0]) + cosine[:, None] * (b[None, :, 1] - b[:, None, 1]) + a[:, None, 1]
    near = np.hypot(moved_x - a[None, :, 0], moved_y - a[None, :, 1]) < NEAR_PLACE * np.maximum(1.0, zoom)[:, None] * 1.5
    near &= np.abs(np.log(zoom[None, :] / zoom[:, None])) < 0.45
    near &= np.abs(np.angle(np.exp(1j * (turn[None, :] - turn[:, None])))) < 0.35
    votes = near.sum(axis=1)
    for vote in np.argsort(-votes, kind="stable")[:1]:
        inside = np.flatnonzero(near[vote])
        count = min(len(set(i[inside].tolist())), len(set(j[inside].tolist())))
        if count >= 3:
            found.append((count, _fit(b[inside], a[inside])))
    return found[::-1]


def _fit(source: Floats, target: Floats) -> Floats:
    """Least-squares similarity transform (Umeyama 1991), without reflection."""
    s, t = source.mean(axis=0), target.mean(axis=0)
    x, y = source - s, target - t
    spread = float((x**2).sum()) or 1e-9
    cosine = float((x * y).sum()) / spread
    sine = float((x[:, 0] * y[:, 1] - x[:, 1] * y[:, 0]).sum()) / spread
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([turn, t - turn @ s]).astype(np.float32)


def _side(photo: Description) -> tuple[float, float]:
    longest = max(photo.width, photo.height)
    return photo.width / longest, photo.height / longest


def _to_cells(photo: Description) -> NDArray[np.float64]:
    """Places (units of the longest side) to thumbnail cells, 3 x 3."""
    width, height = _side(photo)
    rows, columns = photo.thumbnail.shape
    return np.array([[columns / width, 0, -0.5], [0, rows / height, -0.5], [0, 0, 1.0]])


def _judge(first: Description, second: Description, transform: Floats, inliers: int, mirror: bool) -> Match:
    """Lays the wider view on the closer one, cell by cell, and reads what is left over."""
    whole = np.vstack([transform, [0, 0, 1]]).astype(np.float64)
    size = float(np.sqrt(abs(np.linalg.det(whole[:2, :2]))))
    if size < 1.0:  # the second photo's content appears smaller in the first: the second is the closer view
        template, scene, lay = second, first, whole
    else:
        template, scene, lay = first, second, np.linalg.inv(whole)
    warp = (_to_cells(scene) @ lay @ np.linalg.inv(_to_cells(template)))[:2].astype(np.float32)
    best, strange = _residual(template.thumbnail, scene.thumbnail, warp, inliers, mirror)
    if strange is None or best.similarity >= 0.97 or best.correlation < (0.3 if inliers else 0.5):
        return replace(best, zoom=1 / best.zoom) if template is first else best
    for mask in (strange, np.zeros_like(strange)):
        clear = np.where(mask, 0, 255).astype(np.uint8)  # what looks laid over must not pull the photos out of place
        try:
            refined = _refined(template.thumbnail, scene.thumbnail, warp, _warped(clear, warp, scene))
        except cv2.error:
            continue
        found, _ = _residual(template.thumbnail, scene.thumbnail, refined, inliers, mirror)
        if found.similarity > best.similarity:
            best = found
        if not strange.any() or best.similarity >= 0.8:
            break
    return replace(best, zoom=1 / best.zoom) if template is first else best


def _refined(template: Floats, scene: Floats, warp: Floats, mask: NDArray[np.uint8]) -> Floats:
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


def _tone_curve(shown: Floats, seen: Floats) -> NDArray[np.float64]:
    """Cubic from what is shown (standardised) to what is seen, highest power first, fitted to the cells that agree best."""
    step = -(-len(shown) // TONE_CELLS)
    powers, wanted = np.vander(shown[::step].astype(np.float64), 4), seen[::step].astype(np.float64)
    keep = np.ones(len(wanted), dtype=bool)
    curve = np.zeros(4)
    for _ in range(3):
        if keep.sum() <= 50:
            break
        some = powers[keep]
        curve = np.linalg.solve(some.T @ some + 1e-6 * np.eye(4), some.T @ wanted[keep])
        rest = np.abs(wanted - powers @ curve)
        keep = rest <= max(float(np.partition(rest, 3 * len(rest) // 4)[3 * len(rest) // 4]), 3.0)
    return curve


def _warped(mask: NDArray[np.uint8], warp: Floats, scene: Description) -> NDArray[np.uint8]:
    """A mask over the closer view, laid on the wider one."""
    rows, columns = scene.thumbnail.shape
    laid = cv2.warpAffine(mask, warp, (columns, rows), flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,))
    return np.asarray(laid, dtype=np.uint8)


def _residual(template: Floats, scene: Floats, warp: Floats, inliers: int, mirror: bool) -> tuple[Match, NDArray[np.bool_] | None]:
    """What a transform leaves different, and where (None where the transform is out of the question)."""
    zoom = float(np.sqrt(abs(np.linalg.det(warp[:, :2])) * template.size / scene.size))
    turn = float(np.degrees(np.arctan2(warp[1, 0] - warp[0, 1], warp[0, 0] + warp[1, 1])))
    straight = inliers > 0 or (
        zoom > 0.8 and abs(turn) < 6
    )  # a whole picture on a whole picture; anything else must be borne out by features
    if not straight or not 1 / LARGEST_ZOOM < zoom < 1.15 or abs(turn) > np.degrees(LARGEST_TURN):
        return NOTHING, None
    rows, columns = template.shape
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(scene, warp, (columns, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpAffine(np.ones_like(scene), warp, (columns, rows), flags=flags) > 0.98
    if inside.sum() < 150:
        return NOTHING, None
    density = float(np.sqrt(abs(np.linalg.det(warp[:, :2]))))  # scene cells per template cell
    cells = template if density > 0.9 else cv2.GaussianBlur(template, (0, 0), 0.45 * np.sqrt(1 / density**2 - 1) + 1e-3)
    shown, seen = laid[inside], cells[inside]
    if shown.std() < 2 or seen.std() < 2:
        return NOTHING, None  # a plain wall lies well on every plain wall
    centre, scale = float(shown.mean()), float(shown.std())
    curve = _tone_curve((shown - centre) / scale, np.asarray(seen, np.float32))
    expected = np.polyval(curve, np.clip((laid - centre) / scale, -3, 3)).astype(np.float32)
    gradient = cv2.morphologyEx(cells, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    strange = inside & (np.abs(cells - expected) > 9.0 + 0.45 * gradient)
    explained = _strips(strange, inside)
    plain = inside & ~explained
    if plain.sum() < 150 or curve[2] <= 0 or expected[plain].std() < 2 or cells[plain].std() < 2:
        return NOTHING, strange
    correlation = float(np.corrcoef(cells[plain], expected[plain])[0, 1])
    padded = warp.copy()
    padded[:, 2] += 1  # a cell more on every side: a picture that ends where the other's frame ends lies within it
    frame = np.ones((scene.shape[0] + 2, scene.shape[1] + 2), dtype=np.float32)
    overlap = float((cv2.warpAffine(frame, padded, (columns, rows), flags=flags) > 0.98).mean())
    area = float(inside.sum())
    changed, covered = float((strange & ~explained).sum() / area), float(explained.sum() / area)
    rest = float(np.abs(cells[plain] - expected[plain]).mean() / cells[plain].std())
    same_size = abs(zoom - 1) < STAYED_ZOOM
    same_form = abs(np.log(columns / rows * scene.shape[0] / scene.shape[1])) < SAME_FORM
    stayed = same_size and same_form and abs(turn) < STAYED_TURN
    unlike = rest / (LARGEST_REST_IN_PLACE if stayed else LARGEST_REST)
    similarity = max(0.0, correlation) * (1 - min(1.0, 5 * changed)) * min(1.0, overlap / 0.9) * (1 if covered < 0.4 else 0)
    similarity *= float(np.clip(2 - unlike, 0, 1))
    if same_size:
        low, high = LEAST_AGREEMENT
        similarity *= float(np.clip((_agreement(np.asarray(cells, np.float32), expected, plain) - low) / (high - low), 0, 1))
    return Match(inliers, correlation, overlap, changed, covered, zoom, turn, mirror, float(similarity)), strange


def _agreement(seen: Floats, expected: Floats, where: NDArray[np.bool_]) -> float:
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
    return float(np.quantile((both / (np.sqrt(variance_seen * variance_expected) + 1e-3))[detailed], 0.1))


def _strips(strange: NDArray[np.bool_], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells under strips that run along a whole edge: rows or columns from the edge on that are mostly strange."""
    explained = np.zeros_like(strange)
    for turned in range(4):
        here, there = np.rot90(strange, turned), np.rot90(inside, turned)
        view = np.rot90(explained, turned)
        shares = here.sum(axis=1) / np.maximum(there.sum(axis=1), 1)
        depth = 0
        limit = len(shares) // 3
        while depth < limit and (shares[depth : depth + 2].max() > 0.45 or not there[depth].any()):
            depth += 1
        view[:depth] = there[:depth]
    return explained
