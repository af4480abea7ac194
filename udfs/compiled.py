"""Loops compiled for the processor, where a chain of numpy calls would go over the same characters a dozen times."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compiles a function of arrays and numbers when it is first called.

    The machine code is kept on disk beside the source or in the user's cache; where neither can be written (a source inside a zip on some
    cluster nodes), each process compiles for itself, which takes some seconds once.
    """
    try:
        return numba.njit(function, cache=True, nogil=True)  # type: ignore[no-any-return]
    except RuntimeError:
        return numba.njit(function, nogil=True)  # type: ignore[no-any-return]
