"""Puts posts together that tell of one occasion of a celebrity: sessions by time, joined by place, kind, hour and words.

Posts that say the same (celebrity, kind, place, time) are counted as one claim first: what is sorted and joined is claims, of which a
busy celebrity has few more than a quiet one. Posts that do not say kind and time are compared with the few largest events of their
days, so that what one post is compared with is bounded as well.
"""

from __future__ import annotations

import pandas as pd
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs.event_kinds import OTHER
from jobs.event_rows import most_voted, votes_of
from jobs.frames import settled
from jobs.post_facts import TIMED
from jobs.sessions import DAY, with_session
from jobs.settings import EventSettings
from udfs.occasions import JoinPolicy, events_of_sessions

HOUR = 3600
SESSIONS_A_TASK = 200  # sessions of one celebrity that are joined at a time, at least
WORDS = 24  # words of a session or an event that are looked at, the most frequent first
CANDIDATES = 8  # events of a celebrity and day that a post is compared with, the largest first
_SAME_HOUR = 5400
_FEWEST_WORDS = 3
_STATED, _FOLLOWING = 1.0, 0.9  # how surely a post tells of its event
_CLAIM = ["celebrity_id", "kind", "_place", "_precision", "starts", "ends"]
_JOINED = "celebrity_id string, session_key string, event_key string"


def occasions(told: DataFrame, kinds: DataFrame, *, settings: EventSettings) -> DataFrame:
    """Puts the reports of one occasion together.

    Args:
        told: celebrity_id, report_id, kind, place, precision, starts, ends, published, words and others.
        kinds: see `read_event_kinds`.
        settings: section `events`.

    Returns:
        Those of `told` that tell of an event, with event_key (unique for a celebrity) and weight: how surely they do. Posts whose
        event lies at a time that is not told to the day ("지난해 콘서트에서") are recollections and belong to none. Posts that tell
        when and where and no kind have events of the kind OTHER.
    """
    families = told.join(F.broadcast(kinds.select("kind", "family")), "kind", "left")
    policy = JoinPolicy(retold_days=settings.retold_days, alike=settings.alike)
    stated = settled(stated_occasions(families.where(F.col("starts").isNotNull() & F.col("kind").isNotNull()), kinds, policy=policy))
    events = settled(event_summaries(stated))
    recollection = F.col("precision").isNotNull() & F.col("starts").isNull()
    open_reports = families.where(~recollection & (F.col("starts").isNull() | F.col("kind").isNull()))
    few = events.where(F.col("posts") <= settings.lonely_posts).select("celebrity_id", "event_key", F.col("posts").alias("_posts"))
    lonely = stated.join(few, ["celebrity_id", "event_key"], "inner").withColumnRenamed("event_key", "_left")
    asking = open_reports.unionByName(lonely, allowMissingColumns=True)
    found = settled(told_again(asking, events, settings=settings))

    names = ["celebrity_id", "report_id"]
    moved = found.where(F.col("_left").isNotNull() & F.col("event_key").isNotNull())
    stays = stated.join(moved.select(*names), names, "left_anti").withColumn("weight", F.lit(_STATED))
    again = found.where(F.col("event_key").isNotNull()).transform(_without_misreading).withColumn("weight", F.lit(_FOLLOWING))
    alone = found.where(F.col("event_key").isNull() & F.col("_left").isNull() & F.col("kind").isNotNull() & F.col("starts").isNull())
    told_of = stays.unionByName(again)
    if not alone.isEmpty():
        own = undated_occasions(alone.drop("_left", "event_key"), kinds, policy=policy)
        told_of = told_of.unionByName(own.withColumn("weight", F.lit(_FOLLOWING)))
    is_unnamed = F.col("event_key").isNull() & F.col("kind").isNull() & F.col("starts").isNotNull() & F.col("place").isNotNull()
    unnamed = found.where(is_unnamed).drop("_left", "event_key").withColumn("kind", F.lit(OTHER)).withColumn("family", F.lit(OTHER))
    if not unnamed.isEmpty():
        told_of = told_of.unionByName(stated_occasions(unnamed, kinds, policy=policy).withColumn("weight", F.lit(_STATED)))
    return told_of.drop("family")


