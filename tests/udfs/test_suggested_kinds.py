"""Words that only suggest a kind of event: found everywhere, weighed where the rules find no kind, never counted by the rules."""

from __future__ import annotations

from datetime import datetime

import pytest

from udfs.event_choice import RULES, SUGGESTED, settled
from udfs.post_text import Celebrity, EventKind, Reference, Tag, TextField
from udfs.suggested_kinds import MOST, MOST_READ, suggested_kinds
from udfs.tag_post import tag_post
from udfs.weighed_post import Post

PUBLISHED = datetime.fromisoformat("2026-03-22T18:00:00+09:00")
KINDS = [
    EventKind("street", "일상", ("목격담",), suggestions=("포착", "휴대전화에 담", "시장")),
    EventKind("festival", "축제", ("축제",), suggestions=("야시장",), without_person=True),
]
PEOPLE = [Tag("body", None, "who", "한가람", "c1", 0, 3, None, None, 1.0)]


def reference(weights: dict[str, float] | None = None) -> Reference:
    choice = {"what": weights, "when": {}, "where": {}} if weights else {}
    return Reference.of([Celebrity("c1", "한가람")], [], KINDS, [], [], None, choice)


def field(text: str, name: str = "body") -> TextField:
    return TextField(name, text, PUBLISHED, names=[(0, 3, "한가람")] if text.startswith("한가람") else [])


def found(text: str, *, has_person: bool = True) -> list[tuple[str, str]]:
    return [(tag.value, tag.surface) for tag in suggested_kinds([field(text)], PEOPLE if has_person else [], reference())]


def test_words_are_found_inside_words_and_without_their_blanks() -> None:
    assert found("모습이 포착됐다. 휴대전화에담긴") == [("street", "포착"), ("street", "휴대전화에담")]


def test_the_longer_word_counts_and_each_one_once() -> None:
    assert found("야시장에서 시장까지, 다시 시장으로") == [("festival", "야시장"), ("street", "시장")]


def test_without_a_person_only_kinds_that_need_none_are_suggested() -> None:
    assert found("시장 옆 야시장", has_person=False) == [("festival", "야시장")]


def test_a_long_text_is_read_at_its_begin() -> None:
    assert found("가" * MOST_READ + "포착") == []
    words = tuple(f"낱말{number}번" for number in range(100, 100 + MOST + 5))
    many = Reference.of([], [], [EventKind("street", "일상", ("목격담",), suggestions=words)], [], [])
    assert len(suggested_kinds([field(" ".join(words))], PEOPLE, many)) == MOST


def test_a_lexicon_without_such_words_suggests_nothing() -> None:
    bare = Reference.of([], [], [EventKind("street", "일상", ("목격담",))], [], [])
    assert suggested_kinds([field("포착")], PEOPLE, bare) == []


def kinds_of(text: str, weights: dict[str, float] | None) -> list[tuple[str, str, bool | None]]:
    tags = tag_post([field(text)], reference(weights), service="news", place_id=None, photo_offsets=[])
    return [(tag.value, tag.surface, tag.is_event) for tag in tags if tag.kind == "what"]


def test_rules_alone_do_not_count_them() -> None:
    assert kinds_of("한가람의 모습이 포착됐다.", None) == []


@pytest.mark.parametrize(("weight", "expected"), [(3.0, [("street", "포착", True)]), (-3.0, [])])
def test_weights_tell_whether_it_is_one(weight: float, expected: list[tuple[str, str, bool]]) -> None:
    assert kinds_of("한가람의 모습이 포착됐다.", {RULES: 0.0, "kind street": 0.0, "suggested street 포착": weight}) == expected


def test_a_kind_that_nothing_was_learned_of_is_never_chosen_so() -> None:
    assert kinds_of("한가람의 모습이 포착됐다.", {RULES: 0.0, "none": -5.0}) == []


def test_where_the_rules_find_a_kind_nothing_is_suggested() -> None:
    event = Tag("body", None, "what", "목격담", "street", 0, 3, None, None, 1.0, None, True)
    suggestion = event._replace(value="festival", surface="야시장", is_event=False)
    post = Post([field("목격담 야시장")], [event], "news", [suggestion])
    weights = {RULES: 0.0, SUGGESTED: 9.0, "kind street": 0.0, "kind festival": 0.0}
    assert settled("what", post, weights) == [event]
    assert [tag.value for tag in settled("what", post.without("what", {"street"}), weights) if tag.is_event] == ["festival"]
