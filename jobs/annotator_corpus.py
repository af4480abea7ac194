"""The annotator's training sentences: from corpus files to the Delta table, and from its live files into torch through petastorm."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyspark.sql import DataFrame, SparkSession

from jobs.errors import HwaboError
from jobs.tables import TABLES
from udfs.annotator_alphabet import piece_ids
from udfs.annotator_corpora import Sentence, conllu_sentences, ner_sentences
from udfs.annotator_course import TrainingSentence
from udfs.annotator_labels import CLASSES, TAG_NUMBER, UNSEEN, bioes, class_of
from udfs.annotator_swaps import swap_names
from udfs.annotator_teacher import silver_labels

LONGEST = 300
TEST_ENTITIES = 500
SWAPS = 4
REVIEW_LENGTHS = (25, 200)
_GOLD = "corpus string, split string, number int, text string, ids binary, morphemes binary, entities binary, classes binary"


def read_corpora(spark: SparkSession, folder: Path, *, reviews: int) -> DataFrame:
    """Gold labels of every sentence of the corpora below a folder (columns of `training_sentences` but the silver ones).

    GSD dev (split dev) and the last 500 sentences of the entity corpus (split test) are held out. Sentences of the entity corpus come up
    to `SWAPS` times more with other persons and places in them (corpus `swapped`).

    Raises:
        HwaboError: when a corpus is missing.
    """
    rows: list[tuple[object, ...]] = []
    held: set[str] = set()
    for corpus, split, name in (("gsd", "train", "ud/gsd-train"), ("gsd", "dev", "ud/gsd-dev"), ("kaist", "train", "ud/kaist-train")):
        for number, sentence in enumerate(conllu_sentences(_lines(folder / f"{name}.conllu"))):
            rows.append(_row(corpus, split, number, sentence, morphemes=_morphemes(sentence)))
            if split != "train":
                held.add(sentence.text)
    entities = list(ner_sentences(_lines(folder / "ner/klue-ner.tsv")))
    classes = list(ner_sentences(_lines(folder / "ner/konec-150-classes.tsv")))
    names = {kind: _names(folder / f"gazetteer/{name}.tsv") for kind, name in (("PS", "persons"), ("LC", "places"))}
    for number, (coarse, fine) in enumerate(zip(entities, classes, strict=True)):
        split = "test" if len(entities) - number <= TEST_ENTITIES else "train"
        _, offsets = piece_ids(coarse.text)
        labels = bioes(coarse.entities, offsets)
        rows.append(_row("klue", split, number, coarse, entities=labels, classes=_classes(coarse, fine, offsets)))
        if split != "train":
            held.add(coarse.text)
            continue
        for seed in range(number, SWAPS * len(entities), len(entities)):
            other = swap_names(coarse, names, seed=seed)
            if other is not coarse:
                rows.append(_row("swapped", split, seed, other, entities=bioes(other.entities, piece_ids(other.text)[1])))
    for corpus, name in (("news", "raw/news-sentences.txt"), ("reviews", "raw/review-sentences.txt")):
        texts = [line.strip() for line in _lines(folder / name)]
        rows += [
            _row(corpus, "train", number, Sentence(text)) for number, text in enumerate(texts) if 5 < len(text) < 250 and text not in held
        ]
    rows += [
        _row("movies", "train", number, Sentence(text))
        for number, text in enumerate(_reviews(folder / "raw/movie-reviews.parquet", reviews))
    ]
    return spark.createDataFrame([row for row in rows if len(str(row[3])) < LONGEST and len(row[4]) > 4], _GOLD)  # type: ignore[arg-type]


def corpora_digest(folder: Path, *, reviews: int) -> str:
    """Names, sizes and times of the corpora's files and how much of them is read: what the labels depend on."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    state = [(path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return _digest(f"{state} {reviews} {SWAPS}")


