"""`hwabo evaluate annotators`: the Korean annotators against labelled text, as one JSON object.

Everything goes through the Spark NLP pipeline as posts do. CoNLL-U files may carry Sejong or Kaist tags; entity files hold one
character and its BIO tag a line; labelled posts are records of the landing format with `truth: {who, when, where, what, keyphrases}`.
The people and places that labelled posts name are read from `NAME_celebrities.csv` and `NAME_places.csv` beside `NAME_posts.jsonl`, or from
celebrities.csv and places.csv in that folder.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import console
from jobs.errors import HwaboError
from jobs.job import add_setting_arguments, guarded
from jobs.session import create_session
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from jobs.tables import TABLES
from jobs.tag_texts import decode, post_texts
from jobs.text_pipeline import annotate_texts
from jobs.text_reference import read_reference
from udfs.annotated_text import label_spans
from udfs.annotator_corpora import Sentence, conllu_sentences, ner_sentences
from udfs.annotator_labels import ENTITY_TYPES
from udfs.annotator_training import f1
from udfs.post_scores import found_tags, post_scores
from udfs.post_text import Reference

Spans = list[tuple[int, int, str]]


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of `hwabo evaluate annotators`."""
    return guarded(lambda: _evaluate(argv))


def _evaluate(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="hwabo evaluate annotators", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--conllu", metavar="FILE", help="treebank: segmentation_f1, joint_f1")
    parser.add_argument("--ner", metavar="FILE", help="entity corpus: ner.micro_f1 and F1 by type")
    parser.add_argument("--ner-last", type=int, metavar="N", help="only the last N sentences of the entity corpus")
    parser.add_argument("--posts", metavar="FILE", help="labelled posts: who, when, where, what, key phrases")
    parser.add_argument("--posts-from", type=int, default=1, metavar="N", help="leave out the posts before the N-th")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="repeat the sentences that are timed")
    add_setting_arguments(parser)
    options = parser.parse_args(argv)
    if not (options.conllu or options.ner or options.posts):
        raise HwaboError("nothing to evaluate: name --conllu FILE, --ner FILE or --posts FILE.")
    run = RunSettings(lake="", landing="", now=parse_clock(options.now), run_id="evaluation")
    settings = load_settings(run, files=options.settings, overrides=options.set)
    spark = create_session("evaluate annotators", master=options.master, properties=options.spark_conf)
    console.say(json.dumps(evaluate(spark, settings, options), ensure_ascii=False, indent=2))
    return 0


def evaluate(spark: SparkSession, settings: Settings, options: argparse.Namespace) -> dict[str, Any]:
    """All figures that the options ask for."""
    figures: dict[str, Any] = {}
    timed: list[str] = []
    if options.conllu or options.ner:
        _need_annotator(settings)
    if options.conllu:
        sentences = list(conllu_sentences(_lines(options.conllu)))
        figures |= _treebank_figures(sentences, annotate(spark, settings, [sentence.text for sentence in sentences]))
        timed += [sentence.text for sentence in sentences]
    if options.ner:
        sentences = list(ner_sentences(_lines(options.ner)))[-(options.ner_last or 0) :]
        figures["ner"] = _entity_figures(sentences, annotate(spark, settings, [sentence.text for sentence in sentences]))
        timed += [sentence.text for sentence in sentences]
    if options.posts:
        figures["posts"] = _post_figures(spark, settings, Path(options.posts), options.posts_from)
    if timed:
        figures["sentences_per_second"] = _speed(spark, settings, timed * options.repeat)
    return figures


def _need_annotator(settings: Settings) -> None:
    if not settings.text.annotator:
        raise HwaboError(
            "text.annotator names no model, so there are no morphemes or entities to judge: train one (hwabo train_annotators)."
        )


def _lines(name: str) -> list[str]:
    path = Path(name)
    if not path.is_file():
        raise HwaboError(f"{name} is no file: name a readable corpus.")
    return path.read_text(encoding="utf-8").splitlines()


def annotate(spark: SparkSession, settings: Settings, texts: Sequence[str]) -> list[tuple[Spans, Spans]]:
    """Morphemes and entities of every text, in order."""
    rows = spark.createDataFrame(list(enumerate(texts)), "number int, text string")
    no_lists = read_reference(_empty(spark, "celebrities"), _empty(spark, "places"), settings=settings.text)
    found = annotate_texts(rows.repartition(spark.sparkContext.defaultParallelism), reference=no_lists, settings=settings.text)
    by_number = {row["number"]: row for row in found.select("number", "sentence_begins", "vector_sizes", "labels").toLocalIterator()}
    columns = ([by_number[number][name] for number in range(len(texts))] for name in ("sentence_begins", "vector_sizes", "labels"))
    return label_spans(texts, *columns)


def _empty(spark: SparkSession, table: str) -> DataFrame:
    return spark.createDataFrame([], TABLES[table].schema)


