"""The frozen values that travel between the rooms; they know nothing but each other."""

from dlrecipe.results.base import SCHEMA, Document, Value, plain
from dlrecipe.results.checks import Attainable, CheckReport, Finding, NoiseBound, Reference
from dlrecipe.results.curve import Curve, CurvePoint, Fit, Forecast, Halving
from dlrecipe.results.diagnosis import Diagnosis, Figures, Gap, Suggestion
from dlrecipe.results.gradient import Block, Entry, GradientCheck, GradientReport
from dlrecipe.results.improvement import Honesty, Improvement, Progress, Start, Step
from dlrecipe.results.predictions import Predictions
from dlrecipe.results.runs import Evaluation, RunList, RunSummary
from dlrecipe.results.training import Epoch, Score, Settings, TrainingResult

__all__ = [
    "SCHEMA",
    "Attainable",
    "Block",
    "CheckReport",
    "Curve",
    "CurvePoint",
    "Diagnosis",
    "Document",
    "Entry",
    "Epoch",
    "Evaluation",
    "Figures",
    "Finding",
    "Fit",
    "Forecast",
    "Gap",
    "GradientCheck",
    "GradientReport",
    "Halving",
    "Honesty",
    "Improvement",
    "NoiseBound",
    "Predictions",
    "Progress",
    "Reference",
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
