"""Numbers at the edge: finite and right, or a clear refusal; and divergence told with its cause."""

import math

import numpy as np
import pytest
from faults_runs import SMALL
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import dlrecipe
from dlrecipe.nn import LOSSES
from dlrecipe.training import diverged

LOGITS = st.one_of(st.floats(-1e4, 1e4), st.sampled_from([1e4, -1e4, 0.0, 1e-300]))


@settings(max_examples=200, deadline=None)
@given(Z=arrays(np.float64, (3, 4), elements=LOGITS), hit=st.integers(0, 3))
def test_the_softmax_is_right_at_any_logit(Z, hit):
    Y = np.zeros((3, 4))
    Y[:, hit] = 1
    loss = LOSSES["softmax"]
    for row, found in zip(Z, loss.value(Z, Y), strict=True):
        exact = max(row) + math.log(math.fsum(math.exp(z - max(row)) for z in row)) - row[hit]
        assert found == pytest.approx(exact, rel=1e-12, abs=1e-12)
    assert loss.output(Z).sum(axis=1) == pytest.approx(np.ones(3))


@settings(max_examples=200, deadline=None)
@given(z=LOGITS, y=st.sampled_from([0.0, 1.0]))
def test_the_sigmoid_is_right_at_any_logit(z, y):
    Z, Y = np.array([[z]]), np.array([[y]])
    signed = z if y == 0 else -z  # the loss is log(1 + e^signed)
    exact = signed + math.log1p(math.exp(-signed)) if signed > 0 else math.log1p(math.exp(signed))
    assert LOSSES["sigmoid"].value(Z, Y)[0] == pytest.approx(exact, rel=1e-12, abs=1e-12)
    assert 0 <= LOSSES["sigmoid"].output(Z)[0, 0] <= 1


def write(tmp_path, columns, name="edge.csv"):
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(map(repr, row)) for row in rows)]
    (tmp_path / name).write_text("\n".join(lines) + "\n")
    return str(tmp_path / name)


def finite(run):
    numbers = [value for epoch in run.history for value in epoch]
    return np.isfinite(numbers).all() and np.isfinite(run.model.theta).all()


N = 60
SIGNAL = [((i * 37) % N - N / 2) / N for i in range(N)]
LABEL = [int(x > 0) for x in SIGNAL]


@pytest.mark.parametrize("scale", [1e-30, 1e-300, 1.0, 1e30, 1e300])
def test_normalised_inputs_of_any_scale_are_learned_alike(config, tmp_path, scale):
    file = write(tmp_path, {"x": [scale * x for x in SIGNAL], "constant": [7.5] * N, "label": LABEL})
    run = dlrecipe.train(
        config(SMALL, data__source=file, training__epochs=40, network__keep_prob=1.0), tmp_path / "runs"
    )
    assert finite(run)
    assert run.result.dev.error <= 0.1


@pytest.mark.parametrize("scale", [1e-30, 1e30, 1e300])
def test_inputs_as_they_come_are_finite_diverge_or_are_refused(config, tmp_path, scale):
    file = write(tmp_path, {"x": [scale * x for x in SIGNAL], "label": LABEL})
    loaded = config(SMALL, data__source=file, data__normalize=False)
    if scale == 1e300:
        with pytest.raises(dlrecipe.DataError, match="too large for the network"):
            dlrecipe.train(loaded, tmp_path / "runs")
        return
    run = dlrecipe.train(loaded, tmp_path / "runs")
    assert finite(run) or run.result.stopped == "diverged"
    if run.result.stopped == "diverged":
        assert run.result.diagnosis.suggestions[0].id == "normalize_inputs"


def test_a_regressions_target_of_any_scale_is_learned_alike(config, tmp_path):
    errors = []
    for number, scale in enumerate((1e-30, 1.0, 1e30)):
        target = [scale * x + 3 * scale for x in SIGNAL]
        file = write(tmp_path, {"x": SIGNAL, "target": target}, f"{number}.csv")
        changes = {"network__keep_prob": 1.0, "training__epochs": 60, "training__lambda": 0.0}
        loaded = config(SMALL, data__source=file, data__target="target", data__task="regression", **changes)
        errors.append(dlrecipe.train(loaded, tmp_path / "runs").result.dev.error)
    assert errors == pytest.approx([errors[1]] * 3, rel=1e-2)


def test_one_example_of_each_class_is_refused(config, tmp_path):
    file = write(tmp_path, {"x": SIGNAL, "label": list(range(N))})
    loaded = config(SMALL, data__source=file, data__task="classification")
    with pytest.raises(dlrecipe.DataError):
        dlrecipe.train(loaded, tmp_path / "runs")


def test_a_batch_larger_than_the_set_is_the_full_batch(config, tmp_path):
    large = dlrecipe.train(config(SMALL, training__batch_size=10**9), tmp_path / "runs")
    full = dlrecipe.train(config(SMALL, training__batch_size="full"), tmp_path / "runs")
    assert large.model.theta.tobytes() == full.model.theta.tobytes()


def test_a_tiny_keep_prob_stays_finite(config, tmp_path):
    run = dlrecipe.train(config(SMALL, network__keep_prob=1e-3, training__epochs=20), tmp_path / "runs")
    assert finite(run)


def test_a_penalty_as_large_as_numbers_go_shrinks_the_weights(config, tmp_path):
    changes = {"training__optimizer": "lbfgs", "training__lambda": 1e308, "training__l1_ratio": 0.0}
    loaded = config(SMALL, network__keep_prob=1.0, training__batch_size="full", **changes)
    run = dlrecipe.train(loaded, tmp_path / "runs")
    assert run.result.epochs > 0
    assert run.history[-1].weight_norm < run.history[0].weight_norm


CAUSES = {
    "lower_learning_rate": {"training__learning_rate": 1e4},
    "normalize_inputs": {"data__normalize": False, "training__learning_rate": 0.5},
    "other_architecture": {"network__init": 1e6, "training__learning_rate": 0.05},
}


@pytest.mark.parametrize("cause", CAUSES)
def test_divergence_is_seen_within_an_epoch_and_its_cause_is_named_first(config, tmp_path, cause):
    text = "name: wild\ndata: {source: diabetes}\nnetwork: {layers: [8]}\n"
    wild = {"training__optimizer": "gd", "training__batch_size": 16, **CAUSES[cause]}
    run = dlrecipe.train(config(text, **wild), tmp_path / "runs")
    assert run.result.stopped == "diverged"
    first, *between, last = run.history
    assert diverged(last, first) or diverged(first, first)
    assert not any(diverged(epoch, first) for epoch in between)
    diagnosis = run.result.diagnosis
    assert diagnosis.suggestions[0].id == cause
    assert diagnosis.notes[0].startswith("Training diverged in epoch")
    assert diagnosis.caveat is not None

    patch = {key.replace(".", "__"): value for key, value in diagnosis.suggestions[0].patch.items()}
    mended = dlrecipe.train(config(text, **{**wild, **patch}), tmp_path / "runs")
    assert mended.result.stopped != "diverged"
