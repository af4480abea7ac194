"""Who a post names, and whom it is about.

A name in the text is a person where its surroundings allow it: it begins a word (or follows an occupation or group glued to it), what
follows is a particle that fits its last sound, an honorific, or punctuation. Names that are ordinary words (비, 하늘, 이유) need evidence:
an occupation or group before them, an honorific, an age in brackets, a person's verb; one sure mention makes the others likely.
People of one name are told apart by occupation and group.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from udfs.korean_particles import GLUED_NOUNS, HONORIFICS, particle_chain, split_particle
from udfs.post_text import Reference, Tag, TextField

_REST = re.compile(r"[가-힣A-Za-z0-9]*")
_WORD_BEFORE = re.compile(r"([가-힣A-Za-z0-9]+)[\s,·]*(?:['‘“\"(（]\s*)?$")
_TWO_BEFORE = re.compile(r"([가-힣A-Za-z0-9]+)[\s]+([가-힣A-Za-z0-9]+)[\s]*$")
_NEXT_WORD = re.compile(r"^\s*([가-힣A-Za-z0-9]+)")
_BRACKET = re.compile(r"^\s?[(（](?:\d{1,2}(?:세)?[)）,]|본명|[A-Z][A-Za-z .-]+[)）]|[가-힣]{2,4}[)）,])")
_TITLE_START = re.compile(r"\s*(?:[\[(<【][^\])>】]{1,20}[\])>】]\s*)*['‘“\"]?")
_PERSON_VERBS = (
    "함께했", "자리했", "의상을", "차림", "드레스", "입었", "쳤다", "앉", "섰", "꼽혔", "뽑혔", "찾았", "열었", "연다", "내놨", "내놓", "나선", "나서",
    "출국", "입국", "귀국", "내한", "참석", "등장", "도착", "포즈", "인사", "미소", "손인사", "손하트", "무대", "노래", "열창", "공연", "컴백", "출연", "말했", "밝혔", "전했", "답했",
    "이야기", "소감", "웃", "눈물", "촬영", "데뷔", "발매", "향했", "향하", "떠났", "떠난", "걷고", "걸어", "나섰", "나타났", "들어서", "들어섰", "취하", "취했", "연기", "맡", "결혼", "열애", "뽐냈",
    "뽐내", "자랑", "선보", "드러냈", "올랐", "오른", "만났", "만나", "소통", "활약", "입대", "전역", "수상", "불렀", "부른", "부르", "춤", "하트", "인터뷰", "출근", "퇴근", "방문", "개최", "합류",
    "캐스팅", "변신", "패션", "비주얼", "미모", "손을", "고개", "입장", "참여", "출격", "진행", "화답", "화보", "팬", "신곡", "앨범", "콘서트", "사인", "시구", "레드카펫", "환한", "밝은",
    "카메라", "취재진", "마이크", "객석", "발걸음", "열연", "고백", "털어놨", "덧붙였", "설명했", "강조했", "화제", "팔로워", "SNS", "인스타그램",
    "소속사", "군복무", "복귀", "활동", "솔로", "주연", "역을", "역으로", "발탁", "선정", "위촉", "홍보대사", "모델", "수줍", "깜찍", "우아", "시크", "마주", "나눴", "전한",
)  # fmt: skip
_ADNOMINAL = re.compile(
    r"(?:참석한|참석하는|출국하는|출국한|입국하는|입국한|귀국한|도착한|취하는|취한|짓는|지은|인사하는|등장한|등장하는|들어서는|향하는|나서는|나선|밟은|밟는|오른|오르는|부르는|부른|노래하는|열창하는|공연하는|입장하는|"
    r"손하트하는|그리는|흔드는|변신한|컴백한|컴백하는|데뷔한|맡은|출연한|출연하는|연기한|수상한|받은|시구하는|빛나는|웃는|바라보는|선보인|선보이는|뽐낸|뽐내는|돌아온|찾은|전한|밝힌|만난|출근하는|퇴근하는|진행하는|나타난|걷는|올라선|보는|건네는|발산하는|발산한|자랑하는|뽑힌|소속)$"
)
_DETERMINERS = frozenset(
    ("그", "이", "저", "이런", "그런", "무슨", "어떤", "같은", "다른", "이번", "지난", "모든", "여러", "큰", "작은", "첫", "올", "매", "온", "한", "두", "몇", "각", "맑은", "푸른", "파란", "흐린", "넓은", "깊은", "늦은",
     "이른", "오늘", "어제", "내일", "추운", "더운", "따뜻한", "뜨거운", "차가운", "거센", "굵은", "많은", "높은", "별다른", "특별한", "가장", "제일", "무더운", "한여름", "초", "밤", "겨울", "여름", "봄", "가을")
)  # fmt: skip
_THING_VERBS = (
    "내리", "내렸", "내린", "내려", "오는", "왔", "온다", "오고", "올", "와서", "그치", "그쳤", "그친", "맑", "흐리", "흐린", "개", "쏟아", "젖", "푸르", "푸른", "넓", "덥", "춥", "지나", "깊", "보이", "펼쳐", "물들", "저물",
    "뜨", "뜬", "지고", "지는", "질", "예쁘", "예뻤", "예쁜", "아름", "좋", "있", "없", "많", "변", "절정", "가시", "물러", "번지", "번졌", "불", "울", "들리", "들렸", "나는", "났", "나왔", "나오", "깨", "가까", "빠지", "짙", "차", "식", "주는", "길", "짧", "시작", "끝", "되", "됐", "될", "된", "찾아", "다가", "가득", "그립", "차지", "궁금", "무엇", "뭐", "뭔", "때문", "알려지", "알려졌", "필요",
    "아닌", "아니", "가까", "멀", "높", "낮", "보여", "비치", "비친", "맞", "막", "가리", "어둡", "밝아", "오기", "온 ", "퍼지", "퍼붓",
)  # fmt: skip
_ADVERBS = frozenset(("정말", "너무", "진짜", "더", "참", "아주", "무척", "점점", "서서히", "꽤", "또", "다시", "잘", "유난히", "제법", "막", "곧", "이미", "가장", "제일", "한층", "많이"))
_PERSON_NOUNS = frozenset(
    ("팬", "팬들", "팬덤", "소속사", "측", "매력", "미모", "비주얼", "무대", "모습", "말", "인사", "미소", "패션", "스타일", "노래", "목소리", "신곡", "앨범", "콘서트", "공연", "컴백", "데뷔", "연기", "열연", "활약", "근황", "일상", "이야기",
     "소감", "눈빛", "등장", "손하트", "포즈", "입담", "차기작", "출연작", "작품", "팬미팅", "사인회", "화보", "출국", "입국", "출근길", "솔로", "생일", "열애", "결혼", "인기", "남편", "아내", "어머니", "아버지", "동생", "본인", "직캠")
)  # fmt: skip
_MENTION_ONLY = re.compile(r"(선배의|선배님의|에 대한 애정|닮은|닮았|팬이라|팬으로 알려|다녀갔|다녀간|사인이|포스터|노래가 흘러|노래를 들|출연한 바|주연작|의 남편|의 아내|소속사 선배|롤모델|언급|추천|처럼|못지않|제2의|에 이어|와 친분|절친)")


_COMPARED_BEFORE = re.compile(r"(?:제[2-9]의|포스트|리틀|닮은꼴|롤모델은|롤모델로)\s*['‘“\"]?$")


@dataclass
class Mention:
    """A place in the text that may name a person.

    Attributes:
        text: the field.
        begin, end: the name.
        form: the name as in the list.
        josa, role: particle behind it.
        evidence: how much speaks for a person (above 0) or against one.
        occupations: occupations named beside it.
        group: group named beside it.
        modifier: whether it is a group that stands before its member: 별무리의 하늘.
    """

    text: TextField
    begin: int
    end: int
    form: str
    josa: str
    role: str
    evidence: float
    occupations: frozenset[str]
    group: str
    modifier: bool = False


def find_mentions(fields: Sequence[TextField], reference: Reference) -> list[Mention]:
    """Names that stand where a person's name can stand, with the evidence for each."""
    return [mention for text in fields for begin, end, form in text.names if (mention := _judge(text, begin, end, form, reference)) is not None]


