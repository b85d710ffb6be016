"""The error on the test part, which nothing else looks at, or on a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.config import changes, load_config
from dlrecipe.errors import RunError
from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.prepare import lay_out, prepare, require_same_data
from dlrecipe.experiments.run import open_run
from dlrecipe.recipe import error_interval
from dlrecipe.results import Evaluation
from dlrecipe.runs import RunFolder, count_looks, record_look
from dlrecipe.training import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.config import Config
    from dlrecipe.data import Part
    from dlrecipe.experiments.run import Run

TEST = "test"
"""What a result calls the test part."""


def evaluate(
    run: str | Path | None = None, runs: str | Path = "runs", data: str | Path | None = None
) -> Evaluation:
    """How a finished run's model does on data that it was not chosen by.

    A look at the test part, or at the file of `data.test`, is counted in the run's folder.

    Args:
        run: A path, a name or a number; None for the newest finished run.
        runs: The folder of runs.
        data: A file with the same columns as the run's source; None for the test part.

    Raises:
        RunError: There is no such run, or it has no test part.
        DataError: The file does not fit the model.
    """
    opened = open_run(run, runs)
    model, folder = opened.model, RunFolder(opened.folder)
    config = load_config(folder.config)
    notes: tuple[str, ...] = ()
    if data is None:
        part = _test_part(config, opened)
    else:
        labelled = model.encoder.read_labelled(str(data))
        part, notes = labelled.part, _known_file(config, str(data)) + labelled.notes
    network = model.network
    examples = lay_out(part, network, model.theta.dtype.type, opened.result.class_weights)
    with limited(1):
        found = score(network, model.theta, examples, opened.result.metric)
    where = TEST if data is None else str(data)
    looks = None
    if data is None or _same(config.data.test, str(data)):
        looks, more = _count(folder, where, found.error)
        notes += more
    interval = found.error_interval or error_interval(
        found.error, found.examples, opened.result.task, found.error_sd
    )
    return Evaluation(
        found.examples, found.error, found.loss, interval, str(opened.folder), where, looks, notes
    )


def _test_part(config: Config, opened: Run) -> Part:
    _require_same_parts(RunFolder(opened.folder), changes(opened.result.config, config))
    prepared = prepare(config)
    require_same_data(RunFolder(opened.folder), prepared, opened.result.data)
    part = prepared.dataset.test
    if part is None:
        raise RunError(
            f"{opened.folder} has no test part: its dev set has a file of its own and data.test none, or "
            "data.split leaves none. Give a file with --data FILE."
        )
    return part


def _known_file(config: Config, file: str) -> tuple[str, ...]:
    """Say where the model has seen a file before, so that the error on it is too good."""
    if _same(config.data.source, file):
        note = (
            f"{file} is what the run was trained on: training rows are among its rows, so this error flatters"
        )
        return (f"{note}. Without --data, the test part is evaluated.",)
    if _same(config.data.dev, file):
        return (f"{file} is the dev set that the model was chosen by, so this error flatters.",)
    return ()


def _same(known: str | None, file: str) -> bool:
    """Whether two names are of one file or bundled set."""
    return known is not None and (known == file or Path(known).resolve() == Path(file).resolve())


def _count(folder: RunFolder, where: str, error: float) -> tuple[int, tuple[str, ...]]:
    """Record a look at the test set, and return how many there are; a note where that cannot be written."""
    try:
        record_look(folder.test_looks, data=where, error=error)
        return count_looks(folder.test_looks), ()
    except RunError as refusal:
        return count_looks(folder.test_looks) + 1, (f"This look at the test set is not recorded: {refusal}",)


def _require_same_parts(folder: RunFolder, changed: Mapping[str, str]) -> None:
    """Refuse a config that was changed in what decides the test part."""
    if told := [
        f"{key}: {change}" for key, change in changed.items() if key.split(".")[0] in ("data", "seed")
    ]:
        raise RunError(
            f"{folder.config} was changed after the training: {'; '.join(told)}. Put it back, or evaluate a "
            "file with --data FILE."
        )
