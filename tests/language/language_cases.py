"""Verdicts of all kinds: any figures, and any training behind them."""

import math

from hypothesis import strategies as st

from dlrecipe.recipe import Evidence, diagnose
from dlrecipe.results import Epoch, Figures, Settings
from dlrecipe.results.inspection import Inspection

fractions = st.sampled_from([0.0, 0.004, 0.01, 0.03, 0.1, 0.16, 0.3, 0.9])
sizes = st.sampled_from([1, 7, 40, 1000, 50_000])


@st.composite
def figures(draw, *, sized=False):
    """Errors, perhaps with sizes, a human error and a train-dev set."""
    sized = sized or draw(st.booleans())
    size = sizes if sized else st.none()
    train_dev = draw(st.none() | fractions)
    return Figures(
        train_error=draw(fractions),
        dev_error=draw(fractions),
        human_error=draw(st.none() | fractions),
        train_dev_error=train_dev,
        train_size=draw(size),
        dev_size=draw(size),
        train_dev_size=draw(size) if train_dev is not None else None,
        task=draw(st.sampled_from(["classification", "regression"])),
    )


@st.composite
def settings(draw, task):
    """Settings near every threshold that a rule looks at."""
    layers = tuple(draw(st.lists(st.sampled_from([1, 4, 64]), max_size=4)))
    optimizer = draw(st.sampled_from(["adam", "rmsprop", "gd", "momentum", "lbfgs"]))
    return Settings(
        task=task,
        inputs=draw(st.sampled_from([2, 64])),
        outputs=1 if task == "regression" else draw(st.sampled_from([1, 10])),
        layers=layers,
        activation=draw(st.sampled_from(["relu", "tanh", "sigmoid", "identity", "leaky_relu"])),
        keep_prob=(draw(st.sampled_from([1.0, 0.5])),) * len(layers),
        init=draw(st.sampled_from(["he", "zeros", 1e-6, 50.0])),
        normalize=draw(st.booleans()),
        optimizer=optimizer,
        learning_rate=draw(st.sampled_from([1e-6, 1e-3, 1.0, 30.0])),
        batch_size=0 if optimizer == "lbfgs" else draw(st.sampled_from([0, 32])) or 32,
        epochs=draw(st.sampled_from([40, 100])),
        patience=draw(st.sampled_from([None, 1, 10])),
        lambd=draw(st.sampled_from([0.0, 0.01, 100.0])),
        l1_ratio=draw(st.sampled_from([0.0, 0.5, 1.0])),
        image=draw(st.none() | st.just((28, 28, 1))),
    )


CURVES = {
    "flat": lambda i: 0.4 + 0.3 * math.exp(-i / 2),
    "falling": lambda i: 0.7 * math.exp(-i / 60),
    "still": lambda i: 0.7 - 1e-4 * i,
    "jumping": lambda i: 0.5 + (3.0 if i % 5 == 4 else 0.0),
    "turning": lambda i: 0.3 + abs(i - 8) / 30,
    "high": lambda i: 900 * math.exp(-i / 10),
}


@st.composite
def histories(draw):
    """Records of a training, of a few epochs or many."""
    loss, dev_loss = (CURVES[draw(st.sampled_from(sorted(CURVES)))] for _ in range(2))
    penalty = draw(st.sampled_from([0.0, 0.2]))
    return tuple(
        Epoch(i, i / 10, loss(i) + penalty, loss(i), penalty, 0.1, dev_loss(i), 0.2, 9.0, 0.001)
        for i in range(draw(st.sampled_from([1, 2, 40])))
    )


@st.composite
def verdicts(draw):
    """A diagnosis of figures alone, or of a run."""
    if draw(st.booleans()):
        return diagnose(draw(figures()))
    found, history = draw(figures(sized=True)), draw(histories())
    evidence = Evidence(
        settings=draw(settings(found.task)),
        history=history,
        stopped=draw(st.sampled_from(["epochs", "patience", "converged", "diverged", "interrupted"])),
        best_epoch=draw(st.sampled_from([0, history[-1].epoch])),
        parameters=draw(st.sampled_from([11, 90_000])),
        inspection=draw(st.none() | st.just(Inspection(0.4, 900.0, 1e-3, 0.2, 3.0))),
    )
    return diagnose(found, evidence, command="dlrecipe train digits.yaml")
