"""`checkpoint.npz`: a training at the end of an epoch, to the bit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from dlrecipe.errors import RunError
from dlrecipe.results import Epoch
from dlrecipe.runs.archive import read_archive, write_archive
from dlrecipe.runs.atomic import keep_under
from dlrecipe.training import Engine, KernelName, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats
    from dlrecipe.runs.folder import RunFolder

FORMAT = 2
"""Version of the file's layout."""

_SLOT = "slot_"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a training is of, and on: what must be the same where it goes on.

    Attributes:
        config: The full config, as plain data.
        data: Fingerprint of the examples.
        engine: What decides the last bits.
        environment: The versions and the machine that decide them too.
    """

    config: Mapping[str, object]
    data: str
    engine: Engine
    environment: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What `resume` goes on from: the streams are functions of seed and epoch, so no generator is in it.

    Attributes:
        state: Parameters and optimiser, at the end of an epoch.
        best: The parameters that would be returned now.
        history: All evaluations so far.
        conditions: What it is a training of.
    """

    state: State
    best: Floats
    history: tuple[Epoch, ...]
    conditions: Conditions


def save_checkpoint(folder: RunFolder, checkpoint: Checkpoint) -> None:
    """Write a checkpoint, whole or not at all; the one before it is kept beside it.

    Raises:
        RunError: The file system refuses; what was there is still there.
    """
    keep_under(folder.checkpoint, folder.previous)
    write_checkpoint(folder.checkpoint, checkpoint)


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint, whole or not at all."""
    state, conditions = checkpoint.state, checkpoint.conditions
    slots = {_SLOT + name: slot for name, slot in state.slots.items()}
    counters = np.array([FORMAT, state.epoch, state.steps, state.converged, conditions.engine.threads])
    write_archive(
        path,
        {
            "counters": counters,
            "kernels": np.array(conditions.engine.kernels),
            "data": np.array(conditions.data),
            "config": np.array(json.dumps(conditions.config)),
            "environment": np.array(json.dumps(conditions.environment)),
            "seconds": np.array(state.seconds),
            "theta": state.theta,
            "best": checkpoint.best,
            "history": np.array(checkpoint.history, np.float64),
            **slots,
        },
    )


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint.

    Raises:
        RunError: The file is missing, damaged, or of another format.
    """
    arrays = read_archive(path)
    try:
        return _checkpoint(arrays)
    except (KeyError, ValueError, TypeError, IndexError, OverflowError, RecursionError) as error:
        raise RunError(f"{path} is not a checkpoint that this version can read ({error}).") from error


def _checkpoint(arrays: dict[str, NDArray[Any]]) -> Checkpoint:
    version, epoch, steps, converged, threads = (int(value) for value in arrays["counters"])
    if version != FORMAT:
        raise ValueError(f"format {version}, not {FORMAT}")
    if min(epoch, steps) < 0 or threads < 1:
        raise ValueError("its counters are out of their ranges")
    kernels: Any = str(arrays["kernels"])
    if kernels not in get_args(KernelName):
        raise ValueError(f"unknown kernels {kernels}")
    theta, best = arrays["theta"], arrays["best"]
    if (
        theta.ndim != 1
        or best.shape != theta.shape
        or not theta.dtype == best.dtype
        or theta.dtype.kind != "f"
    ):
        raise ValueError("theta and best are no vectors of one kind")
    slots = {name.removeprefix(_SLOT): array for name, array in arrays.items() if name.startswith(_SLOT)}
    state = State(theta, slots, epoch, steps, float(arrays["seconds"]), bool(converged))
    history = tuple(Epoch(int(row[0]), *map(float, row[1:])) for row in arrays["history"])
    if not history or history[-1].epoch != epoch:
        raise ValueError("its history does not end with its epoch")
    config, environment = (dict(json.loads(str(arrays[name]))) for name in ("config", "environment"))
    conditions = Conditions(config, str(arrays["data"]), Engine(threads, kernels), environment)
    return Checkpoint(state, best, history, conditions)


def latest_checkpoint(folder: RunFolder) -> tuple[Checkpoint | None, str | None]:
    """The newest checkpoint that is whole, and a remark where that is not the newest of all.

    Returns:
        (None, None) where none was ever written.

    Raises:
        RunError: All that were written are damaged.
    """
    damage = None
    for path in (folder.checkpoint, folder.previous):
        if not path.exists():
            continue
        try:
            checkpoint = read_checkpoint(path)
        except RunError as error:
            damage = damage or error
            continue
        if damage is None:
            return checkpoint, None
        return checkpoint, f"{damage} The checkpoint before it, of epoch {checkpoint.state.epoch}, is used."
    if damage is not None:
        raise RunError(
            f"{damage} No other checkpoint is left: train again with dlrecipe train {folder.config}"
        )
    return None, None
