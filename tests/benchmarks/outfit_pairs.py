"""Makes pairs of photos that show the same outfit or another one, from the garments and people that no shipped head was trained on.

Each subject gives its photo and two strong views of it (`udfs.photo_views.strong_view`: crop, light, size, compression, side, background).
Pairs of one subject are the same, pairs of two are not (two photos of one person, who may wear the same, make no pair); `same_class.csv`
has only those others that are of the same class of garment.

    python -m tests.benchmarks.outfit_pairs --photos ../shared/data/photos --out DIR
    hwabo evaluate photos --pairs DIR/any_class.csv && hwabo evaluate photos --pairs DIR/same_class.csv
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
from PIL import Image

from tests.benchmarks.photo_training_folder import unseen
from udfs.decode import decode
from udfs.people import PersonFinder
from udfs.photo_training import random_of
from udfs.photo_views import strong_view


def read(path: Path) -> Image.Image:
    image, error = decode(path.read_bytes(), 480)
    assert image is not None, f"{path}: {error}"
    return image


def make(photos: Path, out: Path, strength: float, every: bool) -> tuple[int, int]:
    """Writes photos and pairs; returns the number of subjects and of pairs of any class."""
    found = sorted(path for group in ("outfits", "people") for path in (photos / group).rglob("*.jp*g") if every or unseen(path))
    behind = [read(path).resize((320, 240)) for path in sorted((photos / "places").glob("*.jpg"))[::12]]
    finder = PersonFinder()
    (out / "views").mkdir(parents=True, exist_ok=True)
    subjects: list[tuple[str, str, list[str]]] = []
    for number, path in enumerate(found):
        image, random = read(path), random_of(path.name, "pairs")
        people = finder.find(image)
        mask = people.mask if people.main_face else np.zeros_like(people.mask)
        shown = [image, *(strong_view(image, mask, behind, random, strength=strength) for _ in range(2))]
        names = [f"views/{number:04d}-{view}.jpg" for view in range(3)]
        for name, picture in zip(names, shown, strict=True):
            picture.save(out / name, quality=92)
        subjects.append((path.parent.name, path.stem.rstrip("0123456789"), names))
    rows = [(first, second, 1, True) for _, _, (photo, one, two) in subjects for first, second in ((photo, one), (photo, two), (one, two))]
    for kind, person, mine in subjects:
        strangers = [entry for entry in subjects if entry[2] is not mine and (kind != "people" or entry[1] != person)]
        rows += [(mine[1], theirs[2], 0, kind == other) for other, _, theirs in strangers]
    for file, chosen in (("any_class", rows), ("same_class", [row for row in rows if row[3]])):
        with (out / f"{file}.csv").open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows([("a", "b", "same"), *(row[:3] for row in chosen)])
    return len(subjects), len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=Path, required=True, help="folder with outfits/, people/ and places/ (backgrounds)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--strength", type=float, default=0.5, help="of the views, 0 to 1; at 0.5 a plain embedding has .997")
    parser.add_argument("--every", action="store_true", help="also the subjects that training saw")
    options = parser.parse_args()
    print("{} subjects, {} pairs".format(*make(options.photos, options.out, options.strength, options.every)))


if __name__ == "__main__":
    main()
