"""Strips along the edges of laid pictures."""

import numpy as np

from udfs.geometry_strips import strips

LUCK = np.random.default_rng(5)
PICTURE = LUCK.uniform(0, 255, (40, 60)).astype(np.float32)
EVERYWHERE = np.ones(PICTURE.shape, dtype=bool)


def _found(strange: np.ndarray, inside: np.ndarray = EVERYWHERE, other: np.ndarray = PICTURE) -> np.ndarray:
    return strips(strange, inside, PICTURE, other)


def test_a_banner_along_an_edge_is_a_strip_whichever_edge_it_is() -> None:
    for place in (np.s_[:8], np.s_[-8:], np.s_[:, :8], np.s_[:, -8:]):
        strange = np.zeros(PICTURE.shape, dtype=bool)
        strange[place] = True
        np.testing.assert_array_equal(_found(strange), strange)


def test_a_frame_is_four_strips() -> None:
    strange = EVERYWHERE.copy()
    strange[6:-6, 6:-6] = False
    np.testing.assert_array_equal(_found(strange), strange)


def test_a_stamp_in_a_corner_and_one_in_the_middle_are_no_strips() -> None:
    strange = np.zeros(PICTURE.shape, dtype=bool)
    strange[:8, :10] = strange[15:22, 20:30] = True
    assert not _found(strange).any()


def test_a_strip_goes_no_deeper_than_a_third() -> None:
    found = _found(EVERYWHERE)
    assert found[:13].all()  # 40 // 3 rows
    assert not found[13:-13, 20:-20].any()


def test_a_plain_strip_that_hides_little_is_told_by_rows_that_have_nothing_in_common() -> None:
    strange = np.zeros(PICTURE.shape, dtype=bool)
    strange[:6, ::10] = True  # a tenth of the cells
    assert not _found(strange).any()
    other = PICTURE.copy()
    other[:6] = LUCK.uniform(0, 255, (6, 60))
    found = _found(strange, other=other)
    assert found[:6].all()
    assert not found[6:].any()


def test_rows_that_one_photo_does_not_show_belong_to_the_strip_behind_them() -> None:
    inside, strange = EVERYWHERE.copy(), np.zeros(PICTURE.shape, dtype=bool)
    inside[:3] = False
    strange[3:7] = True
    np.testing.assert_array_equal(_found(strange, inside), strange)
