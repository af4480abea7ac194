"""Where the local features of two described photos lay one on the other (see `udfs.geometry`).

A pair of features that carry place, size and direction names a similarity transform by itself; the transform that most other pairs agree
with wins (Lowe, IJCV 2004). All pairs vote on each other in compiled loops: photos that have nothing in common cost a tenth of a
millisecond.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from udfs.compiled import compiled
from udfs.geometry import Description, mirrored
from udfs.local_bits import differing_bits

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
Words = NDArray[np.uint64]

NEAR_BITS = 30  # of 128 that may differ between a feature and its counterpart
NEAR_PLACE = 0.05  # of the longest side between a feature's place and the expected one, where sizes and directions are as coarse as here
LARGEST_TURN = np.deg2rad(22.0)
LARGEST_ZOOM = 3.2
ZOOM_APART = 0.45  # logarithm of the ratio of the zooms that two pairs of features name for one transform
TURN_APART = 0.35  # radians between the turns that they name
FEWEST = 3  # pairs of features that name a transform


@dataclass(frozen=True)
class Laying:
    """How one photo lies on the other.

    Attributes:
        inliers: Local features that agree with it; 0 where nothing but the grey values may speak for it.
        transform: From places in the second photo to places in the first, 2 x 3, units of the longest sides.
    """

    inliers: int
    transform: Floats

    @property
    def size(self) -> float:
        """How much longer lines of the second photo are in the first."""
        return float(np.sqrt(abs(np.linalg.det(self.transform[:, :2])))) or 1e-9


def mirror_image(photo: Description) -> Description:
    """The description of the mirrored photo."""
    points = photo.points.copy()
    points[:, 0] = photo.width / max(photo.width, photo.height) - points[:, 0]
    return replace(
        photo,
        thumbnail=np.ascontiguousarray(photo.thumbnail[:, ::-1]),
        points=points,
        directions=np.pi - photo.directions,
        descriptors=mirrored(photo.descriptors),
    )


def sides(photo: Description) -> tuple[float, float]:
    """Width and height in units of the longest side."""
    longest = max(photo.width, photo.height)
    return photo.width / longest, photo.height / longest


def whole_on_whole(first: Description, second: Description) -> Laying:
    """The whole picture on the whole picture, whatever the proportions."""
    (width, height), (other_width, other_height) = sides(first), sides(second)
    return Laying(0, np.array([[width / other_width, 0, 0], [0, height / other_height, 0]], dtype=np.float32))


def by_features(first: Description, second: Description) -> Laying | None:
    """The transform that most local features agree on; none where fewer than `FEWEST` do."""
    if not len(first.points) or not len(second.points):
        return None
    ours, theirs = _voted(_words(first), _words(second), _poses(first), _poses(second))
    inliers = min(len(set(ours.tolist())), len(set(theirs.tolist())))
    if inliers < FEWEST:
        return None
    laying = Laying(inliers, _fitted(second.points[theirs], first.points[ours]))
    return laying if abs(np.log(laying.size)) < np.log(LARGEST_ZOOM) else None


def unmoved(first: Description, second: Description) -> tuple[Floats, Floats]:
    """Places of features that are each other's nearest by their bits: in the second photo, in the first."""
    if not len(first.points) or not len(second.points):
        return np.zeros((0, 2), dtype=np.float32), np.zeros((0, 2), dtype=np.float32)
    apart = _apart(_words(first), _words(second))
    nearest = apart.argmin(axis=1)
    each = np.arange(len(nearest))
    mutual = (apart[each, nearest] <= NEAR_BITS) & (apart.argmin(axis=0)[nearest] == each)
    return second.points[nearest[mutual]], first.points[each[mutual]]


def _words(photo: Description) -> Words:
    return np.ascontiguousarray(photo.descriptors).view(np.uint64)


def _poses(photo: Description) -> Doubles:
    """Place, logarithm of the size, and direction of each feature, shape (n, 4)."""
    return np.column_stack([photo.points, np.log(photo.sizes), photo.directions]).astype(np.float64)


