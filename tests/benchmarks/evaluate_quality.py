"""How the quality score of photos goes with BRISQUE, a no-reference metric from a package, over real photos.

Every photo is measured as it is, and once more with one damage at one step, both chosen by the hash of its name. Spearman's rank
correlation is given for the photos as they are, and for all. BRISQUE is worse the higher it is; its sign is turned.

    python -m tests.benchmarks.evaluate_quality --folder ../shared/data/photos --every 12
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from brisque import BRISQUE
from scipy.stats import spearmanr

from jobs.embed_photos import read_bundle
from jobs.evaluate.photos import IMAGES
from jobs.settings import RunSettings, load_settings
from udfs.decode import decode
from udfs.photo_training import QUALITY_SIDE, Measurer, random_of
from udfs.photo_views import DAMAGES, STEPS, damage
from udfs.quality import score


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--every", type=int, default=1, help="take one photo in so many")
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.KEY=VALUE", help="one setting")
    options = parser.parse_args()
    settings = load_settings(RunSettings(lake="", now=datetime.now(UTC), run_id="bench"), overrides=options.set)
    bundle = read_bundle(settings)
    measurer, reference = Measurer(bundle.network), BRISQUE(url=False)
    paths = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() in IMAGES)[:: options.every]
    ours: list[float] = []
    theirs: list[float] = []
    for path in paths:
        whole, _ = decode(path.read_bytes(), 1000)
        if whole is None or min(whole.size) < 64:
            continue
        random = random_of(path.name, "spearman")
        kind, step = DAMAGES[int(random.integers(len(DAMAGES)))], int(random.integers(1, STEPS + 1))
        for content in (path.read_bytes(), damage(whole, kind, step, random)):
            parts = measurer.parts(content, bundle.nature)
            image, _ = decode(content, QUALITY_SIDE)
            assert parts is not None
            assert image is not None
            ours.append(score(parts, bundle.weights))
            theirs.append(-float(reference.score(np.asarray(image))))
    figures = {
        "photos": len(ours) // 2,
        "spearman_as_they_are": round(float(spearmanr(ours[::2], theirs[::2]).statistic), 4),
        "spearman_with_damaged": round(float(spearmanr(ours, theirs).statistic), 4),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
