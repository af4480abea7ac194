"""Puts the posts about one occasion of a celebrity together: tables events, event_posts, event_traces and those of phrases.

A post belongs to the event at the time that its words state, not at the time of publishing: posts that state a time become
sessions in a window over celebrity and time, joined by place, kind, hour and words; posts that state none come back to the event
that they follow or repeat; what is left is grouped by the time of publishing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs import corrections as decided
from jobs.changed_photos import changed_decisions, posts_naming_renamed
from jobs.event_kinds import read_event_kinds
from jobs.event_rows import event_facts, event_rows, with_event_id, with_merges_and_splits
from jobs.event_words import common_phrases, event_keywords, event_phrases, moved_phrases
from jobs.frames import settled
from jobs.job import Job, JobReport, run_job
from jobs.occasions import occasions
from jobs.post_facts import mentions, own_facts, post_facts, post_words, representatives, with_own_facts, with_place_names, without_names
from jobs.settings import Settings
from udfs.titles import event_title

SERVICES = ("news", "blog", "broadcast")


def run(spark: SparkSession, settings: Settings) -> JobReport:
    """Builds the events of every celebrity that a changed post is or was about."""
    reads = ("posts", "text_tags", "post_copies", "post_photos", "celebrities", "places", "corrections")
    uses = (settings.events, settings.text)
    with Job(spark, settings, "build_events", reads=reads, rebuild_when_changed=("celebrities",), uses=uses) as job:
        wish, zone, now = settings.events, settings.text.time_zone, settings.run.now
        events_before = job.read("events")
        begun = job.keep(_begun_since(events_before, now))
        if job.up_to_date and begun.isEmpty():
            return job.report
        concerned = None if job.full else job.keep(_concerned(job, begun))
        kinds = read_event_kinds(spark, settings.text.event_kinds)
        corrections, text_tags = job.read("corrections"), job.read("text_tags")

        mentioned = settled(_mentioned(job, concerned, about=wish.about))
        if job.full:
            job.changed("posts", "post_id")  # counts what was read
        told = settled(_told(job, mentioned, kinds, zone=zone, longest_days=wish.longest_days))
        reports = settled(with_event_id(settled(occasions(told, kinds, settings=wish))))
        posts = settled(posts_of_events(reports, mentioned))
        before = settled(_before(job, concerned))
        renames = decided.renames(corrections)
        if not corrections.where(F.col("event_id").isNotNull()).isEmpty():
            traced = job.read("event_traces").unionByName(traces(before, posts, now=now))
            decisions = decided.with_present_ids(corrections, traced, reports.select("event_id").dropDuplicates())
            posts = settled(posts.transform(with_merges_and_splits, decided.merges(decisions), decided.splits(decisions)))
            renames = decided.renames(decided.with_present_ids(corrections, traced, posts.select("event_id").dropDuplicates()))

        speaking = settled(speaking_reports(reports, posts))
        touched = settled(before.select("event_id").unionByName(posts.select("event_id")).dropDuplicates())
        within = None if concerned is None else touched
        job.replace("event_phrases", event_phrases(speaking, text_tags, job.read("celebrities"), most=wish.phrases), within=within)
        phrases = job.lake.read("event_phrases")
        common = settled(common_phrases(phrases))
        stale = settled(_with_moved_phrases(job, phrases, common).join(touched, "event_id", "left_anti"))
        described = settled(touched.unionByName(stale))
        keywords = settled(event_keywords(phrases.join(described, "event_id", "left_semi"), common, count=wish.keywords))

        titled = with_title(event_facts(speaking, kinds), celebrities=job.read("celebrities"), kinds=kinds, renames=renames)
        facts = titled.join(keywords, "event_id", "left")
        events = settled(event_rows(facts, posts, job.read("post_photos"), zone=zone, now=now))
        renewed = settled(events_before.join(stale, "event_id", "left_semi").drop("keywords").join(keywords, "event_id", "inner"))

        job.upsert("event_traces", traces(before, posts, now=now))
        job.replace("event_posts", posts, within=within)
        job.replace("events", events.unionByName(renewed), within=None if concerned is None else described)
        job.replace("common_phrases", common)  # last: whoever was stopped before finds the same phrases moved
    return job.report


def posts_of_events(reports: DataFrame, mentioned: DataFrame) -> DataFrame:
    """All posts of events, copies included.

    Args:
        reports: celebrity_id, report_id, event_id, weight.
        mentioned: celebrity_id, group_id, post_id, about.

    Returns:
        event_id, post_id, celebrity_id, group_id, score.
    """
    speaks_for = reports.select("celebrity_id", F.col("report_id").alias("group_id"), "event_id", "weight")
    score = F.round(F.col("about") * F.col("weight"), 6).alias("score")
    return speaks_for.join(mentioned, ["celebrity_id", "group_id"], "inner").select(
        "event_id", "post_id", "celebrity_id", "group_id", score
    )


def speaking_reports(reports: DataFrame, posts: DataFrame) -> DataFrame:
    """Reports under the event ids that the editor's decisions left them, one for each group of copies (post_id stands for it)."""
    facts = reports.drop("event_id", "event_key", "weight", "about", "post_id").withColumnRenamed("report_id", "group_id")
    speaker = posts.groupBy("event_id", "celebrity_id", "group_id").agg(F.min("post_id").alias("post_id"))
    return speaker.join(facts, ["celebrity_id", "group_id"], "inner")


