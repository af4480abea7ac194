"""Events of small hand-made posts, one lake built step by step; the grouping against plain loops, in any order and partitioning."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from pyspark.sql import DataFrame, SparkSession

from jobs import build_events
from jobs.event_kinds import read_event_kinds
from jobs.lake import Lake
from jobs.occasions import occasions
from jobs.post_facts import DAY, own_facts, post_facts, with_own_facts
from jobs.resources import conf_file
from jobs.settings import Settings
from tests.conftest import settings_below
from tests.jobs.hand_made import SEOUL, Row, Story, frame, seoul, story, tag
from tests.plain_events import EPOCH, Report, kinds_of, plain_occasions, reports_of

DAY_OF_TWO_EVENTS = [
    story("a1", "2026-03-02T10:00", what="airport_departure", when="2026-03-02T09:00", where="인천국제공항", words=["공항 패션"]),
    story("a2", "2026-03-02T11:00", what="airport_departure", when="2026-03-02", where="인천국제공항", words=["공항 패션", "미소"]),
    story("a3", "2026-03-02T12:00", what="airport_departure"),
    story("b1", "2026-03-02T23:00", what="concert", when="2026-03-02T19:00", where="고척스카이돔", who=("c1", "c2")),
    story("b2", "2026-03-05T09:00", what="concert", when="2026-03-02T19:00", where="고척스카이돔"),
    story("b3", "2026-03-05T11:00", what="concert"),  # three days later, without a time
    story("r1", "2026-03-10T09:00", what="concert", when="2025", precision="year"),  # a recollection
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
ELSEWHERE = [  # of somebody whom no late post is about
    story(
        "x1",
        "2026-02-20T10:00",
        who=["c4"],
        what="concert",
        when="2026-02-20T18:00",
        where="p1",
        words=["객석", "앙코르", "비", "비 콘서트"],
    ),  # p1: a place of the list
]
EARLY = [story("t1", "2026-03-02T10:00", who=["c3"], what="concert", when="2026-03-02T18:00")]
LATE = [
    story("a4", "2026-03-02T13:00", what="airport_departure", when="2026-03-02T09:00"),
    # the second of two fan signings of a day gets more posts than the first: both keep their ids
    *(story(name, "2026-01-03T09:00", what="fan_signing", when="2026-01-02T18:00", where="용산 아이파크몰") for name in ("s3", "s4")),
    *(story(name, "2026-03-03T10:00", who=["c3"], what="concert", when="2026-03-01T18:00", words=["객석"]) for name in ("t2", "t3")),
]


WRITTEN = ("events", "event_posts", "event_traces", "event_phrases", "common_phrases")


@dataclass(frozen=True)
class State:
    """The result tables after one run."""

    events: dict[str, Row]
    posts: dict[str, list[str]]
    traces: list[Row]
    versions: list[int]

    def posts_of(self, title: str) -> list[str]:
        return self.posts[self.events[title]["event_id"]]


class World:
    """A lake with hand-made inputs of build_events."""

    def __init__(self, spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
        self.spark, self.make_settings = spark, make_settings
        self.lake = Lake(spark, make_settings().run.lake)
        stars = [("c1", "아이유"), ("c2", "박보검"), ("c3", "하늘"), ("c4", "비")]
        self.write_table("places", [{"place_id": "p1", "name": "달빛홀", "service": "attraction"}])
        self.write_table("celebrities", [{"celebrity_id": key, "name": name, "aliases": [], "groups": []} for key, name in stars])

    def write(self, stories: Sequence[Story]) -> None:
        self.lake.upsert("posts", frame(self.spark, "posts", [one for one, _ in stories]).repartition(3))
        self.lake.upsert("text_tags", frame(self.spark, "text_tags", [each for _, tags in stories for each in tags]).repartition(2))

    def write_table(self, table: str, rows: Sequence[Row]) -> None:
        self.lake.upsert(table, frame(self.spark, table, rows))

    def build(self, **run: Any) -> State:
        """Runs the job; events by their title and day."""
        build_events.run(self.spark, self.make_settings(**run))
        rows = [row.asDict() for row in self.lake.read("events").collect()]
        events = {row["title"] + row["starts_at"].astimezone(SEOUL).strftime(" %m-%d %H"): row for row in rows}
        assert len(events) == len(rows)
        posts: dict[str, list[str]] = {}
        for row in sorted(self.lake.read("event_posts").collect()):
            posts.setdefault(row["event_id"], []).append(row["post_id"])
        traces = [row.asDict() for row in self.lake.read("event_traces").collect()]
        return State(events, posts, traces, [self.lake.version(table) for table in WRITTEN])


def correction(number: int, action: str, **values: Any) -> Row:
    return {"correction_id": f"x{number}", "action": action, "made_at": seoul("2026-03-19T00:00") + timedelta(minutes=number), **values}


@pytest.fixture(scope="module")
def states(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> dict[str, State]:
    """The lake after most posts (`all`), with an editor's decisions, late posts and a later clock (`late`), and rebuilt from nothing
    (`full`)."""
    world = World(spark, settings_below(tmp_path_factory.mktemp("events")))
    stories = [*DAY_OF_TWO_EVENTS, *SIGNINGS, *PREMIERE_WITH_COPIES, *EARLY, *ELSEWHERE]
    world.write(random.Random(5).sample(stories, len(stories)))
    world.write_table("post_copies", COPIES)
    states = {"all": world.build()}
    departure, concert, festival, first, premiere, signing = (
        states["all"].events[name]["event_id"]
        for name in (
            "아이유, 인천국제공항 출국 03-02 09",
            "아이유, 고척스카이돔 콘서트 03-02 19",
            "아이유, 난지한강공원 축제 03-06 18",
            "하늘, 콘서트 03-02 18",
            "박보검, ‘별빛’ 시사회 02-02 18",
            "아이유, 팬사인회 01-02 13",
        )
    )
    world.write_table(
        "corrections",
        [
            correction(1, "rename_event", event_id=concert, value="아이유, 3월의 하루"),
            correction(2, "merge_events", event_id=departure, value=concert),
            correction(3, "split_event", event_id=festival, post_id="f3"),
            correction(4, "reject_celebrity", post_id="b1", celebrity_id="c2"),
            correction(5, "rename_event", event_id=first, value="봄 콘서트"),
            correction(6, "merge_events", event_id=premiere, value=concert),  # of another celebrity
            correction(7, "merge_events", event_id=signing, value="e-of-nowhere"),
        ],
    )
    world.write(LATE)
    states["late"] = world.build(now="2026-04-02T00:00:00+09:00")
    states["full"] = world.build(now="2026-04-02T00:00:00+09:00", full=True)
    return states


def test_posts_of_an_occasion_become_one_event(states: dict[str, State]) -> None:
    found = states["all"]
    assert {title: found.posts_of(title) for title in found.events} == {
        "아이유, 인천국제공항 출국 03-02 09": ["a1", "a2", "a3"],
        "아이유, 고척스카이돔 콘서트 03-02 19": ["b1", "b2", "b3"],
        "아이유, 난지한강공원 축제 03-06 18": ["f1", "f2", "f3"],
        "아이유, 팬미팅 04-01 18": ["u1"],
        "아이유, 팬사인회 01-02 13": ["k1", "k2"],
        "아이유, 팬사인회 01-02 18": ["s1", "s2"],
        "박보검, 고척스카이돔 콘서트 03-02 19": ["b1"],
        "박보검, ‘별빛’ 시사회 02-02 18": ["p1", "p2", "q1", "q2", "q3"],
        "하늘, 콘서트 03-02 18": ["t1"],
        "비, 달빛홀 콘서트 02-20 18": ["x1"],
    }


def test_an_event_tells_when_where_what_and_its_words(states: dict[str, State]) -> None:
    departure = states["all"].events["아이유, 인천국제공항 출국 03-02 09"]
    assert {name: departure[name] for name in ("kind", "place", "posts", "photos", "keywords", "upcoming", "precision")} == {
        "kind": "airport_departure",
        "place": "인천국제공항",
        "posts": 3,
        "photos": 0,
        "keywords": ["공항 패션", "미소"],
        "upcoming": False,
        "precision": "hour",
    }
    assert departure["starts_at"].astimezone(SEOUL) == seoul("2026-03-02T09:00")
    assert departure["ends_at"].astimezone(SEOUL) == seoul("2026-03-02T11:00")
    festival = states["all"].events["아이유, 난지한강공원 축제 03-06 18"]
    assert (festival["precision"], festival["ends_at"].astimezone(SEOUL).date()) == ("hour", seoul("2026-03-08T00:00").date())


def test_a_phrase_that_more_events_have_tells_less_of_an_event_that_no_new_post_is_about(states: dict[str, State]) -> None:
    words = {name: state.events["비, 달빛홀 콘서트 02-20 18"]["keywords"] for name, state in states.items()}
    assert words == {"all": ["객석", "앙코르"], "late": ["앙코르", "객석"], "full": ["앙코르", "객석"]}


def test_a_place_of_the_list_has_its_name(states: dict[str, State]) -> None:
    assert states["all"].events["비, 달빛홀 콘서트 02-20 18"]["place"] == "달빛홀"


def test_an_upcoming_event_is_over_when_the_clock_passes_it(states: dict[str, State]) -> None:
    assert states["all"].events["아이유, 팬미팅 04-01 18"]["upcoming"]
    assert not states["late"].events["아이유, 팬미팅 04-01 18"]["upcoming"]


def test_ids_stay_when_posts_come_late_or_leave_a_trace(states: dict[str, State]) -> None:
    before, after = states["all"], states["late"]
    for title in ("박보검, ‘별빛’ 시사회 02-02 18", "아이유, 팬사인회 01-02 13", "아이유, 팬사인회 01-02 18"):
        assert after.events[title]["event_id"] == before.events[title]["event_id"]
    assert after.posts_of("아이유, 팬사인회 01-02 18") == ["s1", "s2", "s3", "s4"]
    gone = set(before.posts) - set(after.posts)
    unseen = before.events["박보검, 고척스카이돔 콘서트 03-02 19"]["event_id"]  # its only post is about somebody else after all
    assert gone - {unseen} == {trace["event_id"] for trace in after.traces if trace["how"] == "merged"}


def test_corrections_survive_late_posts_and_rebuilds(states: dict[str, State]) -> None:
    for name in ("late", "full"):
        found = states[name]
        assert found.posts_of("아이유, 3월의 하루 03-02 09") == ["a1", "a2", "a3", "a4", "b1", "b2", "b3"]
        concert = states["all"].events["아이유, 고척스카이돔 콘서트 03-02 19"]
        assert found.events["아이유, 3월의 하루 03-02 09"]["event_id"] == concert["event_id"]
        assert found.posts_of("아이유, 난지한강공원 축제 03-06 00") == ["f1", "f2"]
        assert found.posts_of("아이유, 축제 03-06 18") == ["f3"]
        assert not any("박보검, 고척" in title for title in found.events)


def test_an_event_is_not_merged_with_another_celebritys_or_with_none(states: dict[str, State]) -> None:
    late = states["late"]
    assert late.posts_of("박보검, ‘별빛’ 시사회 02-02 18") == ["p1", "p2", "q1", "q2", "q3"]
    assert late.posts_of("아이유, 팬사인회 01-02 13") == ["k1", "k2"]
    assert "e-of-nowhere" not in late.posts


def test_what_became_of_an_event_is_noted_and_its_title_follows(states: dict[str, State]) -> None:
    first = states["all"].events["하늘, 콘서트 03-02 18"]["event_id"]
    second = next(event for event in states["late"].events.values() if event["celebrity_id"] == "c3")
    assert second["event_id"] != first
    assert second["title"] == "봄 콘서트"
    departure = states["all"].events["아이유, 인천국제공항 출국 03-02 09"]["event_id"]
    festival = states["all"].events["아이유, 난지한강공원 축제 03-06 18"]["event_id"]
    noted = {(trace["event_id"], trace["how"], trace["posts"]) for trace in states["late"].traces}
    assert {(first, "merged", 1), (departure, "merged", 3), (festival, "split", 1)} <= noted


def test_a_full_rebuild_finds_no_difference(states: dict[str, State]) -> None:
    assert states["full"] == states["late"]


PLACES = (None, None, "코엑스", "서울 코엑스", "잠실", "고척스카이돔")
WORDS = ("앨범", "투어", "드라마", "영화", "팬", "브랜드", "무대", "앙코르", "포토월", "생일")


def random_reports(seed: int, count: int) -> list[Report]:
    """Reports of two celebrities over four weeks, with every combination of what a post may leave out."""
    draw = random.Random(seed)
    reports = []
    for number in range(count):
        day, kind = draw.randrange(28), draw.choice([None, "concert", "festival", "broadcast", "broadcast_commute", "airport_arrival"])
        precision = draw.choice([None, "day", "day", "hour", "minute", "year"])
        starts = ends = None
        if precision in ("day", "hour", "minute"):
            starts = day * DAY + (DAY // 2 if precision == "day" else draw.choice([9, 10, 18, 19]) * 3600)
            ends = starts + (draw.choice([0, 0, 0, 2]) * DAY if precision == "day" else 0)
        words = frozenset(draw.sample(WORDS, draw.randrange(6)))
        published = (day + draw.choice([0, 0, 1, 3, 6])) * DAY + draw.randrange(DAY)
        reports.append(Report(draw.choice("ab"), f"r{number:03d}", published, kind, draw.choice(PLACES), precision, starts, ends, words))
    return reports


def report_frame(spark: SparkSession, reports: Sequence[Report]) -> DataFrame:
    rows = [(*[getattr(r, name) for name in r.__dataclass_fields__ if name != "words"], sorted(r.words)) for r in reports]
    schema = (
        "celebrity_id string, report_id string, published long, kind string, place string, precision string, starts long, ends long, "
        "words array<string>"
    )
    return spark.createDataFrame(rows, schema)


@pytest.mark.parametrize(("seed", "partitions"), [(1, 5), (2, 1)])
def test_the_grouping_is_that_of_plain_loops(
    spark: SparkSession, make_settings: Callable[..., Settings], seed: int, partitions: int
) -> None:
    settings = make_settings().events
    reports = random_reports(seed, 140)
    rules = yaml.safe_load(conf_file("event_kinds.yaml").read_text(encoding="utf-8"))
    expected = plain_occasions(reports, kinds_of(rules), settings)
    shuffled = random.Random(partitions).sample(reports, len(reports))
    told = report_frame(spark, shuffled).repartition(partitions)
    found = occasions(told, read_event_kinds(spark, "event_kinds.yaml"), settings=settings)
    keys = {(row["celebrity_id"], row["report_id"]): row["event_key"] for row in found.collect()}
    assert keys == expected, f"seed {seed}, {partitions} partitions"


def round_up() -> Story:
    """A paragraph a celebrity: the departure of one is the post's event, the concert of the other is not."""
    departure, concert, third = "아이유가 2일 인천공항으로 출국했다.", "박보검은 1일 코엑스에서 콘서트를 열었다.", "하늘도 언급됐다."
    post, _ = story("w1", "2026-03-03T10:00", title="이번 주 한눈에")
    second = len(departure) + 1
    tags = [
        tag("w1", "who", "c1", begin=0),
        tag("w1", "when", "2026-03-02", begin=5, precision="day"),
        tag("w1", "where", "인천국제공항", begin=8),
        tag("w1", "what", "airport_departure", begin=14),
        tag("w1", "who", "c2", begin=second),
        tag("w1", "when", "2026-03-01", begin=second + 5, precision="day", is_event=False),
        tag("w1", "where", "코엑스", begin=second + 8, is_event=False),
        tag("w1", "what", "concert", begin=second + 14, is_event=False),
        tag("w1", "who", "c3", begin=second + len(concert) + 1),
    ]
    return {**post, "body": "\n".join([departure, concert, third])}, tags


