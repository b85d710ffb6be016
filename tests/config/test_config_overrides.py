import numpy as np
import pytest

from dlrecipe.config import load_config, parse_overrides
from dlrecipe.errors import ConfigError


def refusals(*settings):
    with pytest.raises(ConfigError) as raised:
        parse_overrides(settings)
    return list(raised.value.messages)


def test_values_are_yaml():
    settings = [
        "training.lambda=0.3",
        "training.learning_rate=5e-05",
        "network.layers=[7, 3]",
        "data.target=no",
        "data.source=a=b.csv",
        "training.patience=null",
        "recipe.human_error=5%",
        "data.split={train: 0.5, dev: 0.5}",
        "name=",
    ]
    assert parse_overrides(settings) == {
        "training.lambda": 0.3,
        "training.learning_rate": 5e-05,
        "network.layers": [7, 3],
        "data.target": "no",
        "data.source": "a=b.csv",
        "training.patience": None,
        "recipe.human_error": "5%",
        "data.split": {"train": 0.5, "dev": 0.5},
        "name": None,
    }


def test_the_last_of_two_settings_of_a_key_counts():
    assert parse_overrides(["seed=1", "seed=2"]) == {"seed": 2}


def test_all_settings_that_cannot_be_read_are_named_at_once():
    assert refusals("seed", "=1", "a=[1", "b=!!python/name:x y", "c={d: 1, d: 2}", "fine=1") == [
        "--set seed: write KEY=VALUE, such as --set training.epochs=10.",
        "--set =1: write KEY=VALUE, such as --set training.epochs=10.",
        (
            "--set a=[1: This is not valid YAML: while parsing a flow sequence, expected ',' or ']', "
            "but got '<stream end>'."
        ),
        (
            "--set b=!!python/name:x y: The value has the tag !!python/name:x, which is not supported: "
            "write plain values."
        ),
        "--set c={d: 1, d: 2}: d is repeated: it was given on line 1 already. Keep one of them.",
    ]


def test_an_override_replaces_a_key_and_nothing_else(load):
    text = "data: {source: digits}\nnetwork: {layers: [3], activation: tanh}\n"
    changed = load(text, {"network.layers": [5, 2], "training.lambda": 0.3})
    assert changed.network.layers == (5, 2)
    assert changed.network.activation == "tanh"
    assert changed.training.lambd == 0.3
    assert changed.model_copy(
        update={"network": load(text).network, "training": load(text).training}
    ) == load(text)


def test_an_override_makes_the_section_it_needs(load):
    config = load(
        "name: x\n", {"data.source": "digits", "network.layers": [], "training.schedule.kind": "step"}
    )
    assert (config.data.source, config.network.layers) == ("digits", ())
    assert config.training.schedule.kind == "step"


def test_a_default_that_follows_from_another_key_follows_an_override_too(load):
    config = load(overrides={"training.optimizer": "lbfgs", "network.activation": "tanh"})
    assert config.training.batch_size == "full"
    assert config.network.init == "xavier"


def test_an_override_may_replace_a_wrong_value_of_the_file(load):
    text = "seed: many\ndata: {source: digits}\nnetwork: {layers: [3]}\n"
    assert load(text, {"seed": 3}).seed == 3


def test_numbers_and_sequences_of_numpy_and_python_are_accepted(load):
    config = load(
        overrides={
            "seed": np.int64(3),
            "training.learning_rate": np.float32(0.5),
            "network.layers": (np.int32(4), 2),
            "network.keep_prob": (1, np.float64(0.5)),
        }
    )
    assert (config.seed, config.training.learning_rate) == (3, 0.5)
    assert (config.network.layers, config.network.keep_prob) == ((4, 2), (1.0, 0.5))
    assert type(config.seed) is int


@pytest.mark.parametrize(
    ("override", "message"),
    [
        (
            {"training.lamda": 0.3},
            "--set training.lamda=0.3: training.lamda is not a known key. Did you mean training.lambda?",
        ),
        (
            {"trainin.epochs": 3},
            "--set trainin.epochs=3: trainin is not a known key. Did you mean training?",
        ),
        (
            {"training.epochs": "many"},
            '--set training.epochs=many: training.epochs must be a whole number, at least 0. Got "many".',
        ),
        (
            {"network.layers.first": 3},
            "--set network.layers.first=3: network.layers is [3], which has no keys. Set it as a whole.",
        ),
        ({"data.source": None}, None),
        ({"": 1}, None),
        ({"training.": 1}, None),
        ({"..": 1}, None),
    ],
)
def test_a_problem_of_an_override_names_the_override(complaints, override, message):
    ((key, value),) = override.items()
    found = complaints(overrides=override)
    assert message in (*found, None)
    assert all(text.startswith(f"--set {key}={'null' if value is None else value}: ") for text in found)


def test_a_rule_between_a_key_of_the_file_and_an_override_names_the_key_of_the_file(complaints):
    text = "data: {source: digits}\nnetwork: {layers: [3]}\ntraining:\n  batch_size: 32\n"
    assert complaints(text, {"training.optimizer": "lbfgs"}) == [
        "config.yaml:4: training.batch_size must be full with optimizer lbfgs, which has no batches. Got 32."
    ]


def test_the_callers_overrides_are_left_alone(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text("data: {source: digits}\nnetwork: {layers: [8]}\n")
    overrides = {
        "data.split": {"train": 0.6, "dev": 0.2, "test": 0.2},
        "data.split.dev": 0.3,
        "data.split.test": 0.1,
    }
    config = load_config(file, overrides)
    assert config.data.split != overrides["data.split"]
    assert overrides["data.split"] == {"train": 0.6, "dev": 0.2, "test": 0.2}
