"""The shop that a title has in quotation marks: 언양불고기 ‘기와집터’ 후기, 부암동 ‘온점’ 런치 코스."""

from __future__ import annotations

import re

from udfs.post_text import Reference, TextField

_NO_SHOP_BEFORE = re.compile(
    r"(?:메뉴|신메뉴|신상|코스|전시|공연|연극|뮤지컬|영화|드라마|예능|소설|책|앨범|노래|축제|특별전|기획전"
    r"|사진전|콘서트|대회|촬영지|배경|별명|나온|편|속|인생|이른바|일명|소위)(?:은|는|이|가|의|인)? ?$"
)
"""Before quotation marks in which something is shown, sold or only called so."""
_NO_SHOP_BEHIND = re.compile(
    r"[’'”\"] ?(?:[가-힣]+ )?(?:팝업|전시|사진전|특별전|기획전|콘서트|공연|뮤지컬|연극|영화|드라마|축제"
    r"|페스티벌|촬영지|촬영|속 |에 나온|나온|녹화|방청|시사회|북토크|무대"
    r"|앨범|팬미팅|굿즈|메뉴|코스 ?요리|세트|라떼|케이크|한 그릇|챌린지|이벤트|특집|편(?![가-힣])|1회|첫 회)"
)
_SENTENCE = re.compile(r"(?:다|요|까|죠|네|자|라|봄|함|음)[.!?~ㅋㅎ]*$|[.!?]|…")
_REGION_BEFORE = re.compile(r"([가-힣]{2,6}?)(?:의|에서|에 있는)? [‘'“\"]$")
_REGIONS = frozenset(("city", "district", "foreign"))


def quoted_in_title(title: TextField, reference: Reference, *, of_a_place: bool) -> str:
    """The shop in quotation marks in a title, "" for none.

    Args:
        title: of the post.
        reference: the lists.
        of_a_place: whether the post is a review of a place; in any other the name stands behind a town or quarter.
    """
    if not title.quoted:
        return ""
    shops = [title.text[begin:end] for begin, end in title.quoted if _is_shop(title, begin, end, reference, of_a_place=of_a_place)]
    return shops[0] if len(shops) == 1 else ""


def _is_shop(title: TextField, begin: int, end: int, reference: Reference, *, of_a_place: bool) -> bool:
    name, before = title.text[begin:end], title.text[max(0, begin - 14) : begin]
    if not 1 < len(name) < 13 or name in reference.names.meanings or name in reference.kind_words.meanings or name.isdigit():
        return False
    if name.count(" ") > 2 or (_SENTENCE.search(name) and " " in name) or _NO_SHOP_BEHIND.match(title.text, end):
        return False
    if _NO_SHOP_BEFORE.search(before[:-1]):
        return False
    region = _REGION_BEFORE.search(before)
    return of_a_place or (region is not None and _is_region(region.group(1), reference))


def _is_region(word: str, reference: Reference) -> bool:
    common = word in reference.names.meanings or word in reference.common_words
    return not common and (reference.is_place(word, _REGIONS) or (len(word) > 2 and word.endswith("동")))


_BRANCH = re.compile(r" [가-힣]{1,7}점(?=에서|에|을|은|의|[ ,.!]|$)")


def with_branch(name: str, body: str) -> str:
    """A shop with its branch where the text names it: 온결 ... 온결 해솔점.

    Examples:
        >>> with_branch("온결", "온결 해솔점에 다녀왔어요."), with_branch("온결", "온결에 다녀왔어요.")
        ('온결 해솔점', '온결')
    """
    place = body.find(f"{name} ")
    while place >= 0:
        branch = _BRANCH.match(body, place + len(name))
        if branch is not None:
            return name + branch.group()
        place = body.find(f"{name} ", place + 1)
    return name
