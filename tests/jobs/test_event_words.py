"""Key words of events against plain Python, and what makes them move."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from jobs.event_words import RAREST, common_phrases, event_keywords, event_phrases, moved_phrases
from jobs.post_facts import names_of, with_name_in
from tests.jobs.hand_made import frame, tag

Weights = dict[tuple[str, str], float]


def phrases_of(spark: SparkSession, weights: Weights) -> DataFrame:
    rows = [{"event_id": event, "phrase": phrase, "weight": weight} for (event, phrase), weight in weights.items()]
    return frame(spark, "event_phrases", rows).repartition(3)


def random_weights(seed: int) -> Weights:
    """Phrases of 70 events, from one that all have to those of a single event; some hold others."""
    draw = random.Random(seed)
    words = [f"{'가나다라마바사아자차'[number % 10]}{number}" for number in range(60)]
    words += [f"{one} {other}" for one, other in zip(words[::3], words[1::3], strict=False)]
    found: Weights = {}
    for event in range(70):
        for rank, word in enumerate(words):
            if draw.random() < 1 / (1 + rank / 4):
                found[f"e{event}", word] = draw.choice([0.5, 1.0, 2.5])
    return found


def plain_levels(weights: Weights) -> dict[str, int]:
    events = len({event for event, _ in weights})
    counts = Counter(phrase for _, phrase in weights)
    levels = {phrase: max(k for k in range(RAREST + 1) if count * 2**k <= events) for phrase, count in counts.items()}
    return {phrase: level for phrase, level in levels.items() if level < RAREST}


def plain_keywords(weights: Weights, count: int) -> dict[str, list[str]]:
    levels, of_event = plain_levels(weights), defaultdict(list)
    for (event, phrase), weight in weights.items():
        of_event[event].append((-weight * (1 + levels.get(phrase, RAREST)), phrase))
    found = {}
    for event, scored in of_event.items():
        kept: list[str] = []
        for _, phrase in sorted(scored)[: 3 * count]:
            if not any(phrase in other or other in phrase for other in kept):
                kept.append(phrase)
        found[event] = kept[:count]
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_key_words_are_those_of_plain_loops(spark: SparkSession, seed: int) -> None:
    weights = random_weights(seed)
    phrases = phrases_of(spark, weights)
    common = common_phrases(phrases)
    assert {row["phrase"]: row["level"] for row in common.collect()} == plain_levels(weights)
    found = {row["event_id"]: row["keywords"] for row in event_keywords(phrases, common, count=5).collect()}
    assert found == plain_keywords(weights, 5), f"seed {seed}"
    assert len(set(plain_levels(weights).values())) > 3  # else the case shows nothing


def test_without_events_nothing_is_common(spark: SparkSession) -> None:
    none = phrases_of(spark, {})
    assert common_phrases(none).collect() == []
    assert event_keywords(none, common_phrases(none), count=5).collect() == []


def test_only_phrases_whose_level_changed_have_moved(spark: SparkSession) -> None:
    before = spark.createDataFrame([("같음", 1), ("흔해짐", 3), ("드물어짐", 2)], "phrase string, level int")
    after = spark.createDataFrame([("같음", 1), ("흔해짐", 2), ("새로움", 5)], "phrase string, level int")
    assert {row["phrase"] for row in moved_phrases(before, after).collect()} == {"흔해짐", "드물어짐", "새로움"}


def test_the_heaviest_phrases_of_an_event_without_its_celebritys_names(spark: SparkSession) -> None:
    tags = [
        *(tag("a", "keyphrase", word, score=score) for word, score in (("비", 1.0), ("비 콘서트", 0.9), ("비행기", 0.4), ("미소", 0.2))),
        *(tag("b", "keyphrase", word, score=score) for word, score in (("미소", 0.7), ("레인컴퍼니 연습실", 0.8), ("손인사", 0.1))),
        tag("b", "keyphrase", "미소", score=0.5, field="caption", photo_position=0),  # once more in the same post
        tag("b", "what", "concert"),
    ]
    star = {"celebrity_id": "c1", "name": "비", "aliases": ["레인"], "groups": []}
    reports = spark.createDataFrame([("e1", "c1", "a"), ("e1", "c1", "b")], "event_id string, celebrity_id string, post_id string")
    found = event_phrases(reports, frame(spark, "text_tags", tags), frame(spark, "celebrities", [star]), most=2)
    assert sorted(found.collect()) == [("e1", "미소", 0.9), ("e1", "비행기", 0.4)]


def test_a_name_of_one_syllable_is_not_found_inside_a_word(spark: SparkSession) -> None:
    stars = frame(spark, "celebrities", [{"celebrity_id": "c1", "name": "비", "aliases": [], "groups": ["빅오션"]}])
    words = spark.createDataFrame([("비행기",), ("가수 비",), ("빅오션 콘서트",), ("바다",)], "word string")
    held = words.crossJoin(names_of(stars)).where(with_name_in(F.col("word"), F.col("names")))
    assert sorted(row["word"] for row in held.collect()) == ["가수 비", "빅오션 콘서트"]
