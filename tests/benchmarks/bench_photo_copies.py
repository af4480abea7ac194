"""Copies among photos: Hwabo's local features and geometry beside imagededup's hashes and CNN, on real photos with planted copies.

Every photo gets one copy of each kind. A pair of files counts as found when a contestant says that they are copies, as true when they
come from one photo. imagededup is given the threshold at which each method does best here (largest F1); Hwabo has its default settings.
Times are of one thread, from photos in memory to pairs.

    python -m tests.benchmarks.bench_photo_copies --photos ../shared/data/photos/outfits ../shared/data/photos/places --limit 160
"""

from __future__ import annotations

import argparse
import io
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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


def hwabo(images: list[Image.Image]) -> tuple[Pairs, float, float]:
    """Pairs, seconds to describe all, seconds to find and check candidates: the functions that the job's tasks run, with its default
    settings."""
    copies = load_settings(RunSettings(lake="", now=parse_clock("2026-01-01"), run_id="bench")).copies
    begin = time.perf_counter()
    described = [describe(image) for image in images]
    middle = time.perf_counter()
    entries = np.concatenate([local_features.feature_entries(number, description) for number, description in enumerate(described)])
    left, right, weight = local_features.near_pairs(entries, reach=copies.photo_neighbours, farthest=copies.photo_feature_bits)
    strong = weight >= copies.photo_least_weight
    ranked = sorted(zip((-weight[strong]).tolist(), left[strong].tolist(), right[strong].tolist(), strict=True))
    places: dict[tuple[str, int], int] = defaultdict(int)
    found: Pairs = set()
    for _, one, other in sorted(ranked, key=lambda row: (row[0], row[2])):
        ranks = places["left", one], places["right", other]
        places["left", one] += 1
        places["right", other] += 1
        if min(ranks) < copies.photo_candidates and match(described[one], described[other]).similarity >= copies.photo_threshold:
            found.add((other, one))
    return found, middle - begin, time.perf_counter() - middle


Found = tuple[Pairs, float, float]
"""Pairs, the threshold that they were found at, seconds."""


def by_hash(images: list[NDArray[np.uint8]], method: Hashing, truth: Pairs) -> Found:
    """imagededup's hashes: pairs within the radius of the largest F1 here."""
    begin = time.perf_counter()
    encodings = {str(number): method.encode_image(image_array=image) for number, image in enumerate(images)}
    near = method.find_duplicates(encoding_map=encodings, max_distance_threshold=20, scores=True, num_dist_workers=0)
    seconds = time.perf_counter() - begin
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
    begin = time.perf_counter()
    with torch.inference_mode():
        encodings = {str(number): method.encode_image(image_array=image)[0] for number, image in enumerate(images)}
    near = method.find_duplicates(encoding_map=encodings, min_similarity_threshold=0.5, scores=True, num_sim_workers=0)
    seconds = time.perf_counter() - begin
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


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and writes its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--photos", type=Path, nargs="+", required=True)
    parser.add_argument("--limit", type=int, default=160, help="photos that get copies")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    cv2.setNumThreads(1)
    luck = random.Random(options.seed)
    files = sorted(path for folder in options.photos for path in folder.rglob("*.jpg"))
    chosen = sorted(luck.sample(files, min(options.limit, len(files))))
    images, source, kind = [], [], []
    for number, path in enumerate(chosen):
        original = Image.open(path).convert("RGB")
        for name, make in [("original", lambda image, _: image), *KINDS.items()]:
            images.append(make(original, luck))
            source.append(number)
            kind.append(name)
    truth = {(i, j) for i, j in combinations(range(len(images)), 2) if source[i] == source[j]}
    lines = [
        f"{len(chosen)} photos of {', '.join(folder.name for folder in options.photos)}, "
        f"one copy of each of {len(KINDS)} kinds: {len(images)} files.",
        "Recall by kind is that of the pair original and copy; the last columns are over all pairs of files.", "",
        "| contestant | " + " | ".join(KINDS) + " | recall | precision | ms a photo |", "| --- |" + " --- |" * (len(KINDS) + 3),
    ]  # fmt: skip

    def row(name: str, found: Pairs, milliseconds: float) -> None:
        shares = []
        for wanted in KINDS:
            pairs = [(place - 1 - list(KINDS).index(wanted), place) for place, value in enumerate(kind) if value == wanted]
            shares.append(sum(pair in found for pair in pairs) / len(pairs))
        cells = [f"{share:.3f}" for share in shares]
        scores = f"{len(found & truth) / len(truth):.3f} | {len(found & truth) / max(1, len(found)):.4f} | {milliseconds:.1f}"
        lines.append(f"| {name} | {' | '.join(cells)} | {scores} |")

    edges, describing, checking = hwabo(images)
    row("Hwabo, groups", joined(edges, len(images)), (describing + checking) * 1000 / len(images))
    row("Hwabo, checked pairs only", edges, (describing + checking) * 1000 / len(images))
    arrays = [np.asarray(image) for image in images]
    for method in (PHash(verbose=False), DHash(verbose=False), WHash(verbose=False), AHash(verbose=False)):
        found, radius, seconds = by_hash(arrays, method, truth)
        row(f"imagededup {type(method).__name__}, radius {radius}", found, seconds * 1000 / len(images))
    found, cosine, seconds = by_network(arrays, truth)
    row(f"imagededup CNN (EfficientNet-lite0), cosine {cosine:.2f}", found, seconds * 1000 / len(images))
    lines += [
        "",
        f"Hwabo: {describing * 1000 / len(images):.1f} ms to describe a photo, "
        f"{checking * 1000 / len(images):.1f} ms to find and check its candidates.",
    ]
    tell(options.out, lines)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
