"""Entries of buckets for tests."""

import numpy as np

from udfs import buckets


def entries_of(rows: list[tuple[int, int, int]], sized: bool) -> np.ndarray:
    """Entries from rows of bucket, key and size; a bucket's hash spreads over all slots."""
    entries = np.zeros(len(rows), dtype=buckets.SIZED_ENTRY if sized else buckets.ENTRY)
    for place, (bucket, key, size) in enumerate(rows):
        entries[place]["hash"], entries[place]["key"] = (bucket * 0x9E3779B97F4A7C15) % 2**64, key
        if sized:
            entries[place]["size"] = size
    return entries
