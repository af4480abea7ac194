"""Photos of a hand-made event and of a hand-made place: verdicts, reasons, copies, captions, corrections, views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pyspark.sql import SparkSession

from jobs import captions, compose_places, compose_timelines
from jobs.lake import Lake
from jobs.sql import query
from tests.conftest import settings_below
from tests.jobs.hand_made import Row, frame, seoul, tag


@dataclass(frozen=True)
class State:
    """What one run of compose_timelines left."""

    photos: dict[str, Any]
    captions: set[str]
    timeline: list[Any]
    versions: list[int]


def features(photo_id: str, seed: int, **values: Any) -> Row:
    random = np.random.default_rng(seed)
    embedding = np.ones(16) * 0.6 + random.normal(size=16)
    parts = dict.fromkeys(("sharpness", "exposure", "contrast", "noise", "resolution", "face", "overlay"), 0.8)
    return {
        "photo_id": photo_id,
        "embedding": (embedding / np.linalg.norm(embedding)).tolist(),
        "appearance": [1.0, 0.0, 0.0],
        "quality": {**parts, "score": values.pop("score", 0.8)},
        "people": 1,
        "photo_type": "person",
        **values,
    }


REVIEW = "성수 가게 외관이에요.\n\n들깨국수와 김치가 맛있어요.\n\n메뉴판 가격은 이래요. 재방문 의사 있어요."


def said(kind: str, surface: str, **values: Any) -> Row:
    """A tag of the review's body, where it stands."""
    return tag("r", kind, surface, begin=REVIEW.index(surface), end=REVIEW.index(surface) + len(surface), **values)


def tables() -> dict[str, list[Row]]:
    """One event with nine photos (a copy, a poor one, an old one, one from the files, one of another's look, one in other clothes that
    its caption places there), one restaurant with three."""
    return {
        "celebrities": [{"celebrity_id": "c1", "name": "아이유", "aliases": [], "groups": [], "occupation": "가수"}],
        "events": [
            {
                "event_id": "e1",
                "celebrity_id": "c1",
                "kind": "airport_departure",
                "title": "아이유, 인천국제공항 출국",
                "place": "인천국제공항",
                "starts_at": seoul("2026-03-02T09:00"),
                "ends_at": seoul("2026-03-02T11:00"),
                "posts": 2,
                "photos": 7,
                "keywords": [],
                "upcoming": False,
                "precision": "hour",
            }
        ],
        "event_posts": [{"event_id": "e1", "post_id": name, "score": 1.0} for name in ("a", "b")],
        "posts": [
            {"post_id": "a", "service": "news", "title": "가", "body": "", "press": "하나일보", "published_at": seoul("2026-03-02T10:00")},
            {"post_id": "b", "service": "news", "title": "나", "body": "", "press": "두리일보", "published_at": seoul("2026-03-02T12:00")},
            {
                "post_id": "old",
                "service": "news",
                "title": "다",
                "body": "",
                "press": "하나일보",
                "published_at": seoul("2025-03-02T12:00"),
            },
            {
                "post_id": "r",
                "service": "review",
                "title": "국수",
                "place_id": "p1",
                "press": "먹보",
                "published_at": seoul("2026-03-01T12:00"),
                "body": REVIEW,
            },
        ],
        "post_photos": [
            *(
                {"post_id": "a", "position": number, "photo_id": name, "offset": 0}
                for number, name in enumerate(("k1", "k2", "poor", "past"))
            ),
            {"post_id": "a", "position": 4, "photo_id": "second", "offset": 0, "caption": "아이유가 공항에서 손을 흔들고 있다."},
            {"post_id": "b", "position": 3, "photo_id": "filed", "offset": 0, "caption": "아이유 자료사진"},
            *({"post_id": "b", "position": number, "photo_id": name, "offset": 0} for number, name in enumerate(("k1copy", "k3", "other"))),
            {"post_id": "old", "position": 0, "photo_id": "past", "offset": 0},
            {"post_id": "r", "position": 0, "photo_id": "front", "offset": REVIEW.index("들깨")},
            {"post_id": "r", "position": 1, "photo_id": "noodles", "offset": REVIEW.index("메뉴판")},
            {"post_id": "r", "position": 2, "photo_id": "board", "offset": len(REVIEW), "caption": "메뉴판"},
        ],
        "text_tags": [
            tag("a", "where", "p2", field="caption", photo_position=4),
            *(said("keyphrase", word) for word in ("성수", "들깨국수", "메뉴판", "재방문 의사")),
            said("keyphrase", "김치", score=0.5),
            said("where", "성수"),
        ],
        "photo_copies": [
            {"photo_id": "k1", "group_id": "k1", "is_keeper": True, "similarity": 1.0},
            {"photo_id": "k1copy", "group_id": "k1", "is_keeper": False, "similarity": 0.95},
        ],
        "photo_features": [
            *(features(name, seed) for seed, name in enumerate(("k1", "k1copy", "k2", "k3", "past"))),
            features("poor", 7, score=0.1),
            features("other", 8, appearance=[0.0, 1.0, 0.0]),
            features("second", 9, appearance=[0.0, 0.0, 1.0]),
            features("filed", 10),
            *(
                features(name, 20 + seed, appearance=None, people=0, photo_type="other")
                for seed, name in enumerate(("front", "noodles", "board"))
            ),
        ],
        "photos": [
            {"photo_id": name, "uri": f"{name}.jpg"}
            for name in ("k1", "k1copy", "k2", "k3", "past", "poor", "other", "second", "filed", "front", "noodles", "board")
        ],
        "photo_tags": [
            {"photo_id": "k1", "tag": "정장", "source": "visual", "score": 0.9},
            {"photo_id": "k1", "tag": "우산", "source": "visual", "score": 0.3},
            {"photo_id": "k1", "tag": "공항", "source": "text", "score": 0.7},
        ],
        "places": [
            {"place_id": "p1", "name": "골목국수", "aliases": [], "service": "restaurant", "address": "", "reference_photos": ["front"]},
            {"place_id": "p2", "name": "인천국제공항", "aliases": [], "service": "attraction", "address": "", "reference_photos": []},
        ],
    }


