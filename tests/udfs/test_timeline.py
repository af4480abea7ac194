"""Verdicts of made-up events: every rule, every reason, and what must hold for any event."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.photo_rows import UNSAID
from udfs.geometry import describe
from udfs.outliers import LookPolicy
from udfs.timeline import VERDICTS, TimelinePolicy, budget, judge_event, stand_ins

POLICY = TimelinePolicy(
    look=LookPolicy(same=0.3, surely_same=0.3, surely_other=0.5),
    least_quality=0.3,
    least_relevance=0.2,
    few=6,
    most=12,
    many=100,
    burst=0.97,
    twin=0.5,
    copy=0.75,
    scene=0.4,
    alike=0.0,
    graphics=("document",),
    weights=(1.0, 1.0, 0.5, 1.0),
)
DIMENSIONS = 32


def event(count: int, *, seed: int = 0, **changes: Any) -> pd.DataFrame:
    """An event of good photos in one look; `changes` are columns, or {row: value}."""
    random = np.random.default_rng(seed)
    scene, look = random.normal(size=DIMENSIONS), random.normal(size=DIMENSIONS)
    embeddings = scene + 0.5 * random.normal(size=(count, DIMENSIONS))
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    rows = pd.DataFrame(
        {
            "photo_id": [f"p{number:03d}" for number in range(count)],
            "embedding": list(embeddings.astype(np.float32)),
            "appearance": list((look + 0.05 * random.normal(size=(count, DIMENSIONS))).astype(np.float32)),
            "quality": random.uniform(0.5, 1.0, count),
            "face": 0.5,
            "relevance": 0.9,
            "people": 1,
            "photo_type": "person",
            "error": None,
            "outlets": [["신문"]] * count,
            **UNSAID,
        }
    )
    for column, values in changes.items():
        series = rows[column].astype(object)
        for row, value in values.items():
            series.iat[row] = value
        rows[column] = series
    return rows


def verdicts(rows: pd.DataFrame) -> dict[str, str]:
    judged = judge_event(rows, POLICY)
    return dict(zip(judged["photo_id"], judged["verdict"], strict=True))


@pytest.mark.parametrize(
    ("column", "value", "verdict", "word"),
    [
        ("wish", "hide", "hidden", "편집자"),
        ("quality", 0.1, "low_quality", "화질"),
        ("relevance", 0.1, "irrelevant", "관련"),
        ("other", "김하나", "irrelevant", "김하나"),
        ("old", "행사보다 앞선 2025-01-01에 이미 쓰인 사진", "outlier", "2025-01-01"),
        ("filed", "자료사진", "outlier", "자료사진"),
        ("photo_type", "document", "outlier", "로고"),
        ("appearance", -np.ones(DIMENSIONS, dtype=np.float32), "outlier", "옷차림"),
    ],
)
def test_each_rule_has_its_verdict_and_reason(column: str, value: object, verdict: str, word: str) -> None:
    judged = judge_event(event(6, **{column: {2: value}}), POLICY).set_index("photo_id")
    assert judged.loc["p002", "verdict"] == verdict
    assert word in judged.loc["p002", "reason"]
    assert (judged.drop("p002")["verdict"] == "kept").all()
    assert judged.loc["p002"].isna()[["rank", "gain"]].all()


def test_a_photo_that_could_not_be_measured_is_left_out_with_its_error() -> None:
    judged = judge_event(event(4, embedding={1: None}, error={1: "truncated"}), POLICY).set_index("photo_id")
    assert judged.loc["p001", "verdict"] == "low_quality"
    assert "truncated" in judged.loc["p001", "reason"]
    pinned = judge_event(event(4, embedding={1: None}, error={1: "truncated"}, wish={1: "pin"}), POLICY).set_index("photo_id")
    assert pinned.loc["p001", "verdict"] == "low_quality", "a page could not show it"
    unmeasured = judge_event(event(4, embedding={1: None}, wish={1: "pin"}), POLICY).set_index("photo_id")
    assert unmeasured.loc["p001", "verdict"] == "kept"


def test_of_several_people_each_wears_their_own() -> None:
    other = np.eye(DIMENSIONS, dtype=np.float32)
    strange = {"appearance": {0: -other[0], 1: -other[0]}, "embedding": {0: other[1], 1: 0.8 * other[1] + 0.6 * other[2]}}
    assert [verdicts(event(8, **strange))[name] for name in ("p000", "p001")] == ["outlier", "outlier"]
    together = event(8, **strange).assign(several=True)
    assert [verdicts(together)[name] for name in ("p000", "p001")] == ["kept", "kept"]
    together["appearance"] = [-other[2], *together["appearance"][1:]]
    together["embedding"] = [-other[1], *together["embedding"][1:]]
    assert verdicts(together)["p000"] == "outlier", "in one photo only"


def test_a_look_that_a_caption_places_at_the_event_belongs_to_it() -> None:
    other = np.eye(DIMENSIONS, dtype=np.float32)
    strange = {"appearance": {0: -other[0], 1: -other[0]}, "embedding": {0: other[1], 1: other[1]}}
    assert verdicts(event(12, **strange))["p000"] == verdicts(event(12, **strange))["p001"] == "outlier"
    said = judge_event(event(12, **strange, said={0: True}), POLICY).set_index("photo_id")
    assert (said.loc["p000", "verdict"], said.loc["p001", "instead"]) == ("kept", "p000"), "and with it the other photo of that look"


def test_nobody_on_a_photo_unlike_the_others_does_not_belong() -> None:
    strange = np.zeros(DIMENSIONS, dtype=np.float32)
    strange[0] = 1.0
    rows = event(8, appearance={0: None, 1: None}, embedding={0: strange})
    assert verdicts(rows)["p000"] == "outlier"
    assert verdicts(rows)["p001"] == "kept"


def test_pinned_photos_are_shown_whatever_is_wrong_with_them() -> None:
    rows = event(9, wish={3: "pin"}, quality={3: 0.0}, relevance={3: 0.0})
    judged = judge_event(rows, POLICY).set_index("photo_id")
    assert judged.loc["p003", "verdict"] == "kept"
    assert "고정" in judged.loc["p003", "reason"]


def test_of_a_burst_the_best_frame_is_shown_and_named() -> None:
    rows = event(5)
    rows["embedding"] = [rows["embedding"][0]] * 3 + list(rows["embedding"][3:])
    rows["quality"] = [0.5, 0.9, 0.6, 0.7, 0.7]
    judged = judge_event(rows, POLICY).set_index("photo_id")
    assert judged["verdict"].tolist() == ["over_budget", "kept", "over_budget", "kept", "kept"]
    assert judged.loc["p000", "instead"] == judged.loc["p002", "instead"] == "p001"


def test_of_a_photo_and_its_crop_the_better_is_shown() -> None:
    """The crop was not marked as a copy before; its embedding is near the whole photo's, but not as near as that of a frame of a burst."""
    random = np.random.default_rng(1)
    whole = Image.fromarray(np.kron(random.integers(0, 255, (15, 20, 3)), np.ones((24, 24, 1))).astype(np.uint8))
    crop, strange = whole.crop((60, 40, 430, 330)), whole.rotate(90)
    geometry = dict(enumerate(describe(image) for image in (whole, crop, strange)))
    judged = judge_event(event(5, quality={0: 0.6, 1: 0.9}, geometry=geometry), POLICY).set_index("photo_id")
    assert judged["verdict"].tolist() == ["copy", "kept", "kept", "kept", "kept"]
    assert judged.loc["p000", "instead"] == "p001"
    pinned = judge_event(event(5, quality={0: 0.6, 1: 0.9}, geometry=geometry, wish={0: "pin"}), POLICY).set_index("photo_id")
    assert (pinned.loc["p000", "verdict"], pinned.loc["p001", "instead"]) == ("kept", "p000")


