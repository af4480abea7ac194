"""Learns from the lake's photos what `embed_photos` uses: the projection of appearance, the head of photo types, the weights of quality.

Views of a photo (other crop, light, size, background) show one subject: the projection learns to tell subjects apart whatever the
view. A photo made worse in steps tells which weights of quality keep the order. Types are learned from a list of labels where there is
one; clusters of the embedding stand in where there is none. Spark measures, petastorm feeds torch, MLflow keeps the figures.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pyspark.sql import Column, DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from scipy.stats import spearmanr

from jobs.embed_photos import read_bundle, small_batches
from jobs.errors import HwaboError
from jobs.frames import spread
from jobs.job import Job, JobReport, run_job
from jobs.photo_fitting import area_under_curve, cluster, fit_nature, fit_types, fit_weights, order_kept, predict_types
from jobs.settings import Settings
from jobs.tracking import tracked_run
from udfs.appearance import AppearanceHead, learn_head
from udfs.natural_scenes import NatureHead
from udfs.photo_heads import PhotoHeads, TypeHead, to_bytes
from udfs.photo_network import NetworkFile
from udfs.photo_training import ORIGINAL, damage_batches, view_batches
from udfs.quality import PARTS, Quality, Weights, score

logger = logging.getLogger(__name__)

VIEW_COLUMNS = "subject string, joined array<float>"
_PART_COLUMNS = ", ".join(f"{part} double" for part in PARTS)
DAMAGE_COLUMNS = f"photo_id string, kind string, step int, {_PART_COLUMNS}, moments array<double>, reference double"
PHOTOS_PER_TASK = 25
BACKGROUNDS = 24
DISTANCE_OF_STRANGERS = 0.62  # median of 1 - cosine between people in different clothes
HELD_OUT = 5  # one subject, photo or label in so many is kept for the figures


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Measures training material, fits the heads, notes the figures, writes the file of heads."""
    with Job(spark, settings, "train_photo_models", reads=("photos", "photo_features"), uses=(settings.photos, settings.training)) as job:
        if job.up_to_date:
            return job.report
        network = read_bundle(settings).network
        labels = read_labels(spark, settings.training.photo_labels)
        photos = job.keep(chosen_photos(job.read("photos"), labels, most=settings.training.photos))
        job.count_in(photos.select("photo_id"))
        with small_batches(spark, photos, settings.photos):
            views = _stored(job, "views", photos.transform(measure_views, network=network, views=settings.training.photo_views))
            damages = _stored(job, "damages", photos.where(_some()).transform(measure_damages, network=network))
        embedded = _stored(job, "embeddings", labelled_embeddings(job.read("photo_features"), photos))
        parameters = {"network": network.name, "photos": job.report.rows_in, "views": settings.training.photo_views}
        with tracked_run(settings, "train_photo_models", parameters) as tracker:
            heads = fit_heads(network, views, damages, embedded, settings=settings, tracker=tracker)
            write_heads(heads, settings.training.photo_heads, tracker)
    return job.report


def read_labels(spark: SparkSession, address: str) -> DataFrame:
    """The list of labels: a CSV file with the columns uri (its end is enough), type and subject (both may be empty); "" is none."""
    schema = "uri string, type string, subject string"
    if not address:
        return spark.createDataFrame([], schema)
    return spark.read.option("header", True).schema(schema).csv(address)


def chosen_photos(photos: DataFrame, labels: DataFrame, *, most: int) -> DataFrame:
    """Photos to learn from: the labelled ones first, then any, in the order of their ids, with their type and subject."""
    named = labels.select(F.col("uri").alias("_end"), "type", "subject").dropDuplicates(["_end"])
    matched = photos.join(F.broadcast(named), F.col("uri").endswith(F.col("_end")), "left")
    first = Window.partitionBy("photo_id").orderBy(F.col("_end").asc_nulls_last())
    once = matched.withColumn("_rank", F.row_number().over(first)).where("_rank = 1")
    order = (F.col("type").isNull(), F.col("photo_id"))
    subject = F.coalesce("subject", "photo_id").alias("subject")
    return once.orderBy(*order).limit(most).select("photo_id", "content", "bytes", "type", subject)


