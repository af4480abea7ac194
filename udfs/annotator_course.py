"""The stages in which the annotator is trained, each resumable from its last checkpoint.

1. Teachers learn the entities of the gold sentences. Beside the text they read what Kiwi and mecab-ko say (morphemes, meaning vectors,
   proper nouns), which a served network cannot.
2. The student learns from silver labels of all texts (Kiwi's morphemes, meaning vectors, hidden letters) and the gold sentences.
3. The student is refined: gold morphemes and entities, and the teachers' mean opinion on unlabelled text (knowledge distillation,
   Hinton et al. 2015).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from udfs.annotator_labels import CLASSES, ENTITY_LABELS, LETTERS, MORPHEME_LABELS, SEJONG_TAGS, SPECIAL_PIECES, TAG_NUMBER
from udfs.annotator_network import AnnotatorNetwork, NetworkShape
from udfs.annotator_teacher import NAME_LABELS
from udfs.annotator_training import Course, Example, entity_scores, morpheme_scores, predict, train

LOGGER = logging.getLogger(__name__)
MEANING = 64
SIDE = MEANING + len(SEJONG_TAGS) + 1 + NAME_LABELS
_MEANINGFUL = [TAG_NUMBER[tag] for tag in ("NNG", "NNP", "NNB", "NP", "NR", "VV", "VA", "MAG", "XR", "SL")]
HEADS = {
    "gsd": MORPHEME_LABELS, "kaist": MORPHEME_LABELS, "kiwi": MORPHEME_LABELS, "ner": ENTITY_LABELS, "class": len(CLASSES),
    "names": NAME_LABELS, "sense": MEANING, "letter": len(LETTERS),
}  # fmt: skip


@dataclass
class TrainingSentence:
    """A sentence as the lake keeps it; labels are one a letter, empty where the corpus has none.

    Attributes:
        corpus: gsd, kaist, klue, news, reviews or movies.
        split: train, dev or test; only train is learnt from.
        ids: word pieces.
        morphemes, entities, classes: gold labels.
        silver: morphemes by Kiwi.
        senses: rows of the table of meanings, 0 for none.
        names: proper nouns by mecab-ko.
    """

    corpus: str
    split: str
    ids: NDArray[np.int64]
    morphemes: NDArray[np.int64]
    entities: NDArray[np.int64]
    classes: NDArray[np.int64]
    silver: NDArray[np.int64]
    senses: NDArray[np.int64]
    names: NDArray[np.int64]

    @property
    def starts(self) -> NDArray[np.bool_]:
        """Which letters begin an eojeol."""
        out: NDArray[np.bool_] = self.ids < len(SPECIAL_PIECES) + len(LETTERS)
        return out


@dataclass(frozen=True)
class Plan:
    """How much of each stage is done.

    Attributes:
        width: hidden units of the student.
        teachers: number of teachers.
        teacher_rounds: times that a teacher sees every gold sentence.
        silver_steps, refining_steps: optimisation steps of the student's stages.
        seed: of everything.
    """

    width: int = 128
    teachers: int = 3
    teacher_rounds: float = 16
    silver_steps: int = 3000
    refining_steps: int = 3000
    seed: int = 1


@dataclass
class Tracking:
    """Where figures and checkpoints go.

    Attributes:
        folder: checkpoints.
        report: called with (stage, step, loss).
    """

    folder: Path
    report: Callable[[str, int, float], None] = field(default=lambda *_: None)

    def run(self, stage: str, network: AnnotatorNetwork, examples: Sequence[Example], course: Course, seed: int) -> AnnotatorNetwork:
        """One stage: taken from its finished file, continued from its checkpoint, or begun."""
        finished, checkpoint = self.folder / f"{stage}.pt", self.folder / f"{stage}.checkpoint"
        if finished.exists():
            network.load_state_dict(torch.load(finished, weights_only=True))
            return network.eval()
        state = torch.load(checkpoint, weights_only=True) if checkpoint.exists() else None

        def keep(state: dict[str, Any]) -> None:
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)

        train(network, examples, course, seed=seed, state=state, checkpoint=keep, report=lambda step, loss: self.report(stage, step, loss))
        torch.save(network.state_dict(), finished.with_suffix(".part"))
        finished.with_suffix(".part").replace(finished)
        checkpoint.unlink(missing_ok=True)
        return network


def teach(sentences: Sequence[TrainingSentence], meanings: NDArray[np.float32], plan: Plan, tracking: Tracking) -> list[AnnotatorNetwork]:
    """Stage 1: teachers of entities."""
    gold = [sentence for sentence in sentences if sentence.split == "train" and len(sentence.entities)]
    examples = [
        Example(sentence.ids, {"ner": sentence.entities, "class": sentence.classes}, side=_side(sentence, meanings)) for sentence in gold
    ]
    letters = sum(len(example.ids) + 2 for example in examples)
    course = Course(
        steps=max(1, int(letters / 1500 * plan.teacher_rounds)), gram_rate=1e-3, letters=1500,
        weights={"ner": 1.0, "class": 0.5}, masked=0.15,
        average=0.995,
    )  # fmt: skip
    shape = NetworkShape(width=192, letter=32, gram=16, pair_buckets=1 << 14, run_buckets=1 << 14, side=SIDE)
    teachers = []
    for number in range(plan.teachers):
        torch.manual_seed(plan.seed + number)
        network = AnnotatorNetwork(shape, {"ner": ENTITY_LABELS, "class": len(CLASSES)}, dropout=0.5)
        teachers.append(tracking.run(f"teacher-{number}", network, examples, course, plan.seed + number))
    return teachers


def opinions(
    teachers: Sequence[AnnotatorNetwork], sentences: Sequence[TrainingSentence], meanings: NDArray[np.float32]
) -> list[dict[str, NDArray[np.float16]]]:
    """Mean probabilities of the teachers for every sentence: head -> (letters, labels)."""
    examples = [Example(sentence.ids, {}, side=_side(sentence, meanings)) for sentence in sentences]
    total: list[dict[str, NDArray[np.float32]]] = []
    for teacher in teachers:
        found = predict(teacher, examples, ("ner", "class"))
        total = found if not total else [{head: one[head] + other[head] for head in one} for one, other in zip(total, found, strict=True)]
    return [{head: (values / len(teachers)).astype(np.float16) for head, values in one.items()} for one in total]


def study(sentences: Sequence[TrainingSentence], meanings: NDArray[np.float32], plan: Plan, tracking: Tracking) -> AnnotatorNetwork:
    """Stage 2: the student on silver labels of everything, the small gold corpora three times as often."""
    examples = []
    for sentence in sentences:
        if sentence.split == "train":
            example = Example(sentence.ids, _labels(sentence), meaning=_meaning(sentence, meanings))
            examples += [example] * (3 if sentence.corpus in ("gsd", "klue") else 1)
    course = Course(
        steps=plan.silver_steps, rate=3e-3, gram_rate=3e-3, masked=0.1,
        weights={"gsd": 1.0, "kaist": 0.5, "kiwi": 1.0, "ner": 0.7, "class": 0.3, "names": 0.3, "sense": 1.0, "letter": 0.25},
    )  # fmt: skip
    torch.manual_seed(plan.seed)
    network = AnnotatorNetwork(NetworkShape(width=plan.width), HEADS, dropout=0.15)
    return tracking.run("student-silver", network, examples, course, plan.seed)


def refine(
    network: AnnotatorNetwork,
    sentences: Sequence[TrainingSentence],
    taught: Sequence[dict[str, NDArray[np.float16]]],
    plan: Plan,
    tracking: Tracking,
) -> AnnotatorNetwork:
    """Stage 3: gold labels, and the teachers' opinions on every sentence that has no gold entities.

    Args:
        network: the student after stage 2.
        sentences: all sentences.
        taught: opinions of the teachers, one a sentence, {} for none.
        plan: sizes.
        tracking: checkpoints.
    """
    examples = []
    for sentence, opinion in zip(sentences, taught, strict=True):
        if sentence.split != "train":
            continue
        labels = _labels(sentence)
        for head in ("names", "kiwi"):
            labels.pop(head, None)
        if sentence.corpus not in ("gsd", "kaist") and len(sentence.silver):
            labels["kiwi"] = sentence.silver
        soft = {} if len(sentence.entities) else opinion
        if labels or soft:
            examples += [Example(sentence.ids, labels, soft=dict(soft))] * {"gsd": 4, "klue": 3}.get(sentence.corpus, 1)
    course = Course(
        steps=plan.refining_steps, rate=1.5e-3, gram_rate=1.5e-3, masked=0.05, average=0.998,
        weights={"gsd": 1.0, "kaist": 0.2, "kiwi": 0.2, "ner": 1.0, "class": 0.3},
    )  # fmt: skip
    return tracking.run("student", network, examples, course, plan.seed + 100)


def judge(network: AnnotatorNetwork, sentences: Sequence[TrainingSentence]) -> dict[str, float]:
    """Figures on held-out sentences: GSD dev (segmentation_f1, joint_f1), KLUE test (micro_f1 and every type)."""
    figures: dict[str, float] = {}
    treebank = [sentence for sentence in sentences if sentence.split != "train" and len(sentence.morphemes)]
    if treebank:
        found = predict(network, [Example(sentence.ids, {}) for sentence in treebank], ("gsd",))
        labels = [one["gsd"].argmax(-1) for one in found]
        figures |= morpheme_scores([sentence.morphemes for sentence in treebank], labels, [sentence.starts for sentence in treebank])
    named = [sentence for sentence in sentences if sentence.split != "train" and len(sentence.entities)]
    if named:
        found = predict(network, [Example(sentence.ids, {}) for sentence in named], ("ner",))
        figures |= entity_scores([sentence.entities for sentence in named], [one["ner"].argmax(-1) for one in found])
    return figures


def _labels(sentence: TrainingSentence) -> dict[str, NDArray[np.int64]]:
    labels = {"kiwi": sentence.silver, "names": sentence.names} if len(sentence.silver) else {}
    if len(sentence.morphemes):
        labels["gsd" if sentence.corpus == "gsd" else "kaist"] = sentence.morphemes
    if len(sentence.entities):
        labels["ner"] = sentence.entities
    if len(sentence.classes):
        labels["class"] = sentence.classes
    return labels


def _meaning(sentence: TrainingSentence, meanings: NDArray[np.float32]) -> Callable[[], NDArray[np.float32]]:
    def vectors() -> NDArray[np.float32]:
        content = np.isin(sentence.silver // 2, _MEANINGFUL)
        out: NDArray[np.float32] = meanings[sentence.senses] * content[:, None]
        return out

    return vectors


def _side(sentence: TrainingSentence, meanings: NDArray[np.float32]) -> Callable[[], NDArray[np.float32]]:
    """What a teacher reads beside the text: meaning vector, Kiwi's tag, whether a morpheme begins, mecab-ko's view."""

    def features() -> NDArray[np.float32]:
        count = len(sentence.ids)
        out = np.zeros((count, SIDE), dtype=np.float32)
        rows = np.arange(count)
        out[:, :MEANING] = meanings[sentence.senses] * 4  # about as large as the other parts
        out[rows, MEANING + sentence.silver // 2] = 1
        out[:, MEANING + len(SEJONG_TAGS)] = sentence.silver % 2 == 0
        out[rows, MEANING + len(SEJONG_TAGS) + 1 + sentence.names] = 1
        return out

    return features
