"""Reads a file of any known format into a `RawTable`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.data.sources import bundled, idx
from dlrecipe.data.sources.beside import label_file
from dlrecipe.data.sources.bundled import BUNDLED
from dlrecipe.data.sources.files import first_bytes, is_regular
from dlrecipe.data.sources.kinds import IDX, KINDS, NAMED_TARGET, Kind, suffix_of
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from dlrecipe.data.raw import RawTable, Wanted

__all__ = ["BUNDLED", "no_inputs", "read", "target_elsewhere"]

_IDX_NAME = re.compile(r"(idx\d-u?byte|\.idx\d?|\.ubyte)$")


def read(source: str, wanted: Wanted) -> RawTable:
    """Read a bundled set by its name, or a file by its path.

    Raises:
        DataError: It cannot be read, or does not have what is wanted.
    """
    if wanted.stream is True and (source in BUNDLED or not _streams(source)):
        raise DataError(
            f"{source}: `data.stream: true` needs a .npy or .parquet file; others are read whole. Convert "
            "it, or leave `data.stream` out."
        )
    if source in BUNDLED:
        return bundled.read(source, wanted)
    return _kind(source).read(source, wanted)


def no_inputs(source: str) -> dict[str, str]:
    """Return the columns of a file whose type cannot be an input, and the types; only Parquet has such.

    Raises:
        DataError: There is no such file.
    """
    if source in BUNDLED or suffix_of(source) != ".parquet":
        return {}
    from dlrecipe.data.sources import parquet  # noqa: PLC0415  # polars is slow to import

    return parquet.no_inputs(source)


def target_elsewhere(path: str, source: str, target: str) -> str | None:
    """Return what the target of `path` is called, given that it is `target` in `source`.

    A column or array has the same name in every file. Labels in a file of their own are found by its name.
    None stands for the default.
    """
    if _names_its_target(path) and _names_its_target(source):
        return target
    return None if _names_its_target(path) or _names_its_target(source) else label_file(path, source, target)


def _names_its_target(path: str) -> bool:
    return path in BUNDLED or suffix_of(path) in NAMED_TARGET


def _streams(path: str) -> bool:
    kind = KINDS.get(suffix_of(path))
    return kind is not None and kind.streams


def _kind(path: str) -> Kind:
    """Return the format of a file: by its suffix, else by its first bytes."""
    if kind := KINDS.get(suffix_of(path)):
        return kind
    regular = is_regular(path)
    if regular and first_bytes(path, 6) == b"\x93NUMPY":
        return KINDS[".npy"]
    if _IDX_NAME.search(Path(path).name.lower().removesuffix(".gz")) or (
        regular and idx.looks_like_idx(path)
    ):
        return IDX
    raise _unknown(path)


def _unknown(path: str) -> DataError:
    sets = ", ".join(BUNDLED)
    try:
        exists = Path(path).exists()
    except (OSError, ValueError):
        exists = False
    if not exists:
        return DataError(f"{path}: there is neither such a file nor a bundled set of that name ({sets}).")
    return DataError(
        f"{path}: the format is not known from the name or the first bytes. Name a {', '.join(KINDS)} or "
        f"IDX file (also gzipped), or a bundled set ({sets})."
    )
