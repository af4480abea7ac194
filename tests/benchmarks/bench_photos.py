"""Photos per second of `embed_photos` beside bare loops in two processes and beside a plain `predict_batch_udf`.

All read the same Parquet files of drawn photos, in turn, several times, warm; their embeddings are compared first. "Bare" is two Python
processes without Spark that decode and run the same exported network, "bare, torch" the same with the network frozen by torch
(channels_last). "Control" decodes in full and runs the eager torch network through `predict_batch_udf`. The job measures the embedding
alone, of many photos and of few: the difference tells what a photo costs and what a run costs however few photos it has. The slower ways
have the few photos. Processor time counts all processes.

    python -m tests.benchmarks.bench_photos --out tests/benchmarks/results/photos.md
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image
from pyspark.ml.functions import predict_batch_udf
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import ArrayType, FloatType

from jobs.embed_photos import MEASURED, measure, read_bundle, small_batches
from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from jobs.session import create_session
from jobs.settings import RunSettings, Settings, load_settings
from tests.benchmarks.processor_time import tree_seconds
from tests.benchmarks.report import tell
from udfs.decode import decode
from udfs.photo_network import NetworkFile, default_torch_module, input_size, load
from udfs.photo_network import pixels as pixels_of
from udfs.photos import describe_batches, unit

PROCESSES = 2
BARE, BARE_TORCH = "bare loop, two processes", "bare loop, two processes, torch frozen and channels_last"
CONTROL = "predict_batch_udf, full decoding, eager torch"
EMBEDDING, EMBEDDING_OF_FEW, EVERYTHING = "embed_photos, embedding alone", "... of few photos", "embed_photos, everything"
DISTINCT = 24


def photo_file(folder: Path, size: tuple[int, int], count: int) -> Path:
    """A Parquet file of JPEG photos of one size: real ones would do as well, drawn ones can be had anywhere.

    They repeat after `DISTINCT`, with a number in a comment of the file: decoding costs the same.
    """
    rows: dict[str, list[Any]] = {"photo_id": [], "content": [], "width": [], "height": [], "bytes": []}
    specs = [PhotoSpec("airport", seed, 0, ((Person(seed, "female"), Look(seed)),), "half", (480, 600)) for seed in range(8)]
    base = [draw_photo(spec).resize(size) for spec in specs]
    random = np.random.default_rng(1)
    encoded = []
    for number in range(min(count, DISTINCT)):
        pixels = np.asarray(base[number % len(base)], dtype=np.int16) + random.integers(-6, 7, (size[1], size[0], 3), dtype=np.int16)
        buffer = io.BytesIO()
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=88)
        encoded.append(buffer.getvalue())
    for number in range(count):
        plain = encoded[number % DISTINCT]
        content = plain[:2] + b"\xff\xfe\x00\x08" + f"{number:06d}".encode() + plain[2:]
        for name, value in zip(rows, (f"{number:06d}", content, *size, len(content)), strict=True):
            rows[name].append(value)
    path = folder / f"photos-{size[0]}x{size[1]}-{count}.parquet"
    kinds = (pa.string(), pa.binary(), pa.int32(), pa.int32(), pa.int64())
    pq.write_table(pa.table(rows, schema=pa.schema(list(zip(rows, kinds, strict=True)))), path)
    return path


def _frozen_torch(file: NetworkFile) -> Callable[[Image.Image], Any]:
    import torch

    torch.set_num_threads(1)

    class Embedding(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = default_torch_module()

        def forward(self, photo: torch.Tensor) -> torch.Tensor:
            return self.network(photo)[0]  # type: ignore[no-any-return]

    module = Embedding().eval().to(memory_format=torch.channels_last)
    traced = torch.jit.trace(module, torch.zeros(1, 3, 288, 288).contiguous(memory_format=torch.channels_last))  # type: ignore[no-untyped-call]
    network = torch.jit.optimize_for_inference(torch.jit.freeze(traced))  # type: ignore[no-untyped-call]

    def embed(image: Image.Image) -> Any:
        with torch.inference_mode():
            batch = torch.from_numpy(pixels_of(image, file)).contiguous(memory_format=torch.channels_last)
            return network(batch)[0].numpy()

    return embed


def _bare_worker(file: NetworkFile, torch_loop: bool, max_side: int, path: str, share: int, orders: Any, answers: Any) -> None:
    if torch_loop:
        embed = _frozen_torch(file)
    else:
        network = load(file)

        def embed(image: Image.Image) -> Any:
            return network.see(image).embedding

    contents = pq.read_table(path, columns=["content"])["content"].to_pylist()[share::PROCESSES]
    answers.put(None)
    while orders.get():
        found = []
        for content in contents:
            image, _ = decode(content, max_side)
            assert image is not None
            found.append(unit(embed(image)))
        answers.put((share, np.array(found)))


class BareLoop:
    """Two processes with the network loaded, waiting for orders."""

    def __init__(self, file: NetworkFile, max_side: int, path: Path, *, torch_loop: bool = False) -> None:
        context = multiprocessing.get_context("spawn")
        self._orders, self._answers = context.Queue(), context.Queue()
        self._workers = [
            context.Process(
                target=_bare_worker, args=(file, torch_loop, max_side, str(path), share, self._orders, self._answers), daemon=True
            )
            for share in range(PROCESSES)
        ]
        for worker in self._workers:
            worker.start()
        for _ in self._workers:
            self._answers.get()

    def __call__(self) -> dict[int, Any]:
        for _ in self._workers:
            self._orders.put(True)
        return dict(self._answers.get() for _ in self._workers)

    def stop(self) -> None:
        for _ in self._workers:
            self._orders.put(False)
        for worker in self._workers:
            worker.join()


def control_udf(side: int, file: NetworkFile) -> Any:
    """The plain way: full decoding, eager torch, `predict_batch_udf`."""

    def make() -> Callable[[Any], Any]:
        import torch

        torch.set_num_threads(1)
        network = default_torch_module()

        def predict(contents: Any) -> Any:
            found = []
            for content in contents:
                image = Image.open(io.BytesIO(content)).convert("RGB")
                image = image.resize(input_size(image.width, image.height, file, side), Image.Resampling.BILINEAR)
                values = (np.asarray(image, dtype=np.float32) - 127.0) / 128.0
                found.append(torch.from_numpy(values.transpose(2, 0, 1).copy()))
            with torch.inference_mode():
                return torch.nn.functional.normalize(network(torch.stack(found))[0], dim=1).numpy()

        return predict

    return predict_batch_udf(make, return_type=ArrayType(FloatType()), batch_size=16)


def run_away(frame: DataFrame) -> None:
    frame.write.format("noop").mode("overwrite").save()


def settings_with(*overrides: str) -> Settings:
    return load_settings(RunSettings(lake="", now=datetime.now(UTC), run_id="bench"), overrides=overrides)


def measured_memory(spark: SparkSession, photos: DataFrame, settings: Settings) -> float:
    """Largest resident memory of a worker that measures everything, MiB."""
    sent = spark.sparkContext.broadcast((read_bundle(settings), to_arrow_schema(MEASURED)))

    def peak(batches):  # type: ignore[no-untyped-def]
        for _ in describe_batches(batches, *sent.value):
            yield pa.RecordBatch.from_pydict({"peak": [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]})

    frame = photos.select("photo_id", "content", "width", "height").repartition(PROCESSES).mapInArrow(peak, "peak double")
    return float(frame.agg({"peak": "max"}).first()[0])  # type: ignore[index]


def compare(spark: SparkSession, folder: Path, size: tuple[int, int], many: int, few: int, repeats: int) -> Iterator[str]:
    """Lines of the report for photos of one size."""
    paths = {count: photo_file(folder, size, count) for count in (many, few)}
    photos = {count: spark.read.parquet(str(path)) for count, path in paths.items()}
    alone, everything = settings_with("photos.parts=[]"), settings_with()
    bundle, full = read_bundle(alone), read_bundle(everything)
    bare = BareLoop(bundle.network, bundle.max_side, paths[many])
    bare_torch = BareLoop(bundle.network, bundle.max_side, paths[few], torch_loop=True)
    control = control_udf(bundle.network.side, bundle.network)

    def job(count: int, chosen: Any, settings: Settings) -> DataFrame:
        return measure(photos[count], bundle=chosen, count=count, photos_per_task=settings.photos.per_task)

    def run_job(count: int, chosen: Any, settings: Settings) -> None:
        with small_batches(spark, photos[count], settings.photos):
            run_away(job(count, chosen, settings))

    with small_batches(spark, photos[many], alone.photos):
        ours = {row["photo_id"]: np.array(row["embedding"]) for row in job(many, bundle, alone).select("photo_id", "embedding").collect()}
    shares = bare()
    plain = np.concatenate([shares[share] for share in range(PROCESSES)])
    names = sorted(ours)
    order = [name for share in range(PROCESSES) for name in names[share::PROCESSES]]
    assert all(np.array_equal(ours[name], plain[row].astype(np.float64)) for row, name in enumerate(order)), "the embeddings differ"
    nearly = bare_torch()
    assert all(float(found @ shares[share][row]) > 0.9999 for share, rows in nearly.items() for row, found in enumerate(rows))

    ways: dict[str, tuple[int, Callable[[], Any]]] = {
        BARE: (many, bare),
        EMBEDDING: (many, lambda: run_job(many, bundle, alone)),
        EMBEDDING_OF_FEW: (few, lambda: run_job(few, bundle, alone)),
        BARE_TORCH: (few, bare_torch),
        CONTROL: (few, lambda: run_away(photos[few].repartition(PROCESSES).select(control("content")))),
        EVERYTHING: (few, lambda: run_job(few, full, everything)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    processor: dict[str, list[float]] = {name: [] for name in ways}
    for warming, round_names in (
        ((EMBEDDING_OF_FEW, CONTROL), (BARE, EMBEDDING, EMBEDDING_OF_FEW, BARE_TORCH, CONTROL)),
        ((EVERYTHING,), (EVERYTHING,)),
    ):  # a worker holds one set of networks
        for name in warming:
            ways[name][1]()
        for name in round_names * repeats:
            started, spent = time.perf_counter(), tree_seconds()
            ways[name][1]()
            seconds[name].append(time.perf_counter() - started)
            processor[name].append(tree_seconds() - spent)
    bare.stop()
    bare_torch.stop()
    taken = {name: statistics.median(times) / ways[name][0] for name, times in seconds.items()}
    cost = {name: statistics.median(times) / ways[name][0] for name, times in processor.items()}
    title = f"{size[0]} x {size[1]}"
    yield f"| {title} | photos a run | photos/s (median of {repeats}) | over the bare loop | processor ms a photo | over the bare loop |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name in ways:
        speed = f"{ways[name][0]} | {1 / taken[name]:.1f} | {taken[BARE] / taken[name]:.2f}"
        yield f"| {name} | {speed} | {1000 * cost[name]:.1f} | {cost[BARE] / cost[name]:.2f} |"
    slope = (many * taken[EMBEDDING] - few * taken[EMBEDDING_OF_FEW]) / (many - few)
    memory = measured_memory(spark, photos[few], everything)
    yield f"\nThe job's embedding over the bare loop in torch: {taken[BARE_TORCH] / taken[EMBEDDING]:.2f}, over the control:"
    yield f"{taken[CONTROL] / taken[EMBEDDING]:.2f} (control and job of {few} photos: {taken[CONTROL] / taken[EMBEDDING_OF_FEW]:.2f})."
    fixed = few * (taken[EMBEDDING_OF_FEW] - slope)
    yield f"A run of the job takes {fixed:.2f} s and {1000 * slope:.2f} ms a photo: {1 / slope:.1f} photos/s,"
    yield f"{taken[BARE] / slope:.2f} of the bare loop. Largest memory of a worker that measures everything: {memory:.0f} MiB.\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--many", type=int, nargs=2, default=(1200, 600), help="photos of the fast ways: of 400 x 400 and of 1080 x 1350")
    parser.add_argument("--few", type=int, default=150, help="photos of the slow ways")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    spark = create_session("bench", master=f"local[{PROCESSES}]", properties=["spark.driver.memory=2g"])
    method = (__doc__ or "").split("\n\n")[1].replace("\n", " ")
    lines = ["# Photos per second", "", method, "", f"Load average of the machine at the start: {os.getloadavg()[0]:.1f}.", ""]
    with tempfile.TemporaryDirectory() as folder:
        for size, many in zip(((400, 400), (1080, 1350)), options.many, strict=True):
            lines += list(compare(spark, Path(folder), size, many, options.few, options.repeats))
    tell(options.out, lines)


if __name__ == "__main__":
    main()