def with_silver_labels(gold: DataFrame) -> DataFrame:
    """Adds what Kiwi and mecab-ko say; both are built once a worker."""
    schema = TABLES["training_sentences"].schema
    columns = schema.fieldNames()

    def label(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        from kiwipiepy import Kiwi
        from mecab import MeCab

        kiwi, mecab = Kiwi(num_workers=1), MeCab()
        for batch in batches:
            found = list(silver_labels(batch["text"].tolist(), kiwi, mecab))
            batch["sentence_id"] = batch["corpus"] + "-" + batch["split"] + "-" + batch["number"].astype(str)
            batch["silver"] = [_bytes(one.morphemes) for one in found]
            batch["senses"] = [one.senses.astype("<i4").tobytes() for one in found]
            batch["names"] = [_bytes(one.names) for one in found]
            yield batch[columns]

    return gold.mapInPandas(label, schema)


def load_sentences(files: Sequence[str]) -> tuple[list[TrainingSentence], list[int]]:
    """Reads the table's live files through petastorm.

    Args:
        files: addresses of the Parquet files, as `DataFrame.inputFiles` gives them.

    Returns:
        Sentences sorted by corpus, split and number, and Kiwi's numbers of all morphemes, the most frequent first; a sentence's `senses`
        are places in that list, plus one.
    """
    from petastorm import make_batch_reader

    rows: list[dict[str, Any]] = []
    with make_batch_reader(sorted(files), num_epochs=1, shuffle_row_groups=False, workers_count=1, reader_pool_type="thread") as reader:
        for batch in reader:
            columns = [getattr(batch, column) for column in _READ]
            rows += [dict(zip(_READ, values, strict=True)) for values in zip(*columns, strict=True)]
    rows.sort(key=lambda row: (row["corpus"], row["split"], row["number"]))
    senses = [np.frombuffer(row["senses"], dtype="<i4") for row in rows]
    values, counts = np.unique(np.concatenate(senses), return_counts=True)
    known = [int(value) for value in values[np.lexsort((values, -counts))] if value >= 0]
    place = {value: number for number, value in enumerate(known, start=1)}
    sentences = [
        TrainingSentence(
            corpus=str(row["corpus"]),
            split=str(row["split"]),
            ids=np.frombuffer(row["ids"], dtype="<i4").astype(np.int64),
            senses=np.array([place.get(int(value), 0) for value in sense], dtype=np.int64),
            **{name: _labels(row[name]) for name in ("morphemes", "entities", "classes", "silver", "names")},
        )
        for row, sense in zip(rows, senses, strict=True)
    ]
    return sentences, known


_READ = ("corpus", "split", "number", "ids", "morphemes", "entities", "classes", "silver", "senses", "names")


def _labels(value: bytes) -> NDArray[np.int64]:
    return np.frombuffer(value, dtype="<i2").astype(np.int64)


def _bytes(labels: NDArray[np.integer]) -> bytes:  # type: ignore[type-arg]
    return labels.astype("<i2").tobytes()


def _row(
    corpus: str, split: str, number: int, sentence: Sentence, *, morphemes: NDArray[np.int64] | None = None,
    entities: NDArray[np.int64] | None = None, classes: NDArray[np.int64] | None = None,
) -> tuple[object, ...]:  # fmt: skip
    ids, _ = piece_ids(sentence.text)
    gold = (b"" if labels is None else _bytes(labels) for labels in (morphemes, entities, classes))
    return (corpus, split, number, sentence.text, ids.astype("<i4").tobytes(), *gold)


def _morphemes(sentence: Sentence) -> NDArray[np.int64]:
    labels = np.full(len(sentence.text) + 1, UNSEEN, dtype=np.int64)
    for begin, end, tag in sentence.morphemes:
        labels[begin:end] = 2 * TAG_NUMBER[tag] + 1
        labels[begin] = 2 * TAG_NUMBER[tag]
    return labels[piece_ids(sentence.text)[1]]


def _classes(coarse: Sentence, fine: Sentence, offsets: NDArray[np.int64]) -> NDArray[np.int64] | None:
    if len(coarse.text) != len(fine.text):
        return None
    labels = np.zeros(len(fine.text) + 1, dtype=np.int64)
    for begin, end, name in fine.entities:
        labels[begin:end] = CLASSES.index(class_of(name))
    return labels[offsets]


def _names(path: Path) -> list[str]:
    """Hangul names of a gazetteer (first column), an empty list where there is none."""
    if not path.is_file():
        return []
    names = {line.split("\t")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()}
    return sorted(name for name in names if 2 <= len(name) <= 5 and all("가" <= letter <= "힣" for letter in name))


def _reviews(path: Path, most: int) -> list[str]:
    texts = pd.read_parquet(path, columns=["review"])["review"].dropna().str.strip()
    chosen = sorted(set(texts[texts.str.len().between(*REVIEW_LENGTHS) & texts.str.contains("[가-힣]")]), key=_digest)
    return chosen[:most]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise HwaboError(f"{path} does not exist: set training.annotator_corpora to the folder with ud/, ner/ and raw/.")
    return path.read_text(encoding="utf-8").splitlines()
