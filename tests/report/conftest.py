"""Consoles that write to memory, plain and watched."""

import io

import pytest
from rich.console import Console


@pytest.fixture
def screen():
    """A plain console of 100 columns; `text()` is what stands on it."""
    stream = io.StringIO()
    console = Console(file=stream, width=100, color_system=None, highlight=False, markup=False)
    console.text = stream.getvalue
    return console
