"""Word lists of the text taggers, written as text: words parted by spaces, `_` for a space inside a word."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.replace("_", " ") for word in text.split()))


LIES_AHEAD = "앞둔|앞두고"
"""Behind what is still to come, as alternatives of a regular expression: 콘서트를 앞둔."""


PERSON_VERBS = _words(
    """
    함께했 자리했 의상을 차림 드레스 입었 쳤다 앉 섰 꼽혔 뽑혔 찾았 열었 연다 내놨 내놓 나선 나서 출국 입국 귀국 내한 참석 등장 도착 포즈
    인사 미소 손인사 손하트 무대 노래 열창 공연 컴백 출연 말했 밝혔 전했 답했 이야기 소감 웃 눈물 촬영 데뷔 발매 향했 향하 떠났 떠난 걷고
    걸어 나섰 나타났 들어서 들어섰 취하 취했 연기 맡 결혼 열애 뽐냈 뽐내 자랑 선보 드러냈 올랐 오른 만났 만나 소통 활약 입대 전역 수상 불렀
    부른 부르 춤 하트 인터뷰 출근 퇴근 방문 개최 합류 캐스팅 변신 패션 비주얼 미모 손을 고개 입장 참여 출격 진행 화답 화보 팬 신곡 앨범
    콘서트 사인 시구 레드카펫 환한 밝은 카메라 취재진 마이크 객석 발걸음 열연 고백 털어놨 덧붙였 설명했 강조했 화제 밝힌 털어놓 뒤를_이
    팔로워 SNS 인스타그램 소속사 군복무 복귀 활동 솔로 주연 역을 역으로 게스트 초대 손님 발탁 선정 위촉 홍보대사 모델 수줍 깜찍 우아 시크
    마주 나눴 전한
    """
)
"""What people in the news do, by the beginning of the word."""


OTHER_WORDS = frozenset(("솔로",))
"""A name and a particle that are rather a word together."""
DETERMINERS = frozenset(
    _words(
        """
    가을 가장 각 각국 각국의 같은 거센 겨울 굵은 그 그런 깊은 넓은 높은 늦은 다른 더운 두 따뜻한 뜨거운 많은 맑은 매 몇 모든 무더운 무슨
    밤 별다른 봄 어떤 여러 여름 온 올 이 이런 이른 이번 작은 저 제일 지난 차가운 첫 초 추운 큰 특별한 파란 푸른 한 한여름 흐린
        """
    )
)
"""Words before a noun that show that it is a thing."""


DONE_TO_PEOPLE = _words("만나 만났 향해 향한 응원 보러 보기 캐스팅 발탁 모델로 태운 비롯 포함 기다리 좋아")
"""What is done to people, by the beginning of the word behind them: 비를 만나."""


TOGETHER = frozenset(_words("합동 특별 유닛 공동 깜짝 첫 솔로 듀엣"))
"""Words between people and what is theirs: 노을의 합동 무대."""


BESIDE_PEOPLE = frozenset(
    _words(
        """
    글로벌 남편 단짝 지기 동갑내기 동료 맏언니 맏형 상대역 상대역은 선배 신인 아내 절친 절친한 주인공은 최고참 친한 팀 파트너 파트너는 후배
        """
    )
)
"""Words before a name."""


THING_VERBS = _words(
    """
    내리 내렸 내린 내려 오는 왔 온다 오고 올 와서 그치 그쳤 그친 맑 흐리 흐린 개 쏟아 젖 푸르 푸른 넓 덥 춥 지나 깊 보이 펼쳐 물들 저물
    뜨 뜬 지고 지는 질 예쁘 예뻤 예쁜 아름 좋 있 없 많 변 절정 가시 물러 번지 번졌 불 울 들리 들렸 나는 났 나왔 나오 깨 가까 빠지 짙 차
    식 주는 길 짧 시작 끝 되 됐 될 된 찾아 다가 가득 그립 차지 궁금 무엇 뭐 뭔 때문 알려지 알려졌 필요 아닌 아니 멀 높 낮 보여 비치 비친
    도왔 도운 맞 막 가리 어둡 밝아 오기 온_ 퍼지 퍼붓
    """
)
"""What weather, places and reasons do, by the beginning of the word."""


ADVERBS = frozenset(
    _words(
        """
    가장 곧 꽤 너무 다시 더 또 막 많이 무척 서서히 아주 유난히 이미 잘 점점 정말 제법 제일 진짜 참 한층
        """
    )
)
"""Adverbs between a subject and its verb."""


CITIZENS = frozenset(
    _words(
        """
    가게_주인 간호사 경찰관 공무원 관객 관람객 농민 농부 대학생 독자 미술가 미장공 사진가 상인 소방관 손님 시민 어민 여행객 유족 은퇴자 이웃
    자원봉사자 조각가 주민 주부 주인 직원 직장인 학생 화가 환자 회사원 단골
        """
    )
)
"""What people in the news are whom nobody follows: a name between one of these and 씨 is someone else's."""


