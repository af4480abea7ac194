"""Files of conf/: their digests, and how a cluster's executors come by a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import BaseModel
from pyspark.sql import SparkSession

from jobs import job, resources
from jobs.errors import HwaboError
from jobs.resources import conf_digest, served_folder
from jobs.settings import Settings


@pytest.fixture
def conf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of conf/ with a model and a list in it."""
    folder = tmp_path / "conf"
    (folder / "models" / "one" / "metadata").mkdir(parents=True)
    (folder / "models" / "one" / "graph").write_bytes(b"weights")
    (folder / "models" / "one" / "metadata" / "part-00000").write_text("{}", encoding="utf-8")
    (folder / "words.txt").write_text("하나\n", encoding="utf-8")
    monkeypatch.setattr(resources, "conf_folder", lambda: folder)
    return folder


def on_cluster(spark: SparkSession) -> SparkSession:
    """The session as if its executors were elsewhere."""
    context = SimpleNamespace(master="spark://elsewhere:7077")
    return cast(SparkSession, SimpleNamespace(sparkContext=context, _jvm=spark._jvm, _jsc=spark._jsc))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".crc"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_model_of_conf_is_copied_once_to_where_executors_read(spark: SparkSession, conf: Path, tmp_path: Path) -> None:
    below = (tmp_path / "lake" / "_models").as_uri()

    first = served_folder(on_cluster(spark), "models/one", below=below)
    copy = Path(first.removeprefix("file:"))
    assert copy.parent == tmp_path / "lake" / "_models"
    assert contents(copy) == contents(conf / "models" / "one")

    assert served_folder(on_cluster(spark), "models/one", below=below) == first
    (conf / "models" / "one" / "graph").write_bytes(b"other weights")
    second = served_folder(on_cluster(spark), "models/one", below=below)
    assert sorted(path.name for path in copy.parent.iterdir()) == sorted({Path(first).name, Path(second).name})
    assert len({first, second}) == 2


def test_addresses_stay_and_one_process_reads_conf_itself(spark: SparkSession, conf: Path) -> None:
    assert served_folder(spark, "hdfs:///models/one", below="") == "hdfs:///models/one"
    assert served_folder(spark, "models/one", below="") == (conf / "models" / "one").as_uri()
    with pytest.raises(HwaboError, match="executors of a cluster do not have conf/models/one"):
        served_folder(on_cluster(spark), "models/one", below="")


def test_another_word_in_a_list_of_conf_concerns_every_row(conf: Path) -> None:
    class Section(BaseModel):
        words: str = "words.txt"
        model: str = "models/one"
        zone: str = "Asia/Seoul"
        most: int = 3

    before: dict[str, Any] = job._in_full(Section())
    assert before["files"] == {name: conf_digest(name) for name in ("words.txt", "models/one")}
    assert before == job._in_full(Section())
    (conf / "words.txt").write_text("둘\n", encoding="utf-8")
    assert before != job._in_full(Section())
    assert before["files"]["models/one"] == conf_digest("models/one")


def test_only_files_of_conf_have_a_digest(conf: Path) -> None:
    assert [conf_digest(name) for name in ("", "nothing.txt", "../conf/words.txt", str(conf / "words.txt"))] == [""] * 4


def test_files_that_a_site_swaps_concern_every_row(make_settings: Callable[..., Settings]) -> None:
    settings = make_settings()
    sections = {"service_policies.yaml": settings.places, "photo_tags.yaml": settings.photos, "event_kinds.yaml": settings.text}
    for name, section in sections.items():
        files: Any = job._in_full(section)["files"]
        assert files[name] == conf_digest(name) != ""
