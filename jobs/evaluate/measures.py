"""Measures of agreement between what was found and what is true; plain functions on small collections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True)
class Agreement:
    """Precision, recall and their harmonic mean, in [0, 1], with the numbers behind them."""

    precision: float
    recall: float
    found: int
    true: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def figures(self) -> dict[str, float | int]:
        """Rounded for a report."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {**{name: round(value, 4) for name, value in shares.items()}, "found": self.found, "true": self.true}


def agreement(found: Set[Item], true: Set[Item]) -> Agreement:
    """Precision and recall of a set; an empty side counts as nothing wrong on that side."""
    common = len(found & true)
    return Agreement(common / len(found) if found else 1.0, common / len(true) if true else 1.0, len(found), len(true))


def pairs_of(groups: Mapping[Item, str]) -> set[frozenset[Item]]:
    """All pairs of items that share a group."""
    members: dict[str, list[Item]] = {}
    for item, group in groups.items():
        members.setdefault(group, []).append(item)
    return {frozenset(pair) for items in members.values() for pair in combinations(items, 2)}


def bcubed(found: Mapping[Item, str], true: Mapping[Item, str]) -> Agreement:
    """BCubed precision and recall of a grouping (Amigo et al. 2009, A comparison of extrinsic clustering evaluation metrics).

    Items that only one side knows are alone on the other side, so they cost precision or recall.

    Args:
        found: group of each item, as found.
        true: group of each item, in truth.
    """
    items = sorted(set(found) | set(true), key=repr)
    if not items:
        return Agreement(1.0, 1.0, 0, 0)
    found_of: dict[Item, Hashable] = {item: ("group", found[item]) if item in found else ("alone", item) for item in items}
    true_of: dict[Item, Hashable] = {item: ("group", true[item]) if item in true else ("alone", item) for item in items}
    found_sizes, true_sizes = Counter(found_of.values()), Counter(true_of.values())
    both = Counter((found_of[item], true_of[item]) for item in items)
    precision = sum(both[found_of[item], true_of[item]] / found_sizes[found_of[item]] for item in items) / len(items)
    recall = sum(both[found_of[item], true_of[item]] / true_sizes[true_of[item]] for item in items) / len(items)
    return Agreement(precision, recall, len(found_sizes), len(true_sizes))


def share(part: int, whole: int) -> float | None:
    """A share rounded to four places; None where there is nothing to share."""
    return round(part / whole, 4) if whole else None


def majority(labels: Iterable[Item]) -> Item | None:
    """The most frequent label (between equals the one that is smallest as text)."""
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], repr(label))) if counts else None
