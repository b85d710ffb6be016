"""What to do about a column, as several looks say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.data.raw import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.config import Config


def leave_out(config: Config, names: Sequence[str]) -> str:
    """Say how columns are kept from being inputs."""
    return f"Leave {listed(tuple(names))} out of {config.data.source}."
