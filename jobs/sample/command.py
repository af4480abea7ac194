"""`hwabo sample`: writes a landing folder and, beside the posts, the truth about them.

    hwabo sample --out DIR [--posts N] [--seed S] [--no-photos]

The same seed and number give the same bytes. Large samples are written part by part, in bounded memory.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from jobs.errors import HwaboError
from jobs.sample.writing import SampleReport, write_sample

LOGGER = logging.getLogger(__name__)
SMALLEST, LARGEST = 50, 5_000_000


def sample(out: str | Path, *, posts: int = 1_500, seed: int = 1, photos: bool = True, processes: int | None = None) -> SampleReport:
    """Makes a sample landing folder.

    Args:
        out: folder to write; must be empty or hold an earlier sample, which is replaced.
        posts: about how many posts.
        seed: another seed, another world.
        photos: whether photos are drawn.
        processes: processes that draw and write; the number of processors when None.

    Returns:
        What was written.

    Raises:
        HwaboError: when the folder holds something else or the number of posts is out of range.
    """
    if not SMALLEST <= posts <= LARGEST:
        raise HwaboError(f"--posts {posts} is out of range: a sample has {SMALLEST} to {LARGEST:,} posts.")
    return write_sample(Path(out), posts=posts, seed=seed, photos=photos, processes=processes)


def main(argv: Sequence[str] | None = None) -> int:
    """Command line of `hwabo sample`."""
    parser = argparse.ArgumentParser(prog="hwabo sample", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", required=True, metavar="DIR", help="folder to write")
    parser.add_argument("--posts", type=int, default=1_500, metavar="N", help="about how many posts (default 1500)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, another world (default 1)")
    parser.add_argument("--no-photos", action="store_true", help="texts only, for tests of scale")
    parser.add_argument("--processes", type=int, default=None, metavar="P", help="processes (default: the number of processors)")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        sample(given.out, posts=given.posts, seed=given.seed, photos=not given.no_photos, processes=given.processes)
    except HwaboError as error:
        LOGGER.error("%s", error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
