from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from jobs.evaluate import photos
from jobs.sample.drawing import Look, Person, PhotoSpec, draw_photo


def write(path: Path, scene: str, seed: int, look: int | None = None, shot: int = 0) -> str:
    people = () if look is None else ((Person(1, "female"), Look(look)),)
    path.parent.mkdir(parents=True, exist_ok=True)
    draw_photo(PhotoSpec(scene, seed, shot, people, "half", (200, 260))).save(path, quality=90)
    return path.name


def test_the_figures_of_a_small_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        write(tmp_path / "folder" / "menu" / f"{number}.jpg", "menu", number)
        write(tmp_path / "folder" / "view" / f"{number}.jpg", "view", number)
    names = [write(tmp_path / "pairs" / f"{look}-{shot}.jpg", "airport", look, look, shot) for look in (1, 6) for shot in (0, 1)]
    with (tmp_path / "pairs" / "pairs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("a", "b", "same"))
        writer.writerows([(names[0], names[1], 1), (names[2], names[3], 1), (names[0], names[2], 0), (names[1], names[3], 0)])
    write(tmp_path / "degrade" / "0.jpg", "airport", 3, 3)
    code = photos.main(
        ["--folder", str(tmp_path / "folder"), "--pairs", str(tmp_path / "pairs" / "pairs.csv"), "--degrade", str(tmp_path / "degrade")]
    )
    figures = json.loads(capsys.readouterr().out)
    assert code == 0
    assert figures["type_accuracy"] >= 0.9
    assert figures["embedding_accuracy"] >= 0.9
    assert figures["auc_appearance"] == 1
    assert figures["order_kept"] > 0.7
    assert figures["photos_per_second"] > 0
    assert (figures["photos"], figures["pairs"], figures["photos_degraded"]) == (10, 4, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "name photos to measure"), (["--degrade", "/nowhere"], "is no folder"), (["--pairs", "/nowhere.csv"], "is no file")],
)
def test_bad_use_ends_in_one_line(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert photos.main(arguments) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
