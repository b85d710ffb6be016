"""A change that the loop may try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.results.improvement import Source


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change of the best config so far.

    Attributes:
        suggestion: Id of the contract's suggestions.
        patch: Dotted config keys and their new values.
        because: Why it is worth a training.
        source: Where it comes from.
    """

    suggestion: str
    patch: Mapping[str, object]
    because: str
    source: Source

    @property
    def kin(self) -> str:
        """What shares its failures: what has its id; a fresh start says nothing of other changes."""
        return self.source if self.source == "fresh start" else self.suggestion
