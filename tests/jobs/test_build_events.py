"""Events of small hand-made posts, whole frames expected; the same whatever the order of the posts."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession

from jobs import build_events
from jobs.lake import Lake
from jobs.settings import Settings
from jobs.tables import TABLES

pytestmark = pytest.mark.slow  # a whole stage on Spark, some minutes on two cores

SEOUL = timezone(timedelta(hours=9))
MakeSettings = Callable[..., Settings]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def frame(spark: SparkSession, table: str, rows: Sequence[dict[str, Any]]) -> DataFrame:
    schema = TABLES[table].schema
    return spark.createDataFrame([tuple(row.get(name) for name in schema.fieldNames()) for row in rows], schema)


def post(post_id: str, published: str, title: str = "", **values: Any) -> dict[str, Any]:
    return {"post_id": post_id, "service": "news", "title": title, "body": "", "published_at": at(published), **values}


def tag(post_id: str, kind: str, value: str, *, score: float = 1.0, **values: Any) -> dict[str, Any]:
    defaults = {"field": "body", "surface": value, "begin": 0, "end": 1, "is_event": kind in ("what", "when", "where")}
    return {"post_id": post_id, "kind": kind, "value": value, "score": score, **defaults, **values}


def story(
    post_id: str,
    published: str,
    *,
    who: Sequence[str] = ("c1",),
    what: str | None = None,
    when: str | None = None,
    where: str | None = None,
    precision: str | None = None,
    title: str = "",
    words: Sequence[str] = (),
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A post and its tags."""
    tags = [tag(post_id, "who", name) for name in who] + [tag(post_id, "keyphrase", word) for word in words]
    if what:
        tags.append(tag(post_id, "what", what))
    if when:
        tags.append(tag(post_id, "when", when, precision=precision or ("hour" if "T" in when else "day")))
    if where:
        tags.append(tag(post_id, "where", where))
    return post(post_id, published, title), tags


