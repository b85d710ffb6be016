"""The generator knows its truth, tells its streams apart, and counts hits as it says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.verdict.__main__ import numbers
from benchmarks.verdict.corpus import make_record
from benchmarks.verdict.families import Mixture, flip
from benchmarks.verdict.figures import advice_figures, share
from benchmarks.verdict.outcomes import Outcome
from benchmarks.verdict.problems import Problem, draw_problem
from benchmarks.verdict.scenarios import draw_scenario
from benchmarks.verdict.table import evidence_of, figures_of, table
from dlrecipe.recipe import diagnose


def problem_of(family, task="classification", noise=0.0):
    return Problem(family, task, noise, np.ones(1), np.zeros(1), 100, 0.0)


def test_the_least_error_of_two_normal_clouds_is_the_textbooks():
    clouds = Mixture(np.array([[-1.0], [1.0]]), np.ones((2, 1)), np.array([0, 1]), 2, 0.0)
    problem = problem_of(clouds)
    sample = problem.sample(np.random.default_rng(0), 200_000)
    expected = (1 - math.erf(1 / math.sqrt(2))) / 2  # Φ(−1)
    assert problem.bayes(sample, 1.0) == pytest.approx(expected, abs=0.002)
    assert np.mean((sample.X[:, 0] > 0) != sample.y) == pytest.approx(expected, abs=0.003)


def test_flipped_labels_fall_on_all_classes_alike():
    assert flip(np.array([[1.0, 0.0, 0.0, 0.0]]), 0.2)[0] == pytest.approx([0.85, 0.05, 0.05, 0.05])


@pytest.mark.parametrize("seed", range(12))
def test_targets_follow_the_posterior_or_the_mean(seed):
    problem = draw_problem(np.random.default_rng(seed))
    sample = problem.sample(np.random.default_rng(1), 20_000)
    if problem.task == "regression":
        assert (sample.y - sample.known).std() == pytest.approx(problem.noise, rel=0.03)
    else:
        shares = np.bincount(sample.y, minlength=sample.known.shape[1]) / len(sample.y)
        assert shares == pytest.approx(sample.known.mean(0), abs=0.015)
        assert sample.known.sum(1) == pytest.approx(1)


def test_a_scenario_is_a_function_of_its_stream_and_number():
    one, again = (draw_scenario("tuning", "wild", 1, 5) for _ in range(2))
    other = draw_scenario("reporting", "wild", 1, 5)
    assert one.config == again.config
    assert np.array_equal(one.train.X, again.train.X)
    assert one.config != other.config


@pytest.mark.parametrize("kind", ["wild", "planted"])
def test_a_record_has_all_that_is_judged(kind):
    scenario = next(
        scenario
        for number in range(200)
        if (scenario := draw_scenario("tuning", kind, 7, number)).problem.m < 250
        and scenario.config["training.epochs"] < 15
        and sum(scenario.config["network.layers"]) < 40
    )
    record = make_record(scenario, 1, 6)
    assert record["true_error"] >= record["bayes"] - 0.02
    rows = table([record])
    assert len(rows.X) == len(record["changes"])
    assert np.isfinite(rows.X).all()
    assert diagnose(figures_of(record), evidence_of(record)).verdict


def outcome(name, best, gained):
    return Outcome(name, "wild", "wild", "high bias", "high bias", True, {}, best, {"product": gained})


def test_hits_and_false_suggestions_are_counted_where_they_may_be():
    found = [
        outcome("hit", 0.10, 0.091),
        outcome("miss", 0.10, 0.08),
        outcome("silent", 0.10, None),
        outcome("nothing to gain", 0.005, None),
        outcome("cries wolf", 0.005, 0.001),
        outcome("gains by several changes", 0.005, 0.05),
    ]
    figures = advice_figures(found)["product"]
    assert (figures["hits"].value, figures["hits"].scenarios) == (pytest.approx(1 / 3), 3)
    assert figures["suggests though no single change gains"].value == pytest.approx(2 / 3)
    assert figures["… nor what it suggests"].value == pytest.approx(1 / 3)


def test_an_interval_is_of_whole_scenarios():
    found = [outcome(str(number), 0.1, 0.1) for number in range(100)]
    alike = share(found, lambda o: [int(o.name) % 2] * 50)
    single = share(found, lambda o: [int(o.name) % 2])
    assert (alike.low, alike.high) == (single.low, single.high)
    assert share(found, lambda _: []) is None


def test_ranges_of_numbers():
    assert numbers("0:3,7:9") == [0, 1, 2, 7, 8]


def test_exported_trees_are_scikit_learns():
    ensemble = pytest.importorskip("sklearn.ensemble")
    from benchmarks.verdict.learn import export  # noqa: PLC0415  # needs scikit-learn

    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 5)).astype(np.float32)
    y = X[:, 0] * X[:, 1] + np.sin(X[:, 2])
    model = ensemble.HistGradientBoostingRegressor(max_iter=5, random_state=0).fit(X, y)
    assert export(model).predict(X) == pytest.approx(model.predict(X), abs=1e-5)
