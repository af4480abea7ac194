"""A small finished lake for tests of what reads results: two celebrities, four events, two places, drawn photos."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from pyspark.sql import SparkSession

from jobs.lake import Lake
from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo
from jobs.settings import Settings
from jobs.tables import TABLES

SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True)
class SmallLake:
    """A written lake: its settings, and the photos of its events and places, in the order of their ranks."""

    settings: Settings
    photos: dict[str, list[str]]


def at(month: int, day: int, hour: int = 0) -> datetime:
    """A time of 2026 in Seoul."""
    return datetime(2026, month, day, hour, tzinfo=SEOUL)


def write_rows(spark: SparkSession, settings: Settings, table: str, rows: list[Mapping[str, Any]]) -> None:
    """Appends rows to a table; columns that a row does not name are null."""
    schema = TABLES[table].schema
    values = [tuple(row.get(name) for name in schema.fieldNames()) for row in rows]
    Lake(spark, settings.run.lake).append(table, spark.createDataFrame(values, schema).coalesce(1))


def drawn(spec: PhotoSpec) -> dict[str, Any]:
    """A row of `photos`; the file carries a comment and a place in its EXIF, which must go nowhere."""
    image, buffer = draw_photo(spec), BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "SECRET-DESCRIPTION"
    exif.get_ifd(0x8825)[1] = "N"
    image.save(buffer, "JPEG", quality=85, exif=exif, comment=b"SECRET-COMMENT")
    content = buffer.getvalue()
    photo_id = hashlib.sha256(content).hexdigest()
    return {"photo_id": photo_id, "uri": "x.jpg", "content": content, "format": "JPEG", "width": 240, "height": 320, "bytes": len(content)}


def write_small_lake(spark: SparkSession, settings: Settings) -> dict[str, list[str]]:
    """Writes the lake and returns the ids of the photos of each event and place, in the order of their ranks."""
    people = ((Person(3, "female"), Look(4)),)
    plans = {
        "airport": [PhotoSpec("airport", 1, shot, people, "half", (240, 320)) for shot in range(3)],
        "stage": [PhotoSpec("stage", 2, shot, people, "full", (240, 320)) for shot in range(2)],
        "food": [PhotoSpec("food", 3, shot, size=(240, 320)) for shot in range(2)],
        "menu": [PhotoSpec("menu", 3, 0, size=(240, 320))],
    }
    photos = {name: [drawn(spec) for spec in specs] for name, specs in plans.items()}
    ids = {name: [photo["photo_id"] for photo in rows] for name, rows in photos.items()}
    write_rows(spark, settings, "photos", [photo for rows in photos.values() for photo in rows])
    write_rows(
        spark,
        settings,
        "celebrities",
        [
            {"celebrity_id": "c1", "name": "윤서아", "aliases": ["서아", "Yoon Seo-a"], "groups": ["루미엘"], "occupation": "가수"},
            {"celebrity_id": "c2", "name": "비", "aliases": [], "groups": [], "occupation": "배우"},
        ],
    )
    write_rows(
        spark,
        settings,
        "places",
        [
            {
                "place_id": "p1",
                "name": "한강국밥",
                "aliases": ["한강 국밥집"],
                "service": "restaurant",
                "address": "서울 마포구 합정동 12",
                "reference_photos": [],
            },
            {
                "place_id": "p2",
                "name": "살롱 드 문",
                "aliases": [],
                "service": "salon",
                "address": "서울 강남구 역삼동 3",
                "reference_photos": [],
            },
        ],
    )
    write_rows(
        spark,
        settings,
        "events",
        [
            _event(
                "e1",
                "c1",
                "airport_departure",
                "윤서아, 인천국제공항 출국",
                "인천국제공항",
                at(3, 12, 14),
                ["베이지 코트", "파리"],
                posts=4,
                photos=4,
            ),
            _event("e2", "c1", "concert", "윤서아, 콘서트", "고척스카이돔", at(3, 14, 18), ["앙코르"], posts=2, photos=2),
            _event("e3", "c2", "airport_departure", "비, 김포국제공항 출국", "김포국제공항", at(2, 1, 9), [], posts=1, photos=0),
            _event("e4", "c2", "fan_meeting", "비, 팬미팅", None, at(4, 2, 19), ["예매"], posts=1, photos=0, upcoming=True),
        ],
    )
    write_rows(
        spark,
        settings,
        "posts",
        [
            {
                "post_id": "n1",
                "service": "news",
                "url": "https://news.example/1",
                "title": "윤서아 출국",
                "body": "윤서아가 인천공항에서 출국했다.",
                "published_at": at(3, 12, 15),
                "press": "한빛일보",
            },
        ],
    )
    write_rows(spark, settings, "event_posts", [{"event_id": "e1", "post_id": "n1", "score": 0.9}])
    write_rows(
        spark,
        settings,
        "text_tags",
        [
            {
                "post_id": "n1",
                "field": "body",
                "kind": "where",
                "surface": "인천공항",
                "value": "인천국제공항",
                "begin": 5,
                "end": 9,
                "josa": "에서",
                "role": "place",
                "score": 1.0,
                "is_event": True,
            },
        ],
    )
    airport, stage, food, menu = ids["airport"], ids["stage"], ids["food"], ids["menu"]
    write_rows(
        spark,
        settings,
        "event_photos",
        [
            _shown("e1", airport[0], 1, "베이지 코트를 입은 윤서아가 인천공항에서 걷고 있다", ["베이지 코트", "공항", "선글라스"]),
            _shown("e1", airport[1], 2, "공항에서 손을 흔드는 <b>윤서아</b>", ["베이지 코트", "손 인사"]),
            {
                "event_id": "e1",
                "photo_id": airport[2],
                "verdict": "copy",
                "reason": "같은 사진의 사본입니다",
                "relevance": 0.9,
                "quality": 0.4,
                "copy_of": airport[0],
                "tags": [],
            },
            {
                "event_id": "e1",
                "photo_id": menu[0],
                "verdict": "outlier",
                "reason": "다른 행사의 사진입니다",
                "relevance": 0.2,
                "quality": 0.6,
                "tags": [],
            },
            _shown("e2", stage[0], 1, "무대에서 노래하는 윤서아", ["무대", "마이크"]),
            {
                "event_id": "e2",
                "photo_id": stage[1],
                "verdict": "low_quality",
                "reason": "흔들린 사진입니다",
                "relevance": 0.9,
                "quality": 0.1,
                "tags": [],
            },
        ],
    )
    write_rows(
        spark,
        settings,
        "place_topics",
        [
            {"place_id": "p1", "topic": "food", "rank": 1, "title": "음식", "keywords": ["국밥", "수육"], "photos": 2},
            {"place_id": "p1", "topic": "menu", "rank": 2, "title": "메뉴판", "keywords": ["가격"], "photos": 1},
        ],
    )
    write_rows(
        spark,
        settings,
        "place_photos",
        [
            {
                "place_id": "p1",
                "photo_id": food[0],
                "topic": "food",
                "rank": 1,
                "verdict": "kept",
                "reason": "음식이 잘 보입니다",
                "quality": 0.9,
                "caption": "뜨끈한 국밥",
                "tags": ["국밥"],
            },
            {
                "place_id": "p1",
                "photo_id": food[1],
                "topic": "food",
                "rank": 2,
                "verdict": "kept",
                "reason": "다른 음식입니다",
                "quality": 0.8,
                "caption": "수육 한 접시",
                "tags": ["수육"],
            },
            {
                "place_id": "p1",
                "photo_id": menu[0],
                "topic": "menu",
                "rank": 1,
                "verdict": "kept",
                "reason": "메뉴판입니다",
                "quality": 0.7,
                "caption": "메뉴판",
                "tags": ["메뉴판"],
            },
        ],
    )
    write_rows(
        spark,
        settings,
        "photo_tags",
        [
            {"photo_id": airport[0], "tag": "베이지 코트", "source": "text", "score": 0.9},
            {"photo_id": airport[0], "tag": "공항", "source": "visual", "score": 0.8},
            {"photo_id": airport[0], "tag": "베이지 코트를 입은 윤서아가 인천공항에서 걷고 있다", "source": "caption", "score": 1.0},
            {"photo_id": airport[2], "tag": "공항", "source": "visual", "score": 0.9},
            {"photo_id": food[0], "tag": "국밥", "source": "text", "score": 1.0},
            {"photo_id": stage[0], "tag": "무대", "source": "visual", "score": 0.7},
        ],
    )
    return ids


def _event(
    event_id: str, celebrity_id: str, kind: str, title: str, place: str | None, starts_at: datetime, keywords: list[str], **more: Any
) -> dict[str, Any]:
    row = {"event_id": event_id, "celebrity_id": celebrity_id, "kind": kind, "title": title, "place": place, "starts_at": starts_at}
    return {**row, "ends_at": starts_at, "keywords": keywords, "upcoming": False, "precision": "hour", **more}


def _shown(event_id: str, photo_id: str, rank: int, caption: str, tags: list[str]) -> dict[str, Any]:
    row = {"event_id": event_id, "photo_id": photo_id, "rank": rank, "verdict": "kept", "reason": "선명하고 내용에 맞습니다"}
    return {**row, "relevance": 0.9, "quality": 0.8, "caption": caption, "tags": tags, "look": 1, "gain": 1.0}
