"""What a photo looks like in space, in some 6 kB, and whether two photos are one picture.

`describe` keeps of a photo a small grey thumbnail (about 3,600 cells, the photo's own proportions) and at most 120 local features (place,
size, direction and a 128-bit descriptor). `udfs.geometry_match.match` finds the similarity transform - mirrored ones included - that lays
one photo on the other from the local features, refines it on the thumbnails, and then judges what is left over: a copy explains all of the
common area except strips along an edge (a banner, a caption) and small stamps, whereas two frames of a burst or two photos of one building
leave differences all over the picture.

Sources: oriented FAST corners and rotated binary comparisons are those of ORB (Rublee et al., ICCV 2011); adaptive non-maximal suppression
is that of Brown, Szeliski and Winder (CVPR 2005); the voting by single features that carry size and direction is Lowe's (IJCV 2004). That
the pattern of comparisons is its own mirror image, so that the descriptor of the mirrored photo is the stored one with its halves swapped,
is ours.
"""

import struct
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

VERSION = 4
CANVAS = 320  # longest side, in pixels, at which local features are taken
THUMBNAIL_CELLS = 3600  # 1,000 cells do not show that somebody moved a hand between two frames of a burst
FEATURES = 120  # a crop shares with its source what both happen to keep: with 46 one in ten shared too little
CORNERS = 240  # corners found before the spreading
DESCRIPTOR_BYTES = 16
LONGEST_THUMBNAIL = 250  # cells; a size has one byte
HEADER = struct.Struct("<BBBBHH")  # version, features, thumbnail width, thumbnail height, photo width, photo height
FEATURE_BYTES = 4 + DESCRIPTOR_BYTES  # x, y (1/256 of the longest side), size (1/16 octave), direction (1/256 turn), descriptor
PYRAMID_STEP = 1.2
PYRAMID_LEVELS = 7
PATCH_RADIUS = 15.0

# Ends of 64 comparisons (x, y, x, y, each plus 16), chosen greedily out of 2,246 so that each bit, and its mirror image, is set about as
# often as not and says little that the others say (as ORB chose its own), on features of photos of clothes, rooms, food and landmarks.
_COMPARISONS = (
    "0a060d100e0c0c03120a131d161d141106190b13111311031203120b1207120d081003151718160f170f1c17081a0c0c1806170c0f0310171a161c100e090c1d"
    "02130816040f06170b10070b1a191d13170c1e10071708101318140e0e0e0e070a0d031214141a1a0e060e1317081d0b1503160a130f15090415071b180a171c"
    "1d0b1718081b091506100a09131718050906081403160c0a040e0c0c140e191605080c080b170a0f1516191110111209060a0d0d15041a08170f15060f031209"
    "1b1615150b160d04080c0b050b160f110d1006120d150f1d0a1b02111a19140511130c0307060d1c15051114040b0b1d1d10161d08050f0a0b1d05181604110b"
)

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Description:
    """One photo's description, unpacked.

    Attributes:
        width: Pixels of the photo.
        height: Pixels of the photo.
        thumbnail: Grey values, shape (h, w), float32 in [0, 255].
        points: Places of the features, shape (n, 2), in units of the longest side.
        sizes: Diameter of each feature's patch in units of the longest side, shape (n,).
        directions: Direction of each feature in radians, shape (n,).
        descriptors: Binary comparisons, shape (n, 16), uint8.
    """

    width: int
    height: int
    thumbnail: Floats
    points: Floats
    sizes: Floats
    directions: Floats
    descriptors: Bytes


