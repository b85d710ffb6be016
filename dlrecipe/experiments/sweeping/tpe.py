"""Proposals of Optuna's tree-structured Parzen estimator, each a function of a seed and of earlier results.

Source: Bergstra, Bardenet, Bengio & Kégl (2011), Algorithms for hyper-parameter optimization.
"""

from __future__ import annotations

from math import ceil, floor, isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.experiments.sweeping.axes import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dlrecipe.experiments.sweeping.axes import Axis

WORST = 1e12
"""Told of a trial that failed, so that nothing near it is proposed again."""


def require_optuna() -> None:
    """Make sure that Optuna is there.

    Raises:
        UsageError: It is not installed.
    """
    try:
        import optuna  # noqa: F401, PLC0415  # an extra
    except ImportError as error:
        raise UsageError(
            'sweep.method is tpe, which needs Optuna: python -m pip install "dlrecipe[sweep]". Without it, '
            "there are grid and random."
        ) from error


def propose(
    axes: Sequence[Axis], told: Sequence[tuple[Mapping[str, object], float]], seed: tuple[int, ...]
) -> dict[str, object]:
    """Return the settings that promise most.

    Args:
        axes: What is searched.
        told: Settings and dev error of earlier trials; below ten, the proposal is drawn at random.
        seed: What the randomness starts from.
    """
    import optuna  # noqa: PLC0415  # an extra

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    number = int(np.random.SeedSequence(seed).generate_state(1)[0])
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=number))
    distributions = {axis.key: _distribution(axis) for axis in axes}
    for patch, error in told:
        study.add_trial(
            optuna.trial.create_trial(
                params={axis.key: _parameter(axis, patch[axis.key]) for axis in axes},
                distributions=distributions,
                value=error if isfinite(error) else WORST,
            )
        )
    params = study.ask(distributions).params
    return {axis.key: _value(axis, params[axis.key]) for axis in axes}


def _distribution(axis: Axis) -> Any:
    from optuna import distributions  # noqa: PLC0415  # an extra

    if isinstance(axis, Listed):
        return distributions.CategoricalDistribution(tuple(range(len(axis.values))))
    if axis.whole:
        return distributions.IntDistribution(ceil(axis.low), floor(axis.high), log=axis.log)
    return distributions.FloatDistribution(axis.low, axis.high, log=axis.log)


def _parameter(axis: Axis, value: object) -> object:
    """Return a setting as Optuna knows it: of listed values, which one."""
    return axis.values.index(value) if isinstance(axis, Listed) else value


def _value(axis: Axis, parameter: Any) -> object:
    return axis.values[parameter] if isinstance(axis, Listed) else axis.shortened(parameter)
