"""What is suggested, in which order, and that every suggestion can be tried."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from dlrecipe.config import load_config, parse_overrides
from dlrecipe.errors import UsageError
from dlrecipe.recipe import diagnose
from dlrecipe.recipe.commands import command_line
from dlrecipe.recipe.suggestions.case import gap_in_words
from dlrecipe.results import Figures

BIAS = Figures(0.15, 0.16, train_size=50_000, dev_size=50_000)
VARIANCE = Figures(0.01, 0.11, train_size=800, dev_size=50_000)
BOTH = Figures(0.15, 0.30, train_size=50_000, dev_size=50_000)
LOW = Figures(0.005, 0.01, train_size=50_000, dev_size=50_000)


def ids(figures, run=None):
    return [suggestion.id for suggestion in diagnose(figures, run).suggestions]


def patch(figures, run, name):
    found = {suggestion.id: suggestion.patch for suggestion in diagnose(figures, run).suggestions}
    return found[name]


def test_figures_alone_get_the_lecture_in_its_order_and_no_settings():
    suggestions = diagnose(BOTH, command="dlrecipe train a.yaml").suggestions
    assert [suggestion.id for suggestion in suggestions] == [
        "bigger_network",
        "train_longer",
        "other_architecture",
        "more_data",
        "l2",
        "dropout",
        "early_stopping",
    ]
    assert {(suggestion.patch, suggestion.command) for suggestion in suggestions} == {(None, None)}
    assert ids(BIAS) == ["bigger_network", "train_longer", "other_architecture"]
    assert ids(VARIANCE) == ["more_data", "l2", "dropout", "early_stopping", "other_architecture"]


def test_a_gap_below_nothing_is_told_as_below():
    found = diagnose(Figures(0.309, 0.275, 0.0, train_size=362, dev_size=120))
    assert gap_in_words(found, "variance") == (
        "The dev error of 27.5 % is 3.4 points below the train error of 30.9 %"
    )


def test_nothing_high_needs_nothing(evidence):
    assert ids(LOW) == ids(LOW, evidence()) == []


def test_no_epochs_call_for_some(evidence):
    run = evidence([0.7], epochs=0)
    assert ids(BIAS, run)[0] == "train_longer"
    assert patch(BIAS, run, "train_longer") == {"training.epochs": 100}


def test_an_interrupted_training_is_to_be_finished(evidence, falling):
    (first, *_) = diagnose(BIAS, evidence(falling, stopped="interrupted")).suggestions
    assert (first.id, first.patch) == ("train_longer", None)
    assert "dlrecipe resume" in first.because


def test_more_data_is_never_advice_against_bias_alone(evidence, falling):
    for run in (evidence(), evidence(falling), evidence(layers=()), None):
        assert "more_data" not in ids(BIAS, run)


def test_pictures_are_moved_and_never_mirrored(evidence, falling):
    for losses in (None, falling):
        for image, shift in (((8, 8, 1), 1), ((28, 28, 1), 2), ((64, 96, 3), 5)):
            found = diagnose(
                VARIANCE, evidence(losses, image=image), command="dlrecipe train a.yaml"
            ).suggestions
            (more,) = [suggestion for suggestion in found if suggestion.id == "more_data"]
            assert (more.patch, more.command) == (None, None)
            assert f"-S data.augment.shift={shift} they move" in more.because
            assert f"{image[0]} × {image[1]} pixels" in more.because
            assert "800 training examples" in more.because
            assert "mirrored digit is another one" in more.because


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"image": (50, 3, 1)},
        {"image": (8, 8, 1), "shift": 1},
        {"image": (8, 8, 1), "flip": ("horizontal",)},
        {"image": (8, 8, 1), "optimizer": "lbfgs", "batch_size": 800},
    ],
)
def test_what_is_no_picture_or_varied_already_is_not_moved(evidence, settings):
    found = diagnose(VARIANCE, evidence(**settings)).suggestions
    (more,) = [suggestion for suggestion in found if suggestion.id == "more_data"]
    assert "data.augment" not in more.because


def test_moved_pictures_are_no_advice_against_bias(evidence, falling):
    for suggestion in diagnose(BIAS, evidence(falling, image=(8, 8, 1))).suggestions:
        assert "data.augment" not in suggestion.because


def test_mismatch_calls_for_data_like_the_dev_set(evidence):
    figures = Figures(0.01, 0.1, train_dev_error=0.015, train_size=800)
    for run in (None, evidence()):
        (only,) = diagnose(figures, run, command="dlrecipe train a.yaml").suggestions
        assert (only.id, only.for_, only.patch, only.command) == ("data_like_dev", "mismatch", None, None)


def test_doubt_calls_for_a_bigger_dev_set_last(evidence):
    doubtful = Figures(0.01, 0.045, train_size=50_000, dev_size=200)
    last = diagnose(doubtful, evidence(), command="dlrecipe train a.yaml").suggestions[-1]
    assert (last.id, last.for_, last.patch, last.command) == ("bigger_dev_set", "measurement", None, None)
    assert "About 500 would settle it" in last.because


def test_a_bigger_dev_set_is_no_advice_where_the_training_examples_limit():
    assert "bigger_dev_set" not in ids(Figures(0.03, 0.031, train_size=100, dev_size=100_000))


RUNS = [
    {},
    {"layers": ()},
    {"layers": (1,)},
    {"layers": (300, 100, 10), "keep_prob": (0.5, 0.7, 1.0)},
    {"optimizer": "lbfgs", "batch_size": 50_000},
    {"optimizer": "gd", "learning_rate": 1e-5, "batch_size": 50_000},
    {"lambd": 1e5, "normalize": False, "init": "zeros"},
    {"image": (8, 8, 1)},
    {"lambd": 0.5, "l1_ratio": 0.5, "inputs": 4000, "parameters": 10**7, "patience": None},
]


@pytest.mark.parametrize("settings", RUNS)
@pytest.mark.parametrize("figures", [BIAS, VARIANCE, BOTH])
@pytest.mark.parametrize("stopped", ["epochs", "patience", "diverged"])
def test_every_command_is_a_valid_change_of_its_config(
    evidence, falling, tmp_path, settings, figures, stopped
):
    run = evidence(falling, stopped=stopped, **settings)
    file = tmp_path / "my config.yaml"
    write_config(file, run.settings)
    stem = f"dlrecipe train {shlex.quote(str(file))}"
    for suggestion in diagnose(figures, run, command=stem).suggestions:
        assert (suggestion.command is None) == (suggestion.patch is None)
        if suggestion.command is None:
            continue
        program, verb, path, *options = shlex.split(suggestion.command)
        assert (program, verb, path) == ("dlrecipe", "train", str(file))
        assert options[::2] == ["-S"] * len(suggestion.patch)
        overrides = parse_overrides(options[1::2])
        assert overrides == suggestion.patch
        load_config(file, overrides)


def write_config(file, settings):
    batch_size = "full" if settings.optimizer == "lbfgs" else settings.batch_size
    patience = "null" if settings.patience is None else settings.patience
    keep_prob = list(settings.keep_prob) or 1.0
    file.write_text(
        f"data: {{source: digits, normalize: {str(settings.normalize).lower()}}}\n"
        f"network: {{layers: {list(settings.layers)}, activation: {settings.activation}, "
        f"init: {settings.init}, keep_prob: {keep_prob}}}\n"
        f"training: {{optimizer: {settings.optimizer}, learning_rate: {settings.learning_rate}, "
        f"batch_size: {batch_size}, epochs: {settings.epochs}, patience: {patience}, "
        f"lambda: {settings.lambd}, l1_ratio: {settings.l1_ratio}}}\n"
    )


def test_every_id_is_the_contracts_and_comes_once(evidence, falling):
    allowed = {
        *("bigger_network", "train_longer", "raise_learning_rate", "lower_learning_rate", "better_optimizer"),
        *("normalize_inputs", "less_regularization", "more_data", "l2", "l1", "dropout", "early_stopping"),
        *("smaller_network", "other_architecture", "data_like_dev", "bigger_dev_set", "several"),
    }
    for settings in RUNS:
        names = ids(BOTH, evidence(falling, **settings))
        assert set(names) <= allowed
        assert len(set(names)) == len(names)


def test_every_reason_cites_a_figure(evidence, falling):
    for settings in RUNS:
        for suggestion in diagnose(BOTH, evidence(falling, **settings)).suggestions:
            assert any(letter.isdigit() for letter in suggestion.because), suggestion


def test_evidence_needs_its_history_and_train_size(evidence):
    with pytest.raises(UsageError, match="train_size"):
        diagnose(Figures(0.1, 0.2), evidence())
    with pytest.raises(UsageError, match="history"):
        diagnose(BIAS, replace(evidence(), history=()))


def test_a_command_replaces_the_settings_that_its_stem_had():
    stem = "dlrecipe train 'my file.yaml' -S training.lambda=3 -S 'network.layers=[8]'"
    assert command_line(stem, {"network.layers": [16, 16]}) == (
        "dlrecipe train 'my file.yaml' -S training.lambda=3 -S 'network.layers=[16, 16]'"
    )
