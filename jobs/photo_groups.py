"""Groups of photos that copy each other, in the lake: what one run found out about a pair of photos the next one does not look at again.

Which photos may be copies is worked out anew in every run: buckets and neighbours depend on all photos, and a photo costs about a
millisecond there. Laying its candidates on a photo costs several times that, but depends on the two photos alone. So `photo_pairs` keeps
what was measured, and a run measures pairs that it does not hold and those of photos whose features changed. The groups are the same.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from jobs import photo_copies
from jobs.copy_groups import grouped, to_keepers, with_singles
from jobs.frames import Keep
from jobs.job import Job
from jobs.photo_copies import PhotoRule

PAIR = ["left", "right"]


def mark_photos(job: Job, remeasured: DataFrame, rule: PhotoRule, *, one_task_edges: int) -> None:
    """Brings `photo_copies` and `photo_pairs` up to date.

    Args:
        job: a run that reads `photos` and `photo_features`.
        remeasured: photo_id of the photos whose features changed since the last run; all when the run is full.
        rule: when two photos are copies.
        one_task_edges: see `connected_components`.
    """
    features = job.read("photo_features")
    described = features.select(photo_key().alias("key"), "geometry")
    photos = job.keep(described_photos(job.read("photos"), features))
    known = still_known(job.read("photo_pairs"), remeasured)
    first = job.keep(measured_pairs(job.keep(photo_copies.candidate_pairs(described, rule)), known, described, rule, keep=job.keep))
    members = job.keep(copied_photos(photos, first.where(F.col("similarity") >= rule.threshold), one_task_edges=one_task_edges))
    checked = known.unionByName(first).dropDuplicates(PAIR)
    to_keeper = job.keep(measured_pairs(to_keepers(members), checked, described, rule, keep=job.keep))
    job.replace("photo_pairs", first.unionByName(to_keeper).dropDuplicates(PAIR))
    job.replace("photo_copies", photos.transform(with_singles, related(members, to_keeper), identity="photo_id", reason=True))


def described_photos(photos: DataFrame, features: DataFrame) -> DataFrame:
    """Photos with what the choice of a keeper reads: columns key, photo_id, pixels, width, height, overlay, score."""
    measured = features.select("photo_id", F.col("quality.overlay").alias("overlay"), F.col("quality.score").alias("score"))
    sizes = photos.select("photo_id", (F.col("width").cast("long") * F.col("height")).alias("pixels"), "width", "height")
    return sizes.join(measured, "photo_id", "left").withColumn("key", photo_key())


def still_known(pairs: DataFrame, remeasured: DataFrame) -> DataFrame:
    """Rows of `photo_pairs` whose photos have the features that they had when the pair was measured."""
    for end in PAIR:
        pairs = pairs.join(remeasured.select(photo_key().alias(end)), end, "left_anti")
    return pairs


def measured_pairs(pairs: DataFrame, known: DataFrame, described: DataFrame, rule: PhotoRule, *, keep: Keep) -> DataFrame:
    """What is known of some pairs, and what is measured now of the others.

    Args:
        pairs: columns left and right, one row a pair.
        known: rows of `photo_pairs`.
        described: columns key and geometry.
        rule: when two photos are copies.
        keep: works a frame out once.

    Returns:
        The columns of `photo_copies.CHECKED_SCHEMA`, one row a pair.
    """
    unknown = keep(pairs.join(known.select(PAIR), PAIR, "left_anti"))  # where it is small it goes to the photos, and not they to it
    return known.join(pairs, PAIR, "left_semi").unionByName(photo_copies.check_pairs(unknown, described, rule, keep_all=True))


def copied_photos(photos: DataFrame, edges: DataFrame, *, one_task_edges: int) -> DataFrame:
    """Photos that have copies (columns of photos, group_id, keeper_key, keeper_id).

    The keeper is the photo with nothing laid over it, then the one of most pixels, then that of the best measured quality.
    """
    order = [
        F.floor(F.coalesce("overlay", F.lit(0.5)) * 5).desc(),
        F.floor(F.log2(F.col("pixels") + 1) * 4).desc(),
        F.round(F.coalesce("score", F.lit(0.0)), 3).desc(),
        F.col("pixels").desc(),
    ]
    return grouped(edges, photos, identity="photo_id", keeper_order=order, one_task_edges=one_task_edges)


def related(members: DataFrame, to_keeper: DataFrame) -> DataFrame:
    """How each member of a group differs from its keeper: photo_id, group_id, is_keeper, similarity, reason.

    Args:
        members: as from `copied_photos`.
        to_keeper: what was measured of each member (left) and its keeper (right).
    """
    sizes = members.select(F.col("key").alias("keeper_key"), F.col("pixels").alias("keeper_pixels"))
    measured = to_keeper.withColumnsRenamed({"left": "key", "right": "keeper_key"})
    return (
        members.join(measured, ["key", "keeper_key"], "left")
        .join(sizes, "keeper_key")
        .select(
            "photo_id",
            "group_id",
            (F.col("key") == F.col("keeper_key")).alias("is_keeper"),
            F.coalesce("similarity", F.lit(1.0)).alias("similarity"),
            photo_copies.reason().alias("reason"),
        )
    )


def photo_key() -> Column:
    """A photo's number in pairs, from the column photo_id."""
    return F.xxhash64("photo_id")
