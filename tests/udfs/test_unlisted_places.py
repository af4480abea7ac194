"""Names that may be places though nothing knows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udfs.post_text import Match, Tag, TextField
from udfs.unlisted_places import MOST_NAMES, MOST_READ, MOST_WORDS, unlisted_places
from udfs.weighed_post import Post

PUBLISHED = datetime.fromisoformat("2026-03-22T18:00:00+09:00")


def post_of(
    body: str,
    *,
    title: str = "",
    service: str = "news",
    found: Sequence[tuple[str, str]] = (),
    entities: Sequence[Match] = (),
) -> Post:
    """A post whose body has tags (kind, surface)."""
    tags = []
    for kind, surface in found:
        begin = body.index(surface)
        tags.append(Tag("body", None, kind, surface, surface, begin, begin + len(surface), None, None, 0.5))
    return Post([TextField("title", title, PUBLISHED), TextField("body", body, PUBLISHED, entities=list(entities))], tags, service)


def names(post: Post) -> list[str | None]:
    return [one.value for one in unlisted_places(post)]


@pytest.mark.parametrize(
    ("post", "name"),
    [
        (post_of("소금다락에서 만났다."), "소금다락"),  # its particle
        (post_of("모로코 메르주카 촬영 현장이다.", found=[("where", "모로코")]), "메르주카"),  # right behind a place
        (post_of("스트라호프 수도원 입구다.", found=[("where", "스트라호프")]), "스트라호프 수도원"),  # a place within it
        (post_of("메르주카 촬영 현장이다.", entities=[(0, 4, "LC")]), "메르주카"),  # the annotator
        (post_of("그 새벽 알파마 언덕은 붉었다."), "알파마 언덕"),  # its end
        (post_of("오늘도 청하누 만두였다.", title="융캉의 청하누 후기", service="review"), "청하누"),  # in title and text
    ],
)
def test_what_has_something_of_a_place_may_be_one(post: Post, name: str) -> None:
    assert name in names(post)


@pytest.mark.parametrize(
    ("post", "name"),
    [
        (post_of("오늘도 청하누 만두였다.", title="융캉의 청하누 후기"), "청하누"),  # no review
        (post_of("누리홀에서 만났다.", found=[("where", "누리홀")]), "누리홀"),  # known
        (post_of("하늘에서 비가 내렸다.", found=[("who", "하늘")]), "하늘"),  # a person
        (post_of("하늘이 왔다. 내 앞 손님이 하늘에서", found=[("who", "하늘")]), "하늘"),  # a person named again
        (post_of("3월 5일에 만났다."), "5일"),  # a time
        (post_of("객석 12열에서 봤다."), "12열"),  # a seat
        (post_of("현장에서 만났다."), "현장"),  # an ordinary noun
        (post_of("철공소 사이에 있다."), "철공소 사이"),  # no end of a name
    ],
)
def test_what_is_known_or_no_name_is_none(post: Post, name: str) -> None:
    assert name not in names(post)


def test_a_name_with_its_place_in_the_text_and_its_particle() -> None:
    (one,) = unlisted_places(post_of("소금다락에서 만났다."))
    assert one.added is not None
    assert (one.added.begin, one.added.end, one.added.josa, one.by_rules) == (0, 4, "에서", False)
    assert {"unlisted", "unlisted particle 에서", "unlisted called 다락", "unlisted behind 1 만났다"} <= set(one.signs)


def test_a_long_text_has_no_more_names_than_are_looked_at() -> None:
    assert len(unlisted_places(post_of(" ".join(f"가나{number}골에서 만났다." for number in range(200))))) == MOST_NAMES
    assert names(post_of("갔다. " * MOST_READ + "소금다락에서 만났다.")) == []


@settings(max_examples=60)
@given(st.text(alphabet="가나다라마역관홀점에서을를 .,12(‘’", max_size=80), st.sampled_from(["news", "review"]))
def test_names_are_words_of_the_text(body: str, service: str) -> None:
    for one in unlisted_places(post_of(body, title=body[:10], service=service)):
        tag = one.added
        assert tag is not None
        text = body if tag.field == "body" else body[:10]
        assert text[tag.begin : tag.end] == tag.surface == tag.value
        assert 1 <= len(tag.surface.split(" ")) <= MOST_WORDS
