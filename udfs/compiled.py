"""Loops compiled for the processor, where a chain of numpy calls would go over the same characters a dozen times."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import numba
from numba.core import config
from numba.core.caching import ZipCacheLocator

F = TypeVar("F", bound=Callable[..., Any])

_NUMBAS_OWN = ("UserProvidedCacheLocator", "InTreeCacheLocator", "UserWideCacheLocator", "IPythonCacheLocator")


class ArchiveCacheLocator(ZipCacheLocator):
    """Keeps machine code of functions in a zip file by what the zip file says rather than by where it lies.

    Spark copies an archive of `--py-files` to another folder for every application and executor: by numba's own locator each of them would
    compile anew, twenty seconds of a core, and leave another folder in the user's cache.
    """

    def __init__(self, function: Callable[..., Any], file: str) -> None:
        super().__init__(function, file)  # type: ignore[no-untyped-call]
        self._digest = sources_digest(self._zip_path)
        self._cache_path = os.path.join(os.path.dirname(self._cache_path), f"hwabo-{self._digest}")

    def get_source_stamp(self) -> str:
        """Changes with any Python file of the archive: compiled functions take each other in."""
        return self._digest

    @classmethod
    def from_function(cls, function: Callable[..., Any], file: str) -> ArchiveCacheLocator | None:
        """The place of a function's machine code, None where the function is in no archive or the user's cache cannot be written."""
        if ".zip" + os.sep not in file:
            return None
        found = cls(function, file)
        try:
            found.ensure_cache_path()  # type: ignore[no-untyped-call]
        except OSError:
            return None
        return found


@lru_cache(maxsize=8)
def sources_digest(archive: str) -> str:
    """Of names and checksums of a zip file's Python files."""
    with zipfile.ZipFile(archive) as members:
        state = sorted((member.filename, member.CRC) for member in members.infolist() if member.filename.endswith(".py"))
    return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


_CHOICE = "CACHE_LOCATOR_CLASSES"
if not getattr(config, _CHOICE):  # a site's own choice stands
    setattr(config, _CHOICE, ",".join((f"{__name__}.{ArchiveCacheLocator.__name__}", *_NUMBAS_OWN)))


def compiled(function: F) -> F:
    """Compiles a function of arrays and numbers when it is first called.

    The machine code is kept on disk: beside the source, or in the user's cache. Where neither can be written, each process compiles for
    itself, which takes some seconds once.
    """
    try:
        return numba.njit(function, cache=True, nogil=True)  # type: ignore[no-any-return]
    except RuntimeError:
        return numba.njit(function, nogil=True)  # type: ignore[no-any-return]
