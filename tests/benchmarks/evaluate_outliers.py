"""How well photos that do not belong are found: events made of real photos, strongly changed, with foreign photos mixed in.

An event is one garment or person of ../shared/data/photos (outfits, people): views of one photo that differ in crop, light, colour,
size, compression and side. Foreign photos are views of other garments and persons: each of another, or all of one older event. Half of
the subjects (by the hash of their name) are for choosing thresholds (`--split tune`), the other half for the figures (`--split test`).

    python -m tests.benchmarks.evaluate_outliers --out tests/benchmarks/results/outliers.md
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image, ImageOps

from jobs.compose_timelines import timeline_policy
from jobs.embed_photos import read_bundle
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from tests.benchmarks import report
from tests.photo_rows import UNSAID
from udfs.photos import PhotoDescriber
from udfs.timeline import TimelinePolicy, judge_event

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos"
SIZES = (8, 12, 20, 40, 80, 200)
SHARES = (0.0, 0.1, 0.2, 0.3)


def subjects(split: str) -> list[Path]:
    """Photos of garments and persons of one half."""
    found = sorted(
        path
        for folder in ("outfits", "people")
        for path in (SHARED / folder).rglob("*")
        if path.suffix.lower() in (".jpg", ".jpeg", ".png")
    )
    return [path for path in found if (hashlib.sha256(path.name.encode()).digest()[0] % 2 == 0) == (split == "tune")]


def view(image: Image.Image, random: np.random.Generator) -> bytes:
    """The photo as another photographer would have taken, lit, scaled and compressed it."""
    width, height = image.size
    area, stretch = float(random.uniform(0.4, 1.0)) ** 0.5, float(random.uniform(0.85, 1.18))
    wide, high = min(width, round(width * area * stretch)), min(height, round(height * area / stretch))
    left, top = int(random.integers(0, width - wide + 1)), int(random.integers(0, height - high + 1))
    cropped = image.crop((left, top, left + wide, top + high))
    if random.random() < 0.5:
        cropped = ImageOps.mirror(cropped)
    side = int(random.integers(140, 480))
    cropped.thumbnail((side, side))
    light = np.asarray(cropped, dtype=np.float32) / 255 * random.uniform(0.55, 1.4) * random.uniform(0.88, 1.13, 3).astype(np.float32)
    lit = Image.fromarray((np.clip(light, 0, 1) ** random.uniform(0.75, 1.35) * 255).astype(np.uint8))
    out = io.BytesIO()
    lit.save(out, "JPEG", quality=int(random.integers(40, 92)))
    return out.getvalue()


def described_views(split: str, most: int, few: int, large: int, settings: Settings) -> dict[str, pd.DataFrame]:
    """Views of every subject with their features: `large` of a few subjects, `few` of all others, at most `most` subjects."""
    describer = PhotoDescriber(replace(read_bundle(settings), parts=frozenset({"labels", "people"})))
    chosen = sorted(subjects(split), key=lambda path: hashlib.sha256(path.name.encode()).hexdigest())[:most]
    views = {}
    for number, path in enumerate(chosen):
        random = np.random.default_rng(int(hashlib.sha256(path.name.encode()).hexdigest()[:8], 16))
        image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        image.thumbnail((900, 900))
        rows = []
        for _ in range(large if number < 3 else few):
            content = view(image, random)
            row = describer.describe(content, Image.open(io.BytesIO(content)).size)
            rows.append({name: row[name] for name in ("embedding", "appearance", "people", "photo_type", "error")})
        views[path.stem] = pd.DataFrame(rows)
    return views


def make_event(views: dict[str, pd.DataFrame], size: int, share: float, random: np.random.Generator) -> pd.DataFrame | None:
    """An event of `size` photos; the column `foreign` says which do not belong. None when no subject has enough views."""
    strange = round(size * share)
    able = [name for name, rows in views.items() if len(rows) >= size - strange]
    if not able:
        return None
    own = able[int(random.integers(len(able)))]
    others = [name for name in views if name != own]
    one_source = random.random() < 0.3
    sources = [others[int(random.integers(len(others)))]] * strange if one_source else list(random.choice(others, strange))
    rows = [views[own].sample(size - strange, random_state=int(random.integers(1 << 30)))]
    used: defaultdict[str, int] = defaultdict(int)
    for name in sources:
        rows.append(views[name].iloc[[used[name] % len(views[name])]])
        used[name] += 1
    event = pd.concat(rows, ignore_index=True)
    event["foreign"] = [False] * (size - strange) + [True] * strange
    outlets = [[f"press{random.integers(max(2, size // 4))}"] for _ in range(size - strange)] + [[f"press{random.integers(2)}"]] * strange
    return event.assign(
        photo_id=[f"p{number:04d}" for number in random.permutation(size)],
        quality=0.8,
        face=0.5,
        relevance=0.9,
        outlets=outlets,
        **UNSAID,
    )


def figures(views: dict[str, pd.DataFrame], policy: TimelinePolicy, repeats: int, seed: int) -> pd.DataFrame:
    """One row an event: size, share, foreign, found, right (found and foreign)."""
    random = np.random.default_rng(seed)
    rows = []
    for size in SIZES:
        for share in SHARES:
            for _ in range(repeats):
                event = make_event(views, size, share, random)
                if event is None:
                    continue
                judged = judge_event(event, policy).set_index("photo_id")["verdict"]
                found = event["photo_id"].map(judged).isin(["outlier", "irrelevant"]).to_numpy()
                foreign = event["foreign"].to_numpy()
                rows.append((size, share, int(foreign.sum()), int(found.sum()), int((found & foreign).sum())))
    return pd.DataFrame(rows, columns=["photos", "share", "foreign", "found", "right"])


def summary(rows: pd.DataFrame) -> list[str]:
    """Lines of a Markdown table: precision, recall by size; false alarms on clean events."""
    lines = ["| photos | events | precision | recall | false alarms on clean events |", "| --- | --- | --- | --- | --- |"]
    for name, part in [*((str(size), rows[rows["photos"] == size]) for size in SIZES), ("all", rows)]:
        mixed, clean = part[part["share"] > 0], part[part["share"] == 0]
        if part.empty:
            continue
        precision = mixed["right"].sum() / max(mixed["found"].sum(), 1)
        recall = mixed["right"].sum() / max(mixed["foreign"].sum(), 1)
        alarms = clean["found"].sum() / max(clean["photos"].sum(), 1)
        lines.append(f"| {name} | {len(part)} | {precision:.3f} | {recall:.3f} | {alarms:.4f} |")
    return lines


def distances(views: dict[str, pd.DataFrame]) -> str:
    """Quantiles of 1 - cosine within and between subjects, for both descriptors."""
    lines = []
    for column in ("appearance", "embedding"):
        vectors, owners = [], []
        for name, rows in views.items():
            for vector in rows[column].dropna()[:8]:
                vectors.append(np.asarray(vector, dtype=np.float32))
                owners.append(name)
        if len(vectors) < 3:
            continue
        matrix: NDArray[np.float32] = np.stack(vectors)
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        apart = 1 - matrix @ matrix.T
        same = np.array(owners)[:, None] == np.array(owners)[None, :]
        upper = np.triu(np.ones_like(same), 1)
        within, between = apart[same & upper], apart[~same & upper]
        lines.append(
            f"{column}: within {np.quantile(within, [0.05, 0.5, 0.9, 0.95, 0.99]).round(3)} "
            f"between {np.quantile(between, [0.01, 0.05, 0.1, 0.5]).round(3)}"
        )
    return "\n".join(lines)


def main() -> int:
    """Measures and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--split", choices=["tune", "test"], default="test")
    parser.add_argument("--subjects", type=int, default=60)
    parser.add_argument("--views", type=int, default=30)
    parser.add_argument("--large", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="file in which described views are kept between runs")
    parser.add_argument("--set", action="append", default=[], help="setting, such as timelines.same_look=0.4")
    options = parser.parse_args()
    settings = load_settings(RunSettings(lake="", run_id="", now=parse_clock(None)), overrides=options.set)
    if options.keep and options.keep.exists():
        views = pd.read_pickle(options.keep)
    else:
        views = described_views(options.split, options.subjects, options.views, options.large, settings)
        if options.keep:
            pd.to_pickle(views, options.keep)
    rows = figures(views, timeline_policy(settings.timelines, settings.copies.photo_threshold), options.repeats, options.seed)
    lines = summary(rows)
    seen = np.mean([rows["appearance"].notna().mean() for rows in views.values()])
    sys.stdout.write("\n".join([*lines, distances(views), f"photos with somebody seen: {seen:.2f}"]) + "\n")
    report.write(
        options.out, "Photos that do not belong, on real photos", __doc__, lines, note=f"Split {options.split}, seed {options.seed}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
