"""Events of posts whose occasion is known: BCubed of our own tagging and grouping, without Spark.

Posts are tagged by the same functions as in `tag_texts` and grouped by the plain loops that the tests hold against `build_events`
(tests/jobs/test_build_events.py); copies are not taken out before. An item is a post and a celebrity whom it is about; the truth is the
label `truth.event` that posts about one occasion share, or the truth of a sample; posts without one are alone.

    python -m tests.benchmarks.evaluate_events --out tests/benchmarks/results/events_labelled.md
    python -m tests.benchmarks.evaluate_events --sample LANDING [--sample LANDING ...]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import yaml
from pyspark.sql.pandas.types import to_arrow_schema

from jobs.build_events import SERVICES
from jobs.evaluate.measures import Agreement, bcubed
from jobs.resources import conf_file
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from jobs.tables import TABLES
from jobs.text_reference import read_choice_weights, read_event_kinds, read_known_places, read_weights, read_words
from tests.benchmarks import report
from tests.jobs.hand_made import SEOUL
from tests.plain_events import kinds_of, plain_occasions, reports_of
from udfs.post_text import Celebrity, Place, Reference
from udfs.tag_rows import tag_batch

DATA = Path(__file__).resolve().parents[1] / "data"
Groups = dict[tuple[str, str], str]


def reference_of(celebrities: Path, places: Path, settings: Settings) -> tuple[Reference, dict[str, list[str]]]:
    """The lists that posts are compared with, and the names of every celebrity."""
    people = [
        Celebrity(row["celebrity_id"], row["name"], _several(row["aliases"]), _several(row["groups"]), row["occupation"] or "")
        for row in _rows(celebrities)
    ]
    shops = [(form, Place(row["place_id"], "shop")) for row in _rows(places) for form in (row["name"], *_several(row["aliases"])) if form]
    text = settings.text
    reference = Reference.of(
        people,
        [*shops, *read_known_places(text.known_places)],
        read_event_kinds(text.event_kinds),
        yaml.safe_load(conf_file(text.occupations).read_text(encoding="utf-8")),
        read_words(text.common_words),
        read_weights(text.phrase_weights),
        read_choice_weights(text.choice_weights),
    )
    return reference, {each.celebrity_id: [each.name, *each.aliases, *each.groups] for each in people}


def tags_of(posts: Sequence[Mapping[str, Any]], reference: Reference) -> dict[str, list[Any]]:
    """Rows of text_tags of every post, missing values None."""
    schema = to_arrow_schema(TABLES["text_tags"].schema)
    found: dict[str, list[Any]] = defaultdict(list)
    for tag in tag_batch(batch_of(posts), reference, schema).to_pylist():
        found[tag["post_id"]].append(SimpleNamespace(**tag))
    return found


def batch_of(posts: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
    """Posts as the taggers read them, without annotator and matchers."""
    looked_up = dict.fromkeys(f"{name}_{side}" for name in ("names", "places", "kinds") for side in ("begins", "ends"))
    rows = []
    for post in posts:
        photos = post.get("photos") or []
        rows.append(
            {
                **{name: post.get(name) for name in ("post_id", "service", "place_id")},
                "published": _published(post).isoformat(),
                "title": post.get("title") or "",
                "body": post.get("body") or "",
                "captions": [photo.get("caption") or "" for photo in photos],
                "positions": list(range(len(photos))),
                "offsets": [photo.get("offset") for photo in photos],
                **looked_up,
                **dict.fromkeys(("sentence_begins", "vector_sizes", "labels")),
            }
        )
    return pa.RecordBatch.from_pylist(rows)


def found_groups(posts: Sequence[Mapping[str, Any]], celebrities: Path, places: Path, settings: Settings) -> Groups:
    """Event of every post and celebrity whom it is about, as found."""
    reference, names = reference_of(celebrities, places, settings)
    tags = tags_of(posts, reference)
    reports = []
    for post in posts:
        if post["service"] in SERVICES and not post.get("place_id"):
            words = {"post_id": post["post_id"], "body": post.get("body") or "", "published": _published(post)}
            reports += reports_of(words, tags[post["post_id"]], names, settings.events)
    kinds = kinds_of(yaml.safe_load(conf_file("event_kinds.yaml").read_text(encoding="utf-8")))
    return {key: f"{key[0]}/{event}" for key, event in plain_occasions(reports, kinds, settings.events).items()}


def labelled(folder: Path, settings: Settings) -> tuple[Agreement, int]:
    """Agreement on the posts that are labelled with events, and how many of them have an event."""
    posts = [json.loads(line) for line in (folder / "labelled_posts.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]
    posts = [post for post in posts if "event" in post["truth"]]  # the others say nothing about which posts tell of one event
    with_event = sum(bool(post["truth"].get("event")) for post in posts)
    true: Groups = {}
    for post in posts:
        event = post["truth"].get("event")
        for celebrity in post["truth"]["about"]:
            true[celebrity, post["post_id"]] = f"{celebrity}/{event}" if event else f"alone/{celebrity}/{post['post_id']}"
    found = found_groups(posts, folder / "labelled_celebrities.csv", folder / "labelled_places.csv", settings)
    return bcubed(found, true), with_event


def posts_of(landing: Path) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Of a landing folder that `hwabo sample` wrote: truth of the posts by url, of the events by name, and the posts, their url as id."""
    truth = {row["url"]: row for row in _records([landing / "truth" / "posts.jsonl"])}
    events = {row["event"]: row for row in _records([landing / "truth" / "events.jsonl"])}
    posts: dict[str, dict[str, Any]] = {}
    for post in _records(sorted(path for path in (landing / "posts").iterdir() if "broken" not in path.name)):
        if isinstance(post, dict) and post.get("url") in truth:
            posts.setdefault(post["url"], {**post, "post_id": post["url"]})
    return truth, events, list(posts.values())


