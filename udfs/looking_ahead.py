"""Whether a sentence speaks of what is to come, or only of its being written."""

from __future__ import annotations

import re

from udfs.time_mention import TimeMention

_WRITING = re.compile(r"(?:은|도)[^.!?\n]{0,120}?(?:후기|포스팅|리뷰|이야기|기록|소개|정리|글을|써 보|쓰려|쓸게|들고 왔|가져왔|올려)")

_OF_THE_POST = re.compile(r"의? ?(?:포스팅|포스트|글|일기|블로그)(?:은|는|도|에서)|의 (?:옷|의상|패션|코디)")


def is_day_of_post(text: str, mention: TimeMention) -> bool:
    """Whether a day only says which post this is, or what somebody wears in it: 오늘 포스팅은, 오늘의 옷은."""
    return mention.lead == "relative" and _OF_THE_POST.match(text, mention.end) is not None


def is_time_of_writing(text: str, mention: TimeMention) -> bool:
    """Whether a day is only that on which somebody writes: 오늘은 후기를 써 보려고 해요."""
    return mention.lead == "relative" and _WRITING.match(text, mention.end) is not None


_AHEAD = re.compile(
    r"까지|예정|앞두|앞둔|열린다|열립니다|이어진다|계속된다|펼쳐진다|방송된다|찾아온다|만나요|만납니다|갑니다|갈 거|갈게|할게"
    r"|찾는다|나선다|뜬다|만난다|돌아온다|선보인다|출연한다|출격한다|막 오른다|첫 방송(?!된|했|한)|안방 찾"
    r"|진행된다|개최된다|공개된다|발매된다|시작된다|개봉한다|시작한다|입소한다|입대한다|(?<![좋있싶알르죽])겠(?:다|고|으며|지만|습니다)"
)


_NOTED = re.compile(r"(?:다녀옴|갔다 옴|하고 옴|보고 옴|먹음|했음|갔음|왔음|봤음)(?![가-힣])")


def _in_plain_present(sentence: str) -> bool:
    """Whether a sentence ends with a verb in the plain present: 내놓는다, 만난다."""
    verb = sentence.rstrip(' ”’"')[-2:]
    return len(verb) == 2 and verb[1] == "다" and "가" <= verb[0] <= "힣" and (ord(verb[0]) - 0xAC00) % 28 == 4


def tells_of_the_past(sentence: str) -> bool:
    """Whether a sentence has a verb in the past: 열렸다, 불렀던, 다녀옴."""
    return _NOTED.search(sentence) is not None or any(
        (ord(letter) - 0xAC00) % 28 == 20 and letter not in "있겠" for letter in sentence if "가" <= letter <= "힣"
    )


def looks_ahead(sentence: str, *, plain_present: bool = False) -> bool:
    """Whether a sentence speaks of what is to come: it has a word for that, and no verb in the past behind its date.

    Args:
        sentence: what it says behind the date.
        plain_present: whether a verb in the plain present is such a word (수요일 밤에 새 예능을 내놓는다).

    Examples:
        >>> looks_ahead("에 본 콘서트가 좋았어요"), looks_ahead(" 서울에서 열린다")
        (False, True)
    """
    return not tells_of_the_past(sentence) and (_AHEAD.search(sentence) is not None or (plain_present and _in_plain_present(sentence)))