MADE = seoul("2026-03-19T00:00")
CORRECTIONS = [
    {"correction_id": "x1", "action": "hide_photo", "event_id": "e1", "photo_id": "k1copy", "made_at": MADE},
    {"correction_id": "x2", "action": "pin_photo", "photo_id": "poor", "made_at": MADE},
    {"correction_id": "x3", "action": "hide_photo", "event_id": "other", "photo_id": "k2", "made_at": MADE},
]


@dataclass(frozen=True)
class Built:
    """What the jobs left.

    Attributes:
        states: of the timeline: `first` run, after `corrections`, after `words` of a post elsewhere, rebuilt from nothing: `full`.
        place_photos: the place's photos.
        topics: of the place.
    """

    states: dict[str, State]
    place_photos: dict[str, Any]
    topics: list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def built(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Built:
    make_settings = settings_below(tmp_path_factory.mktemp("timelines"))
    lake = Lake(spark, make_settings().run.lake)
    for name, rows in tables().items():
        lake.replace(name, frame(spark, name, rows))

    def run(**run: Any) -> State:
        compose_timelines.run(spark, make_settings(**run))
        photos = {row["photo_id"]: row for row in lake.read("event_photos").collect()}
        captions = {row["photo_id"] for row in lake.read("photo_tags").where("source = 'caption'").collect()}
        timeline = query(spark, make_settings(), "SELECT * FROM timeline").collect()
        return State(photos, captions, timeline, [lake.version(name) for name in ("event_photos", "photo_tags")])

    states = {"first": run()}
    lake.upsert("corrections", frame(spark, "corrections", CORRECTIONS))
    states["corrections"] = run()
    # a post that is in no event says more of a photo of the event
    lake.upsert("text_tags", frame(spark, "text_tags", [tag("old", "keyphrase", "화보")]))
    lake.upsert("photo_tags", frame(spark, "photo_tags", [{"photo_id": "past", "tag": "화보", "source": "text", "score": 0.4}]))
    states["words"] = run()
    states["full"] = run(full=True)

    compose_places.run(spark, make_settings())
    place_photos = {row["photo_id"]: row for row in lake.read("place_photos").collect()}
    topics = query(spark, make_settings(), "SELECT rank, topic, photos_shown, keywords FROM photo_summary ORDER BY rank").collect()
    return Built(states, place_photos, [tuple(row) for row in topics])


def test_posts_about_several_people_are_told(spark: SparkSession) -> None:
    events = spark.createDataFrame(
        [("e1", "c1", 2), ("e2", "c2", 2), ("e3", "c1", 3), ("e4", "c3", 1)], "event_id string, celebrity_id string, posts int"
    )
    told = [("e1", "a"), ("e1", "b"), ("e2", "a"), ("e2", "b"), ("e3", "x"), ("e3", "y"), ("e3", "z"), ("e4", "x")]
    event_posts = spark.createDataFrame(told, "event_id string, post_id string")
    found = compose_timelines.several_people(events, event_posts, events).collect()
    assert {row["event_id"]: row["several"] for row in found} == {"e1": True, "e2": True, "e3": False, "e4": True}


def test_every_photo_of_an_event_has_a_verdict_and_a_reason(built: Built) -> None:
    photos = built.states["first"].photos
    assert {name: row["verdict"] for name, row in photos.items()} == {
        "k1": "kept",
        "k2": "kept",
        "k3": "kept",
        "k1copy": "copy",
        "poor": "low_quality",
        "past": "outlier",
        "other": "outlier",
        "filed": "outlier",
        "second": "kept",
    }
    assert all(row["reason"] for row in photos.values())
    assert photos["k1copy"]["copy_of"] == "k1"
    assert "k1" in photos["k1copy"]["reason"]
    assert "2025-03-02" in photos["past"]["reason"]
    assert "자료사진" in photos["filed"]["reason"]
    assert sorted(row["rank"] for row in photos.values() if row["rank"]) == [1, 2, 3, 4]


def test_photos_shown_have_words_and_a_caption(built: Built) -> None:
    first = built.states["first"]
    assert first.photos["k1"]["tags"] == ["공항", "정장", "우산"]
    assert "정장" in first.photos["k1"]["caption"]
    assert "우산" not in first.photos["k1"]["caption"], "less likely than not"
    assert first.photos["k1"]["caption"].startswith("2026년 3월 2일 오전 9시 인천국제공항 출국 현장에서 아이유가")
    assert first.captions == {"k1", "k2", "k3", "second"}


def test_the_view_counts_what_is_shown_and_what_is_not(built: Built) -> None:
    first = built.states["first"]
    (row,) = first.timeline
    assert (row["celebrity"], row["photos_shown"], row["dropped"]) == ("아이유", 4, {"copy": 1, "low_quality": 1, "outlier": 3})
    assert row["cover"] == next(name for name, photo in first.photos.items() if photo["rank"] == 1) + ".jpg"


def test_an_editor_hides_a_picture_with_its_copies_and_pins_a_poor_one(built: Built) -> None:
    verdicts = {name: row["verdict"] for name, row in built.states["corrections"].photos.items()}
    assert {name: verdicts[name] for name in ("k1", "k1copy", "poor", "k2")} == {
        "k1": "hidden",
        "k1copy": "hidden",
        "poor": "kept",
        "k2": "kept",
    }


def test_a_full_rebuild_finds_no_difference(built: Built) -> None:
    assert built.states["full"] == built.states["words"]


def test_words_of_other_posts_come_in_without_a_rebuild(built: Built) -> None:
    assert built.states["corrections"].photos["past"]["tags"] == []
    assert built.states["words"].photos["past"]["tags"] == ["화보"]


def test_photos_of_a_place_stand_under_their_topics(built: Built) -> None:
    photos = built.place_photos
    assert {name: (row["topic"], row["verdict"], row["rank"]) for name, row in photos.items()} == {
        "front": ("exterior", "kept", 1),
        "noodles": ("food", "kept", 1),
        "board": ("menu", "kept", 1),
    }
    assert {name: row["caption"] for name, row in photos.items()} == {
        "front": "골목국수의 외관 사진이다.",
        "noodles": "골목국수의 음식 사진으로, 글에는 들깨국수와 김치가 나온다.",
        "board": "골목국수의 메뉴 사진으로, 글에는 메뉴판이 나온다.",
    }
    assert built.topics == [(1, "음식", 1, ["김치", "들깨국수"]), (2, "메뉴", 1, ["메뉴판"]), (3, "외관", 1, [])]


def test_words_of_a_place_are_what_its_photos_show_and_not_what_somebody_wore() -> None:
    columns = ["골목국수"], ["음식"], [["접시", "검은색 옷", "음식"]], [["재방문", "들깨국수"]], [["국수"]]
    (told,) = captions._place_words(*map(pd.Series, columns)).to_dict("records")
    assert told == {"caption": "골목국수의 음식 사진으로, 접시가 보이고 글에는 들깨국수가 나온다.", "words": ["들깨국수", "접시"]}
