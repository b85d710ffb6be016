"""The frozen values that travel between the rooms; they know nothing but each other."""

from dlrecipe.results.base import SCHEMA, Document, Value, plain
from dlrecipe.results.comparison import ComparedRun, Comparison, Pair, SeedGroup
from dlrecipe.results.curve import Curve, CurvePoint, Fit, Forecast, Halving
from dlrecipe.results.diagnosis import Diagnosis, Figures, Gap, Suggestion
from dlrecipe.results.examination import (
    ClassError,
    Classes,
    Examination,
    LayerState,
    Mistake,
    Picture,
    ReliabilityBin,
    Residuals,
    Slice,
)
from dlrecipe.results.gradient import Block, Entry, GradientCheck, GradientReport
from dlrecipe.results.improvement import Honesty, Improvement, Progress, Start, Step
from dlrecipe.results.reporting import Change, Report, ReportFile, RunReport
from dlrecipe.results.runs import Evaluation, RunList, RunSummary
from dlrecipe.results.training import Epoch, Score, Settings, TrainingResult

__all__ = [
    "SCHEMA",
    "Block",
    "Change",
    "ClassError",
    "Classes",
    "ComparedRun",
    "Comparison",
    "Curve",
    "CurvePoint",
    "Diagnosis",
    "Document",
    "Entry",
    "Epoch",
    "Evaluation",
    "Examination",
    "Figures",
    "Fit",
    "Forecast",
    "Gap",
    "GradientCheck",
    "GradientReport",
    "Halving",
    "Honesty",
    "Improvement",
    "LayerState",
    "Mistake",
    "Pair",
    "Picture",
    "Progress",
    "ReliabilityBin",
    "Report",
    "ReportFile",
    "Residuals",
    "RunList",
    "RunReport",
    "RunSummary",
    "Score",
    "SeedGroup",
    "Settings",
    "Slice",
    "Start",
    "Step",
    "Suggestion",
    "TrainingResult",
    "Value",
    "plain",
]
