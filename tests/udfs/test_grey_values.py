"""Grey values of one photo beside those of another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.grey_values import correlation, predicted


def _photo(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 255, (30, 40)).astype(np.float32)


@given(st.integers(0, 1000), st.floats(0.1, 1))
def test_correlation_is_that_of_numpy(seed: int, share: float) -> None:
    one = _photo(seed)
    other = 0.5 * one + _photo(seed + 5000)
    where = np.random.default_rng(seed + 9000).uniform(size=one.shape) < share
    alike, deviation, other_deviation = correlation(one, other, where)
    assert alike == pytest.approx(np.corrcoef(one[where], other[where])[0, 1], abs=1e-4)
    assert deviation == pytest.approx(one[where].std(), rel=1e-4)
    assert other_deviation == pytest.approx(other[where].std(), rel=1e-4)


def test_nothing_correlates_with_a_plain_photo() -> None:
    everywhere = np.ones((30, 40), dtype=bool)
    assert correlation(_photo(1), np.full((30, 40), 7, np.float32), everywhere)[0] == pytest.approx(0, abs=1e-6)
    assert correlation(_photo(1), _photo(2), ~everywhere) == (0, 0, 0)


@pytest.mark.parametrize("exponent", [0.5, 1.0, 1.8])
def test_other_tones_are_predicted_though_a_fifth_of_the_photo_is_another_picture(exponent: float) -> None:
    shown = _photo(3)
    true = 20 + 200 * (shown / 255) ** exponent
    seen = true.astype(np.float32)
    seen[:6] = _photo(4)[:6]
    off = np.abs(predicted(shown, seen, np.ones(shown.shape, dtype=bool)) - true)
    assert np.quantile(off, 0.95) < 6
    assert off.mean() < 2


def test_cells_outside_do_not_bend_the_curve() -> None:
    shown = _photo(5)
    inside = np.ones(shown.shape, dtype=bool)
    inside[10:] = False
    seen = np.where(inside, 0.5 * shown + 30, _photo(6)).astype(np.float32)
    found = predicted(shown, seen, inside)
    np.testing.assert_allclose(found[inside], seen[inside], atol=1)
