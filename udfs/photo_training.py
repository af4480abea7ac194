"""Training material from photos: measured views of one subject, and measured quality under damage. Used in pandas UDFs."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from typing import Final

import cv2
import numpy as np
import pandas as pd
from PIL import Image

from udfs import appearance, photo_network, quality
from udfs.decode import decode, inspect
from udfs.natural_scenes import MOMENTS, NatureHead, moments, normalise
from udfs.people import Floats, PersonFinder
from udfs.photo_network import NetworkFile, PhotoNetwork
from udfs.photo_views import LEARNED_DAMAGES, STEPS, strong_view
from udfs.photo_views import damage as damaged

VIEW_SIDE: Final = 480
QUALITY_SIDE: Final = 640
DAMAGE_SIDE: Final = 1000
ORIGINAL, VARIANT = "original", "variant"
_VARIANTS: Final = 2
_LEAST_STRENGTH: Final = 0.3


def random_of(photo_id: str, purpose: str) -> np.random.Generator:
    """A generator that depends on the photo alone, so that training material is the same however photos are spread over tasks."""
    return np.random.default_rng(int.from_bytes(hashlib.sha256(f"{purpose} {photo_id}".encode()).digest()[:8], "big"))


class Measurer:
    """Measures the appearance and quality of photos as `embed_photos` does."""

    def __init__(self, network: NetworkFile) -> None:
        self.network: PhotoNetwork = photo_network.load(network)
        self.finder = PersonFinder()

    def joined(self, image: Image.Image) -> Floats:
        """The measurements that the appearance head projects; of the whole photo where nobody's face is seen."""
        return appearance.joined(self.features(image))

    def features(self, image: Image.Image) -> dict[str, Floats]:
        """The measurements of the appearance by name."""
        people = self.finder.find(image)
        regions = (appearance.cut_out(image, people) if people.main_face else None) or appearance.whole(image)
        return appearance.raw_features(image, regions, self.network.see(image), self.network)

    def parts(self, content: bytes, nature: NatureHead | None = None) -> quality.Quality | None:
        """The quality parts of a file; None when it cannot be decoded."""
        image, _ = decode(content, QUALITY_SIDE)
        return None if image is None else self._parts(image, content, nature)

    def _parts(self, image: Image.Image, content: bytes, nature: NatureHead | None) -> quality.Quality:
        header = inspect(content)
        size = header.width or image.width, header.height or image.height
        return quality.measure(image, self.finder.find(image), content, size, nature)

    def learning_row(self, content: bytes, reference: Callable[[Image.Image], float] | None) -> tuple[object, ...] | None:
        """The quality parts of a file, the moments of its texture (NaN for a tiny photo) and the reference metric; None for a bad file."""
        image, _ = decode(content, QUALITY_SIDE)
        if image is None:
            return None
        grey: Floats = cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2GRAY).astype(np.float32)
        found = moments(grey, normalise(grey))
        usable = found is not None and reference is not None
        texture = [float("nan")] * MOMENTS if found is None else found.tolist()
        return (*astuple(self._parts(image, content, None)), texture, reference(image) if usable and reference else float("nan"))


def reference_metric() -> Callable[[Image.Image], float] | None:
    """BRISQUE with its sign turned (higher is better), where its package is installed: it is needed for learning alone."""
    try:
        from brisque import BRISQUE  # type: ignore[import-untyped]
    except ImportError:
        return None
    metric = BRISQUE(url=False)
    return lambda image: -float(metric.score(np.asarray(image)))


def view_batches(batches: Iterable[pd.DataFrame], network: NetworkFile, views: int, backgrounds: list[bytes]) -> Iterator[pd.DataFrame]:
    """Measures views of the subjects of photos.

    Args:
        batches: frames with the columns photo_id, content, subject.
        network: the photo network.
        views: views a photo, the photo itself counted.
        backgrounds: encoded photos to put behind subjects.

    Yields:
        Frames of subject, joined (float array).
    """
    measurer = Measurer(network)
    behind = [image for image in (decode(content, VIEW_SIDE)[0] for content in backgrounds) if image is not None]
    for batch in batches:
        rows = []
        for photo_id, content, subject in zip(batch["photo_id"], batch["content"], batch["subject"], strict=True):
            image, _ = decode(content, VIEW_SIDE)
            if image is None:
                continue
            random = random_of(photo_id, "views")
            people = measurer.finder.find(image)
            mask = people.mask if people.main_face else np.zeros_like(people.mask)  # of a garment alone it says little
            strengths = random.uniform(_LEAST_STRENGTH, 1.0, views - 1)
            shown = [image, *(strong_view(image, mask, behind, random, strength=float(strength)) for strength in strengths)]
            rows += [(subject, measurer.joined(view)) for view in shown]
        yield pd.DataFrame(rows, columns=["subject", "joined"])


def damage_batches(batches: Iterable[pd.DataFrame], network: NetworkFile) -> Iterator[pd.DataFrame]:
    """Measures the quality of photos made worse in steps.

    Args:
        batches: frames with the columns photo_id, content.
        network: the photo network (loaded with the rest of the measurer).

    Yields:
        Frames of photo_id, kind, step, the parts of quality, moments, reference. Beside the damages stand each photo as it is ("original")
        and some cuts of it in other sizes ("variant").
    """
    measurer, reference = Measurer(network), reference_metric()
    for batch in batches:
        photos = zip(batch["photo_id"], batch["content"], strict=True)
        rows = [row for photo_id, content in photos for row in _damages(measurer, reference, photo_id, content)]
        yield pd.DataFrame(rows, columns=["photo_id", "kind", "step", *quality.PARTS, "moments", "reference"])


def _damages(
    measurer: Measurer, reference: Callable[[Image.Image], float] | None, photo_id: str, content: bytes
) -> Iterator[tuple[object, ...]]:
    image, _ = decode(content, DAMAGE_SIDE)
    if image is None:
        return
    random = random_of(photo_id, "damage")
    versions = [(ORIGINAL, 0, content)]
    versions += [(kind, step, damaged(image, kind, step, random)) for kind in LEARNED_DAMAGES for step in range(1, STEPS + 1)]
    versions += [(VARIANT, 0, _variant(image, random)) for _ in range(_VARIANTS)]
    for kind, step, file in versions:
        row = measurer.learning_row(file, reference)
        if row is not None:
            yield (photo_id, kind, step, *row)
    whole = measurer.learning_row(damaged(image, LEARNED_DAMAGES[0], 0, random), reference)
    if whole is not None:  # every damage begins with the same file
        yield from ((photo_id, kind, 0, *whole) for kind in LEARNED_DAMAGES)


def _variant(image: Image.Image, random: np.random.Generator) -> bytes:
    """A cut of the photo in another size: an honest photo, whose quality differs from the whole's."""
    share = float(random.uniform(0.5, 1.0))
    width, height = max(16, round(image.width * share)), max(16, round(image.height * share))
    left, top = int(random.integers(0, max(1, image.width - width + 1))), int(random.integers(0, max(1, image.height - height + 1)))
    scale = int(random.integers(240, DAMAGE_SIDE)) / max(width, height)
    size = max(16, round(width * scale)), max(16, round(height * scale))
    cut = image.crop((left, top, left + width, top + height)).resize(size, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    cut.save(buffer, "JPEG", quality=int(random.integers(60, 96)))
    return buffer.getvalue()
