"""What the commands do, without a screen."""

from dlrecipe.experiments.diagnosing import diagnose, diagnose_run
from dlrecipe.experiments.evaluating import evaluate
from dlrecipe.experiments.gradchecking import gradcheck
from dlrecipe.experiments.listing import list_runs
from dlrecipe.experiments.prepare import Prepared, prepare
from dlrecipe.experiments.run import Run
from dlrecipe.experiments.training import resume, train

__all__ = [
    "Prepared",
    "Run",
    "diagnose",
    "diagnose_run",
    "evaluate",
    "gradcheck",
    "list_runs",
    "prepare",
    "resume",
    "train",
]