def sample(landing: Path, settings: Settings) -> Agreement:
    """Agreement on a landing folder that `hwabo sample` wrote."""
    truth, events, posts = posts_of(landing)
    true: Groups = {}
    for url, row in truth.items():
        for celebrity in row["about"]:
            own = [event for event in row["events"] if celebrity in events[event]["celebrities"]]
            true[celebrity, url] = f"{celebrity}/{own[0]}" if own else f"alone/{celebrity}/{url}"
    return bcubed(found_groups(posts, landing / "celebrities.csv", landing / "places.csv", settings), true)


def _published(post: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(post["published_at"]).astimezone(SEOUL).replace(tzinfo=None)


def _several(value: str | None) -> tuple[str, ...]:
    return tuple(part for part in (value or "").split("|") if part)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _records(paths: Iterable[Path]) -> Iterator[Any]:
    for path in paths:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
        for line in text.split("\n"):
            if line.strip():
                yield json.loads(line)


def _line(name: str, found: Agreement) -> str:
    return f"| {name} | {found.precision:.4f} | {found.recall:.4f} | {found.f1:.4f} | {found.found} | {found.true} |"


def main() -> int:
    """Evaluates and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, default=DATA, help="folder of labelled_posts.jsonl and its lists")
    parser.add_argument("--sample", type=Path, action="append", default=[], help="landing folder of a sample; without photos is enough")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--set", action="append", default=[], help="setting, such as events.alike=0.4")
    options = parser.parse_args()
    settings = load_settings(RunSettings(lake="", run_id="", now=parse_clock(None)), overrides=options.set)
    lines = ["| posts | BCubed precision | recall | F1 | events found | true |", "| --- | --- | --- | --- | --- | --- |"]
    if options.sample:
        for number, landing in enumerate(options.sample, start=1):
            seed = json.loads((landing / "truth" / "sample.json").read_text(encoding="utf-8")).get("seed", number)
            lines.append(_line(f"sample, seed {seed}", sample(landing, settings)))
    else:
        agreement, with_event = labelled(options.labelled, settings)
        if not with_event:
            parser.error(f"no post of {options.labelled / 'labelled_posts.jsonl'} has a label truth.event yet")
        lines.append(_line(f"labelled by hand, {with_event} with an event", agreement))
    sys.stdout.write("\n".join(lines) + "\n")
    report.write(options.out, "Events of posts", __doc__, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
