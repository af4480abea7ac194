"""Sentences a second: the job tag_texts from Delta to Delta, the bare Spark NLP pipeline, and Kiwi with two workers in a pandas UDF.

All read the same Delta table of sentences (one a post) with two tasks, alternately in one session. The job does everything that a site's
run does: the change feed, the pipeline with the annotator network, all decisions on who, when, where, what and key phrases, and the MERGE
into text_tags, in a fresh lake every round. The bare pipeline's columns are read to the last row and thrown away; so are Kiwi's tokens.

    python -m tests.benchmarks.bench_annotators --sentences FILE [FILE ...] --out tests/benchmarks/results/annotators.md
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import tag_texts
from jobs.lake import Lake
from jobs.session import create_session
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from jobs.tables import TABLES
from jobs.tag_texts import post_texts
from jobs.text_pipeline import readable_column, text_pipeline
from jobs.text_reference import read_reference
from tests.benchmarks.report import tell

TASKS = 2


def sentences(paths: list[Path], count: int) -> list[str]:
    """The first sentences of some files, one a line."""
    lines = [line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if len(line) > 5][:count]


def filled_lake(spark: SparkSession, folder: Path, texts: list[str]) -> Lake:
    """A lake whose posts are the sentences."""
    lake = Lake(spark, str(folder))
    rows = pd.DataFrame({"post_id": [f"{number:08d}" for number in range(len(texts))], "body": texts})
    posts = spark.createDataFrame(rows).select(
        *(
            F.col(name) if name in ("post_id", "body") else F.lit("news" if name == "service" else None).cast(kind).alias(name)
            for name, kind in ((column.name, column.dataType) for column in TABLES["posts"].schema.fields)
        )
    )
    lake.upsert("posts", posts.withColumn("published_at", F.lit("2026-03-22T09:00:00Z").cast("timestamp")))
    return lake


def the_job(spark: SparkSession, settings: Settings) -> None:
    """tag_texts from Delta to Delta."""
    tag_texts.run(spark, settings)


def bare_pipeline(spark: SparkSession, settings: Settings, lake: Lake) -> None:
    """PipelineModel.transform on the sentences as the job gives them to it."""
    reference = read_reference(lake.read("celebrities"), lake.read("places"), settings=settings.text)
    model = text_pipeline(spark, reference=reference, settings=settings.text)
    texts = post_texts(lake.read("posts"), lake.read("post_photos"), settings=settings.text).repartition(TASKS)
    thrown_away(model.transform(texts.withColumn("readable", readable_column(F.col("text")))))


def kiwi(lake: Lake) -> None:
    """Kiwi's morphemes of every sentence, one analyser a worker."""

    def tokens(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        from kiwipiepy import Kiwi

        analyser = Kiwi(num_workers=1)
        for batch in batches:
            found = [" ".join(f"{token.form}/{token.tag}" for token in one) for one in analyser.tokenize(batch["body"].tolist())]
            yield pd.DataFrame({"post_id": batch["post_id"], "tokens": found})

    posts = lake.read("posts").select("post_id", "body").repartition(TASKS)
    thrown_away(posts.mapInPandas(tokens, "post_id string, tokens string"))


def thrown_away(rows: DataFrame) -> None:
    """Works every row out and keeps none."""
    rows.write.format("noop").mode("overwrite").save()


def measure(spark: SparkSession, texts: list[str], *, rounds: int, annotator: str) -> dict[str, list[float]]:
    """Seconds of each, by round; one round with a tenth of the sentences warms everything up."""
    seconds: dict[str, list[float]] = {"job": [], "pipeline": [], "kiwi": []}
    for number in range(rounds + 1):
        folder = Path(tempfile.mkdtemp())
        run = RunSettings(lake=str(folder), landing="", now=parse_clock("2026-03-23T09:00:00+09:00"), run_id=f"bench-{number}")
        settings = load_settings(run, overrides=[f"text.annotator={annotator}"])
        lake = filled_lake(spark, folder, texts if number else texts[: len(texts) // 10])
        for name, call in (
            ("job", lambda settings=settings: the_job(spark, settings)),
            ("pipeline", lambda settings=settings, lake=lake: bare_pipeline(spark, settings, lake)),
            ("kiwi", lambda lake=lake: kiwi(lake)),
        ):
            started = time.perf_counter()
            call()
            if number:
                seconds[name].append(time.perf_counter() - started)
        shutil.rmtree(folder)
    return seconds


def main() -> int:
    """Measures and writes a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", nargs="+", type=Path, required=True)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--annotator", default="models/annotator")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    texts = sentences(options.sentences, options.count)
    spark = create_session(
        "bench annotators", master=f"local[{TASKS}]", properties=["spark.driver.memory=3g", f"spark.sql.shuffle.partitions={TASKS}"]
    )
    seconds = measure(spark, texts, rounds=options.rounds, annotator=options.annotator)
    speeds = {name: [len(texts) / value for value in found] for name, found in seconds.items()}
    middle = {name: float(np.median(found)) for name, found in speeds.items()}
    length = sum(map(len, texts)) / len(texts)
    lines = [
        "# Throughput of the text stage",
        "",
        f"{len(texts):,} sentences of {length:.0f} characters, {TASKS} tasks, {options.rounds} rounds that alternate; "
        f"`python -m tests.benchmarks.bench_annotators --count {options.count} --rounds {options.rounds}`.",
        "",
        "| what | sentences a second, by round | median | the job beside it |",
        "| --- | --- | --- | --- |",
    ]
    for name, label in (("job", "the job, Delta to Delta"), ("pipeline", "bare `PipelineModel.transform`"), ("kiwi", "Kiwi, two workers")):
        rounds = ", ".join(f"{speed:.0f}" for speed in speeds[name])
        lines.append(f"| {label} | {rounds} | {middle[name]:.0f} | {middle['job'] / middle[name]:.2f} |")
    tell(options.out, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
