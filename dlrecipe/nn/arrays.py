"""The array types of the network room: float32 while training, float64 while checking."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
"""Real numbers in either precision; a formula returns the precision it was given."""
