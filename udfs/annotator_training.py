"""Trains annotator networks from labelled sentences: batches, losses, one optimisation loop, and the scores by which they are judged."""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from udfs.annotator_alphabet import INSIDE, LETTERS, SPECIAL_PIECES
from udfs.annotator_labels import ENTITY_TYPES, UNSEEN, entity_spans, morpheme_spans
from udfs.annotator_network import AnnotatorNetwork

LOGGER = logging.getLogger(__name__)
MASK_PIECE, BEGIN_PIECE, END_PIECE = 1, 2, 3


Opinion = tuple[NDArray[np.uint8], NDArray[np.float16]]


@dataclass
class Example:
    """One sentence to learn from.

    Attributes:
        ids: word pieces of its letters, shape (letters,).
        labels: head -> labels (letters,), UNSEEN where there is none; heads that are missing are not learnt from this sentence.
        soft: head -> a teacher's likeliest labels and their probabilities, each of shape (letters, best), learnt by cross entropy.
        side: extra features (letters, side) for a teacher network.
        meaning: vectors of the morphemes that cover the letters (letters, size), zero for none; the head `sense` learns their direction.
        weight: how much the sentence counts.
    """

    ids: NDArray[np.int64]
    labels: dict[str, NDArray[np.int64]]
    soft: dict[str, Opinion] = field(default_factory=dict)
    side: Callable[[], NDArray[np.float32]] | None = None
    meaning: Callable[[], NDArray[np.float32]] | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Course:
    """How one stage of the training goes.

    Attributes:
        steps: optimisation steps.
        rate: highest learning rate of the dense parameters.
        gram_rate: highest learning rate of the n-gram tables.
        letters: letters a batch.
        weights: head -> weight of its loss.
        masked: share of letters hidden from the network (it learns from what stands around them).
        average: decay of the exponential moving average of the dense parameters, 0 for none.
    """

    steps: int
    rate: float = 2e-3
    gram_rate: float = 2e-3
    letters: int = 3000
    weights: dict[str, float] = field(default_factory=dict)
    masked: float = 0.05
    average: float = 0.0


def batches(examples: Sequence[Example], letters: int, *, seed: int) -> Iterator[list[Example]]:
    """Endless batches of sentences of like length, every sentence once a round, in an order that depends on the seed alone."""
    generator = np.random.default_rng(seed)
    lengths = np.array([len(example.ids) for example in examples])
    while True:
        order = np.argsort(lengths + generator.uniform(0, 6, len(lengths)), kind="stable")
        groups: list[list[int]] = [[]]
        longest = 0
        for index in order.tolist():
            longest = max(longest, int(lengths[index]) + 2)
            if groups[-1] and longest * (len(groups[-1]) + 1) > letters:
                groups.append([])
                longest = int(lengths[index]) + 2
            groups[-1].append(index)
        for number in generator.permutation(len(groups)):
            yield [examples[index] for index in groups[number]]


def collate(batch: Sequence[Example], side: int = 0) -> tuple[Tensor, Tensor, Tensor | None]:
    """Ids and mask (sentences, pieces) with [CLS] and [SEP], and the extra features if the network reads any."""
    longest = max(len(example.ids) for example in batch) + 2
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    extra = np.zeros((len(batch), longest, side), dtype=np.float32) if side else None
    for row, example in enumerate(batch):
        end = len(example.ids) + 1
        ids[row, 0], ids[row, 1:end], ids[row, end] = BEGIN_PIECE, example.ids, END_PIECE
        if extra is not None and example.side is not None:
            extra[row, 1:end] = example.side()
    return torch.from_numpy(ids), torch.from_numpy((ids > 0).astype(np.int64)), None if extra is None else torch.from_numpy(extra)


def labels_of(batch: Sequence[Example], head: str, width: int) -> Tensor | None:
    """Labels (sentences, pieces) of one head, UNSEEN where there is none; None when no sentence of the batch has any."""
    if not any(head in example.labels for example in batch):
        return None
    out = np.full((len(batch), width), UNSEEN, dtype=np.int64)
    for row, example in enumerate(batch):
        if head in example.labels:
            out[row, 1 : len(example.ids) + 1] = example.labels[head]
    return torch.from_numpy(out)


