"""The words of photos in `photo_tags`, brought up to date for the pictures that a change concerns.

The commit of `photo_tags` notes which versions of `post_copies` and `photo_copies` its words follow: a run that was killed between these
tables is made good by the next one, which reads what changed since then.
"""

from __future__ import annotations

from functools import reduce

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs.changed_photos import posts_naming_renamed, regrouped, with_copies
from jobs.job import Job
from jobs.pooled_tags import pooled_tags
from jobs.resources import conf_file, read_yaml
from jobs.settings import Settings

MARKED = ("post_copies", "photo_copies")
SOURCE = "text"


def pool_words(job: Job, settings: Settings) -> None:
    """Writes the words that the posts of a picture, copies included, say beside it.

    Args:
        job: the run; `MARKED` are read as they are now, the other tables at its versions.
        settings: of copies, and the file of the kinds of event.
    """
    versions = {table: job.lake.version(table) for table in MARKED}
    followed = None if job.full else job.lake.note("photo_tags")
    concerned = None if followed is None else concerned_photos(job, followed, versions)
    photo_copies = job.lake.read("photo_copies", versions["photo_copies"])
    tags = pooled_tags(
        job.read("post_photos"),
        job.read("text_tags"),
        job.lake.read("post_copies", versions["post_copies"]),
        photo_copies if concerned is None else photo_copies.join(concerned, "photo_id", "left_semi"),
        names_of_ids(job.spark, job.read("celebrities"), job.read("places"), settings.text.event_kinds),
        reach=settings.copies.tag_reach,
        limit=settings.copies.tags,
    )
    of_text = job.spark.createDataFrame([(SOURCE,)], "source string")
    job.replace("photo_tags", tags, within=of_text if concerned is None else concerned.crossJoin(F.broadcast(of_text)), note=versions)


def concerned_photos(job: Job, followed: dict[str, int], versions: dict[str, int]) -> DataFrame | None:
    """photo_id of all photos whose words may have changed, with their copies of now and before.

    Args:
        job: a run that is not full.
        followed: versions of `MARKED` that the words follow.
        versions: those that they have now.

    Returns:
        None: that cannot be told, because the tables' change feeds do not reach back that far.
    """
    rewritten, moved = (job.lake.changes(table, after=followed[table], until=versions[table]) for table in MARKED)
    if rewritten is None or moved is None:
        return None
    shown = job.changed("post_photos", "post_id", "photo_id")
    posts = [job.changed("text_tags", "post_id"), rewritten.select("post_id"), posts_naming_renamed(job)]
    showing = job.read("post_photos").join(reduce(DataFrame.unionByName, posts), "post_id", "left_semi")
    photos = shown.select("photo_id").unionByName(showing.select("photo_id")).dropna()
    return job.keep(with_copies(photos, job.lake.read("photo_copies", versions["photo_copies"]), regrouped(moved)))


def names_of_ids(spark: SparkSession, celebrities: DataFrame, places: DataFrame, event_kinds: str) -> DataFrame:
    """What people call an id: columns kind (of tag: a celebrity and a place may have one id), value and name.

    Args:
        spark: the session.
        celebrities: the table.
        places: the table.
        event_kinds: file below conf/.
    """
    kinds = read_yaml(conf_file(event_kinds))
    labels = spark.createDataFrame([("what", kind["id"], kind["label"]) for kind in kinds], "kind string, value string, name string")
    people = celebrities.select(F.lit("who").alias("kind"), F.col("celebrity_id").alias("value"), "name")
    return people.unionByName(places.select(F.lit("where").alias("kind"), F.col("place_id").alias("value"), "name")).unionByName(labels)
