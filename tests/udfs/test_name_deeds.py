"""Names that are words: what people do, hold and are called to beside them, and what the word's thing does."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, tags_of
from udfs.post_text import Celebrity, Reference

LISTS = Reference.of(
    [
        Celebrity(f"c{number}", name, (), (), occupation)
        for number, (name, occupation) in enumerate(
            (
                ("비", "가수"),
                ("봄", "가수"),
                ("이유", "배우"),
                ("정상", "코미디언"),
                ("미소", "배우"),
                ("노을", "가수"),
                ("강산", "배우"),
                ("하루", "배우"),
            )
        )
    ],
    [],
    [],
    OCCUPATIONS,
    ["봄", "이유", "정상", "미소", "노을", "강산", "하루"],
)


def _who(body: str, title: str = "", service: str = "news") -> set[str]:
    return {tag.surface for tag in tags_of(body, title, service=service, reference=LISTS) if tag.kind == "who"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("마이크를 잡은 노을은 세 곡을 내리 불렀다.", {"노을"}),
        ("블랙 드레스를 입은 미소가 포토월에 섰다.", {"미소"}),
        ("시구를 마친 하루가 관중석에 인사하고 있다.", {"하루"}),
        ("홍보대사로 위촉된 봄은 “영광”이라고 말했다.", {"봄"}),
        ("같은 드라마에 출연했던 이유는 “나도 부르지”라는 댓글을 남겼다.", {"이유"}),
        ("앞줄에는 응원 온 미소 배우님도 앉아 계셨어요.", {"미소"}),
        ("여주가 이유고 남주가 강산이라 안 볼 수가 없음.", {"이유", "강산"}),
        ("라디오에 봄 나온다길래 퇴근길에 들었다.", {"봄"}),
        ("드라마 보는데 정상이 카메오로 나와서 빵 터짐", {"정상"}),
        ("MC는 미소와 정상이 맡는다.", {"미소", "정상"}),
        ("출연진에는 봄, 이유, 하루 등이 이름을 올렸다.", {"봄", "이유", "하루"}),
        ("이번 주 ‘밤의 노래’에 비, 봄, 노을이 출연합니다.", {"비", "봄", "노을"}),
        ("소속사 바람은 20일 “봄이 전속계약을 맺었다”고 밝혔다.", {"봄"}),
        ("‘한낮’ 개막 / 출연 봄, 노을", {"봄", "노을"}),
        ("오늘 남편이랑 노을 소극장 콘서트 다녀왔어요.", {"노을"}),
        ("앨범에는 노을이 쓴 ‘귀갓길’도 실렸다.", {"노을"}),
        ("비가 작곡한 타이틀곡과 노을이 부른 ‘막차’가 담겼다.", {"비", "노을"}),
        ("신청곡 종이에 노을의 ‘막차’를 적었더니 틀어 주셨다.", {"노을"}),
        ("노을 연말콘 다녀와서 못 잤다.", {"노을"}),
        ("하루 입대 현장, 제일 먼저 도착", {"하루"}),
        ("제주를 찾은 미소", {"미소"}),
    ],
)
def test_what_people_do_and_are_called_to(text: str, who: set[str]) -> None:
    assert _who(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "관계자는 “비가 예보돼 걱정했는데 촬영 내내 맑았다”고 전했다.",
        "비가 오락가락했지만 콘서트는 예정대로 진행됐다.",
        "노을이 무대를 붉게 물들였다.",
        "그가 떠나는 이유는 “쉬고 싶어서”다.",
        "그가 참석한 이유는 따로 있다.",
        "정상은 20일 청와대에서 만나 회담을 진행했다.",
        "문기영, 봄 전국투어 돌입",
    ],
)
def test_what_rain_skies_reasons_and_heads_of_state_do(text: str) -> None:
    assert _who(text) == set()


def test_a_singer_of_a_seasons_name_gives_a_show_where_the_title_begins_with_it() -> None:
    assert _who("세 번째 줄이었다.", "봄 소극장 공연 후기", "blog") == {"봄"}


@pytest.mark.parametrize(
    ("title", "body", "who"),
    [
        ("비, 봄을 등지고 선 하루", "가수 비가 22일 화보를 공개했다.", {"비"}),
        ("비, 노을과 호흡", "가수 비가 가수 노을과 드라마에서 만난다.", {"비", "노을"}),
        ("교정 3년 만에 되찾은 미소", "치과에서 교정을 끝냈다.", set()),
        ("다시 찾은 노을", "동해에 다시 갔다.", set()),
        ("시인 이봄 “시는 밥이다”", "시인 이봄을 만났다. 봄은 “시는 밥”이라고 말했다.", set()),
        ("시인 이봄 “시는 밥이다”", "시인 이봄을 만났다. 가수 봄은 “시는 밥”이라고 말했다.", {"봄"}),
    ],
)
def test_views_and_strangers_of_a_names_word_are_nobody(title: str, body: str, who: set[str]) -> None:
    assert _who(body, title) == who


def test_what_shines_like_a_groups_word_is_a_view() -> None:
    people = [
        Celebrity("g", "별무리", (), (), "가수"),
        Celebrity("m", "솔", (), ("별무리",), "가수"),
    ]
    lists = Reference.of(people, [], [], OCCUPATIONS, ["솔"])

    def who(body: str) -> set[str]:
        return {tag.value for tag in tags_of(body, reference=lists) if tag.kind == "who"}

    assert who("별무리처럼 반짝이는 다리 조명이 압권!") == set()
    assert who("별무리처럼 빛나는 그룹이 되고 싶다.") == {"g"}
    assert who("우리 솔이 돌아왔습니다. 별무리 멤버들이 왔다.") == {"g", "m"}
