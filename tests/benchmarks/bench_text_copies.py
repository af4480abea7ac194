"""Copies among texts: Hwabo (Delta in, Delta out) beside datasketch and rensa, interleaved in one run.

All three get the same texts, shingles, permutations, bands and rows. datasketch and rensa make the signatures, each by its fastest way;
around both stands the same single-process code: normalisation, a dictionary a band whose first member is the bucket's hub (linear in hot
buckets, which their own indexes are not), exact Jaccard on Python sets for each candidate, union-find. datasketch runs once more as its
documentation shows it (`update`, `MinHashLSH`), on few texts. A tenth of the texts are edited copies, and one template with small
differences covers another tenth. Of a size above `--contestants-at-most` the others get a part of the texts, and their seconds are scaled
up linearly, which favours them.

    python -m tests.benchmarks.bench_text_copies --texts ../shared/data/korean/raw/movie-reviews.parquet --column review --sizes 100000
"""

from __future__ import annotations

import argparse
import math
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import rensa
from datasketch import MinHash, MinHashLSH
from pyspark.sql import SparkSession

from jobs import console, copies_alone
from jobs.mark_copies import text_rule
from jobs.session import create_session
from jobs.settings import RunSettings, load_settings, parse_clock
from jobs.staging import Staging
from jobs.text_copies import TextRule
from tests.benchmarks.groups import Linked
from tests.benchmarks.report import tell
from tests.benchmarks.spark_costs import Costs, costs_of
from udfs.copy_text import normalise
from udfs.minhash import Banding

Groups = dict[str, str]


def read_pieces(path: Path, column: str) -> np.ndarray:
    """Real texts: a column of Parquet files (a file or a Delta table's folder), or the lines of a text file."""
    if path.is_dir() or path.suffix == ".parquet":
        pieces = pd.read_parquet(path, columns=[column])[column].dropna().astype(str).to_numpy()
    else:
        pieces = np.array(path.read_text(encoding="utf-8").split("\n"))
    return pieces[np.char.str_len(pieces.astype(str)) > 0]


def corpus(path: Path, column: str, size: int, *, characters: int, template: float, seed: int) -> pd.DataFrame:
    """Texts of about so many characters from real ones, a tenth of them edited copies, and one template."""
    generator = np.random.default_rng(seed)
    pieces = read_pieces(path, column)
    joined = max(1, round(characters / (np.mean([len(piece) for piece in pieces[:2000]]) + 1)))
    originals = round(size * (0.9 - template))
    texts = [" ".join(pieces[generator.integers(0, len(pieces), joined)]) for _ in range(originals)]
    for _ in range(round(size * 0.1)):
        text = texts[generator.integers(0, originals)]
        length = int(generator.integers(1, 12))
        place = int(generator.integers(0, max(1, len(text) - length)))
        texts.append(text[:place] + pieces[generator.integers(0, len(pieces))][:length] + text[place + length :])
    frame = " ".join(pieces[generator.integers(0, len(pieces), joined)])
    texts += [f"{frame} {number}번째 알림입니다." for number in range(size - len(texts))]
    order = generator.permutation(len(texts))
    return pd.DataFrame({"id": [f"t{place:08}" for place in range(len(texts))], "text": [texts[place] for place in order]})


def shingles(text: str, size: int) -> list[str]:
    """Every window of `size` characters."""
    return [text[place : place + size] for place in range(max(1, len(text) - size + 1))]


def around(
    signatures: Callable[[list[list[str]]], np.ndarray], table: pd.DataFrame, banding: Banding, threshold: float, size: int
) -> Groups:
    """Groups by someone else's signatures: banding, hubs, exact check and union-find in one process."""
    texts = [normalise(text) for text in table["text"].tolist()]
    groups = Linked(len(texts))

    buckets: list[dict[bytes, int]] = [{} for _ in range(banding.bands)]
    checked: dict[tuple[int, int], bool] = {}
    for begin in range(0, len(texts), 10_000):
        cut = [shingles(text, size) for text in texts[begin : begin + 10_000]]
        rows = signatures(cut)
        for number, row in enumerate(rows, start=begin):
            for band in range(banding.bands):
                hub = buckets[band].setdefault(row[band * banding.rows : (band + 1) * banding.rows].tobytes(), number)
                if hub == number:
                    continue
                pair = (hub, number)
                if pair not in checked:
                    one, other = set(shingles(texts[hub], size)), set(cut[number - begin])
                    common = len(one & other)
                    checked[pair] = common / (len(one) + len(other) - common) >= threshold
                if checked[pair]:
                    groups.link(hub, number)
    ids = table["id"].tolist()
    return {ids[node]: ids[groups.find(node)] for node in range(len(ids))}


def by_datasketch(permutations: int) -> Callable[[list[list[str]]], np.ndarray]:
    """datasketch's signatures."""

    def work(cut: list[list[str]]) -> np.ndarray:
        encoded = ([shingle.encode() for shingle in text] for text in cut)
        return np.stack([sketch.hashvalues for sketch in MinHash.generator(encoded, num_perm=permutations)])

    return work


