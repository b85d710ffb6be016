import pytest

from dlrecipe.config import load_config
from dlrecipe.config.differences import by_key, defaults_beside, differences


@pytest.fixture
def config(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("data: {source: digits}\nnetwork: {layers: [8]}\n")
    return lambda **changes: load_config(file, {k.replace("__", "."): v for k, v in changes.items()})


def test_a_config_that_says_no_more_than_it_must_is_the_defaults(config):
    assert differences(defaults_beside(config()), config()) == {}


def test_what_was_set_stands_beside_the_default(config):
    changed = config(training__lambda=0.3, training__schedule={"kind": "cosine"}, seed=7)
    found = differences(defaults_beside(changed), changed)
    assert list(found) == ["seed", "training.schedule", "training.lambda"]
    assert found["training.lambda"] == (0.0, 0.3)
    assert found["training.schedule"][1]["kind"] == "cosine"


def test_a_mapping_is_one_setting(config):
    found = differences(config(), config(data__split={"train": 0.5, "dev": 0.5}))
    assert list(found) == ["data.split"]
    assert found["data.split"][0] == "auto"


def test_every_key_is_there_by_the_name_a_config_has_for_it(config):
    keys = by_key(config())
    assert {"name", "seed", "data.source", "network.layers", "training.lambda"} <= keys.keys()
    assert keys["network.layers"] == [8]
