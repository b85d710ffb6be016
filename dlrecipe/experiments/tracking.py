"""A training told to MLflow as it goes: parameters, metrics of each epoch, in the end files and model."""

from __future__ import annotations

import json
import math
import os
import tempfile
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlrecipe.errors import UsageError
from dlrecipe.experiments.training import train
from dlrecipe.runs import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.config import Config
    from dlrecipe.experiments.fit import Watch
    from dlrecipe.experiments.run import Run
    from dlrecipe.results import Epoch

EVERY = 2.0
"""Seconds between two messages to the server, at least."""

MOST = 1000
"""Metrics that one message may have."""

_STATUS = {"interrupted": "KILLED", "diverged": "FAILED"}


def train_tracked(
    config: Config, runs: str | Path = "runs", watch: Watch = iter, command: str | None = None
) -> Run:
    """Train as `train` does, and log it to MLflow: where `MLFLOW_TRACKING_URI` says, by default ./mlruns.

    A store that fails is given up with a note in the result; the training goes on and is never lost for it.

    Raises:
        UsageError: MLflow is not installed.
    """
    if find_spec("mlflow") is None:
        raise UsageError(
            '--track mlflow needs MLflow, which is not installed: python -m pip install "dlrecipe[mlflow]"'
        )
    tracking = MlflowTracking(config)
    try:
        run = train(config, runs, lambda epochs: watch(tracking.tracked(epochs)), command)
    except BaseException:
        tracking.end("FAILED")
        raise
    tracking.hand_in(run)
    if tracking.problem is None:
        return run
    note = f"MLflow was not told all of this training, which is whole in {run.folder}: {tracking.problem}"
    return replace(run, result=replace(run.result, notes=(*run.result.notes, note)))


class MlflowTracking:
    """One training in MLflow's store, in the experiment of the config's name; begun by its first evaluation.

    Attributes:
        problem: What went wrong first, after which nothing more is tried; None where nothing has.
    """

    def __init__(self, config: Config) -> None:
        self.problem: str | None = None
        self._config = config
        self._client: Any = None
        self._id = ""
        self._waiting: list[Any] = []
        self._due = 0.0

    def tracked(self, epochs: Iterator[Epoch]) -> Iterator[Epoch]:
        """Pass evaluations on once they are noted."""
        for epoch in epochs:
            self._safely(self._add, epoch)
            yield epoch

    def hand_in(self, run: Run) -> None:
        """Hand in the last metrics, the verdict, the run's files and its model, and end."""
        self._safely(self._finish, run)
        self.end(_STATUS.get(run.result.stopped, "FINISHED"))

    def end(self, status: str) -> None:
        """Say in MLflow's words how it ended, if it ever began."""
        if self._client is not None:
            self._safely(self._client.set_terminated, self._id, status)

    def _begin(self, config: Config) -> None:
        store = _store()
        from mlflow import MlflowClient  # noqa: PLC0415  # an extra, slow to import, and configured before

        client = MlflowClient(store)
        experiment = client.get_experiment_by_name(config.name)
        at = experiment.experiment_id if experiment else client.create_experiment(config.name)
        self._id = client.create_run(at, run_name=config.name).info.run_id
        self._client = client
        for key, value in _parameters(config):
            self._client.log_param(self._id, key, value)

    def _add(self, epoch: Epoch) -> None:
        if self._client is None:
            self._begin(self._config)
        from mlflow.entities import Metric  # noqa: PLC0415  # likewise

        now = int(time.time() * 1000)
        values = {name: value for name, value in epoch._asdict().items() if name != "epoch"}
        self._waiting += [
            Metric(name, value, now, epoch.epoch) for name, value in values.items() if math.isfinite(value)
        ]
        if time.monotonic() >= self._due:
            self._send()

    def _send(self) -> None:
        while self._waiting:
            self._client.log_batch(self._id, metrics=self._waiting[:MOST])
            del self._waiting[:MOST]
        self._due = time.monotonic() + EVERY

    def _finish(self, run: Run) -> None:
        self._send()
        result, folder = run.result, RunFolder(run.folder)
        facts = {"verdict": result.diagnosis.verdict, "stopped": result.stopped, "run": result.run}
        for name, value in facts.items():
            self._client.set_tag(self._id, name, value)
        for file in (folder.config, folder.history, folder.result):
            if file.exists():
                self._client.log_artifact(self._id, str(file))
        if folder.model.exists():
            with tempfile.TemporaryDirectory() as made:
                _write_model(Path(made), folder.model, self._id)
                self._client.log_artifacts(self._id, made, "model")

    def _safely(self, action: Callable[..., object], *arguments: object) -> None:
        if self.problem is not None:
            return
        try:
            action(*arguments)
        except Exception as error:  # noqa: BLE001  # whatever a store raises, no training is lost for it
            self.problem = " ".join(str(error).split())[:300] or type(error).__name__


def _store() -> str:
    """Where the runs go; sets what MLflow reads when it is imported, unless the user has.

    A server that does not answer is not waited for, a folder is allowed, and nobody else is told.
    """
    uri = os.environ.get("MLFLOW_TRACKING_URI") or Path("mlruns").absolute().as_uri()
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "10")
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    if "://" not in uri or uri.startswith("file:"):
        os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")
    return uri


def _parameters(config: Config) -> Iterator[tuple[str, str]]:
    """Every key of the config, `training.lambda`, and its value as JSON has it."""
    for name, value in config.model_dump(mode="json", by_alias=True).items():
        for key, inner in value.items() if isinstance(value, dict) else [("", value)]:
            text = inner if isinstance(inner, str) else json.dumps(inner, ensure_ascii=False)
            yield f"{name}.{key}" if key else name, text


def _write_model(folder: Path, model: Path, run: str) -> None:
    """Write an MLflow model: `mlflow.pyfunc.load_model` gives predictions for a table or a matrix."""
    from mlflow.models import Model  # noqa: PLC0415  # likewise

    (folder / model.name).write_bytes(model.read_bytes())
    (folder / "requirements.txt").write_text("dlrecipe\n")
    described = Model(artifact_path="model", run_id=run)
    described.add_flavor(
        "python_function",
        loader_module="dlrecipe.experiments.serving",
        data=model.name,
        env="requirements.txt",
    )
    described.save(str(folder / "MLmodel"))
