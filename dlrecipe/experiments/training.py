"""Train, and leave a run folder behind."""

from __future__ import annotations

import shlex
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.config import Config, dump_config, plain_config
from dlrecipe.errors import RunError
from dlrecipe.experiments.diagnosing import diagnose_training, judged_by
from dlrecipe.experiments.engine import choose_engine, limited, record
from dlrecipe.experiments.fit import Fit, fit
from dlrecipe.experiments.inspecting import inspect
from dlrecipe.experiments.prepare import Prepared, prepare
from dlrecipe.experiments.run import Run, UnsavedError
from dlrecipe.experiments.saver import Saver
from dlrecipe.results import TrainingResult
from dlrecipe.runs import (
    Checkpoint,
    Conditions,
    Lock,
    Model,
    RunFolder,
    create_folder,
    origin_text,
    seal,
    write_history,
    write_model,
    write_result,
)
from dlrecipe.training import score

if TYPE_CHECKING:
    from dlrecipe.experiments.fit import Watch
    from dlrecipe.runs import Origin
    from dlrecipe.training import Engine


@dataclass(frozen=True, slots=True)
class Start:
    """How a training begins.

    Attributes:
        engine: What it runs on.
        checkpoint: Where an earlier process stopped; None for the first epoch.
        remarks: What to tell about that, with the result.
    """

    engine: Engine
    checkpoint: Checkpoint | None = None
    remarks: tuple[str, ...] = ()


def train(
    config: Config,
    runs: str | Path = "runs",
    watch: Watch = iter,
    command: str | None = None,
    origin: Origin | None = None,
) -> Run:
    """Train a network and write its run folder.

    Args:
        config: From `load_config`.
        runs: The folder of runs.
        watch: Gets the evaluations as they are made and passes them on, as a progress bar does.
        command: Stem of the commands that the suggestions quote; by default, the run's own config.
        origin: The study that this training belongs to.

    Returns:
        The run. One that diverged has its last good model; one that the user interrupted is returned with
        what it reached, and `resume` goes on with it.

    Raises:
        DataError: The data are not what the config says; no folder is left.
        RunError: The folder cannot be written; where training had begun, an `UnsavedError` with the run.
    """
    config = config.model_copy(update={"sweep": None})  # the run is one training, whatever else is searched
    prepared = prepare(config)
    engine = choose_engine(config, prepared.problem)
    files = {"config.yaml": dump_config(config)} | ({"origin.json": origin_text(origin)} if origin else {})
    folder, lock = create_folder(Path(runs), config.name, files)
    try:
        return carry_out(prepared, folder, lock, Start(engine), watch, command)
    except UnsavedError:
        raise
    except Exception:
        if not folder.checkpoint.exists():  # it never began, as for want of memory
            shutil.rmtree(folder.path, ignore_errors=True)
        raise


def carry_out(
    prepared: Prepared, folder: RunFolder, lock: Lock, start: Start, watch: Watch, command: str | None = None
) -> Run:
    """Train in a folder that is locked, from its start or from where an earlier process stopped.

    Args:
        prepared: What to train.
        folder: Where.
        lock: Of the folder; released in any case.
        start: What it runs on, and from where.
        watch: As for `train`.
        command: As for `train`.

    Raises:
        UnsavedError: It ended, and what it found could not be written.
    """
    engine = start.engine
    try:
        with limited(engine.threads):
            kernels, conditions = engine.load_kernels(), conditions_of(prepared, engine)
            saver = Saver(folder, conditions)
            fitted = fit(prepared.problem, prepared.config, kernels, saver, start.checkpoint, watch)
            with suppress(RunError):  # first of all, and again when there is a result to show with the error
                saver.write()
            command = command or shlex.join(["dlrecipe", "train", str(folder.config)])
            result = _judge(prepared, folder, fitted, conditions, command)
            return _write(
                folder,
                Model(prepared.problem.network, fitted.theta, prepared.dataset.encoder),
                saver,
                Run(folder.path, fitted.history, result, start.remarks),
            )
    finally:
        lock.release()


def _write(folder: RunFolder, model: Model, saver: Saver, run: Run) -> Run:
    """Write what came of a training; the result last, which says that the run is whole."""
    try:
        saver.write()
        if run.result.stopped == "interrupted":
            return run
        write_history(folder.history, run.history)
        write_model(folder.model, model)
        result = replace(run.result, files=seal(folder))
        write_result(folder.result, result)
    except RunError as error:
        raise UnsavedError(run, error) from error
    return replace(run, result=result)


def conditions_of(prepared: Prepared, engine: Engine) -> Conditions:
    """What a training is of and on, for its checkpoints."""
    return Conditions(plain_config(prepared.config), prepared.fingerprint, engine, record(engine))


def _judge(
    prepared: Prepared, folder: RunFolder, fitted: Fit, conditions: Conditions, command: str
) -> TrainingResult:
    network, problem = prepared.problem.network, prepared.problem
    train = score(network, fitted.theta, problem.train, problem.metric)
    dev = score(network, fitted.theta, problem.dev, problem.metric)
    part = prepared.dataset.train_dev
    train_dev = score(network, fitted.theta, prepared.examples(part), problem.metric) if part else None
    with np.errstate(over="ignore"):  # the weights of a network that ran away
        penalty = network.penalty.value(fitted.theta[network.layout.weights], problem.m)
    inspection = inspect(network, fitted.theta, problem.train)
    diagnosis = diagnose_training(
        judged_by(prepared.config),
        prepared.settings,
        fitted.history,
        scores=(train, dev, train_dev),
        end=(fitted.stopped, fitted.best_epoch, network.layout.size),
        inspection=inspection,
        command=command,
    )
    return TrainingResult(
        run=str(folder.path),
        epochs=fitted.history[-1].epoch,
        best_epoch=fitted.best_epoch,
        stopped=fitted.stopped,
        parameters=network.layout.size,
        seconds=fitted.history[-1].seconds,
        train=train,
        dev=dev,
        train_dev=train_dev,
        cost=train.loss + penalty,
        penalty=penalty,
        diagnosis=diagnosis,
        name=prepared.config.name,
        task=prepared.dataset.task,
        settings=prepared.settings,
        environment=conditions.environment,
        class_weights=prepared.class_weights,
        metric=problem.metric,
        notes=prepared.dataset.notes,
        data=conditions.data,
        config=conditions.config,
        inspection=inspection,
    )
