"""Clothes and hair of the main person, as a vector that is near for one occasion and far for another.

The main person is cut out along the mask and laid on grey, so that the background has no say; the photo network looks at the
cut-out, and its maps are averaged over the clothes alone. Colours are compared as chromaticity histograms of clothes and of hair,
taken relative to the person's own brightness, so that the light matters little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from udfs.people import Bools, Face, Floats, People
from udfs.photo_network import PhotoNetwork

Bytes = NDArray[np.uint8]

CROP_SIDE: Final = 224
_GREY: Final = 127
_LEAST_PERSON: Final = 0.01  # share of the photo
_CHROMA_BINS: Final = 8
_LIGHT_BINS: Final = 4


@dataclass(frozen=True)
class Regions:
    """The main person cut out, and where clothes and hair are.

    Attributes:
        crop: RGB, 224 x 224, the person's box squeezed, everything else grey.
        clothes: shape (224, 224).
        hair: shape (224, 224).
    """

    crop: Bytes
    clothes: Bools
    hair: Bools


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
    return Regions(crop, clothes, hair)


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


def describe(image: Image.Image, people: People, network: PhotoNetwork, head: AppearanceHead | None = None) -> Floats | None:
    """Describes clothes and hair of the main person.

    Args:
        image: the decoded photo.
        people: who was found in it.
        network: the photo network.
        head: learned projection of the measurements; None joins them with fixed weights.

    Returns:
        A vector of length 1, or None when there is nobody to describe.
    """
    regions = cut_out(image, people)
    if regions is None:
        return None
    features = raw_features(regions, network)
    return join(features) if head is None else head.project(features)


def whole(image: Image.Image) -> Regions:
    """The whole photo taken for the subject: for photos of a garment that the mask's network does not see."""
    crop = np.array(image.resize((CROP_SIDE, CROP_SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0))
    return Regions(crop, np.ones(crop.shape[:2], np.bool_), np.zeros(crop.shape[:2], np.bool_))


def raw_features(regions: Regions, network: PhotoNetwork) -> dict[str, Floats]:
    """The measurements that the appearance is made of, by name; every one has length 1, or 0 when its region is not seen."""
    seen = network.see(Image.fromarray(regions.crop), side=CROP_SIDE)
    clothes = regions.clothes if regions.clothes.mean() > 0.02 else regions.clothes | regions.hair
    features = {
        "deep": _unit(_average(seen.deep, clothes) if seen.deep.size else seen.embedding),
        "clothes": _unit(_colours(regions.crop, clothes)),
        "hair": _unit(_colours(regions.crop, regions.hair)),
    }
    if seen.middle.size:
        mean = _average(seen.middle, clothes)
        spread = _average(np.square(seen.middle - mean[:, None, None], dtype=np.float32), clothes)
        features["middle"] = _unit(mean)
        features["texture"] = _unit(np.sqrt(spread))
        features["shallow"] = _unit(np.sqrt(_average(seen.shallow**2, clothes)))
    return features


def join(features: Mapping[str, Floats]) -> Floats:
    """Joins the measurements with fixed weights to one vector of length 1."""
    return _unit(np.concatenate([_WEIGHTS.get(name, 0.0) * features[name] for name in sorted(features)]))


_WEIGHTS: Final[Mapping[str, float]] = {"deep": 0.75, "middle": 0.4, "clothes": 0.7, "hair": 0.35}


def joined(features: Mapping[str, Floats]) -> Floats:
    """The measurements one after the other, in the order of their names: what a learned head sees."""
    return np.concatenate([features[name] for name in sorted(features)])


@dataclass(frozen=True)
class AppearanceHead:
    """A learned projection (linear discriminants: within-subject scatter whitened, then the directions that tell subjects apart).

    Attributes:
        mean: of the joined measurements, shape (d,).
        projection: shape (d, k).
    """

    mean: Floats
    projection: Floats

    def project(self, features: Mapping[str, Floats]) -> Floats:
        """The appearance, shape (k,), length 1."""
        return _unit((joined(features) - self.mean) @ self.projection)


def learn_head(measurements: Floats, subjects: NDArray[np.int64], *, kept: int = 128, shrinkage: float = 0.1) -> AppearanceHead:
    """Learns the projection from views of subjects (linear discriminant analysis with shrinkage; Fisher 1936, Hatch and Stolcke 2006).

    Args:
        measurements: joined measurements of each view, shape (views, d).
        subjects: number of the subject of each view, shape (views,).
        kept: dimensions of the appearance.
        shrinkage: share of the within-subject scatter that is replaced by its mean variance, in [0, 1].
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
    _, _, directions = np.linalg.svd(centres @ whitening, full_matrices=False)
    projection = whitening @ directions[:kept].T
    return AppearanceHead(mean.astype(np.float32), projection.astype(np.float32))


def _average(maps: Floats, region: Bools) -> Floats:
    weights = cv2.resize(region.astype(np.float32), (maps.shape[2], maps.shape[1]), interpolation=cv2.INTER_AREA)
    total = float(weights.sum())
    if total < 1e-3:
        return np.asarray(maps.mean((1, 2)), dtype=np.float32)
    return np.asarray((maps * weights).sum((1, 2)) / total, dtype=np.float32)


def _colours(crop: Bytes, region: Bools) -> Floats:
    """Histogram over chromaticity (8 x 8) and relative lightness (4), as square roots (Hellinger)."""
    size = _CHROMA_BINS * _CHROMA_BINS * _LIGHT_BINS
    if int(region.sum()) < 30:
        return np.zeros(size, np.float32)
    colours = cv2.cvtColor(crop, cv2.COLOR_RGB2LAB)[region].astype(np.float32)
    light = colours[:, 0]
    relative = np.clip(light / max(float(np.quantile(light, 0.9)), 1.0), 0.0, 0.999)
    red_green = np.clip((colours[:, 1] - 128.0) / 80.0 * 0.5 + 0.5, 0.0, 0.999)
    yellow_blue = np.clip((colours[:, 2] - 128.0) / 80.0 * 0.5 + 0.5, 0.0, 0.999)
    first = (red_green * _CHROMA_BINS).astype(np.int64)
    second = (yellow_blue * _CHROMA_BINS).astype(np.int64)
    third = (relative * _LIGHT_BINS).astype(np.int64)
    counts = np.bincount((first * _CHROMA_BINS + second) * _LIGHT_BINS + third, minlength=size).astype(np.float32)
    return np.asarray(np.sqrt(counts / counts.sum()), dtype=np.float32)


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return (vector / np.float32(length)).astype(np.float32) if length > 1e-9 else vector.astype(np.float32)
