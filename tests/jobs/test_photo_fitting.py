from __future__ import annotations

import numpy as np
import pytest

from jobs.photo_fitting import area_under_curve, cluster, fit_nature, fit_types, fit_weights, order_kept, predict_types
from udfs import photo_heads
from udfs.appearance import AppearanceHead, learn_head
from udfs.natural_scenes import NatureHead
from udfs.photo_heads import PhotoHeads
from udfs.photo_training import ORIGINAL
from udfs.quality import PARTS, Weights


def on_sphere(random: np.random.Generator, centres: int, each: int, spread: float) -> tuple[np.ndarray, np.ndarray]:
    middles = random.normal(size=(centres, 40))
    points = np.repeat(middles, each, axis=0) + spread * random.normal(size=(centres * each, 40))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32), np.repeat(np.arange(centres), each)


@pytest.mark.parametrize("each", [5, 60])  # fewer and more photos than dimensions: the dual and the primal solution
def test_types_are_told_apart(each: int) -> None:
    points, numbers = on_sphere(np.random.default_rng(1), 4, each, 0.3)
    labels = [f"type-{number}" for number in numbers]
    head = fit_types(points[::2], labels[::2])
    assert predict_types(head, points[1::2]) == labels[1::2]
    chances = head.chances(points[0])
    assert chances.sum() == pytest.approx(1)
    assert head.types[int(chances.argmax())] == labels[0]


def test_the_dual_and_the_primal_solution_agree() -> None:
    points, numbers = on_sphere(np.random.default_rng(2), 3, 14, 0.5)  # 42 photos, 40 dimensions
    labels = [str(number) for number in numbers]
    primal = fit_types(points, labels)
    dual = fit_types(points[:39], labels[:39])
    assert primal.weights.shape == dual.weights.shape
    inputs = photo_heads.type_features(points[:39]).astype(np.float64)
    targets = np.where(np.array(labels[:39])[:, None] == np.array(dual.types), 1.0, -1.0)
    centred, level = inputs - inputs.mean(0), targets.mean(0)
    expected = np.linalg.solve(centred.T @ centred + 0.3 * np.eye(40), centred.T @ (targets - level))
    np.testing.assert_allclose(dual.weights / 8.0, expected, atol=1e-5)


def test_clusters_are_those_that_were_planted() -> None:
    points, numbers = on_sphere(np.random.default_rng(3), 5, 20, 0.15)
    found = cluster(points, clusters=5)
    assert len(set(zip(numbers.tolist(), found.tolist(), strict=True))) == 5


