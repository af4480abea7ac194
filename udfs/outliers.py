"""Finds the looks of an event (clothes and hair) and the photos that do not belong to it.

Appearances are joined by average linkage (Sokal, Michener 1958) into looks; the look that most outlets show is the event's own.
Another look belongs as well when several outlets, or a large share of the photos, show it: costumes change on a stage. What is
left over is an outlier when it lies further from the event's own looks than their photos lie from each other (median and median
absolute deviation, which up to half of strange photos cannot move: Leys et al. 2013), within limits learned from many events, so
that three photos are judged by experience and three thousand by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

_NEAREST = 3  # photos of a look to which a strange photo is compared
_DEVIATIONS = 4.0  # robust standard deviations at which a photo no longer fits
_NORMAL = 1.4826  # median absolute deviation of a normal distribution to its standard deviation


@dataclass(frozen=True)
class LookPolicy:
    """When photos show the same look; distances are 1 - cosine of appearances.

    Attributes:
        same: photos nearer than this, on average, are one look.
        surely_same: a photo nearer than this to the event's looks is never an outlier.
        surely_other: a photo further than this from the event's looks always is one.
        outlets: outlets that must show a second look for it to belong to the event.
        photos: photos that a second look needs at least.
        share: share of the event's photos that supports a second look by itself.
        fewest: photos with an appearance below which nothing is judged.
    """

    same: float
    surely_same: float
    surely_other: float
    outlets: int = 2
    photos: int = 2
    share: float = 0.34
    fewest: int = 3


@dataclass(frozen=True)
class Looks:
    """The looks of an event.

    Attributes:
        labels: shape (photos,): number of the look from 0, the event's own first; -1 where nobody is seen.
        outliers: shape (photos,): the photo's look does not belong to the event.
        distances: shape (photos,): distance to the event's nearest look, NaN where nobody is seen.
        limit: distance beyond which a photo was an outlier.
    """

    labels: Integers
    outliers: Booleans
    distances: Doubles
    limit: float


def find_looks(
    appearance: NDArray[np.floating],
    seen: Booleans,
    outlets: Sequence[Sequence[str]],
    policy: LookPolicy,
    *,
    weight: NDArray[np.floating] | None = None,
) -> Looks:
    """Joins the photos of an event into looks and names those that do not belong.

    Args:
        appearance: shape (photos, dimensions), rows of any length; ignored where not `seen`.
        seen: shape (photos,): somebody is seen on the photo.
        outlets: for each photo the outlets that published it.
        policy: when photos show the same look.
        weight: shape (photos,): how surely a photo is about the event, 1 where not given; a look's support is its sum.
    """
    photos = len(seen)
    labels = np.full(photos, -1, dtype=np.int64)
    outliers = np.zeros(photos, dtype=np.bool_)
    distances = np.full(photos, np.nan)
    judged = np.flatnonzero(seen)
    if judged.size == 0:
        return Looks(labels, outliers, distances, policy.surely_other)
    apart = _distances(appearance[judged])
    weights = np.ones(judged.size) if weight is None else np.asarray(weight, dtype=np.float64)[judged]
    looks = _number_by_support(_cluster(apart, policy.same), [outlets[photo] for photo in judged], weights)
    labels[judged] = looks
    own = np.isin(looks, _supported(looks, [outlets[photo] for photo in judged], policy))
    near = _distance_to(apart, own)
    distances[judged] = near
    if judged.size < policy.fewest or own.sum() < 2:
        return Looks(labels, outliers, distances, policy.surely_other)
    limit = _limit(near[own], policy)
    outliers[judged] = ~own & (near > limit)
    return Looks(labels, outliers, distances, limit)


def _distances(appearance: NDArray[np.floating]) -> Doubles:
    vectors = np.asarray(appearance, dtype=np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.where(lengths > 0, lengths, 1.0)
    apart: Doubles = np.clip(1.0 - vectors @ vectors.T, 0.0, 2.0)
    np.fill_diagonal(apart, 0.0)
    return apart


def _cluster(apart: Doubles, same: float) -> Integers:
    if apart.shape[0] == 1:
        return np.zeros(1, dtype=np.int64)
    upper = np.triu_indices(apart.shape[0], 1)
    return fcluster(linkage(apart[upper], "average"), same, "distance").astype(np.int64) - 1


def _number_by_support(looks: Integers, outlets: Sequence[Sequence[str]], weights: Doubles) -> Integers:
    """Numbers the looks from 0: more outlets first, then more weight, then the look of the first photo."""
    support = []
    for look in np.unique(looks):
        members = np.flatnonzero(looks == look)
        sources = {outlet for member in members for outlet in outlets[member]}
        support.append((-len(sources), -round(float(weights[members].sum()), 6), int(members[0]), int(look)))
    # A look of one photo in many outlets is a stock photo rather than the event: weight decides among looks of an event.
    support.sort(key=lambda entry: (entry[1] + 0.5 * entry[0], entry[2]))
    number = np.empty(int(looks.max()) + 1, dtype=np.int64)
    for position, entry in enumerate(support):
        number[entry[3]] = position
    return number[looks]


def _supported(looks: Integers, outlets: Sequence[Sequence[str]], policy: LookPolicy) -> list[int]:
    """Looks that belong to the event: the first, and every other that outlets or its size support."""
    supported = [0]
    for look in range(1, int(looks.max()) + 1):
        members = np.flatnonzero(looks == look)
        if members.size < policy.photos:
            continue
        sources = {outlet for member in members for outlet in outlets[member]}
        if len(sources) >= policy.outlets or members.size >= policy.share * looks.size:
            supported.append(look)
    return supported


def _distance_to(apart: Doubles, own: Booleans) -> Doubles:
    """Mean distance of every photo to its nearest photos among the event's own, itself left out."""
    toward = apart[:, own].copy()
    toward[np.flatnonzero(own), np.arange(int(own.sum()))] = np.inf
    nearest = min(_NEAREST, max(toward.shape[1] - 1, 1))
    smallest: Doubles = np.sort(toward, axis=1)[:, :nearest]
    finite = np.where(np.isfinite(smallest), smallest, 0.0)
    counted = np.isfinite(smallest).sum(axis=1)
    return np.where(counted > 0, finite.sum(axis=1) / np.maximum(counted, 1), 0.0)


def _limit(own: Doubles, policy: LookPolicy) -> float:
    middle = float(np.median(own))
    spread = _NORMAL * float(np.median(np.abs(own - middle)))
    return float(np.clip(middle + _DEVIATIONS * spread, policy.surely_same, policy.surely_other))
