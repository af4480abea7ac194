"""The Spark NLP pipeline of tag_texts: documents, sentences, the annotator network where there is one, tokens and gazetteer matches."""

from __future__ import annotations

from typing import Any

from pyspark.ml import Pipeline, PipelineModel, Transformer
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs.resources import conf_digest, served_folder
from jobs.settings import TextSettings
from udfs.annotator_alphabet import (
    CHINESE_LETTER,
    CHINESE_PATTERN,
    COMMON_SYLLABLES,
    KANA_LETTER,
    KANA_PATTERN,
    KEPT_PATTERN,
    OTHER_LETTER,
    SPELLED_SYLLABLES,
    TRANSLATE_FROM,
    TRANSLATE_TO,
    readable,
)
from udfs.gazetteer import Gazetteer
from udfs.post_text import UNUSUAL_LETTERS, UNUSUAL_PATTERN, USUAL_LETTERS, Reference

_loaded: dict[tuple[str, str, str], Any] = {}
"""The session's annotator by application, name and digest of its files."""
LONGEST_READ = 100_000
"""Characters of a post that the annotator reads: its time grows with the square of a longer post's length (400,000 took 148 s, 34 s now).
Beyond them posts are looked through for names, places, kinds and times alone."""
_DELIMITER = "\u0001"


def usual_column(column: str) -> Column:
    """`usual_letters` of `udfs.post_text` as column functions, "" for null."""
    text = F.coalesce(column, F.lit(""))
    return F.when(text.rlike(UNUSUAL_PATTERN), F.translate(text, UNUSUAL_LETTERS, USUAL_LETTERS)).otherwise(text)


def readable_column(text: Column) -> Column:
    """`spelled(readable(text))` of `udfs.annotator_alphabet` as column functions: the text in the network's alphabet, offsets kept."""
    foreign = OTHER_LETTER * len(SPELLED_SYLLABLES)  # where a text itself has such characters they are no syllables
    translated = F.translate(text, TRANSLATE_FROM + COMMON_SYLLABLES + SPELLED_SYLLABLES, TRANSLATE_TO + SPELLED_SYLLABLES + foreign)
    chinese = F.regexp_replace(translated, CHINESE_PATTERN, CHINESE_LETTER)
    kana = F.regexp_replace(chinese, KANA_PATTERN, KANA_LETTER)
    spaced = F.regexp_replace(kana, r"[\p{Cc}&&[^\n]]", " ")
    unknown = KEPT_PATTERN[:-1] + f"{SPELLED_SYLLABLES[0]}-{SPELLED_SYLLABLES[-1]}]"
    replaced = F.regexp_replace(spaced, unknown, OTHER_LETTER)
    return F.when(translated.rlike(unknown[:-1].replace("\\s", " \n") + "]"), replaced).otherwise(translated)


def load_annotator(spark: SparkSession, *, settings: TextSettings, models: str = "") -> Transformer:
    """The annotator network as a stage from `sentence` to `labels`.

    That of conf/ is loaded once a session. No task may start meanwhile: Spark NLP hands the graph out by `SparkContext.addFile`, and where
    driver and executor share a folder a task that finds a file half copied there fails ("exists and does not match contents").

    Args:
        spark: the session.
        settings: annotator and sizes.
        models: where a cluster's executors find the annotator of conf/; not needed in one process.
    """
    from sparknlp.annotator import BertSentenceEmbeddings

    key = (str(spark.sparkContext.applicationId), settings.annotator, conf_digest(settings.annotator))
    annotator = _loaded.get(key) if key[2] else None
    if annotator is None:
        annotator = BertSentenceEmbeddings.load(served_folder(spark, settings.annotator, below=models)).setInputCols(["sentence"])
        _loaded.clear()
        _loaded[key] = annotator
    stage: Transformer = (
        annotator.setOutputCol("labels").setCaseSensitive(True).setMaxSentenceLength(256).setBatchSize(settings.annotator_batch)
    )
    return stage