def _judge(text: TextField, begin: int, end: int, form: str, reference: Reference) -> Mention | None:
    whole = text.text
    before, after = whole[:begin], whole[end:]
    glued = _glued_before(before)
    occupations: frozenset[str] = frozenset()
    group = ""
    evidence = 0.0
    if glued:
        found = _title_at_end(glued, reference)
        if found is None:
            return None
        occupations, group = found
        evidence += 2
    rest = _REST.match(after).group(0)  # type: ignore[union-attr]
    reading = _read_rest(form, rest, reference)
    if reading is None:
        return None
    josa, role, worth = reading
    evidence += worth
    behind = after[len(rest) :]
    following = _NEXT_WORD.match(behind) if not rest or rest in HONORIFICS else None
    next_word = following.group(1) if following else ""
    if next_word and not josa:
        stem = next_word[: split_particle(next_word).length]
        if next_word in reference.other_titles or stem in reference.other_titles:
            return None
        if stem in reference.occupations and not behind.startswith(("\n", ",")):
            occupations |= reference.occupations[stem]
            evidence += 1.5
    if any(begin < mention.end and end > mention.begin for mention in text.times):
        return None
    if not glued:
        previous = _WORD_BEFORE.search(before[-40:])
        title = _title_before(before[-60:], reference)
        if title is not None:
            occupations |= title[0]
            group = group or title[1]
            evidence += 2
        elif previous is not None:
            evidence += _before_evidence(previous.group(1), before)
    evidence += _after_evidence(role, josa, rest, behind, next_word)
    if _BRACKET.match(after) and not rest:
        evidence += 1.5
    if any(first < end and last > begin and kind == "PS" for first, last, kind in text.entities):
        evidence += 0.75
    if text.name == "title" and _TITLE_START.fullmatch(before) and not rest and re.match(r"\s*[,…·‘'“\"]", after):
        evidence += 1.5
    return Mention(text, begin, end, form, josa, role, evidence, occupations, group)


