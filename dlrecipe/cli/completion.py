"""What the shell offers on Tab for a run, a config and a topic; of files only the names are looked at."""

from collections.abc import MutableMapping
from pathlib import Path

import typer

_BREAKS = ("=", ":")
"""Where bash splits a word for its completion, though it is one argument: `--runs=elsewhere` is three."""


def join_bash_words(environment: MutableMapping[str, str]) -> None:
    """Put words together again in what bash asks to complete, as the command line will have them.

    Args:
        environment: Has COMP_WORDS, a word a line, and COMP_CWORD, the index of the one that is being typed,
            where bash asks; both are replaced.
    """
    one_a_line = "\n" in environment.get("COMP_WORDS", "")  # as bash's script hands them over
    if not one_a_line or not environment.get("COMP_CWORD", "").isdecimal():
        return
    typed = int(environment["COMP_CWORD"])
    joined: list[str] = []
    glued, at = False, 0
    for index, word in enumerate(environment["COMP_WORDS"].split("\n")):
        breaks = word in _BREAKS
        if joined and (breaks or glued):
            joined[-1] += word
        else:
            joined.append(word)
        glued = breaks
        if index <= typed:
            at = len(joined) - 1
    environment["COMP_WORDS"], environment["COMP_CWORD"] = "\n".join(joined), str(at)


def run_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the names of the runs under `--runs`, the newest first."""
    folders = sorted(Path(ctx.params.get("runs") or "runs").glob("*/config.yaml"), reverse=True)
    return [file.parent.name for file in folders if file.parent.name.startswith(incomplete)]


def config_files(incomplete: str) -> list[str]:
    """Return the YAML files in the folder that is being typed, and in the folders in it."""
    folder = incomplete.rpartition("/")[0]
    start = f"{folder}/" if folder else ""
    found = [
        f"{start}{file.relative_to(start or '.')}"
        for pattern in ("*.yaml", "*.yml", "*/*.yaml", "*/*.yml")
        for file in sorted(Path(start or ".").glob(pattern))
    ]
    return [name for name in found if name.startswith(incomplete)]


def lecture_topics(incomplete: str) -> list[str]:
    """Return the topics of the lecture."""
    from dlrecipe.lecture import TOPICS

    return [name for name in TOPICS if name.startswith(incomplete)]
