"""A configuration file in a folder of its own, and what is said about it."""

import pytest

from dlrecipe.config import load_config
from dlrecipe.errors import ConfigError

SMALLEST = "data:\n  source: digits\nnetwork:\n  layers: [3]\n"


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Load a text as `config.yaml` of the working directory."""
    monkeypatch.chdir(tmp_path)

    def load_text(text=SMALLEST, overrides=None):
        (tmp_path / "config.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_config("config.yaml", overrides)

    return load_text


@pytest.fixture
def complaints(load):
    """Load a text that is wrong and return the messages."""

    def complaints_about(text=SMALLEST, overrides=None):
        with pytest.raises(ConfigError) as raised:
            load(text, overrides)
        return list(raised.value.messages)

    return complaints_about
