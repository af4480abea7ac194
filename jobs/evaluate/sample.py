"""Judges a lake that was built from a sample landing folder against the truth that the sample's maker wrote down.

The tables of a sample are small; they are read row by row into plain collections. No job reads the truth.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from jobs import console
from jobs.errors import HwaboError
from jobs.evaluate.measures import agreement, bcubed, majority, pairs_of, share
from jobs.lake import Lake

SEOUL = timezone(timedelta(hours=9))
ABOUT = 0.5  # a `who` of at least this score says that the post is about the person
FOREIGN_VERDICTS = frozenset({"outlier", "irrelevant"})
SAME_TOPIC = {"night_view": {"night_view", "view"}, "landmark": {"landmark", "view"}}  # finer in truth than a summary must tell apart


def evaluate_sample(spark: SparkSession, lake_uri: str, truth_dir: str | Path) -> dict[str, Any]:
    """All figures of a lake, 0 to 1 unless they count something.

    Args:
        spark: session.
        lake_uri: a lake built from the sample.
        truth_dir: the sample's folder truth/.

    Returns:
        Name of each measure and its figure (or figures); see the functions of `Judge` for what each means.

    Raises:
        HwaboError: when the folder holds no truth or the lake no posts.
    """
    judge = Judge(spark, lake_uri, Path(truth_dir))
    return {
        "who": judge.who(),
        "event_time_exact": judge.time_exact(),
        "kind_accuracy": judge.kind_accuracy(),
        "where_accuracy": judge.where_accuracy(),
        "events_bcubed": judge.events(),
        "event_begin": judge.event_begin(),
        "event_kind_accuracy": judge.event_kind_accuracy(),
        "post_copies": judge.post_copies(),
        "photo_copies": judge.photo_copies(),
        "outliers": judge.outliers(),
        "foreign_photos_kept": judge.foreign_kept(),
        "defect_photos_kept": judge.defects_kept(),
        "copies_kept_together": judge.copies_kept(),
        "scene_coverage": judge.scene_coverage(),
        "place_topic_accuracy": judge.topic_accuracy(),
        "rejects": judge.rejects(),
    }


class Judge:
    """Compares the tables of one lake with the truth of one sample; every measure is a method."""

    def __init__(self, spark: SparkSession, lake_uri: str, truth: Path) -> None:
        if not (truth / "posts.jsonl").exists():
            raise HwaboError(f"{truth} holds no truth of a sample: name the folder truth/ of what `hwabo sample` wrote.")
        self.lake = Lake(spark, lake_uri)
        self.truth = truth
        by_url = {row["url"]: row["post_id"] for row in self._rows("posts", "post_id", "url")}
        if not by_url:
            raise HwaboError(f"{lake_uri} holds no posts: build it first with `hwabo build`.")
        self.posts: dict[str, dict[str, Any]] = {}
        for row in _lines(truth / "posts.jsonl"):
            post_id = row["post_id"] or by_url.get(row["url"])
            if post_id:
                self.posts[post_id] = row
        self.true_events = {row["event"]: row for row in _lines(truth / "events.jsonl")}

    def _rows(self, table: str, *columns: str) -> Iterator[Any]:
        rows = self.lake.read(table).select(*columns).coalesce(1)  # every partition would be a job of its own
        yield from rows.toLocalIterator()

    # --- truth and tables, brought together once

    @cached_property
    def photos(self) -> dict[str, list[dict[str, Any]]]:
        """Truth of each photo_id: one row for every event or place in whose posts it stands."""
        by_uri = {row["uri"]: row["photo_id"] for row in self._rows("landing_photos", "uri", "photo_id") if row["photo_id"]}
        truth: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in _lines(self.truth / "photos.jsonl"):
            if row["uri"] in by_uri:
                truth[by_uri[row["uri"]]].append(row)
        return dict(truth)

    @cached_property
    def true_groups(self) -> dict[tuple[str, str], str]:
        """True event of (celebrity, post); posts that no event explains are alone."""
        groups = {}
        for post_id, post in self.posts.items():
            for celebrity in post["about"]:
                events = [event for event in post["events"] if celebrity in self.true_events[event]["celebrities"]]
                groups[celebrity, post_id] = events[0] if events else f"alone/{post_id}"
        return groups

    @cached_property
    def found_groups(self) -> dict[tuple[str, str], str]:
        """Found event of (celebrity, post): the one of the highest score."""
        owner = {row["event_id"]: row["celebrity_id"] for row in self._rows("events", "event_id", "celebrity_id")}
        best: dict[tuple[str, str], tuple[float, str]] = {}
        for row in self._rows("event_posts", "event_id", "post_id", "score"):
            if row["event_id"] not in owner or row["post_id"] not in self.posts:
                continue
            key = owner[row["event_id"]], row["post_id"]
            best[key] = min(best.get(key, (1.0, "~")), (-(row["score"] or 0.0), row["event_id"]))
        return {key: event for key, (_, event) in best.items()}

    @cached_property
    def event_photos(self) -> list[tuple[Any, dict[str, Any]]]:
        """Rows of event_photos with the truth of the photo for that event; an event is what most of its posts are about."""
        told: dict[str, list[str]] = defaultdict(list)
        for key, event in self.found_groups.items():
            told[event].append(self.true_groups.get(key, "none"))
        true_event = {event: majority(labels) for event, labels in told.items()}
        judged = []
        for row in self._rows("event_photos", "event_id", "photo_id", "verdict"):
            rows = self.photos.get(row["photo_id"], [])
            own = [truth for truth in rows if truth["event"] == true_event.get(row["event_id"])]
            if rows:
                judged.append((row, (own or rows)[0]))
        return judged

    @cached_property
    def matched(self) -> dict[tuple[str, str], str]:
        """For (celebrity, true event): the found event that holds most of its posts."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for (celebrity, post_id), event in self.true_groups.items():
            if not event.startswith("alone/") and (celebrity, post_id) in self.found_groups:
                found[celebrity, event].append(self.found_groups[celebrity, post_id])
        return {key: str(majority(events)) for key, events in found.items()}

    def _best_tag(self, kind: str) -> dict[str, str]:
        """For each post the value of the event's own tag of a kind: `is_event` first, then the score, then its place in the post."""
        best: dict[str, tuple[Any, ...]] = {}
        for row in self._tags(kind):
            rank = (not row["is_event"], -(row["score"] or 0.0), row["field"], row["begin"], row["value"])
            best[row["post_id"]] = min(best.get(row["post_id"], rank), rank)
        return {post_id: rank[-1] for post_id, rank in best.items()}

    def _tags(self, kind: str) -> Iterator[Any]:
        """Tags of one kind in titles and bodies of posts that the truth knows."""
        for row in self._rows("text_tags", "post_id", "kind", "field", "value", "score", "is_event", "begin"):
            if row["kind"] == kind and row["field"] != "caption" and row["post_id"] in self.posts:
                yield row

    # --- text

    def who(self) -> dict[str, float | int]:
        """Pairs of post and celebrity that the post is about."""
        found = {(row["post_id"], row["value"]) for row in self._tags("who") if (row["score"] or 0.0) >= ABOUT}
        true = {(post_id, celebrity) for post_id, post in self.posts.items() for celebrity in post["about"]}
        return agreement(found, true).figures()

    def time_exact(self) -> float | None:
        """Posts whose text says a time: the share for which the event's time was found exactly as the text says it.

        A day said without an hour must be that day (a part of the day may be added); an hour or a range must be that hour or range.
        """
        found, right, asked = self._best_tag("when"), 0, 0
        for post_id, post in self.posts.items():
            if post["time"]:
                asked += 1
                right += same_time(found.get(post_id), post["time"])
        return share(right, asked)

    def kind_accuracy(self) -> float | None:
        """Posts about an event: the share whose kind of event was found."""
        found = self._best_tag("what")
        asked = {post_id: post["kind"] for post_id, post in self.posts.items() if post["kind"]}
        return share(sum(found.get(post_id) == kind for post_id, kind in asked.items()), len(asked))

    def where_accuracy(self) -> float | None:
        """Posts whose text names the event's place: the share for which it (or the building's own part of the name) was found."""
        found = self._best_tag("where")
        asked = {post_id: post["place"] for post_id, post in self.posts.items() if post["place"] and post["events"]}
        return share(sum(same_place(found.get(post_id), place) for post_id, place in asked.items()), len(asked))

    # --- events

    def events(self) -> dict[str, float | int]:
        """BCubed over (celebrity, post): posts about one occasion in one event of that celebrity, and nothing else in it."""
        true = {key: f"{key[0]}/{event}" for key, event in self.true_groups.items()}  # everyone's timeline has events of its own
        return bcubed(self.found_groups, true).figures()

    def event_begin(self) -> dict[str, float | None]:
        """Events whose begin is right: to the day, and to the hour where a post of it names the hour."""
        begins = {row["event_id"]: row["starts_at"] for row in self._rows("events", "event_id", "starts_at")}
        hours = {event for post in self.posts.values() for event in post["events"] if post["time"] and "T" in post["time"]}
        days = right_days = timed = right_hours = 0
        for (_, event), found in self.matched.items():
            true, begin = datetime.fromisoformat(self.true_events[event]["starts_at"]), begins.get(found)
            local = begin.astimezone(SEOUL) if begin else None
            days += 1
            right_days += bool(local and local.date() == true.date())
            if event in hours and true.date() == datetime.fromisoformat(self.true_events[event]["ends_at"]).date():
                timed += 1
                right_hours += bool(local and (local.date(), local.hour) == (true.date(), true.hour))
        return {"day": share(right_days, days), "hour": share(right_hours, timed)}

    def event_kind_accuracy(self) -> float | None:
        """Events of the right kind, among true events that were found."""
        kinds = {row["event_id"]: row["kind"] for row in self._rows("events", "event_id", "kind")}
        right = sum(kinds.get(found) == self.true_events[event]["kind"] for (_, event), found in self.matched.items())
        return share(right, len(self.matched))

    # --- copies

    def post_copies(self) -> dict[str, float | int]:
        """Pairs of posts that copy each other."""
        rows = self._rows("post_copies", "post_id", "group_id")
        found = {row["post_id"]: row["group_id"] for row in rows if row["post_id"] in self.posts}
        true = {post_id: post["copy_group"] for post_id, post in self.posts.items()}
        return agreement(pairs_of(found), pairs_of(true)).figures()

    def photo_copies(self) -> dict[str, float | int]:
        """Pairs of photos that are edited copies of one picture."""
        rows = self._rows("photo_copies", "photo_id", "group_id")
        found = {row["photo_id"]: row["group_id"] for row in rows if row["photo_id"] in self.photos}
        true = {photo_id: self._root(photo_id) for photo_id in self.photos}
        return agreement(pairs_of(found), pairs_of(true)).figures()

    def _root(self, photo_id: str) -> str:
        truth = self.photos[photo_id][0]
        return str(truth["copy_of"] or truth["uri"])

    # --- photos of events

    def outliers(self) -> dict[str, float | int]:
        """Photos that do not belong to the event whose posts show them, among those that no other verdict has taken out."""
        judged = [(row, truth) for row, truth in self.event_photos if row["verdict"] not in ("copy", "hidden", "low_quality")]
        found = {(row["event_id"], row["photo_id"]) for row, _ in judged if row["verdict"] in FOREIGN_VERDICTS}
        true = {(row["event_id"], row["photo_id"]) for row, truth in judged if not truth["belongs"]}
        return agreement(found, true).figures()

    def foreign_kept(self) -> float | None:
        """Of the photos that do not belong: the share that is shown all the same."""
        foreign = [row["verdict"] for row, truth in self.event_photos if not truth["belongs"]]
        return share(foreign.count("kept"), len(foreign))

    def defects_kept(self) -> float | None:
        """Of the blurred, dark, noisy and overexposed photos: the share that is shown."""
        spoiled = [row["verdict"] for row, truth in self.event_photos if truth["defect"]]
        return share(spoiled.count("kept"), len(spoiled))

    def copies_kept(self) -> int:
        """Number of photos shown in an event that already shows another copy of the same picture (must be 0)."""
        shown: dict[str, list[str]] = defaultdict(list)
        for row, _ in self.event_photos:
            if row["verdict"] == "kept":
                shown[row["event_id"]].append(self._root(row["photo_id"]))
        return sum(len(roots) - len(set(roots)) for roots in shown.values())

    def scene_coverage(self) -> float | None:
        """Of the true scenes and looks of each event (a good photo of it exists): the share that the summary shows."""
        wanted: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        shown: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for row, truth in self.event_photos:
            if truth["belongs"] and truth["event"] and not truth["defect"]:
                key, moment = (row["event_id"], truth["event"]), (truth["scene"], truth["look"])
                wanted[key].add(moment)
                if row["verdict"] == "kept":
                    shown[key].add(moment)
        counted = [(found, event) for (_, event), found in self.matched.items()]
        return share(sum(len(shown[key] & wanted[key]) for key in counted), sum(len(wanted[key]) for key in counted))

    # --- places, bad input

    def topic_accuracy(self) -> float | None:
        """Photos of a place: the share that stands under its true topic."""
        rows = [row for row in self._rows("place_photos", "photo_id", "topic", "verdict") if row["photo_id"] in self.photos]
        judged = [(row["topic"], self.photos[row["photo_id"]][0]) for row in rows if row["verdict"] not in ("irrelevant", "low_quality")]
        known = [(topic, truth["topic"]) for topic, truth in judged if truth["topic"] and truth["belongs"] and not truth["defect"]]
        return share(sum(topic in SAME_TOPIC.get(true, {true}) for topic, true in known), len(known))

    def rejects(self) -> dict[str, int | list[str]]:
        """Planted wrong and broken records, and how many of them were refused with a reason."""
        planted = list(_lines(self.truth / "rejects.jsonl"))
        refused = [f"{row['source']} {row['record']}" for row in self._rows("rejects", "source", "record")]
        missed = [row for row in planted if not any(row["record"] in record for record in refused)]
        return {"planted": len(planted), "found": len(planted) - len(missed), "missed_kinds": sorted({row["kind"] for row in missed})}


