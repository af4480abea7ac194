"""Words by the annotator's morphemes, those of a batch of texts at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import chain, pairwise

import numpy as np

from udfs.annotated_text import Labels, morpheme_bounds
from udfs.annotator_labels import SEJONG_TAGS
from udfs.korean_particles import particle_chain
from udfs.korean_words import WORD, Word, is_road

_NOUNS = np.isin(SEJONG_TAGS, ("NNG", "NNP", "NNB", "NP", "NR", "SL", "SN", "SH", "XSN", "XPN", "XR", "ETN"))
_VERBAL = np.isin(SEJONG_TAGS, ("XSV", "XSA", "VV", "VA", "VX"))
_ROLE_OF_TAG = {
    "JKS": "subject", "JKO": "object", "JKG": "possessive", "JX": "topic", "JKB": "location", "JC": "companion", "JKV": "vocative",
    "JKQ": "quote", "VCP": "copula", "JKC": "subject",
}  # fmt: skip


_word = partial(tuple.__new__, Word)
"""A word of its values without a call of Python: a batch has tens of thousands."""


def annotated_words(labels: Labels, fields: Sequence[int]) -> list[list[Word]]:
    """Words of the fields of some texts.

    A word's noun goes as far as its last morpheme that is one; what stands behind it is its particle, unless a verb is made of it.

    Args:
        labels: what the annotator says of the texts.
        fields: where each field begins in `labels.whole`; no word lies in two.

    Returns:
        The words of each field, counted from its begin.
    """
    whole, places = labels.whole, np.asarray(fields, dtype=np.int64)
    begins, ends = np.fromiter(chain.from_iterable(map(re.Match.span, WORD.finditer(whole))), np.int64).reshape(-1, 2).T
    heads, tails, tags = morpheme_bounds(labels)
    numbers = np.arange(len(tags))
    latest = np.maximum.accumulate(np.concatenate(([-1], np.where(_NOUNS[tags], numbers, -1))))  # noun before each morpheme
    first, last = np.searchsorted(tails, begins, side="right"), np.searchsorted(heads, ends)
    behind = latest[last] + 1  # the morpheme behind a word's last noun
    has_noun, goes_on = behind > first, behind < last
    tag = np.append(tags, 0)[behind]
    nominal = has_noun & ~(goes_on & _VERBAL[tag])
    field = np.searchsorted(places, begins, side="right") - 1
    josas, roles, stem_ends = [""] * len(begins), [""] * len(begins), ends.copy()
    with_josa = np.flatnonzero(nominal & goes_on)
    stems = heads[behind[with_josa]]
    for word, stem, end, kind in zip(with_josa.tolist(), stems.tolist(), ends[with_josa].tolist(), tag[with_josa].tolist(), strict=True):
        josa = whole[stem:end]
        if josa == "로" and is_road(whole, end):
            continue
        particles = particle_chain(josa, whole[stem - 1])
        josas[word], roles[word] = josa, particles[1] if particles is not None else _ROLE_OF_TAG.get(SEJONG_TAGS[kind], "")
        stem_ends[word] = stem
    shift = places[field]
    counted = ((numbers - shift).tolist() for numbers in (begins, ends, stem_ends))
    words = list(map(_word, zip(*counted, josas, roles, nominal.tolist(), strict=True)))
    bounds = np.searchsorted(field, np.arange(len(places) + 1))
    return [words[one:other] for one, other in pairwise(bounds.tolist())]