@lru_cache(maxsize=1)
def _pattern() -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Sampling points (p, 2) and the two ends of the 128 comparisons.

    Comparison i + 64 is comparison i mirrored at the feature's own axis.
    """
    halves = (np.frombuffer(bytes.fromhex(_COMPARISONS), np.uint8).astype(np.float32) - 16).reshape(-1, 2, 2)
    bits = len(halves)
    halves = halves.transpose(1, 0, 2).reshape(-1, 2)
    points = np.concatenate([halves, halves * (1, -1)]).astype(np.float32)
    ends_a = np.concatenate([np.arange(bits), np.arange(bits) + 2 * bits])
    return points, ends_a, ends_a + bits


@lru_cache(maxsize=8)
def _detector(limit: int) -> cv2.ORB:
    return cv2.ORB.create(
        nfeatures=limit,
        scaleFactor=PYRAMID_STEP,
        nlevels=PYRAMID_LEVELS,
        edgeThreshold=12,
        patchSize=31,
        fastThreshold=7,
        scoreType=cv2.ORB_HARRIS_SCORE,
    )


def _spread(points: Floats, responses: Floats, count: int) -> NDArray[np.int64]:
    """Indices of `count` points, each far from every clearly stronger one (adaptive non-maximal suppression)."""
    order = np.argsort(-responses, kind="stable")
    if len(order) <= count:
        return order
    x, y = points[order, 0], points[order, 1]
    apart = np.square(x[:, None] - x) + np.square(y[:, None] - y)
    apart[responses[order] * np.float32(0.9) <= responses[order][:, None]] = np.inf
    radius = apart.min(axis=1)
    return np.asarray(order[np.argsort(-radius, kind="stable")[:count]])


def _describe_points(canvas: Bytes, keypoints: list[cv2.KeyPoint]) -> Bytes:
    """Binary comparisons around each keypoint in its own pyramid level and direction, shape (n, 16)."""
    pattern, ends_a, ends_b = _pattern()
    octaves = np.array([point.octave for point in keypoints])
    places = np.array([point.pt for point in keypoints], dtype=np.float32)
    turns = np.deg2rad(np.array([point.angle for point in keypoints], dtype=np.float32))
    cosines, sines = np.cos(turns)[:, None], np.sin(turns)[:, None]
    x = cosines * pattern[:, 0] - sines * pattern[:, 1]
    y = sines * pattern[:, 0] + cosines * pattern[:, 1]
    samples = np.empty(x.shape, dtype=np.uint8)
    height, width = canvas.shape
    for octave in np.unique(octaves):
        factor = PYRAMID_STEP ** float(octave)
        size = (max(1, round(width / factor)), max(1, round(height / factor)))
        level = canvas if octave == 0 else cv2.resize(canvas, size, interpolation=cv2.INTER_AREA)
        level = cv2.GaussianBlur(level, (7, 7), 2.0)
        here = octaves == octave
        columns = np.rint(places[here, 0:1] / factor + x[here]).astype(np.int64).clip(0, size[0] - 1)
        rows = np.rint(places[here, 1:2] / factor + y[here]).astype(np.int64).clip(0, size[1] - 1)
        samples[here] = level[rows, columns]
    return np.packbits(samples[:, ends_a] < samples[:, ends_b], axis=1)


def describe(image: Image.Image) -> bytes:
    """Describes a decoded photo in some 6 kB.

    Args:
        image: The photo, upright (EXIF orientation applied), any mode and size; 320 pixels of longest side are enough.

    Returns:
        The packed description: header, thumbnail, local features. Deterministic for the same pixels.
    """
    width, height = image.size
    longest = max(width, height)
    light = image.convert("L")
    if longest > 2 * CANVAS:
        light = light.reduce(longest // CANVAS)  # a fast box filter before the exact resize
    grey = np.asarray(light)
    shape = (max(16, round(width * CANVAS / longest)), max(16, round(height * CANVAS / longest)))
    canvas = np.asarray(cv2.resize(grey, shape, interpolation=cv2.INTER_AREA if longest > CANVAS else cv2.INTER_LINEAR), dtype=np.uint8)
    edge = np.sqrt(THUMBNAIL_CELLS / (shape[0] * shape[1]))
    cells = (int(np.clip(shape[0] * edge, 8, LONGEST_THUMBNAIL)), int(np.clip(shape[1] * edge, 8, LONGEST_THUMBNAIL)))
    thumbnail = cv2.resize(canvas, cells, interpolation=cv2.INTER_AREA)

    found = _detector(CORNERS).detect(canvas, None)
    points = np.array([point.pt for point in found], dtype=np.float32).reshape(-1, 2)
    chosen = [found[i] for i in _spread(points, np.array([point.response for point in found], dtype=np.float32), FEATURES)]
    packed = b""
    if chosen:
        rows = np.zeros((len(chosen), FEATURE_BYTES), dtype=np.uint8)
        rows[:, 0:2] = np.clip(np.array([point.pt for point in chosen]) * (256 / CANVAS), 0, 255).astype(np.uint8)
        rows[:, 2] = np.rint(np.array([point.octave for point in chosen]) * (16 * np.log2(PYRAMID_STEP))).astype(np.uint8)
        rows[:, 3] = (np.rint(np.array([point.angle for point in chosen]) * (256 / 360)).astype(np.int64) % 256).astype(np.uint8)
        rows[:, 4:] = _describe_points(canvas, chosen)
        packed = rows.tobytes()
    header = HEADER.pack(VERSION, len(chosen), cells[0], cells[1], min(width, 65535), min(height, 65535))
    return header + thumbnail.tobytes() + packed


def unpack(description: bytes) -> Description:
    """Reads what `describe` wrote.

    Raises:
        ValueError: The bytes are of another version or cut short.
    """
    version, features, columns, rows, width, height = HEADER.unpack_from(description)
    if version != VERSION or len(description) != HEADER.size + columns * rows + features * FEATURE_BYTES:
        raise ValueError(f"not a photo description of version {VERSION}: {len(description)} bytes, version {version}")
    thumbnail = np.frombuffer(description, np.uint8, columns * rows, HEADER.size).reshape(rows, columns)
    table = np.frombuffer(description, np.uint8, offset=HEADER.size + columns * rows).reshape(features, FEATURE_BYTES)
    return Description(
        width=width,
        height=height,
        thumbnail=thumbnail.astype(np.float32),
        points=((table[:, 0:2] + 0.5) / 256).astype(np.float32),
        sizes=(2 * PATCH_RADIUS / CANVAS * np.exp2(table[:, 2] / 16.0)).astype(np.float32),
        directions=(table[:, 3] * (2 * np.pi / 256)).astype(np.float32),
        descriptors=table[:, 4:],
    )


def mirrored(descriptors: Bytes) -> Bytes:
    """Descriptors of the same features in the mirrored photo: the halves change places."""
    half = DESCRIPTOR_BYTES // 2
    return np.concatenate([descriptors[:, half:], descriptors[:, :half]], axis=1)
