"""Every rule in a run that has its cause, and in none that has not."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from dlrecipe.recipe.judging import judge
from dlrecipe.recipe.suggestions.case import Case
from dlrecipe.recipe.suggestions.rules import by_rules
from dlrecipe.results import Figures

BIAS = Figures(0.15, 0.16, train_size=50_000, dev_size=50_000)
VARIANCE = Figures(0.01, 0.11, train_size=800, dev_size=50_000)
BOTH = Figures(0.15, 0.30, train_size=50_000, dev_size=50_000)
LOW = Figures(0.005, 0.01, train_size=50_000, dev_size=50_000)


def suggested(figures, run):
    return list(by_rules(Case(judge(figures, 0.02, 0.15), run, figures.train_size)))


def ids(figures, run):
    return list(dict.fromkeys(suggestion.id for suggestion in suggested(figures, run)))


def patch(figures, run, name):
    return next(suggestion.patch for suggestion in suggested(figures, run) if suggestion.id == name)


def test_a_flat_loss_calls_for_a_bigger_network(evidence):
    run = evidence(layers=(64, 3))
    assert ids(BIAS, run) == ["bigger_network", "other_architecture"]
    assert patch(BIAS, run, "bigger_network") == {"network.layers": [128, 16]}


def test_a_linear_model_gets_hidden_layers_and_one_keep_prob(evidence):
    run = evidence(layers=())
    assert patch(BIAS, run, "bigger_network") == {"network.layers": [64], "network.keep_prob": 1.0}
    assert patch(BIAS, run, "other_architecture") == {"network.layers": [64, 64], "network.keep_prob": 1.0}


def test_a_falling_loss_calls_for_more_epochs_first(evidence, falling):
    run = evidence(falling)
    assert ids(BIAS, run)[:2] == ["train_longer", "bigger_network"]
    # e^(−t/100): nine tenths of what is left take ln 10 times the 100 epochs
    assert patch(BIAS, run, "train_longer") == {"training.epochs": 330}


def test_patience_that_ran_out_while_the_loss_fell_calls_for_more_of_it(evidence, falling):
    run = evidence(falling, stopped="patience", patience=4)
    assert patch(BIAS, run, "train_longer") == {"training.patience": 12}
    assert "train_longer" not in ids(BOTH, run)


def test_a_heavy_penalty_calls_for_less_before_a_bigger_network(evidence):
    run = evidence(penalty=0.4, lambd=20.0)
    assert ids(BIAS, run)[:2] == ["less_regularization", "bigger_network"]
    assert patch(BIAS, run, "less_regularization") == {"training.lambda": 2.0}


def test_a_lambda_that_shrank_the_weights_to_nothing_counts_without_a_penalty(evidence):
    run = evidence(penalty=0.001, lambd=50_000.0)
    assert patch(BIAS, run, "less_regularization") == {"training.lambda": 500.0}
    assert "less_regularization" not in ids(BIAS, evidence(penalty=0.001, lambd=1.0))


def test_a_low_keep_prob_calls_for_less_dropout(evidence):
    run = evidence(layers=(64, 32), keep_prob=(0.5, 1.0))
    assert patch(BIAS, run, "less_regularization") == {"network.keep_prob": [0.75, 1.0]}
    equal = evidence(layers=(64, 32), keep_prob=(0.5, 0.5))
    assert patch(BIAS, equal, "less_regularization") == {"network.keep_prob": 0.75}


def test_what_regularises_too_much_is_not_strengthened_against_variance(evidence):
    names = ids(BOTH, evidence(penalty=0.4, lambd=20.0))
    assert "less_regularization" in names
    assert not {"l2", "l1", "dropout", "several"} & set(names)


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop"])
def test_a_tiny_learning_rate_is_raised_first(evidence, optimizer):
    run = evidence([0.7 - 0.0001 * epoch for epoch in range(101)], optimizer=optimizer, learning_rate=1e-6)
    assert ids(BIAS, run)[0] == "raise_learning_rate"
    assert patch(BIAS, run, "raise_learning_rate") == {"training.learning_rate": 0.001}


@pytest.mark.parametrize(("optimizer", "higher"), [("gd", 0.01), ("momentum", 0.001)])
def test_gradient_descent_that_barely_moves_takes_longer_steps(evidence, optimizer, higher):
    run = evidence([0.7 - 0.0001 * epoch for epoch in range(101)], optimizer=optimizer, learning_rate=1e-6)
    assert patch(BIAS, run, "raise_learning_rate") == {"training.learning_rate": higher}


def test_gradient_descent_that_crawls_takes_longer_steps_before_more_epochs(evidence, falling):
    run = evidence(falling, optimizer="gd", learning_rate=0.001)
    assert ids(BIAS, run)[:2] == ["raise_learning_rate", "train_longer"]
    assert patch(BIAS, run, "raise_learning_rate") == {"training.learning_rate": 0.01}


def test_a_smooth_fall_leaves_room_for_longer_steps_after_more_epochs(evidence, falling):
    names = ids(BIAS, evidence(falling))
    assert names.index("train_longer") < names.index("raise_learning_rate")
    assert patch(BIAS, evidence(falling), "raise_learning_rate") == {"training.learning_rate": 0.003}
    assert "raise_learning_rate" not in ids(BIAS, evidence(falling, learning_rate=0.01))


@pytest.mark.parametrize(("optimizer", "lower"), [("adam", 0.001), ("gd", 0.1), ("momentum", 0.01)])
def test_a_jumping_cost_calls_for_shorter_steps_first(evidence, optimizer, lower):
    jumping = [0.7 + 0.3 * (-1) ** epoch for epoch in range(51)]
    run = evidence(jumping, optimizer=optimizer, learning_rate=0.5)
    assert ids(BIAS, run)[0] == "lower_learning_rate"
    assert patch(BIAS, run, "lower_learning_rate") == {"training.learning_rate": lower}


def test_a_wild_rate_counts_against_variance_but_a_lively_small_cost_does_not(evidence):
    lively = [0.7] + [0.01 + 0.005 * (-1) ** epoch for epoch in range(50)]
    wild = suggested(VARIANCE, evidence(lively, learning_rate=1.0))[0]
    assert (wild.id, wild.for_) == ("lower_learning_rate", "variance")
    assert ids(VARIANCE, evidence(lively))[0] == "more_data"


def test_a_diverged_training_is_repaired_before_anything_else(evidence):
    losses = [0.7, 1e4, math.inf]
    run = evidence(losses, stopped="diverged", optimizer="gd", learning_rate=5.0, normalize=False)
    run = replace(run, best_epoch=0)
    assert ids(BOTH, run) == ["lower_learning_rate", "normalize_inputs", "better_optimizer"]
    assert patch(BOTH, run, "lower_learning_rate") == {"training.learning_rate": 0.1}
    assert patch(BOTH, evidence(losses, stopped="diverged"), "lower_learning_rate") == {
        "training.learning_rate": 0.0001
    }
    assert ids(LOW, run)[0] == "lower_learning_rate"
    assert suggested(LOW, run)[0].for_ == "bias"


def test_slow_gradient_descent_calls_for_adam_with_batches(evidence, falling):
    run = evidence(falling, optimizer="gd", learning_rate=0.01, batch_size=50_000)
    assert patch(BIAS, run, "better_optimizer") == {
        "training.optimizer": "adam",
        "training.learning_rate": 0.001,
        "training.batch_size": 64,
    }
    assert "better_optimizer" not in ids(BIAS, evidence(optimizer="gd", learning_rate=0.01))


def test_raw_inputs_are_normalised(evidence):
    assert patch(BIAS, evidence(normalize=False), "normalize_inputs") == {"data.normalize": True}
    assert "normalize_inputs" not in ids(VARIANCE, evidence(normalize=False))


@pytest.mark.parametrize(
    ("settings", "change"),
    [
        ({"init": "zeros"}, {"network.init": "he"}),
        ({"init": 0.0, "activation": "tanh"}, {"network.init": "xavier"}),
        ({"init": 50.0}, {"network.init": "he"}),
        ({"init": 1e-5}, {"network.init": "he"}),
        ({"activation": "identity"}, {"network.activation": "relu"}),
    ],
)
def test_what_cannot_learn_is_replaced_before_it_is_enlarged(evidence, settings, change):
    first = suggested(BIAS, evidence(**settings))[0]
    assert (first.id, first.patch) == ("other_architecture", change)


def test_a_linear_model_may_start_from_zero(evidence):
    assert ids(BIAS, evidence(init="zeros", layers=()))[0] == "bigger_network"


def test_too_narrow_a_layer_comes_before_more_epochs(evidence, falling):
    run = evidence(falling, layers=(2,), outputs=10)
    assert ids(BIAS, run)[:2] == ["bigger_network", "train_longer"]


@pytest.mark.parametrize(
    ("settings", "change"),
    [
        ({"activation": "tanh"}, {"network.activation": "relu"}),
        ({"layers": (8,), "keep_prob": (0.9,)}, {"network.layers": [16, 16], "network.keep_prob": 0.9}),
        ({"layers": (64, 64, 64)}, None),
    ],
)
def test_other_architectures_against_bias(evidence, settings, change):
    assert patch(BIAS, evidence(**settings), "other_architecture") == change


def test_remedies_against_variance_in_their_order(evidence, flat):
    rising = [loss + 0.004 * epoch for epoch, loss in enumerate(flat)]
    run = evidence(dev_losses=rising, patience=None, parameters=100_000, inputs=400, layers=(256, 128))
    assert ids(VARIANCE, run) == [
        "more_data",
        "l2",
        "dropout",
        "early_stopping",
        "l1",
        "smaller_network",
        "other_architecture",
    ]
    assert patch(VARIANCE, run, "dropout") == {"network.keep_prob": 0.8}
    assert patch(VARIANCE, run, "early_stopping") == {"training.patience": 10}
    assert patch(VARIANCE, run, "smaller_network") == {"network.layers": [128, 64]}
    assert patch(VARIANCE, run, "other_architecture") == {"network.layers": [256], "network.keep_prob": 1.0}
    # 2m·(twice the excess loss of 0.4)/‖W‖²: 1600·0.8/100
    assert patch(VARIANCE, run, "l2") == {"training.lambda": 10.0}
    assert patch(VARIANCE, run, "l1") == {"training.lambda": 10.0, "training.l1_ratio": 1.0}


def test_regularisation_that_is_there_is_strengthened(evidence):
    run = evidence(lambd=2.0, layers=(64, 64), keep_prob=(0.8, 0.6))
    assert patch(VARIANCE, run, "l2") == {"training.lambda": 6.0}
    assert patch(VARIANCE, run, "dropout") == {"network.keep_prob": [0.6, 0.5]}


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({"optimizer": "lbfgs"}, "dropout"),
        ({"layers": ()}, "dropout"),
        ({"layers": (4,)}, "dropout"),
        ({"keep_prob": (0.5,)}, "dropout"),
        ({"patience": 10}, "early_stopping"),
        ({"patience": None}, "early_stopping"),  # the dev loss did not turn
        ({"inputs": 20}, "l1"),
        ({"l1_ratio": 1.0, "lambd": 1.0, "inputs": 400}, "l1"),
        ({"l1_ratio": 1.0, "lambd": 1.0}, "l2"),
        ({"parameters": 1000}, "smaller_network"),
    ],
)
def test_remedies_that_do_not_apply_are_left_out(evidence, settings, missing):
    names = ids(VARIANCE, evidence(**settings))
    assert missing not in names
    assert names[0] == "more_data"


def test_bias_and_variance_together_get_one_patch_for_both(evidence):
    run = evidence(layers=())
    names = ids(BOTH, run)
    assert names.index("bigger_network") < names.index("several") < names.index("more_data")
    both = patch(BOTH, run, "several")
    assert both == {**patch(BOTH, run, "bigger_network"), **patch(BOTH, run, "l2")}
