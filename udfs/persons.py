"""People who are not on the list of celebrities, and the words that say what people do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from udfs.korean_particles import particle_chain
from udfs.korean_words import SURNAMES
from udfs.post_text import Reference, Tag, TextField

_REST = re.compile(r"[가-힣A-Za-z0-9]{0,20}")
_NAME_BEHIND_WORD = re.compile(
    rf" (?<=[가-힣]{{2}} )((?:[{SURNAMES}]|남궁|선우|황보|제갈)[가-힣]{{1,2}})(?=[^가-힣]|은|는|이|가|을|를|의|과|와|도|에게|씨|$)"
)
_LONGEST_TITLE = 6
_TITLE_BEFORE = re.compile(rf"[가-힣]{{2,{_LONGEST_TITLE}}}$")
_TITLES = "기자|감독|작가|PD|대표|교수|의원|아나운서|씨"
_PERSON_BEFORE_TITLE = re.compile(
    rf"(?<![가-힣])((?:[{SURNAMES}]|남궁|선우|황보|제갈)[가-힣]{{1,2}}) ?({_TITLES})(?![가-힣]*(?:회견|간담))"
)
_TITLE_SIGN = re.compile(_TITLES)
"""What every match of `_PERSON_BEFORE_TITLE` holds."""


def tag_persons(fields: Sequence[TextField], known: Sequence[Tag], reference: Reference) -> list[Tag]:
    """Rows of kind `person`: people who are not on the list, by the annotator or by an occupation beside a name."""
    tags: dict[tuple[str, int | None, int], Tag] = {}
    taken = {(tag.field, tag.photo_position, position) for tag in known for position in range(tag.begin, tag.end)}

    def add(text: TextField, begin: int, end: int, score: float) -> None:
        surface = text.text[begin:end]
        free = not any((text.name, text.position, position) in taken for position in range(begin, end))
        if free and len(surface) > 1 and not any(meaning for meaning in reference.names.meanings.get(surface, ())):
            rest = _REST.match(text.text, end).group(0)  # type: ignore[union-attr]
            chain = particle_chain(rest, surface[-1]) or ("", "")
            tags.setdefault(
                (text.name, text.position, begin),
                Tag(text.name, text.position, "person", surface, surface, begin, end, chain[0] or None, chain[1] or None, score),
            )

    ends = reference.occupation_ends
    for text in fields:
        for begin, end, kind in text.entities:
            if kind == "PS":
                add(text, begin, end, 0.8)
        read = 0
        for match in _NAME_BEHIND_WORD.finditer(text.text):
            blank = match.start()
            if blank < read + 2:
                continue  # the word before is the name behind another one
            behind, read = read, match.end()
            if text.text[blank - 2 : blank] not in ends:
                continue
            title = _TITLE_BEFORE.search(text.text, max(behind, blank - _LONGEST_TITLE), blank)
            if title is not None and title.group() in reference.occupations:
                begin = match.start(1)
                add(text, begin, begin + len(_without_particle(match.group(1), text.text[read : read + 1])), 0.6)
        for match in _PERSON_BEFORE_TITLE.finditer(text.text) if _TITLE_SIGN.search(text.text) else ():
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
    for text in fields if beside else ():
        for word in text.words:
            surface = text.text[word.begin : word.stem_end]
            if surface in reference.occupations:
                near = any((text.name, text.position, place) in beside for place in (word.end, word.end + 1, word.begin, word.begin - 1))
                if near:
                    value = sorted(reference.occupations[surface])[0]
                    tags.append(
                        Tag(
                            text.name,
                            text.position,
                            "occupation",
                            surface,
                            value,
                            word.begin,
                            word.stem_end,
                            word.josa or None,
                            word.role or None,
                            1.0,
                        )
                    )
    return tags
