"""Copies among texts: Hwabo (Delta in, Delta out) beside datasketch and rensa, interleaved in one run.

All three get the same normalised texts, shingles, permutations, bands and rows. datasketch and rensa make the signatures; around both
stands
the same single-process code: a dictionary a band whose first member is the bucket's hub (linear in hot buckets, which their own indexes
are not), exact Jaccard on Python sets for each candidate, union-find. One template with small differences covers a tenth of all texts.

    python -m tests.benchmarks.bench_text_copies --corpus ../shared/data/korean/raw/movie-reviews.parquet --column review --sizes 20000
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import rensa
from datasketch import MinHash
from pyspark.sql import SparkSession

from jobs import console, copies_alone
from jobs.mark_copies import text_rule
from jobs.session import create_session
from jobs.settings import RunSettings, load_settings, parse_clock
from udfs.copy_text import normalise_all
from udfs.minhash import Banding

Groups = dict[str, str]


def corpus(path: Path, column: str, size: int, *, characters: int, template: float, seed: int) -> pd.DataFrame:
    """Texts of about so many characters from real ones, a tenth of them edited copies, and one template."""
    generator = np.random.default_rng(seed)
    pieces = (
        pd.read_parquet(path)[column].dropna().astype(str).to_numpy()
        if path.suffix == ".parquet"
        else np.array(path.read_text().split("\n"))
    )
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
    texts = normalise_all(table["text"].tolist())
    parent = list(range(len(texts)))

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

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
                    parent[max(find(hub), find(number))] = min(find(hub), find(number))
    ids = table["id"].tolist()
    return {ids[node]: ids[find(node)] for node in range(len(ids))}


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


def ours(spark: SparkSession, source: str, target: str, rule: object, edges: int) -> Groups:
    """Hwabo from Delta to Delta; reading the groups back is not timed by the caller."""
    copies_alone.write(copies_alone.mark_texts(copies_alone.read_texts(spark, source), rule, one_task_edges=edges), target)  # type: ignore[arg-type]
    return {}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmark and writes its table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--column", default="text")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000])
    parser.add_argument("--characters", type=int, default=145)
    parser.add_argument("--template", type=float, default=0.1)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--skip", nargs="*", default=[], choices=["datasketch", "rensa"])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    settings = load_settings(
        RunSettings(lake="", now=parse_clock("2026-01-01"), run_id="bench"),
        overrides=["copies.text_containment=0", "copies.text_minimum=1"],
    )
    rule = text_rule(settings.copies)
    permutations = rule.banding.bands * rule.banding.rows
    spark = create_session(
        "bench", master="local[2]", properties=["spark.driver.memory=2g", "spark.sql.execution.arrow.maxRecordsPerBatch=10000"]
    )
    lines = [
        f"Jaccard {rule.threshold}, shingles of {rule.shingle}, {rule.banding.bands} bands of {rule.banding.rows}; texts of about "
        f"{options.characters} characters, 10 % edited copies, {options.template:.0%} from one template; "
        f"local[2], {options.rounds} interleaved rounds, medians.",
        "",
        "| texts | contestant | seconds | texts/s | Hwabo is faster by | texts grouped alike |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for size in options.sizes:
        folder = tempfile.mkdtemp()
        table = corpus(options.corpus, options.column, size, characters=options.characters, template=options.template, seed=7)
        spark.createDataFrame(table).repartition(4).write.format("delta").save(f"{folder}/in")
        contestants: dict[str, Callable[[], Groups]] = {
            "Hwabo": lambda f=folder: ours(spark, f"{f}/in", f"{f}/out", rule, settings.copies.one_task_edges)
        }
        for name, maker in (("datasketch", by_datasketch), ("rensa", by_rensa)):
            if name not in options.skip:
                contestants[name] = lambda t=table, m=maker: around(m(permutations), t, rule.banding, rule.threshold, rule.shingle)
        contestants["Hwabo"]()  # warm
        seconds: dict[str, list[float]] = {name: [] for name in contestants}
        groups: dict[str, Groups] = {}
        for _ in range(options.rounds):
            for name, contestant in contestants.items():
                begin = time.perf_counter()
                groups[name] = contestant()
                seconds[name].append(time.perf_counter() - begin)
                console.note(f"{size} {name} {seconds[name][-1]:.1f} s")
        found = spark.read.format("delta").load(f"{folder}/out").select("id", "group_id").toPandas()
        groups["Hwabo"] = dict(zip(found["id"], found["group_id"], strict=True))
        medians = {name: float(np.median(values)) for name, values in seconds.items()}
        for name, value in medians.items():
            same = agreement(groups["Hwabo"], groups[name])
            lines.append(f"| {size:,} | {name} | {value:.1f} | {size / value:,.0f} | {value / medians['Hwabo']:.2f} | {same:.4f} |")
        shutil.rmtree(folder)
    text = "\n".join(lines) + "\n"
    console.say(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
