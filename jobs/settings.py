"""Every setting of Hwabo: `conf/hwabo.yaml` is the one place of defaults, validated once into frozen objects."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jobs.errors import HwaboError
from jobs.resources import conf_file, read_yaml


class Section(BaseModel):
    """A frozen group of settings; a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RunSettings(Section):
    """What one run is about; given on the command line, never in a file.

    Attributes:
        lake: URI of the folder that holds the tables.
        landing: URI of the landing folder; needed by ingest_posts only.
        now: the clock of this run, with time zone.
        run_id: name of this run in `runs`.
        full: rebuild everything instead of reading what changed.
        step: "k/n" of the build that this job is a part of, or "".
    """

    lake: str
    landing: str = ""
    now: datetime
    run_id: str
    full: bool = False
    step: str = ""


class IngestSettings(Section):
    """Limits of what is read from the landing folder."""

    max_photo_pixels: int = Field(gt=0)
    max_photo_bytes: int = Field(gt=0)
    photo_fetch_bytes: int = Field(gt=0)


class TextSettings(Section):
    """How texts are tagged."""

    time_zone: str
    annotator: str
    annotator_batch: int = Field(ge=1)
    matcher_names: int = Field(ge=0)
    event_kinds: str
    known_places: str
    occupations: str
    common_words: str
    phrase_weights: str
    choice_weights: str


class PhotoSettings(Section):
    """How photos are measured."""

    network: str
    network_sha256: str
    network_side: int = Field(ge=32)
    network_mean: tuple[float, float, float]
    network_deviation: tuple[float, float, float]
    network_classes: str
    tag_table: str
    heads: str
    device: Literal["cpu", "cuda"]
    threads: int = Field(ge=1)
    max_side: int = Field(ge=224)
    parts: tuple[Literal["labels", "people", "quality", "phash", "geometry"], ...]
    batch_rows: int = Field(ge=1)
    batch_bytes: int = Field(gt=0)
    per_task: int = Field(ge=1)


class CopySettings(Section):
    """When posts and photos count as copies."""

    text_threshold: float = Field(gt=0, lt=1)
    text_shingle: int = Field(ge=1)
    text_permutations: int = Field(ge=1)
    text_missed_weight: float = Field(gt=0, lt=1)
    text_minimum: int = Field(ge=1)
    text_containment: float = Field(ge=0, le=1)
    text_containment_share: float = Field(gt=0, le=1)
    text_anchor: int = Field(ge=1)
    text_anchor_window: int = Field(ge=1)
    text_slots: int = Field(ge=1, le=32768)
    text_index_runs: int = Field(ge=1)
    photo_threshold: float = Field(gt=0, lt=1)
    photo_feature_bits: int = Field(ge=0, le=128)
    photo_neighbours: int = Field(ge=1)
    photo_least_weight: int = Field(ge=1)
    photo_candidates: int = Field(ge=1)
    parts: int = Field(ge=1)
    one_task_edges: int = Field(ge=0)
    tags: int = Field(ge=1)
    tag_reach: int = Field(ge=1)


class EventSettings(Section):
    """How posts become events."""

    about: float = Field(ge=0, le=1)
    follow_up_days: int = Field(ge=0)
    preview_hours: int = Field(ge=0)
    longest_days: int = Field(ge=1)
    alike: float = Field(gt=0, le=1)
    surely_alike: float = Field(gt=0, le=1)
    retold_days: int = Field(ge=0)
    lonely_posts: int = Field(ge=0)
    phrases: int = Field(ge=0)
    keywords: int = Field(ge=0)


class TimelineSettings(Section):
    """How an event's photos are judged and chosen."""

    candidates: int = Field(ge=1)
    old_days: int = Field(ge=0)
    tags: int = Field(ge=1)
    same_look: float = Field(ge=0, le=2)
    surely_same_look: float = Field(ge=0, le=2)
    surely_other_look: float = Field(ge=0, le=2)
    look_outlets: int = Field(ge=1)
    look_photos: int = Field(ge=1)
    look_share: float = Field(ge=0, le=1)
    look_fewest: int = Field(ge=2)
    look_many: int = Field(ge=3)
    appearance_weight: float = Field(ge=0, le=1)
    unseen_scale: float = Field(gt=0)
    least_quality: float = Field(ge=0, le=1)
    least_relevance: float = Field(ge=0, le=1)
    few: int = Field(ge=1)
    most: int = Field(ge=1)
    many: int = Field(ge=2)
    burst: float = Field(ge=0, le=1)
    twin: float = Field(ge=0, le=1)
    scene: float = Field(ge=0, le=2)
    alike: float = Field(ge=0, lt=1)
    graphics: tuple[str, ...]
    file_photo_words: tuple[str, ...]
    weights: tuple[float, float, float, float]


class PlaceSettings(Section):
    """How a place's photos are composed by topic."""

    policies: str
    candidates: int = Field(ge=1)
    tags: int = Field(ge=1)
    keywords: int = Field(ge=0)
    least_quality: float = Field(ge=0, le=1)
    burst: float = Field(ge=0, le=1)
    alike: float = Field(ge=0, lt=1)
    neighbour: float = Field(ge=0, lt=1)
    graphics: tuple[str, ...]


class SearchSettings(Section):
    """How search terms are weighed.

    Attributes:
        weights: weight of a term by where it comes from.
        phrase_bonus: share of its weight that a phrase of several words adds to what its words found.
        inherited: share of its event's or place's weight that a photo is found with.
        results: most results of a kind.
    """

    weights: dict[str, float]
    phrase_bonus: float = Field(ge=0)
    inherited: float = Field(ge=0, le=1)
    results: int = Field(ge=1)


