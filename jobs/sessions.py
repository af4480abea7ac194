"""Sessions over time: rows of one key that follow each other within a gap, by windows of bounded size.

Rows are first joined into slots of the gap's length: two rows of one slot are always of one session, so sessions of slots are
sessions of rows. What is sorted in a window is slots, whose number is bounded by time and not by rows, and half of them are made
before the shuffle: a key with half of all rows costs no more than any other.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F


def wall_seconds(moment: Column, zone: str) -> Column:
    """The clock on the wall of a zone at a moment, as seconds since 1970-01-01 00:00 on that clock."""
    return F.unix_seconds(F.from_utc_timestamp(moment, zone))


def moment_of(wall: Column, zone: str) -> Column:
    """The moment at which the wall of a zone shows `wall` seconds; the inverse of `wall_seconds`."""
    return F.to_utc_timestamp(F.timestamp_seconds(wall), zone)


def with_session(rows: DataFrame, *, keys: Sequence[str], start: str, end: str, gap: str, session: str = "session") -> DataFrame:
    """Adds the session of every row: the start of the session's first row.

    A row opens a session when its key's earlier rows all end more than the gap before it starts.

    Args:
        rows: columns `keys` (none null), `start`, `end` (>= start) and `gap` (> 0, the same for all rows of a key) [seconds, long].
        keys: columns that name whose sessions.
        start: begin of a row.
        end: end of a row.
        gap: longest pause within a session.
        session: name of the new column.

    Returns:
        `rows` with `session` [seconds, long].
    """
    slotted = rows.withColumn("_slot", F.floor(F.col(start) / F.col(gap)))
    sessions = slot_sessions(slotted, keys=keys, start=start, end=end, gap=gap, session=session)
    return slotted.join(sessions.select(*keys, "_slot", session), [*keys, "_slot"], "inner").drop("_slot")


def slot_sessions(slotted: DataFrame, *, keys: Sequence[str], start: str, end: str, gap: str, session: str) -> DataFrame:
    """The session of every slot.

    Args:
        slotted: as `with_session`, with `_slot`: the start divided by the gap.
        keys: as `with_session`.
        start: as `with_session`.
        end: as `with_session`.
        gap: as `with_session`.
        session: as `with_session`.

    Returns:
        keys, `_slot`, `session`, and `rows` (number of rows of the slot), `_last` (end of its last row).
    """
    slots = slotted.groupBy(*keys, "_slot").agg(
        F.min(start).alias("_first"), F.max(end).alias("_last"), F.first(gap).alias("_gap"), F.count(F.lit(1)).alias("rows")
    )
    in_order = Window.partitionBy(*keys).orderBy("_slot")
    before = F.max("_last").over(in_order.rowsBetween(Window.unboundedPreceding, -1))
    opens = before.isNull() | (F.col("_first") - before > F.col("_gap"))
    opened = F.max(F.when(F.col("_opens"), F.col("_first"))).over(in_order.rowsBetween(Window.unboundedPreceding, Window.currentRow))
    return slots.withColumn("_opens", opens).withColumn(session, opened).select(*keys, "_slot", session, "rows", "_last")


def nearest_session(
    rows: DataFrame, sessions: DataFrame, *, keys: Sequence[str], at: str, row_id: str, start: str, session: str, carry: Sequence[str] = ()
) -> DataFrame:
    """For every row the last session that starts at or before it and the first that starts after it.

    Args:
        rows: columns `keys`, `at` [seconds], `row_id` (string, unique within the keys), and any others.
        sessions: columns `keys`, `start` [seconds], `session` (string, unique within the keys), `carry`.
        keys: columns that a row and its session have in common.
        at: time of a row.
        row_id: name of a row.
        start: time of a session.
        session: name of a session.
        carry: further columns of the session that are wanted.

    Returns:
        `rows` with `before` and `after`: structs of start, session and `carry`; null when there is none.
    """
    found = F.struct(F.col(start).alias("start"), F.col(session).alias("session"), *carry)
    markers = sessions.select(
        *keys, F.col(start).alias(at), F.lit(0).alias("_is_row"), F.col(session).alias("_tie"), found.alias("_session")
    )
    both = rows.withColumn("_is_row", F.lit(1)).withColumn("_tie", F.col(row_id)).unionByName(markers, allowMissingColumns=True)
    order = [F.col(at), F.col("_is_row"), F.col("_tie")]
    # a frame up to unboundedFollowing is worked out anew for every row: turning the order round is one sort instead
    so_far = (Window.unboundedPreceding, Window.currentRow)
    forwards = Window.partitionBy(*keys).orderBy(*order).rowsBetween(*so_far)
    backwards = Window.partitionBy(*keys).orderBy(*(column.desc() for column in order)).rowsBetween(*so_far)
    return (
        both.withColumn("before", F.last("_session", ignorenulls=True).over(forwards))
        .withColumn("after", F.last("_session", ignorenulls=True).over(backwards))
        .where(F.col("_is_row") == 1)
        .drop("_is_row", "_tie", "_session")
    )
