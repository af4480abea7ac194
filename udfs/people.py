"""Who stands in a photo, as far as pixels go: the mask of persons, the faces, the main person.

The networks are MediaPipe's (Apache-2.0; "BlazeFace", Bazarevsky et al. 2019, and the selfie segmenter), whose weights come inside
the package. They are small: together under 10 ms a photo. They keep no state between photos.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

MASK_SIDE: Final = 256
FACE_SIDE: Final = 384
LEAST_MASK: Final = 0.015  # share of the photo below which the mask is taken for nothing and faces are not looked for
LEAST_FACE_SCORE: Final = 0.55


@dataclass(frozen=True)
class Face:
    """One face.

    Attributes:
        left, top, right, bottom: the box, as shares of the photo's width and height.
        score: the detector's, in [0, 1].
        points: right eye, left eye, nose, mouth, right ear, left ear; shape (6, 2), shares of width and height.
    """

    left: float
    top: float
    right: float
    bottom: float
    score: float
    points: Floats = field(repr=False, compare=False)

    @property
    def area(self) -> float:
        """Share of the photo."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


@dataclass(frozen=True)
class People:
    """What was found.

    Attributes:
        mask: probability of foreground (a person, a worn or shown garment), shape (256, 256), the whole photo squeezed.
        faces: the largest first.
        person: mask of the main person alone, shape (256, 256); all False when there is no foreground.
        main_face: the main person's face, or None.
        groups: number of separate parts of the mask that are large enough for a person.
    """

    mask: Floats
    faces: tuple[Face, ...]
    person: Bools
    main_face: Face | None
    groups: int

    @property
    def area(self) -> float:
        """Share of the photo that is foreground."""
        return float((self.mask > 0.5).mean())


class PersonFinder:
    """Holds the loaded networks; one a worker."""

    def __init__(self) -> None:
        os.environ.setdefault("GLOG_minloglevel", "3")
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        os.environ.setdefault("MEDIAPIPE_DISABLE_GPU", "1")
        warnings.filterwarnings("ignore", message=".*SymbolDatabase.GetPrototype.*")  # between MediaPipe and its protobuf
        from mediapipe.python.solutions import face_detection, selfie_segmentation

        with _native_messages_hidden():
            self._segmenter = selfie_segmentation.SelfieSegmentation(model_selection=0)
            self._detector = face_detection.FaceDetection(model_selection=1, min_detection_confidence=0.5)
            blank = np.zeros((MASK_SIDE, MASK_SIDE, 3), np.uint8)
            self._segmenter.process(blank)
            self._detector.process(blank)

    def find(self, image: Image.Image) -> People:
        """Finds the persons of a photo (RGB, upright)."""
        squeezed = image.resize((MASK_SIDE, MASK_SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
        result: Any = self._segmenter.process(np.asarray(squeezed))
        mask: Floats = np.array(result.segmentation_mask, dtype=np.float32)
        faces: tuple[Face, ...] = ()
        if float((mask > 0.5).mean()) >= LEAST_MASK:
            faces = self._faces(image)
        return _people(mask, faces)

    def _faces(self, image: Image.Image) -> tuple[Face, ...]:
        scale = min(1.0, FACE_SIDE / max(image.size))
        small = image.resize(
            (max(1, round(image.width * scale)), max(1, round(image.height * scale))), Image.Resampling.BILINEAR, reducing_gap=2.0
        )
        result: Any = self._detector.process(np.asarray(small))
        found = [_face(detection) for detection in result.detections or ()]
        kept = [face for face in found if face.score >= LEAST_FACE_SCORE and face.area > 0]
        return tuple(sorted(kept, key=lambda face: (-face.area, face.left, face.top)))


@contextmanager
def _native_messages_hidden() -> Iterator[None]:
    """Keeps MediaPipe's C++ side, which warns at its first call whatever its log level, from writing to standard error."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _face(detection: Any) -> Face:
    box = detection.location_data.relative_bounding_box
    points = np.array([[point.x, point.y] for point in detection.location_data.relative_keypoints], dtype=np.float32)
    return Face(
        max(0.0, box.xmin),
        max(0.0, box.ymin),
        min(1.0, box.xmin + box.width),
        min(1.0, box.ymin + box.height),
        float(detection.score[0]),
        points,
    )


def _people(mask: Floats, faces: tuple[Face, ...]) -> People:
    solid: Bools = mask > 0.5
    faces = tuple(face for face in faces if _share_inside(solid, face) > 0.3)
    count, labelled, statistics, middles = cv2.connectedComponentsWithStats(solid.astype(np.uint8), connectivity=4)
    numbers: NDArray[np.int32] = np.asarray(labelled, dtype=np.int32)
    centres: NDArray[np.float64] = np.asarray(middles, dtype=np.float64)
    areas = statistics[1:, cv2.CC_STAT_AREA] / mask.size
    groups = int((areas >= LEAST_MASK).sum())
    if count <= 1:
        return People(mask, faces, np.zeros_like(solid), None, 0)
    main_face = max(faces, key=lambda face: (face.area * _centrality(face), -face.left)) if faces else None
    if main_face is None:
        distance = np.abs(centres[1:, 0] / MASK_SIDE - 0.5)
        main = 1 + int(np.argmax(areas * (1.2 - distance)))
        return People(mask, faces, numbers == main, None, groups)
    return People(mask, faces, _person_of(main_face, faces, solid, numbers, centres), main_face, groups)


def _centrality(face: Face) -> float:
    return 1.2 - abs((face.left + face.right) / 2 - 0.5)


def _share_inside(solid: Bools, face: Face) -> float:
    part = _part(solid, face)
    return float(part.mean()) if part.size else 0.0


def _part(values: NDArray[Any], face: Face) -> NDArray[Any]:
    height, width = values.shape
    return values[int(face.top * height) : int(np.ceil(face.bottom * height)), int(face.left * width) : int(np.ceil(face.right * width))]


def _person_of(face: Face, faces: tuple[Face, ...], solid: Bools, numbers: NDArray[np.int32], centres: NDArray[np.float64]) -> Bools:
    """The part of the mask that belongs to the face's person: its connected parts, up to the middle between it and its neighbours."""
    # The mask of a patterned garment may come in pieces: those below and around the face belong to it too.
    middle, width = (face.left + face.right) / 2, face.right - face.left
    near = np.abs(centres[1:, 0] / solid.shape[1] - middle) < 1.6 * width
    touched = np.unique(_part(numbers, face))
    near[touched[touched > 0] - 1] = True
    person: Bools = np.isin(numbers, 1 + np.flatnonzero(near)) & solid
    columns = (np.arange(solid.shape[1]) + 0.5) / solid.shape[1]
    for other in faces:
        if other is face:
            continue
        border = (middle + (other.left + other.right) / 2) / 2
        person = person & ((columns < border) == (middle < border))[None, :]
    return person