def measure_views(photos: DataFrame, *, network: NetworkFile, views: int) -> DataFrame:
    """Rows subject, joined: the appearance measurements of views of each photo."""
    count = photos.count()
    behind = [bytes(row["content"]) for row in photos.orderBy(F.sha2("photo_id", 256)).limit(BACKGROUNDS).toLocalIterator()]
    sent = photos.sparkSession.sparkContext.broadcast((network, behind))

    def measured(batches):  # type: ignore[no-untyped-def]
        return view_batches(batches, sent.value[0], views, sent.value[1])

    spread_out = photos.select("photo_id", "content", "subject").transform(spread, "photo_id", count=count, rows_per_task=PHOTOS_PER_TASK)
    return spread_out.mapInPandas(measured, VIEW_COLUMNS)


def measure_damages(photos: DataFrame, *, network: NetworkFile) -> DataFrame:
    """Rows photo_id, kind, step and the quality parts of each photo made worse in steps."""
    sent = photos.sparkSession.sparkContext.broadcast(network)

    def measured(batches):  # type: ignore[no-untyped-def]
        return damage_batches(batches, sent.value)

    count = photos.count()
    spread_out = photos.select("photo_id", "content").transform(spread, "photo_id", count=count, rows_per_task=PHOTOS_PER_TASK)
    return spread_out.mapInPandas(measured, DAMAGE_COLUMNS)


def _some() -> Column:
    """A quarter of the photos: 24 versions of each are measured, which is plenty."""
    return F.pmod(F.crc32(F.col("photo_id").cast("binary")), F.lit(4)) == 0


def labelled_embeddings(features: DataFrame, photos: DataFrame) -> DataFrame:
    """Rows photo_id, embedding, type of the photos that could be measured."""
    usable = features.where(F.col("embedding").isNotNull()).select("photo_id", "embedding")
    return usable.join(photos.select("photo_id", F.coalesce("type", F.lit("")).alias("type")), "photo_id")


def fit_heads(
    network: NetworkFile, views: Sequence[str], damages: Sequence[str], embedded: Sequence[str], *, settings: Settings, tracker: Any
) -> PhotoHeads:
    """Fits what there is material for, on addresses of Parquet files, and logs the figures on what was held out."""
    appearance = _fit_appearance(read_columns(views, ["subject", "joined"]), tracker) if views else None
    weights, nature = (
        fit_quality(read_columns(damages, ["photo_id", "kind", "step", *PARTS, "moments", "reference"]), tracker)
        if damages
        else (None, None)
    )
    clusters = settings.training.photo_clusters
    types = _fit_types(read_columns(embedded, ["photo_id", "embedding", "type"]), clusters, tracker) if embedded else None
    return PhotoHeads(network.name, appearance, types, weights, nature)


def read_columns(files: Sequence[str], columns: Sequence[str]) -> dict[str, Any]:
    """Reads columns of Parquet files into arrays through petastorm, in the order of the files."""
    from petastorm import make_batch_reader

    parts: dict[str, list[Any]] = {column: [] for column in columns}
    pattern = [f"^{column}$" for column in columns]
    with make_batch_reader(list(files), schema_fields=pattern, reader_pool_type="dummy", shuffle_row_groups=False, num_epochs=1) as reader:
        for batch in reader:
            for column in columns:
                parts[column].append(getattr(batch, column))
    return {column: np.concatenate(values) for column, values in parts.items()}


def _fit_appearance(rows: dict[str, Any], tracker: Any) -> AppearanceHead | None:
    names, subjects = np.unique(rows["subject"].astype(str), return_inverse=True)
    if len(names) < 2 * HELD_OUT or len(subjects) < 2 * len(names):
        return None
    measurements = np.stack(list(rows["joined"])).astype(np.float32)
    held = subjects % HELD_OUT == 0
    trial = learn_head(measurements[~held], subjects[~held])
    alike, same = _pairs_of(trial, measurements[held], subjects[held])
    tracker.log_metric("appearance_auc", area_under_curve(alike, same))
    # whitening drives the distance of strangers to 1: a constant entry brings it to where the look's thresholds expect it
    common = max(0.0, 1 - DISTANCE_OF_STRANGERS / float(np.median(1 - alike[~same])))
    tracker.log_metric("appearance_common", common)
    return learn_head(measurements, subjects, common=common)


