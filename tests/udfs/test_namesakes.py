"""Names that are ordinary words or others' names: labels, prizes, trades, kin and what stands behind a name tell who is meant."""

from __future__ import annotations

import pytest

from tests.udfs.test_tag_post import OCCUPATIONS, tags_of
from udfs.post_text import Celebrity, Reference


def _who(body: str, title: str = "") -> set[str]:
    return {tag.value for tag in tags_of(body, title) if tag.kind == "who"}


@pytest.mark.parametrize(
    "text",
    [
        "별솔우주연구원 이지은 책임연구원은 웃었다.",
        "누리연구소 이지은 수석연구위원은 웃었다.",
        "동화작가 이지은 선생님을 모십니다. 이지은 작가와 그림책을 만들어요.",
        "사진가 이지은의 다섯 번째 개인전이 열린다.",
        "발레리나 이지은(29)이 무대에 섰다.",
        "조카 이지은의 첫 생일이었다.",
        "별솔군 이지은 주무관은 웃었다.",
        "주무관 이지은 씨는 웃었다.",
        "이지은(27) 선수가 금메달을 땄다.",
        "이지은 어린이가 그림을 그렸다.",
        "회사 후배 이지은이 추천한 식당.",
        "형네 딸 이지은의 첫 생일이었다.",
        "개막식(사회 아나운서 이지은)이 이어진다.",
        "이지은 아나운서가 진행한다.",
        "이번 달 손님은 이지은 시인입니다. 함께 읽어요.",
        "오너 셰프인 이지은 님이 나와서 인사해 주셨어요.",
        "런치 코스, 한서윤 셰프의 메뉴",
        "바리스타 한서윤 님이 내려 주신 커피",
        "비가 와도 진행합니다!",
        "비가 오면 무대는 실내로 옮깁니다.",
        "우리 강아지 바다랑 들렀어요. 바다 몫으로 황태를 주셨어요.",
        "하늘이 어두워질 때 세 곡을 들었다.",
    ],
)
def test_others_of_a_celebritys_name(text: str) -> None:
    assert _who(text) == set()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("배우 겸 화가 이지은이 새 드라마를 찍는다.", {"c4"}),
        ("발레리나 이지은이 무대에 섰다. 가수 이지은이 노래했다.", {"c3"}),
        ("신인상은 한서윤, 인기상은 바다가 챙겼다.", {"c5", "c6"}),
        ("시상자로 나온 바다의 품에 안겼다.", {"c6"}),
        ("게스트로는 봄과 하늘이 하루씩 나선다.", {"c2", "c7"}),
        ("출연: 봄, 바다, 밴드 오후세시", {"c6", "c7"}),
        ("게스트 : 밴드 오후세시, 봄", {"c7"}),
        ("왼쪽부터 김누리 감독, 봄, 아역배우 정가람, 바다", {"c6", "c7"}),
        ("(왼쪽부터) 배우 한서윤, 하늘", {"c2", "c5"}),
        ("▶ 4월 3일 금 : 바다 / 봄 / 밴드 허밍", {"c6", "c7"}),
        ("DAY 1 - 바다, 봄", {"c6", "c7"}),
        ("봄(별무리) 님과 함께", {"c2", "c6", "c7"}),
        ("라인업이 비랑 바다라니 우리 학교 맞아?", {"c1", "c6"}),
        ("비는 마지막 순서로 나와서 춤췄다. 바다가 8시쯤 나와서 다섯 곡 불렀다.", {"c1", "c6"}),
        ("비의 안무는 바뀔 수 있습니다.", {"c1"}),
        ("학생 둘이 비 노래로 버스킹을 하고 있었다.", {"c1"}),
        ("4번 트랙 환승 - 봄 피처링! 목소리가 잘 붙는다.", {"c7"}),
        ("게스트 - 봄, 바다", {"c6", "c7"}),
        ("작사 봄, 작곡 바다", {"c6", "c7"}),
        ("바다가 피처링한 곡이다.", {"c6"}),
        ("바다 신곡 들어 보셨어요?", {"c6"}),
        ("봄 신곡 들어 보셨어요?", set()),
        ("베스트 커플상은 바다와 봄이 받았다.", {"c6", "c7"}),
        ("환승 (Feat. 봄)", {"c7"}),
        ("바다 사인이 있는 기타 앞이 붐볐다.", {"c6"}),
        ("바다 랩 파트에 마이크가 꺼졌다.", {"c6"}),
        ("중간에 나온 바다 무대도 좋았고요.", {"c6"}),
        ("비의 옛날 히트곡에 맞춰 물줄기가 춤췄다.", {"c1"}),
        ("헤드라이너가 가수 비라니 놀랐어요.", {"c1"}),
        ("봄은 드라마에서 늘 부잣집 딸이었는데 여기서는 수리공이다.", {"c7"}),
        ("드라마 ‘눈의 숲’에서 바다랑 한서윤이 우산을 쓰고 걷던 온실.", {"c5", "c6"}),
        ("아티스트 바다가 새 노래를 들려 드립니다.", {"c6"}),
        ("봄까지 잠이 안 와 앨범을 처음부터 들었다.", set()),
        ("애초 라인업에 있던 바다는 목이 아파 빠졌다.", {"c6"}),
        ("2위는 바다의 ‘우편함’, 3위는 봄의 ‘네 시 반’이다.", {"c6", "c7"}),
        ("별무리를 봤다. 바다는 진짜 얼굴이 주먹만 하다.", {"c6"}),
        ("별무리 하늘이 나왔다. 게스트로 같은 팀 바다가 와서 노래했다.", {"c2", "c6"}),
        ("내년엔 하늘 돔콘에 간다.", {"c2"}),
        ("신인상은 봄에 발표된다.", set()),
        ("출연진: 하늘 높은 줄 모르는 인기", set()),
        ("현장: 하늘이 맑은 바다", set()),
    ],
)
def test_labels_prizes_and_songs_tell_that_a_word_is_a_name(text: str, who: set[str]) -> None:
    assert _who(text) == who


def test_space_is_no_person_where_somebody_drifts_through_it() -> None:
    reference = Reference.of([Celebrity("c8", "우주", (), ("에이론",), "가수")], [], [], OCCUPATIONS, ["우주"])
    told = tags_of("에이론 우주가 웃었다.", reference=reference)
    assert {tag.value for tag in told if tag.kind == "who"} == {"c8"}
    drifting = tags_of("에이론이 내내 우주를 떠돌던 소년들을 노래했다.", "에이론, 우주 떠돌다", reference=reference)
    assert [tag.surface for tag in drifting if tag.kind == "who" and tag.surface == "우주"] == []


def test_a_name_before_its_single_in_a_title() -> None:
    assert _who("새 노래를 들려 드립니다.", "바다 디지털 싱글 ‘귓속말’ 발매") == {"c6"}
    assert _who("새 노래를 들려 드립니다.", "바다 세 번째 미니 앨범 ‘귓속말’ 발매") == {"c6"}