class GallerySettings(Section):
    """How the gallery is written.

    Attributes:
        out: folder of the gallery, URI; empty: `hwabo build` writes none.
        thumbnail_side: longer side of a photo in a page, pixels.
        photo_side: longer side of a photo shown alone, pixels.
        jpeg_quality: of both.
        dropped: most dropped photos that a page shows on demand for an event or place.
        newest: events on the first page.
        index_page_terms: search terms above which the index is cut into pages by first letter.
    """

    out: str
    thumbnail_side: int = Field(ge=64)
    photo_side: int = Field(ge=256)
    jpeg_quality: int = Field(ge=30, le=95)
    dropped: int = Field(ge=0)
    newest: int = Field(ge=1)
    index_page_terms: int = Field(ge=1)


class MaintenanceSettings(Section):
    """How tables are kept small and quick.

    Attributes:
        vacuum_hours: age of files that no version needs, above which they are removed, hours.
        cluster_by: columns by which the rows of a table are laid next to each other (Z-order), by table.
        runs_days: age above which notes of runs are dropped, except the newest of a job, days; 0: none.
    """

    vacuum_hours: int = Field(ge=0)
    cluster_by: dict[str, list[str]]
    runs_days: int = Field(ge=0)


class TrainingSettings(Section):
    """How models are trained and tracked."""

    tracking_uri: str
    annotator_corpora: str
    annotator_checkpoints: str
    annotator_model: str
    annotator_begin: str
    annotator_width: int = Field(ge=16)
    annotator_teachers: int = Field(ge=0)
    annotator_silver_steps: int = Field(ge=0)
    annotator_teacher_steps: int = Field(ge=1)
    annotator_refining_steps: int = Field(ge=1)
    annotator_reviews: int = Field(ge=0)
    annotator_taught_reviews: int = Field(ge=0)
    photo_labels: str
    photo_heads: str
    photos: int = Field(ge=10)
    photo_views: int = Field(ge=2)
    photo_clusters: int = Field(ge=2)


class LakeSettings(Section):
    """How tables appear in the catalog."""

    catalog_schema: str
    registration: Literal["session", "catalog", "none"]


class Settings(Section):
    """All settings of a run; a job is handed the whole and names the section that it uses."""

    run: RunSettings
    lake: LakeSettings
    ingest: IngestSettings
    text: TextSettings
    photos: PhotoSettings
    copies: CopySettings
    events: EventSettings
    timelines: TimelineSettings
    places: PlaceSettings
    search: SearchSettings
    gallery: GallerySettings
    maintenance: MaintenanceSettings
    training: TrainingSettings


def load_settings(run: RunSettings, *, files: Sequence[str | Path] = (), overrides: Sequence[str] = ()) -> Settings:
    """Reads `conf/hwabo.yaml`, lays a site's files and `section.key=value` overrides over it, and validates the whole once.

    Args:
        run: what this run is about.
        files: YAML files of a site; each names only the keys that it changes.
        overrides: `section.key=value`, the value read as YAML.

    Raises:
        HwaboError: unknown key (with its nearest match), wrong type or range, unreadable file.
    """
    merged = _read_sections(conf_file("hwabo.yaml"))
    for file in files:
        merged = _lay_over(merged, _read_sections(Path(file)))
    for override in overrides:
        merged = _lay_over(merged, _parse_override(override))
    try:
        return Settings.model_validate({**merged, "run": run})
    except ValidationError as error:
        raise HwaboError(_explain(error)) from None


def parse_clock(text: str | None) -> datetime:
    """The clock of a run: an ISO 8601 time with offset (UTC where it has none), or the present time.

    Raises:
        HwaboError: when the text is not an ISO 8601 time.
    """
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        clock = datetime.fromisoformat(text)
    except ValueError:
        raise HwaboError(f"--now {text!r} is not an ISO 8601 time: write it like 2026-03-01T09:00:00+09:00.") from None
    return clock if clock.tzinfo else clock.replace(tzinfo=UTC)


def _read_sections(path: Path) -> dict[str, Any]:
    content = read_yaml(path)
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise HwaboError(f"settings file {path} must hold sections with keys, as conf/hwabo.yaml does.")
    return content


def _lay_over(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    laid = dict(base)
    for key, value in change.items():
        below = laid.get(key)
        laid[key] = _lay_over(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return laid


def _parse_override(text: str) -> dict[str, Any]:
    path, equals, value = text.partition("=")
    if not equals or "." not in path:
        raise HwaboError(f"--set {text!r} is not of the form section.key=value, such as ingest.max_photo_bytes=1000000.")
    try:
        nested: Any = yaml.safe_load(value) if value.strip() else ""
    except yaml.YAMLError:
        raise HwaboError(f"--set {text!r}: the value is not valid YAML.") from None
    for key in reversed(path.split(".")):
        nested = {key: nested}
    return dict(nested)


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        nearest = difflib.get_close_matches(str(first["loc"][-1]), _keys_at(first["loc"][:-1]), n=1, cutoff=0.5)
        hint = f"did you mean {nearest[0]}?" if nearest else "conf/hwabo.yaml lists all settings."
        return f"unknown setting {place}: {hint}"
    if first["type"] == "missing":
        return f"setting {place} is missing: conf/hwabo.yaml has its default."
    return f"setting {place} = {first['input']!r} is not valid: {first['msg'][0].lower()}{first['msg'][1:]}."


def _keys_at(path: Sequence[int | str]) -> list[str]:
    model: type[BaseModel] = Settings
    for part in path:
        annotation = model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return list(model.model_fields)
