"""Valid configs on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.report.console import console, say

if TYPE_CHECKING:
    from rich.console import Console

    from dlrecipe.results import Validation


def show_validation(validation: Validation, out: Console | None = None) -> None:
    """Print each config that is valid, a line each."""
    say(out or console(), *(Text(f"{config}: valid") for config in validation.configs))