PERSON_NOUNS = frozenset(
    _words(
        """
    결혼 고음 공연 근황 남편 노래 눈빛 데뷔 동생 듀엣 등장 말 매력 모습 목소리 무대 멘트 미모 미소 본인 비주얼 사인회 생일 소감 소속사
    손하트 손편지 솔로 실물 애교 역조공 의상 착장 춤선 파트 팬서비스 스타일 신곡 아내 아버지 앨범 어머니 연기 열애 열연 이야기 인기 인사
    일상 입국 입담 작품 직캠 차기작 출국 출근길 출연작 측 컴백 콘서트 패션 팬 팬덤 팬들 팬미팅 포즈 화보 활약
        """
    )
)
"""What belongs to a person (단비의 무대)."""


FAN_NOUNS = _words("팬미팅 팬미 팬사인회 팬싸 팬콘 직캠 생일카페 포토카드 포카 응원봉 솔콘 단독_팬미팅 솔로_앨범")
"""What only a person has: before these a common word is a name (여름 팬미팅)."""


ALSO_WORDS = frozenset(
    _words(
        """
    가산 강진 거창 고령 고성 고양 공주 과천 구리 구미 기장 길동 남해 니스 달성 당산 동해 목동 발리 보성 부여 사천 상수 상주 선전 성주 세부
    양산 영광 영동 영양 예산 오산 완주 음성 이천 인도 인제 장수 재동 정동 진도 창동 첨단 중문 한림 화성
        """
    )
)
"""Places whose names are ordinary words, too: meant only where somebody is there."""


NOT_VENUES = frozenset(
    _words(
        """
    가시거리 관저 청사 정부청사 회의장 테마파크 기지 군사기지
    강당 갤러리 거리 근거리 단거리 사정거리 원거리 장거리 걱정거리 검찰청 경기장 경찰서 경찰청 고객센터 고등학교 골목 공개홀
    공연장 공원 공항 광장 교회 구역 국립공원 국악원 기념관 문화관 예술관 초등학교 중학교 복지관 군부대 부대 사단 여단 응원부대 특수부대
    보육원 요양원 보건소 우체국 소방서 면세점 세탁소 전망대 선착장 계곡 폭포 산성 서원 향교 혁신도시 빙상장 스키장 수영장 인력시장 큰마당
    노인복지관 수산시장 전통시장 재래시장 임시선별진료소 구장 구청 군청 권역 극장 글로벌시장 금융시장 길거리 남주역 노동시장 놀거리 단역
    대강당 대극장 대역 대학 대학교 대학병원 데이터센터 도서관 도청 돔 동물병원 라운지 레스토랑 리조트 마을 매장 먹거리 면역 무역 물류센터
    미술관 박물관 방송국 방송센터 배역 백화점 번역 법원 별관 병역 병원 본관 볼거리 부동산시장 부시장 북클럽 비즈니스센터 사역 사옥 상담센터
    서비스센터 성당 성역 세트장 센터 소극장 소속사 쇼핑몰 스퀘어 스타디움 스토어 스튜디오 시장 시청 신관 신병교육대 아레나 아역 아트홀 악역
    안방극장 야구장 야외무대 야외음악당 엑스포 여주역 역 영역 영화관 예식장 외환시장 용역 운동장 웃음거리 웨딩홀 이야깃거리 일거리 잔디마당
    장례식장 전시관 전시장 전역 조역 종합병원 주식시장 주역 중심 즐길거리 증권시장 지역 징역 책마을 청소년센터 체육관 촬영장 축구장 캠퍼스
    캠핑장 콘서트홀 콜센터 클럽 타워 터미널 통역 특설무대 팝업_스토어 팝업스토어 팬센터 팬클럽 플라자 하우스 하이스쿨 항구 해변 해역 현역
    호텔 홀 회관 훈련소 휴양림 뒷골목
        """
    )
)
"""Words that end like a venue and name none."""


