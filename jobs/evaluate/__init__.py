"""`hwabo evaluate`: measures the program against truth; one module a subject, each prints one JSON object."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from jobs import console

SUBJECTS = {
    "sample": "a lake built from a sample, against the truth of the sample",
    "annotators": "the Korean annotators, on any corpus in the formats of shared treebanks and entity files",
    "photos": "types, appearance, quality and speed of the photo networks, on any photos",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of `hwabo evaluate SUBJECT ...`.

    Returns:
        Exit code: 0 done, 2 bad use.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] not in SUBJECTS:
        asked = bool(arguments) and arguments[0] in {"-h", "--help"}
        say = console.say if asked else console.note
        say("usage: hwabo evaluate SUBJECT [options]\n")
        for name, text in SUBJECTS.items():
            say(f"  {name:<10} {text}")
        return 0 if asked else 2
    code: int = importlib.import_module(f"jobs.evaluate.{arguments[0]}").main(arguments[1:])
    return code
