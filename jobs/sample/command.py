"""`hwabo sample`: writes a landing folder and, in its folder truth/, what is true about it.

    hwabo sample --out DIR [--posts N] [--seed S] [--no-photos]

The same seed and number give the same bytes. Large samples are written part by part, in bounded memory.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from jobs import console
from jobs.errors import HwaboError
from jobs.sample.world import REFERENCE_TIME
from jobs.sample.writing import write_sample


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of `hwabo sample`.

    Returns:
        Exit code: 0 done, 2 bad use.
    """
    parser = argparse.ArgumentParser(prog="hwabo sample", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", required=True, metavar="DIR", help="folder to write; an earlier sample there is replaced")
    parser.add_argument("--posts", type=int, default=1_500, metavar="N", help="about how many posts (default: 1500)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, another world (default: 1)")
    parser.add_argument("--no-photos", action="store_true", help="texts only, for tests of scale")
    parser.add_argument("--processes", type=int, default=None, metavar="P", help="processes that draw and write (default: one a processor)")
    given = parser.parse_args(argv)
    started = time.monotonic()
    try:
        report = write_sample(
            Path(given.out),
            posts=given.posts,
            seed=given.seed,
            photos=not given.no_photos,
            processes=given.processes,
            progress=_told,
        )
    except HwaboError as error:
        console.complain(str(error))
        return 2
    if console.is_terminal() and not given.no_photos:
        console.note("")
    seconds = time.monotonic() - started
    console.say(f"{given.out}: {report.posts:,} posts about {report.events:,} events of {report.celebrities:,} celebrities and")
    console.say(f"{report.places:,} places, {report.photos:,} photos, {report.planted:,} records that cannot be used ({seconds:.0f} s)")
    console.say(f"build it with: hwabo build --landing {given.out} --lake DIR --now {REFERENCE_TIME.isoformat()}")
    return 0


def _told(done: int, total: int) -> None:
    if console.is_terminal():
        console.overwrite(f"sample: {done:,} of {total:,} photos drawn")


if __name__ == "__main__":
    sys.exit(main())
