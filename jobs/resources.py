"""Finds the files of `conf/`, whether Hwabo runs from a checkout, from an installed wheel or from the zip of `--py-files`."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
import uuid
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pyspark.sql import SparkSession

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


def read_yaml(path: Path) -> Any:
    """What a YAML file says, by libyaml where PyYAML was built with it: a tenth of the time.

    Raises:
        HwaboError: when it cannot be read, or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise HwaboError(f"settings file {path} cannot be read ({error.strerror}): check the path.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        line = f" line {place.line + 1}" if place else ""
        raise HwaboError(f"settings file {path}{line} is not valid YAML in UTF-8: correct it there.") from None


def conf_digest(name: str) -> str:
    """SHA-256 of a file below `conf/`, or of all names and contents of a folder; "" when `conf/` holds none of that name."""
    path = conf_folder() / name
    if not name or name.startswith("/") or ".." in name or not path.exists():
        return ""
    digest = hashlib.sha256()
    for file in sorted(one for one in ([path] if path.is_file() else path.rglob("*")) if one.is_file() and not one.name.endswith(".crc")):
        digest.update(file.relative_to(path.parent).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def served_folder(spark: SparkSession, name: str, *, below: str) -> str:
    """Address at which every executor reads a folder that a setting names.

    Args:
        spark: the session.
        name: an address that Hadoop reads, which stays as it is, or a folder below `conf/`: executors of a cluster do not have it, so it is
            copied once.
        below: where the copy goes, at an address that the executors read; its name holds the digest of the contents.

    Raises:
        HwaboError: when there is no such folder, or no place for the copy.
    """
    if "://" in name or name.startswith("/"):
        return name
    folder = conf_file(name)
    if str(spark.sparkContext.master).startswith("local"):
        return folder.as_uri()
    if not below:
        raise HwaboError(f"the executors of a cluster do not have conf/{name}: copy it to an address that they read, and name that.")
    path = spark._jvm.org.apache.hadoop.fs.Path  # type: ignore[union-attr]
    target = path(f"{below.rstrip('/')}/{folder.name}-{conf_digest(name)[:16]}")
    files = target.getFileSystem(spark._jsc.hadoopConfiguration())
    if not files.exists(target):
        part = path(f"{target}.{uuid.uuid4().hex}.part")
        files.copyFromLocalFile(False, True, path(folder.as_uri()), part)
        if not files.rename(part, target):  # another run was quicker
            files.delete(part, True)
    return str(target.toString())
