"""Results as something to look at: the screen, JSON, a plot, HTML. Only this room knows rich and matplotlib.

The names below are imported when they are first used: a command should not wait for what another one shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.lazy import importer

if TYPE_CHECKING:
    from dlrecipe.report.check import show_check
    from dlrecipe.report.comparison import show_comparison
    from dlrecipe.report.counting import watch_count
    from dlrecipe.report.diagnosis import show_diagnosis
    from dlrecipe.report.document import to_json
    from dlrecipe.report.gradcheck import show_gradcheck
    from dlrecipe.report.improvement import show_improvement
    from dlrecipe.report.learning_curve import show_curve
    from dlrecipe.report.lecture import show_course, show_demonstration, show_handout, show_syllabus
    from dlrecipe.report.lecture_page import write_lecture_page
    from dlrecipe.report.live_steps import watch_steps
    from dlrecipe.report.live_sweep import watch_sweep
    from dlrecipe.report.notes import show_notes
    from dlrecipe.report.plot import plot_history
    from dlrecipe.report.predictions import show_predictions
    from dlrecipe.report.progress import track, watch
    from dlrecipe.report.runs import show_evaluation, show_export, show_report_file, show_runs
    from dlrecipe.report.sweep import show_sweep
    from dlrecipe.report.training import show_training
    from dlrecipe.report.validation import show_validation

__all__ = [
    "plot_history",
    "show_check",
    "show_comparison",
    "show_course",
    "show_curve",
    "show_demonstration",
    "show_diagnosis",
    "show_evaluation",
    "show_export",
    "show_gradcheck",
    "show_handout",
    "show_improvement",
    "show_notes",
    "show_predictions",
    "show_report_file",
    "show_runs",
    "show_sweep",
    "show_syllabus",
    "show_training",
    "show_validation",
    "to_json",
    "track",
    "watch",
    "watch_count",
    "watch_steps",
    "watch_sweep",
    "write_lecture_page",
]

_HOMES = {
    "plot_history": "plot",
    "show_check": "check",
    "show_comparison": "comparison",
    "show_course": "lecture",
    "show_curve": "learning_curve",
    "show_demonstration": "lecture",
    "show_diagnosis": "diagnosis",
    "show_evaluation": "runs",
    "show_export": "runs",
    "show_gradcheck": "gradcheck",
    "show_handout": "lecture",
    "show_improvement": "improvement",
    "show_notes": "notes",
    "show_predictions": "predictions",
    "show_report_file": "runs",
    "show_runs": "runs",
    "show_sweep": "sweep",
    "show_syllabus": "lecture",
    "show_training": "training",
    "show_validation": "validation",
    "to_json": "document",
    "track": "progress",
    "watch": "progress",
    "watch_count": "counting",
    "watch_steps": "live_steps",
    "watch_sweep": "live_sweep",
    "write_lecture_page": "lecture_page",
}

__getattr__ = importer(__name__, _HOMES)
