"""The `sweep` section: written and read back, in the schema, and set by single keys."""

import json

import pytest

from dlrecipe.config import dump_config, json_schema, load_config
from dlrecipe.config.space import takes_whole_numbers

SPACE = {
    "training.lambda": [0, 0.1],
    "network.layers": [[], [8, 4]],
    "training.schedule": ["constant", {"kind": "step", "every": 3}],
    "training.learning_rate": {"low": 1e-4, "high": 0.1, "log": True},
}


def test_it_is_written_and_reads_back(load, tmp_path):
    config = load(overrides={"sweep": {"space": SPACE, "prune": {"factor": 2}, "method": "random"}})
    (tmp_path / "again.yaml").write_text(dump_config(config))
    again = load_config(tmp_path / "again.yaml")
    assert again == config
    assert list(again.sweep.space) == list(SPACE)


def test_without_one_nothing_is_written(load):
    assert "sweep" not in dump_config(load())


def test_the_schema_accepts_it_and_refuses_what_the_loader_refuses(complaints):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json.loads(json.dumps(json_schema())))
    smallest = {"data": {"source": "digits"}, "network": {"layers": [3]}}
    validator.validate({**smallest, "sweep": {"space": SPACE, "prune": True}})
    for bad in ({}, {"space": SPACE, "method": "grit"}, {"space": {"seed": []}}, {"space": {"seed": 1}}):
        assert not validator.is_valid({**smallest, "sweep": bad})
        assert complaints(overrides={"sweep": bad})


def test_a_dotted_key_of_the_space_can_be_set_alone(load):
    config = load(overrides={"sweep.space.training.lambda": [1, 2], "sweep.method": "random"})
    assert config.sweep.space == {"training.lambda": (1, 2)}


def test_a_rule_between_two_searched_keys_waits_for_their_combination(load, complaints):
    space = {"network.layers": [[8], [8, 4]], "network.keep_prob": [[0.5], [0.5, 0.5]]}
    assert load(overrides={"sweep": {"space": space}}).sweep
    alone = complaints(overrides={"sweep": {"space": {"network.keep_prob": [[0.5], [0.5, 0.5]]}}})
    assert len(alone) == 1
    assert "a list with one for each of the 1 hidden layers" in alone[0]


@pytest.mark.parametrize(
    ("key", "whole"), [("training.batch_size", True), ("training.lambda", False), ("network.init", False)]
)
def test_a_range_of_a_key_of_whole_numbers_is_whole(key, whole):
    assert takes_whole_numbers(key) is whole