def stated_occasions(reports: DataFrame, kinds: DataFrame, *, policy: JoinPolicy) -> DataFrame:
    """Events of the posts that state a time and a kind.

    Args:
        reports: celebrity_id, report_id (unique for a celebrity), kind, family, place, precision, starts, ends, published (seconds
            on the wall), words.
        kinds: kind, gap (seconds).
        policy: how far two readings of one occasion may differ.

    Returns:
        `reports` of known kinds with event_key (unique for a celebrity).
    """
    known = reports.join(F.broadcast(kinds.select("kind", "gap")), "kind", "inner")
    saying = known.withColumn("_place", F.coalesce("place", F.lit(""))).withColumn("_precision", F.coalesce("precision", F.lit("")))
    claims = (
        saying.groupBy(*_CLAIM, "gap", "family")
        .agg(F.count(F.lit(1)).alias("posts"), F.min("published").alias("told"))
        .transform(with_likely_hour)
    )
    sessions = with_session(claims, keys=["celebrity_id", "kind", "_place"], start="from", end="to", gap="gap")
    named = settled(sessions.withColumn("session_key", F.concat_ws("|", "kind", "_place", F.format_string("%012d", "session"))))
    in_session = settled(saying.join(named.select(*_CLAIM, "session_key"), _CLAIM, "inner"))
    keys = ["celebrity_id", "session_key"]
    events = _join_sessions(_summaries(named).join(frequent_words(in_session, keys), keys, "left"), policy)
    return in_session.join(events, keys, "inner").select(*reports.columns, "event_key")


def undated_occasions(reports: DataFrame, kinds: DataFrame, *, policy: JoinPolicy) -> DataFrame:
    """Events of their own of posts that state no time: those published within the kind's gap of each other.

    Args:
        reports: as `stated_occasions`, with neither starts nor ends nor precision.
        kinds: as `stated_occasions`.
        policy: as `stated_occasions`.

    Returns:
        `reports` of known kinds with event_key.
    """
    published = (
        reports.withColumn("starts", F.col("published")).withColumn("ends", F.col("published")).withColumn("precision", F.lit("day"))
    )
    own = stated_occasions(published, kinds, policy=policy).withColumn("event_key", F.concat(F.lit("published|"), "event_key"))
    return (
        own.withColumn("precision", F.lit(None).cast("string"))
        .withColumn("starts", F.lit(None).cast("long"))
        .withColumn("ends", F.lit(None).cast("long"))
    )


def with_likely_hour(claims: DataFrame) -> DataFrame:
    """Adds `from` and `to`: a claim of the day only is put at the hour that most others state for that day and kind.

    Args:
        claims: celebrity_id, kind, _precision, starts, ends, posts.
    """
    same_day = Window.partitionBy("celebrity_id", "kind", F.floor(F.col("starts") / DAY))
    timed = F.col("_precision").isin(*TIMED)
    best = F.max(F.when(timed, F.struct("posts", -F.col("starts")))).over(same_day)
    likely = F.when(timed, F.col("starts")).otherwise(F.coalesce(-best["col2"], F.col("starts")))
    return claims.withColumn("from", likely).withColumn("to", F.greatest("from", "ends"))


def frequent_words(rows: DataFrame, keys: list[str]) -> DataFrame:
    """keys, words: those that most rows have, at most WORDS."""
    counted = rows.select(*keys, F.explode("words").alias("word")).groupBy(*keys, "word").agg(F.count(F.lit(1)).alias("rows"))
    most_first = Window.partitionBy(*keys).orderBy(F.col("rows").desc(), "word")
    few = counted.withColumn("_rank", F.row_number().over(most_first)).where(F.col("_rank") <= WORDS)
    return few.groupBy(*keys).agg(F.sort_array(F.collect_list("word")).alias("words"))  # at most WORDS a group


