"""The frozen values that travel between the rooms; they know nothing but each other."""

from dlrecipe.results.base import SCHEMA, Document, Value, plain
from dlrecipe.results.diagnosis import Diagnosis, Figures, Gap, Suggestion
from dlrecipe.results.gradient import Block, Entry, GradientCheck, GradientReport
from dlrecipe.results.predictions import Predictions
from dlrecipe.results.runs import Evaluation, RunList, RunSummary
from dlrecipe.results.training import Epoch, Score, Settings, TrainingResult

__all__ = [
    "SCHEMA",
    "Block",
    "Diagnosis",
    "Document",
    "Entry",
    "Epoch",
    "Evaluation",
    "Figures",
    "Gap",
    "GradientCheck",
    "GradientReport",
    "Predictions",
    "RunList",
    "RunSummary",
    "Score",
    "Settings",
    "Suggestion",
    "TrainingResult",
    "Value",
    "plain",
]
