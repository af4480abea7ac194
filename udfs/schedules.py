"""Lists of dates with a place each, a line a stop: the event is the first of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.place_names import Found
from udfs.post_text import TextField

_STOP = re.compile(
    r"^[^가-힣\w\n]{0,3}(?:[\[(【<][가-힣A-Za-z /]{2,8}[\])】>]|[가-힣]{2,4} ?[:：|]|(?:20)?\d{1,4}[./년]|\d{1,2}월|[▲▶■●◆◇○□☆★※·✔️✅📌-])",
    re.M,
)
_DATE = re.compile(r"\d{1,2} ?월 ?\d{1,2}|\d{1,2} ?[./] ?\d{1,2}")
_HOUSES = frozenset(("venue", "shop"))


def first_stop(found: Sequence[Found]) -> str:
    """The house in the first line of a list of at least two dates with different houses, "" where a post has none.

    Args:
        found: the post's places.
    """
    bodies = {id(one.text): one.text for one in found if one.text.name == "body" and one.kind in _HOUSES and "\n" in one.text.text}
    stops = [one.value for text in bodies.values() for one in _stops(text, found)]
    return stops[0] if len(set(stops)) > 1 else ""


def _stops(text: TextField, found: Sequence[Found]) -> list[Found]:
    """The house of every line that begins like a list's and tells a date."""
    stops = []
    for match in _STOP.finditer(text.text):
        end = text.text.find("\n", match.start())
        end = end if end >= 0 else len(text.text)
        houses = [one for one in found if one.text is text and one.kind in _HOUSES and match.start() <= one.begin < end]
        if houses and _DATE.search(text.text, match.start(), houses[0].begin):
            stops.append(houses[0])
    return stops
