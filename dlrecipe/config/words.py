"""Words and text: markers for `Annotated[Literal[...], ...]` and `Annotated[str, ...]`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, core_schema

from dlrecipe.config.sentences import PRECISE, Must, sentence
from dlrecipe.config.wording import either, show

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words of the annotated `Literal`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return Must(either(get_args(source))).__get_pydantic_core_schema__(source, handler)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of the words of a table elsewhere, for an annotated `str`."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return Must(either(self.words)).__get_pydantic_core_schema__(Literal[self.words], handler)


@dataclass(frozen=True, slots=True)
class Text:
    """Text that is not empty: a name or a path; the words that follow `must be`."""

    be: str = "text"
    pattern: str = r"^[^\x00]+$"

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strict=True, pattern=self.pattern)
        return core_schema.no_info_wrap_validator_function(self._check, text)

    def _check(self, value: object, inner: Callable[[object], object]) -> object:
        written = os.fspath(value) if isinstance(value, os.PathLike) else value
        try:
            return inner(written)
        except ValidationError:
            quoting = "" if isinstance(value, str) else " Write it in quotes if it is meant as text."
            hint = quoting if isinstance(value, Real) else ""
            raise sentence(PRECISE, f"must be {self.be}. Got {show(value)}.{hint}") from None
