"""Numbers between bounds: markers for `Annotated[int, ...]` and `Annotated[float, ...]`.

A marker gives pydantic the check, the JSON Schema its bounds, and the message its words, all from the
same bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Any

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, core_schema

from dlrecipe.config.percent import as_float, format_fraction, parse_fraction
from dlrecipe.config.sentences import PRECISE, SENTENCE, sentence
from dlrecipe.config.wording import show

if TYPE_CHECKING:
    from collections.abc import Callable

_RANGE_ERRORS = {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """An interval, open (`gt`, `lt`) or closed (`ge`, `le`) at each end; `also` ends its sentence."""

    gt: float | None = None
    ge: float | None = None
    lt: float | None = None
    le: float | None = None
    also: str = ""

    @property
    def phrase(self) -> str:
        """The interval in words: `in (0, 1]`, `above 0`, `at least 1`."""
        low, high = (_first(self.gt, self.ge), _first(self.lt, self.le))
        if high is None:
            return f"{'above' if self.ge is None else 'at least'} {low}{self.also}"
        opening, closing = "(" if self.ge is None else "[", ")" if self.le is None else "]"
        return f"in {opening}{low}, {high}{closing}{self.also}"

    @property
    def constraints(self) -> dict[str, Any]:
        """The bounds that are set, by pydantic's names."""
        ends = {"gt": self.gt, "ge": self.ge, "lt": self.lt, "le": self.le}
        return {name: end for name, end in ends.items() if end is not None}

    def check(
        self,
        noun: str,
        convert: Callable[[Any], object],
        number: CoreSchema,
        writing: core_schema.SerSchema | None = None,
    ) -> CoreSchema:
        """Return the check of a number: first its kind by `convert`, then its bounds by `number`.

        `writing` says how the number is written to a file, where that is not as it is.
        """

        def within(value: object, inner: Callable[[object], object]) -> object:
            try:
                return inner(convert(value))
            except ValidationError as error:
                outside = error.errors()[0]["type"] in _RANGE_ERRORS
                kind, what = (PRECISE, self.phrase) if outside else (SENTENCE, f"{noun}, {self.phrase}")
                raise sentence(kind, f"must be {what}. Got {show(value)}.") from None
            except ValueError as error:
                raise sentence(PRECISE, str(error)) from None

        return core_schema.no_info_wrap_validator_function(within, number, serialization=writing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Bounds):
    """A number within bounds: whole where the annotated type is `int`, finite where it is `float`."""

    def __get_pydantic_core_schema__(self, source: Any, _: GetCoreSchemaHandler) -> CoreSchema:
        if source is int:
            return self.check(
                "a whole number", _whole, core_schema.int_schema(strict=True, **self.constraints)
            )
        schema = core_schema.float_schema(strict=True, allow_inf_nan=False, **self.constraints)
        return self.check("a number", as_float, schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction(Bounds):
    """A fraction within bounds, written `0.05` or `5%`."""

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        fraction = core_schema.float_schema(strict=True, allow_inf_nan=False, **self.constraints)
        writing = core_schema.plain_serializer_function_ser_schema(format_fraction)
        return self.check("a fraction", parse_fraction, fraction, writing)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        percentage = {"type": "string", "pattern": r"^\s*\+?[0-9]*\.?[0-9]+\s*%\s*$"}
        return {"anyOf": [handler(schema), percentage]}


def _whole(value: object) -> object:
    """Return the integer that is meant; what is none stays as it is, for the schema to refuse."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Integral):
        whole = int(value)
    elif (number := as_float(value)).is_integer():
        whole = int(number)
    else:
        return value
    if abs(whole) >= 2**63:
        raise ValueError(f"must be below 2**63. Got {show(value)}.")
    return whole


def _first(*ends: float | None) -> float | None:
    return next((end for end in ends if end is not None), None)
