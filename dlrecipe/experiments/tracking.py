"""A training told to MLflow as it goes; one that is resumed goes on where its beginning was told."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.errors import UsageError
from dlrecipe.experiments.mlflow_run import MlflowTracking
from dlrecipe.experiments.resuming import resume
from dlrecipe.experiments.training import train
from dlrecipe.runs import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dlrecipe.config import Config
    from dlrecipe.experiments.fit import Watch
    from dlrecipe.experiments.run import Run


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
    return _carry_out(
        tracking, lambda tracked: train(config, runs, lambda epochs: watch(tracked(epochs)), command)
    )


def resume_tracked(
    run: str | Path, runs: str | Path, overrides: Mapping[str, object] | None = None, watch: Watch = iter
) -> Run:
    """Go on with a training as `resume` does, and log the rest of it where its beginning was logged.

    Raises:
        RunError: As `resume`.
    """
    folder = RunFolder(Path(run))
    tracking = MlflowTracking(load_config(folder.config, overrides))
    tracking.go_on(folder.tracked)
    return _carry_out(
        tracking, lambda tracked: resume(run, runs, overrides, lambda epochs: watch(tracked(epochs)))
    )


def _carry_out(tracking: MlflowTracking, work: Callable[[Watch], Run]) -> Run:
    try:
        run = work(tracking.tracked)
    except BaseException:
        tracking.end("FAILED")
        raise
    tracking.hand_in(run)
    if tracking.problem is None:
        return run
    note = f"MLflow was not told all of this training, which is whole in {run.folder}: {tracking.problem}"
    return replace(run, result=replace(run.result, notes=(*run.result.notes, note)))
