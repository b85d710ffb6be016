"""The frozen values that travel between the rooms; they know nothing but each other."""

from dlrecipe.results.base import SCHEMA, Document, Value, plain
from dlrecipe.results.checks import Attainable, CheckReport, Finding, NoiseBound, Reference
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
from dlrecipe.results.lecture import (
    Claim,
    Course,
    Demonstration,
    Figure,
    Handout,
    Line,
    Plane,
    Plot,
    Syllabus,
)
from dlrecipe.results.predictions import Predictions
from dlrecipe.results.reporting import Change, Report, ReportFile, RunReport
from dlrecipe.results.runs import Evaluation, Exported, RunList, RunSummary
from dlrecipe.results.training import Epoch, Score, Seeded, Settings, TrainingResult

__all__ = [
    "SCHEMA",
    "Attainable",
    "Block",
    "Change",
    "CheckReport",
    "Claim",
    "ClassError",
    "Classes",
    "ComparedRun",
    "Comparison",
    "Course",
    "Curve",
    "CurvePoint",
    "Demonstration",
    "Diagnosis",
    "Document",
    "Entry",
    "Epoch",
    "Evaluation",
    "Examination",
    "Exported",
    "Figure",
    "Figures",
    "Finding",
    "Fit",
    "Forecast",
    "Gap",
    "GradientCheck",
    "GradientReport",
    "Halving",
    "Handout",
    "Honesty",
    "Improvement",
    "LayerState",
    "Line",
    "Mistake",
    "NoiseBound",
    "Pair",
    "Picture",
    "Plane",
    "Plot",
    "Predictions",
    "Progress",
    "Reference",
    "ReliabilityBin",
    "Report",
    "ReportFile",
    "Residuals",
    "RunList",
    "RunReport",
    "RunSummary",
    "Score",
    "SeedGroup",
    "Seeded",
    "Settings",
    "Slice",
    "Start",
    "Step",
    "Suggestion",
    "Syllabus",
    "TrainingResult",
    "Value",
    "plain",
]
