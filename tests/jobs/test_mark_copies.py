"""Copies of posts and photos: planted groups come out exactly, in the lake and without one."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from PIL import Image
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import copies_alone, mark_copies, text_copies, text_groups
from jobs.pooled_tags import pooled_tags
from jobs.settings import Settings
from jobs.staging import Staging
from jobs.tables import TABLES
from tests.pictures import copies, picture, saved
from udfs.copy_text import normalise
from udfs.minhash import Banding

WORDS = [
    "공항",
    "출국",
    "무대",
    "가수",
    "배우",
    "팬",
    "미소",
    "인사",
    "현장",
    "공연",
    "기자",
    "회견",
    "드라마",
    "주연",
    "관객",
    "서울",
    "부산",
    "저녁",
    "아침",
    "사진",
    "촬영",
    "행사",
    "시상식",
    "축제",
    "콘서트",
]
RULE = text_copies.TextRule(
    threshold=0.7,
    shingle=3,
    banding=Banding(32, 4),
    parts=4,
    minimum=10,
    containment=0.85,
    containment_share=0.2,
    anchor=16,
    anchor_window=12,
)


def _story(generator: np.random.Generator, words: int) -> str:
    return " ".join(generator.choice(WORDS, words)) + "."


def _plant(generator: np.random.Generator) -> dict[str, str]:
    """Thirty stories, ten with two edited copies; one template with small differences; one notice inside a longer article."""
    texts = {f"s{number:02}": _story(generator, 30) for number in range(30)}
    for number in range(10):
        words = texts[f"s{number:02}"].split()
        texts[f"s{number:02}b"] = " ".join([*words[:12], "새로", *words[13:]])
        texts[f"s{number:02}c"] = f"[한국소식 홍길동 기자] {texts[f's{number:02}']}\n무단 전재 및 재배포 금지"
    template = _story(generator, 40)
    texts |= {f"t{number:02}": f"{template} {number}번째 소식" for number in range(25)}
    texts["n0"] = _story(generator, 16)
    texts["n1"] = f"{_story(generator, 12)} {texts['n0']} {_story(generator, 14)}"
    return texts


def _shingles(text: str) -> set[str]:
    return {text[place : place + RULE.shingle] for place in range(len(text) - RULE.shingle + 1)}


def _brute_force(texts: dict[str, str]) -> dict[str, str]:
    """Smallest id of each text's group, by comparing every pair."""
    sets = {key: _shingles(normalise(text)) for key, text in texts.items()}
    graph = nx.Graph()
    graph.add_nodes_from(texts)
    for one, other in itertools.combinations(texts, 2):
        a, b = sets[one], sets[other]
        common, small, large = len(a & b), min(len(a), len(b)), max(len(a), len(b))
        contained = common / small >= RULE.containment and small >= RULE.containment_share * large
        if contained or common / len(a | b) >= RULE.threshold:
            graph.add_edge(one, other)
    return {key: min(group) for group in nx.connected_components(graph) for key in group}


@pytest.mark.parametrize(
    ("one_task_edges", "most_members"), [(1000, 1000), (1000, 5), (10, 1000)], ids=["where they meet", "checked in one task", "in rounds"]
)
def test_groups_of_texts_are_those_of_brute_force(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_task_edges: int, most_members: int
) -> None:
    monkeypatch.setattr(text_groups, "MOST_MEMBERS", most_members)
    texts = _plant(np.random.default_rng(3))
    frame = spark.createDataFrame(list(texts.items()), "id string, text string").repartition(3)
    with Staging(spark, str(tmp_path / "staging")) as staging:
        rows = copies_alone.mark_texts(frame, RULE, one_task_edges=one_task_edges, keep=staging.keep).collect()
    assert list(tmp_path.iterdir()) == [], "working files are gone"
    assert {row.id: row.group_id for row in rows} == _brute_force(texts)
    assert len(rows) == len(texts)
    groups = {row.group_id for row in rows}
    assert sorted(row.group_id for row in rows if row.is_keeper) == sorted(groups), "one keeper a group"
    assert all(row.similarity == 1.0 for row in rows if row.is_keeper)
    keepers = {row.group_id: row.id for row in rows if row.is_keeper}
    for row in rows:
        one, other = _shingles(normalise(texts[row.id])), _shingles(normalise(texts[keepers[row.group_id]]))
        jaccard, contained = len(one & other) / len(one | other), len(one & other) / min(len(one), len(other))
        assert row.similarity in (round(jaccard, 6), round(contained, 6)), row
    assert {row.group_id for row in rows if row.id in ("n0", "n1")} == {"n0"}, "a notice inside an article"


