"""A sample landing folder made by code: invented people, places and events, posts about them, drawn photos, and the truth."""

from jobs.sample.command import main
from jobs.sample.world import REFERENCE_TIME
from jobs.sample.writing import SampleReport, write_sample

SAMPLE_CLOCK = REFERENCE_TIME.isoformat()
"""The clock to build a sample with: no post is younger, and events after it are upcoming."""

__all__ = ["SAMPLE_CLOCK", "SampleReport", "main", "write_sample"]