class World:
    """A lake with hand-made inputs of build_events."""

    def __init__(self, spark: SparkSession, settings: Settings) -> None:
        self.spark, self.settings, self.lake = spark, settings, Lake(spark, settings.run.lake)
        self.lake.replace(
            "celebrities",
            frame(
                spark,
                "celebrities",
                [
                    {"celebrity_id": "c1", "name": "아이유", "aliases": [], "groups": [], "occupation": "가수"},
                    {"celebrity_id": "c2", "name": "박보검", "aliases": [], "groups": [], "occupation": "배우"},
                ],
            ),
        )

    def write(self, stories: Sequence[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
        self.lake.upsert("posts", frame(self.spark, "posts", [one for one, _ in stories]).repartition(3))
        self.lake.upsert("text_tags", frame(self.spark, "text_tags", [each for _, tags in stories for each in tags]).repartition(2))

    def write_table(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        self.lake.upsert(table, frame(self.spark, table, rows))

    def build(self, settings: Settings | None = None) -> dict[str, dict[str, Any]]:
        """Runs the job; events by their title and day."""
        build_events.run(self.spark, settings or self.settings)
        rows = [row.asDict() for row in self.lake.read("events").collect()]
        return {row["title"] + row["starts_at"].astimezone(SEOUL).strftime(" %m-%d"): row for row in rows}

    def posts(self, event: dict[str, Any]) -> list[str]:
        rows = self.lake.read("event_posts").where(f"event_id = '{event['event_id']}'").collect()
        return sorted(row["post_id"] for row in rows)


@pytest.fixture
def world(spark: SparkSession, make_settings: MakeSettings) -> World:
    return World(spark, make_settings())


DAY_OF_TWO_EVENTS = [
    story("a1", "2026-03-02T10:00", what="airport_departure", when="2026-03-02T09:00", where="인천국제공항", words=["공항 패션"]),
    story("a2", "2026-03-02T11:00", what="airport_departure", when="2026-03-02", where="인천국제공항", words=["공항 패션", "미소"]),
    story("a3", "2026-03-02T12:00", what="airport_departure"),
    story("b1", "2026-03-02T23:00", what="concert", when="2026-03-02T19:00", where="고척스카이돔", who=("c1", "c2")),
    story("b2", "2026-03-05T09:00", what="concert", when="2026-03-02T19:00", where="고척스카이돔"),
    story("b3", "2026-03-04T09:00", what="concert"),
    story("r1", "2026-03-10T09:00", what="concert", when="2025", precision="year"),
    story("f1", "2026-03-05T10:00", what="festival", when="2026-03-06/2026-03-08", where="난지한강공원"),
    story("f2", "2026-03-07T10:00", what="festival", when="2026-03-07", where="난지한강공원"),
    story("f3", "2026-03-08T23:00", what="festival", when="2026-03-06T18:00"),
    story("u1", "2026-03-15T10:00", what="fan_meeting", when="2026-04-01T18:00", where="코엑스"),
    story("n1", "2026-03-16T10:00"),
]


SIGNINGS = [
    story("k1", "2026-01-02T10:00", what="fan_signing", when="2026-01-02T13:00", where="코엑스"),
    story("k2", "2026-01-02T10:00", what="fan_signing", when="2026-01-02T13:00", where="코엑스"),
    story("s1", "2026-01-02T20:00", what="fan_signing", when="2026-01-02T18:00", where="용산 아이파크몰"),
    story("s2", "2026-01-02T20:00", what="fan_signing", when="2026-01-02T18:00", where="용산 아이파크몰"),
]
PREMIERE_WITH_COPIES = [
    story("p1", "2026-02-02T10:00", who=["c2"], what="premiere", when="2026-02-02T18:00", where="코엑스", title="영화 ‘별빛’ 언론시사회"),
    story("p2", "2026-02-02T10:00", who=["c2"], what="premiere", when="2026-02-02T18:00", where="코엑스"),
    story("q1", "2026-02-02T20:00", who=["c2"], what="premiere", when="2026-02-02T20:00", where="코엑스"),
    story("q2", "2026-02-02T20:00", who=["c2"], what="concert"),
    story("q3", "2026-02-02T20:00", who=["c2"]),
]
COPIES = [{"post_id": name, "group_id": "q1", "is_keeper": name == "q1", "similarity": 1.0} for name in ("q1", "q2", "q3")]


def test_posts_of_an_occasion_become_one_event_in_any_order(world: World) -> None:
    stories = [*DAY_OF_TWO_EVENTS, *SIGNINGS, *PREMIERE_WITH_COPIES]
    random.Random(5).shuffle(stories)
    world.write(stories[:12])
    world.write_table("post_copies", COPIES)
    world.build()
    world.write(stories[12:])
    events = world.build()
    posts = {title: world.posts(event) for title, event in events.items()}
    assert posts == {
        "아이유, 인천국제공항 출국 03-02": ["a1", "a2", "a3"],
        "아이유, 고척스카이돔 콘서트 03-02": ["b1", "b2", "b3"],
        "아이유, 난지한강공원 축제 03-06": ["f1", "f2", "f3"],
        "아이유, 팬미팅 04-01": ["u1"],
        "아이유, 팬사인회 01-02": posts["아이유, 팬사인회 01-02"],  # two of one day: see below
        "박보검, 고척스카이돔 콘서트 03-02": ["b1"],
        "박보검, ‘별빛’ 시사회 02-02": ["p1", "p2", "q1", "q2", "q3"],
    }
    signings = world.lake.read("events").where("kind = 'fan_signing'").collect()
    assert sorted(world.posts(row.asDict()) for row in signings) == [["k1", "k2"], ["s1", "s2"]]
    departure = events["아이유, 인천국제공항 출국 03-02"]
    assert {name: departure[name] for name in ("kind", "place", "posts", "photos", "keywords", "upcoming", "precision")} == {
        "kind": "airport_departure",
        "place": "인천국제공항",
        "posts": 3,
        "photos": 0,
        "keywords": ["공항 패션", "미소"],
        "upcoming": False,
        "precision": "hour",
    }
    assert departure["starts_at"].astimezone(SEOUL) == at("2026-03-02T09:00")
    assert departure["ends_at"].astimezone(SEOUL) == at("2026-03-02T11:00")
    festival = events["아이유, 난지한강공원 축제 03-06"]
    assert (festival["precision"], festival["ends_at"].astimezone(SEOUL).date()) == ("hour", at("2026-03-08T00:00").date())
    assert events["아이유, 팬미팅 04-01"]["upcoming"]
    assert events["박보검, ‘별빛’ 시사회 02-02"]["starts_at"].astimezone(SEOUL) == at("2026-02-02T18:00")

    written = [world.lake.version(table) for table in ("events", "event_posts")]
    full = world.settings.model_copy(update={"run": world.settings.run.model_copy(update={"full": True})})
    assert world.build(full) == events
    assert [world.lake.version(table) for table in ("events", "event_posts")] == written, "a full rebuild found a difference"


def test_an_upcoming_event_is_over_when_the_clock_passes_it(world: World, make_settings: MakeSettings) -> None:
    world.write([DAY_OF_TWO_EVENTS[10]])
    assert world.build()["아이유, 팬미팅 04-01"]["upcoming"]
    version = world.lake.version("events")
    world.build()
    assert world.lake.version("events") == version
    assert not world.build(make_settings(now="2026-04-02T00:00:00+09:00"))["아이유, 팬미팅 04-01"]["upcoming"]


def correction(number: int, action: str, **values: Any) -> dict[str, Any]:
    return {"correction_id": f"x{number}", "action": action, "made_at": at("2026-03-19T00:00") + timedelta(minutes=number), **values}


def test_corrections_survive_rebuilds_and_late_posts(world: World) -> None:
    world.write(DAY_OF_TWO_EVENTS)
    events = world.build()
    departure, concert = events["아이유, 인천국제공항 출국 03-02"], events["아이유, 고척스카이돔 콘서트 03-02"]
    festival = events["아이유, 난지한강공원 축제 03-06"]
    world.write_table(
        "corrections",
        [
            correction(1, "rename_event", event_id=concert["event_id"], value="아이유, 3월의 하루"),
            correction(2, "merge_events", event_id=departure["event_id"], value=concert["event_id"]),
            correction(3, "split_event", event_id=festival["event_id"], post_id="f3"),
            correction(4, "reject_celebrity", post_id="b1", celebrity_id="c2"),
        ],
    )
    for late in ([], [story("a4", "2026-03-02T13:00", what="airport_departure", when="2026-03-02T09:00")]):
        if late:
            world.write(late)
        merged = world.build()
        together = merged["아이유, 3월의 하루 03-02"]
        assert together["event_id"] == concert["event_id"]
        assert world.posts(together) == sorted(["a1", "a2", "a3", "b1", "b2", "b3"] + ["a4"] * bool(late))
        assert world.posts(merged["아이유, 난지한강공원 축제 03-06"]) == ["f1", "f2"]
        assert world.posts(merged["아이유, 축제 03-08"]) == ["f3"]
        assert {event["celebrity_id"] for event in merged.values()} == {"c1"}


def test_what_became_of_an_event_is_noted_and_its_title_follows(world: World) -> None:
    world.write([story("a1", "2026-03-02T10:00", what="concert", when="2026-03-02T18:00")])
    (first,) = world.build().values()
    world.write_table("corrections", [correction(1, "rename_event", event_id=first["event_id"], value="봄 콘서트")])
    world.write([story(name, "2026-03-03T10:00", what="concert", when="2026-03-01T18:00") for name in ("a2", "a3")])
    (second,) = world.build().values()
    assert second["event_id"] != first["event_id"]
    assert second["title"] == "봄 콘서트"
    (trace,) = world.lake.read("event_traces").collect()
    assert (trace["event_id"], trace["became_id"], trace["how"], trace["posts"]) == (first["event_id"], second["event_id"], "merged", 1)
