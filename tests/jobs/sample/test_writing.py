import csv
import gzip
import hashlib
import json
import random
import re
import tracemalloc
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from jobs.errors import HwaboError
from jobs.sample import SAMPLE_CLOCK, main, writing
from jobs.sample.broken import _POST_DEFECTS, BROKEN_REFERENCE_ROWS, PHOTO_DEFECTS
from jobs.sample.names import GROUPS, KNOWN_PERSONS
from jobs.sample.stories import SAME_KIND_APART, unit_stories
from jobs.sample.world import make_world
from jobs.sample.writing import _mingled, _posts_of_part, write_sample


def lines(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample") / "landing"
    write_sample(out, posts=24, seed=5, processes=1)
    return out


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("texts") / "landing"
    write_sample(out, posts=1_500, seed=1, photos=False)
    return out


@pytest.fixture(scope="module")
def rows(texts: Path) -> dict[str, dict[str, Any]]:
    """Usable rows by url."""
    return {row["url"]: row for path in sorted((texts / "posts").glob("posts-0*")) for row in lines(path)}


@pytest.fixture(scope="module")
def truth(texts: Path) -> list[dict[str, Any]]:
    return lines(texts / "truth" / "posts.jsonl")


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_processes(sample: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "again", posts=24, seed=5, processes=2)
    write_sample(tmp_path / "other", posts=24, seed=6, photos=False)
    assert digests(tmp_path / "again") == digests(sample)
    assert digests(tmp_path / "other") != digests(sample)


def test_every_photo_of_the_posts_is_there_and_can_be_opened(sample: Path) -> None:
    planned = {row["record"] for row in lines(sample / "truth" / "rejects.jsonl")}
    seen = Counter()
    for path in sorted((sample / "posts").glob("posts-0*")):
        for row in lines(path):
            assert row["body"] is not None
            for photo in row["photos"]:
                seen[photo["uri"]] += 1
                assert photo["uri"] not in planned
                assert 0 <= photo["offset"] <= len(row["body"])
    known = {row["uri"]: row for row in lines(sample / "truth" / "photos.jsonl")}
    assert set(seen) <= set(known)
    for uri in seen:
        with Image.open(sample / uri) as image:
            image.load()
            assert min(image.size) >= 100


def test_truth_of_photos(sample: Path) -> None:
    rows = lines(sample / "truth" / "photos.jsonl")
    photos = {row["uri"]: row for row in rows if row["outlier_kind"] != "older_event"}
    for row in rows:
        assert bool(row["event"]) != bool(row["place_id"])
        assert row["belongs"] != bool(row["outlier_kind"])
        assert bool(row["copy_of"]) == bool(row["copy_kind"])
        if row["copy_of"]:
            original = photos[row["copy_of"]]
            assert not original["copy_of"]
            assert (original["event"], original["place_id"], original["look"]) == (row["event"], row["place_id"], row["look"])


def test_reference_photos_of_places_exist_and_stand_in_no_review(sample: Path) -> None:
    with (sample / "places.csv").open(encoding="utf-8") as file:
        references = {uri for row in csv.DictReader(file) for uri in (row["reference_photos"] or "").split("|") if uri}
    used = {photo["uri"] for path in (sample / "posts").glob("posts-0*") for row in lines(path) for photo in row["photos"]}
    assert references
    assert not references & used
    assert all((sample / uri).exists() for uri in references)


def test_every_kind_of_defect_is_planted(sample: Path) -> None:
    planted = lines(sample / "truth" / "rejects.jsonl")
    assert {row["kind"] for row in planted} == {*_POST_DEFECTS, *PHOTO_DEFECTS, *(kind for *_, kind in BROKEN_REFERENCE_ROWS)}
    everything = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sample.glob("*.*"))
    everything += (sample / "posts" / "posts-broken.jsonl").read_text(encoding="utf-8")
    assert all(row["record"] in everything for row in planted)
    with pytest.raises(json.JSONDecodeError):
        lines(sample / "posts" / "posts-broken.jsonl")


def test_truth_of_posts_agrees_with_what_they_say(texts: Path, rows: dict[str, dict[str, Any]], truth: list[dict[str, Any]]) -> None:
    with (texts / "celebrities.csv").open(encoding="utf-8") as file:
        celebrities = {row["celebrity_id"]: row for row in csv.DictReader(file)}
    events = {row["event"]: row for row in lines(texts / "truth" / "events.jsonl")}
    assert {post["url"] for post in truth} == set(rows)
    for post in truth:
        row = rows[post["url"]]
        text = f"{row['title']} {row['body']}"
        for celebrity in post["about"] + post["mentions"]:
            names = {celebrities[celebrity]["name"], *celebrities[celebrity]["groups"].split("|")} - {""}
            assert any(name in text for name in names), (names, text)
        for event in post["events"]:
            assert set(events[event]["celebrities"]) & set(post["about"])
        if post["events"] and post["place"]:
            assert post["place"] in text
        if post["time"] and len(post["events"]) == 1:
            begin = datetime.fromisoformat(events[post["events"][0]]["starts_at"])
            end = datetime.fromisoformat(events[post["events"][0]]["ends_at"])
            assert begin.date() <= datetime.fromisoformat(post["time"].split("/")[0]).date() <= end.date()
            day = datetime.fromisoformat(post["time"].split("/")[0]).day
            assert any(word in text for word in (f"{day}일", "오늘", "어제", "전날", "내일", "그저께", "지난", "요일", " 전", " 뒤")), text
        assert row["published_at"] <= SAMPLE_CLOCK


