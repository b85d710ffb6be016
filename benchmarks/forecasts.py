"""`python -m benchmarks.forecasts FOLDER`: forecasts of real learning curves, against what came.

FOLDER is `docs/data` of the repository of LCDB 1.1 (Yan, Mohr & Viering, 2025): error rates of many learners
on 265 data sets of OpenML over training-set sizes, means of 25 splits. Each curve is cut at an eighth, a
quarter or half of its largest size; the last three octaves before the cut are given, the largest size is
forecast. Constants of the forecast were set on every other data set; those in between are reported apart.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray  # a field's type

from dlrecipe import forecast

OCTAVES, SPACING = 3, 4  # what is given before the cut; the database has eight sizes an octave
SMALLEST = 64  # of the largest size given


class Curve(NamedTuple):
    """Sizes and validation errors of a learner on a data set, and its test errors."""

    sizes: NDArray[np.float64]
    seen: NDArray[np.float64]
    truth: NDArray[np.float64]


class Outcome(NamedTuple):
    """What a forecast was worth; errors in points."""

    reliable: bool
    off: float
    held: bool
    last_off: float


def curves(folder: Path, learner: str, start: int) -> Iterator[Curve]:
    """Yield a learner's curve on every second data set from `start` on."""
    meta = json.loads((folder / "meta.json").read_text())
    which, sizes = meta["learners"].index(learner), np.array(meta["anchors"], float)
    for name in meta["dataset_ids"][start::2]:
        learners = json.loads((folder / "er" / f"{name}.json").read_text())
        if which < len(learners) and learners[which]:
            means = np.array(learners[which][0], float)
            known = np.isfinite(means).all(axis=1)
            if known.sum() >= 30:
                yield Curve(sizes[known], means[known, 1], means[known, 2])


def outcomes(curve: Curve, times: int) -> Iterator[Outcome]:
    """Forecast a curve at so many times the size where it is cut."""
    sizes = curve.sizes
    cut = sizes[-1] / times
    given = np.flatnonzero((sizes <= 1.01 * cut) & (sizes >= cut / 2**OCTAVES / 1.02))[::-1][::SPACING][::-1]
    if cut < SMALLEST or len(given) < 4:
        return
    at = int(np.argmin(abs(np.log(sizes / (sizes[given[-1]] * times)))))
    (found,) = forecast(
        examples=sizes[given].tolist(), dev_errors=curve.seen[given].tolist(), at=[float(sizes[at])]
    )
    if found.dev_error is None or found.interval is None:
        return
    truth = curve.truth[at]
    yield Outcome(
        found.reliable,
        100 * abs(found.dev_error - truth),
        bool(found.interval[0] <= truth <= found.interval[1]),
        100 * abs(curve.seen[given[-1]] - truth),
    )


def main() -> None:
    """Print a line for each half of the data sets and each distance."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecasts", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--learner", default="MLP")
    options = parser.parse_args()
    print("data sets  distance  curves  given  median error  in the interval  last value's error")
    for half, start in (("reporting", 1), ("tuning", 0)):
        found = list(curves(options.folder, options.learner, start))
        for times in (2, 4, 8):
            all_of_them = [outcome for curve in found for outcome in outcomes(curve, times)]
            given = [outcome for outcome in all_of_them if outcome.reliable]
            print(
                f"{half:<9}  {times}×        {len(all_of_them):>6}  {len(given) / len(all_of_them):>5.0%}  "
                f"{np.median([one.off for one in given]):>12.2f}  "
                f"{np.mean([one.held for one in given]):>15.0%}  "
                f"{np.median([one.last_off for one in given]):>18.2f}"
            )


if __name__ == "__main__":
    main()
