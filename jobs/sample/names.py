"""Invented names: persons, groups, outlets, brands, works, venues, places to eat, to have one's hair done, to visit.

Nobody and nothing here exists on purpose; airports and cities are real, since gazetteers must find them.
"""

from __future__ import annotations

from dataclasses import dataclass

# fmt: off


@dataclass(frozen=True)
class KnownPerson:
    """One person of the hand-made list.

    Attributes:
        name: stage name.
        occupation: Korean, as the list of celebrities has it.
        gender: female or male.
        group: group that the person belongs to, or "".
        aliases: other names; the first is a full name where the stage name is a single word.
        common_word: whether the name is also an ordinary word.
    """

    name: str
    occupation: str
    gender: str
    group: str = ""
    aliases: tuple[str, ...] = ()
    common_word: bool = False


GROUPS: dict[str, tuple[str, str]] = {  # name: (gender, alias in Latin letters)
    "루미엘": ("female", "LUMIEL"),
    "카시온": ("male", "CASION"),
    "하이웨일": ("male", "HIGHWHALE"),
    "솔라비": ("female", "SOLABI"),
    "온새미": ("female", "ONSAEMI"),
}

# The order is the order of fame: the first ones are in every sample, however small.
KNOWN_PERSONS: tuple[KnownPerson, ...] = (
    KnownPerson("한서윤", "배우", "female"),
    KnownPerson("여름", "가수", "female", "루미엘", ("정여름",), True),
    KnownPerson("하린", "가수", "female", "루미엘", ("백하린",)),
    KnownPerson("세온", "가수", "female", "루미엘", ("류세온",)),
    KnownPerson("다흰", "가수", "female", "루미엘", ("채다흰",)),
    KnownPerson("단비", "가수", "female", "", ("서단비",), True),
    KnownPerson("이서준", "배우", "male"),
    KnownPerson("이서준", "가수", "male", "카시온"),
    KnownPerson("태강", "가수", "male", "카시온", ("구태강",)),
    KnownPerson("파도", "가수", "male", "카시온", ("민파도",), True),
    KnownPerson("시헌", "가수", "male", "카시온", ("연시헌",)),
    KnownPerson("남도현", "배우", "male"),
    KnownPerson("하루", "배우", "female", "", ("문하루",), True),
    KnownPerson("류세하", "배우", "female"),
    KnownPerson("탁선우", "배우", "male"),
    KnownPerson("새벽", "가수", "male", "", ("진새벽",), True),
    KnownPerson("구하람", "방송인", "male"),
    KnownPerson("소리", "가수", "female", "솔라비", ("강소리",), True),
    KnownPerson("유안", "가수", "female", "솔라비", ("심유안",)),
    KnownPerson("예담", "가수", "female", "솔라비", ("추예담",)),
    KnownPerson("문가온", "배우", "female"),
    KnownPerson("백지안", "모델", "female"),
    KnownPerson("진이현", "배우", "male"),
    KnownPerson("나무", "가수", "male", "", ("길나무",), True),
    KnownPerson("표은재", "방송인", "female"),
    KnownPerson("연하준", "모델", "male"),
    KnownPerson("강이솔", "배우", "female"),
    KnownPerson("정상", "개그맨", "male", "", ("민정상",), True),
    KnownPerson("지오", "가수", "male", "하이웨일", ("봉지오",)),
    KnownPerson("로운결", "가수", "male", "하이웨일"),
    KnownPerson("도휘", "가수", "male", "하이웨일", ("편도휘",)),
    KnownPerson("은찬빛", "가수", "male", "하이웨일"),
    KnownPerson("문가온", "아나운서", "male"),
    KnownPerson("미래", "배우", "female", "", ("송미래",), True),
    KnownPerson("심태오", "배우", "male"),
    KnownPerson("도예린", "가수", "female"),
    KnownPerson("이유", "가수", "female", "온새미", ("도이유",), True),
    KnownPerson("가비온", "가수", "female", "온새미"),
    KnownPerson("보담", "가수", "female", "온새미", ("은보담",)),
    KnownPerson("어진율", "배우", "male"),
    KnownPerson("민유겸", "방송인", "male"),
    KnownPerson("변서래", "배우", "female"),
)