PARTS = frozenset(
    _words(
        """
    강당 공개홀 광장 노천극장 문화관 신병교육대 큰마당 녹지운동장 대강당 대공연장 대극장 대운동장 라이브홀 별관 본관 본점 소공연장 소극장
    신관
    아트홀 야외무대 야외음악당 운동장 잔디마당 장례식장 전시관 전시장 체육관 캠퍼스 콘서트홀 특설무대
        """
    )
)
"""Parts of a venue that follow its name."""


BUILDINGS = frozenset(
    _words(
        """
    강당 갤러리 거리 경기장 골목 공개홀 공원 광장 극장 대강당 대극장 도서관 돔 라운지 레스토랑 리조트 마을 매장 미술관 박물관 방송국 백화점
    별관 본관 사옥 성당 센터 소극장 수목원 스퀘어 스타디움 스토어 스튜디오 시장 신관 아레나 아트홀 야구장 영화관 웨딩홀 전시장 체육관
    촬영장 축구장 캠퍼스 캠핑장 콘서트홀 클럽 타워 팝업스토어 플라자 하우스 해변 호텔 홀 회관
        """
    )
)
"""Of these the ones that a name before them makes a venue (벨르디 매장)."""


NOT_HELD = frozenset(
    _words(
        """
    SNS 가까이 강가 물가 냇가 바닷가 호숫가 길가 산속 숲속 잔디 잔디밭 들판 언덕 옥상 스카이워크 포토존 럭드 럭키드로 굿즈존 매표소 객석
    대기실 화장실 입국장 출국장 라운지
    가사 가운데 커튼콜 우주정거장 국제우주정거장 본청 본사 본점 교외 근교 외곽 코너 야시장 럭키드로우
    간담회 같은_장소 개국 거기 경기 곁 곳 곳곳 공연장 공판 과정 국가 국내 그곳
    기자회견 나라 남해상 노래 대회 도시 동해상 뒤 드라마 로비 루프탑 무대 뮤직비디오 바닥 방송 배경 본원 사이 사진 서로 서해상 세트 소송
    소절 속 쇼케이스 스튜디오 시사회 시상식 시장 시즌 아트리움 앞 앞마당 앨범 작업실 주연작 여기 영상 영화 영화제 옆 옥상 유튜브 이곳 이날
    인근 인스타그램 인터뷰 일대 일원 자리 작품 장소 재판 저기 전국 정상 입구 제작발표회 조사 주차장 중심 지역 지하 집 축제 콘서트 팬미팅
    프레스콜 하늘 한국 한자리 해상 해외 행사 행사장 현장 현지 회견 회의 후렴
        """
    )
)
"""Nouns before 에서 that name no place."""


NOT_PART_OF_NAME = frozenset(
    _words(
        """
    강원 강원도 같은 경기 경기도 아니라 말고 경남 경북 고급 고향 공식 국내
    근처 낮 내일 다시 다음 단독 당시 본향 시간 대규모 대형 도심 두번째 뒤
    드디어 때 마지막 모두 모처 바로 밤 번째 새벽 세계 소재 소형 수도 시내 신축 아침 앞 야외 어제 옆 오는 오늘 오전 오후 위치 유명 이날 이어
    이후 인근 임시 장소 일시
    올여름 올가을 올겨울 올봄 올해 녘 무렵 지하철 전철 버스 기차 열차 앞둔 앞두고 끝난 저녁 전 전국 전남 전북 정식 정오 중 지난 지역 지하
    직접 첫번째 최근 최남단 최대 최동단 최북단 충남 충북 특급 특별 팝업
    플래그십 한국 함께 해외 현재 현지 후 소속사 다만 특히 또한 그러나 하지만 결국 이제 이미 밤사이
        """
    )
)
"""Words before a venue that do not belong to its name."""


