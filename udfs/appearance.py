"""Clothes and hair of the main person, as a vector that is near for one occasion and far for another.

The photo network has seen the whole photo already: its maps are averaged over the main person alone, so that the background has no
say (a person who is small in the photo is looked at once more, nearer). Colours are soft histograms over chromaticity and over lightness
relative to the clothes' own, of the clothes as a whole, their upper and lower half and the hair, so that the light matters little. What
`train_photo_models` learns on top whitens away what changes from view to view of one person (within-class covariance normalisation:
Hatch and Stolcke 2006).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from udfs.people import Bools, Face, Floats, People
from udfs.photo_network import PhotoNetwork, Seen

Bytes = NDArray[np.uint8]

CROP_SIDE: Final = 224
_GREY: Final = 127
_LEAST_PERSON: Final = 0.01  # share of the photo
_LEAST_BOX: Final = 0.2  # share of the photo below which the person's box is looked at once more
_MARGIN: Final = 0.08  # of the box, on each side, in that second look
_CHROMA_BINS: Final = 12
_LIGHT_BINS: Final = 12


@dataclass(frozen=True)
class Regions:
    """The main person cut out, and where clothes and hair are.

    Attributes:
        crop: RGB, 224 x 224, the person's box squeezed, everything else grey.
        clothes: shape (224, 224).
        hair: shape (224, 224).
        centre: weight of each pixel when halves of the clothes are compared, shape (224, 224).
        subject: where the person is in the whole photo, any shape, the photo squeezed.
        box: left, top, right and bottom of the person as shares of the photo.
    """

    crop: Bytes
    clothes: Bools
    hair: Bools
    centre: Floats
    subject: Bools
    box: tuple[float, float, float, float]


def cut_out(image: Image.Image, people: People) -> Regions | None:
    """Cuts out the main person; None when there is too little of one."""
    if float(people.person.mean()) < _LEAST_PERSON:
        return None
    side = people.person.shape[0]
    rows, columns = np.flatnonzero(people.person.any(1)), np.flatnonzero(people.person.any(0))
    top, bottom, left, right = rows[0] / side, (rows[-1] + 1) / side, columns[0] / side, (columns[-1] + 1) / side
    box = (left * image.width, top * image.height, right * image.width, bottom * image.height)
    if box[2] - box[0] < 2 or box[3] - box[1] < 2:
        return None
    crop = np.array(image.resize((CROP_SIDE, CROP_SIDE), Image.Resampling.BILINEAR, box=box, reducing_gap=2.0))
    part = people.person[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    inside = cv2.resize(part, (CROP_SIDE, CROP_SIDE), interpolation=cv2.INTER_LINEAR) > 0.5
    crop[~inside] = _GREY
    hair, clothes = _hair_and_clothes(inside, people.main_face, (left, top, right, bottom))
    return Regions(crop, clothes, hair, np.ones(inside.shape, np.float32), people.person, (left, top, right, bottom))


def _hair_and_clothes(inside: Bools, face: Face | None, box: tuple[float, float, float, float]) -> tuple[Bools, Bools]:
    if face is None:
        return np.zeros_like(inside), inside
    left, top, right, bottom = box
    rows = top + (np.arange(CROP_SIDE)[:, None] + 0.5) / CROP_SIDE * (bottom - top)
    columns = left + (np.arange(CROP_SIDE)[None, :] + 0.5) / CROP_SIDE * (right - left)
    height, width = face.bottom - face.top, face.right - face.left
    # The detector's box spans brows to chin: hair lies above and beside it, clothes below the chin.
    beside = (columns > face.left - 0.6 * width) & (columns < face.right + 0.6 * width)
    head = beside & (rows > face.top - 0.8 * height) & (rows < face.bottom + 0.1 * height)
    skin = (columns > face.left + 0.02 * width) & (columns < face.right - 0.02 * width) & (rows > face.top - 0.05 * height)
    return inside & head & ~skin, inside & (rows > face.bottom + 0.15 * height)


def whole(image: Image.Image) -> Regions:
    """The whole photo taken for the subject: for photos of a garment that nobody wears."""
    crop = np.array(image.resize((CROP_SIDE, CROP_SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0))
    everything = np.ones(crop.shape[:2], np.bool_)
    line = np.linspace(-1.0, 1.0, CROP_SIDE, dtype=np.float32) ** 2
    centre: Floats = np.exp(-(line[:, None] + line[None, :]) / np.float32(0.8)).astype(np.float32)
    return Regions(crop, everything, ~everything, centre, everything, (0.0, 0.0, 1.0, 1.0))


def raw_features(image: Image.Image, regions: Regions, seen: Seen, network: PhotoNetwork) -> dict[str, Floats]:
    """The measurements that the appearance is made of, by name; every one has length 1, or 0 when its region is not seen.

    Args:
        image: the decoded photo.
        regions: of its main person.
        seen: what the network made of the whole photo.
        network: the photo network, for a second look at a small person (and always for a network that gives no maps).
    """
    clothes = regions.clothes if regions.clothes.mean() > 0.02 else regions.clothes | regions.hair
    rows = np.flatnonzero(clothes.any(1))
    upper = np.arange(CROP_SIDE)[:, None] < (rows[0] + rows[-1] + 1) / 2
    weights = clothes * regions.centre
    pixels = _Pixels(regions.crop)
    features = {
        "colour": pixels.colours(clothes.astype(np.float32)),
        "colour_upper": pixels.colours(weights * upper),
        "colour_lower": pixels.colours(weights * ~upper),
        "hair": pixels.colours(regions.hair.astype(np.float32)),
    }
    if not seen.deep.size:
        features["deep"] = _unit(network.see(Image.fromarray(regions.crop)).embedding)
        return features
    subject = regions.subject
    left, top, right, bottom = regions.box
    if (right - left) * (bottom - top) < _LEAST_BOX:
        seen, subject = _look_nearer(image, regions, network)
    features["deep"] = _unit(_signed_root(_average(seen.deep, subject)))
    for name, maps in (("middle", seen.middle), ("shallow", seen.shallow)):
        mean = _average(maps, subject)
        features[name] = _unit(mean)
        features[f"{name}_spread"] = _unit(np.sqrt(_average(np.square(maps - mean[:, None, None], dtype=np.float32), subject)))
    return features


def _look_nearer(image: Image.Image, regions: Regions, network: PhotoNetwork) -> tuple[Seen, Bools]:
    """The network's opinion of the person's box with some margin, and where the person is in it."""
    left, top, right, bottom = regions.box
    across, down = _MARGIN * (right - left), _MARGIN * (bottom - top)
    left, top, right, bottom = max(0.0, left - across), max(0.0, top - down), min(1.0, right + across), min(1.0, bottom + down)
    box = (round(left * image.width), round(top * image.height), round(right * image.width), round(bottom * image.height))
    if box[2] - box[0] < 2 or box[3] - box[1] < 2:
        return network.see(image, side=CROP_SIDE), regions.subject
    height, width = regions.subject.shape
    inside = regions.subject[int(top * height) : math.ceil(bottom * height), int(left * width) : math.ceil(right * width)]
    return network.see(image.crop(box), side=CROP_SIDE), inside


def join(features: Mapping[str, Floats]) -> Floats:
    """Joins the measurements with fixed weights to one vector of length 1."""
    return _unit(joined(features))


def joined(features: Mapping[str, Floats]) -> Floats:
    """The measurements one after the other, in the order of their names, with fixed weights: what a learned head sees."""
    return np.concatenate([np.float32(_WEIGHTS.get(name, 1.0)) * features[name] for name in sorted(features)])


_WEIGHTS: Final[Mapping[str, float]] = {"deep": 2.0, "hair": 0.5}


@dataclass(frozen=True)
class AppearanceHead:
    """A learned projection: within-subject scatter whitened, the directions kept in which photos differ most after that.

    Attributes:
        mean: of the joined measurements, shape (d,).
        projection: shape (d, k).
        common: share of the squared length that all appearances have in common, in [0, 1): an added constant entry that brings the
            cosine distances of different subjects, which whitening drives to 1, to the middle of the scale. It changes no order.
    """

    mean: Floats
    projection: Floats
    common: float = 0.0

    def project(self, features: Mapping[str, Floats]) -> Floats:
        """The appearance, shape (k + 1,), length 1."""
        return np.asarray(self.project_all(joined(features)[None])[0], dtype=np.float32)

    def project_all(self, measurements: Floats) -> Floats:
        """The appearances of joined measurements, shape (n, d), as rows of length 1, shape (n, k + 1)."""
        looks = (measurements - self.mean) @ self.projection
        looks = looks / np.maximum(np.linalg.norm(looks, axis=1, keepdims=True), 1e-9) * math.sqrt(1 - self.common)
        constant = np.full((len(looks), 1), math.sqrt(self.common))
        return np.hstack([looks, constant]).astype(np.float32)


def learn_head(
    measurements: Floats, subjects: NDArray[np.int64], *, kept: int = 256, shrinkage: float = 0.1, common: float = 0.0
) -> AppearanceHead:
    """Learns the projection from views of subjects.

    Args:
        measurements: joined measurements of each view, shape (views, d).
        subjects: number of the subject of each view, shape (views,).
        kept: dimensions of the appearance.
        shrinkage: share of the within-subject scatter that is replaced by its mean variance, in [0, 1].
        common: see `AppearanceHead`.
    """
    mean = measurements.mean(0)
    centred = (measurements - mean).astype(np.float64)
    _, numbers = np.unique(subjects, return_inverse=True)
    counts = np.bincount(numbers)
    centres = np.zeros((counts.size, centred.shape[1]))
    np.add.at(centres, numbers, centred)
    centres /= counts[:, None]
    within = centred - centres[numbers]
    scatter = within.T @ within / len(within)
    scatter = (1 - shrinkage) * scatter + shrinkage * np.trace(scatter) / len(scatter) * np.eye(len(scatter))
    values, vectors = np.linalg.eigh(scatter)
    whitening = vectors / np.sqrt(values)
    _, directions = np.linalg.eigh(whitening.T @ (centred.T @ centred) @ whitening)
    projection = whitening @ directions[:, ::-1][:, :kept]
    return AppearanceHead(mean.astype(np.float32), projection.astype(np.float32), common)


def _average(maps: Floats, region: Bools) -> Floats:
    weights = cv2.resize(region.astype(np.float32), (maps.shape[2], maps.shape[1]), interpolation=cv2.INTER_AREA)
    total = float(weights.sum())
    if total < 1e-3:
        return np.asarray(maps.mean((1, 2)), dtype=np.float32)
    return np.asarray(maps.reshape(len(maps), -1) @ weights.ravel() / total, dtype=np.float32)


class _Pixels:
    """The colours of a crop's pixels, a quarter of them: that tells as much."""

    def __init__(self, crop: Bytes) -> None:
        colours = cv2.cvtColor(np.ascontiguousarray(crop[::2, ::2]), cv2.COLOR_RGB2LAB).reshape(-1, 3).astype(np.float32)
        self._light, self._chroma = colours[:, 0], colours[:, 1:] - np.float32(128.0)
        bins = np.clip((self._chroma / 192.0 + 0.5) * _CHROMA_BINS, 0, _CHROMA_BINS - 1e-3).astype(np.int64)
        self._bins = bins[:, 0] * _CHROMA_BINS + bins[:, 1]

    def colours(self, weights: Floats) -> Floats:
        """Colours of a region: a soft histogram of chromaticity, one of relative lightness, and how chromaticity goes with lightness.

        Args:
            weights: how much each pixel of the crop counts.

        Returns:
            Shape (180,): three parts of length 1 each; zeros for a region that is not seen.
        """
        weights = weights[::2, ::2].ravel()
        total = float(weights.sum())
        if total < _LEAST_PIXELS:
            return np.zeros(_CHROMA_BINS**2 + 3 * _LIGHT_BINS, np.float32)
        inside = np.flatnonzero(weights)
        weights, light, chroma = weights[inside], self._light[inside], self._chroma[inside]
        counts = np.bincount(self._bins[inside], weights, _CHROMA_BINS**2).astype(np.float32)
        soft = cv2.GaussianBlur(counts.reshape(_CHROMA_BINS, _CHROMA_BINS), (0, 0), 0.7)
        brightest = max(float(np.quantile(light[weights > 0.3 * weights.max()], 0.9)), 1.0)
        steps = np.clip(light / brightest * 10.0, 0, _LIGHT_BINS - 1e-3).astype(np.int64)
        shares = np.bincount(steps, weights, _LIGHT_BINS) / total
        tints = [np.bincount(steps, weights * chroma[:, axis], _LIGHT_BINS) / total / np.sqrt(shares + 1e-6) / 40.0 for axis in (0, 1)]
        parts = (np.sqrt(np.maximum(soft, 0.0)).ravel(), np.sqrt(shares), np.concatenate(tints))
        return np.concatenate([_unit(part.astype(np.float32)) for part in parts])


_LEAST_PIXELS: Final = 20.0


def _signed_root(values: Floats) -> Floats:
    return np.asarray(np.sign(values) * np.sqrt(np.abs(values)), dtype=np.float32)


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return (vector / np.float32(length)).astype(np.float32) if length > 1e-9 else vector.astype(np.float32)
