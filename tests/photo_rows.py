"""Photos of an event about which nothing is known beside their features, as `udfs.timeline.judge_event` takes them."""

from __future__ import annotations

from typing import Any

UNSAID: dict[str, Any] = {"wish": None, "old": None, "other": None, "filed": None, "said": False, "several": False, "geometry": None}
"""Columns of an editor, of captions and of local features that have nothing to say."""
