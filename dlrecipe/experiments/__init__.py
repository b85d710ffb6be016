"""What the commands do, without a screen.

The names below are imported when they are first used: a training should not wait for the gradient check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.lazy import importer

if TYPE_CHECKING:
    from dlrecipe.experiments.checking import check
    from dlrecipe.experiments.comparing import compare
    from dlrecipe.experiments.diagnosing import diagnose, diagnose_run
    from dlrecipe.experiments.evaluating import evaluate
    from dlrecipe.experiments.exporting import export
    from dlrecipe.experiments.gradchecking import gradcheck
    from dlrecipe.experiments.improving import improve, resume_improvement
    from dlrecipe.experiments.learning_curve import curve, resume_curve
    from dlrecipe.experiments.listing import list_runs
    from dlrecipe.experiments.predicting import predict
    from dlrecipe.experiments.probing import diagnose_with_probes
    from dlrecipe.experiments.reporting import gather
    from dlrecipe.experiments.resuming import resume
    from dlrecipe.experiments.run import Run, UnsavedError
    from dlrecipe.experiments.seeds import resume_seeds, train_seeds
    from dlrecipe.experiments.sweeping.study import resume_sweep, sweep
    from dlrecipe.experiments.tracking import resume_tracked, train_tracked
    from dlrecipe.experiments.training import train

__all__ = [
    "Run",
    "UnsavedError",
    "check",
    "compare",
    "curve",
    "diagnose",
    "diagnose_run",
    "diagnose_with_probes",
    "evaluate",
    "export",
    "gather",
    "gradcheck",
    "improve",
    "list_runs",
    "predict",
    "resume",
    "resume_curve",
    "resume_improvement",
    "resume_seeds",
    "resume_sweep",
    "resume_tracked",
    "sweep",
    "train",
    "train_seeds",
    "train_tracked",
]

_HOMES = {
    "Run": "run",
    "check": "checking",
    "compare": "comparing",
    "curve": "learning_curve",
    "diagnose": "diagnosing",
    "diagnose_run": "diagnosing",
    "diagnose_with_probes": "probing",
    "evaluate": "evaluating",
    "gather": "reporting",
    "export": "exporting",
    "gradcheck": "gradchecking",
    "improve": "improving",
    "list_runs": "listing",
    "predict": "predicting",
    "resume_curve": "learning_curve",
    "resume_improvement": "improving",
    "UnsavedError": "run",
    "resume": "resuming",
    "resume_seeds": "seeds",
    "resume_sweep": "sweeping.study",
    "resume_tracked": "tracking",
    "sweep": "sweeping.study",
    "train": "training",
    "train_seeds": "seeds",
    "train_tracked": "tracking",
}

__getattr__ = importer(__name__, _HOMES)
