"""Other names in a sentence: spans stay right, particles keep fitting, one name becomes one name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from udfs.annotator_corpora import Sentence
from udfs.annotator_swaps import SHARES_OF_NOUNS, Nouns, swap_names, swap_nouns

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


TREEBANK = [
    Sentence("사람이 물로", [(0, 2, "NNG"), (2, 3, "JKS"), (4, 5, "NNG"), (5, 6, "JKB")]),
    Sentence("서울 시민", [(0, 2, "NNP"), (3, 5, "NNG")]),
    Sentence("건물로", [(0, 2, "NNG"), (2, 3, "JKB")]),
]
CUT = Sentence("새벌 하늘로 간다", [(0, 2, "NNP"), (3, 5, "NNG"), (5, 6, "JKB"), (7, 8, "VV"), (8, 9, "EF")])


@given(st.integers(0, 10**6))
def test_nouns_are_swapped_for_nouns_of_their_kind_that_end_alike(seed: int) -> None:
    swapped = swap_nouns(CUT, Nouns.of(TREEBANK, ["달물결", "가나다라마바"]), seed=seed)
    found = [(swapped.text[begin:end], tag) for begin, end, tag in swapped.morphemes]
    assert found[0] in (("새벌", "NNP"), ("서울", "NNP"), ("달물결", "NNP"))
    assert found[1] in (("하늘", "NNG"), ("건물", "NNG")), "of the nouns with ㄹ at their end the one of two syllables"
    assert found[2:] == [("로", "JKB"), ("간", "VV"), ("다", "EF")]
    assert swapped.text == f"{found[0][0]} {found[1][0]}로 간다"


def test_without_nouns_of_its_kind_a_sentence_stays() -> None:
    assert swap_nouns(CUT, Nouns.of([], []), seed=1) is CUT


def test_rare_nouns_are_drawn_more_often_than_they_stand() -> None:
    often = [Sentence("사람", [(0, 2, "NNG")])] * 99 + [Sentence("마음", [(0, 2, "NNG")])]
    drawn = Nouns.of(often, [])
    found = [swap_nouns(Sentence("입간", [(0, 2, "NNG")]), drawn, seed=seed).text for seed in range(400)]
    assert found.count("마음") > 400 * SHARES_OF_NOUNS["NNG"] * 0.08
    assert set(found) == {"사람", "마음", "입간"}
