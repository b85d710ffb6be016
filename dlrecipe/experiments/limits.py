"""When an `improve` ends."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from dlrecipe.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """When the loop ends, and how many trainings run at once.

    Attributes:
        trainings: At most so many, the given config's among them.
        minutes: At most so long; None for as long as it takes. The given config is trained in any case.
        target_error: A dev error, a fraction, that is good enough; None for none.
        workers: Processes.
    """

    trainings: int = 12
    minutes: float | None = None
    target_error: float | None = None
    workers: int = 1

    def __post_init__(self) -> None:
        problems = [
            f"{name} must be {allowed}. Got {value:g}."
            for name, value, holds, allowed in (
                ("trainings", self.trainings, self.trainings >= 1, "at least 1"),
                ("minutes", self.minutes or 0, self.minutes is None or 0 < self.minutes < inf, "more than 0"),
                ("target_error", self.target_error or 0, (self.target_error or 0) >= 0, "at least 0"),
                ("workers", self.workers, self.workers >= 1, "at least 1"),
            )
            if not holds
        ]
        if problems:
            raise UsageError(*problems)
