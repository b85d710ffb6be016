"""Training: a generator of epochs over one flat theta, and what decides its steps and its end."""

from dlrecipe.training.evaluation import score
from dlrecipe.training.loop import State, epochs, start
from dlrecipe.training.optimizers import OPTIMIZERS
from dlrecipe.training.problem import Examples, Problem
from dlrecipe.training.schedules import SCHEDULES, Schedule
from dlrecipe.training.stopping import diverged, improves, until_stale
from dlrecipe.training.streams import stream

__all__ = [
    "OPTIMIZERS",
    "SCHEDULES",
    "Examples",
    "Problem",
    "Schedule",
    "State",
    "diverged",
    "epochs",
    "improves",
    "score",
    "start",
    "stream",
    "until_stale",
]
