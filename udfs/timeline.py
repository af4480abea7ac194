"""Judges the photos of one event: what does not belong, what is too poor, what is shown and in which order, and why.

A frame of one event in, a verdict and a reason for every photo out. Nothing here knows Spark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

from udfs.geometry_match import parts_match
from udfs.outliers import LookPolicy, Looks, find_looks, look_distances
from udfs.selection import Floats, Selection, choose, photo_objective, similarities

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

VERDICTS = ("kept", "copy", "outlier", "low_quality", "irrelevant", "over_budget", "hidden")
COLUMNS = ["photo_id", "verdict", "reason", "rank", "look", "gain", "instead"]


@dataclass(frozen=True)
class TimelinePolicy:
    """How the photos of an event are judged.

    Attributes:
        look: when photos show the same clothes and hair.
        least_quality: photos of a lower quality score are not shown.
        least_relevance: photos of posts that are less about the event are not shown.
        few: an event with so few photos shows all that are good.
        most: most photos shown.
        many: number of good photos at which the budget reaches `most`.
        burst: cosine of embeddings from which two photos are frames of one burst.
        twin: cosine from which two chosen photos are looked at for one being a part of the other.
        copy: similarity of local features and grey values from which it is (see `udfs.geometry_match`).
        scene: cosine distance up to which photos are one scene.
        alike: cosine that two unrelated photos of an event reach anyway.
        graphics: photo types that are no photos of an event.
        weights: of representation, quality, relevance, coverage.
    """

    look: LookPolicy
    least_quality: float
    least_relevance: float
    few: int
    most: int
    many: int
    burst: float
    twin: float
    copy: float
    scene: float
    alike: float
    graphics: tuple[str, ...]
    weights: tuple[float, float, float, float]


def budget(photos: int, policy: TimelinePolicy) -> int:
    """How many of so many good photos are shown: all of a few, then ever fewer of more (logarithmic), `most` from `many` on."""
    if photos <= policy.few:
        return photos
    grown = policy.few + (policy.most - policy.few) * log(photos / policy.few) / log(policy.many / policy.few)
    return min(policy.most, photos, round(grown))


def judge_event(photos: pd.DataFrame, policy: TimelinePolicy) -> pd.DataFrame:
    """Gives every photo of an event a verdict and a reason.

    Args:
        photos: one row a picture (of copies only the best): photo_id, embedding, appearance (null when nobody is seen), quality, face,
            relevance (all in [0, 1]), people, photo_type, error, outlets (list of names), wish ("hide", "pin" or null), old (words why
            the photo is older than the event, or null), other (who else the caption names, or null), filed (the caption's words that
            call it a file photo, or null), said (the caption says what the event is), several (the event's posts are about several
            people), geometry (local features, or null). Any order.
        policy: how to judge.

    Returns:
        photo_id, verdict, reason, rank (from 1; null unless kept), look (null when nobody is seen, or when the clothes were not asked
        about), gain (null unless kept), instead (photo shown in place of a frame of the same burst or of a copy, or null); in the order of
        photo_id.
    """
    rows = photos.sort_values("photo_id", ignore_index=True)
    verdicts = _Verdicts(rows)
    pinned = (rows["wish"] == "pin").to_numpy(dtype=bool)
    measured = rows["embedding"].notna().to_numpy(dtype=bool)
    embeddings = stack_vectors(rows["embedding"], measured)
    verdicts.say((rows["wish"] == "hide").to_numpy(dtype=bool), "hidden", "편집자가 숨긴 사진")
    # nobody can show what cannot be read, pinned or not
    unreadable = (~measured & ~pinned) | _present(rows["error"])
    reasons = [f"사진을 읽을 수 없음: {error}" if error else "사진을 읽을 수 없음" for error in rows["error"]]
    verdicts.say(unreadable, "low_quality", reasons)
    verdicts.say(_present(rows["other"]) & ~pinned, "irrelevant", [f"사진 설명이 다른 사람을 가리킴: {name}" for name in rows["other"]])
    verdicts.say(
        (rows["relevance"] < policy.least_relevance).to_numpy(dtype=bool) & ~pinned,
        "irrelevant",
        [f"실린 글이 이 행사와 관련이 적음(관련도 {value:.2f})" for value in rows["relevance"]],
    )
    verdicts.say(_present(rows["old"]) & ~pinned, "outlier", list(rows["old"]))
    filed = _present(rows["filed"]) & ~pinned
    verdicts.say(filed, "outlier", [f"사진 설명에 따르면 이 행사의 사진이 아님({words})" for words in rows["filed"]])
    verdicts.say(
        rows["photo_type"].isin(policy.graphics).to_numpy(dtype=bool) & ~pinned,
        "outlier",
        "행사 사진이 아닌 그림·문서(로고, 포스터, 도표 등)",
    )
    quality = rows["quality"].to_numpy(dtype=np.float64, na_value=0.0)
    poor = verdicts.open & (quality < policy.least_quality) & ~pinned
    verdicts.say(poor, "low_quality", [f"흐리거나 어둡거나 작음(화질 {value:.2f})" for value in quality])
    # among what can be shown: clothes and hair of a blurred or dark photo look like another's
    looks = _looks(rows, embeddings, verdicts.open, policy)
    verdicts.say(
        looks.outliers & ~pinned,
        "outlier",
        [
            f"이 행사의 옷차림·머리와 다름(거리 {distance:.2f}, 한도 {looks.limit:.2f})"
            if somebody
            else f"사람이 없고 이 행사의 다른 사진과 닮지 않음(거리 {distance:.2f}, 한도 {looks.limit:.2f})"
            for distance, somebody in zip(looks.distances, _seen(rows), strict=True)
        ],
    )
    _choose(rows, verdicts, embeddings, looks, quality, pinned, policy)
    return verdicts.frame(looks.labels)


class _Verdicts:
    """Verdicts so far; the first one that is said of a photo holds."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.ids = list(rows["photo_id"])
        self.verdict: list[str | None] = [None] * len(rows)
        self.reason: list[str | None] = [None] * len(rows)
        self.rank: list[int | None] = [None] * len(rows)
        self.gain: list[float | None] = [None] * len(rows)
        self.instead: list[str | None] = [None] * len(rows)

    @property
    def open(self) -> Booleans:
        """Photos that nothing was said of."""
        return np.array([verdict is None for verdict in self.verdict], dtype=np.bool_)

    def say(self, which: Booleans, verdict: str, reason: str | Sequence[str]) -> None:
        """Says a verdict of the photos that are still open."""
        for photo in np.flatnonzero(which & self.open):
            self.verdict[photo] = verdict
            self.reason[photo] = reason if isinstance(reason, str) else reason[photo]

    def say_one(self, photo: int, verdict: str, reason: str, *, instead: int | None = None) -> None:
        """Says a verdict of one photo that is still open, and which photo is shown in its place."""
        self.verdict[photo], self.reason[photo] = verdict, reason
        self.instead[photo] = None if instead is None else self.ids[instead]

    def frame(self, looks: Integers) -> pd.DataFrame:
        """The result."""
        return pd.DataFrame(
            {
                "photo_id": self.ids,
                "verdict": self.verdict,
                "reason": self.reason,
                "rank": pd.array(self.rank, dtype="Int32"),
                "look": pd.array([None if look < 0 else look for look in looks], dtype="Int32"),
                "gain": pd.array(self.gain, dtype="Float64"),
                "instead": self.instead,
            }
        )[COLUMNS]


