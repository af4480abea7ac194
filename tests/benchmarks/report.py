"""The file that a benchmark or an evaluation leaves behind, as the README shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


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