def _glued_before(before: str) -> str:
    match = re.search(r"[가-힣A-Za-z0-9]+$", before)
    return match.group(0) if match else ""


def _title_at_end(glued: str, reference: Reference) -> tuple[frozenset[str], str] | None:
    if glued in reference.occupations:
        return reference.occupations[glued], ""
    if glued in reference.groups:
        return frozenset(), glued
    return None


def _title_before(before: str, reference: Reference) -> tuple[frozenset[str], str] | None:
    """Occupation or group in front of a name: 가수 비, 그룹 루미엘의 여름, 루미엘 멤버 여름, 배우 겸 가수 비."""
    stripped = before.rstrip()
    if stripped == before and before and not before.endswith(("'", "‘", "“", '"', "(")):
        return None
    stripped = stripped.rstrip("'‘“\"(")
    words = re.findall(r"[가-힣A-Za-z0-9&'-]+", stripped[-40:])
    if not words or re.search(r"[.!?,:\]\n]\s*$", stripped):
        return None
    last = words[-1]
    pair = " ".join(words[-2:])
    occupations: frozenset[str] = frozenset()
    group = ""
    for candidate in (pair, pair.replace(" ", ""), last, last.removesuffix("이자"), last.removesuffix("출신")):
        if candidate in reference.occupations and candidate not in reference.other_titles:
            occupations |= reference.occupations[candidate]
    for word in words[-3:]:
        bare = word.removesuffix("의").removesuffix("출신")
        if bare in reference.groups:
            group = bare
    if occupations or (group and words[-1].removesuffix("의").removesuffix("출신") == group):
        return occupations, group
    return None


