"""Choosing 30 of 600 photos: time and value beside submodlib's lazy greedy, and how near the value is to the certified bound.

Both get the same similarities and choose by the same objective (facility location; submodlib knows no quality), alternately in one
run, in processor time of one thread; the sets must have the same value. The second table has the whole objective (quality, relevance,
coverage) on events of several sizes.

    python -m tests.benchmarks.bench_selection --out tests/benchmarks/results/selection.md
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from submodlib import FacilityLocationFunction

from tests.benchmarks import report
from udfs.selection import Objective, choose, photo_objective, similarities, upper_bound


def embeddings(photos: int, random: np.random.Generator, *, scenes: int = 12, dimensions: int = 1280) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors around scenes, and the number of each photo's scene."""
    middles, labels = random.normal(size=(scenes, dimensions)), random.integers(0, scenes, photos)
    vectors = middles[labels] + random.normal(size=(photos, dimensions)) * random.uniform(0.3, 1.5, (photos, 1))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), labels


def beside_submodlib(photos: int, budget: int, repeats: int) -> list[str]:
    """Times of both, alternately, from the same kernel."""
    random = np.random.default_rng(7)
    ours, theirs, ratios = [], [], []
    for _ in range(repeats):
        vectors, _ = embeddings(photos, random)
        kernel = similarities(vectors)
        started = time.process_time()
        objective = Objective(kernel, np.zeros(photos, dtype=np.float32))
        selection = choose(objective, budget)
        ours.append(time.process_time() - started)
        started = time.process_time()
        function = FacilityLocationFunction(n=photos, mode="dense", sijs=kernel, separate_rep=False)
        greedy = function.maximize(
            budget=budget, optimizer="LazyGreedy", stopIfZeroGain=False, stopIfNegativeGain=False, show_progress=False
        )
        theirs.append(time.process_time() - started)
        ratios.append(selection.value / objective.value([photo for photo, _ in greedy]))
    return [
        "| photos -> shown | ours, CPU ms (median) | submodlib lazy greedy, CPU ms | ours / theirs | value ours / theirs (least) |",
        "| --- | --- | --- | --- | --- |",
        f"| {photos} -> {budget} | {1e3 * np.median(ours):.2f} | {1e3 * np.median(theirs):.2f} "
        f"| {np.median(ours) / np.median(theirs):.2f} | {min(ratios):.6f} |",
    ]


def beside_bound(repeats: int) -> list[str]:
    """Value over certified bound, mean quality, time with and without the similarities."""
    lines = [
        "| photos -> shown | objective / certified bound (least) | quality of the shown, percentile of the event "
        "| choice, CPU ms | with similarities, CPU ms |",
        "| --- | --- | --- | --- | --- |",
    ]
    random = np.random.default_rng(8)
    for photos, budget in ((50, 18), (100, 21), (300, 27), (600, 30)):
        near, percentile, times, whole = [], [], [], []
        for _ in range(repeats):
            vectors, labels = embeddings(photos, random)
            quality, relevance = random.beta(5, 2, photos), random.beta(5, 2, photos)
            started = time.process_time()
            kernel = similarities(vectors, floor=0.3)
            objective = photo_objective(
                kernel, quality=quality, relevance=relevance, groupings=[labels], budget=budget, weights=(1.0, 1.5, 0.5, 1.0)
            )
            middle = time.process_time()
            selection = choose(objective, budget)
            times.append(time.process_time() - middle)
            whole.append(time.process_time() - started)
            near.append(selection.value / upper_bound(objective, budget, reached=selection.value))
            percentile.append(float((quality < quality[selection.positions].mean()).mean()))
        lines.append(
            f"| {photos} -> {budget} | {min(near):.4f} | {np.mean(percentile):.2f} "
            f"| {1e3 * np.median(times):.2f} | {1e3 * np.median(whole):.2f} |"
        )
    return lines


def main() -> int:
    """Measures and writes the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    lines = [*beside_submodlib(600, 30, options.repeats), "", *beside_bound(options.repeats)]
    sys.stdout.write("\n".join(lines) + "\n")
    report.write(options.out, "Choice of photos", __doc__, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