def test_there_is_everything_a_reader_must_cope_with(texts: Path, rows: dict[str, dict[str, Any]], truth: list[dict[str, Any]]) -> None:
    by_url = {post["url"]: post for post in truth}
    copies = Counter(post["copy_group"] for post in truth)
    events = lines(texts / "truth" / "events.jsonl")
    assert {row["service"] for row in rows.values()} == {"news", "blog", "review", "broadcast"}
    assert sum(count > 1 for count in copies.values()) > 100
    assert sum(not post["about"] and not post["place_id"] for post in truth) > 50  # nobody is meant
    assert sum(len(post["about"]) > 1 for post in truth) > 100
    assert sum(len(post["events"]) > 1 for post in truth) > 3  # round-ups
    assert any(event["upcoming"] for event in events)
    assert any(event["starts_at"][:10] != event["ends_at"][:10] for event in events)
    assert len({event["kind"] for event in events}) >= 12
    assert any("post_id" not in row for row in rows.values())
    assert any(not by_url[url]["about"] and " 파도" in row["body"] for url, row in rows.items())
    assert len({row["body"] for row in rows.values()}) > 1_200


def test_no_mark_is_left_and_every_name_has_its_particle(rows: dict[str, dict[str, Any]]) -> None:
    names = sorted({person.name for person in KNOWN_PERSONS} | set(GROUPS), key=len, reverse=True)
    after = re.compile(f"({'|'.join(names)})(이|가|은|는|을|를|과|와) ")
    seen = Counter()
    for row in rows.values():
        text = f"{row['title']}\n{row['body']}"
        assert not set("{}|") & set(text), text
        assert "  " not in text, text
        for name, josa in after.findall(text):
            seen[josa] += 1
            pair = next(pair for pair in ("이가", "은는", "을를", "과와") if josa in pair)
            has_final = (ord(name[-1]) - ord("가")) % 28 > 0
            assert josa == pair[0 if has_final else 1], f"{name}{josa}: {text}"
    assert len(seen) == 8


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_events_of_one_kind_keep_apart_in_a_calendar(seed: int) -> None:
    world = make_world(1_500, seed)
    for number in range(len(world.units)):
        begun: dict[str, datetime] = {}
        for story in sorted(unit_stories(world, number), key=lambda story: story.starts_at):
            before = begun.get(story.kind)
            assert before is None or (story.starts_at.date() - before.date()).days >= SAME_KIND_APART, seed
            begun[story.kind] = story.starts_at


@pytest.mark.parametrize("posts", [300, 1_500, 50_000, 1_000_000])
def test_the_world_grows_slower_than_the_posts_and_uses_them_all(posts: int) -> None:
    world = make_world(posts, 1)
    told = sum(unit.posts for unit in world.units) + sum(place.posts for place in world.places) + world.loose_posts
    assert told == posts
    ids = [member.celebrity_id for member in world.celebrities]
    assert len(set(ids)) == len(ids)
    assert 12 <= len(ids) <= 20 + posts**0.5 * 1.3
    assert world.units[0].posts >= world.units[-1].posts


def test_large_samples_come_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MINGLED", 300)
    posts = _mingled(_posts_of_part(make_world(100_000, 1), 1), random.Random(0))
    for _ in range(400):
        next(posts)
    tracemalloc.start()
    for _ in range(100):
        next(posts)
    early = tracemalloc.get_traced_memory()[0]
    for _ in range(1_500):
        next(posts)
    late = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert late - early < 3_000_000  # bytes: what waits to be mingled stays the same


def test_parts_together_make_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PART", 400)
    world = make_world(1_200, 2)
    urls = [post.url for part in range(3) for post in _posts_of_part(world, part)]
    assert len(urls) == 1_200
    assert len(set(urls)) == 1_200


def test_the_command_refuses_other_folders_and_sizes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert main(["--out", str(tmp_path), "--posts", "100", "--no-photos"]) == 2
    assert main(["--out", str(tmp_path / "new"), "--posts", "3", "--no-photos"]) == 2
    complaint = capsys.readouterr().err
    assert "no earlier sample" in complaint
    assert "out of range" in complaint
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    with pytest.raises(HwaboError):
        write_sample(tmp_path, posts=100)


def test_an_earlier_sample_is_replaced(tmp_path: Path) -> None:
    write_sample(tmp_path / "landing", posts=60, seed=1, photos=False)
    write_sample(tmp_path / "landing", posts=80, seed=2, photos=False)
    assert len(lines(tmp_path / "landing" / "truth" / "posts.jsonl")) == 80
