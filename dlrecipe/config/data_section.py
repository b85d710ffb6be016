"""`data`: where the examples come from, how they are split and prepared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    model_serializer,
)

from dlrecipe.config.augment_section import Augment  # noqa: TC001  # pydantic reads the annotation
from dlrecipe.config.numeric import Fraction, Number
from dlrecipe.config.section import Section
from dlrecipe.config.sentences import Must
from dlrecipe.config.words import Choice, Text

FilePath = Annotated[str, Text("the path of a file")]
Stream = Annotated[Literal["auto"] | Annotated[bool, Field(strict=True)], Must("auto, true or false")]
Column = Annotated[str, Text("the name of a column")]
Columns = Annotated[tuple[Column, ...], Must("a list of names of columns")]
Switch = Annotated[bool, Field(strict=True), Must("true or false")]


def _count_if_whole(size: float) -> float:
    return int(size) if size == int(size) else size


Size = Annotated[float, Number(ge=0, le=10**12), AfterValidator(_count_if_whole)]


class Split(Section):
    """Sizes of the parts: all ratios that add to 1, or all counts of examples; 0 is an empty part."""

    train: Size = Field(description="Training part: a ratio below 1, or a count of examples.", examples=[0.6])
    dev: Size = Field(description="Dev part: a ratio below 1, or a count of examples.", examples=[0.2])
    test: Size = Field(
        default=0, description="Test part: a ratio below 1, or a count of examples; 0 for none."
    )

    @property
    def sizes(self) -> tuple[float, float, float]:
        """The parts in their order: train, dev, test."""
        return self.train, self.dev, self.test

    @property
    def in_counts(self) -> bool:
        """Whether the sizes are numbers of examples; ratios otherwise."""
        return any(size >= 1 for size in self.sizes)


def _split_form(value: object) -> str:
    return "mapping" if isinstance(value, Mapping | Split) else "word"


SplitChoice = Annotated[
    Annotated[Literal["auto"], Must("auto, or a mapping with train, dev and test"), Tag("word")]
    | Annotated[Split, Tag("mapping")],
    Discriminator(_split_form),
]


MissingWord = Literal["error", "mean", "median", "drop"]
_WORDS = "error, mean, median or drop"


def _missing_form(value: object) -> str:
    return "mapping" if isinstance(value, Mapping) else "word"


MissingChoice = Annotated[
    Annotated[MissingWord, Must(_WORDS), Tag("word")]
    | Annotated[dict[Column, Annotated[MissingWord, Must(_WORDS)]], Tag("mapping")],
    Discriminator(_missing_form),
]


def _indicator_form(value: object) -> str:
    return "list" if isinstance(value, list | tuple) else "switch"


IndicatorChoice = Annotated[
    Annotated[bool, Field(strict=True), Must("true, false or a list of names of columns"), Tag("switch")]
    | Annotated[tuple[Column, ...], Tag("list")],
    Discriminator(_indicator_form),
]


class Data(Section):
    """The examples."""

    source: Annotated[str, Text("the name of a bundled set or the path of a file")] = Field(
        description="A bundled set by name (digits, breast-cancer, diabetes), or the path of a .csv, "
        ".parquet, .npz, .npy or IDX file (IDX also .gz), seen from this file's folder.",
        examples=["digits", "data/patients.csv"],
    )
    target: Annotated[str, Text("the name of a column or the path of a label file")] | None = Field(
        default=None,
        description="What is predicted. Tables: a column (default: label or target); .npz: the name of "
        "an array (default: y; the inputs are X); .npy and IDX: the path of the label file.",
    )
    task: Annotated[Literal["classification", "regression"], Choice()] | None = Field(
        default=None, description="Kind of prediction; null guesses it from the target and says so."
    )
    split: SplitChoice = Field(
        default="auto",
        description="auto: dev and test are each the smaller of 20 % and 10,000 examples. Or a mapping "
        "with train, dev and test: ratios adding to 1, or counts. Not used where dev has its own file.",
    )
    stratify: Switch = Field(
        default=True, description="Whether each part gets the same class mix (classification only)."
    )
    dev: FilePath | None = Field(
        default=None,
        description="File of the dev examples, perhaps of another distribution; all rows of source are then "
        "training rows. null takes them from source.",
    )
    test: FilePath | None = Field(default=None, description="File of the test examples; needs dev as well.")
    split_seed: Annotated[int, Number(ge=0)] | None = Field(
        default=None,
        description="Seed of the split alone, so that trainings with several seeds share their parts; null "
        "takes seed.",
    )
    train_examples: Annotated[int, Number(ge=1, le=10**12)] | None = Field(
        default=None,
        description="Train on so many examples of the training part only, drawn at random; fewer are always "
        "a part of more. null takes them all.",
    )
    train_dev: Annotated[float, Fraction(gt=0, lt=1, also=", or null for none")] | None = Field(
        default=None,
        description="Fraction of the training rows set aside to measure mismatch: never trained on, but "
        "drawn as they are. A fraction or a percentage.",
    )
    missing: MissingChoice = Field(
        default="error",
        description="What an empty or NaN cell does: stop with an error, take the training rows' mean or "
        "median (texts: the most frequent one), or drop the row. Or a mapping with such a word for some "
        "columns, and for all others under default (which is error if left out).",
        examples=["median", {"default": "mean", "age": "median"}],
    )
    missing_indicator: IndicatorChoice = Field(
        default=False,
        description="Whether a column that is filled in gets a second input, 1 where the cell was missing: "
        "true for those with missing cells in the training rows, or a list of columns.",
    )
    drop: Columns = Field(default=(), description="Columns of a table that are no inputs.")
    keep: Columns | None = Field(
        default=None,
        description="The only columns of a table that are inputs; null for all but target, group and time.",
    )
    group: Column | None = Field(
        default=None, description="Column whose equal values belong together: no group lands in two parts."
    )
    time: Column | None = Field(
        default=None,
        description="Column of dates or numbers by which rows are split: the oldest are training rows, the "
        "newest test rows. It is no input.",
    )
    normalize: Switch = Field(
        default=True,
        description="Whether inputs get zero mean and unit variance, by statistics of train only.",
    )
    stream: Stream = Field(
        default="auto",
        description="Whether the inputs of a .npy or .parquet file stay on disk, to be read in shuffled "
        "blocks, so that they may be larger than the memory; auto: where the file has 1 GiB or more.",
    )
    augment: Augment | None = Field(
        default=None,
        description="How the pictures of a training step are varied, against variance; null leaves them as "
        "they are. Errors are always those of the pictures as they are.",
        examples=[{"shift": 1}],
    )

    @model_serializer(mode="wrap")
    def _without_what_was_not_asked_for(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Most data are no pictures, so that `augment` is only written where it is given."""
        written: dict[str, Any] = write(self)
        return {key: value for key, value in written.items() if key != "augment" or value is not None}
