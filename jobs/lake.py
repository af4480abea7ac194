"""All reads and writes of the lake's Delta tables.

A write states what the rows of some groups should be; the difference to what is there goes in as one atomic commit, and no
difference is no commit. That makes every job idempotent, and lets the jobs behind it read only what really changed.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any

from delta.tables import DeltaTable
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import MapType
from pyspark.storagelevel import StorageLevel

from jobs.frames import empty
from jobs.tables import TABLES, Table

logger = logging.getLogger(__name__)

ACTION = "_action"  # of a row of a difference: insert, update or delete
_NOTE = "spark.databricks.delta.commitInfo.userMetadata"
_COMMIT = re.compile(r"\d{20}\.json")


@dataclass(frozen=True)
class Written:
    """Rows that one write changed."""

    inserted: int = 0
    updated: int = 0
    deleted: int = 0

    @property
    def rows(self) -> int:
        """All rows that were inserted, updated or deleted."""
        return self.inserted + self.updated + self.deleted


class Lake:
    """The tables below one folder.

    Args:
        spark: the session.
        uri: folder of the lake, any address that Hadoop writes.
    """

    def __init__(self, spark: SparkSession, uri: str) -> None:
        self.spark = spark
        self._hadoop = spark._jsc.hadoopConfiguration()
        folder = spark._jvm.org.apache.hadoop.fs.Path(uri)  # type: ignore[union-attr]
        self.uri = str(folder.getFileSystem(self._hadoop).makeQualified(folder).toString()).rstrip("/")

    def path(self, name: str) -> str:
        """Address of a table."""
        return f"{self.uri}/{TABLES[name].name}"

    def exists(self, name: str) -> bool:
        """Whether the table has been created."""
        return DeltaTable.isDeltaTable(self.spark, self.path(name))

    def version(self, name: str) -> int:
        """Number of the table's newest version; -1 when it does not exist. Told by the names in its log, without a Spark job."""
        log = self._log(name)
        files = log.getFileSystem(self._hadoop)
        if not files.exists(log):
            return -1
        names = (status.getPath().getName() for status in files.listStatus(log))
        return max((int(name.split(".")[0]) for name in names if _COMMIT.fullmatch(name)), default=-1)

    def read(self, name: str, version: int | None = None) -> DataFrame:
        """A table, at a version or at its newest; an empty frame with its columns when it does not exist."""
        table = TABLES[name]
        if version == -1 or self.version(name) < 0:
            return empty(self.spark, table.schema)
        reader = self.spark.read.format("delta")
        if version is not None:
            reader = reader.option("versionAsOf", version)
        return reader.load(self.path(name)).select(table.columns)

    def changed_keys(self, name: str, columns: list[str], *, after: int, until: int) -> DataFrame | None:
        """Distinct values of `columns` in rows that were inserted, updated (before and after) or deleted.

        Args:
            name: table.
            columns: columns of the wanted keys.
            after: version already known.
            until: newest version to read.

        Returns:
            A frame of `columns`; None when the table's change feed does not reach back that far (it was vacuumed).
        """
        if after >= until:
            return empty(self.spark, TABLES[name].schema).select(columns)
        changes = self._change_feed(name, after, until)
        return None if changes is None else changes.select(columns).dropDuplicates()

    def changes(self, name: str, *, after: int, until: int) -> DataFrame | None:
        """Rows that changed, as they were and as they are.

        Args:
            name: table with a key of one column.
            after: version already known.
            until: newest version to read.

        Returns:
            The key, old (struct of all columns at `after`, null: there was none) and new (at `until`), one row a key; None when the table's
            change feed does not reach back that far.
        """
        (key,) = TABLES[name].key
        row = F.struct(*TABLES[name].columns)
        if after >= until:
            return empty(self.spark, TABLES[name].schema).select(key, row.alias("old"), row.alias("new"))
        changes = self._change_feed(name, after, until)
        if changes is None:
            return None
        gone = F.col("_change_type").isin("delete", "update_preimage")
        # within one commit what was comes before what is
        when = F.struct("_commit_version", (~gone).alias("is"))
        side = F.struct(gone.alias("gone"), row.alias("row"))
        ends = changes.groupBy(key).agg(F.min_by(side, when).alias("first"), F.max_by(side, when).alias("last"))
        old = F.when(F.col("first.gone"), F.col("first.row")).alias("old")
        return ends.select(key, old, F.when(~F.col("last.gone"), F.col("last.row")).alias("new"))

    def create(self, name: str) -> None:
        """Creates an empty table with its columns and comments, unless it is there."""
        if self.version(name) >= 0:
            return
        table = TABLES[name]
        (
            DeltaTable.createIfNotExists(self.spark)
            .location(self.path(name))
            .addColumns(table.schema)
            .comment(table.comment)
            .property("delta.enableChangeDataFeed", "true")
            .execute()
        )

    def append(self, name: str, rows: DataFrame, *, note: Mapping[str, int] | None = None) -> Written:
        """Adds rows whose keys are known to be new; no rows are no commit.

        Args:
            name: table.
            rows: rows to add.
            note: what the commit says of itself, see `note`.
        """
        self.create(name)
        before = self.version(name)
        self._save(name, rows, "append", note)
        now = self.version(name)
        if now == before:
            return Written()
        metrics: Mapping[str, str] = self._commit_information(name, now).get("operationMetrics", {})
        return Written(inserted=int(metrics.get("numOutputRows", 0)))

    def overwrite(self, name: str, rows: DataFrame, *, note: Mapping[str, int] | None = None) -> None:
        """Writes a table anew, in one commit, whatever was in it: for tables of working state, which nobody follows row by row."""
        self.create(name)
        self._save(name, rows, "overwrite", note)

    def note(self, name: str) -> dict[str, int] | None:
        """What the newest commit that carries a note says; None where the table's log holds none. Takes no Spark job."""
        for version in range(self.version(name), -1, -1):
            information = self._commit_information(name, version)
            if "userMetadata" in information:
                return {key: int(value) for key, value in json.loads(information["userMetadata"]).items()}
            if not information:  # Delta removes old commits
                break
        return None

    def remove(self, name: str, condition: Column) -> None:
        """Deletes the rows for which a condition holds."""
        DeltaTable.forPath(self.spark, self.path(name)).delete(condition)

    def replace(self, name: str, rows: DataFrame, *, within: DataFrame | None = None, note: Mapping[str, int] | None = None) -> Written:
        """Makes the rows of some groups exactly `rows`, as one atomic commit of the differences.

        Args:
            name: table.
            rows: all rows that the groups should have; one row a key.
            within: distinct values of the columns that name the groups (a subset of the table's columns);
                None means the whole table.
            note: what the commit, if there is one, says of itself, see `note`.

        Returns:
            How many rows were inserted, updated and deleted.
        """
        table = TABLES[name]
        if self.version(name) <= 0:  # nothing was ever written: no difference to work out
            return self.append(name, rows, note=note)
        wanted = conform(rows, table)
        present = self.read(name)
        if within is not None:
            present = present.join(within, _null_safe_equal(present, within, within.columns), "left_semi")
        return self._commit(table, _difference(wanted, present, table, deleting=True), note)

    def upsert(self, name: str, rows: DataFrame) -> Written:
        """Inserts rows with new keys and updates those that differ; deletes nothing."""
        table = TABLES[name]
        if self.version(name) <= 0:
            return self.append(name, rows)
        return self._commit(table, _difference(conform(rows, table), self.read(name), table, deleting=False))

    def change(self, name: str, difference: DataFrame, written: Written, *, note: Mapping[str, int] | None = None) -> Written:
        """Makes changes that are known by their rows, as one atomic commit.

        Args:
            name: table.
            difference: the table's columns and `ACTION`, one row a key, cheap to read again; inserted keys are new, the others are there.
            written: how many rows of each kind these are.
            note: what the commit says of itself, see `note`.
        """
        table = TABLES[name]
        if not written.rows:
            return written
        self.create(name)
        if written.rows == written.inserted:
            self._save(name, difference, "append", note)
            return written
        same_key = reduce(Column.__and__, (F.col(f"old.{key}").eqNullSafe(F.col(f"new.{key}")) for key in table.key))
        values: dict[str, Any] = {column: F.col(f"new.{column}") for column in table.columns}
        merge = DeltaTable.forPath(self.spark, self.path(name)).alias("old").merge(difference.alias("new"), same_key)
        if written.deleted:
            merge = merge.whenMatchedDelete(F.col(f"new.{ACTION}") == "delete")
        if written.updated:
            merge = merge.whenMatchedUpdate(set=values)
        if written.inserted:
            merge = merge.whenNotMatchedInsert(values=values)
        with self._noting(note):
            merge.execute()
        return written

    def _commit(self, table: Table, difference: DataFrame, note: Mapping[str, int] | None = None) -> Written:
        difference = difference.persist(StorageLevel.MEMORY_AND_DISK)
        try:
            counts = {row[ACTION]: row["count"] for row in difference.groupBy(ACTION).count().toLocalIterator()}
            written = Written(counts.get("insert", 0), counts.get("update", 0), counts.get("delete", 0))
            return self.change(table.name, difference, written, note=note)
        finally:
            difference.unpersist()

    def _change_feed(self, name: str, after: int, until: int) -> DataFrame | None:
        feed = self.spark.read.format("delta").option("readChangeFeed", "true")
        try:
            return feed.option("startingVersion", after + 1).option("endingVersion", until).load(self.path(name))
        except AnalysisException:
            logger.warning("the change feed of %s does not reach back to version %d: reading the whole table", name, after + 1)
            return None

    def _log(self, name: str) -> Any:
        return self.spark._jvm.org.apache.hadoop.fs.Path(f"{self.path(name)}/_delta_log")  # type: ignore[union-attr]

    @contextmanager
    def _noting(self, note: Mapping[str, int] | None) -> Iterator[None]:
        """Has the commits made meanwhile carry a note: MERGE takes it from the session alone."""
        if note is None:
            yield
            return
        self.spark.conf.set(_NOTE, json.dumps(note, sort_keys=True))
        try:
            yield
        finally:
            self.spark.conf.unset(_NOTE)

    def _save(self, name: str, rows: DataFrame, mode: str, note: Mapping[str, int] | None) -> None:
        writer = conform(rows, TABLES[name]).write.format("delta").mode(mode)
        if note is not None:
            writer = writer.option("userMetadata", json.dumps(note, sort_keys=True))
        writer.save(self.path(name))

    def _commit_information(self, name: str, version: int) -> dict[str, Any]:
        """What a commit tells of itself; nothing where it is gone."""
        log = self._log(name)
        commit = self.spark._jvm.org.apache.hadoop.fs.Path(log, f"{version:020d}.json")  # type: ignore[union-attr]
        files = log.getFileSystem(self._hadoop)
        if not files.exists(commit):
            return {}
        stream = files.open(commit)
        try:
            text = self.spark._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")  # type: ignore[union-attr]
        finally:
            stream.close()
        actions = (json.loads(line) for line in text.splitlines())
        return next((action["commitInfo"] for action in actions if "commitInfo" in action), {})