def text_pipeline(
    spark: SparkSession, *, reference: Reference, settings: TextSettings, annotator: Transformer | None = None
) -> PipelineModel:
    """Documents, sentences, annotator (of `load_annotator`), tokens and matches, fitted; for the lists see `annotate_texts`.

    The annotator comes first because all columns that are there by then are taken apart and put together again for it (it maps
    partitions of rows); the stages behind it are columns like any other, which Spark leaves out where nobody reads them.
    """
    from sparknlp.annotator import RegexMatcher, RegexTokenizer, SentenceDetector
    from sparknlp.base import DocumentAssembler

    stages = []
    if settings.annotator:
        sentence_ends = readable(".!?")
        stages += [
            DocumentAssembler().setInputCol("readable").setOutputCol("readable_document"),
            SentenceDetector().setInputCols(["readable_document"]).setOutputCol("sentence").setUseAbbreviations(False)
            .setCustomBounds([f"[{sentence_ends}]+\\s+", "\n+"]).setUseCustomBoundsOnly(True)
            .setCustomBoundsStrategy("append"),  # a full stop belongs to its sentence, as in the corpora
            annotator or load_annotator(spark, settings=settings),
        ]  # fmt: skip
    stages += [
        DocumentAssembler().setInputCol("text").setOutputCol("document"),
        RegexTokenizer().setInputCols(["document"]).setOutputCol("token").setPattern(r"\s+").setToLowercase(False),
        *(
            RegexMatcher().setInputCols(["document"]).setOutputCol(name).setStrategy("MATCH_ALL").setDelimiter(_DELIMITER)
            .setRules([f"{gazetteer.pattern()}{_DELIMITER}{name}"])
            for name, gazetteer in _gazetteers(reference).items()
            if _served(gazetteer, settings)
        ),
    ]  # fmt: skip
    return Pipeline(stages=stages).fit(spark.createDataFrame([], "text string, readable string"))


def annotate_texts(texts: DataFrame, *, reference: Reference, settings: TextSettings, model: PipelineModel | None = None) -> DataFrame:
    """Adds what Spark NLP finds in `text`, as plain arrays.

    Args:
        texts: any columns and `text`.
        reference: lists of names, places and kinds of event.
        settings: annotator and sizes.
        model: of `text_pipeline`, where the caller has fitted it already.

    Returns:
        The columns but `text`, and for each gazetteer `<name>_begins`, `<name>_ends` (half-open; null when the list is looked up by the
        automaton in the UDF), and `sentence_begins`, `vector_sizes`, `labels` (null without an annotator), which
        `udfs.annotated_text.label_spans` reads.
    """
    model = model or text_pipeline(texts.sparkSession, reference=reference, settings=settings)
    annotated = model.transform(texts.withColumn("readable", readable_column(F.col("text").substr(1, LONGEST_READ))))
    columns: list[Column] = []
    for name, gazetteer in _gazetteers(reference).items():
        served = _served(gazetteer, settings)
        columns.append((F.col(f"{name}.begin") if served else F.lit(None).cast("array<int>")).alias(f"{name}_begins"))
        columns.append(
            (F.transform(f"{name}.end", lambda end: end + 1) if served else F.lit(None).cast("array<int>")).alias(f"{name}_ends")
        )
    found = {
        "sentence_begins": (F.col("labels.begin"), "array<int>"),
        "vector_sizes": (F.transform("labels.embeddings", F.size), "array<int>"),
        "labels": (F.flatten("labels.embeddings"), "array<float>"),
    }
    columns += [(column if settings.annotator else F.lit(None).cast(kind)).alias(name) for name, (column, kind) in found.items()]
    return annotated.select(*(column for column in texts.columns if column != "text"), *columns)


def _gazetteers(reference: Reference) -> dict[str, Gazetteer]:
    return {"names": reference.names, "places": reference.places, "kinds": reference.kind_words}


def _served(gazetteer: Gazetteer, settings: TextSettings) -> bool:
    """A regular expression of very many names is slow to build and read: larger lists go to the automaton."""
    return 0 < len(gazetteer.meanings) <= settings.matcher_names
