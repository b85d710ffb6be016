"""`data.augment`: training pictures that are moved and mirrored."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from dlrecipe.config.numeric import Number
from dlrecipe.config.section import Section
from dlrecipe.config.sentences import SENTENCE, Must, sentence
from dlrecipe.config.wording import show

Direction = Literal["horizontal", "vertical"]
Side = Annotated[int, Number(ge=1, le=100_000)]


def _each_once(directions: tuple[Direction, ...]) -> tuple[Direction, ...]:
    if len(set(directions)) < len(directions):
        raise sentence(SENTENCE, f"must name each direction once. Got {show(list(directions))}.")
    return directions


def _flip_form(value: object) -> str:
    return "list" if isinstance(value, list | tuple) else "word"


FlipChoice = Annotated[
    Annotated[
        Literal["none", "horizontal", "vertical"],
        Must("none, horizontal, vertical or a list of the last two"),
        Tag("word"),
    ]
    | Annotated[
        tuple[Annotated[Direction, Must("horizontal or vertical")], ...],
        AfterValidator(_each_once),
        Tag("list"),
    ],
    Discriminator(_flip_form),
]


class Augment(Section):
    """Training pictures are varied anew in every step: half of them stay as they are, half are moved."""

    shift: Annotated[int, Number(ge=0, le=1000)] = Field(
        default=0,
        description="Pixels at most that a picture is moved, up or down and left or right. What comes in "
        "from beyond its edge is 0, the background.",
    )
    flip: FlipChoice = Field(
        default="none",
        description="How every second picture is mirrored: none, horizontal (left and right are exchanged), "
        "vertical, or a list of both. Only where the class stays what it is: a mirrored digit is another "
        "one, or none.",
    )
    image: (
        Annotated[
            tuple[Side, ...],
            Field(min_length=2, max_length=3),
            Must("a list of height and width in pixels, such as [28, 28]; with colours [32, 32, 3]"),
        ]
        | None
    ) = Field(
        default=None,
        description="Height, width and perhaps channels of the picture in a row; null takes them from the "
        "file's shape, or from columns named as pixel_0_0 or pixel0.",
    )

    @property
    def flips(self) -> tuple[Direction, ...]:
        """The ways in which pictures are mirrored."""
        if isinstance(self.flip, tuple):
            return self.flip
        return () if self.flip == "none" else (self.flip,)

    @property
    def varies(self) -> bool:
        """Whether anything is done at all."""
        return self.shift > 0 or bool(self.flips)