def soft_loss(batch: Sequence[Example], head: str, scores: Tensor) -> Tensor | None:
    """Cross entropy of the network's scores against a teacher's likeliest labels, a mean over letters."""
    taught = [row for row, example in enumerate(batch) if head in example.soft]
    if not taught:
        return None
    counts = [len(batch[row].ids) for row in taught]
    rows = torch.from_numpy(np.repeat(taught, counts))
    columns = torch.from_numpy(np.concatenate([np.arange(1, count + 1) for count in counts]))
    labels = torch.from_numpy(np.concatenate([batch[row].soft[head][0] for row in taught]).astype(np.int64)).to(scores.device)
    share = torch.from_numpy(np.concatenate([batch[row].soft[head][1] for row in taught]).astype(np.float32)).to(scores.device)
    weight = torch.from_numpy(np.repeat(np.array([batch[row].weight for row in taught], dtype=np.float32), counts)).to(scores.device)
    chosen = torch.log_softmax(scores[rows.to(scores.device), columns.to(scores.device)].float(), dim=-1).gather(1, labels)
    return -((share * chosen).sum(-1) * weight).sum() / weight.sum()


def loss_of(network: AnnotatorNetwork, batch: Sequence[Example], course: Course, generator: torch.Generator) -> Tensor:
    """Weighted sum of the heads' losses on one batch, some of its letters hidden."""
    ids, mask, side = collate(batch, network.shape.side)
    device = network.letter.weight.device
    read = ids
    hidden = torch.zeros_like(ids, dtype=torch.bool)
    if course.masked:
        hidden = (torch.rand(ids.shape, generator=generator) < course.masked) & (ids > END_PIECE)
        begins = ids < INSIDE
        read = torch.where(hidden, torch.where(begins, MASK_PIECE, MASK_PIECE + len(LETTERS)), ids)
        if side is not None:
            side = side * (~hidden).unsqueeze(-1)
    wanted = tuple(head for head in course.weights if head != "letter")
    with torch.autocast(device.type, dtype=torch.bfloat16):
        understood = network.encode(read.to(device), mask.to(device), None if side is None else side.to(device))
        scores = {head: network.scores[head](understood) for head in wanted}
        guess = network.guesses(understood[hidden.to(device)]) if "letter" in course.weights and bool(hidden.any()) else None
    total = torch.zeros((), device=device)
    for head in wanted:
        gold = labels_of(batch, head, ids.shape[1])
        if gold is not None and bool((gold != UNSEEN).any()):
            total = total + course.weights[head] * nn.functional.cross_entropy(
                scores[head].float().flatten(0, 1), gold.flatten().to(device), ignore_index=UNSEEN, label_smoothing=0.02
            )
        soft = soft_loss(batch, head, scores[head])
        if soft is not None:
            total = total + course.weights[head] * soft
    if "sense" in course.weights:
        meaning = torch.zeros(*ids.shape, scores["sense"].shape[-1])
        for row, example in enumerate(batch):
            if example.meaning is not None:
                meaning[row, 1 : len(example.ids) + 1] = torch.from_numpy(example.meaning())
        known = meaning.norm(dim=-1) > 0
        if bool(known.any()):
            alike = nn.functional.cosine_similarity(scores["sense"][known.to(device)].float(), meaning[known].to(device), dim=-1)
            total = total + course.weights["sense"] * (1 - alike).mean()
    if guess is not None:
        letter = torch.remainder(ids[hidden] - len(SPECIAL_PIECES), len(LETTERS)).to(device)
        total = total + course.weights["letter"] * nn.functional.cross_entropy(guess.float(), letter)
    return total


