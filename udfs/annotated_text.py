"""Reads the annotator's packed labels back into morphemes and entities of a text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from udfs.annotator_labels import EOJEOL_LENGTH, best_entities, entity_spans, morpheme_spans, two_best_scores, unpack
from udfs.post_text import Match


def label_spans(token_begins: Sequence[int], token_labels: Sequence[float], text: str) -> tuple[list[Match], list[Match]]:
    """Morphemes and entities of a text.

    Args:
        token_begins: first character of every eojeol.
        token_labels: EOJEOL_LENGTH packed labels for each of them, joined.
        text: the text, whose spaces end the eojeols.

    Returns:
        (begin, end, Sejong tag) and (begin, end, entity type), sorted.
    """
    if len(token_begins) == 0:
        return [], []
    begins = np.asarray(token_begins, dtype=np.int64)
    packed = np.asarray(token_labels, dtype=np.float32).reshape(len(begins), EOJEOL_LENGTH)
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    blank = np.append(np.isin(letters, _BLANKS) | (letters < 32), True)
    ends = np.flatnonzero(blank)[np.searchsorted(np.flatnonzero(blank), begins)]
    lengths = np.minimum(ends - begins, EOJEOL_LENGTH)
    rows = np.repeat(np.arange(len(begins)), lengths)
    columns = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    morphemes, entity, second, margin = unpack(packed[rows, columns])
    offsets = begins[rows] + columns
    return morpheme_spans(morphemes, offsets, columns == 0), entity_spans(best_entities(two_best_scores(entity, second, margin)), offsets)


_BLANKS = np.array([ord(space) for space in " \t\n\u00a0\u3000\u200b\ufeff"], dtype=np.uint32)
