"""What a run tells beyond its final errors: why an error is high, not only that it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.results.inspection import Inspection
    from dlrecipe.results.training import Epoch, Settings, Stopped


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a run was trained and how it went.

    Attributes:
        settings: The settings of the run.
        history: One record per evaluation, the first before training; never empty.
        stopped: What ended the training.
        best_epoch: The epoch whose model was returned.
        parameters: Number of weights and biases of the network.
        inspection: What a look at the trained network tells, where there was one.
    """

    settings: Settings
    history: tuple[Epoch, ...]
    stopped: Stopped
    best_epoch: int
    parameters: int
    inspection: Inspection | None = None

    @property
    def last_epoch(self) -> int:
        """The epoch training ended with."""
        return self.history[-1].epoch

    @property
    def selected(self) -> bool:
        """Whether the dev error chose an epoch before the last."""
        return self.settings.patience is not None and self.best_epoch < self.last_epoch

    @property
    def returned(self) -> Epoch:
        """The evaluation whose model was returned."""
        return next((row for row in self.history if row.epoch == self.best_epoch), self.history[-1])