def _read_rest(form: str, rest: str, reference: Reference) -> tuple[str, str, float] | None:
    """What is glued behind a name: (particle, role, evidence), or None when it makes another word of it."""
    chain = particle_chain(rest, form[-1])
    if chain is not None:
        return chain[0], chain[1], 0.0
    for honorific in sorted(HONORIFICS, key=len, reverse=True):
        if rest.startswith(honorific):
            chain = particle_chain(rest[len(honorific) :], honorific[-1])
            if chain is not None:
                return chain[0], chain[1], 2.0 if honorific not in ("군", "양", "형") or len(form) > 1 else 0.5
    for noun in GLUED_NOUNS:
        if rest.startswith(noun):
            chain = particle_chain(rest[len(noun) :], noun[-1])
            if chain is not None:
                return chain[0], chain[1], 0.5
    for word in reference.other_titles:
        if rest.startswith(word):
            return None
    for word, ids in reference.occupations.items():
        if rest.startswith(word) and ids and particle_chain(rest[len(word) :], word[-1]) is not None:
            return "", "", 1.5
    if rest.startswith(tuple(reference.kind_words.meanings)) and len(form) > 1:
        return "", "", 0.5
    return None


def _before_evidence(previous: str, before: str) -> float:
    directly = before.endswith(" ") or before.endswith(("'", "‘", "“"))
    if directly and _ADNOMINAL.search(previous):
        return 1.5
    if directly and previous in _DETERMINERS:
        return -3.0
    if directly and before.endswith(" ") and not split_particle(previous).josa and len(previous) > 1 and re.fullmatch(r"[가-힣]+", previous):
        return -0.5  # 바람 소리: the second part of a compound
    if directly and re.search(r"(?:운|한|은|는|던|된|린|른|친|진|쁜)$", previous) and len(previous) > 1 and split_particle(previous).role != "topic":
        return -1.0
    return 0.0


def _after_evidence(role: str, josa: str, rest: str, behind: str, next_word: str) -> float:
    clause = re.split(r"[\n.!?]", behind[:60])[0]
    first = clause.strip(" ,‘'“\"")
    near = next((word for word in first.split(" ") if word not in _ADVERBS), "") if first else ""
    if role in ("subject", "topic", "also"):
        if near.startswith(_THING_VERBS) and not near.startswith(_PERSON_VERBS):
            return -3.0
        soon = " ".join(clause.split(" ")[:5])
        return 1.0 if any(verb in soon for verb in _PERSON_VERBS) or first.startswith(("“", '"')) or re.match(r"\s*[“\"]", behind) else 0.0
    if role == "location" and near.startswith(("대한", "대해", "관한", "관해", "이어", "빠진", "열광", "푹", "반한", "반했")):
        return 0.0
    if role in ("location", "place", "limit", "direction", "compare", "each"):
        return -2.0 if role != "compare" else -0.5
    if role == "possessive":
        return 1.0 if near.rstrip(".,을를이가은는에도로와과으") in _PERSON_NOUNS or near.startswith(tuple(_PERSON_NOUNS)) else -0.25
    if role == "recipient":
        return 1.5
    if role == "object":
        return 0.5 if near.startswith(("만나", "만났", "향해", "향한", "응원", "보러", "보기", "캐스팅", "발탁", "모델로", "태운", "비롯", "기다리", "좋아")) else -0.75
    if role == "companion":
        return 0.25
    if not rest and next_word:
        if behind.lstrip(" ").startswith(next_word) and next_word.startswith(tuple(_PERSON_NOUNS)):
            return 0.75
        return -0.5 if behind.startswith(" ") else 0.0
    if not rest and re.match(r"\s*[,·]", behind):
        return 0.25
    return 0.0


def is_common(form: str, reference: Reference) -> bool:
    """Whether a name is an ordinary word, too."""
    return len(form) == 1 or form in reference.common_words


