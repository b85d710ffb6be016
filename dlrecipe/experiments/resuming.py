"""Go on with a training, to the same bits as if it had never stopped, or say why that cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.config import changes, dump_config, load_config
from dlrecipe.errors import RunError
from dlrecipe.experiments.engine import choose_engine, other_environment
from dlrecipe.experiments.prepare import Prepared, prepare, require_same_data
from dlrecipe.experiments.run import Run, open_run
from dlrecipe.experiments.training import Start, carry_out, conditions_of
from dlrecipe.runs import (
    Checkpoint,
    Lock,
    RunFolder,
    find_run,
    latest_checkpoint,
    save_checkpoint,
    write_text,
)
from dlrecipe.runs.find import UNFINISHED
from dlrecipe.training import start as begin

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from dlrecipe.experiments.fit import Watch
    from dlrecipe.training import State

EPOCHS = "training.epochs"
"""The one setting that a resumed run may change."""


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
        RunError: There is no such run, it is being trained, or something that decides its bits has changed.
    """
    if others := sorted(set(overrides or {}) - {EPOCHS}):
        raise RunError(
            f"A resumed run may only change {EPOCHS}; train a new run to change {', '.join(others)}."
        )
    folder = find_run(run, Path(runs), UNFINISHED)
    if folder.result.exists() and not overrides:
        try:
            return _finished(folder)
        except RunError:
            if not folder.checkpoint.exists():
                raise
    lock = Lock(folder.lock)
    try:
        prepared, start = _where_it_stopped(folder, overrides)
        if overrides:
            _extend(folder, prepared, start)
    except BaseException:
        lock.release()
        raise
    return carry_out(prepared, folder, lock, start, watch)


def _finished(folder: RunFolder) -> Run:
    """A finished run whose files are all whole.

    Raises:
        RunError: One of them is not.
    """
    opened = open_run(folder.path)
    _ = opened.model
    return opened


def _where_it_stopped(folder: RunFolder, overrides: Mapping[str, object] | None) -> tuple[Prepared, Start]:
    """The problem of a run, and its last checkpoint, after making sure that they belong together."""
    prepared = prepare(load_config(folder.config, overrides))
    checkpoint, remark = latest_checkpoint(folder)
    if checkpoint is None:
        return prepared, Start(choose_engine(prepared.config, prepared.problem))
    engine = checkpoint.conditions.engine
    _require_same_config(folder, prepared, checkpoint, longer=bool(overrides))
    require_same_data(folder, prepared, checkpoint.conditions.data)
    if _shape(checkpoint.state) != _shape(begin(prepared.problem, prepared.config.network.init)):
        raise RunError(f"{folder.checkpoint} is not of the network and optimiser of {folder.config}.")
    if overrides:
        _require_longer(folder, prepared, checkpoint)
    engine.load_kernels()
    if others := other_environment(checkpoint.conditions.environment, engine):
        raise RunError(
            f"{folder.path} was trained with other versions, which give other bits: {'; '.join(others)}. "
            f"Go on with those of then, or train anew: dlrecipe train {folder.config}"
        )
    return prepared, Start(engine, checkpoint, (remark,) if remark else ())


def _shape(state: State) -> dict[str, tuple[tuple[int, ...], np.dtype[np.floating]]]:
    """Sizes and types of all arrays of a state."""
    return {name: (array.shape, array.dtype) for name, array in {**state.slots, "": state.theta}.items()}


def _require_same_config(
    folder: RunFolder, prepared: Prepared, checkpoint: Checkpoint, *, longer: bool
) -> None:
    changed = changes(checkpoint.conditions.config, prepared.config)
    if longer:
        changed.pop(EPOCHS, None)
    if not changed:
        return
    told = "; ".join(f"{key}: {change}" for key, change in changed.items())
    remedy = f"Put it back, or train anew: dlrecipe train {folder.config}"
    if set(changed) == {EPOCHS}:
        epochs = prepared.config.training.epochs
        remedy += f". To go on for longer: dlrecipe resume {folder.path} --set {EPOCHS}={epochs}"
    raise RunError(f"{folder.config} was changed since the training began: {told}. {remedy}")


def _require_longer(folder: RunFolder, prepared: Prepared, checkpoint: Checkpoint) -> None:
    epochs = prepared.config.training.epochs
    if epochs < checkpoint.state.epoch:
        raise RunError(
            f"{folder.path} has {checkpoint.state.epoch} epochs already; {EPOCHS} must be more. Got {epochs}."
        )
    if prepared.config.training.schedule.kind == "cosine":
        raise RunError(
            f"{folder.path} has a cosine schedule, which ends at its last epoch: with more of them every "
            "rate would have been another. Train a new run."
        )


def _extend(folder: RunFolder, prepared: Prepared, start: Start) -> None:
    """Make the run the longer one, also for whoever resumes it when this process is killed."""
    folder.result.unlink(missing_ok=True)
    write_text(folder.config, dump_config(prepared.config))
    if start.checkpoint is not None:
        conditions = conditions_of(prepared, start.engine)
        past = start.checkpoint
        save_checkpoint(folder, Checkpoint(past.state, past.best, past.history, conditions))
