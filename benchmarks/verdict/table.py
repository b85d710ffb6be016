"""The corpus as a table: a row for each change of each run, with the share of the excess it removed."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.verdict.corpus import Record
from dlrecipe.recipe import LARGEST_ERROR, Evidence
from dlrecipe.recipe.ranking.signals import HIGHEST, change_signals, excess, run_signals
from dlrecipe.results import Epoch, Figures, Settings
from dlrecipe.results.inspection import Inspection

LEAST = 0.01  # an excess below this is measured with a share of noise


@dataclass(frozen=True)
class Table:
    """Signals (rows × signals), what was gained, and which run each row is of."""

    names: tuple[str, ...]
    X: NDArray[np.float32]
    gains: NDArray[np.float64]
    shares: NDArray[np.float64]
    runs: NDArray[np.int64]
    single: NDArray[np.bool_]


def evidence_of(record: Record) -> Evidence:
    """What the product knows of a recorded run."""
    settings = dict(record["settings"])
    settings["layers"], settings["keep_prob"] = tuple(settings["layers"]), tuple(settings["keep_prob"])
    history = tuple(
        Epoch(*(math.nan if value is None else value for value in row)) for row in record["history"]
    )
    return Evidence(
        settings=Settings(**settings),
        history=history,
        stopped=record["stopped"],
        best_epoch=record["best_epoch"],
        parameters=record["parameters"],
        inspection=Inspection(**record["inspection"]),
    )


def figures_of(record: Record) -> Figures:
    """The run's errors, judged against the least possible one."""
    train, dev, train_dev = (_score(record[part]) for part in ("train", "dev", "train_dev"))
    return Figures(
        train_error=train["error"],
        dev_error=dev["error"],
        human_error=record["bayes"],
        train_dev_error=train_dev.get("error"),
        train_size=train["examples"],
        dev_size=dev["examples"],
        train_dev_size=train_dev.get("examples"),
        task=record["settings"]["task"],
        train_sd=train["error_sd"],
        dev_sd=dev["error_sd"],
        train_dev_sd=train_dev.get("error_sd"),
    )


def gain(record: Record, change: Record) -> float:
    """True error of the run less that of the change, mean of its seeds; huge errors count alike."""
    errors = [min(HIGHEST, error) for error in change["true_errors"]]
    return min(HIGHEST, record["true_error"]) - float(np.mean(errors))


def table(records: list[Record], *, human_known: bool = True) -> Table:
    """All changes of all runs; without the human error, the excess is the whole dev error."""
    rows, gains, shares, runs, single = [], [], [], [], []
    for number, record in enumerate(records):
        run, figures = evidence_of(record), figures_of(record)
        if not human_known:
            figures = replace(figures, human_error=None)
        known, whole = run_signals(run, figures), max(LEAST, excess(figures))
        for change in record["changes"]:
            rows.append({**known, **change_signals(run, figures, change["patch"])})
            gains.append(gain(record, change))
            shares.append(float(np.clip(gains[-1] / whole, -1, 1)))
            runs.append(number)
            single.append(change["what"] not in {"several", "fresh start"})
    return Table(
        tuple(rows[0]),
        np.array([list(row.values()) for row in rows], np.float32),
        np.array(gains),
        np.array(shares),
        np.array(runs),
        np.array(single),
    )


def _score(part: dict[str, Any] | None) -> dict[str, Any]:
    """A recorded score with an error that can be judged, as the product does it."""
    if part is None:
        return {}
    figures = {name: min(LARGEST_ERROR, part[name]) for name in ("examples", "error", "error_sd")}
    return {name: LARGEST_ERROR if math.isnan(value) else value for name, value in figures.items()}
