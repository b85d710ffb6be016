"""The run that a command is about, said on stderr where it is not the one that was named."""

from pathlib import Path

import typer

from dlrecipe.language import noted


def meant(run: str | None, runs: str) -> str:
    """Return the folder of the finished run that is meant: of a study, the run that it kept.

    Args:
        run: A path, a name or a number; None for what was finished last.
        runs: The folder of runs.

    Raises:
        RunError: There is none.
    """
    from dlrecipe.runs import find_finished

    folder, why = find_finished(run, Path(runs))
    if why:
        typer.echo(noted(f"{why}."), err=True)
    return str(folder.path)
