"""Everything that is measured about one photo, from one decoding of its bytes. Holds the loaded networks; one a worker."""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import cv2
import numpy as np
import pyarrow as pa
from PIL import Image

from udfs import appearance, photo_network, quality
from udfs.colours import SEVERAL, colours_of
from udfs.decode import decode
from udfs.geometry import describe as describe_geometry
from udfs.natural_scenes import NatureHead
from udfs.people import People, PersonFinder
from udfs.phash import perceptual_hash
from udfs.photo_heads import PhotoHeads
from udfs.photo_network import NetworkFile, Seen
from udfs.photo_tags import TagTable, labels, probabilities, visual_tags
from udfs.photo_types import TypeTable, count_people, photo_type

logger = logging.getLogger(__name__)

ALL_PARTS: Final = frozenset({"labels", "people", "quality", "phash", "geometry"})
_DIGITS: Final = 6
"""Measurements are rounded to this many decimals: nobody reads more, and it makes the columns smaller."""


@dataclass(frozen=True)
class Bundle:
    """What a worker needs, read on the driver and sent once.

    Attributes:
        network: the photo network.
        tags: table of Korean tags; None for a network whose classes it does not know.
        types: table of photo types.
        heads: what was learned for this network; None: fixed rules and weights.
        max_side: pixels that a photo is decoded to.
        pixel_limit: photos of more pixels are refused.
        threads: processor threads a task.
        device: "cpu" or "cuda".
        parts: what is measured beside the embedding, of `ALL_PARTS`.
    """

    network: NetworkFile
    tags: TagTable | None
    types: TypeTable
    heads: PhotoHeads | None
    max_side: int
    pixel_limit: int
    threads: int
    device: str
    parts: frozenset[str]

    @property
    def weights(self) -> quality.Weights:
        """Weights of the parts of quality."""
        return (self.heads and self.heads.weights) or quality.DEFAULT_WEIGHTS

    @property
    def nature(self) -> NatureHead | None:
        """What tells natural texture."""
        return self.heads.nature if self.heads else None


class PhotoDescriber:
    """The loaded networks of a worker.

    Args:
        bundle: what to load.
    """

    def __init__(self, bundle: Bundle) -> None:
        cv2.setNumThreads(bundle.threads)
        self._bundle = bundle
        self._network = photo_network.load(bundle.network, threads=bundle.threads, device=bundle.device)
        self._finder = PersonFinder() if bundle.parts & {"people", "quality"} else None

    def describe(self, content: bytes | None, size: tuple[int, int]) -> dict[str, Any]:
        """Measures one photo; never raises.

        Args:
            content: the bytes of the file.
            size: width and height of the file in pixels, as shown.

        Returns:
            The columns of `photo_features` but `photo_id`, and `tags`: [(tag, score)]. A bad photo has nulls and an error.
        """
        image, error = decode(content, self._bundle.max_side, pixel_limit=self._bundle.pixel_limit)
        if image is None or content is None:
            return _nothing(self._bundle.network.name, error)
        try:
            return self._measure(image, content, size)
        except Exception as problem:  # a photo must never bring the run down, whatever a native library raises
            logger.warning("a photo could not be measured", exc_info=True)
            return _nothing(self._bundle.network.name, f"the photo could not be measured ({type(problem).__name__}: {problem})"[:200])

    def _measure(self, image: Image.Image, content: bytes, size: tuple[int, int]) -> dict[str, Any]:
        bundle, row = self._bundle, _nothing(self._bundle.network.name, None)
        seen = self._network.see(image)
        row["embedding"] = unit(seen.embedding)
        chances = None
        if bundle.tags is not None and seen.logits.size and "labels" in bundle.parts:
            chances = probabilities(seen.logits, bundle.tags.temperature)
            row["labels"] = [{"label": name, "score": chance} for name, chance in labels(chances, bundle.tags)]
            row["tags"] = visual_tags(chances, bundle.tags)
        if self._finder is not None:
            self._measure_people(row, image, self._finder.find(image), seen, chances, content, size)
        if "phash" in bundle.parts:
            row["phash"] = perceptual_hash(image)
        if "geometry" in bundle.parts:
            row["geometry"] = describe_geometry(image)
        return row

    def _measure_people(
        self, row: dict[str, Any], image: Image.Image, people: People, seen: Seen, chances: Any, content: bytes, size: tuple[int, int]
    ) -> None:
        bundle = self._bundle
        count = count_people(people, chances, bundle.types)
        if "people" in bundle.parts:
            row["people"] = count
            head = bundle.heads.types if bundle.heads else None
            row["photo_type"] = photo_type(chances, count, bundle.types, head=head, embedding=row["embedding"])
            self._measure_appearance(row, image, appearance.cut_out(image, people) if count else None, seen)
        if "quality" in bundle.parts:
            measured = quality.measure(image, people, content, size, bundle.nature)
            parts = {name: None if value is None else round(value, _DIGITS) for name, value in asdict(measured).items()}
            row["quality"] = {**parts, "score": round(quality.score(measured, bundle.weights), _DIGITS)}

    def _measure_appearance(self, row: dict[str, Any], image: Image.Image, regions: appearance.Regions | None, seen: Seen) -> None:
        if regions is None:
            return
        head = self._bundle.heads.appearance if self._bundle.heads else None
        features = appearance.raw_features(image, regions, seen, self._network)
        row["appearance"] = head.project(features) if head else appearance.join(features)
        # beside the hair lie background and hats: a second colour there is rarely the hair's
        hair = [(colour, share) for colour, share in colours_of(regions.crop, regions.hair)[:1] if colour != SEVERAL]
        for noun, colours in (("옷", colours_of(regions.crop, regions.clothes)), ("머리", hair)):
            row["tags"] = [*row["tags"], *((f"{colour} {noun}", share) for colour, share in colours)]


