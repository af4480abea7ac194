"""train_annotators on a handful of sentences: every stage runs, goes on from its checkpoint, and what is written tags text in Spark NLP."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from pyspark.sql import SparkSession

from jobs import train_annotators
from jobs.annotator_corpus import SWAPS, load_sentences, read_corpora, with_silver_labels
from jobs.errors import HwaboError
from jobs.evaluate.annotators import annotate
from jobs.settings import Settings
from udfs.annotator_alphabet import LETTERS, SPECIAL_PIECES, piece_ids
from udfs.annotator_course import HEADS, MEANING, Plan, Tracking
from udfs.annotator_labels import SEJONG_TAGS, morpheme_labels, morpheme_spans
from udfs.annotator_lexicon import lexicon_table
from udfs.annotator_network import AnnotatorNetwork, NetworkShape
from udfs.annotator_training import Example, predict

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores

TREEBANK = """# text = 가수가 노래했다.
1\t가수가\t가수+가\tNOUN\tNNG+JKS\t_\t2\tnsubj\t_\t_
2\t노래했다\t노래+하+았+다\tVERB\tNNG+XSV+EP+EF\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\tSF\t_\t2\tpunct\t_\t_

"""
KAIST = """1\t사람이\t사람+이\tNOUN\t_\t_\t2\tnsubj\t_\t사람/ncn+이/jcs
2\t있다\t있+다\tADJ\t_\t_\t0\troot\t_\t있/paa+다/ef
3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t./sf

"""


def _tagged(text: str, begin: int, end: int, name: str) -> str:
    lines = [f"## {text}"]
    for place, character in enumerate(text):
        tag = f"B-{name}" if place == begin else f"I-{name}" if begin < place < end else "O"
        lines.append(f"{character}\t{tag}")
    return "\n".join(lines) + "\n\n"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for name in ("ud", "ner", "raw", "gazetteer"):
        (folder / name).mkdir(parents=True)
    (folder / "ud/gsd-train.conllu").write_text(TREEBANK * 4, encoding="utf-8")
    (folder / "ud/gsd-dev.conllu").write_text(TREEBANK, encoding="utf-8")
    (folder / "ud/kaist-train.conllu").write_text(KAIST * 2, encoding="utf-8")
    (folder / "ner/klue-ner.tsv").write_text(_tagged("배우 한가람이 웃었다.", 3, 6, "PS") * 503, encoding="utf-8")
    (folder / "ner/konec-150-classes.tsv").write_text(_tagged("배우 한가람이 웃었다.", 3, 6, "PS_NAME") * 503, encoding="utf-8")
    (folder / "raw/news-sentences.txt").write_text("비가 내렸다 그쳤다.\n", encoding="utf-8")
    (folder / "raw/review-sentences.txt").write_text("영화가 재미있었다.\n", encoding="utf-8")
    (folder / "gazetteer/persons.tsv").write_text("박새론\n이도담\n", encoding="utf-8")
    reviews = pd.DataFrame({"review": ["정말 재미있게 본 영화인데 결말이 조금 아쉬웠어요 그래도 추천합니다"]})
    reviews.to_parquet(folder / "raw/movie-reviews.parquet")
    return folder


@pytest.fixture(scope="module")
def labelled(spark: SparkSession, corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Files of the sentences with all their labels."""
    folder = str(tmp_path_factory.mktemp("sentences") / "parquet")
    read_corpora(spark, corpora, reviews=1).coalesce(1).transform(with_silver_labels).write.parquet(folder)
    return list(spark.read.parquet(folder).inputFiles())


