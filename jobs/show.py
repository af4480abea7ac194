"""`hwabo show EVENT_ID`: prints one event: who, when, where, the photos kept and how many were dropped for which reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import console
from jobs.errors import HwaboError
from jobs.formats import plain
from jobs.job import argument_parser, guarded, settings_from
from jobs.lake import Lake
from jobs.session import create_session
from jobs.sessions import on_the_wall
from jobs.settings import Settings

_POSTS_SHOWN = 10


def event_details(spark: SparkSession, settings: Settings, event_id: str) -> DataFrame:
    """Everything there is to say about one event, as one row.

    Args:
        spark: the session.
        settings: all settings.
        event_id: the event; the beginning of an id is enough when only one event has it.

    Returns:
        Columns event_id, title, celebrity, kind, place, starts_at, ends_at (text, local), upcoming, keywords, posts (array of struct),
        kept (array of struct, by rank), dropped (array of struct of verdict, reason, photos).

    Raises:
        HwaboError: when no event, or more than one, has the id.
    """
    lake = Lake(spark, settings.run.lake)
    found = lake.read("events").where(F.col("event_id").startswith(event_id))
    ids = [row["event_id"] for row in found.select("event_id").orderBy("event_id").limit(4).toLocalIterator()]
    if event_id in ids:
        ids = [event_id]
    if len(ids) != 1:
        known = f"several begin so: {', '.join(ids)}" if ids else "`hwabo search` and the view timeline name events"
        raise HwaboError(f"{settings.run.lake} has no single event {event_id}: {known}.")
    event = found.where(F.col("event_id") == ids[0])
    of_event = F.col("event_id") == ids[0]
    photos = lake.read("event_photos").where(of_event)
    kept = photos.where(F.col("verdict") == "kept").select("rank", "photo_id", "caption", "tags", "reason")
    dropped = photos.where(F.col("verdict") != "kept").groupBy("verdict", "reason").agg(F.count(F.lit(1)).alias("photos"))
    posts = lake.read("event_posts").where(of_event).join(lake.read("posts"), "post_id")
    posts = posts.select(F.negative("score"), "post_id", "title", "press", "url").orderBy("negative(score)", "post_id").limit(_POSTS_SHOWN)
    parts = [
        kept.agg(F.sort_array(F.collect_list(F.struct(*kept.columns))).alias("kept")),
        dropped.agg(
            F.sort_array(F.collect_list(F.struct(F.negative("photos").alias("order"), "verdict", "reason", "photos"))).alias("dropped")
        ),
        posts.agg(F.sort_array(F.collect_list(F.struct(*posts.columns))).alias("sources")),
    ]
    names = lake.read("celebrities").select("celebrity_id", F.col("name").alias("celebrity"))
    row = event.join(names, "celebrity_id", "left")
    for part in parts:
        row = row.crossJoin(part)
    zone = settings.text.time_zone
    times = [F.date_format(on_the_wall(F.col(name), zone), "yyyy-MM-dd HH:mm").alias(name) for name in ("starts_at", "ends_at")]
    return row.select(
        "event_id",
        "title",
        "celebrity",
        "kind",
        "place",
        *times,
        "precision",
        "upcoming",
        "keywords",
        "posts",
        "photos",
        "kept",
        "dropped",
        "sources",
    )


def lines(event: dict[str, Any]) -> Iterator[str]:
    """An event as a person reads it.

    Args:
        event: the row of `event_details`, as plain values.
    """
    yield event["title"] or event["event_id"]
    yield ""
    day = event["precision"] == "day"
    when = (event["starts_at"] or "")[: 10 if day else 16]
    until = (event["ends_at"] or "")[: 10 if day else 16]
    facts = {
        "event": event["event_id"],
        "who": event["celebrity"],
        "what": event["kind"],
        "when": when + (f" to {until}" if until and until != when else "") + (" (announced)" if event["upcoming"] else ""),
        "where": event["place"],
        "key words": ", ".join(event["keywords"] or []),
        "posts": event["posts"],
        "photos": f"{event['photos'] or 0}, {len(event['kept'])} kept",
    }
    for name, value in facts.items():
        if value not in (None, ""):
            yield f"  {name:<10} {value}"
    if event["kept"]:
        rows = [(photo["rank"], photo["photo_id"][:12], photo["caption"], ", ".join(photo["tags"] or [])) for photo in event["kept"]]
        yield f"\nKept photos\n{console.table(['rank', 'photo', 'caption', 'tags'], rows)}"
    if event["dropped"]:
        groups = [(group["photos"], group["verdict"], group["reason"]) for group in event["dropped"]]
        yield f"\nDropped photos\n{console.table(['photos', 'verdict', 'reason'], groups, columns=90)}"
    if event["sources"]:
        posts = [(post["post_id"][:16], post["press"], post["title"], post["url"]) for post in event["sources"]]
        yield f"\nPosts\n{console.table(['post', 'press', 'title', 'url'], posts, columns=70)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of `hwabo show`."""

    def body() -> int:
        parser = argument_parser("hwabo show", __doc__)
        parser.add_argument("event_id", help="the event, or the beginning of its id")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="table (default) or json")
        options = parser.parse_args(argv)
        settings = settings_from(options)
        details = event_details(create_session("show", master=options.master, properties=options.spark_conf), settings, options.event_id)
        event = plain(next(iter(details.toLocalIterator())))
        for line in [json.dumps(event, ensure_ascii=False)] if options.format == "json" else lines(event):
            console.say(line)
        return 0

    return guarded(body)
