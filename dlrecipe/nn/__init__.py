"""Dense networks in NumPy alone: theta's layout, layers, losses, penalty, initialisation.

Everything here is a plain formula over arrays; the trainer's fast path is tested against it.
"""

from dlrecipe.nn.activations import ACTIVATIONS, Activation
from dlrecipe.nn.dropout import draw_masks
from dlrecipe.nn.initialization import initialize, standard_deviation
from dlrecipe.nn.layout import Layout
from dlrecipe.nn.losses import LOSSES, Loss
from dlrecipe.nn.network import Network
from dlrecipe.nn.penalty import Penalty

__all__ = [
    "ACTIVATIONS",
    "LOSSES",
    "Activation",
    "Layout",
    "Loss",
    "Network",
    "Penalty",
    "draw_masks",
    "initialize",
    "standard_deviation",
]
