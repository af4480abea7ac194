"""A post as its kinds, times and places are weighed."""

from __future__ import annotations

from datetime import datetime

from udfs.post_text import Tag, TextField
from udfs.weighed_post import Around, Post, signs_of_words, words_around

PUBLISHED = datetime.fromisoformat("2026-03-22T18:00:00+09:00")
TITLE, BODY = "비, 누리홀 공연", "가수 비가 왔다. 팬들이 22일 누리홀에서 기다렸다! 비는 웃었다"


def tag(kind: str, surface: str, text: str = BODY, field: str = "body") -> Tag:
    begin = text.index(surface)
    return Tag(field, None, kind, surface, surface, begin, begin + len(surface), None, None, 0.5)


TAGS = [tag("where", "누리홀"), tag("when", "22일"), tag("who", "비가"), tag("where", "누리홀", TITLE, "title")]
POST = Post([TextField("title", TITLE, PUBLISHED), TextField("body", BODY, PUBLISHED)], TAGS, "news")


def test_tags_of_a_kind_come_in_the_order_of_the_text() -> None:
    assert [(one.field, one.begin) for one in POST.of_kind("where")] == [("title", 3), ("body", BODY.index("누리홀"))]
    assert POST.of_kind("what") == []


def test_words_are_told_once_by_their_first_letters_without_marks() -> None:
    assert POST.title_words == ["공연", "누리", "비"]
    assert POST.all_words == sorted({"비", "누리", "공연", "가수", "비가", "왔다", "팬들", "22", "기다", "비는", "웃었"})


def test_what_stands_around_a_tag_ends_with_its_sentence() -> None:
    around = Around.of(TAGS[0], POST)
    assert around.words == ["", "팬들이", "22일", "누리홀에서", "기다렸다"]
    assert (around.ending, around.sentences) == ("다렸다", 1)
    assert around.beside == [TAGS[1], TAGS[0]]
    last = Around.of(tag("who", "비는"), POST)
    assert (last.words, last.sentences) == (["", "비는", "웃었다"], 2)


def test_words_on_either_side_and_their_signs() -> None:
    before, behind = words_around("서울 중구 누리홀에서 열린 공연", 6, 9)
    assert (before, behind) == (["서울", "중구", ""], ["에서", "열린", "공연"])
    assert {"of before 0 ", "of before 1 중구", "of before 서울", "of behind 1 열린", "of behind 공연"} <= set(
        signs_of_words(before, behind, prefix="of ")
    )


def test_a_post_without_some_values_keeps_everything_else() -> None:
    left = POST.without("where", {"누리홀"})
    assert left.of_kind("where") == []
    assert left.of_kind("when") == [TAGS[1]]
    assert POST.without("when", {"누리홀"}).tags == TAGS
