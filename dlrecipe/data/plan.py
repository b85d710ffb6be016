"""What the config's `data` section asks for, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Task = Literal["classification", "regression"]
Missing = Literal["error", "mean", "median", "drop"]
Indicator = bool | Sequence[str]
Stream = Literal["auto"] | bool
Split = Literal["auto"] | Mapping[str, float | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which data to read and how to cut them into parts.

    Attributes:
        source: A bundled set's name, or the path of a table (.csv, .tsv, .parquet), of arrays (.npz, .npy)
            or of IDX images; any of the text and array files may be gzipped.
        target: Column (tables), array (npz) or label file (npy, IDX); None for the format's default.
        task: None guesses it from the target.
        split: `auto`, or `train`, `dev` and `test` as fractions adding to 1 or, where all are ints, as
            counts.
        stratify: Whether every part gets the same class mix (classification).
        dev, test: Files of their own for these parts; then every row of `source` is a training row.
        train_dev: Fraction in (0, 1) of the training rows that is set aside to measure mismatch.
        train_examples: How many of the training rows are used, drawn at random, fewer always a part of more;
            None takes them all.
        missing: What an empty or NaN cell does: one word, or words by column, with `default` for the others.
        missing_indicator: Inputs that get a second one, 1 where the cell was missing: these columns, or
            (true) those that are filled in and have missing cells among the training rows.
        drop: Columns that are no inputs.
        keep: The only columns that are inputs; None for all.
        group: Column (npz: array) whose equal values never land in two parts; no input.
        time: Column (npz: array) by which the rows are cut: the oldest are train, the newest test; no input.
        normalize: Whether inputs get zero mean and unit variance over the training rows.
        stream: Whether the inputs of a .npy or .parquet file stay on disk, to be read as they are needed;
            `auto` where it has 1 GiB or more.
    """

    source: str
    target: str | None = None
    task: Task | None = None
    split: Split = "auto"
    stratify: bool = True
    dev: str | None = None
    test: str | None = None
    train_dev: float | None = None
    train_examples: int | None = None
    missing: Missing | Mapping[str, Missing] = "error"
    missing_indicator: Indicator = False
    drop: Sequence[str] = ()
    keep: Sequence[str] | None = None
    group: str | None = None
    time: str | None = None
    normalize: bool = True
    stream: Stream = "auto"
