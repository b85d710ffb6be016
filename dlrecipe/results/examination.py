"""What a run's model does on its dev set, example by example and layer by layer."""

from __future__ import annotations

from dataclasses import dataclass

from dlrecipe.results.base import Value

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture(Value):
    """An example that is an image: its size, and its grey values (0 to 255) row by row."""

    width: int
    height: int
    pixels: bytes

    def to_dict(self) -> dict[str, object]:
        """Return the picture as plain data."""
        return {"width": self.width, "height": self.height, "pixels": list(self.pixels)}


@dataclass(frozen=True, slots=True)
class Mistake(Value):
    """A dev example that the model gets wrong.

    Attributes:
        row: Its row in the file, counted from 0.
        truth, answer: Labels, or a regression's target and prediction in the target's units.
        confidence: Probability that the model gave its answer; None for a regression.
        picture: The example, where it is one.
    """

    row: int
    truth: str
    answer: str
    confidence: float | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class ClassError(Value):
    """The dev examples of one class, how many of them are wrong, and what they are most often taken for."""

    label: str
    examples: int
    wrong: int
    interval: Interval
    taken_for: str | None


@dataclass(frozen=True, slots=True)
class ReliabilityBin(Value):
    """Dev examples of similar confidence: mean confidence, accuracy and its 95 % interval."""

    low: float
    high: float
    examples: int
    confidence: float
    accuracy: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Classes(Value):
    """What is particular to a classification.

    Attributes:
        labels: The classes, in the order of `confusion`.
        confusion: `confusion[i][j]` examples of class i were taken for class j.
        errors: One for each class that the dev set has.
        bins: Confidence against accuracy.
        ece: Expected calibration error, a fraction.
        ece_by_chance: What a perfectly calibrated model would show on as many examples.
    """

    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    errors: tuple[ClassError, ...]
    bins: tuple[ReliabilityBin, ...]
    ece: float
    ece_by_chance: float


@dataclass(frozen=True, slots=True)
class Residuals(Value):
    """What is particular to a regression, in the target's units.

    Attributes:
        points: (predicted, target) of at most 1,000 examples.
        mean: Mean of target − prediction, and its 95 % interval.
        interval: Of the mean.
        typical: Root mean square of target − prediction.
    """

    points: tuple[tuple[float, float], ...]
    mean: float
    interval: Interval
    typical: float


@dataclass(frozen=True, slots=True)
class Slice(Value):
    """The dev examples that have something in common.

    Attributes:
        column: The input that they agree in.
        value: In what: a category, or a range.
        examples: How many.
        error: Their error.
        interval: Its 95 % interval.
        p: That they err like the others, corrected for every slice that was looked at.
    """

    column: str
    value: str
    examples: int
    error: float
    interval: Interval
    p: float


@dataclass(frozen=True, slots=True)
class LayerState(Value):
    """One layer after training.

    Attributes:
        name: `W1` …
        units, inputs: Its shape.
        weight_norm: ‖W‖ (Frobenius).
        zeros: Fraction of weights that are exactly 0.
        largest: Largest |w|.
        dead: Hidden units that give 0 on every dev example (relu); None elsewhere.
        saturated: Fraction of the hidden units' answers in the flat ends of tanh or sigmoid; None elsewhere.
    """

    name: str
    units: int
    inputs: int
    weight_norm: float
    zeros: float
    largest: float
    dead: int | None
    saturated: float | None


@dataclass(frozen=True, slots=True)
class Examination(Value):
    """Everything above, of one model.

    Attributes:
        examples: Dev examples that were looked at.
        of: Dev examples that there are.
        classes, residuals: The one that fits the task.
        mistakes: The worst ones, worst first.
        slices: The most telling ones, the columns in the order of how telling they are.
        looks: How many slices were looked at.
        layers: From the first to the output.
    """

    examples: int
    of: int
    classes: Classes | None
    residuals: Residuals | None
    mistakes: tuple[Mistake, ...]
    slices: tuple[Slice, ...]
    looks: int
    layers: tuple[LayerState, ...]
