"""Drawn photos: the same for the same seeds, alike within an event, and edited as promised."""

from __future__ import annotations

import io
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from jobs.sample.drawing import (
    COPY_KINDS,
    DEGRADE_KINDS,
    EVENT_SCENES,
    SCENES,
    Look,
    Person,
    PhotoSpec,
    burst,
    degrade,
    draw_photo,
    encode,
    make_copy,
    outfit_of,
)
from jobs.sample.drawing.scenes import panorama

_PEOPLE = ((Person(5, "female"), Look(11)),)


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    return draw_photo(PhotoSpec("airport", seed=2, shot=1, people=_PEOPLE, framing="half"))


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"), np.float32)


def sharpness(image: Image.Image) -> float:
    grey = cv2.cvtColor(np.asarray(image.convert("RGB")), cv2.COLOR_RGB2GRAY)
    return float(cv2.Laplacian(cv2.GaussianBlur(grey, (0, 0), 1.0), cv2.CV_64F).var())


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_is_drawn_in_the_asked_size_and_shows_something(scene: str) -> None:
    people = _PEOPLE if scene in EVENT_SCENES else ()
    image = draw_photo(PhotoSpec(scene, seed=4, shot=3, people=people, size=(240, 320)))
    assert (image.size, image.mode) == ((240, 320), "RGB")
    assert np.asarray(image).std() > 15


def test_the_same_description_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    spec = PhotoSpec("stage", seed=9, shot=2, people=_PEOPLE, framing="full")
    first = encode(draw_photo(spec), 1)
    panorama.cache_clear()
    draw_photo(replace(spec, scene="street"))
    assert encode(draw_photo(spec), 1) == first


@pytest.mark.parametrize(
    "change", [{"seed": 10}, {"shot": 3}, {"step": 1}, {"framing": "close"}, {"people": ((Person(5, "female"), Look(12)),)}]
)
def test_every_part_of_the_description_matters(change: dict[str, object]) -> None:
    spec = PhotoSpec("stage", seed=9, shot=2, people=_PEOPLE, framing="full", size=(240, 320))
    difference = np.abs(pixels(draw_photo(spec)) - pixels(draw_photo(replace(spec, **change)))).mean()
    assert difference > 1.0


def clothes_colour(image: Image.Image) -> np.ndarray:
    """Histogram of colours in the middle of the body, where clothes are."""
    width, height = image.size
    body = np.asarray(image.crop((int(width * 0.38), int(height * 0.45), int(width * 0.62), int(height * 0.75))))
    histogram = np.histogramdd(body.reshape(-1, 3), bins=(6, 6, 6), range=((0, 256),) * 3)[0]
    return cv2.GaussianBlur(histogram.reshape(6, 36).astype(np.float32), (0, 0), 0.6).ravel() / body[..., 0].size


def test_clothes_of_one_event_are_nearer_than_those_of_another() -> None:
    person = Person(3, "female")
    descriptors = []
    for event in range(8):
        scene = EVENT_SCENES[event]
        shots = [
            PhotoSpec(scene, seed=event, shot=shot, people=((person, Look(event * 17 + 1)),), framing="half", size=(240, 320))
            for shot in range(3)
        ]
        descriptors.append([clothes_colour(draw_photo(spec)) for spec in shots])
    right = 0
    for event, shots in enumerate(descriptors):
        within = np.abs(shots[0] - shots[1]).sum()
        across = [np.abs(shots[0] - other[2]).sum() for index, other in enumerate(descriptors) if index != event]
        right += int(within < np.median(across))
    assert right >= 7


def test_a_look_is_worn_by_women_and_men_each_in_their_way_and_stays() -> None:
    assert outfit_of(Look(8), female=True) == outfit_of(Look(8), female=True)
    names = {outfit_of(Look(seed), female=True).colour_name for seed in range(60)}
    cuts = {outfit_of(Look(seed), female=False).cut for seed in range(60)}
    assert len(names) > 12
    assert cuts == {"suit", "coat", "hoodie", "knit_pants", "jacket", "shirt_pants", "tee_pants"}


def test_a_burst_is_no_copy_but_the_same_moment() -> None:
    spec = PhotoSpec("red_carpet", seed=3, shot=5, people=_PEOPLE, framing="full", size=(240, 320))
    steps = [pixels(draw_photo(one)) for one in burst(spec, 3)]
    other = pixels(draw_photo(replace(spec, shot=6)))
    near = np.abs(steps[0] - steps[1]).mean()
    assert 2.0 < near < np.abs(steps[0] - other).mean()


def test_bursts_of_places_move_the_camera_only() -> None:
    first, second = (pixels(draw_photo(one)) for one in burst(PhotoSpec("food", seed=3, shot=5, size=(240, 320)), 2))
    assert 1.0 < np.abs(first - second).mean() < 45.0


