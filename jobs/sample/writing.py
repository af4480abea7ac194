"""Writes the landing folder and the truth: small samples shuffled as a whole, large ones part by part in bounded memory."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import multiprocessing
import os
import random
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from jobs.errors import HwaboError
from jobs.sample.broken import BROKEN_REFERENCE_ROWS, broken_rows
from jobs.sample.draw import draw_photos
from jobs.sample.event_posts import EventPosts
from jobs.sample.loose_posts import loose_post
from jobs.sample.place_posts import PlacePosts
from jobs.sample.posts import PlannedPhoto, Post, json_line
from jobs.sample.stories import Story, unit_stories
from jobs.sample.world import REFERENCE_TIME, Celebrity, Place, World, make_world

SMALLEST, LARGEST = 20, 5_000_000
WHOLE = 20_000  # samples up to this size are shuffled as a whole
PART = 25_000  # about as many posts stand in one part of a larger sample
MENTIONED = 40  # celebrities famous enough to be mentioned in posts about others
MINGLED = 4_000  # posts that a part shuffles among each other
MARKER = "sample.json"  # in truth/: tells that a folder holds a sample

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SampleReport:
    """What was written.

    Attributes:
        posts: usable posts.
        photos: photo files drawn.
        events: true events with posts.
        celebrities: rows of celebrities.csv.
        places: rows of places.csv.
        planted: wrong and broken rows.
    """

    posts: int
    photos: int
    events: int
    celebrities: int
    places: int
    planted: int


def write_sample(
    out: Path, *, posts: int = 1_500, seed: int = 1, photos: bool = True, processes: int | None = None, progress: Progress | None = None
) -> SampleReport:
    """Makes a sample landing folder.

    Args:
        out: folder to write; an earlier sample there is replaced, anything else is refused.
        posts: about how many posts.
        seed: another seed, another world.
        photos: whether photos are drawn.
        processes: processes that draw and write; the number of processors when None.
        progress: told the photos drawn and the photos to draw.

    Returns:
        What was written.

    Raises:
        HwaboError: when the folder holds something else, or the number of posts is out of range.
    """
    if not SMALLEST <= posts <= LARGEST:
        raise HwaboError(f"--posts {posts} is out of range: a sample has {SMALLEST} to {LARGEST:,} posts.")
    _clear(out)
    (out / "posts").mkdir(parents=True)
    truth = out / "truth"
    truth.mkdir()
    _write_lines(truth / MARKER, [{"posts": posts, "seed": seed, "photos": photos, "now": REFERENCE_TIME.isoformat()}])
    world = make_world(posts, seed)
    if posts <= WHOLE or photos:
        written, drawn, uris, references = _whole(world, out, photos=photos, processes=processes, progress=progress)
    else:
        written, drawn, uris, references = _in_parts(world, out, processes=processes or os.cpu_count() or 1), 0, {}, {}
    planted = broken_rows(seed, posts, out, photos=photos)
    with _opened(out / "posts" / "posts-broken.jsonl") as file:
        file.writelines(row.line for row in planted)
    rejects = [{"source": row.source, "record": row.record, "kind": row.kind} for row in planted]
    rejects += [{"source": name, "record": record, "kind": kind} for name, _, record, kind in BROKEN_REFERENCE_ROWS]
    unique = list({row["record"]: row for row in rejects}.values())
    _write_lines(truth / "rejects.jsonl", unique)
    stories = _shared_stories(world.posts, world.seed)
    _write_lines(truth / "events.jsonl", map(_event_truth, stories))
    _write_celebrities(out / "celebrities.csv", world)
    _write_places(out / "places.csv", world.places, {place: [uris[stem] for stem in stems] for place, stems in references.items()})
    _write_corrections(out, truth, photos=photos)
    return SampleReport(written, drawn, len(stories), len(world.celebrities), len(world.places), len(unique))


def _clear(out: Path) -> None:
    if not out.exists() or not any(out.iterdir()):
        return
    if not (out / "truth" / MARKER).exists():
        raise HwaboError(f"{out} is not empty and holds no earlier sample: name another folder with --out.")
    shutil.rmtree(out)


def _whole(
    world: World, out: Path, *, photos: bool, processes: int | None, progress: Progress | None
) -> tuple[int, int, dict[str, str], dict[str, list[str]]]:
    posts: list[Post] = []
    planned: list[PlannedPhoto] = []
    references: dict[str, list[str]] = {}
    archives: dict[tuple[Celebrity, ...], list[PlannedPhoto]] = {}
    known = world.celebrities[:MENTIONED]
    for story in _shared_stories(world.posts, world.seed):
        archive = archives.setdefault(story.unit.members, [])
        told = EventPosts(story, known, photos=photos, archive=archive)
        posts += told.write()
        planned += told.planned
        if told.stock:
            archive += told.stock.memorable()
    for place in world.places:
        maker = _place_posts(world, place, photos=photos)
        references[place.place_id] = [photo.stem for photo in maker.references()]
        posts += maker.write()
        planned += maker.planned
    posts += _loose_posts(world, range(world.loose_posts))
    uris = draw_photos(planned, out, processes=processes, progress=progress) if planned else {}
    rng = random.Random(f"order/{world.seed}")
    rng.shuffle(posts)
    files = 3
    for number in range(files):
        share = posts[number::files]
        with _opened(out / "posts" / _part_name(number)) as file, (out / "truth" / "posts.jsonl").open("a", encoding="utf-8") as truth:
            for post in share:
                _write_post(post, file, truth, uris, rng)
    _write_lines(out / "truth" / "photos.jsonl", (photo.truth(uris) for photo in sorted(planned, key=lambda photo: photo.stem)))
    return len(posts), len(set(uris.values())), uris, references


def _in_parts(world: World, out: Path, *, processes: int) -> int:
    """Every part is made by itself, by any process; the truth's parts are joined in order at the end."""
    tasks = [(world.posts, world.seed, part, str(out)) for part in range(_number_of_parts(world))]
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes) as pool:
        written = sum(pool.imap_unordered(_write_part, tasks))
    with (out / "truth" / "posts.jsonl").open("wb") as joined:
        for part in range(len(tasks)):
            piece = out / "truth" / f"posts-{part:05d}.part"
            with piece.open("rb") as source:
                shutil.copyfileobj(source, joined, 1 << 20)
            piece.unlink()
    _write_lines(out / "truth" / "photos.jsonl", [])
    return written


