"""`python -m jobs.sample`."""

import sys

from jobs.sample.command import main

if __name__ == "__main__":
    sys.exit(main())
