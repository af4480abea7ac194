"""What banding and stars find of all pairs of similar texts, against brute force; signatures a CPU-second beside datasketch and rensa.

One process, no Spark: the plain functions that the job's tasks run. Brute force is a product of sparse matrices of shingles.

    python -m tests.benchmarks.bench_text_recall --texts ../shared/data/korean/raw/movie-reviews.parquet --column review
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from jobs.mark_copies import text_rule
from jobs.settings import RunSettings, load_settings, parse_clock
from jobs.text_copies import TextRule
from tests import plain_minhash
from tests.benchmarks.bench_text_copies import by_datasketch, by_rensa, corpus, shingles
from tests.benchmarks.report import tell
from udfs import buckets, minhash, text_kernels
from udfs.copy_text import fold, fold_texts, normalise


def similar_pairs(texts: list[str], shingle: int, threshold: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All pairs at or above the threshold, by brute force: i < j and their Jaccard similarity."""
    hashes, starts = plain_minhash.shingle_hashes(texts, shingle)
    owner = np.repeat(np.arange(len(texts)), np.diff(starts))
    _, columns = np.unique(hashes, return_inverse=True)
    table = csr_matrix((np.ones(len(hashes), dtype=np.float32), (owner, columns)))
    table.data[:] = 1
    sizes = np.asarray(table.sum(axis=1)).ravel()
    rows, others, values = [], [], []
    for begin in range(0, len(texts), 500):
        common = (table[begin : begin + 500] @ table.T).tocoo()
        similarity = common.data / (sizes[common.row + begin] + sizes[common.col] - common.data)
        kept = (similarity >= threshold) & (common.col > common.row + begin)
        rows.append(common.row[kept] + begin)
        others.append(common.col[kept])
        values.append(similarity[kept])
    return np.concatenate(rows), np.concatenate(others), np.concatenate(values)


