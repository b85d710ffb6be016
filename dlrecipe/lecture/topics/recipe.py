"""The recipe's arrows: what lowers the train error, and what lowers the gap to the dev error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dlrecipe.lecture.statistics import mean_of, trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import trained
from dlrecipe.results import Figure, Line, Plot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.lecture.topic import Watch
    from dlrecipe.lecture.trainings import Trained

    Change = Mapping[str, object]

TRIALS = 10
FEW_DIGITS = {"data__train_examples": 500}
FEW_PATIENTS = {"data__train_examples": 80}


@dataclass(frozen=True, slots=True)
class Arrow:
    """A change of a config, and what it must do.

    Attributes:
        name: What is done.
        config: The config it starts from.
        start: What is set in it at the start of the arrow.
        end: What is set at its end.
        lowers: What should fall: the train error, or the gap from it to the dev error.
        above: It must fall by more than this, a fraction; None for no such bound.
        below: It must fall by less than this.
    """

    name: str
    config: str
    start: Change
    end: Change
    lowers: Literal["train error", "variance"]
    above: float | None = None
    below: float | None = None


ARROWS = (
    Arrow(
        "bigger network",
        "high-bias",
        FEW_DIGITS,
        {**FEW_DIGITS, "network__layers": [32]},
        "train error",
        0.05,
    ),
    Arrow(
        "longer training",
        "high-bias",
        FEW_DIGITS,
        {**FEW_DIGITS, "training__epochs": 60},
        "train error",
        0.05,
    ),
    Arrow(
        "more data, equal steps", "high-bias", FEW_DIGITS, {"training__epochs": 3}, "train error", below=0.05
    ),
    Arrow("more data", "high-variance", {}, {"data__train_examples": 400}, "variance", 0.02),
    Arrow("L2", "patients", FEW_PATIENTS, {**FEW_PATIENTS, "training__lambda": 10}, "variance", 0.1),
    Arrow("dropout", "patients", FEW_PATIENTS, {**FEW_PATIENTS, "network__keep_prob": 0.5}, "variance", 0.1),
)


def measure(seed: int, watch: Watch) -> Measurement:
    """Train each arrow's end beside its start, from the same seeds, and compare in pairs."""
    before: dict[str, list[float]] = {arrow.name: [] for arrow in ARROWS}
    after: dict[str, list[float]] = {arrow.name: [] for arrow in ARROWS}
    drawn: dict[str, Trained] = {}
    for trial in watch(trials(seed, TRIALS)):
        starts: dict[str, Trained] = {}
        for arrow in ARROWS:
            if arrow.config not in starts:
                starts[arrow.config] = trained(arrow.config, seed=trial, **arrow.start)
            end = trained(arrow.config, seed=trial, **arrow.end)
            before[arrow.name].append(_what(arrow, starts[arrow.config]))
            after[arrow.name].append(_what(arrow, end))
            drawn[arrow.name] = end
        drawn["nothing"] = starts["patients"]
    figures = [
        figure for arrow in ARROWS for figure in _figures(arrow, before[arrow.name], after[arrow.name])
    ]
    return Measurement(tuple(figures), (_plot({name: drawn[name] for name in ("nothing", "L2", "dropout")}),))


def _what(arrow: Arrow, model: Trained) -> float:
    train_error = model.train.error
    return train_error if arrow.lowers == "train error" else model.dev.error - train_error


def _figures(arrow: Arrow, before: list[float], after: list[float]) -> tuple[Figure, Figure]:
    """What there was at the start, and by how much less it is at the end, trial by trial."""
    key = f"{arrow.lowers} {arrow.name}".replace(", equal steps", "").replace(" ", "_").lower()
    lower = [start - end for start, end in zip(before, after, strict=True)]
    text = f"{arrow.lowers} lowered by {arrow.name}"
    return (
        mean_of(f"{key}_before", f"{arrow.lowers} before {arrow.name}", before, percent=True),
        mean_of(f"{key}_lowered_by", text, lower, above=arrow.above, below=arrow.below, percent=True),
    )


def _plot(models: dict[str, Trained]) -> Plot:
    curves = tuple(
        Line(name, tuple(epoch.dev_error for epoch in model.history)) for name, model in models.items()
    )
    epochs = tuple(epoch.epoch for epoch in models["nothing"].history)
    return Plot("80 patients: dev error while training", "epoch", epochs, curves, percent=True)


TOPIC = Topic(
    name="recipe",
    claim=(
        "Against high bias a bigger network and longer training lower the train error, and more data "
        "does not; against high variance more data, L2 and dropout lower the gap."
    ),
    lecture=(
        "The basic recipe asks two questions in this order. High bias? Then a bigger network, longer "
        "training, perhaps another architecture, until the training set is fitted. High variance? Then "
        "more data, or regularisation, and back to the first question.\n\n"
        "Why the order, and why two "
        "lists? A medicine for the one disease does nothing for the other: a network that cannot fit "
        "the examples it has fits more of them no better. And since today each lever moves one error "
        "without ruining the other, bias and variance need no longer be traded."
    ),
    experiment=(
        "Bias: 500 digits seen through three hidden units for a few epochs; the same with 32 units, "
        "with ten times the epochs, and with twice the digits for half the epochs, so that only the "
        "data change. Variance: 100 digits learnt by heart, and 400 of them; 80 patients learnt by "
        "heart, and the same with lambda 10, or with keep_prob 0.5. Start and end of each arrow share "
        "their seed, ten times, and are compared in pairs."
    ),
    yours=("dlrecipe's suggestions are these arrows with your run's figures. Try one, and compare:"),
    commands=(
        "dlrecipe train patients.yaml",
        "dlrecipe train patients.yaml -S training.lambda=10",
        "dlrecipe runs list",
    ),
    measure=measure,
    files=("high-bias.yaml", "high-variance.yaml", "patients.yaml"),
)
