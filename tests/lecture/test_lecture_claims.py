"""Every claim of the lecture, measured from other seeds than the command's."""

import numpy as np
import pytest

from dlrecipe.lecture import TOPICS
from dlrecipe.lecture.topics import dropout_l2, weight_decay
from dlrecipe.nn import Penalty, dropout

QUICK = ("dev-size", "bias-variance", "logistic-l1", "weight-decay", "cost-falls", "inverted-dropout")
LONG = (
    "recipe",
    "linear-paths",
    "large-lambda",
    "dropout-l2",
    "early-stopping",
    "normalization",
    "initialization",
    "gradient-check",
    "regularization-exercise",
)
BY = {
    # letter of the lecture's list of claims: (topic, what must have been measured, as the lecture has it)
    "a": ("dev-size", lambda m: 5 * m["detectable_paired_10000"] < m["detectable_paired_100"]),
    "b": ("bias-variance", lambda m: m["high_variance_verdict"] > 0.7 and m["mismatch_verdict"] > 0.7),
    "c": ("recipe", lambda m: m["train_error_bigger_network_lowered_by_interval"][0] > 0),
    "d": ("linear-paths", lambda m: m["ridge_zeros"] == 0 and m["lasso_zeros_at_1000"] == 1),
    "e": ("logistic-l1", lambda m: m["l2_zeros"] == 0 and m["l1_zeros_interval"][0] > 0.4),
    "f": ("weight-decay", lambda m: m["gd_apart"] < 1e-12),
    "g": ("large-lambda", lambda m: m["bent_large_interval"][1] < m["bent_small_interval"][0] / 10),
    "h": ("cost-falls", lambda m: m["cost_rises"] == 0 and m["loss_rises"] >= 1),
    "i, the division": ("inverted-dropout", lambda m: abs(m["mean_z_ratio"] - 1) < 0.01),
    "i, the penalty": ("dropout-l2", lambda m: m["from_ridge"] < 0.05 and m["from_plain"] > 0.3),
    "j": ("early-stopping", lambda m: m["saved_interval"][0] > 0 and m["growth"] > 2),
    "k": ("normalization", lambda m: m["steps_normalized"] * 10 < m["steps_raw"]),
    "l": ("initialization", lambda m: m["unlike_from_zeros"] == 0 and abs(m["decades_relu_he"]) < 2),
    "m": ("gradient-check", lambda m: m["difference_at_1e-7"] < 1e-7 and m["penalty_forgotten"] > 1e-3),
    "the exercise": ("regularization-exercise", lambda m: m["error_less_by_l2_interval"][0] > 0),
}


@pytest.mark.parametrize(
    "letter", [pytest.param(k, marks=[pytest.mark.slow] if BY[k][0] in LONG else []) for k in BY]
)
def test_the_claim_holds_from_another_seed(letter):
    topic, as_the_lecture_has_it = BY[letter]
    found = TOPICS[topic].demonstrate(seed=3)
    assert [figure.label for figure in found.figures if not figure.holds] == []
    assert as_the_lecture_has_it(found.measured)
    assert found.plots


def test_every_topic_is_tested():
    assert {topic for topic, _ in BY.values()} == set(TOPICS) == {*QUICK, *LONG}


def test_the_same_seed_measures_the_same():
    first, again, other = (TOPICS["inverted-dropout"].demonstrate(seed) for seed in (1, 1, 2))
    assert first == again != other


def test_a_penalty_that_is_no_decay_is_seen(monkeypatch):
    monkeypatch.setattr(Penalty, "l2", lambda self, m: 1.001 * self.lambd / m)
    monkeypatch.setattr(weight_decay, "TRIALS", 1)
    found = weight_decay.TOPIC.demonstrate()
    assert not found.holds
    assert [figure.key for figure in found.figures if not figure.holds] == ["gd_apart"]


def test_a_forgotten_division_is_seen(monkeypatch):
    def undivided(mask, keep_prob, rng):
        mask[...] = rng.random(mask.shape) < keep_prob

    monkeypatch.setattr(dropout, "fill_mask", undivided)
    found = TOPICS["inverted-dropout"].demonstrate()
    assert "mean_z_ratio" in [figure.key for figure in found.figures if not figure.holds]


def test_the_expected_penalty_of_dropout_is_the_exact_one_by_enumeration():
    """Two units have four masks, each as probable as the others at keep_prob 0.5: no average over draws."""
    A, y, w = np.array([[1.0, 2.0]]), np.array([0.5]), np.array([0.3, -0.7])
    losses = [
        (float(A[0] @ (w * np.array(mask)) / 0.5) - y[0]) ** 2 / 2
        for mask in ((0, 0), (0, 1), (1, 0), (1, 1))
    ]
    added = np.mean(losses) - (float(A[0] @ w) - y[0]) ** 2 / 2
    p = dropout_l2.KEEP_PROB
    assert added == pytest.approx((1 - p) / p * float(w * w @ (A * A).sum(axis=0)) / 2)
