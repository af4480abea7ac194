"""From batches of annotated posts to rows of text_tags, both as Arrow hands them over: no frame of pandas between."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import accumulate, islice, pairwise
from typing import Any, NamedTuple, cast

import numpy as np
import pyarrow as pa

from udfs.annotated_text import label_entities, read_labels
from udfs.annotated_words import annotated_words
from udfs.gazetteer import Gazetteer, without_overlaps
from udfs.korean_words import Word
from udfs.post_text import Match, Reference, Tag, TextField
from udfs.spans import first_behind
from udfs.tag_post import tag_post

BETWEEN_FIELDS = "\n\n"
"""Characters between two fields in the text that Spark NLP reads."""


class AnnotatedPost(NamedTuple):
    """A post with what Spark NLP's matchers found in it, see `jobs.text_pipeline.annotate_texts`."""

    post_id: str
    service: str | None
    place_id: str | None
    published: str
    title: str
    body: str
    captions: list[str]
    positions: list[int]
    offsets: list[int | None]
    names_begins: list[int] | None
    names_ends: list[int] | None
    places_begins: list[int] | None
    places_ends: list[int] | None
    kinds_begins: list[int] | None
    kinds_ends: list[int] | None


def tag_batch(batch: pa.RecordBatch, reference: Reference, schema: pa.Schema) -> pa.RecordBatch:
    """Tags a batch of posts.

    Args:
        batch: post_id, service, place_id, published, title, body, captions, positions, offsets, and the arrays that
            `jobs.text_pipeline.annotate_texts` adds.
        reference: lists.
        schema: post_id and the attributes of `Tag`, in this order.
    """
    with _uncollected():
        columns = _columns(batch, reference, schema)
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _columns(batch: pa.RecordBatch, reference: Reference, schema: pa.Schema) -> list[pa.Array]:
    """The columns of `tag_batch`."""
    posts: list[str] = []
    found: list[Tag] = []
    for post, fields in annotated_fields(batch, reference):
        tags = tag_post(
            fields,
            reference,
            service=post.service or "",
            place_id=post.place_id or None,
            photo_offsets=[offset for offset in post.offsets if offset is not None],
        )
        posts += [post.post_id] * len(tags)
        found += tags
    values = (posts, *zip(*found, strict=True)) if found else [()] * len(schema)
    return [pa.array(column, kind) for column, kind in zip(values, schema.types, strict=True)]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: a batch's rows are none, and looking through them again and again took a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def annotated_fields(batch: pa.RecordBatch, reference: Reference) -> Iterator[tuple[AnnotatedPost, list[TextField]]]:
    """Every post of a batch with its fields as the taggers see them."""
    posts = list(map(AnnotatedPost, *(_values(batch.column(name)) for name in AnnotatedPost._fields)))
    words, entities = _read(posts, batch)
    following = iter(words)
    for post, found in zip(posts, entities, strict=True):
        yield post, post_fields(post, list(islice(following, 2 + len(post.captions))), found, reference)


def _values(column: pa.Array) -> list[Any]:
    """`column.to_pylist()` without an object of Arrow for every value, which took several times as long."""
    if column.null_count == len(column):
        return [None] * len(column)
    if pa.types.is_list(column.type):
        values, bounds = _values(column.values), column.offsets.to_numpy().tolist()
        lists: list[Any] = [values[begin:end] for begin, end in pairwise(bounds)]
        if column.null_count:
            lists = [found if valid else None for found, valid in zip(lists, _values(column.is_valid()), strict=True)]
        return lists
    if pa.types.is_integer(column.type) and column.null_count:
        return cast(list[Any], column.to_pylist())  # numpy would make floating numbers of them
    return cast(list[Any], column.to_numpy(zero_copy_only=False).tolist())


def _read(posts: Sequence[AnnotatedPost], batch: pa.RecordBatch) -> tuple[Sequence[list[Word] | None], Sequence[list[Match]]]:
    """Words of every field of every post, None without an annotator, and entities of every post's text."""
    begins, sizes, labels = (batch.column(name) for name in ("sentence_begins", "vector_sizes", "labels"))
    texts = [(post.title, post.body, *post.captions) for post in posts]
    if begins.null_count == len(batch):
        return [None] * sum(map(len, texts)), [[]] * len(posts)
    counts = begins.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    starts, lengths, packed = (column.flatten().to_numpy(zero_copy_only=False) for column in (begins, sizes, labels))
    joined = [BETWEEN_FIELDS.join(fields) for fields in texts]
    found = read_labels(joined, counts.astype(np.int64), starts.astype(np.int64), lengths.astype(np.int64), packed)
    places = [
        place
        for start, fields in zip(found.starts.tolist(), texts, strict=True)
        for place in accumulate((len(text) + len(BETWEEN_FIELDS) for text in fields[:-1]), initial=start)
    ]
    return annotated_words(found, places), label_entities(joined, found)


def post_fields(post: AnnotatedPost, words: Sequence[list[Word] | None], entities: list[Match], reference: Reference) -> list[TextField]:
    """The fields of one post that say something, with what Spark NLP found, moved to each field's own offsets."""
    published = datetime.fromisoformat(post.published)
    names = [("title", None), ("body", None), *(("caption", position) for position in post.positions)]
    fields_found = []
    begin = 0
    for (name, position), text, read in zip(names, (post.title, post.body, *post.captions), words, strict=True):
        end = begin + len(text)
        if text:
            fields_found.append(
                TextField(
                    name, text, published, position,
                    _found(reference.names, post.names_begins, post.names_ends, begin, end, text),
                    _found(reference.places, post.places_begins, post.places_ends, begin, end, text),
                    _found(reference.kind_words, post.kinds_begins, post.kinds_ends, begin, end, text),
                    read,
                    _labels_moved(entities, begin, end),
                )
            )  # fmt: skip
        begin = end + len(BETWEEN_FIELDS)
    return fields_found


def _found(gazetteer: Gazetteer, begins: list[int] | None, ends: list[int] | None, begin: int, end: int, text: str) -> list[Match]:
    """A gazetteer's forms in a field: as Spark NLP found them in the whole post, or looked up here."""
    if not gazetteer.meanings:
        return []
    if begins is None or ends is None:
        return without_overlaps(gazetteer.find(text))
    here = slice(bisect_left(begins, begin), bisect_left(begins, end))
    return [
        (first - begin, last - begin, text[first - begin : last - begin])
        for first, last in zip(begins[here], ends[here], strict=True)
        if last <= end
    ]


def _labels_moved(spans: list[Match], begin: int, end: int) -> list[Match]:
    if not spans:
        return []
    here = spans[first_behind(spans, begin) : first_behind(spans, end)]
    return [(first - begin, last - begin, label) for first, last, label in here if last <= end]
