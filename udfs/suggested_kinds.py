"""Words that say no kind of event by themselves, but of which it may be one (포착, 리허설장, 예고 화면): only learned weights weigh them.

A lexicon never holds all that a kind is told by, and a word that is told of many things cannot be a hint that rules count. Where the rules
find no kind, `udfs.event_choice` weighs these beside "none".
"""

from __future__ import annotations

from collections.abc import Sequence

from udfs.post_text import Reference, Tag, TextField
from udfs.what import names_anybody

MOST_READ = 4000
"""Letters of each text that are looked through: the first ones, so that a long text costs no more than its share."""
MOST = 24
"""Words of a post that are weighed: the first ones."""


def suggested_kinds(fields: Sequence[TextField], people: Sequence[Tag], reference: Reference) -> list[Tag]:
    """Tags of kind `what` that nothing but their word speaks for, each kind and word once.

    Args:
        fields: the post.
        people: whom it names; most kinds of event are nothing without a person.
        reference: lists, with the words that suggest each kind.
    """
    has_person = names_anybody(fields, people, reference)
    found: dict[tuple[str, str], Tag] = {}
    matches = ((text, match) for text in fields for match in reference.suggestions_pattern.finditer(text.text, 0, MOST_READ))
    for text, match in matches:
        word, span = match.group(), match.span()
        for kind in reference.suggestions.meanings[word]:
            if has_person or reference.kinds[kind].without_person:
                tag = Tag(text.name, text.position, "what", word, kind, *span, None, None, 0.0, None, False)
                found.setdefault((kind, word.replace(" ", "")), tag)
        if len(found) >= MOST:
            break
    return list(found.values())
