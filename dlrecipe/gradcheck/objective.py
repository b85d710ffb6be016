"""Anybody's objective, theta -> (J, dJ/dtheta), called with care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.errors import UsageError
from dlrecipe.gradcheck.arguments import real

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from dlrecipe.nn.arrays import Floats

    Objective = Callable[[Floats], tuple[float, ArrayLike]]


@dataclass(frozen=True, slots=True)
class ForeignObjective:
    """An objective of which nothing is assumed: it may keep theta or hand out the same array twice.

    Attributes:
        function: theta -> (J, dJ/dtheta).
    """

    function: Objective

    def __call__(self, theta: Floats) -> tuple[float, Floats, bool]:
        """J and its gradient, both its own to keep, and whether either came in less than float64.

        Raises:
            UsageError: It answers with something else, or changes theta.
        """
        given = theta.copy()
        answer = self.function(given)
        if not np.array_equal(given, theta):
            raise UsageError(
                "The objective changes theta in place. It must leave theta alone: compute with a copy."
            )
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            raise UsageError(
                f"The objective must return (J, dJ/dtheta). Got {type(answer).__name__}"
                f"{f' of {len(answer)}' if isinstance(answer, tuple | list) else ''}."
            )
        J, gradient = real("J", answer[0]), real("The gradient", answer[1])
        if J.size != 1:
            raise UsageError(f"J must be one number. Got shape {J.shape}.")
        if gradient.shape != theta.shape:
            raise UsageError(
                f"The gradient must have theta's shape {theta.shape}, an entry for each of theta's. "
                f"Got shape {gradient.shape}."
            )
        coarse = any(part.dtype.kind == "f" and part.dtype.itemsize < 8 for part in (J, gradient))
        return J.item() * 1.0, np.array(gradient, np.float64), coarse

    def cost(self, theta: Floats) -> float:
        """J alone."""
        return self(theta)[0]
