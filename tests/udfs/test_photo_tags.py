"""Tables of tags and types: what they may name, and what the network's opinion becomes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from udfs.photo_tags import TagTableError, labels, probabilities, read_table, visual_tags
from udfs.photo_types import read_types

CLASSES = ("crane", "stage", "suit", "crane")  # a bird and a machine
TABLE: dict[str, Any] = {"tags": {"무대": ["stage"], "두루미": ["crane"]}, "least_score": 0.3, "temperature": 2.0}


def test_a_name_that_stands_for_two_classes_means_both() -> None:
    assert read_table(TABLE, CLASSES).tags == (("무대", (1,)), ("두루미", (0, 3)))
    assert read_types({"view": ["crane"]}, CLASSES).types == (("view", (0, 3)),)


@pytest.mark.parametrize("lacking", sorted(TABLE))
def test_a_table_without_one_of_its_parts_is_refused_in_words(lacking: str) -> None:
    with pytest.raises(TagTableError, match=f"lacks '{lacking}'"):
        read_table({name: value for name, value in TABLE.items() if name != lacking}, CLASSES)


def test_a_class_that_does_not_exist_is_named_with_what_names_it() -> None:
    with pytest.raises(TagTableError, match="the tag 무대 names the class 'stages'"):
        read_table({**TABLE, "tags": {"무대": ["stage", "stages"]}}, CLASSES)
    with pytest.raises(TagTableError, match="the type view names the class 'sea'"):
        read_types({"view": ["sea"]}, CLASSES)


@given(arrays.arrays(np.float32, 4, elements=st.floats(-80, 80, width=32)))
def test_scores_are_probabilities_and_tags_come_best_first(logits: np.ndarray) -> None:
    table = read_table(TABLE, CLASSES)
    chances = probabilities(logits, table.temperature)
    assert math.isclose(float(chances.sum()), 1.0, rel_tol=1e-9)
    found = visual_tags(chances, table)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert all(table.least_score <= score <= 1.0 for _, score in found)
    assert [name for name, _ in labels(chances, table, kept=1)] == [CLASSES[int(chances.argmax())]]
