"""Decisions about one post: names that are ordinary words, people of one name, whom it is about, time, place and kind of the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udfs.gazetteer import Gazetteer, without_overlaps
from udfs.korean_words import words_by_rule
from udfs.post_text import Celebrity, EventKind, Place, Reference, Tag, TextField
from udfs.tag_post import tag_post

PUBLISHED = datetime(2026, 3, 22, 18, 30)
OCCUPATIONS = [
    {"id": "가수", "words": ["가수", "그룹", "멤버"]},
    {"id": "배우", "words": ["배우"]},
    {"id": "기자", "other": True, "words": ["기자", "대표"]},
]
REFERENCE = Reference.of(
    [
        Celebrity("c1", "비", ("정가온",), (), "가수"),
        Celebrity("c2", "하늘", (), ("별무리",), "가수"),
        Celebrity("c3", "이지은", (), (), "가수"),
        Celebrity("c4", "이지은", (), (), "배우"),
        Celebrity("c5", "한서윤", (), (), "배우"),
        Celebrity("c6", "바다", (), ("별무리",), "가수"),
        Celebrity("c7", "봄", (), (), "가수"),
    ],
    [("인천국제공항", Place("인천국제공항", "airport")), ("파리", Place("파리", "foreign")), ("서울", Place("서울", "city"))],
    [
        EventKind("airport_departure", "출국", ("출국",), ("공항 패션",), (), 6),
        EventKind("concert", "콘서트", ("콘서트",), ("공연",), ("토크콘서트",), 7),
        EventKind("award_show", "시상식", ("시상식",), (), (), 8, without_person=True),
    ],
    OCCUPATIONS,
    ["하늘", "바다", "봄"],
)


def with_kinds(kinds: Sequence[EventKind]) -> Reference:
    """The lists with other kinds of event."""
    lists = Reference.of([], [], kinds, OCCUPATIONS, [])
    return replace(REFERENCE, kinds=lists.kinds, kind_words=lists.kind_words)


def tags_of(body: str, title: str = "", caption: str = "", service: str = "news", reference: Reference = REFERENCE) -> list[Tag]:
    texts = [("title", None, title), ("body", None, body)] + ([("caption", 0, caption)] if caption else [])
    fields = [
        TextField(
            name, text, PUBLISHED, position, without_overlaps(reference.names.find(text)), without_overlaps(reference.places.find(text)),
            without_overlaps(reference.kind_words.find(text)),
        )
        for name, position, text in texts
    ]  # fmt: skip
    return tag_post(fields, reference, service=service, place_id=None, photo_offsets=[])


def _who(body: str, title: str = "") -> list[tuple[str, str]]:
    return [(tag.surface, tag.value) for tag in tags_of(body, title) if tag.kind == "who"]


def event_of(tags: list[Tag], kind: str) -> set[str]:
    return {tag.value for tag in tags if tag.kind == kind and tag.is_event}


@pytest.mark.parametrize(
    "text",
    ["비가 내렸다.", "어제 비가 많이 왔다.", "봄비 소식", "비행기가 떴다.", "비빔밥을 먹었다.",
      "맑은 하늘이 보인다.", "하늘은 높고 푸르다.", "바다가 보이는 카페", "푸른 바다로 떠났다.", "다시마는 바다에서 난다.",
     "하늘 높은 줄 모른다.", "비에 젖은 낙엽", "이지은 기자", "시민 이지은 씨는 웃었다.", "주인 한서윤(58) 씨는 웃었다.", "비의 이유는?"],
)  # fmt: skip
def test_ordinary_words_and_others_are_nobody(text: str) -> None:
    assert _who(text) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("가수 비가 출국했다.", ("비", "c1")),
        ("비(본명 정가온)가 컴백한다.", ("비", "c1")),
        ("별무리 하늘이 노래했다.", ("하늘", "c2")),
        ("별무리 멤버 바다의 무대", ("바다", "c6")),
        ("하늘 씨는 웃었다.", ("하늘", "c2")),
        ("배우 한서윤이 참석했다.", ("한서윤", "c5")),
        ("한서윤의 매력", ("한서윤", "c5")),
        ("별무리 콘서트에서 하늘과 바다의 합동 무대", ("바다", "c6")),
        ("별무리가 돌아왔다. 바다 씨는 웃었다. 하늘은 인형 하나를 받아 품에 안았다.", ("하늘", "c2")),
        ("별무리 팝업. 바다 씨 목소리가 나왔다. 하늘 키링은 품절", ("하늘", "c2")),
        ("봄 카운트다운 콘서트는 밤 10시에 시작했다.", ("봄", "c7")),
        ("별무리 멤버 하늘은 “나는 안 갈래”라고 했다.", ("하늘", "c2")),
    ],
)
def test_people_are_recognised(text: str, who: tuple[str, str]) -> None:
    assert who in _who(text)


def test_a_name_at_the_begin_of_a_line_is_not_glued_to_the_line_before() -> None:
    assert _who("1층 C구역 7열\n하늘 님 노래로 버텼다.") == [("하늘", "c2")]


def test_a_group_is_known_with_and_without_its_blank() -> None:
    people = [
        Celebrity("c1", "바다", (), ("별 무리",), "가수"),
        Celebrity("c2", "이지은", (), ("별 무리",), "가수"),
        Celebrity("c3", "이지은"),
    ]
    reference = Reference.of(people, [], [], OCCUPATIONS, ["바다"])

    def who(body: str) -> set[tuple[str, str]]:
        fields = [TextField("body", body, PUBLISHED, names=without_overlaps(reference.names.find(body)))]
        tags = tag_post(fields, reference, service="news", place_id=None, photo_offsets=[])
        return {(tag.surface, tag.value) for tag in tags if tag.kind == "who"}

    for group in ("별 무리", "별무리"):
        assert who(f"{group}가 출국했다.") == {(group, "c1"), (group, "c2")}
        assert ("바다", "c1") in who(f"{group} 바다가 출국했다.")
        assert ("이지은", "c2") in who(f"{group}의 이지은이 출국했다.")


def test_signs_in_names_are_no_patterns() -> None:
    reference = Reference.of([Celebrity("c1", "도연.우*", ("C++", "[도연]"), ("f(x)",), "가수")], [], [], OCCUPATIONS, [])
    body = "도연.우*가 웃었다. 가수 C++는 노래했다. f(x)가 출국했다. 도연누우가 울었다."
    fields = [TextField("body", body, PUBLISHED, names=without_overlaps(reference.names.find(body)))]
    tags = tag_post(fields, reference, service="news", place_id=None, photo_offsets=[])
    assert [tag.surface for tag in tags if tag.kind == "who"] == ["도연.우*", "C++", "f(x)"]


@pytest.mark.parametrize("body", ["", " ", "\r\n", "😀👨‍👩‍👧", "ㅋㅋㅋ", "\x00"])
def test_a_post_of_no_words_has_no_tags(body: str) -> None:
    assert tags_of(body, body, body) == []


def test_without_lists_a_post_still_has_times_and_phrases() -> None:
    fields = [TextField("title", "", PUBLISHED), TextField("body", "가수 비가 22일 파리로 출국했다.", PUBLISHED)]
    tags = tag_post(fields, Reference.of([], [], [], [], []), service="news", place_id=None, photo_offsets=[])
    assert {tag.kind for tag in tags} == {"when", "keyphrase"}


def test_a_sure_mention_vouches_for_the_others_but_not_for_the_weather() -> None:
    found = [tag for tag in tags_of("가수 비가 22일 출국했다. 공항에는 비가 내렸다. 비는 손을 흔들었다.") if tag.kind == "who"]
    assert [tag.begin for tag in found] == [3, 29]


@pytest.mark.parametrize(("text", "value"), [("가수 이지은이 노래했다.", "c3"), ("배우 이지은이 참석했다.", "c4")])
def test_people_of_one_name_are_told_apart(text: str, value: str) -> None:
    assert _who(text) == [("이지은", value)]


def test_aboutness_tells_subject_from_mention() -> None:
    tags = tags_of("배우 한서윤이 22일 시상식에 참석했다. 가수 이지은의 노래가 흘러나왔다.", "한서윤, 시상식 참석")
    scores = {tag.value: tag.score for tag in tags if tag.kind == "who"}
    assert scores["c5"] >= 0.5 > scores["c3"]


def test_reviews_only_mention_people() -> None:
    tags = tags_of("배우 한서윤도 다녀갔다고 사인이 걸려 있다.", "한서윤도 온 식당", service="review")
    assert all(tag.score < 0.5 for tag in tags if tag.kind == "who")


def test_time_place_and_kind_of_the_event() -> None:
    tags = tags_of("가수 비가 22일 오후 인천국제공항을 통해 파리로 출국했다. 비는 오는 30일 서울에서 콘서트를 연다.", "비, 파리 출국")
    assert event_of(tags, "when") == {"2026-03-22"}
    assert event_of(tags, "where") == {"인천국제공항"}
    assert event_of(tags, "what") == {"airport_departure"}
    places = {tag.value: (tag.josa, tag.role) for tag in tags if tag.kind == "where" and tag.field == "body"}
    assert places == {"인천국제공항": ("을", "object"), "파리": ("로", "direction"), "서울": ("에서", "place")}


def test_the_hour_of_the_same_day_makes_the_time_precise() -> None:
    tags = tags_of("배우 한서윤이 22일 서울에서 열린 시상식에 참석했다. 시상식은 이날 오후 7시에 시작됐다.")
    assert event_of(tags, "when") == {"2026-03-22T19:00"}


def test_most_kinds_are_nothing_without_a_person() -> None:
    assert event_of(tags_of("출국 수속이 늦어졌다."), "what") == set()
    assert event_of(tags_of("22일 시상식이 열렸다."), "what") == {"award_show"}


def test_excepted_words_name_no_event() -> None:
    assert event_of(tags_of("배우 한서윤이 토크콘서트를 열었다."), "what") == set()


def test_key_phrases_are_ten_at_most_and_scored() -> None:
    body = "가수 비가 파리 화보 촬영을 마쳤다. " * 3 + " ".join(f"낱말{number}모음을 보았다." for number in range(20))
    tags = [tag for tag in tags_of(body, "비, 파리 화보 촬영") if tag.kind == "keyphrase"]
    assert 1 <= len(tags) <= 10
    assert max(tag.score for tag in tags) == 1.0
    assert all(0 < tag.score <= 1 for tag in tags)
    assert "화보 촬영" in {tag.value for tag in tags}


def test_a_review_only_mentions_private_occasions_but_reports_what_was_held() -> None:
    words = Gazetteer.of([("결혼식", ("wedding", 1.0)), ("콘서트", ("concert", 1.0))])
    kinds = REFERENCE.kinds | {"wedding": EventKind("wedding", "결혼식", ("결혼식",), priority=7)}
    reference = replace(REFERENCE, kinds=kinds, kind_words=words)

    def reported(body: str, service: str) -> set[str]:
        found = [without_overlaps(lists.find(body)) for lists in (reference.names, reference.kind_words)]
        fields = [TextField("title", "", PUBLISHED), TextField("body", body, PUBLISHED, names=found[0], kinds=found[1])]
        return event_of(tag_post(fields, reference, service=service, place_id="p1", photo_offsets=[]), "what")

    assert reported("친구 결혼식에 가려고 배우 한서윤 머리를 했어요.", "review") == set()
    assert reported("배우 한서윤의 결혼식이 열렸다.", "news") == {"wedding"}
    assert reported("배우 한서윤 콘서트를 보고 왔어요.", "review") == {"concert"}


def test_spans_are_of_their_fields() -> None:
    title, body, caption = "비, 파리 출국", "가수 비가 22일 인천국제공항에서 출국했다.", "배우 한서윤이 웃고 있다."
    texts = {"title": title, "body": body, "caption": caption}
    for tag in tags_of(body, title, caption):
        assert texts[tag.field][tag.begin : tag.end] == tag.surface


FRAGMENTS = [
    "비", "하늘", "별무리", "이지은", "가수 ", "대표", " 씨", "(22)", "가 ", "는 ", "의 ", "에서 ", "22일", "2월 29일", "4월 31일",
    "24시", "오후 3시", "부터 ", "까지 ", "~", "이날 ", "이튿날 ", "설날에", "사흘 전 ", "‘", "’", "“", "”", "<", ">", "(", ")", ".",
    "\n", "\r\n", " ", "😀", "\u200b", "\x00", "서울", "인천국제공항", "마루아트홀", "대강당 ", "장소: ", "1층에서 ", "맛집 ", "집 ",
    "콘서트", "출국", "열렸다", "밝혔다", "앞둔 ", "한편 ", "漢字", "IU", "가",
]  # fmt: skip


@settings(deadline=None)
@given(*(st.lists(st.sampled_from(FRAGMENTS), max_size=most).map("".join) for most in (8, 40, 8)))
def test_whatever_a_post_says_its_tags_are_words_of_it(title: str, body: str, caption: str) -> None:
    texts = {"title": title, "body": body, "caption": caption}
    for tag in tags_of(body, title, caption):
        assert texts[tag.field][tag.begin : tag.end] == tag.surface
        assert tag.surface.strip()
        assert 0 <= tag.score <= 1
        if tag.kind == "when" and len(tag.value) >= 10:
            first, _, last = tag.value.partition("/")
            assert datetime.fromisoformat(first) <= datetime.fromisoformat(last or first)


def test_the_day_of_telling_is_not_the_day_of_the_event() -> None:
    tags = tags_of("가수 비가 20일 유튜브를 통해 콘서트의 뒷이야기를 공개했다. 지난 14일 서울에서 열린 콘서트는 매진됐다.")
    assert event_of(tags, "when") == {"2026-03-14"}


def test_an_event_that_opened_lasts_to_its_last_day() -> None:
    tags = tags_of("가수 비가 20일 오후 8시 서울에서 콘서트의 막을 올렸다. 공연은 23일까지 이어진다.")
    assert event_of(tags, "when") == {"2026-03-20/2026-03-23"}


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("소속사는 20일 가수 비가 오는 28일 오후 6시 서울에서 콘서트를 연다고 밝혔다.", "2026-03-28T18:00"),
        ("소속사는 20일 공식 계정을 통해 비의 콘서트가 오는 4월 5일 서울에서 열린다고 알렸다.", "2026-04-05"),
        ("배우 한서윤이 20일 서울에서 열린 시상식에서 오는 28일 첫 방송을 앞둔 소감을 밝혔다.", "2026-03-20"),
        ("가수 비가 21일 콘서트를 열었다. 팬들은 새벽 4시부터 줄을 섰고 공연은 밤 11시가 돼서야 끝났다.", "2026-03-21"),
        ("22일 소속사에 따르면 가수 비는 전날 서울에서 콘서트를 열었다.", "2026-03-21"),
        ("22일 가요계에 따르면 비의 콘서트 티켓이 전날 오후 8시 진행된 예매에서 매진됐다. 콘서트는 오는 28일 열린다.", "2026-03-28"),
        ("소속사는 비가 18일 서울에서 콘서트를 열었다고 19일 밝혔다.", "2026-03-18"),
        ("가수 비의 콘서트가 지난달 서울에서 열렸다.", "2026-02"),
        ("가수 비는 20일 온라인 기자회견에서 오는 28일 콘서트를 연다고 밝혔다.", "2026-03-28"),
        ("가수 비가 21일 콘서트의 뒷이야기를 공개했다. 앞서 비는 지난 5일 서울에서 팬들을 만났다.", "2026-03-21"),
        ("1961년 4월 12일은 잊을 수 없다. 가수 비가 21일 콘서트를 열었다.", "2026-03-21"),
    ],
)
def test_the_time_of_the_event_among_others(text: str, when: str) -> None:
    assert event_of(tags_of(text), "when") == {when}


def test_an_airport_that_one_returns_to_is_the_place() -> None:
    tags = tags_of("가수 비가 22일 오후 서울 일정을 위해 인천국제공항으로 출국했다.")
    assert event_of(tags, "where") == {"인천국제공항"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("배우 한서윤이 22일 새별 그랜드 서울에서 열린 시상식에 참석했다.", "새별 그랜드 서울"),
        ("배우 한서윤이 22일 오후 벨르디 매장에서 진행된 시상식에 참석했다.", "벨르디 매장"),
        ("가수 비가 22일 파리 스타드 드 보라 경기장에서 콘서트를 열었다.", "스타드 드 보라 경기장"),
        ("콘서트 장소는 누리 사옥입니다.", "누리 사옥"),
        ("가수 비의 파리 콘서트를 봤어요. 장소는 인천국제공항이었어요.", "인천국제공항"),
        ("배우 한서윤이 22일 오후 서울에서 열린 시상식에 참석했다.", "서울"),
        ("가수 비가 22일 추운 서울에서 콘서트를 열었다.", "서울"),
        ("가수 비가 22일 마루아트센터 달빛홀에서 콘서트를 열었다.", "마루아트센터 달빛홀"),
        ("가수 비가 22일 콘서트를 열었다. 영화 ‘모래시장’ 이야기도 서울에서 나눴다.", "서울"),
        ("망원동 ‘수련칼국수’에 어제 다녀왔어요. 가수 비의 콘서트 전에 갔어요.", "수련칼국수"),
        ("가수 비가 22일 서울의 한 카페에서 콘서트를 열었다. 고양이는 없었다.", "서울"),
        ("가수 비가 22일 마루몰 1층 아트리움에서 콘서트를 열었다.", "마루몰"),
        ("마루평판센터가 22일 발표했다. 가수 비의 콘서트는 서울에서 열렸다.", "서울"),
    ],
)
def test_a_name_of_several_words_is_joined_from_its_last_one(text: str, place: str) -> None:
    assert event_of(tags_of(text), "where") == {place}


@pytest.mark.parametrize(
    "text",
    [
        "오는 30일 서울에서 콘서트를 앞둔 가수 비가 22일 마루아트홀에서 열린 시상식에 참석했다.",
        "가수 비가 지난 1일 서울에서 콘서트를 마치고 22일 마루아트홀에서 열린 시상식에 참석했다.",
        "가수 비가 22일 마루아트홀을 찾았다. 시상식이 열렸다. 앞서 비는 서울에서 열린 콘서트에서 팬들을 만났다. 비는 서울에서 웃었다.",
    ],
)
def test_a_place_named_with_something_else_is_not_the_events(text: str) -> None:
    assert event_of(tags_of(text), "where") == {"마루아트홀"}


def test_the_annotators_location_loses_its_city_and_keeps_a_generic_halls() -> None:
    for body, place in (
        ("가수 비가 22일 서울 별솔동의 한 카페에서 콘서트를 열었다.", "별솔동"),
        ("가수 비가 22일 파리 아레나에서 콘서트를 열었다.", "파리 아레나"),
    ):
        begin = body.index("서울" if "서울" in body else "파리")
        end = body.index("의 한" if "서울" in body else "에서")
        fields = [
            TextField("title", "", PUBLISHED),
            TextField(
                "body", body, PUBLISHED, None, without_overlaps(REFERENCE.names.find(body)), without_overlaps(REFERENCE.places.find(body)),
                without_overlaps(REFERENCE.kind_words.find(body)), None, [(begin, end, "LC")],
            ),
        ]  # fmt: skip
        assert event_of(tag_post(fields, REFERENCE, service="news", place_id=None, photo_offsets=[]), "where") == {place}


def test_another_person_of_a_name_is_nobody_and_a_list_vouches() -> None:
    assert _who("이지은 대표는 웃었다. 이지은은 3년 전 회사를 세웠다.") == []
    assert _who("시민의 하늘이 곧 희망이라고 웃으며 말했다.") == []
    assert ("바다", "c6") in _who("가수 하늘을 비롯해 바다, 신인들이 함께했다.")


def test_words_within_names_of_works_are_nobody_and_a_concert_makes_somebody() -> None:
    assert _who("새 드라마 ‘하늘의 끝에서’가 웃음을 전했다.") == []
    assert ("하늘", "c2") in _who("어제 하늘 콘서트 봤습니다.")
    assert ("하늘", "c2") in _who("어제 하늘이한테 인사했어요. 가수 하늘이 웃었다.")


def test_names_of_works_are_phrases_and_a_venues_district_is_none() -> None:
    body = "배우 한서윤이 드라마 ‘국경의 밤’에서 눈빛으로 말했다."
    phrases = {tag.value for tag in tags_of(body) if tag.kind == "keyphrase"}
    assert "국경의 밤" in phrases
    assert "국경" not in phrases


def test_given_names_count_where_the_full_name_stands() -> None:
    assert _who("배우 한서윤이 웃었다. 서윤의 무대는 매진됐다.") == [("한서윤", "c5"), ("서윤", "c5")]
    assert _who("서윤의 무대는 매진됐다.") == []


def test_a_worn_smile_is_no_name_and_a_fan_meeting_makes_one() -> None:
    assert _who("하늘 팬미팅이 열렸다.") == [("하늘", "c2")]
    assert _who("바다를 머금고 섰다.", "거리를 밝힌 바다") == []


def test_trades_tell_people_of_one_name_apart() -> None:
    assert {value for _, value in _who("영화와 드라마를 오가는 이지은이 웃었다.")} == {"c4"}
    assert {value for _, value in _who("새 앨범의 노래를 부른 이지은이 웃었다.")} == {"c3"}


def test_a_title_before_a_list_or_a_cross_vouches_for_the_names_behind_it() -> None:
    assert ("바다", "c6") in _who("가수 한서윤과 바다를 헤드라이너로 발표했다.")
    assert _who("새 드라마의 첫 방송", "하늘X한서윤, 첫사랑은 왜")[:2] == [("하늘", "c2"), ("한서윤", "c5")]
    assert ("하늘", "c2") in _who("가수 하늘이 올라와서 노래했다.")


def test_a_shop_is_found_by_its_kind_and_named_again() -> None:
    tags = tags_of("소담키친은 테이블이 다섯 개예요.", "서울 파스타 맛집 소담키친, 웨이팅할 만할까", service="blog")
    assert event_of(tags, "where") == {"소담키친"}
    assert event_of(tags_of("서울 두레국수에 갔어요."), "where") == {"두레국수"}


def test_a_plot_is_set_elsewhere_and_brackets_part_no_particle() -> None:
    plot = "가수 비가 서울에서 콘서트를 열었다. 새 영화는 염전 마을에서 벌어진 사건을 뒤쫓는 이야기다."
    assert event_of(tags_of(plot), "where") == {"서울"}
    assert event_of(tags_of("가수 비가 국제컨벤션센터(ICC)에서 콘서트를 열었다."), "where") == {"국제컨벤션센터"}


def test_an_announced_range_wins_over_one_of_its_days_and_an_hour_of_the_day_of_telling() -> None:
    announced = "가수 비가 콘서트를 연다. 소속사는 22일 “4월 3일부터 5일까지 서울에서 만난다”고 밝혔다."
    body = f"{announced} 5일 공연에는 손님이 온다. 첫날 오후 4시에 연다."
    assert event_of(tags_of(body), "when") == {"2026-04-03/2026-04-05"}


def test_a_review_names_its_shop_in_the_title() -> None:
    body = "토요일 점심에 고래식탁 갔는데 대기가 있었어요. 문어덮밥은 불향이 좋아요. 직원분들이 친절합니다."
    assert event_of(tags_of(body, "서울 고래식탁 웨이팅 후기 (문어덮밥 먹었어요)", service="blog"), "where") == {"고래식탁"}


def test_a_part_of_a_month_can_be_the_time_of_an_event() -> None:
    body = "가수 비가 지난달 말 서울에서 콘서트를 열었다. 소속사는 4일 “가을에 다시 만난다”고 알렸다."
    assert event_of(tags_of(body), "when") == {"2026-02-21/2026-02-28"}
    body = "12일 가요계에 따르면 가수 비는 내달 초 서울에서 콘서트를 연다."
    assert event_of(tags_of(body, "비, 내달 초 콘서트"), "when") == {"2026-04-01/2026-04-10"}


def test_the_hall_within_the_house_is_the_place() -> None:
    body = "가수 비가 12월 24일 세종문화회관 대극장에서 콘서트를 연다."
    assert event_of(tags_of(body, "비, 세종문화회관서 노래한다"), "where") == {"세종문화회관 대극장"}


def test_somebody_seen_is_no_spring_and_rivals_are_listed() -> None:
    assert {value for _, value in _who("모자를 써도 알아봤다.", "시장에서 한서윤 봄 (실화)")} == {"c5"}
    assert ("봄", "c7") in _who("가수 봄이 노래했다.")
    assert ("하늘", "c2") in _who("상을 놓고 맞붙는다.", "배우 한서윤 vs 하늘, 트로피는 누구 품에")


def test_a_road_with_a_house_number_keeps_its_name() -> None:
    text = "서울 성수이로 176, 주차"
    assert [text[word.begin : word.stem_end] for word in words_by_rule(text)] == ["서울", "성수이로", "176", "주차"]
    assert next(word.josa for word in words_by_rule("부산으로 3일 만에")) == "으로"
