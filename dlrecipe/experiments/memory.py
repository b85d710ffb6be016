"""Whether a network fits the memory: asked before training, because the system kills what does not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dlrecipe.errors import ConfigError
from dlrecipe.training.lbfgs import MEMORY
from dlrecipe.training.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from dlrecipe.nn import Network


def require_memory(network: Network, optimizer: str, itemsize: int) -> None:
    """Refuse a network whose parameters, gradient and optimiser do not fit the machine's memory.

    Args:
        network: What is to be trained.
        optimizer: Its name in a config.
        itemsize: Bytes of a number in training.

    Raises:
        ConfigError: They do not fit.
    """
    slots = 2 * MEMORY if optimizer == "lbfgs" else len(OPTIMIZERS[optimizer].slots)
    kept = 2 * (1 + slots) + 2  # theta and slots, and their copy for the checkpoint; the gradient, the best
    needed, there = network.layout.size * kept * itemsize, _memory()
    if needed > there:
        raise ConfigError(
            f"network.layers {list(network.hidden)} give {network.layout.size:,} parameters, which take "
            f"{needed / 2**30:,.1f} GiB with {optimizer}; this machine has {there / 2**30:,.1f} GiB. Take "
            "smaller layers."
        )


def _memory() -> int:
    """Bytes of memory that this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
