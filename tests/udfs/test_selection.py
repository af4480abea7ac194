"""The choice of photos against brute force, and the bound that certifies it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udfs.selection import Objective, choose, photo_objective, similarities, upper_bound


def random_objective(seed: int, photos: int, clients: int) -> Objective:
    random = np.random.default_rng(seed)
    return Objective(random.random((photos, clients), dtype=np.float32), random.random(photos, dtype=np.float32))


def best_value(objective: Objective, budget: int) -> float:
    photos = objective.service.shape[0]
    return max(objective.value(subset) for subset in combinations(range(photos), min(budget, photos)))


def plain_greedy(objective: Objective, budget: int) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < min(budget, objective.service.shape[0]):
        rest = [photo for photo in range(objective.service.shape[0]) if photo not in chosen]
        chosen.append(max(rest, key=lambda photo: (round(objective.value([*chosen, photo]), 5), -photo)))
    return chosen


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(1, 9), st.integers(1, 5))
def test_value_lies_between_the_guarantee_and_the_certified_bound(seed: int, photos: int, clients: int, budget: int) -> None:
    objective = random_objective(seed, photos, clients)
    selection = choose(objective, budget)
    best = best_value(objective, budget)
    assert selection.value >= (1 - 1 / np.e) * best - 1e-5
    assert selection.value <= best + 1e-5
    assert upper_bound(objective, budget, reached=selection.value) >= best - 1e-5


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(1, 8))
def test_lazy_greedy_is_plain_greedy(seed: int, photos: int, budget: int) -> None:
    objective = random_objective(seed, photos, 2 * photos)
    selection = choose(objective, budget)
    assert selection.value == pytest.approx(objective.value(plain_greedy(objective, budget)), abs=1e-3)
    assert (np.diff(selection.gains) <= 1e-4).all()
    assert selection.gains.sum() == pytest.approx(selection.value, rel=1e-4)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 12))
def test_every_scene_and_the_better_of_two_twins_is_chosen(seed: int, scenes: int) -> None:
    random = np.random.default_rng(seed)
    middles = np.linalg.qr(random.normal(size=(64, scenes)))[0].T
    labels = np.repeat(np.arange(scenes), 2)
    quality = np.tile([0.4, 0.9], scenes)
    similarity = similarities(middles[labels])
    objective = photo_objective(similarity, quality=quality, relevance=np.ones(2 * scenes), groupings=[labels], budget=scenes)
    chosen = choose(objective, scenes).positions
    assert sorted(labels[chosen]) == list(range(scenes))
    assert (quality[chosen] == 0.9).all()


def test_pinned_photos_come_first_and_count_towards_the_budget() -> None:
    selection = choose(random_objective(3, 10, 10), 4, pinned=[7, 2, 7])
    assert selection.positions[:2].tolist() == [7, 2]
    assert len(set(selection.positions.tolist())) == 4


def test_more_pinned_than_the_budget_are_all_shown() -> None:
    assert choose(random_objective(3, 5, 5), 1, pinned=[4, 0]).positions.tolist() == [4, 0]


def test_equal_photos_are_taken_in_order() -> None:
    objective = Objective(np.ones((5, 3), dtype=np.float32), np.ones(5, dtype=np.float32))
    assert choose(objective, 3).positions.tolist() == [0, 1, 2]


def test_many_equal_photos_are_taken_in_order() -> None:
    # more equals than are weighed at a time: the choice must not go round in circles
    objective = Objective(np.tile(np.eye(4, 6, dtype=np.float32), (12, 1)), np.ones(48, dtype=np.float32))
    chosen = choose(objective, 30)
    assert chosen.positions[:4].tolist() == [0, 1, 2, 3]
    assert sorted(chosen.positions.tolist()) == list(range(30))


def test_an_empty_event_chooses_nothing() -> None:
    objective = photo_objective(np.zeros((0, 0), np.float32), quality=np.zeros(0), relevance=np.zeros(0), budget=5)
    assert choose(objective, 5).positions.size == 0
    assert upper_bound(objective, 5, reached=0.0) == 0.0


def test_large_events_reach_98_percent_of_the_bound() -> None:
    random = np.random.default_rng(11)
    middles = random.normal(size=(12, 64))
    photos = middles[random.integers(0, 12, 200)] + random.normal(size=(200, 64))
    similarity = similarities(photos / np.linalg.norm(photos, axis=1, keepdims=True))
    objective = photo_objective(similarity, quality=random.random(200), relevance=random.random(200), budget=20)
    selection = choose(objective, 20)
    assert selection.value >= 0.98 * upper_bound(objective, 20, reached=selection.value)
