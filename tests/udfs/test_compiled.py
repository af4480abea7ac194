import os
import subprocess
import sys
import zipfile
from pathlib import Path

import udfs.compiled

SOURCE = """
from udfs.compiled import compiled

@compiled
def doubled(number):
    return {factor} * number
"""
CALL = "from udfs.loops import doubled; print(doubled(21), sum(doubled.stats.cache_hits.values()))"


def archive(folder: Path, *, factor: int = 2) -> Path:
    folder.mkdir()
    with zipfile.ZipFile(folder / "code.zip", "w") as members:
        members.writestr("udfs/__init__.py", "")
        members.write(udfs.compiled.__file__, "udfs/compiled.py")
        members.writestr("udfs/loops.py", SOURCE.format(factor=factor))
    return folder / "code.zip"


def called(code: Path, cache: Path) -> str:
    """What a process that has its modules from an archive makes of 21, and how often it found machine code."""
    environment = {**os.environ, "PYTHONPATH": str(code), "XDG_CACHE_HOME": str(cache), "HOME": str(cache)}
    done = subprocess.run([sys.executable, "-c", CALL], cwd=code.parent, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_machine_code_of_an_archive_is_found_again_wherever_the_archive_lies(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert called(archive(tmp_path / "one"), cache) == "42 0"
    assert called(archive(tmp_path / "two"), cache) == "42 1"
    assert called(archive(tmp_path / "changed", factor=3), cache) == "63 0"
    assert len(list((cache / "numba").iterdir())) == 2


def test_without_a_place_for_machine_code_each_process_compiles(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert called(archive(tmp_path / "one"), tmp_path / "cache") == "42 0"
