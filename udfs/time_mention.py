"""A time that a text names."""

from __future__ import annotations

import re
from typing import NamedTuple

FAR = 300
"""Characters behind a date beyond which nothing tells of it."""


class TimeMention(NamedTuple):
    """A time that a text names.

    Attributes:
        begin, end: characters, half-open.
        surface: the words.
        value: ISO 8601, local; `first/last` for a range.
        precision: year, month, day, hour or minute.
        lead: how the date was named: 지난, 오는, 이번, same (이날), next (이튿날), bare, full (with month), relative (어제).
        part: part of the day that was named, "" for none.
    """

    begin: int
    end: int
    surface: str
    value: str
    precision: str
    lead: str = "bare"
    part: str = ""

    @property
    def first(self) -> str:
        """Begin of a range, or the value itself."""
        return self.value.split("/")[0]

    @property
    def is_one_day(self) -> bool:
        """Whether it is a day, or an hour of one, rather than a month, a year or a range."""
        return len(self.first) >= len("2026-03-01") and "/" not in self.value


def hours_later(value: str, hours: int) -> str:
    """A time of day so many hours later, or earlier, on the same day.

    Examples:
        >>> hours_later("2026-03-22T07:30", 12), hours_later("2026-03-22T18:50", -12)
        ('2026-03-22T19:30', '2026-03-22T06:50')
    """
    return f"{value[:11]}{int(value[11:13]) + hours:02d}{value[13:]}"


def group_of(match: re.Match[str], name: str) -> str:
    """What a named group of a match holds, "" where the pattern has no such group or it is empty."""
    return (match[name] or "") if name in match.re.groupindex else ""
