"""What a person sees in the terminal: the only place that writes to it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from unicodedata import east_asian_width


def say(text: str = "") -> None:
    """Writes a line of results to standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """Writes a line about the work itself to standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def overwrite(text: str) -> None:
    """Rewrites the present line of a terminal on standard error."""
    sys.stderr.write("\r\x1b[K" + text)
    sys.stderr.flush()


def complain(text: str) -> None:
    """Writes a user's mistake as one line to standard error."""
    note("hwabo: " + " ".join(text.split()))


def is_terminal() -> bool:
    """Whether standard error is a terminal that a person watches."""
    return sys.stderr.isatty()


def width(text: str) -> int:
    """Columns that a text takes in a terminal; a Hangul syllable takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def shorten(text: str, columns: int) -> str:
    """The text, or its beginning with an ellipsis, in at most so many columns."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def table(header: Sequence[str], rows: Sequence[Sequence[object]], *, columns: int = 60) -> str:
    """A table in plain text, aligned for Hangul as well."""
    cells = [[shorten("" if cell is None else " ".join(str(cell).split()), columns) for cell in row] for row in [header, *rows]]
    widths = [max(width(row[i]) for row in cells) for i in range(len(header))]
    lines = ["  ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row)).rstrip() for row in cells]
    rule = "  ".join("-" * size for size in widths)
    return "\n".join([lines[0], rule, *lines[1:]])
