"""Writes a trained annotator as the ONNX folder that Spark NLP's BertEmbeddings loads, its n-gram tables as 8-bit numbers."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import torch
from torch import Tensor, nn

from udfs.annotator_labels import vocabulary
from udfs.annotator_network import AnnotatorNetwork, ServedAnnotator

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


class SmallTable(nn.Module):
    """A table of vectors kept as 8-bit numbers with one scale: a quarter of the file, and less memory to read at random."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax().clamp(min=1e-6) / 127
        self.scale = float(scale)
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))

    def forward(self, index: Tensor) -> Tensor:
        """Vectors of rows."""
        rows: Tensor = self.rows  # type: ignore[assignment]
        return rows[index].float() * self.scale


def served(network: AnnotatorNetwork) -> ServedAnnotator:
    """The network as it is served: small tables, only the heads that are asked for."""
    small = AnnotatorNetwork.from_description({**network.description(), "heads": {"gsd": 1, "ner": 1, "class": 1}})
    for name in ("letter", "initial", "vowel", "final", "start", "enter", "layers"):
        setattr(small, name, getattr(network, name))
    small.scores = nn.ModuleDict({name: network.scores[name] for name in ("gsd", "ner", "class")})
    for name in ("pairs", "threes", "fours"):
        setattr(small, name, SmallTable(getattr(network, name).weight.detach()))
    return ServedAnnotator(small.eval()).eval()


def export(network: AnnotatorNetwork, folder: Path) -> str:
    """Writes model.onnx and assets/vocab.txt.

    Returns:
        SHA-256 of model.onnx.
    """
    (folder / "assets").mkdir(parents=True, exist_ok=True)
    # Spark NLP takes syllables apart (NFD) before it looks pieces up; initial and final consonants differ there, so none is ambiguous
    pieces = [unicodedata.normalize("NFD", piece) for piece in vocabulary()]
    (folder / "assets" / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    example = torch.tensor([[2, 30, 12000, 3, 0]], dtype=torch.long)
    mask = torch.tensor([[1, 1, 1, 1, 0]], dtype=torch.long)
    with torch.no_grad():
        torch.onnx.export(
            served(network), (example, mask, torch.zeros_like(example)), str(folder / "model.onnx"), dynamo=False, opset_version=14,
            input_names=INPUTS, output_names=["last_hidden_state"],
            dynamic_axes={name: {0: "batch", 1: "pieces"} for name in [*INPUTS, "last_hidden_state"]},
        )  # fmt: skip
    return hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
