"""Children, animals, friends, staff and athletes of a celebrity's name, whom a post introduces by more than a title."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, REFERENCE, tags_of
from udfs.post_text import Reference


def _who(body: str, title: str = "") -> set[str]:
    return {tag.value for tag in tags_of(body, title) if tag.kind == "who"}


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", "한서윤이라는 이름은 셰프님 아들 이름이래요."),
        ("우리 집 막내 봄이를 소개합니다", "작년 봄에 데려와서 이름이 봄이예요. 두 살 된 시고르자브종이고 산책을 좋아해요."),
        ("", "길에서 만난 아기 고양이에게 하늘이라는 이름을 지어 줬어요. 하늘이는 츄르를 좋아해요."),
        ("", "막내 바다는(저희 회사 후배 이름임) 소주를 사이다로 바꿔 먹었다."),
        ("", "바다가(고양이) 뚱하게 쳐다본다. 바다야 건강만 하자."),
        ("", "우리 반 반장 한서윤이가 단톡방에 한마디 던졌다."),
        ("", "첫째는 하늘이, 둘째는 바다. 하늘이는 초등학교에 입학했고 바다는 유치원에 다녀요."),
        ("", "우리 집 강아지 하늘이와 산책했다."),
        ("", "딸내미 바다와 동물원에 갔어요."),
        ("한서윤, 시즌 2승", "프로 4년 차 한서윤(24)이 한국여자프로골프 투어에서 두 번째 우승컵을 들었다. 한서윤은 12언더파를 쳤다."),
        ("한서윤 끝내기 홈런", "두산 한서윤이 9회말 끝내기 홈런을 터뜨렸다. 한서윤은 시즌 20호 홈런으로 연승을 이었다."),
        ("", "한서윤 씨는 회사 동료인데 빵을 잘 굽는다."),
        ("", "사업가 한서윤 씨가 대표로 취임했다."),
        ("", "신인 그룹 ‘바다’가 데뷔했다. 멤버는 다섯 명이다."),
        ("", "수원의 공격수 한서윤이 결승골을 넣었다."),
        ("", "산악회를 이끄는 한서윤(61)이 쓰레기를 주웠다."),
    ],
)
def test_whom_a_post_introduces_as_somebody_else(title: str, body: str) -> None:
    assert _who(body, title) == set()


@pytest.mark.parametrize("body", ["디자이너 한서윤 쌤한테 받았어요.", "한서윤 트레이너님과 운동했다.", "한서윤쌤 손이 빨라요."])
def test_who_cuts_hair_and_trains_is_staff(body: str) -> None:
    staff = [*OCCUPATIONS, {"id": "선생", "other": True, "words": ["쌤", "트레이너"]}]
    reference = Reference.of(list(REFERENCE.celebrities.values()), [], [], staff, [])
    assert [tag for tag in tags_of(body, reference=reference) if tag.kind == "who"] == []


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("배우 한서윤(29)이 열애를 인정했다.", {"c5"}),
        ("배우 한서윤과 가수 비가 결혼한다. 비(44)는 웃었다.", {"c1", "c5"}),
        ("“바다라는 이름이 좋았다”고 별무리 바다가 말했다.", {"c6"}),
        ("배우 한서윤이 프로야구 한국시리즈 시구를 했다. 연승 중이던 팀은 9회 역전승했다.", {"c5"}),
        ("별무리 막내 바다의 무대", {"c6"}),
    ],
)
def test_celebrities_of_an_age_at_sport_and_with_their_names(body: str, who: set[str]) -> None:
    assert _who(body) == who