def test_the_appearance_head_finds_the_direction_that_tells_subjects_apart() -> None:
    random = np.random.default_rng(4)
    subjects = np.repeat(np.arange(60), 5)
    own = np.repeat(random.normal(size=(60, 6)), 5, axis=0)
    light = random.normal(size=(300, 20))  # changes from view to view and says nothing
    measurements = np.hstack([own + 0.1 * random.normal(size=own.shape), light]).astype(np.float32)
    train = subjects < 40
    head = learn_head(measurements[train], subjects[train], kept=6, common=0.3)
    looks = head.project_all(measurements[~train])
    np.testing.assert_allclose(np.linalg.norm(looks, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(looks[:, -1], 0.3**0.5, rtol=1e-5)  # what all have in common changes no order
    raw = measurements[~train] / np.linalg.norm(measurements[~train], axis=1, keepdims=True)
    upper = np.triu_indices(100, 1)
    same = (subjects[~train][:, None] == subjects[~train][None, :])[upper]
    assert area_under_curve((looks @ looks.T)[upper], same) > 0.99
    assert area_under_curve((raw @ raw.T)[upper], same) < 0.9


def test_weights_of_quality_keep_the_order_and_are_not_negative() -> None:
    random = np.random.default_rng(5)
    photos, kinds, steps, rows = [], [], [], []
    for photo in range(30):
        base = random.uniform(0.4, 0.9, len(PARTS))
        for kind in ("sharpness", "noise"):
            for step in range(4):
                values = base + random.normal(0, 0.02, len(PARTS))
                values[PARTS.index(kind)] -= 0.1 * step
                photos.append(str(photo))
                kinds.append(kind)
                steps.append(step)
                rows.append(values.clip(0.01, 0.99))
    parts = {name: np.array(rows)[:, number].astype(np.float32) for number, name in enumerate(PARTS)}
    parts["face"] = np.full(len(rows), np.nan, np.float32)
    weights, losses = fit_weights(parts, photos, kinds, np.array(steps))
    assert losses[-1] < losses[0]
    assert all(weight >= 0 for weight in weights.parts.values())
    assert weights.parts["sharpness"] > weights.parts["exposure"]
    assert weights.parts["noise"] > weights.parts["contrast"]


def test_weights_follow_a_reference_over_different_photos_as_well() -> None:
    random = np.random.default_rng(6)
    size = 200
    parts = {name: random.uniform(0.2, 0.8, size) for name in PARTS}
    photos, kinds, steps = [str(row) for row in range(size)], [ORIGINAL] * size, np.zeros(size, np.int64)
    for photo in range(20):  # some pairs of one photo, in which noise alone differs
        kinds[2 * photo] = kinds[2 * photo + 1] = "noise"
        photos[2 * photo + 1], steps[2 * photo + 1] = photos[2 * photo], 1
        for name in PARTS:
            parts[name][2 * photo + 1] = parts[name][2 * photo] - (0.1 if name == "noise" else 0.0)
    reference = 3 * parts["contrast"] + random.normal(0, 0.1, size)
    weights, _ = fit_weights(parts, photos, kinds, steps, reference=reference)
    strongest = sorted(weights.parts, key=lambda name: -weights.parts[name])[:2]
    assert set(strongest) == {"contrast", "noise"}


def test_a_reference_that_praises_damage_is_corrected_before_it_teaches() -> None:
    random = np.random.default_rng(7)
    moments = random.normal(size=(400, 28))
    photos, kinds = [str(row // 4) for row in range(400)], ["downscale"] * 400
    steps = np.arange(400) % 4
    moments[:, 0] = steps + random.normal(0, 0.1, 400)
    moments[:, 1] = np.repeat(random.normal(size=100), 4)
    reference = moments[:, 1] + 0.5 * steps  # the metric likes what is small
    head, values = fit_nature(moments, reference, photos, kinds, steps)
    assert head is not None
    assert np.corrcoef(values, moments[:, 1])[0, 1] > 0.9
    assert abs(np.corrcoef(values, steps)[0, 1]) < 0.15
    nothing, missing = fit_nature(moments, np.full(400, np.nan), photos, kinds, steps)
    assert nothing is None
    assert np.isnan(missing).all()


def test_order_kept_counts_pairs_of_one_photo_under_one_damage() -> None:
    scores = np.array([0.9, 0.5, 0.6, 0.1, 0.2])
    kept = order_kept(scores, ["a", "a", "a", "b", "b"], ["blur"] * 5, np.array([0, 1, 2, 0, 1]))
    assert kept == pytest.approx(2 / 4)  # kept: 0.9 > 0.5 and 0.9 > 0.6; not kept: 0.5 < 0.6 and 0.1 < 0.2


def test_the_area_under_the_curve_counts_ties_half() -> None:
    random = np.random.default_rng(6)
    scores, truth = random.integers(0, 8, 200).astype(float), random.random(200) < 0.4
    pairs = scores[truth][:, None] - scores[~truth][None, :]
    assert area_under_curve(scores, truth) == pytest.approx(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def test_heads_survive_their_file() -> None:
    points, numbers = on_sphere(np.random.default_rng(7), 3, 10, 0.3)
    heads = PhotoHeads(
        "network@1",
        AppearanceHead(np.zeros(4, np.float32), np.eye(4, 2, dtype=np.float32), 0.25),
        fit_types(points, [str(number) for number in numbers]),
        Weights(-1.5, dict.fromkeys(PARTS, 0.5), {"face": 0.25}),
        NatureHead(np.zeros(28, np.float32), np.ones(28, np.float32), np.linspace(-1, 1, 434, dtype=np.float32), -0.5),
    )
    again = photo_heads.from_bytes(photo_heads.to_bytes(heads))
    assert again.network == "network@1"
    assert again.weights == heads.weights
    assert again.nature is not None
    assert heads.nature is not None
    moments = np.random.default_rng(8).normal(size=(5, 28))
    np.testing.assert_array_equal(again.nature.parts(moments), heads.nature.parts(moments))
    assert again.appearance is not None
    assert again.appearance.common == 0.25
    np.testing.assert_array_equal(again.appearance.projection, np.eye(4, 2))
    assert again.types is not None
    assert heads.types is not None
    assert predict_types(again.types, points) == predict_types(heads.types, points)
    with pytest.raises(ValueError, match="not a file of photo heads"):
        photo_heads.from_bytes(b"something else")
