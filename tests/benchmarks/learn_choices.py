"""Learns what the signs of a post's kinds, times and places count (conf/models/choice_weights.json) from labelled posts.

A conditional logit over the kinds (times, places) that a post names, its other names that may be places, and "none", with the weights held
small (L2): that the likeliest is the one that an editor chose. Prints how often the choice is right by the rules and with the weights, on
the posts that were learned from and on posts that are only measured. The rules were made while looking at most labelled posts, on which
they are better than on others, so that figures of posts left out of learning say little: what counts are batches that neither rules nor
weights have seen. A sample's posts are learned from, too: such notices (a day, and behind it the hour; an older or later event beside it)
are rare among the others.

The rules know almost every place and kind of the posts that they were made with, of other posts not. So a labelled post is learned from a
second time as if they did not know its place and kind: which of its other names is the place, and which kind the rest of its words speak
for. Nor do they then join days that it tells apart: which two of its days are the first and the last.

    hwabo sample --out SAMPLE --posts 1500 --seed 11 --no-photos
    python -m tests.benchmarks.learn_choices --posts tests/data/labelled_posts.jsonl --leave-out 180 --sample SAMPLE \
        --out conf/models/choice_weights.json
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
from udfs.event_choice import RULES, UNNAMED, alternatives, is_learned_kind, likeliness, unnamed_kind
from udfs.post_scores import plain, same_place
from udfs.post_text import Reference
from udfs.suggested_kinds import suggested_kinds
from udfs.tag_post import tag_post
from udfs.tag_rows import annotated_fields
from udfs.told_ranges import TOLD_RANGE
from udfs.unlisted_places import UNLISTED
from udfs.weighed_post import QUESTIONS, Alternative, Post

PENALTY = 1.0
SEEN_AT_LEAST = 3  # times: a rarer sign is left out
LEAST_WEIGHT = 0.02  # a weight nearer to 0 is left out
TRUST_IN_RULES = {"what": 0.0, "when": 1.5, "where": 0.5}
"""How much the choice of the rules counts: chosen among 0 to 3 on hundreds of posts that neither rules nor weights had seen, where 0 to 2
lay within .02 of each other."""
BESIDE_THE_LEARNED = {"where": (UNLISTED, -1.0), "when": (TOLD_RANGE, 1.0)}
"""What a sign counts more than learned. Less a name that the rules do not know: posts learned from a second time without their place make
such names look likelier than they are (chosen among 0 to -2 on 709 posts that neither rules nor weights had seen; all lay within .01).
More a range of two days, of which few posts tell (chosen among 0 to 2.5 by cross-validation on 1,378 posts that the rules were not made
with: 10 were right that had not been, none wrong; 14 chosen and 3 of them wrong at 1.5)."""
_SCHEMA = "post_id string, tagged binary"


class Choice(NamedTuple):
    """The alternatives of a post and which of them are right."""

    found: list[Alternative]
    right: list[bool]


class LabelledPost(NamedTuple):
    """A post with the rules' tags and what is true of it.

    Attributes:
        post: the post.
        truth: by question, the editor's kind, time or place.
        reviewed: whether it is the review of a listed place, which leaves no place open.
    """

    post: Post
    truth: Mapping[str, str | None]
    reviewed: bool


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
    labelled, forms, kinds = read_labelled(options.posts, settings)
    seen, left_out = labelled[: len(labelled) - options.leave_out], labelled[len(labelled) - options.leave_out :]
    sample = sample_choices(options.sample, settings) if options.sample else {}
    weights, figures = {}, {}
    for question in QUESTIONS:
        known = [choice_of(one, question, forms, kinds) for one in seen if is_open(one, question)]
        others = [choice_of(one, question, forms, kinds) for one in left_out if is_open(one, question)]
        unknown = [choice_of(one, question, forms, kinds) for one in as_if_unknown(seen, question, forms)]
        of_sample = sample.get(question, [])
        weights[question] = learn([*known, *unknown, *of_sample], TRUST_IN_RULES[question])
        if question in BESIDE_THE_LEARNED:
            sign, more = BESIDE_THE_LEARNED[question]
            weights[question][sign] = round(weights[question].get(sign, 0.0) + more, 2)
        measured = {"learned_from": known, "left_out": others, "sample": of_sample}
        figures[question] = {name: accuracies(choices, weights[question]) for name, choices in measured.items() if choices}
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    if options.out:
        options.out.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def read_labelled(path: Path, settings: Settings) -> tuple[list[LabelledPost], dict[str, str], list[str]]:
    """Labelled posts with the rules' tags; usual names of listed places by their forms without blanks; the kinds of event."""
    spark = create_session("learn choices")
    records, reference, annotated = labelled_posts(spark, settings, path)
    shared = spark.sparkContext.broadcast(reference)

    def described(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = [(post_id, pickle.dumps((post, reviewed))) for post_id, post, reviewed in tagged(batch, shared.value)]
            yield pa.RecordBatch.from_pydict({"post_id": [post_id for post_id, _ in rows], "tagged": [post for _, post in rows]})

    posts = {row["post_id"]: pickle.loads(row["tagged"]) for row in annotated.mapInArrow(described, _SCHEMA).toLocalIterator()}
    forms = {plain(form): places[0].value for form, places in reference.places.meanings.items() if places}
    labelled = [LabelledPost(posts[record["post_id"]][0], record["truth"], posts[record["post_id"]][1]) for record in records]
    return labelled, forms, sorted(reference.kinds)


def tagged(batch: pa.RecordBatch, reference: Reference) -> Iterator[tuple[str, Post, bool]]:
    """Id, post with the rules' tags, and whether it is the review of a listed place."""
    for post, fields in annotated_fields(batch, reference):
        service, place_id = post.service or "", post.place_id or None
        tags = tag_post(fields, reference, service=service, place_id=place_id, photo_offsets=[])
        people = [tag for tag in tags if tag.kind in ("who", "person")]
        yield post.post_id, Post(fields, tags, service, suggested_kinds(fields, people, reference)), bool(place_id)


def is_open(one: LabelledPost, question: str) -> bool:
    """Whether a question is asked of a post."""
    if question == "where":
        return not one.reviewed
    return len(one.post.of_kind(question)) > 0 or (question == "what" and len(one.post.suggested) > 0)


def as_if_unknown(posts: Sequence[LabelledPost], question: str, forms: Mapping[str, str]) -> Iterator[LabelledPost]:
    """Posts without the kinds and places that are right; with the first days of the ranges that are right in place of these."""
    for one in posts:
        if is_open(one, question):
            right = {tag.value for tag in one.post.of_kind(question) if is_right(tag.value, question, one.truth[question], forms)}
            if not right:
                continue
            post = days_apart(one.post, right) if question == "when" else one.post.without(question, right)
            if post is not None:
                yield one._replace(post=post)


def days_apart(post: Post, ranges: Collection[str]) -> Post | None:
    """The post as if the rules had joined no days of some ranges that it tells apart; None where they joined none.

    Args:
        post: the post with all its tags by the rules.
        ranges: values; those of the tags whose words name the first day alone are of days that are told apart.
    """
    days = {(text.name, text.position, time.begin, time.end): time for text in post.fields for time in text.times if time.is_one_day}
    tags = []
    for tag in post.tags:
        day = days.get(tag.span)
        if day is not None and tag.kind == "when" and "/" in tag.value and tag.value in ranges:
            tag = tag._replace(value=day.value, precision=day.precision)
        tags.append(tag)
    return Post(post.fields, tags, post.service, post.suggested) if tags != post.tags else None


def choice_of(one: LabelledPost, question: str, forms: Mapping[str, str], kinds: Sequence[str]) -> Choice:
    """The alternatives of a labelled post, among the kinds those that it does not name as well, and which of them are right."""
    found = alternatives(question, one.post)
    if question == "what":
        named = {alternative.value for alternative in found}
        found += [unnamed_kind(kind, one.post) for kind in kinds if kind not in named]
    return Choice(found, [is_right(alternative.value, question, one.truth[question], forms) for alternative in found])


def is_right(value: str | None, question: str, truth: str | None, forms: Mapping[str, str]) -> bool:
    """Whether a kind, time or place (None: none) is the editor's.

    Args:
        value: the kind, time or place.
        question: one of `QUESTIONS`.
        truth: the editor's.
        forms: names of listed places without blanks -> their usual name.
    """
    if not truth or value is None:
        return not truth and value is None
    if question != "where":
        return value == truth
    return bool(same_place(truth, value) or same_place(forms.get(plain(truth)), value))


def sample_choices(landing: Path, settings: Settings) -> dict[str, list[Choice]]:
    """The choices of a sample's posts by question, read without annotator; of a post about nothing that happened the rules' choice stands.

    Posts about several events have no truth and are left out.
    """
    reference, _ = reference_of(landing / "celebrities.csv", landing / "places.csv", settings)
    truth, _, posts = posts_of(landing)
    told: dict[str, tuple[str, Callable[[str | None, str], bool]]] = {
        "what": ("kind", eq), "when": ("time", same_time), "where": ("place", same_building)
    }  # fmt: skip
    choices: dict[str, list[Choice]] = defaultdict(list)
    for post_id, post, reviewed in tagged(batch_of(posts), reference):
        for question, (name, is_same) in told.items():
            if not is_open(LabelledPost(post, {}, reviewed), question):
                continue
            found, true = alternatives(question, post), truth[post_id][name]
            if true:
                choices[question].append(Choice(found, [one.value is not None and is_same(one.value, true) for one in found]))
            elif not truth[post_id]["events"]:
                choices[question].append(Choice(found, [one.by_rules for one in found]))
    return choices


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
    names = sorted(name for name, count in counts.items() if count >= SEEN_AT_LEAST or is_learned_kind(name))
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
    weights = {
        name: round(float(weight), 2)
        for name, weight in zip(names, best, strict=True)
        if (abs(weight) >= LEAST_WEIGHT and not name.startswith(UNNAMED)) or is_learned_kind(name)
    }
    return {**weights, RULES: trust_in_rules}


def accuracies(choices: Sequence[Choice], weights: Mapping[str, float]) -> dict[str, Any]:
    """How often the choice is right by the rules and with the weights."""

    def share(chosen: Callable[[list[Alternative]], Alternative]) -> float:
        right = [one.right[one.found.index(chosen([each for each in one.found if each.signs[0] != UNNAMED]))] for one in choices]
        return round(float(np.mean(right)), 4)

    return {
        "posts": len(choices),
        "rules": share(lambda found: next(each for each in found if each.by_rules)),
        "learned": share(lambda found: max(found, key=lambda each: likeliness(each, weights))),
    }


if __name__ == "__main__":
    main()
