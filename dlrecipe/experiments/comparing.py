"""Which of several runs is better, and whether that is more than chance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.config import load_config
from dlrecipe.config.differences import by_key
from dlrecipe.errors import DlrecipeError, RunError, UsageError
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.diagnosing import diagnose_run
from dlrecipe.experiments.pairs import Contender, judge_pairs
from dlrecipe.experiments.repeats import seed_groups
from dlrecipe.recipe import error_interval
from dlrecipe.results import ComparedRun, Comparison
from dlrecipe.runs import RunFolder, list_runs, read_result

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dlrecipe.experiments.run import Run

_NO_SETTINGS = ("name", "training.threads", "training.kernels")


def compare(runs: Sequence[str | Path], folder: str | Path = "runs") -> Comparison:
    """Compare runs: on the same dev examples pair by pair, on others by their errors alone.

    The run of the lowest dev error is compared with each of the others. The p-values are corrected for every
    pair of these runs, and for every run that was tried on the same data beside them.

    Args:
        runs: Two or more: paths, names or numbers; none for all finished runs of the folder.
        folder: The folder of runs.

    Raises:
        RunError: There is no such run, or its files are damaged.
        UsageError: Fewer than two runs, one of them twice, or classifications beside regressions.
    """
    named = list(runs) or [run.run for run in list_runs(Path(folder)) if run.status == "finished"]
    return compare_opened([diagnose_run(run, folder) for run in named])


def compare_opened(opened: Sequence[Run]) -> Comparison:
    """Compare runs that are open already; as `compare`."""
    _require_comparable(opened)
    ordered = sorted(opened, key=lambda run: (run.result.dev.error, run.result.dev.loss))
    contenders, notes = _contenders(ordered)
    tried = _tried(ordered)
    tests = max(len(ordered) * (len(ordered) - 1) // 2, tried - 1)
    settings = [by_key(load_config(RunFolder(run.folder).config)) for run in ordered]
    varying = _varying(settings)
    names = [str(run.folder) for run in ordered]
    return Comparison(
        task=ordered[0].result.task,
        runs=tuple(
            _compared(contender, {key: own.get(key) for key in varying})
            for contender, own in zip(contenders, settings, strict=True)
        ),
        pairs=judge_pairs(contenders, tests),
        tried=tried,
        tests=tests,
        seeds=seed_groups(names, [run.result.dev.error for run in ordered], settings),
        notes=tuple(notes),
    )


def _require_comparable(runs: Sequence[Run]) -> None:
    if len(runs) < 2:
        raise UsageError(f"A comparison needs two runs or more. Got {len(runs)}: dlrecipe runs compare 1 2")
    places = [run.folder.resolve() for run in runs]
    twice = {str(run.folder) for run, place in zip(runs, places, strict=True) if places.count(place) > 1}
    if twice:
        raise UsageError(f"A run is compared with others, not with itself. Named twice: {', '.join(twice)}.")
    tasks = {run.result.task for run in runs}
    if len(tasks) > 1:
        kinds = ", ".join(f"{run.folder}: {run.result.task}" for run in runs)
        raise UsageError(
            f"Runs of one task can be compared; these errors mean different things. Got {kinds}."
        )


def _contenders(runs: Iterable[Run]) -> tuple[list[Contender], list[str]]:
    """Read the runs' dev sets one after the other, and say where that is not possible."""
    numbers: dict[tuple[str, bytes], int] = {}
    contenders, notes = [], []
    for run in runs:
        try:
            dev = open_dev(run)
            number = numbers.setdefault(dev.identity, len(numbers) + 1)
            contenders.append(Contender(run, number, dev.errors))
        except DlrecipeError as error:
            notes.append(f"{run.folder} can be compared by its error only: {error}")
            contenders.append(Contender(run, None, None))
    if len(numbers) > 1:
        notes.append(
            "These runs have different dev examples, as other data, seeds or splits give. Where two differ, "
            "they are compared by their errors alone, which takes more examples to tell them apart."
        )
    return contenders, notes


def _tried(runs: Sequence[Run]) -> int:
    """Count the finished runs on the same data beside these runs, these among them.

    Whoever tried many and picks the best has had as many chances.
    """
    known = {run.result.data for run in runs}
    found = {run.folder.resolve() for run in runs}
    for parent in {run.folder.resolve().parent for run in runs}:
        for summary in list_runs(parent):
            folder = RunFolder(Path(summary.run))
            if summary.status == "finished" and _data_of(folder) in known:
                found.add(folder.path)
    return len(found)


def _data_of(folder: RunFolder) -> str | None:
    try:
        return read_result(folder.result).data
    except RunError:  # it went, or was damaged, since it was listed
        return None


def _varying(settings: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the keys in which the runs differ, in the order of the config."""
    keys = dict.fromkeys(key for own in settings for key in own if key not in _NO_SETTINGS)
    return [key for key in keys if any(own.get(key) != settings[0].get(key) for own in settings)]


def _compared(contender: Contender, settings: Mapping[str, object]) -> ComparedRun:
    run = contender.run
    result = run.result
    train, dev = (
        error_interval(score.error, score.examples, result.task, score.error_sd)
        for score in (result.train, result.dev)
    )
    return ComparedRun(
        run=str(run.folder),
        verdict=result.diagnosis.verdict,
        train_error=result.train.error,
        train_interval=train,
        dev_error=result.dev.error,
        dev_interval=dev,
        dev_examples=result.dev.examples,
        dev_set=contender.dev_set,
        parameters=result.parameters,
        epochs=result.epochs,
        seconds=result.seconds,
        settings=settings,
    )
