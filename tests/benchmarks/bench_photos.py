"""Photos per second of `embed_photos` beside a bare loop in two processes and beside a plain `predict_batch_udf`.

All three read the same Parquet file of drawn photos, in turn, several times, warm; their embeddings are compared first. "Bare" is two
Python processes without Spark that decode and run the same exported network; "control" decodes in full and runs the eager torch network
through `predict_batch_udf`. The job measures the embedding alone, then everything. Processor time counts all processes: on a machine that
does other work it tells more than the clock.

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
from pyspark.sql.types import ArrayType, FloatType

from jobs.embed_photos import measure, read_bundle, small_batches
from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from jobs.session import create_session
from jobs.settings import RunSettings, Settings, load_settings
from tests.benchmarks.processor_time import tree_seconds
from tests.benchmarks.report import tell
from udfs.decode import decode
from udfs.photo_network import NetworkFile, default_torch_module, input_size, load
from udfs.photos import describe_batches, unit

PROCESSES = 2
BARE, CONTROL = "bare loop, two processes", "predict_batch_udf, full decoding, eager torch"
EMBEDDING, EVERYTHING = "embed_photos, embedding alone", "embed_photos, everything"


def photo_file(folder: Path, size: tuple[int, int], count: int) -> Path:
    """A Parquet file of JPEG photos of one size: real ones would do as well, drawn ones can be had anywhere."""
    rows: dict[str, list[Any]] = {"photo_id": [], "content": [], "width": [], "height": [], "bytes": []}
    specs = [PhotoSpec("airport", seed, 0, ((Person(seed, "female"), Look(seed)),), "half", (480, 600)) for seed in range(8)]
    base = [draw_photo(spec).resize(size) for spec in specs]
    random = np.random.default_rng(1)
    for number in range(count):
        pixels = np.asarray(base[number % len(base)], dtype=np.int16) + random.integers(-6, 7, (size[1], size[0], 3), dtype=np.int16)
        buffer = io.BytesIO()
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=88)
        content = buffer.getvalue()
        for name, value in zip(rows, (f"{number:06d}", content, *size, len(content)), strict=True):
            rows[name].append(value)
    path = folder / f"photos-{size[0]}x{size[1]}.parquet"
    kinds = (pa.string(), pa.binary(), pa.int32(), pa.int32(), pa.int64())
    pq.write_table(pa.table(rows, schema=pa.schema(list(zip(rows, kinds, strict=True)))), path)
    return path


def _bare_worker(file: NetworkFile, max_side: int, path: str, share: int, orders: Any, answers: Any) -> None:
    network = load(file)
    contents = pq.read_table(path, columns=["content"])["content"].to_pylist()[share::PROCESSES]
    answers.put(None)
    while orders.get():
        found = []
        for content in contents:
            image, _ = decode(content, max_side)
            assert image is not None
            found.append(unit(network.see(image).embedding))
        answers.put((share, np.array(found)))


class BareLoop:
    """Two processes with the network loaded, waiting for orders."""

    def __init__(self, file: NetworkFile, max_side: int, path: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._orders, self._answers = context.Queue(), context.Queue()
        self._workers = [
            context.Process(target=_bare_worker, args=(file, max_side, str(path), share, self._orders, self._answers), daemon=True)
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
    sent = spark.sparkContext.broadcast(read_bundle(settings))

    def peak(batches):  # type: ignore[no-untyped-def]
        import pandas

        for _ in describe_batches(batches, sent.value):
            yield pandas.DataFrame({"peak": [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]})

    frame = photos.select("photo_id", "content", "width", "height").repartition(PROCESSES).mapInPandas(peak, "peak double")
    return float(frame.agg({"peak": "max"}).first()[0])  # type: ignore[index]


def compare(spark: SparkSession, path: Path, count: int, repeats: int) -> Iterator[str]:
    """Lines of the report for one file."""
    photos = spark.read.parquet(str(path))
    alone, everything = settings_with("photos.parts=[]"), settings_with()
    bundle, full = read_bundle(alone), read_bundle(everything)
    bare = BareLoop(bundle.network, bundle.max_side, path)
    control = control_udf(bundle.network.side, bundle.network)

    def job(chosen: Any, settings: Settings) -> DataFrame:
        return measure(photos, bundle=chosen, count=count, photos_per_task=settings.photos.per_task)

    def timed_job(chosen: Any, settings: Settings) -> None:
        with small_batches(spark, photos, settings.photos):
            run_away(job(chosen, settings))

    with small_batches(spark, photos, alone.photos):
        ours = {row["photo_id"]: np.array(row["embedding"]) for row in job(bundle, alone).select("photo_id", "embedding").collect()}
    shares = bare()
    plain = np.concatenate([shares[share] for share in range(PROCESSES)])
    names = sorted(ours)
    order = [name for share in range(PROCESSES) for name in names[share::PROCESSES]]
    assert all(np.array_equal(ours[name], plain[row].astype(np.float64)) for row, name in enumerate(order)), "the embeddings differ"
    run_away(photos.select(control("content")))

    ways: dict[str, Callable[[], Any]] = {
        BARE: bare,
        EMBEDDING: lambda: timed_job(bundle, alone),
        CONTROL: lambda: run_away(photos.repartition(PROCESSES).select(control("content"))),
        EVERYTHING: lambda: timed_job(full, everything),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    processor: dict[str, list[float]] = {name: [] for name in ways}
    for warming, round_names in (
        (EMBEDDING, (BARE, EMBEDDING, CONTROL)),
        (EVERYTHING, (EVERYTHING,)),
    ):  # a worker holds one set of networks
        for _ in range(2):  # the first run loads the networks, the second lets the JVM compile what it runs
            ways[warming]()
        for name in round_names * repeats:
            started, spent = time.perf_counter(), tree_seconds()
            ways[name]()
            seconds[name].append(time.perf_counter() - started)
            processor[name].append(tree_seconds() - spent)
    bare.stop()
    base = statistics.median(seconds[BARE])
    cost = {name: statistics.median(times) for name, times in processor.items()}
    size = path.stem.removeprefix("photos-")
    yield f"| {size} | photos/s (median of {repeats}) | over the bare loop | processor ms a photo | over the bare loop |"
    yield "| --- | --- | --- | --- | --- |"
    for name, times in seconds.items():
        speed = f"{count / statistics.median(times):.1f} | {base / statistics.median(times):.2f}"
        yield f"| {name} | {speed} | {1000 * cost[name] / count:.1f} | {cost[BARE] / cost[name]:.2f} |"
    middle = {name: statistics.median(times) for name, times in seconds.items()}
    ratio = middle[CONTROL] / middle[EMBEDDING]
    saved = cost[CONTROL] / cost[EMBEDDING]
    memory = measured_memory(spark, photos, everything)
    yield f"\nThe job's embedding over the control: {ratio:.2f} (processor time: {saved:.2f})."
    yield f"Largest memory of a worker: {memory:.0f} MiB.\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    spark = create_session("bench", master=f"local[{PROCESSES}]", properties=["spark.driver.memory=2g"])
    method = (__doc__ or "").split("\n\n")[1].replace("\n", " ")
    lines = ["# Photos per second", "", method, "", f"Load average of the machine at the start: {os.getloadavg()[0]:.1f}.", ""]
    with tempfile.TemporaryDirectory() as folder:
        for size, count in (((400, 400), options.count), ((1080, 1350), options.count)):
            lines += list(compare(spark, photo_file(Path(folder), size, count), count, options.repeats))
    tell(options.out, lines)


if __name__ == "__main__":
    main()
