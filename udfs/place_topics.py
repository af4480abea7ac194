"""Composes the photos of one place by topic: what the words beside a photo and the picture itself say about its topic.

A frame of one place in, topic, verdict and reason for every photo out. Nothing here knows Spark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from udfs.selection import choose, photo_objective, similarities
from udfs.timeline import stack_vectors, stand_ins

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]

OTHER = "other"
COLUMNS = ["photo_id", "topic", "verdict", "reason", "rank", "instead"]
_CAPTION, _PARAGRAPH, _TYPE, _NEIGHBOURS = 3.0, 1.0, 1.5, 1.0


@dataclass(frozen=True)
class Topic:
    """One topic of a service; see conf/service_policies.yaml."""

    topic: str
    title: str
    types: tuple[str, ...]
    words: tuple[str, ...]
    most: int
    reference: bool = False
    sights: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacePolicy:
    """How the photos of a place are judged.

    Attributes:
        least_quality: photos of a lower quality score are not shown.
        burst: cosine of embeddings from which two photos are frames of one burst.
        alike: cosine that two unrelated photos of a place reach anyway.
        neighbour: cosine from which two photos are likely of one topic.
        graphics: photo types that are no photos of a place.
    """

    least_quality: float
    burst: float
    alike: float
    neighbour: float
    graphics: tuple[str, ...]


def word_scores(text: str | None, topics: Sequence[Topic]) -> Doubles:
    """Shape (topics,): how strongly a text speaks for each topic; longer words, which are rarer, count more. The sum is at most 1."""
    if not text:
        return np.zeros(len(topics))
    counts = np.array([sum(len(word.strip()) for word in topic.words if word in text) for topic in topics], dtype=np.float64)
    shares: Doubles = counts / max(counts.sum(), 1.0)
    return shares


def topic_scores(rows: pd.DataFrame, topics: Sequence[Topic], cosine: Floats, policy: PlacePolicy) -> Doubles:
    """Shape (photos, topics): caption before paragraph, the picture's type, and what is said of the pictures that look alike.

    Args:
        rows: caption, near (paragraph at which the photo stands), photo_type.
        topics: topics of the service.
        cosine: shape (photos, photos).
        policy: how to judge.
    """
    said = np.array(
        [
            _CAPTION * word_scores(caption, topics) + _PARAGRAPH * word_scores(near, topics)
            for caption, near in zip(rows["caption"], rows["near"], strict=True)
        ]
    ).reshape(len(rows), len(topics))
    shown = np.array([[_TYPE * (kind in topic.types) for topic in topics] for kind in rows["photo_type"]], dtype=np.float64).reshape(
        said.shape
    )
    own = said + shown
    alike = np.clip((cosine.astype(np.float64) - policy.neighbour) / (1.0 - policy.neighbour), 0.0, 1.0)
    np.fill_diagonal(alike, 0.0)
    lengths = alike.sum(axis=1, keepdims=True)
    around = np.divide(alike @ own, lengths, out=np.zeros_like(own), where=lengths > 0)
    scores: Doubles = own + _NEIGHBOURS * np.minimum(lengths, 1.0) * around
    return scores


def judge_place(photos: pd.DataFrame, topics: Sequence[Topic], policy: PlacePolicy) -> pd.DataFrame:
    """Gives every photo of a place a topic, a verdict and a reason.

    Args:
        photos: one row a picture (of copies only the best): photo_id, embedding, quality (in [0, 1]), photo_type, error, caption, near,
            is_reference, wish ("hide", "pin" or null), elsewhere (name of another place that the picture stands for, or null).
        topics: topics of the place's service, in the order shown.
        policy: how to judge.

    Returns:
        photo_id, topic, verdict, reason, rank (within the topic, from 1; null unless kept), instead; in the order of photo_id.
    """
    rows = photos.sort_values("photo_id", ignore_index=True)
    measured = rows["embedding"].notna().to_numpy(dtype=bool)
    embeddings = stack_vectors(rows["embedding"], measured)
    scores = topic_scores(rows, topics, embeddings @ embeddings.T, policy)
    best = scores.argmax(axis=1) if len(topics) else np.zeros(len(rows), dtype=np.int64)
    claimed = scores.max(axis=1, initial=0.0) > 0
    topic = np.array([topics[number].topic if claim else OTHER for number, claim in zip(best, claimed, strict=True)], dtype=object)
    quality = rows["quality"].to_numpy(dtype=np.float64, na_value=0.0)
    pinned = (rows["wish"] == "pin").to_numpy(dtype=bool)
    verdict = np.full(len(rows), None, dtype=object)
    reason = np.full(len(rows), None, dtype=object)
    rank, instead = np.zeros(len(rows), dtype=np.int64), np.full(len(rows), None, dtype=object)
    for photo in range(len(rows)):
        verdict[photo], reason[photo] = _verdict(rows.iloc[photo], float(quality[photo]), bool(pinned[photo]), policy)
    rules = {each.topic: each for each in topics} | {OTHER: Topic(OTHER, "기타", (), (), 4)}
    reference = rows["is_reference"].to_numpy(dtype=bool) & measured
    for name, rule in rules.items():
        members = np.flatnonzero((topic == name) & pd.isna(verdict))
        if members.size:
            _fill(rule, members, embeddings, quality, pinned, reference, policy, (verdict, reason, rank, instead), rows["photo_id"])
    return pd.DataFrame(
        {
            "photo_id": rows["photo_id"],
            "topic": topic,
            "verdict": verdict,
            "reason": reason,
            "rank": pd.array([int(number) or None for number in rank], dtype="Int32"),
            "instead": instead,
        }
    )[COLUMNS]


def _verdict(row: pd.Series, quality: float, pinned: bool, policy: PlacePolicy) -> tuple[str | None, str | None]:
    if row["wish"] == "hide":
        return "hidden", "편집자가 숨긴 사진"
    if row["error"]:  # nobody can show what cannot be read, pinned or not
        return "low_quality", f"사진을 읽을 수 없음: {row['error']}"
    if pinned:
        return None, None
    if row["embedding"] is None:
        return "low_quality", "사진을 읽을 수 없음"
    if row["elsewhere"]:
        return "irrelevant", f"다른 곳({row['elsewhere']})의 사진"
    if row["photo_type"] in policy.graphics:
        return "irrelevant", "장소 사진이 아닌 그림·문서(로고, 포스터, 도표 등)"
    if quality < policy.least_quality:
        return "low_quality", f"흐리거나 어둡거나 작음(화질 {quality:.2f})"
    return None, None


def _fill(
    rule: Topic,
    members: NDArray[np.int64],
    embeddings: Floats,
    quality: Doubles,
    pinned: NDArray[np.bool_],
    reference: NDArray[np.bool_],
    policy: PlacePolicy,
    result: tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.int64], NDArray[np.object_]],
    ids: pd.Series,
) -> None:
    """Chooses the photos of one topic among its members and writes their verdicts."""
    verdict, reason, rank, instead = result
    standing = stand_ins(embeddings[members] @ embeddings[members].T, policy.burst, quality[members], pinned[members])
    best = standing == np.arange(members.size)
    for position in np.flatnonzero(~best):
        photo = members[position]
        verdict[photo], reason[photo] = "over_budget", "같은 모습의 더 좋은 사진을 보여 줌"
        instead[photo] = ids[int(members[standing[position]])]
    single = members[best]
    likeness = np.zeros(single.size)
    if rule.reference and reference.any():
        likeness = np.clip((embeddings[single] @ embeddings[reference].T).max(axis=1), 0.0, 1.0).astype(np.float64)
    objective = photo_objective(
        similarities(embeddings[single], floor=policy.alike),
        quality=quality[single],
        relevance=likeness,
        budget=min(rule.most, single.size),
        weights=(0.5, 0.5, 3.0, 0.0) if rule.reference else (1.0, 1.0, 0.0, 0.0),
    )
    chosen = choose(objective, rule.most, pinned=np.flatnonzero(pinned[single]).tolist()).positions
    if rule.reference and reference.any():
        chosen = np.array(
            sorted(chosen.tolist(), key=lambda position: (not pinned[single[position]], -round(float(likeness[position]), 6), position))
        )
    for number, position in enumerate(chosen.tolist(), start=1):
        photo = single[position]
        verdict[photo], rank[photo] = "kept", number
        reason[photo] = _kept_reason(rule, bool(pinned[photo]), float(likeness[position]), number)
    for photo in np.delete(single, chosen):
        verdict[photo], reason[photo] = "over_budget", f"{rule.title} 사진 {len(chosen)}장을 고르고 남음(화질 {quality[photo]:.2f})"


def _kept_reason(rule: Topic, pinned: bool, likeness: float, number: int) -> str:
    if pinned:
        return "편집자가 고정한 사진"
    if likeness > 0:
        return f"{rule.title}: 대표 사진과 닮음(유사도 {likeness:.2f})"
    return f"{rule.title}: 화질이 좋고 비슷한 사진들을 대표함" if number == 1 else f"{rule.title}: 앞의 사진과 다른 모습을 보여 줌"