def test_texts_without_candidates_stand_alone(spark: SparkSession, tmp_path: Path) -> None:
    frame = spark.createDataFrame([("a", "짧다"), ("b", None), ("c", _story(np.random.default_rng(4), 30))], "id string, text string")
    with Staging(spark, str(tmp_path / "staging")) as staging:
        rows = copies_alone.mark_texts(frame, RULE, one_task_edges=1000, keep=staging.keep).collect()
    assert sorted(map(tuple, rows)) == [(key, key, True, 1.0) for key in "abc"]


@pytest.mark.parametrize("kind", ["delta", "parquet"])
def test_any_table_of_texts_is_marked_without_a_lake(
    spark: SparkSession, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    story = _story(np.random.default_rng(5), 30)
    rows = [(1, story), (2, f"{story} 새로"), (3, _story(np.random.default_rng(6), 30)), (4, None)]
    source, out = str(tmp_path / "texts"), str(tmp_path / "out")
    spark.createDataFrame(rows, "id long, text string").coalesce(1).write.format(kind).save(source)
    assert mark_copies.main(["--texts", source, "--out", out]) == 0, capsys.readouterr().err
    written = spark.read.format("delta").load(out)
    assert [(field.name, field.dataType.simpleString()) for field in written.schema] == [
        ("id", "string"), ("group_id", "string"), ("is_keeper", "boolean"), ("similarity", "double"),
    ]  # fmt: skip
    found = {row.id: row for row in written.collect()}
    assert {key: row.group_id for key, row in found.items()} == {"1": "1", "2": "1", "3": "3", "4": "4"}
    assert sorted(row.is_keeper for row in (found["1"], found["2"])) == [False, True]
    assert min(found["1"].similarity, found["2"].similarity) == round(
        len(_four(normalise(story))) / len(_four(normalise(f"{story} 새로"))), 6
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts"], "working files are gone"


def _four(text: str) -> set[str]:
    return {text[place : place + 4] for place in range(len(text) - 3)}


def test_a_table_that_cannot_be_used_is_one_line(spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mark_copies.main(["--texts", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    spark.createDataFrame([("a", "b")], "id string, words string").write.parquet(str(tmp_path / "texts"))
    assert mark_copies.main(["--texts", str(tmp_path / "texts"), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 2
    assert "neither a Delta nor a Parquet table" in said[0]
    assert "has no column text (it has id, words)" in said[1]
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_photos_of_a_folder_without_a_lake(spark: SparkSession, tmp_path: Path, make_settings: Callable[..., Settings]) -> None:
    folder = tmp_path / "photos"
    for number in range(6):
        place = folder / f"p{number}"
        place.mkdir(parents=True)
        image = picture(number)
        (place / "a.jpg").write_bytes(saved(image))
        if number < 2:
            for name, content in copies(image).items():
                (place / f"{name}.jpg").write_bytes(content)
    (folder / "broken.jpg").write_bytes(b"no image at all")
    described = copies_alone.read_photos(spark, str(folder), pixel_limit=10_000_000)
    copies_alone.write(
        copies_alone.mark_photos(described, mark_copies.photo_rule(make_settings().copies), one_task_edges=1000), str(tmp_path / "out")
    )
    written = spark.read.format("delta").load(str(tmp_path / "out"))
    assert written.columns == ["id", "group_id", "is_keeper", "similarity"]
    groups = {row.id: row.group_id for row in written.collect()}
    assert len(groups) == 6 + 2 * 5 + 1
    assert all(group.split("/")[0] == name.split("/")[0] for name, group in groups.items()), "different pictures stay apart"
    assert groups["broken.jpg"] == "broken.jpg"
    for number in range(2):
        assert {groups[f"p{number}/{name}.jpg"] for name in ("a", "crop", "flip", "banner", "small", "turned")} == {f"p{number}/a.jpg"}


def _rows(spark: SparkSession, table: str, rows: list[dict[str, object]]) -> DataFrame:
    schema = TABLES[table].schema
    return spark.createDataFrame([tuple(row.get(name) for name in schema.names) for row in rows], schema)


def test_words_of_copies_are_pooled_on_the_keeper(spark: SparkSession) -> None:
    post_photos = _rows(spark, "post_photos", [
        {"post_id": "a", "position": 0, "photo_id": "x", "offset": 10},
        {"post_id": "b", "position": 1, "photo_id": "y", "offset": None},
        {"post_id": "c", "position": 0, "photo_id": "x", "offset": 0},
    ])  # fmt: skip
    tag = {"begin": 0, "end": 2, "score": 0.5, "kind": "keyphrase"}
    text_tags = _rows(spark, "text_tags", [
        {**tag, "post_id": "a", "field": "body", "value": "공항", "begin": 110, "end": 112},
        {**tag, "post_id": "b", "field": "caption", "photo_position": 1, "value": "미소"},
        {**tag, "post_id": "b", "field": "caption", "photo_position": 0, "value": "남의 설명"},
        {**tag, "post_id": "b", "field": "title", "value": "공항"},
        {**tag, "post_id": "c", "field": "title", "value": "공항"},
        {**tag, "post_id": "a", "field": "title", "kind": "who", "value": "c01"},
        {**tag, "post_id": "a", "field": "title", "kind": "when", "value": "2026-01-01", "is_event": False},
        {**tag, "post_id": "a", "field": "title", "kind": "when", "value": "2026-03-08T14:00", "is_event": True},
    ])  # fmt: skip
    post_copies = _rows(
        spark, "post_copies", [{"post_id": post, "group_id": group} for post, group in (("a", "a"), ("b", "a"), ("c", "c"))]
    )
    photo_copies = _rows(spark, "photo_copies", [
        {"photo_id": "x", "group_id": "x", "is_keeper": False}, {"photo_id": "y", "group_id": "x", "is_keeper": True},
    ])  # fmt: skip
    same_id = [("who", "c01", "한서윤"), ("where", "c01", "한서윤의 집")]
    names = spark.createDataFrame(same_id, "kind string, value string, name string")
    found = pooled_tags(post_photos, text_tags, post_copies, photo_copies, names, reach=100, limit=9)
    rows = {row.tag: (row.photo_id, row.source, row.score) for row in found.collect()}
    # 공항: 0.3 from the two posts that copy each other, which count once, and 0.3 from the third post
    assert rows == {"공항": ("y", "text", 0.51), "미소": ("y", "text", 0.5), "한서윤": ("y", "text", 0.3), "3월 8일": ("y", "text", 0.3)}


@pytest.mark.slow
def test_the_job_marks_every_post_and_photo_and_settles(spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
    from jobs.job import Job
    from udfs.decode import decode
    from udfs.geometry import describe

    settings = make_settings()
    texts = _plant(np.random.default_rng(4))
    with Job(spark, settings, "preparation") as job:
        when = datetime(2026, 3, 1)
        posts = [{"post_id": key, "service": "news", "title": None, "body": text, "published_at": when} for key, text in texts.items()]
        job.replace("posts", _rows(spark, "posts", posts))
        image = picture(9)
        files = {"p0": saved(image), **{f"p{name}": content for name, content in copies(image).items()}, "q": saved(picture(8))}
        sizes = {key: Image.open(io.BytesIO(content)).size for key, content in files.items()}
        job.replace("photos", _rows(spark, "photos", [{"photo_id": key, "width": w, "height": h} for key, (w, h) in sizes.items()]))
        geometry = {key: describe(decode(content, 640)[0]) for key, content in files.items()}
        features = [{"photo_id": key, "geometry": value} for key, value in geometry.items()] + [{"photo_id": "bad", "error": "no image"}]
        job.replace("photo_features", _rows(spark, "photo_features", features))
        job.replace("post_photos", _rows(spark, "post_photos", [{"post_id": "s00", "position": 0, "photo_id": "pcrop", "offset": 0}]))
        tag = {"post_id": "s00", "field": "title", "kind": "keyphrase", "value": "공항", "begin": 0, "end": 2, "score": 0.5}
        job.replace("text_tags", _rows(spark, "text_tags", [tag]))
    report = mark_copies.run(spark, settings)
    assert report.written["post_copies"].inserted == len(texts)
    posts_marked = job.lake.read("post_copies")
    assert posts_marked.where("is_keeper").count() == posts_marked.select("group_id").distinct().count()
    assert posts_marked.where(F.col("group_id") == "t00").count() == 25
    photos = {row.photo_id: row for row in job.lake.read("photo_copies").collect()}
    assert set(photos) == set(files), "every photo has a row"
    assert {key for key, row in photos.items() if row.group_id == photos["p0"].group_id} == set(files) - {"q"}
    keeper = next(key for key, row in photos.items() if row.is_keeper and key != "q")
    assert "crop" in (photos["pcrop"].reason or "")
    assert photos["pcrop"].reason.startswith(f"copy of {keeper}")
    assert "mirrored" in photos["pflip"].reason or keeper == "pflip"
    assert [row.photo_id for row in job.lake.read("photo_tags").collect()] == [keeper]
    versions = {name: job.lake.version(name) for name in ("post_copies", "photo_copies", "photo_tags")}
    mark_copies.run(spark, make_settings(full=True))
    assert {name: job.lake.version(name) for name in versions} == versions, "nothing to change, no commit"
