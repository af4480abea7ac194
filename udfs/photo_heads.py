"""What `train_photo_models` learned, as one small file: appearance, photo types, natural texture, weights of quality."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from udfs.appearance import AppearanceHead
from udfs.natural_scenes import NatureHead
from udfs.people import Floats
from udfs.quality import Weights


@dataclass(frozen=True)
class TypeHead:
    """A linear head on the embedding.

    Attributes:
        types: names of the photo types.
        weights: shape (d, types).
        bias: shape (types,).
    """

    types: tuple[str, ...]
    weights: Floats
    bias: Floats

    def chances(self, embedding: Floats) -> NDArray[np.float64]:
        """Probability of each type for one embedding of length 1, shape (types,)."""
        values = (type_features(embedding[None])[0] @ self.weights + self.bias).astype(np.float64)
        values = np.exp(values - values.max())
        return np.asarray(values / values.sum())


def type_features(embeddings: Floats) -> Floats:
    """What the head sees of embeddings, shape (n, d): signed square roots at length 1, which keeps single strong channels from deciding."""
    rooted = np.sign(embeddings) * np.sqrt(np.abs(embeddings))
    return np.asarray(rooted / np.maximum(np.linalg.norm(rooted, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@dataclass(frozen=True)
class PhotoHeads:
    """All that was learned for one photo network.

    Attributes:
        network: name of the network (with the start of its hash) that the heads belong to.
        appearance: projection of the appearance, or None when it was not learned.
        types: head of the photo types, or None.
        weights: weights of the quality parts, or None.
        nature: what tells natural texture, or None.
    """

    network: str
    appearance: AppearanceHead | None
    types: TypeHead | None
    weights: Weights | None
    nature: NatureHead | None = None


def to_bytes(heads: PhotoHeads) -> bytes:
    """The heads as an .npz file: matrices in half precision (what tells natural texture in single) and a JSON note."""
    note: dict[str, object] = {"network": heads.network}
    arrays: dict[str, NDArray[np.floating[Any]]] = {}
    if heads.appearance:
        note["common"] = heads.appearance.common
        arrays["appearance_mean"] = heads.appearance.mean.astype(np.float16)
        arrays["appearance_projection"] = heads.appearance.projection.astype(np.float16)
    if heads.types:
        note["types"] = list(heads.types.types)
        arrays["type_weights"], arrays["type_bias"] = heads.types.weights.astype(np.float16), heads.types.bias.astype(np.float16)
    if heads.weights:
        note["quality"] = {"bias": heads.weights.bias, "parts": dict(heads.weights.parts), "averages": dict(heads.weights.averages)}
    if heads.nature:
        note["nature"] = heads.nature.bias
        for name in ("mean", "deviation", "weights"):
            arrays[f"nature_{name}"] = getattr(heads.nature, name)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, note=np.frombuffer(json.dumps(note, ensure_ascii=False).encode(), dtype=np.uint8), **arrays)
    return buffer.getvalue()


def from_bytes(content: bytes) -> PhotoHeads:
    """Reads what `to_bytes` wrote.

    Raises:
        ValueError: when the file is no such file.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        note = json.loads(arrays["note"].tobytes())
    except Exception as problem:
        raise ValueError(f"not a file of photo heads ({type(problem).__name__})") from None
    appearance = types = weights = nature = None
    if "appearance_mean" in arrays:
        appearance = AppearanceHead(_single(arrays["appearance_mean"]), _single(arrays["appearance_projection"]), float(note["common"]))
    if "type_weights" in arrays:
        types = TypeHead(_names(note["types"]), _single(arrays["type_weights"]), _single(arrays["type_bias"]))
    if "quality" in note:
        quality = note["quality"]
        weights = Weights(float(quality["bias"]), dict(quality["parts"]), dict(quality["averages"]))
    if "nature" in note:
        nature = NatureHead(arrays["nature_mean"], arrays["nature_deviation"], arrays["nature_weights"], float(note["nature"]))
    return PhotoHeads(note["network"], appearance, types, weights, nature)


def _single(values: NDArray[np.float16]) -> Floats:
    return values.astype(np.float32)


def _names(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(name) for name in names)