def event_summaries(stated: DataFrame) -> DataFrame:
    """What the posts of each event say of it.

    Args:
        stated: columns of `stated_occasions`.

    Returns:
        celebrity_id, event_key, kind, family, place (null when none is named), hour (begin), last, posts, words.
    """
    keys = ["celebrity_id", "event_key"]
    votes = most_voted(votes_of(stated, keys, kind="kind", place="place"), keys)
    said = votes.groupBy(*keys).agg(*(F.max(F.when(F.col("field") == field, F.col("value"))).alias(field) for field in ("kind", "place")))
    families = stated.select("kind", "family").dropDuplicates(["kind"])
    times = stated.groupBy(*keys).agg(F.min("starts").alias("hour"), F.max("ends").alias("last"), F.count(F.lit(1)).alias("posts"))
    joined = said.join(F.broadcast(families), "kind", "left").join(times, keys, "inner")
    return joined.join(frequent_words(stated, keys), keys, "left")


def told_again(reports: DataFrame, events: DataFrame, *, settings: EventSettings) -> DataFrame:
    """Finds the event that a post comes back to, shares a day with, or quotes.

    - A post with a kind and no time belongs to an event of that kind (or one akin, when the words agree) up to `follow_up_days`
      before it or `preview_hours` after it, at no other place (a place that the other's words hold is none).
    - A post with a time and no kind belongs to an event of that day at its place or hour, or with its words.
    - A post with neither belongs to an event of the last days whose words it repeats.
    - A post that is (almost) alone with what it states, while its kind and words are those of an event of the last days that many
      posts tell, states the time or place of something else that it mentions.

    Args:
        reports: celebrity_id, report_id, kind, family, place, precision, starts, published, words; `_left` and `_posts` for posts
            that have an event: its key and number of posts.
        events: see `event_summaries`.
        settings: section `events`.

    Returns:
        `reports` with event_key, null where no event fits, without `_posts`.
    """
    after, before = settings.follow_up_days * DAY, settings.preview_hours * HOUR
    by_size = Window.partitionBy("celebrity_id", "_day").orderBy(F.col("posts").desc(), "event_key")
    days = F.sequence(F.floor((F.col("hour") - before) / DAY), F.floor((F.col("last") + after) / DAY))
    offered = (
        events.withColumn("_day", F.explode(days))
        .withColumn("_rank", F.row_number().over(by_size))
        .where(F.col("_rank") <= CANDIDATES)
        .select("celebrity_id", "_day", F.struct("event_key", "kind", "family", "place", "hour", "last", "posts", "words").alias("_event"))
    )
    moment = F.when(F.col("kind").isNull(), F.coalesce("starts", "published")).otherwise(F.col("published"))
    names = ["celebrity_id", "report_id"]
    pairs = reports.withColumn("_day", F.floor(moment / DAY)).join(offered, ["celebrity_id", "_day"], "inner")
    fitting = pairs.select(*names, _fit(settings).alias("_fit"), F.col("_event.event_key").alias("_key")).where(F.col("_fit").isNotNull())
    best = fitting.groupBy(*names).agg(F.max(F.struct("_fit", "_key"))["_key"].alias("event_key"))
    return reports.drop("_posts").join(best, names, "left")


def _without_misreading(found: DataFrame) -> DataFrame:
    """What a post that left its own event stated of time and place is of something else: it does not speak for its new event."""
    for name in ("place", "precision", "starts", "ends"):
        found = found.withColumn(name, F.when(F.col("_left").isNull(), F.col(name)))
    return found.drop("_left")


