"""The Spark session: as spark-submit made it, or, for the `hwabo` command, from conf/spark-defaults.conf."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import SparkSession

from jobs.errors import HwaboError
from jobs.resources import conf_file

# Written once at set-up: the jar files that Spark's resolver found for spark.jars.packages.
RESOLVED_JARS = Path(sys.prefix) / "hwabo-jars.txt"


# A run of a minute spends more time in compilers - the JVM's second one, Spark's own - than it wins by them; what the JVM's first one
# makes of Spark needs more room than it is given.
QUICK = {
    "spark.driver.extraJavaOptions": "-XX:+UseParallelGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def create_session(name: str, *, master: str | None = None, properties: Sequence[str] = (), quick: bool = False) -> SparkSession:
    """The session of this process.

    Under spark-submit (or in a notebook that has one) the session is taken as configured there; else one is started with
    conf/spark-defaults.conf on `master`.

    Args:
        name: name of the application.
        master: Spark master URL; default: the environment's HWABO_MASTER, else local[*].
        properties: KEY=VALUE, laid over the file.
        quick: for commands and samples that run a minute or two: the JVM compiles less and starts to work sooner.

    Raises:
        HwaboError: when a property is malformed, or the session cannot be started.
    """
    started_elsewhere = "PYSPARK_GATEWAY_PORT" in os.environ or SparkSession.getActiveSession() is not None
    builder = SparkSession.builder.appName(f"hwabo {name}")
    if started_elsewhere:
        spark = builder.getOrCreate()
    else:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        chosen = master or os.environ.get("HWABO_MASTER", "local[*]")
        for key, value in {**local_properties(chosen), **(QUICK if quick else {}), **_parse(properties)}.items():
            builder = builder.config(key, value)
        try:
            spark = builder.master(chosen).getOrCreate()
        except Exception as error:
            raise HwaboError(f"Spark did not start on {chosen} ({type(error).__name__}): is Java 17 the `java` of this shell?") from error
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def spark_properties() -> dict[str, str]:
    """The properties of conf/spark-defaults.conf."""
    lines = conf_file("spark-defaults.conf").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(None, 1) for line in lines if line.strip() and not line.lstrip().startswith("#"))
    return {key: value.strip() for key, value in pairs}


def local_properties(master: str) -> dict[str, str]:
    """Properties for a master; on this machine, jars already resolved go on the class path, which spares resolving and copying."""
    properties = spark_properties()
    if master.startswith("local") and RESOLVED_JARS.exists():
        jars = RESOLVED_JARS.read_text(encoding="utf-8").split("\n")
        if all(Path(jar).exists() for jar in jars):
            del properties["spark.jars.packages"], properties["spark.jars.excludes"]
            properties["spark.driver.extraClassPath"] = os.pathsep.join(jars)
    return properties


def resolve_jars() -> None:
    """Lets Spark's own resolver fetch the jars and notes where they lie; the resolver's talk goes to a log beside the note.

    Raises:
        HwaboError: when they cannot be had.
    """
    log = RESOLVED_JARS.with_suffix(".log")
    program = "from jobs.session import _note_resolved_jars; _note_resolved_jars()"
    with log.open("w", encoding="utf-8") as talk:
        done = subprocess.run([sys.executable, "-c", program], stdout=talk, stderr=talk, check=False)
    if done.returncode:
        raise HwaboError(f"the jars of conf/spark-defaults.conf could not be resolved: see {log}, and check the network or Ivy settings.")


def _note_resolved_jars() -> None:
    RESOLVED_JARS.unlink(missing_ok=True)
    spark = create_session("jars", master="local[1]")
    jars = [str(path).removeprefix("file:") for path in spark.conf.get("spark.jars", "").split(",") if path]  # type: ignore[union-attr]
    RESOLVED_JARS.write_text("\n".join(jars), encoding="utf-8")
    spark.stop()


def _parse(properties: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for text in properties:
        key, equals, value = text.partition("=")
        if not equals:
            raise HwaboError(f"--spark-conf {text!r} is not of the form KEY=VALUE, such as spark.driver.memory=6g.")
        pairs[key] = value
    return pairs
