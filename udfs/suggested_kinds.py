"""Words that say no kind of event by themselves, but of which it may be one (포착, 리허설장, 예고 화면): only learned weights weigh them.

A lexicon never holds all that a kind is told by, and a word that is told of many things cannot be a hint that rules count. Where the rules
find no kind, `udfs.event_choice` weighs these beside "none".
"""

from __future__ import annotations

from collections.abc import Sequence

from udfs.post_text import Reference, Tag, TextField

MOST_READ = 4000
"""Letters of each text that are looked through: the first ones, so that a long text costs no more than its share."""
MOST = 24
"""Words of a post that are weighed: the first ones."""


def suggested_kinds(fields: Sequence[TextField], reference: Reference, *, has_person: bool) -> list[Tag]:
    """Tags of kind `what` that nothing but their word speaks for, each kind and word once.

    Args:
        fields: the post.
        reference: lists, with the words that suggest each kind.
        has_person: whether the post names anybody; most kinds of event are nothing without a person.
    """
    found: dict[tuple[str, str], Tag] = {}
    pattern = reference.suggestions_pattern
    if pattern is None:
        return []
    for text in fields:
        for match in pattern.finditer(text.text, 0, MOST_READ):
            form = match.group().replace(" ", "")
            for kind in reference.suggestions[form]:
                if (has_person or reference.kinds[kind].without_person) and (kind, form) not in found:
                    span = match.span()
                    found[kind, form] = Tag(text.name, text.position, "what", match.group(), kind, *span, None, None, 0.0, None, False)
            if len(found) >= MOST:
                return list(found.values())
    return list(found.values())