def _number_of_parts(world: World) -> int:
    return max(1, round(world.posts / PART))


def _write_part(task: tuple[int, int, int, str]) -> int:
    """Story k of the whole sample stands in part k modulo the number of parts; places and loose posts likewise."""
    posts, seed, part, folder = task
    world, out = _shared_world(posts, seed), Path(folder)
    rng = random.Random(f"part/{seed}/{part}")
    written = 0
    with _opened(out / "posts" / _part_name(part)) as file, (out / "truth" / f"posts-{part:05d}.part").open("w", encoding="utf-8") as truth:
        for post in _mingled(_posts_of_part(world, part), rng):
            _write_post(post, file, truth, {}, rng)
            written += 1
    return written


@lru_cache(maxsize=1)
def _shared_world(posts: int, seed: int) -> World:
    """The world, made once a process."""
    return make_world(posts, seed)


@lru_cache(maxsize=1)
def _shared_stories(posts: int, seed: int) -> list[Story]:
    """All events, thought up once a process: some tens of thousands for a million posts."""
    world = _shared_world(posts, seed)
    return [story for number in range(len(world.units)) for story in unit_stories(world, number)]


def _posts_of_part(world: World, part: int) -> Iterator[Post]:
    parts = _number_of_parts(world)
    stories = _shared_stories(world.posts, world.seed)
    recent: list[Story] = []
    celebrities = world.celebrities
    for number, story in enumerate(stories):
        if number % parts == part:
            recent = [*recent[-200:], story]
            yield from EventPosts(story, celebrities[:MENTIONED], photos=False).write()
    for number in range(part, len(world.places), parts):
        yield from _place_posts(world, world.places[number], photos=False).write()
    for number in range(part, world.loose_posts, parts):
        yield loose_post(number, world.seed, celebrities, recent)


def _mingled(posts: Iterable[Post], rng: random.Random) -> Iterator[Post]:
    """The posts in an order that no longer tells which event they came from, with a buffer of fixed size."""
    waiting: list[Post] = []
    for post in posts:
        if len(waiting) < MINGLED:
            waiting.append(post)
            continue
        number = int(rng.random() * MINGLED)
        waiting[number], post = post, waiting[number]
        yield post
    rng.shuffle(waiting)
    yield from waiting


