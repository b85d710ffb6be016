"""A small config on real data."""

import pytest

import dlrecipe

TEXT = """
name: small
data: {source: breast-cancer}
network: {layers: [8, 4], keep_prob: [0.8, 1.0]}
training: {epochs: 8, lambda: 0.5, l1_ratio: 0.3, patience: null, learning_rate: 0.01}
recipe: {human_error: 1%}
"""


@pytest.fixture
def load(tmp_path):
    """Load the small config with overrides."""
    file = tmp_path / "small.yaml"
    file.write_text(TEXT)
    return lambda **overrides: dlrecipe.load_config(
        file, {name.replace("__", "."): value for name, value in overrides.items()}
    )
