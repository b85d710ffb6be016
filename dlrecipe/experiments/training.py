"""Train, and leave a run folder behind."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.config import Config, dump_config, load_config
from dlrecipe.errors import RunError
from dlrecipe.experiments.diagnosing import diagnose_training
from dlrecipe.experiments.engine import choose_engine, limited, record
from dlrecipe.experiments.fit import Fit, fit
from dlrecipe.experiments.inspecting import inspect
from dlrecipe.experiments.prepare import Prepared, prepare, require_same_data
from dlrecipe.experiments.run import Run, open_run
from dlrecipe.experiments.saver import Saver
from dlrecipe.results import TrainingResult
from dlrecipe.runs import (
    Checkpoint,
    Lock,
    Model,
    RunFolder,
    create_folder,
    find_run,
    origin_text,
    read_checkpoint,
    write_history,
    write_model,
    write_result,
    write_text,
)
from dlrecipe.runs.find import UNFINISHED
from dlrecipe.training import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.experiments.fit import Watch
    from dlrecipe.runs import Origin
    from dlrecipe.training import Engine


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
        RunError: The folder cannot be written.
    """
    prepared = prepare(config)
    engine = choose_engine(config, prepared.problem)
    files = {"config.yaml": dump_config(config)} | ({"origin.json": origin_text(origin)} if origin else {})
    folder, lock = create_folder(Path(runs), config.name, files)
    try:
        return _carry_out(prepared, engine, folder, lock, None, watch, command or _command(folder))
    except Exception:
        if not folder.checkpoint.exists():  # it never began, as for want of memory
            shutil.rmtree(folder.path, ignore_errors=True)
        raise


def resume(
    run: str | Path | None = None,
    runs: str | Path = "runs",
    overrides: Mapping[str, object] | None = None,
    watch: Watch = iter,
) -> Run:
    """Go on with an interrupted training, to the same bits as if it had not been.

    Args:
        run: A path, a name or a number; None for the newest unfinished one.
        runs: The folder of runs.
        overrides: Only `training.epochs` may change: to go on for longer, also with a finished run.
        watch: As for `train`.

    Returns:
        The finished run; a finished one without overrides as it is.

    Raises:
        RunError: There is no such run, it is being trained, or something else than the epochs should change.
    """
    if set(overrides or {}) - {"training.epochs"}:
        raise RunError(
            "A resumed run may only change training.epochs; train a new run to change "
            f"{', '.join(sorted(set(overrides or {}) - {'training.epochs'}))}."
        )
    folder = find_run(run, Path(runs), UNFINISHED)
    if folder.result.exists() and not overrides:
        return open_run(folder.path)
    lock = Lock(folder.lock)
    try:
        prepared = prepare(load_config(folder.config, overrides))
        checkpoint = read_checkpoint(folder.checkpoint) if folder.checkpoint.exists() else None
        if checkpoint:
            require_same_data(folder, prepared, checkpoint.data)
            _require_fit(folder, prepared, checkpoint, longer=bool(overrides))
        engine = checkpoint.engine if checkpoint else choose_engine(prepared.config, prepared.problem)
        engine.load_kernels()
        if overrides:  # from here on the run is the longer one, also where this process is killed
            folder.result.unlink(missing_ok=True)
            write_text(folder.config, dump_config(prepared.config))
    except BaseException:
        lock.release()
        raise
    return _carry_out(prepared, engine, folder, lock, checkpoint, watch, _command(folder))


def _require_fit(folder: RunFolder, prepared: Prepared, checkpoint: Checkpoint, *, longer: bool) -> None:
    """Refuse a checkpoint that this config cannot go on from."""
    state, config = checkpoint.state, prepared.config
    if state.theta.size != prepared.problem.network.layout.size:
        raise RunError(f"{folder.config} is not the config that {folder.checkpoint.name} was written under.")
    if longer and config.training.epochs < state.epoch:
        raise RunError(
            f"{folder.path} has {state.epoch} epochs already; training.epochs must be more. "
            f"Got {config.training.epochs}."
        )
    if longer and config.training.schedule.kind == "cosine":
        raise RunError(
            f"{folder.path} has a cosine schedule, which ends at its last epoch: with more of them every "
            "rate would have been another. Train a new run."
        )


def _carry_out(
    prepared: Prepared,
    engine: Engine,
    folder: RunFolder,
    lock: Lock,
    checkpoint: Checkpoint | None,
    watch: Watch,
    command: str,
) -> Run:
    try:
        with limited(engine.threads):
            saver = Saver(folder, engine, prepared.fingerprint)
            kernels = engine.load_kernels()
            fitted = fit(prepared.problem, prepared.config, kernels, saver, checkpoint, watch)
            result = _judge(prepared, folder, fitted, record(engine), command)
            if fitted.stopped != "interrupted":
                saver.write()
                write_history(folder.history, fitted.history)
                model = Model(prepared.problem.network, fitted.theta, prepared.dataset.encoder)
                write_model(folder.model, model)
                write_result(folder.result, result)
    finally:
        lock.release()
    return Run(folder.path, fitted.history, result)


def _command(folder: RunFolder) -> str:
    return shlex.join(["dlrecipe", "train", str(folder.config)])


def _judge(
    prepared: Prepared, folder: RunFolder, fitted: Fit, environment: dict[str, object], command: str
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
        prepared.config,
        prepared.settings,
        fitted.history,
        scores=(train, dev, train_dev),
        end=(fitted.stopped, fitted.best_epoch, network.layout.size),
        inspection=inspection,
        command=command,
    )
    return TrainingResult(
        run=str(folder.path),
        epochs=fitted.state.epoch,
        best_epoch=fitted.best_epoch,
        stopped=fitted.stopped,
        parameters=network.layout.size,
        seconds=fitted.state.seconds,
        train=train,
        dev=dev,
        train_dev=train_dev,
        cost=train.loss + penalty,
        penalty=penalty,
        diagnosis=diagnosis,
        name=prepared.config.name,
        task=prepared.dataset.task,
        settings=prepared.settings,
        environment=environment,
        data=prepared.fingerprint,
        class_weights=prepared.class_weights,
        metric=problem.metric,
        notes=prepared.dataset.notes,
        inspection=inspection,
    )
