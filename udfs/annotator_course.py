"""The stages in which the annotator is trained, each resumable from its last checkpoint.

1. The student learns from silver labels of all texts (Kiwi's morphemes and their meaning vectors, mecab-ko's proper nouns, hidden
   letters) and from the gold sentences.
2. Teachers go on from there on gold sentences only. Beside the text they read what Kiwi and mecab-ko say about it, which a served
   network cannot.
3. The student is refined: gold morphemes and entities, and the teachers' mean opinion on unlabelled text (knowledge distillation,
   Hinton et al. 2015).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from udfs.annotator_alphabet import INSIDE
from udfs.annotator_labels import CLASSES, ENTITY_LABELS, MORPHEME_LABELS, SEJONG_TAGS, TAG_NUMBER, best_entities, morpheme_labels
from udfs.annotator_network import AnnotatorNetwork, NetworkShape
from udfs.annotator_teacher import NAME_LABELS
from udfs.annotator_training import Course, Example, Opinion, entity_scores, morpheme_scores, predict, train

LOGGER = logging.getLogger(__name__)
MEANING = 64
LETTER_VECTOR = NetworkShape().letter
SIDE = MEANING + len(SEJONG_TAGS) + 1 + NAME_LABELS
_MEANINGFUL = [TAG_NUMBER[tag] for tag in ("NNG", "NNP", "NNB", "NP", "NR", "VV", "VA", "MAG", "XR", "SL")]
HEADS = {
    "gsd": MORPHEME_LABELS, "kaist": MORPHEME_LABELS, "kiwi": MORPHEME_LABELS, "ner": ENTITY_LABELS, "class": len(CLASSES),
    "names": NAME_LABELS, "sense": MEANING, "letter": LETTER_VECTOR,
}  # fmt: skip
TAUGHT = ("ner", "class", "gsd")
BEST = 4
"""Labels of a teacher's opinion that are kept for every letter: the rest is as good as nothing."""


@dataclass
class TrainingSentence:
    """A sentence as the lake keeps it; labels are one a letter, empty where the corpus has none.

    Attributes:
        corpus: gsd, kaist, klue, swapped (klue with other names), news, reviews or movies.
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
        out: NDArray[np.bool_] = self.ids < INSIDE
        return out


@dataclass(frozen=True)
class Plan:
    """How much of each stage is done.

    Attributes:
        begin: weights of a former student to go on from, "" to begin anew.
        width: hidden units of the student.
        teachers: number of teachers.
        silver_steps, teacher_steps, refining_steps: optimisation steps of the stages.
        taught_reviews: film reviews, beside all news and reviews of the entity corpus, that the teachers give an opinion on.
        letters: letters a batch.
        seed: of everything.
    """

    begin: str = ""
    width: int = 128
    teachers: int = 2
    silver_steps: int = 4000
    teacher_steps: int = 3000
    refining_steps: int = 4000
    taught_reviews: int = 20000
    letters: int = 4000
    seed: int = 1


@dataclass
class Tracking:
    """Where figures and checkpoints go.

    Attributes:
        folder: checkpoints.
        report: called with (stage, step, loss).
        ran: the stages of this training, in order, with their sizes.
    """

    folder: Path
    report: Callable[[str, int, float], None] = field(default=lambda *_: None)
    ran: list[dict[str, object]] = field(default_factory=list)

    def run(self, stage: str, network: AnnotatorNetwork, examples: Sequence[Example], course: Course, seed: int) -> AnnotatorNetwork:
        """One stage: taken from its finished file, continued from its checkpoint, or begun.

        The files' names hold what the stage depends on (sizes, course, what it begins with), so that a changed plan trains anew.
        """
        key = hashlib.sha256(f"{network.description()} {course} {seed} {len(examples)} {fingerprint(network)}".encode()).hexdigest()[:12]
        finished, checkpoint = self.folder / f"{stage}-{key}.pt", self.folder / f"{stage}-{key}.checkpoint"
        self.ran.append({"stage": stage, "steps": course.steps, "letters_a_step": course.letters, "examples": len(examples)})
        network.to(device())
        if finished.exists():
            network.load_state_dict(torch.load(finished, weights_only=True, map_location=device()))
            return network.eval()
        state = torch.load(checkpoint, weights_only=True, map_location=device()) if checkpoint.exists() else None
        LOGGER.info("%s: %d examples, %d steps, from step %d", stage, len(examples), course.steps, state["step"] if state else 0)

        def keep(state: dict[str, Any]) -> None:
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)

        train(network, examples, course, seed=seed, state=state, checkpoint=keep, report=lambda step, loss: self.report(stage, step, loss))
        torch.save(network.state_dict(), finished.with_suffix(".part"))
        finished.with_suffix(".part").replace(finished)
        checkpoint.unlink(missing_ok=True)
        return network


def device() -> torch.device:
    """Where networks are trained: the first GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def fingerprint(network: AnnotatorNetwork) -> str:
    """A short digest of a network's weights and its dictionary."""
    numbers = [*network.parameters(), *network.buffers()]
    sums = [float(parameter.detach().double().abs().sum()) for parameter in numbers]
    return hashlib.sha256(" ".join(f"{value:.4f}" for value in sums).encode()).hexdigest()[:12]