@compiled
def _apart(ours: Words, theirs: Words) -> Integers:
    """Bits in which each of our features differs from each of theirs."""
    apart = np.empty((len(ours), len(theirs)), dtype=np.int64)
    for i in range(len(ours)):
        for j in range(len(theirs)):
            apart[i, j] = differing_bits(ours[i, 0], ours[i, 1], theirs[j, 0], theirs[j, 1])
    return apart


@compiled
def _second_least(values: Integers) -> int:
    least = second = 1 << 30
    for value in values:
        if value < least:
            least, second = value, least
        elif value < second:
            second = value
    return second


@compiled
def _between(one: float, other: float) -> float:
    """The signed angle from one direction to the other, in [-pi, pi)."""
    return (other - one + np.pi) % (2 * np.pi) - np.pi


@compiled
def _plausible(apart: Integers, ours: Doubles, theirs: Doubles) -> tuple[Integers, Integers]:
    """Pairs of features of which one is among the other's two nearest, and which no more than a copy's turn and zoom part."""
    of_row = np.array([_second_least(row) for row in apart])
    of_column = np.array([_second_least(column) for column in apart.T])
    left, right = np.empty(apart.size, dtype=np.int64), np.empty(apart.size, dtype=np.int64)
    count = 0
    for i in range(len(ours)):
        for j in range(len(theirs)):
            if apart[i, j] > NEAR_BITS or apart[i, j] > max(of_row[i], of_column[j]):
                continue
            if abs(ours[i, 2] - theirs[j, 2]) < np.log(LARGEST_ZOOM) and abs(_between(theirs[j, 3], ours[i, 3])) < LARGEST_TURN:
                left[count], right[count] = i, j
                count += 1
    return left[:count], right[:count]


@compiled
def _agree(ours: Doubles, theirs: Doubles, left: Integers, right: Integers, by: int) -> NDArray[np.bool_]:
    """Which pairs of features lie where the pair number `by` lets them expect."""
    a, b = ours[left[by]], theirs[right[by]]
    zoom, turn = a[2] - b[2], _between(b[3], a[3])
    cosine, sine = np.exp(zoom) * np.cos(turn), np.exp(zoom) * np.sin(turn)
    farthest = (NEAR_PLACE * max(1.0, np.exp(zoom))) ** 2
    agreeing = np.zeros(len(left), dtype=np.bool_)
    for number in range(len(left)):
        one, other = ours[left[number]], theirs[right[number]]
        x, y = other[0] - b[0], other[1] - b[1]
        off_x, off_y = a[0] + cosine * x - sine * y - one[0], a[1] + sine * x + cosine * y - one[1]
        agreeing[number] = (
            off_x * off_x + off_y * off_y < farthest
            and abs(one[2] - other[2] - zoom) < ZOOM_APART
            and abs(_between(turn, _between(other[3], one[3]))) < TURN_APART
        )
    return agreeing


@compiled
def _voted(our_words: Words, their_words: Words, ours: Doubles, theirs: Doubles) -> tuple[Integers, Integers]:
    """Our features and theirs of the largest set of pairs that agree with one of them."""
    left, right = _plausible(_apart(our_words, their_words), ours, theirs)
    best = np.zeros(len(left), dtype=np.bool_)
    for by in range(len(left)):
        agreeing = _agree(ours, theirs, left, right, by)
        if agreeing.sum() > best.sum():
            best = agreeing
    return left[best], right[best]


def _fitted(source: Floats, target: Floats) -> Floats:
    """Least-squares similarity transform (Umeyama 1991), without reflection."""
    source_middle, target_middle = source.mean(axis=0), target.mean(axis=0)
    x, y = source - source_middle, target - target_middle
    spread = float((x**2).sum()) or 1e-9
    cosine = float((x * y).sum()) / spread
    sine = float((x[:, 0] * y[:, 1] - x[:, 1] * y[:, 0]).sum()) / spread
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([turn, target_middle - turn @ source_middle]).astype(np.float32)
