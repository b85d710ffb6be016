"""What the shell offers on Tab for a run, a config and a topic; of files only the names are looked at."""

from pathlib import Path

import typer


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