def test_sentences_reach_torch_as_they_were_labelled(labelled: list[str]) -> None:
    sentences, senses = load_sentences(labelled)

    splits = [(one.corpus, one.split) for one in sentences]
    assert (splits.count(("klue", "test")), splits.count(("klue", "train"))) == (500, 3)
    assert 3 < splits.count(("swapped", "train")) <= 3 * SWAPS
    dev = next(one for one in sentences if (one.corpus, one.split) == ("gsd", "dev"))
    assert [(SEJONG_TAGS[label // 2], label % 2) for label in dev.morphemes.tolist()] == [
        ("NNG", 0), ("NNG", 1), ("JKS", 0), ("NNG", 0), ("NNG", 1), ("XSV", 0), ("EF", 0), ("SF", 0),
    ]  # fmt: skip
    named = next(one for one in sentences if one.corpus == "klue")
    assert named.entities.tolist() == [0, 0, 1, 2, 3, 0, 0, 0, 0, 0]
    assert all(len(one.silver) == len(one.ids) == len(one.senses) == len(one.names) for one in sentences)
    assert max(int(one.senses.max()) for one in sentences) == len(senses)


def test_a_missing_corpus_is_named(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(HwaboError, match=r"gsd-train\.conllu does not exist"):
        read_corpora(spark, tmp_path, reviews=0)


LEXICON = lexicon_table([("가수", "NNG,*", 9)], NetworkShape().lexicon_buckets)
PLAN = Plan(width=16, teachers=1, silver_steps=2, teacher_steps=2, refining_steps=2)


def test_training_goes_on_from_where_it_was(labelled: list[str], tmp_path: Path) -> None:
    sentences, senses = load_sentences(labelled)
    meanings = np.zeros((len(senses) + 1, MEANING), dtype=np.float32)
    meanings[1:, 0] = 1
    stages: list[tuple[str, int]] = []
    tracking = Tracking(tmp_path, lambda stage, step, _: stages.append((stage, step)))
    first = train_annotators.learn(sentences, meanings, LEXICON, PLAN, tracking)
    assert stages == [("student-silver", 2), ("teacher-0", 2), ("student", 2)]

    again = train_annotators.learn(sentences, meanings, LEXICON, PLAN, tracking)
    assert len(stages) == 3  # every stage was found finished
    assert all(torch.equal(one, other) for one, other in zip(first.parameters(), again.parameters(), strict=True))

    train_annotators.learn(sentences, meanings, LEXICON, replace(PLAN, refining_steps=3), tracking)
    assert stages[3:] == [("student", 3)]  # only what depends on the change is trained anew


def test_the_job_writes_a_model_that_spark_nlp_serves(
    spark: SparkSession, corpora: Path, tmp_path: Path, make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_annotators, "ANCHORS", 60)
    sizes = ("width=16", "teachers=0", "silver_steps=1", "teacher_steps=1", "refining_steps=1", "reviews=1", "taught_reviews=0")
    settings = make_settings(
        *(f"training.annotator_{size}" for size in sizes),
        f"training.annotator_corpora={corpora}", f"training.annotator_model={tmp_path / 'model'}",
        f"text.annotator={(tmp_path / 'model').as_uri()}",
    )  # fmt: skip
    report = train_annotators.run(spark, settings)
    assert report.rows_in == report.written["training_sentences"].inserted > 500
    assert train_annotators.run(spark, settings).rows_in == 0  # the same corpora are not labelled again

    card = json.loads((tmp_path / "model" / "figures.json").read_text(encoding="utf-8"))
    assert set(card["figures"]) >= {"segmentation_f1", "joint_f1", "micro_f1"}
    assert sum(file.stat().st_size for file in (tmp_path / "model").rglob("*") if file.is_file()) < train_annotators.LARGEST

    # what Spark NLP serves is what the trained network says, letter for letter
    network = AnnotatorNetwork(NetworkShape(width=16), HEADS)
    network.load_state_dict(torch.load(next((tmp_path / "annotator-checkpoints").glob("student-????????????.pt")), weights_only=True))
    text = "배우 한가람이 22일 인천국제공항에서 웃었다."
    ids, offsets = piece_ids(text)
    starts = ids < len(SPECIAL_PIECES) + len(LETTERS)
    labels = morpheme_labels(np.log(predict(network, [Example(ids, {})], ("gsd",))[0]["gsd"]), starts)
    [(morphemes, _)] = annotate(spark, settings, [text])
    same = set(morphemes) & set(morpheme_spans(labels, offsets, starts))
    assert len(same) >= 0.7 * len(morphemes) > 0  # rounding to 8 bits moves a label of so raw a network now and then
