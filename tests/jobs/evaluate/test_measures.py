from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.evaluate.measures import agreement, bcubed, majority, pairs_of, share

GROUPINGS = st.dictionaries(st.integers(0, 12), st.sampled_from("abcd"), max_size=13)


def bcubed_by_definition(found: dict[int, str], true: dict[int, str]) -> tuple[float, float]:
    """Item by item, straight from the definition; an item that one side lacks is alone there."""
    items = set(found) | set(true)

    def together(grouping: dict[int, str], one: int, other: int) -> bool:
        return one == other or (one in grouping and other in grouping and grouping[one] == grouping[other])

    def mean_share(of: dict[int, str], within: dict[int, str]) -> float:
        shares = []
        for one in items:
            mates = [other for other in items if together(within, one, other)]
            shares.append(sum(together(of, one, other) for other in mates) / len(mates))
        return sum(shares) / len(shares) if shares else 1.0

    return mean_share(true, found), mean_share(found, true)


@settings(deadline=None)
@given(GROUPINGS, GROUPINGS)
def test_bcubed_against_the_definition(found: dict[int, str], true: dict[int, str]) -> None:
    measured = bcubed(found, true)
    precision, recall = bcubed_by_definition(found, true)
    assert measured.precision == pytest.approx(precision)
    assert measured.recall == pytest.approx(recall)


@settings(deadline=None)
@given(GROUPINGS)
def test_equal_groupings_agree(groups: dict[int, str]) -> None:
    measured = bcubed(groups, {item: f"other name of {group}" for item, group in groups.items()})
    assert (measured.precision, measured.recall) == (1.0, 1.0)


@settings(deadline=None)
@given(GROUPINGS)
def test_pairs_against_all_combinations(groups: dict[int, str]) -> None:
    expected = {frozenset(pair) for pair in combinations(groups, 2) if groups[pair[0]] == groups[pair[1]]}
    assert pairs_of(groups) == expected


def test_agreement() -> None:
    measured = agreement({1, 2, 3, 4}, {3, 4, 5})
    assert (measured.precision, measured.recall) == (0.5, 2 / 3)
    assert measured.figures() == {"precision": 0.5, "recall": 0.6667, "f1": 0.5714, "found": 4, "true": 3}
    assert agreement(set(), {1}).f1 == 0.0


def test_small_helpers() -> None:
    assert share(1, 3) == 0.3333
    assert share(0, 0) is None
    assert majority(["b", "a", "b", "a"]) == "a"
    assert majority([]) is None
