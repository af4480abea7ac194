"""The file that a benchmark or an evaluation leaves behind, as the README shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jobs import console


def tell(out: Path | None, lines: Sequence[str]) -> None:
    """Prints what was measured, and writes it where a file is named."""
    text = "\n".join(lines) + "\n"
    console.say(text)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")


def write(out: Path | None, title: str, description: str | None, lines: Sequence[str], *, note: str = "") -> None:
    """Writes what was measured below what it is; does nothing without a file.

    Args:
        out: file to write.
        title: heading.
        description: docstring of the benchmark: its text up to the command is taken.
        lines: the measured table, in Markdown.
        note: under what circumstances.
    """
    if out is None:
        return
    text = " ".join((description or "").split("\n\n    ")[0].split())
    parts = [f"# {title}", text, *([note] if note else []), "\n".join(lines)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
