"""The choice of a post's kind, time and place by learned weights beside the rules."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.resources import conf_file, read_yaml
from tests.udfs.test_tag_post import REFERENCE
from udfs.event_choice import RULES, alternatives, likeliness, settled, unnamed_kind
from udfs.post_text import Tag, TextField
from udfs.tag_post import tag_post
from udfs.weighed_post import QUESTIONS, Post

PUBLISHED = datetime.fromisoformat("2026-03-22T18:00:00+09:00")
TEXT = "소속사는 20일 서울 누리홀에서 25일 공연한다고 밝혔다."


def tag(kind: str, surface: str, value: str, *, is_event: bool) -> Tag:
    begin = TEXT.index(surface)
    return Tag("body", None, kind, surface, value, begin, begin + len(surface), None, None, 0.5, "day", is_event)


TAGS = [tag("when", "20일", "2026-03-20", is_event=True), tag("when", "25일", "2026-03-25", is_event=False)]
POST = Post([TextField("body", TEXT, PUBLISHED)], TAGS, "news")


def chosen(weights: dict[str, float]) -> list[str]:
    return [one.value for one in settled("when", POST, weights) if one.is_event]


def test_the_rules_choose_where_no_sign_is_known() -> None:
    assert chosen({RULES: 1.0}) == ["2026-03-20"]


def test_signs_weigh_more_than_the_rules() -> None:
    assert chosen({RULES: 1.0, "behind 공연": 2.0}) == ["2026-03-25"]
    assert chosen({RULES: 1.0, "none": 2.0}) == []
    assert chosen({RULES: 2.5, "behind 공연": 2.0}) == ["2026-03-20"]


def test_tags_stay_as_they_are_but_for_the_event() -> None:
    moved = settled("when", POST, {"behind 공연": 2.0})
    assert [one._replace(is_event=None) for one in moved] == [one._replace(is_event=None) for one in TAGS]


def test_a_kind_that_nothing_was_learned_of_stays_the_rules_choice() -> None:
    kinds = [tag("what", "공연", "puppet_show", is_event=True)]
    weights = {"none": 5.0, "kind concert": 1.0}
    assert settled("what", replace(POST, tags=kinds), weights) == kinds
    learned_of = settled("what", replace(POST, tags=[kinds[0]._replace(value="concert")]), weights)
    assert [one.is_event for one in learned_of] == [False]


def test_a_post_without_times_has_nothing_to_choose() -> None:
    assert settled("when", Post(POST.fields, [], "news"), {"none": 1.0}) == []


def test_signs_tell_what_stands_around_and_how_far_a_day_is() -> None:
    first, second, _, none = (set(one.signs) for one in alternatives("when", POST))  # between them the days from the one to the other
    assert {"distance -2", "earliest True 2", "before 0 ", "behind 1 서울"} <= first
    assert {"distance days ahead", "latest True 2", "from last 0", "ends 밝혔다", "ends 혔다"} <= second
    assert none == {"none", "none news", "none ", "none of 2"}


def test_any_word_of_a_post_can_speak_for_a_kind_or_for_none() -> None:
    kinds = [tag("what", "공연", "concert", is_event=True)]
    post = replace(POST, tags=kinds)
    assert [one.is_event for one in settled("what", post, {"kind concert": 0.1, "none word 소속": 1.0})] == [False]
    assert settled("what", post, {"kind concert": 0.1, "none word 소속": 1.0, "concert word 누리": 2.0}) == kinds


def test_a_kind_that_no_word_says_is_learned_from_but_never_chosen() -> None:
    post = replace(POST, tags=[tag("what", "공연", "concert", is_event=True)])
    weights = {"kind concert": 0.1, "musical word 누리": 5.0}
    unnamed = unnamed_kind("musical", post)
    assert likeliness(unnamed, weights) == 5.0
    assert {"unnamed", "unnamed musical rival concert", "unnamed musical person False"} <= set(unnamed.signs)
    assert [one.value for one in settled("what", post, weights) if one.is_event] == ["concert"]


def test_a_place_that_the_rules_do_not_know_is_tagged_where_its_words_speak_for_it() -> None:
    assert settled("where", POST, {RULES: 1.0, "unlisted": -1.0}) == []
    place = settled("where", POST, {RULES: 1.0, "unlisted called 누리홀": 3.0})
    assert [(one.surface, one.value, one.josa, one.is_event) for one in place] == [("누리홀", "누리홀", "에서", True)]
    assert 0.4 < place[0].score < 0.5  # 서울 누리홀 is as likely


def test_what_the_rules_found_stays_beside_a_place_that_they_do_not_know() -> None:
    known = tag("where", "서울", "서울", is_event=True)
    places = settled("where", replace(POST, tags=[*TAGS, known]), {RULES: 1.0, "unlisted called 누리홀": 3.0})
    assert [(one.value, one.is_event) for one in places] == [("서울", False), ("누리홀", True)]


@given(st.permutations(range(3)), st.dictionaries(st.sampled_from(["none", "distance -2", "behind 공연", RULES]), st.floats(-2, 2)))
def test_the_order_of_tags_does_not_decide(order: list[int], weights: dict[str, float]) -> None:
    tags = [*TAGS, tag("where", "누리홀", "누리홀", is_event=True)]
    shuffled = Post(POST.fields, [tags[place] for place in order], "news")
    assert settled("when", shuffled, weights) == settled("when", Post(POST.fields, tags, "news"), weights)


@pytest.fixture(scope="module")
def learned() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = json.loads(conf_file("models/choice_weights.json").read_text(encoding="utf-8"))
    return weights


def test_the_weights_that_are_shipped_answer_all_questions(learned: dict[str, dict[str, float]]) -> None:
    for question in QUESTIONS:
        assert learned[question][RULES] >= 0
        assert len(learned[question]) > 1000


def test_every_kind_of_the_lexicon_was_learned(learned: dict[str, dict[str, float]]) -> None:
    kinds = [entry["id"] for entry in read_yaml(conf_file("event_kinds.yaml"))]
    assert len(kinds) > 20
    assert [kind for kind in kinds if f"kind {kind}" not in learned["what"]] == []


def test_a_listed_place_that_is_reviewed_stays_the_place(learned: dict[str, dict[str, float]]) -> None:
    reference = replace(REFERENCE, choice_weights={**learned, "where": {"none": 99.0}})
    fields = [TextField("body", "파리에서 20일에 먹었다.", PUBLISHED, places=[(0, 2, "파리")])]
    of_event = {
        service: [
            one.value
            for one in tag_post(fields, reference, service=service, place_id="파리", photo_offsets=[])
            if one.kind == "where" and one.is_event
        ]
        for service in ("review", "blog")
    }
    assert of_event == {"review": ["파리"], "blog": []}
