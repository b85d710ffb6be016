"""What a topic of the lecture is: its texts, and the experiment that measures its claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlrecipe.experiments.engine import limited
from dlrecipe.results import Demonstration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dlrecipe.results.lecture import Figure, Plane, Plot

    Watch = Callable[[Sequence[int]], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What an experiment measured: figures with the bounds they must keep, and what can be drawn."""

    figures: tuple[Figure, ...]
    plots: tuple[Plot | Plane, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A claim of the lecture that can be run.

    Attributes:
        name: As `dlrecipe lecture` is asked for it.
        claim: One sentence.
        lecture: What the lecture says and why, a paragraph or two.
        experiment: What is measured here.
        yours: How to see it on data of one's own.
        commands: The commands for that; they run beside the topic's files.
        measure: (seed, watch) -> what was measured. Another seed gives another experiment. `watch` gets the
            trials and passes them on, as a progress bar does.
        files: Names in the room's `configs` folder that the experiment uses and a student can try.
    """

    name: str
    claim: str
    lecture: str
    experiment: str
    yours: str
    commands: tuple[str, ...]
    measure: Callable[[int, Watch], Measurement]
    files: tuple[str, ...] = ()

    def demonstrate(self, seed: int = 0, watch: Watch = iter) -> Demonstration:
        """Carry out the experiment, on one thread: its matrices are too small to share.

        Args:
            seed: Where its randomness starts.
            watch: Gets the trials and passes them on.
        """
        with limited(1):
            found = self.measure(seed, watch)
        return Demonstration(
            name=self.name,
            claim=self.claim,
            lecture=self.lecture,
            experiment=self.experiment,
            figures=found.figures,
            plots=found.plots,
            yours=self.yours,
            commands=self.commands,
            files=self.files,
        )
