"""What a look at a trained network and its training examples tells, beside its errors."""

from __future__ import annotations

from dataclasses import dataclass

from dlrecipe.results.base import Value


@dataclass(frozen=True, slots=True)
class Inspection(Value):
    """Measured on a sample of the training examples, as the network sees them.

    Attributes:
        baseline: Error of always guessing the most common class; 1 for a regression.
        largest_input: Root mean square of the input that is largest; 1 for normalised ones.
        smallest_input: Root mean square of the smallest input that is not always 0.
        silent: Fraction of the hidden units whose output hardly changes from example to example.
        output_scale: Root mean square of the outputs before sigmoid or softmax, how sure the network is.
    """

    baseline: float
    largest_input: float
    smallest_input: float
    silent: float
    output_scale: float
