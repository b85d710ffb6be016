"""Runs side by side: their errors, and which differences are more than chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dlrecipe.results.base import Document, Value
from dlrecipe.results.diagnosis import Task

Judgement = Literal["better", "no evidence of a difference"]


@dataclass(frozen=True, slots=True)
class ComparedRun(Value):
    """One run among others.

    Attributes:
        run: Its folder.
        verdict: Bias and variance.
        train_error, dev_error: Fractions.
        train_interval, dev_interval: Their 95 % intervals.
        dev_examples: Size of its dev set.
        dev_set: Runs of the same number have the same dev examples; None where that is not known.
        parameters, epochs, seconds: What it took.
        settings: The settings in which the runs differ, by dotted key.
    """

    run: str
    verdict: str
    train_error: float
    train_interval: tuple[float, float]
    dev_error: float
    dev_interval: tuple[float, float]
    dev_examples: int
    dev_set: int | None
    parameters: int
    epochs: int
    seconds: float
    settings: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Pair(Value):
    """The best run against another one.

    Attributes:
        best, other: Their folders.
        difference: Dev error of the other − dev error of the best.
        interval: Its 95 % interval.
        test: How it was tested.
        p: Of this pair alone.
        p_corrected: For how many comparisons there could have been.
        judgement: `better` where `p_corrected` is below 0.05.
        only_best_wrong, only_other_wrong: Dev examples that one of them gets wrong, and only that one;
            None where the runs have not the same dev examples, or no classes.
        examples_to_tell: Dev examples that would show this difference; None where it is shown, or there is
            none.
    """

    best: str
    other: str
    difference: float
    interval: tuple[float, float]
    test: Literal["mid-p McNemar", "paired bootstrap", "unpaired"]
    p: float
    p_corrected: float
    judgement: Judgement
    only_best_wrong: int | None
    only_other_wrong: int | None
    examples_to_tell: int | None


@dataclass(frozen=True, slots=True)
class SeedGroup(Value):
    """Runs that differ in nothing but their seed: mean and standard deviation of their dev errors."""

    runs: tuple[str, ...]
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Comparison(Document):
    """What `runs compare --json` prints: the runs, the lowest dev error first.

    Attributes:
        task: What the errors are of.
        runs: The runs.
        pairs: The best one against each of the others.
        tried: Runs on the same data under the same folders, those compared among them.
        tests: For how many comparisons the p-values are corrected.
        seeds: Repetitions of a training.
        notes: What to know beside it.
    """

    task: Task
    runs: tuple[ComparedRun, ...]
    pairs: tuple[Pair, ...]
    tried: int
    tests: int
    seeds: tuple[SeedGroup, ...]
    notes: tuple[str, ...]
