"""Learns what the signs of a post's kinds, times and places count (conf/models/choice_weights.json) from labelled posts.

A conditional logit over the kinds (times, places) that a post names and "none", with the weights held small (L2): that the likeliest is
the one that an editor chose. Prints how often the choice is right by the rules alone and with the weights, on the posts that were learned
from and on posts that are only measured. The rules were made while looking at most labelled posts, on which they are better than on
others, so that figures of posts left out of learning say little: what counts are batches that neither rules nor weights have seen. A
sample's posts are learned from, too: such notices (a day, and behind it the hour; an older or later event beside it) are rare among the
others.

    hwabo sample --out SAMPLE --posts 1500 --seed 11 --no-photos
    python -m tests.benchmarks.learn_choices --posts tests/data/labelled_posts.jsonl --leave-out 120 --sample SAMPLE \
        --out conf/models/choice_weights.json
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import eq
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from jobs.evaluate.annotators import labelled_posts
from jobs.evaluate.sample import same_place as same_building
from jobs.evaluate.sample import same_time
from jobs.session import create_session
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from tests.benchmarks.evaluate_events import batch_of, posts_of, reference_of
from udfs.event_choice import QUESTIONS, RULES, Alternative, Post, alternatives, likeliness
from udfs.post_scores import plain, same_place
from udfs.post_text import Reference
from udfs.tag_post import tag_post
from udfs.tag_rows import annotated_fields

PENALTY = 1.0
SEEN_AT_LEAST = 3  # times: a rarer sign is left out
LEAST_WEIGHT = 0.02  # a weight nearer to 0 is left out
TRUST_IN_RULES = {"what": 0.0, "when": 1.5, "where": 0.5}
"""How much the choice of the rules counts: chosen among 0 to 3 on 420 (kinds: 480) posts that neither rules nor weights had seen, where
0 to 2 lay within .02 of each other."""
_SCHEMA = "post_id string, question string, value string, signs array<string>, by_rules boolean"


class Choice(NamedTuple):
    """The alternatives of a post and which of them are right."""

    found: list[Alternative]
    right: list[bool]


Choices = dict[str, Choice]
"""A post's choices by question."""


def main(argv: Sequence[str] | None = None) -> None:
    """Learns, measures, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=Path, required=True, help="labelled posts, one a line")
    parser.add_argument("--sample", type=Path, help="landing folder that `hwabo sample` wrote")
    parser.add_argument("--leave-out", type=int, default=0, metavar="N", help="the last N of them are only measured")
    parser.add_argument("--out", type=Path, help="file that the weights are written to")
    options = parser.parse_args(argv)
    run = RunSettings(lake="", landing="", now=parse_clock(None), run_id="learning")
    settings = load_settings(run, overrides=["text.choice_weights="])
    labelled = read_choices(options.posts, settings)
    known = {"learned_from": labelled[: len(labelled) - options.leave_out], "left_out": labelled[len(labelled) - options.leave_out :]}
    if options.sample:
        known["sample"] = sample_choices(options.sample, settings)
    weights = {
        question: learn(of_question(question, known["learned_from"], known.get("sample", [])), TRUST_IN_RULES[question])
        for question in QUESTIONS
    }
    figures = {
        name: {question: accuracies(of_question(question, posts), weights[question]) for question in QUESTIONS}
        for name, posts in known.items()
        if posts
    }
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    if options.out:
        options.out.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def of_question(question: str, *posts: Sequence[Choices]) -> list[Choice]:
    """The choices of one question of some posts."""
    return [choices[question] for choices in chain(*posts) if question in choices]


def read_choices(path: Path, settings: Settings) -> list[Choices]:
    """The choices of every labelled post by the kinds, times and places that it names; a review of a listed place leaves no place open."""
    spark = create_session("learn choices")
    records, reference, annotated = labelled_posts(spark, settings, path)
    shared = spark.sparkContext.broadcast(reference)

    def described(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = [
                {"post_id": post_id, "question": question, **one._asdict()}
                for post_id, question, found in asked(batch, shared.value)
                for one in found
            ]
            yield pa.RecordBatch.from_pylist(rows, schema=_ARROW)

    by_post: dict[tuple[str, str], list[Alternative]] = defaultdict(list)
    for row in annotated.mapInArrow(described, _SCHEMA).toLocalIterator():
        by_post[row["question"], row["post_id"]].append(Alternative(row["value"], row["signs"], row["by_rules"]))
    forms = {plain(form): places[0].value for form, places in reference.places.meanings.items() if places}
    return [
        {
            question: choice_of(found, question, record["truth"][question], forms)
            for question in QUESTIONS
            if (found := by_post.get((question, record["post_id"])))
        }
        for record in records
    ]


_ARROW = pa.schema([
    ("post_id", pa.string()), ("question", pa.string()), ("value", pa.string()), ("signs", pa.list_(pa.string())), ("by_rules", pa.bool_()),
])  # fmt: skip


def asked(batch: pa.RecordBatch, reference: Reference) -> Iterator[tuple[str, str, list[Alternative]]]:
    """Post, question and alternatives for every question that a post's kinds (times, places) leave open."""
    for post, fields in annotated_fields(batch, reference):
        service, place_id = post.service or "", post.place_id or None
        known = Post(fields, tag_post(fields, reference, service=service, place_id=place_id, photo_offsets=[]), service)
        for question in QUESTIONS:
            if (question != "where" or not place_id) and known.of_kind(question):
                yield post.post_id, question, alternatives(question, known)


