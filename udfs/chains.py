"""Follows chains of steps to their ends: an event that was merged into one that was merged again."""

from __future__ import annotations

import pandas as pd


def follow_chains(steps: pd.DataFrame) -> pd.DataFrame:
    """Where each chain ends.

    Args:
        steps: event_id, into_id; one row for each event_id.

    Returns:
        event_id, into_id: the last of the chain that begins there. In a circle (one merged into the other and back) all end in
        the smallest of it, so that the order of the decisions plays no part. Rows that end where they began are left out.
    """
    following = dict(zip(steps["event_id"], steps["into_id"], strict=True))
    ends = {start: _end(start, following) for start in following}
    moved = [(start, end) for start, end in sorted(ends.items()) if start != end]
    return pd.DataFrame(moved, columns=["event_id", "into_id"], dtype="object")


def _end(start: str, following: dict[str, str]) -> str:
    passed = [start]
    while passed[-1] in following:
        step = following[passed[-1]]
        if step in passed:
            return min(passed[passed.index(step) :])
        passed.append(step)
    return passed[-1]