def _choose(
    rows: pd.DataFrame, verdicts: _Verdicts, embeddings: Floats, looks: Looks, quality: Doubles, pinned: Booleans, policy: TimelinePolicy
) -> None:
    """Chooses among the photos that are still open, puts the cover first and says why the others are left out."""
    good = np.flatnonzero(verdicts.open)
    if good.size == 0:
        return
    cosine = embeddings[good] @ embeddings[good].T
    relevance, faces = rows["relevance"].to_numpy(dtype=np.float64)[good], rows["face"].to_numpy(dtype=np.float64, na_value=0.0)[good]
    worth = 0.8 * quality[good] + 0.2 * faces
    standing = stand_ins(cosine, policy.burst, worth + relevance * 1e-3, pinned[good])
    best = standing == np.arange(good.size)
    for photo in np.flatnonzero(~best):
        verdicts.say_one(good[photo], "over_budget", "연이어 찍은 같은 장면 가운데 더 좋은 사진을 보여 줌", instead=good[standing[photo]])
    single = np.flatnonzero(best)
    known: dict[tuple[int, int], bool] = {}
    while True:
        count = budget(single.size, policy)
        scenes = _scenes(cosine[np.ix_(single, single)], policy.scene)
        kept = good[single]
        labels = _dense(looks.labels[kept])
        objective = photo_objective(
            similarities(embeddings[kept], floor=policy.alike),
            quality=worth[single],
            relevance=relevance[single],
            groupings=[labels, scenes],
            budget=count,
            weights=policy.weights,
        )
        selection = choose(objective, count, pinned=[position for position, photo in enumerate(kept) if pinned[photo]])
        twice = _shown_twice(single[selection.positions], cosine, rows["geometry"].iloc[good], worth, pinned[good], policy, known)
        for lesser, better in twice:
            verdicts.say_one(good[lesser], "copy", "보여 준 사진의 일부이거나 그 사진을 담은 복사본", instead=good[better])
        if not twice:
            break
        single = np.setdiff1d(single, [lesser for lesser, _ in twice])
    order = _cover_first(selection, worth[single] + 0.5 * relevance[single], labels)
    reasons = _reasons(selection, labels, scenes, pinned[kept], int(order[0]))
    gain_of = dict(zip(selection.positions.tolist(), selection.gains.tolist(), strict=True))
    for rank, position in enumerate(order.tolist(), start=1):
        photo = int(kept[position])
        verdicts.say_one(photo, "kept", reasons[position])
        verdicts.rank[photo], verdicts.gain[photo] = rank, round(gain_of[position], 6)
    similar = nearest_shown(cosine[np.ix_(single, single)], selection.positions)
    left = np.full(len(rows), "", dtype=object)
    left[kept] = [
        f"{selection.positions.size}장을 고르고 남음(보여 준 사진과의 유사도 {value:.2f}, 화질 {quality[photo]:.2f})"
        for value, photo in zip(similar, kept, strict=True)
    ]
    verdicts.say(verdicts.open, "over_budget", left.tolist())


