"""The evaluation itself, on a lake of a few rows whose figures can be told by hand."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from jobs.errors import HwaboError
from jobs.evaluate.sample import evaluate_sample
from jobs.lake import Lake
from jobs.tables import TABLES

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores

SEOUL = timezone(timedelta(hours=9))
EVENT = {
    "event": "e1", "celebrities": ["c1", "c2"], "kind": "concert", "place": "올림픽공원 올림픽홀",
    "starts_at": "2026-03-01T18:00:00+09:00", "ends_at": "2026-03-01T20:00:00+09:00",
}  # fmt: skip
POST = {"post_id": None, "url": "", "events": [], "about": [], "mentions": [], "time": None, "place": None, "kind": None, "place_id": None}
PHOTO = {"event": None, "place_id": None, "topic": None, "scene": "stage", "look": None, "copy_of": None, "copy_kind": None, "defect": None}


def truth_rows() -> dict[str, list[dict[str, Any]]]:
    told = {"events": ["e1"], "about": ["c1", "c2"], "time": "2026-03-01T18:00", "place": EVENT["place"], "kind": "concert"}
    shown = {"event": "e1", "look": "e1/0", "belongs": True, "outlier_kind": None}
    return {
        "events": [EVENT],
        "posts": [
            {**POST, **told, "post_id": "a", "url": "u/a", "copy_group": "a"},
            {**POST, **told, "url": "u/b", "copy_group": "a", "time": "2026-03-01"},  # its id is derived from the url
            {**POST, "post_id": "r", "url": "u/r", "copy_group": "r", "place_id": "p1"},
        ],
        "photos": [
            {**PHOTO, **shown, "uri": "1.jpg"},
            {**PHOTO, **shown, "uri": "2.jpg", "copy_of": "1.jpg", "copy_kind": "crop"},
            {**PHOTO, **shown, "uri": "3.jpg", "look": "e1/1"},
            {**PHOTO, **shown, "uri": "4.jpg", "belongs": False, "look": None, "outlier_kind": "logo"},
            {**PHOTO, **shown, "uri": "5.jpg", "defect": "blur"},
            {**PHOTO, "uri": "6.jpg", "place_id": "p1", "topic": "food", "belongs": True, "outlier_kind": None},
        ],
        "rejects": [
            {"source": "posts", "record": "broken-1", "kind": "bad_date"},
            {"source": "posts", "record": "broken-2", "kind": "not_json"},
        ],
    }


def table_rows() -> dict[str, list[dict[str, Any]]]:
    """A lake that has found everything."""

    def tag(post: str, kind: str, value: str) -> dict[str, Any]:
        return {"post_id": post, "field": "body", "kind": kind, "value": value, "begin": 0, "end": 1, "score": 0.9, "is_event": True}

    said = (("who", "c1"), ("who", "c2"), ("what", "concert"), ("where", "올림픽홀"))
    tags = [tag(post, kind, value) for post in ("a", "b*") for kind, value in said]
    tags += [tag("a", "when", "2026-03-01T18:00"), tag("b*", "when", "2026-03-01"), {**tag("r", "who", "c1"), "score": 0.2}]
    begin = datetime(2026, 3, 1, 18, tzinfo=SEOUL)
    verdicts = {"1": "kept", "2": "copy", "3": "kept", "4": "outlier", "5": "low_quality"}
    return {
        "posts": [{"post_id": "a", "url": "u/a"}, {"post_id": "b*", "url": "u/b"}, {"post_id": "r", "url": "u/r"}],
        "landing_photos": [{"uri": f"{number}.jpg", "photo_id": str(number)} for number in range(1, 7)],
        "text_tags": tags,
        "events": [{"event_id": f"x{one}", "celebrity_id": f"c{one}", "kind": "concert", "starts_at": begin} for one in (1, 2)],
        "event_posts": [{"event_id": event, "post_id": post, "score": 0.9} for post in ("a", "b*") for event in ("x1", "x2")],
        "event_photos": [{"event_id": "x1", "photo_id": photo, "verdict": verdict} for photo, verdict in verdicts.items()],
        "post_copies": [{"post_id": post, "group_id": group} for post, group in (("a", "a"), ("b*", "a"), ("r", "r"))],
        "photo_copies": [{"photo_id": str(number), "group_id": "1" if number == 2 else str(number)} for number in range(1, 7)],
        "place_photos": [{"place_id": "p1", "photo_id": "6", "topic": "food", "verdict": "kept"}],
        "rejects": [
            {"source": "posts-0", "record": "broken-1 {...", "stage": "s", "reason": "r"},
            {"source": "posts-1", "record": "broken-2", "stage": "s", "reason": "r"},
        ],
    }


def written(spark: SparkSession, folder: Path, tables: dict[str, list[dict[str, Any]]]) -> str:
    lake = Lake(spark, str(folder / "lake"))
    for name, rows in tables.items():
        columns = TABLES[name].columns
        frame = spark.createDataFrame([tuple(row.get(column) for column in columns) for row in rows], TABLES[name].schema)
        lake.append(name, frame)
    truth = folder / "truth"
    truth.mkdir()
    for name, rows in truth_rows().items():
        (truth / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return lake.uri


def test_a_perfect_lake_and_a_damaged_one(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "perfect").mkdir()
    figures = evaluate_sample(spark, written(spark, tmp_path / "perfect", table_rows()), tmp_path / "perfect" / "truth")
    for name in ("who", "events_bcubed", "post_copies", "photo_copies", "outliers"):
        assert figures[name]["f1"] == 1.0, name
    for name in ("event_time_exact", "kind_accuracy", "where_accuracy", "event_kind_accuracy", "scene_coverage", "place_topic_accuracy"):
        assert figures[name] == 1.0, name
    assert figures["event_begin"] == {"day": 1.0, "hour": 1.0}
    assert (figures["foreign_photos_kept"], figures["defect_photos_kept"], figures["copies_kept_together"]) == (0.0, 0.0, 0)
    assert figures["rejects"] == {"planted": 2, "found": 2, "missed_kinds": []}

    tables = table_rows()
    tables["text_tags"][-1]["score"] = 0.8  # a review taken for being about c1
    tables["text_tags"][-2]["value"] = "2026-03-02"
    tables["events"].append({"event_id": "y", "celebrity_id": "c1", "kind": "festival", "starts_at": datetime(2026, 3, 2, tzinfo=SEOUL)})
    tables["event_posts"][2]["event_id"] = "y"
    tables["event_photos"] = [{"event_id": "x1", "photo_id": photo, "verdict": "kept"} for photo in "1245"]
    tables["event_photos"].append({"event_id": "x1", "photo_id": "3", "verdict": "outlier"})
    tables["photo_copies"][1]["group_id"] = "2"
    tables["post_copies"][2]["group_id"] = "a"
    tables["place_photos"][0]["topic"] = "menu"
    tables["rejects"].pop()
    (tmp_path / "damaged").mkdir()
    figures = evaluate_sample(spark, written(spark, tmp_path / "damaged", tables), tmp_path / "damaged" / "truth")
    assert figures["who"] == {"precision": 0.8, "recall": 1.0, "f1": 0.8889, "found": 5, "true": 4}
    assert figures["event_time_exact"] == 0.5
    assert (figures["events_bcubed"]["precision"], figures["events_bcubed"]["recall"]) == (1.0, 0.75)
    assert (figures["photo_copies"]["recall"], figures["post_copies"]["precision"]) == (0.0, 0.3333)
    assert (figures["outliers"]["precision"], figures["outliers"]["recall"]) == (0.0, 0.0)
    assert (figures["foreign_photos_kept"], figures["defect_photos_kept"], figures["copies_kept_together"]) == (1.0, 1.0, 1)
    assert (figures["scene_coverage"], figures["place_topic_accuracy"]) == (0.5, 0.0)
    assert figures["rejects"] == {"planted": 2, "found": 1, "missed_kinds": ["not_json"]}


def test_wrong_folders_are_told(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(HwaboError, match="holds no truth"):
        evaluate_sample(spark, str(tmp_path / "lake"), tmp_path)
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "posts.jsonl").write_text("")
    with pytest.raises(HwaboError, match="holds no posts"):
        evaluate_sample(spark, str(tmp_path / "lake"), tmp_path / "truth")
