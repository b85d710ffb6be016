"""Back from plain data to the frozen values: the strict inverse of `to_dict`.

What comes from a file may be truncated, edited or written by another version: whatever does not fit the
declared types is refused with its place, so that no verdict is made from it.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def read(kind: type[T], data: object, place: str = "") -> T:
    """Build a value of a result class from what JSON gave.

    Args:
        kind: A frozen dataclass of this package.
        data: Plain data, as its `to_dict` makes them; unknown keys are passed over.
        place: Where `data` stands, for messages.

    Raises:
        ValueError: Something is missing or of another type; the message names the place.
    """
    if not isinstance(data, Mapping):
        raise ValueError(f"{place or 'the document'} must be a mapping")  # noqa: TRY004  # one error for a reader
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # only dataclasses are read
        key = field.name.rstrip("_")
        where = f"{place}.{key}" if place else key
        if key in data:
            values[field.name] = _build(hints[field.name], data[key], where)
        elif field.default is field.default_factory is dataclasses.MISSING:
            raise ValueError(f"{where} is missing")
    return kind(**values)


def _build(hint: Any, data: Any, place: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(arguments, data, place)
    if origin is Literal:
        return data if data in arguments else _refuse(place, f"one of {', '.join(map(str, arguments))}", data)
    if origin is tuple:
        return _tuple(arguments, data, place)
    if dataclasses.is_dataclass(hint):
        return read(hint, data, place)  # type: ignore[arg-type]  # mypy takes it for an instance
    if origin is Mapping:
        return dict(data) if isinstance(data, Mapping) else _refuse(place, "a mapping", data)
    return _scalar(hint, data, place)


def _one_of(kinds: tuple[Any, ...], data: Any, place: str) -> Any:
    if data is None and type(None) in kinds:
        return None
    *others, last = [kind for kind in kinds if kind is not type(None)]
    for kind in others:
        try:
            return _build(kind, data, place)
        except ValueError:
            continue
    return _build(last, data, place)


def _tuple(kinds: tuple[Any, ...], data: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        _refuse(place, "a list", data)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        kinds = (kinds[0],) * len(data)
    if len(kinds) != len(data):
        _refuse(place, f"{len(kinds)} values", data)
    return tuple(
        _build(kind, item, f"{place}[{i}]") for i, (kind, item) in enumerate(zip(kinds, data, strict=True))
    )


def _scalar(kind: Any, data: Any, place: str) -> Any:
    if kind is float and data is None:
        return math.nan
    if kind in (object, Any):
        return data
    accepted = {float: (int, float)}.get(kind, (kind,))
    if not isinstance(data, accepted) or (isinstance(data, bool) and kind is not bool):
        _refuse(place, f"of type {kind.__name__}", data)
    return kind(data)


def _refuse(place: str, expected: str, found: object) -> Any:
    raise ValueError(f"{place} must be {expected}, and is {found!r}")