def _fit(settings: EventSettings) -> Column:
    """How well `_event` fits the row: an array of doubles, the first of which counts most; null when it does not."""
    event = F.col("_event")
    words = F.coalesce("words", F.array())
    shared = F.size(F.array_intersect(words, F.coalesce(event["words"], F.array())))
    likeness = F.when(F.size(words) >= _FEWEST_WORDS, shared / F.size(words)).otherwise(0.0)
    alike = likeness >= settings.alike
    since = F.col("published") - event["hour"]
    recent = since.between(-settings.preview_hours * HOUR, settings.retold_days * DAY)
    own, place = F.replace("place", F.lit(" "), F.lit("")), F.replace(event["place"], F.lit(" "), F.lit(""))
    related = F.coalesce(own.contains(place) | place.contains(own), F.lit(False))
    named = F.exists(event["words"], lambda word: word.contains(F.col("place"))) | F.exists(
        words, lambda word: word.contains(event["place"])
    )
    agrees = F.col("place").isNull() | event["place"].isNull() | related | F.coalesce(named, F.lit(False))
    same_kind, same_family = F.col("kind") == event["kind"], F.col("family") == event["family"]

    in_time = since.between(-settings.preview_hours * HOUR, settings.follow_up_days * DAY + event["last"] - event["hour"])
    undated = in_time & agrees & (same_kind | (same_family & alike))
    undated_order = _order(same_kind, alike, since >= 0, -F.abs(since))

    starts = F.col("starts")
    away = F.when(starts.between(event["hour"], event["last"]), 0).otherwise(
        F.least(F.abs(starts - event["hour"]), F.abs(starts - event["last"]))
    )
    same_day = starts.between(event["hour"] - DAY // 2, event["last"] + DAY // 2)
    same_hour = F.col("precision").isin(*TIMED) & (away <= _SAME_HOUR)
    kindless = same_day & (related | same_hour | alike)

    quiet = recent & agrees & (likeness >= settings.surely_alike)
    larger = F.col("_posts") <= JoinPolicy().misread_share * event["posts"]
    mistaken = recent & same_family & larger & (likeness >= settings.surely_alike) & (event["event_key"] != F.col("_left"))
    return (
        F.when(F.col("_left").isNotNull(), F.when(mistaken, _order(likeness, event["posts"])))
        .when(F.col("kind").isNotNull(), F.when(undated, undated_order))
        .when(starts.isNotNull(), F.when(kindless, _order(related, F.floor(likeness * 10), -away)))
        .otherwise(F.when(quiet, _order(likeness, -F.abs(since))))
    )


def _order(*values: Column) -> Column:
    """Values of an order as doubles: the first counts most."""
    return F.array(*(value.cast("double") for value in values))


def _summaries(sessions: DataFrame) -> DataFrame:
    """One row a session: kind, family, place, first, last, hour (the most stated, null when none is), posts, gap, told."""
    stated = F.col("_precision").isin(*TIMED)
    by_hour = sessions.groupBy("celebrity_id", "session_key", "kind", "family", "_place", F.when(stated, F.col("from")).alias("_hour")).agg(
        F.min("from").alias("first"),
        F.max("to").alias("last"),
        F.sum("posts").alias("posts"),
        F.first("gap").alias("gap"),
        F.min("told").alias("told"),
    )
    most = F.max(F.when(F.col("_hour").isNotNull(), F.struct("posts", -F.col("_hour"))))
    return by_hour.groupBy("celebrity_id", "session_key", "kind", "family", F.col("_place").alias("place")).agg(
        F.min("first").alias("first"),
        F.max("last").alias("last"),
        (-most["col2"]).alias("hour"),
        F.sum("posts").alias("posts"),
        F.first("gap").alias("gap"),
        F.min("told").alias("told"),
    )


def _join_sessions(summaries: DataFrame, policy: JoinPolicy) -> DataFrame:
    """celebrity_id, session_key, event_key: sessions too far from all others of the celebrity are never looked at together."""
    in_order = Window.partitionBy("celebrity_id").orderBy("first", "session_key")
    so_far = in_order.rowsBetween(Window.unboundedPreceding, Window.currentRow)
    reach = F.greatest(F.col("gap"), F.lit(policy.reach))
    reached = F.max(F.col("last") + reach).over(in_order.rowsBetween(Window.unboundedPreceding, -1))
    numbered = summaries.withColumn("_opens", F.col("first") > F.coalesce(reached, F.col("first") - 1)).withColumn(
        "_number", F.row_number().over(in_order)
    )
    first_of_cluster = F.max(F.when(F.col("_opens"), F.col("_number"))).over(so_far)
    tasks = numbered.withColumn("_task", F.floor(first_of_cluster / SESSIONS_A_TASK))
    inputs = ["celebrity_id", "_task", "session_key", "kind", "family", "place", "first", "last", "hour", "posts", "gap", "told", "words"]

    def joined(sessions: pd.DataFrame) -> pd.DataFrame:
        return events_of_sessions(sessions, policy)

    return tasks.select(*inputs).groupBy("celebrity_id", "_task").applyInPandas(joined, _JOINED)
