"""What the estimators learn, against the command and against scikit-learn's linear models."""

import subprocess
import sys

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import train_test_split

import dlrecipe
from dlrecipe import DenseClassifier, DenseRegressor
from dlrecipe.errors import ArgumentError, DlrecipeError
from dlrecipe.experiments.prepare import prepare


@pytest.fixture
def cancer():
    X, y = load_breast_cancer(return_X_y=True)
    return train_test_split(X, y, test_size=0.3, random_state=0, stratify=y)


def test_the_same_bits_as_the_command(tmp_path):
    (tmp_path / "c.yaml").write_text(
        "seed: 7\ndata: {source: breast-cancer}\nnetwork: {layers: [8, 4], keep_prob: [0.8, 1.0]}\n"
        "training: {epochs: 12, lambda: 0.5, l1_ratio: 0.3, patience: 3, learning_rate: 0.01}\n"
    )
    config = dlrecipe.load_config(tmp_path / "c.yaml")
    run, dataset = dlrecipe.train(config, tmp_path), prepare(config).dataset
    model = DenseClassifier(
        (8, 4), keep_prob=(0.8, 1.0), epochs=12, lambd=0.5, l1_ratio=0.3, patience=3, learning_rate=0.01,
        normalize=False, random_state=7,
    )  # fmt: skip
    model.fit(dataset.train.X, dataset.train.y, dataset.dev.X, dataset.dev.y)
    assert [epoch._replace(seconds=0) for epoch in model.history_] == [
        epoch._replace(seconds=0) for epoch in run.history
    ]
    for l, (W, b) in enumerate(zip(model.coefs_, model.intercepts_, strict=True)):
        ours, bias = run.model.network.layout.layers(run.model.theta)[l]
        np.testing.assert_array_equal(W, ours)
        np.testing.assert_array_equal(b, bias)
    ours, theirs = model.diagnose(), run.result.diagnosis
    assert (ours.verdict, ours.bias, ours.variance) == (theirs.verdict, theirs.bias, theirs.variance)


def test_a_linear_regression_is_scikit_learns_ridge_also_weighted():
    X, y = load_diabetes(return_X_y=True)
    weights = np.random.default_rng(0).integers(1, 5, len(y)).astype(float)
    model = DenseRegressor((), optimizer="lbfgs", lambd=3.0, epochs=500).fit(X, y, sample_weight=weights)
    mean, variance = np.average(X, axis=0, weights=weights), None
    variance = np.average((X - mean) ** 2, axis=0, weights=weights)
    Z = (X - mean) / np.sqrt(variance)
    peer = Ridge(alpha=3.0).fit(Z, y, sample_weight=weights / weights.mean())
    np.testing.assert_allclose(model.predict(X), peer.predict(Z), rtol=1e-4)


def test_a_linear_classifier_is_scikit_learns_logistic_regression_also_balanced(cancer):
    X, _, y, _ = cancer
    model = DenseClassifier((), optimizer="lbfgs", lambd=2.0, epochs=500, class_weight="balanced").fit(X, y)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    peer = LogisticRegression(C=0.5, class_weight="balanced", tol=1e-9, max_iter=2000).fit(Z, y)
    np.testing.assert_allclose(model.predict_proba(X), peer.predict_proba(Z), atol=1e-4)


def test_dev_examples_stop_the_training_early_and_choose_the_model(cancer):
    X, X_dev, y, y_dev = cancer
    model = DenseClassifier((32,), learning_rate=0.01, epochs=300, patience=5, random_state=0)
    model.fit(X, y, X_dev, y_dev)
    assert model.n_iter_ < 300
    assert model.n_iter_ - model.best_epoch_ == 5
    best = model.history_[model.best_epoch_]
    assert 1 - model.score(X_dev, y_dev) == pytest.approx(best.dev_error)
    assert best.dev_error == min(epoch.dev_error for epoch in model.history_)
    assert model.fit(X, y).n_iter_ == 300


def test_diagnose_has_the_figures_of_both_sets(cancer):
    X, X_dev, y, y_dev = cancer
    model = DenseClassifier((8,), epochs=20, random_state=0).fit(X, y, X_dev, y_dev)
    found = model.diagnose(human_error=0.01)
    assert found.figures.train_error == pytest.approx(1 - model.score(X, y))
    assert found.figures.dev_error == pytest.approx(1 - model.score(X_dev, y_dev))
    assert (found.figures.train_size, found.figures.dev_size) == (len(y), len(y_dev))
    assert found.human_error == 0.01
    assert found.variance.interval is not None
    elsewhere = model.diagnose(X_dev[:50], y_dev[:50])
    assert elsewhere.figures.dev_size == 50


