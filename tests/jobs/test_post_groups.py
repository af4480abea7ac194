"""Copies of posts kept up to date: increments give what one run over everything gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import mark_copies, post_moves, text_index
from jobs.job import Job
from jobs.lake import Lake, Written
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from jobs.tables import TABLES
from udfs import buckets

SEED = 11
SYLLABLES = list("가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후")
Posts = Mapping[str, str]


def _words(generator: np.random.Generator, count: int) -> list[str]:
    return ["".join(generator.choice(SYLLABLES, int(generator.integers(1, 5))).tolist()) for _ in range(count)]


def _edited(generator: np.random.Generator, text: str, share: float) -> str:
    words = text.split()
    for place in np.flatnonzero(generator.random(len(words)) < share):
        words[place] = _words(generator, 1)[0]
    return " ".join(words)


def _corpus(generator: np.random.Generator) -> dict[str, str]:
    """Chains of edits near the threshold, one template, notices inside longer posts, posts of their own; ids say nothing of the order."""
    texts: list[str] = []
    for _ in range(14):
        text = " ".join(_words(generator, 40))
        for _ in range(int(generator.integers(2, 6))):
            texts.append(text)
            text = _edited(generator, text, 0.07)
    template = " ".join(_words(generator, 35))
    texts += [f"{template} {number}번째 소식 {' '.join(_words(generator, 3))}" for number in range(25)]
    for _ in range(6):
        notice = " ".join(_words(generator, 30))
        texts += [notice, " ".join([*_words(generator, 30), notice, *_words(generator, 20)])]
    texts += [" ".join(_words(generator, 30)) for _ in range(20)]
    names = generator.permutation(len(texts))
    return {f"p{name:03}": text for name, text in zip(names.tolist(), texts, strict=True)}


def _write(spark: SparkSession, settings: Settings, posts: Posts) -> None:
    columns = TABLES["posts"].schema.names
    when = datetime(2026, 3, 1)
    rows = []
    for key, text in posts.items():
        values = {"post_id": key, "body": text, "service": "news", "published_at": when + timedelta(hours=sum(map(ord, key)) % 7)}
        rows.append(tuple(values.get(name) for name in columns))
    Lake(spark, settings.run.lake).replace("posts", spark.createDataFrame(rows, TABLES["posts"].schema))


def _mark(spark: SparkSession, settings: Settings) -> Job:
    with Job(spark, settings, "mark_copies", reads=("posts",), uses=settings.copies) as job:
        mark_copies.mark_posts(job, settings.copies)
    return job


def _settings(folder: Path, name: str, *more: str) -> Settings:
    run = RunSettings(lake=str(folder / name), run_id=name, now=parse_clock("2026-03-20T09:00:00+09:00"))
    # shingles of two syllables and many bands: small texts meet often, and buckets change their hubs
    small = ["copies.text_slots=64", "copies.text_shingle=2", "copies.text_anchor=12", "copies.text_anchor_window=8"]
    return load_settings(run, overrides=[*small, *more])


def _state(spark: SparkSession, settings: Settings) -> dict[str, set[tuple[object, ...]]]:
    lake = Lake(spark, settings.run.lake)
    copies = {tuple(row) for row in lake.read("post_copies").collect()}
    pairs = text_index.state_of(lake.read("text_pairs")).where("bands >= 1 or anchors >= 2")
    counted = {(row.left, row.right, row.bands, row.anchors) for row in pairs.collect()}
    return {"copies": copies, "pairs": counted}


@pytest.mark.slow  # four runs of the texts' half each
@pytest.mark.parametrize(("one_task_edges", "read_members"), [(4_000_000, 64), (60, 3)], ids=["small", "large"])
def test_increments_give_what_one_run_gives(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_task_edges: int, read_members: int
) -> None:
    monkeypatch.setattr(post_moves, "READ_MEMBERS", read_members)
    generator = np.random.default_rng(SEED)
    everything = _corpus(generator)
    names = generator.permutation(sorted(everything)).tolist()
    first = {name: everything[name] for name in names[:90]}
    second = first | {name: everything[name] for name in names[90:]}
    third = dict(second)
    for name in names[:8]:
        del third[name]
    for name in names[8:16]:
        third[name] = _edited(generator, third[name], 0.1)
    third[names[16]], third[names[17]] = third[names[17]], third[names[16]]
    third |= {name: everything[name] for name in names[:2]}  # gone and back within one increment: as it was
    step, anew = _settings(tmp_path, "steps", f"copies.one_task_edges={one_task_edges}"), _settings(tmp_path, "anew")
    _write(spark, step, first)
    _mark(spark, step)
    bases = set()
    for posts in (second, third):
        _write(spark, step, posts)
        job = _mark(spark, step)
        bases |= {row.base for row in job.lake.read("text_bands").select("base").collect()}
    assert len(bases) == 1, "the index was continued, not built anew"
    _write(spark, anew, third)
    _mark(spark, anew)
    grown, whole = _state(spark, step), _state(spark, anew)
    assert grown["pairs"] == whole["pairs"], f"seed {SEED}"
    assert grown["copies"] == whole["copies"], f"seed {SEED}"
    groups = {row[1] for row in whole["copies"]}
    assert 40 < len(groups) < len(whole["copies"]) - 30, "there are copies and posts of their own"


def _mark_and_die(spark: SparkSession, settings: Settings) -> None:
    """A run that is killed when it has written its tables, before it is noted as finished."""
    with suppress(KeyboardInterrupt), Job(spark, settings, "mark_copies", reads=("posts",), uses=settings.copies) as job:
        mark_copies.mark_posts(job, settings.copies)
        raise KeyboardInterrupt


@pytest.mark.slow
def test_what_a_killed_run_left_is_taken_back(spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
    generator = np.random.default_rng(SEED + 1)
    story = " ".join(_words(generator, 40))
    posts = {"a": story, "b": " ".join(_words(generator, 40)), "c": " ".join(_words(generator, 40))}
    settings = make_settings()
    _write(spark, settings, posts)
    _mark(spark, settings)
    _write(spark, settings, posts | {"d": _edited(generator, story, 0.03)})
    _mark_and_die(spark, settings)
    lake = Lake(spark, settings.run.lake)
    assert lake.read("text_bands").agg(F.max("version")).first()[0] == 2
    _write(spark, settings, {key: posts[key] for key in "ac"})
    _mark(spark, settings)
    assert {tuple(row) for row in lake.read("post_copies").collect()} == {("a", "a", True, 1.0), ("c", "c", True, 1.0)}
    assert text_index.state_of(lake.read("text_pairs")).collect() == []


@pytest.mark.slow
def test_what_a_killed_run_took_away_comes_back(spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
    generator = np.random.default_rng(SEED + 2)
    story = " ".join(_words(generator, 40))
    posts = {"a": story, "b": _edited(generator, story, 0.03), "c": " ".join(_words(generator, 40))}
    settings = make_settings()
    _write(spark, settings, posts)
    _mark(spark, settings)
    lake = Lake(spark, settings.run.lake)
    marked = {tuple(row) for row in lake.read("post_copies").collect()}
    _write(spark, settings, {key: posts[key] for key in "ac"})
    _mark_and_die(spark, settings)
    assert lake.read("post_copies").count() == 2
    _write(spark, settings, posts)  # nothing has changed since the last run that was finished
    _mark(spark, settings)
    assert {tuple(row) for row in lake.read("post_copies").collect()} == marked


def _shared_bands(lake: Lake) -> int:
    """Bands that two posts share, from the stored entries themselves."""
    rows = lake.read("text_bands").where("not anchor and not removed").select("entries").collect()
    entries = buckets.unpack(iter(bytes(row.entries) for row in rows))
    _, times = np.unique(entries["hash"], return_counts=True)
    return int((times == 2).sum())


@pytest.mark.slow
def test_a_run_killed_between_the_tables_of_the_index_is_made_up_for(
    spark: SparkSession, make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = np.random.default_rng(SEED + 3)
    story = " ".join(_words(generator, 40))
    settings = make_settings()
    posts = {"b": story, "c": " ".join(_words(generator, 40))}
    _write(spark, settings, posts)
    _mark(spark, settings)
    _write(spark, settings, posts | {"a": _edited(generator, story, 0.03)})
    append = Lake.append

    def killed(lake: Lake, name: str, rows: DataFrame, *, note: Mapping[str, int] | None = None) -> Written:
        if name == "text_pairs":
            raise KeyboardInterrupt
        return append(lake, name, rows, note=note)

    monkeypatch.setattr(Lake, "append", killed)
    with pytest.raises(KeyboardInterrupt):
        _mark(spark, settings)
    monkeypatch.undo()
    lake = Lake(spark, settings.run.lake)
    assert lake.read("text_bands").where("version = 2").count() > 0, "the first table was written"
    _mark(spark, settings)
    groups = {row.post_id: row.group_id for row in lake.read("post_copies").collect()}
    assert groups == {"a": "a", "b": "a", "c": "c"}
    (pair,) = text_index.state_of(lake.read("text_pairs")).collect()
    assert (pair.bands, pair.is_copy) == (_shared_bands(lake), True), "no bucket is counted twice"
