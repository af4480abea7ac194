"""Draws the planned photos with all processors and writes their files; the same bytes whatever the number of processes."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from jobs.sample.posts import PlannedPhoto

FAMILIES_A_TASK = 6


def draw_photos(
    planned: Sequence[PlannedPhoto], folder: Path, *, processes: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, str]:
    """Draws every planned photo into `folder`/photos.

    Args:
        planned: photos; a copy's original must be among them.
        folder: the landing folder.
        processes: how many draw at once; the number of processors when None.
        progress: told the photos done and the photos in all.

    Returns:
        For each stem its uri, relative to the landing folder.
    """
    families: dict[str, list[PlannedPhoto]] = {}
    drawn = [photo for photo in planned if not photo.same_as]
    for photo in drawn:
        families.setdefault(photo.copy_of or photo.stem, []).append(photo)
    ordered = [sorted(family, key=lambda photo: bool(photo.copy_of)) for family in families.values()]
    tasks = [(str(folder), ordered[begin : begin + FAMILIES_A_TASK]) for begin in range(0, len(ordered), FAMILIES_A_TASK)]
    uris: dict[str, str] = {}
    for written in _in_processes(tasks, processes or os.cpu_count() or 1):
        uris.update(written)
        if progress:
            progress(len(uris), len(drawn))
    return uris | {photo.stem: uris[photo.same_as] for photo in planned if photo.same_as}


def _in_processes(tasks: Sequence[tuple[str, list[list[PlannedPhoto]]]], processes: int) -> Iterator[dict[str, str]]:
    if processes == 1 or len(tasks) < 2:
        yield from map(_draw_task, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, initializer=_one_thread) as pool:
        yield from pool.imap_unordered(_draw_task, tasks)


def _one_thread() -> None:
    """The pool uses the processors; OpenCV's own threads would only compete with it."""
    import cv2

    cv2.setNumThreads(1)


def _draw_task(task: tuple[str, list[list[PlannedPhoto]]]) -> dict[str, str]:
    folder, families = task
    uris: dict[str, str] = {}
    for family in families:
        uris.update(_draw_family(Path(folder), family))
    return uris


def _draw_family(folder: Path, family: Iterable[PlannedPhoto]) -> dict[str, str]:
    """One photo and the copies that were made of it."""
    from jobs.sample import drawing

    uris: dict[str, str] = {}
    original: Image.Image | None = None
    for photo in family:
        seed = stem_seed(photo.stem)
        if photo.copy_of:
            if original is None:
                raise ValueError(f"{photo.stem} is a copy of {photo.copy_of}, which is not planned")
            image = drawing.make_copy(original, photo.copy_kind, seed)
        else:
            people = tuple((drawing.Person(person, gender), drawing.Look(look)) for person, gender, look in photo.people)
            spec = drawing.PhotoSpec(photo.scene, photo.seed, photo.shot, people, photo.framing, photo.size, photo.step)
            image = drawing.draw_photo(spec)
            if photo.defect:
                image = drawing.degrade(image, photo.defect, seed)
            original = image
        content, ending = drawing.encode(image, seed)
        name = hashlib.blake2b(photo.stem.encode(), digest_size=8).hexdigest()  # a name that tells nothing about the event
        uri = f"photos/{name[:2]}/{name}.{ending}"
        path = folder / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        uris[photo.stem] = uri
    return uris


def stem_seed(stem: str) -> int:
    """A stable number for a photo's edit and encoding."""
    return int.from_bytes(hashlib.blake2b(stem.encode(), digest_size=4).digest(), "big") >> 1
