"""Training material from photos: measured views of one subject, and measured quality under damage. Used in pandas UDFs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import Final

import numpy as np
import pandas as pd
from PIL import Image

from udfs import appearance, photo_network, quality
from udfs.decode import decode, inspect
from udfs.people import Floats, PersonFinder
from udfs.photo_network import NetworkFile, PhotoNetwork
from udfs.photo_views import LEARNED_DAMAGES, STEPS, strong_view
from udfs.photo_views import damage as damaged

VIEW_SIDE: Final = 480
QUALITY_SIDE: Final = 640
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

    def parts(self, content: bytes) -> quality.Quality | None:
        """The quality parts of a file; None when it cannot be decoded."""
        image, _ = decode(content, QUALITY_SIDE)
        if image is None:
            return None
        header = inspect(content)
        return quality.measure(image, self.finder.find(image), content, (header.width or image.width, header.height or image.height))


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
        Frames of photo_id, kind, step and the parts of quality.
    """
    measurer = Measurer(network)
    for batch in batches:
        photos = zip(batch["photo_id"], batch["content"], strict=True)
        rows = [row for photo_id, content in photos for row in _damages(measurer, photo_id, content)]
        yield pd.DataFrame(rows, columns=["photo_id", "kind", "step", *quality.PARTS])


def _damages(measurer: Measurer, photo_id: str, content: bytes) -> Iterator[tuple[object, ...]]:
    image, _ = decode(content, QUALITY_SIDE)
    if image is None:
        return
    random = random_of(photo_id, "damage")
    for kind in LEARNED_DAMAGES:
        for step in range(STEPS + 1):
            parts = measurer.parts(damaged(image, kind, step, random))
            if parts is not None:
                yield (photo_id, kind, step, *astuple(parts))
