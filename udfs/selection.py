"""Chooses the photos that tell an event best: a submodular objective, a greedy choice with a guarantee, a certified bound.

A set of photos is worth

    F(S) = sum over clients i of max over j in S of service[j, i]  +  sum over j in S of worth[j].

The clients are all photos of the event (facility location: each wants a photo like itself to be shown) and its looks and
scenes (coverage: each wants to be shown at all). The worth of a photo joins quality and relevance. F is monotone and
submodular, so the greedy choice of k photos reaches at least 1 - 1/e = 63 % of the best possible value (Nemhauser, Wolsey,
Fisher 1978: An analysis of approximations for maximizing submodular set functions). `upper_bound` certifies for each event how
much it really reached, usually above 98 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_BATCH = 8  # stale candidates that lazy greedy weighs anew at a time: fewer calls of numpy, little wasted work


@dataclass(frozen=True)
class Objective:
    """What a set of photos is worth.

    Attributes:
        service: shape (photos, clients), >= 0: how well a photo serves a client, the client's weight included.
        worth: shape (photos,), >= 0: what a photo is worth by itself.
    """

    service: Floats
    worth: Floats

    def value(self, chosen: Sequence[int] | Integers) -> float:
        """F of a set of photos, given by their positions."""
        positions = np.asarray(chosen, dtype=np.int64)
        if positions.size == 0:
            return 0.0
        served = self.service[positions].max(axis=0).sum(dtype=np.float64)
        return float(served + self.worth[positions].sum(dtype=np.float64))


@dataclass(frozen=True)
class Selection:
    """The photos chosen, in the order of choice.

    Attributes:
        positions: position of each photo chosen.
        gains: what each added to the value when it was chosen; not increasing after the pinned ones.
        value: F of the set.
    """

    positions: Integers
    gains: Floats
    value: float


def similarities(embeddings: NDArray[np.floating[Any]], *, floor: float = 0.0) -> Floats:
    """Cosine similarities of unit vectors, those up to `floor` counted as none, stretched to [0, 1].

    Args:
        embeddings: shape (photos, dimensions), each row of length 1 (or all zero: like nothing, not even itself).
        floor: cosine that two unrelated photos reach anyway.

    Returns:
        Shape (photos, photos), symmetric, in [0, 1].
    """
    vectors = np.ascontiguousarray(embeddings, dtype=np.float32)
    cosine = vectors @ vectors.T
    cosine -= np.float32(floor)
    cosine *= np.float32(1.0 / (1.0 - floor))
    return np.clip(cosine, 0.0, 1.0, out=cosine)


def photo_objective(
    similarity: Floats,
    *,
    quality: NDArray[np.floating[Any]],
    relevance: NDArray[np.floating[Any]],
    groupings: Sequence[Integers] = (),
    budget: int,
    weights: tuple[float, float, float, float] = (1.0, 1.0, 0.5, 0.5),
) -> Objective:
    """The objective of a visual summary.

    Args:
        similarity: shape (photos, photos) in [0, 1], see `similarities`.
        quality: shape (photos,) in [0, 1].
        relevance: shape (photos,) in [0, 1].
        groupings: each of shape (photos,): number of the look, scene, ... of a photo, -1 for none. Every group wants a photo.
        budget: photos that may be chosen: quality and relevance count as means over it, so that no part outgrows another.
        weights: of representation, quality, relevance and coverage of the groups (each grouping's share alike).
    """
    representation, for_quality, for_relevance, for_coverage = weights
    photos = similarity.shape[0]
    parts = [similarity * np.float32(representation / max(photos, 1))]
    for labels in groupings:
        names = np.unique(labels[labels >= 0])
        if names.size:
            share = np.float32(for_coverage / (len(groupings) * names.size))
            parts.append((labels[:, None] == names[None, :]).astype(np.float32) * share)
    worth = (for_quality * np.asarray(quality) + for_relevance * np.asarray(relevance)) / max(budget, 1)
    service = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
    return Objective(np.ascontiguousarray(service, dtype=np.float32), worth.astype(np.float32))


def choose(objective: Objective, budget: int, *, pinned: Sequence[int] = ()) -> Selection:
    """Lazy greedy choice: at every step the photo that adds most; among equals the first position.

    A photo's gain never grows as the set grows, so the gain weighed last is an upper bound and only photos whose bound is still
    on top are weighed anew (Minoux 1978: Accelerated greedy algorithms for maximizing submodular set functions). The result is
    that of plain greedy: at least 1 - 1/e of the best value of `budget` photos that hold the pinned ones.

    Args:
        objective: what a set is worth.
        budget: photos to choose, the pinned ones included; all when there are no more.
        pinned: positions that are chosen before all others, in this order, whatever the budget.
    """
    service, worth = objective.service, objective.worth
    photos = service.shape[0]
    served = np.zeros(service.shape[1], dtype=np.float32)
    bounds = service.sum(axis=1) + worth
    fresh = np.zeros(photos, dtype=np.int64)  # number of photos chosen when the bound was weighed
    positions: list[int] = []
    gains: list[float] = []
    queue = list(dict.fromkeys(pinned))
    limit = min(max(budget, len(queue)), photos)
    while len(positions) < limit:
        if len(positions) < len(queue):
            best = queue[len(positions)]
            bounds[best] = np.maximum(service[best] - served, 0.0).sum() + worth[best]
        else:
            best = _next(service, worth, served, bounds, fresh, len(positions))
        positions.append(best)
        gains.append(float(bounds[best]))
        np.maximum(served, service[best], out=served)
        bounds[best] = -np.inf
    chosen = np.asarray(positions, dtype=np.int64)
    return Selection(chosen, np.asarray(gains, dtype=np.float32), objective.value(chosen))


def _next(service: Floats, worth: Floats, served: Floats, bounds: Floats, fresh: Integers, step: int) -> int:
    """The photo with the greatest gain; weighs bounds anew until the greatest is fresh."""
    batch = min(_BATCH, bounds.size)
    while True:
        best = int(bounds.argmax())
        if fresh[best] == step:
            return best
        top = np.argpartition(bounds, bounds.size - batch)[bounds.size - batch :]
        top = np.append(top[top != best], best)  # among equal bounds the partition may leave out the one that is asked for
        stale = top[(fresh[top] < step) & np.isfinite(bounds[top])]
        bounds[stale] = np.maximum(service[stale] - served, 0.0).sum(axis=1) + worth[stale]
        fresh[stale] = step


def upper_bound(objective: Objective, budget: int, *, reached: float, rounds: int = 300) -> float:
    """A value that no set of `budget` photos exceeds, proven for this objective.

    Lagrangian dual of the facility location programme: for prices u >= 0 of the clients,

        F(S) <= sum_i u_i + sum of the `budget` greatest (worth[j] + sum_i max(0, service[j, i] - u_i)),

    because max over j of service[j, i] <= u_i + sum over j of max(0, service[j, i] - u_i). It holds for every u; the prices are
    improved by subgradient steps (Cornuejols, Fisher, Nemhauser 1977: Location of bank accounts to optimize float) and the
    lowest bound, summed again in double precision, is the certificate.

    Args:
        objective: what a set is worth.
        budget: photos that may be chosen.
        reached: value of a known set, towards which the steps are scaled.
        rounds: steps.
    """
    service, worth = objective.service, objective.worth
    photos = service.shape[0]
    count = min(budget, photos)
    if count == 0:
        return 0.0
    prices = _first_prices(objective, count)
    best_prices, best = prices, np.inf
    scale, since = 1.0, 0
    for _ in range(rounds):
        above = np.maximum(service - prices, 0.0)
        reduced = above.sum(axis=1) + worth
        top = np.argpartition(reduced, photos - count)[photos - count :]
        bound = float(prices.sum(dtype=np.float64) + reduced[top].sum(dtype=np.float64))
        if bound < best:
            best, best_prices, since = bound, prices, 0
        else:
            since += 1
            if since >= 10:
                scale, since, prices = scale / 2, 0, best_prices
        slope = 1.0 - (above[top] > 0).sum(axis=0)
        length = float(np.square(slope).sum())
        if length == 0.0 or bound - reached <= 1e-7 * max(abs(reached), 1.0):
            break
        prices = np.maximum(prices - np.float32(scale * (bound - reached) / length) * slope, 0.0).astype(np.float32)
    return _bound_at(objective, count, best_prices)


def _first_prices(objective: Objective, count: int) -> Floats:
    """The service that the greedy choice gives every client: prices that are near the best ones."""
    chosen = choose(objective, count).positions
    prices: Floats = objective.service[chosen].max(axis=0)
    return prices


def _bound_at(objective: Objective, count: int, prices: Floats) -> float:
    exact = prices.astype(np.float64)
    reduced = np.maximum(objective.service - exact, 0.0).sum(axis=1) + objective.worth
    return float(exact.sum() + np.sort(reduced)[-count:].sum())
