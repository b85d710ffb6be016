"""Results as something to look at: screens, JSON, pictures. The only room that knows rich and matplotlib."""

from dlrecipe.report.diagnosis import show_diagnosis
from dlrecipe.report.document import to_json
from dlrecipe.report.gradcheck import show_gradcheck
from dlrecipe.report.plot import plot_history
from dlrecipe.report.progress import watch
from dlrecipe.report.tables import show_evaluation, show_runs
from dlrecipe.report.training import show_training

__all__ = [
    "plot_history",
    "show_diagnosis",
    "show_evaluation",
    "show_gradcheck",
    "show_runs",
    "show_training",
    "to_json",
    "watch",
]
