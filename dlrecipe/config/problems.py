"""pydantic's errors in our words: every problem of a configuration, none of them twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from dlrecipe.config.keys import known_keys, meaning, remedy
from dlrecipe.config.model import Config
from dlrecipe.config.sentences import BREACHES, PRECISE, SENTENCE
from dlrecipe.config.wording import Keys, dotted, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic_core import ErrorDetails

    from dlrecipe.config.rules import Breach


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the keys it is about, and the message without its place.

    Attributes:
        keys: Where.
        text: What.
        partner: The other key, where a rule between two keys is broken.
    """

    keys: Keys
    text: str
    partner: Keys = ()


def validate(raw: dict[str, Any]) -> tuple[Config | None, list[Problem]]:
    """Return the configuration that plain data describe, or None and all that is wrong with them."""
    try:
        return Config.model_validate(raw), []
    except ValidationError as error:
        found = [_problem(details, raw) for details in error.errors() if details["type"] != BREACHES]
        broken = list(_breaches(error))
    if found:
        # The rules between keys were not reached: they are asked about whatever is right by itself.
        bad = {problem.keys[:2] for problem in found}
        broken = [breach for breach in _breaches_without(raw, bad) if not _touches(breach, bad)]
    return None, found + [
        Problem(breach.keys, f"{dotted(breach.keys)} {breach.text}", breach.partner) for breach in broken
    ]


def _breaches(error: ValidationError) -> Iterator[Breach]:
    for details in error.errors():
        yield from details.get("ctx", {}).get(BREACHES, ())


def _breaches_without(raw: dict[str, Any], bad: set[Keys]) -> Iterator[Breach]:
    """Yield the rules that are broken once every bad key has been replaced by a valid stand-in."""
    try:
        Config.model_validate(_repaired(raw, bad))
    except ValidationError as error:
        yield from _breaches(error)


def _repaired(raw: dict[Any, Any], bad: set[Keys]) -> dict[Any, Any]:
    """Return the data without the bad keys; a required key gets the example of its description."""
    repaired: dict[Any, Any] = {
        name: dict(part) if isinstance(part, dict) else part for name, part in raw.items() if part is not None
    }
    for section, *key in sorted(bad, key=len):
        if not key:
            repaired.pop(section, None)
        elif isinstance(repaired.get(section), dict):
            repaired[section].pop(key[0], None)
    for (section, *key), field in known_keys().items():
        if len(key) == 1 and field.is_required() and isinstance(repaired.setdefault(section, {}), dict):
            repaired[section].setdefault(key[0], (field.examples or [None])[0])
    return repaired


def _touches(breach: Breach, bad: set[Keys]) -> bool:
    """Return whether a stand-in took part in a broken rule."""
    return any(keys[:2] in bad or keys[:1] in bad for keys in (breach.keys, breach.partner))


def _problem(details: ErrorDetails, raw: object) -> Problem:
    keys = _place(details, raw)
    say = _SENTENCES.get(details["type"], _is_not_valid)
    return Problem(keys, f"{dotted(keys)} {say(details, keys)}")


def _place(details: ErrorDetails, raw: Any) -> Keys:
    """Return where the data are wrong: pydantic's place without its names for the members of a union."""
    keys: list[str | int] = []
    here = raw
    for part in details["loc"]:
        if _has(here, part):
            here = here[part]
        elif (not keys and part in Config.model_fields) or _is_missing(details, part):
            here = None
        else:
            continue
        keys.append(part)
    return tuple(keys)


def _has(here: Any, part: str | int) -> bool:
    if isinstance(here, list | tuple):
        return isinstance(part, int) and part < len(here)
    return isinstance(here, dict) and part in here


def _is_missing(details: ErrorDetails, part: str | int) -> bool:
    return details["type"] == "missing" and part == details["loc"][-1]


def _is_required(_: ErrorDetails, keys: Keys) -> str:
    return f"is required: {meaning(keys)}."


def _is_unknown(_: ErrorDetails, keys: Keys) -> str:
    if keys in known_keys():  # of another schedule, for instance
        return "does not belong to the kind that is chosen here. Remove it."
    return f"is not a known key. {remedy(keys)}"


def _is_no_text(_: ErrorDetails, __: Keys) -> str:
    return "is not a known key: keys are text."


def _is_no_mapping(details: ErrorDetails, _: Keys) -> str:
    return f"must be a mapping of keys. Got {show(details['input'])}."


def _is_not_valid(details: ErrorDetails, _: Keys) -> str:
    return f"has a value that is not valid. Got {show(details['input'])}."


def _as_it_says(details: ErrorDetails, _: Keys) -> str:
    return details["msg"]


_SENTENCES: dict[str, Callable[[ErrorDetails, Keys], str]] = {
    SENTENCE: _as_it_says,
    PRECISE: _as_it_says,
    "missing": _is_required,
    "extra_forbidden": _is_unknown,
    "invalid_key": _is_no_text,
    "model_type": _is_no_mapping,
}
