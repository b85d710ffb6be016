"""What the proofs share: a config, and the figures that they end with.

Each proof runs at two sizes: a quick one with every test run, and the whole one, marked slow. The figures of
those that ran are printed at the end; README's reliability paragraph quotes those of the slow ones.
"""

import pytest

import dlrecipe

FIGURES = {}
"""What the proofs found, by what was proven."""


@pytest.fixture
def figure():
    """Note a figure for the summary."""
    return FIGURES.__setitem__


def pytest_terminal_summary(terminalreporter):
    if FIGURES:
        terminalreporter.section("reliability figures")
        for proven, found in FIGURES.items():
            terminalreporter.line(f"{proven}: {found}")


@pytest.fixture
def config(tmp_path):
    """Load a config from its text and overrides."""

    def load(text, **overrides):
        file = tmp_path / "tested.yaml"
        file.write_text(text)
        return dlrecipe.load_config(file, {key.replace("__", "."): value for key, value in overrides.items()})

    return load
