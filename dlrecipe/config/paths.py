"""Paths of a configuration are seen from the folder of its file, wherever the program is started."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from dlrecipe.data.sources.kinds import NAMED_TARGET

if TYPE_CHECKING:
    from dlrecipe.config.data_section import Data


def with_absolute_paths(data: Data, folder: Path) -> Data:
    """Return the section with its files as absolute paths; a bundled set's name stays as it is."""
    given = {"source": data.source, "dev": data.dev, "test": data.test}
    if data.target is not None and _target_is_a_file(data.source, folder):
        given["target"] = data.target
    return data.model_copy(
        update={
            key: value if key != "target" and is_bundled(value, folder) else str(folder.absolute() / value)
            for key, value in given.items()
            if value is not None
        }
    )


def is_bundled(source: str, folder: Path) -> bool:
    """Return whether the source can only be the name of a bundled set: no path, no suffix, no such file."""
    path = PurePath(source)
    return path.name == source and not path.suffix and not _exists(folder / source)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long for a file, a folder that may not be read
        return False


def _target_is_a_file(source: str, folder: Path) -> bool:
    path = PurePath(source.lower().removesuffix(".gz"))
    return path.suffix not in NAMED_TARGET and not is_bundled(source, folder)
