"""Topics and verdicts of made-up places."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from udfs.place_topics import OTHER, PlacePolicy, Topic, judge_place, word_scores

TOPICS = (
    Topic("food", "음식", ("food",), ("맛있", "국물", "파스타"), 3),
    Topic("menu", "메뉴", ("menu",), ("메뉴판", "가격"), 2),
    Topic("view", "풍경", ("view",), ("풍경", "노을"), 2, reference=True),
)
POLICY = PlacePolicy(least_quality=0.3, burst=0.97, alike=0.0, neighbour=0.6, graphics=("document",))
DIMENSIONS = 32


def place(count: int, **changes: Any) -> pd.DataFrame:
    random = np.random.default_rng(4)
    embeddings = random.normal(size=(count, DIMENSIONS))
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    rows = pd.DataFrame(
        {
            "photo_id": [f"p{number}" for number in range(count)],
            "embedding": list(embeddings.astype(np.float32)),
            "quality": 0.8,
            "photo_type": "other",
            "error": None,
            "caption": None,
            "near": None,
            "is_reference": False,
            "wish": None,
            "elsewhere": None,
        }
    )
    for column, values in changes.items():
        series = rows[column].astype(object)
        for row, value in values.items():
            series.iat[row] = value
        rows[column] = series
    return rows


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    return judge_place(rows, TOPICS, POLICY).set_index("photo_id")


def test_caption_paragraph_and_picture_say_the_topic() -> None:
    rows = place(5, caption={0: "메뉴판"}, near={0: "파스타가 맛있어요", 1: "국물이 진해요"}, photo_type={1: "menu", 2: "view", 3: "food"})
    assert judged(rows)["topic"].tolist() == ["menu", "menu", "view", "food", OTHER]


def test_pictures_that_look_alike_share_a_topic() -> None:
    rows = place(3, caption={0: "노을"})
    rows["embedding"] = [rows["embedding"][0], 0.9 * rows["embedding"][0] + 0.43 * rows["embedding"][1], rows["embedding"][2]]
    rows["embedding"] = [(vector / np.linalg.norm(vector)).astype(np.float32) for vector in rows["embedding"]]
    assert judged(rows)["topic"].tolist() == ["view", "view", OTHER]


@pytest.mark.parametrize(
    ("column", "value", "verdict"),
    [
        ("wish", "hide", "hidden"),
        ("quality", 0.1, "low_quality"),
        ("elsewhere", "다른집", "irrelevant"),
        ("photo_type", "document", "irrelevant"),
    ],
)
def test_each_rule_has_its_verdict(column: str, value: object, verdict: str) -> None:
    result = judged(place(3, **{column: {1: value}}))
    assert result["verdict"].tolist() == ["kept", verdict, "kept"]
    assert result["reason"].str.len().gt(0).all()


def test_the_photos_most_like_the_reference_come_first() -> None:
    rows = place(6, photo_type=dict.fromkeys(range(6), "view"), is_reference={5: True}, quality={5: 0.31, 0: 0.9})
    rows.at[2, "embedding"] = ((rows["embedding"][5] + 0.5 * rows["embedding"][2]) / 1.2).astype(np.float32)
    rows["embedding"] = [(vector / np.linalg.norm(vector)).astype(np.float32) for vector in rows["embedding"]]
    kept = judged(rows).query("verdict == 'kept'").sort_values("rank")
    assert kept.index.tolist() == ["p5", "p2"]


def test_a_photo_that_cannot_be_read_is_not_shown_even_if_pinned() -> None:
    unread = {"embedding": {0: None, 1: None}, "wish": {0: "pin", 1: "pin"}, "error": {0: "truncated"}}
    assert judged(place(3, photo_type=dict.fromkeys(range(3), "food"), **unread))["verdict"].tolist() == ["low_quality", "kept", "kept"]


def test_a_topic_shows_no_more_than_its_most_and_pinned_photos_always() -> None:
    rows = place(8, photo_type=dict.fromkeys(range(8), "food"), quality={7: 0.0}, wish={7: "pin"})
    result = judged(rows)
    assert (result["verdict"] == "kept").sum() == 3
    assert result.loc["p7", "verdict"] == "kept"
    assert sorted(result["rank"].dropna().tolist()) == [1, 2, 3]


def test_words_are_weighed_by_their_length() -> None:
    assert word_scores("파스타 메뉴판", TOPICS).tolist() == [0.5, 0.5, 0.0]
    assert word_scores(None, TOPICS).tolist() == [0.0, 0.0, 0.0]