def by_rensa(permutations: int) -> Callable[[list[list[str]]], np.ndarray]:
    """rensa's signatures, in bulk from text."""

    def work(cut: list[list[str]]) -> np.ndarray:
        return np.array(
            [sketch.digest() for sketch in rensa.RMinHash.from_token_sets(cut, num_perm=permutations, seed=42)], dtype=np.uint32
        )

    return work


def as_documented(table: pd.DataFrame, banding: Banding, threshold: float, size: int) -> Groups:
    """Groups by datasketch as its documentation shows it: `update` with every shingle, `MinHashLSH.query`, `insert`; then the exact check.

    A query returns all texts of the buckets, so a template makes it quadratic.
    """
    permutations = banding.bands * banding.rows
    texts, ids = [normalise(text) for text in table["text"].tolist()], table["id"].tolist()
    index = MinHashLSH(num_perm=permutations, params=(banding.bands, banding.rows))
    groups = Linked(len(texts))
    sets: list[set[str]] = []

    for number, text in enumerate(texts):
        sets.append(set(shingles(text, size)))
        sketch = MinHash(num_perm=permutations)
        for shingle in sets[number]:
            sketch.update(shingle.encode())
        for other in index.query(sketch):
            common = len(sets[number] & sets[other])
            if common / (len(sets[number]) + len(sets[other]) - common) >= threshold:
                groups.link(other, number)
        index.insert(number, sketch, check_duplication=False)
    return {ids[node]: ids[groups.find(node)] for node in range(len(ids))}


def agreement(one: Groups, other: Groups) -> float:
    """Share of texts that stand with exactly the same others."""

    def members(groups: Groups) -> dict[str, frozenset[str]]:
        together: dict[str, list[str]] = {}
        for key, group in groups.items():
            together.setdefault(group, []).append(key)
        sets = {group: frozenset(keys) for group, keys in together.items()}
        return {key: sets[group] for key, group in groups.items()}

    first, second = members(one), members(other)
    return sum(first[key] == second[key] for key in first) / len(first)


def ours(spark: SparkSession, source: str, target: str, rule: TextRule, edges: int) -> None:
    """Hwabo from Delta to Delta, as `mark_copies --texts`."""
    with Staging(spark, f"{target}.staging") as staging:
        marked = copies_alone.mark_texts(copies_alone.read_texts(spark, source), rule, one_task_edges=edges, keep=staging.keep)
        copies_alone.write(marked, target)


def groups_of(spark: SparkSession, target: str) -> Groups:
    """The groups that were written."""
    found = spark.read.format("delta").load(target).select("id", "group_id").toPandas()
    return dict(zip(found["id"], found["group_id"], strict=True))


class Measured:
    """What the sizes gave."""

    def __init__(self) -> None:
        self.seconds: dict[tuple[int, str], list[float]] = {}
        self.costs: dict[int, Costs] = {}
        self.alike: dict[tuple[int, str], float] = {}
        self.part: dict[tuple[int, str], int] = {}
        self.plain: dict[int, list[float]] = {}

    def note(self, size: int, name: str, seconds: float) -> None:
        """Adds a time."""
        self.seconds.setdefault((size, name), []).append(seconds)
        console.note(f"{size} {name} {seconds:.1f} s")

    def median(self, size: int, name: str) -> float:
        """Median seconds."""
        return float(np.median(self.seconds[size, name]))


def measure(spark: SparkSession, options: argparse.Namespace, rule: TextRule, size: int, edges: int, measured: Measured) -> None:
    """Runs all contestants on one size."""
    folder = tempfile.mkdtemp()
    permutations = rule.banding.bands * rule.banding.rows
    table = corpus(options.texts, options.column, size, characters=options.characters, template=options.template, seed=7)
    spark.createDataFrame(table).repartition(4).write.format("delta").save(f"{folder}/in")
    part = min(size, options.contestants_at_most)
    given = table if part == size else corpus(
        options.texts, options.column, part, characters=options.characters, template=options.template, seed=7
    )  # fmt: skip
    few = given if part <= options.documented_size else corpus(
        options.texts, options.column, options.documented_size, characters=options.characters, template=options.template, seed=7
    )  # fmt: skip
    others = {name: maker for name, maker in (("datasketch", by_datasketch), ("rensa", by_rensa)) if name not in options.skip}
    if options.template:
        plain = corpus(options.texts, options.column, size, characters=options.characters, template=0.0, seed=7)
        spark.createDataFrame(plain).repartition(4).write.format("delta").save(f"{folder}/plain")
        del plain
    for turn in range(options.rounds + options.warm):
        target = f"{folder}/out{turn}"
        with costs_of(spark) as costs:
            ours(spark, f"{folder}/in", target, rule, edges)
        if turn >= options.warm:
            measured.note(size, "Hwabo", costs.seconds)
            measured.costs[size] = costs
        if options.template and turn >= options.warm:
            with costs_of(spark) as costs:
                ours(spark, f"{folder}/plain", f"{target}-plain", rule, edges)
            measured.plain.setdefault(size, []).append(costs.seconds)
            console.note(f"{size} Hwabo without template {costs.seconds:.1f} s")
        for name, maker in others.items():
            if turn < options.warm:
                continue
            begin = time.perf_counter()
            groups = around(maker(permutations), given, rule.banding, rule.threshold, rule.shingle)
            measured.note(size, name, (time.perf_counter() - begin) * size / part)
            measured.part[size, name] = part
            if part == size and (size, name) not in measured.alike:
                measured.alike[size, name] = agreement(groups_of(spark, target), groups)
        if "datasketch" in others and turn >= options.warm:
            begin, name = time.perf_counter(), "datasketch, update and MinHashLSH"
            as_documented(few, rule.banding, rule.threshold, rule.shingle)
            measured.note(size, name, (time.perf_counter() - begin) * size / len(few))
            measured.part[size, name] = len(few)
    shutil.rmtree(folder)


