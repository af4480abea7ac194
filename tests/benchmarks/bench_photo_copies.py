"""Copies among photos: Hwabo's local features and geometry beside imagededup's hashes and CNN, on real photos with planted copies.

Two designs: every photo gets one copy of each kind at once, so that a copy that is not found itself may be found over another copy; and
every photo gets a single copy, all of one kind, where no chain can help. A pair of files counts as found when a contestant says that
they are copies, as true when they come from one photo. imagededup is given the threshold at which each method does best on each set
(largest F1); Hwabo has its default settings. Times are processor time of one thread, from photos in memory to pairs.

    python -m tests.benchmarks.bench_photo_copies --photos ../shared/data/photos/outfits ../shared/data/photos/places --limit 160
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import torch
from imagededup.methods import CNN, AHash, DHash, PHash, WHash
from imagededup.methods.hashing import Hashing
from imagededup.utils.models import CustomModel, MobilenetV3
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from jobs.settings import RunSettings, load_settings, parse_clock
from tests.benchmarks.groups import Linked
from tests.benchmarks.report import tell
from udfs import local_features
from udfs.geometry import describe
from udfs.geometry_match import match
from udfs.photo_network import default_torch_module

Pairs = set[tuple[int, int]]


def crop(image: Image.Image, luck: random.Random, low: float = 0.6, high: float = 0.9) -> Image.Image:
    """A part of 60 to 90 % of each side."""
    share = luck.uniform(low, high)
    width, height = int(image.width * share), int(image.height * share)
    x, y = luck.randint(0, image.width - width), luck.randint(0, image.height - height)
    return image.crop((x, y, x + width, y + height))


def banner(image: Image.Image, luck: random.Random) -> Image.Image:
    """A coloured strip with words along the upper or lower edge."""
    stamped = image.copy()
    height = int(image.height * luck.uniform(0.08, 0.2))
    top = luck.choice([0, image.height - height])
    draw = ImageDraw.Draw(stamped)
    draw.rectangle((0, top, image.width, top + height), fill=tuple(luck.randint(0, 255) for _ in range(3)))
    draw.text((10, top + 5), "PHOTO NEWS 2026", fill=(255, 255, 255))
    return stamped


def colour(image: Image.Image, luck: random.Random) -> Image.Image:
    """Brightness, saturation and contrast changed."""
    image = ImageEnhance.Brightness(image).enhance(luck.uniform(0.7, 1.35))
    return ImageEnhance.Contrast(ImageEnhance.Color(image).enhance(luck.uniform(0, 1.8))).enhance(luck.uniform(0.7, 1.4))


def resize(image: Image.Image, luck: random.Random) -> Image.Image:
    """30 to 70 % of the size, one in four with other proportions."""
    share = luck.uniform(0.3, 0.7)
    return image.resize((int(image.width * share), int(image.height * share * luck.choice([1, 1, 1, 0.85]))))


def turn(image: Image.Image, luck: random.Random) -> Image.Image:
    """Three degrees, corners filled."""
    return image.rotate(luck.choice([-3, 3]), resample=Image.Resampling.BILINEAR, fillcolor=luck.choice([(0, 0, 0), (255, 255, 255)]))


def border(image: Image.Image, luck: random.Random) -> Image.Image:
    """A frame of 4 to 12 % as collages put around a picture."""
    return ImageOps.expand(image, int(max(image.size) * luck.uniform(0.04, 0.12)), fill=luck.choice(["white", "black", "brown"]))


def recompress(image: Image.Image, luck: random.Random, low: int = 15) -> Image.Image:
    """JPEG of quality 15 to 60."""
    held = io.BytesIO()
    image.save(held, "JPEG", quality=luck.randint(low, 60))
    return Image.open(held).convert("RGB")


def mixed(image: Image.Image, luck: random.Random) -> Image.Image:
    """A crop, one more change, smaller or other colours, saved again."""
    second = luck.choice([colour, banner, turn, lambda picture, _: ImageOps.mirror(picture)])
    return recompress(luck.choice([resize, colour])(second(crop(image, luck, 0.7), luck), luck), luck, 20)


KINDS: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "crop": crop, "banner": banner, "flip": lambda image, _: ImageOps.mirror(image), "JPEG": recompress,
    "resize": resize, "colour": colour, "turn": turn, "border": border, "mixed": mixed,
}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """Photos and their copies.

    Attributes:
        images: Each photo directly before its copies.
        source: Number of the photo that each image comes from.
        kind: How each image was made; "original" for the photos themselves.
    """

    images: list[Image.Image]
    source: list[int]
    kind: list[str]

    def truth(self) -> Pairs:
        """Pairs of images that come from one photo."""
        return {(i, j) for i, j in combinations(range(len(self.images)), 2) if self.source[i] == self.source[j]}

    def recall(self, kind: str, found: Pairs) -> float:
        """Share of the copies of one kind that were found to be their photo's."""
        first = {number: self.source.index(number) for number in set(self.source)}
        pairs = [(first[self.source[place]], place) for place, value in enumerate(self.kind) if value == kind]
        return sum(pair in found for pair in pairs) / len(pairs)


