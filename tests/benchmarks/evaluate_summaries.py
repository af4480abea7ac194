"""What is shown of events whose scenes, looks and strangers are known: the photos of a sample, described and judged without Spark.

The captions of the photos are read as the jobs read them (kind, place and day of the event; words that call a photo one of the files).

The photos of every true event with those that its posts show though they do not belong; of copies of one picture only one (copies are
another stage's work). Counted are photos set apart, scenes and looks shown (a true scene and look of which a good photo exists; where the
budget is at least their number), bursts (photos of one scene and look that are almost the same picture, both shown), spoiled photos
shown, and where the mean quality of the shown stands among all good photos of the event, for events that leave at least half of
their photos out.

    hwabo sample --out LANDING --posts 600 --seed 7
    python -m tests.benchmarks.evaluate_summaries --landing LANDING --out tests/benchmarks/results/summaries.md
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image

from jobs.compose_timelines import timeline_policy
from jobs.embed_photos import read_bundle
from jobs.settings import RunSettings, Settings, load_settings, parse_clock
from tests.benchmarks import report
from tests.benchmarks.evaluate_events import posts_of, reference_of, tags_of
from tests.photo_rows import UNSAID
from udfs.photos import PhotoDescriber
from udfs.timeline import TimelinePolicy, budget, judge_event

FOREIGN = ("outlier", "irrelevant")
NEEDED = ("embedding", "appearance", "quality", "people", "photo_type", "error", "geometry")


def truth_of(landing: Path) -> dict[str, list[dict[str, Any]]]:
    """The photos of every true event, one of each group of copies, with `several`: whether the event is of several people."""
    told = [json.loads(line) for line in (landing / "truth" / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    several = {event["event"]: len(event["celebrities"]) > 1 for event in told}
    events: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for line in (landing / "truth" / "photos.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["event"]:
            root = row["copy_of"] or row["uri"]
            present = events[row["event"]].get(root)
            # the original stands for its copies; a copy where the original is not there
            if present is None or (present["copy_of"] and not row["copy_of"]):
                events[row["event"]][root] = {**row, "several": several[row["event"]]}
    return {event: list(rows.values()) for event, rows in sorted(events.items())}


def captions_of(landing: Path, settings: Settings) -> dict[tuple[str, str], dict[str, Any]]:
    """What captions say of a photo in the posts of a true event: (event, address) -> said and filed, as `judge_event` takes them."""
    truth, events, posts = posts_of(landing)
    reference, _ = reference_of(landing / "celebrities.csv", landing / "places.csv", settings)
    tags = tags_of(posts, reference)
    file_photo = re.compile("|".join(map(re.escape, settings.timelines.file_photo_words)))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for post in posts:
        captions = [tag for tag in tags[post["post_id"]] if tag.field == "caption"]
        for name in truth[post["url"]]["events"]:
            event = events[name]
            facts = {("what", event["kind"]), ("where", event["place"])}
            for position, photo in enumerate(post.get("photos") or []):
                of_photo = [tag for tag in captions if tag.photo_position == position]
                said = any(
                    (tag.kind, tag.value) in facts or (tag.kind == "when" and tag.value[:10] == event["starts_at"][:10]) for tag in of_photo
                )
                words = file_photo.search(photo.get("caption") or "")
                known = found.setdefault((name, photo["uri"]), {"said": False, "filed": None})
                known.update(said=known["said"] or said, filed=known["filed"] or (words[0] if words else None))
    return found


def described(landing: Path, uris: list[str], settings: Settings) -> dict[str, dict[str, Any]]:
    """Features of photos by their address; an unreadable one has an error only."""
    describer, found = PhotoDescriber(read_bundle(settings)), {}
    for uri in uris:
        content = (landing / uri).read_bytes()
        try:
            size = Image.open(io.BytesIO(content)).size
        except OSError as error:
            found[uri] = {**dict.fromkeys(NEEDED), "error": str(error)}
            continue
        row = describer.describe(content, size)
        found[uri] = {name: row[name] for name in NEEDED}
    return found


def event_frame(
    rows: list[dict[str, Any]],
    features: dict[str, dict[str, Any]],
    captions: dict[tuple[str, str], dict[str, Any]],
    random: np.random.Generator,
) -> pd.DataFrame:
    """Photos of one event as `judge_event` takes them, with the truth."""
    frame = pd.DataFrame([{"photo_id": row["uri"], **{name: features[row["uri"]].get(name) for name in NEEDED}} for row in rows])
    quality = [value or {} for value in frame["quality"]]
    outlets = [[f"press{random.integers(max(2, len(rows) // 4))}"] for _ in rows]
    said = [captions.get((row["event"], row["uri"]), {"said": False, "filed": None}) for row in rows]
    return frame.assign(
        said=[one["said"] for one in said],
        filed=[None if one["said"] else one["filed"] for one in said],
        quality=[value.get("score", 0.0) for value in quality],
        face=[value.get("face", 0.0) or 0.0 for value in quality],
        people=frame["people"].fillna(0),
        relevance=0.9,
        outlets=outlets,
        **{name: UNSAID[name] for name in ("wish", "old", "other")},
        **{name: [row[name] for row in rows] for name in ("scene", "look", "belongs", "defect", "several")},
    )


def judge_one(frame: pd.DataFrame, policy: TimelinePolicy) -> Counter[str]:
    """Counts of one event."""
    verdicts = judge_event(frame, policy).set_index("photo_id")
    verdict = frame["photo_id"].map(verdicts["verdict"])
    shown, foreign = (verdict == "kept").to_numpy(), ~frame["belongs"].to_numpy(dtype=bool)
    apart, told = verdict.isin(FOREIGN).to_numpy(), (verdict != "low_quality").to_numpy()
    counted: Counter[str] = Counter(
        found=int(apart.sum()),
        foreign=int(foreign.sum()),
        right=int((apart & foreign).sum()),
        clean=int((~foreign).sum()),
        foreign_told=int((foreign & told).sum()),
    )
    moments = list(zip(frame["scene"], frame["look"], strict=True))
    spoiled = frame["defect"].notna().to_numpy()
    wanted = {moment for moment, bad, strange in zip(moments, spoiled, foreign, strict=True) if not bad and not strange}
    seen = {moment for moment, kept in zip(moments, shown, strict=True) if kept}
    usable = int((~spoiled & ~foreign).sum())
    if len(wanted) <= budget(usable, policy):
        counted.update(scenes=len(wanted), scenes_shown=len(wanted & seen))
    counted.update(spoiled=int(spoiled.sum()), spoiled_shown=int((spoiled & shown).sum()), shown=int(shown.sum()))
    counted.update(foreign_shown=int((foreign & shown).sum()))
    vectors = np.stack([np.asarray(vector, dtype=np.float32) for vector in frame["embedding"][shown]]) if shown.any() else np.zeros((0, 1))
    near = np.triu(vectors @ vectors.T >= policy.burst, 1)
    counted.update(burst_pairs=int(near.sum()))
    good = frame["quality"].to_numpy(dtype=float)[~spoiled & ~foreign]
    if shown.any() and 4 * shown.sum() <= good.size:
        mean = float(frame["quality"][shown].mean())
        counted.update(large=1, above=int(mean >= np.quantile(good, 0.75)), percentile=round(100 * float((good < mean).mean())))
    return counted


def table(total: Counter[str], events: int) -> list[str]:
    """Lines of a Markdown table."""

    def share(part: str, whole: str) -> str:
        return f"{total[part] / total[whole]:.3f}" if total[whole] else "none"

    rows = [
        ("events / photos / shown", f"{events} / {total['foreign'] + total['clean']} / {total['shown']}"),
        (
            "photos set apart, precision / recall among those that are not too poor",
            f"{share('right', 'found')} / {share('right', 'foreign_told')}",
        ),
        ("scenes and looks shown where the budget allows it", f"{share('scenes_shown', 'scenes')} of {total['scenes']}"),
        ("of the photos that do not belong: shown", f"{share('foreign_shown', 'foreign')} of {total['foreign']}"),
        ("of the spoiled photos: shown", f"{share('spoiled_shown', 'spoiled')} of {total['spoiled']}"),
        ("pairs of one burst shown", str(total["burst_pairs"])),
        (
            "events that show a quarter: mean quality of the shown above their 75th percentile",
            f"{share('above', 'large')} of {total['large']}",
        ),
        ("... mean percentile", f"{total['percentile'] / total['large']:.0f}" if total["large"] else "none"),
    ]
    return ["| judgement | figure |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in rows)]


def main() -> int:
    """Describes, judges, writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--landing", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--keep", type=Path, help="file in which features are kept between runs")
    parser.add_argument("--set", action="append", default=[], help="setting, such as timelines.scene=0.3")
    options = parser.parse_args()
    settings = load_settings(RunSettings(lake="", run_id="", now=parse_clock(None)), overrides=options.set)
    policy, truth = timeline_policy(settings.timelines, settings.copies.photo_threshold), truth_of(options.landing)
    if options.keep and options.keep.exists():
        features = pd.read_pickle(options.keep)
    else:
        features = described(options.landing, sorted({row["uri"] for rows in truth.values() for row in rows}), settings)
        if options.keep:
            pd.to_pickle(features, options.keep)
    captions, random, total = captions_of(options.landing, settings), np.random.default_rng(1), Counter[str]()
    for rows in truth.values():
        total.update(judge_one(event_frame(rows, features, captions, random), policy))
    lines = table(total, len(truth))
    sys.stdout.write("\n".join(lines) + "\n")
    report.write(options.out, "What is shown of events", __doc__, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
