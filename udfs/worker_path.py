"""Where a Spark worker looks for modules: not in Spark's own archives, so that no task begins by reading them again.

Spark puts pyspark.zip, py4j's archive and its core jar on a worker's path, before everything else, and at the beginning of every task
has Python forget what it knows of the path (`importlib.invalidate_caches`). Python then reads the directory of each archive again, once
for every package that was imported from it: 60 to 110 ms of processor time a task, more than many tasks take.
"""

from __future__ import annotations

import sys
import zipimport
from importlib.machinery import PathFinder
from pathlib import PurePath
from typing import Final

_PACKAGES: Final = ("pyspark", "py4j")
_ARCHIVES: Final = (*_PACKAGES, "spark-core")  # what their names begin with


def without_archives() -> None:
    """Takes Spark's archives off this process's path and drops what is known of their directories.

    Modules that are loaded stay loaded, those of a loaded package are found where it was found. Where the environment does not have
    pyspark and py4j itself, their archives stay.
    """
    others = [entry for entry in sys.path if not _of_spark(entry)]
    if all(PathFinder.find_spec(package, others) for package in _PACKAGES):
        sys.path[:] = others
    for entry, importer in list(sys.path_importer_cache.items()):
        if isinstance(importer, zipimport.zipimporter) and _of_spark(entry):
            del sys.path_importer_cache[entry]


def _of_spark(entry: str) -> bool:
    """Whether an entry of the path is one of Spark's archives, or a package in it."""
    return any(part.endswith((".zip", ".jar")) and part.startswith(_ARCHIVES) for part in PurePath(entry).parts)
