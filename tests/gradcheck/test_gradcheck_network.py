"""Planted errors are found and located, corners are excused without hiding any, optima pass."""

from dataclasses import replace

import numpy as np
import pytest
from gradcheck_problems import draw

from dlrecipe.errors import UsageError
from dlrecipe.gradcheck import check_network
from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty

METHODS = ("fast", "naive")
BLOCKS = ("dW1", "dW2", "dW3", "db1", "db2", "db3")


def check(p, method="fast", **settings):
    return check_network(p.network, *p.data, masks=p.masks, method=method, **settings)


def differences_by_block(found):
    return {block.name: block.difference for block in found.blocks}


def with_gradient(change):
    """A network whose gradient is changed once computed: change(network, blocks of dtheta, theta, m)."""

    class Planted(Network):
        def objective(self, theta, X, Y, masks=None, m=None, weights=None):
            J, dtheta = super().objective(theta, X, Y, masks, m, weights)
            blocks = {f"d{name}": dtheta[part] for name, part in self.layout.blocks.items()}
            change(self, blocks, theta, m or len(X))
            return J, dtheta

    return Planted


LOCAL = {
    "no 1/m": lambda g, examples: g * examples,
    "sign flipped": lambda g, _: -g,
    "dropped": lambda g, _: 0 * g,
    "the last example forgotten": lambda g, examples: g * (examples - 1) / examples,
    "shifted by one": lambda g, _: np.roll(g, 1),
    "one entry off by a thousandth of the block": lambda g, _: (
        g + 1e-3 * np.linalg.norm(g) * (np.arange(g.size) == 1)
    ),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("error", LOCAL)
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_an_error_of_one_block_is_located(method, block, error, activation):
    def change(network, blocks, theta, m):  # noqa: ARG001  # one signature for all plants
        blocks[block][:] = LOCAL[error](blocks[block].copy(), 7)

    found = check(draw(activation=activation, loss="softmax", kind=with_gradient(change)), method)
    by_block = differences_by_block(found)
    assert not found.passed
    assert found.verdict == "worry"
    assert max(by_block, key=by_block.get) == block
    assert {entry.block for entry in found.worst if abs(entry.approx - entry.grad) > 1e-6} == {block}
    assert all(difference < 1e-5 for name, difference in by_block.items() if name != block)
    assert f"in {block}:" in found.notes[0]


@pytest.mark.parametrize("method", METHODS)
def test_a_transposed_weight_gradient_is_located(method):
    def transpose(network, blocks, theta, m):  # noqa: ARG001  # one signature for all plants
        blocks["dW2"][:] = blocks["dW2"].copy().reshape(4, 4).T.ravel()

    found = check(draw((4, 4), kind=with_gradient(transpose)), method)
    assert [block.name for block in found.blocks if block.difference > 1e-5] == ["dW2"]
    worst = found.worst[0]
    assert worst.block == "dW2"
    assert worst.index[0] != worst.index[1]  # the diagonal is right


def test_an_error_hidden_overall_is_plain_in_its_block():
    def change(network, blocks, theta, m):  # noqa: ARG001  # one signature for all plants
        blocks["db1"][:] *= 1.001

    p = draw(kind=with_gradient(change))
    p.network = replace(p.network, penalty=Penalty(1e5))  # a gradient far larger than all of db1
    found = check(p)
    assert found.difference < 1e-7
    assert not found.passed
    assert found.verdict == "worry"
    assert [block.name for block in found.blocks if block.difference > 1e-5] == ["db1"]


def l2_also_on_biases(network, blocks, theta, m):
    for name, part in network.layout.blocks.items():
        if name.startswith("b"):
            blocks[f"d{name}"][:] += network.penalty.l2(m) * theta[part]


def no_penalty(network, blocks, theta, m):
    for name, part in network.layout.blocks.items():
        if name.startswith("W"):
            blocks[f"d{name}"][:] -= network.penalty.gradient(theta[part], m)


def without_ratio(network, blocks, theta, m):
    for name, part in network.layout.blocks.items():
        if name.startswith("W"):
            penalty = network.penalty
            blocks[f"d{name}"][:] += penalty.lambd / m * penalty.l1_ratio * theta[part]


def no_sign(network, blocks, theta, m):
    for name, part in network.layout.blocks.items():
        if name.startswith("W"):
            blocks[f"d{name}"][:] += network.penalty.l1(m) * (1 - np.sign(theta[part]))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("plant", "kind"), [(l2_also_on_biases, "db"), (no_penalty, "dW"), (without_ratio, "dW"), (no_sign, "dW")]
)
def test_an_error_of_the_penalty_is_located(method, plant, kind):
    found = check(draw(kind=with_gradient(plant)), method, m=40)
    assert not found.passed
    assert {name for name, d in differences_by_block(found).items() if d > 1e-5} == {
        block for block in BLOCKS if block.startswith(kind)
    }