def train(
    network: AnnotatorNetwork,
    examples: Sequence[Example],
    course: Course,
    *,
    seed: int,
    report: Callable[[int, float], None] | None = None,
    every: int = 50,
    state: dict[str, Any] | None = None,
    checkpoint: Callable[[dict[str, Any]], None] | None = None,
) -> AnnotatorNetwork:
    """Trains in place with AdamW (dense) and sparse Adam (n-gram tables), the rate warmed up and then falling as a cosine.

    Args:
        network: what to train.
        examples: sentences.
        course: steps, rates, weights.
        seed: of the order and the hidden letters; the same seed goes the same way.
        report: called with (step, mean loss) every `every` steps.
        every: steps between reports and checkpoints.
        state: what a former run handed to `checkpoint`; the training goes on behind it.
        checkpoint: called with a state that can be saved.
    """
    sparse = [*network.pairs.parameters(), *network.threes.parameters(), *network.fours.parameters()]
    known = {id(parameter) for parameter in sparse}
    dense = [parameter for parameter in network.parameters() if id(parameter) not in known]
    adam = torch.optim.AdamW(dense, lr=course.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    sparse_adam = torch.optim.SparseAdam(sparse, lr=course.gram_rate)
    average = [parameter.detach().clone() for parameter in dense] if course.average else []
    first = 0
    if state is not None:
        first = int(state["step"])
        network.load_state_dict(state["network"])
        adam.load_state_dict(state["adam"])
        sparse_adam.load_state_dict(state["sparse_adam"])
        average = state["average"]
    generator = torch.Generator().manual_seed(seed + first)
    torch.manual_seed(seed + first)
    source = batches(examples, course.letters, seed=seed + first)
    network.train()
    losses: list[float] = []
    for step in range(first, course.steps):
        warm = min(1.0, (step + 1) / max(1, course.steps // 20))
        factor = warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / course.steps)))
        for group in adam.param_groups:
            group["lr"] = course.rate * factor
        for group in sparse_adam.param_groups:
            group["lr"] = course.gram_rate * factor
        loss = loss_of(network, next(source), course, generator)
        adam.zero_grad()
        sparse_adam.zero_grad()
        if not loss.requires_grad:
            continue
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(dense, 1.0)
        adam.step()
        sparse_adam.step()  # type: ignore[no-untyped-call]
        if average:
            decay = min(course.average, (step + 1) / (step + 10))
            for kept, parameter in zip(average, dense, strict=True):
                kept.lerp_(parameter.detach(), 1 - decay)
        losses.append(float(loss.detach()))
        if (step + 1) % every == 0 or step + 1 == course.steps:
            if report is not None:
                report(step + 1, float(np.mean(losses)))
            losses = []
            if checkpoint is not None:
                checkpoint({
                    "step": step + 1, "network": network.state_dict(), "adam": adam.state_dict(),
                    "sparse_adam": sparse_adam.state_dict(), "average": average,
                })  # fmt: skip
    for kept, parameter in zip(average, dense, strict=False):
        parameter.data.copy_(kept)
    network.eval()
    return network


@torch.inference_mode()
def predict(
    network: AnnotatorNetwork, examples: Sequence[Example], heads: tuple[str, ...], *, letters: int = 12000
) -> list[dict[str, NDArray[np.float32]]]:
    """Probabilities of the heads for every sentence: head -> (letters, labels), in the order of the sentences."""
    network.eval()
    out: list[dict[str, NDArray[np.float32]]] = [{} for _ in examples]
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].ids))
    position = 0
    while position < len(order):
        group: list[int] = []
        while position < len(order) and (len(examples[order[position]].ids) + 2) * (len(group) + 1) <= max(letters, 600):
            group.append(order[position])
            position += 1
        ids, mask, side = collate([examples[index] for index in group], network.shape.side)
        device = network.letter.weight.device
        with torch.autocast(device.type, dtype=torch.bfloat16):
            scores = network(ids.to(device), mask.to(device), None if side is None else side.to(device), heads)
        for head in heads:
            probabilities = torch.softmax(scores[head].float(), dim=-1).cpu().numpy()
            for row, index in enumerate(group):
                out[index][head] = probabilities[row, 1 : len(examples[index].ids) + 1]
    return out


def entity_scores(gold: Sequence[NDArray[np.int64]], found: Sequence[NDArray[np.int64]]) -> dict[str, float]:
    """F1 of whole entities (type and both ends) by type, and micro_f1 over all."""
    right: Counter[str] = Counter()
    have: Counter[str] = Counter()
    want: Counter[str] = Counter()
    for one, other in zip(gold, found, strict=True):
        places = np.arange(len(one))
        expected, got = set(entity_spans(one, places)), set(entity_spans(other, places))
        want.update(span[2] for span in expected)
        have.update(span[2] for span in got)
        right.update(span[2] for span in expected & got)
    scores = {kind: f1(right[kind], have[kind], want[kind]) for kind in ENTITY_TYPES}
    return {"micro_f1": f1(right.total(), have.total(), want.total()), **scores}


def morpheme_scores(
    gold: Sequence[NDArray[np.int64]], found: Sequence[NDArray[np.int64]], starts: Sequence[NDArray[np.bool_]]
) -> dict[str, float]:
    """F1 of morpheme spans without and with their tag."""
    cut = joint = have = want = 0
    for one, other, start in zip(gold, found, starts, strict=True):
        places = np.cumsum(np.ones(len(one), dtype=np.int64) + start)  # a gap before each eojeol
        expected, got = set(morpheme_spans(one, places, start)), set(morpheme_spans(other, places, start))
        want, have, joint = want + len(expected), have + len(got), joint + len(expected & got)
        cut += len({span[:2] for span in expected} & {span[:2] for span in got})
    return {"segmentation_f1": f1(cut, have, want), "joint_f1": f1(joint, have, want)}


def f1(right: int, have: int, want: int) -> float:
    """Harmonic mean of precision and recall; 0 when there is nothing."""
    return 2 * right / (have + want) if have + want else 0.0
