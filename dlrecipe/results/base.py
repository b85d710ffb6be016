"""What every result has in common: it is frozen, and it can be turned into plain data."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path

SCHEMA = 1


def plain(value: object) -> object:
    """Return `value` as what JSON knows: dicts, lists, strings, numbers, booleans and None.

    A number that JSON cannot express (NaN, infinity) becomes None.
    """
    if isinstance(value, Value):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


class Value:
    """Base of the frozen dataclasses that travel from room to room."""

    def to_dict(self) -> dict[str, object]:
        """Return the fields as plain data; a field `for_` (a Python keyword) becomes `for`."""
        fields = dataclasses.fields(self)  # type: ignore[arg-type]  # every subclass is a dataclass
        return {field.name.rstrip("_"): plain(getattr(self, field.name)) for field in fields}


class Document(Value):
    """A value that a command prints as its whole answer: it carries the schema's number."""

    def to_dict(self) -> dict[str, object]:
        """Return the fields as plain data, after the number of the schema they follow."""
        return {"schema": SCHEMA, **super().to_dict()}
