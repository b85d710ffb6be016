"""Begin a study, or go on with one: locked for this process, and gone where nothing could be trained."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dlrecipe.config import dump_config
from dlrecipe.errors import DlrecipeError, RunError
from dlrecipe.results.reading import read
from dlrecipe.runs import Lock, Study, create_study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.config import Config
    from dlrecipe.runs import Purpose

Options = TypeVar("Options")


@contextmanager
def begun(runs: str | Path, config: Config, purpose: Purpose) -> Iterator[Study]:
    """Create a study's folder, locked while the block lasts.

    A refusal that leaves it without a training, as of data that cannot be learned from, takes it away again.

    Raises:
        RunError: The folder cannot be written.
    """
    study, lock = create_study(Path(runs), config.name, purpose, dump_config(config))
    try:
        yield study
    except DlrecipeError:
        if not study.trials():
            shutil.rmtree(study.folder.path, ignore_errors=True)
        raise
    finally:
        lock.release()


@contextmanager
def gone_on_with(study: Study) -> Iterator[Study]:
    """Lock a study's folder while the block lasts.

    Raises:
        RunError: Another process works on it.
    """
    lock = Lock(study.folder.lock)
    try:
        yield study
    finally:
        lock.release()


def options_of(study: Study, kind: type[Options]) -> Options:
    """Return what a study was asked for.

    Raises:
        RunError: `study.json` does not say so.
    """
    try:
        return read(kind, study.purpose.options)
    except ValueError as error:
        raise RunError(f"{study.folder.study} is damaged ({error}).") from error
