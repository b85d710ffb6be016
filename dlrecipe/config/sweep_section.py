"""`sweep`: which settings a search tries, and how it chooses among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag

from dlrecipe.config.numeric import Number
from dlrecipe.config.section import Section
from dlrecipe.config.sentences import SENTENCE, Must, sentence
from dlrecipe.config.wording import show
from dlrecipe.config.words import Choice, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_TRIALS = 10_000


class Range(Section):
    """All numbers between two ends, both included."""

    low: Annotated[float, Number(ge=0)] = Field(description="The lowest value.")
    high: Annotated[float, Number(ge=0)] = Field(description="The highest value.")
    log: Annotated[bool, Field(strict=True), Must("true or false")] = Field(
        default=False,
        description="Whether each factor of ten is as likely as any other; low is then above 0.",
    )
    points: Annotated[int, Number(ge=2, le=1000)] = Field(
        default=5, description="How many evenly spaced values a grid takes, both ends among them."
    )


class Pruning(Section):
    """When a training is given up: at each rung, those not among the best 1/factor before it are."""

    min_epochs: Annotated[int, Number(ge=1, also=", or null")] | None = Field(
        default=None,
        description="Epochs to the first rung; null takes training.epochs / factor**3. The next ones are "
        "factor times as far each.",
    )
    factor: Annotated[float, Number(ge=2)] = Field(
        default=3.0, description="One of so many trainings goes on at each rung."
    )


def _axis_form(value: object) -> str:
    return "range" if isinstance(value, Mapping | BaseModel) else "list"


Axis = Annotated[
    Annotated[
        tuple[Any, ...],
        Field(min_length=1, max_length=1000),
        Must("a list of 1 to 1000 values, or a mapping with low and high"),
        Tag("list"),
    ]
    | Annotated[Range, Tag("range")],
    Discriminator(_axis_form),
]


def _not_empty(space: object) -> object:
    if not isinstance(space, Mapping) or not space:
        raise sentence(SENTENCE, f"must be a mapping from at least one key to its values. Got {show(space)}.")
    return space


Key = Annotated[str, Text("a key such as training.lambda")]


def _prune_form(value: object) -> str:
    return "mapping" if isinstance(value, Mapping | BaseModel) else "switch"


PruneChoice = Annotated[
    Annotated[
        bool, Field(strict=True), Must("true, false or a mapping with min_epochs and factor"), Tag("switch")
    ]
    | Annotated[Pruning, Tag("mapping")],
    Discriminator(_prune_form),
]


class Sweep(Section):
    """A search over settings; `train` and the other commands pass it over."""

    method: Annotated[Literal["grid", "random", "tpe"], Choice()] = Field(
        default="grid",
        description="grid: every combination; random: combinations drawn independently; tpe: Optuna's "
        "tree-structured Parzen estimator, which draws where earlier trainings did well (the extra `sweep`).",
    )
    trials: Annotated[int, Number(ge=1, le=MOST_TRIALS, also=", or null")] | None = Field(
        default=None,
        description="Trainings at most; null takes all of a grid, else 20. A grid with more combinations "
        "than this is sampled.",
    )
    seed: Annotated[int, Number(ge=0)] = Field(
        default=0, description="Where the randomness of the search starts; that of the trainings is `seed`."
    )
    space: Annotated[dict[Key, Axis], BeforeValidator(_not_empty)] = Field(
        description="What is tried: for each dotted key a list of values, or a mapping with low and high.",
        examples=[{"training.lambda": [0, 0.1, 1], "training.learning_rate": {"low": 1e-4, "high": 0.1}}],
    )
    prune: PruneChoice = Field(
        default=False,
        description="Whether a training that is behind others at the same epoch is given up: true, or a "
        "mapping with min_epochs and factor.",
    )
    parallel: Annotated[int, Number(ge=1, le=1000)] = Field(
        default=4,
        description="With tpe or prune, trainings that may be under way at once: each decision counts the "
        "results of all but the last so many, so that the number of workers changes nothing.",
    )

    @property
    def pruning(self) -> Pruning | None:
        """When trainings are given up; None for never."""
        if isinstance(self.prune, Pruning):
            return self.prune
        return Pruning() if self.prune else None

    @property
    def ranges(self) -> Iterator[tuple[str, Range]]:
        """The keys that have a range, with it."""
        return ((key, axis) for key, axis in self.space.items() if isinstance(axis, Range))