def _pairs_of(head: AppearanceHead, measurements: Any, subjects: Any) -> tuple[Any, Any]:
    """Likeness of all pairs of views, and whether they show one subject."""
    looks = head.project_all(measurements)
    upper = np.triu_indices(len(looks), 1)
    return (looks @ looks.T)[upper], (subjects[:, None] == subjects[None, :])[upper]


def fit_quality(rows: dict[str, Any], tracker: Any) -> tuple[Weights | None, NatureHead | None]:
    """Fits what tells natural texture and the weights of quality on four fifths of the photos; the figures are those of the last fifth."""
    photos, kinds, steps = rows["photo_id"].astype(str), rows["kind"].astype(str), rows["step"].astype(np.int64)
    held = np.unique(photos, return_inverse=True)[1] % HELD_OUT == 0
    if held.all() or not held.any():
        return None, None
    reference, moments = rows["reference"].astype(np.float64), np.stack(list(rows["moments"])).astype(np.float64)
    parts = {name: rows[name].astype(np.float64) for name in PARTS}
    seen = (photos[~held], kinds[~held], steps[~held])
    nature, natural = fit_nature(moments[~held], reference[~held], *seen)
    parts["natural"] = np.full(len(photos), np.nan)
    parts["natural"][~held] = natural
    told = held & ~np.isnan(moments).any(1)
    if nature:
        parts["natural"][told] = nature.parts(moments[told])
    weights, losses = fit_weights({name: values[~held] for name, values in parts.items()}, *seen, reference=reference[~held])
    for number, loss in enumerate(losses[::20]):
        tracker.log_metric("quality_loss", loss, step=number * 20)
    scores = np.array([score(_quality(parts, row), weights) for row in np.flatnonzero(held)])
    tracker.log_metric("quality_order_kept", order_kept(scores, photos[held], kinds[held], steps[held]))
    known = ~np.isnan(reference[held]) & (kinds[held] == ORIGINAL)
    if int(known.sum()) > 2:
        tracker.log_metric("quality_spearman", float(spearmanr(scores[known], reference[held][known]).statistic))
    tracker.log_dict({"bias": weights.bias, **weights.parts}, "quality_weights.json")
    return weights, nature


def _quality(parts: dict[str, Any], row: int) -> Quality:
    values = {name: float(parts[name][row]) for name in PARTS}
    known = {name: None if np.isnan(value) else value for name, value in values.items()}
    return Quality(**known)  # type: ignore[arg-type]  # face and natural alone are ever missing


def _fit_types(rows: dict[str, Any], clusters: int, tracker: Any) -> TypeHead | None:
    order = np.argsort(rows["photo_id"].astype(str))
    embeddings = np.stack(list(rows["embedding"])).astype(np.float32)[order]
    types = rows["type"].astype(str)[order]
    labelled = np.flatnonzero(types != "")
    if len(set(types[labelled])) < 2:
        groups = cluster(embeddings, clusters=clusters)
        tracker.log_metric("clusters", len(set(groups.tolist())))
        logger.info("no labels of photo types: %d clusters of the embedding are noted, the table of classes tells types", clusters)
        return None
    held, train = labelled[::HELD_OUT], np.setdiff1d(labelled, labelled[::HELD_OUT])
    found = predict_types(fit_types(embeddings[train], list(types[train])), embeddings[held])
    tracker.log_metric("type_accuracy", float(np.mean([a == b for a, b in zip(found, types[held], strict=True)])))
    return fit_types(embeddings[labelled], list(types[labelled]))


def write_heads(heads: PhotoHeads, address: str, tracker: Any) -> None:
    """Writes the file of heads and keeps a copy in MLflow.

    Raises:
        HwaboError: when it cannot be written.
    """
    path = Path(address).absolute()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_bytes(heads))
    except OSError as problem:
        raise HwaboError(f"the photo heads cannot be written to {path} ({problem.strerror}): correct training.photo_heads.") from None
    tracker.log_artifact(str(path))


def _stored(job: Job, name: str, rows: DataFrame) -> list[str]:
    """Writes training material beside the lake's tables and returns the addresses of its files."""
    address = f"{job.lake.uri}/_training/{name}"
    rows.write.mode("overwrite").parquet(address)
    return sorted(job.spark.read.parquet(address).inputFiles())


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of the job."""
    return run_job("train_photo_models", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
