"""Writes small landing folders for the tests."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

CELEBRITIES = "celebrity_id,name,aliases,groups,occupation\nc1,한가람,가람,새벽별,가수\nc2,비,,,가수\n"
PLACES = "place_id,name,aliases,service,address,reference_photos\np1,달빛식당,,restaurant,서울 마포구,photos/red.jpg\n"


def jpeg(colour: str, size: tuple[int, int] = (64, 48)) -> bytes:
    """A small plain photo."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "JPEG", quality=90)
    return stream.getvalue()


def post(post_id: str | None = "n1", **fields: object) -> dict[str, object]:
    """A usable post; fields given as None are left out."""
    record: dict[str, object] = {
        "post_id": post_id,
        "service": "news",
        "url": f"https://news.example/{post_id}",
        "title": "가수 한가람, 22일 인천공항 출국",
        "body": "가수 한가람이 22일 오후 인천국제공항을 통해 출국했다.",
        "published_at": "2026-03-22T15:00:00+09:00",
        "press": "한밭일보",
        "photos": [],
        **fields,
    }
    return {name: value for name, value in record.items() if value is not None}


def write_landing(
    folder: Path,
    posts: Sequence[Mapping[str, object] | str],
    *,
    file: str = "posts/a.jsonl",
    photos: Mapping[str, bytes] | None = None,
    celebrities: str = CELEBRITIES,
    places: str = PLACES,
    corrections: Sequence[Mapping[str, object] | str] | None = None,
) -> Path:
    """Writes a landing folder; a post given as text is written as it is."""
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in posts]
    text = "".join(line + "\n" for line in lines).encode()
    target = folder / file
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text, mtime=0) if file.endswith(".gz") else text)
    for name, content in {"photos/red.jpg": jpeg("red"), **(photos or {})}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "celebrities.csv").write_text(celebrities, encoding="utf-8")
    (folder / "places.csv").write_text(places, encoding="utf-8")
    if corrections is not None:
        rows = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in corrections]
        (folder / "corrections.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder
