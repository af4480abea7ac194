"""Properties that are worked out when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Lazy(Generic[Value]):
    """`functools.cached_property` without the lock that Python 3.11 takes for it, which objects of one thread do not need."""

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> Value:
        """Works the value out and lays it beside the object's attributes, where the next one who asks finds it without coming here."""
        value = self._work_out(instance)
        instance.__dict__[self._name] = value
        return value
