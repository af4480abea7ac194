"""train_annotators on a handful of sentences: every stage runs, goes on from its checkpoint, and what is written tags text in Spark NLP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pyspark.sql import SparkSession

from jobs import train_annotators
from jobs.annotator_corpus import load_sentences, read_corpora, with_silver_labels
from jobs.errors import HwaboError
from jobs.settings import Settings
from udfs.annotator_course import Plan, Tracking
from udfs.annotator_labels import SEJONG_TAGS

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


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora"
    for name in ("ud", "ner", "raw"):
        (folder / name).mkdir(parents=True)
    (folder / "ud/gsd-train.conllu").write_text(TREEBANK * 4, encoding="utf-8")
    (folder / "ud/gsd-dev.conllu").write_text(TREEBANK, encoding="utf-8")
    (folder / "ud/kaist-train.conllu").write_text(KAIST * 2, encoding="utf-8")
    (folder / "ner/klue-ner.tsv").write_text(_tagged("배우 한가람이 웃었다.", 3, 6, "PS") * 502, encoding="utf-8")
    (folder / "ner/konec-150-classes.tsv").write_text(_tagged("배우 한가람이 웃었다.", 3, 6, "PS_NAME") * 502, encoding="utf-8")
    (folder / "raw/news-sentences.txt").write_text("비가 내렸다 그쳤다.\n", encoding="utf-8")
    (folder / "raw/review-sentences.txt").write_text("영화가 재미있었다.\n", encoding="utf-8")
    reviews = pd.DataFrame({"review": ["정말 재미있게 본 영화인데 결말이 조금 아쉬웠어요 그래도 추천합니다"]})
    reviews.to_parquet(folder / "raw/movie-reviews.parquet")
    return folder


def test_sentences_reach_torch_as_they_were_labelled(spark: SparkSession, corpora: Path, tmp_path: Path) -> None:
    labelled = with_silver_labels(read_corpora(spark, corpora, reviews=1))
    labelled.write.parquet(str(tmp_path / "sentences"))
    sentences, senses = load_sentences(spark.read.parquet(str(tmp_path / "sentences")).inputFiles())

    assert [(one.corpus, one.split) for one in sentences].count(("klue", "test")) == 500
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


@pytest.mark.slow
def test_training_goes_on_from_a_finished_stage(
    spark: SparkSession, corpora: Path, tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    read_corpora(spark, corpora, reviews=1).transform(with_silver_labels).write.parquet(str(tmp_path / "sentences"))
    sentences, senses = load_sentences(spark.read.parquet(str(tmp_path / "sentences")).inputFiles())
    stages: list[str] = []
    plan = Plan(width=16, teachers=1, teacher_rounds=0.2, silver_steps=2, refining_steps=2)
    meanings = train_annotators.meanings_of(senses)
    tracking = Tracking(tmp_path, lambda stage, *_: stages.append(stage))
    first = train_annotators.learn(sentences, meanings, plan, tracking)
    assert stages == ["teacher-0", "student-silver", "student"]
    again = train_annotators.learn(sentences, meanings, plan, tracking)
    assert stages == ["teacher-0", "student-silver", "student"]
    assert all(np.array_equal(one.detach(), other.detach()) for one, other in zip(first.parameters(), again.parameters(), strict=True))

    model = train_annotators.write_model(spark, first, tmp_path / "model", {"joint_f1": 0.0}, make_settings())
    assert (model / "figures.json").exists()
    assert sum(file.stat().st_size for file in model.rglob("*") if file.is_file()) < train_annotators.LARGEST
