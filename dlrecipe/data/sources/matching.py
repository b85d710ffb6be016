"""Columns are matched by name: another order is fine, more are ignored, missing ones are an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.data.raw import listed
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Collection

    from dlrecipe.data.raw import Schema


def match_columns(
    origin: str, schema: Schema, found: Collection[str], labels: Collection[str]
) -> tuple[str, ...]:
    """Check that a file has every input of `schema`, and return a note on those it has besides.

    Args:
        origin: The file's name for messages.
        schema: The inputs it must have.
        found: The columns it has.
        labels: Columns that have a meaning without being inputs.

    Raises:
        DataError: An input is missing.
    """
    needed = schema.names.tolist()
    surplus = [name for name in found if name not in {*needed, *labels}]
    present = set(found)
    if missing := [name for name in needed if name not in present]:
        others = f" Columns that are no inputs of the model: {listed(surplus)}." if surplus else ""
        raise DataError(
            f"{origin}: columns of the training data are missing: {listed(missing)}. Inputs are matched by "
            f"name.{others}"
        )
    if surplus:
        return (f"{origin}: ignored columns that are no inputs of the model: {listed(surplus)}.",)
    return ()
