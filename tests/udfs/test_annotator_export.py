"""The ONNX graph says what the torch network says: exactly with whole weights, nearly always with 8-bit ones; padding changes nothing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray

from udfs.annotator_alphabet import LETTERS, PIECES, SPECIAL_PIECES, piece_ids, spelled, vocabulary
from udfs.annotator_export import GROUP, export
from udfs.annotator_labels import CLASSES, ENTITY_LABELS, MORPHEME_LABELS, PACKED, morpheme_labels, pack
from udfs.annotator_lexicon import lexicon_table
from udfs.annotator_network import AnnotatorNetwork, NetworkShape

TEXTS = ("가수 비가 22일 오후 인천국제공항을 통해 파리로 출국했다.", "하늘", "😀 (본명 鄭가온) ABC 12:30", "봄비가 내렸다 " * 9)
SHAPE = NetworkShape(
    width=16, letter=16, gram=8, pair_buckets=1 << 10, three_buckets=1 << 10, four_buckets=1 << 10, lexicon_buckets=1 << 12
)  # fmt: skip
WORDS = [
    ("가수", "NNG,*", 9),
    ("인천", "NNP,지명", 9),
    ("국제공항", "NNG,*", 3000),
    ("정가온", "NNP,인명", 9),
    ("출국", "NNG,*", 9),
    ("내렸다", "VV+EF,*", 9),
]


@pytest.fixture(scope="module")
def network() -> AnnotatorNetwork:
    torch.manual_seed(5)
    network = AnnotatorNetwork(SHAPE, {"gsd": MORPHEME_LABELS, "ner": ENTITY_LABELS, "class": len(CLASSES), "letter": 16}).eval()
    network.lexicon.copy_(torch.from_numpy(lexicon_table(WORDS, SHAPE.lexicon_buckets)))
    torch.nn.init.normal_(network.words.weight)  # it begins with zeros
    return network


def _batch(texts: tuple[str, ...], width: int) -> NDArray[np.int64]:
    ids = np.zeros((len(texts), width), dtype=np.int64)
    for row, text in enumerate(texts):
        pieces = piece_ids(text)[0]
        ids[row, : len(pieces) + 2] = [2, *pieces, 3]
    return ids


def _served(folder: Path, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    mask = (ids > 0).astype(np.int64)
    found: NDArray[np.float32] = session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": mask * 0})[0]
    return found.astype(np.int64)


def _packed(network: AnnotatorNetwork, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    mask = torch.from_numpy((ids > 0).astype(np.int64))
    with torch.no_grad():
        scores = network(torch.from_numpy(ids), mask)
    two = scores["ner"].topk(2)
    starts = ids < len(SPECIAL_PIECES) + len(LETTERS)
    morphemes = np.stack([morpheme_labels(one.numpy(), start) for one, start in zip(scores["gsd"], starts, strict=True)])
    packed = pack(morphemes, *(two.indices[..., best].numpy() for best in range(2)), (two.values[..., 0] - two.values[..., 1]).numpy())
    behind = np.append(mask.numpy()[:, 1:], np.zeros((len(ids), 1), dtype=np.int64), axis=1)
    return packed.astype(np.int64) * behind


def test_the_graph_is_the_network(network: AnnotatorNetwork, tmp_path: Path) -> None:
    ids = _batch(TEXTS, 80)
    export(network, tmp_path, small=False)
    found = _served(tmp_path, ids)
    expected = _packed(network, ids)
    assert np.array_equal(found % PACKED[3], expected % PACKED[3])
    assert np.abs(found // PACKED[3] - expected // PACKED[3]).max() <= 1, "but for the last bits of 32"


def test_sentences_are_read_in_groups_and_answered_in_order(network: AnnotatorNetwork, tmp_path: Path) -> None:
    draw = np.random.default_rng(11)
    ids = np.zeros((2 * GROUP + 5, 60), dtype=np.int64)
    for row in ids:
        length = int(draw.integers(2, 60))
        row[:length] = draw.integers(4, PIECES, length)
    export(network, tmp_path, small=False)
    found = _served(tmp_path, ids)
    assert np.array_equal(found % PACKED[3], _packed(network, ids) % PACKED[3])


def test_padding_changes_nothing(network: AnnotatorNetwork, tmp_path: Path) -> None:
    length = len(piece_ids(TEXTS[0])[0]) + 2
    export(network, tmp_path)
    narrow, wide = _served(tmp_path, _batch(TEXTS[:1], 40)), _served(tmp_path, _batch(TEXTS[:1], 90))
    assert np.array_equal(narrow[0, :length], wide[0, :length])


@pytest.mark.parametrize("small", [False, True])
def test_labels_do_not_hang_on_the_sentences_beside(network: AnnotatorNetwork, tmp_path: Path, *, small: bool) -> None:
    export(network, tmp_path, small=small)
    among_others = _served(tmp_path, _batch(TEXTS, 90))
    for row, text in enumerate(TEXTS):
        length = len(piece_ids(text)[0]) + 2
        alone = _served(tmp_path, _batch((text,), 90))
        assert np.array_equal(alone[0, :length], among_others[row, :length])


def test_small_weights_hardly_ever_change_a_label(network: AnnotatorNetwork, tmp_path: Path) -> None:
    ids = _batch(TEXTS, 80)
    export(network, tmp_path)
    real = ids > 0
    agree = (_served(tmp_path, ids) % PACKED[2] == _packed(network, ids) % PACKED[2])[real].mean()
    assert agree > 0.8  # an untrained network's scores lie close together; of a trained one's labels 99.9 % stay
    assert (tmp_path / "model.onnx").stat().st_size < 5_000_000


def test_ids_beyond_the_vocabulary_are_survived(network: AnnotatorNetwork, tmp_path: Path) -> None:
    export(network, tmp_path)
    assert _served(tmp_path, np.array([[2, 10**6, 3]])).shape == (1, 3)


def test_the_vocabulary_is_written_as_spark_nlp_looks_it_up(network: AnnotatorNetwork, tmp_path: Path) -> None:
    export(network, tmp_path)
    pieces = (tmp_path / "assets" / "vocab.txt").read_text(encoding="utf-8").split("\n")
    assert pieces[-1] == ""
    assert len(set(pieces)) == len(pieces)
    composed = [unicodedata.normalize("NFC", spelled(one)) for one in vocabulary()]
    assert [unicodedata.normalize("NFC", piece) for piece in pieces[:-1]] == composed
    assert all(unicodedata.normalize("NFD", piece) == piece for piece in pieces)
