"""The whole build, and every job by itself, through spark-submit on a standalone cluster of two workers: the tables of a local run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyspark
import pytest
from pyspark.sql import SparkSession

from jobs.build import STEPS, build
from jobs.lake import Lake
from jobs.sample import write_sample
from jobs.session import QUICK, RESOLVED_JARS
from jobs.settings import RunSettings, load_settings, parse_clock
from jobs.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-03-20T09:00:00+09:00"
POSTS = 60
HISTORY = {"runs", "event_traces"}  # what happened in which run, not what is
START_SECONDS, JOB_SECONDS = 60, 600
ENVIRONMENT = {"SPARK_HOME": str(Path(pyspark.__file__).parent), "SPARK_LOCAL_IP": "127.0.0.1"}


@dataclass(frozen=True)
class Cluster:
    """A running standalone cluster and the folder that jobs are submitted from."""

    master: str
    folder: Path
    archive: Path

    def submit(self, job: str, *options: str, installed: bool = False) -> None:
        """Runs a job; `installed`: with the jars lying on the machines, as clusters keep them, instead of being sent with the job."""
        jars = os.pathsep.join(RESOLVED_JARS.read_text(encoding="utf-8").split("\n"))
        paths = [
            "spark.jars.packages=",
            "spark.jars.excludes=",
            f"spark.driver.extraClassPath={jars}",
            f"spark.executor.extraClassPath={jars}",
        ]
        command = [
            str(Path(sys.executable).parent / "spark-submit"), "--master", self.master,
            "--properties-file", str(ROOT / "conf" / "spark-defaults.conf"), "--py-files", str(self.archive),
            "--conf", "spark.driver.memory=1g", "--conf", "spark.executor.memory=1g", "--conf", "spark.sql.shuffle.partitions=2",
            *(part for pair in QUICK.items() for part in ("--conf", "=".join(pair))),
            *(part for pair in paths if installed for part in ("--conf", pair)),
            "--conf", f"spark.executor.extraJavaOptions={QUICK['spark.driver.extraJavaOptions']}",
            str(ROOT / "jobs" / f"{job}.py"), *options, "--now", NOW, "--run-id", "cluster",
        ]  # fmt: skip
        environment = {**os.environ, **ENVIRONMENT, "PYSPARK_PYTHON": sys.executable}
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=JOB_SECONDS, check=False)
        assert done.returncode == 0, f"{job}:\n{done.stderr[-6000:]}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(text: str, log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        if log.exists() and text in log.read_text(encoding="utf-8", errors="replace"):
            return
        time.sleep(0.2)
    pytest.fail(f"{log.name} does not say {text!r} after {START_SECONDS} s:\n{log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    archive = folder / "hwabo.zip"
    with zipfile.ZipFile(archive, "w") as members:
        for package in ("jobs", "udfs", "conf"):
            for path in sorted((ROOT / package).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    members.write(path, path.relative_to(ROOT))
    master = f"spark://127.0.0.1:{(port := free_port())}"
    spark_class = str(Path(sys.executable).parent / "spark-class")
    deploy = "org.apache.spark.deploy"
    environment = {**os.environ, **ENVIRONMENT, "SPARK_DAEMON_MEMORY": "256m"}
    commands = {"master": [f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]}
    for number in (1, 2):
        commands[f"worker{number}"] = [
            f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0",
            "--work-dir", str(folder / f"work{number}"), master,
        ]  # fmt: skip
    processes = []
    try:
        for name, command in commands.items():
            log = folder / f"{name}.log"
            with log.open("w", encoding="utf-8") as output:
                processes.append(subprocess.Popen([spark_class, *command], cwd=folder, env=environment, stdout=output, stderr=output))
            wait_for("I have been elected leader" if name == "master" else "Successfully registered with master", log)
        yield Cluster(master, folder, archive)
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


@dataclass(frozen=True)
class Built:
    """A lake and a gallery made from the sample."""

    lake: Lake
    gallery: Path

    @property
    def pages(self) -> list[str]:
        """The gallery's pages."""
        return sorted(str(path.relative_to(self.gallery)) for path in self.gallery.rglob("*.html"))


@pytest.fixture(scope="module")
def landing(cluster: Cluster) -> Path:
    folder = cluster.folder / "landing"
    write_sample(folder, posts=POSTS, seed=3)
    return folder


def built_on(cluster: Cluster, spark: SparkSession, landing: Path, *jobs: str) -> Built:
    """What jobs make of the sample on the cluster, one application each."""
    name = "_".join(("cluster", jobs[0]))
    built = Built(Lake(spark, str(cluster.folder / f"lake_{name}")), cluster.folder / f"gallery_{name}")
    for job in jobs:
        options = ["--lake", built.lake.uri, "--landing", str(landing), "--set", f"gallery.out={built.gallery}"]
        cluster.submit(job, *options, installed=job != "ingest_posts")
    return built


def built_here(cluster: Cluster, spark: SparkSession, landing: Path) -> Built:
    """What the same jobs make of it in this process."""
    uri, gallery = cluster.folder / "lake_local", cluster.folder / "gallery_local"
    run = RunSettings(lake=str(uri), landing=str(landing), run_id="local", now=parse_clock(NOW))
    build(spark, load_settings(run, overrides=[f"gallery.out={gallery}"]))
    return Built(Lake(spark, str(uri)), gallery)


def assert_same(theirs: Built, ours: Built) -> None:
    for name, table in TABLES.items():
        if name in HISTORY:
            continue
        assert theirs.lake.exists(name) == ours.lake.exists(name), name
        rows = (sorted(map(repr, built.lake.read(name).select(table.columns).collect())) for built in (theirs, ours))
        assert next(rows) == next(rows), name
    assert ours.lake.read("event_photos").where("verdict = 'kept'").count() > 0, "a lake without a photo would compare nothing"
    assert theirs.pages == ours.pages != []


@pytest.fixture(scope="module")
def local(spark: SparkSession, cluster: Cluster, landing: Path) -> Built:
    return built_here(cluster, spark, landing)


def test_a_build_on_the_cluster_gives_the_tables_of_a_local_one(spark: SparkSession, cluster: Cluster, landing: Path, local: Built) -> None:
    assert_same(built_on(cluster, spark, landing, "build"), local)


@pytest.mark.slow
def test_every_job_by_itself_gives_the_tables_of_a_local_run(spark: SparkSession, cluster: Cluster, landing: Path, local: Built) -> None:
    jobs = [step.__module__.removeprefix("jobs.") for step in STEPS]
    theirs = built_on(cluster, spark, landing, *jobs)
    assert_same(theirs, local)
    cluster.submit("maintain_lake", "--lake", theirs.lake.uri, installed=True)
    assert_same(theirs, local)


@pytest.mark.slow
def test_copies_without_a_lake_are_marked_on_the_cluster(spark: SparkSession, cluster: Cluster) -> None:
    source, out = str(cluster.folder / "texts"), str(cluster.folder / "copies")
    story = "배우 한서윤이 24일 오후 서울에서 열린 제작발표회에 참석해 인사하고 있다."
    rows = [("a", story), ("b", f"{story} 끝"), ("c", "전혀 다른 이야기를 하는 글이 여기에 하나 더 있다.")]
    spark.createDataFrame(rows, "id string, text string").write.format("delta").save(source)
    cluster.submit("mark_copies", "--texts", source, "--out", out, installed=True)
    assert {row.id: row.group_id for row in spark.read.format("delta").load(out).collect()} == {"a": "a", "b": "a", "c": "c"}