SURNAMES = (
    "남궁", "선우", "서문", "독고", "황보", "제갈", "사공", "동방", "탁", "편", "봉", "표", "마", "빈", "경", "예", "어", "추", "길",
    "국", "은", "염", "복", "방", "채", "변", "구", "도", "진", "연", "류", "심", "민", "백", "문",
)
GIVEN_FIRST = tuple("서하지도태유은가다세이나예민시주연채온라해재건윤단별소승찬혜규아로율담결")
GIVEN_SECOND = tuple("윤린안현하온준재솔람겸율오아연우빈결담진원서찬별비유희휘건완채설의혁성름")
GROUP_FIRST = (
    "루", "카", "솔", "하이", "온", "벨", "트리", "네오", "아르", "미르", "로제", "칸", "비올", "세라", "노아", "델", "유니", "오르",
    "프리", "에버",
)
GROUP_SECOND = (
    "미엘라", "시온스", "라비아", "웨이브릿", "새로", "로아나", "노바스", "핀더", "테온", "리안트", "벨루", "토리아", "렌시", "피오스",
    "디엠", "블루먼", "하임",
)

OUTLETS = (
    "한빛연예", "누리스포츠", "다온뉴스", "가람미디어", "온누리연예", "별하뉴스", "마루타임즈", "소담일보", "늘봄경제", "새벽일보",
    "예그리나뉴스", "도담매일", "한올데일리", "미리내신문",
)
REPORTER_SURNAMES = tuple("김이박최정강조윤장임한오서신권황안송류홍")
REPORTER_GIVEN = ("나래", "도윤", "민채", "서진", "하경", "지호", "수민", "예준", "다온", "현서", "유림", "승현", "보경", "태희", "은결")
OUTLET_DOMAINS = {name: f"news{number:02d}.example" for number, name in enumerate(OUTLETS, start=1)}
BLOGGERS = (
    "연두의 하루", "덕질은 나의 힘", "먹보언니", "주말엔 어디든", "몽글몽글 일기", "서울 산책자", "찍덕의 서랍", "오늘도 칼퇴",
    "라떼는 한 잔", "동네 맛집 탐험대", "기록하는 여름밤", "두 아이 엄마의 나들이", "커피와 필름", "느린 걸음", "봄봄다이어리",
    "퇴근길 한 끼",
)
CHANNELS = ("가온방송", "누리TV", "한울라디오", "다솜채널", "미르TV")
PROGRAMMES = (
    "한밤의 라디오", "주말 음악 산책", "뮤직 스테이지", "토요일은 즐거워", "별별 토크", "오늘 뭐 먹지 말지", "골목 탐험대",
    "노래하는 우리", "수요일의 손님",
)
AGENCIES = ("하늘재엔터테인먼트", "블루문컴퍼니", "도토리뮤직", "이음액터스", "모아크리에이티브", "별무리이엔티")

DRAMAS = (
    "달의 온도", "우리들의 오후", "은하수 건너편", "첫눈 주의보", "마지막 연주자", "비밀의 부엌", "여섯 번째 계절", "오래된 편지",
    "밤의 산책자들", "무인도의 법칙", "검은 파도", "너에게 닿기까지", "기억 보관소", "열아홉의 봄", "별이 지는 자리", "도시의 사냥꾼",
    "다정한 타인", "푸른 문",
)
FILMS = (
    "소란한 밤", "귀로", "등대지기", "어느 멋진 겨울", "마지막 열차", "두 번째 이름", "바람의 언덕길", "침묵의 방", "그날의 기록",
    "오후 네 시의 손님", "사막을 건너는 법", "하얀 밤",
)
MUSICALS = ("붉은 정원의 노래", "시간의 상점", "거울 속의 왕", "별을 파는 소년", "마지막 무도회", "안개의 나라")
TOURS = (
    "오로라", "첫 번째 계절", "더 웨이브", "문라이트", "블룸", "원더 데이즈", "어게인", "서클", "나이트 드라이브", "러브 레터",
    "홈커밍", "스물다섯",
)
ALBUMS = (
    "Blue Hour", "초대장", "Paper Moon", "물결", "Afterglow", "여행자", "Bloom Again", "둥글게", "Neon Garden", "편지", "Slow Dance",
    "파란 새벽",
)
BRANDS = ("라비엔느", "모노하", "세르빈", "오드먼트", "루세나", "벨르디", "카논하우스", "노르딘", "아뜰리에 온", "헤일로브")
MAGAZINES = ("매거진 모먼트", "월간 실루엣", "더블유레터", "매거진 결", "오브제 코리아", "스타 앤 필름")
CITIES = (
    "도쿄", "파리", "밀라노", "뉴욕", "방콕", "싱가포르", "타이베이", "로스앤젤레스", "런던", "오사카", "홍콩", "자카르타", "마닐라",
    "상하이",
)
AWARDS = ("서울드림어워즈", "골든웨이브 시상식", "한빛영화상", "누리연예대상", "올해의 배우상 시상식", "K뮤직그랑프리")
FESTIVALS = (
    "한강 블루밍 페스티벌", "남해 바다빛 축제", "봄밤 뮤직 페스티벌", "그린필드 페스타", "가을빛 록 페스티벌", "별빛 캠핑 음악제",
)

