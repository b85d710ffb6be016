"""One training in MLflow's store: parameters, metrics of each epoch, in the end files and model."""

from __future__ import annotations

import json
import math
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from dlrecipe.errors import RunError
from dlrecipe.runs import RunFolder
from dlrecipe.runs.tracked import Tracked, read_tracked, write_tracked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.config import Config
    from dlrecipe.experiments.run import Run
    from dlrecipe.results import Epoch

EVERY = 2.0
"""Seconds between two messages to the server, at least."""

MOST = 1000
"""Metrics that one message may have."""

_STATUS = {"interrupted": "KILLED", "diverged": "FAILED"}


class MlflowTracking:
    """One training in MLflow's store, in the experiment of the config's name; begun by its first evaluation.

    Attributes:
        problem: What went wrong first, after which nothing more is tried; None where nothing has.
    """

    def __init__(self, config: Config) -> None:
        self.problem: str | None = None
        self._config = config
        self._client: Any = None
        self._store = ""
        self._id = ""
        self._waiting: list[Any] = []
        self._due = 0.0
        self._begun: Tracked | None = None
        self._epoch = -1

    def go_on(self, file: Path) -> None:
        """Go on with the training that an earlier process logged, as `tracked.json` says."""
        try:
            self._begun = read_tracked(file)
            self._epoch = self._begun.epoch
        except RunError as error:
            self.problem = str(error)

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
        store = self._store = _store(self._begun.store if self._begun else None)
        from mlflow import MlflowClient  # noqa: PLC0415  # an extra, slow to import, and configured before

        client = MlflowClient(store)
        if self._begun:
            self._id = self._begun.run
            client.update_run(self._id, status="RUNNING")
            self._client = client
            return
        experiment = client.get_experiment_by_name(config.name)
        at = experiment.experiment_id if experiment else client.create_experiment(config.name)
        self._id = client.create_run(at, run_name=config.name).info.run_id
        self._client = client
        for key, value in _parameters(config):
            self._client.log_param(self._id, key, value)

    def _add(self, epoch: Epoch) -> None:
        if self._client is None:
            self._begin(self._config)
        if epoch.epoch <= self._epoch:
            return  # an earlier process told it
        from mlflow.entities import Metric  # noqa: PLC0415  # likewise

        self._epoch = epoch.epoch
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
        result, folder = run.result, RunFolder(run.folder)
        if self._client is None:
            return  # what was resumed was finished and told already
        self._send()
        write_tracked(folder.tracked, Tracked(_without_password(self._store), self._id, self._epoch))
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


def _store(known: str | None) -> str:
    """Where the runs go, or went; sets what MLflow reads when it is imported, unless the user has.

    A server that does not answer is not waited for, a folder is allowed, and nobody else is told.
    """
    uri = os.environ.get("MLFLOW_TRACKING_URI") or known or Path("mlruns").absolute().as_uri()
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "10")
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    if "://" not in uri or uri.startswith("file:"):
        os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")
    return uri


def _without_password(uri: str) -> str:
    """What may lie in a run's folder: the user and password of a server are asked for again."""
    parts = urlsplit(uri)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


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
