"""The command `hwabo`: one verb a line of the table below."""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Sequence
from difflib import get_close_matches

from jobs import console

VERBS: dict[str, tuple[str, str]] = {
    "build": ("jobs.build", "runs all jobs on what changed: landing folder to lake"),
    "sample": ("jobs.sample", "writes a sample landing folder with its truth"),
    "demo": ("jobs.demo", "makes the sample, builds it, shows the timelines, judges them against the truth"),
    "sql": ("jobs.sql", "runs a query on the tables and views of a lake"),
    "search": ("jobs.search", "finds timelines, places and photos by words"),
    "show": ("jobs.show", "prints one event"),
    "gallery": ("jobs.publish_gallery", "writes the gallery, a folder of web pages"),
    "evaluate": ("jobs.evaluate", "measures the program: sample, annotators or photos"),
}
JOBS = (
    "ingest_posts", "tag_texts", "embed_photos", "mark_copies", "build_events", "compose_timelines", "compose_places",
    "index_search", "publish_gallery", "maintain_lake", "train_annotators", "train_photo_models",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of the command.

    Returns:
        Exit code: 0 done, 2 bad use or input.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        console.say(usage())
        return 0 if arguments else 2
    verb, rest = arguments[0], arguments[1:]
    module = VERBS[verb][0] if verb in VERBS else f"jobs.{verb}" if verb in JOBS else None
    if module is None:
        nearest = get_close_matches(verb, [*VERBS, *JOBS], n=1)
        console.complain(f"unknown command {verb}: " + (f"did you mean {nearest[0]}?" if nearest else "`hwabo help` lists all."))
        return 2
    code: int = importlib.import_module(module).main(rest)
    return code


def usage() -> str:
    """The commands, a line each."""
    lines = ["usage: hwabo COMMAND [options]      (hwabo COMMAND --help tells its options)", ""]
    lines += [f"  {verb:<10} {text}" for verb, (_, text) in VERBS.items()]
    lines += ["", "  and each job alone: " + ", ".join(JOBS)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
