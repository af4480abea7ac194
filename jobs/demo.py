"""`hwabo demo`, which `make run` calls: makes the sample, builds it, shows the timelines, judges them against the truth."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from jobs import console
from jobs.build import build
from jobs.catalog import register
from jobs.evaluate.sample import evaluate_sample
from jobs.formats import local_times
from jobs.job import JobReport, add_setting_arguments, guarded, settings_from
from jobs.sample import SAMPLE_CLOCK, write_sample
from jobs.session import create_session
from jobs.settings import Settings

POSTS, SEED = 1500, 1
TIMELINES_SHOWN = 12


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of `hwabo demo`."""

    def body() -> int:
        parser = argparse.ArgumentParser(prog="hwabo demo", description=__doc__)
        parser.add_argument("--out", default="build/demo", metavar="DIR", help="folder for the landing folder, the lake and the gallery")
        parser.add_argument("--posts", type=int, default=POSTS, metavar="N", help=f"size of the sample (default: {POSTS})")
        parser.add_argument("--seed", type=int, default=SEED, metavar="S", help=f"which sample (default: {SEED})")
        add_setting_arguments(parser)
        options = parser.parse_args(argv)
        run_demo(options)
        return 0

    return guarded(body)


def run_demo(options: argparse.Namespace) -> None:
    """Makes, builds, shows and judges; everything below the folder `options.out`."""
    started = time.monotonic()
    out = Path(options.out)
    landing, lake, gallery = out / "landing", out / "lake", out / "gallery"
    options.lake, options.landing, options.now = str(lake), str(landing), options.now or SAMPLE_CLOCK
    options.set = [*options.set, f"gallery.out={gallery}"]
    settings = settings_from(options)

    console.note(f"sample: drawing {options.posts:,} posts with their photos into {landing}")
    write_sample(landing, posts=options.posts, seed=options.seed)
    spark = create_session("demo", master=options.master, properties=options.spark_conf, quick=True)
    reports = build(spark, settings)
    _show(spark, settings, reports)
    figures = evaluate_sample(spark, str(lake), landing / "truth")
    console.say("\nEvaluation against the truth of the sample (which no job reads):")
    console.say(console.table(["measure", "figure"], list(flattened(figures))))
    event = spark.table("timeline").where("not upcoming").orderBy(F.col("starts_at").desc(), "event_id").first()
    console.say(f"\nGallery: {gallery}/index.html          ({time.monotonic() - started:.0f} s in all)")
    console.say("Next:")
    if event:
        console.say(f"  hwabo show --lake {lake} {event['event_id']}")
        console.say(f'  hwabo search --lake {lake} "{event["title"].replace(",", "")}"')
    console.say(f'  hwabo sql --lake {lake} "SELECT verdict, count(*) FROM event_photos GROUP BY verdict"')
    console.say(f'  hwabo sql --lake {lake} "DESCRIBE event_photos"')
    console.say("  (the command lies in .venv/bin: `source .venv/bin/activate` puts it on your path)")


def _show(spark: SparkSession, settings: Settings, reports: list[JobReport]) -> None:
    console.say("\nStages:")
    rows = [(r.job, f"{r.rows_in:,}", f"{r.rows_out:,}", f"{r.rejected:,}", f"{r.seconds:.1f}") for r in reports]
    console.say(console.table(["job", "rows in", "rows written", "refused", "seconds"], rows))
    register(spark, settings)
    newest = local_times(spark.table("timeline").orderBy(F.col("starts_at").desc(), "event_id").limit(TIMELINES_SHOWN), "table")
    columns = ["starts_at", "title", "place", "posts", "photos_shown", "upcoming"]
    console.say("\nNewest events:")
    console.say(console.table(columns, [[row[column] for column in columns] for row in newest.toLocalIterator()]))


def flattened(figures: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Nested figures as rows of a table: a name with its path, and a value."""
    for name, figure in figures.items():
        if isinstance(figure, Mapping):
            yield from flattened(figure, f"{before}{name} ")
        else:
            yield f"{before}{name}", figure
