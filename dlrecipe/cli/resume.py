"""`dlrecipe resume`."""

from pathlib import Path

from dlrecipe.cli.ending import end
from dlrecipe.cli.options import FailOn, Json, Run, Runs, Settings


def resume(
    run: Run = None,
    settings: Settings = None,
    runs: Runs = "runs",
    fail_on: FailOn = None,
    as_json: Json = False,
) -> int:
    """Go on with an interrupted training, by default the newest.

    Example: dlrecipe resume digits-0003 -S training.epochs=200
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides
    from dlrecipe.runs import find_run
    from dlrecipe.runs.find import UNFINISHED

    overrides = parse_overrides(settings or [])
    folder = find_run(run, Path(runs), UNFINISHED)
    planned = load_config(folder.config, overrides)
    resumed = experiments.resume(
        folder.path, runs, overrides, watch=report.watch(planned.name, planned.training.epochs)
    )
    return end(resumed, runs, fail_on=fail_on, as_json=as_json)
