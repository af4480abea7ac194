"""Posts of fans and bloggers, in the words people use among themselves, and notices of broadcasters."""


from __future__ import annotations

RULES: dict[str, tuple[str, ...]] = {
    "hello": (
        "안녕하세요~ {오랜만에|드디어} 포스팅하네요!",
        "{=ㅎ}{오늘은|이번엔} 미뤄 둔 후기를 써 보려고 해요.",
        "다들 {잘 지내셨나요|주말 잘 보내셨어요}?",
        "{퇴근하고|자기 전에} 후다닥 {적는|남기는} 기록.",
        "",
        "",
        "사진이 {너무|} 많아서 {고르고 골랐는데도|정리하는 데} {한참 걸렸어요|스압 주의}{!|..|ㅠㅠ}",
    ),
    "ㅎ": ("", "", "음, ", "그러니까 ", "자, "),
    "blog_title.airport": (
        "{title_name} {place} {출국|입국} 직찍 {후기|}",
        "{place}에서 {title_name} 본 날",
        "{title_name} 공항 {목격담|직찍}",
    ),
    "blog_title.airport_departure": (
        "{title_name} {place} 출국 직찍{!| 후기|}",
        "{place}에서 {title_name} 배웅하고 온 날",
        "{title_name} 출국길 사진 {몇 장|대방출}",
    ),
    "blog_title.airport_arrival": (
        "{title_name} 입국 {직찍|마중} {후기|!}",
        "{place}에서 {title_name} 마중했어요",
        "{title_name} 귀국길 사진 {몇 장|모음}",
    ),
    "blog_title.other": (
        "{title_name} {kind_label} 다녀왔어요{!| :)|~}",
        "{title_name} {kind_label} {후기|직관 후기|현장 후기}",
        "[후기] {title_name} {kind_label}, {심장이 남아나질 않아|최고의 하루}",
        "{title_name} 보고 온 날 ({kind_label})",
    ),
    "blog_title.pictorial": ("{title_name} {work} 화보 {미쳤다|보셨나요|모음}", "{title_name} 화보 {저장용|정리}"),
    "blog_title.release": ("{title_name} ‘{work}’ 앨범 {언박싱|감상 후기}", "{title_name} 컴백! ‘{work}’ {듣고 왔어요|전곡 리뷰}"),
    "blog.airport_departure": (
        "{when} {place} 가서 {who} {출국하는 거 보고 왔어요|배웅하고 왔습니다}{!|ㅠㅠ|~}",
        "{who} {city} 출국이라길래 {when} {place}~으로 달려갔어요.",
        "{when} {name}~이 {city}~으로 출국했잖아요? 저도 {place} {현장에 있었답니다|다녀왔어요}.",
    ),
    "blog.airport_arrival": (
        "{when} {who} 입국하는 날이라 {place} {마중 다녀왔어요|다녀왔습니다}.",
        "{city} 갔던 {who}~이 {when} {place}~으로 {귀국했어요|돌아왔어요}! {저도 현장에 있었답니다|공항은 그야말로 인산인해}.",
    ),
    "blog.other": (
        "{when} {place}에서 {열린|한} {who} {kind_label} {다녀왔어요|보고 왔습니다}{!|~| :)}",
        "{드디어|꿈에 그리던} {who} {kind_label}! {when} {place}에서 {봤는데요|만나고 왔는데요}.",
        "{place} 도착! {when} {who} {kind_label} 보러 {친구랑|언니랑|혼자서} {다녀온|갔던} 이야기예요.",
        "{who} {kind_label} {후기예요|다녀온 기록}. {when} {place}에서 {있었고요|봤어요}.",
    ),
    "blog.pictorial": (
        "{when} {who} {work} 화보 {떴잖아요|공개됐는데}… {다들 보셨나요|저 오늘 일 못 해요}?",
        "{who} 이번 {work} 화보 {진짜 역대급|너무 예뻐요}. {when} 공개되자마자 {저장했어요|배경화면 바꿈}.",
    ),
    "blog.release": (
        "{when} {who} {새 앨범|신곡} ‘{work}’ {발매됐죠|나왔어요}! {하루 종일 듣는 중|전곡 다 좋네요}.",
        "{who} 컴백! {when} 발매된 ‘{work}’ {리뷰 남겨요|무한 반복 중}.",
    ),
    "blog_detail": (
        "{와|진짜|아니} {실물이|분위기가} {사진보다 백 배는|말도 안 되게} {예뻤어요|멋졌어요|빛났어요}{ㅠㅠ|!!|...}",
        "{자리가|위치가} {뒤쪽이라|멀어서} {걱정했는데|망원렌즈 챙겼는데} 생각보다 {잘 보이더라고요|가까웠어요}.",
        "{팬서비스가|인사도} 얼마나 {다정한지|꼼꼼한지} {한 번 더 반했잖아요|입덕 완료}.",
        "{손 흔들어 주는데|눈 마주쳤는데} {심장 멎는 줄|셔터도 못 누름}{ㅋㅋ|ㅠ|}",
        "{사람이|줄이} {정말|어마어마하게} {많았지만|길었지만} {기다린 보람이 있었어요|질서 정연했어요}.",
        "{끝나고|집에 오는 길에} {근처에서 저녁 식사|카페에 들러 사진 정리}{하고 왔네요|했어요}.",
        "{옷도|스타일링도} {찰떡|너무 잘 어울렸고요}{!|~} {헤어까지 완벽|사진으로 다 안 담겨요}{.|ㅠ}",
        "{name} {오래오래|앞으로도} {응원할게요|건강하자}{♥|!|~}",
    ),
    "blog_end": (
        "{그럼|오늘은} 여기까지!",
        "{다음 후기에서|또} 만나요~",
        "사진 {불펌은 안 돼요|퍼가실 때는 출처 남겨 주세요}.",
        "읽어 주셔서 감사합니다 :)",
        "공감과 댓글은 힘이 됩니다♥",
        "",
    ),
    # --- notices of broadcasters: schedules, guests
    "notice_title": (
        "[{channel}] ‘{work}’ {이번 주|} 출연자 안내",
        "‘{work}’ {방송|녹화} 안내 - {title_name} 출연",
        "[편성 안내] {work} {title_name} 편",
        "{work} 방청 안내 ({title_name} 출연)",
    ),
    "notice": (
        "{channel} ‘{work}’ {제작진입니다|에서 알려 드립니다}. {when} {place}에서 진행{되는|될} 생방송에 {who}~이 출연합니다.",
        "‘{work}’에 {who}~이 {함께합니다|출연합니다|찾아옵니다}. {일시는|생방송 일시:} {when}, {장소는|장소:} {place}입니다.",
        "{when} ‘{work}’ 생방송을 {place}에서 진행합니다. 출연자: {who}.",
    ),
    "notice_detail": (
        "방청을 원하시는 분은 {누리집|홈페이지} 게시판에 {신청해 주시기 바랍니다|사연과 함께 남겨 주세요}.",
        "{출근길 촬영은|사진 촬영은} {안전선 밖에서만|지정된 구역에서만} {가능합니다|허용됩니다}.",
        "{방송 시간은|편성은} {현장 사정에 따라|중계방송 관계로} {변경될 수 있습니다|조정될 수 있으니 양해 바랍니다}.",
        "시청자 여러분의 많은 {관심|성원}{ 부탁드립니다|을 바랍니다}.",
        "{문의:|자세한 문의는} {channel} 시청자 상담실{|로 해 주시기 바랍니다}.",
    ),
}
