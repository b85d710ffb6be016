"""Training: a generator of epochs over one flat theta, and what decides its steps and its end."""

from dlrecipe.training.augment import Augmentation
from dlrecipe.training.engine import Engine, KernelName, has_numba
from dlrecipe.training.evaluation import score
from dlrecipe.training.loop import State, epochs, start
from dlrecipe.training.metrics import METRICS
from dlrecipe.training.optimizers import OPTIMIZERS
from dlrecipe.training.packed import AnyExamples, Packed
from dlrecipe.training.plain import PLAIN
from dlrecipe.training.problem import Examples, Problem
from dlrecipe.training.schedules import SCHEDULES, Schedule
from dlrecipe.training.stopping import diverged, improves, until_stale
from dlrecipe.training.streamed import Streamed
from dlrecipe.training.streams import stream

__all__ = [
    "METRICS",
    "OPTIMIZERS",
    "PLAIN",
    "SCHEDULES",
    "AnyExamples",
    "Augmentation",
    "Engine",
    "Examples",
    "KernelName",
    "Packed",
    "Problem",
    "Schedule",
    "State",
    "Streamed",
    "diverged",
    "epochs",
    "has_numba",
    "improves",
    "score",
    "start",
    "stream",
    "until_stale",
]
