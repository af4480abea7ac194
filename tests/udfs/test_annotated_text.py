"""What the annotator says of a batch of texts comes back at the right characters, and is what each text by itself would give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs.annotated_text import LONGEST_EOJEOL, joined_neighbours, label_spans
from udfs.annotator_alphabet import piece_ids
from udfs.annotator_labels import (
    ENTITY_LABELS,
    ENTITY_TYPES,
    MORPHEME_LABELS,
    best_entities,
    entity_spans,
    morpheme_spans,
    pack,
    two_best_scores,
)
from udfs.entity_places import whole_places

PERSON = 1 + 4 * ENTITY_TYPES.index("PS") + 3


def _vector(morphemes: list[int], entities: list[int], *, padding: int = 0) -> list[float]:
    count = len(morphemes)
    packed = pack(np.array(morphemes), np.array(entities), np.zeros(count, dtype=np.int64), np.full(count, 2.0))
    return [0.0, *packed.tolist(), 0.0, *[0.0] * padding]


def test_vectors_of_sentences_become_spans_of_the_text() -> None:
    text = "비가\u3000왔다\n\n그가"
    vectors = [_vector([2, 28, 10, 48], [PERSON, 0, 0, 0], padding=3), _vector([6, 28], [0, 0])]
    [(morphemes, entities)] = label_spans([text], [[0, 7]], [[len(vector) for vector in vectors]], [[*vectors[0], *vectors[1]]])
    assert [text[begin:end] for begin, end, _ in morphemes] == ["비", "가", "왔", "다", "그", "가"]
    assert entities == [(0, 1, "PS")]


def test_texts_of_a_batch_do_not_touch_each_other() -> None:
    begins = 1 + 4 * ENTITY_TYPES.index("LC")
    vectors = [_vector([2, 3], [0, begins]), _vector([2, 3], [begins + 2, 0])]  # an entity never goes on in the next text
    texts = ["서울", "", "부산"]
    found = label_spans(texts, [[0], [], [0]], [[4], [], [4]], [vectors[0], [], vectors[1]])
    assert [morphemes for morphemes, _ in found] == [[(0, 2, "NNP")], [], [(0, 2, "NNP")]]
    assert all(entities in ([], [(0, 1, "LC")], [(1, 2, "LC")]) for _, entities in found)


def test_what_was_not_read_has_no_labels() -> None:
    long = "갂" * (LONGEST_EOJEOL // 3 + 1)  # a rare syllable counts as three: Spark NLP takes this for one unknown piece
    vector = _vector([0, 2, 28, 10], [0, PERSON, 0, 0])  # of the last eojeol only the first character was read
    [(morphemes, entities)] = label_spans([f"{long} 비가 왔다"], [[0]], [[len(vector)]], [vector])
    begin = len(long) + 1
    assert morphemes == [(begin, begin + 1, "NNP"), (begin + 1, begin + 2, "JKS"), (begin + 3, begin + 4, "VV")]
    assert entities == [(begin, begin + 1, "PS")]
    assert label_spans(["", " "], [[], []], [[], []], [[], []]) == [([], []), ([], [])]
    common = "가" * LONGEST_EOJEOL  # each counts as one
    [(morphemes, _)] = label_spans([common], [[0]], [[LONGEST_EOJEOL + 2]], [_vector([0] * LONGEST_EOJEOL, [0] * LONGEST_EOJEOL)])
    assert len(morphemes) == LONGEST_EOJEOL


def test_neighbours_of_one_type_are_one_entity() -> None:
    text = "클린트 이스트우드 김태희 장동건 제주 추자도, 부산"
    spans = [(0, 3, "PS"), (4, 9, "PS"), (10, 13, "PS"), (14, 17, "PS"), (18, 20, "LC"), (21, 24, "LC"), (26, 28, "LC")]
    names = [text[begin:end] for begin, end, _ in joined_neighbours(text, spans[:2] + spans[4:])]
    assert names == ["클린트 이스트우드", "제주 추자도", "부산"]
    assert joined_neighbours(text, spans[2:4]) == spans[2:4]  # two Korean names are two persons
    assert joined_neighbours(text, [(14, 17, "PS"), (18, 20, "LC")]) == [(14, 17, "PS"), (18, 20, "LC")]


@pytest.mark.parametrize(
    ("text", "place", "whole"),
    [
        ("라가디아 공항은 붐볐다", "라가디아", ("라가디아 공항", "LC")),
        ("전주역 등으로", "전주", ("전주역", "LC")),
        ("태국 정부는 밝혔다", "태국", ("태국 정부", "OG")),
        ("태국 정부청사 앞", "태국", ("태국", "LC")),
        ("부산 항구에서", "부산", ("부산", "LC")),
        ("서해안고속도로 하행선", "서해안", ("서해안고속도로", "LC")),
        ("마포경찰서는 밝혔다", "마포", ("마포경찰서", "OG")),
        ("서강대 교수", "서강대", ("서강대", "OG")),
        ("서강대에서 열린", "서강대", ("서강대", "LC")),
        ("해운대 모래축제", "해운대", ("해운대", "LC")),
    ],
)
def test_a_place_goes_as_far_as_its_name(text: str, place: str, whole: tuple[str, str]) -> None:
    ((begin, end, kind),) = whole_places(text, [(text.index(place), text.index(place) + len(place), "LC")])
    assert (text[begin:end], kind) == whole


def test_a_region_is_named_with_its_part_of_the_country() -> None:
    text = "파키스탄 남서부 발루치스탄주에서, 일본 도쿄"
    places = [(0, 4, "LC"), (9, 15, "LC"), (19, 21, "LC"), (22, 24, "LC")]
    assert whole_places(text, places) == [(0, 15, "LC"), *places[2:]]


def test_languages_trains_and_manners_are_no_places() -> None:
    assert whole_places("한국형 느와르", [(0, 2, "LC")]) == []
    assert whole_places("아랍어 문자와 서울", [(0, 3, "LC"), (8, 10, "LC")]) == [(8, 10, "LC")]
    assert whole_places("아랍어를 배운 비", [(0, 3, "OG"), (8, 9, "PS")]) == [(0, 3, "OG"), (8, 9, "PS")]


@given(st.lists(st.text("가나비다 !1a", max_size=30), min_size=1, max_size=5), st.integers(0, 2**32 - 1))
def test_a_batch_is_its_texts_one_by_one(texts: list[str], seed: int) -> None:
    draw = np.random.default_rng(seed)
    batch: list[list[list[int]]] = [[], []]
    labels, expected = [], []
    for text in texts:
        ids, offsets = piece_ids(text)
        starts = np.diff(offsets, prepend=-2) > 1
        morphemes, entity, second = (draw.integers(0, size, len(ids)) for size in (MORPHEME_LABELS, ENTITY_LABELS, ENTITY_LABELS))
        margin = draw.integers(0, 4, len(ids)) / 2
        labels.append([0.0, *pack(morphemes, entity, second, margin).tolist(), 0.0] if len(ids) else [])
        batch[0].append([int(offsets[0])] if len(ids) else [])
        batch[1].append([len(ids) + 2] if len(ids) else [])
        sequence = best_entities(two_best_scores(entity, second, margin)) if len(ids) else entity
        entities = whole_places(text, joined_neighbours(text, entity_spans(sequence, offsets)))
        expected.append((morpheme_spans(morphemes, offsets, starts), entities))
    assert label_spans(texts, *batch, labels) == expected
