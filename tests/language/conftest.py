"""The catalogue, with new messages where they are asked for."""

import pytest
from language_catalogue import english_of, entries, stored, update


@pytest.fixture(scope="session", autouse=True)
def _updated(request):
    if request.config.getoption("--update-messages"):
        update()


@pytest.fixture(scope="session")
def catalogue(_updated):
    """The entries by their message."""
    return {english_of(entry): entry for entry in entries(stored())}