def same_time(found: str | None, true: str) -> bool:
    """Whether a found time is the true one: the same range, the same minute, or that day whatever its hour where no hour is true."""
    if not found:
        return False
    if "/" in true:
        return "/".join(part[:10] for part in found.split("/")) == true
    if "T" in true:
        return found[:16] == true[:16]
    return found[:10] == true and "/" not in found


def same_place(found: str | None, true: str) -> bool:
    """Equal without spaces, or one is a part of the other that has at least three letters."""
    if not found:
        return False
    shorter, longer = sorted((found.replace(" ", ""), true.replace(" ", "")), key=len)
    return len(shorter) >= 3 and shorter in longer


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def main(argv: Sequence[str] | None = None) -> int:
    """`hwabo evaluate sample --lake URI --truth DIR`: prints one JSON object."""
    from jobs.session import create_session

    parser = argparse.ArgumentParser(prog="hwabo evaluate sample", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lake", required=True, metavar="URI", help="a lake built from a sample landing folder")
    parser.add_argument("--truth", required=True, metavar="DIR", help="folder truth/ of that landing folder")
    parser.add_argument("--master", default=None, help="Spark master URL")
    given = parser.parse_args(argv)
    try:
        figures = evaluate_sample(create_session("evaluate", master=given.master), given.lake, given.truth)
    except HwaboError as error:
        console.complain(str(error))
        return 2
    console.say(json.dumps(figures, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
