"""Working files of one run: frames worked out once, read back as scans of known size."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from pyspark.sql import DataFrame, SparkSession


class Staging:
    """A folder of working files, as a context: emptied when it is entered (of a run that was killed) and removed when it is left.

    Args:
        spark: the session.
        folder: any address that Hadoop writes; nobody else's.
    """

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self._spark, self._folder, self._kept = spark, folder, 0

    def __enter__(self) -> Self:
        self.clear()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.clear()

    def keep(self, rows: DataFrame) -> DataFrame:
        """Works a frame out once, into Parquet files.

        Unlike a cached frame it survives the loss of an executor, and its plan is a scan: frames that build on each other
        would else repeat all their ancestors' plans, which costs more than the data where the data are few.
        """
        path = f"{self._folder}/{self._kept}"
        self._kept += 1
        rows.write.parquet(path)
        return self._spark.read.schema(rows.schema).parquet(path)

    def clear(self) -> None:
        """Removes the folder, if it is there."""
        path = self._spark._jvm.org.apache.hadoop.fs.Path(self._folder)  # type: ignore[union-attr]
        path.getFileSystem(self._spark._jsc.hadoopConfiguration()).delete(path, True)
