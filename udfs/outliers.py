"""Finds the looks of an event (clothes, hair, scene) and the photos that do not belong to it.

Photos are joined by average linkage (Sokal, Michener 1958) into looks; the look that most outlets show is the event's own.
Another look belongs as well when several outlets, or a large share of the photos, show it, or when the caption of one of its
photos says that it is of the event: costumes change on a stage. What is left over is an outlier when it lies further from the
event's own looks than their photos lie from each other (median and median absolute deviation, which up to half of strange photos
cannot move: Leys et al. 2013), within limits learned from many events, so that three photos are judged by experience and three
thousand by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

_NEAREST = 3  # photos of a look to which a strange photo is compared
_DEVIATIONS = 4.0  # robust standard deviations at which a photo no longer fits
_CLOTHES_ALONE = 1.5  # factor of the appearance's distance alone: clothes that are surely the same make up for any scene
_NORMAL = 1.4826  # median absolute deviation of a normal distribution to its standard deviation


@dataclass(frozen=True)
class LookPolicy:
    """When photos show the same look; distances are those of `look_distances`.

    Attributes:
        same: photos nearer than this, on average, are one look.
        surely_same: a photo nearer than this to the event's looks is never an outlier.
        surely_other: a photo further than this from the event's looks always is one.
        outlets: outlets that must show a second look for it to belong to the event.
        photos: photos that a second look needs at least.
        share: share of the event's photos that supports a second look by itself.
        fewest: photos below which nothing is judged.
        many: own photos from which on an event is judged by itself; of fewer, only what is further away is told to be strange.
        appearance_weight: see `look_distances`.
        unseen_scale: see `look_distances`.
    """

    same: float
    surely_same: float
    surely_other: float
    outlets: int = 2
    photos: int = 2
    share: float = 0.34
    fewest: int = 3
    many: int = 8
    appearance_weight: float = 0.5
    unseen_scale: float = 1.1


@dataclass(frozen=True)
class Looks:
    """The looks of an event.

    Attributes:
        labels: shape (photos,): number of the look from 0, the event's own first.
        outliers: shape (photos,): the photo's look does not belong to the event.
        distances: shape (photos,): distance to the event's own looks.
        limit: distance beyond which a photo was an outlier.
    """

    labels: Integers
    outliers: Booleans
    distances: Doubles
    limit: float


def look_distances(
    appearance: NDArray[np.floating[Any]],
    seen: Booleans,
    embedding: NDArray[np.floating[Any]],
    *,
    appearance_weight: float,
    unseen_scale: float,
) -> Doubles:
    """How differently two photos of an event look: clothes and hair of the person, and the picture as a whole.

    The same clothes look different from behind and under other light, and the same hall holds many people: each of the two
    descriptors alone tells foreign photos from own ones worse than both together.

    Args:
        appearance: shape (photos, dimensions), rows of any length; ignored where not `seen`.
        seen: shape (photos,): the appearance of one person is known.
        embedding: shape (photos, dimensions), rows of length 1.
        appearance_weight: weight of the appearance's distance where both are seen; the rest is the embedding's.
        unseen_scale: factor of the embedding's distance where the appearance of one of the two is not known.

    Returns:
        Shape (photos, photos), symmetric, >= 0.
    """
    whole = _cosine_distances(embedding)
    apart: Doubles = whole * unseen_scale
    people = np.flatnonzero(seen)
    if people.size:
        both = np.ix_(people, people)
        clothes = _cosine_distances(appearance[people])
        joined = appearance_weight * clothes + (1.0 - appearance_weight) * whole[both]
        apart[both] = np.minimum(joined, _CLOTHES_ALONE * clothes)
    return apart


def find_looks(
    apart: Doubles,
    outlets: Sequence[Sequence[str]],
    policy: LookPolicy,
    *,
    weight: NDArray[np.floating[Any]] | None = None,
    said: Booleans | None = None,
) -> Looks:
    """Joins the photos of an event into looks and names those that do not belong.

    Args:
        apart: shape (photos, photos): see `look_distances`.
        outlets: for each photo the outlets that published it.
        policy: when photos show the same look.
        weight: shape (photos,): how surely a photo is about the event, 1 where not given; a look's support is its sum.
        said: shape (photos,): the photo's caption says that it is of the event; of none where not given.
    """
    photos = apart.shape[0]
    if photos == 0:
        return Looks(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_), np.zeros(0), policy.surely_other)
    weights = np.ones(photos) if weight is None else np.asarray(weight, dtype=np.float64)
    told = np.zeros(photos, dtype=np.bool_) if said is None else said
    looks = _number_by_support(_cluster(apart, policy.same), outlets, weights)
    own = np.isin(looks, _supported(looks, outlets, told, policy))
    near = _distance_to(apart, own)
    if photos < policy.fewest or own.sum() < 2:
        return Looks(looks, np.zeros(photos, dtype=np.bool_), near, policy.surely_other)
    limit = _limit(near[own], policy)
    return Looks(looks, ~own & (near > limit), near, limit)


def _cosine_distances(vectors: NDArray[np.floating[Any]]) -> Doubles:
    exact = np.asarray(vectors, dtype=np.float64)
    lengths = np.linalg.norm(exact, axis=1, keepdims=True)
    exact = exact / np.where(lengths > 0, lengths, 1.0)
    apart: Doubles = np.clip(1.0 - exact @ exact.T, 0.0, 2.0)
    np.fill_diagonal(apart, 0.0)
    return apart


def _cluster(apart: Doubles, same: float) -> Integers:
    if apart.shape[0] == 1:
        return np.zeros(1, dtype=np.int64)
    upper = np.triu_indices(apart.shape[0], 1)
    numbers: Integers = fcluster(linkage(apart[upper], "average"), same, "distance").astype(np.int64) - 1
    return numbers


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


def _supported(looks: Integers, outlets: Sequence[Sequence[str]], said: Booleans, policy: LookPolicy) -> list[int]:
    """Looks that belong to the event: the first, and every other that a caption, outlets or its size support."""
    supported = [0]
    for look in range(1, int(looks.max()) + 1):
        members = np.flatnonzero(looks == look)
        if said[members].any():
            supported.append(look)
            continue
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
    """Distance beyond which a photo is strange; one of four photos in other clothes is as likely a second look as a stranger."""
    unsure = min(max((policy.many - own.size) / (policy.many - policy.fewest), 0.0), 1.0)
    least = policy.surely_same + unsure * (policy.surely_other - policy.surely_same)
    middle = float(np.median(own))
    spread = _NORMAL * float(np.median(np.abs(own - middle)))
    return float(np.clip(middle + _DEVIATIONS * spread, least, policy.surely_other))