def planted(photos: Sequence[Path], kinds: Iterable[str], luck: random.Random) -> Planted:
    """The photos, each followed by a copy of each of these kinds."""
    result = Planted([], [], [])
    for number, path in enumerate(photos):
        original = Image.open(path).convert("RGB")
        for name, image in [("original", original), *((kind, KINDS[kind](original, luck)) for kind in kinds)]:
            result.images.append(image)
            result.source.append(number)
            result.kind.append(name)
    return result


@dataclass(frozen=True)
class Work:
    """What Hwabo found, and what it cost.

    Attributes:
        pairs: Pairs that are copies.
        describing: Seconds to describe all photos.
        checking: Seconds to find and check candidates.
        checked: Candidate pairs that were checked.
        entry_bytes: Bytes of the local features of all photos as they are sorted for candidates.
    """

    pairs: Pairs
    describing: float
    checking: float
    checked: int
    entry_bytes: int


def hwabo(images: list[Image.Image]) -> Work:
    """The functions that the job's tasks run, with its default settings."""
    copies = load_settings(RunSettings(lake="", now=parse_clock("2026-01-01"), run_id="bench")).copies
    begin = time.process_time()
    described = [describe(image) for image in images]
    middle = time.process_time()
    entries = np.concatenate([local_features.feature_entries(number, description) for number, description in enumerate(described)])
    left, right, weight = local_features.near_pairs(entries, reach=copies.photo_neighbours, farthest=copies.photo_feature_bits)
    strong = weight >= copies.photo_least_weight
    ranked = sorted(zip((-weight[strong]).tolist(), left[strong].tolist(), right[strong].tolist(), strict=True))
    places: dict[tuple[str, int], int] = defaultdict(int)
    candidates: list[tuple[int, int]] = []
    for _, one, other in sorted(ranked, key=lambda row: (row[0], row[2])):
        ranks = places["left", one], places["right", other]
        places["left", one] += 1
        places["right", other] += 1
        if min(ranks) < copies.photo_candidates:
            candidates.append((other, one))
    found = {pair for pair in candidates if match(*(described[place] for place in pair)).similarity >= copies.photo_threshold}
    return Work(found, middle - begin, time.process_time() - middle, len(candidates), entries.nbytes)


Found = tuple[Pairs, float, float]
"""Pairs, the threshold that they were found at, seconds."""


def by_hash(images: list[NDArray[np.uint8]], method: Hashing, truth: Pairs) -> Found:
    """imagededup's hashes: pairs within the radius of the largest F1 here."""
    begin = time.process_time()
    encodings = {str(number): method.encode_image(image_array=image) for number, image in enumerate(images)}
    near = method.find_duplicates(encoding_map=encodings, max_distance_threshold=20, scores=True, num_dist_workers=0)
    seconds = time.process_time() - begin
    return *best(near, range(0, 21, 2), lambda distance, radius: distance <= radius, truth), seconds


