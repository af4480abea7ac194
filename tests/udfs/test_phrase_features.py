"""What a key phrase's features count."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest

from jobs.resources import conf_file
from udfs.phrase_features import Candidate, Phrase, judged, phrase_features, phrase_signs, probability
from udfs.phrase_weights import PhraseWeights
from udfs.post_text import Place, Reference, TextField

REFERENCE = Reference.of([], [("전주", Place("전주", "city"))], [], [], ["하늘", "여행"])


def _candidate(surface: str, *texts: tuple[str, str], kinds: set[str] | None = None) -> Candidate:
    fields = [TextField(name, text, datetime(2026, 3, 22)) for name, text in texts]
    places = [
        Phrase(field, field.text.index(surface), field.text.index(surface) + len(surface), "", "", 1.5 if field.name == "title" else 1.0)
        for field in fields
        if surface in field.text
    ]
    return Candidate(surface, places, kinds or set())


def test_where_a_phrase_stands_is_told() -> None:
    features = phrase_features(_candidate("하늘 여행", ("title", "하늘 여행 이야기"), ("body", "지난주 하늘 여행을 했다.")), REFERENCE, [])
    assert {"in title", "in body", "in lead", "title and text", "title's begin", "words 2", "letters 5", "common words 2"} <= set(features)
    assert "title alone" not in features
    assert features["log places"] == pytest.approx(0.6931, abs=1e-4)


def test_what_a_phrase_names_is_told() -> None:
    features = phrase_features(_candidate("전주", ("title", "전주 사진 7장"), kinds={"where!"}), REFERENCE, [])
    assert {"region", "kind where!", "title alone"} <= set(features)
    assert "holds a name" in phrase_features(_candidate("하늘 사진", ("body", "하늘 사진")), REFERENCE, ["하늘"])


def test_the_probability_is_the_logistic_function_of_the_weighed_features() -> None:
    assert probability({"a": 2.0, "unknown": 9.0}, {"a": 0.5, "": -1.0}) == 0.5
    assert probability({"a": 1e9}, {"a": 1.0}) == pytest.approx(1.0)


def test_the_shipped_weights_know_the_features() -> None:
    weights = json.loads(conf_file("models/phrase_weights.json").read_text(encoding="utf-8"))
    features = phrase_features(_candidate("하늘 여행", ("title", "하늘 여행"), kinds={"who"}), REFERENCE, [])
    assert set(features) <= set(weights) | {"kind who"}
    assert weights["kind who"] > 0 > weights["digit"]


def test_a_phrase_is_judged_by_its_features() -> None:
    phrases = [
        _candidate("하늘 여행", ("title", "하늘 여행 이야기"), ("body", "지난주 하늘 여행을 했다."), kinds={"who"}),
        _candidate("전주", ("title", "전주 사진 7장"), kinds={"where!"}),
        _candidate("하늘", ("body", "하늘을 본다. 하늘이 맑다."), ("body", "하늘")),
        _candidate("2024 CGV", ("caption", "2024 CGV에서")),
    ]
    for phrase in phrases:
        signs = phrase_signs(phrase, REFERENCE, ["하늘"])
        assert len(signs) == len(set(signs))
        features = phrase_features(phrase, REFERENCE, ["하늘"])
        weights = {name: 0.1 + 0.01 * number for number, name in enumerate(sorted(features))}
        assert judged(phrase, replace(REFERENCE, phrase_weights=PhraseWeights(weights)), ["하늘"]) == pytest.approx(
            probability(features, weights)
        )
