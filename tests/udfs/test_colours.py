"""Colours of cloth made of squares and threads: what is told of it stands in it."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from udfs.colours import SEVERAL, colours_of, name_pixels

SIDE = 224
BLUE, PINK, MINT, GREEN, YELLOW, GREY, BLACK = (
    (34, 76, 182), (240, 158, 182), (146, 212, 190), (38, 116, 74), (238, 200, 72), (140, 142, 146), (34, 33, 38),
)  # fmt: skip


def check(*colours: tuple[int, int, int], period: int = 8, blur: float = 0.0) -> NDArray[np.uint8]:
    """Woven check of two colours: where bands of both cross, the threads mix. Folds make parts of it darker."""
    rows, columns = np.mgrid[: 2 * SIDE, : 2 * SIDE]
    share = ((rows // period % 2 + columns // period % 2) / 2)[..., None]
    cloth = np.array(colours[0]) * (1 - share) + np.array(colours[-1]) * share
    folds = 0.8 + 0.2 * np.sin(columns / 70)[..., None]
    noise = np.random.default_rng(3).normal(0, 4, cloth.shape)
    picture = np.clip(cloth * folds + noise, 0, 255).astype(np.uint8)
    picture = cv2.GaussianBlur(picture, (0, 0), blur) if blur else picture
    return cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)


EVERYWHERE = np.ones((SIDE, SIDE), np.bool_)


@pytest.mark.parametrize("period", [4, 8, 20])
@pytest.mark.parametrize(("one", "other"), [(MINT, PINK), (BLUE, YELLOW), (GREEN, PINK)])
def test_a_check_of_two_hues_is_not_told_by_the_grey_of_their_mixture(
    one: tuple[int, int, int], other: tuple[int, int, int], period: int
) -> None:
    picture = check(one, other, period=period)
    names = name_pixels(picture.reshape(-1, 3))
    assert max(set(names), key=names.count) == "회색"  # what most of its pixels are
    found = [name for name, _ in colours_of(picture, EVERYWHERE)]
    assert sorted(found) == sorted(name_pixels(np.array([one, other], np.uint8)))


@pytest.mark.parametrize("other", [BLUE, PINK, MINT, GREEN, YELLOW, BLACK])
def test_grey_cloth_is_grey_beside_any_other_colour(other: tuple[int, int, int]) -> None:
    picture = check(GREY)
    picture[: SIDE // 4] = other
    picture[SIDE // 4 : SIDE // 3] = GREEN
    assert colours_of(picture, EVERYWHERE)[0][0] == "회색"


def test_one_colour_two_colours_and_many() -> None:
    plain, halves, many = (np.zeros((SIDE, SIDE, 3), np.uint8) for _ in range(3))
    plain[:] = BLUE
    halves[:, : SIDE // 2], halves[:, SIDE // 2 :] = BLUE, YELLOW
    for number, colour in enumerate((BLUE, YELLOW, GREEN, PINK, BLACK)):
        many[:, number * SIDE // 5 : (number + 1) * SIDE // 5] = colour
    assert colours_of(plain, EVERYWHERE) == [("파란색", 1.0)]
    assert colours_of(halves, EVERYWHERE) == [("노란색", 0.5), ("파란색", 0.5)]
    assert [name for name, _ in colours_of(many, EVERYWHERE)] == [SEVERAL]


def test_colours_have_the_names_that_people_give_them() -> None:
    colours = {
        (196, 36, 44): "빨간색", (112, 26, 44): "빨간색", (98, 64, 42): "갈색", (92, 60, 58): "갈색", (56, 38, 30): "갈색",
        (240, 158, 182): "분홍색",
        (34, 44, 84): "남색", (34, 33, 38): "검은색", (238, 236, 232): "흰색", (140, 142, 146): "회색", (208, 184, 148): "베이지색",
    }  # fmt: skip
    assert name_pixels(np.array(list(colours), np.uint8)) == list(colours.values())


def test_a_region_of_few_pixels_has_no_colour() -> None:
    region = np.zeros((SIDE, SIDE), np.bool_)
    region[:5, :5] = True
    assert colours_of(np.zeros((SIDE, SIDE, 3), np.uint8), region) == []


def test_shares_are_shares() -> None:
    random = np.random.default_rng(5)
    for one, other in itertools.combinations((BLUE, PINK, MINT, GREEN, YELLOW), 2):
        picture = check(one, other, period=int(random.integers(4, 24)), blur=float(random.uniform(0, 2)))
        shares = [share for _, share in colours_of(picture, EVERYWHERE)]
        assert all(0 < share <= 1 for share in shares)
        assert sum(shares) <= 1.000001