def test_an_error_that_the_penalty_shares_with_its_gradient_is_found_by_the_fast_method():
    class Twice(Penalty):
        __slots__ = ()

        def l2(self, m):
            return 2 * self.lambd / m

    found = check(draw(penalty=Twice(0.7, 0.3)))
    assert not found.passed
    assert {name for name, d in differences_by_block(found).items() if d > 1e-5} == {"dW1", "dW2", "dW3"}


class ForgetsTheMaskBackwards(Network):
    def objective(self, theta, X, Y, masks=None, m=None, weights=None):
        J = self.cost(theta, X, Y, masks, m)
        passed, Z = self.forward(theta, X, masks)
        dtheta, dZ = np.zeros_like(theta), (self.loss.output(Z) - Y) / len(X)
        for l in range(self.layout.depth, 0, -1):
            (W, _), (dW, db) = self.layout.layers(theta)[l - 1], self.layout.layers(dtheta)[l - 1]
            dW[:], db[:] = dZ.T @ passed[l - 1][1], dZ.sum(axis=0)
            dZ = dZ @ W * self.activation.slope(passed[l - 1][0])
        weights = self.layout.weights
        dtheta[weights] += self.penalty.gradient(theta[weights], m or len(X))
        return J, dtheta


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_a_mask_forgotten_backwards_is_found_below_it(method, activation):
    found = check(draw(activation=activation, keep=0.6, kind=ForgetsTheMaskBackwards), method)
    wrong = {name for name, d in differences_by_block(found).items() if d > 1e-5}
    assert wrong == {"dW1", "dW2", "db1", "db2"}
    assert check(draw(activation=activation, kind=ForgetsTheMaskBackwards), method).passed  # it is the mask


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_activation_passes_under_every_loss(method, activation, loss):
    found = check(draw(activation=activation, loss=loss, keep=0.6), method)
    assert found.verdict == "great", found


