"""`checkpoint.npz`: a training at the end of an epoch, to the bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from dlrecipe.errors import RunError
from dlrecipe.results import Epoch
from dlrecipe.runs.archive import read_archive, write_archive
from dlrecipe.training import Engine, KernelName, State

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from dlrecipe.nn.arrays import Floats

FORMAT = 1
"""Version of the file's layout."""

_SLOT = "slot_"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What `resume` goes on from: the streams are functions of seed and epoch, so no generator is in it.

    Attributes:
        state: Parameters and optimiser, at the end of an epoch.
        best: The parameters that would be returned now.
        history: All evaluations so far.
        engine: What decides the last bits.
        data: Fingerprint of the data it was trained on.
    """

    state: State
    best: Floats
    history: tuple[Epoch, ...]
    engine: Engine
    data: str


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint, whole or not at all."""
    state = checkpoint.state
    slots = {_SLOT + name: slot for name, slot in state.slots.items()}
    counters = np.array([FORMAT, state.epoch, state.steps, state.converged, checkpoint.engine.threads])
    write_archive(
        path,
        {
            "counters": counters,
            "kernels": np.array(checkpoint.engine.kernels),
            "data": np.array(checkpoint.data),
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
    except (KeyError, ValueError, TypeError) as error:
        raise RunError(f"{path} is not a checkpoint that this version can read ({error}).") from error


def _checkpoint(arrays: dict[str, NDArray[Any]]) -> Checkpoint:
    version, epoch, steps, converged, threads = (int(value) for value in arrays["counters"])
    if version != FORMAT:
        raise ValueError(f"format {version}, not {FORMAT}")
    kernels: Any = str(arrays["kernels"])
    if kernels not in get_args(KernelName):
        raise ValueError(f"unknown kernels {kernels}")
    slots = {name.removeprefix(_SLOT): array for name, array in arrays.items() if name.startswith(_SLOT)}
    state = State(arrays["theta"], slots, epoch, steps, float(arrays["seconds"]), bool(converged))
    history = tuple(Epoch(int(row[0]), *map(float, row[1:])) for row in arrays["history"])
    return Checkpoint(state, arrays["best"], history, Engine(threads, kernels), str(arrays["data"]))
