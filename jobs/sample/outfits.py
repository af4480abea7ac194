"""What a drawn person wears, in the words of people who write about it: texts and photos agree."""

from __future__ import annotations

from functools import lru_cache

COLOURS = {
    "black": "블랙",
    "white": "화이트",
    "ivory": "아이보리",
    "beige": "베이지",
    "camel": "카멜",
    "brown": "브라운",
    "grey": "그레이",
    "charcoal": "차콜",
    "navy": "네이비",
    "cobalt": "코발트블루",
    "sky": "하늘색",
    "denim": "데님",
    "mint": "민트",
    "green": "그린",
    "khaki": "카키",
    "yellow": "옐로",
    "orange": "오렌지",
    "red": "레드",
    "burgundy": "버건디",
    "pink": "핑크",
    "hot_pink": "핫핑크",
    "lavender": "라벤더",
    "purple": "퍼플",
}
CUTS = {
    "dress": "원피스",
    "long_dress": "롱드레스",
    "suit": "슈트",
    "coat": "코트",
    "hoodie": "후드 티셔츠",
    "blouse_skirt": "블라우스",
    "knit_pants": "니트",
    "jacket": "재킷",
    "mini_skirt": "톱",
    "shirt_pants": "셔츠",
    "tee_pants": "티셔츠",
}


@lru_cache(maxsize=50_000)
def outfit_words(look_seed: int, gender: str) -> str:
    """The main garment of a look, such as "베이지 코트"; "" where the drawing has a cut or colour without a word here."""
    from jobs.sample.drawing import Look, outfit_of

    outfit = outfit_of(Look(look_seed), female=gender == "female")
    colour, cut = COLOURS.get(outfit.colour_name, ""), CUTS.get(outfit.cut, "")
    return f"{colour} {cut}" if colour and cut else ""
