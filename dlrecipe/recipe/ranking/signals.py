"""What the ranking looks at: a run by its errors, curves and settings, and the settings of a change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.recipe.moves.patched import patched
from dlrecipe.recipe.ranking.curve import HIGHEST, curve_signals
from dlrecipe.recipe.ranking.setup import setup_signals

if TYPE_CHECKING:
    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.recipe.moves import Patch
    from dlrecipe.results import Figures


def excess(figures: Figures) -> float:
    """Return what could be gained at most: dev error less human error, within what is compared."""
    return max(0.0, min(HIGHEST, figures.dev_error) - (figures.human_error or 0.0))


def run_signals(run: Evidence, figures: Figures) -> dict[str, float]:
    """Return what a run shows, whatever is changed next."""
    m = figures.train_size or 1
    human = figures.human_error or 0.0
    train, dev = min(HIGHEST, figures.train_error), min(HIGHEST, figures.dev_error)
    fresh = dev if figures.train_dev_error is None else min(HIGHEST, figures.train_dev_error)
    returned = run.returned
    share = returned.penalty / returned.cost if returned.cost > 0 and math.isfinite(returned.cost) else 0.0
    weights = [row.weight_norm for row in (run.history[0], run.history[-1])]
    look = run.inspection
    baseline = max(0.01, 1.0 if look is None else look.baseline)
    return {
        "m": math.log10(m),
        "inputs": math.log10(run.settings.inputs),
        "outputs": math.log10(run.settings.outputs),
        "regression": float(run.settings.task == "regression"),
        "train_error": train,
        "dev_error": dev,
        "human_given": float(figures.human_error is not None),
        "excess": excess(figures),
        "bias": train - human,
        "variance": fresh - train,
        "mismatch": dev - fresh,
        "train_of_baseline": train / baseline,
        "dev_of_baseline": dev / baseline,
        "baseline": baseline,
        **curve_signals(run.history, run.best_epoch),
        "trained": run.last_epoch / max(1, run.settings.epochs),
        "by_patience": float(run.stopped == "patience"),
        "diverged": float(run.stopped == "diverged"),
        "converged": float(run.stopped == "converged"),
        "penalty_share": share,
        "weight_growth": _log10(weights[1]) - _log10(weights[0]),
        "weight_size": _log10(weights[1]) - 0.5 * math.log10(run.parameters),
        "largest_input": 0.0 if look is None else _log10(look.largest_input),
        "input_range": 0.0 if look is None else _log10(look.largest_input) - _log10(look.smallest_input),
        "silent": 0.0 if look is None else look.silent,
        "output_scale": 0.0 if look is None else _log10(look.output_scale),
    }


def change_signals(run: Evidence, figures: Figures, patch: Patch) -> dict[str, float]:
    """Return the settings after a patch, and by how much each differs from those of the run."""
    m = figures.train_size or 1
    before = setup_signals(run.settings, m)
    after = setup_signals(patched(run.settings, patch), m)
    changes = {f"{name}_change": after[name] - before[name] for name in after}
    return {**{f"new_{name}": value for name, value in after.items()}, **changes}


def _log10(value: float) -> float:
    """Return a logarithm that is a number, whatever the value."""
    return math.log10(min(1e9, max(1e-9, value))) if math.isfinite(value) else 9.0
