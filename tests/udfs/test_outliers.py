"""Looks of made-up events: what belongs, what does not, in small and large events."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from udfs.outliers import LookPolicy, Looks, find_looks, look_distances

POLICY = LookPolicy(same=0.3, surely_same=0.3, surely_other=0.5)


def photos_of_looks(seed: int, counts: list[int], *, spread: float = 0.15) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Photos around orthogonal looks, as many of each as `counts` says."""
    random = np.random.default_rng(seed)
    middles = np.linalg.qr(random.normal(size=(64, len(counts))))[0].T
    labels = np.repeat(np.arange(len(counts)), counts)
    return middles[labels] + random.normal(scale=spread / 8, size=(len(labels), 64)), labels


def judged(appearance: NDArray[np.float64], outlets: list[list[str]] | None = None) -> Looks:
    everybody, nothing = np.ones(len(appearance), dtype=bool), np.zeros((len(appearance), 1))
    apart = look_distances(appearance, everybody, nothing, appearance_weight=1.0, unseen_scale=1.0)
    return find_looks(apart, outlets or [["one"]] * len(appearance), POLICY)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(3, 60), st.integers(0, 8))
def test_strangers_are_outliers_and_the_events_own_photos_are_not(seed: int, own: int, strangers: int) -> None:
    strangers = min(strangers, own // 2)
    appearance, labels = photos_of_looks(seed, [own, *[1] * strangers])
    assert (judged(appearance).outliers == (labels > 0)).all()


def test_a_second_look_in_two_outlets_belongs_to_the_event() -> None:
    appearance, labels = photos_of_looks(1, [8, 2])
    outlets = [["a"]] * 8 + [["a"], ["b"]]
    assert not judged(appearance, outlets).outliers.any()
    assert judged(appearance).outliers.tolist() == (labels == 1).tolist()


def test_a_second_look_on_a_third_of_the_photos_belongs_to_the_event() -> None:
    appearance, _ = photos_of_looks(2, [6, 5])
    found = judged(appearance)
    assert not found.outliers.any()
    assert sorted(set(found.labels.tolist())) == [0, 1]


def test_two_photos_are_not_judged() -> None:
    assert not judged(photos_of_looks(3, [1, 1])[0]).outliers.any()


def test_one_of_three_that_differs_is_an_outlier() -> None:
    assert judged(photos_of_looks(4, [2, 1])[0]).outliers.tolist() == [False, False, True]


def test_of_few_photos_only_one_far_away_is_an_outlier() -> None:
    """A photo between the limits: strange beside eight photos of one look, possibly a second look beside three."""
    middle, other = np.eye(64)[0], np.eye(64)[1]
    between = 0.6 * middle + 0.8 * other  # at a distance of 0.4, where 0.3 is surely the same and 0.5 surely not
    for own, strange in ((3, False), (9, True)):
        assert judged(np.stack([middle] * own + [between])).outliers.tolist() == [False] * own + [strange]
        assert judged(np.stack([middle] * own + [other])).outliers.tolist() == [False] * own + [True]


def test_three_photos_that_all_differ_are_not_judged() -> None:
    assert not judged(photos_of_looks(4, [1, 1, 1])[0]).outliers.any()


def test_three_thousand_photos() -> None:
    appearance, labels = photos_of_looks(5, [2990, *[1] * 10])
    assert (judged(appearance).outliers == (labels > 0)).all()


def test_the_distance_joins_appearance_and_picture_where_both_are_known() -> None:
    appearance, embedding = np.array([[1.0, 0.0], [0.0, 1.0], [9.0, 9.0]]), np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    apart = look_distances(appearance, np.array([True, True, False]), embedding, appearance_weight=0.25, unseen_scale=1.5)
    assert apart.tolist() == [[0.0, 0.25, 1.5], [0.25, 0.0, 1.5], [1.5, 1.5, 0.0]]
    same_clothes = look_distances(np.ones((2, 2)), np.array([True, True]), np.eye(2), appearance_weight=0.5, unseen_scale=1.0)
    assert same_clothes.max() < 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_photos_plays_no_part(seed: int) -> None:
    appearance, _ = photos_of_looks(seed, [7, 3, 1, 1])
    outlets = [[name] for name in "aabbcabcdaef"]
    order = np.random.default_rng(seed).permutation(len(appearance))
    found, shuffled = judged(appearance, outlets), judged(appearance[order], [outlets[position] for position in order])
    assert (found.outliers[order] == shuffled.outliers).all()