def _shown_twice(
    chosen: Integers,
    cosine: Floats,
    geometry: pd.Series,
    worth: Doubles,
    pinned: Booleans,
    policy: TimelinePolicy,
    known: dict[tuple[int, int], bool],
) -> list[tuple[int, int]]:
    """Pairs (lesser, better) of chosen photos of which one is a part of the other, each lesser one once; pinned ones are no lesser.

    Copies were marked before, among a few candidates for each photo; crops that these missed are found here, where few photos are left
    to be compared with each other.

    Args:
        chosen: positions of the photos chosen.
        cosine: shape (photos, photos).
        geometry: local features of the photos, null where there are none.
        worth: shape (photos,): what a photo is worth.
        pinned: shape (photos,).
        policy: its `twin` and `copy` are used.
        known: pairs that were compared before, and whether they are copies; added to.
    """
    found: dict[int, int] = {}
    order = sorted(chosen.tolist(), key=lambda photo: (not pinned[photo], -worth[photo], photo))
    for place, lesser in enumerate(order):
        for better in order[:place]:
            if pinned[lesser] or better in found or cosine[lesser, better] < policy.twin:
                continue
            pair = (lesser, better)
            if pair not in known:
                one, other = geometry.iloc[lesser], geometry.iloc[better]
                known[pair] = bool(one) and bool(other) and parts_match(one, other) >= policy.copy
            if known[pair]:
                found[lesser] = better
                break
    return list(found.items())


def nearest_shown(cosine: Doubles | Floats, chosen: Integers) -> Doubles:
    """For every photo the cosine to the chosen photo that it resembles most."""
    nearest: Doubles = cosine[:, chosen].max(axis=1).astype(np.float64)
    return nearest


def _present(values: pd.Series) -> Booleans:
    present: Booleans = values.notna().to_numpy(dtype=bool)
    return present


def _seen(rows: pd.DataFrame) -> Booleans:
    return _present(rows["appearance"])


def stack_vectors(vectors: pd.Series, present: Booleans) -> Floats:
    """Shape (photos, dimensions): the vectors, zero where there is none."""
    if not present.any():
        return np.zeros((len(vectors), 1), dtype=np.float32)
    first = np.stack([np.asarray(vector, dtype=np.float32) for vector in vectors[present]])
    stacked = np.zeros((len(vectors), first.shape[1]), dtype=np.float32)
    stacked[present] = first
    return stacked


