"""The error on the test part, which nothing else looks at, or on a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.config import differences, load_config
from dlrecipe.errors import RunError
from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.prepare import lay_out, prepare, require_same_data
from dlrecipe.experiments.run import open_run
from dlrecipe.recipe import error_interval
from dlrecipe.results import Evaluation
from dlrecipe.runs import RunFolder
from dlrecipe.training import score

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def evaluate(
    run: str | Path | None = None, runs: str | Path = "runs", data: str | Path | None = None
) -> Evaluation:
    """How a finished run's model does on data that it was not chosen by.

    Args:
        run: A path, a name or a number; None for the newest finished run.
        runs: The folder of runs.
        data: A file with the same columns as the run's source; None for the test part.

    Raises:
        RunError: There is no such run, or it has no test part.
        DataError: The file does not fit the model.
    """
    opened = open_run(run, runs)
    model = opened.model
    if data is None:
        folder = RunFolder(opened.folder)
        config = load_config(folder.config)
        _require_same_parts(folder, differences(opened.result.config, config))
        prepared = prepare(config)
        require_same_data(folder, prepared, opened.result.data)
        part = prepared.dataset.test
        if part is None:
            raise RunError(
                f"{opened.folder} has no test part: its dev set has a file of its own and data.test none. "
                "Give a file with --data FILE."
            )
    else:
        part = model.encoder.read_labelled(str(data)).part
    network = model.network
    examples = lay_out(part, network, model.theta.dtype.type)
    with limited(1):
        found = score(network, model.theta, examples)
    interval = error_interval(found.error, found.examples, opened.result.task, found.error_sd)
    where = "test" if data is None else str(data)
    return Evaluation(found.examples, found.error, found.loss, interval, str(opened.folder), where)


def _require_same_parts(folder: RunFolder, changed: Mapping[str, str]) -> None:
    """Refuse a config that was changed in what decides the test part."""
    if told := [
        f"{key}: {change}" for key, change in changed.items() if key.split(".")[0] in ("data", "seed")
    ]:
        raise RunError(
            f"{folder.config} was changed after the training: {'; '.join(told)}. Put it back, or evaluate a "
            "file with --data FILE."
        )
