"""Particles (josa) of Korean: which can follow a word, what they say of it, and where a word ends and its particle begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

AFTER_CONSONANT, AFTER_VOWEL, AFTER_ANY = "consonant", "vowel", "any"


@dataclass(frozen=True)
class Particle:
    """A particle.

    Attributes:
        form: as written.
        after: whether the word before ends in a consonant, a vowel, or either.
        role: what it says of the word.
    """

    form: str
    after: str
    role: str


_TABLE = """
subject: 이/c 가/v 께서/* 이서/c 서/v
topic: 은/c 는/v 께서는/* ㄴ/v
object: 을/c 를/v ㄹ/v
possessive: 의/*
place: 에서/* 에서는/* 에서도/* 에서의/* 에선/* 서/* 에서만/* 에서부터/*
direction: 으로/c 로/v 으로는/c 로는/v 으로도/c 로도/v 으로의/c 로의/v 으로부터/c 로부터/v 으로서/c 로서/v 으로써/c 로써/v 행/*
location: 에/* 에는/* 에도/* 에만/* 엔/* 에의/*
recipient: 에게/* 한테/* 께/* 에게서/* 한테서/* 에게는/* 에게도/* 더러/* 보고/*
companion: 과/c 와/v 과의/c 와의/v 과는/c 와는/v 과도/c 와도/v 하고/* 이랑/c 랑/v 이랑은/c 랑은/v
vocative: 아/c 야/v 이여/c 여/v
also: 도/* 까지/* 마저/* 조차/* 까지도/* 도요/*
only: 만/* 만이/* 만의/* 만은/* 만을/* 뿐/* 뿐만/* 밖에/*
limit: 부터/* 부터는/*
compare: 보다/* 보다는/* 보다도/* 처럼/* 같이/* 만큼/* 만큼은/* 만큼이나/*
choice: 이나/c 나/v 이든/c 든/v 이라도/c 라도/v 이나마/c 나마/v
each: 마다/*
quote: 이라고/c 라고/v 이라는/c 라는/v 이란/c 란/v 이라며/c 라며/v 이라면/c 라면/v 이라도/c
copula: 이다/c 다/v 입니다/* 이었다/c 였다/v 였고/v 이었고/c 이고/c 고/v 이며/c 며/v 인/* 일/* 이자/c 자/v 인데/* 이지만/c 지만/v
  이에요/c 예요/v 이예요/c 에요/v 이네요/c 네요/v
  이죠/c 죠/v 이니/c 니/v 인가/* 일까/* 임/* 이라/c 라/v 였던/v 이었던/c 이었는데/c 였는데/v 이시다/c
  이었어요/c 였어요/v 이었습니다/c 였습니다/v 이었음/c 였음/v 이었네요/c 였네요/v
  이라서/c 라서/v 이어서/c 여서/v 이기도/c 이야/c 인지/* 이면/c 면/v 이셨다/c 답게/* 다운/*
  이라니/c 라니/v 이라는데/c 라는데/v 이라던데/c 라던데/v 이라더니/c 라더니/v 이라더라/c 라더라/v 이라더라고요/c 라더라고요/v
"""


def _particles() -> tuple[Particle, ...]:
    kinds = {"c": AFTER_CONSONANT, "v": AFTER_VOWEL, "*": AFTER_ANY}
    found = []
    role = ""
    for line in _TABLE.strip().splitlines():
        head, colon, forms = line.partition(":")
        if colon:
            role = head.strip()
        for form in (forms if colon else line).split():
            text, after = form.rsplit("/", 1)
            found.append(Particle(text, kinds[after], role))
    return tuple(found)


PARTICLES = _particles()
_BY_FORM: dict[str, list[Particle]] = {}
for _particle in PARTICLES:
    _BY_FORM.setdefault(_particle.form, []).append(_particle)
_LONGEST = max(len(form) for form in _BY_FORM)

# A particle after a particle: 까지도, 에서만의, 만으로는, 측에서는 ...
_FOLLOWING = ("은", "는", "도", "만", "의", "을", "를", "이", "가", "과", "와", "으로", "로", "까지", "부터", "이다", "이나", "요", "서")

HONORIFICS = ("씨", "님", "군", "양", "옹", "선생님", "선배", "선배님", "언니", "오빠", "누나", "형", "형님", "배우님")
"""Words that follow a person's name directly and make sure that it is one."""

GLUED_NOUNS = ("측", "표", "팬", "팬들", "팀", "네", "들", "발", "급", "님들", "본인", "혼자", "등", "외", "포함", "역", "주연", "출연")
"""Nouns that writers put behind a name without a space."""


def has_final(character: str) -> bool | None:
    """Whether a character ends in a consonant as it is read; None when that cannot be told (most Latin words).

    Examples:
        >>> has_final("수"), has_final("한"), has_final("1"), has_final("X")
        (False, True, True, None)
    """
    code = ord(character) - 0xAC00
    if 0 <= code < 11172:
        return code % 28 != 0
    if character.isdigit():
        return character in "013678"
    if character in "AEIOUYaeiouy":
        return False
    return None


def ends_in_rieul(character: str) -> bool:
    """Whether a character ends in ㄹ, after which 로 stands instead of 으로."""
    code = ord(character) - 0xAC00
    return (0 <= code < 11172 and code % 28 == 8) or character in "178"


def fits(particle: Particle, before: str) -> bool:
    """Whether a particle can stand behind a word that ends in the character `before` (이 or 가, 을 or 를, ...)."""
    final = has_final(before)
    if particle.after == AFTER_ANY or final is None:
        return True
    if particle.form.startswith("로") and ends_in_rieul(before):
        return True
    if particle.form.startswith("으로") and ends_in_rieul(before):
        return False
    return final == (particle.after == AFTER_CONSONANT)


LONGEST_CHAIN = 16
"""Letters: no word has so many particles, and each is a call within the one before."""


@lru_cache(maxsize=65536)
def particle_chain(rest: str, before: str) -> tuple[str, str] | None:
    """Reads the rest of an eojeol behind a noun as particles.

    Args:
        rest: characters behind the noun, without punctuation.
        before: the noun's last character.

    Returns:
        (particles, role of the first), ("", "") for an empty rest, None when the rest is no chain of particles.

    Examples:
        >>> particle_chain("가", "유"), particle_chain("이", "유"), particle_chain("에서는", "항")
        (('가', 'subject'), None, ('에서는', 'place'))
    """
    if not rest or len(rest) > LONGEST_CHAIN:
        return ("", "") if not rest else None
    for length in range(min(len(rest), _LONGEST), 0, -1):
        for particle in _BY_FORM.get(rest[:length], ()):
            if fits(particle, before):
                more = rest[length:]
                if not more:
                    return rest, particle.role
                if any(more.startswith(form) for form in _FOLLOWING) and particle_chain(more, rest[length - 1]) is not None:
                    return rest, particle.role
    return None


@dataclass(frozen=True)
class Split:
    """An eojeol's noun and particle.

    Attributes:
        length: characters of the noun.
        josa: the particle, "" for none.
        role: what it says.
    """

    length: int
    josa: str
    role: str


_ONE_LETTER = {"이", "가", "은", "는", "을", "를", "의", "에", "도", "만", "로", "과", "와", "랑", "서"}


@lru_cache(maxsize=65536)
def split_particle(word: str) -> Split:
    """The longest particle at the end of an eojeol that leaves a noun of two characters or more (of one, before long particles).

    Examples:
        >>> split_particle("인천국제공항을"), split_particle("콘서트")
        (Split(length=6, josa='을', role='object'), Split(length=3, josa='', role=''))
    """
    for length in range(min(_LONGEST, len(word) - 1), 0, -1):
        form = word[-length:]
        stem = word[:-length]
        for particle in _BY_FORM.get(form, ()):
            if particle.role in ("vocative", "each", "choice") and length == 1:
                continue
            if particle.role == "copula" and length == 1:
                continue
            if length == 1 and form not in _ONE_LETTER:
                continue
            if len(stem) < 2 and length < 2:
                continue
            if fits(particle, stem[-1]) and (has_final(stem[-1]) is not None or (particle.after == AFTER_ANY and length > 1) or length > 1):
                return Split(len(stem), form, particle.role)
    return Split(len(word), "", "")