def accepted(mentions: Sequence[Mention], reference: Reference) -> list[Mention]:
    """The mentions that name a person: sure ones, and those of a name that is sure elsewhere in the post and not contradicted here."""
    sure = {mention.form for mention in mentions if not is_common(mention.form, reference) or mention.evidence >= 2}
    listed = _listed_together(mentions, sure)
    kept: list[Mention] = []
    present = {mention.form for mention in mentions if mention.form in reference.groups or mention.form in sure}
    for mention in mentions:
        if not is_common(mention.form, reference):
            if mention.evidence > -2 or any(other.form == mention.form and other.evidence >= 1 for other in mentions):
                kept.append(mention)
            continue
        evidence = mention.evidence + (1.0 if id(mention) in listed else 0.0) + (1.0 if _mates(mention.form, reference) & present else 0.0)
        titled = any(other.form == mention.form and other.text.name == "title" and other.evidence >= 1 for other in mentions)
        enough = 0.0 if mention.form in sure else (0.75 if titled else 1.0)
        if evidence >= enough and (evidence > -0.25):
            kept.append(mention)
    return kept


def _mates(form: str, reference: Reference) -> set[str]:
    """Groups of the people of a name, and the names of the other members."""
    found: set[str] = set()
    for celebrity in reference.names.meanings.get(form, ()):
        if celebrity:
            found |= set(reference.celebrities[celebrity].groups) | _groupmates(celebrity, reference)
    return found - {form}


def _listed_together(mentions: Sequence[Mention], sure: set[str]) -> set[int]:
    """Mentions that stand in a list with a sure one: 한서윤, 비, 하늘이."""
    found = set()
    for one, other in zip(mentions, mentions[1:], strict=False):
        if one.text is other.text and re.fullmatch(r"\s*[,·/&]\s*|(?:와|과|랑|이랑)\s+", one.text.text[one.end : other.begin]):
            if one.form in sure:
                found.add(id(other))
            if other.form in sure:
                found.add(id(one))
    return found


def resolve(mentions: Sequence[Mention], reference: Reference, whole: str) -> dict[int, str]:
    """Celebrity of each mention (by its place in the list): people of one name are told apart by what stands beside it and in the post."""
    by_form: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        by_form[mention.form].append(number)
    chosen: dict[int, str] = {}
    named = Counter(form for form in by_form)
    for form, numbers in by_form.items():
        candidates = [value for value in reference.names.meanings.get(form, ()) if value]
        if len(candidates) == 1:
            chosen.update(dict.fromkeys(numbers, candidates[0]))
            continue
        near: Counter[str] = Counter()
        for number in numbers:
            for candidate in candidates:
                near[candidate] += _likeness(candidate, mentions[number], reference)
        for candidate in candidates:
            person = reference.celebrities[candidate]
            near[candidate] += sum(2 for group in person.groups if group in whole)
            near[candidate] += sum(3 for other in (person.name, *person.aliases) if other != form and other in named)
            near[candidate] += sum(1 for member in _groupmates(candidate, reference) if member in named)
            near[candidate] += 0.25 * (person.occupation != "" and person.occupation in whole)
        for number in numbers:
            own = {candidate: near[candidate] + 4 * _likeness(candidate, mentions[number], reference) for candidate in candidates}
            chosen[number] = max(sorted(own), key=lambda candidate: (own[candidate], reference.celebrities[candidate].name == form))
    return chosen


def _groupmates(candidate: str, reference: Reference) -> set[str]:
    mates = {member for group in reference.celebrities[candidate].groups for member in reference.groups.get(group, ())}
    return {reference.celebrities[member].name for member in mates if member != candidate}


def _likeness(candidate: str, mention: Mention, reference: Reference) -> float:
    person = reference.celebrities[candidate]
    score = 0.0
    if mention.group and mention.group in person.groups:
        score += 2
    own = reference.occupations.get(person.occupation, frozenset((person.occupation,)))
    if mention.occupations & own:
        score += 1
    elif mention.occupations and person.occupation:
        score -= 1
    return score


