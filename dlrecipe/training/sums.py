"""Summed loss and error of a chunk of examples, as quickly as NumPy can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dlrecipe.nn import Loss
    from dlrecipe.nn.arrays import Floats


def total(losses: Floats, weights: Floats | None) -> float:
    """Σ wᵢ lossᵢ, added up in float64; the plain sum without weights."""
    return float((losses if weights is None else losses * weights).sum(dtype=np.float64))


class Sums:
    """The sums of a loss's value (weighted) and error (never) over examples whose logits are in Z."""

    def __init__(self, loss: Loss, Z: Floats, Y: Floats, weights: Floats | None = None) -> None:
        self._loss, self._Z, self._Y, self._weights = loss, Z, Y, weights

    def __call__(self) -> tuple[float, float]:
        """(sum of the losses, sum of the errors), added up in float64."""
        value, error = self._loss.value(self._Z, self._Y), self._loss.error(self._Z, self._Y)
        return total(value, self._weights), float(error.sum(dtype=np.float64))


class SoftmaxSums:
    """The same for the softmax, with the classes as rows: five times as fast.

    An example is right where its own class's logit is the highest; ties, where the first class wins, are
    rare enough to be looked at separately.
    """

    def __init__(self, loss: Loss, Z: Floats, Y: Floats, weights: Floats | None = None) -> None:
        self._loss, self._Z, self._Y, self._weights = loss, Z, Y, weights
        examples, classes = Y.shape
        self._by_class = np.empty((classes, examples), Z.dtype)
        self._own = Y.argmax(axis=1) * examples + np.arange(examples)

    def __call__(self) -> tuple[float, float]:
        """(sum of the losses, sum of the errors), added up in float64."""
        Z = self._by_class
        np.copyto(Z, self._Z.T)
        top = Z.max(axis=0)
        own = Z.reshape(-1).take(self._own)
        wrong = np.count_nonzero(own < top)
        if np.count_nonzero(top == Z) != len(top):
            wrong = np.count_nonzero(self._loss.error(self._Z, self._Y))
        np.subtract(Z, top, out=Z)
        np.exp(Z, out=Z)
        value = np.log(Z.sum(axis=0)) - (own - top)
        return total(value, self._weights), float(wrong)


class SigmoidSums:
    """The same for the sigmoid, in buffers that are allocated once."""

    def __init__(self, _loss: Loss, Z: Floats, Y: Floats, weights: Floats | None = None) -> None:
        self._weights = weights
        self._z, self._y = Z[:, 0], np.ascontiguousarray(Y[:, 0])
        self._is_one = self._y > 0
        self._zeros = np.zeros_like(self._y)
        self._a, self._b = np.empty_like(self._y), np.empty_like(self._y)

    def __call__(self) -> tuple[float, float]:
        """(sum of the losses, sum of the errors), added up in float64."""
        z, a, b = self._z, self._a, self._b
        np.abs(z, a)
        np.negative(a, a)
        np.exp(a, a)
        np.log1p(a, a)
        np.maximum(z, self._zeros, out=b)
        np.add(a, b, a)
        np.multiply(self._y, z, b)
        np.subtract(a, b, a)
        wrong = np.count_nonzero(np.not_equal(np.greater(z, self._zeros), self._is_one))
        return total(a, self._weights), float(wrong)


SUMS: dict[str, type[Sums | SoftmaxSums | SigmoidSums]] = {"softmax": SoftmaxSums, "sigmoid": SigmoidSums}
"""The quick ways, by the loss's name."""
