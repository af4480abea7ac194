"""Other names in a sentence: spans stay right, particles keep fitting, one name becomes one name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from udfs.annotator_corpora import Sentence
from udfs.annotator_swaps import swap_names

NAMES = {"PS": ["김가온", "이도담", "한누리", "박새론"], "LC": ["가람시", "새벌", "누리산"]}
SENTENCE = Sentence("한가람은 서울에서 한가람이 2명을 봤다.", [], [(0, 3, "PS"), (5, 7, "LC"), (10, 13, "PS"), (15, 17, "QT")])


@given(st.integers(0, 10**6))
def test_spans_hold_the_new_names(seed: int) -> None:
    swapped = swap_names(SENTENCE, NAMES, seed=seed)
    found = [(swapped.text[begin:end], kind) for begin, end, kind in swapped.entities]
    assert [kind for _, kind in found] == ["PS", "LC", "PS", "QT"]
    assert found[0] == found[2]  # the same person stays one person
    assert found[0][0] in ("한가람", "김가온", "이도담", "박새론")  # all end in a consonant: 은 stays right
    assert found[3] == ("2명", "QT")
    outside = swapped.text
    for name, _ in found:
        outside = outside.replace(name, "_", 1)
    assert outside == "_은 _에서 _이 _을 봤다."


def test_without_a_gazetteer_nothing_changes() -> None:
    assert swap_names(SENTENCE, {"PS": []}, seed=1) is SENTENCE


def test_the_same_seed_swaps_alike() -> None:
    assert swap_names(SENTENCE, NAMES, seed=7) == swap_names(SENTENCE, NAMES, seed=7)
