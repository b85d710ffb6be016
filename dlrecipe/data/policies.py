"""What a missing cell does, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, get_args

import numpy as np

from dlrecipe.data import archive
from dlrecipe.data.plan import Missing
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    import numpy.typing as npt

DEFAULT = "default"
"""The key of a mapping that speaks for the columns it does not name."""


@dataclass(frozen=True, slots=True)
class Policies:
    """What a missing cell does: in the columns named, and in all others."""

    default: Missing
    columns: Mapping[str, Missing]

    def of(self, column: str) -> Missing:
        """What a missing cell of this column does."""
        return self.columns.get(column, self.default)

    def fills(self, column: str) -> bool:
        """Whether a missing cell of this column gets a value."""
        return self.of(column) in {"mean", "median"}

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return plain arrays from which `from_arrays` makes the same policies."""
        return {
            "missing": np.array(self.default),
            "missing_columns": np.array(list(self.columns), np.str_),
            "missing_policies": np.array(list(self.columns.values()), np.str_),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Policies:
        """Return the policies that `to_arrays` wrote.

        Raises:
            DataError: An array is missing, unreadable or does not fit the others.
        """
        names, words = archive.texts(arrays, "missing_columns"), archive.texts(arrays, "missing_policies")
        if len(names) != len(words):
            raise DataError("the model's `missing_policies` do not fit its `missing_columns`; it is damaged.")
        columns = {str(name): _known(str(word)) for name, word in zip(names, words, strict=True)}
        return cls(_known(archive.word(arrays, "missing")), columns)


def policies(missing: Missing | Mapping[str, Missing]) -> Policies:
    """Return what one word, or a mapping with words by column, asks for; the default is `error`."""
    if isinstance(missing, Mapping):
        columns = {name: word for name, word in missing.items() if name != DEFAULT}
        return Policies(missing.get(DEFAULT, "error"), columns)
    return Policies(missing, {})


def _known(word: str) -> Missing:
    if word in get_args(Missing):
        return cast("Missing", word)
    raise DataError(f"the model's `missing` is {word!r}; the file is damaged or of another program.")
