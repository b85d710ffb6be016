"""Results as something to look at: the screen, JSON, a plot. The only room that knows rich and matplotlib."""

from dlrecipe.report.canvas import Ascii, Braille
from dlrecipe.report.chart import chart
from dlrecipe.report.console import console, error_console
from dlrecipe.report.diagnosis import show_diagnosis
from dlrecipe.report.document import to_json
from dlrecipe.report.gradcheck import show_gradcheck
from dlrecipe.report.improvement import show_improvement
from dlrecipe.report.live_steps import watch_steps
from dlrecipe.report.percent import percent
from dlrecipe.report.plot import plot_history
from dlrecipe.report.progress import watch
from dlrecipe.report.runs import show_evaluation, show_export, show_runs
from dlrecipe.report.training import show_training

__all__ = [
    "Ascii",
    "Braille",
    "chart",
    "console",
    "error_console",
    "percent",
    "plot_history",
    "show_diagnosis",
    "show_evaluation",
    "show_export",
    "show_gradcheck",
    "show_improvement",
    "show_runs",
    "show_training",
    "to_json",
    "watch",
    "watch_steps",
]
