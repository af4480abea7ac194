"""How Korean text writes times: the words and the regular expressions that `udfs.korean_dates` finds them with."""

from __future__ import annotations

import re

SPACE = r"[ \t]{0,3}"
"""Blanks inside a time: few, as a pattern that may begin at any of many blanks would look through all of them again and again."""
WORDS = {
    "그끄저께": -3, "그저께": -2, "그제": -2, "엊그제": -2, "어저께": -1, "어제": -1, "어젯밤": -1,
    "전날": -1, "지난밤": -1, "간밤": -1, "오늘": 0, "금일": 0, "엊그저께": -2,
    "오늘밤": 0, "내일": 1, "명일": 1, "모레": 2, "내일모레": 2, "글피": 3, "작일": -1,
}  # fmt: skip
NATIVE_HOURS = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "열한": 11,
    "열두": 12,
}
HOURS_IN_WORDS = "|".join(sorted(NATIVE_HOURS, key=len, reverse=True))
PARTS_OF_DAY = "오전|오후|새벽|아침|정오|낮|점심|저녁|밤|자정|심야|한밤"
LATE = r"(?:(?:늦은|이른) )?"
"""Before a part of the day: 늦은 저녁, 이른 아침."""

LEAD = r"(?P<lead>지난|오는|이번|다가오는|돌아오는)"
YEAR = r"(?:(?P<year>(?:19|20)\d{2}|'\d{2}|’\d{2})" + SPACE + r"년|(?P<year_word>올해|금년|지난해|작년|내년|재작년|이듬해|올))"
MONTH = (
    r"(?:(?P<month>1[0-2]|0?[1-9])"
    + SPACE
    + r"월|(?P<month_word>이달|이번"
    + SPACE
    + r"달|지난"
    + SPACE
    + r"달|다음"
    + SPACE
    + r"달|내달|전달|새달))"
)
DAY = (
    r"(?P<day>3[01]|[12]\d|0?[1-9])"
    + SPACE
    + r"일(?!"
    + SPACE
    + r"(?:요일|간(?!담)|동안|째|차(?!례|전|량|도|단|별|표|세)|만에|연속|앞으로|"
    + r"길어|짧아|늦게|빨리|일찍|(?:전|후|뒤)(?:에|의|부터|까지)?(?![가-힣]| 거래일)))(?!권|짜리)"
)
ENGLISH_WEEKDAY = r"(?:MON|TUE|WED|THU|FRI|SAT|SUN|Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?![A-Za-z])"
WEEKDAY = (
    r"(?:" + SPACE + r"[(（](?P<weekday>[월화수목금토일])(?:요일)?[)）]|" + SPACE + r"(?P<weekday_word>[월화수목금토일])요일"
    + r"|" + SPACE + r"[(（]?" + ENGLISH_WEEKDAY + r"[.)）]?)?"
)  # fmt: skip
HOUR_ENDS = r"(?=$|[^가-힣]|에|까지|부터|쯤|께|경|정각|반|의|로|이|가|는|를|무렵|엔)"
CLOCK = (
    r"(?:(?:" + LATE + r"(?P<part>" + PARTS_OF_DAY + r"|(?<![A-Za-z])(?:AM|PM|am|pm)(?= ?\d)|(?:늦은|이른)(?= \d)))?" + SPACE
    + r"(?:(?P<hour>2[0-4]|1\d|0?\d)(?:" + SPACE + r"시(?!" + SPACE + r"간|즌|사회|절|상|구|대|리즈|장|작)(?:" + SPACE
    + r"(?P<minute>[0-5]?\d)" + SPACE + r"분|" + SPACE + r"(?P<half>반)(?!기|장|면|드|려|복|발|응|지|찬))?"
    + r"|:(?P<colon>[0-5]\d)(?!\d)(?: ?(?P<half_day>[AP]M|[ap]m)(?![A-Za-z]))?"
    + r"| ?(?P<half_day_only>[AP]M|[ap]m)(?![A-Za-z]))"
    + r"|(?<![가-힣])(?P<native>열한|열두|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)" + SPACE + r"시" + HOUR_ENDS + r"(?:"
    + SPACE + r"(?P<native_minute>[0-5]?\d)"
    + SPACE + r"분|" + SPACE + r"(?P<native_half>반)(?!기|장|면|드|려|복|발|응|지|찬))?))"
)  # fmt: skip
PART_ONLY = LATE + r"(?P<part_only>" + PARTS_OF_DAY + r")"
RELATIVE = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))

