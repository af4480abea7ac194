"""Learns natural texture and the weights of quality from photos in folders, without Spark, into an existing file of photo heads.

The photos are those that `photo_training_folder` takes (a fifth of the garments and people is never seen), thinned out by `--every`. The
functions are those of `train_photo_models`; measuring goes through two processes.

    python -m tests.benchmarks.learn_quality --photos ../shared/data/photos --heads conf/models/photo_heads.npz
"""

from __future__ import annotations

import argparse
import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from jobs.evaluate.photos import IMAGES
from jobs.train_photo_models import fit_quality
from tests.benchmarks.photo_training_folder import unseen
from udfs.photo_heads import from_bytes, to_bytes
from udfs.photo_network import NetworkFile, prepare
from udfs.photo_training import damage_batches

PROCESSES = 2


class Printer:
    """Takes the place of MLflow."""

    def log_metric(self, name: str, value: float, step: int = 0) -> None:
        """Prints a figure."""
        print(json.dumps({name: round(value, 4), "step": step}))

    def log_dict(self, values: dict[str, Any], name: str) -> None:
        """Prints weights."""
        print(json.dumps({name: values}))


def measured(paths: list[Path], network: NetworkFile) -> pd.DataFrame:
    """Rows of damage measurements of photos."""
    batches = (pd.DataFrame({"photo_id": [path.name], "content": [path.read_bytes()]}) for path in paths)
    return pd.concat(damage_batches(batches, network))


def chosen(photos: Path, every: int) -> list[Path]:
    """Photos that may be learned from: one garment in so many, all people and copies."""
    found: dict[str, list[Path]] = {}
    for group in ("outfits", "people", "copies"):
        paths = sorted(path for path in (photos / group).rglob("*") if path.suffix.lower() in IMAGES)
        found[group] = [path for path in paths if group == "copies" or not unseen(path)]
    return [*found["outfits"][::every], *found["people"], *found["copies"]]


def copy_left(photos: Path, out: Path, first: int) -> None:
    """Copies photos that nothing was learned from: of unseen garments and people, and of the sets for evaluation, one in so many."""
    out.mkdir(parents=True, exist_ok=True)
    for group, every in (("outfits", 5), ("people", 3), ("places", 12), ("food", 10), ("landmarks", 3)):
        paths = sorted(path for path in (photos / group).rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png"})
        for path in [path for path in paths if group not in ("outfits", "people") or unseen(path)][first % every :: every]:
            shutil.copyfile(path, out / path.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=Path, required=True, help="folder with outfits/, people/ and copies/")
    parser.add_argument("--heads", type=Path, required=True, help="file that is read and written")
    parser.add_argument("--every", type=int, default=2, help="take one garment in so many")
    parser.add_argument("--left", type=Path, help="folder to which photos are copied that nothing was learned from, for the figures")
    parser.add_argument("--first", type=int, default=2, help="which of them comes first")
    parser.add_argument("--keep", type=Path, help="Parquet file of the measurements; read when it is there")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        rows = pd.read_parquet(options.keep)
    else:
        paths = chosen(options.photos, options.every)
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
            shares = [paths[number :: 4 * PROCESSES] for number in range(4 * PROCESSES)]
            rows = pd.concat(pool.map(partial(measured, network=prepare()), shares), ignore_index=True)
        if options.keep:
            rows.to_parquet(options.keep)
    if options.left:
        copy_left(options.photos, options.left, options.first)
    rows = rows.sort_values(["photo_id", "kind", "step"], kind="stable")
    weights, nature = fit_quality({name: rows[name].to_numpy() for name in rows.columns}, Printer())
    heads = from_bytes(options.heads.read_bytes())
    options.heads.write_bytes(to_bytes(replace(heads, weights=weights, nature=nature)))


if __name__ == "__main__":
    main()
