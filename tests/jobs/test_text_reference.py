"""Files of learned weights: what is wrong with them is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.errors import HwaboError
from jobs.text_reference import read_choice_weights, read_weights
from udfs.weighed_post import QUESTIONS


def test_the_shipped_weights_are_read() -> None:
    assert read_weights("models/phrase_weights.json")
    assert set(read_choice_weights("models/choice_weights.json")) == set(QUESTIONS)
    assert read_choice_weights("") == {}


@pytest.mark.parametrize(
    ("written", "said"),
    [("{", "says no weights"), ("[]", "says no weights"), ('{"when": {"none": 1.0}}', "has no weights for what")],
)
def test_a_file_that_says_no_weights_is_named(tmp_path: Path, written: str, said: str) -> None:
    file = tmp_path / "weights.json"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(HwaboError, match=said) as raised:
        read_choice_weights(str(file))
    assert str(file) in str(raised.value)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(HwaboError, match=r"conf/models/none\.json does not exist"):
        read_choice_weights("models/none.json")