def _looks(rows: pd.DataFrame, embeddings: Floats, which: Booleans, policy: TimelinePolicy) -> Looks:
    """Looks among the photos that are still open; of photos with several people nothing is concluded from the clothes of one."""
    photos = np.flatnonzero(which)
    alone = _seen(rows) & (rows["people"].to_numpy(dtype=np.float64, na_value=0.0) <= 1)
    appearance = stack_vectors(rows["appearance"], _seen(rows))
    outlets = [tuple(names) if names is not None else () for names in rows["outlets"].iloc[photos]]
    relevance = rows["relevance"].to_numpy(dtype=np.float64)
    apart = look_distances(
        appearance[photos],
        alone[photos],
        embeddings[photos],
        appearance_weight=policy.look.appearance_weight,
        unseen_scale=policy.look.unseen_scale,
    )
    # people of one event wear each their own: where the posts name several, whoever is in two photos belongs
    look = replace(policy.look, outlets=1) if rows["several"].any() else policy.look
    said = rows["said"].to_numpy(dtype=bool)
    found = find_looks(apart, outlets, look, weight=relevance[photos], said=said[photos])
    labels, outliers, distances = np.full(len(rows), -1, dtype=np.int64), np.zeros(len(rows), dtype=np.bool_), np.full(len(rows), np.nan)
    labels[photos], outliers[photos], distances[photos] = np.where(_seen(rows)[photos], found.labels, -1), found.outliers, found.distances
    return Looks(labels, outliers, distances, found.limit)


def stand_ins(cosine: Floats, threshold: float, worth: Doubles, pinned: Booleans) -> Integers:
    """Thins bursts: for every photo the position of the one that stands for it, itself where it stays.

    Pinned photos stay, then the best first; a photo that is almost the same picture as one that stays goes to the one that it
    resembles most. Of the photos that stay no two are frames of one burst, pinned ones aside, and chains of frames do not grow.

    Args:
        cosine: shape (photos, photos).
        threshold: cosine from which two photos are frames of one burst.
        worth: shape (photos,): what a photo is worth.
        pinned: shape (photos,): photos that stay in any case.
    """
    standing = np.arange(len(cosine), dtype=np.int64)
    stays = np.zeros(len(cosine), dtype=np.bool_)
    for photo in np.lexsort((standing, -worth, ~pinned)):
        nearest = int(np.where(stays, cosine[photo], -np.inf).argmax())
        if not pinned[photo] and stays[nearest] and cosine[photo, nearest] >= threshold:
            standing[photo] = nearest
        else:
            stays[photo] = True
    return standing


def _scenes(cosine: Floats, apart: float) -> Integers:
    if len(cosine) < 2:
        return np.zeros(len(cosine), dtype=np.int64)
    return _linked(cosine, apart, "average")


def _linked(cosine: Floats, apart: float, method: str) -> Integers:
    upper = np.triu_indices(len(cosine), 1)
    distances = np.clip(1.0 - cosine[upper].astype(np.float64), 0.0, 2.0)
    numbers: Integers = fcluster(linkage(distances, method), apart, "distance").astype(np.int64) - 1
    return numbers


def _dense(labels: Integers) -> Integers:
    """Labels numbered from 0 in order of first appearance; -1 stays."""
    numbers: dict[int, int] = {}
    return np.array([-1 if label < 0 else numbers.setdefault(int(label), len(numbers)) for label in labels], dtype=np.int64)


def _cover_first(selection: Selection, worth: Doubles, labels: Integers) -> Integers:
    """The order shown: the best photo of the event's own look as the cover, then as chosen."""
    positions = selection.positions
    if positions.size == 0:
        return positions
    own = labels[positions] == 0 if (labels[positions] == 0).any() else np.ones(positions.size, dtype=np.bool_)
    cover = int(np.where(own, worth[positions], -np.inf).argmax())
    return np.concatenate([positions[cover : cover + 1], np.delete(positions, cover)])


def _reasons(selection: Selection, looks: Integers, scenes: Integers, pinned: Booleans, cover: int) -> dict[int, str]:
    """Why each photo is shown, in the order of choice: what it is the first to show."""
    reasons: dict[int, str] = {}
    seen_looks: set[int] = set()
    seen_scenes: set[int] = set()
    for position in selection.positions.tolist():
        look, scene = int(looks[position]), int(scenes[position])
        if pinned[position]:
            reason = "편집자가 고정한 사진"
        elif look >= 0 and look not in seen_looks and seen_looks:
            reason = "다른 옷차림·머리를 보여 줌"
        elif scene not in seen_scenes and seen_scenes:
            reason = "다른 장면을 보여 줌"
        else:
            reason = "화질과 관련도가 높고 여러 사진을 대표함"
        reasons[position] = f"대표 사진: {reason}" if position == cover else reason
        seen_looks.add(look)
        seen_scenes.add(scene)
    return reasons
