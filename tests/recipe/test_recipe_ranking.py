"""Moves that can be tried, and a ranking that promises no more than there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from dlrecipe.config import load_config
from dlrecipe.recipe import diagnose
from dlrecipe.recipe.moves import compatible, merged, single_moves
from dlrecipe.recipe.moves.patched import patched
from dlrecipe.recipe.ranking import rank
from dlrecipe.recipe.ranking.model import load_model
from dlrecipe.recipe.ranking.signals import change_signals, run_signals
from dlrecipe.results import Figures, Settings

BIAS = Figures(0.35, 0.36, 0.01, train_size=1000, dev_size=50_000)
RUNS = [
    {},
    {"layers": ()},
    {"layers": (1,), "activation": "sigmoid"},
    {"layers": (300, 100, 10), "keep_prob": (0.5, 0.7, 1.0)},
    {"optimizer": "lbfgs", "batch_size": 50_000},
    {"optimizer": "gd", "learning_rate": 1e-5, "batch_size": 50_000, "activation": "identity"},
    {"lambd": 1e5, "normalize": False, "init": "zeros", "patience": None},
    {"lambd": 0.5, "l1_ratio": 0.5, "init": 0.01},
]


def load(tmp_path, settings: Settings, patch):
    file = tmp_path / "config.yaml"
    batch_size = "full" if settings.optimizer == "lbfgs" else settings.batch_size
    patience = "null" if settings.patience is None else settings.patience
    file.write_text(
        f"data: {{source: digits, normalize: {str(settings.normalize).lower()}}}\n"
        f"network: {{layers: {list(settings.layers)}, activation: {settings.activation}, "
        f"init: {settings.init}, keep_prob: {list(settings.keep_prob) or 1.0}}}\n"
        f"training: {{optimizer: {settings.optimizer}, learning_rate: {settings.learning_rate}, "
        f"batch_size: {batch_size}, epochs: {settings.epochs}, patience: {patience}, "
        f"lambda: {settings.lambd}, l1_ratio: {settings.l1_ratio}}}\n"
    )
    return load_config(file, dict(patch))


@pytest.mark.parametrize("settings", RUNS)
@pytest.mark.parametrize("stopped", ["epochs", "patience"])
def test_every_move_alone_and_with_another_is_a_valid_change(evidence, tmp_path, settings, stopped):
    run = evidence(stopped=stopped, **settings)
    moves = single_moves(run, 1000)
    pairs = [pair for pair in combinations(moves, 2) if compatible(*pair)]
    for chosen in [*((move,) for move in moves), *pairs[::7]]:
        patch = merged(chosen)
        config, after = load(tmp_path, run.settings, patch), patched(run.settings, patch)
        assert config.network.layers == after.layers
        assert config.network.keep_probs == after.keep_prob
        assert config.training.learning_rate == after.learning_rate
        assert (config.network.init, config.network.activation) == (after.init, after.activation)


@pytest.mark.parametrize("settings", RUNS)
def test_every_move_changes_something(evidence, settings):
    run = evidence(**settings)
    for move in single_moves(run, 1000):
        assert patched(run.settings, move.patch) != run.settings


def test_moves_that_set_the_same_key_do_not_go_together(evidence):
    moves = {move.title: move for move in single_moves(evidence(optimizer="gd"), 1000)}
    assert not compatible(moves["Use Adam"], moves["Raise the learning rate to 0.003"])
    assert compatible(moves["Use Adam"], moves["Add a hidden layer"])


def test_the_model_knows_every_signal_it_asks_for(evidence):
    signals = {**run_signals(evidence(), BIAS), **change_signals(evidence(), BIAS, {})}
    assert set(load_model().names) == set(signals)


def test_what_a_prediction_is_worth_is_ordered():
    for low, middle, high in load_model().worth(np.array([-1.0, -0.05, 0.0, 0.1, 0.5, 2.0])):
        assert low <= middle <= high


def test_signals_are_numbers_whatever_the_run(evidence):
    ran_away = [0.7, 1e30, float("inf"), float("nan")]
    for settings in RUNS:
        run = evidence(ran_away, stopped="diverged", **settings)
        figures = replace(BIAS, dev_error=1e12, train_error=1e12, task="regression")
        for value in {**run_signals(run, figures), **change_signals(run, figures, {})}.values():
            assert -100 < value < 100


def test_no_promise_exceeds_what_can_be_gained(evidence):
    for settings in RUNS:
        for ranked in rank(evidence(**settings), BIAS):
            assert ranked.gain <= 0.36 - 0.01
            assert ranked.low <= ranked.gain <= ranked.high


def test_steps_far_too_short_are_what_is_treated_first(evidence):
    crawling = evidence([0.7 - 0.0001 * epoch for epoch in range(101)], learning_rate=1e-6)
    first = diagnose(BIAS, crawling).suggestions[0]
    assert first.patch["training.learning_rate"] > 1e-6
    assert "Expected to lower the dev error by about" in first.because


def test_a_network_that_diverged_is_calmed_and_not_widened(evidence):
    run = replace(evidence([0.7, 1e4, float("inf")], stopped="diverged", learning_rate=5.0), best_epoch=0)
    suggestions = diagnose(BIAS, run).suggestions
    assert suggestions[0].patch["training.learning_rate"] < 5.0
    for suggestion in suggestions:
        assert not {"network.layers", "training.epochs"} & set(suggestion.patch or {})


def test_where_nothing_can_be_gained_no_setting_is_suggested(evidence):
    figures = Figures(0.001, 0.046, 0.025, train_size=5000, dev_size=50_000)
    diagnosis = diagnose(figures, evidence())
    assert diagnosis.verdict == "high variance"
    assert all(suggestion.patch is None for suggestion in diagnosis.suggestions)
    assert "No change of the settings is expected" in diagnosis.notes[-1]


def test_what_is_fitted_already_is_not_fitted_harder(evidence):
    overfitted = Figures(0.0, 0.2, 0.0, train_size=500, dev_size=50_000)
    run = evidence([0.7 * 0.9**epoch for epoch in range(101)], patience=None, layers=(200, 200))
    for suggestion in diagnose(overfitted, run).suggestions:
        patch = suggestion.patch or {}
        assert not {"train_longer", "raise_learning_rate", "bigger_network"} & {suggestion.id}
        assert patch.get("training.epochs", 0) <= 100
    assert "more_data" in {suggestion.id for suggestion in diagnose(overfitted, run).suggestions}
