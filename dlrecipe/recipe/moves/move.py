"""A change of the settings that could be tried next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Patch = Mapping[str, object]


class Move(NamedTuple):
    """One change, sized for a run.

    Attributes:
        what: What it changes; moves of different kinds can be made together.
        id: Id of the suggestion it is shown as.
        title: A few words for the eye.
        patch: Dotted config keys and their new values.
    """

    what: str
    id: str
    title: str
    patch: Patch


KEEP_PROB = "network.keep_prob"


def compatible(one: Move, other: Move) -> bool:
    """Return whether two moves can be made together: they set no key both.

    A new depth takes a keep_prob along only so that there is one for each layer.
    """
    return one.what != other.what and not (_own_keys(one) & _own_keys(other))


def merged(moves: Iterable[Move]) -> dict[str, object]:
    """Return the patch of compatible moves made together."""
    ordered = sorted(moves, key=lambda move: move.what != "size")
    patch = {key: value for move in ordered for key, value in move.patch.items()}
    keep_prob, layers = patch.get(KEEP_PROB), patch.get("network.layers")
    if isinstance(keep_prob, list) and isinstance(layers, list) and len(keep_prob) != len(layers):
        patch[KEEP_PROB] = max(keep_prob)
    return patch


def _own_keys(move: Move) -> set[str]:
    carried = {KEEP_PROB} if move.what == "size" else set()
    return set(move.patch) - carried
