"""Measures the photo networks on any photos: types, appearance, quality, speed; prints one JSON object.

`--folder DIR` has a sub-folder per class (five-fold figures), `--pairs CSV` has the columns a, b, same (paths of two photos and 0 or 1),
`--degrade DIR` has photos that are made worse in steps. No Spark is started.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from jobs import console
from jobs.embed_photos import read_bundle
from jobs.errors import HwaboError
from jobs.job import guarded
from jobs.photo_fitting import area_under_curve, fit_types, order_kept, predict_types
from jobs.settings import RunSettings, load_settings
from udfs import appearance, quality
from udfs.decode import decode, inspect
from udfs.people import Floats
from udfs.photo_training import VIEW_SIDE, Measurer, random_of
from udfs.photo_views import DAMAGES, STEPS, damage
from udfs.photos import Bundle, PhotoDescriber, unit

FOLDS = 5
REPETITIONS = 3
CROPS = 4
IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".avif", ".gif", ".bmp", ".tif", ".tiff"})


def evaluate_folder(folder: Path, bundle: Bundle) -> dict[str, Any]:
    """Five-fold accuracy of the type head and of a plain embedding with the same linear head, on a folder of classes.

    Returns:
        type_accuracy (proportions kept, crops of the training photos added), embedding_accuracy (the photo squeezed to the square that the
        network was trained on, nothing added), classes, photos.

    Raises:
        HwaboError: when there are fewer than two classes of five photos.
    """
    paths = {sub.name: _images(sub) for sub in sorted(folder.iterdir()) if sub.is_dir()}
    readable = {name: [path for path in found if inspect(path.read_bytes()).error is None] for name, found in paths.items()}
    classes = {name: found for name, found in readable.items() if len(found) >= FOLDS}
    if len(classes) < 2:
        raise HwaboError(f"{folder} holds fewer than two sub-folders of at least {FOLDS} photos that can be read: one sub-folder a class.")
    network = Measurer(bundle.network).network
    labels, ours, crops, plain = [], [], [], []
    for name, found in classes.items():
        for path in found:
            image, problem = decode(path.read_bytes(), bundle.max_side)
            if image is None:
                raise HwaboError(f"{path} cannot be read ({problem}): take it out of the folder.")
            random = random_of(path.name, "crops")
            labels.append(name)
            ours.append(unit(network.see(image).embedding))
            crops.append([unit(network.see(_crop(image, random)).embedding) for _ in range(CROPS)])
            plain.append(unit(network.see(image.resize((224, 224)), side=224).embedding))
    return {
        "type_accuracy": _folds(labels, np.array(ours), np.array(crops)),
        "embedding_accuracy": _folds(labels, np.array(plain), None),
        "classes": len(classes),
        "photos": len(labels),
    }


def _crop(image: Image.Image, random: np.random.Generator) -> Image.Image:
    share = float(random.uniform(0.55, 0.95)) ** 0.5
    width, height = max(8, round(image.width * share)), max(8, round(image.height * share))
    left, top = int(random.integers(0, max(1, image.width - width + 1))), int(random.integers(0, max(1, image.height - height + 1)))
    cropped = image.crop((left, top, left + width, top + height))
    return cropped.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if random.random() < 0.5 else cropped


def _folds(labels: Sequence[str], embeddings: Floats, crops: Floats | None) -> float:
    names, right = np.array(labels), []
    for repetition in range(REPETITIONS):
        fold = np.zeros(len(names), dtype=np.int64)
        for name in sorted(set(labels)):
            members = np.flatnonzero(names == name)
            fold[np.random.default_rng(repetition).permutation(members)] = np.arange(members.size) % FOLDS
        for number in range(FOLDS):
            train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
            inputs, targets = embeddings[train], [labels[row] for row in train]
            if crops is not None:
                inputs = np.concatenate([inputs, crops[train].reshape(-1, embeddings.shape[1])])
                targets = targets + [label for label in targets for _ in range(crops.shape[1])]
            found = predict_types(fit_types(inputs, targets), embeddings[test])
            right.append(float(np.mean([found[index] == labels[row] for index, row in enumerate(test)])))
    return round(float(np.mean(right)), 4)


def evaluate_pairs(pairs: Path, bundle: Bundle) -> dict[str, Any]:
    """Area under the curve of appearance and of the plain embedding on pairs of photos.

    Where nobody wears the clothes, the garment that the photo shows is described.

    Raises:
        HwaboError: when the file has no such columns, or no usable pair of either kind.
    """
    with pairs.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"a", "b", "same"} <= set(rows[0]):
        raise HwaboError(f"{pairs} must be a CSV file with the columns a, b, same.")
    measurer = Measurer(bundle.network)
    head = bundle.heads.appearance if bundle.heads else None
    known: dict[str, tuple[Floats, Floats] | None] = {}

    def vectors(name: str) -> tuple[Floats, Floats] | None:
        if name not in known:
            path = Path(name) if Path(name).is_absolute() else pairs.parent / name
            image, _ = decode(path.read_bytes() if path.is_file() else None, VIEW_SIDE)
            known[name] = None if image is None else _both(measurer, image, head)
        return known[name]

    same, looks, whole = [], [], []
    for row in rows:
        first, second = vectors(row["a"]), vectors(row["b"])
        if first is not None and second is not None:
            same.append(row["same"].strip().lower() in {"1", "true", "yes"})
            looks.append(float(first[0] @ second[0]))
            whole.append(float(first[1] @ second[1]))
    if len(set(same)) < 2:
        raise HwaboError(f"{pairs} names no usable pair of either kind (same 1 and same 0): check the paths.")
    truth = np.array(same)
    return {
        "auc_appearance": round(area_under_curve(np.array(looks), truth), 5),
        "auc_embedding": round(area_under_curve(np.array(whole), truth), 5),
        "pairs": len(same),
    }


def _both(measurer: Measurer, image: Image.Image, head: appearance.AppearanceHead | None) -> tuple[Floats, Floats]:
    features = measurer.features(image)
    look = appearance.join(features) if head is None else head.project(features)
    return look, unit(measurer.network.see(image.resize((224, 224)), side=224).embedding)


def evaluate_degradation(folder: Path, bundle: Bundle) -> dict[str, Any]:
    """Share of pairs in which the less damaged version of a photo scores higher, over all damages and for each.

    Raises:
        HwaboError: when the folder holds no photo.
    """
    measurer = Measurer(bundle.network)
    photos: list[str] = []
    kinds: list[str] = []
    steps: list[int] = []
    scores: list[float] = []
    for path in _images(folder):
        image, _ = decode(path.read_bytes(), 1000)
        if image is None:
            continue
        random = random_of(path.name, "damage")
        for kind in DAMAGES:
            for step in range(STEPS + 1):
                parts = measurer.parts(damage(image, kind, step, random), bundle.nature)
                if parts is not None:
                    photos.append(str(path))
                    kinds.append(kind)
                    steps.append(step)
                    scores.append(quality.score(parts, bundle.weights))
    if not scores:
        raise HwaboError(f"{folder} holds no photo that can be decoded.")
    values, order = np.array(scores), np.array(steps)
    by_kind = {}
    for kind in DAMAGES:
        rows = [row for row, other in enumerate(kinds) if other == kind]
        by_kind[kind] = round(order_kept(values[rows], [photos[row] for row in rows], [kind] * len(rows), order[rows]), 4)
    kept = round(order_kept(values, photos, kinds, order), 4)
    return {"order_kept": kept, "order_kept_by_damage": by_kind, "photos_degraded": len(set(photos))}


def photos_per_second(paths: Sequence[Path], bundle: Bundle) -> float:
    """Photos that one process with one thread measures in a second, everything included, networks loaded and warm."""
    describer = PhotoDescriber(bundle)
    contents = [path.read_bytes() for path in paths[:200]]
    describer.describe(contents[0], (1, 1))
    started = time.perf_counter()
    for content in contents:
        describer.describe(content, (640, 480))
    return round(len(contents) / (time.perf_counter() - started), 2)


def _images(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise HwaboError(f"{folder} is no folder.")
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in IMAGES and path.is_file())


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of `hwabo evaluate photos`."""
    parser = argparse.ArgumentParser(prog="hwabo evaluate photos", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, metavar="DIR", help="a sub-folder per class: figures of types and embedding")
    parser.add_argument("--pairs", type=Path, metavar="CSV", help="columns a, b, same: figures of appearance and embedding")
    parser.add_argument("--degrade", type=Path, metavar="DIR", help="photos that are made worse in steps: figures of quality")
    parser.add_argument("--settings", action="append", default=[], metavar="FILE", help="YAML file laid over conf/hwabo.yaml")
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.KEY=VALUE", help="one setting")

    def body() -> int:
        options = parser.parse_args(argv)
        if not (options.folder or options.pairs or options.degrade):
            raise HwaboError("name photos to measure: --folder DIR, --pairs CSV or --degrade DIR.")
        run = RunSettings(lake="", now=datetime.now(UTC), run_id="evaluate")
        settings = load_settings(run, files=options.settings, overrides=options.set)
        bundle = read_bundle(settings)
        figures: dict[str, Any] = {}
        paths: list[Path] = []
        if options.folder:
            figures |= evaluate_folder(options.folder, bundle)
            paths = _images(options.folder)
        if options.degrade:
            figures |= evaluate_degradation(options.degrade, bundle)
            paths = paths or _images(options.degrade)
        if options.pairs:
            if not options.pairs.is_file():
                raise HwaboError(f"{options.pairs} is no file.")
            figures |= evaluate_pairs(options.pairs, bundle)
        if paths:
            figures["photos_per_second"] = photos_per_second(paths, bundle)
        console.say(json.dumps(figures, ensure_ascii=False))
        return 0

    return guarded(body)
