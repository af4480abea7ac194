"""Where trainings are noted: MLflow, in a SQLite store beside the lake unless a site names its server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jobs.settings import Settings


def tracking_uri(settings: Settings) -> str:
    """The site's MLflow server, or a SQLite file beside a lake on this machine, or in the working folder for a lake elsewhere."""
    if settings.training.tracking_uri:
        return settings.training.tracking_uri
    lake = settings.run.lake.removeprefix("file://")
    folder = Path(lake).parent if lake.startswith("/") else Path.cwd()
    return f"sqlite:///{folder / 'mlflow.db'}"


@contextmanager
def tracked_run(settings: Settings, experiment: str, parameters: Mapping[str, Any]) -> Iterator[Any]:
    """One MLflow run with its parameters logged; yields the mlflow module."""
    import mlflow

    mlflow.set_tracking_uri(tracking_uri(settings))
    lake = settings.run.lake.removeprefix("file://")
    if mlflow.get_experiment_by_name(experiment) is None:
        beside = lake.startswith("/") and not settings.training.tracking_uri
        artefacts = (Path(lake).parent / "mlflow-artefacts").as_uri() if beside else None
        mlflow.create_experiment(experiment, artifact_location=artefacts)
    mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name=settings.run.run_id):
        mlflow.log_params(dict(parameters))
        yield mlflow
