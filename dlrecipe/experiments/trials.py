"""The trainings of a study: each from the study's config and a patch of its own, never done twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.experiments.resuming import resume
from dlrecipe.experiments.training import train

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dlrecipe.experiments.fit import Watch
    from dlrecipe.experiments.run import Run
    from dlrecipe.runs import Origin, RunFolder, Study


class StudyInterruptedError(KeyboardInterrupt):
    """The user interrupted a study before it had anything to show; `resume` goes on with it.

    Attributes:
        study: Its folder.
    """

    def __init__(self, study: Path) -> None:
        super().__init__(f"{study} was interrupted.")
        self.study = study


@dataclass(frozen=True)
class Trial:
    """A training to be done; plain enough to be sent to another process.

    Attributes:
        config: File of the study's config.
        patch: Values by dotted key that replace those of the config.
        runs: The folder of runs.
        origin: The study, and which of its trainings this is.
        begun: Where an earlier process began it.
    """

    config: Path
    patch: Mapping[str, object]
    runs: Path
    origin: Origin
    begun: RunFolder | None = None


@dataclass
class Trials:
    """Hands out the trainings of a study, and knows those that an earlier process began."""

    study: Study
    begun: Mapping[int, RunFolder] = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.study.trials()

    def trial(self, number: int, patch: Mapping[str, object]) -> Trial:
        """The training of this number, counted from 0; a study asks for the same ones in the same order."""
        study = self.study
        return Trial(study.folder.config, patch, study.runs, study.origin(number), self.begun.get(number))


def carry_out(trial: Trial, watch: Watch = iter) -> Run:
    """Train, go on with what was interrupted, or return what is finished.

    Raises:
        DlrecipeError: As `train` and `resume`.
    """
    if trial.begun is not None:
        return resume(trial.begun.path, trial.runs, watch=watch)
    config = load_config(trial.config, trial.patch)
    return train(config, trial.runs, watch, origin=trial.origin)
