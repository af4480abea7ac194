"""Tags every post with who, when, where, what, occupations and key noun phrases.

Spark NLP assembles documents, cuts sentences and tokens, looks names, places and kinds of event up, and serves the annotator network;
the decisions are plain functions on one post (udfs/tag_post.py) inside one function of Arrow batches.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pyarrow as pa
from pyspark import inheritable_thread_target
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import to_arrow_schema

from jobs.frames import spread
from jobs.job import Job, JobReport, run_job
from jobs.settings import Settings, TextSettings
from jobs.tables import TABLES
from jobs.text_pipeline import annotate_texts, load_annotator, text_pipeline, usual_column
from jobs.text_reference import read_reference
from udfs.post_text import Reference
from udfs.tag_rows import BETWEEN_FIELDS, tag_batch

CHARACTERS_PER_TASK = 1_000_000
"""Some 15 s of one core. Tasks cost something to begin: 20 of 1,000 sentences took 3 s longer than 5 of 4,000."""


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Tags the posts that changed; all of them when celebrities or places changed."""
    with Job(
        spark,
        settings,
        "tag_texts",
        reads=("posts", "post_photos", "celebrities", "places"),
        rebuild_when_changed=("celebrities", "places"),
        uses=settings.text,
    ) as job:
        if job.up_to_date:
            return job.report
        models = f"{job.lake.uri}/_models"
        annotator = load_annotator(spark, settings=settings.text, models=models) if settings.text.annotator else None
        with ThreadPoolExecutor(1) as threads:  # beside it, what takes the driver's time and no task
            creating = threads.submit(inheritable_thread_target(partial(job.lake.create, "text_tags")))
            posts, captions, changed = changed_posts(job)
            sizing = threads.submit(inheritable_thread_target(partial(size_of, posts)))
            reference = read_reference(job.read("celebrities"), job.read("places"), settings=settings.text)
            model = text_pipeline(spark, reference=reference, settings=settings.text, annotator=annotator)
            creating.result()
            count, characters = sizing.result()
        if changed is None:
            job.report.rows_in += count
        texts = post_texts(posts, captions, settings=settings.text)
        texts = spread(texts, "post_id", count=characters, rows_per_task=CHARACTERS_PER_TASK)
        annotated = texts.transform(annotate_texts, reference=reference, settings=settings.text, model=model)
        job.replace("text_tags", annotated.transform(decode, reference=reference), within=changed)
    return job.report


def changed_posts(job: Job) -> tuple[DataFrame, DataFrame, DataFrame | None]:
    """Posts and photos of the posts that changed, and the keys of these; all, and None, when everything is worked out anew."""
    posts, captions = job.read("posts"), job.read("post_photos")
    if job.full:
        return posts, captions, None
    changed = job.keep(job.changed("posts", "post_id").union(job.changed("post_photos", "post_id")).dropDuplicates())
    return job.keep(posts.join(changed, "post_id", "left_semi")), captions.join(changed, "post_id", "left_semi"), changed


def size_of(posts: DataFrame) -> tuple[int, int]:
    """How many posts there are, and how many characters they have."""
    characters = F.sum(F.length(F.concat_ws("", "title", "body")))
    ((count, total),) = posts.agg(F.count("*"), F.coalesce(characters, F.lit(0))).toLocalIterator()
    return count, total


def post_texts(posts: DataFrame, photos: DataFrame, *, settings: TextSettings) -> DataFrame:
    """One row a post with its captions, and all its text as Spark NLP reads it.

    Args:
        posts: rows of `posts`.
        photos: rows of `post_photos` of the same posts.
        settings: the zone of local time.

    Returns:
        post_id, service, place_id, published (local wall clock), title, body, captions, positions and offsets of the photos
        (arrays in the photos' order), and `text`: the fields parted by blank lines, one UTF-16 unit a character.
    """
    listed = photos.groupBy("post_id").agg(
        F.sort_array(F.collect_list(F.struct("position", "photo_id", "offset", usual_column("caption").alias("caption")))).alias("photos")
    )
    local = F.date_format(
        F.from_utc_timestamp(F.to_utc_timestamp("published_at", F.current_timezone()), settings.time_zone), "yyyy-MM-dd'T'HH:mm:ss"
    )
    rows = posts.join(listed, "post_id", "left").select(
        "post_id",
        "service",
        "place_id",
        local.alias("published"),
        usual_column("title").alias("title"),
        usual_column("body").alias("body"),
        F.coalesce(F.col("photos.caption"), F.array().cast("array<string>")).alias("captions"),
        F.coalesce(F.col("photos.position"), F.array().cast("array<int>")).alias("positions"),
        F.coalesce(F.col("photos.offset"), F.array().cast("array<int>")).alias("offsets"),
    )
    joined = F.concat_ws(BETWEEN_FIELDS, "title", "body", "captions")
    one_unit = F.regexp_replace(joined, r"[\x{10000}-\x{10FFFF}]", "□")  # Spark NLP counts UTF-16 units: emoji would shift every offset
    return rows.withColumn("text", one_unit)


def decode(annotated: DataFrame, *, reference: Reference) -> DataFrame:
    """Rows of `text_tags` from annotated posts."""
    shared = annotated.sparkSession.sparkContext.broadcast(reference)
    schema = TABLES["text_tags"].schema
    arrow = to_arrow_schema(schema)

    def decoded(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield tag_batch(batch, shared.value, arrow)

    return annotated.mapInArrow(decoded, schema)


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of spark-submit."""
    return run_job("tag_texts", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
