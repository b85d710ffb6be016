"""An oracle that tests of several rooms ask."""

import os

import pytest


@pytest.fixture
def torch_activation():
    """PyTorch's function for one of our activations, by its name; without it a test is skipped."""
    torch = pytest.importorskip("torch")

    def found(name):
        if name == "identity":
            return lambda Z: Z
        function = getattr(torch, name, None) or getattr(torch.nn.functional, name, None)
        return function or pytest.skip(f"PyTorch has no activation of the name {name}")

    return found


def pytest_addoption(parser):
    parser.addoption("--update-docs", action="store_true", help="write what commands print into docs/")
    parser.addoption("--update-messages", action="store_true", help="write new messages into ko.po")


def pytest_configure():
    """Have the program speak English, whatever the locale of who tests it."""
    os.environ["LC_ALL"] = "C.UTF-8"
