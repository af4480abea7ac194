"""From batches of annotated posts to rows of text_tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from udfs.annotated_text import label_spans
from udfs.gazetteer import Gazetteer, without_overlaps
from udfs.post_text import Match, Reference, Tag, TextField
from udfs.tag_post import tag_post

BLANK = 2
"""Characters between two fields in the text that Spark NLP reads."""
TAG_COLUMNS = [column.name for column in fields(Tag)]
_values = attrgetter(*TAG_COLUMNS)  # dataclasses.astuple copies deeply, which took a quarter of the tagging


def tag_rows(batch: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Tags a batch of posts.

    Args:
        batch: post_id, service, place_id, published, title, body, captions, positions, offsets, and the arrays that
            `jobs.text_pipeline.annotate_texts` adds.
        reference: lists.

    Returns:
        The columns of text_tags.
    """
    rows: list[tuple[Any, ...]] = []
    for post in batch.itertuples(index=False):
        tags = tag_post(
            post_fields(post, reference),
            reference,
            service=post.service or "",
            place_id=post.place_id or None,
            photo_offsets=[int(offset) for offset in post.offsets if offset is not None and not np.isnan(offset)],
        )
        rows.extend((post.post_id, *_values(tag)) for tag in tags)
    found = pd.DataFrame(rows, columns=["post_id", *TAG_COLUMNS])
    found["photo_position"] = found["photo_position"].astype("Int32")
    found[["begin", "end"]] = found[["begin", "end"]].astype("int32")
    found["is_event"] = found["is_event"].astype("boolean")
    return found


def post_fields(post: Any, reference: Reference) -> list[TextField]:
    """The fields of one post with what Spark NLP found, moved to each field's own offsets."""
    published = datetime.fromisoformat(post.published)
    texts: list[tuple[str, int | None, str]] = [("title", None, post.title), ("body", None, post.body)]
    texts += [("caption", int(position), caption) for position, caption in zip(post.positions, post.captions, strict=True)]
    matches = {
        "names": _matches(post.names_begins, post.names_ends),
        "places": _matches(post.places_begins, post.places_ends),
        "kinds": _matches(post.kinds_begins, post.kinds_ends),
    }
    gazetteers = {"names": reference.names, "places": reference.places, "kinds": reference.kind_words}
    spans = (
        label_spans(post.token_begins, post.token_labels, "\n\n".join(text for _, _, text in texts))
        if post.token_begins is not None
        else None
    )
    fields_found = []
    begin = 0
    for name, position, text in texts:
        end = begin + len(text)
        found = {
            kind: _looked_up(gazetteers[kind], text) if spans_of is None else _moved(spans_of, begin, end, text)
            for kind, spans_of in matches.items()
        }
        fields_found.append(
            TextField(
                name, text, published, position, found["names"], found["places"], found["kinds"],
                None if spans is None else _labels_moved(spans[0], begin, end),
                [] if spans is None else _labels_moved(spans[1], begin, end),
            )
        )  # fmt: skip
        begin = end + BLANK
    return fields_found


def _matches(begins: Sequence[int] | None, ends: Sequence[int] | None) -> list[tuple[int, int]] | None:
    if begins is None or ends is None:
        return None
    return [(int(begin), int(end)) for begin, end in zip(begins, ends, strict=True)]


def _looked_up(gazetteer: Gazetteer, text: str) -> list[Match]:
    return without_overlaps(gazetteer.find(text))


def _moved(spans: Sequence[tuple[int, int]], begin: int, end: int, text: str) -> list[Match]:
    return [(first - begin, last - begin, text[first - begin : last - begin]) for first, last in spans if begin <= first and last <= end]


def _labels_moved(spans: Sequence[Match], begin: int, end: int) -> list[Match]:
    return [(first - begin, last - begin, label) for first, last, label in spans if begin <= first and last <= end]