def study(
    sentences: Sequence[TrainingSentence],
    meanings: NDArray[np.float32],
    lexicon: NDArray[np.uint8],
    plan: Plan,
    tracking: Tracking,
) -> AnnotatorNetwork:
    """Stage 1: the student, with a dictionary beside it, on silver labels of everything, the small gold corpora more often."""
    examples = []
    for sentence in sentences:
        if sentence.split == "train":
            example = Example(sentence.ids, _labels(sentence), meaning=_meaning(sentence, meanings))
            examples += [example] * {"gsd": 3, "klue": 3}.get(sentence.corpus, 1)
    course = Course(
        steps=plan.silver_steps, rate=3e-3, gram_rate=3e-3, letters=plan.letters, masked=0.12, average=0.998,
        weights={"gsd": 1.0, "kaist": 0.5, "kiwi": 1.0, "ner": 0.7, "class": 0.3, "names": 0.3, "sense": 1.0, "letter": 0.25},
    )  # fmt: skip
    torch.manual_seed(plan.seed)
    network = AnnotatorNetwork(NetworkShape(width=plan.width), HEADS, dropout=0.1)
    if plan.begin:
        former = torch.load(plan.begin, weights_only=True, map_location="cpu")
        known = network.state_dict()
        network.load_state_dict(
            {name: value for name, value in former.items() if name in known and value.shape == known[name].shape}, strict=False
        )
    network.lexicon.copy_(torch.from_numpy(lexicon))
    return tracking.run("student-silver", network, examples, course, plan.seed) if plan.silver_steps else network.to(device())


def teach(
    student: AnnotatorNetwork, sentences: Sequence[TrainingSentence], meanings: NDArray[np.float32], plan: Plan, tracking: Tracking
) -> list[AnnotatorNetwork]:
    """Stage 2: teachers of morphemes and entities, which begin with what the student knows."""
    gold = [one for one in sentences if one.split == "train" and one.corpus in ("gsd", "klue", "swapped")]
    examples = [Example(one.ids, _gold_labels(one), side=_side(one, meanings)) for one in gold]
    course = Course(
        steps=plan.teacher_steps, rate=1.5e-3, gram_rate=5e-4, letters=plan.letters // 2, masked=0.15, average=0.995,
        weights={"ner": 1.0, "class": 0.5, "gsd": 1.0},
    )  # fmt: skip
    shape = replace(student.shape, side=SIDE)
    teachers = []
    for number in range(plan.teachers):
        torch.manual_seed(plan.seed + number)
        network = AnnotatorNetwork(shape, {head: HEADS[head] for head in TAUGHT}, dropout=0.3)
        network.load_state_dict({name: value for name, value in student.state_dict().items() if name in network.state_dict()}, strict=False)
        teachers.append(tracking.run(f"teacher-{number}", network, examples, course, plan.seed + number))
    return teachers


