"""Sessions over time: rows of one key that follow each other within a gap, by windows of bounded size.

Rows are first joined into slots of the gap's length: two rows of one slot are always of one session, so sessions of slots are
sessions of rows. What is sorted in a window is slots, whose number is bounded by time and not by rows, and half of them are made
before the shuffle: a key with half of all rows costs no more than any other.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

DAY = 86_400  # seconds


def wall_seconds(moment: Column, zone: str) -> Column:
    """The clock on the wall of a zone at a moment, as seconds since 1970-01-01 00:00 on that clock."""
    return F.unix_seconds(F.from_utc_timestamp(moment, zone))


def local_day(moment: Column, zone: str) -> Column:
    """The day in a zone at a moment: 2026-03-02."""
    return F.date_format(F.date_add(F.lit("1970-01-01").cast("date"), F.floor(wall_seconds(moment, zone) / DAY).cast("int")), "yyyy-MM-dd")


def on_the_wall(moment: Column, zone: str) -> Column:
    """The moment at which the session's clock shows what the wall of a zone shows at this one.

    For functions that spell times out in the session's zone, which need not be that of the events.
    """
    return F.from_utc_timestamp(F.to_utc_timestamp(moment, F.current_timezone()), zone)


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
    slotted = _slotted(rows, start=start, gap=gap)
    sessions = slot_sessions(slotted, keys=keys, start=start, end=end, gap=gap, session=session)
    return slotted.join(sessions.select(*keys, "_slot", session), [*keys, "_slot"], "inner").drop("_slot")


def session_ranges(rows: DataFrame, *, keys: Sequence[str], start: str, end: str, gap: str, session: str = "session") -> DataFrame:
    """One row a session of `with_session`.

    Args:
        rows: as `with_session`.
        keys: as `with_session`.
        start: as `with_session`.
        end: as `with_session`.
        gap: as `with_session`.
        session: as `with_session`.

    Returns:
        keys, `session` (start of the first row), `last` (end of the last), `rows` (how many there are).
    """
    slots = slot_sessions(_slotted(rows, start=start, gap=gap), keys=keys, start=start, end=end, gap=gap, session=session)
    return slots.groupBy(*keys, session).agg(F.max("_last").alias("last"), F.sum("rows").alias("rows"))


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


def _slotted(rows: DataFrame, *, start: str, gap: str) -> DataFrame:
    return rows.withColumn("_slot", F.floor(F.col(start) / F.col(gap)))
