"""Wrong and broken rows and files, one of each kind at least, each planted one written down for the truth."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from jobs.sample.posts import json_line
from jobs.sample.world import REFERENCE_TIME

TITLES = ("[포토] 오늘의 한 장", "주말 소식 모음", "현장 스케치", "짧은 소식", "거리 풍경")
BODY = "확인되지 않은 원고이다. 편집부에서 다시 보낼 예정이다."


@dataclass(frozen=True)
class Planted:
    """One planted defect: a line of posts (with or without a photo file), and what the truth says of it.

    Attributes:
        line: line of the posts file.
        record: text by which the rejected record is known.
        kind: kind of defect.
        source: what is rejected: the post or a photo.
    """

    line: str
    record: str
    kind: str
    source: str


def broken_rows(seed: int, posts: int, folder: Path, *, photos: bool) -> list[Planted]:
    """Defects of every kind, about one in 150 posts and at least one of each; writes the broken photo files into `folder`.

    Args:
        seed: seed of the sample.
        posts: size of the sample.
        folder: landing folder.
        photos: whether defects of photos are planted too.
    """
    rng = random.Random(f"broken/{seed}")
    makers = _POST_DEFECTS
    planted = []
    rounds = max(1, min(40, posts // (150 * (len(makers) + len(PHOTO_DEFECTS)))))
    for turn in range(rounds):
        for kind in makers:
            planted += _broken_post(kind, f"{turn:03d}", rng)
        if photos:
            for kind in PHOTO_DEFECTS:
                planted.append(_broken_photo(kind, f"{turn:03d}", folder, rng))
    return planted


def _row(post_id: str, rng: random.Random) -> dict[str, Any]:
    published = REFERENCE_TIME - timedelta(minutes=rng.randint(1_000, 150_000))
    return {
        "post_id": post_id,
        "service": "news",
        "url": f"https://news90.example/article/{post_id}",
        "title": rng.choice(TITLES),
        "body": BODY,
        "published_at": published.isoformat(),
        "press": "소담일보",
        "photos": [],
    }


_POST_DEFECTS = (
    "no_title_and_body",
    "bad_date",
    "date_missing",
    "unknown_service",
    "not_json",
    "no_id_and_no_url",
    "duplicate_id",
    "photos_not_a_list",
    "title_not_text",
)


def _broken_post(kind: str, turn: str, rng: random.Random) -> list[Planted]:
    post_id = f"broken-{kind.replace('_', '-')}-{turn}"
    row = _row(post_id, rng)
    if kind == "no_title_and_body":
        row.update(title="", body="   ")
    elif kind == "bad_date":
        row["published_at"] = rng.choice(("2026년 3월의 어느 날", "2026-13-45T99:00:00+09:00", "어제 오후"))
    elif kind == "date_missing":
        row["published_at"] = None
    elif kind == "unknown_service":
        row["service"] = rng.choice(("cafe", "뉴스", "sns"))
    elif kind == "not_json":
        return [Planted(json_line(row)[:-30] + "\n", post_id, kind, "posts")]
    elif kind == "no_id_and_no_url":
        row.update(title=f"{row['title']} {post_id}")
        del row["post_id"], row["url"]
    elif kind == "duplicate_id":
        other = dict(row, body=BODY + " 본문이 다른 두 번째 원고이다.", url=row["url"] + "/2")
        return [Planted(json_line(row), post_id, kind, "posts"), Planted(json_line(other), post_id, kind, "posts")]
    elif kind == "photos_not_a_list":
        row["photos"] = "photos/none.jpg"
    elif kind == "title_not_text":
        row["title"] = {"ko": "제목이 글이 아님"}
    return [Planted(json_line(row), post_id, kind, "posts")]


PHOTO_DEFECTS = ("photo_missing", "not_an_image", "truncated_image", "decompression_bomb", "empty_file", "wrong_signature")


def _broken_photo(kind: str, turn: str, folder: Path, rng: random.Random) -> Planted:
    """A sound post with one broken photo: the post stays, the photo is rejected."""
    uri = f"photos/broken/{kind}-{turn}.{'png' if kind == 'decompression_bomb' else 'jpg'}"
    row = _row(f"sound-{kind.replace('_', '-')}-{turn}", rng)
    row["body"] = f"{BODY} 사진 점검용 원고 {turn}."
    row["photos"] = [{"uri": uri, "caption": "현장", "offset": 0}]
    content = _broken_bytes(kind, rng)
    if content is not None:
        path = folder / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Planted(json_line(row), uri, kind, "photos")


def _broken_bytes(kind: str, rng: random.Random) -> bytes | None:
    if kind == "photo_missing":
        return None
    if kind == "empty_file":
        return b""
    if kind == "not_an_image":
        return f"<html><body><h1>404 Not Found</h1><p>{rng.random()}</p></body></html>\n".encode()
    if kind == "wrong_signature":
        return b"\xff\xd8\xff\xe0" + rng.randbytes(900)
    if kind == "decompression_bomb":
        return _bomb(rng.randrange(2**16))
    return _cut_jpeg(rng)


def _bomb(mark: int) -> bytes:
    """A PNG of 60,000 x 60,000 pixels in its header and a few bytes in its body."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"tEXt", b"n\x00" + str(mark).encode())
        + chunk(b"IDAT", zlib.compress(bytes(60_000)))
        + chunk(b"IEND", b"")
    )


def _cut_jpeg(rng: random.Random) -> bytes:
    """The first fifth of a JPEG file."""
    import io

    from PIL import Image

    image = Image.frombytes("RGB", (160, 120), rng.randbytes(160 * 120 * 3))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()[: len(buffer.getvalue()) // 5]


BROKEN_REFERENCE_ROWS: Sequence[tuple[str, str, str, str]] = (  # file, line, record, kind
    ("celebrities.csv", "c9998,,,,배우", "c9998", "celebrity_without_name"),
    ("celebrities.csv", ",이름만있음,,,가수", "이름만있음", "celebrity_without_id"),
    ("places.csv", "p9998,이상한집,,laundry,서울 어딘가 1,", "p9998", "place_of_unknown_service"),
    ("corrections.jsonl", '{"action":"paint_photo","event_id":"e-none","photo_id":"none"}', "paint_photo", "unknown_correction"),
)
