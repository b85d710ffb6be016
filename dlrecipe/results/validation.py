"""What `validate` prints."""

from __future__ import annotations

from dataclasses import dataclass

from dlrecipe.results.base import Document


@dataclass(frozen=True, slots=True)
class Validation(Document):
    """Configs in which nothing is wrong.

    Attributes:
        configs: The files, as they were named.
    """

    configs: tuple[str, ...]
