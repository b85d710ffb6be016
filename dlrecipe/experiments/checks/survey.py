"""What all looks share: the parts of the data as their files have them, and as the network sees them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe import data
from dlrecipe.data import raw_columns
from dlrecipe.errors import DataError
from dlrecipe.experiments.prepare import Prepared, prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dlrecipe.config import Config
    from dlrecipe.data import RawColumn, Rows, Task

MOST_ROWS = 10_000
"""Rows of a part that the looks at single columns take; for what is rare in them, more tell little more."""
MOST_CELLS = 2**22
"""Cells of such a sample, so that a wide table costs no more than a long one."""

PICTURE = 16
"""Columns that the smallest picture has."""
BRIGHTEST = 255


@dataclass(frozen=True)
class Survey:
    """The data of a config, also where a training would refuse them.

    Attributes:
        config: As loaded.
        parts: Rows of each part in their file; where the data were refused, all of them as `train`.
        prepared: What a training would start from, missing cells filled in; None where nothing helps.
        refusals: What a training would say of the data.
    """

    config: Config
    parts: dict[str, Rows]
    prepared: Prepared | None
    refusals: tuple[str, ...] = ()

    @property
    def task(self) -> Task:
        """What is to be learned."""
        return self.parts["train"].task

    @property
    def classes(self) -> Sequence[str]:
        """The labels as texts; empty for a regression."""
        return self.parts["train"].classes

    @cached_property
    def sample(self) -> Rows:
        """Training rows, all or a random few thousand of them in the file's order."""
        return self._sampled(self.parts["train"])

    @cached_property
    def columns(self) -> tuple[RawColumn, ...]:
        """The input columns over the sample, as the file has them."""
        return tuple(raw_columns(self.sample.table, self.sample.rows))

    @cached_property
    def is_picture(self) -> bool:
        """Whether the inputs look like the pixels of pictures: many whole numbers from 0 to at most 255."""
        if len(self.columns) < PICTURE or any(column.levels is not None for column in self.columns):
            return False
        values = np.concatenate([column.present for column in self.columns])
        within = values.size and values.min() >= 0 and values.max() <= BRIGHTEST
        return bool(within and (values == values.round()).all())

    @cached_property
    def answered(self) -> Rows:
        """Rows whose targets may be looked at: train's, and dev's where it is of the same file."""
        train, dev = self.parts["train"], self.parts.get("dev")
        if dev is None or self.config.data.dev is not None:
            return self.sample
        rows, y = np.concatenate([train.rows, dev.rows]), np.concatenate([train.y, dev.y])
        return self._sampled(replace(train, rows=rows, y=y))

    def _sampled(self, rows: Rows) -> Rows:
        width = max(1, len(rows.table.names))
        most = max(100, min(MOST_ROWS, MOST_CELLS // width))
        if len(rows.rows) <= most:
            return rows
        rng = np.random.default_rng(self.config.seed)
        return rows.at(np.sort(rng.choice(len(rows.rows), most, replace=False)))


def survey(config: Config) -> Survey:
    """Read the data of a config; also those with gaps and crowded texts, which a training would refuse.

    Raises:
        DataError: A file cannot be read, or has nothing that could be learned.
        ConfigError: A setting does not fit the data.
    """
    try:
        return _prepared(config)
    except DataError as error:
        refusal = error
    whole = data.whole_source(data.Plan(**config.data_plan()))
    treated = data.policies(config.data.missing)
    gaps = any(treated.of(name) == "error" for name in data.missing_cells(whole.table))
    if not gaps and not data.crowded_texts(whole.table):
        raise refusal
    if gaps:
        with suppress(DataError):
            return replace(_prepared(_filled(config)), config=config, refusals=refusal.messages)
    return Survey(config, {"train": whole}, None, refusal.messages)


def _prepared(config: Config) -> Survey:
    prepared = prepare(config)
    parts = data.parts_as_read(data.Plan(**config.data_plan()), prepared.dataset)
    return Survey(config, parts, prepared)


def _filled(config: Config) -> Config:
    """Return the config with missing cells filled in, so that the other looks can be taken."""
    return config.model_copy(update={"data": config.data.model_copy(update={"missing": "median"})})
