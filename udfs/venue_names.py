"""Where the name of a venue begins: with which words before its last one it is joined."""

from __future__ import annotations

import re

from udfs.korean_particles import particle_chain, split_particle
from udfs.korean_words import words_by_rule
from udfs.post_text import Reference, TextField
from udfs.reviewed_shops import QUARTER
from udfs.shop_names import KIND_OF_SHOP
from udfs.spans import touched
from udfs.word_lists import DETERMINERS, NOT_PART_OF_NAME

_WORD_BEFORE = re.compile(r"(?:^|(?<=[\s‘’'“\"(,]))([가-힣A-Za-z0-9]+) $")
_LONGEST_NAME = 3  # words before the last one


def name_begin(text: TextField, begin: int, reference: Reference, *, surely: bool) -> int:
    """Begin of a venue's name with the words before it that belong to it: 그랜드 온호텔, 대학로 마루소극장, 콘래드 서울.

    Args:
        text: the field.
        begin: of the name's last word.
        reference: the lists.
        surely: also the word just before has to look like part of a name, not only those before that one.
    """
    for number in range(_LONGEST_NAME):
        word = word_of_name(text, begin, reference)
        if surely and word and not number and _NEVER_BEFORE_TOWNS.search(word):
            return begin  # 주말 서울에서, 단오를 맞아 강릉을
        listed = bool(reference.places.meanings.get(word))
        if not word or ((surely or number) and not listed and not _like_a_name(word)) or (surely and QUARTER.search(word)):
            return begin
        begin -= len(word) + 1
        if listed:
            return begin
    return begin


_ARTICLES = frozenset("더드데델라르엘성")
_NO_NAME = re.compile(
    r"[가-힣](?:긴|렌|진)$|(?:따라|통해|위해|향해|거쳐|지나|건너|넘어|돌아|찾아)$|씨[가와는도를의]?$|^[가-힣][이가은는을를도의에와과]$"
    r"|[가-힣](?:한|된|린|힌|난|는|던|할|될|인)$"
)


_VERBAL = re.compile(
    r"[아어여러려워와해]진$|(?:[은는]데|니까|차라|면서|지만)$|^(?:뜨자|좁아)$|[가-힣](?:힌|린|뜨린)$|(?:따라|통해|위해|향해|거쳐|건너|찾아)$"
    r"|^(?:묵은|머문|머물렀던|묵었던|잡은|예약한|다녀온|찾아온|나온|가본|가봤던|들른|만난|찾은|찾던|발견한|유명한|조용한|아담한|예쁜|새로운"
    r"|오픈한|생긴|좋아하는|애정하는|추천받은|알려진)$"
)
"""Words before a noun that are verbs: 쏟아진 경부고속도로, 산악회를 따라 지리산에."""


def _like_a_name(word: str) -> bool:
    """Whether a word can stand inside a name: no particle, no person's title, no verb before a noun; of one letter only articles."""
    return word in _ARTICLES or (len(word) > 1 and not split_particle(word).josa and not _NO_NAME.search(word))


def word_of_name(text: TextField, begin: int, reference: Reference, *, listed: bool = True) -> str:
    """The word before a part of a venue's name when it belongs to the name, "" otherwise; a district does where `listed`."""
    match = _WORD_BEFORE.search(text.text[max(0, begin - 12) : begin])
    if match is None:
        return ""
    word = match.group(1)
    first = begin - len(word) - 1
    if len(word) == 1 and text.text[first - 1 : first] in _CLOSING_QUOTES:
        return ""  # ‘완행열차’가 종착역에
    places = reference.places.meanings.get(word, ())
    if places:
        return word if listed and places[0].kind in ("district", "venue") else ""
    if word in _FORCES and _UNIT.match(text.text, begin):
        return word
    index = text.word_at(first)
    split = split_particle(word)
    foreign = (
        _VERBAL.search(word) is not None
        or word in NOT_PART_OF_NAME
        or word in DETERMINERS
        or KIND_OF_SHOP.search(f"{word} ") is not None
        or word in reference.occupations
        or word in reference.kind_words.meanings
        or word in reference.names.meanings
        or is_name(word, reference)
        or re.search(r"\d|(?:시|분|일|월|년|짜리)$|^[가-힣](?:에|의|을|를|은|는)$|^씨[가는의도를와]?$|^[동서남북중]구$", word) is not None
        or touched(text.times, first, first + 1)
        or len(word) > 7
    )
    noun = index is None or words_by_rule(word)[0].nominal or (text.words[index].nominal and not _NO_NAME.search(word))
    with_particle = index is not None and text.words[index].josa in _NEVER_IN_NAMES
    if foreign or not noun or with_particle:
        return ""
    return word if (not split.josa or word.endswith(_ROADS)) and not word.endswith(("없이", "엔", "에선", "으로")) else ""


def is_name(word: str, reference: Reference) -> bool:
    """Whether a word is a listed person's name with its particle: 서이안과, which ends like a clinic.

    Args:
        word: as written.
        reference: the lists.
    """
    return word[:-1] in reference.names.meanings and particle_chain(word[-1], word[-2]) is not None


_CLOSING_QUOTES = ("’", "”", "'", '"')
_NEVER_BEFORE_TOWNS = re.compile(
    r"(?:[아어여해와워려러고며서면][도야]?|[으]?로|간|께|쯤|뒤|후|전|말|초|중순|하순|상순|주말|평일|연휴"
    r"|휴가|방학|명절|첫날|마지막|당일|당시|하루|올해|작년|내년|지난해|이번|다음|요일|월|년"
    r"|이틀|사흘|본사|본점|출신|고향|본고장|무대|공연|투어|콘서트|여행|출장|축제|특집|개최지|개막지|도시"
    r"|수도|항구|동네|근교|이웃|아래|인근|가까운|유럽|아시아|북미|남미|동남아"
    r"|호남|영남|충청|강원|경상|전라|영동|영서|멀리|홀로|혼자|둘이|함께|다시|먼저|우선|주로|바로|직접"
    r"|결국|이어|앞서|특히|역시|매년|매주|매달|드디어|마침내|현재|최근|요즘)$"
)
"""Ends of words before a town that no hotel or shop is called by (콘래드 서울)."""
_FORCES = frozenset(("육군", "해군", "공군", "해병대"))
_UNIT = re.compile(r"제?\d{1,2}(?:보병|기갑|공수|기계화)?(?:사단|여단|함대|군단|전투비행단)(?! ?신병)(?![가-힣]*훈련)")
"""A unit whose number needs its force before it: 육군 7사단."""
_ROADS = ("로", "길", "동")
_NEVER_IN_NAMES = frozenset(("은", "는", "을", "를", "으로", "에서", "에게", "에는", "부터"))
"""Particles behind which another noun begins: 딸은 씨앗도서관."""
