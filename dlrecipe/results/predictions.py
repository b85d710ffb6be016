"""What a model says of examples whose target it has not seen."""

from __future__ import annotations

from dataclasses import dataclass

from dlrecipe.results.base import Document
from dlrecipe.results.diagnosis import Task

Label = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Predictions(Document):
    """What `predict --json` prints: an entry for each row of the file, in its order.

    Attributes:
        run: The run whose model it is.
        data: The file.
        out: The file the predictions were written to; None if none.
        examples: Rows of the file.
        task: What is predicted.
        classes: The classes, in the order of the probabilities; None for a regression.
        predictions: The class, or the target in its own units; None where a missing cell prevents one.
        probabilities: Of each class; None for a regression, and where there is no prediction.
        notes: What a user should know.
    """

    run: str
    data: str
    out: str | None
    examples: int
    task: Task
    classes: tuple[Label, ...] | None
    predictions: tuple[Label | None, ...]
    probabilities: tuple[tuple[float, ...] | None, ...] | None
    notes: tuple[str, ...]
