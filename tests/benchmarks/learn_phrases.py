"""Learns what the features of a key phrase count (conf/models/phrase_weights.json) from labelled posts.

A logistic regression of "an editor accepts this phrase" over all noun phrases of the posts, with the weights held small (L2). The
precision of the best five phrases is measured on posts left out, in five folds, beside that of the weight of a phrase's places alone.

    python -m tests.benchmarks.learn_phrases --posts tests/data/labelled_posts.jsonl --out conf/models/phrase_weights.json
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from jobs.evaluate.annotators import labelled_posts
from jobs.session import create_session
from jobs.settings import RunSettings, load_settings, parse_clock
from udfs.keyphrases import candidates
from udfs.phrase_features import phrase_features, probability
from udfs.post_scores import TOP, plain
from udfs.tag_post import tag_post
from udfs.tag_rows import annotated_fields

FOLDS = 5
PENALTY = 1.0
SEEN_AT_LEAST = 5  # times: a rarer feature is left out
_SCHEMA = "post_id string, surface string, names array<string>, values array<double>"


class Labelled(NamedTuple):
    """A candidate and whether an editor accepts it."""

    surface: str
    features: dict[str, float]
    accepted: bool


def main(argv: Sequence[str] | None = None) -> None:
    """Learns, measures, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=Path, required=True, help="labelled posts, one a line")
    parser.add_argument("--unseen", type=Path, nargs="*", default=[], help="labelled posts that are only measured")
    parser.add_argument("--out", type=Path, help="file that the weights are written to")
    options = parser.parse_args(argv)
    posts = read_candidates(options.posts)
    folds = np.random.default_rng(0).permutation(len(posts)) % FOLDS
    left_out = [
        precision(post, learn([other for other, fold in zip(posts, folds, strict=True) if fold != one]))
        for one in range(FOLDS)
        for post in [[post for post, fold in zip(posts, folds, strict=True) if fold == one]]
    ]
    weights = learn(posts)
    figures: dict[str, Any] = {
        "posts": len(posts),
        "left_out": round(float(np.mean(left_out)), 4),
        "places_alone": round(precision(posts, {"weight": 1.0}), 4),
        "learned_from": round(precision(posts, weights), 4),
    }
    for path in options.unseen:
        unseen = read_candidates(path)
        figures[path.stem] = {"learned": round(precision(unseen, weights), 4), "places_alone": round(precision(unseen, {"weight": 1.0}), 4)}
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    if options.out:
        options.out.write_text(json.dumps(weights, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_candidates(path: Path) -> list[list[Labelled]]:
    """The candidates of every labelled post that has key phrases."""
    spark = create_session("learn phrases")
    settings = load_settings(RunSettings(lake="", landing="", now=parse_clock(None), run_id="learning"))
    records, reference, annotated = labelled_posts(spark, settings, path)
    shared = spark.sparkContext.broadcast(reference)

    def described(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = []
            for post, fields in annotated_fields(batch, shared.value):
                offsets = [offset for offset in post.offsets if offset is not None]
                tags = tag_post(fields, shared.value, service=post.service or "", place_id=post.place_id or None, photo_offsets=offsets)
                known = [tag for tag in tags if tag.kind in ("who", "person", "where", "what")]
                people = [tag.surface for tag in known if tag.kind == "who"]
                for candidate in candidates(fields, shared.value, known, photo_offsets=offsets):
                    features = phrase_features(candidate, shared.value, people)
                    rows.append(
                        {"post_id": post.post_id, "surface": candidate.surface, "names": [*features], "values": [*features.values()]}
                    )
            yield pa.RecordBatch.from_pylist(rows)

    found: dict[str, list[tuple[str, dict[str, float]]]] = defaultdict(list)
    for row in annotated.mapInArrow(described, _SCHEMA).toLocalIterator():
        found[row["post_id"]].append((row["surface"], dict(zip(row["names"], row["values"], strict=True))))
    posts = []
    for record in records:
        wanted = {plain(phrase) for phrase in record["truth"].get("keyphrases") or ()}
        if wanted:
            posts.append([Labelled(surface, features, plain(surface) in wanted) for surface, features in sorted(found[record["post_id"]])])
    return posts


def learn(posts: Sequence[Sequence[Labelled]]) -> dict[str, float]:
    """Weights of the features, under "" what a phrase begins with."""
    rows = [one for post in posts for one in post]
    counts: dict[str, int] = defaultdict(int)
    for one in rows:
        for name in one.features:
            counts[name] += 1
    names = sorted(name for name, count in counts.items() if count >= SEEN_AT_LEAST)
    place = {name: number for number, name in enumerate(names)}
    entries = [(row, place[name], value) for row, one in enumerate(rows) for name, value in one.features.items() if name in place]
    row_numbers, columns, values = zip(*entries, strict=True)
    matrix = csr_matrix((values, (row_numbers, columns)), shape=(len(rows), len(names)))
    sign = np.array([1.0 if one.accepted else -1.0 for one in rows])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (matrix @ weights[:-1] + weights[-1])
        slope = -sign / (1 + np.exp(np.clip(margin, -30, 30)))
        value = np.logaddexp(0, -margin).sum() + PENALTY / 2 * (weights[:-1] ** 2).sum()
        return value, np.append(matrix.T @ slope + PENALTY * weights[:-1], slope.sum())

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: round(float(weight), 4) for name, weight in zip([*names, ""], best, strict=True)}


def precision(posts: Sequence[Sequence[Labelled]], weights: Mapping[str, float]) -> float:
    """Mean share of the best five phrases that are accepted; none of them within another."""
    shares = []
    for post in posts:
        kept: list[Labelled] = []
        for one in sorted(post, key=lambda one: (-round(probability(one.features, weights), 6), one.surface)):
            if all(one.surface not in other.surface and other.surface not in one.surface for other in kept):
                kept.append(one)
            if len(kept) == TOP:
                break
        shares.append(np.mean([one.accepted for one in kept]) if kept else 0.0)
    return float(np.mean(shares))


if __name__ == "__main__":
    main()