def test_partial_fit_learns_from_parts_and_goes_on_from_fit():
    X, y = load_digits(return_X_y=True)
    model = DenseClassifier((32,), learning_rate=0.01, batch_size=32, random_state=0)
    for _ in range(5):
        for part in np.array_split(np.arange(1500), 5):
            model.partial_fit(X[part], y[part], classes=np.arange(10))
    assert model.n_iter_ == 25
    assert model.score(X[1500:], y[1500:]) > 0.9
    before = model.history_[-1].loss
    model.partial_fit(X[:1500], y[:1500])
    assert model.history_[-1].loss < before + 0.1
    fitted = DenseClassifier((32,), epochs=2, random_state=0).fit(X, y)
    assert fitted.partial_fit(X, y).n_iter_ == 3


def test_float32_is_trained_in_float32(cancer):
    X, _, y, _ = cancer
    assert DenseClassifier((4,), epochs=2).fit(X.astype(np.float32), y).coefs_[0].dtype == np.float32
    assert DenseClassifier((4,), epochs=2).fit(X, y).coefs_[0].dtype == np.float64


def test_a_training_that_diverges_warns_and_still_predicts():
    X, y = load_diabetes(return_X_y=True)
    model = DenseRegressor((8,), optimizer="gd", learning_rate=1e3, activation="identity", random_state=0)
    with pytest.warns(ConvergenceWarning, match="lower learning_rate"):
        model.fit(X, y)
    assert np.isfinite(model.predict(X)).all()


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"keep_prob": 0.0}, r"^keep_prob must be .*in \(0, 1\]"),
        ({"lambd": -1}, "^lambd must be at least 0. Got -1."),
        ({"layers": (0,)}, r"^layers\[0\] must be in \[1, 1000000\]"),
        ({"activation": "swish"}, "^activation must be relu, tanh"),
        ({"keep_prob": (0.5, 0.5)}, "^keep_prob must be one number, or a list with one for each of the 1"),
        ({"optimizer": "lbfgs", "keep_prob": 0.5}, "^keep_prob must be 1 with optimizer lbfgs"),
        ({"epochs": 1.5, "patience": 0}, "epochs must be a whole number.*\npatience must be at least 1"),
    ],
)
def test_a_wrong_parameter_is_named(cancer, parameters, message):
    X, _, y, _ = cancer
    with pytest.raises(ArgumentError, match=message) as refusal:
        DenseClassifier(**parameters).fit(X, y)
    assert isinstance(refusal.value, ValueError)
    assert isinstance(refusal.value, DlrecipeError)


def test_wrong_data_are_refused(cancer):
    X, X_dev, y, y_dev = cancer
    model = DenseClassifier((4,), epochs=2)
    with pytest.raises(ArgumentError, match="X_dev and y_dev belong together"):
        model.fit(X, y, X_dev)
    with pytest.raises(ArgumentError, match=r"none of the classes: \[2\]"):
        model.fit(X, y, X_dev, np.full_like(y_dev, 2))
    with pytest.raises(ValueError, match="at least one non-zero"):
        model.fit(X, y, sample_weight=np.zeros(len(y)))
    with pytest.raises(ArgumentError, match="needs classes"):
        DenseClassifier().partial_fit(X, y)
    with pytest.raises(ArgumentError, match="must be those of the first call"):
        DenseClassifier((4,)).partial_fit(X, y, classes=[0, 1]).partial_fit(X, y, classes=[0, 2])
    with pytest.raises(ArgumentError, match="lbfgs needs all"):
        DenseRegressor(optimizer="lbfgs").partial_fit(X, y)
    with pytest.raises(ArgumentError, match="needs examples that were not trained on"):
        DenseClassifier((4,), epochs=2).fit(X, y).diagnose()


def test_without_scikit_learn_the_extra_is_named():
    code = (
        "import sys; sys.modules['sklearn'] = None; import dlrecipe\n"
        "try: dlrecipe.DenseClassifier\n"
        "except dlrecipe.UsageError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "dlrecipe[sklearn]"' in done.stdout
