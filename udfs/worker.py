"""What a Spark worker does beside the work: no reading of Spark's archives before a task, no search of all modules for garbage after it.

Spark puts pyspark.zip, py4j's archive and its core jar on a worker's path, before everything else, and at the beginning of every task
has Python forget what it knows of the path (`importlib.invalidate_caches`). Python then reads the directory of each archive again, once
for every package that was imported from it: 60 to 110 ms of processor time a task, more than many tasks take.

After a task Spark has Python collect garbage, which looks at every object of every module that is loaded: 15 to 60 ms of processor time.
"""

from __future__ import annotations

import gc
import sys
import zipimport
from importlib.machinery import PathFinder
from pathlib import PurePath
from typing import Final

_PACKAGES: Final = ("pyspark", "py4j")
_loaded = 0  # modules, when the collector was last told to leave them alone
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


def modules_frozen() -> None:
    """Has the collector leave alone, from its next full collection on, what the modules hold that are loaded by then."""
    if _freeze not in gc.callbacks:
        gc.callbacks.append(_freeze)


def _freeze(phase: str, details: dict[str, int]) -> None:
    """Behind a full collection: when modules were loaded since the last one, what is left is theirs, but for little."""
    global _loaded  # one a process, as the collector is
    if phase == "stop" and details["generation"] == 2 and len(sys.modules) > _loaded:
        gc.freeze()
        _loaded = len(sys.modules)


def _of_spark(entry: str) -> bool:
    """Whether an entry of the path is one of Spark's archives, or a package in it."""
    return any(part.endswith((".zip", ".jar")) and part.startswith(_ARCHIVES) for part in PurePath(entry).parts)
