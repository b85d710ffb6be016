"""The formats of data files: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.data.raw import RawTable, Wanted


@dataclass(frozen=True, slots=True)
class Kind:
    """A format.

    Attributes:
        reader: `module.function` of this package: (path, wanted) -> RawTable. It is imported when such a file
            is read, as polars is slow to import.
        names_target: Whether a file names its target, so that every file of a set calls it alike.
        streams: Whether the inputs may stay on the disk.
        is_table: Whether the inputs are columns with names, and not one matrix.
    """

    reader: str
    names_target: bool = False
    streams: bool = False
    is_table: bool = False

    def read(self, path: str, wanted: Wanted) -> RawTable:
        """Read a file of this format."""
        module, function = self.reader.split(".")
        found: RawTable = getattr(import_module(f"dlrecipe.data.sources.{module}"), function)(path, wanted)
        return found


KINDS = {
    ".csv": Kind("delimited.read", names_target=True, is_table=True),
    ".tsv": Kind("delimited.read", names_target=True, is_table=True),
    ".parquet": Kind("parquet.read", names_target=True, streams=True, is_table=True),
    ".npz": Kind("arrays.read_npz", names_target=True),
    ".npy": Kind("arrays.read_npy", streams=True),
}
"""The formats by suffix. IDX files are told by their first bytes, and bundled sets by their names."""
IDX = Kind("idx.read")
NAMED_TARGET = frozenset(suffix for suffix, kind in KINDS.items() if kind.names_target)
"""Suffixes of files whose target is a column or an array in them; others have a file of labels."""


def suffix_of(path: str) -> str:
    """Return what a file's name says of its format, in lower case: `.csv` also of `A.CSV.gz`."""
    return Path(Path(path).name.lower().removesuffix(".gz")).suffix


def is_table(path: str) -> bool:
    """Whether the format that a file's name says has columns with names."""
    kind = KINDS.get(suffix_of(path))
    return kind is not None and kind.is_table
