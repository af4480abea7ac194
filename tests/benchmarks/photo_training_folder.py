"""Makes the landing folder and the labels from which the shipped photo heads were learned.

Photos that may be learned from: the CC0 garments and the MIT people photos beside the checkout, and photos drawn by `jobs.sample.drawing`.
A fifth of the garments and of the people (by the hash of the file's name) is left out, for `tests.benchmarks.outfit_pairs`.

    python -m tests.benchmarks.photo_training_folder --photos ../shared/data/photos --out DIR
    hwabo ingest_posts --landing DIR --lake LAKE && hwabo embed_photos --lake LAKE
    hwabo train_photo_models --lake LAKE --set training.photo_labels=DIR/labels.csv --set training.photo_heads=conf/models/photo_heads.npz
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo

EVENTS = ("airport", "stage", "press_wall", "red_carpet", "street", "broadcast_building", "studio", "cafe", "sign_table", "festival")
SCENE_TYPES = {
    "food": "food", "menu": "menu", "interior": "interior", "exterior": "exterior", "procedure": "procedure", "result": "result",
    "view": "view", "landmark": "exterior", "night_view": "view", "logo": "document", "poster": "document", "chart": "document",
}  # fmt: skip


def unseen(path: Path) -> bool:
    """Whether a photo is kept from training, for the figures."""
    return hashlib.sha256(path.name.encode()).digest()[0] % 5 == 0


def drawn(each: int, looks: int) -> Iterator[tuple[str, Image.Image, str, str]]:
    """(name, picture, type, subject) of drawn photos: scenes without people, and one person in several shots with one look."""
    for scene, kind in SCENE_TYPES.items():
        for number in range(each):
            yield f"drawn/{scene}-{number}.jpg", draw_photo(PhotoSpec(scene, 9000 + number, number, (), "full", (360, 480))), kind, ""
    for look in range(looks):
        person = Person(9000 + look, "female" if look % 2 else "male")
        scene = EVENTS[look % len(EVENTS)]
        for shot, framing in enumerate(("full", "half", "close")):
            spec = PhotoSpec(scene, 9000 + look, shot, ((person, Look(9000 + look)),), framing, (360, 480))
            yield f"drawn/look-{look}-{shot}.jpg", draw_photo(spec), "stage" if scene == "stage" else "person", f"look-{look}"


def make(photos: Path, out: Path, *, each: int, looks: int) -> int:
    """Writes the folder; returns how many photos it holds."""
    rows: list[tuple[str, str, str]] = []
    for group, kind in (("outfits", ""), ("people", "")):
        for path in sorted((photos / group).rglob("*.jp*g")):
            if unseen(path):
                continue
            name = path.relative_to(photos).as_posix()
            (out / "photos" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, out / "photos" / name)
            rows.append((name, kind, ""))
    for name, picture, kind, subject in drawn(each, looks):
        target = out / "photos" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=90)
        target.write_bytes(buffer.getvalue())
        rows.append((name, kind, subject))
    with (out / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("uri", "type", "subject"))
        writer.writerows(row for row in rows if row[1] or row[2])
    (out / "posts").mkdir(exist_ok=True)
    with (out / "posts" / "posts.jsonl").open("w", encoding="utf-8") as file:
        for number in range(0, len(rows), 20):
            named = [{"uri": f"photos/{row[0]}", "caption": "", "offset": 0} for row in rows[number : number + 20]]
            post = {
                "post_id": f"training-{number}", "service": "blog", "url": f"https://example.com/{number}", "title": "사진 모음",
                "body": "학습에 쓰는 사진을 모았다.", "published_at": "2026-01-01T00:00:00+09:00", "press": "", "photos": named,
            }  # fmt: skip
            file.write(json.dumps(post, ensure_ascii=False) + "\n")
    (out / "celebrities.csv").write_text("celebrity_id,name,aliases,groups,occupation\n", encoding="utf-8")
    (out / "places.csv").write_text("place_id,name,aliases,service,address,reference_photos\n", encoding="utf-8")
    return len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=Path, required=True, help="folder with outfits/ and people/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--each", type=int, default=8, help="drawn photos of each scene")
    parser.add_argument("--looks", type=int, default=50, help="drawn looks, three photos each")
    options = parser.parse_args()
    print(make(options.photos, options.out, each=options.each, looks=options.looks), "photos")


if __name__ == "__main__":
    main()
