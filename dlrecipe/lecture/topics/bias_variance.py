"""The lecture's columns of bias and variance, each by a training that really gives it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.experiments import diagnose
from dlrecipe.lecture.sets import moons, on_disk
from dlrecipe.lecture.statistics import trials
from dlrecipe.lecture.topic import Measurement, Topic
from dlrecipe.lecture.trainings import part, trained
from dlrecipe.results import Figure, Line, Plot
from dlrecipe.training import score

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.lecture.sets import Drawn
    from dlrecipe.lecture.topic import Watch
    from dlrecipe.lecture.trainings import Trained
    from dlrecipe.results import Diagnosis

    Draw = Callable[[int, np.random.Generator], Drawn]

TRIALS = 8
FRESH = 6_000
"""Points drawn for a trial; the shipped files are smaller ones of the same law."""


@dataclass(frozen=True, slots=True)
class Column:
    """A config, and the verdict it is made for.

    Attributes:
        config: Its name.
        verdict: What must come out.
        draw: (examples, rng) -> examples to train on, of the shipped file's law; None where data are bundled.
        draw_dev: The same for dev examples, where they are of another law.
    """

    config: str
    verdict: str
    draw: Draw | None = None
    draw_dev: Draw | None = None


COLUMNS = (
    Column("high-variance", "high variance"),
    Column("high-bias", "high bias"),
    Column("high-both", "high bias and high variance"),
    Column("low-both", "low bias and low variance", partial(moons, noise=0.15)),
    Column("bayes-error", "low bias and low variance", partial(moons, noise=0.1, wrong_labels=0.15)),
    Column(
        "mismatch", "high mismatch", partial(moons, noise=0.15), partial(moons, noise=0.15, shift=(0.5, 0.0))
    ),
)


def measure(seed: int, watch: Watch) -> Measurement:
    """Train every column several times, with other examples and another start each time."""
    found: dict[str, list[Diagnosis]] = {column.config: [] for column in COLUMNS}
    unforgiven = []
    for trial in watch(trials(seed, TRIALS)):
        for column in COLUMNS:
            model = _train(column, trial)
            found[column.config].append(_verdict(model, model.prepared.config.recipe.human_error))
            if column.config == "bayes-error":
                unforgiven.append(_verdict(model, None))
    figures = [figure for column in COLUMNS for figure in _column_figures(column, found[column.config])]
    figures.append(_agreement("bayes_error_taken_for_0", "high bias", unforgiven))
    return Measurement(tuple(figures), (_plot(found),))


def _train(column: Column, trial: int) -> Trained:
    if column.draw is None:
        return trained(column.config, seed=trial)
    rng = np.random.default_rng((trial, 2))
    drawn = {"train": column.draw(FRESH, rng)}
    if column.draw_dev:
        drawn["dev"] = column.draw_dev(FRESH // 4, rng)
    with on_disk(**drawn) as paths:
        files = {"data__source": paths["train"]} | ({"data__dev": paths["dev"]} if column.draw_dev else {})
        return trained(column.config, seed=trial, training__batch_size=256, **files)


def _verdict(model: Trained, human_error: float | None) -> Diagnosis:
    train, dev = model.train, model.dev
    has_train_dev = model.prepared.dataset.train_dev is not None
    train_dev = (
        score(model.network, model.theta, part(model.prepared, "train_dev")) if has_train_dev else None
    )
    return diagnose(
        train_error=train.error,
        dev_error=dev.error,
        human_error=human_error,
        train_dev_error=train_dev.error if train_dev else None,
        train_size=train.examples,
        dev_size=dev.examples,
        train_dev_size=train_dev.examples if train_dev else None,
    )


def _column_figures(column: Column, found: list[Diagnosis]) -> tuple[Figure, ...]:
    key, name = column.config.replace("-", "_"), column.config
    train, dev = ([getattr(d.figures, part) for d in found] for part in ("train_error", "dev_error"))
    return (
        Figure(f"{key}_train_error", f"{name}: train error", fmean(train), percent=True),
        Figure(f"{key}_dev_error", f"{name}: dev error", fmean(dev), percent=True),
        _agreement(key, column.verdict, found),
    )


def _agreement(key: str, verdict: str, found: list[Diagnosis]) -> Figure:
    share = fmean(diagnosis.verdict == verdict for diagnosis in found)
    name = key.replace("_", "-")
    return Figure(f"{key}_verdict", f"{name}: trainings with {verdict}", share, above=0.7, percent=True)


def _plot(found: dict[str, list[Diagnosis]]) -> Plot:
    curves = tuple(
        Line(
            name,
            tuple(fmean(getattr(d.figures, f"{name}_error") for d in column) for column in found.values()),
        )
        for name in ("dev", "train")
    )
    return Plot(
        f"errors of the columns, in the order {', '.join(found)}",
        "column",
        tuple(range(1, len(found) + 1)),
        curves,
        percent=True,
    )


TOPIC = Topic(
    name="bias-variance",
    claim=(
        "Train error against human error shows bias, dev error against train error shows variance: each "
        "of the lecture's columns comes out of a training, and with noisy labels or a shifted dev set "
        "the Bayes error and a train-dev set put the verdict right."
    ),
    lecture=(
        "Train error 1 % and dev error 11 %: high variance, the network learnt its examples by heart. "
        "15 % and 16 %: high bias, it does not even fit them. 15 % and 30 %: both. 0.5 % and 1 %: "
        "neither. All that if people make hardly any errors. Where the best possible error, the Bayes "
        "error, is 15 %, the second column is no bias at all.\n\n"
        "If the dev set comes from elsewhere, "
        "the gap to it may be variance or mismatch. Training examples that were set aside tell: an "
        "error on them like the training one means that the network generalises, but not to there."
    ),
    experiment=(
        "Six configs are trained eight times each, with other examples and another start: three on "
        "handwritten digits (100 of them, a layer of three units, and both at once), three on half "
        "moons (plenty of them, with 15 % of the labels turned over, with a dev set that is shifted). "
        "dlrecipe's verdict must be the lecture's in more than 70 % of the trainings; the noisy labels "
        "are also judged as if nobody ever erred."
    ),
    yours="Each column is a config to change. On your own data, the same table is what a training prints:",
    commands=(
        "dlrecipe train high-variance.yaml",
        "dlrecipe train bayes-error.yaml",
        "dlrecipe train mismatch.yaml",
    ),
    measure=measure,
    files=(
        *(f"{column.config}.yaml" for column in COLUMNS),
        "moons.csv",
        "wrong-labels.csv",
        "shifted.csv",
    ),
)
