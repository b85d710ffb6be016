"""The frozen values that travel between the rooms; they know nothing but each other.

The names below are imported when they are first used: to build a class takes as long as a small epoch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.lazy import importer

if TYPE_CHECKING:
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
    from dlrecipe.results.sweep import SweepProgress, SweepResult, SweepTrial
    from dlrecipe.results.training import Epoch, Score, Seeded, Settings, TrainingResult
    from dlrecipe.results.validation import Validation

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
    "SweepProgress",
    "SweepResult",
    "SweepTrial",
    "Syllabus",
    "TrainingResult",
    "Validation",
    "Value",
    "plain",
]

_HOMES = {
    "SCHEMA": "base",
    "Attainable": "checks",
    "Block": "gradient",
    "Change": "reporting",
    "CheckReport": "checks",
    "Claim": "lecture",
    "ClassError": "examination",
    "Classes": "examination",
    "ComparedRun": "comparison",
    "Comparison": "comparison",
    "Course": "lecture",
    "Curve": "curve",
    "CurvePoint": "curve",
    "Demonstration": "lecture",
    "Diagnosis": "diagnosis",
    "Document": "base",
    "Entry": "gradient",
    "Epoch": "training",
    "Evaluation": "runs",
    "Examination": "examination",
    "Exported": "runs",
    "Figure": "lecture",
    "Figures": "diagnosis",
    "Finding": "checks",
    "Fit": "curve",
    "Forecast": "curve",
    "Gap": "diagnosis",
    "GradientCheck": "gradient",
    "GradientReport": "gradient",
    "Halving": "curve",
    "Handout": "lecture",
    "Honesty": "improvement",
    "Improvement": "improvement",
    "LayerState": "examination",
    "Line": "lecture",
    "Mistake": "examination",
    "NoiseBound": "checks",
    "Pair": "comparison",
    "Picture": "examination",
    "Plane": "lecture",
    "Plot": "lecture",
    "Predictions": "predictions",
    "Progress": "improvement",
    "Reference": "checks",
    "ReliabilityBin": "examination",
    "Report": "reporting",
    "ReportFile": "reporting",
    "Residuals": "examination",
    "RunList": "runs",
    "RunReport": "reporting",
    "RunSummary": "runs",
    "Score": "training",
    "SeedGroup": "comparison",
    "Seeded": "training",
    "Settings": "training",
    "Slice": "examination",
    "Start": "improvement",
    "Step": "improvement",
    "Suggestion": "diagnosis",
    "SweepProgress": "sweep",
    "SweepResult": "sweep",
    "SweepTrial": "sweep",
    "Syllabus": "lecture",
    "TrainingResult": "training",
    "Validation": "validation",
    "Value": "base",
    "plain": "base",
}

__getattr__ = importer(__name__, _HOMES)
