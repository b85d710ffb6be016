"""`training`: how J is made small, and what is added to it."""

from __future__ import annotations

from numbers import Real
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from dlrecipe.config.numeric import Number
from dlrecipe.config.schedules import Constant, ScheduleChoice
from dlrecipe.config.section import Section
from dlrecipe.config.sentences import Must
from dlrecipe.config.words import Choice, OneOf, Text
from dlrecipe.training.optimizers import OPTIMIZERS


def _written(label: object) -> object:
    """Return a label as a YAML file has it: text, also where Python gives a number."""
    return str(label) if isinstance(label, Real) else label


Label = Annotated[str, Text("a label"), BeforeValidator(_written)]


class Training(Section):
    """The optimiser, its length and the penalty."""

    optimizer: Annotated[str, OneOf((*OPTIMIZERS, "lbfgs"))] = Field(
        default="adam",
        description="gd is plain gradient descent, momentum keeps 0.9 of its speed, lbfgs takes the whole "
        "training set at once (an epoch is an iteration).",
    )
    learning_rate: Annotated[float, Number(gt=0)] = Field(
        default=0.001, description="Length of a step; not used by lbfgs, which finds its own."
    )
    schedule: ScheduleChoice = Field(
        default=Constant(kind="constant"),
        description="How the learning rate changes: a word, or a mapping with the kind and settings.",
    )
    batch_size: Annotated[
        Literal["full"] | Annotated[int, Number(ge=1, also=", or full")],
        Must("a whole number of at least 1, or full"),
    ] = Field(
        default=64,
        description="Examples in a training step; full (or more than there are) takes them all. With lbfgs "
        "the default is full, and nothing else is allowed.",
    )
    epochs: Annotated[int, Number(ge=0)] = Field(
        default=100, description="Passes over the training set at most; 0 leaves the network as initialised."
    )
    lambd: Annotated[float, Number(ge=0)] = Field(
        default=0.0,
        alias="lambda",
        description="Strength of the penalty (lambda/2m)(l1_ratio |W|_1 + (1 - l1_ratio) |W|^2), "
        "with m training examples.",
    )
    l1_ratio: Annotated[float, Number(ge=0, le=1)] = Field(
        default=0.0,
        description="Share of L1 in the penalty: 0 is L2 (ridge), 1 is L1 (lasso), between elastic net. Its "
        "zeros are exact; small batches keep nudging some weights off them, lbfgs and full batches do not.",
    )
    patience: Annotated[int, Number(ge=1, also=", or null to never stop early")] | None = Field(
        default=10,
        description="Evaluations (one an epoch) in a row without a better dev error after which training "
        "stops; null never stops early.",
    )
    class_weight: (
        Annotated[
            Literal["balanced"] | Annotated[dict[Label, Annotated[float, Number(gt=0)]], Field(min_length=1)],
            Must("balanced, a mapping from labels to weights such as {yes: 5}, or null for none"),
        ]
        | None
    ) = Field(
        default=None,
        description="What an example counts in the loss, by its class: balanced gives every class the same "
        "total; a mapping gives labels their weights, and 1 to those it leaves out. They are scaled to mean "
        "1 over the training examples, so that lambda keeps its meaning; errors are never weighted.",
        examples=["balanced", {"yes": 5}],
    )
    threads: Annotated[
        Literal["auto"] | Annotated[int, Number(ge=1, also=", or auto")],
        Must("a whole number of at least 1, or auto"),
    ] = Field(
        default="auto",
        description="Threads of the matrix products; auto is 1, more for steps that are long enough to gain "
        "from it. Another number changes the last bits of a result.",
    )
    kernels: Annotated[Literal["auto", "numpy", "numba"], Choice()] = Field(
        default="auto",
        description="What makes the elementwise passes: numba (the extra `fast`) is quicker once compiled; "
        "auto takes it where it is installed and the training is long enough.",
    )

    @model_validator(mode="before")
    @classmethod
    def _lbfgs_takes_all(cls, raw: object) -> object:
        """The line search of L-BFGS needs the same J at every point, so its default is the whole set."""
        if isinstance(raw, dict) and raw.get("optimizer") == "lbfgs":
            return {"batch_size": "full", **raw}
        return raw