def with_work(facts: DataFrame, *, kinds: DataFrame) -> DataFrame:
    """Adds `work`: the film, series or festival that the text quotes before the kind of event."""
    patterns = F.broadcast(kinds.select("kind", "work_pattern"))
    quoted = F.expr("nullif(regexp_extract(text, work_pattern, 1), '')")
    return facts.join(patterns, "kind", "left").withColumn("work", quoted).drop("work_pattern", "text")


def with_title(facts: DataFrame, *, celebrities: DataFrame, kinds: DataFrame, renames: DataFrame) -> DataFrame:
    """Adds `title`: the editor's, or celebrity, place, work and kind in good Korean."""
    title = F.udf(_title, "string")
    return (
        facts.join(F.broadcast(celebrities.select("celebrity_id", "name")), "celebrity_id", "inner")
        .join(F.broadcast(kinds.select("kind", "pattern")), "kind", "left")
        .join(F.broadcast(renames), "event_id", "left")
        .withColumn("title", F.coalesce("wanted_title", title("name", "pattern", "place", "work")))
        .drop("name", "pattern", "wanted_title")
    )


def traces(before: DataFrame, posts: DataFrame, *, now: datetime) -> DataFrame:
    """What became of events whose posts went elsewhere: merged when nothing is left of the event, split when something is.

    Args:
        before: event_id, celebrity_id, post_id as they were.
        posts: event_id, celebrity_id, post_id as they are.
        now: clock of the run.

    Returns:
        Columns of `event_traces`.
    """
    was = before.select("post_id", "celebrity_id", F.col("event_id").alias("old_id"))
    moved = was.join(posts, ["post_id", "celebrity_id"], "inner").where(F.col("old_id") != F.col("event_id"))
    counted = moved.groupBy("old_id", "event_id").agg(F.count(F.lit(1)).cast("int").alias("posts"))
    remains = posts.select(F.col("event_id").alias("old_id"), F.lit(True).alias("_remains")).dropDuplicates()
    how = F.when(F.col("_remains"), "split").otherwise("merged")
    return counted.join(remains, "old_id", "left").select(
        F.col("old_id").alias("event_id"), F.col("event_id").alias("became_id"), how.alias("how"), "posts", F.lit(now).alias("traced_at")
    )


def _mentioned(job: Job, concerned: DataFrame | None, *, about: float) -> DataFrame:
    """post_id, celebrity_id, about, group_id, speaks of the posts that tell of celebrities."""
    who = mentions(job.read("text_tags"), decided.rejected_celebrities(job.read("corrections")), about=about)
    wanted = who if concerned is None else who.join(concerned, "celebrity_id", "left_semi")
    return representatives(wanted.join(_telling(job.read("posts")), "post_id", "left_semi"), job.read("post_copies"))


