"""Gradient checking of one giant theta by two-sided differences: any objective, and ours fast."""

from dlrecipe.gradcheck.foreign import check_gradient
from dlrecipe.gradcheck.network import Method, check_network

__all__ = ["Method", "check_gradient", "check_network"]
