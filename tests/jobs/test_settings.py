from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from jobs.errors import HwaboError
from jobs.resources import conf_file
from jobs.settings import RunSettings, Settings, load_settings, parse_clock

RUN = RunSettings(lake="lake", run_id="test", now=parse_clock("2026-03-20T09:00:00+09:00"))


def test_defaults_are_whole_and_frozen() -> None:
    settings = load_settings(RUN)
    with pytest.raises(ValidationError):
        settings.ingest.max_photo_bytes = 1  # type: ignore[misc]


def test_a_setting_can_be_emptied() -> None:
    assert load_settings(RUN).photos.heads
    assert load_settings(RUN, overrides=["photos.heads="]).photos.heads == ""


def test_every_setting_has_a_comment() -> None:
    lines = conf_file("hwabo.yaml").read_text(encoding="utf-8").splitlines()
    settings = [number for number, line in enumerate(lines) if re.match(r"  \w+:", line)]
    bare = [lines[number] for number in settings if not lines[number - 1].strip().startswith("#")]
    assert bare == []


def test_file_lists_exactly_the_settings_that_exist() -> None:
    content = yaml.safe_load(conf_file("hwabo.yaml").read_text(encoding="utf-8"))
    for name, field in Settings.model_fields.items():
        if name != "run":
            assert isinstance(field.annotation, type)
            assert issubclass(field.annotation, BaseModel)
            assert set(content[name]) == set(field.annotation.model_fields), name


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("ingest.max_photo_byte=1", "unknown setting ingest.max_photo_byte: did you mean max_photo_bytes?"),
        ("ingset.max_photo_bytes=1", "unknown setting ingset: did you mean ingest?"),
        ("ingest.qqqq=1", "unknown setting ingest.qqqq: conf/hwabo.yaml lists all settings."),
        ("ingest.max_photo_bytes=0", "setting ingest.max_photo_bytes = 0 is not valid"),
        ("ingest.max_photo_bytes=many", "setting ingest.max_photo_bytes = 'many' is not valid"),
        ("nonsense", "is not of the form section.key=value"),
    ],
)
def test_bad_override_is_explained(override: str, message: str) -> None:
    with pytest.raises(HwaboError) as raised:
        load_settings(RUN, overrides=[override])
    assert message in str(raised.value)


def test_site_file_changes_only_its_keys(tmp_path: Path) -> None:
    site = tmp_path / "site.yaml"
    site.write_text("ingest:\n  max_photo_bytes: 7\n", encoding="utf-8")
    default, settings = load_settings(RUN), load_settings(RUN, files=[site], overrides=["ingest.max_photo_pixels=9"])
    assert settings.ingest.max_photo_bytes == 7
    assert settings.ingest.max_photo_pixels == 9
    assert settings.ingest.photo_fetch_bytes == default.ingest.photo_fetch_bytes
    assert settings.text == default.text


@pytest.mark.parametrize(
    ("content", "message"), [(None, "cannot be read"), ("a: [", "is not valid YAML in UTF-8"), ("- 1", "must hold sections")]
)
def test_bad_site_file_is_explained(tmp_path: Path, content: str | None, message: str) -> None:
    site = tmp_path / "site.yaml"
    if content is not None:
        site.write_text(content, encoding="utf-8")
    with pytest.raises(HwaboError, match=message):
        load_settings(RUN, files=[site])


def test_clock_without_offset_is_utc() -> None:
    assert parse_clock("2026-03-20T09:00:00") == parse_clock("2026-03-20T18:00:00+09:00")
    with pytest.raises(HwaboError, match="not an ISO 8601 time"):
        parse_clock("yesterday")
