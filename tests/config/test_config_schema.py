"""The JSON Schema against an independent validator: it accepts what we accept, and refuses what we refuse."""

import json
from pathlib import Path

import pytest

from dlrecipe.config import dump_config, json_schema, load_config
from dlrecipe.config.yaml_reader import read_yaml
from dlrecipe.nn import ACTIVATIONS
from dlrecipe.training import OPTIMIZERS

jsonschema = pytest.importorskip("jsonschema")

EXAMPLES = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))
SMALLEST = {"data": {"source": "digits"}, "network": {"layers": [3]}}


@pytest.fixture(scope="module")
def validator():
    return jsonschema.Draft202012Validator(json_schema())


def test_it_is_a_valid_schema_of_its_draft_and_plain_json():
    schema = json.loads(json.dumps(json_schema()))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_it_accepts_the_examples_as_written_and_resolved(validator, path):
    validator.validate(read_yaml(path.read_text(encoding="utf-8")).value)
    validator.validate(read_yaml(dump_config(load_config(path))).value)


def every_key(schema):
    """Yield the name and schema of every key, those of the sections included."""
    for part in (schema, *schema["$defs"].values()):
        yield from part["properties"].items()


def test_every_key_has_a_description_and_every_optional_one_a_default():
    schema = json_schema()
    required = {name for part in (schema, *schema["$defs"].values()) for name in part.get("required", ())}
    for name, key in every_key(schema):
        assert key["description"], name
        assert "default" in key or name in required or name == "name", name


def test_words_are_listed_for_editors():
    keys = dict(every_key(json_schema()))
    assert keys["activation"]["enum"] == list(ACTIVATIONS)
    assert {"relu", "tanh", "sigmoid", "leaky_relu", "identity"} <= ACTIVATIONS.keys()
    assert keys["optimizer"]["enum"] == [*OPTIMIZERS, "lbfgs"]
    assert {"adam", "gd", "momentum", "rmsprop"} <= OPTIMIZERS.keys()


@pytest.mark.parametrize(
    "value",
    [
        *("constant", "step", {"kind": "step", "every": 3}, {"kind": "cosine", "floor": 0}),
    ],
)
def test_it_accepts_every_way_to_write_a_schedule(validator, value):
    validator.validate({**SMALLEST, "training": {"schedule": value}})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", -1),
        ("seed", "1"),
        ("name", "../x"),
        ("foo", 1),
        ("data.source", ""),
        ("data.task", "cluster"),
        ("data.split", {"train": 0.5}),
        ("data.split", "random"),
        ("data.train_dev", 1),
        ("data.stratify", "yes"),
        ("network.layers", [0]),
        ("network.layers", 3),
        ("network.keep_prob", 1.5),
        ("network.keep_prob", [0]),
        ("network.init", 0),
        ("network.lambda", 1),
        ("training.lambd", 1),
        ("training.schedule", {"kind": "cosine", "every": 3}),
        ("training.schedule", {"every": 3}),
        ("training.batch_size", 0),
        ("training.patience", 0),
        ("training.learning_rate", 0),
        ("recipe.human_error", "low"),
        ("recipe.share", 1),
    ],
)
def test_it_refuses_what_the_loader_refuses(validator, complaints, key, value):
    section, _, leaf = key.rpartition(".")
    part = {**SMALLEST.get(section, {}), leaf: value}
    assert not validator.is_valid({**SMALLEST, **({section: part} if section else part)})
    assert complaints(overrides={key: value})
