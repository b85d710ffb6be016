"""An oracle that tests of several rooms ask."""

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
