"""Puts posts together that tell of one occasion of a celebrity: sessions by time, joined by place, kind and hour.

Posts that say the same (celebrity, kind, place, time) are counted as one claim first: what is sorted and joined is claims, of which a
busy celebrity has few more than a quiet one.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from jobs.frames import settled
from jobs.post_facts import DAY, TIMED
from jobs.sessions import nearest_session, with_session
from udfs.occasions import events_of_sessions

HOUR = 3600
_SAME_HOUR = 5400
SESSIONS_A_TASK = 200  # sessions of one celebrity that are joined at a time, at least
_CLAIM = ["celebrity_id", "kind", "_place", "_precision", "starts", "ends"]
_JOINED = "celebrity_id string, session_key string, event_key string"


def stated_occasions(reports: DataFrame, kinds: DataFrame) -> DataFrame:
    """Events of the posts that state a time and a kind.

    Args:
        reports: celebrity_id, report_id (unique for a celebrity), kind, place, precision, starts, ends (seconds on the wall).
        kinds: kind, gap (seconds).

    Returns:
        `reports` with event_key (unique for a celebrity).
    """
    known = reports.join(F.broadcast(kinds.select("kind", "gap")), "kind", "inner")
    saying = known.withColumn("_place", F.coalesce("place", F.lit(""))).withColumn("_precision", F.coalesce("precision", F.lit("")))
    claims = saying.groupBy(*_CLAIM, "gap").agg(F.count(F.lit(1)).alias("posts")).transform(with_likely_hour)
    sessions = with_session(claims, keys=["celebrity_id", "kind", "_place"], start="from", end="to", gap="gap")
    named = settled(sessions.withColumn("session_key", F.concat_ws("|", "kind", "_place", F.format_string("%012d", "session"))))
    events = _join_sessions(_summaries(named))
    keyed = named.select(*_CLAIM, "session_key").join(events, ["celebrity_id", "session_key"], "inner").drop("session_key")
    return saying.join(keyed, _CLAIM, "inner").select(*reports.columns, "event_key")


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


def follow_ups(reports: DataFrame, occasions: DataFrame, *, days_after: int, hours_before: int) -> DataFrame:
    """Finds the event that a post without a stated time comes back to.

    Args:
        reports: celebrity_id, report_id, kind, place, published (seconds on the wall).
        occasions: celebrity_id, event_key, kind, place, hour (seconds on the wall).
        days_after: longest time from the event to the post.
        hours_before: longest time from the post to the event.

    Returns:
        `reports` with event_key, null where no event fits.
    """
    found = nearest_session(
        reports,
        occasions,
        keys=["celebrity_id", "kind"],
        at="published",
        row_id="report_id",
        start="hour",
        session="event_key",
        carry=["place"],
    )
    since, until = F.col("published") - F.col("before.start"), F.col("after.start") - F.col("published")
    agrees = {
        side: F.col("place").isNull() | place.isNull() | F.col("place").contains(place) | place.contains(F.col("place"))
        for side, place in (("before", F.col("before.place")), ("after", F.col("after.place")))
    }
    earlier = F.when((since <= days_after * DAY) & agrees["before"], F.col("before.session"))
    later = F.when((until <= hours_before * HOUR) & agrees["after"], F.col("after.session"))
    return found.withColumn("event_key", F.coalesce(earlier, later)).drop("before", "after")


def same_day_events(reports: DataFrame, occasions: DataFrame) -> DataFrame:
    """Finds the event of a post that states its time and not what it was: the same day and place, or the same hour.

    Args:
        reports: celebrity_id, report_id, place, precision, starts (seconds on the wall).
        occasions: celebrity_id, event_key, place, hour (seconds on the wall).

    Returns:
        Those of `reports` that an event fits, with event_key.
    """
    found = nearest_session(
        reports,
        occasions,
        keys=["celebrity_id"],
        at="starts",
        row_id="report_id",
        start="hour",
        session="event_key",
        carry=["place"],
    )

    def fits(side: str) -> Column:
        apart, place = F.abs(F.col("starts") - F.col(f"{side}.start")), F.col(f"{side}.place")
        same_place = F.col("place").contains(place) | place.contains(F.col("place"))
        same_hour = F.col("precision").isin(*TIMED) & (apart <= _SAME_HOUR)
        return F.when(
            (apart <= DAY // 2) & (F.coalesce(same_place, F.lit(False)) | same_hour),
            F.struct(apart.alias("apart"), F.col(f"{side}.session").alias("session")),
        )

    nearest = F.least(fits("before"), fits("after"))
    event = nearest["session"]
    return found.withColumn("event_key", event).where(F.col("event_key").isNotNull()).drop("before", "after")


def _summaries(sessions: DataFrame) -> DataFrame:
    """One row a session: kind, place, first, last, hour (the most stated, null when none is), posts, gap."""
    stated = F.col("_precision").isin(*TIMED)
    by_hour = sessions.groupBy("celebrity_id", "session_key", "kind", "_place", F.when(stated, F.col("from")).alias("_hour")).agg(
        F.min("from").alias("first"), F.max("to").alias("last"), F.sum("posts").alias("posts"), F.first("gap").alias("gap")
    )
    most = F.max(F.when(F.col("_hour").isNotNull(), F.struct("posts", -F.col("_hour"))))
    return by_hour.groupBy("celebrity_id", "session_key", "kind", F.col("_place").alias("place")).agg(
        F.min("first").alias("first"),
        F.max("last").alias("last"),
        (-most["col2"]).alias("hour"),
        F.sum("posts").alias("posts"),
        F.first("gap").alias("gap"),
    )


def _join_sessions(summaries: DataFrame) -> DataFrame:
    """celebrity_id, session_key, event_key: sessions far from all others of the celebrity are never looked at together."""
    in_order = Window.partitionBy("celebrity_id").orderBy("first", "session_key")
    so_far = in_order.rowsBetween(Window.unboundedPreceding, Window.currentRow)
    reached = F.max(F.col("last") + F.col("gap")).over(in_order.rowsBetween(Window.unboundedPreceding, -1))
    numbered = summaries.withColumn("_opens", F.col("first") > F.coalesce(reached, F.col("first") - 1)).withColumn(
        "_number", F.row_number().over(in_order)
    )
    first_of_cluster = F.max(F.when(F.col("_opens"), F.col("_number"))).over(so_far)
    tasks = numbered.withColumn("_task", F.floor(first_of_cluster / SESSIONS_A_TASK))
    inputs = ["celebrity_id", "_task", "session_key", "kind", "place", "first", "last", "hour", "posts", "gap"]
    return tasks.select(*inputs).groupBy("celebrity_id", "_task").applyInPandas(events_of_sessions, _JOINED)
