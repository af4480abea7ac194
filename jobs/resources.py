"""Finds the files of `conf/`, whether Hwabo runs from a checkout, from an installed wheel or from the zip of `--py-files`."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

from jobs.errors import HwaboError


@lru_cache(maxsize=1)
def conf_folder() -> Path:
    """The folder that holds `hwabo.yaml`; unpacked once a process into a temporary folder when the code came as a zip.

    Raises:
        HwaboError: when the code was shipped without `conf/`.
    """
    import conf

    folder = Path(conf.__file__).parent
    if folder.is_dir():
        return folder
    archive = next((parent for parent in folder.parents if parent.is_file()), None)
    if archive is None or not zipfile.is_zipfile(archive):
        raise HwaboError(f"conf/ is not to be found at {folder}: ship jobs/, udfs/ and conf/ together (make hwabo.zip).")
    unpacked = Path(tempfile.mkdtemp(prefix="hwabo-conf-"))
    atexit.register(shutil.rmtree, unpacked, ignore_errors=True)
    with zipfile.ZipFile(archive) as members:
        members.extractall(unpacked, [name for name in members.namelist() if name.startswith("conf/")])
    return unpacked / "conf"


def conf_file(name: str) -> Path:
    """The path of one file (or folder) below `conf/`, on the driver.

    Raises:
        HwaboError: when there is no such file.
    """
    path = conf_folder() / name
    if not path.exists():
        raise HwaboError(f"conf/{name} does not exist: restore it from the repository or correct the setting that names it.")
    return path