@given(st.integers(1, 25), st.integers(0, 10_000))
def test_of_the_photos_that_stay_no_two_are_of_one_burst(photos: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(photos, 3))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosine, worth, pinned = (vectors @ vectors.T).astype(np.float32), random.random(photos).round(1), random.random(photos) < 0.1
    standing = stand_ins(cosine, 0.8, worth, pinned)
    stays = standing == np.arange(photos)
    assert (stays[standing]).all()
    assert stays[pinned].all()
    free = np.flatnonzero(stays & ~pinned)
    for photo in free:
        others = np.flatnonzero(stays & (np.arange(photos) != photo))
        assert (cosine[photo, others] < 0.8).all()
    left = np.flatnonzero(~stays)
    assert (cosine[left, standing[left]] >= 0.8).all()
    assert (pinned[standing[left]] | (worth[standing[left]] >= worth[left])).all()


def test_every_look_and_scene_is_shown() -> None:
    rows = event(60, seed=3)
    random = np.random.default_rng(1)
    scenes = np.linalg.qr(random.normal(size=(DIMENSIONS, 4)))[0].T
    embeddings = scenes[np.arange(60) % 4] + 0.06 * random.normal(size=(60, DIMENSIONS))
    rows["embedding"] = list((embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)).astype(np.float32))
    rows["quality"] = np.where(np.arange(60) % 4 == 3, 0.4, 0.9)
    judged = judge_event(rows, POLICY)
    kept = judged.index[judged["verdict"] == "kept"]
    assert set(kept % 4) == {0, 1, 2, 3}


def test_a_small_event_shows_what_it_has_and_a_large_one_its_budget() -> None:
    assert [budget(count, POLICY) for count in (0, 1, 6, 7, 100, 5000)] == [0, 1, 6, 6, 12, 12]
    assert set(verdicts(event(6)).values()) == {"kept"}
    assert list(verdicts(event(150)).values()).count("kept") == 12


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(0, 1000), st.data())
def test_any_event_is_judged_completely_and_the_same_in_any_order(count: int, seed: int, data: st.DataObject) -> None:
    random = np.random.default_rng(seed)
    number = st.integers(0, count - 1)
    rows = event(
        count,
        seed=seed,
        wish={data.draw(number): "hide", data.draw(number): "pin"},
        appearance={data.draw(number): None},
        embedding={data.draw(number): None},
        quality={data.draw(number): 0.0},
        old={data.draw(number): "옛 사진"},
    )
    judged = judge_event(rows, POLICY)
    pd.testing.assert_frame_equal(judge_event(rows.sample(frac=1, random_state=random.integers(1000)), POLICY), judged)
    assert set(judged["verdict"]) <= set(VERDICTS)
    assert judged["reason"].str.len().gt(0).all()
    kept = judged[judged["verdict"] == "kept"]
    assert sorted(kept["rank"].tolist()) == list(range(1, len(kept) + 1))
    assert judged.loc[judged["verdict"] != "kept", ["rank", "gain"]].isna().all(axis=None)
    assert (kept["reason"].str.startswith("대표 사진") == (kept["rank"] == 1)).all()
