"""How a command of several trainings ends where the user interrupts it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pathlib import Path


def tell_how_to_resume(study: Path, runs: str) -> None:
    """Say on stderr which command goes on.

    Args:
        study: The study's folder.
        runs: The folder of runs as the user gave it.
    """
    words = ["dlrecipe", "resume", study.name, *(() if runs == "runs" else ("--runs", runs))]
    typer.echo(f"Interrupted and saved. Go on with: {shlex.join(words)}", err=True)
