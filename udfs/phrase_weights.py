"""What the features of a key phrase weigh."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from udfs.lazy import Lazy

NUMBERS = ("weight", "log weight", "log places", "log count", "bonus")
"""The features that are numbers; all others are signs, which a phrase has or has not."""
_MOST_SUMS = 65_536


class PhraseWeights:
    """Weights by feature. Phrases share what they have, so sums over signs that came together once are kept.

    Attributes:
        numbers: what a phrase begins with (the weight of ""), and the weights of `NUMBERS`.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)
        self._sums: dict[tuple[str, ...], float] = {}
        self.numbers = tuple(self._weights.get(name, 0.0) for name in ("", *NUMBERS))

    @Lazy
    def alike(self) -> dict[Hashable, tuple[float, float]]:
        """Room for sums of signs by what the phrases that have them share, so that the signs need not be written out for every phrase."""
        return {}

    def total(self, signs: tuple[str, ...]) -> float:
        """The sum of some signs' weights; signs that no weight is known of count nothing."""
        known = self._sums.get(signs)
        if known is None:
            if len(self._sums) >= _MOST_SUMS:
                self._sums.clear()
            known = self._sums[signs] = sum(self._weights.get(sign, 0.0) for sign in signs)
        return known