STOP = frozenset(
    _words(
        """
    AI All Copyright co com http https kr net reserved rights www 가운데 가장 가지 각각 개 거기 건 것 게시글 경우 곳 관계자 관련 관심 그것
    그냥 그러나 그리고 금지 기분 기세 기자 나 날 낮 내 내일 너무 네티즌 년 누구 누리꾼 눈길 뉴스 느낌 님 다들 다만 다시 단독 당시 대한
    대해 댓글 더욱 덕 도움 동안 뒤 등 때 때문 또한 마음 마지막 만남의 많이 말 매력 매우 먼저 명 명함 몇 모두 모든 모습 목소리 무단
    무단전재 무엇 미소 바로 밖 반응 배우님 배포 보람 본명 분 분위기 불펌 사람 사이 사진 새벽에 생각 소식 속 수 순간 스스로 스압 스압주의
    시간 시선 씨 아줌마 안 앞 앞서 양일간 어제 언니 없음 여기 여유 역시 옆 예정 오늘 오전 오후 우리 원 월 위 위해 은근 이것 이것저것 이날
    이름 이름들 이맘때 이번 이상 이야기 이어 이용 이유 이하 이후 일 일정 있음 자신 재배포 저 저작권자 저희 전 전재 점 정도 정말 제가 제공
    조금 종일 종합 중 지난 지인 직접 진짜 채 처음 최근 출연 취재진 카메라 통해 특히 포즈 포토 하나 하루 하지만 학습 한편 함께 현장
    현장포토 후
        """
    )
)
"""Nouns that say nothing about a post."""


COUNTING = frozenset(_words("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 여러 양일 번째 번 회 달째 달 곡 명 년째"))
"""Numbers and what they count, which say nothing about a post either."""


NOT_ALONE = frozenset(
    _words(
        """
    1박 feat 강원 강원도 거래일 결과 경남 경북 계획 고개 국내 그게 기간 까닭 대부분 데뷔 도시 둘째 막기 만큼 모처 무료 바퀴 방송 배경
    베일 별도 보기 본인 본지 분들 비밀 사람들 사진제공 사흘 상대 상태 생애 서로 설명 세상 손님 스포 아래 아침 안정 어디 어른 얼굴 여러분
    열두 영하 옆자리 올해 왼쪽 의무 이곳 이들 이틀 일대 일주일 자리 자체 작품 장면 장소 전남 전북 전석 전파 제일 지금 지난주 지하 차례
    첫선 최고 충남 친구 타임 필수 한참 해외 향년 현지 현지시간 혼자 화면 후문
        """
    )
)
"""Nouns that say nothing about a post by themselves: of six and more labelled posts no more than one in eight accepts them so."""


PREDICATIVE = frozenset(
    _words(
        """
    각종 강추 개최 건강히 고백 공개 근황 급증 기념 기부 꾸벅 나흘간 나흘째 눈길 눈물 눈물바다 늦은 님 다음 달성 닷새간 당분간 대신 도전
    도중 도착 돌입 드디어 들썩 등장 뚝 마무리 마지막 막바지 만 만들기 반등 발칵 발탁 밤 방문 북적 비상 사흘간 사흘째 삼매경 상승 새 선언
    선정 성료 스압 시작 실화 여파 연기 예고 완료 외관 위촉 이른 이틀간 인증 입구 입성 잠정 장식 전격 전경 전액 절정 정리 정비 정조준 준비
    진행 참석 첫 첫날 추천 축하 출격 출연 캡처 쾌척 펑크 포착 하기 합류 합의 화제 확정 후기 후다닥
        """
    )
)
"""Verbal nouns and modifiers with which headlines end or begin: a phrase of several words loses them."""

ADNOMINALS = _words(
    """
    참석한 참석하는 출국하는 출국한 입국하는 입국한 귀국한 도착한 취하는 취한 짓는 지은 인사하는 등장한 등장하는 들어서는 향하는 나서는
    나선 밟은 밟는 오른 오르는 부르는 부른 노래하는 열창하는 공연하는 입장하는 손하트하는 그리는 흔드는 변신한 컴백한 컴백하는 데뷔한
    맡은 출연한 출연하는 연기한 수상한 받은 시구하는 빛나는 웃는 바라보는 선보인 선보이는 뽐낸 뽐내는 돌아온 찾은 전한 밝힌 만난 찾아온
    출근하는 퇴근하는 진행하는 나타난 걷는 올라선 보는 건네는 발산하는 발산한 자랑하는 뽑힌 소속
    """
)
"""What a person does, as it stands before the name (참석한 단비)."""