def test_crop_keeps_most_of_the_picture(photo: Image.Image) -> None:
    cropped = make_copy(photo, "crop", 1)
    shares = np.asarray(cropped.size) / np.asarray(photo.size)
    assert ((shares >= 0.6) & (shares <= 0.9)).all()
    found = cv2.matchTemplate(np.asarray(photo), np.asarray(cropped), cv2.TM_SQDIFF_NORMED)
    assert found.min() < 1e-6


def test_banner_leaves_most_of_the_picture_as_it_was(photo: Image.Image) -> None:
    same = (np.asarray(make_copy(photo, "banner", 1)) == np.asarray(photo)).all(axis=2).mean()
    assert 0.75 < same < 0.95


def test_recompressed_and_recoloured_copies_stay_near(photo: Image.Image) -> None:
    for kind, most in (("recompress", 12.0), ("colour", 60.0)):
        copied = make_copy(photo, kind, 3)
        assert copied.size == photo.size
        assert 0.5 < np.abs(pixels(copied) - pixels(photo)).mean() < most


def test_flip_is_exact_and_resize_shrinks(photo: Image.Image) -> None:
    assert make_copy(photo, "flip", 0).tobytes() == photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT).tobytes()
    small = make_copy(photo, "resize", 5)
    assert 0.39 < small.width / photo.width < 0.86
    assert abs(small.width / small.height - photo.width / photo.height) < 0.02


def test_collage_frames_the_whole_picture_and_rotation_turns_it(photo: Image.Image) -> None:
    framed = make_copy(photo, "collage", 2)
    found = cv2.matchTemplate(np.asarray(framed), np.asarray(photo), cv2.TM_SQDIFF_NORMED)
    assert framed.width > photo.width
    assert found.min() < 1e-6
    turned = make_copy(photo, "rotate", 2)
    assert turned.size == photo.size
    assert np.abs(pixels(turned) - pixels(photo)).mean() > 3


@pytest.mark.parametrize("kind", COPY_KINDS)
def test_copies_are_deterministic(photo: Image.Image, kind: str) -> None:
    assert make_copy(photo, kind, 8).tobytes() == make_copy(photo, kind, 8).tobytes()


@pytest.mark.parametrize("seed", range(3))
def test_defects_do_what_they_say(photo: Image.Image, seed: int) -> None:
    failed = {kind: degrade(photo, kind, seed) for kind in DEGRADE_KINDS}
    assert all(image.size == photo.size for image in failed.values())
    assert sharpness(failed["blur"]) < sharpness(photo) / 8
    assert sharpness(failed["motion"]) < sharpness(photo) / 2
    assert pixels(failed["dark"]).mean() < 50 < pixels(photo).mean()
    assert pixels(failed["overexposed"]).mean() > 215
    fine = pixels(photo) - cv2.GaussianBlur(pixels(photo), (0, 0), 1.5)
    noisy = pixels(failed["noise"]) - cv2.GaussianBlur(pixels(failed["noise"]), (0, 0), 1.5)
    assert noisy.std() > 2 * fine.std()


def test_files_open_again_in_their_format(photo: Image.Image) -> None:
    endings = {}
    for seed in range(200):
        content, ending = encode(photo.resize((48, 64)), seed)
        endings[ending] = Image.open(io.BytesIO(content)).format
    assert endings == {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def test_unknown_words_are_refused_with_the_known_ones(photo: Image.Image) -> None:
    for call in (
        lambda: draw_photo(PhotoSpec("moon", seed=1)),
        lambda: draw_photo(PhotoSpec("stage", seed=1, framing="wide")),
        lambda: make_copy(photo, "fold", 1),
        lambda: degrade(photo, "rain", 1),
    ):
        with pytest.raises(ValueError, match="known: "):
            call()


@pytest.mark.slow
def test_detectors_see_faces_and_persons() -> None:
    mediapipe = pytest.importorskip("mediapipe", reason="mediapipe is not installed")
    faces = mediapipe.solutions.face_detection.FaceDetection(model_selection=1, min_detection_confidence=0.5)
    masks = mediapipe.solutions.selfie_segmentation.SelfieSegmentation(model_selection=0)
    found_faces = found_persons = 0
    for index in range(30):
        people = ((Person(index, "female" if index % 2 else "male"), Look(index * 31)),)
        image = np.asarray(
            draw_photo(
                PhotoSpec(EVENT_SCENES[index % 10], seed=index, shot=index, people=people, framing=("full", "half", "close")[index % 3])
            )
        )
        found_faces += bool(faces.process(image).detections)
        found_persons += float((masks.process(image).segmentation_mask > 0.5).mean()) > 0.05
    assert found_faces >= 24
    assert found_persons >= 27
