"""A dense network as a pure function of theta: forward, backward, J, in the lecture's letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dlrecipe.nn.layout import Layout
from dlrecipe.nn.penalty import Penalty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.nn.activations import Activation
    from dlrecipe.nn.arrays import Floats
    from dlrecipe.nn.losses import Loss


@dataclass(frozen=True)
class Network:
    """What is computed, without the numbers: they are in theta.

    Attributes:
        sizes: (n_0, …, n_L).
        activation: g of every hidden layer.
        loss: The loss, which decides the output.
        penalty: The penalty on W.
    """

    sizes: tuple[int, ...]
    activation: Activation
    loss: Loss
    penalty: Penalty = field(default_factory=Penalty)

    @cached_property
    def layout(self) -> Layout:
        """Where W[l] and b[l] lie in theta."""
        return Layout(self.sizes)

    @property
    def hidden(self) -> tuple[int, ...]:
        """Sizes of the hidden layers."""
        return self.sizes[1:-1]

    def logits(self, theta: Floats, X: Floats) -> Floats:
        """Z[L] (m × n_L) for inputs X (m × n_0), without dropout."""
        return self.forward(theta, X)[1]

    def predict(self, theta: Floats, X: Floats) -> Floats:
        """Ŷ (m × n_L): P(classes[1]), the classes' probabilities, or t."""
        return self.loss.output(self.logits(theta, X))

    def forward(
        self, theta: Floats, X: Floats, masks: Sequence[Floats | None] | None = None
    ) -> tuple[list[tuple[Floats, Floats]], Floats]:
        """Propagate X.

        Returns:
            [(A[l], D[l]) for l = 0 … L−1] and Z[L]; D[l] is A[l] after dropout, what the next layer sees.
        """
        passed = [(X, X)]
        *hidden, (W, b) = self.layout.layers(theta)
        for l, (V, c) in enumerate(hidden):
            A = self.activation.value(passed[-1][1] @ V.T + c)
            mask = masks[l] if masks else None
            passed.append((A, A if mask is None else A * mask))
        return passed, passed[-1][1] @ W.T + b

    def cost(
        self,
        theta: Floats,
        X: Floats,
        Y: Floats,
        masks: Sequence[Floats | None] | None = None,
        m: int | None = None,
        weights: Floats | None = None,
    ) -> float:
        """J = mean loss + penalty; the arguments are those of `objective`."""
        Z = self.forward(theta, X, masks)[1]
        return mean(self.loss.value(Z, Y), weights) + self.penalty.value(
            theta[self.layout.weights], m or len(X)
        )

    def objective(
        self,
        theta: Floats,
        X: Floats,
        Y: Floats,
        masks: Sequence[Floats | None] | None = None,
        m: int | None = None,
        weights: Floats | None = None,
    ) -> tuple[float, Floats]:
        """J and dJ/dtheta.

        Args:
            theta: Parameters, as the layout has them.
            X: Inputs (examples × n_0).
            Y: Targets (examples × n_L).
            masks: Dropout masks, one per hidden layer (0 or 1/keep_prob), None for none. As an argument
                they make J deterministic, so that gradcheck holds at any keep_prob.
            m: Number of training examples, which λ is divided by; the examples given, by default.
            weights: What each example's loss counts (examples,), None for 1 each.

        Returns:
            J in nats, and its gradient, laid out as theta.
        """
        m = m or len(X)
        passed, Z = self.forward(theta, X, masks)
        W_all = theta[self.layout.weights]
        J = mean(self.loss.value(Z, Y), weights) + self.penalty.value(W_all, m)

        dtheta = theta * 0
        gradients = self.layout.layers(dtheta)
        parameters = self.layout.layers(theta)
        dZ = (self.loss.output(Z) - Y) / len(X)
        if weights is not None:
            dZ *= weights[:, None]
        for l in range(self.layout.depth, 0, -1):
            dW, db = gradients[l - 1]
            dW[:] = dZ.T @ passed[l - 1][1]
            db[:] = dZ.sum(axis=0)
            if l > 1:
                dA = dZ @ parameters[l - 1][0]
                mask = masks[l - 2] if masks else None
                dZ = (dA if mask is None else dA * mask) * self.activation.slope(passed[l - 1][0])
        dtheta[self.layout.weights] += self.penalty.gradient(W_all, m)
        return J, dtheta


def mean(losses: Floats, weights: Floats | None) -> float:
    """(1/m) Σ wᵢ lossᵢ; the plain mean without weights."""
    return float(losses.mean() if weights is None else (losses * weights).mean())
