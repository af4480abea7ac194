"""Groups of linked numbers in one process, as whoever writes such a loop by hand keeps them."""

from __future__ import annotations


class Linked:
    """Union-find with halved paths; a group is named by its smallest number.

    Args:
        count: numbers from 0, each alone at first.
    """

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, node: int) -> int:
        """The smallest number of a group."""
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def link(self, one: int, other: int) -> None:
        """Joins two groups."""
        first, second = self.find(one), self.find(other)
        self._parent[max(first, second)] = min(first, second)
