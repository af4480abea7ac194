"""What the annotator says: labels packed and unpacked, spans mended."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udfs.annotator_corpora import conllu_sentences, ner_sentences, project, sejong_tag
from udfs.annotator_labels import (
    ENTITY_LABELS,
    ENTITY_TYPES,
    best_entities,
    bioes,
    entity_spans,
    first_labels,
    mended_entities,
    open_entities,
    pack,
    two_best_scores,
    unpack,
)


@given(
    st.lists(
        st.tuples(st.integers(0, 89), st.integers(0, ENTITY_LABELS - 1), st.integers(0, ENTITY_LABELS - 1), st.floats(0, 20)), max_size=20
    )
)
def test_labels_survive_packing(labels: list[tuple[int, int, int, float]]) -> None:
    whole = np.array([row[:3] for row in labels], dtype=np.int64).reshape(-1, 3)
    margin = np.array([row[3] for row in labels])
    packed = pack(whole[:, 0], whole[:, 1], whole[:, 2], margin)
    assert (packed.astype(np.int64) < 1 << 24).all()
    *unpacked, steps = unpack(packed)
    assert np.array_equal(np.stack(unpacked, axis=1), whole)
    assert (np.abs(steps - np.minimum(margin, 7.96875)) <= 1 / 16).all()


def _fits(labels: tuple[int, ...]) -> bool:
    """Whether every entity is begun, goes on and ends."""
    opened = 0
    for label in labels:
        kind, part = (label + 3) // 4, (label - 1) % 4
        if opened != (kind if label and part in (1, 2) else 0):
            return False
        opened = kind if label and part in (0, 1) else 0
    return opened == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_entities_are_the_best_sequence_that_fits(seed: int, length: int) -> None:
    """Against every sequence there is, of labels of two types."""
    scores = np.full((length, ENTITY_LABELS), -50.0)
    scores[:, :9] = np.random.default_rng(seed).normal(size=(length, 9))
    every = [labels for labels in itertools.product(range(9), repeat=length) if _fits(labels)]
    totals = [sum(scores[place, label] for place, label in enumerate(labels)) for labels in every]
    assert tuple(best_entities(scores)) == every[int(np.argmax(totals))]


def test_of_the_two_best_labels_the_second_mends_a_broken_entity() -> None:
    begin, inside, end = 1, 2, 3
    entity, second, margin = np.array([begin, 0, end]), np.array([0, inside, 0]), np.array([3.0, 0.5, 3.0])
    assert best_entities(two_best_scores(entity, second, margin)).tolist() == [begin, inside, end]
    assert best_entities(two_best_scores(entity, second, np.array([0.2, 5.0, 0.2]))).tolist() == [0, 0, 0]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60), st.sampled_from([0.1, 0.4]))
def test_mending_where_labels_do_not_fit_is_mending_the_whole(seed: int, length: int, inside: float) -> None:
    random = np.random.default_rng(seed)
    entity, second = random.integers(0, 9, size=(2, length))
    entity[random.random(length) > inside] = 0
    second = np.where(second == entity, (entity + 1) % 9, second)
    margin = np.minimum(random.choice([0, 8, 40, 120, 127], size=length), 127) / 16
    best = first_labels(entity, second, margin)
    opens, needs = open_entities(best)
    broken = np.append(0, opens[:-1]) != needs
    broken[-1] |= opens[-1] > 0
    if broken.any():
        whole = best_entities(two_best_scores(entity, second, margin))
        assert np.array_equal(mended_entities(entity, second, margin, best, broken, np.array([0, length])), whole)


@given(st.data())
def test_entities_survive_their_labels(data: st.DataObject) -> None:
    spans, position = [], 0
    for _ in range(data.draw(st.integers(0, 5))):
        begin = position + data.draw(st.integers(0, 3))
        position = begin + data.draw(st.integers(1, 4))
        spans.append((begin, position, data.draw(st.sampled_from(ENTITY_TYPES))))
    places = np.arange(position + 2)
    assert entity_spans(bioes(spans, places), places) == spans


@given(st.lists(st.integers(0, ENTITY_LABELS - 1), max_size=30))
def test_any_labels_give_ordered_spans(labels: list[int]) -> None:
    spans = entity_spans(np.array(labels, dtype=np.int64), np.arange(len(labels)))
    assert all(begin < end for begin, end, _ in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("surface", "morphemes", "spans"),
    [
        ("했다", [("하", "XSV"), ("았", "EP"), ("다", "EF")], [(0, 1, "XSV"), (1, 2, "EF")]),
        ("가까운", [("가깝", "VA"), ("ㄴ", "ETM")], [(0, 3, "VA")]),
        ("갔다", [("가", "VV"), ("았", "EP"), ("다", "EF")], [(0, 1, "VV"), (1, 2, "EF")]),
        ("학교에서", [("학교", "NNG"), ("에서", "JKB")], [(0, 2, "NNG"), (2, 4, "JKB")]),
        ("난", [("나", "NP"), ("ㄴ", "JX")], [(0, 1, "NP")]),
    ],
)
def test_projection(surface: str, morphemes: list[tuple[str, str]], spans: list[tuple[int, int, str]]) -> None:
    assert project(surface, morphemes) == spans


@given(
    st.text("가나다라았했는을", min_size=1, max_size=6),
    st.lists(st.tuples(st.text("가나다ㄴ았", min_size=1, max_size=3), st.just("NNG")), min_size=1, max_size=4),
)
def test_projection_tiles_the_surface(surface: str, morphemes: list[tuple[str, str]]) -> None:
    spans = project(surface, morphemes)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(surface)
    assert all(one[1] == other[0] for one, other in itertools.pairwise(spans))


def test_kaist_punctuation_is_put_back_to_its_word() -> None:
    lines = ["1\t있다\t있+다\tADJ\t_\t_\t0\troot\t_\t있/paa+다/ef", "2\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t./sf", ""]
    sentence = next(conllu_sentences(lines))
    assert sentence.text == "있다."
    assert sentence.morphemes == [(0, 1, "VA"), (1, 2, "EF"), (2, 3, "SF")]


def test_entities_of_a_character_file() -> None:
    lines = ["## a comment", "박\tB-PS", "씨\tO", " \tO", "3\tB-QT", "명\tI-QT", ""]
    sentence = next(ner_sentences(lines))
    assert (sentence.text, sentence.entities) == ("박씨 3명", [(0, 1, "PS"), (3, 5, "QT")])


def test_tags_of_other_conventions() -> None:
    assert [sejong_tag(tag) for tag in ("ncn", "jca", "VV-R", "SSC", "W_HASHTAG", "bad")] == ["NNG", "JKB", "VV", "SS", "SL", "NA"]
