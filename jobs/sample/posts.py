"""What the makers of texts and photos hand to the writer: posts, photos to be drawn, and the truth about both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

People = tuple[tuple[int, str, int], ...]
"""Who is seen, from left to right: seed of the person, gender, seed of the look."""


@dataclass(frozen=True)
class PlannedPhoto:
    """One photo to be drawn, and the truth about it.

    Attributes:
        stem: name of the file below photos/, without its ending.
        scene: scene of the drawing.
        seed: background or style.
        shot: pose and framing, or which dish.
        people: who is seen.
        framing: full, half, close or back.
        size: width and height, pixels.
        step: frame of a burst.
        defect: how the drawn photo is spoiled, or "".
        copy_of: stem of the photo that this is an edited copy of, or "".
        copy_kind: what the edit is.
        event: truth event in whose posts it stands, or "".
        place_id: place in whose reviews it stands, or "".
        topic: true topic for a place, or "".
        look: true look within the event, or "".
        belongs: whether it shows that event or place.
        outlier_kind: why it does not belong, or "".
        same_as: stem of the photo whose very file this is, standing in a post about another event, or "".
    """

    stem: str
    scene: str
    seed: int
    shot: int = 0
    people: People = ()
    framing: str = "half"
    size: tuple[int, int] = (480, 640)
    step: int = 0
    defect: str = ""
    copy_of: str = ""
    copy_kind: str = ""
    event: str = ""
    place_id: str = ""
    topic: str = ""
    look: str = ""
    belongs: bool = True
    outlier_kind: str = ""
    same_as: str = ""

    def truth(self, uris: Mapping[str, str]) -> dict[str, Any]:
        """The row of truth/photos.jsonl."""
        return {
            "uri": uris[self.stem],
            "event": self.event or None,
            "place_id": self.place_id or None,
            "topic": self.topic or None,
            "scene": self.scene,
            "look": self.look or None,
            "copy_of": uris[self.copy_of] if self.copy_of else None,
            "copy_kind": self.copy_kind or None,
            "defect": self.defect or None,
            "belongs": self.belongs,
            "outlier_kind": self.outlier_kind or None,
        }


@dataclass
class Post:
    """One post with the truth about it; `photos` holds (stem, caption, offset)."""

    post_id: str
    service: str
    url: str
    title: str
    paragraphs: list[str]
    published_at: datetime
    press: str
    place_id: str | None = None
    photos: list[tuple[str, str, int]] = field(default_factory=list)  # (stem, caption, paragraph after which it stands)
    events: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    time: str | None = None
    place: str | None = None
    kind: str | None = None
    copy_group: str = ""
    id_missing: bool = False

    def row(self, uris: Mapping[str, str]) -> dict[str, Any]:
        """The row of posts/*.jsonl, with every photo's offset in the body."""
        ends, position = [], 0
        for paragraph in self.paragraphs:
            position += len(paragraph)
            ends.append(position)
            position += 2
        photos = [
            {"uri": uris[stem], "caption": caption, "offset": ends[min(after, len(ends) - 1)] if ends else 0}
            for stem, caption, after in self.photos
            if stem in uris
        ]
        row: dict[str, Any] = {} if self.id_missing else {"post_id": self.post_id}
        row.update(
            service=self.service,
            url=self.url,
            title=self.title,
            body="\n\n".join(self.paragraphs),
            published_at=self.published_at.isoformat(),
            press=self.press,
        )
        if self.place_id:
            row["place_id"] = self.place_id
        row["photos"] = photos
        return row

    def truth(self) -> dict[str, Any]:
        """The row of truth/posts.jsonl; `post_id` is null where the landing row has none and the url tells the post."""
        return {
            "post_id": None if self.id_missing else self.post_id,
            "url": self.url,
            "events": list(self.events),
            "about": list(self.about),
            "mentions": list(self.mentions),
            "time": self.time,
            "place": self.place,
            "kind": self.kind,
            "copy_group": self.copy_group,
            "place_id": self.place_id,
        }


def opaque(seed: str) -> str:
    """An id that tells nothing about the event it belongs to."""
    return blake2b(seed.encode(), digest_size=6).hexdigest()


def json_line(row: Mapping[str, Any]) -> str:
    """One line of JSON, Korean readable."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
