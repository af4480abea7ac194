"""Candidates by local features: what copies share, what strangers do not, and what travels."""

from collections import Counter

import numpy as np
import pytest
from PIL import Image, ImageOps

from tests.pictures import picture
from tests.udfs.test_geometry import COPIES
from udfs.geometry import describe, unpack
from udfs.local_bits import differing_bits
from udfs.local_features import ENTRY, TABLES, feature_entries, near_pairs, packed

REACH, FARTHEST, LEAST = 12, 28, 20


def _weights(*images: Image.Image) -> dict[tuple[int, int], int]:
    entries = np.concatenate([feature_entries(key, describe(image)) for key, image in enumerate(images)])
    columns = near_pairs(entries, reach=REACH, farthest=FARTHEST)
    return {(larger, smaller): weight for larger, smaller, weight in zip(*(column.tolist() for column in columns), strict=True)}


@pytest.mark.parametrize("kind", COPIES)
def test_a_copy_is_the_best_candidate_among_strangers(kind: str) -> None:
    strangers = [picture(seed) for seed in range(100, 110)]
    weights = _weights(picture(1), COPIES[kind](picture(1)), *strangers)
    assert weights[1, 0] >= LEAST
    assert weights[1, 0] == max(weights.values())


def test_a_photo_laid_across_is_no_candidate() -> None:
    image = picture(2)
    turned = image.rotate(90, expand=True)
    assert _weights(image, turned).get((1, 0), 0) < _weights(image, image)[1, 0] / 50, "the same features, turned by more than a copy is"
    shifted = Image.new("RGB", image.size)
    shifted.paste(image, (int(0.7 * image.width), 0))
    assert _weights(image, shifted).get((1, 0), 0) < _weights(image, image)[1, 0] / 10, "the same features, most of the picture elsewhere"


def test_a_mirrored_photo_is_written_the_same_way() -> None:
    image = picture(3)
    plain, turned = (feature_entries(0, describe(picture)) for picture in (image, ImageOps.mirror(image)))
    for table in range(TABLES):
        ours, theirs = (np.unpackbits(entries["descriptor"][entries["table"] == table], axis=1) for entries in (plain, turned))
        nearest = (ours[:, None] != theirs[None]).sum(axis=2).min(axis=1)
        assert np.median(nearest) <= 2


def test_every_shared_feature_counts_once_for_each_table() -> None:
    image = picture(4)
    features = len(unpack(describe(image)).points) + 1  # and the hash of the whole
    assert _weights(image, image)[1, 0] >= features * TABLES * (FARTHEST + 1)


def test_packing_loses_nothing_and_keeps_neighbours_together() -> None:
    entries = np.concatenate([feature_entries(key, describe(picture(key))) for key in range(3)])
    parts = {part: np.frombuffer(content, ENTRY) for part, content in packed(entries, 16)}
    assert sorted(entry.tobytes() for part in parts.values() for entry in part) == sorted(entry.tobytes() for entry in entries)
    where = [{(int(entry["table"]), int(entry["descriptor"][0])) for entry in part} for part in parts.values()]
    assert len(parts) > 8
    assert sum(map(len, where)) >= len(set().union(*where))


def test_pairs_do_not_depend_on_which_parts_are_looked_at_together() -> None:
    entries = np.concatenate([feature_entries(key, describe(picture(key // 2))) for key in range(8)])
    apart: Counter[tuple[int, int]] = Counter()
    for _, content in packed(entries, 64):
        for larger, smaller, weight in zip(*near_pairs(np.frombuffer(content, ENTRY), reach=REACH, farthest=FARTHEST), strict=True):
            apart[int(larger), int(smaller)] += int(weight)
    together = near_pairs(entries[np.random.default_rng(2).permutation(len(entries))], reach=REACH, farthest=FARTHEST)
    assert {(int(larger), int(smaller)): int(weight) for larger, smaller, weight in zip(*together, strict=True)} == apart


def test_no_entries_give_no_pairs() -> None:
    assert [len(column) for column in near_pairs(np.zeros(0, dtype=ENTRY), reach=REACH, farthest=FARTHEST)] == [0, 0, 0]


def test_differing_bits_are_those_of_the_exclusive_or() -> None:
    for row in np.random.default_rng(1).integers(0, 2**64, (50, 4), dtype=np.uint64):
        one, two, three, four = row
        assert differing_bits(one, two, three, four) == bin(int(one) ^ int(three)).count("1") + bin(int(two) ^ int(four)).count("1")