AIRPORTS = ("인천국제공항", "인천국제공항", "인천국제공항", "김포국제공항", "김해국제공항")
ARENAS = (
    "올림픽공원 올림픽홀", "잠실실내체육관", "고척스카이돔", "장충체육관", "일산 킨텍스", "부산 사직실내체육관", "대구 엑스코",
    "올림픽공원 핸드볼경기장",
)
HALLS = ("한빛아트홀", "블루문홀", "가람씨어터", "마루아트센터", "이화동 소담홀", "연세로 라움홀")
HOTELS = ("그랜드 온호텔", "호텔 라루체", "더 미리내 서울", "호텔 노을 여의도")
CINEMAS = ("한빛시네마 용산점", "누리시네마 코엑스점", "별하극장 왕십리점", "한빛시네마 건대입구점")
THEATRES = ("예술의전당 오페라극장", "세종문화회관 대극장", "대학로 마루소극장", "샤롱씨어터", "블루가람홀")
BROADCASTERS = ("여의도 가온방송 신관", "상암동 누리TV 사옥", "목동 다솜채널 공개홀", "일산 미르TV 제작센터")
SHOPS = (
    "성수동 라비엔느 플래그십 스토어", "청담동 모노하 매장", "한남동 카논하우스", "압구정 세르빈 팝업스토어", "여의도 온백화점",
    "명동 벨르디 매장",
)
GROUNDS = ("난지한강공원", "남해 상주은모래비치", "춘천 송암스포츠타운", "여의도 한강공원", "가평 자라섬")

LOCATIONS = ("파주 세트장", "인천 송도 일대", "서울 북촌 골목", "강원 평창 목장", "부산 영도 부두", "충주호 인근")

PLACE_AREAS = (
    "성수", "연남", "망원", "서촌", "을지로", "해운대", "전주한옥마을", "강릉", "제주 애월", "판교", "수원 행궁동", "대전 유성",
    "경주 황리단길", "여수", "속초", "광주 동명동",
)
PLACE_ADDRESSES = {
    "성수": "서울 성동구 성수이로",
    "연남": "서울 마포구 연남로",
    "망원": "서울 마포구 망원로",
    "서촌": "서울 종로구 자하문로",
    "을지로": "서울 중구 을지로",
    "해운대": "부산 해운대구 해운대로",
    "전주한옥마을": "전북 전주시 완산구 태조로",
    "강릉": "강원 강릉시 창해로",
    "제주 애월": "제주 제주시 애월해안로",
    "판교": "경기 성남시 분당구 판교역로",
    "수원 행궁동": "경기 수원시 팔달구 행궁로",
    "대전 유성": "대전 유성구 온천로",
    "경주 황리단길": "경북 경주시 포석로",
    "여수": "전남 여수시 돌산로",
    "속초": "강원 속초시 영랑해안길",
    "광주 동명동": "광주 동구 동명로",
}
RESTAURANT_STEMS = (
    "담은한상", "골목국수", "소담갈비", "파도횟집", "나무그늘식당", "온기밥상", "미르초밥", "할머니손칼국수", "봄날파스타",
    "연탄불고기", "달빛주막", "정든순두부", "토담칼국수", "청춘김밥", "바삭돈까스", "오늘의카레",
)
SALON_STEMS = (
    "살롱드마루", "헤어온", "미소헤어", "새벽미용실", "컬러앤컷", "머릿결연구소", "소리헤어", "무드헤어", "라온살롱", "가위손다방",
)
ATTRACTION_STEMS = (
    "달빛수목원", "해오름전망대", "청라등대공원", "은하숲캠핑장", "물빛정원", "고래바위해안길", "별마루천문대", "옛골민속마을",
    "하늘그네공원", "소리골계곡",
)
STEM_EXTRAS = ("", "", "", " 본점", " 2호점", " 별관")
