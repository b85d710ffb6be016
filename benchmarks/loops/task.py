"""A scenario as a user would have it: data files and a config. And what a training truly reached."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from benchmarks.verdict.problems import Sample
from benchmarks.verdict.scenarios import Config, Kind, Purpose, Scenario, draw_scenario
from benchmarks.verdict.trial import expected_error
from dlrecipe.experiments.predicting import predict_as
from dlrecipe.experiments.run import Run

WORST = 2.0
"""An error above this is no worse: a regression that ran away. 1 is that of the mean."""


@dataclass(frozen=True)
class Task:
    """What a contender gets, and what nobody but the benchmark knows.

    Attributes:
        scenario: The problem, its data and the configuration it begins with.
        folder: Where the files are, and where the runs go.
    """

    scenario: Scenario
    folder: Path

    @property
    def config(self) -> Path:
        """The config file that a contender begins with."""
        return self.folder / "task.yaml"

    def true_error(self, run: Run) -> float:
        """The expected error of a run's model on new examples like dev's."""
        fresh = self.scenario.fresh
        with np.errstate(all="ignore"):
            _, predicted = predict_as(run, fresh.X)
        return min(expected_error(predicted.values.astype(float), fresh, self.scenario), WORST)


def lay_out(purpose: Purpose, kind: Kind, seed: int, number: int, folder: Path) -> Task:
    """Draw a scenario, and write its data and its config into a folder."""
    scenario = draw_scenario(purpose, kind, seed, number)
    _save(folder / "train.npz", scenario.train)
    _save(folder / "dev.npz", scenario.dev)
    task = Task(scenario, folder)
    task.config.write_text(yaml.safe_dump(_document(scenario)))
    return task


def _save(file: Path, sample: Sample) -> None:
    np.savez(file, X=sample.X, y=sample.y)


def _document(scenario: Scenario) -> dict[str, Config]:
    data = {"source": "train.npz", "dev": "dev.npz", "task": scenario.problem.task}
    document: dict[str, Config] = {"data": data, "network": {}, "training": {}}
    for key, value in scenario.config.items():
        section, name = key.split(".")
        document[section][name] = value
    return document
