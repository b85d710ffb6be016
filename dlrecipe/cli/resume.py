"""`dlrecipe resume`."""

from collections.abc import Callable
from pathlib import Path

from dlrecipe.cli.curve import resume_curve
from dlrecipe.cli.ending import end
from dlrecipe.cli.improve import resume_improvement
from dlrecipe.cli.options import Dask, FailOn, Json, Lang, Run, Runs, Settings, Workers
from dlrecipe.cli.status import Status
from dlrecipe.cli.studies import resume_seeds
from dlrecipe.cli.sweep import resume_sweep
from dlrecipe.errors import RunError, UsageError

STUDIES: dict[str, Callable[[Path, str, bool], Status]] = {
    "curve": resume_curve,
    "improve": resume_improvement,
    "seeds": resume_seeds,
    "sweep": resume_sweep,
}
"""How a study of each kind goes on: from its folder, the folder of runs, and whether JSON is wanted."""


def resume(
    run: Run = None,
    settings: Settings = None,
    runs: Runs = "runs",
    fail_on: FailOn = None,
    dask: Dask = None,
    workers: Workers = None,
    _lang: Lang = None,
    as_json: Json = False,
) -> int:
    """Go on with an interrupted training or search.

    Example: dlrecipe resume digits-0003 -S training.epochs=200
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides
    from dlrecipe.runs import find_resumable

    overrides = parse_overrides(settings or [])
    folder = find_resumable(run, Path(runs))
    if folder.study.exists():
        if overrides or fail_on:
            raise UsageError(
                f"{folder.path} is a search of several trainings: it goes on as it was begun, without -S and "
                "--fail-on. Begin another one to change its settings."
            )
        if dask or workers:
            return _sweep_elsewhere(folder.path, runs, workers, dask, as_json=as_json)
        return _study(folder.path, runs, as_json=as_json)
    if dask or workers:
        raise UsageError(f"{folder.path} is a single training: --dask and --workers are for a sweep.")
    planned = load_config(folder.config, overrides)
    go_on = experiments.resume_tracked if folder.tracked.exists() else experiments.resume
    return end(
        lambda: go_on(
            folder.path, runs, overrides, watch=report.watch(planned.name, planned.training.epochs)
        ),
        runs,
        fail_on=fail_on,
        as_json=as_json,
    )


def _sweep_elsewhere(
    folder: Path, runs: str, workers: int | None, dask: str | None, *, as_json: bool
) -> Status:
    if (kind := _kind(folder)) != "sweep":
        raise UsageError(f"{folder} is of the kind {kind}: --dask and --workers are for a sweep.")
    return resume_sweep(folder, runs, as_json, workers, dask)


def _kind(folder: Path) -> str:
    from dlrecipe.runs import RunFolder, read_study

    return read_study(RunFolder(folder)).purpose.kind


def _study(folder: Path, runs: str, *, as_json: bool) -> Status:
    kind = _kind(folder)
    if kind not in STUDIES:
        raise RunError(f"{folder} is a {kind}, which this version cannot go on with.")
    return STUDIES[kind](folder, runs, as_json)
