"""What the checks are given, made ready or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.gradcheck.regions import where

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from dlrecipe.gradcheck.regions import Region
    from dlrecipe.nn.arrays import Floats

REPEATABLE = 1e-12
"""How far two costs of the same theta may differ, relative to max(1, |J|): another order of summation."""


def real(what: str, value: ArrayLike) -> NDArray[Any]:
    """An array of real numbers.

    Raises:
        UsageError: It is none.
    """
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        raise UsageError(f"{what} must be real numbers. Got {type(value).__name__} of type {array.dtype}.")
    return array


def flat_theta(theta: ArrayLike) -> Floats:
    """Theta in float64, as its own array.

    Raises:
        UsageError: It is no vector, empty, or not finite.
    """
    vector = np.array(real("theta", theta), np.float64)
    if vector.ndim != 1 or not vector.size:
        raise UsageError(
            f"theta must be one flat vector of at least one parameter: reshape and concatenate all W and b. "
            f"Got shape {vector.shape}."
        )
    if not np.isfinite(vector).all():
        i = int(np.flatnonzero(~np.isfinite(vector))[0])
        raise UsageError(f"theta must be finite. Got {vector[i]} in theta[{i}].")
    return vector


def check_epsilon(epsilon: float, theta: Floats) -> None:
    """Check that theta can be moved by ε.

    Raises:
        UsageError: ε is not above zero, or vanishes beside an entry of theta.
    """
    given: Any = epsilon
    if not (isinstance(given, int | float | np.floating) and 0 < given < np.inf):
        raise UsageError(f"epsilon must be a number above 0, as 1e-7. Got {epsilon!r}.")
    stuck = np.flatnonzero((theta + epsilon == theta) | (theta - epsilon == theta))
    if stuck.size:
        raise UsageError(
            f"epsilon must be large enough to move every entry of theta. theta[{stuck[0]}] = "
            f"{theta[stuck[0]]} does not change by {epsilon}: scale the inputs, or choose a larger epsilon."
        )


def refuse_infinite(what: str, values: Floats, regions: list[Region], entries: NDArray[np.intp]) -> None:
    """Refuse J or a gradient that is not finite, and say where.

    Args:
        what: `The gradient is {value} in {place}.`, with these two left open.
        values: The numbers.
        regions: The blocks, for the place.
        entries: The entry of theta that each number belongs to.

    Raises:
        UsageError: One is not finite.
    """
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        raise UsageError(what.format(value=values[bad[0]], place=where(regions, entries[bad[0]])))