def _told(job: Job, mentioned: DataFrame, kinds: DataFrame, *, zone: str, longest_days: int) -> DataFrame:
    """What the speakers of groups of copies state; report_id is the group."""
    speakers = mentioned.where("speaks").select("post_id", "celebrity_id", "about", F.col("group_id").alias("report_id"))
    posts = job.read("posts").join(speakers, "post_id", "left_semi")
    text_tags = job.read("text_tags").join(speakers, "post_id", "left_semi")
    facts = post_facts(posts, text_tags, zone=zone, longest_days=longest_days)
    told = speakers.join(facts, "post_id", "inner").join(post_words(text_tags), "post_id", "left")
    own = own_facts(speakers, posts, text_tags, longest_days=longest_days)
    return (
        told.transform(with_own_facts, own)
        .transform(with_place_names, job.read("places"), column="place")
        .transform(without_names, job.read("celebrities"))
        .transform(with_work, kinds=kinds)
    )


def _telling(posts: DataFrame) -> DataFrame:
    """Posts that may tell of an event: no reviews."""
    return posts.where(F.col("service").isin(*SERVICES) & F.col("place_id").isNull())


def _with_moved_phrases(job: Job, phrases: DataFrame, common: DataFrame) -> DataFrame:
    """event_id of events with a phrase that became more common or rarer; none where all events are built anew."""
    if job.full:
        return phrases.select("event_id").limit(0)
    moved = F.broadcast(moved_phrases(job.read("common_phrases"), common))
    return phrases.join(moved, "phrase", "left_semi").select("event_id").dropDuplicates()


def _before(job: Job, concerned: DataFrame | None) -> DataFrame:
    """event_id, celebrity_id, post_id of the events concerned as the last run left them."""
    events = job.read("events").select("event_id", "celebrity_id")
    wanted = events if concerned is None else events.join(concerned, "celebrity_id", "left_semi")
    return wanted.join(job.read("event_posts").select("event_id", "post_id"), "event_id", "left")


def _title(name: str, pattern: str | None, place: str | None, work: str | None) -> str:
    return event_title(name, pattern or "{celebrity} {place}", place=place, work=work)


def _begun_since(events: DataFrame, now: datetime) -> DataFrame:
    """celebrity_id of celebrities with an event that was upcoming when last looked at and has begun, or the other way round."""
    return events.where(F.col("upcoming") != (F.col("starts_at") > F.lit(now))).select("celebrity_id").dropDuplicates()


def _concerned(job: Job, begun: DataFrame) -> DataFrame:
    """celebrity_id of everyone whose events may differ from the last run."""
    changed = job.changed("posts", "post_id")
    for table in ("text_tags", "post_copies", "post_photos"):
        changed = changed.unionByName(job.changed(table, "post_id"))
    decisions = changed_decisions(job)
    changed = changed.unionByName(posts_naming_renamed(job)).unionByName(decisions.select("post_id")).dropna().dropDuplicates()
    copies = job.read("post_copies").select("post_id", "group_id")
    groups = copies.join(changed, "post_id", "left_semi").select("group_id").dropDuplicates()
    posts = changed.unionByName(copies.join(groups, "group_id", "left_semi").select("post_id")).dropDuplicates()
    now_about = (
        job.read("text_tags").where(F.col("kind") == "who").join(posts, "post_id", "left_semi").select(F.col("value").alias("celebrity_id"))
    )
    events = job.read("events")
    were_about = job.read("event_posts").join(posts, "post_id", "left_semi").join(events, "event_id", "inner").select("celebrity_id")
    of_decisions = decisions.join(events.select("event_id", F.col("celebrity_id").alias("_owner")), "event_id", "left")
    decided_about = of_decisions.select(F.explode(F.array("celebrity_id", "_owner")).alias("celebrity_id")).dropna()
    together = now_about.unionByName(were_about).unionByName(decided_about).unionByName(begun)
    return together.dropDuplicates()


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of this job."""
    return run_job("build_events", __doc__, run, argv)


if __name__ == "__main__":
    sys.exit(main())
