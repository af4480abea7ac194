"""Fits the small heads on top of the photo network, with torch: photo types, clusters, natural texture, weights of quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

from udfs.natural_scenes import NatureHead, learn_nature
from udfs.people import Floats
from udfs.photo_heads import TypeHead, type_features
from udfs.photo_training import ORIGINAL, VARIANT
from udfs.photo_views import DAMAGES
from udfs.quality import PARTS, Weights, log_odds

Integers = NDArray[np.int64]
Doubles = NDArray[np.float64]

RIDGE = 0.3
SHARPNESS_OF_CHANCES = 8.0
"""Ridge scores lie near -1 and 1; times this, their softmax is about as sure as it is right (held-out photos of the sample)."""


def fit_types(embeddings: Floats, labels: Sequence[str], *, ridge: float = RIDGE) -> TypeHead:
    """Fits a linear head by ridge regression onto one-against-rest targets (Rifkin et al. 2003); exact, so the same every time.

    Args:
        embeddings: shape (n, d), length 1 each.
        labels: type of each.
        ridge: strength of the penalty.
    """
    types = tuple(sorted(set(labels)))
    inputs = torch.from_numpy(type_features(embeddings)).double()
    targets = torch.full((len(labels), len(types)), -1.0, dtype=torch.float64)
    targets[torch.arange(len(labels)), torch.tensor([types.index(label) for label in labels])] = 1.0
    centre, level = inputs.mean(0), targets.mean(0)
    inputs, targets = inputs - centre, targets - level
    if len(inputs) < inputs.shape[1]:  # fewer photos than dimensions: the dual problem is the smaller one
        gram = inputs @ inputs.T + ridge * torch.eye(len(inputs), dtype=torch.float64)
        weights = inputs.T @ torch.linalg.solve(gram, targets)
    else:
        scatter = inputs.T @ inputs + ridge * torch.eye(inputs.shape[1], dtype=torch.float64)
        weights = torch.linalg.solve(scatter, inputs.T @ targets)
    bias = level - centre @ weights
    return TypeHead(types, (SHARPNESS_OF_CHANCES * weights).float().numpy(), (SHARPNESS_OF_CHANCES * bias).float().numpy())


def predict_types(head: TypeHead, embeddings: Floats) -> list[str]:
    """The likeliest type of each embedding."""
    values = type_features(embeddings) @ head.weights + head.bias
    return [head.types[index] for index in values.argmax(1)]


def cluster(embeddings: Floats, *, clusters: int, seed: int = 7, rounds: int = 30) -> Integers:
    """Spherical k-means (Dhillon and Modha 2001) with farthest-first seeds: groups of photos where no labels exist.

    Args:
        embeddings: shape (n, d), length 1 each.
        clusters: most groups.
        seed: of the first centre.
        rounds: most rounds.

    Returns:
        Number of the group of each photo, shape (n,).
    """
    points = torch.from_numpy(embeddings)
    count = min(clusters, len(points))
    chosen = [seed % len(points)]
    nearest = points @ points[chosen[0]]
    for _ in range(count - 1):
        chosen.append(int(nearest.argmin()))
        nearest = torch.maximum(nearest, points @ points[chosen[-1]])
    centres = points[chosen]
    groups = torch.zeros(len(points), dtype=torch.int64)
    for _ in range(rounds):
        new = (points @ centres.T).argmax(1)
        if bool((new == groups).all()):
            break
        groups = new
        sums = torch.zeros_like(centres).index_add_(0, groups, points)
        centres = torch.nn.functional.normalize(torch.where(sums.abs().sum(1, keepdim=True) > 0, sums, centres), dim=1)
    return np.asarray(groups.numpy(), dtype=np.int64)


def fit_nature(
    moments: Doubles, reference: Doubles, photos: Sequence[str], kinds: Sequence[str], steps: Integers, *, folds: int = 5
) -> tuple[NatureHead | None, Doubles]:
    """Learns what tells natural texture from a reference metric of quality.

    Where the metric calls a damaged version better than a less damaged one (shrinking a photo does that to all metrics that know no scale),
    it is lowered to the lesser of the two.

    Args:
        moments: shape (n, 28), NaN for tiny photos.
        reference: shape (n,), higher is better, NaN where it is not known.
        photos: photo of each row.
        kinds: damage of each row.
        steps: step of the damage of each row, shape (n,).
        folds: the values are those of heads that have not seen the row's photo, one of so many shares of the photos.

    Returns:
        (head, the part `natural` of each row, NaN where it does not apply); (None, NaN) where no reference is known.
    """
    usable = ~np.isnan(moments).any(1) & ~np.isnan(reference)
    values = np.full(len(reference), np.nan)
    if int(usable.sum()) < 2 * moments.shape[1]:
        return None, values
    targets = _never_better_when_damaged(reference, photos, kinds, steps)
    fold = np.unique(np.asarray(photos), return_inverse=True)[1] % folds
    for number in range(folds):
        learned, left = usable & (fold != number), ~np.isnan(moments).any(1) & (fold == number)
        if left.any() and learned.any():
            values[left] = learn_nature(moments[learned], targets[learned]).parts(moments[left])
    return learn_nature(moments[usable], targets[usable]), values


def _never_better_when_damaged(reference: Doubles, photos: Sequence[str], kinds: Sequence[str], steps: Integers) -> Doubles:
    lowered = reference.copy()
    better, worse = _pairs(photos, kinds, steps)
    for first, second in sorted(zip(better.tolist(), worse.tolist(), strict=True), key=lambda pair: (steps[pair[1]], steps[pair[0]])):
        lowered[second] = min(lowered[second], lowered[first])
    return lowered


AGREEMENT: Final = 1.3
"""What likeness to the reference metric over different photos weighs against the order of one photo's versions."""


