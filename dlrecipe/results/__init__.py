"""The frozen values that travel between the rooms; they know nothing but each other."""

from dlrecipe.results.base import SCHEMA, Document, Value, plain
from dlrecipe.results.curve import Curve, CurvePoint, Fit, Forecast, Halving
from dlrecipe.results.diagnosis import Diagnosis, Figures, Gap, Suggestion
from dlrecipe.results.gradient import Block, Entry, GradientCheck, GradientReport
from dlrecipe.results.improvement import Honesty, Improvement, Progress, Start, Step
from dlrecipe.results.runs import Evaluation, Exported, RunList, RunSummary
from dlrecipe.results.training import Epoch, Score, Settings, TrainingResult

__all__ = [
    "SCHEMA",
    "Block",
    "Curve",
    "CurvePoint",
    "Diagnosis",
    "Document",
    "Entry",
    "Epoch",
    "Evaluation",
    "Exported",
    "Figures",
    "Fit",
    "Forecast",
    "Gap",
    "GradientCheck",
    "GradientReport",
    "Halving",
    "Honesty",
    "Improvement",
    "Progress",
    "RunList",
    "RunSummary",
    "Score",
    "Settings",
    "Start",
    "Step",
    "Suggestion",
    "TrainingResult",
    "Value",
    "plain",
]