def sample_choices(landing: Path, settings: Settings) -> list[Choices]:
    """The choices of a sample's posts, read without annotator; of a post about nothing that happened the rules' choice stands.

    Posts about several events have no truth and are left out.
    """
    reference, _ = reference_of(landing / "celebrities.csv", landing / "places.csv", settings)
    truth, _, posts = posts_of(landing)
    told: dict[str, tuple[str, Callable[[str | None, str], bool]]] = {
        "what": ("kind", eq), "when": ("time", same_time), "where": ("place", same_building)
    }  # fmt: skip
    choices: dict[str, Choices] = defaultdict(dict)
    for post_id, question, found in asked(batch_of(posts), reference):
        name, is_same = told[question]
        true = truth[post_id][name]
        if true:
            choices[post_id][question] = Choice(found, [one.value is not None and is_same(one.value, true) for one in found])
        elif not truth[post_id]["events"]:
            choices[post_id][question] = Choice(found, [one.by_rules for one in found])
    return list(choices.values())


def choice_of(found: list[Alternative], question: str, truth: str | None, forms: Mapping[str, str]) -> Choice:
    """The alternatives with those that are right: none of them where the truth is not among them.

    Args:
        found: the alternatives.
        question: one of `QUESTIONS`.
        truth: the editor's kind, time or place.
        forms: names of listed places without blanks -> their usual name.
    """

    def is_right(one: Alternative) -> bool:
        if not truth or one.value is None:
            return not truth and one.value is None
        if question != "where":
            return one.value == truth
        return bool(same_place(truth, one.value) or same_place(forms.get(plain(truth)), one.value))

    return Choice(found, [is_right(one) for one in found])


def learn(choices: Sequence[Choice], trust_in_rules: float) -> dict[str, float]:
    """Weights of the signs, and under `RULES` what the choice of the rules counts.

    Args:
        choices: of labelled posts.
        trust_in_rules: how much the rules' choice counts. It is not learned: the rules are right more often on posts that were looked at
            while they were made.
    """
    possible = [one for one in choices if any(one.right)]
    rows = [alternative for one in possible for alternative in one.found]
    counts = Counter(chain.from_iterable(set(row.signs) for row in rows))
    names = sorted(name for name, count in counts.items() if count >= SEEN_AT_LEAST)
    place = {name: number for number, name in enumerate(names)}
    columns = [[place[sign] for sign in row.signs if sign in place] for row in rows]
    ends = np.cumsum([0, *map(len, columns)])
    matrix = csr_matrix((np.ones(ends[-1]), np.fromiter(chain.from_iterable(columns), np.int64, ends[-1]), ends), (len(rows), len(names)))
    matrix.sum_duplicates()
    right = np.array([is_right for one in possible for is_right in one.right])
    starts = np.cumsum([0, *(len(one.found) for one in possible)])[:-1]
    post = np.repeat(np.arange(len(possible)), [len(one.found) for one in possible])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        everything = np.logaddexp.reduceat(scores, starts)
        good = np.logaddexp.reduceat(np.where(right, scores, -1e9), starts)
        slope = np.exp(scores - everything[post]) - np.where(right, np.exp(scores - good[post]), 0.0)
        return float((everything - good).sum() + PENALTY / 2 * weights @ weights), matrix.T @ slope + PENALTY * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights = {name: round(float(weight), 2) for name, weight in zip(names, best, strict=True) if abs(weight) >= LEAST_WEIGHT}
    return {**weights, RULES: trust_in_rules}


def accuracies(choices: Sequence[Choice], weights: Mapping[str, float]) -> dict[str, Any]:
    """How often the choice is right by the rules and with the weights, of all posts that name a kind (time, place)."""

    def share(chosen: Sequence[Alternative]) -> float:
        return round(float(np.mean([one.right[one.found.index(best)] for one, best in zip(choices, chosen, strict=True)])), 4)

    by_rules = [next((each for each in one.found if each.by_rules), one.found[-1]) for one in choices]
    learned = [max(one.found, key=lambda each: likeliness(each, weights)) for one in choices]
    return {"posts": len(choices), "rules": share(by_rules), "learned": share(learned)}


if __name__ == "__main__":
    main()
