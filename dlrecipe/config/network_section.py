"""`network`: the shape of the network and what it starts from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dlrecipe.config.numeric import Number
from dlrecipe.config.section import Section
from dlrecipe.config.sentences import Must
from dlrecipe.config.words import OneOf
from dlrecipe.nn.activations import ACTIVATIONS

KeepProb = Annotated[float, Number(gt=0, le=1)]
LayerSize = Annotated[int, Number(ge=1, le=1_000_000)]


class Network(Section):
    """The hidden layers; the output layer follows from the data."""

    layers: Annotated[
        tuple[LayerSize, ...],
        Field(max_length=1000),
        Must("a list of at most 1000 hidden layer sizes, such as [64, 32], or [] for a linear model"),
    ] = Field(
        description="Sizes of the hidden layers in units, first to last; [] is a linear model.",
        examples=[[64, 32]],
    )
    activation: Annotated[str, OneOf(tuple(ACTIVATIONS))] = Field(
        default="relu", description="Activation of the hidden layers; leaky_relu has slope 0.01 below zero."
    )
    keep_prob: Annotated[
        KeepProb | tuple[KeepProb, ...],
        Must("one number or a list with one for each hidden layer, each in (0, 1]"),
    ] = Field(
        default=1.0,
        description="Probability that a unit of a hidden layer is kept in a training step (inverted "
        "dropout): one number, or one per hidden layer. 1 is no dropout.",
    )
    init: Annotated[
        Literal["he", "lecun", "xavier", "zeros"]
        | Annotated[float, Number(gt=0, also="; for weights of 0 write zeros")],
        Must("he, lecun, xavier, zeros or a standard deviation above 0"),
    ] = Field(
        default="he",
        description="Distribution of the initial weights: he N(0, 2/n), lecun N(0, 1/n), xavier "
        "N(0, 2/(n_in + n_out)), zeros, or a standard deviation. Default: he for the relus, else xavier.",
    )

    @model_validator(mode="before")
    @classmethod
    def _init_follows_activation(cls, raw: object) -> object:
        """He is made for activations that cut half of their input, xavier for the rest."""
        if not isinstance(raw, dict) or not isinstance(name := raw.get("activation"), str):
            return raw
        return {"init": ACTIVATIONS[name].init, **raw} if name in ACTIVATIONS else raw

    @property
    def keep_probs(self) -> tuple[float, ...]:
        """The probability that a unit is kept, one for each hidden layer."""
        return self.keep_prob if isinstance(self.keep_prob, tuple) else (self.keep_prob,) * len(self.layers)