def conform(rows: DataFrame, table: Table) -> DataFrame:
    """The table's columns, in order and of its types; a missing column is an error, not a null."""
    return rows.select(*(F.col(field.name).cast(field.dataType).alias(field.name) for field in table.schema.fields))


def _null_safe_equal(left: DataFrame, right: DataFrame, columns: list[str]) -> Column:
    return reduce(Column.__and__, (left[column].eqNullSafe(right[column]) for column in columns))


def _difference(wanted: DataFrame, present: DataFrame, table: Table, *, deleting: bool) -> DataFrame:
    """Rows to insert, update or (when deleting) delete, column `_action`, to come from `present` to `wanted`."""
    compared = [column for column in table.columns if column not in table.clock_columns]
    new, old = wanted.withColumn("_new", F.lit(True)).alias("new"), present.withColumn("_old", F.lit(True)).alias("old")
    same_key = reduce(Column.__and__, (F.col(f"new.{key}").eqNullSafe(F.col(f"old.{key}")) for key in table.key))
    same_row = _comparable("new", compared, table).eqNullSafe(_comparable("old", compared, table))
    action = F.when(F.col("old._old").isNull(), "insert").when(F.col("new._new").isNull(), "delete").when(~same_row, "update")
    is_new = F.col("new._new").isNotNull()
    columns = (F.when(is_new, F.col(f"new.{c}")).otherwise(F.col(f"old.{c}")).alias(c) for c in table.columns)
    return (
        new.join(old, same_key, "full_outer" if deleting else "left")
        .select(*columns, action.alias(ACTION))
        .where(F.col(ACTION).isNotNull())
    )


def _comparable(side: str, columns: list[str], table: Table) -> Column:
    """The columns as one value that can be compared: maps, which cannot, as text."""
    maps = {field.name for field in table.schema.fields if isinstance(field.dataType, MapType)}
    return F.struct(*(F.to_json(F.col(f"{side}.{c}")).alias(c) if c in maps else F.col(f"{side}.{c}") for c in columns))