def unit(vector: Any) -> Any:
    """The vector at length 1, float32 (a vector of zeros stays)."""
    length = float(np.linalg.norm(vector.astype(np.float64)))
    return (vector / length if length > 0 else vector).astype(np.float32)


def _nothing(model: str, error: str | None) -> dict[str, Any]:
    return {
        "embedding": None, "appearance": None, "quality": None, "phash": None, "labels": None, "model": model, "error": error,
        "people": None, "photo_type": None, "geometry": None, "tags": [],
    }  # fmt: skip


_kept: list[tuple[str, PhotoDescriber]] = []


def _loaded(bundle: Bundle, digest: str) -> PhotoDescriber:
    """The describer of this worker process, which outlives tasks and jobs: loading takes as long as measuring fifty photos."""
    if not _kept or _kept[0][0] != digest:
        _kept[:] = [(digest, PhotoDescriber(bundle))]
    return _kept[0][1]


def digest_of(bundle: Bundle) -> str:
    """A hash by which a worker knows that it has loaded the bundle already."""
    return hashlib.sha256(pickle.dumps(bundle)).hexdigest()


def describe_batches(
    batches: Iterable[pa.RecordBatch], bundle: Bundle, schema: pa.Schema, digest: str | None = None
) -> Iterator[pa.RecordBatch]:
    """Describes batches of photos, the networks loaded once before the first.

    Args:
        batches: record batches with the columns photo_id, content, width, height.
        bundle: what to load.
        schema: of the result.
        digest: the bundle's; worked out when it is None.

    Yields:
        One record batch a batch: the columns of `schema` out of photo_id, those of `photo_features`, and tags (list of structs tag, score).
    """
    describer = _loaded(bundle, digest or digest_of(bundle))
    for batch in batches:
        names, contents, widths, heights = (batch.column(name) for name in ("photo_id", "content", "width", "height"))
        rows = []
        for number, name in enumerate(names.to_pylist()):  # one file's bytes at a time
            row = describer.describe(contents[number].as_py(), (widths[number].as_py(), heights[number].as_py()))
            row["photo_id"] = name
            row["tags"] = [{"tag": tag, "score": value} for tag, value in row["tags"]]
            rows.append(row)
        yield pa.RecordBatch.from_arrays([pa.array([row[field.name] for row in rows], field.type) for field in schema], schema=schema)