def fit_weights(
    parts: Mapping[str, Floats | Doubles],
    photos: Sequence[str],
    kinds: Sequence[str],
    steps: Integers,
    *,
    reference: Doubles | None = None,
    rounds: int = 400,
    seed: int = 7,
) -> tuple[Weights, list[float]]:
    """Learns the weights of quality: the less damaged of two versions of a photo must score higher (RankNet, Burges et al. 2005).

    Where a reference metric is known, the scores must go with it over different photos as well, damaged ones and others. Weights are
    kept from being negative. The face has no say: who chooses photos weighs it on its own, and a face that damage hides must not change the
    score.

    Args:
        parts: parts of quality by name, shape (n,), NaN where a part does not apply.
        photos: photo of each row.
        kinds: damage of each row.
        steps: step of the damage of each row, shape (n,).
        reference: a metric of quality, higher is better, shape (n,), NaN where it is not known.
        rounds: steps of the optimiser.
        seed: of the start.

    Returns:
        (weights, loss after each round).
    """
    values = np.stack([np.array([np.nan if np.isnan(v) else log_odds(float(v)) for v in parts[name]]) for name in PARTS], axis=1)
    nowhere = np.isnan(values).all(0)
    missing = np.where(nowhere, 0.0, np.nanmean(np.where(nowhere, 0.0, values), axis=0))
    filled = np.where(np.isnan(values), missing, values)
    better, worse = _pairs(photos, kinds, steps)
    inputs = torch.from_numpy(filled)
    differences = inputs[better] - inputs[worse]
    groups = [] if reference is None else _reference_groups(reference, kinds, steps)
    torch.manual_seed(seed)
    raw = torch.zeros(len(PARTS), dtype=torch.float64, requires_grad=True)
    counted = torch.tensor([float(name != "face") for name in PARTS], dtype=torch.float64)
    optimiser = torch.optim.Adam([raw], lr=0.05)
    losses: list[float] = []
    for _ in range(rounds):
        optimiser.zero_grad()
        weights = torch.nn.functional.softplus(raw) * counted
        loss = torch.nn.functional.softplus(1.0 - differences @ weights).mean() + 0.003 * weights.square().mean()
        for rows, wanted in groups:
            scores = inputs[rows] @ weights
            standard = (scores - scores.mean()) / (scores.std() + 1e-9)
            loss = loss + AGREEMENT * 0.5 * (1.0 - (standard * wanted).mean())
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(float(loss.detach()))
    learned = (torch.nn.functional.softplus(raw) * counted).detach().numpy()
    # an undamaged photo of average parts scores 0.88, and the spread of the scores uses the range
    scale = 2.0 / max(1e-6, float((filled @ learned).std()))
    learned = learned * scale
    bias = 2.0 - float(np.median((filled @ learned)[np.asarray(steps) == 0]))
    names = dict(zip(PARTS, (round(float(weight), 4) for weight in learned), strict=True))
    means = {name: round(float(missing[PARTS.index(name)]), 4) for name in ("face", "natural")}
    return Weights(round(bias, 4), names, means), losses


def _reference_groups(reference: Doubles, kinds: Sequence[str], steps: Integers) -> list[tuple[Integers, torch.Tensor]]:
    """Rows of honest photos and of damaged ones with their reference, as normal scores of its ranks (it has long tails)."""
    known, names = ~np.isnan(reference), np.asarray(kinds)
    honest = np.isin(names, (ORIGINAL, VARIANT))
    # brightening is left out: it harms only what is bright already
    masks = (known & honest, known & (np.asarray(steps) > 0) & np.isin(names, DAMAGES))
    groups = []
    for rows in (np.flatnonzero(mask) for mask in masks):
        if rows.size > 1:
            ranks = rankdata(reference[rows])
            groups.append((rows.astype(np.int64), torch.from_numpy(norm.ppf((ranks - 0.5) / rows.size))))
    return groups


def _pairs(photos: Sequence[str], kinds: Sequence[str], steps: Integers) -> tuple[Integers, Integers]:
    """Row numbers (better, worse) of all pairs of versions of one photo under one damage."""
    groups: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(zip(photos, kinds, strict=True)):
        groups.setdefault(key, []).append(row)
    found = [(a, b) for rows in groups.values() for a in rows for b in rows if steps[a] < steps[b]]
    return np.array([a for a, _ in found], dtype=np.int64), np.array([b for _, b in found], dtype=np.int64)


def order_kept(scores: NDArray[np.float64], photos: Sequence[str], kinds: Sequence[str], steps: Integers) -> float:
    """Share of pairs of versions of one photo under one damage in which the less damaged one scores higher."""
    better, worse = _pairs(photos, kinds, steps)
    return float((scores[better] > scores[worse]).mean()) if better.size else float("nan")


def area_under_curve(scores: Any, truth: Any) -> float:
    """Probability that a true pair scores higher than a false one, ties counted half (Mann and Whitney 1947)."""
    order = np.argsort(scores, kind="stable")
    _, inverse, counts = np.unique(scores[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = np.empty(len(scores))
    ranks[order] = ((ends - counts + 1 + ends) / 2)[inverse]
    positives = int(truth.sum())
    return float((ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * (len(truth) - positives)))