def tag_who(fields: Sequence[TextField], reference: Reference, *, service: str) -> list[Tag]:
    """Rows of kind `who`: every mention of a celebrity, scored by how much the post is about that celebrity."""
    mentions = accepted(find_mentions(fields, reference), reference)
    whole = " ".join(text.text for text in fields)
    persons = [mention for mention in mentions if any(reference.names.meanings.get(mention.form, ()))]
    groups = [mention for mention in mentions if mention.form in reference.groups and not any(reference.names.meanings[mention.form])]
    chosen = resolve(persons, reference, whole)
    _mark_modifiers(persons, reference)
    pairs = [(mention, chosen[number]) for number, mention in enumerate(persons)]
    named = {celebrity for _, celebrity in pairs}
    for mention in groups:
        members = reference.groups[mention.form]
        if not named & set(members):
            pairs.extend((mention, member) for member in members)
    scores = aboutness(pairs, fields, service=service)
    return [
        Tag(mention.text.name, mention.text.position, "who", mention.text.text[mention.begin : mention.end], celebrity,
            mention.begin, mention.end, mention.josa or None, mention.role or None, scores[celebrity])
        for mention, celebrity in pairs
    ]  # fmt: skip


def _mark_modifiers(mentions: Sequence[Mention], reference: Reference) -> None:
    for one, other in zip(mentions, mentions[1:], strict=False):
        if one.form in reference.groups and one.text is other.text and other.form not in reference.groups:
            one.modifier = re.fullmatch(r"(?:의|\s)?\s*(?:(?:멤버|리더|막내|보컬|래퍼|맏형|출신)\s*)?", one.text.text[one.end : other.begin]) is not None


