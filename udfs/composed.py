"""Text with its letters composed (Unicode's form NFC): some systems write 각 as ㄱ, ㅏ and ㄱ, in which no name would be found."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pandas as pd


def composed(text: str | None) -> str | None:
    """The text in composed letters."""
    return None if text is None else unicodedata.normalize("NFC", text)


def composed_offset(body: str | None, offset: str | None) -> str | None:
    """Where a character stands in the composed body.

    Args:
        body: as it was landed.
        offset: of a character of it, as text; what is no number stays.
    """
    if body is None or offset is None or unicodedata.is_normalized("NFC", body):
        return offset
    try:
        before = int(float(offset))
    except (ValueError, OverflowError):
        return offset
    return str(len(unicodedata.normalize("NFC", body[:before]))) if before >= 0 else offset


def composed_posts(title: pd.Series, body: pd.Series, press: pd.Series, captions: pd.Series, offsets: pd.Series) -> pd.DataFrame:
    """Columns title, body, press, captions and offsets (one each a photo) of posts, composed."""
    return pd.DataFrame(
        {
            "title": title.map(composed, na_action="ignore"),
            "body": body.map(composed, na_action="ignore"),
            "press": press.map(composed, na_action="ignore"),
            "captions": [_each(values) for values in captions],
            "offsets": [
                None if values is None else [composed_offset(text, value) for value in values]
                for text, values in zip(body, offsets, strict=True)
            ],
        }
    )


def composed_series(texts: pd.Series) -> pd.Series:
    """Texts, composed."""
    return texts.map(composed, na_action="ignore")


def _each(values: Sequence[str | None] | None) -> list[str | None] | None:
    return None if values is None else [composed(value) for value in values]
