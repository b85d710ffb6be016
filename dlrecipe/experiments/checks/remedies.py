"""What to do about a column, as several looks say it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dlrecipe.data.raw import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.config import Config


def leave_out(config: Config, names: Sequence[str]) -> str:
    """Say how columns are kept from being inputs: a file's by their name, an array's only in the file."""
    if config.data.source.lower().removesuffix(".gz").endswith((".npz", ".npy")):
        return f"Leave {listed(tuple(names))} out of {config.data.source}."
    left_out = ", ".join(_plain(name) for name in (*config.data.drop, *names))
    return f"data.drop: [{left_out}]"


def _plain(name: str) -> str:
    """A name as YAML reads it back."""
    return name if re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) else json.dumps(name, ensure_ascii=False)