def test_a_round_up_tells_each_ones_own_event(spark: SparkSession, make_settings: Callable[..., Settings]) -> None:
    stories = [round_up(), story("w2", "2026-03-03T10:00", who=["c1", "c2"], what="concert", when="2026-03-01")]
    posts, tags = frame(spark, "posts", [post for post, _ in stories]), frame(spark, "text_tags", [t for _, each in stories for t in each])
    speakers = tags.where("kind = 'who'").selectExpr("post_id", "value AS celebrity_id")
    facts = speakers.join(post_facts(posts, tags, zone="Asia/Seoul", longest_days=10), "post_id")
    found = with_own_facts(facts, own_facts(speakers, posts, tags, longest_days=10))
    said = {
        (row["post_id"], row["celebrity_id"]): (row["kind"], row["place"], row["precision"], row["starts"], row["ends"])
        for row in found.collect()
    }
    second, first = (seoul(f"2026-03-0{day}T12:00").replace(tzinfo=None) - EPOCH for day in (2, 1))
    noon = {"second": int(second.total_seconds()), "first": int(first.total_seconds())}
    departure = ("airport_departure", "인천국제공항", "day", noon["second"], noon["second"])
    assert said == {
        ("w1", "c1"): departure,
        ("w1", "c2"): ("concert", "코엑스", "day", noon["first"], noon["first"]),
        ("w1", "c3"): departure,  # its paragraph tells nothing: what the post tells
        ("w2", "c1"): ("concert", None, "day", noon["first"], noon["first"]),
        ("w2", "c2"): ("concert", None, "day", noon["first"], noon["first"]),
    }
    for post, own in stories:
        plain = {"post_id": post["post_id"], "body": post["body"], "published": post["published_at"].replace(tzinfo=None)}
        rows = [SimpleNamespace(**{"precision": None, "is_event": None, **row}) for row in own]
        for report in reports_of(plain, rows, {}, make_settings().events):
            values = (report.kind, report.place, report.precision, report.starts, report.ends)
            assert values == said[post["post_id"], report.celebrity_id]
