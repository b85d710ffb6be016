"""How the looks word figures in what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.data.raw import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.config import Config


def share(fraction: float) -> str:
    """Return a fraction as people read it: `3.1 %`, and no `0.0 %` for what is not zero."""
    text = f"{100 * fraction:.1f}"
    return f"{100 * fraction:.1g} %" if fraction and text == "0.0" else f"{text} %"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return `1 row`, `1,234 rows`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def leave_out(config: Config, names: Sequence[str]) -> str:
    """Say how columns are kept from being inputs."""
    return f"Leave {listed(tuple(names))} out of {config.data.source}."