def by_network(images: list[NDArray[np.uint8]], truth: Pairs) -> Found:
    """imagededup's CNN: pairs of at least the cosine of the largest F1 here.

    The weights that it would download are not to be had without a hub, so it is given Hwabo's photo network as its own model.
    """
    torch.set_num_threads(1)
    network = default_torch_module().eval()

    class Embedding(torch.nn.Module):
        def forward(self, photo: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = network(photo)[0]
            return found

    method = CNN(verbose=False, model_config=CustomModel(name="EfficientNet-lite0", model=Embedding(), transform=MobilenetV3.transform))
    begin = time.process_time()
    with torch.inference_mode():
        encodings = {str(number): method.encode_image(image_array=image)[0] for number, image in enumerate(images)}
    near = method.find_duplicates(encoding_map=encodings, min_similarity_threshold=0.5, scores=True, num_sim_workers=0)
    seconds = time.process_time() - begin
    return *best(near, np.arange(0.5, 1.0, 0.02).tolist(), lambda cosine, least: cosine >= least, truth), seconds


def best(
    near: dict[str, list[tuple[str, float]]],
    thresholds: Iterable[float],
    passes: Callable[[float, float], bool],
    truth: Pairs,
) -> tuple[Pairs, float]:
    """Pairs at the threshold of the largest F1, and that threshold."""

    def at(threshold: float) -> Pairs:
        return {
            (min(int(one), int(other)), max(int(one), int(other)))
            for one, others in near.items()
            for other, score in others
            if passes(float(score), threshold)
        }

    def harmonic_mean(found: Pairs) -> float:
        return 2 * len(found & truth) / max(1, len(found) + len(truth))

    threshold = max(thresholds, key=lambda value: harmonic_mean(at(value)))
    return at(threshold), threshold


def joined(pairs: Pairs, count: int) -> Pairs:
    """All pairs of the groups that pairs connect."""
    linked = Linked(count)
    for one, other in pairs:
        linked.link(one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for node in range(count):
        groups[linked.find(node)].append(node)
    return {pair for members in groups.values() for pair in combinations(members, 2)}


def rivals(images: list[Image.Image], truth: Pairs) -> dict[str, Found]:
    """imagededup's methods, each at the threshold of its largest F1."""
    arrays = [np.asarray(image) for image in images]
    hashes = (PHash(verbose=False), DHash(verbose=False), WHash(verbose=False), AHash(verbose=False))
    found = {f"imagededup {type(method).__name__}": by_hash(arrays, method, truth) for method in hashes}
    return {**found, "imagededup CNN (EfficientNet-lite0)": by_network(arrays, truth)}


def all_kinds(photos: Sequence[Path], luck: random.Random) -> list[str]:
    """The table of the first design: one copy of each kind of every photo."""
    copies = planted(photos, KINDS, luck)
    truth, count = copies.truth(), len(copies.images)
    lines = [
        f"One copy of each of {len(KINDS)} kinds at once: {count} files. Recall by kind is that of the pair original and copy; the next "
        "columns are over all pairs of files.", "",
        "| contestant | " + " | ".join(KINDS) + " | recall | precision | ms a photo |", "| --- |" + " --- |" * (len(KINDS) + 3),
    ]  # fmt: skip

    def row(name: str, found: Pairs, seconds: float) -> None:
        shares = [copies.recall(kind, found) for kind in KINDS]
        scores = f"{len(found & truth) / len(truth):.3f} | {len(found & truth) / max(1, len(found)):.4f} | {seconds * 1000 / count:.1f}"
        lines.append(f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} | {scores} |")

    work = hwabo(copies.images)
    row("Hwabo, groups", joined(work.pairs, count), work.describing + work.checking)
    row("Hwabo, checked pairs only", work.pairs, work.describing + work.checking)
    for name, (found, threshold, seconds) in rivals(copies.images, truth).items():
        row(f"{name}, at {threshold:.2f}", found, seconds)
    return lines


def one_kind(photos: Sequence[Path], luck: random.Random) -> list[str]:
    """The table of the second design: a single copy of every photo, kind by kind."""
    recall: dict[str, list[float]] = defaultdict(list)
    right, told, seconds = defaultdict(int), defaultdict(int), defaultdict(float)
    works = []
    for kind in KINDS:
        copies = planted(photos, [kind], luck)
        truth = copies.truth()
        works.append(hwabo(copies.images))
        mine = {"Hwabo": (works[-1].pairs, 0.0, works[-1].describing + works[-1].checking)}
        for name, (found, _, spent) in {**mine, **rivals(copies.images, truth)}.items():
            recall[name].append(copies.recall(kind, found))
            right[name] += len(found & truth)
            told[name] += len(found)
            seconds[name] += spent
    count = 2 * len(photos) * len(KINDS)
    lines = [
        f"A single copy of each photo, kind by kind: {2 * len(photos)} files each time. Recall is that of the pair original and copy; "
        "precision is over all pairs told in all sets.", "",
        "| contestant | " + " | ".join(KINDS) + " | mean | precision | ms a photo |", "| --- |" + " --- |" * (len(KINDS) + 3),
    ]  # fmt: skip
    for name, shares in recall.items():
        scores = f"{np.mean(shares):.3f} | {right[name] / max(1, told[name]):.4f} | {seconds[name] * 1000 / count:.1f}"
        lines.append(f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} | {scores} |")
    describing, checking = (sum(spent) * 1000 / count for spent in zip(*((work.describing, work.checking) for work in works), strict=True))
    return [
        *lines, "",
        f"Hwabo: {describing:.1f} ms to describe a photo, {checking:.1f} ms to find and check its candidates, of which there are "
        f"{sum(work.checked for work in works) / count:.2f} a photo; {sum(work.entry_bytes for work in works) / count:.0f} bytes of local "
        "features a photo are sorted.",
    ]  # fmt: skip


def without_copies(photos: Sequence[Path]) -> str:
    """What photos cost that have no copies."""
    images = [Image.open(path).convert("RGB") for path in photos]
    work = hwabo(images)
    return (
        f"Without any copies, the same {len(photos)} photos: {work.checked / len(photos):.2f} candidates a photo, "
        f"{work.checking * 1000 / len(photos):.1f} ms to find and check them, {len(work.pairs)} pairs told."
    )


def distinct(files: Iterable[Path]) -> list[Path]:
    """One file of those with the same bytes."""
    by_content = {hashlib.md5(path.read_bytes()).digest(): path for path in sorted(files, reverse=True)}
    return sorted(by_content.values())


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and writes its tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--photos", type=Path, nargs="+", required=True)
    parser.add_argument("--limit", type=int, default=160, help="photos that get copies")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    cv2.setNumThreads(1)
    hwabo([Image.effect_noise((64, 64), 60).convert("RGB")] * 2)  # compiles what is compiled
    luck = random.Random(options.seed)
    files = distinct(path for folder in options.photos for path in folder.rglob("*.jpg"))
    chosen = sorted(luck.sample(files, min(options.limit, len(files))))
    begin = f"{len(chosen)} photos of {', '.join(folder.name for folder in options.photos)}, no two with the same bytes."
    tell(options.out, [begin, "", *all_kinds(chosen, luck), "", *one_kind(chosen, luck), "", without_copies(chosen)])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
