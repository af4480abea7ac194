"""Which photos have to be judged or described anew: what was measured, decided or written about them, or about their copies, changed."""

from __future__ import annotations

from functools import reduce

from pydantic import BaseModel
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.frames import settled
from jobs.job import Job
from jobs.settings import Settings

_NAMED = (("celebrities", "celebrity_id"), ("places", "place_id"))  # whose names are among the words of photos
READS = (
    "posts", "text_tags", "post_photos", "post_copies", "photo_features", "photo_copies", "corrections", *(table for table, _ in _NAMED),
)  # fmt: skip
"""Tables that `changed_photos` looks at: a job that calls it reads them."""


def changed_photos(job: Job, decisions: DataFrame, posts: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Photos that changed since the last run, and the posts that show them.

    Args:
        job: the run, not a full one; its tables are read at the versions that it has.
        decisions: rows of `corrections` that changed.
        posts: post_id of the posts that changed.

    Returns:
        photo_id of the photos and their copies; post_id of the posts that changed themselves or show one of these photos.
    """
    # a photo's words come from all posts that show a copy of it, and count once for posts that copy each other
    rewritten = reduce(DataFrame.unionByName, (job.changed(table, "post_id") for table in ("text_tags", "post_copies")))
    shown = job.changed("post_photos", "post_id", "photo_id")
    concerned = (
        posts.select("post_id")
        .unionByName(rewritten)
        .unionByName(posts_naming_renamed(job))
        .unionByName(shown.select("post_id"))
        .dropDuplicates()
    )
    post_photos = job.read("post_photos").select("post_id", "photo_id")
    photos = (
        job.changed("photo_features", "photo_id")
        .unionByName(shown.select("photo_id"))
        .unionByName(decisions.select("photo_id"))
        .unionByName(post_photos.join(concerned, "post_id", "left_semi").select("photo_id"))
        .dropna()
    )
    copies, changes = job.read("photo_copies"), job.changes("photo_copies")
    moved = copies.select("photo_id", "group_id") if changes is None else regrouped(changes[0])
    pictures = settled(with_copies(photos, copies, moved))
    showing = post_photos.join(pictures, "photo_id", "left_semi").select("post_id")
    return pictures, settled(concerned.unionByName(showing).dropDuplicates())


def posts_naming_renamed(job: Job) -> DataFrame:
    """post_id of the posts that name a celebrity or place whose row changed since the last run."""
    renamed = reduce(DataFrame.union, (job.changed(table, key) for table, key in _NAMED)).toDF("value")
    return job.read("text_tags").where(F.col("kind").isin("who", "where")).join(renamed, "value", "left_semi").select("post_id")


def regrouped(changes: DataFrame) -> DataFrame:
    """Photos whose row in `photo_copies` changed, with the groups that they were and are in: columns photo_id, group_id.

    Args:
        changes: of `photo_copies`, as `Lake.changes` gives them.
    """
    return changes.select("photo_id", F.explode(F.array("old.group_id", "new.group_id")).alias("group_id")).dropna()


def with_copies(photos: DataFrame, photo_copies: DataFrame, moved: DataFrame) -> DataFrame:
    """Photos with all that are copies of them now or were before: distinct photo_id.

    Args:
        photos: column photo_id.
        photo_copies: columns photo_id and group_id, as they are.
        moved: columns photo_id and group_id of photos whose row changed, with former groups.
    """
    copies = photo_copies.select("photo_id", "group_id")
    groups = copies.join(photos, "photo_id", "left_semi").select("group_id").unionByName(moved.select("group_id"))
    together = copies.join(groups, "group_id", "left_semi").select("photo_id")
    return photos.select("photo_id").unionByName(moved.select("photo_id")).unionByName(together).dropDuplicates()


def settings_of_words(settings: Settings) -> tuple[BaseModel, ...]:
    """The settings that the words in `photo_tags` depend on.

    The jobs that read them there write captions there, too, and cannot follow that table's changes.
    """
    return settings.text, settings.photos, settings.copies


def changed_decisions(job: Job) -> DataFrame:
    """Rows of `corrections` that are new or changed since the last run."""
    return job.read("corrections").join(job.changed("corrections", "correction_id"), "correction_id", "left_semi")
