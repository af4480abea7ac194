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

BLANKS = "\n\n"
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
    posts = list(batch.itertuples(index=False))
    for post, spans in zip(posts, _spans(posts), strict=True):
        tags = tag_post(
            post_fields(post, spans, reference),
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


def _spans(posts: Sequence[Any]) -> list[tuple[list[Match], list[Match]] | None]:
    """Morphemes and entities of every post's text; None without an annotator."""
    if not posts or posts[0].sentence_begins is None:
        return [None] * len(posts)
    texts = [BLANKS.join((post.title, post.body, *post.captions)) for post in posts]
    return [*label_spans(texts, *([getattr(post, name) for post in posts] for name in ("sentence_begins", "vector_sizes", "labels")))]


def post_fields(post: Any, spans: tuple[list[Match], list[Match]] | None, reference: Reference) -> list[TextField]:
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
        begin = end + len(BLANKS)
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