def report(options: argparse.Namespace, rule: TextRule, measured: Measured) -> list[str]:
    """The tables."""
    lines = [
        f"Jaccard {rule.threshold}, shingles of {rule.shingle}, {rule.banding.bands} bands of {rule.banding.rows}; texts of about "
        f"{options.characters} characters, 10 % edited copies, {options.template:.0%} from one template; "
        f"local[2], {options.rounds} interleaved rounds after {options.warm} of ours, medians.",
        "",
        "| texts | contestant | seconds | texts/s | Hwabo is faster by | texts grouped alike |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for size, name in measured.seconds:
        seconds, base = measured.median(size, name), measured.median(size, "Hwabo")
        part = measured.part.get((size, name), size)
        how = "" if part == size else f" (from {part:,})"
        alike = "" if name == "Hwabo" else f"{measured.alike[size, name]:.4f}" if (size, name) in measured.alike else "-"
        lines.append(f"| {size:,} | {name}{how} | {seconds:.1f} | {size / seconds:,.0f} | {seconds / base:.2f} | {alike} |")
    lines += [
        "",
        "| texts | processor seconds | shuffled bytes a text | bytes from tasks to driver | seconds without template | template costs |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for size, costs in measured.costs.items():
        plain = float(np.median(measured.plain[size])) if size in measured.plain else math.nan
        ratio = f"{plain:.1f} | {measured.median(size, 'Hwabo') / plain:.2f}" if size in measured.plain else "- | -"
        lines.append(f"| {size:,} | {costs.processor:.1f} | {costs.shuffled / size:.0f} | {costs.to_driver:,} | {ratio} |")
    sizes = sorted(measured.costs)
    if len(sizes) > 1:
        small, large = sizes[0], sizes[-1]
        fixed = options.fixed_seconds
        growth = (measured.median(large, "Hwabo") - fixed) / (measured.median(small, "Hwabo") - fixed)
        lines += ["", f"Growth exponent {small:,} to {large:,}, after {fixed:.1f} s of fixed cost: {math.log(growth, large / small):.2f}."]
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and writes its tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, required=True, help="real texts: Parquet files or lines")
    parser.add_argument("--column", default="text")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000])
    parser.add_argument("--characters", type=int, default=145)
    parser.add_argument("--template", type=float, default=0.1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--warm", type=int, default=1, help="rounds of ours before times are taken")
    parser.add_argument("--contestants-at-most", type=int, default=100_000)
    parser.add_argument("--documented-size", type=int, default=5_000, help="texts for datasketch as its documentation shows it")
    parser.add_argument("--fixed-size", type=int, default=100, help="texts whose run counts as fixed cost")
    parser.add_argument("--one-task-edges", type=int, help="0: as where candidates are too many for one task; default: the setting")
    parser.add_argument("--skip", nargs="*", default=[], choices=["datasketch", "rensa"])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    settings = load_settings(
        RunSettings(lake="", now=parse_clock("2026-01-01"), run_id="bench"),
        overrides=["copies.text_containment=0", "copies.text_minimum=1"],
    )
    rule, edges = text_rule(settings.copies), settings.copies.one_task_edges
    if options.one_task_edges is not None:
        edges = options.one_task_edges
    spark = create_session(
        "bench", master="local[2]", properties=["spark.driver.memory=2g", "spark.sql.execution.arrow.maxRecordsPerBatch=10000"]
    )
    measured = Measured()
    for size in options.sizes:
        measure(spark, options, rule, size, edges, measured)
    if len(options.sizes) > 1:
        fixed = Measured()
        measure(spark, argparse.Namespace(**{**vars(options), "skip": ["datasketch", "rensa"], "template": 0.0}), rule,
                options.fixed_size, edges, fixed)  # fmt: skip
        options.fixed_seconds = fixed.median(options.fixed_size, "Hwabo")
    tell(options.out, report(options, rule, measured))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