SLOPES = {
    "tanh": lambda A: 1 - A,
    "sigmoid": lambda A: A * (1 + A),
    "relu": lambda A: (A >= 0).astype(float),
    "leaky_relu": lambda A: np.where(A > 0, 1, 0.1),
    "identity": lambda A: A,
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("activation", SLOPES)
def test_a_wrong_slope_is_found_below_it(method, activation):
    p = draw(activation=activation)
    wrong = replace(ACTIVATIONS[activation], slope=SLOPES[activation])
    p.network = replace(p.network, activation=wrong)
    found = check(p, method)
    assert {name for name, d in differences_by_block(found).items() if d > 1e-5} == {
        "dW1",
        "dW2",
        "db1",
        "db2",
    }


class NoBias(Network):
    def forward(self, theta, X, masks=None):
        bare = theta.copy()
        bare[self.layout.blocks["b2"]] = 0
        return super().forward(bare, X, masks)


class ForgetsTheMask(Network):
    def forward(self, theta, X, masks=None):  # noqa: ARG002  # that is the error
        return super().forward(theta, X)


class SumsTheLoss(Network):
    def cost(self, theta, X, Y, masks=None, m=None, weights=None):
        return super().cost(theta, X, Y, masks, m, weights) * len(X)


class PenalisesBiases(Network):
    def cost(self, theta, X, Y, masks=None, m=None, weights=None):
        biases = theta[self.layout.weights.stop :]
        return super().cost(theta, X, Y, masks, m, weights) + self.penalty.value(biases, m or len(X))


@pytest.mark.parametrize("kind", [NoBias, ForgetsTheMask, SumsTheLoss, PenalisesBiases])
@pytest.mark.parametrize("method", METHODS)
def test_an_error_of_forward_or_cost_is_found(kind, method):
    found = check(draw(kind=kind, keep=0.6), method)
    assert not found.passed
    if method == "fast":
        assert "J itself does not move" in " ".join(found.notes)


def test_an_error_of_forward_that_backward_shares_is_found_by_the_fast_method():
    # the slope belongs to the wrong g: the gradient is right for this network, and naive is content
    p = draw()
    steeper = replace(
        ACTIVATIONS["tanh"], value=lambda Z: np.tanh(1.1 * Z), slope=lambda A: 1.1 * (1 - A * A)
    )
    p.network = replace(p.network, activation=steeper)
    assert check(p, "naive").passed
    assert not check(p, "fast").passed


@pytest.mark.parametrize("method", METHODS)
def test_a_right_network_passes_and_is_told_block_by_block(method):
    found = check(draw(), method, at="after training", epoch=5, m=100)
    assert found.passed
    assert [block.name for block in found.blocks] == list(BLOCKS)
    assert (found.at, found.epoch, found.notes) == ("after training", 5, ())
    assert found.verdict == "great"
    assert found.difference < (1e-13 if method == "fast" else 1e-7)
    gaps = [abs(entry.approx - entry.grad) for entry in found.worst]
    assert gaps == sorted(gaps, reverse=True)


def corner(grad_error=0.0, loss="squared"):
    """Two relu units at Z = 0 in the one example, from an input that is 0: only b1 moves them."""

    def change(network, blocks, theta, m):  # noqa: ARG001  # one signature for all plants
        blocks["db1"][0] += grad_error

    network = with_gradient(change)((1, 2, 1), ACTIVATIONS["relu"], LOSSES[loss])
    theta = np.array([1.0, -1.0, 2.0, 0.5, 0.0, 0.0, 0.3])
    return network, theta, np.array([[0.0]]), np.array([[1.0]])


@pytest.mark.parametrize("method", METHODS)
def test_exactly_at_a_corner_entries_are_left_out_and_counted(method):
    found = check_network(*corner(), method=method)
    assert found.passed
    assert found.difference < 1e-8
    assert len(found.notes) == 1
    assert "2 of db1." in found.notes[0]
    assert "relu" in found.notes[0]
    assert all(entry.block != "db1" for entry in found.worst)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("error", [1e-3, -0.9, 1.4])
def test_a_corner_does_not_hide_an_error(method, error):
    # dJ/db1 is 0 on the left piece, (0.3 − 1)·2 = −1.4 on the right one, and −0.7 in a difference across both
    found = check_network(*corner(error), method=method)
    assert not found.passed
    assert found.worst[0].block == "db1"
    assert "Not left out: 1 of db1." in " ".join(found.notes)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("epsilon", [1e-2, 1e-4, 1e-9])
def test_a_corner_is_left_out_at_any_epsilon(method, epsilon):
    found = check_network(*corner(loss="sigmoid"), method=method, epsilon=epsilon)
    assert "Left out: 2 of db1." in " ".join(found.notes)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
@pytest.mark.parametrize("seed", range(5))
def test_zero_weights_and_dropped_layers_pass(method, activation, seed):
    p = draw((4, 3), activation=activation, seed=seed, keep=0.4)  # whole layers of an example are dropped
    p.theta[p.network.layout.weights.stop :] = 0  # so that its next Z is exactly 0
    assert check(p, method).passed
    p.theta[p.network.layout.blocks["W1"]] = 0
    assert check(p, method).passed
    p.theta[:] = 0
    assert check(p, method).passed


@pytest.mark.parametrize("method", METHODS)
def test_weights_at_the_corner_of_l1(method):
    p = draw(penalty=Penalty(2.0, 1.0))
    p.theta[3], p.theta[4], p.theta[5] = 5e-8, -9e-8, 0.0
    found = check(p, method)
    assert found.passed
    assert "2 of dW1." in found.notes[0]
    assert "L1" in found.notes[0]
    assert differences_by_block(found)["dW1"] < 1e-7


def optimum():
    """Least squares, solved exactly: the gradient is rounding."""
    p = draw((), loss="squared", penalty=Penalty(), examples=30)
    solution = np.linalg.lstsq(np.column_stack((p.X, np.ones(30))), p.Y[:, 0], rcond=None)[0]
    p.theta = solution
    return p


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("epsilon", [1e-7, 1e-9])
def test_an_optimum_passes_with_a_note(method, epsilon):
    found = check(optimum(), method, epsilon=epsilon)
    assert found.difference > 1e-5
    assert found.passed
    assert found.verdict == "look closer"
    assert "rounding" in found.notes[0]


@pytest.mark.parametrize("method", METHODS)
def test_an_optimum_does_not_hide_an_error_above_rounding(method):
    def change(network, blocks, theta, m):  # noqa: ARG001  # one signature for all plants
        blocks["db1"][:] += 1e-6

    p = optimum()
    p.network = with_gradient(change)(p.network.sizes, p.network.activation, p.network.loss)
    found = check(p, method)
    assert not found.passed
    assert "in db1:" in found.notes[0]


def test_a_large_epsilon_is_named_as_a_reason():
    found = check(draw(scale=3.0), epsilon=0.1)
    assert not found.passed
    assert "epsilon = 0.1" in found.notes[1]


def test_lists_float32_and_integers_are_taken_as_numbers():
    network = Network((1, 1), ACTIVATIONS["relu"], LOSSES["squared"])
    found = check_network(network, [2, 1], [[1], [2]], np.array([[1], [0]], np.float32))
    assert found.passed


def test_what_does_not_fit_is_refused_at_once():
    p = draw()
    with pytest.raises(UsageError) as refusal:
        check_network(p.network, p.theta[1:], p.X[:, 1:], p.Y[1:], masks=[None], method="quick")
    assert [message.split()[0] for message in refusal.value.messages] == [
        "theta",
        "X",
        "Y",
        "masks",
        "method",
    ]
    with pytest.raises(UsageError, match="at least one example"):
        check_network(p.network, p.theta, p.X[:0], p.Y[:0])
    with pytest.raises(UsageError, match="masks must be one per hidden layer"):
        check_network(*[p.network, *p.data], masks=[np.ones((7, 4)), None])


@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_finite_is_refused(method):
    p = draw(loss="squared", activation="identity")
    with pytest.raises(UsageError, match="J is inf at theta"):
        check_network(p.network, p.theta, p.X * 1e160, p.Y, method=method)
    p.theta[2] = np.nan
    with pytest.raises(UsageError, match=r"theta must be finite. Got nan in theta\[2\]"):
        check(p, method)
