"""What a post says of its writer's own visit, of the visits of others, and of hours and days that hold for everybody."""

from __future__ import annotations

import re

from udfs.korean_words import rest_of_sentence
from udfs.post_text import TextField
from udfs.time_mention import TimeMention

_WENT_THEN = re.compile(r"에 (?:[가-힣]+ ){0,2}?(?:다녀왔|다녀온|다녀옴|갔다 ?왔|갔습니다|갔어요|방문했)")
"""Behind the day of a visit."""
_WENT = re.compile(
    r"[^.!?\n]{0,24}?(?:다녀왔|다녀옴|갔다 ?[왔옴]|(?<!또 )갔[습어]|갔더니|방문했|보고 ?[왔옴]|들렀[다어습]|(?<![가-힣])가 ?봤|먹고 왔)"
)
"""Behind a day on which the writer was somewhere."""
_OTHERS_WENT = re.compile(r"[^.!?\n]{0,24}?(?:왔|갔|들렀|방문했|열렸|나왔|촬영했|찍었)(?:다는|다던|다고 하는|다길래|대서)")
"""Behind the day of which a post has only heard: 솔이 지난주 목요일에 왔다는 팝업."""
_BOOKED = re.compile(
    r"(?:에|로|자로|으로)?(?: ?(?:표|자리|회차|공연|방|숙소)(?:도|를|을)?)? ?(?:[가-힣]+ )?"
    r"(?:잡았|잡아 [두뒀놨놓]|잡음|예약했|예약해|예약 완료|예매했|예매해|예매 완료|끊었|질렀|잡혀 있)"
)
_NEXT_VISIT = re.compile(r"(?:자[둘셋넷]|다음 ?(?:방문|관람|관극|예약|회차|모임|진료|시술)|재방문|다음번)(?:은|는|엔|에는)? $")
"""Around a day to come for which the writer made an appointment: 자둘은 1월 10일로 잡았습니다."""
_HABIT = re.compile(
    r"(?:해|돼|와|가|나|줘|열려|열어|받아|팔아|켜져|꺼져|닫아|있어|예|이에|좋아|예뻐)요[ .!?ㅎㅋ~^)]*$"
    r"|(?:합|됩|옵|납|있습|립|닫습|받습|좋습|섭)니다[ .!?ㅎㅋ~^)]*$|대요|래요|답니다|다고 (?:해요|합니다|하네요|하니)|(?:제일|가장|훨씬) "
)
"""In a sentence of what is so at any day: 바다코끼리는 오후 2시 반 설명회 때 가까이 와요."""
_MOST = 60
"""Characters of a sentence that are looked at."""


_NOTED = re.compile(r"(?:(?P<visit>방문|관람|체험|이용|투숙)|작성|게시|등록|업로드|포스팅)(?:한 )?(?:일자?|날짜?)(?:은|는|[ :：])*$")
"""Before the day of a visit, and before that of writing of it: 방문일 3월 14일, 작성일 3월 22일."""
_AT_FIRST = re.compile(r"(?:당초|원래|본래|애초) ?$")
_FROM = re.compile(
    r"에서 (?:[\d월일시 오전후다음달내지난]{2,16}|[^.!?\n]{0,8}\d일)(?:으)?로 (?:[가-힣]+ )?"
    r"(?:미[뤄루뤘]|연기|변경|옮|앞당|바[꾸뀌꿔뀐꿨]|조정|늦)"
)
"""Around a day that was meant at first: 당초 3월 28일에서 4월 11일로 미뤄졌다."""
_AGAIN = re.compile(r"(?:에는|에도|에|엔)? (?:[가-힣]+ ){0,2}?또 (?:[가-힣]+ )?(?:갔|먹|들렀|방문|왔|찾았)")
"""Behind the day of one more visit."""


def again(text: TextField, mention: TimeMention) -> bool:
    """Whether a day is that of one more visit: 토요일에 먹고 일요일에 또 갔습니다."""
    return mention.lead != "clock" and _AGAIN.match(text.text, mention.end) is not None


def told_of_visits(text: TextField, mention: TimeMention, *, kind: str) -> float:
    """What the words of visits around a time add to its being the event's.

    Args:
        text: the field.
        mention: the time.
        kind: of the event, "" where the post has none.
    """
    if text.name != "body":
        return 0.0
    whole, end = text.text, mention.end
    label = _NOTED.search(whole, max(0, mention.begin - 12), mention.begin) if mention.lead in ("full", "bare") else None
    if label is not None:
        return 2.5 if label["visit"] else -2.5
    if text.latest_time > mention.first and (
        _AT_FIRST.search(whole, max(0, mention.begin - 4), mention.begin) or (whole.startswith("에서 ", end) and _FROM.match(whole, end))
    ):
        return -1.5
    if mention.lead == "clock":
        return -2.5 if not kind and _is_of_any_day(text, mention) else 0.0
    if len(mention.first) < 10:
        return 0.0
    day, written = mention.first[:10], text.published.date().isoformat()
    if day > written:
        return -1.8 if _BOOKED.match(whole, end) or _NEXT_VISIT.search(whole, max(0, mention.begin - 12), mention.begin) else 0.0
    if len(text.times) < 2:
        return 0.0
    heard = _OTHERS_WENT.match(whole, end) is not None
    went = _WENT.match(whole, end)
    if not (heard or went or again(text, mention)) or all(len(other.first) < 10 or other.first[:10] == day for other in text.times):
        return 0.0
    if heard:
        return -1.2
    if again(text, mention):
        return -0.8
    if _WENT_THEN.match(whole, end):
        spans = (other.value.split("/") for other in text.times if "/" in other.value and other.precision == "day")
        if any(span[0] <= day <= span[1] for span in spans):
            return 2.0  # 5일부터 21일까지! 저는 6일 오후 2시에 다녀왔어요
    return 0.8 if went is not None and went.end() <= text.next_time(end) else 0.0


def _is_of_any_day(text: TextField, mention: TimeMention) -> bool:
    """Whether the sentence of an hour tells nothing that is over, but what is so at any day, where the field also tells of a visit."""
    if mention.first[:10] > text.published.date().isoformat():
        return False  # 4월 11일 강연을 엽니다. 오후 2시에 시작합니다
    sentence = rest_of_sentence(text.text, mention.end, _MOST).split(",")[0]
    if any((ord(letter) - 0xAC00) % 28 == _PAST and letter not in "있겠" for letter in sentence if "가" <= letter <= "힣"):
        return False
    return _HABIT.search(sentence) is not None and any(other.lead != "clock" and len(other.first) >= 10 for other in text.times)


_PAST = 20
"""Number of the final consonant of a verb in the past: 갔, 했, 었."""
