"""Networks, data and masks to check, drawn from a seed."""

from dataclasses import dataclass

import numpy as np

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty, draw_masks, initialize


@dataclass
class Problem:
    network: Network
    theta: np.ndarray
    X: np.ndarray
    Y: np.ndarray
    masks: list | None

    @property
    def data(self):
        return self.theta, self.X, self.Y


def draw(
    hidden=(5, 4),
    *,
    activation="tanh",
    loss="softmax",
    penalty=Penalty(0.7, 0.3),  # noqa: B008  # frozen
    keep=1.0,
    scale=1.0,
    examples=7,
    seed=0,
    kind=Network,
):
    """A network with random biases too, so that no unit lies at a corner by chance."""
    rng = np.random.default_rng(seed)
    inputs, outputs = 6, 3 if loss == "softmax" else 1
    network = kind((inputs, *hidden, outputs), ACTIVATIONS[activation], LOSSES[loss], penalty)
    theta = initialize(network.layout, "xavier", rng)
    theta[network.layout.weights.stop :] = 0.3 * rng.standard_normal(sum(network.sizes[1:]))
    targets = {
        "softmax": np.eye(outputs)[rng.integers(0, outputs, examples)],
        "sigmoid": rng.integers(0, 2, (examples, 1)).astype(float),
        "squared": rng.standard_normal((examples, 1)),
    }
    X = rng.standard_normal((examples, inputs))
    masks = draw_masks(hidden, [keep] * len(hidden), examples, rng) if keep < 1 else None
    return Problem(network, theta * scale, X, targets[loss], masks)