def step_costs(raw: list[str], rule: TextRule, members: np.ndarray, hubs: np.ndarray, rounds: int) -> dict[str, float]:
    """Processor time of the steps that a task runs, compiled before."""
    column, banding = pa.array(raw, pa.string()), rule.banding
    held, factors = fold(column), minhash.multipliers(banding.bands * banding.rows)
    where = (held.codes, held.starts, held.ends)
    long_enough = held.lengths >= rule.anchor
    hashes = text_kernels.bands(*where, rule.shingle, factors, banding.bands, banding.rows)
    entries = np.empty(hashes.size, dtype=buckets.ENTRY)
    entries["hash"], entries["key"] = hashes.ravel(), np.repeat(np.arange(len(raw)), banding.bands)
    steps: dict[str, tuple[Callable[[], object], int]] = {
        "decoding, boilerplate, white space": (lambda: fold(column), len(raw)),
        "shingles, signature, bands": (lambda: text_kernels.bands(*where, rule.shingle, factors, banding.bands, banding.rows), len(raw)),
        "anchors": (
            lambda: text_kernels.anchors(held.codes, held.starts[long_enough], held.ends[long_enough], rule.anchor, rule.anchor_window),
            len(raw),
        ),
        "packing": (lambda: list(buckets.pack(entries, rule.parts)), len(raw)),
        "stars": (lambda: buckets.distinct_edges(*buckets.star_edges(entries)), len(raw)),
        "exact check, a pair": (lambda: text_kernels.overlaps(*where, members, hubs, rule.shingle), max(1, len(members))),
    }
    costs = {}
    for name, (work, count) in steps.items():
        spent = []
        for _ in range(rounds + 1):
            begin = time.process_time()
            work()
            spent.append((time.process_time() - begin) / count * 1e6)
        costs[name] = float(np.median(spent[1:]))
    return costs


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and writes its tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--column", default="text")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--template", type=float, default=0.1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    rule = text_rule(load_settings(RunSettings(lake="", now=parse_clock("2026-01-01"), run_id="bench")).copies)
    table = corpus(options.texts, options.column, options.size, characters=145, template=options.template, seed=7)
    texts = [normalise(text) for text in table["text"].tolist()]
    permutations = rule.banding.bands * rule.banding.rows

    left, right, similarity = similar_pairs(texts, rule.shingle, rule.threshold)
    held, factors = fold_texts(texts), minhash.multipliers(permutations)
    hashes = text_kernels.bands(held.codes, held.starts, held.ends, rule.shingle, factors, rule.banding.bands, rule.banding.rows).T
    met = (hashes[:, left] == hashes[:, right]).any(axis=0)
    theory = np.asarray(rule.banding.chance(similarity))
    entries = np.empty(hashes.size, dtype=buckets.ENTRY)
    entries["hash"], entries["key"] = hashes.ravel(), np.tile(np.arange(len(texts)), rule.banding.bands)
    members, hubs, _ = buckets.distinct_edges(*buckets.star_edges(entries))
    checked = minhash.jaccard(*text_kernels.overlaps(held.codes, held.starts, held.ends, members, hubs, rule.shingle)) >= rule.threshold

    def labels(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        graph = coo_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(len(texts), len(texts)))
        return np.asarray(connected_components(graph, directed=False)[1])

    ours, brute, possible = labels(members[checked], hubs[checked]), labels(left, right), labels(left[met], right[met])
    together = ours[left] == ours[right]
    purity = all(len(set(brute[ours == label])) == 1 for label in np.unique(ours))
    same = np.mean(_group_sizes(ours) == _group_sizes(possible))
    lines = [
        f"{len(texts):,} texts, Jaccard {rule.threshold}, {rule.banding.bands} bands of {rule.banding.rows}, "
        f"{options.template:.0%} from one template; brute force finds {len(left):,} pairs.",
        "",
        "| measure | value |", "| --- | --- |",
        f"| pairs that banding finds in theory (mean chance) | {theory.mean():.4f} |",
        f"| pairs that met in a bucket | {met.mean():.4f} |",
        f"| pairs in one group at the end | {together.mean():.4f} |",
        f"| ... of those that met | {together[met].mean():.4f} |",
        f"| candidate pairs checked a text | {len(members) / len(texts):.3f} |",
        f"| every group lies within one group of brute force | {purity} |",
        f"| texts whose group is as large as by the pairs that met | {same:.4f} |",
        "",
        "| signatures | texts a CPU-second (median) | Hwabo is faster by |", "| --- | --- | --- |",
    ]  # fmt: skip
    rates: dict[str, list[float]] = {
        "Hwabo (code points to band hashes)": [],
        "rensa (shingles given)": [],
        "datasketch (shingles given)": [],
    }
    cut = [shingles(text, rule.shingle) for text in texts[:3000]]
    for _ in range(options.rounds):
        for name, work in zip(
            rates,
            (
                lambda: text_kernels.bands(
                    held.codes, held.starts[:3000], held.ends[:3000], rule.shingle, factors, rule.banding.bands, rule.banding.rows
                ),
                lambda: by_rensa(permutations)(cut),
                lambda: by_datasketch(permutations)(cut),
            ),
            strict=True,
        ):
            begin = time.process_time()
            work()
            rates[name].append(3000 / (time.process_time() - begin))
    medians = {name: float(np.median(values)) for name, values in rates.items()}
    first = next(iter(medians.values()))
    lines += [f"| {name} | {value:,.0f} | {first / value:.1f} |" for name, value in medians.items()]
    lines += ["", "| step | processor microseconds a text (or pair), median |", "| --- | --- |"]
    lines += [
        f"| {name} | {value:.1f} |" for name, value in step_costs(table["text"].tolist(), rule, members, hubs, options.rounds).items()
    ]
    tell(options.out, lines)
    return 0


def _group_sizes(labels: np.ndarray) -> np.ndarray:
    return np.bincount(labels)[labels]


if __name__ == "__main__":
    raise SystemExit(main())