def _treebank_figures(sentences: Sequence[Sentence], found: Sequence[tuple[Spans, Spans]]) -> dict[str, float]:
    cut = joint = have = want = 0
    for sentence, (morphemes, _) in zip(sentences, found, strict=True):
        gold, got = set(sentence.morphemes), set(morphemes)
        have, want, joint = have + len(got), want + len(gold), joint + len(gold & got)
        cut += len({span[:2] for span in gold} & {span[:2] for span in got})
    return {
        "segmentation_f1": round(f1(cut, have, want), 4),
        "joint_f1": round(f1(joint, have, want), 4),
        "treebank_sentences": len(sentences),
    }


def _entity_figures(sentences: Sequence[Sentence], found: Sequence[tuple[Spans, Spans]]) -> dict[str, float]:
    kinds = {kind: [0, 0, 0] for kind in ENTITY_TYPES}
    for sentence, (_, entities) in zip(sentences, found, strict=True):
        gold = {span for span in sentence.entities if span[2] in kinds}
        for index, spans in enumerate((gold & set(entities), set(entities), gold)):
            for span in spans:
                kinds[span[2]][index] += 1
    total = np.sum(list(kinds.values()), axis=0)
    figures = {"micro_f1": f1(*map(int, total)), **{kind: f1(*counts) for kind, counts in kinds.items()}}
    return {name: round(value, 4) for name, value in figures.items()} | {"sentences": len(sentences)}


def _post_figures(spark: SparkSession, settings: Settings, path: Path, first: int) -> dict[str, float]:
    records, reference, annotated = labelled_posts(spark, settings, path, first)
    found = found_tags(row.asDict() for row in decode(annotated, reference=reference).toLocalIterator())
    names = {form: celebrity for form, people in reference.names.meanings.items() for celebrity in people if celebrity}
    known = {form: places[0].value for form, places in reference.places.meanings.items() if places}
    return post_scores(records, found, names, known)


def labelled_posts(
    spark: SparkSession, settings: Settings, path: Path, first: int = 1
) -> tuple[list[dict[str, Any]], Reference, DataFrame]:
    """Labelled posts, the lists that they are compared with, and the posts annotated.

    Args:
        spark: the session.
        settings: of the texts.
        path: posts with `truth`, one a line; `celebrities.csv` and `places.csv` beside it, with the same beginning.
        first: the line to begin with.
    """
    records = [json.loads(line) for line in _lines(str(path)) if line.strip()][first - 1 :]
    stem = path.name.removesuffix(".jsonl").removesuffix("posts")
    people = [
        (row["celebrity_id"], row["name"], _several(row.get("aliases")), _several(row.get("groups")), row.get("occupation") or "")
        for row in _reference_file(path.parent, stem, "celebrities")
    ]
    shops: list[tuple[object, ...]] = [
        (row["place_id"], row["name"], _several(row.get("aliases")), row.get("service") or "", "", [])
        for row in _reference_file(path.parent, stem, "places")
    ]
    reference = read_reference(
        spark.createDataFrame(people, TABLES["celebrities"].schema),
        spark.createDataFrame(shops, TABLES["places"].schema),
        settings=settings.text,
    )
    posts = spark.createDataFrame([_post_row(record) for record in records], _POSTS)
    photos = spark.createDataFrame([row for record in records for row in _photo_rows(record)], _PHOTOS)
    texts = post_texts(posts, photos, settings=settings.text)
    return records, reference, annotate_texts(texts, reference=reference, settings=settings.text)


_POSTS = "post_id string, service string, place_id string, title string, body string, published_at timestamp"
_PHOTOS = "post_id string, position int, photo_id string, offset int, caption string"


def _post_row(record: dict[str, Any]) -> tuple[Any, ...]:
    published = datetime.fromisoformat(record["published_at"])
    return (record["post_id"], record.get("service"), record.get("place_id"), record.get("title"), record.get("body"), published)


def _photo_rows(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    photos = record.get("photos") or []
    return [(record["post_id"], number, str(number), photo.get("offset"), photo.get("caption")) for number, photo in enumerate(photos)]


def _several(value: str | None) -> list[str]:
    return [part for part in (value or "").split("|") if part]


def _reference_file(folder: Path, stem: str, name: str) -> list[dict[str, str]]:
    for path in (folder / f"{stem}{name}.csv", folder / f"{name}.csv"):
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                return list(csv.DictReader(lines))
    return []


def _speed(spark: SparkSession, settings: Settings, texts: Sequence[str]) -> float:
    """Sentences a second through the whole pipeline, tags included, after one warm-up."""
    rows = [(str(number), "news", None, "", text, datetime(2026, 3, 22, 9)) for number, text in enumerate(texts)]
    posts = spark.createDataFrame(rows, _POSTS).repartition(spark.sparkContext.defaultParallelism).cache()
    posts.count()
    reference = read_reference(_empty(spark, "celebrities"), _empty(spark, "places"), settings=settings.text)
    prepared = post_texts(posts, spark.createDataFrame([], _PHOTOS), settings=settings.text)
    tags = decode(annotate_texts(prepared, reference=reference, settings=settings.text), reference=reference)
    tags.where(F.col("post_id") < "2").write.format("noop").mode("overwrite").save()
    started = time.perf_counter()
    tags.write.format("noop").mode("overwrite").save()
    seconds = time.perf_counter() - started
    posts.unpersist()
    return round(len(texts) / seconds, 1)
