"""The configs and data of a topic, laid into a folder where a student can change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError
from dlrecipe.lecture.trainings import shipped
from dlrecipe.results import Handout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def copy_files(names: Sequence[str], folder: Path) -> Handout:
    """Copy shipped files; one that is there already is left alone, as it may have been changed.

    Args:
        names: The files.
        folder: Where to; made if it is not there.

    Returns:
        Their paths, also of those that were there.

    Raises:
        UsageError: The folder cannot be written.
    """
    paths = [folder / name for name in names]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            if not path.exists():
                path.write_bytes(shipped(path.name).read_bytes())
    except OSError as error:
        raise UsageError(f"The files cannot be written to {folder}: {error.strerror or error}.") from error
    return Handout(tuple(map(str, paths)))
