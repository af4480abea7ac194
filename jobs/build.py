"""Runs all jobs in order, in one session: `hwabo build --landing URI --lake URI`, or spark-submit with this file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from pyspark.sql import SparkSession

from jobs import (
    build_events,
    compose_places,
    compose_timelines,
    console,
    embed_photos,
    index_search,
    ingest_posts,
    mark_copies,
    publish_gallery,
    tag_texts,
)
from jobs.job import JobReport, argument_parser, guarded, settings_from
from jobs.session import create_session
from jobs.settings import Settings

STEPS: tuple[Callable[[SparkSession, Settings], JobReport], ...] = (
    ingest_posts.run,
    tag_texts.run,
    embed_photos.run,
    mark_copies.run,
    build_events.run,
    compose_timelines.run,
    compose_places.run,
    index_search.run,
    publish_gallery.run,
)


def build(spark: SparkSession, settings: Settings) -> list[JobReport]:
    """Runs every job on what changed; a run that was interrupted is finished by the next one.

    Args:
        spark: the session.
        settings: all settings; `gallery.out` empty means that no gallery is written.
    """
    steps = [step for step in STEPS if step is not publish_gallery.run or settings.gallery.out]
    reports = []
    for number, step in enumerate(steps, 1):
        run = settings.run.model_copy(update={"step": f"{number}/{len(steps)}"})
        reports.append(step(spark, settings.model_copy(update={"run": run})))
    return reports


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of `hwabo build` and of spark-submit."""

    def body() -> int:
        parser = argument_parser("hwabo build", __doc__)
        parser.add_argument("--gallery", metavar="DIR", help="also write the gallery (the same as --set gallery.out=DIR)")
        options = parser.parse_args(argv)
        settings = settings_from(with_gallery(options))
        build(create_session("build", master=options.master, properties=options.spark_conf), settings)
        lake = options.lake
        console.say(f'done. Look at it:  hwabo sql --lake {lake} "SELECT * FROM timeline LIMIT 20"')
        console.say(f"                   hwabo gallery --lake {lake} --out gallery")
        return 0

    return guarded(body)


def with_gallery(options: argparse.Namespace) -> argparse.Namespace:
    """Options in which --gallery has become a setting."""
    if options.gallery:
        options.set = [*options.set, f"gallery.out={json.dumps(options.gallery)}"]
    return options


if __name__ == "__main__":
    sys.exit(main())