def _place_posts(world: World, place: Place, *, photos: bool) -> PlacePosts:
    return PlacePosts(place, world.seed, world.places[:40], world.celebrities[:60] if photos else (), photos=photos)


def _loose_posts(world: World, numbers: Iterable[int]) -> Iterator[Post]:
    celebrities = world.celebrities
    for number in numbers:
        yield loose_post(number, world.seed, celebrities, _shared_stories(world.posts, world.seed))


def _write_post(post: Post, file: TextIO, truth: TextIO, uris: dict[str, str], rng: random.Random) -> None:
    """One post; now and then without its id, with a decomposed title, or twice."""
    chance = rng.random()
    post.id_missing = chance < 0.015
    row = post.row(uris)
    if 0.015 <= chance < 0.02:
        row["title"] = unicodedata.normalize("NFD", row["title"])
    line = json_line(row)
    file.write(line)
    if 0.02 <= chance < 0.023:
        file.write(line)
    truth.write(json_line(post.truth()))


def _part_name(number: int) -> str:
    return f"posts-{number:05d}.jsonl" + (".gz" if number % 3 == 2 else "")


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """A text file to write, compressed where its name says so; gzip's own name and time stamp are left out for equal bytes."""
    if path.suffix != ".gz":
        with path.open("w", encoding="utf-8") as plain:
            yield plain
        return
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 3, raw, mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8") as text:
        yield text


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(map(json_line, rows))


def _event_truth(story: Story) -> dict[str, Any]:
    return {
        "event": story.event_id,
        "celebrities": [member.celebrity_id for member in story.celebrities],
        "kind": story.kind,
        "starts_at": story.starts_at.isoformat(),
        "ends_at": story.ends_at.isoformat(),
        "place": story.place or None,
        "posts": story.posts,
        "upcoming": story.upcoming,
    }


def _write_celebrities(path: Path, world: World) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("celebrity_id", "name", "aliases", "groups", "occupation"))
        for member in world.celebrities:
            rows.writerow((member.celebrity_id, member.name, "|".join(member.aliases), "|".join(member.groups), member.occupation))
        file.writelines(line + "\n" for name, line, _, _ in BROKEN_REFERENCE_ROWS if name == path.name)


def _write_places(path: Path, places: Sequence[Place], references: dict[str, list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("place_id", "name", "aliases", "service", "address", "reference_photos"))
        for place in places:
            rows.writerow(
                (
                    place.place_id,
                    place.name,
                    "|".join(place.aliases),
                    place.service,
                    place.address,
                    "|".join(references.get(place.place_id, [])),
                )
            )
        file.writelines(line + "\n" for name, line, _, _ in BROKEN_REFERENCE_ROWS if name == path.name)


def _write_corrections(out: Path, truth: Path, *, photos: bool) -> None:
    """An editor hides a photo that does not belong, pins a good one, and rejects a celebrity who is only mentioned."""
    made: list[dict[str, Any]] = []
    if photos:
        rows = [row for row in _read_lines(truth / "photos.jsonl") if row["event"]]
        uses = Counter(uri for row in rows for uri in (row["uri"], row["copy_of"]))
        single = [row for row in rows if uses[row["uri"]] == 1 and not row["copy_of"]]
        foreign = [row["uri"] for row in single if not row["belongs"]]
        good = [row["uri"] for row in single if row["belongs"] and not row["defect"]]
        for action, uris in (("hide_photo", foreign[:1]), ("pin_photo", good[:1])):
            made += [{"action": action, "photo_id": hashlib.sha256((out / uri).read_bytes()).hexdigest()} for uri in uris]
    mentioned = (post for post in _read_lines(truth / "posts.jsonl") if post["mentions"] and not post["about"] and post["post_id"])
    for post in islice(mentioned, 1):
        made.append({"action": "reject_celebrity", "post_id": post["post_id"], "celebrity_id": post["mentions"][0]})
    with (out / "corrections.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json_line({**row, "made_at": REFERENCE_TIME.isoformat()}) for row in made)
        file.writelines(line + "\n" for name, line, _, _ in BROKEN_REFERENCE_ROWS if name == "corrections.jsonl")


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
