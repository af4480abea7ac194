"""Finds posts and photos that copy each other, keeps the best of each group, and pools the words of all copies on the keeper's photo.

Without a lake: `--texts URI --out URI` marks the copies in any Delta or Parquet table (id, text), `--photos DIR --out URI` those among
the images below a folder; the Delta table written has the columns id, group_id, is_keeper and similarity.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from pydantic import BaseModel
from pyspark.sql import SparkSession

from jobs import copies_alone, photo_copies, photo_groups, post_groups, post_increments, text_copies, text_index
from jobs.job import Job, JobReport, guarded, run_job, settings_from
from jobs.photo_words import pool_words
from jobs.session import create_session
from jobs.settings import CopySettings, Settings
from jobs.staging import Staging
from udfs.minhash import choose_banding


class KindNames(BaseModel):
    """The file whose names of kinds of event are among the words of photos."""

    event_kinds: str


READS = ("posts", "photos", "photo_features", "post_photos", "text_tags", "celebrities", "places")


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Marks copies among posts and photos and pools their words."""
    copies = settings.copies
    with Job(spark, settings, "mark_copies", reads=READS, uses=(copies, KindNames(event_kinds=settings.text.event_kinds))) as job:
        if job.up_to_date:
            return job.report
        mark_posts(job, copies)
        remeasured = job.changed("photo_features", "photo_id")
        if remeasured.take(1) or job.changed("photos", "photo_id").take(1):
            photo_groups.mark_photos(job, remeasured, photo_rule(copies), one_task_edges=copies.one_task_edges)
        pool_words(job, settings)
    return job.report


def mark_posts(job: Job, copies: CopySettings) -> None:
    """Brings `post_copies` up to date: from what changed where the band index stands at the last run, else from all posts."""
    rule = text_rule(copies)
    posts = post_groups.keyed(job.read("posts"))
    changes = job.changes("posts")
    if changes is not None and job.known is not None:
        rows, seen = changes
        if not seen["all"]:
            return
        index = text_index.stored_index(job.lake, job.known["posts"], most_runs=copies.text_index_runs)
        if index is not None:
            post_increments.mark_changed(job, posts, rows, seen["old"], rule, copies, stood=index)
            return
    elif not job.changed("posts", "post_id").take(1):
        return
    job.replace("post_copies", post_groups.mark_all(job, posts, rule, copies))


def text_rule(copies: CopySettings) -> text_copies.TextRule:
    """The settings as a rule for texts."""
    return text_copies.TextRule(
        threshold=copies.text_threshold,
        shingle=copies.text_shingle,
        banding=choose_banding(copies.text_threshold, copies.text_permutations, copies.text_missed_weight),
        parts=copies.parts,
        minimum=copies.text_minimum,
        containment=copies.text_containment,
        containment_share=copies.text_containment_share,
        anchor=copies.text_anchor,
        anchor_window=copies.text_anchor_window,
    )


def photo_rule(copies: CopySettings) -> photo_copies.PhotoRule:
    """The settings as a rule for photos."""
    return photo_copies.PhotoRule(
        threshold=copies.photo_threshold,
        parts=copies.parts,
        reach=copies.photo_neighbours,
        farthest=copies.photo_feature_bits,
        least_weight=copies.photo_least_weight,
        candidates=copies.photo_candidates,
    )


def run_alone(argv: Sequence[str]) -> int:
    """Marks copies in a table of texts or a folder of images."""
    options = copies_alone.parser().parse_args(argv)
    options.lake = options.out
    settings = settings_from(options)
    spark = create_session("mark_copies", master=options.master, properties=options.spark_conf)
    copies = settings.copies
    if options.texts:
        texts = copies_alone.read_texts(spark, options.texts)
        with Staging(spark, f"{options.out.rstrip('/')}.staging-{settings.run.run_id}") as staging:
            marked = copies_alone.mark_texts(texts, text_rule(copies), one_task_edges=copies.one_task_edges, keep=staging.keep)
            copies_alone.write(marked, options.out)
    else:
        described = copies_alone.read_photos(spark, options.photos, pixel_limit=settings.ingest.max_photo_pixels)
        marked = copies_alone.mark_photos(described, photo_rule(copies), one_task_edges=copies.one_task_edges)
        copies_alone.write(marked, options.out)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the job from the command line."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    if copies_alone.wanted(arguments):
        return guarded(lambda: run_alone(arguments))
    return run_job("mark_copies", __doc__, run, arguments)


if __name__ == "__main__":
    sys.exit(main())