def opinions(
    teachers: Sequence[AnnotatorNetwork], sentences: Sequence[TrainingSentence], meanings: NDArray[np.float32], *, chunk: int = 4000
) -> list[dict[str, Opinion]]:
    """The BEST labels of the teachers' mean for every sentence, with their probabilities, by head."""
    out: list[dict[str, Opinion]] = []
    for first in range(0, len(sentences), chunk):
        examples = [Example(one.ids, {}, side=_side(one, meanings)) for one in sentences[first : first + chunk]]
        found = [predict(teacher, examples, TAUGHT) for teacher in teachers]
        for number in range(len(examples)):
            opinion: dict[str, Opinion] = {}
            for head in TAUGHT:
                mean = np.mean([one[number][head] for one in found], axis=0)
                best = np.argsort(-mean, axis=1, kind="stable")[:, :BEST]
                share = np.take_along_axis(mean, best, axis=1)
                opinion[head] = (best.astype(np.uint8), (share / share.sum(axis=1, keepdims=True)).astype(np.float16))
            out.append(opinion)
    return out


def refine(
    network: AnnotatorNetwork,
    sentences: Sequence[TrainingSentence],
    taught: Sequence[dict[str, Opinion]],
    plan: Plan,
    tracking: Tracking,
) -> AnnotatorNetwork:
    """Stage 3: gold labels, and the teachers' opinions on sentences that have no gold ones.

    Args:
        network: the student after stage 1.
        sentences: all sentences.
        taught: opinions of the teachers, one a sentence, {} for none.
        plan: sizes.
        tracking: checkpoints.
    """
    examples = []
    for sentence, opinion in zip(sentences, taught, strict=True):
        if sentence.split == "train":
            labels = _gold_labels(sentence)
            soft = {head: value for head, value in opinion.items() if head not in labels}
            if labels or soft:
                examples += [Example(sentence.ids, labels, soft=soft)] * {"gsd": 4, "klue": 3}.get(sentence.corpus, 1)
    course = Course(
        steps=plan.refining_steps, rate=1.5e-3, gram_rate=1.5e-3, letters=plan.letters, masked=0.03, average=0.998,
        weights={"gsd": 1.0, "kaist": 0.2, "ner": 1.0, "class": 0.3},
    )  # fmt: skip
    student = AnnotatorNetwork(network.shape, network.heads, dropout=0.15)
    student.load_state_dict(network.state_dict())
    return tracking.run("student", student, examples, course, plan.seed + 100)


def judge(network: AnnotatorNetwork, sentences: Sequence[TrainingSentence]) -> dict[str, float]:
    """Figures on the sentences that are held out: morphemes (segmentation_f1, joint_f1) and entities (micro_f1 and every type)."""
    figures: dict[str, float] = {}
    held = [sentence for sentence in sentences if sentence.split != "train"]
    treebank = [sentence for sentence in held if len(sentence.morphemes)]
    if treebank:
        found = predict(network, [Example(sentence.ids, {}) for sentence in treebank], ("gsd",))
        labels = [morpheme_labels(_logarithms(one["gsd"]), sentence.starts) for one, sentence in zip(found, treebank, strict=True)]
        figures |= morpheme_scores([sentence.morphemes for sentence in treebank], labels, [sentence.starts for sentence in treebank])
    named = [sentence for sentence in held if len(sentence.entities)]
    if named:
        found = predict(network, [Example(sentence.ids, {}) for sentence in named], ("ner",))
        figures |= entity_scores([sentence.entities for sentence in named], [best_entities(_logarithms(one["ner"])) for one in found])
    return figures


def _logarithms(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    out: NDArray[np.float32] = np.log(np.maximum(probabilities, 1e-9))
    return out


def _gold_labels(sentence: TrainingSentence) -> dict[str, NDArray[np.int64]]:
    labels = {}
    if len(sentence.morphemes):
        labels["gsd" if sentence.corpus == "gsd" else "kaist"] = sentence.morphemes
    if len(sentence.entities):
        labels["ner"] = sentence.entities
    if len(sentence.classes):
        labels["class"] = sentence.classes
    return labels


def _labels(sentence: TrainingSentence) -> dict[str, NDArray[np.int64]]:
    silver = {"kiwi": sentence.silver, "names": sentence.names} if len(sentence.silver) else {}
    return silver | _gold_labels(sentence)


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