def aboutness(pairs: Sequence[tuple[Mention, str]], fields: Sequence[TextField], *, service: str) -> dict[str, float]:
    """How much a post is about each celebrity, in [0, 1]: title, first sentence, particle, frequency; reviews only mention people."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention, celebrity in pairs:
        mentions[celebrity].append(mention)
    total = sum(len(found) for found in mentions.values())
    scores: dict[str, float] = {}
    for celebrity, found in mentions.items():
        real = [mention for mention in found if not _only_mentioned(mention)]
        titled = [mention for mention in real if mention.text.name == "title"]
        lead = [mention for mention in real if mention.text.name == "body" and mention.begin < mention.text.first_sentence_end]
        acting = [mention for mention in real if mention.role in ("subject", "topic", "also")]
        captions = sum(mention.text.name == "caption" for mention in real)
        score = 0.2 * len(found) / total
        if titled:
            score += 0.5 if any(mention.role not in _ASIDE for mention in titled) else 0.3
        if any(mention.role in ("subject", "topic", "") for mention in lead):
            score += 0.35
        elif lead:
            score += 0.1 if all(mention.role in _ASIDE for mention in lead) else 0.2
        if any(_attends(mention) for mention in acting):
            score += 0.35
        if acting:
            score += 0.2 + min(0.2, 0.1 * (len(acting) - 1))
        score += min(0.35, 0.25 * captions)
        if not real:
            score -= 0.35
        elif not titled and not lead and not captions:
            score -= 0.05
        if service == "review":
            score -= 0.6
        scores[celebrity] = score
    raised = {
        celebrity: max([score, *(0.95 * scores[mate] for mate in _same_list(celebrity, mentions))])
        for celebrity, score in scores.items()
        if any(not _only_mentioned(mention) for mention in mentions[celebrity])
    }
    return {celebrity: round(min(1.0, max(0.05, raised.get(celebrity, score))), 6) for celebrity, score in scores.items()}


_ASIDE = frozenset(("companion", "recipient", "compare", "location", "direction"))


def _same_list(celebrity: str, mentions: dict[str, list[Mention]]) -> list[str]:
    """Celebrities named in the same list of names, directly beside this one."""
    found = []
    for other, places in mentions.items():
        if other != celebrity and any(_beside(one, two) for one in mentions[celebrity] for two in places):
            found.append(other)
    return found


_ATTENDS = re.compile(r"^.{0,25}?(?:함께했|참석했|참석해|자리했|자리를 빛|무대를 꾸|의상을 입|호흡을 맞췄|동석했|동행했|출연했다|참여했다|무대에 올랐)")


def _attends(mention: Mention) -> bool:
    behind = re.split(r"[.!?\n]", mention.text.text[mention.end : mention.end + 50])[0]
    return mention.role in ("subject", "also", "topic") and _ATTENDS.match(behind) is not None


def _beside(one: Mention, other: Mention) -> bool:
    if one.text is not other.text:
        return False
    first, second = (one, other) if one.begin < other.begin else (other, one)
    return re.fullmatch(r"\s*[,·/&-]\s*|(?:와|과|랑|이랑)\s+(?:배우 |가수 )?", first.text.text[first.end : second.begin]) is not None


def _only_mentioned(mention: Mention) -> bool:
    if mention.modifier:
        return True
    before = mention.text.text[max(0, mention.begin - 8) : mention.begin]
    return bool(_COMPARED_BEFORE.search(before)) or bool(_MENTION_ONLY.search(mention.text.text[mention.end : mention.end + 14]))


_SURNAMES = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
_PERSON_AFTER_TITLE = re.compile(rf"([가-힣]{{2,6}}) ((?:[{_SURNAMES}]|남궁|선우|황보|제갈)[가-힣]{{1,2}})(?=[^가-힣]|은|는|이|가|을|를|의|과|와|도|에게|씨|$)")
_PERSON_BEFORE_TITLE = re.compile(rf"(?<![가-힣])((?:[{_SURNAMES}]|남궁|선우|황보|제갈)[가-힣]{{1,2}}) ?(기자|감독|작가|PD|대표|교수|의원|아나운서|씨)(?![가-힣]*(?:회견|간담))")


def tag_persons(fields: Sequence[TextField], known: Sequence[Tag], reference: Reference) -> list[Tag]:
    """Rows of kind `person`: people who are not on the list, by the annotator or by an occupation beside a name."""
    tags: dict[tuple[str, int | None, int], Tag] = {}
    taken = {(tag.field, tag.photo_position, position) for tag in known for position in range(tag.begin, tag.end)}

    def add(text: TextField, begin: int, end: int, score: float) -> None:
        surface = text.text[begin:end]
        free = not any((text.name, text.position, position) in taken for position in range(begin, end))
        if free and len(surface) > 1 and not any(meaning for meaning in reference.names.meanings.get(surface, ())):
            rest = _REST.match(text.text[end:]).group(0)  # type: ignore[union-attr]
            chain = particle_chain(rest, surface[-1]) or ("", "")
            tags.setdefault((text.name, text.position, begin), Tag(text.name, text.position, "person", surface, surface, begin, end, chain[0] or None, chain[1] or None, score))

    for text in fields:
        for begin, end, kind in text.entities:
            if kind == "PS":
                add(text, begin, end, 0.8)
        for match in _PERSON_AFTER_TITLE.finditer(text.text):
            if match.group(1) in reference.occupations:
                begin = match.start(2)
                name = match.group(2)
                add(text, begin, begin + len(_without_particle(name, text.text[match.end(2) :])), 0.6)
        for match in _PERSON_BEFORE_TITLE.finditer(text.text):
            add(text, match.start(1), match.end(1), 0.6)
    return list(tags.values())


def _without_particle(name: str, behind: str) -> str:
    """한가람이 was read as three syllables already; 한솔은 loses its particle when no letter follows."""
    if len(name) == 3 and name[-1] in "은는을를의와과" and not re.match(r"[가-힣]", behind):
        return name[:-1] if particle_chain(name[-1], name[-2]) is not None and name[-1] not in "은" else name
    return name


def tag_occupations(fields: Sequence[TextField], known: Sequence[Tag], reference: Reference) -> list[Tag]:
    """Rows of kind `occupation`: the words beside people that say what they do."""
    tags = []
    beside = {(tag.field, tag.photo_position, tag.begin) for tag in known} | {(tag.field, tag.photo_position, tag.end) for tag in known}
    for text in fields:
        for word in text.words:
            surface = text.text[word.begin : word.stem_end]
            if surface in reference.occupations:
                near = any((text.name, text.position, place) in beside for place in (word.end, word.end + 1, word.begin, word.begin - 1))
                if near:
                    value = sorted(reference.occupations[surface])[0]
                    tags.append(Tag(text.name, text.position, "occupation", surface, value, word.begin, word.stem_end, word.josa or None, word.role or None, 1.0))
    return tags
