"""`training.schedule`: how the learning rate changes from epoch to epoch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from dlrecipe.config.numeric import Number
from dlrecipe.config.section import Section
from dlrecipe.config.sentences import Must
from dlrecipe.config.wording import either


class _Kind(Section):
    """A schedule: its kind and the settings of that kind."""

    @property
    def settings(self) -> dict[str, float]:
        """The settings without the kind, by name."""
        return self.model_dump(exclude={"kind"})


class Constant(_Kind):
    """The learning rate stays what it is."""

    kind: Literal["constant"] = Field(description="The rate stays what it is.")


class Step(_Kind):
    """The learning rate is multiplied by `factor` every `every` epochs."""

    kind: Literal["step"] = Field(description="The rate falls in steps.")
    every: Annotated[int, Number(ge=1)] = Field(default=30, description="Epochs from one step to the next.")
    factor: Annotated[float, Number(gt=0, le=1)] = Field(
        default=0.1, description="What the rate is multiplied by at each step."
    )


class Cosine(_Kind):
    """The learning rate falls along half a cosine from its full value to `floor` times it."""

    kind: Literal["cosine"] = Field(description="The rate falls along half a cosine.")
    floor: Annotated[float, Number(ge=0, le=1)] = Field(
        default=0.0, description="Fraction of the rate that is left at the last epoch."
    )


class Inverse(_Kind):
    """The learning rate is divided by (1 + decay · epoch)."""

    kind: Literal["inverse"] = Field(
        description="The rate is divided by 1 + decay times the number of epochs done."
    )
    decay: Annotated[float, Number(ge=0)] = Field(
        default=0.01, description="How fast the rate falls, per epoch."
    )


Schedule = Constant | Step | Cosine | Inverse
ScheduleKind = Literal["constant", "step", "cosine", "inverse"]

_BY_KIND: dict[object, type[Schedule]] = {
    "constant": Constant,
    "step": Step,
    "cosine": Cosine,
    "inverse": Inverse,
}
KINDS = either(_BY_KIND)


def _schedule_form(value: object) -> str:
    """Return which member of the union below is meant; what is none of them is refused as a word."""
    kind = value.get("kind") if isinstance(value, Mapping) else getattr(value, "kind", None)
    return kind if isinstance(kind, str) and kind in _BY_KIND else "word"


def _with_defaults(kind: str) -> Schedule:
    return _BY_KIND[kind].model_validate({"kind": kind})


if TYPE_CHECKING:
    ScheduleChoice = Schedule  # what is left once pydantic has chosen
else:
    ScheduleChoice = Annotated[
        Annotated[
            ScheduleKind,
            Must(f"{KINDS}, or a mapping with one of these as its kind, and its settings"),
            AfterValidator(_with_defaults),
            Tag("word"),
        ]
        | Annotated[Constant, Tag("constant")]
        | Annotated[Step, Tag("step")]
        | Annotated[Cosine, Tag("cosine")]
        | Annotated[Inverse, Tag("inverse")],
        Discriminator(_schedule_form),
    ]
