"""The whole configuration."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dlrecipe.config.data_section import Data
from dlrecipe.config.network_section import Network
from dlrecipe.config.numeric import Number
from dlrecipe.config.recipe_section import Recipe
from dlrecipe.config.rules import breaches
from dlrecipe.config.section import Section
from dlrecipe.config.sentences import BREACHES
from dlrecipe.config.sweep_section import Sweep
from dlrecipe.config.training_section import Training
from dlrecipe.config.words import Text

NAME = "made of letters, digits, - _ and . (at most 100, the first no - or .): run folders are named after it"


def _without_default(schema: dict[str, Any]) -> None:
    """The default of `name` depends on the file, so an editor should not be told one."""
    schema.pop("default")


class Config(Section):
    """Everything that decides a training: the same `Config` gives the same bits on the same machine.

    It comes from `load_config`, which also makes its paths absolute, and is never changed.
    """

    name: Annotated[str, Text(NAME, pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$")] = Field(
        default="run",
        description="Stem of the run folder: letters, digits, - _ and . (default: this file's stem).",
        json_schema_extra=_without_default,
    )
    seed: Annotated[int, Number(ge=0)] = Field(
        default=0, description="Where all randomness starts: split, initialisation, shuffling, dropout."
    )
    data: Data = Field(description="Where the examples come from, how they are split and prepared.")
    network: Network = Field(description="The shape of the network and what it starts from.")
    training: Training = Field(
        default=Training(), description="How the cost J is made small, and what is added to it."
    )
    recipe: Recipe = Field(default=Recipe(), description="What counts as a high bias, variance or mismatch.")
    sweep: Sweep | None = Field(
        default=None, description="What `dlrecipe sweep` searches; every other command passes it over."
    )

    @model_validator(mode="before")
    @classmethod
    def _open_empty_sections(cls, raw: object) -> object:
        """A section that is missing, or whose keys are all commented out, is judged by its keys."""
        if not isinstance(raw, dict):
            return raw
        empty: dict[str, object] = {
            name: {} for name, section in sections(cls).items() if raw.get(name) is None
        }
        return {**raw, **empty}

    @model_validator(mode="after")
    def _obey_the_rules_between_keys(self) -> Self:
        if found := list(breaches(self)):
            raise PydanticCustomError(BREACHES, "rules between keys", {BREACHES: found})
        return self

    def data_plan(self) -> dict[str, Any]:
        """Return the `data` section as plain values: what the data room is asked for."""
        return self.data.model_dump(exclude={"split_seed", "augment"})

    @property
    def split_seed(self) -> int:
        """Where the randomness of the split starts."""
        return self.seed if self.data.split_seed is None else self.data.split_seed


def sections(model: type[Config]) -> dict[str, type[Section]]:
    """Return the sections of the model that are always there, by name."""
    kinds = {name: field.annotation for name, field in model.model_fields.items()}
    return {
        name: kind for name, kind in kinds.items() if isinstance(kind, type) and issubclass(kind, Section)
    }


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the configuration file, for editors and other programs.

    Every key has a description, its allowed values and its default. Rules between keys are not in it.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Config.model_json_schema(by_alias=True, mode="validation"),
        "title": "dlrecipe configuration",
        "description": "One training of a dense network and its diagnosis.",
    }
