from __future__ import annotations

import argparse
import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import cli, console
from jobs.build import with_gallery
from jobs.settings import RunSettings, load_settings, parse_clock


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {verb} " in shown for verb in cli.VERBS)


@pytest.mark.parametrize("verb", [*cli.VERBS, *cli.JOBS])
def test_every_command_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = cli.main([verb, "--help"])
    except SystemExit as ended:
        code = ended.code
    assert code == 0
    assert "usage" in capsys.readouterr().out


@pytest.mark.parametrize("job", cli.JOBS)
def test_every_job_can_be_submitted(job: str) -> None:
    module = importlib.import_module(f"jobs.{job}")
    assert callable(module.run)
    assert callable(module.main)


def test_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serach"]) == 2
    assert capsys.readouterr().err == "hwabo: unknown command serach: did you mean search?\n"
    assert cli.main([]) == 2


def test_bad_options_end_with_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["build"])
    assert ended.value.code == 2
    assert cli.main(["build", "--lake", "x", "--landing", "y", "--set", "ingest.max_photo_byte=1"]) == 2
    assert "did you mean max_photo_bytes?" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("folder", ["2026", "gallery #1", "a: b", "[out]", "갤러리"])
def test_a_folder_is_taken_by_its_name_whatever_yaml_makes_of_it(folder: str) -> None:
    options = with_gallery(argparse.Namespace(gallery=folder, set=[]))
    settings = load_settings(RunSettings(lake="lake", now=parse_clock(None), run_id="x"), overrides=options.set)
    assert settings.gallery.out == folder


@given(st.text(alphabet="가나다abc ", max_size=30), st.integers(1, 20))
def test_shortened_text_fits(text: str, columns: int) -> None:
    short = console.shorten(text, columns)
    assert console.width(short) <= columns
    assert short == text or short.endswith("…")


def test_table_is_aligned_for_hangul() -> None:
    lines = console.table(["이름", "n"], [("아이", 1), ("abcd", 22)]).splitlines()
    assert lines == ["이름  n", "----  --", "아이  1", "abcd  22"]
