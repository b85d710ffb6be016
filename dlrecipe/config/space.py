"""What a sweep's space may hold: keys of the config, with values that the config could have."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, get_args

from dlrecipe.config.keys import known_keys, remedy
from dlrecipe.config.overrides import apply_overrides, as_keys
from dlrecipe.config.problems import Problem, validate
from dlrecipe.config.wording import Keys, dotted, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACE: Keys = ("sweep", "space")

_DEV_SET = ("source", "target", "task", "split", "stratify", "split_seed", "dev", "test", "group", "time")

NO_AXES = {
    "name": "it only names the run folders",
    "recipe": "it changes what the errors are called, and no training",
    "sweep": "a sweep does not search itself",
    **{f"data.{key}": "dev errors compare on the same dev examples only" for key in _DEV_SET},
}
"""Keys, and sections, that are no matter of a search, and why."""


def space_problems(raw: dict[str, Any]) -> list[Problem]:
    """Return what is wrong with the keys and values of `sweep.space`; its form is checked elsewhere.

    Each value is put into the config and judged there. A rule between two keys that are both searched is
    not judged: it may hold for some of their combinations.
    """
    sweep = raw.get("sweep")
    space = sweep.get("space") if isinstance(sweep, dict) else None
    if not isinstance(space, dict):
        return []
    plain = {key: part for key, part in raw.items() if key != "sweep"}
    _, known = validate(plain)
    found: list[Problem] = []
    for key, axis in space.items():
        if not isinstance(key, str):
            continue
        refusal = _refusal(key)
        if refusal is not None:
            found.append(Problem((*SPACE, key), f"{dotted((*SPACE, key))} {refusal}"))
            continue
        others = {as_keys(other) for other in space if other != key}
        for place, value in _values(axis):
            new = [problem for problem in _problems_with(plain, key, value) if problem not in known]
            found += [
                Problem((*SPACE, key, place), f"sweep.space: {problem.text}")
                for problem in new
                if not others & {problem.keys[:2], problem.partner[:2]}
            ]
    return found


def takes_whole_numbers(key: str) -> bool:
    """Whether a key's numbers are whole ones: a range then has no others."""
    kinds = set(_leaves(known_keys()[as_keys(key)].annotation))
    return int in kinds and float not in kinds


def _refusal(key: str) -> str | None:
    keys = as_keys(key)
    if keys not in known_keys():
        return f"is not a known key. {remedy(keys)}"
    for length in (1, 2):
        if why := NO_AXES.get(".".join(keys[:length])):
            return f"cannot be searched: {why}."
    inside = [known for known in known_keys() if known[:-1] == keys]
    if len(keys) == 1 and inside:
        return f"is a section. Name its keys, such as {dotted(inside[0])}."
    return None


def _values(axis: object) -> Iterator[tuple[int | str, object]]:
    """Yield each value of an axis with its place in it; of a range, its ends."""
    if isinstance(axis, list | tuple):
        yield from enumerate(axis)
    elif isinstance(axis, dict):
        yield from ((end, axis[end]) for end in ("low", "high") if _is_number(axis.get(end)))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _problems_with(plain: dict[str, Any], key: str, value: object) -> list[Problem]:
    tried = deepcopy(plain)
    misplaced = apply_overrides(tried, {key: value})
    if misplaced:
        return [Problem(problem.keys, f"{printable(key)}: {problem.text}") for problem in misplaced]
    return validate(tried)[1]


def _leaves(annotation: Any) -> Iterator[object]:
    parts = get_args(annotation)
    if not parts:
        yield annotation
    for part in parts:
        yield from _leaves(part)
