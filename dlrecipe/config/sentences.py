"""Errors in our words: a marker for `Annotated` that says in one sentence what a key may hold.

The sentences lack their subject, the key path, which `problems` puts in front.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from dlrecipe.config.wording import show

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCE = "sentence"
"""Type of an error whose message is ours, about the value as a whole."""
PRECISE = "precise sentence"
"""Type of an error of ours that knows more than the sentence about the value as a whole could say."""
BREACHES = "breaches"
"""Type of the error that carries the rules between keys that do not hold; also the name of its list."""


def sentence(kind: str, text: str) -> PydanticCustomError:
    """Return an error that carries the sentence unchanged, braces and all."""
    return PydanticCustomError(kind, "{text}", {"text": text})


@dataclass(frozen=True, slots=True)
class Must:
    """Whatever the annotated type accepts, described as a whole by the words that follow `must be`."""

    be: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._check, handler(source))

    def _check(self, value: object, inner: Callable[[object], object]) -> object:
        try:
            return inner(value)
        except ValidationError as error:
            precise = [_details(item) for item in error.errors() if _is_precise(item)]
            if precise:
                raise ValidationError.from_exception_data("config", precise) from None
        raise sentence(SENTENCE, f"must be {self.be}. Got {show(value)}.")


def _is_precise(error: Any) -> bool:
    return error["type"] == PRECISE or any(isinstance(part, int) for part in error["loc"])


def _details(error: Any) -> InitErrorDetails:
    kind, keys = error["type"], error["loc"]
    known = sentence(kind, error["msg"]) if kind in {SENTENCE, PRECISE} else kind
    return InitErrorDetails(type=known, loc=keys, input=error["input"], ctx=error.get("ctx", {}))