HOLIDAYS = {
    "신정": (1, 1), "삼일절": (3, 1), "3·1절": (3, 1), "어린이날": (5, 5), "현충일": (6, 6), "광복절": (8, 15), "개천절": (10, 3),
    "한글날": (10, 9), "크리스마스이브": (12, 24), "크리스마스 이브": (12, 24), "크리스마스": (12, 25), "성탄절": (12, 25),
    "새해 첫날": (1, 1), "밸런타인데이": (2, 14), "화이트데이": (3, 14), "식목일": (4, 5), "근로자의 날": (5, 1), "근로자의날": (5, 1),
    "어버이날": (5, 8), "스승의 날": (5, 15), "스승의날": (5, 15), "제헌절": (7, 17), "핼러윈": (10, 31),
}  # fmt: skip
"""Holidays of a fixed day. As those of the lunar calendar they date something only with a word of time: 개천절에, 설 당일."""
_FIRST_LUNAR_YEAR = 2010
_LUNAR = {
    "설날": "214 203 123 210 131 219 208 128 216 205 125 212 201 122 210 129 217 207 127 213 203 123 211 131 219 208 128 215 204 124 212",
    "추석": "922 912 930 919 908 927 915 1004 924 913 1001 921 910 929 917 1006 "
    "925 915 1003 922 912 1001 919 908 927 916 1004 924 913 1002 921",
    "부처님오신날": "521 510 528 517 506 525 514 503 522 512 430 519 508 527 515 505 "
    "524 513 502 520 509 528 516 506 525 515 503 522 511 430 518",
}
LUNAR_HOLIDAYS = {
    name: {_FIRST_LUNAR_YEAR + number: divmod(int(day), 100) for number, day in enumerate(days.split())} for name, days in _LUNAR.items()
}
"""Month and day by year, 2010 to 2040 (Korea Astronomy and Space Science Institute, by way of the package korean-lunar-calendar)."""
DATE_FORMS = (
    r"(?P<iso_year>(?:19|20)\d{2}|['’‘]\d{2})[.\-/]" + SPACE + r"(?P<iso_month>1[0-2]|0?[1-9])[.\-/]" + SPACE
    + r"(?P<iso_day>3[01]|[12]\d|0?[1-9])(?!\d)\.?" + WEEKDAY,
    r"(?:" + LEAD + SPACE + r")?(?:" + YEAR + SPACE + r")?" + MONTH + SPACE + DAY + WEEKDAY,
    r"(?:" + LEAD + SPACE + r")?" + DAY + WEEKDAY,
    r"(?:(?P<same>이날|같은" + SPACE + r"날|이" + SPACE + r"날|(?<![설석날] )당일)|(?P<next>이튿날|다음" + SPACE + r"날|익일))"
    r"(?!치|씨|개|배송| 예약| 방문|권)",
    r"(?P<relative>" + RELATIVE + r")(?!날|내일|같은|처럼|의 (?:집|운세|메뉴))"
    r"(?:(?<!오늘)|(?!의 (?:레전드|교훈|수확|한 ?줄|추천|TMI|픽|결론|명언|명장면|하이라이트)))",
    r"(?P<week>지난|이번|요번|다음|저번|다다음|지지난|돌아오는|오는|담(?=주))" + SPACE
    + r"(?P<week_unit>주" + SPACE + r")?(?P<week_day>[월화수목금토일])(?:요일|욜)",
    r"(?P<week_end>지난|이번|다음|저번|다가오는|오는)" + SPACE + r"주?" + SPACE + r"주말(?:" + SPACE + r"(?P<week_end_day>[토일])요일)?",
    r"(?P<ago>\d{1,3}|일주일|하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름)" + SPACE
    + r"(?P<ago_unit>일|주일|주|개월|달|년)?" + SPACE
    + r"(?P<ago_side>전|후|뒤)(?!로|석| 거래일|[가-힣]*(?:반|기|체|국|시회))",
    r"(?P<lunar>설|추석) 연휴 (?P<lunar_day>첫날|둘째" + SPACE + r"날|마지막" + SPACE + r"날)",
    r"(?:(?P<lunar>설날|설(?= ?당일| (?:다음 ?날|이튿날|전날))|추석|부처님오신날)|(?P<holiday>" + "|".join(HOLIDAYS) + r"))"
    + r"(?:" + SPACE + r"당일| ?(?P<beside>다음 ?날|이튿날|전날))?"
    + r"(?:(?<=당일)|(?<=첫날)|(?<=다음날)|(?<=다음 날)|(?<=이튿날)|(?<=전날)|(?=" + SPACE + r"(?:\d{1,2}(?:시|:)|(?:" + HOURS_IN_WORDS
    + r") ?시)|[은는] (?:[가-힣A-Za-z0-9]+ ){0,2}?[가-힣A-Za-z0-9]{1,12}에서 (?:[가-힣]+ )?보[내냈낸]|"
    + r"에(?![가-힣])|(?:이?라서?|이었|였|인데|이니까|니까)[ ,]|"
    + SPACE + r"(?:" + PARTS_OF_DAY + r"|해" + SPACE + r"질"
    + r"|(?<!크리스마스 )(?<!성탄절 )[가-힣A-Za-z0-9]{2,12}에서(?![가-힣]))))",
    MONTH + r"의?" + SPACE + r"(?:(?P<month_begin>첫 ?날)|(?P<month_end>마지막" + SPACE + r"날))",
    r"(?:" + MONTH + r"의?|(?P<new_year>새해))" + SPACE + r"(?P<nth>첫째|첫|둘째|셋째|넷째|다섯째|마지막)" + SPACE + r"주?" + SPACE
    + r"(?:(?P<nth_day>[월화수목금토일])요일|(?P<nth_weekend>주말))",
    r"(?P<behind_range>(?:(?<=[~∼〜–-])|(?<=[~∼〜–-] )))?(?P<slash_month>1[0-2]|0?[1-9])\." + SPACE
    + r"(?P<slash_day>3[01]|[12]\d|0?[1-9])(?!\d)(?(behind_range)\.?|(?:\.?(?=" + SPACE
    + r"[(（][월화수목금토일](?:요일)?[)）])"
    r"|(?= (?:[월화수목금토](?= )|[월화수목금토일]요일|일(?= \d{1,2}[시:])))"
    r"|(?=" + SPACE + r"[(（]?" + ENGLISH_WEEKDAY + r")"
    + r"|\.(?= (?:\d{1,2}:\d\d|\d{1,2}시|" + PARTS_OF_DAY + r"))|(?= \d{1,2}:\d\d)))" + WEEKDAY,
    r"(?P<slash_month>1[0-2]|0?[1-9])/(?P<slash_day>3[01]|[12]\d|0?[1-9])(?![\d/])" + WEEKDAY,
    r"(?P<plain_day>[월화수목금토일])(?:요일|욜)(?!제|마다|별|에만|판|드라마|예능| (?:오전|오후|아침|저녁|밤)[을를]|"
    r"(?:은|에는|엔|에)? (?:공연이 |공연은 |영업을 |문을 )?(?:없|쉬[는어며고지]|쉽니|쉰다|휴관|휴무|휴진|휴장|휴원|정기 ?휴|닫))",
)  # fmt: skip
MONTH_FORMS = (
    r"(?:" + LEAD + SPACE + r")?(?:" + YEAR + SPACE + r")?" + MONTH + r"(?:" + SPACE + r"(?P<third>초순|중순|하순"
    + r"|초(?!연|청|대|등|복|겨울|여름|가을|봄)|말(?!레이|씀|복)))?(?!"
    + SPACE + r"\d{1,2}" + SPACE + r"일)(?!드컵|드|요일|간|세|호)",
    YEAR + r"(?:" + SPACE + r"(?:초|말|상반기|하반기))?(?!" + SPACE + r"(?:전|만에|간|동안|째|차|생|도|대|후|뒤))(?!한)",
)  # fmt: skip
SAME_DAY = 3
"""Which of the forms says 이날, 이튿날."""
NUMERIC_SIGNS = {
    0: r"\d[.\-/]",
    1: r"[월달]" + SPACE + r"\d{1,2}" + SPACE + "일",
    2: r"\d" + SPACE + "일",
    12: r"\d\." + SPACE + r"\d",
    13: r"\d/\d",
}
WORD_SIGNS = {
    3: "날|당일|익일",
    4: RELATIVE,
    5: "요일|[월화수목금토일]욜",
    6: "주말",
    8: "연휴",
    9: "설|추석|부처님오신날|" + "|".join(HOLIDAYS),
    10: "마지막|첫 ?날",
    11: "요일|주말",
    14: "요일|[월화수목금토일]욜",
}
_SIDE_SIGN = {7: r"[\d루틀흘새레름일주월달년]" + SPACE + "[전후뒤]"}
DATE_SIGNS = [re.compile(sign) for _, sign in sorted((NUMERIC_SIGNS | WORD_SIGNS | _SIDE_SIGN).items())]
"""What every match of a form of date, by its number, holds: where it is missing the form, slower to look for, need not be looked for."""
_LETTERS = (
    ".-/", "일", "일", "날일", "께제밤날늘일레피", "요욜", "말", "전후뒤", "휴", "설석정절날충식크밸데핼", "막날", "요말", ".", "/", "요욜",
)  # fmt: skip
DATE_LETTERS = [frozenset(letters) for letters in _LETTERS]
"""Letters of which every one of these signs holds one: a text's are gathered once (`SOME_LETTERS`), most signs not looked for."""
DIGIT = re.compile(r"\d")
SLASHED_SIGN = re.compile(r"\d/\d")
RANGE_SIGN, PAIR_SIGN = re.compile(r"(?:[~∼〜–-]|부터)" + SPACE + r"\d"), re.compile(r"[,·과와ㆍ]" + SPACE + r"\d")
MONTH_SIGNS = (
    re.compile(r"[\d이번난음내전새]" + SPACE + "[월달]"),
    re.compile(r"[\d금작내]" + SPACE + "년|올|지난해|이듬해"),
)
MONTH_LETTERS, CLOCK_LETTERS = (frozenset("월달"), frozenset("년올해")), frozenset("시:Mm")
SOME_LETTERS = re.compile("[" + "".join(sorted(frozenset().union(*DATE_LETTERS, *MONTH_LETTERS, CLOCK_LETTERS))) + "]")
CLOCK_SIGN = re.compile(r"[\d한두세네섯곱덟홉열](?:" + SPACE + "시|:)|\\d ?[AaPp][Mm]")
DATE_PATTERNS = [
    re.compile(r"(?<![\d.])" + form + r"(?:[)）]?" + SPACE + CLOCK + r"|[)）]?" + SPACE + PART_ONLY + r")?") for form in DATE_FORMS
]
MONTH_PATTERNS = [re.compile(r"(?<![\d.가-힣])" + form) for form in MONTH_FORMS]
CLOCK_PATTERN = re.compile(r"(?<![\d.:가-힣])" + CLOCK)
RANGE_LINK = re.compile(r"^" + SPACE + r"(?:\([월화수목금토일]\))?" + SPACE + r"(?:부터|에서|~|∼|〜|-|–|—)" + SPACE + r"$")
PAIR_LINK = re.compile(r"^(?:과|와|,|·| 및)" + SPACE + r"$")
BOTH_DAYS = re.compile(SPACE + r"(?:이틀|양일)(?:간|에| 동안)")
"""Behind the second of two days that belong together: 10월 31일과 11월 1일 이틀간."""
DAY_RANGE = re.compile(
    r"(?<![\d.])(?:" + LEAD + SPACE + r")?(?:" + YEAR + SPACE + r")?(?:" + MONTH + SPACE
    + r")?(?P<from>3[01]|[12]\d|0?[1-9])(?:" + SPACE + r"일)?"
    + r"(?:[(（][월화수목금토일][)）])?" + SPACE + r"(?:~|∼|〜|-|–|부터)" + SPACE + r"(?P<to>3[01]|[12]\d|0?[1-9])" + SPACE
    + r"일(?!\d|" + SPACE + r"(?:간(?!담)|동안))"
)  # fmt: skip
_BETWEEN_DAYS = r"(?:[(（][월화수목금토일][)）])?" + SPACE + r"(?:,|·|과|와|ㆍ)" + SPACE
DAY_PAIR = re.compile(
    r"(?<![\d.])(?:" + LEAD + SPACE + r")?(?:" + YEAR + SPACE + r")?(?:" + MONTH + SPACE
    + r")?(?P<from>3[01]|[12]\d|0?[1-9])(?:" + SPACE + r"일)?" + _BETWEEN_DAYS
    + r"(?:(?:3[01]|[12]\d|0?[1-9])(?:" + SPACE + r"일)?" + _BETWEEN_DAYS + r"){0,3}(?P<to>3[01]|[12]\d|0?[1-9])" + SPACE + r"일"
)  # fmt: skip
SLASHED_RANGE = re.compile(
    r"(?<![\d./])(?P<month>1[0-2]|0?[1-9])/(?P<from>3[01]|[12]\d|0?[1-9])(?:[(（][월화수목금토일][)）])? ?[~∼〜–-] ?"
    r"(?P<to>3[01]|[12]\d|0?[1-9])(?:[(（][월화수목금토일][)）])?(?![\d/.:%]| ?[시월박])"
)
"""Days of a month that a slash tells: 3/14~16."""
UNTIL_FOR = re.compile(
    r"까지,?" + SPACE + r"(?:(?P<word>이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름)|(?P<number>\d{1,2})" + SPACE + r"일)"
    + SPACE + r"(?:간|동안)(?![가-힣])"
)  # fmt: skip
"""How long, behind the last day: 25일까지 사흘간."""
FOR_DAYS = re.compile(
    r"[)）]?"
    + SPACE
    + r"부터"
    + SPACE
    + r"(?:(?P<word>이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름)|(?P<number>\d{1,2})"
    + SPACE
    + r"일)"
    + SPACE
    + r"(?:간|동안)|(?:부터)? \d박 ?(?P<nights>\d)일(?=로|간|동안| ?일정| ?여행| ?코스)"
)
"""How long, behind the first day: 20일부터 닷새간, 20일 1박 2일로."""
COMPARED = re.compile(r" 첫 ?(?:회|방송|화|방)[^!?\n]{0,12}(?:와|과|보다|에 비)(?![가-힣])")
"""Behind a day that another is compared with: 10월 26일 첫 회와 비교하면. It is not the one that 이날 means further on."""
DAYS = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
    "열흘": 10,
    "보름": 15,
    "일주일": 7,
}
